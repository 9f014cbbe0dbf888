"""What unknown and rounded parts leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.resilience.aggregate import aggregate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.resilience.aggregate import How

    Floats = NDArray[np.float64]


def bound_scores(worst: Floats, best: Floats, *, score: Floats, weights: Floats, how: How) -> tuple[Floats, Floats]:
    """Worst and best score of each row that its parts admit.

    Parameters
    ----------
    worst, best : arrays, rows × parts
        Points of each part at its worst and best: equal where it is known exactly, the scale's ends where it is unknown.
    score : array, rows
        Score from the known parts; missing where nothing is known.
    weights : array, parts
        Full weights; they add up to 1.
    how : {"arithmetic", "geometric"}
        Which mean.

    Returns
    -------
    worst, best : arrays, rows
        Equal to the score where every part with a weight is known exactly.

    Notes
    -----
    Laws: worst ≤ score ≤ best; making one more part unknown never narrows the interval.
    """
    full = np.broadcast_to(weights, worst.shape)
    open_rows = ((worst < best) & (weights > 0)).any(axis=1)
    # The ends move a mean only outwards; fmin and fmax keep that true in the last bit.
    lowest, highest = (aggregate(ends, full, how=how) for ends in (worst, best))
    return np.where(open_rows, np.fmin(lowest, score), score), np.where(open_rows, np.fmax(highest, score), score)
