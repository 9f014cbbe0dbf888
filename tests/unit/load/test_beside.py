"""What lies beside a named file is read by the same rules, or not at all; and nothing is ever written there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import pytest
import rasterio

from sro_geo.errors import DataError
from sro_geo.load.beside import find_parts, set_aside
from sro_geo.load.inputs import PopulationFile
from sro_geo.load.rastercells import read_raster
from sro_geo.load.reading import DataFile, find_beside, find_file, read_bytes
from sro_geo.load.sources import read_source
from sro_geo.load.vectors import read_vector
from tests.bad_input.cases import lay_raster
from tests.load_data import CRS, NAMES, SHAPES, make_quarters, make_squares, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRAME = gpd.GeoDataFrame({"code": list(SHAPES), "Name": list(NAMES.values())}, geometry=list(SHAPES.values()), crs=CRS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder of a project; beside it lies one that it has not been allowed."""
    for name in ("project", "beside"):
        (tmp_path / name).mkdir()
    return tmp_path / "project"


def lay(folder: Path, name: str, driver: str) -> DataFile:
    frame = FRAME.to_crs("EPSG:4326") if driver == "KML" else FRAME
    pyogrio.write_dataframe(frame, folder / name, driver=driver)
    return find_file(name, folder=folder)


def read_cells(file: DataFile) -> object:
    return read_raster(PopulationFile(raster=file, age_group="0-6"), quarters=make_quarters())


def lay_geopackage_in_use(folder: Path) -> DataFile:
    """As a program leaves it that has it open: the last change stands in the journal only."""
    made = lay(folder.parent / "beside", "q.gpkg", "GPKG").path
    program = sqlite3.connect(made)
    program.execute("PRAGMA journal_mode=WAL")
    for (name,) in program.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        program.execute(f'DROP TRIGGER "{name}"')
    program.execute("UPDATE q SET Name = 'Neu' WHERE code = '01'")
    program.commit()
    for path in made.parent.iterdir():
        shutil.copyfile(path, folder / path.name)
    program.close()
    return find_file("q.gpkg", folder=folder)


