"""Musterstadt on foot: along its own streets, over its two bridges."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from sro_geo.load.reading import DataFile
from sro_geo.model.reach import Walk
from sro_geo.model.streets import as_streets
from sro_geo.pipeline.areas import list_areas
from sro_geo.pipeline.closing import close_offers
from sro_geo.pipeline.measuring import measure_offers
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.walking import choose_way, tell_streets
from sro_geo.project import find_shipped, read_project
from sro_geo.report.shown import list_shown
from sro_geo.report.views import _warn_of_walk
from sro_geo.report.warnings import list_warnings
from tests.osm_data import walk_musterstadt

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

WEST = ("01", "02", "03", "05", "06", "07", "10", "12")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Tables]:
    """What is read of it."""
    project = walk_musterstadt(tmp_path_factory.mktemp("walked"))
    return project, read_tables(project)


def test_every_way_is_at_least_as_long_as_the_straight_line(walked: tuple[Project, Tables]) -> None:
    project, tables = walked
    assert project.coverage is not None
    assert tables.population is not None
    cells = tables.population.cells
    straight_way = choose_way(replace(project.coverage, detour_factor=1.0), replace(tables, streets=None, barrier=None))
    straight, on_foot = (
        way(cells, "spielplatz").pairs.set_index(["cell_id", "offer_id"])["metres"]
        for way in (straight_way, choose_way(project.coverage, tables))
    )
    assert len(on_foot) > 1000
    assert (on_foot >= straight.reindex(on_foot.index) - 1e-9).all()


def test_a_river_without_a_bridge_separates(walked: tuple[Project, Tables]) -> None:
    project, tables = walked
    assert tables.streets is not None
    bank_west = shapely.union_all(tables.quarters.loc[list(WEST)].geometry.to_numpy()).buffer(1)
    west = np.asarray(shapely.intersects(bank_west, shapely.points(tables.streets.nodes)))
    dry = west[tables.streets.edges[:, 0]] == west[tables.streets.edges[:, 1]]
    assert 0 < (~dry).sum() < len(dry) / 100
    cut = as_streets(
        tables.streets.nodes,
        tables.streets.edges[dry],
        steps=tables.streets.steps[dry],
        bounds=tables.streets.bounds,
        crs=tables.streets.crs,
        example=True,
    )
    assert project.coverage is not None
    assert tables.population is not None
    both, one = (
        choose_way(project.coverage, replace(tables, streets=streets))(tables.population.cells, "spielplatz")
        for streets in (tables.streets, cut)
    )
    bank = tables.population.cells["quarter_id"].isin(WEST)
    other = tables.offers["quarter_id"].isin(WEST)
    crossing = [(bank[r.cell_id] != other[r.offer_id]) for r in both.pairs.itertuples()]
    assert any(crossing)
    assert not any(bank[r.cell_id] != other[r.offer_id] for r in one.pairs.itertuples())
    assert set(bank[one.pairs["cell_id"].unique()]) == {True, False}


def test_what_streets_leave_open_is_told(walked: tuple[Project, Tables], musterstadt: Study) -> None:
    project, tables = walked
    assert project.coverage is not None
    assert tables.population is not None
    assert tables.streets is not None
    usual = {note.cause: note.values for note in tell_streets(project.coverage, tables)}
    assert set(usual) == {"cells_joined_to_streets", "streets_end_near"}
    cells, offers = tables.population.cells.copy(), tables.offers.copy()
    cells.loc[cells.index[:2], "geometry"] = shapely.affinity.translate(cells.geometry.iloc[0], 50_000)
    kind = tables.offers["kind"] == "spielplatz"
    offers.loc[offers.index[kind][0], "geometry"] = shapely.Point(0, 0)
    moved = replace(tables, population=replace(tables.population, cells=cells), offers=offers)
    notes = tell_streets(project.coverage, moved)
    lines = list_warnings(replace(musterstadt, notes=tuple(notes)))
    assert len([line for line in lines if "300 m von jeder Straße" in line or "vom Rand" in line]) == 3
    told = {note.cause: note.values for note in notes}
    assert told["cells_far_from_streets"] == {"n": 2, "metres": 300.0}
    assert told["offers_far_from_streets"]["names"] == [offers.loc[offers.index[kind][0], "name"]]
    wide = replace(tables, streets=replace(tables.streets, bounds=(-1e9, -1e9, 1e9, 1e9)))
    assert "streets_end_near" not in {note.cause for note in tell_streets(project.coverage, wide)}
    assert tell_streets(project.coverage, replace(tables, streets=None)) == []


def test_a_larger_limit_reaches_no_fewer(walked: tuple[Project, Tables]) -> None:
    project, tables = walked
    measured = measure_offers(project, tables, members=list_areas(project, tables))
    wide = measured.true["spielplatz"].table.pivot_table(index="quarter_id", columns="minutes", values="reached")
    assert (np.diff(wide.to_numpy(), axis=1) >= 0).all()
    assert {"cells_joined_to_streets", "streets_end_near"} <= {note.cause for note in measured.notes}


def test_stairs_are_told_like_a_closure_and_only_on_foot(walked: tuple[Project, Tables]) -> None:
    project, tables = walked
    assert tables.streets is not None
    measured = measure_offers(project, tables, members=list_areas(project, tables))
    found, _ = close_offers(project, tables, measured)
    stairs = found[found[["other", "provider", "quarter_id"]].isna().all(axis=1)]
    assert set(stairs["offer"]) == {"alle Treppen, für Kinderwagen und Rollstuhl"}
    assert sorted(stairs["kind"]) == sorted(measured.reaches)
    # three stairs of a whole town: of all who have an offer few walk farther, but somebody does
    assert (stairs["lose"].fillna(9) <= stairs["reached"] / 10).all()
    level = replace(tables.streets, steps=np.zeros_like(tables.streets.steps))
    for other in (replace(tables, streets=level), replace(tables, streets=None)):
        none, _ = close_offers(project, other, measured)
        assert len(none) == len(found) - len(stairs)


def test_the_page_says_how_ways_were_measured(musterstadt: Study) -> None:
    about = replace(musterstadt.about, walk=Walk(speed_kmh=4.0, detour_factor=None, barrier=False))
    said = "Gehzeiten sind auf dem Wegenetz berechnet, mit 4,0\u00a0km/h und ohne Wartezeit an Ampeln."
    on_foot = replace(musterstadt, about=about)
    assert list_warnings(on_foot)[0] == said
    warned = {shown.code: _warn_of_walk(on_foot, shown) for shown in list_shown(on_foot)}
    assert warned["ohne_spielplatz_10"] == ("Gehzeiten berechnet auf dem Wegenetz.",)
    assert warned["kinder_sgb2"] == ()


@pytest.mark.long
def test_a_whole_study_on_foot_passes_its_audit(walked: tuple[Project, Tables]) -> None:
    project, _ = walked
    study = run_study(project)
    walk = study.about.walk
    assert walk is not None
    assert (walk.detour_factor, walk.barrier, walk.given) == (None, False, False)
    assert ("strassen.osm.pbf", None) in {
        (file.rsplit("/")[-1], row) for file, row in study.origins["", "ohne_spielplatz_10"]
    }


def test_settings_without_effect_are_told(tmp_path: Path, walked: tuple[Project, Tables]) -> None:
    project, _ = walked
    idle = [note for note in project.notes if note.cause == "setting_idle"]
    assert [note.values["key"] for note in idle] == ["barrier"]
    assert isinstance(project.streets, DataFile)
    text = (find_shipped("analyses/musterstadt") / "project.toml").read_text(encoding="utf-8")
    text = text.replace("../../geodata", str(find_shipped("geodata")))
    (tmp_path / "project.toml").write_text(text + '\n[streets]\nfile = "fehlt.osm.pbf"\n', encoding="utf-8")
    straight = read_project(tmp_path)
    assert straight.streets is None
    assert [note.values["key"] for note in straight.notes if note.cause == "setting_idle"] == ["streets"]
