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

    Examples
    --------
    >>> from sro_geo import find_shipped, find_similar, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> rows = tables.indicators.query("year == 2024 and indicator in ['arbeitslose', 'umzugsvolumen']")
    >>> table = rows.pivot(index="quarter_id", columns="indicator", values="value")
    >>> [tables.quarters.loc[key, "name"] for key in find_similar(table, most=2)["08"]]
    ['Hafenviertel', 'Ostufer']
    """
    columns = list(list_compared(table))
    compared = table.loc[table.notna().any(axis=1), columns].sort_index()
    similar: dict[str, tuple[str, ...]] = {str(quarter): () for quarter in table.index}
    if len(compared) < 2 or not columns:  # noqa: PLR2004  nobody to compare with
        return similar
    points = StandardScaler().fit_transform(compared.to_numpy(dtype=float))
    search = NearestNeighbors(n_neighbors=min(len(points), most + 2), algorithm="brute").fit(points)
    distances, others = search.kneighbors(points)
    for position, quarter in enumerate(compared.index):
        near, far = others[position], distances[position].round(_SAME)
        if len(points) > most + 2 and far[-1] == far[-2]:  # more may be as near as the last one
            far, near = search.radius_neighbors(points[[position]], radius=distances[position][-1] + 10.0**-_SAME)
            near, far = near[0], far[0].round(_SAME)
        order = near[np.lexsort((near, far))]
        similar[str(quarter)] = tuple(str(compared.index[i]) for i in order if i != position)[:most]
    return similar


def list_compared(table: pd.DataFrame) -> tuple[str, ...]:
    """Columns on which `find_similar` compares: without a gap among the quarters that have any value."""
    compared = table[table.notna().any(axis=1)]
    return tuple(str(column) for column in compared.columns[compared.notna().all(axis=0)])
