"""Indicators from rasters: the mean by area, as an overlay of shapes finds it, and nothing read that is no value."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio import Affine

from sro_geo.compare.groups import measure_areas
from sro_geo.disclose.primary import suppress_small
from sro_geo.errors import DataError
from sro_geo.load.inputs import RasterFile
from sro_geo.load.reading import DataFile, find_file
from sro_geo.load.zones import LITTLE, read_rasters
from sro_geo.model.counts import NOBODY
from sro_geo.model.quarters import Quarters
from tests.load_data import CATALOGUE, CRS, SOUTH, WEST, make_quarters
from tests.unit.load.test_population import part_city

SEALED = CATALOGUE.specs["versiegelung"]
HEAT = replace(SEALED, code="hitze", unit="own", unit_text={"de": "°C", "en": "°C"}, denominator=NOBODY, signed=True)
SPECS = {**CATALOGUE.specs, "hitze": HEAT}
SIZE = 70.0
HOLE = 255


def lay(folder: Path, values: np.ndarray, *, west: float = WEST - 400, size: float = SIZE, **profile: Any) -> DataFile:
    """Raster whose upper left corner lies north-west of the squares."""
    height, width = values.shape
    told = {"count": 1, "crs": CRS, "height": height, "width": width, "dtype": values.dtype.name, **profile}
    transform = Affine(size, 0, west, 0, -size, SOUTH + 1300)
    with rasterio.open(folder / "r.tif", "w", driver="GTiff", transform=transform, **told) as raster:
        raster.write(values, 1)
    return find_file("r.tif", folder=folder)


def read(file: DataFile, quarters: Quarters | None = None, **stated: Any) -> Any:
    order = RasterFile(file=file, **{"indicator": "versiegelung", "year": 2024, **stated})
    return read_rasters(order, specs=SPECS, quarters=make_quarters() if quarters is None else quarters)


def make_values(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 100, (40, 50)).astype("uint8")


def find_cells(values: np.ndarray) -> np.ndarray:
    rows, columns = np.indices(values.shape)
    west, north = WEST - 400 + columns * SIZE, SOUTH + 1300 - rows * SIZE
    return np.asarray(shapely.box(west, north - SIZE, west + SIZE, north))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_value_is_the_mean_of_the_overlay(tmp_path: Path, seed: int) -> None:
    values, quarters = make_values(seed), part_city(seed)
    values[np.random.default_rng(seed).random(values.shape) < 0.02] = HOLE
    found = read(lay(tmp_path, values, nodata=HOLE), quarters).indicators.set_index("quarter_id")
    cells, known = find_cells(values), values != HOLE
    for key, shape in quarters.geometry.items():
        parts = shapely.area(shapely.intersection(cells, shape)) * known
        assert found.loc[key, "value"] == pytest.approx((parts * values).sum() / parts.sum(), rel=2e-5)
        assert found.loc[key, "denominator"] == round(parts.sum())
        assert found.loc[key, "numerator"] == pytest.approx((parts * values).sum() / 100, abs=1)


def test_the_mean_of_several_quarters_is_that_of_their_area(tmp_path: Path) -> None:
    values, quarters = make_values(3), part_city(3)
    for code, spec in (("versiegelung", SEALED), ("hitze", HEAT)):
        rows = read(lay(tmp_path, values), quarters, indicator=code).indicators
        found = measure_areas(rows, specs={code: spec}, year=2024, members={"city": list(quarters.index)})
        parts = shapely.area(shapely.intersection(find_cells(values), quarters.union_all()))
        assert found["value"].item() == pytest.approx((parts * values).sum() / parts.sum(), rel=2e-5)
        assert found["status"].item() == "observed"


def test_no_value_is_withheld_because_few_metres_look_like_few_persons(tmp_path: Path) -> None:
    values = np.zeros((300, 300), dtype="uint8")
    values[80, 80] = 2
    rows = read(lay(tmp_path, values, size=10.0)).indicators
    assert rows["numerator"].tolist() == [2, 0]
    shown, notes = suppress_small(rows, specs=SPECS, smallest=3)
    assert shown["value"].tolist() == rows["value"].tolist()
    assert not notes


def test_what_is_hardly_known_is_estimated_and_what_is_not_known_missing(tmp_path: Path) -> None:
    """The first square lies in the first 1,000 m; the raster ends in the second, or holds nothing of it."""
    west = WEST - 400
    for known, status in (
        (1000 * (1 - LITTLE) + 70, "observed"),
        (1000 * (1 - LITTLE) - 70, "estimated"),
        (0, "missing"),
    ):
        columns = round((WEST + 1000 + known - west) / 10)
        tables = read(lay(tmp_path, np.full((300, columns), 40, dtype="uint8"), size=10.0))
        assert tables.indicators["status"].tolist() == ["observed", status]
        causes = [note.cause for note in tables.notes]
        assert causes == ["raster_read", "raster_gaps" if status == "missing" else "raster_partly"]


def test_degrees_and_metres_find_the_same(tmp_path: Path) -> None:
    """A field that rises evenly to the north-east, on a grid in degrees, has its value at each quarter's middle."""
    quarters = make_quarters()
    west, south, east, north = quarters.to_crs(4326).total_bounds
    step = 0.0002
    lon, lat = np.arange(west - 0.002, east + 0.002, step), np.arange(north + 0.002, south - 0.002, -step)
    x, y = np.meshgrid(lon + step / 2, lat - step / 2)
    points = gpd.points_from_xy(x.ravel(), y.ravel(), crs=4326).to_crs(CRS)
    values = ((points.x - WEST) / 100 + (points.y - SOUTH) / 50).reshape(x.shape)
    profile = {"driver": "GTiff", "count": 1, "dtype": "float64", "crs": "EPSG:4326"}
    transform = Affine(step, 0, lon[0], 0, -step, lat[0])
    height, width = values.shape
    with rasterio.open(tmp_path / "r.tif", "w", height=height, width=width, transform=transform, **profile) as raster:
        raster.write(values, 1)
    found = read(find_file("r.tif", folder=tmp_path), indicator="hitze").indicators["value"]
    middle = quarters.geometry.centroid
    assert found.tolist() == pytest.approx(((middle.x - WEST) / 100 + (middle.y - SOUTH) / 50).tolist(), rel=2e-4)


