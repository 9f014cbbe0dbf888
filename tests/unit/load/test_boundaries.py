"""Boundaries of any vector file become quarters in metres, or a problem that says what to do."""

import shutil
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from sro_geo.errors import DataError
from sro_geo.load.boundaries import Boundaries, read_barrier, read_boundaries, read_water
from sro_geo.load.inputs import QuartersFile
from sro_geo.load.location import GERMANY, surround
from sro_geo.load.reading import find_file
from sro_geo.load.vectors import read_vector
from tests.load_data import CRS, NAMES, SHAPES, make_geojson, make_quarters, make_squares, write

BOW_TIE = Polygon([(300_000, 6_000_000), (301_000, 6_001_000), (301_000, 6_000_000), (300_000, 6_001_000)])


def read(folder: Path, content: str, **stated: str | bool) -> Boundaries:
    return read_boundaries(QuartersFile(file=write(folder, "q.geojson", content), **{"key": "code", **stated}))  # type: ignore[arg-type]  # tests state what they like


def find_cause(folder: Path, content: str, **stated: str | bool) -> str:
    with pytest.raises(DataError) as caught:
        read(folder, content, **stated)
    return caught.value.problems[0].cause


def test_quarters_come_as_they_are(tmp_path: Path) -> None:
    found = read(tmp_path, make_squares())
    assert_geodataframe_equal(found.quarters, make_quarters())
    assert (found.notes, found.starts, found.example) == ((), {}, False)
    assert found.sources[0].file == "q.geojson"


@pytest.mark.parametrize(
    ("suffix", "driver"),
    [("gpkg", "GPKG"), ("fgb", "FlatGeobuf"), ("shp", "ESRI Shapefile"), ("kml", "KML"), ("gml", "GML")],
)
def test_any_vector_file_will_do(tmp_path: Path, suffix: str, driver: str) -> None:
    frame = gpd.GeoDataFrame(
        {"code": list(SHAPES), "name": list(NAMES.values())}, geometry=list(SHAPES.values()), crs=CRS
    )
    frame = frame.to_crs("EPSG:4326") if driver == "KML" else frame
    pyogrio.write_dataframe(frame.rename(columns={"name": "Name"}), tmp_path / f"q.{suffix}", driver=driver)
    file = find_file(f"q.{suffix}", folder=tmp_path)
    found = read_boundaries(QuartersFile(file=file, key="code" if driver != "KML" else "Name"))
    assert len(found.quarters) == 2
    assert found.quarters.geometry.area.to_list() == pytest.approx([1e6, 1e6], rel=1e-3)


def test_keys_stay_text(tmp_path: Path) -> None:
    shapes = list(SHAPES.values())
    whole = read(
        tmp_path, make_geojson([({"code": 1, "name": "a"}, shapes[0]), ({"code": 10, "name": "b"}, shapes[1])])
    )
    assert list(whole.quarters.index) == ["1", "10"]
    zero = read(
        tmp_path,
        make_geojson([({"code": "0070", "name": " a\n b"}, shapes[0]), ({"code": 3.0, "name": None}, shapes[1])]),
    )
    assert zero.quarters["name"].to_dict() == {"0070": "a b", "3.0": "3.0"}


def test_a_key_table_renames_quarters(tmp_path: Path) -> None:
    keys = write(tmp_path, "k.csv", "from,to\n01,N\n02,S\n")
    found = read_boundaries(QuartersFile(file=write(tmp_path, "q.geojson", make_squares()), key="code", keys=keys))
    assert list(found.quarters.index) == ["N", "S"]
    assert [source.file for source in found.sources] == ["q.geojson", "k.csv"]


def test_settings_and_sentence_starts(tmp_path: Path) -> None:
    found = read(tmp_path, make_squares(start="In der Stadt"), sentence_start="start", level="Quartier", vintage="2024")
    assert found.starts == {"01": "In der Stadt", "02": "In der Stadt"}
    assert found.quarters["level"].tolist() == ["Quartier"] * 2
    assert found.quarters["vintage"].tolist() == ["2024"] * 2


@pytest.mark.parametrize(
    ("lon", "lat", "crs"),
    [(9.4, 54.8, "EPSG:25832"), (12.1, 54.1, "EPSG:25833"), (-70.0, 45.0, "EPSG:32619"), (12.0, -33.0, "EPSG:32733")],
)
def test_degrees_become_the_zone_of_their_middle(tmp_path: Path, lon: float, lat: float, crs: str) -> None:
    square = box(lon, lat, lon + 0.01, lat + 0.01)
    found = read(tmp_path, make_geojson([({"code": "1", "name": "a"}, square)], crs=None))
    assert found.quarters.crs == crs
    (note,) = found.notes
    assert (note.cause, note.values["chosen"]) == ("crs_chosen", crs)


