"""How an indicator went on over the years: each quarter, the city and the model regions, gaps as gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.compare.groups import GROUP
from sro_geo.compare.history import pool_years
from sro_geo.model.atlas import Series
from sro_geo.model.status import KNOWN
from sro_geo.model.study import CITY
from sro_geo.text.numbers import cut_off

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown

FEWEST = 3
"""So many years make a line; two are a comparison."""


def make_series(study: Study, shown: Shown) -> Series | None:
    """Line of every quarter, the city and the model regions up to the year shown; None where there are too few years.

    City and model regions have a value in the years in which all of their quarters are known, and in the year shown what
    the comparison says.
    """
    year, ids = study.about.year, list(study.quarters.index)
    rows = study.indicators[(study.indicators["indicator"] == shown.code) & (study.indicators["year"] <= year)]
    known = rows[rows["status"].isin(KNOWN)]
    if known["year"].nunique() < FEWEST:
        return None
    years = range(int(known["year"].min()), year + 1)
    wide = known.pivot(index="year", columns="quarter_id", values="value")  # noqa: PD010  keys are unique
    wide = wide.reindex(index=years, columns=ids)
    members = {CITY: ids} | ({} if study.about.group is None else {GROUP: list(study.groups[study.about.group])})
    pooled = pool_years(study.indicators, indicator=shown.code, spec=shown.spec, members=members).reindex(years)
    areas = study.areas[study.areas["indicator"] == shown.code].set_index("area")["value"]
    for area in members:
        pooled.loc[year, area] = areas.get(area, float("nan"))
    digits = shown.spec.digits + 2
    return Series(
        years=tuple(years),
        quarters={quarter: _cut(wide[quarter], digits) for quarter in ids},
        city=_cut(pooled[CITY], digits),
        group=_cut(pooled[GROUP], digits) if GROUP in members else (),
    )


def _cut(numbers: pd.Series, digits: int) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(number) else cut_off(float(number), digits=digits) for number in numbers)
