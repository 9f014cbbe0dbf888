"""Fewer points that still lie everywhere, where a search among all would take too long."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_GROWTH, _LEAST = 1.05, 1.0
"""Squares grow by so much until few enough hold a point, and have a side of so many metres at least."""


def thin_points(points: gpd.GeoSeries, *, most: int) -> gpd.GeoSeries:
    """Points that lie as evenly as all of them: of each square of a grid the one nearest its middle; all where these are few.

    Parameters
    ----------
    points : GeoSeries
        Points in metres.
    most : int
        So many are kept at most, at least 1.

    Returns
    -------
    GeoSeries
        Those kept, in their order.

    Notes
    -----
    Law: every point has a kept one in its own square. The squares begin at the origin of the coordinates, so that the order of the
    points does not matter.
    """
    if len(points) <= most:
        return points
    shapes = points.to_numpy()
    spots = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
    wide, high = np.ptp(spots, axis=0)
    side = max(math.sqrt(wide * high / most) / 2, max(wide, high) / most, _LEAST)  # on a line, as many as it is long
    while len(np.unique(squares := np.floor(spots / side), axis=0)) > most:
        side *= _GROWTH
    away = np.hypot(*(spots - (squares + 0.5) * side).T)
    frame = pd.DataFrame({"east": squares[:, 0], "north": squares[:, 1], "away": away, "id": points.index})
    nearest = frame.sort_values(["away", "id"], kind="stable").drop_duplicates(["east", "north"]).index
    return points.iloc[np.sort(nearest.to_numpy())]


def gather_persons(persons: pd.Series, points: gpd.GeoSeries, *, kept: gpd.GeoSeries) -> pd.Series:
    """Persons of all points at the nearest of those kept.

    Parameters
    ----------
    persons : Series
        By point.
    points, kept : GeoSeries
        All points, in metres, and some of them.

    Returns
    -------
    Series
        On the index of `kept`.

    Notes
    -----
    Law: nobody is lost.

    References
    ----------
    Hillsman, E., Rhoda, R. (1978): Errors in measuring distances from populations to service centers. Annals of Regional
    Science 12 (what gathering does to the ways).
    """
    at: NDArray[np.intp] = shapely.STRtree(kept.to_numpy()).nearest(points.to_numpy())
    sums: pd.Series = persons.loc[points.index].groupby(kept.index[at]).sum()
    return sums.reindex(kept.index, fill_value=0.0)
