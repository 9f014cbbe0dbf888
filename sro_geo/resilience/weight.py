"""The tree of an index: indicators within dimensions, with weights that add up to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.errors import Problem, stop_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.method import Method, Scales

MOST_PARTS = 10
"""So many parts a node may have where exact Shapley values are computed: each doubles the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Weights of an index.

    Attributes
    ----------
    codes : tuple of str
        Indicators, those of a dimension side by side.
    dimensions : tuple of str
        Dimensions in the method's order.
    node : array of int, one for each indicator
        Position of its dimension.
    inner : array, one for each indicator
        Weight within its dimension; they add up to 1 in each.
    outer : array, one for each dimension
        Weight in the index; they add up to 1.
    """

    codes: tuple[str, ...]
    dimensions: tuple[str, ...]
    node: NDArray[np.intp]
    inner: NDArray[np.float64]
    outer: NDArray[np.float64]


def plant_tree(specs: Mapping[str, IndicatorSpec], *, scales: Scales, method: Method) -> Tree:
    """Tree of the scaled indicators that have one of the method's dimensions.

    Raises
    ------
    DataError
        If a context indicator would be scored without a written reason, or contributions could not be
        computed because a geometric mean that may be zero has too many parts.
    ValueError
        If weights are negative or add up to 0, or a dimension has no scaled indicator.
    """
    dimensions = tuple(method.dimensions)
    codes = [c for d in dimensions for c in specs if c in scales.worst and _belongs(specs[c], d, method)]
    node = np.array([dimensions.index(str(specs[c].dimension)) for c in codes], dtype=np.intp)
    outer = np.array(list(method.dimensions.values()), dtype=float)
    inner = np.array([method.indicators.get(c, 1.0) for c in codes], dtype=float)
    if (inner < 0).any() or (outer < 0).any() or not outer.sum() > 0:
        message = f"weights must not be negative and must not all be 0; got {dict(method.dimensions)}"
        raise ValueError(message)
    sums = np.bincount(node, weights=inner, minlength=len(dimensions))
    bare = [d for d, total in zip(dimensions, sums, strict=True) if not total > 0]
    if bare:
        message = f"each dimension must have a scaled indicator with a weight; got none for {bare}"
        raise ValueError(message)
    problems = _check_parts(codes, specs=specs, method=method)
    stop_at(problems)
    return Tree(
        codes=tuple(codes),
        dimensions=dimensions,
        node=node,
        inner=inner / sums[node],
        outer=outer / outer.sum(),
    )


def spread_weights(tree: Tree, *, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weight of each indicator in the index where only the known ones count.

    Parameters
    ----------
    tree : Tree
        Full weights.
    known : array of bool, rows × indicators
        Which indicators are known.

    Returns
    -------
    array, rows × indicators
        Within a dimension the known indicators share its weight, in the index the dimensions with a known
        indicator share the whole. Each row adds up to 1, or is all 0 where nothing known has a weight.
    """
    belongs = tree.node[:, None] == np.arange(len(tree.dimensions))
    inner = known * tree.inner
    sums = inner @ belongs
    outer = (sums > 0) * tree.outer
    total = outer.sum(axis=1, keepdims=True)
    share = np.divide(outer, total, out=np.zeros_like(outer), where=total > 0)
    weights = np.divide(inner, sums[:, tree.node], out=np.zeros_like(inner), where=sums[:, tree.node] > 0)
    spread: NDArray[np.float64] = weights * share[:, tree.node]
    return spread


def _belongs(spec: IndicatorSpec, dimension: str, method: Method) -> bool:
    return spec.dimension == dimension and spec.direction != 0 and method.indicators.get(spec.code, 1.0) != 0


def _check_parts(codes: list[str], *, specs: Mapping[str, IndicatorSpec], method: Method) -> list[Problem]:
    unexplained = [code for code in codes if specs[code].context and not specs[code].reason]
    problems = [Problem(cause="context_without_reason", values={"indicators": unexplained})] if unexplained else []
    if method.aggregate == "geometric" and method.lowest == 0:
        for dimension in method.dimensions:
            count = sum(specs[code].dimension == dimension for code in codes)
            if count > MOST_PARTS:
                values = {"dimension": dimension, "count": count, "most": MOST_PARTS}
                problems.append(Problem(cause="too_many_parts", values=values))
    return problems
