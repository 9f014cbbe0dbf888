"""What comes out of the process that reads: columns as they are, the library's own words without its paths."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import pytest

from sro_geo.errors import DataError, Problem
from sro_geo.load.reading import find_file
from sro_geo.load.vectors import read_vector
from tests.load_data import CRS, SHAPES, make_squares, write

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.reading import DataFile

RING = [[12, 54], [12, 54.1], [12.1, 54.1], [12, 54]]
SHAPE = {"type": "Polygon", "arcs": [[0]], "properties": {"code": "1"}}
TOPOLOGY = {"type": "Topology", "objects": {"q": {"type": "GeometryCollection", "geometries": [SHAPE]}}, "arcs": [RING]}
ESRI = {
    "geometryType": "esriGeometryPolygon",
    "spatialReference": {"wkid": 4326},
    "fields": [{"name": "code", "type": "esriFieldTypeString"}],
    "features": [{"attributes": {"code": "1"}, "geometry": {"rings": [RING]}}],
}


def find_problem(file: DataFile) -> Problem:
    with pytest.raises(DataError) as caught:
        read_vector(file)
    (problem,) = caught.value.problems
    return problem


def test_columns_come_as_they_are(tmp_path: Path) -> None:
    facts = {"n": 2**53 + 1, "x": 1.5, "b": True, "d": "2024-01-02", "t": "2024-01-02T10:00:00+01:00", "l": ["ä", "b"]}
    file = write(tmp_path, "q.geojson", make_squares(**facts, j={"a": 1}, none=None))
    row = read_vector(file).frame.iloc[0]
    assert row[list(facts)].tolist() == [*list(facts.values())[:-1], '["ä", "b"]']
    assert json.loads(row["j"]) == {"a": 1}
    assert row["none"] is None
    assert row.geometry.equals(SHAPES["01"])


def test_numbers_with_gaps_stay_numbers(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"n": [1.5, None]}, geometry=list(SHAPES.values()), crs=CRS)
    pyogrio.write_dataframe(frame, tmp_path / "q.gpkg")
    found = read_vector(find_file("q.gpkg", folder=tmp_path)).frame["n"]
    assert found.dtype == float
    assert found.isna().tolist() == [False, True]


def test_a_feature_without_a_shape_has_none(tmp_path: Path) -> None:
    text = json.loads(make_squares())
    text["features"][0]["geometry"] = None
    found = read_vector(write(tmp_path, "q.geojson", json.dumps(text))).frame
    assert found.geometry.isna().tolist() == [True, False]


@pytest.mark.parametrize("content", [TOPOLOGY, ESRI])
def test_other_forms_of_json_are_read(tmp_path: Path, content: object) -> None:
    file = write(tmp_path, "q.json", json.dumps(content))
    assert read_vector(file, crs="EPSG:4326").frame["code"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kaputt!.gpkg", b"SQLite format 3\0" + b"x" * 5000),
        ("kaputt.kml", b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'),
        ("kaputt.json", b'{"type": "Topology"}'),
    ],
)
def test_what_the_library_says_names_the_file_and_no_path(tmp_path: Path, name: str, content: bytes) -> None:
    problem = find_problem(write(tmp_path, name, content))
    assert problem.cause == "vector_broken"
    assert "sro-geo-" not in str(problem.values["reason"])


def test_letters_that_a_shapefile_misnames(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"name": ["Süd"]}, geometry=[SHAPES["01"]], crs=CRS)
    pyogrio.write_dataframe(frame, tmp_path / "q.shp", encoding="ISO-8859-1")
    (tmp_path / "q.cpg").write_text("UTF-8")
    assert find_problem(find_file("q.shp", folder=tmp_path)).cause == "vector_not_utf8"