def test_numbers_that_the_file_says_are_scaled_are_scaled(tmp_path: Path) -> None:
    """GDAL raster data model: a value is the number in the cell × scale + offset."""
    values = np.full((40, 50), 253, dtype="int16")
    values[12, 12] = 32767
    file = lay(tmp_path, values, nodata=32767)
    with rasterio.open(file.path, "r+") as raster:
        raster.scales, raster.offsets = (0.1,), (-5.0,)
    found = read(find_file("r.tif", folder=tmp_path), indicator="hitze").indicators
    assert found["value"].tolist() == pytest.approx([20.3, 20.3])


def test_shares_as_parts_of_one_are_read_as_said(tmp_path: Path) -> None:
    values = np.full((40, 50), 0.25, dtype="float32")
    with pytest.raises(DataError, match="raster_shares_ambiguous"):
        read(lay(tmp_path, values))
    for shares, value in (("0.12", 25.0), ("12", 0.25)):
        found = read(lay(tmp_path, values), shares=shares).indicators
        assert found["value"].tolist() == pytest.approx([value, value])


@pytest.mark.parametrize("asked", [{"share_of": [3, 7]}, {"share_above": 41.5}])
def test_a_share_of_classes_is_the_area_that_they_cover(tmp_path: Path, asked: dict[str, Any]) -> None:
    values, quarters = make_values(4), part_city(4)
    values[np.random.default_rng(4).random(values.shape) < 0.02] = HOLE
    found = read(lay(tmp_path, values, nodata=HOLE), quarters, **asked).indicators.set_index("quarter_id")
    chosen = np.isin(values, [3, 7]) if "share_of" in asked else values > 41.5
    cells, known = find_cells(values), values != HOLE
    for key, shape in quarters.geometry.items():
        parts = shapely.area(shapely.intersection(cells, shape)) * known
        assert found.loc[key, "value"] == pytest.approx(100 * parts[chosen].sum() / parts.sum(), abs=1e-3)
        assert found.loc[key, "numerator"] == pytest.approx(parts[chosen].sum(), abs=1)


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (255, "uint8", "versiegelung"),
        (-9999, "int16", "hitze"),
        (-9999, "float32", "hitze"),
        (-32768, "int16", "hitze"),
    ],
)
def test_a_number_that_may_be_no_value_is_asked_about(tmp_path: Path, number: float, kind: str, code: str) -> None:
    values = np.full((40, 50), 20, dtype=kind)
    values[12, 12] = number
    with pytest.raises(DataError, match="raster_mark"):
        read(lay(tmp_path, values), indicator=code)
    found = read(lay(tmp_path, values), indicator=code, nodata=[number]).indicators
    assert found["value"].tolist() == [20.0, 20.0]
    if code == "hitze":
        meant = read(lay(tmp_path, values), indicator=code, nodata=[]).indicators
        assert meant["value"].tolist() != [20.0, 20.0]


@pytest.mark.parametrize("number", [-1, 101, 254])
def test_no_cell_is_counted_that_the_unit_does_not_allow(tmp_path: Path, number: float) -> None:
    values = np.full((40, 50), 20, dtype="int16")
    values[12, 12] = number
    with pytest.raises(DataError, match="raster_beyond_unit"):
        read(lay(tmp_path, values))


def test_cells_beyond_the_city_are_no_reason_to_refuse(tmp_path: Path) -> None:
    values = np.full((40, 50), 20, dtype="int16")
    values[0, 0] = -1
    assert read(lay(tmp_path, values)).indicators["value"].tolist() == [20.0, 20.0]


def test_all_rasters_are_told_at_once(tmp_path: Path) -> None:
    file = lay(tmp_path, np.full((40, 50), HOLE, dtype="uint8"), nodata=HOLE)
    wrong = [
        ("alter_0_3", "raster_no_mean"),
        ("arbeitslose", "raster_counts_untold"),
        ("versiegelung", "raster_unknown"),
    ]
    orders = [RasterFile(file=file, indicator=code, year=2024) for code, _ in wrong]
    with pytest.raises(DataError) as error:
        read_rasters(orders, specs=SPECS, quarters=make_quarters())
    assert [problem.cause for problem in error.value.problems] == [cause for _, cause in wrong]
