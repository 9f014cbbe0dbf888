"""Stated cuts between the classes of a map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sro_geo.errors import Problem
from sro_geo.model.colours import MOST_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.errors import Place

Breaks = Annotated[list[Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=4)]
"""From low to high, between at most five classes."""


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


def tell_fault(breaks: Sequence[float], *, signed: bool, key: str, place: Place | None) -> list[Problem]:
    """The same as a problem, or none."""
    fault = find_fault(breaks, signed=signed)
    where = () if place is None else (place,)
    return [Problem(cause=fault, values={"key": key, "found": list(breaks)}, places=where)] if fault else []
