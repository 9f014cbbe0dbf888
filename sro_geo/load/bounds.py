"""How large a workbook is, read from its parts before it is opened: the reader allocates every cell up to the last one."""

from __future__ import annotations

import io
import re
import string
import zipfile
import zlib
from typing import TYPE_CHECKING

from sro_geo.load.reading import read_bytes
from sro_geo.load.telling import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.load.reading import DataFile

MOST_BYTES = 500_000_000
"""A workbook that is larger when unpacked is refused."""

MOST_CELLS = 5_000_000
"""A sheet that spans more cells up to its last row and column is refused."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_CHUNK, _LONGEST_TAG = 1 << 20, 4096


def check_bounds(file: DataFile) -> None:
    """Refuse a workbook that would need more memory than a table can.

    Raises
    ------
    DataError
        If it is too large when unpacked, or holds a cell far from all others.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(file))) as archive:
            check_size(archive, file)
            for name in archive.namelist():
                if _SHEET.fullmatch(name):
                    _check_sheet(archive, name, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return  # the reader says what is broken


def check_size(archive: zipfile.ZipFile, file: DataFile) -> None:
    """Refuse an archive that says itself that it is too large when unpacked."""
    if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
        raise refuse(file.place, "workbook_too_large", most=MOST_BYTES // 1_000_000)


def _check_sheet(archive: zipfile.ZipFile, name: str, file: DataFile) -> None:
    rows, columns, corner = 0, 0, ""
    for letters, number in _list_cells(archive, name):
        row, column = int(number), count_column(letters)
        if row * column > rows * columns:
            corner = f"{letters}{number}"
        rows, columns = max(rows, row), max(columns, column)
    if rows * columns > MOST_CELLS:
        raise refuse(file.place, "cell_far_off", cell=corner, most=MOST_CELLS // 1_000_000)


def _list_cells(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """Addresses of the cells of a sheet; a tag may lie across two chunks."""
    with archive.open(name) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            yield from ((found[1].decode().upper(), found[2].decode()) for found in _CELL.finditer(text))
            rest = text[max(text.rfind(b"<"), len(text) - _LONGEST_TAG, 0) :]


def name_column(number: int) -> str:
    """Letters of a column by its number from 1.

    Examples
    --------
    >>> name_column(1), name_column(16384)
    ('A', 'XFD')
    """
    first, last = divmod(number - 1, 26)
    return (name_column(first) if first else "") + string.ascii_uppercase[last]


def count_column(letters: str) -> int:
    """Number of a column, from 1, by its letters.

    Examples
    --------
    >>> count_column("A"), count_column("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
