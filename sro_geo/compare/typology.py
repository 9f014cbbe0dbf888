"""Which quarters are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_SAME = 9
"""Distances that agree in so many decimals are equal."""


def find_similar(table: pd.DataFrame, *, most: int) -> Mapping[str, tuple[str, ...]]:
    """Most similar quarters of each quarter, nearest first.

    Parameters
    ----------
    table : DataFrame, quarters × indicators
        Values; missing where unknown.
    most : int
        So many are named at most.

    Returns
    -------
    mapping of str to tuple of str
        Every quarter of the table; empty for one that is not compared.

    Notes
    -----
    Compared are the quarters with at least one value, on the columns that all of these have
    (`list_compared`), each standardised to mean 0 and standard deviation 1. A gap is never filled: it takes
    its column out for everybody, so that all distances mean the same. Quarters at the same distance stand in
    the order of their ids.

    References
    ----------
    Cover, T., Hart, P. (1967): Nearest neighbor pattern classification. IEEE Transactions on Information
    Theory 13.
    """
    columns = list(list_compared(table))
    compared = table.loc[table.notna().any(axis=1), columns].sort_index()
    similar: dict[str, tuple[str, ...]] = {str(quarter): () for quarter in table.index}
    if len(compared) < 2 or not columns:  # noqa: PLR2004  nobody to compare with
        return similar
    points = StandardScaler().fit_transform(compared.to_numpy(dtype=float))
    distances, others = NearestNeighbors(n_neighbors=len(points), algorithm="brute").fit(points).kneighbors(points)
    for position, quarter in enumerate(compared.index):
        order = others[position][np.lexsort((others[position], distances[position].round(_SAME)))]
        similar[str(quarter)] = tuple(str(compared.index[i]) for i in order if i != position)[:most]
    return similar


def list_compared(table: pd.DataFrame) -> tuple[str, ...]:
    """Columns on which `find_similar` compares: without a gap among the quarters that have any value."""
    compared = table[table.notna().any(axis=1)]
    return tuple(str(column) for column in compared.columns[compared.notna().all(axis=0)])
