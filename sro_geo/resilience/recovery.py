"""Recovery: how much of a fall has been made good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.reach import SOURCE
from sro_geo.model.indicators import COLUMNS
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.indicators import Indicators

RECOVERY = "erholung"
"""Code of the indicator."""


def measure_recovery(
    indicators: Indicators,
    *,
    indicator: str,
    direction: int,
    shock_year: int,
    year: int,
    quarter_ids: Sequence[str],
) -> pd.DataFrame:
    """Share of the fall since the year before a shock that is made good, as rows of the indicator table.

    Parameters
    ----------
    indicators : Indicators
        Protected values.
    indicator : str
        What is followed.
    direction : {-1, 1}
        1: more of it is better.
    shock_year : int
        Year of the shock. The year before it is what is to be reached again.
    year : int
        Last year, not before the shock.
    quarter_ids : sequence of str
        Quarters, in the order of the result.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`, code `erholung`, in points: 0 at the worst, 100 where
        the level before the shock is reached, more where it is passed. One more column `origins`: source and
        row of the three values used, (before, worst, last), as a tuple of tuples; empty where there is no
        value.

    Raises
    ------
    ValueError
        If `direction` is 0 or the last year is before the shock.

    Notes
    -----
    100 · (last − worst) ÷ (before − worst); the worst is that of all years from the shock to the last one.
    Without a fall there is nothing to make good: not applicable. A gap in the year before or in any year
    since leaves the worst open: missing, or withheld where one of these years is.

    References
    ----------
    Hosseini, S., Barker, K., Ramirez-Marquez, J. (2016): A review of definitions and measures of system
    resilience. Reliability Engineering & System Safety 145 (share of the loss that is recovered).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_recovery, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> shock = {"indicator": "kinder_sgb2", "direction": -1, "shock_year": 2018, "year": 2024}
    >>> rows = measure_recovery(tables.indicators, **shock, quarter_ids=["05", "06"])
    >>> for key, points in zip(rows["quarter_id"], rows["value"]):
    ...     print(f"{tables.quarters.loc[key, 'name']}: {points:.0f} points")
    Hafenviertel: 29 points
    Lindenau: 140 points
    """
    if direction not in (-1, 1):
        message = f"`direction` must be -1 or 1; got {direction}"
        raise ValueError(message)
    if year < shock_year:
        message = f"`year` must not be before `shock_year`; got {year} and {shock_year}"
        raise ValueError(message)
    years = list(range(shock_year - 1, year + 1))
    rows = indicators[(indicators["indicator"] == indicator) & indicators["year"].isin(years)]
    series = dict(iter(rows.set_index("year").groupby("quarter_id")))
    empty = rows.head(0).set_index("year")
    measured = [_recover(series.get(quarter, empty).reindex(years), direction=direction) for quarter in quarter_ids]
    frame = pd.DataFrame(measured, columns=["value", "status", "example", "origins"])
    return frame.assign(
        quarter_id=list(quarter_ids),
        indicator=RECOVERY,
        year=year,
        numerator=np.nan,
        denominator=np.nan,
        source=SOURCE,
        row=pd.array([pd.NA] * len(frame), dtype="Int64"),
    )[[*COLUMNS, "origins"]]


def _recover(series: pd.DataFrame, *, direction: int) -> tuple[float, str, bool, tuple[tuple[str, int | None], ...]]:
    """Value, status, whether invented, and the rows it comes from."""
    example = bool(series["example"].eq(other=True).any())
    if not series["status"].isin(KNOWN).all():
        return np.nan, SUPPRESSED if (series["status"] == SUPPRESSED).any() else MISSING, example, ()
    levels = series["value"].astype(float) * direction
    before, last = float(levels.iloc[0]), float(levels.iloc[-1])
    since = levels.iloc[1:]
    worst = float(since.min())
    if worst >= before:
        return np.nan, NOT_APPLICABLE, example, ()
    status = ESTIMATED if (series["status"] == ESTIMATED).any() else OBSERVED
    used = series.loc[[series.index[0], since.idxmin(), series.index[-1]]]
    origins = tuple(
        (str(source), None if pd.isna(row) else int(row))
        for source, row in zip(used["source"], used["row"], strict=True)
    )
    return 100 * ((last - worst) / (before - worst)), status, example, origins
