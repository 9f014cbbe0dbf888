"""Areas measured from the true counts, wherever that gives nobody away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.compare.groups import measure_areas
from sro_geo.coverage.reach import as_coverage_indicators
from sro_geo.disclose.totals import release_totals
from sro_geo.model.indicators import Indicators, as_indicators, join_indicators
from sro_geo.model.status import KNOWN
from sro_geo.resilience.recovery import list_baseline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The true rows, and what may be made of them. It stays in the pipeline: no study and no output may hold one.

    Attributes
    ----------
    rows : Indicators
        As the files give them, and the shares of all persons within reach.
    released : mapping of int to frozenset of (str, str)
        By year, indicators and areas whose true total may be shown.
    """

    rows: Indicators
    released: Mapping[int, frozenset[tuple[str, str]]]


def release_all(
    project: Project,
    tables: Tables,
    shown: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    measured: Measured,
    members: Mapping[str, Sequence[str]],
) -> Totals:
    """True rows with the totals that may be made of them: of the year shown, and of every year that recovery looks at."""
    shaken = set() if project.shock is None else {project.shock.indicator}
    wanted = dict.fromkeys(list_years(project, tables.true), shaken) | {project.year: set(tables.true["indicator"])}
    released = {}
    for year, codes in wanted.items():
        true, seen = (Indicators(table[table["year"] == year]) for table in (tables.true, shown))
        released[year] = release_totals(
            true,
            seen,
            specs=specs,
            smallest=project.smallest,
            wanted=dict.fromkeys(codes, members),
            known=tables.known,
        )
    reach = as_coverage_indicators(measured.true.values(), supplies=(), year=project.year)
    reached = as_indicators(reach, specs=specs, quarter_ids=list(tables.quarters.index))
    released[project.year] |= measured.released
    return Totals(rows=join_indicators(tables.true, reached), released=released)


def list_released(totals: Totals, *, members: Mapping[str, Sequence[str]]) -> list[tuple[str, int, frozenset[str]]]:
    """Totals of given and measured numbers that may be shown: indicator, year, and the quarters whose counts are in it."""
    known = totals.rows[totals.rows["status"].isin(KNOWN)]
    ids = known.groupby(["indicator", "year"])["quarter_id"].agg(set).to_dict()
    pairs = [(code, year, area) for year, found in totals.released.items() for code, area in sorted(found)]
    return [(c, y, frozenset(members[area]) & ids[c, y]) for c, y, area in pairs if (c, y) in ids]


def list_years(project: Project, indicators: Indicators) -> list[int]:
    """Years of the level before the shock and of those since."""
    shock = project.shock
    if shock is None:
        return []
    before = list_baseline(indicators, indicator=shock.indicator, shock_year=shock.year)
    return [*before, *range(shock.year, project.year + 1)]


def measure_with_totals(
    shown: Indicators,
    totals: Totals,
    *,
    specs: Mapping[str, IndicatorSpec],
    year: int,
    members: Mapping[str, Sequence[str]],
    weights: pd.Series | None = None,
) -> pd.DataFrame:
    """Areas as `measure_areas` measures them: of the true rows where their total is released, else of the shown ones."""
    way: Any = {"specs": specs, "year": year, "members": members, "weights": weights}
    areas, whole = measure_areas(shown, **way), measure_areas(totals.rows, **way)
    pairs = totals.released.get(year, frozenset())

    def is_released(table: pd.DataFrame) -> list[bool]:
        return [pair in pairs for pair in zip(table["indicator"], table["area"], strict=True)]

    kept = pd.concat([whole[is_released(whole)], areas], ignore_index=True).drop_duplicates(["indicator", "area"])
    order = areas[["indicator", "area"]]
    return order.merge(kept, on=["indicator", "area"], how="left")
