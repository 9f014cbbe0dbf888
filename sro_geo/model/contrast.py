"""A group of quarters beside the rest of the city, as the page says and draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One group of a comparison: its name, its value and its size, as text."""

    name: str
    value: str
    size: str
    quarters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A group beside the rest of the city, as text. `sentence` judges or says what is lacking."""

    group: Side
    rest: Side
    difference: str
    unit: str
    sentence: str


Dot = tuple[float, float | None, float | None]
"""A value and what unknown parts admit, cut; None where nothing bounds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A group, the rest and the city as dots on one axis, whom both sides count, and the city's value as text.

    None where there is no value; the text has the decimals of the comparison.
    """

    group: Dot | None
    rest: Dot | None
    city: Dot | None
    sizes: tuple[float | None, float | None]
    city_value: str
