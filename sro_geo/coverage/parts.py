"""Which parts of the streets lie within a walk of an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.access import FARTHEST, find_access
from sro_geo.coverage.distance import HAIR, check_limit, list_placed
from sro_geo.coverage.network import lay_graph, lay_network, lay_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.model.offers import Offers
    from sro_geo.model.streets import Streets

    Parts = tuple[NDArray[np.int64], NDArray[np.float64]]
    """Pieces of the network, and by part where it begins and ends, as shares of its piece."""


def find_reached_parts(
    offers: Offers, streets: Streets, *, kind: str, limit_metres: float, farthest: float = FARTHEST
) -> Parts:
    """Parts of the streets from which the nearest offer is within a walk.

    Parameters
    ----------
    offers, streets, kind, limit_metres, farthest
        As in `measure_walking`.

    Returns
    -------
    tuple of array of int and array of float
        Positions of pieces in `streets.edges`, and for each row where a part of it begins and ends: 0 is its first end, 1 its
        second. A piece may have several parts; they may overlap.

    Raises
    ------
    ValueError
        If the limit isn't over 0 or the tables have different coordinate systems.

    Notes
    -----
    Law: who stands on a street has an offer within the walk exactly where a part lies.

    References
    ----------
    Dijkstra, E. (1959): A note on two problems in connexion with graphs. Numerische Mathematik 1.
    """
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  takes a while to load

    check_limit(limit_metres)
    most = limit_metres * (1 + HAIR)
    there = find_access(list_placed(offers[offers["kind"] == kind]), streets, farthest=farthest)
    there = there.choose(np.flatnonzero((there.edge >= 0) & (there.away <= most)))
    if not len(there.edge):
        return np.zeros(0, dtype=np.int64), np.zeros((0, 2))
    starts, network = lay_starts(there, streets), lay_network(streets)
    count = len(streets.nodes)
    own = np.arange(count, count + len(there.edge))
    best = dijkstra(lay_graph(starts, network), directed=True, indices=own, limit=most, min_only=True)[:count]
    length = np.maximum(streets.metres, np.finfo(float).tiny)
    left, right = np.maximum(most - best[streets.edges], 0.0).T / length
    whole = left + right >= 1
    left, right = np.where(whole, 1.0, left), np.where(whole, 0.0, right)
    at, reach = (metres / length[there.edge] for metres in (there.along[:, 0], most - there.away))
    from_left, from_right = np.flatnonzero(left), np.flatnonzero(right)
    none, ends = np.zeros(len(from_left)), np.ones(len(from_right))
    begin = np.concatenate([none, 1 - right[from_right], np.maximum(at - reach, 0.0)])
    end = np.concatenate([left[from_left], ends, np.minimum(at + reach, 1.0)])
    return np.concatenate([from_left, from_right, there.edge]), np.column_stack([begin, end])
