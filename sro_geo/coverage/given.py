"""How far each cell is from each offer, as a table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.coverage.distance import HAIR, check_limit, is_invented, list_placed
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    import geopandas as gpd

    from sro_geo.model.distances import Distances
    from sro_geo.model.offers import Offers


def choose_given(
    cells: gpd.GeoDataFrame, offers: Offers, distances: Distances, *, kind: str, limit_metres: float
) -> Reach:
    """Pairs of cell and offer within a distance, of those that a table names.

    Parameters
    ----------
    cells : GeoDataFrame
        Index `cell_id`, column quarter_id.
    offers : Offers
        Offers of another kind or without a point are left out.
    distances : Distances
        What the table says.
    kind : str
        Kind of offer.
    limit_metres : float
        Longest distance that is kept (≤, a hair of 1e-9 of it included), in metres, over 0.

    Raises
    ------
    ValueError
        If the limit isn't over 0.

    Notes
    -----
    A pair that the table doesn't name isn't reached. Law: a larger limit only adds pairs.
    """
    check_limit(limit_metres)
    placed = list_placed(offers[offers["kind"] == kind])
    pairs = distances.pairs
    near = pairs[pairs["offer_id"].isin(placed.index) & (pairs["metres"] <= limit_metres * (1 + HAIR))]
    if distances.place == "cell_id":
        own = near[near["cell_id"].isin(cells.index)]
    else:
        own = cells[["quarter_id"]].rename_axis("cell_id").reset_index().merge(near, on="quarter_id")
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=cells.index,
        offer_ids=placed.index,
        pairs=own[["cell_id", "offer_id", "metres"]].sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
        example=distances.example or is_invented(offers, kind=kind),
    )
