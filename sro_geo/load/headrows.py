"""Rows of heads: one or several, under titles, with merged cells and units."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.load.bounds import name_column
from sro_geo.load.cells import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[object]

_YEAR = re.compile(r"(?:19|20)\d{2}(?:/\d{2,4})?")
_WORD = re.compile(r"[^\W\d_]{2}")
_AGE = re.compile(r"\d{1,2}|1[01]\d")
_FEWEST_AGES = 5
"""So many numbers, each one more than the one before, are years of age and no data."""

_UNIT = re.compile(
    r"\(?\[?(?:in )?(?:%|‰|€|eur|euro|prozent|promille|anzahl|personen|absolut|abs\.|jahre|ha|m²|km²|qm|qkm|(?:tsd|je|pro).+)\]?\)?",
    re.IGNORECASE,
)


def join_heads(rows: Sequence[Row]) -> list[str]:
    """Heads of the columns; a column without one gets the spreadsheet's letters.

    Parameters
    ----------
    rows : sequence of rows
        From top to bottom. A head above others holds for the columns to its right, too, up to the next one.

    Examples
    --------
    >>> join_heads([["Ort", "Menschen", None, "Fläche"], [None, 2018, 2019, None]])
    ['Ort', 'Menschen 2018', 'Menschen 2019', 'Fläche']
    """
    width = max(map(len, rows))
    cells = [[clean_text(cell) for cell in [*row, *[None] * (width - len(row))]] for row in rows]
    carried = [""] * (len(rows) - 1)
    heads = []
    for column in range(width):
        own = [row[column] for row in cells]
        first = next((level for level, word in enumerate(own) if word), None)
        if first is None:
            heads.append(name_column(column + 1))
            continue
        for level in range(first, len(carried)):
            carried[level] = own[level]
        words = [*carried[:first], *own[first:]]
        heads.append(" ".join(filter(None, words)))
    return heads


def find_head_rows(rows: Sequence[Row]) -> list[int]:
    """Rows, counted from 1, that look like heads: the first that is filled, unless it is a title, and those that go on with it."""
    filled = [number for number, row in enumerate(rows, start=1) if _count(row)]
    if not filled:
        return []
    first = next((at for at, number in enumerate(filled) if _count(rows[number - 1]) > 1), 0)
    alone = all(rows[number - 1][0] is not None for number in filled[:first])
    if alone and are_names(rows[filled[first] - 1]):
        del filled[:first]
    found = filled[:1]
    for number in filled[1:-1]:
        upper, lower = rows[found[-1] - 1], rows[number - 1]
        if number != found[-1] + 1 or not (_goes_on(upper, lower) or _is_units(lower)):
            break
        found.append(number)
    return found


def divide_heads(rows: Sequence[Row], stated: Sequence[int]) -> list[int]:
    """Rows of heads as stated; with the row above, where one row alone names columns alike and both together do not."""
    above, one = rows[stated[0] - 2 : stated[0] - 1], rows[stated[0] - 1 : stated[0]]
    if len(stated) > 1 or stated[0] == 1 or not above or _count(above[0]) < 2 or not _is_doubled(one):  # noqa: PLR2004  groups
        return list(stated)
    return list(stated) if _is_doubled([*above, *one]) else [stated[0] - 1, stated[0]]


def _is_doubled(rows: Sequence[Row]) -> bool:
    heads = join_heads(rows)
    return len(set(heads)) < len(heads)


def _count(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _goes_on(upper: Row, lower: Row) -> bool:
    """Whether a row names columns that the one above leaves open, right of one that it names, and holds nothing but names.

    Rows of words alone do so, too; so one of the two is empty in the first column, or the names are years.
    """
    named = next((at for at, cell in enumerate(upper) if cell is not None), len(upper))
    above = [*upper, *[None] * (len(lower) - len(upper))]
    fills = [cell for at, cell in enumerate(lower) if at > named and cell is not None and above[at] is None]
    parted = (above[0] is None) != (lower[0] is None) or any(_YEAR.fullmatch(clean_text(cell)) for cell in fills)
    return bool(fills) and parted and _count(lower) > 1 and are_names(lower)


def _is_units(row: Row) -> bool:
    words = [clean_text(cell) for cell in row if cell is not None]
    return bool(words) and all(map(_UNIT.fullmatch, words))


def are_names(row: Row) -> bool:
    """Whether what a row holds are heads: words, years, and single years of age that follow each other.

    Examples
    --------
    >>> are_names(["Ort", "unter 1", 1, 2, 3, 4, 5, "6 u. älter"]), are_names(["Ort", 1, 2, 4, 5, 6])
    (True, False)
    """
    numbers = [clean_text(cell) for cell in row if cell is not None and clean_text(cell) and not is_word(cell)]
    if not all(map(_AGE.fullmatch, numbers)):
        return False
    ages = [int(number) for number in numbers]
    starts = [at for at in range(len(ages)) if at == 0 or ages[at] != ages[at - 1] + 1]
    return all(end - start >= _FEWEST_AGES for start, end in pairwise([*starts, len(ages)]))


def is_word(cell: object) -> bool:
    """Whether a cell is a word or a year: what heads are made of."""
    text = clean_text(cell)
    return not isinstance(cell, dt.date) and bool(_YEAR.fullmatch(text) or _WORD.search(text))
