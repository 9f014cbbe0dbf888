"""How far each cell is from each offer, on foot along streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.access import FARTHEST, Access, find_access
from sro_geo.coverage.distance import HAIR, check_limit, is_invented, list_placed
from sro_geo.coverage.network import lay_joined, lay_network, lay_starts, search_sparse
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from sro_geo.coverage.network import Joined, Network, Pairs, Starts
    from sro_geo.model.offers import Offers
    from sro_geo.model.streets import Streets

_WORTH_COMPILING = 10_000_000
"""Offers times nodes from which on the compiled search is faster, its loading included."""


def measure_walking(
    cells: gpd.GeoDataFrame | Access,
    offers: Offers,
    streets: Streets,
    *,
    kind: str,
    limit_metres: float,
    farthest: float = FARTHEST,
) -> Reach:
    """Pairs of cell and offer within a distance walked along streets.

    Parameters
    ----------
    cells : GeoDataFrame or Access
        Index `cell_id`; points in metres, in the streets' CRS. Or where they meet the streets, if that is known.
    offers : Offers
        Points in the streets' CRS. Offers of another kind or without a point are left out; one farther than `farthest`
        from a street has no pair.
    streets : Streets
        Network.
    kind : str
        Kind of offer.
    limit_metres : float
        Longest walked distance that is kept (≤, a hair of 1e-9 of it included), in metres, over 0.
    farthest : float
        Metres from a street within which an offer is joined to it.

    Returns
    -------
    Reach
        Pairs ordered by cell, metres and offer. A distance is from the cell to the street, along it, and to the offer.

    Raises
    ------
    ValueError
        If a setting is out of range or the tables have different coordinate systems.

    Notes
    -----
    Laws: symmetric; the triangle inequality holds; no distance is shorter than the straight line; a larger limit only
    adds pairs; a further street only adds pairs or makes them shorter, as long as no point finds a nearer street.

    References
    ----------
    Dijkstra, E. (1959): A note on two problems in connexion with graphs. Numerische Mathematik 1.

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_walking, read_boundaries, read_offers, read_project
    >>> from sro_geo import read_streets
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> file = find_shipped("geodata/musterstadt/strassen.osm.pbf")
    >>> streets = read_streets(file, quarters=quarters, halo_metres=1000).streets
    >>> offers = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={}).offers
    >>> middles = quarters.set_geometry(quarters.representative_point()).loc[["08"]].rename_axis("cell_id")
    >>> pair = measure_walking(middles, offers, streets, kind="jugendarbeit", limit_metres=1000).pairs.iloc[0]
    >>> print(f"{pair['metres']:.0f} m on foot to {offers.loc[pair['offer_id'], 'name']}")
    252 m on foot to Jugendtreff Neue Heide
    """
    check_limit(limit_metres)
    here = cells if isinstance(cells, Access) else find_access(cells, streets)
    placed = list_placed(offers[offers["kind"] == kind])
    there = find_access(placed, streets, farthest=farthest)
    offer, cell, metres = _search(here, there, streets, most=limit_metres * (1 + HAIR))
    pairs = pd.DataFrame({"cell_id": here.ids[cell], "offer_id": there.ids[offer], "metres": metres})
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=here.ids,
        offer_ids=there.ids,
        pairs=pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
        example=streets.example or is_invented(offers, kind=kind),
    )


def _search(here: Access, there: Access, streets: Streets, *, most: float) -> Pairs:
    """Positions of offer and cell within a distance of each other, and the distance."""
    sources, cells = np.flatnonzero(there.edge >= 0), np.flatnonzero(here.edge >= 0)
    if not len(sources) or not len(cells):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    search = _choose_search(len(sources) * len(streets.nodes))
    starts, joined = lay_starts(there.choose(sources), streets), lay_joined(here.choose(cells), streets)
    offer, cell, metres = search(starts, lay_network(streets), joined, most)
    return sources[offer], cells[cell], metres


def _choose_search(numbers: int) -> Callable[[Starts, Network, Joined, float], Pairs]:
    """Compiled search where the work is worth the time to load it, and numba is there and can keep what it compiled.

    Both find the same, to the last bit.
    """
    if numbers < _WORTH_COMPILING:
        return search_sparse
    try:
        from sro_geo.coverage._kernels import search_compiled  # noqa: PLC0415  only where it pays
    except (ImportError, RuntimeError):
        return search_sparse
    return search_compiled
