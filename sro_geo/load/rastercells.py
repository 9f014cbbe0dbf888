"""Persons from a raster: each inhabited cell in the quarters that it lies in, in parts where a border crosses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.load.keys import read_keys
from sro_geo.load.rasters import DUST, apply_affine, extract, lay_quarters, read_band
from sro_geo.load.rawcells import RawCells
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse, tell
from sro_geo.model.status import OBSERVED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.load.inputs import PopulationFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters


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
    band = read_band(file, order.crs, quarters=quarters)
    persons, (right, down) = band.values, band.corner
    np.copyto(persons, np.nan, where=persons == 0)
    shapes = lay_quarters(quarters, band)
    parts = _divide(persons, shapes)
    row, column = np.divmod(parts.cell, persons.shape[1])
    source = read_source(file)
    frame = gpd.GeoDataFrame(
        {
            "cell_id": _name_cells(row + down, column + right, parts.number),
            "persons": persons[row, column] * parts.share,
        },
        geometry=gpd.points_from_xy(*apply_affine(band.transform, parts.point[0] + right, parts.point[1] + down)),
        crs=band.crs,
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


def _divide(persons: NDArray[np.float64], shapes: NDArray[np.object_]) -> _Parts:
    """What of the cells that hold persons lies in quarters."""
    found = extract(persons, shapes, ["cell_id", "coverage"])
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
        point=_find_points(cell, number, shapes, width=persons.shape[1]),
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
