"""Ranks as ranges: a place that unknown parts leave open is never stated as one place."""

from __future__ import annotations

import numpy as np
import pandas as pd

_SAME = 9
"""Values that agree in so many decimals are equal: what differs behind them is the rounding of arithmetic."""


def rank_ranges(values: pd.Series, *, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Lowest and highest rank that each unit can have; rank 1 is the largest value.

    Parameters
    ----------
    values : Series
        One value for each unit; units without one are not ranked and push nobody.
    low, high : Series
        What unknown parts admit, on the same index; equal to the value where all is known.

    Returns
    -------
    DataFrame
        On the same index: rank_low, rank_high (`Int64`). Equal values share their range.

    Notes
    -----
    Law: every unit's true rank lies in its range, whatever the true values within [low, high] are.

    Examples
    --------
    >>> values = pd.Series([70.0, 54.0, 48.0], index=["a", "b", "c"])
    >>> low, high = pd.Series([70.0, 40.0, 48.0], index=values.index), pd.Series([70.0, 60.0, 48.0], index=values.index)
    >>> rank_ranges(values, low=low, high=high)["rank_high"].tolist()
    [1, 3, 3]
    """
    ranked = values.notna().to_numpy()
    worst, best = (end.to_numpy(dtype=float)[ranked].round(_SAME) for end in (low, high))
    surely_above = (worst[None, :] > best[:, None]).sum(axis=1)
    possibly_above = (best[None, :] >= worst[:, None]).sum(axis=1)
    ranks = np.column_stack([surely_above + 1, possibly_above])
    frame = pd.DataFrame(ranks, index=values.index[ranked], columns=["rank_low", "rank_high"])
    return frame.reindex(values.index).astype("Int64")
