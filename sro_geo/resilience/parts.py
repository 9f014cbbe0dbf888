"""What each part contributes to a score beside the city's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.resilience.aggregate import aggregate_tree, contribute
from sro_geo.resilience.weight import spread_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.resilience.aggregate import How
    from sro_geo.resilience.sheet import Sheet
    from sro_geo.resilience.weight import Tree

    Floats = NDArray[np.float64]

UNKNOWN_PART = "unknown"
"""Part, and dimension, of what unknown parts leave open."""


def refer_to_city(sheet: Sheet, *, tree: Tree, how: How, city: Floats) -> Floats:
    """The city's score over the parts that each quarter has: where the quarter lacks one, so does what it is set against.

    Parameters
    ----------
    sheet, tree, how, city
        As in `list_contributions`.

    Returns
    -------
    array, quarters × (1 + dimensions)
        Of the index, then of each dimension; missing where quarter and city have no part in common.
    """
    both = ~np.isnan(sheet.scaled) & ~np.isnan(city)
    return aggregate_tree(np.broadcast_to(city, both.shape), both, tree=tree, how=how)


def list_contributions(
    sheet: Sheet, *, tree: Tree, how: How, score: Floats, city: Floats, reference: Floats
) -> pd.DataFrame:
    """Contributions of each quarter that has a score, as rows.

    Parameters
    ----------
    sheet : Sheet
        Values of the quarters.
    tree : Tree
        Weights.
    how : {"arithmetic", "geometric"}
        Which mean.
    score : array, quarters
        Score; missing where too little is known.
    city : array, 1 × parts
        The city's points; missing where unknown.
    reference : array, quarters
        The city's score over the parts that the quarter has, as `refer_to_city` gives it; where it is missing, so is
        every contribution.

    Returns
    -------
    DataFrame
        quarter_id, dimension, part, value, scaled, reference, weight, contribution, source, row. One row for
        each known part with the weight it really had, and one "unknown" where the city lacks a part that the quarter
        has.

    Notes
    -----
    Like with like: over the parts known on both sides the contributions add up to S′ − R′, the difference of both
    means over just these parts. S′ is S unless the city lacks a part that the quarter has; then S − S′ is the unknown
    part. So they always add up to S − R′.
    """
    known = ~np.isnan(sheet.scaled)
    both = known & ~np.isnan(city)
    used = tree.inner * tree.outer[tree.node] > 0
    parts = contribute(sheet.scaled, city[0], spread_weights(tree, known=both), how=how, node=tree.node)
    rest = score - reference - parts.sum(axis=1)
    parts = np.where(both & ~np.isnan(reference)[:, None], parts, np.nan)
    scored = ~np.isnan(score)
    quarter, part = np.nonzero(known & used & scored[:, None])
    left = np.flatnonzero(scored & (known & used & np.isnan(city)).any(axis=1))
    at = quarter, part
    frame = pd.DataFrame(
        {
            "quarter_id": sheet.ids[quarter],
            "dimension": np.array(tree.dimensions, dtype=object)[tree.node[part]],
            "part": np.array(tree.codes, dtype=object)[part],
            "value": sheet.value[at],
            "scaled": sheet.scaled[at],
            "reference": city[0][part],
            "weight": spread_weights(tree, known=known)[at],
            "contribution": parts[at],
            "source": sheet.source[at],
            "row": pd.Series(sheet.row[at], dtype="Int64"),
        }
    )
    open_parts = pd.DataFrame({"quarter_id": sheet.ids[left], "dimension": UNKNOWN_PART, "part": UNKNOWN_PART})
    joined = pd.concat([frame, open_parts.assign(contribution=rest[left])], ignore_index=True)
    order = np.argsort(sheet.ids.get_indexer(pd.Index(joined["quarter_id"])), kind="stable")
    return joined.iloc[order].reset_index(drop=True)
