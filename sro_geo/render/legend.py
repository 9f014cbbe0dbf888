"""Classes of a printed map with their counts: one above the other, or in columns below the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.render.measuring import measure_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.picture import Picture

LEGEND, ROW, TYPE = 142.0, 15.0, 8.0
"""Width of a column of the legend, height of a row and size of its type, in points."""

COLUMNS, _STEP = 3, 178.5
"""Of a legend below the map; from one to the next. They fill the sheet."""

_BEFORE_UNKNOWN = 8.0


def list_rows(
    picture: Picture, *, corner: tuple[float, float], columns: int
) -> list[tuple[float, float, int, str, int]]:
    """Left edge, middle, class, label and count of each row, column by column: classes from high to low, then the unknown.

    `corner` is the upper left one; the head has the first row.
    """
    known = [(number, c.label, c.count) for number, c in enumerate(picture.classes)][::-1]
    unknown = [(-1 - number, u.label, u.count) for number, u in enumerate(picture.unknown)]
    high, (left, top) = _count_rows(picture, columns=columns), corner
    apart = _keep_apart(picture, columns=columns)
    return [
        (left + _STEP * (n // high), top + ROW * (1.5 + n % high) + (apart if row[0] < 0 else 0.0), *row)
        for n, row in enumerate([*known, *unknown])
    ]


def measure_legend(picture: Picture, *, columns: int) -> float:
    """Height of the legend."""
    return ROW * (1 + _count_rows(picture, columns=columns)) + _keep_apart(picture, columns=columns)


def head_counts(
    picture: Picture, words: Mapping[str, str], *, corner: tuple[float, float], columns: int
) -> tuple[float, str]:
    """Head over the counts and where it ends: what is counted, or where that has no room beside the other head, that it is counted."""
    right = max(x for x, *_ in list_rows(picture, corner=corner, columns=columns)) + LEGEND
    room = right - corner[0] - measure_text(picture.heading, size=TYPE, bold=True) - 4
    wide = measure_text(words["page_quarters"], size=TYPE, bold=True)
    return right, words["page_quarters" if wide <= room else "page_count"]


def _count_rows(picture: Picture, *, columns: int) -> int:
    return -(-(len(picture.classes) + len(picture.unknown)) // columns)


def _keep_apart(picture: Picture, *, columns: int) -> float:
    """Room before the unknown, where all stand in one column."""
    return _BEFORE_UNKNOWN if picture.classes and picture.unknown and columns == 1 else 0.0
