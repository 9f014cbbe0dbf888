"""Rasters: each cell counts for the quarters that it lies in, by the area that it has in each."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
import rasterio.errors
import rasterio.windows
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from rasterio.enums import MaskFlags

from sro_geo.load.beside import find_parts, set_aside
from sro_geo.load.reading import read_expected
from sro_geo.load.telling import refuse
from sro_geo.load.vectors import parse_crs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters

MOST_CELLS = 20_000_000
"""More cells over the city than this are refused before they are read."""

DUST = 1e-6
"""Shares of a cell are known to this: a smaller one is none, and what lacks so little to a whole is one."""

EDGE_METRES = 100.0
"""Edges of quarters are brought into the raster's system by points this far apart: what is straight here is bent there."""

WORLD_FILES = (".tfw", ".tifw", ".wld")
"""Beside a raster that does not say itself where it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """What a raster holds in each quarter, in their order.

    Attributes
    ----------
    sums : (n,) floats
        Values of its cells, or those that count, each by the part of the cell that lies in the quarter; 0 where none is known.
    cells : (n,) floats
        Cells whose value is known, in parts.
    known : (n,) floats
        Part of the quarter's area that they cover.
    least, most : float
        Smallest and largest value of a cell that touches the city; missing where none is known.
    limits : tuple of float
        Smallest and largest number that the file can hold: programs write them for "not known".
    """

    sums: NDArray[np.float64]
    cells: NDArray[np.float64]
    known: NDArray[np.float64]
    least: float
    most: float
    limits: tuple[float, float]


def sum_zones(
    file: DataFile,
    crs: str | None,
    *,
    quarters: Quarters,
    nodata: Sequence[float] = (),
    choose: Callable[[NDArray[np.float64]], NDArray[np.bool_]] | None = None,
) -> Zones:
    """Zonal sums of a raster (Baston 2023, exactextract): a cell that a border crosses counts by area on both sides.

    Parameters
    ----------
    file : DataFile
        GeoTIFF of one band.
    crs : str or None
        Reference system, where the file states none.
    quarters : Quarters
        The zones.
    nodata : sequence of float
        Values that mean "not known", beside the one that the file itself marks.
    choose : callable or None
        Which values count, each as 1, all others as 0; None: every cell counts as its own value.

    Raises
    ------
    DataError
        If it is no raster of one band with a reference system, or lies elsewhere.
    """
    band = read_band(file, crs, quarters=quarters)
    np.copyto(band.values, np.nan, where=np.isinf(band.values))
    for unknown in nodata:
        np.copyto(band.values, np.nan, where=band.values == unknown)
    shapes = lay_quarters(quarters, band)
    told = extract(band.values, shapes, ["sum", "count", "min", "max"])
    sums, cells = (np.array([zone[what] for zone in told], dtype=float) for what in ("sum", "count"))
    ends = {what: [zone[what] for zone in told if zone["count"] > 0] for what in ("min", "max")}
    if choose is not None:
        chosen = np.where(np.isnan(band.values), np.nan, choose(band.values))
        sums = np.array([zone["sum"] for zone in extract(chosen, shapes, ["sum"])], dtype=float)
    return Zones(
        sums=np.where(cells > 0, sums, 0.0),
        cells=cells,
        known=np.where(cells > (1 - DUST) * shapely.area(shapes), 1.0, cells / shapely.area(shapes)),
        least=float(min(ends["min"], default=np.nan)),
        most=float(max(ends["max"], default=np.nan)),
        limits=band.limits,
    )


def extract(values: NDArray[np.float64], shapes: NDArray[np.object_], wanted: list[str]) -> list[dict[str, Any]]:
    """What exactextract tells of each shape, which lies in columns and rows of the values."""
    height, width = values.shape
    up = shapely.transform(shapes, lambda xy: np.column_stack([xy[:, 0], height - xy[:, 1]]))
    features = [{"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": {}} for shape in up]
    raster = NumPyRasterSource(values, 0, 0, width, height)
    return [one["properties"] for one in exact_extract(raster, features, wanted, output="geojson")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Cells over the city.

    Attributes
    ----------
    values : (rows, columns) floats
        Missing where nothing is known.
    corner : tuple of int
        Column and row of the first one in the raster.
    transform, crs : Affine, reference system
        How the raster lies.
    limits : tuple of float
        Smallest and largest number that it can hold.
    """

    values: NDArray[np.float64]
    corner: tuple[int, int]
    transform: rasterio.Affine
    crs: Any
    limits: tuple[float, float]


