"""Scores of quarters with their parts, beside the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.model.indicators import as_computed
from sro_geo.model.scores import INDEX, Scores
from sro_geo.model.status import ESTIMATED, MISSING, OBSERVED
from sro_geo.resilience.aggregate import aggregate_tree
from sro_geo.resilience.parts import list_contributions, refer_to_city
from sro_geo.resilience.rank import rank_ranges
from sro_geo.resilience.sheet import collect_sheet, scale_city
from sro_geo.resilience.weight import plant_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method, Scales
    from sro_geo.resilience.sheet import Sheet
    from sro_geo.resilience.weight import Tree

    Floats = NDArray[np.float64]

_ROUNDING = 1e-9
"""Sums of weights may miss `least_known` by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Scores as arrays, rows × (1 + dimensions): the index first.

    Attributes
    ----------
    score : array
        Missing where too little is known.
    worst, best : arrays
        What the parts admit, with full weights.
    known : array
        Share of the weight that is known.
    """

    score: Floats
    worst: Floats
    best: Floats
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
    points = score_points(sheet.scaled, sheet.worst, sheet.best, tree=tree, method=method)
    city_parts = scale_city(city, scales=scales, codes=tree.codes)
    references = score_points(city_parts, city_parts, city_parts, tree=tree, method=method).score[0]
    alike: Any = {"tree": tree, "how": method.aggregate, "city": city_parts}
    own = np.where(np.isnan(references[0]), np.nan, refer_to_city(sheet, **alike))
    contributions = list_contributions(sheet, score=points.score[:, 0], reference=own[:, 0], **alike)
    chosen = [np.ones(len(tree.codes), dtype=bool), *(tree.node == node for node in range(len(tree.dimensions)))]
    index, *frames = (_tabulate(points, own, sheet, column=number, chosen=parts) for number, parts in enumerate(chosen))
    return Scores(
        year=year,
        index=index.join(rank_ranges(index["score"], low=index["worst"], high=index["best"])),
        dimensions=_stack(frames, dimensions=tree.dimensions, contributions=contributions, ids=sheet.ids),
        contributions=contributions,
        reference=float(references[0]),
        reference_dimensions=dict(zip(tree.dimensions, map(float, references[1:]), strict=True)),
    )


def as_score_indicators(scores: Scores) -> pd.DataFrame:
    """Index and dimensions as rows of the indicator table, so that they are drawn, written and compared like any other.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`, source "computed"; low and high are the worst and best score, also
        where there is none.
    """
    rows = pd.concat([scores.index.reset_index().assign(dimension=INDEX), scores.dimensions], ignore_index=True)
    heads = {"dimension": "indicator", "score": "value", "worst": "low", "best": "high"}
    return as_computed(rows.rename(columns=heads), year=scores.year)


def score_points(scaled: Floats, worst: Floats, best: Floats, *, tree: Tree, method: Method) -> Points:
    """Scores of points alone: no table, no text.

    Parameters
    ----------
    scaled : array, rows × parts
        Points; missing where unknown.
    worst, best : arrays, rows × parts
        Points of each part at its worst and best: equal where it is known exactly, the scale's ends where it is unknown.
    tree : Tree
        Weights.
    method : Method
        Which mean, least share of known weight.

    Notes
    -----
    Laws: worst ≤ score ≤ best, equal where every part is known exactly; making one more part unknown never narrows the
    interval.
    """
    known = ~np.isnan(scaled)
    everything = np.ones_like(known)
    means, low, high = (
        aggregate_tree(parts, there, tree=tree, how=method.aggregate)
        for parts, there in ((scaled, known), (worst, everything), (best, everything))
    )
    belongs = tree.node[:, None] == np.arange(len(tree.dimensions))
    nodes = known @ (belongs * tree.inner[:, None])
    nodes[(~known @ belongs) == 0] = 1.0
    share = np.column_stack([nodes @ tree.outer, nodes])
    share[known.all(axis=1), 0] = 1.0
    # The ends move a mean only outwards; fmin and fmax keep that true in the last bit.
    exact = ((worst == best) & known) @ belongs == belongs.sum(axis=0)
    exact = np.column_stack([exact.all(axis=1), exact])
    return Points(
        score=np.where(share >= method.least_known - _ROUNDING, means, np.nan),
        worst=np.where(exact, means, np.fmin(low, means)),
        best=np.where(exact, means, np.fmax(high, means)),
        known=share,
    )


def _tabulate(
    points: Points, references: Floats, sheet: Sheet, *, column: int, chosen: NDArray[np.bool_]
) -> pd.DataFrame:
    """One column of scores with status and origin of the chosen parts, on the quarters' index."""
    score, known = points.score[:, column], points.known[:, column]
    unsure = (sheet.estimated & chosen).any(axis=1) | (known < 1)
    return pd.DataFrame(
        {
            "score": score,
            "worst": points.worst[:, column],
            "best": points.best[:, column],
            "known": known,
            "status": np.where(np.isnan(score), MISSING, np.where(unsure, ESTIMATED, OBSERVED)),
            "example": (sheet.example & chosen).any(axis=1),
            "reference": np.where(np.isnan(score), np.nan, references[:, column]),
        },
        index=sheet.ids,
    )


def _stack(
    frames: Sequence[pd.DataFrame], *, dimensions: Sequence[str], contributions: pd.DataFrame, ids: pd.Index
) -> pd.DataFrame:
    """Dimensions as one long table, quarter by quarter, each with what its parts contribute to the index."""
    own = contributions.groupby(["quarter_id", "dimension"])["contribution"].sum(min_count=1)
    frames = [frame.assign(dimension=dimension) for frame, dimension in zip(frames, dimensions, strict=True)]
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
