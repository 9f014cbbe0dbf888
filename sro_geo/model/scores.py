"""Scores with their parts and with what the unknown parts admit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


INDEX = "index"
"""Code of the index itself beside the codes of indicators and dimensions."""


@dataclass(frozen=True, kw_only=True)
class Scores:
    """An index of one year.

    Attributes
    ----------
    year : int
        Year of the values.
    index : DataFrame
        Index quarter_id: score, worst, best (what the parts admit), known (share of the weight that is known), status,
        example, reference (the city's score over the parts that the quarter has), rank_low, rank_high (1 is the highest
        score).
    dimensions : DataFrame
        Long: quarter_id, dimension, score, worst, best, known, status, example, reference (as above), contribution.
    contributions : DataFrame
        Long: quarter_id, dimension, part (indicator code, or "unknown" for parts that the city lacks), value, scaled,
        reference, weight, contribution (to the index), source, row. For each quarter they add up to score − reference.
    reference : float
        The city's index; NaN where the city has none.
    reference_dimensions : mapping of str to float
        The city's score by dimension.
    """

    year: int
    index: pd.DataFrame
    dimensions: pd.DataFrame
    contributions: pd.DataFrame
    reference: float
    reference_dimensions: Mapping[str, float]

    @cached_property
    def _by_quarter(self) -> dict[str, pd.DataFrame]:
        return {str(quarter): own for quarter, own in self.contributions.groupby("quarter_id", sort=False)}

    def list_parts(self, quarter_id: str) -> pd.DataFrame:
        """Rows of `contributions` of one quarter; looked up, not searched for among all of them."""
        return self._by_quarter.get(quarter_id, self.contributions.head(0))
