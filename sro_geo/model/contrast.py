"""A group of quarters beside the rest of the city, as the page says and draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What the page adds up for quarters of the reader's choosing: the numbers of the tables, as they are written there.

    Attributes
    ----------
    factor : float
        A rate is factor · Σ above ÷ Σ below.
    bounded : bool
        Whether an unknown quarter has between none and all of its denominator.
    above, below : tuple of float or None
        Numerators and denominators, in the order of the picture's quarters.
    values : mapping of str to float
        Known values that aren't their quotient, by quarter.
    void : tuple of str
        Quarters that it doesn't apply to.
    signed : bool
        Whether its numbers carry their sign.
    pattern, size : str
        How a value and a size are written, `{n}` for the number.
    units : tuple of str
        Unit of the difference, of one and of more.
    """

    factor: float
    bounded: bool
    above: tuple[float | None, ...]
    below: tuple[float | None, ...]
    values: Mapping[str, float]
    void: tuple[str, ...]
    signed: bool
    pattern: str
    size: str
    units: tuple[str, str]
