"""Places in reach, shared with all who reach them, in a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest

from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.links import choose_pairs
from sro_geo.coverage.sharing import share_places
from sro_geo.coverage.supply import count_capacity
from sro_geo.model.population import count_persons
from sro_geo.model.reach import code_sharing
from sro_geo.model.status import KNOWN, SUPPRESSED
from sro_geo.model.study import CITY
from sro_geo.pipeline.areas import list_areas
from sro_geo.pipeline.measuring import measure_offers
from sro_geo.pipeline.sharing import describe_shared, share_offers
from sro_geo.pipeline.tables import read_tables
from sro_geo.project import find_shipped, read_project
from sro_geo.report.pooled import explain_area

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

KITA = "kindertageseinrichtung"
Town = tuple["Project", "Tables", "Measured"]


def ask(project: Project, sharing: Literal["2sfca", "balanced"] | None, *weights: float) -> Project:
    assert project.coverage is not None
    ones = weights or tuple(1.0 for _ in project.coverage.minutes)
    return replace(project, coverage=replace(project.coverage, sharing=sharing, weights=ones))


@pytest.fixture(scope="module")
def town() -> Town:
    project = read_project(find_shipped("analyses/musterstadt"))
    tables = read_tables(project)
    return project, tables, measure_offers(project, tables, members=list_areas(project, tables))


def share(town: Town, sharing: Literal["2sfca", "balanced"] | None = "balanced", *weights: float) -> pd.DataFrame:
    project, tables, measured = town
    return share_offers(ask(project, sharing, *weights), tables, measured)


def test_nothing_is_shared_where_nobody_asks(town: Town) -> None:
    project, tables, measured = town
    assert share(town, None).empty
    assert describe_shared(ask(project, None), tables, measured) == {}


def test_every_quarter_has_a_row_for_every_kind_with_places(town: Town) -> None:
    project, tables, measured = town
    rows = share(town)
    specs = describe_shared(ask(project, "balanced"), tables, measured)
    pairs = rows.groupby("indicator")["quarter_id"].agg(sorted).to_dict()
    assert pairs == dict.fromkeys(specs, sorted(tables.quarters.index))
    assert code_sharing(KITA) in specs


def test_all_places_in_reach_come_to_somebody(town: Town) -> None:
    """Within half a step of each quarter: all places of the city's day-care centres that a child has within 15 minutes."""
    _, tables, measured = town
    own = share(town)
    own = own[own["indicator"] == code_sharing(KITA)]
    assert own["status"].isin(KNOWN).all()
    room = ((own["high"] - own["low"]).clip(lower=1.0) / 2 * own["denominator"] / 100).sum()
    pairs = choose_pairs(measured.reaches[KITA], 1000.0)
    places = count_capacity(tables.places, target_group="0-6").reindex(pairs["offer_id"].unique()).sum()
    assert (own["value"] * own["denominator"] / 100).sum() == pytest.approx(places, abs=float(room))


def test_values_are_the_middle_of_their_steps(town: Town) -> None:
    for sharing in ("2sfca", "balanced"):
        rows = share(town, sharing, 1, 0.7, 0.3).dropna(subset=["value"])
        width = (rows["high"] - rows["low"]).where(rows["low"] > 0)
        assert set(width.dropna()) <= {0, 2, 5, 10, 20}
        assert (rows["value"] == rows["value"].round()).all()
        assert rows["numerator"].isna().all()  # it would say the number of places more finely than the step


def test_an_area_admits_what_the_steps_of_its_quarters_admit(musterstadt: Study, town: Town) -> None:
    """And with it what is true of it: the places that come to its children, not rounded."""
    project, tables, measured = town
    people, settings, code = tables.population, project.coverage, code_sharing(KITA)
    assert people is not None
    assert settings is not None
    limits = zip(map(settings.to_metres, settings.minutes), settings.weights, strict=True)
    places = count_capacity(tables.places, target_group="0-6")
    persons, quarters = count_persons(people, target_group="0-6"), people.cells["quarter_id"]
    assert persons is not None
    way: Any = {"decay": weigh_steps(list(limits)), "balanced": True}
    true = share_places(measured.reaches[KITA], persons, quarters, places, **way)
    shown = musterstadt.select_values(code)
    areas = musterstadt.areas[musterstadt.areas["indicator"] == code].set_index("area")
    for area, ids in list_areas(project, tables).items():
        own, row = true.loc[list(ids)], areas.loc[area]
        assert row["low"] < 100 * own["gets"].sum() / own["persons"].sum() < row["high"]
        for end in ("value", "low", "high"):
            inside = shown.loc[list(ids)]
            pooled = (inside[end] * inside["denominator"]).sum() / inside["denominator"].sum()
            assert row[end] == pytest.approx(pooled)
    assert "stehen in Stufen; möglich sind" in explain_area(musterstadt, CITY, code)


def test_who_shares_with_withheld_children_has_no_number(town: Town) -> None:
    project, tables, measured = town
    coverage = measured.coverages[KITA]
    table = coverage.table.copy()
    table.loc[table["quarter_id"] == "08", ["persons", "reached"]] = float("nan")
    table.loc[table["quarter_id"] == "08", "status"] = SUPPRESSED
    hidden = replace(measured, coverages={**measured.coverages, KITA: replace(coverage, table=table)})
    rows = share((project, tables, hidden))
    own = rows[rows["indicator"] == code_sharing(KITA)].set_index("quarter_id")
    pairs = choose_pairs(measured.reaches[KITA], 1000.0)
    assert tables.population is not None
    where = tables.population.cells["quarter_id"]
    shared = pairs["offer_id"][pairs["cell_id"].map(where) == "08"]
    beside = set(pairs["cell_id"][pairs["offer_id"].isin(shared)].map(where))
    assert len(beside) > 1
    assert set(own.index[own["status"] == SUPPRESSED]) == beside
    assert own.loc[list(beside), "value"].isna().all()
    assert own.drop(index=list(beside))["value"].notna().all()


def test_a_withheld_number_of_reached_withholds_no_places(town: Town) -> None:
    """They are made of the persons, which are shown; how many reach one within the shortest walk is another count."""
    project, tables, measured = town
    coverage = measured.coverages[KITA]
    first = coverage.table["quarter_id"].eq("08") & coverage.table["minutes"].eq(coverage.table["minutes"].min())
    table = coverage.table.assign(
        reached=coverage.table["reached"].mask(first), status=coverage.table["status"].mask(first, SUPPRESSED)
    )
    hidden = replace(measured, coverages={**measured.coverages, KITA: replace(coverage, table=table)})
    assert share((project, tables, hidden)).equals(share(town))


def test_of_spread_people_every_place_is_shown(town: Town) -> None:
    """They follow from shown sums: nobody's own cell is told."""
    project, tables, measured = town
    assert tables.population is not None
    spread = replace(tables, finer=tables.population.cells)
    rows = share((project, spread, measured)).dropna(subset=["value"])
    assert (rows["low"] == rows["high"]).all()
    stepped = share(town).dropna(subset=["value"])
    assert (stepped["low"] < stepped["high"]).any()
