"""What unknown parts leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.resilience.aggregate import aggregate
from sro_geo.resilience.scale import BEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.resilience.aggregate import How

    Floats = NDArray[np.float64]


def bound_scores(scaled: Floats, score: Floats, weights: Floats, *, how: How, lowest: float) -> tuple[Floats, Floats]:
    """Worst and best score of each row that its unknown parts admit.

    Parameters
    ----------
    scaled : array, rows × parts
        Points; unknown ones are missing.
    score : array, rows
        Score from the known parts; missing where nothing is known.
    weights : array, parts
        Full weights; they add up to 1.
    how : {"arithmetic", "geometric"}
        Which mean.
    lowest : float
        Points of the worst value.

    Returns
    -------
    worst, best : arrays, rows
        Equal to the score where every part with a weight is known.

    Notes
    -----
    Laws: worst ≤ score ≤ best; making one more part unknown never narrows the interval.
    """
    unknown = np.isnan(scaled) & (weights > 0)
    full = np.broadcast_to(weights, scaled.shape)
    open_rows = unknown.any(axis=1)
    # Filling the gaps with the ends moves a mean only outwards; fmin and fmax keep that true in the last bit.
    worst = np.fmin(aggregate(np.where(unknown, lowest, scaled), full, how=how), score)
    best = np.fmax(aggregate(np.where(unknown, BEST, scaled), full, how=how), score)
    return np.where(open_rows, worst, score), np.where(open_rows, best, score)
