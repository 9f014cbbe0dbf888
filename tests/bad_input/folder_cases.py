"""What can stand in the way of the output folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from filelock import FileLock

from sro_geo.report.folder import parse_folder, publish_folder

Case = Callable[[Path], object]


def _write(building: Path) -> None:
    for name in ("index.html", "protocol.json"):
        (building / name).write_text("neu")


def publish(files: dict[str, str], *, inputs: tuple[str, ...] = (), again: str = "karten") -> Case:
    """Publish, lay or change files in the folder, publish again."""

    def run(folder: Path) -> None:
        publish_folder(folder / "karten", write=_write)
        for name, text in files.items():
            (folder / "karten" / name).write_text(text)
        publish_folder(folder / again, write=_write, keep_out=[folder / "karten" / name for name in inputs])

    return run


def publish_beside_another(folder: Path) -> None:
    with FileLock(folder / ".karten.lock"):
        publish_folder(folder / "karten", write=_write)


def publish_where_renames_fail(folder: Path) -> None:
    """Where the exchange in one step is not there, and every rename but the first fails."""
    publish_folder(folder / "karten", write=_write)
    rename, fails = os.rename, iter([False])

    def count(source: str, target: str) -> None:
        if next(fails, True):
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    with patch("os.rename", count), patch("sro_geo.report.moving._exchange", lambda *_: False):
        publish_folder(folder / "karten", write=_write)


def publish_over(*, internal: bool) -> Case:
    """One sort of edition over the other."""

    def run(folder: Path) -> None:
        def write(building: Path) -> None:
            told = {"about": {"internal": not internal}}
            (building / "protocol.json").write_text(json.dumps(told))

        publish_folder(folder / "karten", write=write, internal=not internal)
        publish_folder(folder / "karten", write=write, internal=not internal)  # of its own sort it is replaced
        publish_folder(folder / "karten", write=_write, internal=internal)

    return run


FOLDER_CASES: dict[str, Case] = {
    "folder_busy": publish_beside_another,
    "folder_unnamed": lambda _: parse_folder(""),
    "folder_is_file": publish({}, again="karten/index.html"),
    "folder_not_written": publish({}, again="karten/index.html/karten"),
    "folder_set_aside": publish_where_renames_fail,
    "folder_not_ours": publish({f"brief-{number:02}.docx": "wichtig" for number in range(1, 13)}),
    "folder_is_public": publish_over(internal=True),
    "folder_is_internal": publish_over(internal=False),
    "folder_changed": publish({"index.html": "von Hand"}),
    "folder_holds_inputs": publish({"project.toml": "title"}, inputs=("project.toml", "index.html")),
}
"""Way to each problem, by its id."""
