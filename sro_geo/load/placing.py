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
    from sro_geo.model.quarters import Quarters

NEAR_METRES = 5000.0
"""If no point lies this near to the city's box, the coordinates are wrong and not the offers far away."""


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
        cause = "points_swapped" if _is_near(swapped.to_crs(quarters.crs), quarters) else "points_outside"
        raise refuse(Place(file=file), cause, crs=there.crs.to_string())
    far = moved.distance(shapely.box(*quarters.total_bounds)).to_numpy() > FAR_METRES
    if far.any():
        most = int(FAR_METRES // 1000)
        raise DataError(tell_rows(Place(file=file), there.index[far], "points_far_off", most=most))
    return points.to_crs(quarters.crs)


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