def test_web_mercator_is_no_metre(tmp_path: Path) -> None:
    frame = gpd.GeoSeries([affinity.translate(SHAPES["01"], xoff=50_000)], crs=CRS).to_crs("EPSG:3857")
    found = read(tmp_path, make_geojson([({"code": "1", "name": "a"}, frame[0])], crs="EPSG:3857"))
    assert found.quarters.crs == CRS


def test_metres_without_a_system_are_told_and_may_be_stated(tmp_path: Path) -> None:
    text = make_geojson([({"code": "1", "name": "a"}, SHAPES["01"])], crs=None)
    assert find_cause(tmp_path, text) == "coordinates_not_degrees"
    assert read(tmp_path, text, crs="EPSG:25833").quarters.crs == CRS


def test_a_stated_system_must_not_contradict_the_file(tmp_path: Path) -> None:
    assert find_cause(tmp_path, make_squares(), crs="EPSG:25832") == "crs_contradicts"
    assert find_cause(tmp_path, make_squares(), crs="EPSG:999999") == "crs_unknown"
    assert read(tmp_path, make_squares(), crs="EPSG:25833").quarters.crs == CRS


def copy_shapefile(folder: Path, *, leave_out: str) -> QuartersFile:
    frame = gpd.GeoDataFrame(
        {"code": list(SHAPES), "name": list(NAMES.values())}, geometry=list(SHAPES.values()), crs=CRS
    )
    pyogrio.write_dataframe(frame, folder / "q.shp")
    (folder / f"q{leave_out}").unlink()
    return QuartersFile(file=find_file("q.shp", folder=folder), key="code")


def test_a_shapefile_needs_its_parts(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_boundaries(copy_shapefile(tmp_path, leave_out=".shx"))
    assert caught.value.problems[0].values["missing"] == [".shx"]


def test_a_shapefile_without_a_system(tmp_path: Path) -> None:
    order = copy_shapefile(tmp_path, leave_out=".prj")
    with pytest.raises(DataError) as caught:
        read_boundaries(order)
    assert caught.value.problems[0].cause == "no_crs"
    assert read_boundaries(QuartersFile(file=order.file, key="code", crs=CRS)).quarters.crs == CRS


def test_all_parts_of_a_shapefile_enter_its_checksum(tmp_path: Path) -> None:
    order = copy_shapefile(tmp_path, leave_out=".cpg")
    first = read_boundaries(order).sources[0].sha256
    shutil.copy(tmp_path / "q.dbf", tmp_path / "q.cpg")
    (tmp_path / "q.cpg").write_text("UTF-8")
    assert read_boundaries(order).sources[0].sha256 != first


def test_layers_must_be_named(tmp_path: Path) -> None:
    for layer in ("a", "b"):
        frame = gpd.GeoDataFrame({"code": [layer], "name": [layer]}, geometry=[SHAPES["01"]], crs=CRS)
        pyogrio.write_dataframe(frame, tmp_path / "q.gpkg", layer=layer)
    file = find_file("q.gpkg", folder=tmp_path)
    assert list(read_boundaries(QuartersFile(file=file, key="code", layer="b")).quarters.index) == ["b"]
    wrong: list[tuple[str | None, str]] = [(None, "layer_not_named"), ("c", "layer_missing")]
    for missing, cause in wrong:
        with pytest.raises(DataError) as caught:
            read_boundaries(QuartersFile(file=file, key="code", layer=missing))
        assert caught.value.problems[0].cause == cause
        assert caught.value.problems[0].values["layers"] == ["a", "b"]


def test_a_table_is_no_map(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"code": ["1"], "name": ["a"]})
    pyogrio.write_dataframe(frame, tmp_path / "q.gpkg", layer="t")
    with pytest.raises(DataError) as caught:
        read_vector(find_file("q.gpkg", folder=tmp_path))
    assert caught.value.problems[0].cause == "no_geometry"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (make_squares()[:300], "vector_broken"),
        (make_geojson([]), "no_features"),
        (make_squares().replace('"code"', '"kode"'), "missing_columns"),
        (make_squares().replace('"name": "N', '"namen": "N').replace('"name": "S', '"namen": "S'), "missing_columns"),
        (make_geojson([({"code": "1", "name": "a"}, BOW_TIE)]), "geometry_invalid"),
        (
            make_geojson([({"code": "1", "name": "a"}, None), ({"code": "2", "name": "b"}, SHAPES["02"])]),
            "geometry_missing",
        ),
        (make_geojson([({"code": "1", "name": "a"}, Point(300_000, 6_000_000))]), "geometry_no_area"),
        (make_squares().replace('"02"', '"01"'), "duplicate_key"),
        (make_squares().replace("[301000.0, 6001000.0]", "[NaN, 6001000.0]"), "coordinates_not_finite"),
        (make_squares().replace("[301000.0, 6000000.0], ", "").replace("[302000.0, 6000000.0], ", ""), "vector_broken"),
    ],
)
def test_faults(tmp_path: Path, content: str, cause: str) -> None:
    assert find_cause(tmp_path, content) == cause


