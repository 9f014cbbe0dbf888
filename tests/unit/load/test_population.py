"""Population from cells, rasters and totals: no sum changes but what is noted."""

from math import cos, sin
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio import Affine

from sro_geo.errors import DataError
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile, PopulationFile, QuartersFile
from sro_geo.load.placing import find_quarters
from sro_geo.load.population import PopulationTables, read_population
from sro_geo.load.rastercells import read_raster
from sro_geo.load.reading import DataFile, find_file
from sro_geo.model.indicators import Indicators
from sro_geo.model.population import find_gaps
from sro_geo.model.quarters import Quarters, as_quarters
from sro_geo.project import find_shipped
from tests.load_data import CATALOGUE, CRS, SOUTH, WEST, make_quarters, write

HEAD = "zelle,ost,nord,quartier,altersgruppe,personen\n"
CELLS = HEAD + "a,300100,6000100,01,0-3,4\na,300100,6000100,01,3-6,5\nb,301500,6000100,,0-3,6\n"


def read_totals(folder: Path, rows: str = "") -> Indicators:
    orders = [IndicatorFile(file=write(folder, "k.csv", "quartier,kennzahl,jahr,wert,status\n" + rows))] if rows else []
    return read_indicators(orders, specs=CATALOGUE.specs, quarter_ids=["01", "02"]).indicators


def read(order: PopulationFile, indicators: Indicators) -> PopulationTables:
    return read_population(order, quarters=make_quarters(), indicators=indicators, specs=CATALOGUE.specs, year=2024)


def read_cells(folder: Path, content: str, *, totals: str = "", **stated: Any) -> PopulationTables:
    return read(PopulationFile(cells=write(folder, "z.csv", content), **stated), read_totals(folder, totals))


def find_causes(folder: Path, order: PopulationFile, totals: str = "") -> list[str]:
    with pytest.raises(DataError) as caught:
        read(order, read_totals(folder, totals))
    return [problem.cause for problem in caught.value.problems]


def sum_persons(found: PopulationTables) -> dict[tuple[str, str], float]:
    sums = found.population.persons.groupby(["quarter_id", "age_group"])["persons"].sum().reset_index()
    return {(str(q), str(g)): float(n) for q, g, n in sums.itertuples(index=False, name=None)}


def test_cells(tmp_path: Path) -> None:
    found = read_cells(tmp_path, CELLS)
    assert sum_persons(found) == {("01", "0-3"): 4.0, ("01", "3-6"): 5.0, ("02", "0-3"): 6.0}
    assert found.population.persons["status"].tolist() == ["observed"] * 3
    assert found.notes == ()
    assert [source.file for source in found.sources] == ["z.csv"]


def test_cells_may_be_in_another_system_and_name_quarters_otherwise(tmp_path: Path) -> None:
    keys = write(tmp_path, "keys.csv", "from,to\nNord,01\n")
    found = read_cells(tmp_path, HEAD + "a,11.9525,54.105,Nord,0-3,4\n", crs="EPSG:4326", keys=keys)
    assert sum_persons(found) == {("01", "0-3"): 4.0}
    assert found.population.cells.crs == CRS
    assert [source.file for source in found.sources] == ["z.csv", "keys.csv"]


def test_addresses_in_degrees_are_the_cells_of_a_plane(tmp_path: Path) -> None:
    """The law: the same people at the same places, however they are written; two may live at one place."""
    spots = gpd.GeoSeries.from_xy([300100, 300100, 301500], [6000100, 6000100, 6000100], crs=CRS).to_crs("EPSG:4326")
    rows = [f"Weg {n};{x:.9f};{y:.9f};{n}\n" for n, (x, y) in enumerate(zip(spots.x, spots.y, strict=True), start=2)]
    text = "Adresse;Länge;Breite;Bewohner\n" + "".join(rows).replace(".", ",")
    found = read_cells(tmp_path, text, age_group="0+")
    assert sum_persons(found) == {("01", "0+"): 5.0, ("02", "0+"): 4.0}
    assert list(found.population.cells.index) == ["1", "2", "3"]  # no address goes any further
    plane = read_cells(tmp_path, HEAD + "a,300100,6000100,,0+,2\nb,300100,6000100,,0+,3\nc,301500,6000100,,0+,4\n")
    assert found.population.cells.distance(plane.population.cells, align=False).max() < 0.001


