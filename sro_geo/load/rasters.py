"""Persons from a raster: each cell counts where its centre lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import numpy as np
import rasterio
import rasterio.errors
import rasterio.windows

from sro_geo.load.beside import find_parts, set_aside
from sro_geo.load.keys import Keys, read_keys
from sro_geo.load.reading import expect_type
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse
from sro_geo.load.vectors import parse_crs
from sro_geo.model.status import OBSERVED

if TYPE_CHECKING:
    from sro_geo.errors import Problem
    from sro_geo.load.inputs import PopulationFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

MOST_CELLS = 20_000_000
"""More cells over the city than this are refused before they are read."""

WORLD_FILES = (".tfw", ".tifw", ".wld")
"""Beside a raster that does not say itself where it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCells:
    """Cells as read, not put into quarters yet.

    Attributes
    ----------
    frame : GeoDataFrame
        cell_id, age_group, persons, stated_quarter (may be empty), status, example, source, row, geometry.
    notes : tuple of Problem
        What was decided on the way.
    source : Source
        The file's provenance.
    keys : Keys
        Key table of the stated quarters.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    source: Source
    keys: Keys


def read_raster(order: PopulationFile, *, quarters: Quarters) -> RawCells:
    """Inhabited cells of a raster in and around the city.

    Raises
    ------
    DataError
        If it is no raster of one band with a reference system, or counts nobody in the city.
    """
    file = cast("DataFile", order.raster)
    band, window, transform, crs = _read_band(file, order.crs, quarters=quarters)
    persons = np.ma.filled(band.astype("float64"), np.nan)
    rows, columns = np.nonzero(~np.isnan(persons) & (persons != 0))
    down, right = rows + int(window.row_off), columns + int(window.col_off)
    x = transform.a * (right + 0.5) + transform.b * (down + 0.5) + transform.c
    y = transform.d * (right + 0.5) + transform.e * (down + 0.5) + transform.f
    ids = [f"{row}-{column}" for row, column in zip(down, right, strict=True)]
    source = read_source(file)
    frame = gpd.GeoDataFrame(
        {"cell_id": ids, "persons": persons[rows, columns]},
        geometry=gpd.points_from_xy(x, y),
        crs=crs,
        index=range(len(ids)),
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
    return RawCells(frame=frame, notes=(), source=source, keys=read_keys(None))


def _read_band(
    file: DataFile, stated: str | None, *, quarters: Quarters
) -> tuple[np.ma.MaskedArray, rasterio.windows.Window, rasterio.Affine, Any]:
    """Cells over the city, where they lie in the raster, and its reference system; read from a copy."""
    expect_type(file, ["tif"])
    suffix = file.path.suffix.lower()
    parts = find_parts(file, [f"{suffix}.aux.xml", f"{suffix}.msk", *WORLD_FILES])
    with set_aside(file, parts) as copy:
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
    spans = (
        (back.a * x + back.b * y + back.c, raster.width),
        (back.d * x + back.e * y + back.f, raster.height),
    )
    (left, right), (top, bottom) = (
        # One cell more on each side: the box of a curved edge is a little too small.
        (max(0, math.floor(at.min()) - 1), min(size, math.ceil(at.max()) + 1))
        for at, size in spans
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
