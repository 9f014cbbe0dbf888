"""Group, rest and city, measured like one quarter each: pooled first, then measured, then scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.compare.groups import COLUMNS, measure_areas, split_city
from sro_geo.coverage.reach import pool_coverage
from sro_geo.model.indicators import Indicators, as_computed, select_values
from sro_geo.model.reach import code_sharing
from sro_geo.model.scores import INDEX
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING, NOT_APPLICABLE, OBSERVED
from sro_geo.model.study import CITY
from sro_geo.pipeline.people import count_people
from sro_geo.pipeline.totals import list_years, measure_with_totals
from sro_geo.report.profiles import POPULATION
from sro_geo.resilience.recovery import RECOVERY, measure_recovery
from sro_geo.resilience.redundancy import REDUNDANCY, measure_redundancy
from sro_geo.resilience.score import score_quarters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.method import Method, Scales
    from sro_geo.model.reach import Coverage
    from sro_geo.model.scores import Scores
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.pipeline.totals import Totals
    from sro_geo.project import Project

Members = dict[str, "Sequence[str]"]


def list_areas(project: Project, tables: Tables) -> Members:
    """Quarters of every area: the city, and where the project compares a group, the group and the rest."""
    return split_city(tables.groups, group=project.group, quarter_ids=list(tables.quarters.index))


def measure_all(
    project: Project,
    tables: Tables,
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    measured: Measured,
    totals: Totals,
) -> pd.DataFrame:
    """Every indicator of the year for every area, in the form of `measure_areas`: true totals where they are released.

    What is made of several counts is made anew of the pooled ones: redundancy of the persons and offers of all
    quarters, recovery of the rates of the whole area. Neither need lie between its quarters' values.
    """
    members, ids = list_areas(project, tables), list(tables.quarters.index)
    weights = count_people(indicators, year=project.year, quarter_ids=ids)
    made = indicators["indicator"].isin([REDUNDANCY, RECOVERY])
    given = Indicators(indicators[~made])
    way: Any = {"specs": specs, "year": project.year, "members": members, "weights": weights}
    stepped = [*map(code_sharing, measured.reaches), *(order.code for order in project.suppose)]
    frames = [_widen(measure_with_totals(given, totals, **way), given, codes=stepped, way=way)]
    if project.redundancy_kinds and measured.coverages:
        whole = {area for area in members if (REDUNDANCY, area) in totals.released[project.year]}
        sources = [(measured.true, whole), (measured.coverages, {*members} - whole)]
        frames.append(_choose_among(project, sources, members=members))
    if project.shock is not None:
        whole = _find_whole(project, totals, members)
        recovered = _recover(project, [(totals.rows, whole), (given, {*members} - whole)], specs=specs, members=members)
        frames.append(_lay_out(recovered, indicators, members=members, whole=whole))
    areas = pd.concat([frame for frame in frames if len(frame)] or frames, ignore_index=True)
    return count_inhabitants(areas, among=areas, codes=[REDUNDANCY, RECOVERY])


def _widen(areas: pd.DataFrame, given: Indicators, *, codes: Sequence[str], way: Mapping[str, Any]) -> pd.DataFrame:
    """Areas whose bounds are pooled of those of their quarters, for indicators that stand in steps."""
    own = given[given["indicator"].isin(codes)]
    if own.empty:
        return areas
    for end in ("low", "high"):
        moved = Indicators(own.assign(value=own[end], numerator=np.nan))
        ends = measure_areas(moved, **way).set_index(["indicator", "area"])[end]
        keys = pd.MultiIndex.from_frame(areas[["indicator", "area"]])
        areas = areas.assign(**{end: areas[end].mask(areas["indicator"].isin(codes), ends.reindex(keys).to_numpy())})
    return areas


def _choose_among(
    project: Project, sources: Sequence[tuple[Mapping[str, Coverage], Collection[str]]], *, members: Members
) -> pd.DataFrame:
    """Redundancy of areas, from the coverages of their quarters. `sources` are coverages with the areas measured from them."""
    way: Any = {"minutes": project.redundancy_minutes, "year": project.year}
    frames = []
    for coverages, areas in sources:
        own = {area: ids for area, ids in members.items() if area in areas}
        if own:
            counted = [coverages[kind] for kind in project.redundancy_kinds]
            pooled = measure_redundancy([pool_coverage(coverage, members=own) for coverage in counted], **way)
            frames.append(_lay_out(pooled, Indicators(measure_redundancy(counted, **way)), members=own))
    return pd.concat(frames).sort_values("area", key=lambda areas: areas.map(list(members).index))


def score_areas(
    areas: pd.DataFrame,
    *,
    specs: Mapping[str, IndicatorSpec],
    scales: Scales,
    method: Method,
    scores: Scores,
    members: Members,
) -> tuple[Scores, pd.DataFrame]:
    """Index and dimensions of every area, scored like a quarter from what was measured for it: with all parts, and as rows.

    The rows have the form of `measure_areas`. Low and high are the scores of the worst and the best that the bounds of the
    parts admit, the ends of the scale where a part has none.
    """
    rows = as_rows(areas, year=scores.year)
    names, city = list(members), find_city(areas)
    found = score_quarters(
        rows, specs=specs, scales=scales, method=method, year=scores.year, quarter_ids=names, city=city
    )
    index = found.index.reset_index().assign(dimension=INDEX)
    own = pd.concat([index, found.dimensions], ignore_index=True)
    known = {INDEX: scores.index.assign(dimension=INDEX), **dict(iter(scores.dimensions.groupby("dimension")))}
    whole = _list_whole(areas[areas["indicator"].isin(list(scales.worst))], specs=specs)
    sizes = [
        len(members[area]) if (code, area) in whole else _count_known(known[code].reset_index(), members[area])
        for code, area in zip(own["dimension"], own["quarter_id"], strict=True)
    ]
    heads = {"dimension": "indicator", "quarter_id": "area", "score": "value", "worst": "low", "best": "high"}
    frame = own.rename(columns=heads).assign(
        denominator=np.nan,
        quarters=[len(members[area]) for area in own["quarter_id"]],
        known_quarters=sizes,
    )
    return found, frame[["indicator", "area", *COLUMNS]]


def count_inhabitants(areas: pd.DataFrame, *, among: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Areas with their inhabitants, as they are measured among all, as the denominator of what has none of its own."""
    people = among[among["indicator"] == POPULATION].set_index("area")["value"]
    if people.empty:
        return areas
    own = ~areas["indicator"].isin(list(codes))
    return areas.assign(denominator=areas["denominator"].where(own, areas["area"].map(people)))


