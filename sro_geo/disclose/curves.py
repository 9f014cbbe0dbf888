"""Persons within many distances, as may be shown beside exact numbers within some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.disclose.closures import find_step, leaves_open, round_counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


def round_curves(
    counts: pd.DataFrame,
    persons: pd.Series,
    *,
    exact: Sequence[float],
    smallest: int,
    members: Mapping[int, Sequence[int]] | None = None,
) -> pd.DataFrame:
    """Counts in steps; missing where one can't be shown.

    Parameters
    ----------
    counts : DataFrame
        Persons by area (rows) within each distance (columns, ascending): of quarters, and of areas that are sums of them.
    persons : Series
        All persons of each area; missing where they aren't shown.
    exact : sequence of float
        Distances within which a number may be known exactly.
    smallest : int
        Smallest count of persons that may be shown.
    members : mapping of int to sequence of int
        Rows that are sums, with the rows that they are sums of.

    Notes
    -----
    A step is so wide that an area's count less those of its other quarters leaves a withheld one open over `smallest`; where
    some of them are known exactly, the area's count is missing where it does not.

    Laws: a count that is shown is open over at least `smallest` counts, also for who knows those within the exact distances
    before and behind it, unless these are equal; neither it nor what it leaves of all persons is under a step, but nobody.
    """
    step = find_step(smallest)
    ends = [end for end in counts.columns if float(end) in exact]
    known: pd.DataFrame = counts[ends].reindex(columns=counts.columns)
    before = known.ffill(axis=1).shift(1, axis=1).fillna(0.0)
    behind = known.bfill(axis=1).shift(-1, axis=1)
    behind = behind.where(behind.notna(), counts.mul(0.0).add(persons, axis=0))
    rounded = counts.apply(lambda column: round_counts(column, persons, step=step)).mask(persons.isna(), axis=0)
    open_ = np.minimum(rounded + step / 2, behind) - np.maximum(rounded - step / 2, before)
    shown = rounded.where((open_ >= smallest) | (before == behind))
    sure = (before == behind) | counts.eq(persons, axis=0) | counts.eq(0) | counts.columns.isin(ends)
    told, fixed = shown.to_numpy(dtype=float, copy=True), counts.where(sure).to_numpy(dtype=float)
    for area, own in (members or {}).items():
        for at in range(told.shape[1]):
            if not leaves_open(told[area, at], told[own, at], known=fixed[own, at], smallest=smallest):
                told[area, at] = np.nan
    return shown.mask(np.isnan(told))
