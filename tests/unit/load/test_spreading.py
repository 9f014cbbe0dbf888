"""Totals on points: nobody lives on water, every sum stays, and closer points would change next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from sro_geo.coverage.distance import measure_straight
from sro_geo.errors import DataError
from sro_geo.load import spreading
from sro_geo.load.boundaries import read_water
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile, PopulationFile
from sro_geo.load.population import read_population
from sro_geo.load.spreading import CELLS, spread_totals
from sro_geo.model.quarters import as_quarters
from sro_geo.pipeline.tables import Tables, read_tables
from sro_geo.project import find_shipped, read_project
from tests.load_data import CATALOGUE, CRS, make_geojson, make_quarters, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from sro_geo.load.spreading import Spread
    from sro_geo.model.quarters import Quarters

SQUARES = {"01": box(0, 0, 1000, 1000), "02": box(1000, 0, 2000, 1000)}


def make_town(shapes: Mapping[str, BaseGeometry]) -> Quarters:
    facts = {"quarter_id": list(shapes), "name": [f"Viertel {key}" for key in shapes], "level": "", "vintage": ""}
    return as_quarters(gpd.GeoDataFrame({**facts, "parent_id": ""}, geometry=list(shapes.values()), crs=CRS))


def make_empty(*shapes: BaseGeometry, width: float | Sequence[float] = np.nan) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"width": width}, geometry=list(shapes), index=range(len(shapes)), crs=CRS)


def spread(shapes: Mapping[str, BaseGeometry], *, total: float = 120, metres: int | None = None, **more: Any) -> Spread:
    """A total of 120 children under three in every quarter, on points."""
    facts = {"value": float(total), "status": "observed", "example": False, "source": "a", "row": 1}
    table = pd.DataFrame(facts, index=list(shapes))
    return spread_totals({"0-3": table}, quarters=make_town(shapes), cell_metres=metres, year=2024, **more)


def sum_persons(found: Spread) -> dict[str, float]:
    sums = found.persons.set_index("cell_id")["persons"].groupby(found.cells["quarter_id"]).sum()
    return {str(quarter): float(persons) for quarter, persons in sums.items()}


def list_causes(found: Spread) -> list[str]:
    return [note.cause for note in found.notes]


@given(metres=st.integers(25, 3000) | st.none(), total=st.integers(0, 10_000), wet=st.integers(0, 400))
def test_spreading_keeps_every_total_on_dry_land(metres: int | None, total: int, wet: int) -> None:
    shapes = {"01": box(0, 0, 10, 1000), "02": box(20, 0, 400, 130)}
    lake = box(-50, -50, wet, 500)
    found = spread(shapes, metres=metres, total=total, empty=make_empty(lake))
    assert list(sum_persons(found).values()) == pytest.approx([total, total])
    dry = {key: shape.difference(lake) for key, shape in shapes.items()}
    for quarter, point in zip(found.cells["quarter_id"], found.cells.geometry, strict=True):
        assert (dry[quarter] if dry[quarter].area else shapes[quarter]).intersects(point)


SPIKE = shapely.Polygon([(500, 0), (1500, 0), (1500, 1000), (500, 1000), (500, 500), (300, 500), (500, 500)])


@pytest.mark.parametrize(
    ("empty", "share"),
    [
        pytest.param(make_empty(box(500, 0, 1500, 1000)), 50, id="lake"),
        pytest.param(make_empty(SPIKE), 50, id="lake with a spike"),
        pytest.param(make_empty(LineString([(0, 500), (2000, 500)]), width=200), 20, id="river with a width"),
        pytest.param(make_empty(LineString([(0, 500), (2000, 500)])), 0, id="line without a width"),
        pytest.param(make_empty(Point(500, 500), width=100), 5, id="point"),
        pytest.param(make_empty(box(0, 0, 500, 1000), box(0, 0, 500, 1000)), 25, id="the same lake twice"),
        pytest.param(
            make_empty(shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])),
            25,
            id="a lake drawn as a bow tie",
        ),
        pytest.param(
            make_empty(shapely.GeometryCollection([LineString([(0, 0), (9, 9)]), box(500, 0, 1500, 1000)])),
            50,
            id="both",
        ),
    ],
)
def test_nobody_is_spread_over_water(empty: gpd.GeoDataFrame, share: int) -> None:
    if empty.geometry[0].geom_type == "Point":
        share = round(100 * np.pi * 50**2 / 2e6)
    found = spread(SQUARES, metres=20, empty=empty)
    assert found.notes[0].values.get("left_out", 0) == share
    water = shapely.union_all(spreading.as_areas(empty))
    assert not found.cells.intersects(water).any()
    assert len(found.cells) == pytest.approx(5000 * (1 - share / 100), rel=0.02)
    assert sum_persons(found) == pytest.approx({"01": 120, "02": 120})


def test_a_quarter_without_land_keeps_its_people_on_one_point_and_is_named() -> None:
    found = spread(SQUARES, metres=100, empty=make_empty(box(-10, -10, 999.9999, 1010)))
    assert found.cells["quarter_id"].value_counts().to_dict() == {"02": 100, "01": 1}
    assert SQUARES["01"].contains(found.cells.geometry["01-1"])
    assert sum_persons(found) == pytest.approx({"01": 120, "02": 120})
    assert list_causes(found) == ["population_spread", "quarters_without_land"]
    assert found.notes[1].values == {"count": 1, "found": ["Viertel 01 (01)"]}
    assert set(found.finer["quarter_id"]) == {"02"}
    assert list_causes(spread(SQUARES, empty=make_empty(box(-10, -10, 500, 1010)))) == ["population_spread"]


def test_nothing_is_said_of_what_is_left_out_where_nothing_is() -> None:
    assert list_causes(spread(SQUARES)) == ["population_spread_all"]


def test_age_groups_are_told_from_the_youngest_on() -> None:
    facts = {"value": 120.0, "status": "observed", "example": False, "source": "a", "row": 1}
    table = pd.DataFrame(facts, index=list(SQUARES))
    totals = dict.fromkeys(["0-3", "65+", "10-15", "6-10"], table)
    found = spread_totals(totals, quarters=make_town(SQUARES), cell_metres=500, year=2024)
    assert found.notes[0].values["groups"] == ["0-3", "6-10", "10-15", "65+"]


def test_a_town_under_water_can_be_spread() -> None:
    found = spread(SQUARES, empty=make_empty(box(-10, -10, 3000, 3000)))
    assert len(found.cells) == 2
    assert found.notes[1].values["count"] == 2


def test_every_quarter_gets_about_as_many_points_and_they_lie_evenly() -> None:
    town = {"01": box(0, 0, 300, 200), "02": box(1000, 0, 9000, 7000)}
    found = spread(town)
    counts = found.cells["quarter_id"].value_counts()
    assert (counts / CELLS).to_dict() == pytest.approx({"01": 1, "02": 1}, rel=0.25)
    assert found.notes[0].values["metres"] == "5–167"
    for key, shape in town.items():
        own = found.cells.geometry[found.cells["quarter_id"] == key]
        assert Point(own.x.mean(), own.y.mean()).distance(shape.centroid) < 0.01 * np.sqrt(shape.area)


def test_a_stated_distance_is_the_distance() -> None:
    found = spread(SQUARES, metres=250)
    assert sorted(set(found.cells.geometry.x)) == [125, 375, 625, 875, 1125, 1375, 1625, 1875]
    assert found.notes[0].values["metres"] == "250"


def test_many_quarters_share_the_most_points_there_may_be() -> None:
    town = {f"{n:03d}": box(1000 * n, 0, 1000 * (n + 1), 1000) for n in range(400)}
    assert len(spread(town).cells) == pytest.approx(spreading.MOST_CELLS, rel=0.1)


def test_islands_far_apart_are_filled_one_by_one() -> None:
    island = shapely.MultiPolygon([box(0, 0, 10, 10), box(90_000, 90_000, 90_010, 90_010)])
    assert len(spread({"01": island}).cells) == pytest.approx(200, abs=1)


@pytest.mark.parametrize(("metres", "points"), [(None, 4 * CELLS), (100, CELLS), (10, 16 * CELLS)])
def test_the_smallest_quarter_is_laid_again_closer(metres: int | None, points: int) -> None:
    found = spread({"01": box(0, 0, 2000, 1000), "02": box(2000, 0, 2800, 1000)}, metres=metres)
    assert set(found.finer["quarter_id"]) == {"02"}
    assert len(found.finer) == pytest.approx(points, rel=0.05)


def read(folder: Path, **stated: Any) -> Any:
    rows = "quartier,kennzahl,jahr,wert\n01,alter_0_3,2024,160\n02,alter_0_3,2024,80\n"
    order = IndicatorFile(file=write(folder, "k.csv", rows))
    totals = read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"]).indicators
    known: dict[str, Any] = {"indicators": totals, "specs": CATALOGUE.specs, "year": 2024}
    water = stated.pop("water", None)
    return read_population(PopulationFile(**stated), quarters=make_quarters(), water=water, **known)


def test_water_and_mask_are_left_out_together(tmp_path: Path) -> None:
    west, south, east, north = make_quarters().total_bounds
    river = LineString([(west, south + 100), (east, south + 100)])
    rows = [
        ({"name": "Fluss", "art": "fluss", "breite": 100}, river),
        ({"name": "Fluss", "art": "barriere", "breite": 900}, river),
    ]
    water = read_water(write(tmp_path, "w.geojson", make_geojson(rows)), quarters=make_quarters()).frame
    works = write(tmp_path, "werk.geojson", make_geojson([({"name": "Werk"}, box(west, south, west + 500, north))]))
    found = read(tmp_path, water=water, mask=works, cell_metres=50)
    cells = found.population.cells
    assert not cells.intersects(river.buffer(50, cap_style="flat")).any()
    assert cells.geometry.x.min() > west + 500
    assert len(cells) == 10 * 18 + 20 * 18
    assert [source.file for source in found.sources] == ["werk.geojson"]
    assert found.notes[0].values["left_out"] == round(100 * (1 - 540 / 800))
    assert len(read(tmp_path, cell_metres=50).population.cells) == 800


def test_a_mask_that_leaves_nobody_out_is_an_error(tmp_path: Path) -> None:
    lines = write(
        tmp_path, "weg.geojson", make_geojson([({"name": "Weg"}, LineString([(300_000, 6_000_000), (1, 1)]))])
    )
    with pytest.raises(DataError) as caught:
        read(tmp_path, mask=lines)
    (problem,) = caught.value.problems
    assert (problem.cause, problem.places[0].file) == ("mask_without_area", "weg.geojson")


@pytest.fixture(scope="module")
def rostock() -> Tables:
    return read_tables(read_project(find_shipped("analyses/rostock")))


@pytest.mark.long
def test_nobody_in_rostock_lives_in_the_river(rostock: Tables) -> None:
    assert rostock.water is not None
    assert rostock.population is not None
    water = shapely.union_all(spreading.as_areas(rostock.water))
    assert water.area > 20_000_000
    assert not rostock.population.cells.intersects(water).any()
    assert set(rostock.population.cells["quarter_id"]) == set(rostock.quarters.index)


def list_shares(rostock: Tables, cells: gpd.GeoDataFrame) -> pd.DataFrame:
    """Percent of each quarter's points with an offer, by kind and minutes."""
    shares = {}
    for kind in ("kindertageseinrichtung", "familienbildung", "jugendarbeit", "spielplatz", "fruehe_hilfen"):
        way = {"kind": kind, "limit_metres": 1000.0, "detour_factor": 1.3, "barrier": rostock.barrier}
        pairs = measure_straight(cells, rostock.offers, **way).pairs  # type: ignore[arg-type]  # as stated
        nearest = pairs.groupby("cell_id")["metres"].min().reindex(cells.index)
        for minutes in (5, 10, 15):
            within = nearest <= minutes * 4000 / 60 * (1 + 1e-9)
            shares[kind, minutes] = 100 * within.groupby(cells["quarter_id"]).mean()
    return pd.DataFrame(shares)


@pytest.mark.long
def test_half_the_distance_moves_no_share_in_rostock_by_a_point(rostock: Tables) -> None:
    assert rostock.population is not None
    land, _ = spreading._find_land(rostock.quarters, rostock.water)
    finer = spreading._lay_points(land, spreading._choose_metres(land, None) / 2)
    assert len(finer) > 3.9 * len(rostock.population.cells)
    moves = (list_shares(rostock, rostock.population.cells) - list_shares(rostock, finer)).abs()
    assert moves.shape == (21, 15)
    assert moves.to_numpy().max() < 1
