"""Rows of raw cells that say the same again and again: each distinct text is held and looked at once."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.load.cells import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray


_AT_ONCE = 1000
"""So many rows are numbered together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows as a spreadsheet counts them, from 1; they need not be of one length.

    Attributes
    ----------
    cells : array of object
        Distinct cells; None where there is nothing.
    numbers : array of int
        Which of them stands where, row after row.
    ends : array of int
        Where each row ends among the numbers.
    """

    cells: NDArray[np.object_]
    numbers: NDArray[np.int32]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        """Count of rows."""
        return len(self.ends)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Count of cells in each row."""
        return np.diff(self.ends, prepend=0)

    def take(self, row: int) -> list[object]:
        """Cells of a row."""
        return list(self.cells[self.numbers[self.ends[row - 2] if row > 1 else 0 : self.ends[row - 1]]])

    def take_first(self, count: int) -> list[list[object]]:
        """Cells of the first rows."""
        return [self.take(row) for row in range(1, min(count, len(self)) + 1)]

    def take_column(self, rows: NDArray[np.intp], at: int) -> NDArray[np.object_]:
        """Cells of a column in these rows; None where a row ends before it."""
        first = self.ends[rows - 1] - self.lengths[rows - 1] + at
        there = first < self.ends[rows - 1]
        found = np.full(len(rows), None, dtype=object)
        found[there] = self.cells[self.numbers[first[there]]]
        return found

    def find(self, wanted: Collection[int]) -> NDArray[np.intp]:
        """Rows that hold one of the distinct cells, which are named by their numbers."""
        held, some = np.zeros(len(self), dtype=bool), self.lengths > 0
        mark = np.zeros(len(self.cells), dtype=bool)
        mark[list(wanted)] = True
        if some.any():
            held[some] = np.logical_or.reduceat(mark[self.numbers], (self.ends - self.lengths)[some])
        return np.flatnonzero(held) + 1

    def find_filled(self) -> NDArray[np.intp]:
        """Rows that hold anything."""
        return self.find([number for number, cell in enumerate(self.cells) if cell is not None])


def pack_texts(rows: Iterable[Sequence[str]]) -> tuple[Rows, list[str]]:
    """Rows of texts, cleaned and None where nothing is left; and each distinct text as it stood."""
    known, numbers, lengths, rest = _Numbers(), [np.empty(0, dtype=np.int32)], array("q"), iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        numbers.append(np.fromiter(map(known.__getitem__, chain.from_iterable(some)), dtype=np.int32))
        lengths.extend(map(len, some))
    cells = [clean_text(text) or None for text in known]
    return _pack(cells, np.concatenate(numbers), lengths), list(known)


def pack_cells(rows: Sequence[Sequence[object]]) -> Rows:
    """Rows of any cells, each taken as it is."""
    cells = list(chain.from_iterable(rows))
    return _pack(cells, np.arange(len(cells), dtype=np.int32), list(map(len, rows)))


class _Numbers(dict[str, int]):
    """Texts, numbered in the order they are met."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def _pack(cells: Sequence[object], numbers: NDArray[np.int32], lengths: Sequence[int]) -> Rows:
    distinct = np.full(len(cells), None, dtype=object)
    distinct[:] = cells
    return Rows(cells=distinct, numbers=numbers, ends=np.cumsum(lengths, dtype=np.int64))
