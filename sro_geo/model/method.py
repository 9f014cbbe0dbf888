"""How an index is made: settings and fitted scales as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

DIMENSIONS = ("robustness", "redundancy", "recovery")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Settings of an index.

    Attributes
    ----------
    normalise : {"goalposts", "minmax"}
        Where a scale comes from: stated goalposts, or the worst and best known value of the base year.
        With `goalposts`, an indicator without them is an error.
    aggregate : {"arithmetic", "geometric"}
        How indicators make a dimension and dimensions make the index.
    dimensions : mapping of str to float
        Weight of each dimension; they are scaled to add up to 1.
    indicators : mapping of str to float
        Weight of an indicator within its dimension; 1 where not stated.
    goalposts : mapping of str to (worst, best)
        Stated in the project; they go before the catalogue's.
    base_year : int
        Year the scales are fitted on.
    least_known : float
        Share of the weight that must be known for a score, 0 to 1.
    lowest : float
        Score of the worst value, 0 to under 100: above 0 keeps one zero from deciding a geometric mean.
    """

    normalise: Literal["goalposts", "minmax"]
    aggregate: Literal["arithmetic", "geometric"]
    dimensions: Mapping[str, float]
    base_year: int
    indicators: Mapping[str, float] = field(default_factory=dict)
    goalposts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    least_known: float = 0.6
    lowest: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """Fitted scales: the same for every year and every quarter.

    Attributes
    ----------
    worst, best : mapping of str to float
        Value that scores `lowest` and value that scores 100, by indicator, in the indicator's unit.
    lowest : float
        Score of the worst value.
    """

    worst: Mapping[str, float]
    best: Mapping[str, float]
    lowest: float
