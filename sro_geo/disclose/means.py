"""What a mean number of offers in reach tells of the persons who reach one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.disclose.publication import Fact, Line
from sro_geo.model.indicators import WRITTEN_DIGITS
from sro_geo.model.reach import code_gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.disclose.publication import Shares
    from sro_geo.model.reach import Coverage

_DUST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean number of offers in reach as it is shown.

    Attributes
    ----------
    low, high : float
        Ends of its rounding.
    persons : float
        All persons of the target group in the quarter.
    offers : int
        Offers of the kind: nobody has more in reach.
    """

    low: float
    high: float
    persons: float
    offers: int

    def tell(self, name: str, without: Shares) -> Fact:
        """Bounds of the persons without an offer: each of the others has one at least and all at most.

        Where no whole number lies between them, because persons are modelled, the whole ones around them are told.
        """
        least = max(self.persons - self.high * self.persons, 0.0)
        most = self.persons - (self.low * self.persons / self.offers if self.offers else 0.0)
        low, high = math.ceil(least - _DUST), math.floor(most + _DUST)
        return Fact(name=name, told=(Line(shares=without, low=min(low, high), high=max(low, high)),))


def list_means(coverages: Iterable[Coverage]) -> Mapping[tuple[str, str], Mean]:
    """Means that are shown, by quarter and indicator: the share without an offer that each belongs to."""
    half = 0.5 * 10.0**-WRITTEN_DIGITS
    return {
        (str(quarter), code_gap(one.kind, minutes=minutes)): Mean(
            low=low - half, high=high + half, persons=persons, offers=one.offers
        )
        for one in coverages
        for quarter, minutes, low, high, persons in zip(
            *(one.table[c] for c in ("quarter_id", "minutes", "mean_low", "mean_high", "persons")), strict=True
        )
        if not (math.isnan(low) or math.isnan(persons))
    }