def test_an_address_may_have_several_age_groups(tmp_path: Path) -> None:
    text = "anschrift,lon,lat,altersgruppe,personen\nWeg 1,11.9419,54.1120,0-3,2\nWeg 1,11.9419,54.1120,3-6,1\n"
    found = read_cells(tmp_path, text)
    assert sum_persons(found) == {("01", "0-3"): 2.0, ("01", "3-6"): 1.0}
    assert len(found.population.cells) == 1


def test_all_that_is_wrong_with_cells_is_told_at_once(tmp_path: Path) -> None:
    order = PopulationFile(cells=write(tmp_path, "z.csv", HEAD + "a,West,6000100,01,0-3,vier\n"))
    assert find_causes(tmp_path, order) == ["number_unreadable", "number_unreadable"]


def test_what_a_table_of_cells_lacks_is_named_in_a_planner_s_words(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_cells(tmp_path, "Wohnung;Leute\nWeg 1;3\n")
    assert caught.value.problems[0].values["columns"] == ["zelle", "ost", "nord", "personen", "altersgruppe"]


def test_cells_outside_are_left_out_and_noted(tmp_path: Path) -> None:
    found = read_cells(tmp_path, CELLS + "c,309000,6000100,,0-3,7\nd,309000,6000200,,0-3,0\n")
    assert sum(sum_persons(found).values()) == 15.0
    (note,) = found.notes
    assert (note.cause, note.values["count"], note.places[0].row) == ("cells_outside", 1, 5)


def test_sums_that_differ_from_the_indicators_are_noted(tmp_path: Path) -> None:
    totals = "01,alter_0_3,2024,4,\n02,alter_0_3,2024,9,\n01,alter_3_6,2024,,geheim\n01,alter_6_15,2024,3,\n01,alter_0_3,2023,1,\n"
    (note,) = read_cells(tmp_path, CELLS, totals=totals).notes
    assert (note.cause, note.values["found"]) == ("population_sum_differs", ["0-3 / 02"])


@pytest.mark.parametrize(
    ("content", "causes"),
    [
        (HEAD.replace("personen", "leute") + "a,300100,6000100,01,0-3,4\n", ["missing_columns"]),
        (HEAD + "a,West,6000100,01,0-3,4\n", ["number_unreadable"]),
        (HEAD + "a,,6000100,01,0-3,4\n", ["cells_nowhere"]),
        (HEAD + "a,300100,6000100,01,0-3,-4\n", ["negative_number"]),
        (HEAD + "a,300100,6000100,01,0-3,.\n", ["persons_missing"]),
        (HEAD + "a,300100,6000100,09,0-3,4\n", ["unknown_quarter"]),
        (HEAD + "a,300100,6000100,01,Kinder,4\n", ["unknown_age_group"]),
        (HEAD + "a,300100,6000100,01,0-3,4\na,300200,6000100,01,3-6,4\n", ["duplicate_key"]),
        (HEAD + "a,300100,6000100,01,0-3,4\na,300100,6000100,01,0-3,5\n", ["duplicate_key"]),
        (HEAD + "a,400100,6000100,01,0-3,4\n", ["points_outside"]),
    ],
)
def test_faults_of_cells(tmp_path: Path, content: str, causes: list[str]) -> None:
    assert find_causes(tmp_path, PopulationFile(cells=write(tmp_path, "z.csv", content))) == causes


def write_raster(
    folder: Path, values: np.ndarray, *, crs: str | None = CRS, west: float = WEST, size: float = 100.0, bands: int = 1
) -> DataFile:
    profile = {
        "driver": "GTiff",
        "dtype": "float32",
        "nodata": -1,
        "count": bands,
        "height": values.shape[0],
        "width": values.shape[1],
    }
    with rasterio.open(
        folder / "r.tif", "w", transform=Affine(size, 0, west, 0, -size, SOUTH + 1000), crs=crs, **profile
    ) as raster:
        for band in range(1, bands + 1):
            raster.write(values.astype("float32"), band)
    return find_file("r.tif", folder=folder)


def test_whole_cells_of_a_raster_lie_at_their_centres(tmp_path: Path) -> None:
    values = np.zeros((10, 25))
    values[0, 0], values[9, 9], values[5, 10], values[5, 22] = 3, 4, 5, 6
    values[2, 2] = -1
    found = read(PopulationFile(raster=write_raster(tmp_path, values), age_group="0-6"), read_totals(tmp_path))
    assert sum_persons(found) == {("01", "0-6"): 7.0, ("02", "0-6"): 5.0}
    assert found.population.cells.geometry["0-0"].coords[0] == (WEST + 50, SOUTH + 950)
    assert sorted(found.population.cells.index) == ["0-0", "5-10", "9-9"]


def test_a_cell_on_a_border_counts_by_area_on_both_sides(tmp_path: Path) -> None:
    """Cells of 400 m over squares of 1,000 m: the third of a row lies half in each, the last for half outside."""
    values = np.zeros((2, 6))
    values[0, 2], values[1, 5] = 10, 8
    order = PopulationFile(raster=write_raster(tmp_path, values, size=400.0, west=WEST), age_group="0-6")
    found = read(order, read_totals(tmp_path))
    assert sum_persons(found) == {("01", "0-6"): 5.0, ("02", "0-6"): 5.0}
    assert sorted(found.population.cells.index) == ["0-2-1", "0-2-2"]
    values[1, 4] = 8
    order = PopulationFile(raster=write_raster(tmp_path, values, size=450.0, west=WEST), age_group="0-6")
    found = read(order, read_totals(tmp_path))
    assert sum_persons(found)["02", "0-6"] == pytest.approx(10 * 350 / 450 + 8 * 200 / 450)


def tilt(
    folder: Path, values: np.ndarray, *, crs: str, corner: tuple[float, float], size: float, turn: float
) -> DataFile:
    """Raster of persons, turned by so many degrees."""
    height, width = values.shape
    profile = {"driver": "GTiff", "dtype": "float64", "count": 1, "height": height, "width": width}
    transform = Affine(size * cos(turn), size * sin(turn), corner[0], size * sin(turn), -size * cos(turn), corner[1])
    with rasterio.open(folder / "r.tif", "w", crs=crs, transform=transform, **profile) as raster:
        raster.write(values, 1)
    return find_file("r.tif", folder=folder)


def part_city(seed: int) -> Quarters:
    """Both squares' land in seven areas with borders at random."""
    land = shapely.box(WEST, SOUTH, WEST + 2000, SOUTH + 1000)
    seeds = np.random.default_rng(seed).uniform((WEST, SOUTH), (WEST + 2000, SOUTH + 1000), (7, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=land))
    shapes = shapely.intersection(cells, land)
    keys = [f"{n:02d}" for n in range(len(shapes))]
    facts = {"quarter_id": keys, "name": keys, "level": "", "parent_id": "", "vintage": ""}
    return as_quarters(gpd.GeoDataFrame(facts, geometry=shapes, crs=CRS))


@pytest.mark.parametrize(("seed", "turn", "size"), [(1, 0.0, 90.0), (2, 0.2, 70.0), (3, -0.5, 310.0)])
def test_a_raster_gives_each_quarter_what_lies_in_it(tmp_path: Path, seed: int, turn: float, size: float) -> None:
    """Sums of the vector overlay; no person is lost or doubled; every part lies where it counts."""
    values = np.random.default_rng(seed).uniform(0, 50, (40, 50)) * (np.random.default_rng(seed).random((40, 50)) < 0.6)
    corner, quarters = (WEST - 400, SOUTH + 1300), part_city(seed)
    file = tilt(tmp_path, values, crs=CRS, corner=corner, size=size, turn=turn)
    found = read_raster(PopulationFile(raster=file, age_group="0-6"), quarters=quarters).frame
    with rasterio.open(file.path) as raster:
        t = raster.transform
    rows, columns = np.nonzero(values)
    corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
    x, y = (np.array([k * (columns + c) + m * (rows + r) + n for c, r in corners]).T for k, m, n in (t[0:3], t[3:6]))
    cells = shapely.polygons(np.stack([x, y], axis=-1))
    which = find_quarters(found.geometry, quarters=quarters)
    sums = found["persons"].groupby(which.to_numpy()).sum()
    for key, shape in quarters.geometry.items():
        inside = shapely.area(shapely.intersection(cells, shape)) / shapely.area(cells) @ values[rows, columns]
        assert sums.get(key, 0.0) == pytest.approx(inside, rel=1e-6)
    whole = shapely.area(shapely.intersection(cells, quarters.union_all())) / shapely.area(cells)
    deep = whole > 1 - 1e-9
    kept = found["persons"].groupby(found["cell_id"].str.split("-").str[:2].str.join("-")).sum()
    names = np.array([f"{row}-{column}" for row, column in zip(rows, columns, strict=True)])
    assert deep.any()
    np.testing.assert_allclose(kept[names[deep]], values[rows, columns][deep], rtol=1e-12)
    assert sums.sum() == pytest.approx(whole @ values[rows, columns], rel=1e-6)


@pytest.mark.parametrize(("east", "north"), [(0.0, 0.0), (0.00031, 0.00017), (-0.0057, 0.00029), (0.0249, -0.0049)])
def test_a_raster_in_degrees_loses_no_part_of_the_city(tmp_path: Path, east: float, north: float) -> None:
    """A cell of a thousandth of a degree is as good as flat."""
    values = np.arange(1, 1201, dtype=float).reshape(30, 40)
    lon, lat = 11.935 + east, 54.122 + north
    profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "height": 30, "width": 40}
    with rasterio.open(
        tmp_path / "r.tif", "w", crs="EPSG:4326", transform=Affine(0.001, 0, lon, 0, -0.0005, lat), **profile
    ) as raster:
        raster.write(values.astype("float32"), 1)
    found = read(PopulationFile(raster=find_file("r.tif", folder=tmp_path), age_group="0-6"), read_totals(tmp_path))
    left, top = np.meshgrid(lon + np.arange(40) * 0.001, lat - np.arange(30) * 0.0005)
    boxes = shapely.box(left.ravel(), top.ravel() - 0.0005, left.ravel() + 0.001, top.ravel())
    cells = gpd.GeoSeries(boxes, crs="EPSG:4326").to_crs(CRS)
    shares = cells.intersection(make_quarters().union_all()).area / cells.area
    assert sum(sum_persons(found).values()) == pytest.approx(shares @ values.ravel(), rel=1e-4)