def as_rows(areas: pd.DataFrame, *, year: int) -> Indicators:
    """Areas as rows of the indicator table, each under its own id."""
    known = areas["status"].where(areas["value"].notna(), MISSING)
    return Indicators(as_computed(areas.rename(columns={"area": "quarter_id"}).assign(status=known), year=year))


def find_city(areas: pd.DataFrame) -> dict[str, float]:
    """The city's value of each indicator."""
    city = areas[areas["area"] == CITY]
    return {str(code): float(value) for code, value in zip(city["indicator"], city["value"], strict=True)}


def _list_whole(parts: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec]) -> set[tuple[str, str]]:
    """Index and dimensions with the areas in which every part rests on all quarters, be the quarters' own scores or not."""
    columns = zip(*(parts[c] for c in ("indicator", "area", "known_quarters", "quarters")), strict=True)
    rows = [(str(code), str(area), known == quarters) for code, area, known, quarters in columns]
    named = [(name, area, whole) for code, area, whole in rows for name in (str(specs[code].dimension), INDEX)]
    return {(name, area) for name, area, _ in named} - {(name, area) for name, area, whole in named if not whole}


def _count_known(rows: pd.DataFrame, ids: Sequence[str]) -> int:
    """Quarters whose score rests on all of its parts."""
    known = rows["quarter_id"].isin(list(ids)) & rows["score"].notna() & (rows["known"] >= 1)
    return int(known.sum())


