"""How far each cell is from each offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from sro_geo.coverage.around import find_ways
from sro_geo.coverage.obstacles import find_cut, find_wet, lay_obstacles, place_spots
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from sro_geo.model.offers import Offers

HAIR = 1e-9
"""Relative difference between two distances that counts as none."""


def measure_straight(
    cells: gpd.GeoDataFrame,
    offers: Offers,
    *,
    kind: str,
    limit_metres: float,
    detour_factor: float,
    barrier: gpd.GeoDataFrame | None,
) -> Reach:
    """Pairs of cell and offer within a walked distance, estimated from the straight line.

    Parameters
    ----------
    cells : GeoDataFrame
        Index `cell_id`; points in metres.
    offers : Offers
        Points in the same CRS. Offers of another kind or without a point are left out.
    kind : str
        Kind of offer.
    limit_metres : float
        Longest walked distance that is kept (≤, a hair of 1e-9 of it included), in metres, over 0.
    detour_factor : float
        Walked metres ÷ straight metres, at least 1.
    barrier : GeoDataFrame or None
        Lines or areas that no way may cross, in the same CRS; their gaps are the bridges. Where one lies across the
        straight line, the shortest way round it counts. Touching a bank or an end crosses nothing.

    Returns
    -------
    Reach
        Pairs ordered by cell, metres and offer.

    Raises
    ------
    ValueError
        If a setting is out of range or the tables have different coordinate systems.

    Notes
    -----
    Laws: a larger limit only adds pairs; a barrier only removes some or makes them longer; no walked distance is
    shorter than the straight line.

    References
    ----------
    Leutenegger, S., Lopez, M., Edgington, J. (1997): STR: a simple and efficient algorithm for R-tree packing.
    Boscoe, F., Henry, K., Zdeb, M. (2012): A nationwide comparison of driving distance versus straight-line
    distance to hospitals. The Professional Geographer 64 (the detour factor).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_straight, read_boundaries, read_offers, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> offers = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={}).offers
    >>> middles = quarters.set_geometry(quarters.representative_point()).loc[["08"]].rename_axis("cell_id")
    >>> way = {"limit_metres": 1000, "detour_factor": 1.3, "barrier": None}
    >>> pair = measure_straight(middles, offers, kind="jugendarbeit", **way).pairs.iloc[0]
    >>> print(f"{pair['metres']:.0f} m on foot to {offers.loc[pair['offer_id'], 'name']}")
    221 m on foot to Jugendtreff Neue Heide
    """
    _check_settings(limit_metres, detour_factor)
    _check_systems(cells, offers, barrier)
    placed = list_placed(offers[offers["kind"] == kind])
    # A hair wider than the limit: dividing and multiplying must not lose a pair that lies on it.
    radius = limit_metres / detour_factor * (1 + HAIR)
    tree = shapely.STRtree(placed.geometry.to_numpy())
    left, right = tree.query(cells.geometry.to_numpy(), predicate="dwithin", distance=radius)
    here, there = _list_points(cells)[left], _list_points(placed)[right]
    ways = np.hypot(*(here - there).T)
    if barrier is not None:
        points = np.concatenate([_list_points(cells), _list_points(placed)])
        ways = _go_round(points, left, len(cells) + right, barrier=barrier, limit=radius)
    kept = ways * detour_factor <= limit_metres * (1 + HAIR)
    positions, metres = (left[kept], right[kept]), ways[kept] * detour_factor
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=cells.index,
        offer_ids=placed.index,
        pairs=lay_pairs(cells.index, placed.index, positions, metres),
        example=is_invented(offers, kind=kind),
    )


def lay_pairs(
    cells: pd.Index, offers: pd.Index, positions: tuple[NDArray[np.intp], NDArray[np.intp]], metres: NDArray[np.float64]
) -> pd.DataFrame:
    """Pairs of a reach from the positions of cell and offer: ordered by cell, metres and offer.

    Ids are compared once each, and not in every pair.
    """
    ranks = []
    for ids, at in zip((cells, offers), positions, strict=True):
        rank = np.empty(len(ids), dtype=np.min_scalar_type(len(ids)))  # short numbers are sorted by their digits
        rank[np.argsort(ids)] = np.arange(len(ids))
        ranks.append(rank[at])
    order = np.lexsort((ranks[1], metres, ranks[0]))
    cell, offer = (at[order] for at in positions)
    return pd.DataFrame({"cell_id": cells[cell], "offer_id": offers[offer], "metres": metres[order]})


def list_placed(offers: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Offers that have a point."""
    return offers[~(offers.geometry.isna() | offers.geometry.is_empty)]


def check_limit(limit_metres: float) -> None:
    """Refuse a limit that nobody could be within.

    Raises
    ------
    ValueError
        If it isn't over 0.
    """
    if not limit_metres > 0:
        message = f"`limit_metres` must be over 0; got {limit_metres}"
        raise ValueError(message)


def is_invented(offers: Offers, *, kind: str) -> bool:
    """Whether offers of a kind are invented; where there are none, whether any of the table are: that it has none is."""
    own = offers["kind"] == kind
    return bool(offers.loc[own if own.any() else offers.index, "example"].any())


def _check_settings(limit_metres: float, detour_factor: float) -> None:
    check_limit(limit_metres)
    if not detour_factor >= 1:
        message = f"`detour_factor` must be at least 1; got {detour_factor}"
        raise ValueError(message)


def _check_systems(cells: gpd.GeoDataFrame, offers: gpd.GeoDataFrame, barrier: gpd.GeoDataFrame | None) -> None:
    for name, table in (("offers", offers), ("barrier", barrier)):
        if table is not None and table.crs != cells.crs:
            message = f"`{name}` must have the CRS of `cells`; got {table.crs} and {cells.crs}"
            raise ValueError(message)


def _list_points(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    shapes = table.geometry.to_numpy()
    return np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])


def _go_round(
    points: NDArray[np.float64],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
    *,
    barrier: gpd.GeoDataFrame,
    limit: float,
) -> NDArray[np.float64]:
    """Metres by pair: straight where nothing lies across, else round it; infinite where no way is within the limit."""
    obstacles = lay_obstacles(barrier)
    spots = place_spots(obstacles, points)
    start, end = len(obstacles.corners) + left, len(obstacles.corners) + right
    here, there = points[left], points[right]
    metres: NDArray[np.float64] = np.hypot(*(here - there).T)
    cut = find_cut(obstacles, spots, start, end) | ((metres > 0) & find_wet(obstacles, (here + there) / 2))
    metres[cut] = find_ways(obstacles, spots, start=start[cut], end=end[cut], limit=limit)
    return metres
