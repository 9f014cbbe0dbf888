"""The beginning of every command: which project, in which language; and a new one from the template."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from sro_geo.errors import Problem, ProjectError
from sro_geo.project import find_project, find_shipped, read_language, read_project
from sro_geo.project.finding import list_files

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.project import Project

DEFAULT = "rostock"
"""Shipped study that runs where no project is named."""

TEMPLATE = "musterstadt"
"""Shipped study that a new project starts from."""

DATA_FOLDER, HEADS_FOLDER = "daten", "vorlagen"
COPIED = ("*.csv", "*.geojson", "*.toml", "versiegelung.tif")


def open_project(path: Path | None = None, *, language: Literal["de", "en"] | None = None) -> Project:
    """Project at a path, or the shipped Rostock study.

    Raises
    ------
    ProjectError
        As `read_project`.
    """
    return read_project(path if path is not None else find_shipped(f"analyses/{DEFAULT}"), language=language)


def list_inputs(project: Project, *, path: Path | None = None) -> list[Path]:
    """Every file that a project is read from, the project file first.

    Parameters
    ----------
    project : Project
        What `open_project` gave.
    path : Path or None
        What `open_project` got.
    """
    file = find_project(path if path is not None else find_shipped(f"analyses/{DEFAULT}"))
    own = project.settings.get("catalogue")
    names = [name for name in own.values() if isinstance(name, str)] if isinstance(own, Mapping) else []
    return [file, *(file.resolve().parent / name for name in names), *list_files(project)]


def find_language(path: Path | None) -> Literal["de", "en"]:
    """Language that problems are told in before the project could be read."""
    return "de" if path is None else read_language(path)


def copy_template(folder: Path) -> Path:
    """New folder with Musterstadt's data, a project file with comments, and empty tables with their heads.

    Returns
    -------
    Path
        The project file.

    Raises
    ------
    ProjectError
        If the folder is there already.
    """
    if folder.exists():
        raise ProjectError(Problem(cause="folder_exists", values={"folder": str(folder)}))
    study, data = (find_shipped(f"{tree}/{TEMPLATE}") for tree in ("analyses", "geodata"))
    for name in (DATA_FOLDER, HEADS_FOLDER):
        (folder / name).mkdir(parents=True)
    for path in sorted(p for pattern in COPIED for p in data.glob(pattern)):
        shutil.copyfile(path, folder / DATA_FOLDER / path.name)
        if path.suffix == ".csv":
            head = path.read_bytes().split(b"\n", 1)[0] + b"\n"
            (folder / HEADS_FOLDER / path.name).write_bytes(head)
    text = (study / "project.toml").read_text(encoding="utf-8").replace(f"../../geodata/{TEMPLATE}/", f"{DATA_FOLDER}/")
    lines = [line.replace('["../../geodata"]', "[]") for line in text.splitlines(keepends=True)]
    project = folder / "project.toml"
    project.write_bytes("".join(lines).encode())
    return project