def test_the_raster_of_musterstadt_is_the_cells_of_musterstadt(tmp_path: Path) -> None:
    """Cell by cell, where no border crosses it."""
    folder = find_shipped("geodata/musterstadt")
    quarters = read_boundaries(
        QuartersFile(file=find_file("quartiere.geojson", folder=folder), key="quartier")
    ).quarters
    frames = []
    for order in (
        PopulationFile(raster=find_file("bevoelkerung.tif", folder=folder), age_group="0-6"),
        PopulationFile(cells=find_file("bevoelkerung_zellen.csv", folder=folder)),
    ):
        totals = read_totals(tmp_path)
        people = read_population(order, quarters=quarters, indicators=totals, specs=CATALOGUE.specs, year=2024)
        persons = people.population.persons
        assert persons["example"].all()
        young = persons[persons["age_group"].isin(["0-3", "3-6", "0-6"])].groupby("cell_id")["persons"].sum()
        where = people.population.cells.geometry[young[young > 0].index]
        frames.append(dict(zip(zip(where.x, where.y, strict=True), young[young > 0], strict=True)))
    raster, cells = frames
    shared = set(raster) & set(cells)
    assert len(shared) > 0.7 * len(cells)
    assert {at: raster[at] for at in shared} == {at: cells[at] for at in shared}


