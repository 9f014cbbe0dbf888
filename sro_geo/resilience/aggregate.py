"""Means and what each part contributes to them."""

from __future__ import annotations

from itertools import product
from math import factorial
from typing import TYPE_CHECKING, Literal

import numpy as np

from sro_geo.resilience.weight import MOST_PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.resilience.weight import Tree

    Floats = NDArray[np.float64]

How = Literal["arithmetic", "geometric"]

_NOTHING = 1e-100
"""Points below this are taken as zero: their logarithm would drown all other parts."""


def aggregate(values: Floats, weights: Floats, *, how: How) -> Floats:
    """Weighted mean of each row.

    Parameters
    ----------
    values : array, rows × parts
        Points, at least 0. A part with weight 0 may be missing.
    weights : array, rows × parts
        At least 0; each row adds up to 1, or is all 0.
    how : {"arithmetic", "geometric"}
        Σ w·x or Π x^w.

    Returns
    -------
    array, rows
        Missing where all weights are 0.

    Notes
    -----
    Laws: the mean lies between the smallest and the largest part; it never falls when a part rises; the
    geometric mean is never above the arithmetic one.

    Examples
    --------
    >>> aggregate(np.array([[20.0, 80.0]]), np.array([[0.5, 0.5]]), how="geometric").round(9).tolist()
    [40.0]
    """
    used = weights > 0
    filled = np.where(used, values, 1.0)
    if how == "arithmetic":
        mean = (weights * filled).sum(axis=1)
    else:
        with np.errstate(divide="ignore"):
            mean = np.exp((weights * np.log(filled)).sum(axis=1, where=used))
    # Rounding must not lift a mean of equal parts above them.
    low = np.min(filled, axis=1, initial=np.inf, where=used)
    high = np.max(filled, axis=1, initial=-np.inf, where=used)
    return np.where(used.any(axis=1), np.minimum(np.maximum(mean, low), high), np.nan)


def aggregate_tree(values: Floats, known: NDArray[np.bool_], *, tree: Tree, how: How) -> Floats:
    """Mean of each row over its known parts: of the whole tree, then of each dimension.

    Parameters
    ----------
    values : array, rows × parts
        Points, at least 0; what is not known may be missing.
    known : array of bool, rows × parts
        What counts. Within a dimension the known parts share its weight, in the whole the dimensions with a known part
        share all of it.
    tree : Tree
        Weights.
    how : {"arithmetic", "geometric"}
        Which mean, at both levels.

    Returns
    -------
    array, rows × (1 + dimensions)
        Missing where nothing is known.

    Notes
    -----
    Law: equal to `aggregate` with the weights that `spread_weights` gives.
    """
    belongs = tree.node[:, None] == np.arange(len(tree.dimensions))
    inner = belongs * tree.inner[:, None]
    filled = np.where(known, values, 0.0)
    powers = filled if how == "arithmetic" else np.where(known, np.log(np.maximum(filled, _NOTHING)), 0.0)
    sums = known @ inner
    with np.errstate(invalid="ignore"):
        nodes = (powers @ inner) / sums
        whole = np.where(sums > 0, nodes, 0.0) @ tree.outer / ((sums > 0) @ tree.outer)
    means = np.column_stack([whole, nodes])
    means = means if how == "arithmetic" else np.exp(means)
    low, high = _bound_nodes(values, known, tree=tree)
    if how == "geometric":
        means = np.where(low < _NOTHING, 0.0, means)
    # Rounding must not lift a mean of equal parts above them.
    bounded: Floats = np.minimum(np.maximum(means, low), high)
    return bounded


def _bound_nodes(values: Floats, known: NDArray[np.bool_], *, tree: Tree) -> tuple[Floats, Floats]:
    """Smallest and largest known part of the whole tree and of each dimension, whose parts stand side by side."""
    starts = np.searchsorted(tree.node, np.arange(len(tree.dimensions)))
    ends = []
    for reduce, empty in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        nodes = reduce.reduceat(np.where(known, values, empty), starts, axis=1)
        ends.append(np.column_stack([reduce.reduce(nodes, axis=1), nodes]))
    return ends[0], ends[1]


