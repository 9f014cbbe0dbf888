"""A quarter and year as facts, in the making: rows, what is small, and the forms that numbers of persons tell."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sro_geo.disclose.publication import Fact, Line, Shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

VALUE, COUNTS, BELOW = "value", "counts", "below"
"""Parts of a row that are withheld: what is shown of it, exact value and numerator, or the denominator."""

_DUST = 1e-6


class Row(NamedTuple):
    """A value of the block, with its place in the table."""

    at: int
    indicator: str
    value: float
    numerator: float
    denominator: float
    withheld: bool
    """By the file, or by an earlier step."""
    fixed: bool
    """Shown already: it may not be withheld any more."""
    most: float = math.inf
    """What everybody knows that a withheld count is at most; it is then one person at least."""
    earlier: bool = False
    """Of an earlier edition: what it shows is no secret any more, however small."""


def list_rows(table: pd.DataFrame) -> list[Row]:
    """Rows of a table that has their fields as columns."""
    return [Row(*cells) for cells in zip(*(table[field].tolist() for field in Row._fields), strict=True)]


@dataclass(slots=True, kw_only=True)
class Draft:
    """A block in the making.

    Attributes
    ----------
    smallest : int
        Smallest count that may be shown.
    facts, always : list of Fact, list of Line
        As in `Publication`.
    withheld : set of str
        Facts that are withheld because they are small themselves, or were before.
    secrets : dict of str to Shares
        Counts that nobody may work out.
    owners : dict of str to int
        Row of each secret.
    """

    smallest: int
    facts: list[Fact] = field(default_factory=list)
    always: list[Line] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)
    secrets: dict[str, Shares] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)

    def bound(self, count: Shares, *, row: Row) -> None:
        """Say what everybody knows of a withheld count, whatever else is told."""
        if math.isfinite(row.most):
            self.always.append(Line(shares=count, low=1, high=row.most))

    def hide(self, names: Iterable[str], *, row: Row) -> None:
        """Withhold facts of a row."""
        if row.withheld or not row.earlier:
            self.withheld |= {*names}

    def protect(self, name: str, count: Shares, *, row: Row) -> None:
        """Make a count of a row one that nobody may work out; where every count may be shown, none is."""
        if self.smallest == 1 or (row.earlier and not row.withheld):
            return
        self.secrets[name] = count
        self.owners[name] = row.at


def name_fact(row: int, part: str) -> str:
    """Name of a fact: `value`, `counts` or `below` of a row of the table."""
    return f"{part} {row:08d}"


def tell_equal(count: Shares, number: float) -> Line:
    """A count that is a number; a modelled fraction tells the whole numbers around it."""
    near = round(number)
    if abs(number - near) <= _DUST:
        return Line(shares=count, low=near, high=near)
    return Line(shares=count, low=math.floor(number), high=math.ceil(number))


def round_half_up(number: float, *, digits: int) -> float:
    """Number as it is shown."""
    return round(math.floor(number * 10.0**digits + 0.5 + _DUST) / 10.0**digits, digits)
