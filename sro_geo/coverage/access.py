"""Where points meet the streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from sro_geo.model.streets import Streets

FARTHEST = 300.0
"""Metres from a street within which a point is joined to it; a point farther off walks nowhere."""

LEAST_METRES = 2000.0
"""Length of a part of the network that points are joined to; of smaller ones only the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Points on a street, each at the nearest place of it.

    Attributes
    ----------
    ids : Index
        Of the points.
    edge : ndarray of int, (n,)
        Piece of the network; -1 where none is near enough.
    along : ndarray of float, (n, 2)
        Metres on that piece to its first and to its second end.
    away : ndarray of float, (n,)
        Metres from the point to the street; infinite where no street is there at all.
    """

    ids: pd.Index
    edge: NDArray[np.int64]
    along: NDArray[np.float64]
    away: NDArray[np.float64]

    @property
    def far(self) -> pd.Index:
        """Points that no street is near enough to."""
        return self.ids[self.edge < 0]

    def choose(self, at: NDArray[np.intp]) -> Access:
        """Only the points at some positions."""
        return Access(ids=self.ids[at], edge=self.edge[at], along=self.along[at], away=self.away[at])


def find_access(points: gpd.GeoDataFrame, streets: Streets, *, farthest: float = FARTHEST) -> Access:
    """Nearest place on the streets for each point.

    Parameters
    ----------
    points : GeoDataFrame
        Points in the streets' CRS.
    streets : Streets
        Network. Points are joined to its largest part, and to others of at least `LEAST_METRES`: a path that nothing
        leads to takes nobody, the other bank of a river without a bridge does.
    farthest : float
        Metres; from a point farther off nobody walks.

    Raises
    ------
    ValueError
        If points and streets have different coordinate systems.

    Notes
    -----
    Of streets equally near the shorter piece counts, then the first. A piece longer than the straight line between its
    ends is walked at an even pace.
    """
    if points.crs != streets.crs:
        message = f"`points` must have the CRS of `streets`; got {points.crs} and {streets.crs}"
        raise ValueError(message)
    shapes = points.geometry.to_numpy()
    edge, away = np.full(len(shapes), -1), np.full(len(shapes), np.inf)
    along = np.zeros((len(shapes), 2))
    lines, number = _list_lines(streets)
    if len(shapes) and len(lines):
        at, piece, distance = _find_nearest(shapes, lines)
        away[at] = distance
        near = distance <= farthest
        at, piece = at[near], piece[near]
        metres = streets.metres[number[piece]]
        share = shapely.line_locate_point(lines[piece], shapes[at], normalized=True)
        edge[at] = number[piece]
        along[at] = np.column_stack([share, 1 - share]) * metres[:, None]
    return Access(ids=points.index, edge=edge, along=along, away=away)


def _list_lines(streets: Streets) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Pieces that points may be joined to, as lines, and their positions."""
    part = streets.component[streets.edges[:, 0]]
    length = np.bincount(part, weights=streets.metres)
    number = np.flatnonzero((part == 0) | (length[part] >= LEAST_METRES)) if len(part) else np.zeros(0, dtype=np.intp)
    return np.asarray(shapely.linestrings(streets.nodes[streets.edges[number]]), dtype=object), number


def _find_nearest(
    shapes: NDArray[np.object_], lines: NDArray[np.object_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Point, its nearest line (the first of equal ones) and the distance."""
    (at, piece), distance = shapely.STRtree(lines).query_nearest(shapes, return_distance=True)
    order = np.lexsort((piece, distance, at))
    at, piece, distance = at[order], piece[order], distance[order]
    first = np.flatnonzero(np.diff(at, prepend=-1))
    return at[first], piece[first], distance[first]
