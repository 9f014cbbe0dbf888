"""Which counts are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-6
"""Sums of fractions of persons may miss a whole number by this much."""

_HALF = 0.5


def find_small(counts: ArrayLike, *, smallest: int, given: bool | NDArray[np.bool_] = False) -> NDArray[np.bool_]:
    """Whether each count is one person or more and under the smallest that may be shown.

    Modelled counts may be fractions: half a person counts as one, less as nobody. Of a `given` count, as where a crosswalk
    divides one, any part is one. A missing count is not small, and none is where one person may be shown.

    Examples
    --------
    >>> find_small([0.0, 0.4, 1.0, 2.4, 3.0], smallest=3).tolist()
    [False, False, True, True, False]
    >>> find_small([0.0, 0.4], smallest=3, given=True).tolist()
    [False, True]
    """
    numbers, least = np.asarray(counts, dtype=float), np.where(given, _ROUNDING, _HALF)
    with np.errstate(invalid="ignore"):
        found: NDArray[np.bool_] = (numbers >= least) & (numbers < smallest - _ROUNDING) & (smallest > 1)
    return found


def is_small(count: float, *, smallest: int, given: bool = False) -> bool:
    """Whether one count is; see `find_small`."""
    return smallest > 1 and (_ROUNDING if given else _HALF) <= count < smallest - _ROUNDING


def suppress_chain(counts: NDArray[np.float64], total: NDArray[np.float64], *, smallest: int) -> NDArray[np.bool_]:
    """Which of several nested counts may be shown: no difference between neighbours that are shown is small.

    Parameters
    ----------
    counts : array, rows × limits
        Each row does not fall (persons within 5, 10, 15 minutes).
    total : array, rows
        All persons. Always shown unless small itself; then nothing in its row is.
    smallest : int
        Smallest count that may be shown.

    Returns
    -------
    array of bool, rows × limits
        True where the count may be shown.

    Notes
    -----
    From the largest count down, each is kept if neither it nor its distance to the last one kept is small.
    Where none of the differences is small, all are kept.

    Examples
    --------
    >>> suppress_chain(np.array([[30.0, 40.0, 49.0]]), np.array([50.0]), smallest=3).tolist()
    [[True, True, False]]
    """
    kept = np.zeros(counts.shape, dtype=bool)
    open_rows = ~find_small(total, smallest=smallest)
    last = total.copy()
    for column in reversed(range(counts.shape[1])):
        here = counts[:, column]
        small = find_small(here, smallest=smallest) | find_small(last - here, smallest=smallest)
        kept[:, column] = open_rows & ~small & ~np.isnan(here)
        last = np.where(kept[:, column], here, last)
    return kept
