"""An indicator over the years, as the page draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A value of a year that is not known exactly.

    Attributes
    ----------
    quarter_id, year : str and int
        Whose and when.
    low, high : float or None
        What unknown parts admit, cut; None where that is the value itself.
    estimated : bool
        Whether the value stands in brackets.
    """

    quarter_id: str
    year: int
    low: float | None
    high: float | None
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Why a quarter has no value in a year; one that is merely missing is not told."""

    quarter_id: str
    year: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A year from which the values mean something else than before, and the sentence that says why."""

    year: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An indicator over the years.

    Attributes
    ----------
    years : tuple of int
        All years from the first known to the one shown.
    quarters : mapping of str to tuple of float or None
        Values of each quarter, cut so that those of a year stay in their order; None is a gap.
    city, group : tuple of float or None
        Values of the city and of the model regions; the latter empty where there are none.
    unsure : tuple of Unsure
        Values that are not known exactly.
    lacks : tuple of Lack
        Why values are lacking.
    breaks : tuple of Break
        Where the series breaks, by year; the line ends in the year before and begins anew.
    invented : tuple of int
        Years with invented values, where the year shown has none.
    pattern : str
        How a value is written: "{n} %".
    signed : bool
        Whether values carry a sign.
    sums : bool
        Whether the city is the sum of its quarters, and so doesn't stand on their axis.
    partly : tuple of str
        Which of `city` and `group` are not known exactly in the last year: they can't be compared with other years.
    cuts : tuple of float
        Cuts between the classes of a change, the same for all pairs of years; empty where nothing has changed.
    unit, heading : str
        Unit of a change, short and long: "PP" and "Prozentpunkte".
    units : tuple of str
        The same within a sentence, for one and for more: "Prozentpunkt" and "Prozentpunkte".
    """

    years: tuple[int, ...]
    quarters: Mapping[str, tuple[float | None, ...]]
    city: tuple[float | None, ...]
    group: tuple[float | None, ...]
    unsure: tuple[Unsure, ...] = ()
    lacks: tuple[Lack, ...] = ()
    breaks: tuple[Break, ...] = ()
    invented: tuple[int, ...] = ()
    pattern: str = "{n}"
    signed: bool = False
    sums: bool = False
    partly: tuple[str, ...] = ()
    cuts: tuple[float, ...] = ()
    unit: str = ""
    heading: str = ""
    units: tuple[str, str] = ("", "")
