"""Where further offers would help most, in a town of six cells whose best site is found by hand.

Straight, 500 m on foot: a 100, b 40, c 30 persons in the west; f 20, d 40, e 5 in the east; one day-care centre at a.

    metres   100   500   900 | 1100   1500   1900
             a     b     c   |  f      d      e
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from sro_geo.errors import ProjectError
from sro_geo.model.streets import as_streets
from sro_geo.pipeline import siting
from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.siting import COLUMNS, site_all
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.project import find_shipped, read_project
from sro_geo.project.values import CoverageSettings, SitingOrder
from tests.load_data import CRS, SOUTH, WEST
from tests.measure_data import KINDS, make_offers, make_population, make_quarters
from tests.small_projects import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

EAST = {"a": 100, "b": 500, "c": 900, "f": 1100, "d": 1500, "e": 1900}
PERSONS = {"a": 100.0, "b": 40.0, "c": 30.0, "f": 20.0, "d": 40.0, "e": 5.0}
WALK = CoverageSettings(distance="straight", detour_factor=1.0, minutes=(10.0, 20.0), speed_kmh=3.0)
ORDER = SitingOrder(kind="kita", count=1, minutes=10.0, problem="cover", best=3, seconds=20.0)


@pytest.fixture(scope="module")
def musterstadt_tables() -> tuple[Project, Tables]:
    project = read_project(find_shipped("analyses/musterstadt"))
    return project, read_tables(project)


@pytest.fixture
def town(musterstadt_tables: tuple[Project, Tables]) -> tuple[Project, Tables]:
    project, tables = musterstadt_tables
    return replace(project, coverage=WALK, target_groups={"kita": "0-6"}), replace(
        tables,
        kinds=KINDS,
        quarters=make_quarters(),
        offers=make_offers({"d": ("kita", (100, 500)), "t": ("treff", (1500, 500))}),  # an id that a cell has, too
        population=settle(PERSONS),
        barrier=None,
        streets=None,
    )


def settle(persons: Mapping[str, float]) -> Any:
    return make_population({cell: ((EAST[cell], 500), {"0-6": number}) for cell, number in persons.items()})


def site(town: tuple[Project, Tables], **asked: Any) -> tuple[list[tuple[str, float]], pd.DataFrame, list[str]]:
    """Cells and gains of the plans, the whole table, and the causes of the notes."""
    project, tables = town
    table, notes = site_all(replace(project, siting=(replace(ORDER, **asked),)), tables)
    assert tables.population is not None
    points = tables.population.cells.to_crs("EPSG:4326").geometry
    near = [str((points.x - lon).abs().idxmin()) for lon in table["lon"]]
    return list(zip(near, table["gain"], strict=True)), table, [note.cause for note in notes]


def test_the_best_site_reaches_most_who_reach_none(town: tuple[Project, Tables]) -> None:
    plans, table, notes = site(town)
    assert plans == [("f", 90), ("d", 70), ("c", 50)]
    assert table["gives_up"].tolist() == [0, 20, 40]
    assert list(table.columns) == list(COLUMNS)
    assert table["quarter_id"].tolist() == ["q2", "q2", "q1"]
    assert table["proven"].all()
    assert (table["gap"] == 0).all()
    assert (table.loc[0, "ties"], table.loc[0, "ties_complete"]) == (0, True)
    assert (table["status"] == "observed").all()
    assert not table["example"].any()
    assert notes == []


def test_two_sites_are_two_rows_of_one_plan(town: tuple[Project, Tables]) -> None:
    plans, table, _ = site(town, count=2, best=1)
    assert sorted(cell for cell, _ in plans) in (["c", "d"], ["b", "d"], ["d", "f"], ["e", "f"])
    assert table["plan"].tolist() == [1, 1]
    assert table["gain"].tolist() == [100, 100]  # 95: everybody who reaches none


def test_twice_is_for_those_who_have_one(town: tuple[Project, Tables]) -> None:
    plans, table, _ = site(town, problem="cover_twice", best=1)
    assert plans == [("a", 140)]
    assert table.loc[0, "ties"] == 1  # b does the same


def test_the_shortest_ways_give_up_no_persons(town: tuple[Project, Tables]) -> None:
    """With f: 40 × 400 + 30 × 200 + 40 × 400 + 5 × 500 = 40,500; with d 41,000, with c 42,500, with b 44,500."""
    plans, table, _ = site(town, problem="median")
    assert plans == [("f", 90), ("d", 70), ("c", 50)]
    assert table["gives_up"].isna().all()


def test_on_foot_the_way_along_streets_counts(town: tuple[Project, Tables]) -> None:
    """From c, one gets to f and d by a long way round alone, past e."""
    project, tables = town
    nodes = np.array([*((east, 500) for east in EAST.values()), (900, 2500), (1900, 2500)], dtype=float)
    edges = np.array([(0, 1), (1, 2), (2, 6), (6, 7), (7, 5), (5, 4), (4, 3)], dtype=np.int64)
    streets = as_streets(
        nodes, edges, steps=np.zeros(7, dtype=bool), bounds=(-5000, -5000, 9000, 9000), crs=CRS, example=False
    )
    plans, _, _ = site((project, replace(tables, streets=streets)), best=2)
    assert plans[0] == ("d", 70)
    assert plans[1][0] == "f"
    assert np.isnan(plans[1][1])  # 60 of 65 in the east: the rest are few


def test_only_the_named_candidates_are_tried(town: tuple[Project, Tables]) -> None:
    """Beside the cells: between b and c, and between d and e, each within 500 m of both."""
    project, tables = town
    points = gpd.points_from_xy([700, 1700], [500, 500])
    facts = {"name": ["Turnhalle", "Wiese"], "quarter_id": ["q1", "q2"], "example": [False, True]}
    sites = gpd.GeoDataFrame(facts, geometry=points, crs=CRS, index=pd.Index(["s1", "s2"], name="site_id", dtype="str"))
    _, table, notes = site((project, replace(tables, sites={1: sites})), best=2)
    assert table["site"].tolist() == ["Turnhalle", "Wiese"]  # c and f, of whom none is reached; d and e
    assert table["gain"].tolist() == [50, 50]
    assert table["quarter_id"].tolist() == ["q1", "q2"]
    assert table["example"].all()
    assert notes == []
    assert site(town)[1]["site"].isna().all()


def test_nobody_is_counted_where_persons_are_withheld(town: tuple[Project, Tables]) -> None:
    project, tables = town
    assert tables.population is not None
    gap = pd.DataFrame([{"quarter_id": "q2", "age_group": "0-6", "status": "suppressed"}])
    hidden = replace(tables, population=replace(tables.population, gaps=gap))
    plans, table, notes = site((project, hidden), best=1)
    assert plans == [("b", 30)]  # c alone, whom b, c and f reach
    assert table.loc[0, "ties"] == 2
    assert notes == ["siting_people_withheld"]
    _, told = site_all(replace(project, siting=(ORDER,)), hidden)
    assert told[0].values["quarters"] == ["q2"]


def test_few_are_not_told(town: tuple[Project, Tables]) -> None:
    project, tables = town
    few = {**PERSONS, "c": 3.0, "f": 2.0, "d": 3.0, "e": 0.0}
    _, table, _ = site((project, replace(tables, population=settle(few))))
    assert table[["gain", "gives_up"]].isna().to_numpy().all()
    assert (table["status"] == "suppressed").all()


def test_where_there_is_none_all_count(town: tuple[Project, Tables]) -> None:
    project, tables = town
    plans, _, _ = site((project, replace(tables, offers=make_offers({"t": ("treff", (1500, 500))}))), best=1)
    assert plans == [("b", 170)]


def test_of_too_many_cells_those_of_a_grid_are_tried(
    town: tuple[Project, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before ways are measured: of many cells the pairs with all others would fill the memory."""
    monkeypatch.setitem(siting.MOST, "cover", 3)
    measure = Mock(wraps=siting._measure)
    monkeypatch.setattr(siting, "_measure", measure)
    _, told = site_all(replace(town[0], siting=(ORDER,)), town[1])
    assert [note.cause for note in told] == ["siting_candidates"]
    assert (told[0].values["n"], told[0].values["kept"], told[0].values["order"]) == (3, 3, 1)
    assert [len(call.args[3]) for call in measure.call_args_list] == [3]


