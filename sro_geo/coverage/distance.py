"""How far each cell is from each offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from sro_geo.model.offers import Offers


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
        Longest walked distance that is kept (≤), in metres, over 0.
    detour_factor : float
        Walked metres ÷ straight metres, at least 1.
    barrier : GeoDataFrame or None
        Lines or areas that no way may touch, bridges cut out, in the same CRS. A pair whose straight line
        meets one is no pair, however near.

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
    Laws: a larger limit only adds pairs; a barrier only removes some; no walked distance is shorter than the
    straight line.

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
    chosen = offers[offers["kind"] == kind]
    placed = chosen[~(chosen.geometry.isna() | chosen.geometry.is_empty)]
    here, there = _list_points(cells), _list_points(placed)
    left, right, metres = _find_near(here, there, limit_metres=limit_metres, detour_factor=detour_factor)
    if barrier is not None:
        free = ~_meets(here[left], there[right], barrier)
        left, right, metres = left[free], right[free], metres[free]
    pairs = pd.DataFrame({"cell_id": cells.index[left], "offer_id": placed.index[right], "metres": metres})
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=cells.index,
        offer_ids=placed.index,
        pairs=pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
        example=bool(placed["example"].any()),
    )


def _check_settings(limit_metres: float, detour_factor: float) -> None:
    if not limit_metres > 0:
        message = f"`limit_metres` must be over 0; got {limit_metres}"
        raise ValueError(message)
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


def _find_near(
    here: NDArray[np.float64], there: NDArray[np.float64], *, limit_metres: float, detour_factor: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    if not len(here) or not len(there):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0)
    # A hair wider than the limit: dividing and multiplying again must not lose a pair that lies on it.
    radius = limit_metres / detour_factor * (1 + 1e-9)
    tree = shapely.STRtree(np.asarray(shapely.points(there)))
    left, right = tree.query(shapely.points(here), predicate="dwithin", distance=radius)
    metres = np.hypot(*(here[left] - there[right]).T) * detour_factor
    kept = metres <= limit_metres
    return left[kept], right[kept], metres[kept]


def _meets(start: NDArray[np.float64], end: NDArray[np.float64], barrier: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    lines = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))
    crossing = shapely.STRtree(barrier.geometry.to_numpy()).query(lines, predicate="intersects")[0]
    met = np.zeros(len(lines), dtype=np.bool_)
    met[crossing] = True
    return met