def lay_quarters(quarters: Quarters, band: Band) -> NDArray[np.object_]:
    """Quarters in columns and rows of what was read of the raster."""
    shapes, back = quarters.geometry, ~band.transform
    if shapes.crs != band.crs:
        shapes = shapes.segmentize(EDGE_METRES).to_crs(band.crs)
    laid: NDArray[np.object_] = shapely.transform(
        shapes.to_numpy(), lambda xy: np.column_stack(apply_affine(back, *xy.T)) - band.corner
    )
    return laid


def apply_affine(
    affine: rasterio.Affine, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points that an affine map makes of points."""
    return affine.a * x + affine.b * y + affine.c, affine.d * x + affine.e * y + affine.f


def read_band(file: DataFile, stated: str | None, *, quarters: Quarters) -> Band:
    """Cells over the city, read from a copy."""
    _, content = read_expected(file, ["tif"])
    suffix = file.path.suffix.lower()
    parts = find_parts(file, [f"{suffix}.aux.xml", f"{suffix}.msk", *WORLD_FILES])
    with set_aside(file, parts, content=content) as copy:
        try:
            with _open(copy) as raster:
                if raster.transform.is_identity:
                    raise refuse(file.place, "raster_unplaced")
                crs = raster.crs if raster.crs is not None else parse_crs(_need_crs(file, stated), file=file.name)
                window = _find_window(raster, quarters.to_crs(crs).total_bounds, file)
                whole = raster.mask_flag_enums[0] == [MaskFlags.all_valid]
                found = raster.read(1, window=window, masked=not whole)
                kind = (np.finfo if found.dtype.kind == "f" else np.iinfo)(found.dtype)
                scale, offset = raster.scales[0], raster.offsets[0]
                values = np.ma.filled(found.astype("float64", copy=False), np.nan)
                if (scale, offset) != (1.0, 0.0):  # 253 stands for 25.3
                    values = values * scale + offset
                return Band(
                    values=values,
                    corner=(int(window.col_off), int(window.row_off)),
                    transform=raster.transform,
                    crs=crs,
                    limits=(float(kind.min) * scale + offset, float(kind.max) * scale + offset),
                )
        except rasterio.errors.RasterioError as error:
            raise refuse(file.place, "raster_broken", reason=str(error).replace(str(copy), file.name)) from error


def _open(path: Path) -> rasterio.DatasetReader:
    """Raster; one that does not say where it lies is no cause for a remark in English."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        return rasterio.open(path, driver="GTiff")


def _find_window(raster: rasterio.DatasetReader, bounds: np.ndarray, file: DataFile) -> rasterio.windows.Window:
    """Cells over the city's box, as whole numbers."""
    if raster.count != 1:
        raise refuse(file.place, "raster_bands", count=raster.count)
    west, south, east, north = bounds
    back = ~raster.transform
    x, y = np.array([west, east, east, west]), np.array([south, south, north, north])
    (left, right), (top, bottom) = (
        # One cell more on each side: the box of a curved edge is a little too small.
        (max(0, math.floor(at.min()) - 1), min(size, math.ceil(at.max()) + 1))
        for at, size in zip(apply_affine(back, x, y), (raster.width, raster.height), strict=True)
    )
    if left >= right or top >= bottom:
        raise refuse(file.place, "raster_elsewhere")
    if (right - left) * (bottom - top) > MOST_CELLS:
        raise refuse(file.place, "raster_too_fine", most=MOST_CELLS // 1_000_000)
    return rasterio.windows.Window(left, top, right - left, bottom - top)


def _need_crs(file: DataFile, stated: str | None) -> str:
    if stated is None:
        raise refuse(file.place, "no_crs")
    return stated
