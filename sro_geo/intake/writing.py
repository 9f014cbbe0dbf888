"""A drafted project as a folder: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sro_geo.errors import Problem, ProjectError
from sro_geo.intake.adding import draft_addition
from sro_geo.intake.draft import PROJECT_FILE, draft_project
from sro_geo.load.beside import find_parts
from sro_geo.load.reading import find_file
from sro_geo.load.vectors import OTHER_PARTS, SHAPEFILE_PARTS
from sro_geo.project import find_project, read_project
from sro_geo.text.levels import capital
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sro_geo.intake.adding import Addition
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
        If the folder is there already, or the system refuses to write it.
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
    with _tell_failures(folder):
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.absolute().parent) as home:
            staged = Path(home) / folder.name
            _fill(staged, draft)
            staged.rename(folder)
    written = [folder / name for name in draft.texts]
    return _tell(draft.told, draft.questions, written=written, file=folder / PROJECT_FILE, voice=voice)


def extend_project(project: Path, files: Sequence[Path]) -> str:
    """Add raw files to a project; returns what was read, what was written and what is to be decided.

    Parameters
    ----------
    project : Path
        Project file or its folder. Every word of it is kept; what is new stands at its end.
    files : sequence of Path
        Tables and lists of offers, in any number and order; of a shapefile the `.shp`. They are copied into the project.

    Raises
    ------
    ProjectError
        If the project cannot be read as it is, or the system refuses to write to it.
    DataError
        With all problems of all files that cannot be read, and with what the project has already; nothing is changed then.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from sro_geo import extend_project, find_shipped, start_project
    >>> data = find_shipped("geodata/musterstadt")
    >>> with TemporaryDirectory() as home:
    ...     town = Path(home) / "musterstadt"
    ...     told = start_project(town, [data / "quartiere.geojson", data / "kennzahlen.csv"], language="en")
    ...     print(extend_project(town, [data / "angebote.csv"]).splitlines()[0])
    Offers: angebote.csv. 69 rows; kind: art; location: points; name from column "name".
    """
    file = find_project(project).resolve()
    stated = read_project(file)
    voice = Speaker(stated.language)
    addition = draft_addition(stated, file=file, paths=files, voice=voice)
    written = [file, *addition.texts]
    with _tell_failures(file.parent):
        _write_all(addition, file)
    return _tell(addition.told, addition.questions, written=written, file=file, voice=voice)


@contextmanager
def _tell_failures(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a problem of the planner."""
    try:
        yield
    except OSError as error:
        values = {"folder": folder.name or str(folder), "reason": error.strerror or str(error)}
        raise ProjectError(Problem(cause="folder_not_written", values=values)) from error


def _write_all(addition: Addition, file: Path) -> None:
    """Write all or nothing; what gets longer is set aside meanwhile, since a full disk has no room to write it back."""
    set_aside: list[Path] = []
    with ExitStack() as undo:
        for target, source in addition.copies.items():
            _make_folder(target.parent, undo)
            undo.callback(_remove_copy, target)
            _copy(source, target)
        for path, content in addition.texts.items():
            _make_folder(path.parent, undo)
            if path.exists():
                aside = path.with_name(f".{path.name}.old")
                path.replace(aside)
                undo.callback(aside.replace, path)
                set_aside.append(aside)
            else:
                undo.callback(path.unlink, missing_ok=True)
            path.write_bytes(content)
        new = file.with_name(f".{file.name}.new")
        undo.callback(new.unlink, missing_ok=True)
        new.write_bytes(addition.project)
        shutil.copymode(file, new)
        read_project(new)  # whatever it names is there
        new.replace(file)
        undo.pop_all()
    for aside in set_aside:
        aside.unlink()


def _make_folder(folder: Path, undo: ExitStack) -> None:
    for one in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        one.mkdir()
        undo.callback(one.rmdir)


def _name_place(folder: Path) -> str:
    return " ".join(map(capital, folder.absolute().name.replace("_", "-").split("-")))


def _fill(folder: Path, draft: Draft) -> None:
    for name, source in draft.copies.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, target)
    for name, text in draft.texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    """Copy a file, and of a shapefile all that belongs to it."""
    shutil.copyfile(source, target)
    if source.suffix.lower() == ".shp":
        file = find_file(source.name, folder=source.resolve().parent)
        for ending, part in find_parts(file, [*SHAPEFILE_PARTS, *OTHER_PARTS]).items():
            shutil.copyfile(part.path, target.with_suffix(ending))


def _remove_copy(target: Path) -> None:
    endings = [*SHAPEFILE_PARTS, *OTHER_PARTS] if target.suffix.lower() == ".shp" else []
    for path in (target, *(target.with_suffix(ending) for ending in endings)):
        path.unlink(missing_ok=True)


def _tell(
    told: Sequence[str], questions: Sequence[tuple[int, str]], *, written: Sequence[Path], file: Path, voice: Speaker
) -> str:
    lines = [*told, "", voice.say("intake_written", files=", ".join(map(str, written)))]
    if not questions:
        return "\n".join([*lines, voice.say("intake_nothing_open", folder=file.parent)])
    lines.append(voice.say("intake_open", n=len(questions)))
    for row, text in questions:
        lines.append(voice.say("intake_open_line", file=file, row=row, text=text))
    return "\n".join(lines)
