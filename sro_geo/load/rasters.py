"""Persons from a raster: each cell counts for the quarters that it lies in, by the area that it has in each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import numpy as np
import rasterio
import rasterio.errors
import rasterio.windows
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource

from sro_geo.load.beside import find_parts, set_aside
from sro_geo.load.keys import read_keys
from sro_geo.load.rawcells import RawCells
from sro_geo.load.reading import read_expected
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse, tell
from sro_geo.load.vectors import parse_crs
from sro_geo.model.status import OBSERVED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.load.inputs import PopulationFile
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


def read_raster(order: PopulationFile, *, quarters: Quarters) -> RawCells:
    """Inhabited cells of a raster in the city; one that a border crosses is divided by area (Baston 2023, exactextract).

    Raises
    ------
    DataError
        If it is no raster of one band with a reference system, or counts nobody in the city.

    Notes
    -----
    What of a cell lies outside all quarters counts for none and is noted. Whoever reads the cells' numbers as persons
    each in one place would give all of them to one side of the border.
    """
    file = cast("DataFile", order.raster)
    band, window, transform, crs = _read_band(file, order.crs, quarters=quarters)
    persons = np.ma.filled(band.astype("float64", copy=False), np.nan)
    np.copyto(persons, np.nan, where=persons == 0)
    right, down = int(window.col_off), int(window.row_off)
    shapes = shapely.transform(_lay_quarters(quarters, crs, ~transform), lambda xy: xy - (right, down))
    parts = _divide(persons, shapes)
    row, column = np.divmod(parts.cell, persons.shape[1])
    source = read_source(file)
    frame = gpd.GeoDataFrame(
        {
            "cell_id": _name_cells(row + down, column + right, parts.number),
            "persons": persons[row, column] * parts.share,
        },
        geometry=gpd.points_from_xy(*_apply(transform, parts.point[0] + right, parts.point[1] + down)),
        crs=crs,
    ).assign(
        age_group=order.age_group or "",
        stated_quarter="",
        status=OBSERVED,
        example=source.example,
        source=file.name,
        row=None,
    )
    if frame.empty:
        raise refuse(file.place, "raster_empty")
    beyond = [tell(file.place, "raster_beyond", count=parts.beyond)] if parts.beyond else []
    return RawCells(frame=frame, notes=tuple(beyond), source=source, keys=read_keys(None))


def _name_cells(row: NDArray[np.intp], column: NDArray[np.intp], number: NDArray[np.intp]) -> NDArray[np.object_]:
    """Row and column, and the quarter of a part: each number is written once, since there are millions of cells."""
    rows, columns, numbers = (range(int(at.max(initial=0)) + 1) for at in (row, column, number))
    first = np.array([f"{one}-" for one in rows], dtype=object)
    second = np.array([f"{one}" for one in columns], dtype=object)
    last = np.array(["", *(f"-{one}" for one in numbers[1:])], dtype=object)
    names: NDArray[np.object_] = first[row] + second[column] + last[number]
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Cells of a raster, those that a border crosses in parts.

    Attributes
    ----------
    cell : (n,) integers
        Place in the raster, row by row.
    share : (n,) floats
        Part of the cell's area.
    number : (n,) integers
        Which quarter the part lies in, counted from 1; 0 for a whole cell.
    point : tuple of two (n,) arrays
        Column and row, as decimals, of a point in it: its centre where it is whole.
    beyond : int
        Cells of which a part, or all, lies in no quarter.
    """

    cell: NDArray[np.intp]
    share: NDArray[np.float64]
    number: NDArray[np.intp]
    point: tuple[NDArray[np.float64], NDArray[np.float64]]
    beyond: int


def _lay_quarters(quarters: Quarters, crs: Any, back: rasterio.Affine) -> NDArray[np.object_]:
    """Quarters in columns and rows of the raster."""
    shapes = quarters.geometry
    if shapes.crs != crs:
        shapes = shapes.segmentize(EDGE_METRES).to_crs(crs)
    laid: NDArray[np.object_] = shapely.transform(shapes.to_numpy(), lambda xy: np.column_stack(_apply(back, *xy.T)))
    return laid


def _apply(
    affine: rasterio.Affine, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return affine.a * x + affine.b * y + affine.c, affine.d * x + affine.e * y + affine.f


def _divide(persons: NDArray[np.float64], shapes: NDArray[np.object_]) -> _Parts:
    """What of the cells that hold persons lies in quarters."""
    height, width = persons.shape
    up = shapely.transform(shapes, lambda xy: np.column_stack([xy[:, 0], height - xy[:, 1]]))
    features = [{"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": {}} for shape in up]
    raster = NumPyRasterSource(persons, 0, 0, width, height)
    found = [one["properties"] for one in exact_extract(raster, features, ["cell_id", "coverage"], output="geojson")]
    number = np.repeat(np.arange(len(found)), [len(one["cell_id"]) for one in found]) + 1
    cell = np.concatenate([one["cell_id"] for one in found]).astype(np.intp)
    share = np.concatenate([one["coverage"] for one in found])
    cell, share, number = (part[share > DUST] for part in (cell, share, number))
    covered = np.bincount(cell, share, minlength=persons.size)
    full = covered > 1 - DUST
    share = np.where(full[cell], share / covered[cell], share)  # its parts are exactly one again
    number[share > 1 - DUST] = 0
    return _Parts(
        cell=cell,
        share=share,
        number=number,
        point=_find_points(cell, number, shapes, width=width),
        beyond=int((~np.isnan(persons).ravel() & ~full).sum()),
    )


def _find_points(
    cell: NDArray[np.intp], number: NDArray[np.intp], shapes: NDArray[np.object_], *, width: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centres of whole cells, and of each part a point that lies in it."""
    row, column = (at.astype(float) for at in np.divmod(cell, width))
    x, y, parts = column + 0.5, row + 0.5, np.flatnonzero(number)
    boxes = shapely.box(column[parts], row[parts], column[parts] + 1, row[parts] + 1)
    points = shapely.point_on_surface(shapely.intersection(boxes, shapes[number[parts] - 1]))
    x[parts], y[parts] = shapely.get_x(points), shapely.get_y(points)
    return x, y


def _read_band(
    file: DataFile, stated: str | None, *, quarters: Quarters
) -> tuple[np.ma.MaskedArray, rasterio.windows.Window, rasterio.Affine, Any]:
    """Cells over the city, where they lie in the raster, and its reference system; read from a copy."""
    _, content = read_expected(file, ["tif"])
    suffix = file.path.suffix.lower()
    parts = find_parts(file, [f"{suffix}.aux.xml", f"{suffix}.msk", *WORLD_FILES])
    with set_aside(file, parts, content=content) as copy:
        try:
            with rasterio.open(copy, driver="GTiff") as raster:
                crs = raster.crs if raster.crs is not None else parse_crs(_need_crs(file, stated), file=file.name)
                window = _find_window(raster, quarters.to_crs(crs).total_bounds, file)
                return raster.read(1, window=window, masked=True), window, raster.transform, crs
        except rasterio.errors.RasterioError as error:
            raise refuse(file.place, "raster_broken", reason=str(error).replace(str(copy), file.name)) from error


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
        for at, size in zip(_apply(back, x, y), (raster.width, raster.height), strict=True)
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
