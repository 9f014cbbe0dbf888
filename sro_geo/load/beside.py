"""What lies beside a named file: only what belongs to it, by the same rules, and a library is given a copy only."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sro_geo.load.reading import DataFile, find_beside, read_bytes
from sro_geo.load.telling import refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_SPECIAL = re.compile(r"[^\w .()+-]")
"""Signs that a library could take for the address of something else."""


def find_parts(file: DataFile, endings: Collection[str]) -> dict[str, DataFile]:
    """Files that have a file's name without its ending, and one of these endings in whatever case; by ending.

    Raises
    ------
    DataError
        If one of them may not be read.
    """
    stem = file.path.stem
    try:
        names = sorted(path.name for path in file.path.parent.iterdir() if path.name.startswith(stem))
    except OSError as error:
        raise refuse(file.place, "file_unreadable", reason=error.strerror or type(error).__name__) from error
    found = {
        name[len(stem) :].lower(): find_beside(file, name) for name in names if name[len(stem) :].lower() in endings
    }
    return {ending: part for ending, part in found.items() if part is not None}


@contextmanager
def set_aside(file: DataFile, parts: Mapping[str, DataFile], *, content: bytes | None = None) -> Iterator[Path]:
    """Give the path of a copy of a file that lies in a folder of its own, with its parts and nothing else.

    Whatever a library looks for beside the file, it finds only these; what it writes there is thrown away. What was read of
    the file already (`content`) is not read again.

    Raises
    ------
    DataError
        If a file cannot be read or there is no room for the copy.
    """
    stem = _SPECIAL.sub("_", file.path.stem)
    try:
        folder = TemporaryDirectory(prefix="sro-geo-", ignore_cleanup_errors=True)
    except OSError as error:
        raise refuse(file.place, "copy_failed", reason=error.strerror or type(error).__name__) from error
    with folder:
        copy = Path(folder.name) / f"{stem}{file.path.suffix.lower()}"
        for path, part in [(copy, file), *((copy.with_name(stem + ending), part) for ending, part in parts.items())]:
            held = read_bytes(part) if content is None or part is not file else content
            try:
                path.write_bytes(held)
            except OSError as error:
                raise refuse(file.place, "copy_failed", reason=error.strerror or type(error).__name__) from error
        yield copy
