"""Recovery: what is still lost of what a shock took."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.model.indicators import as_computed
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING, NOT_HIT, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.indicators import Indicators

    Numbers = NDArray[np.float64]

RECOVERY = "erholung"
"""Code of the indicator."""

ALPHA = 0.05

SERIES = ("before", "last", "fall", "sure")
"""Level before the shock, last value, loss in the worst year, and whether that is more than chance."""

_NUMBERS = ("value", "low", "high", "numerator", "denominator")

BASELINE_YEARS = 4
"""At most so many years before the shock make the level that is to be reached again."""


def measure_recovery(
    indicators: Indicators,
    *,
    indicator: str,
    direction: int,
    shock_year: int,
    year: int,
    quarter_ids: Sequence[str],
) -> pd.DataFrame:
    """What is still lost since a shock, as rows of the indicator table.

    Parameters
    ----------
    indicators : Indicators
        Protected values.
    indicator : str
        What is followed.
    direction : {-1, 1}
        1: more of it is better.
    shock_year : int
        Year of the shock.
    year : int
        Last year, not before the shock.
    quarter_ids : sequence of str
        Quarters, in the order of the result.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`, code `erholung`, in the indicator's unit: 0 where nothing is
        lost any more, more the worse. More columns: `before`, the level before the shock; `last`, the last value; `fall`,
        the loss in the worst year since; `sure`, whether that is more than chance (for rates with counts, by a test of two
        proportions); and `years`, those whose values are used (those before, the worst, the last), as a tuple; empty where there
        is no value.

    Raises
    ------
    ValueError
        If `direction` is 0 or the last year is before the shock.

    Notes
    -----
    max(0, level before − last value), in the better direction. The level before is the mean of the years that
    `list_baseline` gives, the same for all. Where no year since the shock lies under that level the quarter was
    not hit: nothing is lost, and the status says so. A gap in any of these years leaves it open: missing, or
    withheld where one of them is. Low and high follow from the bounds of the values.

    Laws: never negative; 0 where the last value reaches the level before; not hit exactly where the fall is 0.

    References
    ----------
    Hosseini, S., Barker, K., Ramirez-Marquez, J. (2016): A review of definitions and measures of system
    resilience. Reliability Engineering & System Safety 145 (the loss that remains).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_recovery, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> shock = {"indicator": "kinder_sgb2", "direction": -1, "shock_year": 2018, "year": 2024}
    >>> rows = measure_recovery(tables.indicators, **shock, quarter_ids=["05", "06"])
    >>> for key, lost in zip(rows["quarter_id"], rows["value"]):
    ...     print(f"{tables.quarters.loc[key, 'name']}: {lost:.1f} percentage points still lost")
    Hafenviertel: 4.9 percentage points still lost
    Lindenau: 0.0 percentage points still lost
    """
    if direction not in (-1, 1):
        message = f"`direction` must be -1 or 1; got {direction}"
        raise ValueError(message)
    if year < shock_year:
        message = f"`year` must not be before `shock_year`; got {year} and {shock_year}"
        raise ValueError(message)
    before = list_baseline(indicators, indicator=indicator, shock_year=shock_year)
    years = [*before, *range(shock_year, year + 1)]
    rows = indicators[(indicators["indicator"] == indicator) & indicators["year"].isin(years)]
    grid = rows.set_index(["quarter_id", "year"]).reindex(pd.MultiIndex.from_product([quarter_ids, years]))
    told = {
        name: column.to_numpy(dtype=float if name in _NUMBERS else object).reshape(len(quarter_ids), len(years))
        for name, column in grid.items()
    }
    measured = [
        _recover({str(name): own[at] for name, own in told.items()}, before=len(before), direction=direction)
        for at in range(len(quarter_ids))
    ]
    frame = pd.DataFrame(measured, columns=["value", "low", "high", *SERIES, "status", "example", "years"])
    frame["years"] = [tuple(years[at] for at in used) for used in frame["years"]]
    computed = as_computed(frame.assign(quarter_id=list(quarter_ids), indicator=RECOVERY), year=year)
    return computed.join(frame[[*SERIES, "years"]])


def list_baseline(indicators: Indicators, *, indicator: str, shock_year: int) -> list[int]:
    """Years of the level before a shock: up to four, of those the data hold; the year before where they hold none."""
    window = range(shock_year - BASELINE_YEARS, shock_year)
    there = set(indicators.loc[indicators["indicator"] == indicator, "year"])
    return [year for year in window if year in there] or [shock_year - 1]


def _recover(series: Mapping[str, NDArray[Any]], *, before: int, direction: int) -> tuple[Any, ...]:
    """Value, its bounds, what `SERIES` names, status, whether invented, the places of the years used; the first are before."""
    statuses = list(series["status"])
    example = any(one is True for one in series["example"])
    if not set(statuses) <= set(KNOWN):
        reason = SUPPRESSED if SUPPRESSED in statuses else MISSING
        return (*[np.nan] * 6, False, reason, example, ())
    levels, low, high = _turn(series, direction=direction)
    lost = (levels[:before].mean() - levels[before:]).clip(min=0.0)
    deepest = before + int(lost.argmax())
    fall, status = float(lost.max()), ESTIMATED if ESTIMATED in statuses else OBSERVED
    used = tuple(dict.fromkeys([*range(before), deepest, len(statuses) - 1]))
    sure = fall > 0 and _is_sure(series, before=before, worst=deepest)
    least = float((low[:before].mean() - high[-1]).clip(min=0.0))
    most = float((high[:before].mean() - low[-1]).clip(min=0.0))
    level, last = float(series["value"][:before].mean()), float(series["value"][-1])
    return float(lost[-1]), least, most, level, last, fall, sure, status if fall > 0 else NOT_HIT, example, used


def _turn(series: Mapping[str, Numbers], *, direction: int) -> tuple[Numbers, Numbers, Numbers]:
    """Values with their bounds, turned so that more is better."""
    value, low, high = (series[column] * direction for column in ("value", "low", "high"))
    return (value, low, high) if direction > 0 else (value, high, low)


def _is_sure(series: Mapping[str, Numbers], *, before: int, worst: int) -> bool:
    """Whether two shares of counts differ by more than chance, one-sided 5 % shared among the years looked at."""
    above, below = (float(series[column][:before].sum()) for column in ("numerator", "denominator"))
    numerator, denominator = (float(series[column][worst]) for column in ("numerator", "denominator"))
    if not (below > 0 and denominator > 0 and np.isfinite([above, numerator]).all()):
        return False
    pooled = (above + numerator) / (below + denominator)
    error = np.sqrt(pooled * (1 - pooled) * (1 / below + 1 / denominator)) if 0 < pooled < 1 else 0.0
    difference = abs(numerator / denominator - above / below)
    tries = len(series["value"]) - before
    return bool(error > 0 and difference / error > NormalDist().inv_cdf(1 - ALPHA / tries))