def look(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


MAKERS: dict[str, Callable[[Path], DataFile]] = {
    "GeoJSON": lambda folder: write(folder, "q.geojson", make_squares()),
    "Shapefile": lambda folder: lay(folder, "q.shp", "ESRI Shapefile"),
    "GML": lambda folder: lay(folder, "q.gml", "GML"),
    "KML": lambda folder: lay(folder, "q.kml", "KML"),
    "GeoPackage": lambda folder: lay(folder, "q.gpkg", "GPKG"),
    "GeoPackage in use": lay_geopackage_in_use,
    "FlatGeobuf": lambda folder: lay(folder, "q.fgb", "FlatGeobuf"),
}


@pytest.mark.parametrize("form", list(MAKERS))
def test_nothing_is_written_beside_a_vector_file(folder: Path, form: str) -> None:
    file = MAKERS[form](folder)
    (folder / "q.xsd").unlink(missing_ok=True)  # without it GDAL writes a .gfs beside a GML
    before = look(folder)
    assert len(read_vector(file).frame) == 2
    assert look(folder) == before


def test_nothing_is_written_beside_a_raster(folder: Path) -> None:
    file = lay_raster(folder)
    before = look(folder)
    read_cells(file)
    assert look(folder) == before


def test_changes_that_stand_in_the_journal_only_are_read(folder: Path) -> None:
    file = lay_geopackage_in_use(folder)
    assert (folder / "q.gpkg-wal").stat().st_size
    found = read_vector(file)
    assert found.frame["Name"].tolist() == ["Neu", "Süd"]
    (folder / "q.gpkg-wal").unlink()
    assert read_vector(file).source.sha256 != found.source.sha256


def test_texts_of_a_gml_stay_texts(folder: Path) -> None:
    """Its schema lies beside it and is not read; without one GDAL would guess what is a number."""
    frame = FRAME.assign(code=["12E3", "0070"], count=[1, 2])
    pyogrio.write_dataframe(frame, folder / "q.gml", driver="GML")
    found = read_vector(find_file("q.gml", folder=folder)).frame
    assert found["code"].tolist() == ["12E3", "0070"]
    assert found["count"].tolist() == ["1", "2"]


PARTS: dict[str, tuple[str, str, Callable[[DataFile], object]]] = {
    ".shx": ("Shapefile", "q.shx", read_vector),
    ".dbf": ("Shapefile", "q.dbf", read_vector),
    ".prj": ("Shapefile", "q.prj", read_vector),
    ".cpg": ("Shapefile", "q.cpg", read_vector),
    "-wal": ("GeoPackage", "q.gpkg-wal", read_vector),
    "-journal": ("GeoPackage", "q.gpkg-journal", read_vector),
    "SOURCE.toml": ("GeoJSON", "SOURCE.toml", read_source),
    ".tif.aux.xml": ("raster", "raster.tif.aux.xml", read_cells),
    ".tif.msk": ("raster", "raster.tif.msk", read_cells),
    ".tfw": ("raster", "raster.tfw", read_cells),
}


def lay_link_out(path: Path) -> None:
    (path.parent.parent / "beside" / "x").write_bytes(b"x")
    path.symlink_to("../beside/x")


FAULTS: dict[str, Callable[[Path], None]] = {
    "file_not_regular": os.mkfifo,
    "file_outside": lay_link_out,
    "file_is_folder": lambda path: path.mkdir(),
    "file_missing": lambda path: path.symlink_to("nowhere"),
    "file_unreadable": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("fault", list(FAULTS))
@pytest.mark.parametrize("part", list(PARTS))
def test_what_lies_beside_is_read_by_the_same_rules(folder: Path, part: str, fault: str) -> None:
    form, name, read = PARTS[part]
    file = lay_raster(folder) if form == "raster" else MAKERS[form](folder)
    (folder / name).unlink(missing_ok=True)
    FAULTS[fault](folder / name)
    with pytest.raises(DataError) as caught:
        read(file)
    (problem,) = caught.value.problems
    causes = {fault} | ({"file_missing"} if fault == "file_unreadable" else set())  # since 3.13 a circle is no error
    assert problem.cause in causes
    assert problem.values["name"] == problem.places[0].file == name


def test_a_part_may_lie_in_an_allowed_folder(folder: Path) -> None:
    MAKERS["Shapefile"](folder)
    shutil.move(folder / "q.dbf", folder.parent / "beside" / "q.dbf")
    (folder / "q.dbf").symlink_to("../beside/q.dbf")
    file = find_file("q.shp", folder=folder, allow=[folder.parent / "beside"])
    assert read_vector(file).frame["code"].tolist() == ["01", "02"]


def test_what_belongs_to_nobody_is_not_looked_at(folder: Path) -> None:
    files = [MAKERS[form](folder) for form in ("GeoJSON", "Shapefile")]
    for name in ("q.gfs", "q.geojson.aux.xml", "q.qix", "q.txt"):
        os.mkfifo(folder / name)
    assert [len(read_vector(file).frame) for file in files] == [2, 2]


def test_a_raster_is_found_by_its_world_file(folder: Path) -> None:
    with rasterio.open(lay_raster(folder, cells=10).path) as placed:
        cells, at, profile = placed.read(), placed.transform, placed.profile
    del profile["transform"], profile["crs"]
    with (
        pytest.warns(rasterio.errors.NotGeoreferencedWarning),
        rasterio.open(folder / "bare.tif", "w", **profile) as bare,
    ):
        bare.write(cells)
    world = (at.a, at.d, at.b, at.e, at.c + at.a / 2, at.f + at.e / 2)
    write(folder, "bare.TFW", "\n".join(map(str, world)))
    order = PopulationFile(raster=find_file("bare.tif", folder=folder), age_group="0-6", crs=CRS)
    assert len(read_raster(order, quarters=make_quarters()).frame) == 100


def test_parts_are_found_whatever_the_case(folder: Path) -> None:
    MAKERS["Shapefile"](folder)
    for ending in ("shp", "shx", "dbf", "prj", "cpg"):
        (folder / f"q.{ending}").rename(folder / f"Großes Gebiet!.{ending.upper()}")
    file = find_file("Großes Gebiet!.SHP", folder=folder)
    assert sorted(find_parts(file, [".shx", ".dbf"])) == [".dbf", ".shx"]
    assert read_vector(file).frame["Name"].tolist() == ["Nord", "Süd"]


def test_a_copy_lies_alone_and_only_as_long_as_it_is_needed(folder: Path) -> None:
    file = MAKERS["Shapefile"](folder)
    with set_aside(file, find_parts(file, [".shx"])) as copy:
        assert sorted(path.name for path in copy.parent.iterdir()) == ["q.shp", "q.shx"]
        assert copy.read_bytes() == file.path.read_bytes()
    assert not copy.parent.exists()


def test_no_room_for_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = MAKERS["GeoJSON"](folder)
    monkeypatch.setattr("tempfile.tempdir", str(folder / "nowhere"))
    with pytest.raises(DataError) as caught:
        read_vector(file)
    assert caught.value.problems[0].cause == "copy_failed"


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = MAKERS["GeoJSON"](folder)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    with pytest.raises(DataError) as caught:
        read_vector(file)
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values["reason"]) == ("copy_failed", "No space left on device")


def test_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = MAKERS["Shapefile"](folder)

    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    with pytest.raises(DataError) as caught:
        read_vector(file)
    assert (caught.value.problems[0].cause, caught.value.problems[0].values["reason"]) == (
        "file_unreadable",
        "Permission denied",
    )


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(folder: Path) -> None:
    file = MAKERS["GeoJSON"](folder)
    file.path.unlink()
    os.mkfifo(file.path)
    with pytest.raises(DataError) as caught:
        read_bytes(file)
    assert caught.value.problems[0].cause == "file_not_regular"


def test_an_empty_neighbour_is_one(folder: Path) -> None:
    file = MAKERS["GeoJSON"](folder)
    assert find_beside(file, "SOURCE.toml") is None
    (folder / "SOURCE.toml").touch()
    assert find_beside(file, "SOURCE.toml") is not None
    assert read_source(file).title == ""


def test_a_file_made_by_hand_has_its_own_folder(folder: Path) -> None:
    (folder / "SOURCE.toml").symlink_to("../beside/SOURCE.toml")
    (folder.parent / "beside" / "SOURCE.toml").touch()
    write(folder, "q.csv", "a")
    with pytest.raises(DataError) as caught:
        read_source(DataFile(path=folder / "q.csv", name="sub/q.csv"))
    assert (caught.value.problems[0].cause, caught.value.problems[0].places[0].file) == (
        "file_outside",
        "sub/SOURCE.toml",
    )
