"""A drafted project as a folder: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sro_geo.errors import Problem, ProjectError
from sro_geo.intake.draft import PROJECT_FILE, draft_project
from sro_geo.load.beside import find_parts
from sro_geo.load.reading import find_file
from sro_geo.load.vectors import OTHER_PARTS, SHAPEFILE_PARTS
from sro_geo.text.speaker import Speaker, capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.intake.draft import Draft


def start_project(folder: Path, files: Sequence[Path], *, language: str = "de") -> str:
    """Write a new project from raw files; returns what was read, what was written and what is to be decided.

    Parameters
    ----------
    folder : Path
        New folder; its name becomes the town's. The raw files are copied into it.
    files : sequence of Path
        Boundaries, tables and lists of offers, in any number and order; of a shapefile the `.shp`.
    language : {"de", "en"}
        Language of the project.

    Raises
    ------
    ProjectError
        If the folder is there already.
    DataError
        With all problems of all files that cannot be read; nothing is written then.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from sro_geo import find_shipped, start_project
    >>> data = find_shipped("geodata/musterstadt")
    >>> files = [data / name for name in ("quartiere.geojson", "kennzahlen.csv", "angebote.csv")]
    >>> with TemporaryDirectory() as home:
    ...     print(start_project(Path(home) / "musterstadt", files, language="en").splitlines()[0])
    Boundaries: quartiere.geojson. 12 areas, ... Key in column "quartier", names in "name".
    """
    if folder.exists():
        raise ProjectError(Problem(cause="folder_exists", values={"folder": str(folder)}))
    voice = Speaker(language)
    draft = draft_project(files, place=_name_place(folder), voice=voice)
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.absolute().parent) as home:
        staged = Path(home) / folder.name
        _fill(staged, draft)
        staged.rename(folder)
    return _tell(folder, draft, voice)


def _name_place(folder: Path) -> str:
    return " ".join(map(capital, folder.absolute().name.replace("_", "-").split("-")))


def _fill(folder: Path, draft: Draft) -> None:
    for name, source in draft.copies.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        if source.suffix.lower() == ".shp":
            file = find_file(source.name, folder=source.resolve().parent)
            for ending, part in find_parts(file, [*SHAPEFILE_PARTS, *OTHER_PARTS]).items():
                shutil.copyfile(part.path, target.with_suffix(ending))
    for name, text in draft.texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _tell(folder: Path, draft: Draft, voice: Speaker) -> str:
    written = ", ".join(str(folder / name) for name in draft.texts)
    lines = [*draft.told, "", voice.say("intake_written", files=written)]
    if not draft.questions:
        return "\n".join([*lines, voice.say("intake_nothing_open", folder=folder)])
    lines.append(voice.say("intake_open", n=len(draft.questions)))
    for row, text in draft.questions:
        lines.append(voice.say("intake_open_line", file=folder / PROJECT_FILE, row=row, text=text))
    return "\n".join(lines)
