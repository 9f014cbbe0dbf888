"""What has changed between the year shown and an earlier one, as a table, of the values as the page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.compare.groups import GROUP
from sro_geo.model.status import ESTIMATED, MISSING, OBSERVED
from sro_geo.model.study import CITY
from sro_geo.report.series import make_series
from sro_geo.report.shown import list_shown
from sro_geo.text.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sro_geo.model.series import Series, Unsure
    from sro_geo.model.study import Study

CHANGES = (
    "indicator", "area", "quarter_id", "since", "year", "before", "after", "change", "low", "high", "status", "breaks", "example",
)  # fmt: skip

QUARTER = "quarter"
_Ends = tuple[float, float, float]
"""The least that unknown parts admit, the value, the most."""


def list_changes(study: Study) -> pd.DataFrame:
    """Change of each indicator that has years: every quarter, the model regions, the city.

    Returns
    -------
    DataFrame
        Columns as in `CHANGES`. `since` is the year that the project names, else the indicator's first. `change` is the
        difference of `before` and `after` as they stand; `low` and `high` are the least and the most that both admit.
        `breaks` tells where the series breaks between the years, so that they can be compared to a limited extent only.

    Notes
    -----
    Law: nothing but shown values is in it. Model regions and city have a change where all of their quarters are known in
    both years.
    """
    rows: list[dict[str, Any]] = []
    for shown in list_shown(study):
        series = make_series(study, shown)
        if series is not None:
            since = study.about.changes_from or series.years[0]
            rows_of = study.indicators[study.indicators["indicator"] == shown.code]
            invented = bool(rows_of.loc[rows_of["year"].isin([since, study.about.year]), "example"].any())
            broken = " ".join(f"{one.text}." for one in series.breaks if one.year > since)
            of = {
                "indicator": shown.code,
                "since": since,
                "year": study.about.year,
                "breaks": broken,
                "example": invented,
            }
            rows += [of | row for row in _list_rows(series, since=since, digits=shown.spec.digits)]
    return pd.DataFrame(rows, columns=list(CHANGES))


def _list_rows(series: Series, *, since: int, digits: int) -> Iterator[dict[str, Any]]:
    """Rows of one indicator: quarters in their order, then model regions and city."""
    unsure = {(one.quarter_id, one.year): one for one in series.unsure}
    lacks = {(one.quarter_id, one.year): one.reason for one in series.lacks}
    years = (series.years[-1], since)
    for quarter, line in series.quarters.items():
        doubts = [unsure.get((quarter, year)) for year in years]
        ends = [_read_ends(series, line, year, doubt, digits=digits) for year, doubt in zip(years, doubts, strict=True)]
        status = ESTIMATED if any(doubt is not None and doubt.estimated for doubt in doubts) else OBSERVED
        gap = next((lacks[quarter, year] for year in years if (quarter, year) in lacks), MISSING)
        yield {"area": QUARTER, "quarter_id": quarter} | _compare(*ends, status=status, gap=gap, digits=digits)
    for area, line in ((GROUP, series.group), (CITY, series.city)):
        whole = (*line[:-1], None) if area in series.partly else line
        ends = [_read_ends(series, whole, year, None, digits=digits) for year in years]
        if line:
            yield {"area": area} | _compare(*ends, status=OBSERVED, gap=MISSING, digits=digits)


def _read_ends(
    series: Series, line: Sequence[float | None], year: int, doubt: Unsure | None, *, digits: int
) -> _Ends | None:
    """Value of a year and what unknown parts admit, rounded as they are shown."""
    value = line[series.years.index(year)] if line and year in series.years else None
    if value is None:
        return None
    low, high = (None, None) if doubt is None else (doubt.low, doubt.high)
    least, own, most = (round_half_up(value if end is None else end, digits=digits) for end in (low, None, high))
    return least, own, most


def _compare(after: _Ends | None, before: _Ends | None, *, status: str, gap: str, digits: int) -> dict[str, Any]:
    told = {name: None if ends is None else ends[1] for name, ends in (("before", before), ("after", after))}
    if after is None or before is None:
        return told | {"status": gap}
    pairs = {"change": (before[1], after[1]), "low": (before[2], after[0]), "high": (before[0], after[2])}
    moved = {name: round_half_up(last - first, digits=digits) for name, (first, last) in pairs.items()}
    return told | moved | {"status": status}
