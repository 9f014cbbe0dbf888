"""Lines of a Zensus grid that may lie in a box, without parsing the others.

A file of a whole country has millions of lines and a city needs some thousands. The ids of most files are all of one
form, so the digits of a line stand at known bytes; eight of them are compared as one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

CHUNK_BYTES = 1 << 20
"""So much is held at once."""

LONGEST_LINE = 1 << 16
"""No line of a grid is longer."""

GRID_ID = re.compile(rb"((?:CRS3035RES\d{3,5}m)|(?:\d{1,3}k?m))N(\d{2,7})E(\d{2,7})")
_WORD = 8
_LOW_NIBBLES = 0x06
_HIGH_NIBBLES = 0xF0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Lower left corners that are wanted, in metres of EPSG:3035, edges included."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of a piece of a file.

    Attributes
    ----------
    texts : list of bytes
        Lines without their end.
    rows : list of int
        Their rows in the file, from 1.
    """

    texts: list[bytes]
    rows: list[int]


class LineTooLongError(ValueError):
    """A line never ends; carries its row."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(f"line {row} is longer than {LONGEST_LINE} bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Where the digits of an id stand in each line.

    Attributes
    ----------
    prefix : bytes
        What comes before `N`.
    digits : tuple of int
        Digits of northing and easting.
    after : int
        Byte after the id.
    unit : int
        Metres of the last digit.
    """

    prefix: bytes
    digits: tuple[int, int]
    after: int
    unit: int


def read_lines(stream: BinaryIO, *, box: Box, row: int) -> Iterator[Lines]:
    """Give, piece by piece, the lines that may lie in a box.

    Parameters
    ----------
    stream : binary file
        Behind its head.
    box : Box
        What is wanted.
    row : int
        Row of the first line.

    Raises
    ------
    LineTooLongError
        If a line has no end.

    Notes
    -----
    A line is left out only if it has the form of its neighbours and its id lies outside the box; whatever looks
    otherwise is given, to be read or refused. Empty lines are given, too.
    """
    form: _Form | None = None
    for number, piece in enumerate(_cut(stream)):
        if not piece:
            raise LineTooLongError(row)
        if number == 0:
            form = _learn(piece)
        ends = _find_ends(piece)
        starts = np.concatenate(([0], ends[:-1] + 1))
        kept = np.arange(len(ends)) if form is None else np.flatnonzero(_may_lie_in(piece, starts, form, box))
        texts = [piece[start:end].rstrip(b"\r") for start, end in zip(starts[kept], ends[kept], strict=True)]
        yield Lines(texts=texts, rows=(row + kept).tolist())
        row += len(ends)


def _cut(stream: BinaryIO) -> Iterator[bytes]:
    """Pieces of whole lines; an empty one where a line has no end."""
    rest = b""
    while chunk := stream.read(CHUNK_BYTES):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield rest + chunk[:cut]
            rest = chunk[cut:]
        else:
            rest += chunk
        if len(rest) > LONGEST_LINE:
            yield b""
    if rest:
        yield rest


def _find_ends(piece: bytes) -> NDArray[np.int64]:
    ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord("\n"))
    return ends if piece.endswith(b"\n") else np.append(ends, len(piece))


def _learn(piece: bytes) -> _Form | None:
    """Form of the ids by the first line; None where a line does not begin with one."""
    found = GRID_ID.match(piece)
    if found is None or found.end() >= len(piece):
        return None
    digits = (len(found[2]), len(found[3]))
    return _Form(prefix=found[1], digits=digits, after=piece[found.end()], unit=measure_unit(found[1]))


def measure_unit(prefix: bytes) -> int:
    """Metres of the last digit of an id by its beginning: short ids leave out the zeros of the cell's size.

    Examples
    --------
    >>> measure_unit(b"CRS3035RES100m"), measure_unit(b"100m"), measure_unit(b"10km"), measure_unit(b"250m")
    (1, 100, 10000, 10)
    """
    size = str(measure_cell(prefix))
    return 1 if prefix.startswith(b"CRS") else int("1" + "0" * (len(size) - len(size.rstrip("0"))))


def measure_cell(prefix: bytes) -> int:
    """Metres of a cell by the beginning of its id.

    Examples
    --------
    >>> measure_cell(b"CRS3035RES100m"), measure_cell(b"10km")
    (100, 10000)
    """
    size = prefix.removeprefix(b"CRS3035RES").removesuffix(b"m")
    return int(size.removesuffix(b"k")) * (1000 if size.endswith(b"k") else 1)


def _may_lie_in(piece: bytes, starts: NDArray[np.int64], form: _Form, box: Box) -> NDArray[np.bool_]:
    length = len(form.prefix) + sum(form.digits) + 2
    words = np.ndarray((max(0, len(piece) - _WORD + 1),), "<u8", piece, strides=(1,))
    fits = starts + length + _WORD < len(piece)
    at = np.where(fits, starts, 0) if not fits.all() else starts
    if len(words) <= length:
        return np.ones(len(starts), dtype=bool)
    regular = fits & (np.frombuffer(piece, np.uint8)[at + length] == form.after)
    for offset in {0, max(0, len(form.prefix) - _WORD)}:
        wanted = form.prefix[offset : offset + _WORD]
        shift = np.uint64(8 * (_WORD - len(wanted)))
        regular &= words[at + offset] << shift == np.uint64(int.from_bytes(wanted, "little")) << shift
    inside = np.ones(len(starts), dtype=bool)
    offset = len(form.prefix)
    for letter, digits, low, high in (
        (b"N", form.digits[0], box.south, box.north),
        (b"E", form.digits[1], box.west, box.east),
    ):
        number, sound = _read_digits(words[at + offset], letter, digits)
        regular &= sound
        inside &= (number >= _write_digits(low / form.unit, digits)) & (
            number <= _write_digits(high / form.unit, digits)
        )
        offset += 1 + digits
    kept: NDArray[np.bool_] = inside | ~regular
    return kept


def _read_digits(words: NDArray[np.uint64], letter: bytes, digits: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Digits, one in each byte, and whether there is nothing but the letter and digits."""
    begin = int.from_bytes(letter + b"0" * digits, "big")
    number = (words.byteswap() >> np.uint64(8 * (_WORD - 1 - digits))) ^ np.uint64(begin)
    six = np.uint64(int.from_bytes(bytes([_LOW_NIBBLES] * digits), "big"))
    high = np.uint64(int.from_bytes(bytes([0xFF] + [_HIGH_NIBBLES] * digits), "big"))
    return number, np.equal((number | (number + six)) & high, 0)


def _write_digits(value: float, digits: int) -> np.uint64:
    """Write a number as `_read_digits` reads it."""
    text = f"{int(min(max(value, 0), 10**digits - 1)):0{digits}d}"
    return np.uint64(int.from_bytes(bytes(int(digit) for digit in text), "big"))