def _find_whole(project: Project, totals: Totals, members: Members) -> set[str]:
    """Areas whose true rates are known and released for every year that recovery looks at."""
    shock, years = project.shock, list_years(project, totals.rows)
    assert shock is not None  # noqa: S101  the caller asked
    rows = totals.rows[(totals.rows["indicator"] == shock.indicator) & totals.rows["year"].isin(years)]
    known = rows[rows["status"].isin(KNOWN)].groupby("quarter_id")["year"].nunique()
    complete = set(known.index[known == len(years)])
    released = {area for area in members if all((shock.indicator, area) in totals.released[year] for year in years)}
    return {area for area in released if complete >= set(members[area])}


def _recover(
    project: Project,
    sources: Sequence[tuple[Indicators, Collection[str]]],
    *,
    specs: Mapping[str, IndicatorSpec],
    members: Members,
) -> pd.DataFrame:
    """Recovery of each area, from the pooled rates of those quarters that are known in every year.

    All others have between none and all of their people, in every year, which bounds what is lost. `sources` are rows with
    the areas that are measured from them: the true ones, and last those shown.
    """
    shock, years = project.shock, list_years(project, sources[-1][0])
    assert shock is not None  # noqa: S101  the caller asked
    spec, pooled = {shock.indicator: specs[shock.indicator]}, []
    for rows, areas in sources:
        own = {area: ids for area, ids in members.items() if area in areas}
        series = _list_series(rows, indicator=shock.indicator, years=years)
        found = {year: measure_areas(series, specs=spec, year=year, members=own) for year in years if own}
        pooled += [as_rows(frame, year=year) for year, frame in found.items()]
    return measure_recovery(
        Indicators(pd.concat(pooled, ignore_index=True)),
        indicator=shock.indicator,
        direction=specs[shock.indicator].direction,
        shock_year=shock.year,
        year=project.year,
        quarter_ids=list(members),
    )


def _list_series(given: Indicators, *, indicator: str, years: Sequence[int]) -> Indicators:
    """Rows of an indicator, without the numbers of quarters that aren't known in every year."""
    rows = given[(given["indicator"] == indicator) & given["year"].isin(years)]
    seen = rows[rows["status"].isin(KNOWN)].groupby("quarter_id")["year"].nunique()
    partly = ~rows["quarter_id"].isin(seen.index[seen == len(years)])
    gaps = {column: rows[column].mask(partly) for column in ("value", "low", "high", "numerator")}
    return Indicators(rows.assign(**gaps, status=rows["status"].mask(partly, MISSING)))


def _lay_out(
    rows: pd.DataFrame, indicators: Indicators, *, members: Members, whole: Collection[str] = ()
) -> pd.DataFrame:
    """Rows under the ids of areas in the form of `measure_areas`; estimates where not every quarter is known.

    `whole` are the areas that rest on all of their quarters, be the quarters' own values shown or not.
    """
    code, year = str(rows["indicator"].iloc[0]), int(rows["year"].iloc[0])
    status = select_values(indicators, indicator=code, year=year)["status"]
    settled = status.reindex(sorted({i for ids in members.values() for i in ids})).isin([*KNOWN, NOT_APPLICABLE])
    gaps = {area: 0 if area in whole else int((~settled[list(ids)]).sum()) for area, ids in members.items()}
    counts = rows["quarter_id"].map(gaps)
    weaker = rows["status"].where((counts == 0) | (rows["status"] != OBSERVED), ESTIMATED)
    return rows.assign(
        area=rows["quarter_id"],
        denominator=np.nan,
        quarters=[len(members[area]) for area in rows["quarter_id"]],
        known_quarters=[len(members[area]) - gaps[area] for area in rows["quarter_id"]],
        status=weaker,
    )[["indicator", "area", *COLUMNS]]
