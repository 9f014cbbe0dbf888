"""Scores of quarters with their parts, beside the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.model.scores import Scores
from sro_geo.model.status import ESTIMATED, MISSING, OBSERVED
from sro_geo.resilience.aggregate import aggregate
from sro_geo.resilience.parts import list_contributions, refer_to_city
from sro_geo.resilience.rank import rank_ranges
from sro_geo.resilience.sheet import collect_sheet, scale_city
from sro_geo.resilience.uncertainty import bound_scores
from sro_geo.resilience.weight import plant_tree, spread_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method, Scales
    from sro_geo.resilience.aggregate import How
    from sro_geo.resilience.sheet import Sheet
    from sro_geo.resilience.weight import Tree

    Floats = NDArray[np.float64]

_ROUNDING = 1e-9
"""Sums of weights may miss `least_known` by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """Scores of one node of the tree, by row; full weights; `known` is the share of them that is known."""

    score: Floats
    weights: Floats
    known: Floats


def score_quarters(  # noqa: PLR0913  data, catalogue and method are values of their own
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    scales: Scales,
    method: Method,
    year: int,
    quarter_ids: Sequence[str],
    city: Mapping[str, float],
) -> Scores:
    """Index of each quarter with its dimensions, interval, rank and contributions against the city.

    Parameters
    ----------
    indicators : Indicators
        Protected values.
    specs : mapping of str to IndicatorSpec
        Dimensions, directions, reasons.
    scales : Scales
        Fitted scales; exactly their indicators are scored, as far as they have one of the method's
        dimensions.
    method : Method
        Weights, mean, least share of known weight.
    year : int
        Year of the values.
    quarter_ids : sequence of str
        Quarters, in the order of the result.
    city : mapping of str to float
        The city's value of each indicator; what is not there or missing is unknown.

    Returns
    -------
    Scores
        `weight` of a contribution is the weight that the part really had in this quarter; a quarter without a
        score has no contributions, and where the city has no score they are missing.

    Raises
    ------
    DataError
        If a context indicator has no written reason, or a geometric mean that may be zero has too many parts.
    ValueError
        If a dimension has no scaled indicator, or weights are negative or all 0.

    Notes
    -----
    A score is the mean of the known parts: within a dimension their weights are scaled up to the whole, and
    so are the weights of the dimensions with a known part. Worst and best put the scale's ends for the
    unknown parts, with full weights. Under `least_known` there is no score, but an interval.

    Like with like: `reference` of a quarter is the city's score over the parts that the quarter has, weights shared
    out the same way; `Scores.reference` is that over all parts.

    Laws: contributions of a quarter add up to score − its reference; worst ≤ score ≤ best; the order of the rows
    does not matter; with scales held fixed, withholding a value never narrows an interval.

    References
    ----------
    OECD, JRC (2008): Handbook on Constructing Composite Indicators, steps 5, 6 and 9.
    Beerlage, I. (2023): resilience of quarters (robustness, redundancy, recovery).

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sro_geo import find_shipped, read_project, run_study, score_quarters
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> known = {"specs": study.specs, "scales": study.scales, "city": study.city["value"]}
    >>> asked = {"method": replace(study.method, aggregate="arithmetic"), "year": 2024, "quarter_ids": ["08"]}
    >>> scores = score_quarters(study.indicators, **known, **asked)
    >>> print(f"{scores.index.loc['08', 'score']:.0f} points in Neue Heide, {scores.reference:.0f} in the city")
    52 points in Neue Heide, 64 in the city
    """
    tree = plant_tree(specs, scales=scales, method=method)
    sheet = collect_sheet(indicators, scales=scales, codes=tree.codes, year=year, quarter_ids=quarter_ids)
    points = scale_city(city, scales=scales, codes=tree.codes)
    total = _score(sheet.scaled, tree, method=method, node=None)
    reference = float(_score(points, tree, method=method, node=None).score[0])
    alike: Any = {"tree": tree, "how": method.aggregate, "city": points}
    own = np.where(np.isnan(reference), np.nan, refer_to_city(sheet, **alike))
    contributions = list_contributions(sheet, score=total.score, reference=own, **alike)
    nodes = range(len(tree.dimensions))
    references = {
        tree.dimensions[node]: float(_score(points, tree, method=method, node=node).score[0]) for node in nodes
    }
    frames = [
        _tabulate(
            _score(sheet.scaled, tree, method=method, node=node), sheet, how=method.aggregate, chosen=tree.node == node
        ).assign(dimension=tree.dimensions[node], reference=refer_to_city(sheet, **alike, node=node))
        for node in nodes
    ]
    index = _tabulate(total, sheet, how=method.aggregate, chosen=np.ones(len(tree.codes), dtype=bool))
    index = index.assign(reference=np.where(np.isnan(total.score), np.nan, own))
    return Scores(
        year=year,
        index=index.join(rank_ranges(index["score"], low=index["worst"], high=index["best"])),
        dimensions=_stack(frames, contributions=contributions, ids=sheet.ids),
        contributions=contributions,
        reference=reference,
        reference_dimensions=references,
    )


def _score(scaled: Floats, tree: Tree, *, method: Method, node: int | None) -> _Result:
    """Scores of one dimension from its own parts, or of the whole index where `node` is None."""
    known = ~np.isnan(scaled)
    if node is None:
        full, weights = tree.inner * tree.outer[tree.node], spread_weights(tree, known=known)
    else:
        full = np.where(tree.node == node, tree.inner, 0.0)
        sums = (known * full).sum(axis=1, keepdims=True)
        weights = np.divide(known * full, sums, out=np.zeros_like(scaled), where=sums > 0)
    score = aggregate(scaled, weights, how=method.aggregate)
    complete = (known | (full <= 0)).all(axis=1)
    share = np.where(complete, 1.0, (known * full).sum(axis=1))
    enough = share >= method.least_known - _ROUNDING
    return _Result(score=np.where(enough, score, np.nan), weights=full, known=share)


def _tabulate(result: _Result, sheet: Sheet, *, how: How, chosen: NDArray[np.bool_]) -> pd.DataFrame:
    """Scores with their bounds, and status and origin of the chosen parts, on the quarters' index."""
    worst, best = bound_scores(sheet.worst, sheet.best, score=result.score, weights=result.weights, how=how)
    unsure = (sheet.estimated & chosen).any(axis=1) | (result.known < 1)
    status = np.where(np.isnan(result.score), MISSING, np.where(unsure, ESTIMATED, OBSERVED))
    return pd.DataFrame(
        {
            "score": result.score,
            "worst": worst,
            "best": best,
            "known": result.known,
            "status": status,
            "example": (sheet.example & chosen).any(axis=1),
        },
        index=sheet.ids,
    )


def _stack(
    frames: list[pd.DataFrame],
    *,
    contributions: pd.DataFrame,
    ids: pd.Index,
) -> pd.DataFrame:
    """Dimensions as one long table, quarter by quarter, each with what its parts contribute to the index."""
    own = contributions.groupby(["quarter_id", "dimension"])["contribution"].sum(min_count=1)
    long = pd.concat(frames).reset_index()
    order = np.argsort(ids.get_indexer(pd.Index(long["quarter_id"])), kind="stable")
    long = long.iloc[order].reset_index(drop=True)
    keys = pd.MultiIndex.from_frame(long[["quarter_id", "dimension"]])
    long = long.assign(contribution=own.reindex(keys).to_numpy(dtype=float))
    columns = [
        "quarter_id",
        "dimension",
        "score",
        "worst",
        "best",
        "known",
        "status",
        "example",
        "reference",
        "contribution",
    ]
    return long[columns]
