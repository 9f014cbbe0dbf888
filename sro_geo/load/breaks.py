"""Stated cuts between the classes of a map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.model.colours import MOST_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_fault(breaks: Sequence[float], *, signed: bool) -> str | None:
    """Message that says what is wrong with cuts: they don't rise, or make too many classes on one side of zero.

    Examples
    --------
    >>> find_fault([10, 20], signed=False), find_fault([10, 10], signed=False), find_fault([1, 2, 3], signed=True)
    (None, 'breaks_unordered', 'breaks_sides')
    """
    if not all(low < high for low, high in pairwise(breaks)):
        return "breaks_unordered"
    sides = sum(cut <= 0 for cut in breaks), sum(cut >= 0 for cut in breaks)
    return "breaks_sides" if signed and max(sides) > MOST_SIDE else None