@pytest.mark.parametrize(
    ("stated", "causes"),
    [
        ({"values": np.zeros((3, 3))}, ["raster_empty"]),
        ({"values": np.ones((3, 3)), "bands": 2}, ["raster_bands"]),
        ({"values": np.ones((3, 3)), "west": 900_000}, ["raster_elsewhere"]),
        ({"values": np.ones((3, 3)), "crs": None}, ["no_crs"]),
        ({"values": np.full((3, 3), -2.0)}, ["negative_number"]),
    ],
)
def test_faults_of_rasters(tmp_path: Path, stated: dict[str, Any], causes: list[str]) -> None:
    assert find_causes(tmp_path, PopulationFile(raster=write_raster(tmp_path, **stated), age_group="0-6")) == causes


def test_a_raster_without_a_system_may_be_told_one(tmp_path: Path) -> None:
    file = write_raster(tmp_path, np.ones((3, 3)), crs=None)
    assert sum_persons(read(PopulationFile(raster=file, age_group="0-6", crs=CRS), read_totals(tmp_path))) == {
        ("01", "0-6"): 9.0
    }


def test_a_raster_that_is_too_fine(tmp_path: Path) -> None:
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": 1,
        "height": 10_000,
        "width": 20_000,
        "sparse_ok": True,
        "tiled": True,
    }
    with rasterio.open(
        tmp_path / "r.tif", "w", crs=CRS, transform=Affine(0.1, 0, WEST, 0, -0.1, SOUTH + 1000), **profile
    ):
        pass
    order = PopulationFile(raster=find_file("r.tif", folder=tmp_path), age_group="0-6")
    assert find_causes(tmp_path, order) == ["raster_too_fine"]


