"""How far each cell is from each offer, on foot along streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.coverage.access import FARTHEST, Access, find_access
from sro_geo.coverage.distance import HAIR, check_limit, is_invented, lay_pairs, list_placed
from sro_geo.coverage.tiles import search_tiles
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    import geopandas as gpd

    from sro_geo.coverage.tiles import Run
    from sro_geo.model.offers import Offers
    from sro_geo.model.streets import Streets


def measure_walking(  # noqa: PLR0913  `run` says where, not what
    cells: gpd.GeoDataFrame | Access,
    offers: Offers,
    streets: Streets,
    *,
    kind: str,
    limit_metres: float,
    farthest: float = FARTHEST,
    run: Run | None = None,
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
    run : callable or None
        Searches the tiles that the offers lie in, as `map` does: `join_cluster` gives one for a cluster. One after another
        where None.

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
    offer, cell, metres = search_tiles(there, here, streets, most=limit_metres * (1 + HAIR), run=run)
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=here.ids,
        offer_ids=there.ids,
        pairs=lay_pairs(here.ids, there.ids, (cell, offer), metres),
        example=streets.example or is_invented(offers, kind=kind),
    )
