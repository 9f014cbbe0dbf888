"""Whether boundaries lie where the place is: swapped axes and slips in a coordinate draw a city, but not this one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.errors import DataError
from sro_geo.load.telling import refuse, tell_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.load.inputs import QuartersFile

GERMANY = (5.8, 47.2, 15.1, 55.1)
"""West, south, east and north in degrees."""

NEAR_KILOMETRES = 50.0
"""Boundaries lie no farther from the point that the project names."""

_DEGREE_KILOMETRES = 111.2
_DEGREES = "EPSG:4326"


def surround(near: tuple[float, float]) -> tuple[float, float, float, float]:
    """Box of 50 km round a point of longitude and latitude, in degrees.

    Examples
    --------
    >>> [round(end, 2) for end in surround((12.1, 54.1))]
    [11.33, 53.65, 12.87, 54.55]
    """
    longitude, latitude = near
    up = NEAR_KILOMETRES / _DEGREE_KILOMETRES
    aside = up / math.cos(math.radians(latitude))
    return longitude - aside, latitude - up, longitude + aside, latitude + up


def swap_axes(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same shapes with the two coordinates of every point exchanged."""
    return frame.set_geometry(
        gpd.GeoSeries(
            shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1]), index=frame.index, crs=frame.crs
        )
    )


def check_location(frame: gpd.GeoDataFrame, order: QuartersFile) -> None:
    """Refuse boundaries that lie outside the box in which the place is looked for.

    Parameters
    ----------
    frame : GeoDataFrame
        Shapes in their own reference system; the index counts the features of the file.
    order : QuartersFile
        Its `box`; None looks for nothing.

    Raises
    ------
    DataError
        If all lie outside, with what would help; or with the rows of those that do.
    """
    if order.box is None:
        return
    outside = _find_outside(frame, order.box)
    if not outside.any():
        return
    if not outside.all():
        raise DataError(tell_rows(order.file.place, frame.index[outside], "quarters_far_off"))
    swapped = not order.swapped and not _find_outside(swap_axes(frame), order.box).any()
    ends = dict(zip(("west", "south", "east", "north"), order.box, strict=True))
    cause = "quarters_swapped" if swapped else "quarters_elsewhere"
    raise refuse(order.file.place, cause, crs=frame.crs.to_string(), **ends)


def _find_outside(frame: gpd.GeoDataFrame, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Features that do not lie wholly in the box; those without a shape are none."""
    bounds = frame.geometry.to_crs(_DEGREES).bounds.to_numpy(dtype=float)
    west, south, east, north = box
    within = (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
    there = ~(frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    return np.asarray(there & ~within, dtype=np.bool_)
