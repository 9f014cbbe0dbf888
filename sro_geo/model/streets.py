"""Where people can walk: straight pieces between points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """Checked walking network; every piece is walked both ways.

    Attributes
    ----------
    nodes : ndarray of float, (n, 2)
        East and north in metres.
    edges : ndarray of int, (m, 2)
        Positions of both ends in `nodes`, the smaller first; ordered. Two ends are joined once, or twice where the shorter
        way has steps.
    metres : ndarray of float, (m,)
        Length, never under the straight line between its ends.
    steps : ndarray of bool, (m,)
        Whether a pram or a wheelchair cannot pass.
    component : ndarray of int, (n,)
        Which nodes are joined: 0 is the part with most of them, then by size.
    bounds : tuple of float
        West, south, east and north of what the file covers: beyond it nothing is known.
    crs : object
        Reference system of the coordinates, as pyproj knows it.
    example : bool
        Whether the streets are invented.
    """

    nodes: NDArray[np.float64]
    edges: NDArray[np.int64]
    metres: NDArray[np.float64]
    steps: NDArray[np.bool_]
    component: NDArray[np.int64]
    bounds: tuple[float, float, float, float]
    crs: Any
    example: bool


def as_streets(  # noqa: PLR0913  what a network is made of; nothing follows from anything else
    nodes: NDArray[np.float64],
    edges: NDArray[np.int64],
    *,
    steps: NDArray[np.bool_],
    bounds: tuple[float, float, float, float],
    crs: object,
    example: bool,
    metres: NDArray[np.float64] | None = None,
) -> Streets:
    """Check a network and return it as `Streets`.

    Parameters
    ----------
    nodes, edges, steps, bounds, crs, example
        As in `Streets`, edges in any order and either direction. Loops are left out, of parallel pieces the shortest is
        kept, nodes without an edge go.
    metres : ndarray of float or None
        Lengths; straight between the ends where None. One that is shorter than the straight line is made as long.

    Raises
    ------
    ValueError
        If shapes don't fit, a number is not finite, or an edge names a node that is not there.

    Examples
    --------
    >>> import numpy as np
    >>> from sro_geo.model.streets import as_streets
    >>> square = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=float)
    >>> sides = np.array([[0, 1], [1, 2], [3, 2], [2, 1]])
    >>> flat = np.zeros(4, dtype=bool)
    >>> streets = as_streets(square, sides, steps=flat, bounds=(0, 0, 100, 100), crs="EPSG:25833", example=True)
    >>> print(f"{len(streets.edges)} pieces, {streets.metres.sum():.0f} m")
    3 pieces, 300 m
    """
    nodes, edges = np.asarray(nodes, dtype=float).reshape(-1, 2), np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    steps = np.asarray(steps, dtype=bool)
    _check(nodes, edges, steps)
    straight = np.hypot(*(nodes[edges[:, 0]] - nodes[edges[:, 1]]).T)
    lengths = straight if metres is None else np.maximum(np.asarray(metres, dtype=float), straight)
    if lengths.shape != steps.shape or not np.isfinite(lengths).all():
        message = "`metres` must be one finite number for each edge"
        raise ValueError(message)
    kept = _choose(edges, lengths, steps)
    edges, lengths, steps = np.sort(edges, axis=1)[kept], lengths[kept], steps[kept]
    used, place = np.unique(edges, return_inverse=True)
    edges = place.reshape(-1, 2).astype(np.int64)
    return Streets(
        nodes=nodes[used],
        edges=edges,
        metres=lengths,
        steps=steps,
        component=_label(edges, len(used)),
        bounds=bounds,
        crs=crs,
        example=example,
    )


def leave_out_steps(streets: Streets) -> Streets:
    """Streets for prams and wheelchairs: the same network without the pieces that have steps."""
    flat = choose_pieces(streets, np.flatnonzero(~streets.steps))
    return replace(flat, component=_label(flat.edges, len(flat.nodes)))


def choose_pieces(streets: Streets, at: NDArray[np.intp]) -> Streets:
    """Only some pieces, with their ends; what was joined in the whole is still told as joined."""
    used, place = np.unique(streets.edges[at], return_inverse=True)
    return replace(
        streets,
        nodes=streets.nodes[used],
        edges=place.reshape(-1, 2).astype(np.int64),
        metres=streets.metres[at],
        steps=streets.steps[at],
        component=streets.component[used],
    )


def _check(nodes: NDArray[np.float64], edges: NDArray[np.int64], steps: NDArray[np.bool_]) -> None:
    if not np.isfinite(nodes).all():
        message = "`nodes` must be finite"
        raise ValueError(message)
    if edges.size and not (edges.min() >= 0 and edges.max() < len(nodes)):
        message = f"`edges` must name nodes from 0 to {len(nodes) - 1}; got {edges.min()} to {edges.max()}"
        raise ValueError(message)
    if len(steps) != len(edges):
        message = f"`steps` must be one for each of {len(edges)} edges; got {len(steps)}"
        raise ValueError(message)


def _choose(edges: NDArray[np.int64], metres: NDArray[np.float64], steps: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Positions of the edges that are kept, ordered by their ends: of each pair the shortest, and the shortest without steps."""
    low, high = edges.min(axis=1, initial=np.iinfo(np.int64).max), edges.max(axis=1, initial=-1)
    order = np.lexsort((steps, metres, high, low))
    order = order[low[order] != high[order]]
    pair = np.column_stack([low[order], high[order]])
    first = np.ones(len(order), dtype=bool)
    first[1:] = (pair[1:] != pair[:-1]).any(axis=1)
    group = np.cumsum(first) - 1
    flat = np.flatnonzero(~steps[order])
    best_flat = flat[np.unique(group[flat], return_index=True)[1]]
    kept: NDArray[np.intp] = order[np.union1d(np.flatnonzero(first), best_flat)]
    return kept


def _label(edges: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Component of each node; the largest is 0, of equal ones that with the first node."""
    from scipy.sparse import coo_array  # noqa: PLC0415  takes a while to load
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  takes a while to load

    if count == 0:
        return np.zeros(0, dtype=np.int64)
    joined = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    _, label = connected_components(joined.tocsr(), directed=False)
    sizes = np.bincount(label)
    _, first = np.unique(label, return_index=True)
    place = np.empty(len(sizes), dtype=np.int64)
    place[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    found: NDArray[np.int64] = place[label]
    return found