def test_a_broken_raster(tmp_path: Path) -> None:
    order = PopulationFile(raster=write(tmp_path, "r.tif", b"II*\0abc"), age_group="0-6")
    assert find_causes(tmp_path, order) == ["raster_broken"]


def test_totals_are_spread_evenly_and_estimated(tmp_path: Path) -> None:
    totals = "01,alter_0_3,2024,160,\n02,alter_0_3,2024,,geheim\n01,alter_3_6,2024,32,\n"
    found = read(PopulationFile(cell_metres=250), read_totals(tmp_path, totals))
    persons = found.population.persons
    assert {key: pytest.approx(value) for key, value in sum_persons(found).items()} == {
        ("01", "0-3"): 160.0,
        ("01", "3-6"): 32.0,
    }
    assert persons.groupby("age_group")["persons"].nunique().to_dict() == {"0-3": 1, "3-6": 1}
    assert set(persons["status"]) == {"estimated"}
    spread, unknown = found.notes
    assert spread.values == {"year": 2024, "metres": "250", "groups": ["0-3", "3-6"]}
    assert unknown.values["found"] == ["0-3 / 02", "3-6 / 02"]
    gaps = {target: find_gaps(found.population, target_group=target) for target in ("0-3", "3-6", "0-6")}
    assert gaps == {"0-3": {"02": "suppressed"}, "3-6": {"02": "missing"}, "0-6": {"02": "suppressed"}}


def test_without_totals_nothing_can_be_spread(tmp_path: Path) -> None:
    assert find_causes(tmp_path, PopulationFile(), "01,geborene,2024,3,\n") == ["no_totals_by_age"]
    assert find_causes(tmp_path, PopulationFile(), "01,alter_0_3,2023,3,\n") == ["no_totals_by_age"]
