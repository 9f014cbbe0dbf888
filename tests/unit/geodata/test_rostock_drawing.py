"""Rostock's schematic drawing; the official shapes are the yardstick only."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FOLDER = Path(__file__).parents[3] / "geodata" / "rostock"
DRAWN_FROM = ["stadtbereiche.csv", "hilfspunkte.csv", "warnow.csv"]
WEST, EAST = list("ACDEFGHIJKLMN"), list("BOPQRSTU")


@pytest.fixture(scope="module")
def quarters() -> gpd.GeoDataFrame:
    return gpd.read_file(FOLDER / "stadtbereiche.geojson").set_index("code").sort_index()


@pytest.fixture(scope="module")
def waters() -> gpd.GeoDataFrame:
    return gpd.read_file(FOLDER / "gewaesser.geojson")


@pytest.fixture(scope="module")
def barrier(waters: gpd.GeoDataFrame) -> BaseGeometry:
    return shapely.union_all(waters.geometry[waters["barriere"]].to_numpy())


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "stadtbereiche.csv", dtype={"code": str}).set_index("code").sort_index()


@pytest.fixture
def official(real_data: Path) -> gpd.GeoDataFrame:
    shapes = gpd.read_file(real_data / "rostock" / "boundaries" / "stadtbereiche.shp").to_crs(25833)
    return shapes.set_index("code").sort_index()


def find_neighbours(shapes: gpd.GeoDataFrame) -> set[tuple[str, str]]:
    return {
        (a, b)
        for a, b in combinations(sorted(shapes.index), 2)
        if shapes.geometry[a].intersection(shapes.geometry[b]).length > 50
    }


@pytest.mark.long
def test_drawing_gives_the_same_bytes_in_an_empty_folder(tmp_path: Path) -> None:
    for name in ["make.py", *DRAWN_FROM]:
        shutil.copy(FOLDER / name, tmp_path / name)
    subprocess.run([sys.executable, "-I", tmp_path / "make.py"], cwd=tmp_path, check=True)
    for name in ["stadtbereiche.geojson", "gewaesser.geojson"]:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", ["stadtbereiche.geojson", "gewaesser.geojson"])
def test_geojson_names_its_crs_and_stands_on_whole_metres(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    content = json.loads(text)
    coordinates = shapely.get_coordinates(
        [shapely.from_geojson(json.dumps(f["geometry"])) for f in content["features"]]
    )
    assert content["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::25833"
    assert (coordinates == np.round(coordinates)).all()
    assert len(text.encode()) < 150_000


def test_quarters_carry_key_number_and_name(quarters: gpd.GeoDataFrame, stated: pd.DataFrame) -> None:
    assert list(quarters.index) == list("ABCDEFGHIJKLMNOPQRSTU")
    assert (
        quarters["nummer"].to_dict()
        == stated["nummer"].to_dict()
        == dict(zip(quarters.index, range(1, 22), strict=True))
    )
    assert quarters["name"].to_dict() == stated["name"].to_dict()


def test_quarters_are_a_coverage_without_gap_or_overlap(quarters: gpd.GeoDataFrame) -> None:
    shapes = quarters.geometry.to_numpy()
    whole = shapely.union_all(shapes)
    assert quarters.crs.to_epsg() == 25833
    assert set(quarters.geom_type) == {"Polygon"}
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert whole.geom_type == "Polygon"
    assert whole.area == shapely.Polygon(shapely.get_exterior_ring(whole)).area


def test_each_area_is_within_5_percent(quarters: gpd.GeoDataFrame, stated: pd.DataFrame) -> None:
    deviation = (quarters.area / 1e6 / stated["area_km2"] - 1).abs()
    assert deviation.max() < 0.05, deviation[deviation >= 0.05]


def test_inner_points_lie_in_their_own_quarter(quarters: gpd.GeoDataFrame, stated: pd.DataFrame) -> None:
    points = gpd.GeoSeries.from_xy(stated["ost"], stated["nord"], index=stated.index, crs=25833)
    assert quarters.contains(points).sum() >= 20


def test_land_area_is_population_by_official_density(stated: pd.DataFrame) -> None:
    population = {"A": 8464, "K": 19320, "N": 21003, "S": 15086, "U": 1226}
    for code, persons in population.items():
        assert stated["land_area_km2"][code] == round(persons / stated["density_2021"][code], 3)
    assert stated["area_km2"].sum() == pytest.approx(181.37, abs=0.02)


@pytest.mark.real_data
def test_neighbours_are_the_official_ones(quarters: gpd.GeoDataFrame, official: gpd.GeoDataFrame) -> None:
    wanted, drawn = find_neighbours(official), find_neighbours(quarters)
    assert len(wanted) == 45
    assert len(wanted & drawn) >= 42, wanted - drawn
    assert len(drawn - wanted) <= 3, drawn - wanted


@pytest.mark.real_data
def test_nothing_is_copied_from_the_official_shapes(
    quarters: gpd.GeoDataFrame, waters: gpd.GeoDataFrame, official: gpd.GeoDataFrame
) -> None:
    yardstick = gpd.GeoSeries.from_xy(*shapely.get_coordinates(official.geometry.to_numpy()).T)
    for drawn in (quarters, waters):
        corners = np.unique(shapely.get_coordinates(drawn.geometry.to_numpy()), axis=0)
        ours = gpd.GeoSeries.from_xy(*corners.T)
        near = np.unique(yardstick.sindex.query(ours, predicate="dwithin", distance=5)[0])
        assert len(near) <= 0.05 * len(ours)


@pytest.mark.real_data
def test_stated_points_and_areas_are_the_official_ones(stated: pd.DataFrame, official: gpd.GeoDataFrame) -> None:
    points = gpd.GeoSeries.from_xy(stated["ost"], stated["nord"], index=stated.index, crs=25833)
    degrees = gpd.GeoSeries.from_xy(stated["lon"], stated["lat"], index=stated.index, crs=4326).to_crs(25833)
    assert official.contains(points).all()
    assert (points.distance(degrees) < 10).all()
    assert (official.area / 1e6).round(2).to_dict() == stated["area_km2"].to_dict()
    assert official["bez"].to_dict() == stated["name"].to_dict()


def test_sea_warnow_and_breitling_are_drawn(quarters: gpd.GeoDataFrame, waters: gpd.GeoDataFrame) -> None:
    shapes = waters[waters.geom_type == "Polygon"].set_index("name").geometry
    assert list(shapes.index) == ["Ostsee", "Warnow mit Breitling"]
    assert shapes.is_valid.all()
    by_the_sea = quarters.index[quarters.distance(shapes["Ostsee"]) < 30]
    by_the_warnow = quarters.index[quarters.intersection(shapes["Warnow mit Breitling"]).area > 100_000]
    assert list(by_the_sea) == ["A", "B"]
    assert {"A", "B", "D", "G", "K", "N", "T", "U"} <= set(by_the_warnow)
    assert quarters.intersection(shapes["Ostsee"]).area.sum() < 0.005 * quarters.area.sum()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param((309500, 6004400), (313259, 6003928), id="Groß Klein – Rostock-Ost"),
        pytest.param((309700, 6002800), (311200, 6002700), id="Warnowtunnel"),
        pytest.param((309900, 6007400), (311000, 6007200), id="Fähre nach Hohe Düne"),
        pytest.param((311000, 5997900), (311500, 5998800), id="Fähre nach Gehlsdorf"),
        pytest.param((312900, 5997000), (312900, 5998600), id="Stadthafen"),
        pytest.param((313500, 5995500), (314500, 5995500), id="Oberwarnow"),
        pytest.param((313500, 6007200), (313000, 6004900), id="Breitling"),
    ],
)
def test_straight_ways_over_water_are_barred(
    barrier: BaseGeometry, start: tuple[int, int], end: tuple[int, int]
) -> None:
    assert shapely.LineString([start, end]).intersects(barrier)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param((313500, 5997450), (314250, 5997800), id="Vorpommernbrücke"),
        pytest.param((313500, 5997200), (314200, 5997250), id="Petribrücke"),
        pytest.param((313350, 5996250), (314200, 5996250), id="Mühlendamm"),
        pytest.param((313002, 5996101), (312500, 5996900), id="one bank"),
    ],
)
def test_people_can_walk_over_bridges(barrier: BaseGeometry, start: tuple[int, int], end: tuple[int, int]) -> None:
    assert not shapely.LineString([start, end]).intersects(barrier)


def test_barrier_follows_the_border_between_both_banks(quarters: gpd.GeoDataFrame, barrier: BaseGeometry) -> None:
    west, east = (quarters.geometry[codes].union_all() for codes in (WEST, EAST))
    border = west.intersection(east)
    unbarred = border - barrier.buffer(60)
    assert border.length > 12_000
    assert unbarred.length < 3 * 300, "open at three crossings only"
