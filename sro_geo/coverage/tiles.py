"""Walks searched tile by tile: each with as much of the streets around it as its walks can reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.network import group, lay_joined, lay_network, lay_starts, search_sparse
from sro_geo.model.streets import choose_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from sro_geo.coverage.access import Access
    from sro_geo.coverage.network import Ints, Joined, Network, Pairs, Starts
    from sro_geo.model.streets import Streets

    Run = Callable[[Callable[["Tile"], Pairs], Iterable["Tile"]], Iterable[Pairs]]
    """Does a work for each tile and gives what comes of it in the order of the tiles, as `map` does."""

SIDE_METRES = 10_000.0
"""Side of the squares that the offers of one tile lie in."""

_WORTH_COMPILING = 10_000_000
"""Offers times nodes from which on the compiled search is faster, its loading included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One search as plain arrays, which another process can be sent.

    Attributes
    ----------
    starts, network, joined : tuple of ndarray
        As in `sro_geo.coverage.network`.
    most : float
        Longest way in metres.
    offers, cells : ndarray of int
        Positions of its starts and of its cells in the whole.
    """

    starts: Starts
    network: Network
    joined: Joined
    most: float
    offers: Ints
    cells: Ints


def search_tiles(there: Access, here: Access, streets: Streets, *, most: float, run: Run | None = None) -> Pairs:
    """Positions of offer and cell within a distance of each other, and the distance: one tile after another, or as `run` does.

    Notes
    -----
    Law: the same to the last bit however large the tiles are and wherever they are searched. No piece is shorter than the
    straight line between its ends, so no walk leaves the square that is wider by its length on each side.
    """
    tiles = cut_tiles(there, here, streets, most=most, side=SIDE_METRES)
    found = list((run or map)(search_tile, tiles))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    offer, cell, metres = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return offer, cell, metres


def search_tile(tile: Tile) -> Pairs:
    """Pairs of a tile, by their positions in the whole."""
    search = _choose_search(len(tile.offers) * len(tile.network[0]))
    offer, cell, metres = search(tile.starts, tile.network, tile.joined, tile.most)
    return tile.offers[offer], tile.cells[cell], metres


def cut_tiles(there: Access, here: Access, streets: Streets, *, most: float, side: float) -> Iterator[Tile]:
    """Squares that hold offers, row by row, each with the streets and cells that a walk from there can reach."""
    offers, cells = np.flatnonzero(there.edge >= 0), np.flatnonzero(here.edge >= 0)
    if not len(offers) or not len(cells):
        return
    eastward, by_node = np.argsort(streets.nodes[:, 0], kind="stable"), group(streets.edges.ravel(), len(streets.nodes))
    by_edge = group(here.edge[cells], len(streets.edges))
    corner = streets.nodes[streets.edges[there.edge[offers], 0]]
    _, square = np.unique(np.floor(corner / side), axis=0, return_inverse=True)
    for number in range(square.max() + 1):
        own = offers[square == number]
        ends = streets.nodes[streets.edges[there.edge[own]].ravel()]
        inside = _list_inside(streets.nodes, eastward, ends.min(axis=0) - most, ends.max(axis=0) + most)
        edges = np.union1d(_list_members(by_node, inside) // 2, there.edge[own])
        near = cells[np.sort(_list_members(by_edge, edges))]
        part = choose_pieces(streets, edges)
        starts, joined = (
            replace(points, edge=np.searchsorted(edges, points.edge))
            for points in (there.choose(own), here.choose(near))
        )
        yield Tile(
            starts=lay_starts(starts, part),
            network=lay_network(part),
            joined=lay_joined(joined, part),
            most=most,
            offers=own,
            cells=near,
        )


def _list_inside(
    nodes: NDArray[np.float64], eastward: NDArray[np.intp], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Nodes in a square; they are ordered eastward."""
    first, last = np.searchsorted(nodes[:, 0], [low[0], high[0]], sorter=eastward)
    strip = eastward[first : last + 1]
    north = nodes[strip, 1]
    inside: NDArray[np.intp] = strip[(north >= low[1]) & (north <= high[1])]
    return inside


def _list_members(groups: tuple[Ints, Ints], keys: NDArray[np.intp]) -> Ints:
    """Positions in the groups of these keys, one group after another."""
    first, order = groups
    counts = first[keys + 1] - first[keys]
    skipped = np.cumsum(counts) - counts
    members: Ints = order[np.arange(counts.sum()) + np.repeat(first[keys] - skipped, counts)]
    return members


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