def contribute(
    values: Floats, reference: Floats, weights: Floats, *, how: How, node: NDArray[np.intp] | None = None
) -> Floats:
    """Contribution of each part to the difference of a row's mean from the reference's mean.

    Parameters
    ----------
    values : array, rows × parts
        Points, at least 0. A part with weight 0 may be missing.
    reference : array, parts
        Points of the reference; may be missing where all weights are 0.
    weights : array, rows × parts
        As in `aggregate`.
    how : {"arithmetic", "geometric"}
        Which mean.
    node : array of int, parts, or None
        Branch of the tree that each part belongs to; None: all in one. Matters for zeros only.

    Returns
    -------
    array, rows × parts
        0 where the weight is 0.

    Notes
    -----
    Arithmetic: w·(x − r). Geometric: L(S, R)·w·ln(x / r), with L the logarithmic mean of both means. Where a
    part is zero: the exact Shapley value of the game v(T) = mean of x on T and r elsewhere, along the tree
    (Owen value), at most ten parts a node.

    Law: the contributions of a row add up to M(x) − M(r).

    References
    ----------
    Shapley, L. (1953): A value for n-person games. Owen, G. (1977): Values of games with a priori unions.
    Ang, B. (2005): The LMDI approach to decomposition analysis. Energy Policy 33 (the logarithmic mean).
    """
    used = weights > 0
    x = np.where(used, values, 1.0)
    r = np.where(used, reference, 1.0)
    if how == "arithmetic":
        return np.asarray(weights * (x - r))
    branch = np.zeros(x.shape[1], dtype=np.intp) if node is None else node
    zero = (np.minimum(x, r) < _NOTHING).any(axis=1)
    parts = np.zeros_like(x)
    plain = ~zero
    level = _mean_logarithmically(
        aggregate(x[plain], weights[plain], how=how), aggregate(r[plain], weights[plain], how=how)
    )
    parts[plain] = level[:, None] * weights[plain] * (np.log(x[plain]) - np.log(r[plain]))
    for row in np.flatnonzero(zero):
        own = used[row]
        parts[row, own] = _share_fairly(x[row, own], r[row, own], weights[row, own], node=branch[own])
    return parts


def _mean_logarithmically(first: Floats, second: Floats) -> Floats:
    """Logarithmic mean (a − b) ÷ ln(a / b); a where both are equal, 0 where they are missing."""
    apart = first - second
    # Near to each other log1p keeps the digits that a difference of logarithms loses; far apart it is the other way.
    near = np.abs(apart) < second / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.log1p(np.where(near, apart / second, 0.0))
        mean = apart / np.where(near, ratio, np.log(first) - np.log(second))
    return np.where(first == second, first, np.where(np.isnan(first), 0.0, mean))


def _share_fairly(x: Floats, r: Floats, weights: Floats, *, node: NDArray[np.intp]) -> Floats:
    """Owen values of one row: Shapley values along a tree of two levels."""
    branches = np.unique(node)
    shares = np.zeros_like(x)
    for branch in branches:
        inside = np.flatnonzero(node == branch)
        if len(inside) > MOST_PARTS or len(branches) > MOST_PARTS:
            message = f"a node must have at most {MOST_PARTS} parts where one is 0; got {len(inside)}"
            raise ValueError(message)
        others = branches[branches != branch]
        orders = np.array(list(product((False, True), repeat=len(inside))), dtype=bool)
        for chosen in product((False, True), repeat=len(others)):
            outside = np.isin(node, others[np.array(chosen, dtype=bool)])
            taken = np.tile(outside, (len(orders), 1))
            taken[:, inside] = orders
            worth = np.prod(np.where(taken, x, r) ** weights, axis=1)
            shares[inside] += _weigh(sum(chosen), len(branches)) * _value_fairly(worth, orders)
    return shares


def _value_fairly(worth: Floats, orders: NDArray[np.bool_]) -> Floats:
    """Shapley values from the worth of every set; the sets are in the order of binary counting."""
    count = orders.shape[1]
    sizes = orders.sum(axis=1)
    weigh = np.array([_weigh(size, count) for size in range(count)])
    values = np.zeros(count)
    for part in range(count):
        without = np.flatnonzero(~orders[:, part])
        joined = without + 2 ** (count - 1 - part)
        values[part] = (weigh[sizes[without]] * (worth[joined] - worth[without])).sum()
    return values


def _weigh(size: int, count: int) -> float:
    """Share of all orders in which exactly these come first and then one more."""
    return factorial(size) * factorial(count - size - 1) / factorial(count)
