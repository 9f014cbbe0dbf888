"""Barriers as edges and corners, and the straight lines that they cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

GRID = 2.0**-10
"""Barriers are laid out on a grid of about a millimetre. Ends that a drawing leaves a hair apart meet on it, and on
it the side of a line that a point lies on is exact in plain floats."""

BANK = 2 * GRID
"""What is no farther from a barrier than this, in metres, lies on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """Barriers that meet at corners only.

    Attributes
    ----------
    corners : array of (n, 2) float
        Ends of the edges on the grid, in metres.
    given : array of (n, 2) float
        The same corners as the file gives them: lengths are measured between these.
    edges : array of (m, 2) int
        Corners at both ends of each edge; rings of areas are edges, too.
    tree : STRtree
        The edges.
    inside : Geometry
        What lies inside areas, farther from their edges than `BANK`; empty where there are lines only.
    """

    corners: NDArray[np.float64]
    given: NDArray[np.float64]
    edges: NDArray[np.intp]
    tree: shapely.STRtree
    inside: shapely.Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Points that ways begin, turn or end at: all corners of the barriers, then others.

    Attributes
    ----------
    grid, given : array of (n, 2) float
        On the grid, and as given.
    on : array of int
        Number of the spot × number of edges + edge, for every edge that a spot lies on; sorted.
    """

    grid: NDArray[np.float64]
    given: NDArray[np.float64]
    on: NDArray[np.intp]


def lay_obstacles(barrier: gpd.GeoDataFrame) -> Obstacles:
    """Edges and corners of lines and areas; points are no obstacle."""
    shapes = _list_parts(shapely.make_valid(_list_parts(barrier.geometry.to_numpy())))
    dimension = shapely.get_dimensions(shapes)
    areas = shapely.union_all(shapes[dimension == 2], grid_size=GRID)  # noqa: PLR2004  an area has two dimensions
    drawn = shapely.union_all([shapely.boundary(areas), *shapes[dimension == 1]], grid_size=GRID)
    points, line = shapely.get_coordinates(_list_parts(np.array([drawn])), return_index=True)
    corners, number = np.unique(points, axis=0, return_inverse=True)
    joined = np.flatnonzero(line[1:] == line[:-1])
    pairs = np.sort(np.column_stack([number[joined], number[joined + 1]]), axis=1)
    edges = np.unique(pairs, axis=0).astype(np.intp)
    inside = shapely.buffer(areas, -BANK)
    shapely.prepare(inside)
    return Obstacles(
        corners=corners,
        given=_find_given(corners, shapely.get_coordinates(shapes)),
        edges=edges,
        tree=shapely.STRtree(_draw(corners[edges[:, 0]], corners[edges[:, 1]])),
        inside=inside,
    )


def _list_parts(shapes: NDArray[Any]) -> NDArray[Any]:
    """Single points, lines and areas, out of collections however deep."""
    while (shapely.get_type_id(shapes) > shapely.GeometryType.POLYGON).any():
        shapes = shapely.get_parts(shapes)
    return shapes[~shapely.is_empty(shapes)]


def _find_given(corners: NDArray[np.float64], given: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coordinates of the file for each corner; where lines cross there are none, and the corner stays."""
    found = corners.copy()
    if len(corners):
        at, source = shapely.STRtree(np.asarray(shapely.points(given))).query_nearest(
            shapely.points(corners), max_distance=BANK, all_matches=False
        )
        found[at] = given[source]
    return found


def _draw(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[Any]:
    return np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))


def place_spots(obstacles: Obstacles, points: NDArray[np.float64]) -> Spots:
    """All corners and then the points, with the edges that they lie on."""
    edges, first = obstacles.edges, len(obstacles.corners)
    grid = np.round(points / GRID) * GRID
    spot, edge = obstacles.tree.query(shapely.points(grid), predicate="dwithin", distance=BANK)
    ends = edges.ravel() * len(edges) + np.repeat(np.arange(len(edges)), 2)
    return Spots(
        grid=np.concatenate([obstacles.corners, grid]),
        given=np.concatenate([obstacles.given, points]),
        on=np.sort(np.concatenate([ends, (first + spot) * len(edges) + edge])),
    )


def find_cut(obstacles: Obstacles, spots: Spots, start: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether something lies across the straight line between two spots.

    Touching counts: a line that only grazes a corner is two lines that meet there. An edge that one of both spots lies
    on is not across.
    """
    count = len(obstacles.edges)
    line, edge = obstacles.tree.query(_draw(spots.grid[start], spots.grid[end]), predicate="intersects")
    across = ~(_is_in(start[line] * count + edge, spots.on) | _is_in(end[line] * count + edge, spots.on))
    cut = np.zeros(len(start), dtype=np.bool_)
    cut[line[across]] = True
    return cut


def find_along(
    obstacles: Obstacles, spots: Spots, spot: NDArray[np.intp], corner: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Whether a spot lies on an edge that ends at a corner."""
    edges, count = obstacles.edges, len(obstacles.corners)
    owner, edge = np.divmod(spots.on, max(len(edges), 1))
    known = np.sort((owner[:, None] * count + edges[edge]).ravel())
    return _is_in(spot * count + corner, known)


def find_wet(obstacles: Obstacles, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether points lie inside an area, off its banks."""
    return np.asarray(shapely.contains_xy(obstacles.inside, points), dtype=np.bool_)


def _is_in(keys: NDArray[np.intp], known: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether each key is among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: NDArray[np.bool_] = known[place] == keys
    return found
