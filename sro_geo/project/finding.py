"""Files that a project names, and the lines that name them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Place, Problem
from sro_geo.load.reading import DataFile, find_file
from sro_geo.load.toml import Step, find_line, name_path, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

EDITION_TABLE = "tables/indicators.csv"
"""What an edition tells of its indicators, within its folder."""

_MOST_KNOWN = 30
"""So many known words are all named; of more only the first, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step of reading a project file needs at hand.

    Attributes
    ----------
    file, text : str
        Name and text of the project file, for the places of problems.
    folder : Path
        Folder that paths are relative to.
    allow : tuple of Path
        Other folders that may be read.
    problems : list of Problem
        Gathers what is wrong, so that all of it is told at once.
    unread : list of Problem
        Gathers the files that may not be read or aren't there.
    stray : list of Problem
        Gathers what a setting asks of the catalogue or of another section, and isn't there: all files can be read.
    """

    file: str
    text: str
    folder: Path
    allow: tuple[Path, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    stray: list[Problem] = field(default_factory=list)


def complain(desk: Desk, cause: str, path: Sequence[Step], **values: object) -> None:
    """Gather a problem at the line of a key."""
    place = Place(file=desk.file, row=find_line(desk.text, path))
    desk.problems.append(Problem(cause=cause, values={"key": name_path(path), **values}, places=(place,)))


def complain_unknown(desk: Desk, cause: str, path: Sequence[Step], *, found: str, known: Iterable[str]) -> None:
    """Gather that a code is unknown; the id ends in `_similar` where there is a similar code to name."""
    codes = list(known)
    similar = suggest(found, codes)
    if similar is None:
        complain(desk, cause, path, found=found, known=", ".join(codes) if len(codes) <= _MOST_KNOWN else codes)
    else:
        complain(desk, f"{cause}_similar", path, found=found, similar=similar)


def find_allowed(names: Sequence[str], *, desk: Desk) -> tuple[Path, ...]:
    """Folders of `[data] allow`; one that does not exist is a problem."""
    folders = [(desk.folder / name).resolve() for name in names]
    for number, (name, folder) in enumerate(zip(names, folders, strict=True)):
        if not folder.is_dir():
            complain(desk, "allow_missing", ["data", "allow", number], name=name)
    return tuple(folders)


def take_file(desk: Desk, path: Sequence[Step], name: str | None) -> DataFile | None:
    """File named at a key, or None where there is none or it may not be read; the latter is a problem."""
    if name is None:
        return None
    try:
        return find_file(name, folder=desk.folder, allow=desk.allow)
    except DataError as error:
        place = Place(file=desk.file, row=find_line(desk.text, path))
        desk.unread.extend(Problem(cause=p.cause, values=p.values, places=(place,)) for p in error.problems)
        return None


def take_editions(names: Sequence[str], *, desk: Desk) -> tuple[DataFile, ...]:
    """Tables of the folders that `[disclosure] earlier` names."""
    files = [
        take_file(desk, ["disclosure", "earlier", number], f"{name.rstrip('/')}/{EDITION_TABLE}")
        for number, name in enumerate(names)
    ]
    return tuple(file for file in files if file is not None)


def list_files(value: object) -> Iterator[Path]:
    """Paths of all data files within a value, however deep."""
    if isinstance(value, DataFile):
        yield value.path
    elif isinstance(value, tuple):
        for one in value:
            yield from list_files(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from list_files(getattr(value, field.name))