def test_where_ways_are_sought_from_too_many_cells_their_people_are_gathered(
    town: tuple[Project, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gain is counted for every cell all the same."""
    monkeypatch.setitem(siting.MOST, "median", 2)
    search = Mock(wraps=siting._search)
    monkeypatch.setattr(siting, "_search", search)
    plans, _, notes = site(town, problem="median", best=1)
    assert notes == ["siting_candidates", "siting_gathered"]
    persons = search.call_args.args[1]
    assert (len(persons), persons.sum()) == (2, sum(PERSONS.values()))
    alone, _, _ = site(town, problem="cover", best=5)
    assert plans[0][1] == dict(alone)[plans[0][0]]


@pytest.mark.parametrize("persons", [PERSONS, dict.fromkeys(PERSONS, 0.0)])
def test_what_has_no_answer_is_said(town: tuple[Project, Tables], persons: dict[str, float]) -> None:
    project, tables = town
    plans, table, notes = site((project, replace(tables, population=settle(persons))), count=7)
    assert (plans, notes) == ([], ["siting_empty"])
    assert list(table.columns) == list(COLUMNS)


def test_a_check_says_what_a_run_would_and_searches_nothing(
    town: tuple[Project, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, tables = town
    orders = (ORDER, replace(ORDER, count=7))
    monkeypatch.setitem(siting.MOST, "cover", 5)
    table, notes = site_all(replace(project, siting=orders), tables)
    assert len(table)
    monkeypatch.setattr("sro_geo.coverage.siting.site_offers", None)
    assert site_all(replace(project, siting=orders), tables, search=False)[1] == notes
    assert [note.cause for note in notes] == ["siting_candidates", "siting_candidates", "siting_empty"]


def test_ages_that_the_data_do_not_make_up_stop_the_run(town: tuple[Project, Tables]) -> None:
    project, tables = town
    with pytest.raises(ProjectError) as caught:
        site((replace(project, target_groups={"kita": "1-2"}), tables))
    assert [problem.cause for problem in caught.value.problems] == ["kind_unmeasured"]


def test_a_list_of_places_is_read_checked_and_told_by_name(tmp_path: Path) -> None:
    """From the project file to the table: one place in the city, one outside."""
    folder = write_whole(tmp_path / "stadt")
    places = f"name,ost,nord\nTurnhalle,{WEST + 500},{SOUTH + 500}\nAcker,{WEST - 900},{SOUTH}\n"
    (folder / "plaetze.csv").write_text(places, encoding="utf-8")
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write('[[siting]]\nkind = "spielplatz"\nminutes = 10\ncandidates = "plaetze.csv"\n')
    quality = check_project(folder)
    (read,) = [one for one in quality.files if one.name == "plaetze.csv"]
    assert (read.roles, dict(read.counts)) == (("sites",), {"sites": 1})
    assert [note.cause for note in quality.dropped if note.cause.startswith("sites")] == ["sites_outside"]
    study = run_study(read_project(folder))
    assert study.siting["site"].tolist() == ["Turnhalle"]
    assert study.siting["quarter_id"].tolist() == ["01"]
