"""A network and what is joined to it, as plain arrays that a search runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from sro_geo.coverage.access import Access
    from sro_geo.model.streets import Streets

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Network = tuple[Ints, Ints, Floats]
    """For each node where its neighbours begin; the neighbours; metres to them."""
    Starts = tuple[Ints, Floats, Ints, Floats, Floats]
    """For each start both ends of its piece; metres to them; the piece; metres on it; metres off it."""
    Joined = tuple[Ints, Ints, Floats, Ints, Ints, Floats, Floats]
    """For each node where its cells begin; the cells; metres to them; for each piece where its cells begin; the cells; by
    cell, metres on its piece; metres off it."""
    Pairs = tuple[Ints, Ints, Floats]
    """Start, cell, metres."""

_NUMBERS_AT_ONCE = 4_000_000
"""Distances that are held at the same time."""


def lay_network(streets: Streets) -> Network:
    """Both directions of every piece, by the node that they begin at."""
    ends, metres = np.concatenate([streets.edges, streets.edges[:, ::-1]]), np.concatenate([streets.metres] * 2)
    first, order = group(ends[:, 0], len(streets.nodes))
    return first, ends[order, 1], metres[order]


def lay_starts(access: Access, streets: Streets) -> Starts:
    """What searches begin at; every point must be on a street."""
    lead = access.along + access.away[:, None]
    return streets.edges[access.edge], lead, access.edge, access.along[:, 0].copy(), access.away


def lay_joined(access: Access, streets: Streets) -> Joined:
    """What searches end at; every point must be on a street."""
    ends, extra = streets.edges[access.edge], access.along + access.away[:, None]
    first, order = group(ends.ravel(), len(streets.nodes))
    on_first, on_order = group(access.edge, len(streets.edges))
    return first, order // 2, extra.ravel()[order], on_first, on_order, access.along[:, 0].copy(), access.away


def search_sparse(starts: Starts, network: Network, joined: Joined, most: float) -> Pairs:
    """Start, cell and metres of all pairs within a distance, by SciPy."""
    count, size = len(network[0]) - 1, len(starts[2])
    graph = lay_graph(starts, network)
    chunk = max(1, _NUMBERS_AT_ONCE // (count + size + len(joined[1]) + 1))
    found = [
        _search_some(np.arange(at, min(at + chunk, size)), starts, joined, graph=graph, most=most)
        for at in range(0, size, chunk)
    ]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    start, cell, metres = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return start, cell, metres


def _search_some(own: Ints, starts: Starts, joined: Joined, *, graph: csr_array[Any], most: float) -> Pairs:
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  takes a while to load

    node_first, cell, extra, piece_first, on_cell, along, away = joined
    count = len(node_first) - 1
    best = dijkstra(graph, directed=True, indices=count + own, limit=most)[:, :count]
    node = np.repeat(np.arange(count), np.diff(node_first))
    ways = np.full((len(own), len(away)), np.inf)
    if len(cell):  # both ends of a cell's piece lead to it
        order = np.argsort(cell, kind="stable")
        each = best[:, node[order]] + extra[order]
        ways = np.minimum(each[:, 0::2], each[:, 1::2])
        piece = np.empty(len(away), dtype=np.int64)
        piece[on_cell] = np.repeat(np.arange(len(piece_first) - 1), np.diff(piece_first))
        row, there = np.nonzero(starts[2][own][:, None] == piece)  # within one piece the way need not touch an end
        direct = np.abs(starts[3][own[row]] - along[there]) + starts[4][own[row]] + away[there]
        ways[row, there] = np.minimum(ways[row, there], direct)
    row, there = np.nonzero(ways <= most)
    return own[row], there, ways[row, there]


def lay_graph(starts: Starts, network: Network) -> csr_array[Any]:
    """Network with a node for each start, from which one way leads to each end of its piece and none back."""
    from scipy.sparse import coo_array  # noqa: PLC0415  takes a while to load

    first, neighbour, metres = network
    count, size = len(first) - 1, len(starts[2])
    own = np.repeat(np.arange(count, count + size), 2)
    row = np.concatenate([np.repeat(np.arange(count), np.diff(first)), own])
    column, weight = np.concatenate([neighbour, starts[0].ravel()]), np.concatenate([metres, starts[1].ravel()])
    # Of parallel ways the shortest: a sparse matrix would add them up.
    order = np.lexsort((weight, column, row))
    row, column, weight = row[order], column[order], weight[order]
    new = (np.diff(row, prepend=-1) != 0) | (np.diff(column, prepend=-1) != 0)
    return coo_array((weight[new], (row[new], column[new])), shape=(count + size, count + size)).tocsr()


def group(keys: Ints, count: int) -> tuple[Ints, Ints]:
    """Where each of `count` groups begins, and the positions in order of their groups."""
    first = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=count))])
    return first.astype(np.int64), np.argsort(keys, kind="stable")
