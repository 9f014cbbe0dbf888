"""How far each cell is from each offer, on foot along streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from sro_geo.coverage.access import FARTHEST, find_access
from sro_geo.coverage.distance import HAIR, check_limit, is_invented, list_placed
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from sro_geo.coverage.access import Access
    from sro_geo.model.offers import Offers
    from sro_geo.model.streets import Streets

_NUMBERS_AT_ONCE = 4_000_000
"""Distances that are held at the same time."""


def measure_walking(
    cells: Access,
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
    cells : Access
        Where the cells meet the streets (`find_access`).
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
    >>> from sro_geo import find_access, find_shipped, measure_walking, read_boundaries, read_offers, read_project
    >>> from sro_geo import read_streets
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> streets = read_streets(find_shipped("geodata/musterstadt/strassen.osm.pbf"), quarters=quarters).streets
    >>> offers = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={}).offers
    >>> middles = quarters.set_geometry(quarters.representative_point()).loc[["08"]].rename_axis("cell_id")
    >>> cells = find_access(middles, streets)
    >>> pair = measure_walking(cells, offers, streets, kind="jugendarbeit", limit_metres=1000).pairs.iloc[0]
    >>> print(f"{pair['metres']:.0f} m on foot to {offers.loc[pair['offer_id'], 'name']}")
    """
    check_limit(limit_metres)
    placed = list_placed(offers[offers["kind"] == kind])
    there = find_access(placed, streets, farthest=farthest)
    offer, cell, metres = _search(cells, there, streets, most=limit_metres * (1 + HAIR))
    pairs = pd.DataFrame({"cell_id": cells.ids[cell], "offer_id": there.ids[offer], "metres": metres})
    return Reach(
        kind=kind,
        limit_metres=limit_metres,
        cell_ids=cells.ids,
        offer_ids=there.ids,
        pairs=pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
        example=streets.example or is_invented(offers, kind=kind),
    )


def _search(
    here: Access, there: Access, streets: Streets, *, most: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Positions of offer and cell within a distance of each other, and the distance."""
    sources, cells = np.flatnonzero(there.edge >= 0), np.flatnonzero(here.edge >= 0)
    found: list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]] = []
    ends, extra = streets.edges[here.edge[cells]], here.along[cells] + here.away[cells, None]
    chunk = max(1, _NUMBERS_AT_ONCE // (len(streets.nodes) + len(sources) + len(cells) + 1))
    graph = _lay_graph(streets, there, sources)
    for start in range(0, len(sources), chunk):
        own = sources[start : start + chunk]
        numbers = len(streets.nodes) + np.arange(start, start + len(own))
        metres = dijkstra(graph, directed=True, indices=numbers, limit=most)[:, : len(streets.nodes)]
        # Both ends of a cell's piece lead to it; within one piece the way need not touch an end.
        ways = np.minimum(metres[:, ends[:, 0]] + extra[:, 0], metres[:, ends[:, 1]] + extra[:, 1])
        row, column = np.nonzero(there.edge[own][:, None] == here.edge[cells])
        one, other = own[row], cells[column]
        direct = np.abs(there.along[one, 0] - here.along[other, 0]) + there.away[one] + here.away[other]
        ways[row, column] = np.minimum(ways[row, column], direct)
        row, column = np.nonzero(ways <= most)
        found.append((own[row], cells[column], ways[row, column]))
    if not found:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0)
    offer, cell, metres = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return offer, cell, metres


def _lay_graph(streets: Streets, there: Access, sources: NDArray[np.intp]) -> csr_array:
    """Network with a node for each offer, from which one way leads to each end of its piece and none back."""
    first, second = streets.edges.T
    rows, columns = [first, second], [second, first]
    weights = [streets.metres, streets.metres]
    count = len(streets.nodes)
    own = np.arange(count, count + len(sources))
    for end in (0, 1):
        rows.append(own)
        columns.append(streets.edges[there.edge[sources], end])
        weights.append(there.along[sources, end] + there.away[sources])
    row, column, weight = (np.concatenate(parts) for parts in (rows, columns, weights))
    # Of parallel ways the shortest: a sparse matrix would add them up.
    order = np.lexsort((weight, column, row))
    row, column, weight = row[order], column[order], weight[order]
    new = (np.diff(row, prepend=-1) != 0) | (np.diff(column, prepend=-1) != 0)
    size = count + len(sources)
    return coo_array((weight[new], (row[new], column[new])), shape=(size, size)).tocsr()
