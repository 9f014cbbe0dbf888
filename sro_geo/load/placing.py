"""Points put into quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.errors import DataError, Place
from sro_geo.load.telling import refuse, tell_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sro_geo.model.quarters import Quarters

NEAR_METRES = 5000.0
"""If no point lies this near to the city's box, the coordinates are wrong and not the offers far away."""

NEAR_DEGREES = 0.05

USUAL_SYSTEMS = (
    "EPSG:25832", "EPSG:25833", "EPSG:4647", "EPSG:5650", "EPSG:31466", "EPSG:31467", "EPSG:31468", "EPSG:31469", "EPSG:3857",
    "EPSG:4326",
)  # fmt: skip
"""What German offices write coordinates in: UTM zones 32 and 33, also with the zone before the easting, Gauß–Krüger, the web's."""

_DEGREES = "EPSG:4326"

FAR_METRES = 500_000.0
"""A point farther from the city's box is a slip in a coordinate, in whatever region the file was made."""


def bring_points(points: gpd.GeoSeries, *, quarters: Quarters, file: str) -> gpd.GeoSeries:
    """Points in the quarters' reference system.

    Raises
    ------
    DataError
        If no point lies in or near the city, or if points lie nowhere at all or far away from all others.
    """
    there = points[~(points.isna() | points.is_empty)]
    if there.empty:
        return points.to_crs(quarters.crs)
    moved = there.to_crs(quarters.crs)
    finite = np.isfinite(moved.bounds.to_numpy()).all(axis=1)
    if finite.any() and not finite.all():
        raise DataError(tell_rows(Place(file=file), there.index[~finite], "coordinates_not_finite"))
    if not _is_near(moved, quarters):
        swapped = there.set_crs(there.crs).to_frame("geometry").set_geometry("geometry").geometry
        swapped = gpd.GeoSeries(
            shapely.transform(swapped.to_numpy(), lambda xy: xy[:, ::-1]), index=there.index, crs=there.crs
        )
        crs = there.crs.to_string()
        if _is_near(swapped.to_crs(quarters.crs), quarters):
            raise refuse(Place(file=file), "points_swapped", crs=crs)
        fits = list_fitting(there, bounds=quarters.geometry.to_crs(_DEGREES).total_bounds)
        if len(fits) == 1:
            raise refuse(Place(file=file), "points_outside_fit", crs=crs, fits=fits[0])
        raise refuse(Place(file=file), "points_outside", crs=crs)
    far = moved.distance(shapely.box(*quarters.total_bounds)).to_numpy() > FAR_METRES
    if far.any():
        most = int(FAR_METRES // 1000)
        raise DataError(tell_rows(Place(file=file), there.index[far], "points_far_off", most=most))
    return points.to_crs(quarters.crs)


def list_fitting(points: gpd.GeoSeries, *, bounds: Sequence[float] | NDArray[np.float64]) -> list[str]:
    """Usual reference systems in which every point lies in the city or near it.

    Parameters
    ----------
    points : GeoSeries
        In whatever system they are said to be.
    bounds : sequence of four floats
        West, south, east and north of the city in degrees.
    """
    there = points[~(points.isna() | points.is_empty)]
    box = shapely.box(*bounds).buffer(NEAR_DEGREES)
    found = []
    for system in USUAL_SYSTEMS if len(there) else ():
        moved = there.set_crs(system, allow_override=True).to_crs(_DEGREES).to_numpy()
        if shapely.intersects(box, moved).all():
            found.append(system)
    return found


def find_quarters(points: gpd.GeoSeries, *, quarters: Quarters) -> pd.Series:
    """Quarter that each point lies in, on the points' index; missing outside and where there is no point.

    A point on a common border belongs to the quarter that comes first in the order of keys.
    """
    shapes = quarters.geometry.to_numpy()
    where, which = shapely.STRtree(shapes).query(points.to_numpy(), predicate="intersects")
    hits = pd.Series(which).groupby(where).min()
    ids = pd.Series(None, index=points.index, dtype="object")
    ids.iloc[hits.index.to_numpy()] = quarters.index.to_numpy()[hits.to_numpy()]
    return ids


def _is_near(points: gpd.GeoSeries, quarters: Quarters) -> bool:
    west, south, east, north = quarters.total_bounds
    box = shapely.box(west - NEAR_METRES, south - NEAR_METRES, east + NEAR_METRES, north + NEAR_METRES)
    return bool(shapely.intersects(box, points.to_numpy()).any())