def test_heights_are_dropped_with_a_note(tmp_path: Path) -> None:
    text = make_squares().replace("6001000.0]", "6001000.0, 5.0]").replace("6000000.0]", "6000000.0, 5.0]")
    found = read(tmp_path, text)
    assert not found.quarters.has_z.any()
    assert [note.cause for note in found.notes] == ["heights_dropped"]


@pytest.mark.parametrize(
    ("shape", "area", "kind"),
    [
        (BOW_TIE, 500_000, "MultiPolygon"),
        (Polygon([(300_000, 6_000_000), (301_000, 6_000_000), (301_000, 6_001_000), (301_500, 6_001_500), (301_000, 6_001_000), (300_000, 6_001_000)]), 1_000_000, "Polygon"),
        (MultiPolygon([box(300_000, 6_000_000, 301_000, 6_001_000), box(300_500, 6_000_000, 301_500, 6_001_000)]), 1_500_000, "Polygon"),
    ],
)  # fmt: skip
def test_repair_keeps_areas_and_is_noted(tmp_path: Path, shape: BaseGeometry, area: float, kind: str) -> None:
    apart = affinity.translate(SHAPES["02"], xoff=5000)
    text = make_geojson([({"code": "1", "name": "a"}, shape), ({"code": "2", "name": "b"}, apart)])
    found = read(tmp_path, text, repair=True)
    assert found.quarters.geometry["1"].area == area
    assert found.quarters.geometry["1"].geom_type == kind
    (note,) = found.notes
    assert (note.cause, note.values["count"], note.places[0].row) == ("geometry_repaired", 1, 1)
    assert str(note.values["found"]).startswith("['1 (")


def test_nothing_is_repaired_that_is_whole(tmp_path: Path) -> None:
    assert read(tmp_path, make_squares(), repair=True).notes == ()


def test_water_and_barriers_share_a_file(tmp_path: Path) -> None:
    line = LineString([(300_000, 6_000_000), (301_000, 6_001_000)])
    rows = [
        ({"name": "Muster", "art": "fluss"}, line),
        ({"name": "Muster", "art": "barriere"}, line),
        ({"name": "Loch", "art": "x"}, None),
    ]
    file = write(tmp_path, "w.geojson", make_geojson(rows, crs="EPSG:25832"))
    water, barrier = (read_(file, quarters=make_quarters(), crs=None) for read_ in (read_water, read_barrier))
    assert (water.frame["art"].tolist(), barrier.frame["art"].tolist()) == (["fluss"], ["barriere"])
    assert water.frame.crs == barrier.frame.crs == CRS


def test_all_lines_bar_the_way_where_none_is_called_so(tmp_path: Path) -> None:
    shapes = [LineString([(300_000, 6_000_000), (301_000, 6_001_000)]), GeometryCollection([Point(300_000, 6_000_000)])]
    file = write(tmp_path, "b.geojson", make_geojson([({}, shape) for shape in shapes]))
    assert len(read_barrier(file, quarters=make_quarters()).frame) == 2


@pytest.mark.parametrize("crs", [CRS, "EPSG:4326", "EPSG:3035"])
def test_exchanged_axes_are_refused_and_read_as_stated(tmp_path: Path, crs: str) -> None:
    right = gpd.GeoSeries(list(SHAPES.values()), index=list(SHAPES), crs=CRS).to_crs(crs)
    swapped = [
        ({"code": key, "name": key}, shapely.transform(shape, lambda xy: xy[:, ::-1])) for key, shape in right.items()
    ]
    file = write(tmp_path, "q.geojson", make_geojson(swapped, crs=crs))
    with pytest.raises(DataError) as caught:
        read_boundaries(QuartersFile(file=file, key="code", box=GERMANY))
    assert [problem.cause for problem in caught.value.problems] == ["quarters_swapped"]
    found = read_boundaries(QuartersFile(file=file, key="code", box=GERMANY, swapped=True))
    assert "axes_swapped" in [note.cause for note in found.notes]
    drawn = found.quarters.geometry.to_crs(CRS)
    assert all(drawn[key].symmetric_difference(shape).area < 1 for key, shape in SHAPES.items())


def test_a_place_elsewhere_is_named_by_a_point(tmp_path: Path) -> None:
    file = write(tmp_path, "q.geojson", make_squares())
    assert len(read_boundaries(QuartersFile(file=file, key="code", box=surround((12.0, 54.1)))).quarters) == 2
    for near in ((9.4, 54.8), (12.0, 55.0)):
        with pytest.raises(DataError) as caught:
            read_boundaries(QuartersFile(file=file, key="code", box=surround(near)))
        assert [problem.cause for problem in caught.value.problems] == ["quarters_elsewhere"]
