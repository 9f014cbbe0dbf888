"""Redundancy: how many offers people can choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.coverage.reach import MEANS
from sro_geo.model.indicators import COLUMNS, as_computed
from sro_geo.model.status import ESTIMATED, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.model.reach import Coverage

REDUNDANCY = "angebote_in_reichweite"
"""Code of the indicator."""


def measure_redundancy(coverages: Iterable[Coverage], *, minutes: float, year: int) -> pd.DataFrame:
    """Mean number of offers within a walking limit, over the kinds, as rows of the indicator table.

    Parameters
    ----------
    coverages : iterable of Coverage
        One for each kind, protected.
    minutes : float
        Walking limit; each coverage must have it.
    year : int
        Year of the rows.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`, one row for each quarter, code
        `angebote_in_reichweite`, no numerator and denominator (the kinds have different ones).

    Raises
    ------
    ValueError
        If a coverage does not have the limit.

    Notes
    -----
    Each kind counts the same. A kind whose target group nobody in the quarter belongs to does not count
    there. If the number of one kind is withheld, so is the mean; if it is rounded beside a withheld count, the
    mean is an estimate, and low and high are the means of its bounds.

    References
    ----------
    Bruneau, M. et al. (2003): A framework to quantitatively assess and enhance the seismic resilience of
    communities. Earthquake Spectra 19 (redundancy: elements that can stand in for each other).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_redundancy, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> coverages = [study.coverages[kind] for kind in ("kindertageseinrichtung", "jugendarbeit")]
    >>> rows = measure_redundancy(coverages, minutes=15, year=2024).set_index("quarter_id")
    >>> print(f"{study.quarters.loc['09', 'name']}: {rows.loc['09', 'value']:.1f} offers within 15 minutes")
    Ostufer: 1.0 offers within 15 minutes
    """
    tables = [coverage.table[coverage.table["minutes"] == minutes] for coverage in coverages]
    if any(table.empty for table in tables):
        message = f"`coverages` must all have the limit of {minutes:g} minutes"
        raise ValueError(message)
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    rows = pd.concat(tables, ignore_index=True)
    rounded = (rows["status"] == SUPPRESSED) & rows["mean_offers"].notna()
    by_quarter = rows.assign(status=rows["status"].mask(rounded, ESTIMATED)).groupby("quarter_id")
    rows = by_quarter.agg(status=("status", _join_status), example=("example", "any"))
    known = rows["status"].isin([OBSERVED, ESTIMATED])
    ends = zip(("value", "low", "high"), MEANS, strict=True)
    means = {end: by_quarter[column].mean().where(known).to_numpy() for end, column in ends}
    return as_computed(rows.reset_index().assign(indicator=REDUNDANCY, **means), year=year)


def _join_status(statuses: pd.Series) -> str:
    found = set(statuses) - {NOT_APPLICABLE}
    for status in (SUPPRESSED, MISSING, LATER, ESTIMATED, OBSERVED):
        if status in found:
            return status
    return NOT_APPLICABLE
