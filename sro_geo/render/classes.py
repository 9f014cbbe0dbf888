"""Classes of a map: where they are cut, and which class a value falls into."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.render.palette import MOST_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    Values: TypeAlias = NDArray[np.float64]

_FINEST = 1000
"""A cut is never rounded more finely than the span of the values divided by this."""

_INNER, _OUTER = 0.4, 0.8
"""Shares of the values between the inner and between the outer cuts of a map of rise and fall."""


def choose_breaks(
    values: Sequence[float] | Values, *, how: str, classes: int = 5, given: Sequence[float] | None = None
) -> tuple[float, ...]:
    """Cuts between the classes, from low to high: one fewer than there are classes.

    Parameters
    ----------
    values : sequence of float
        Values as they are shown; not-a-number is left out.
    how : str
        `quantile`: about the same number of values in each class; `equal`: the same width; `jenks`: values that lie close
        together, with the least sum of squares within the classes that there is; `deviation`: one standard deviation wide
        around the mean; `symmetric`: mirrored at zero, for rise and fall; `given`: as stated.
    classes : int
        Number of classes wanted; fewer where the values have fewer distinct ones.
    given : sequence of float, optional
        Cuts for `given`.

    Returns
    -------
    tuple of float
        Round numbers, each a cut that separates values. A class holds the values from its lower cut up to,
        but without, its upper cut.

    Raises
    ------
    ValueError
        If `how` or the number of classes is unknown, or `given` is missing or not ascending.

    Notes
    -----
    Of all roundings the coarsest is taken that leaves no class empty, so that a legend can be read aloud. That of `jenks` moves
    no value into another class.

    References
    ----------
    W. D. Fisher (1958): On Grouping for Maximum Homogeneity. Journal of the American Statistical Association 53.

    Examples
    --------
    >>> choose_breaks([9, 12, 14, 16, 19, 22, 24, 30, 33, 38], how="quantile")
    (14.0, 18.0, 22.0, 30.0)
    >>> choose_breaks([3, 3, 5], how="quantile")
    (5.0,)
    >>> choose_breaks([9, 12, 14, 16, 19, 22, 24, 30, 33, 38], how="jenks", classes=3)
    (18.0, 30.0)
    """
    if not 1 <= classes <= MOST_CLASSES:
        raise ValueError(f"`classes` must be between 1 and {MOST_CLASSES}; got {classes}")
    if how == "given":
        return _check_given(given)
    if how not in _CUTS:
        raise ValueError(f"`how` must be one of {', '.join(sorted(_CUTS))} or given; got {how!r}")
    known = np.asarray(values, dtype=float)
    known = np.sort(known[np.isfinite(known)])
    return _CUTS[how](known, min(classes, len(np.unique(known)))) if len(known) else ()


def place(values: Sequence[float] | Values, breaks: Sequence[float]) -> NDArray[np.int64]:
    """Give the number of each value's class, the lowest is 0; −1 where the value is not a number.

    Examples
    --------
    >>> place([9.9, 10, float("nan")], [10]).tolist()
    [0, 1, -1]
    """
    numbers = np.asarray(values, dtype=float)
    return np.where(np.isnan(numbers), -1, np.searchsorted(np.asarray(breaks, dtype=float), numbers, side="right"))


def _check_given(given: Sequence[float] | None) -> tuple[float, ...]:
    if not given:
        raise ValueError("`given` must name at least one cut")
    if not all(a < b for a, b in pairwise(given)) or not all(map(math.isfinite, given)):
        raise ValueError(f"`given` must be ascending finite numbers; got {list(given)}")
    if len(given) >= MOST_CLASSES:
        raise ValueError(f"`given` makes {len(given) + 1} classes; there are colours for {MOST_CLASSES}")
    return tuple(float(cut) for cut in given)


def _cut_quantiles(known: Values, classes: int) -> tuple[float, ...]:
    if classes < 2:  # noqa: PLR2004  one class has no cut
        return ()
    for pool in (known, np.unique(known)):  # where many values are the same, the distinct ones must do
        raw = np.quantile(pool, np.arange(1, classes) / classes)
        for step in _list_steps(known):
            cuts = np.unique(_round_to(raw, step))
            if len(cuts) == classes - 1 and _leaves_none_empty(known, cuts):
                return tuple(map(float, cuts))
    return _cut_quantiles(known, classes - 1)


def _cut_equal(known: Values, classes: int) -> tuple[float, ...]:
    if classes < 2:  # noqa: PLR2004  one class has no cut
        return ()
    span = float(known[-1] - known[0])
    step = next(s for s in reversed(_list_steps(known)) if s >= span / classes * (1 - 1e-9))
    first = math.floor(float(known[0]) / step) + 1
    cuts = [_round_to(np.array([i * step]), step)[0] for i in range(first, first + classes - 1)]
    return tuple(float(cut) for cut in cuts if cut <= known[-1])


def _cut_symmetric(known: Values, _: int) -> tuple[float, ...]:
    sizes = np.abs(known[known != 0])
    if not len(sizes):
        return ()
    raw = np.quantile(sizes, [_INNER, _OUTER])
    scale = np.concatenate([[0.0], np.sort(sizes)])
    for step in _list_steps(scale):
        inner, outer = (float(cut) for cut in _round_to(raw, step))
        if 0 < inner < outer <= scale[-1]:
            return (-outer, -inner, inner, outer)
    inner = float(_round_to(raw[:1], _list_steps(scale)[-1])[0]) or float(scale[-1])
    return (-inner, inner)


def _cut_jenks(known: Values, classes: int) -> tuple[float, ...]:
    """Exact optimum by Fisher's dynamic programme over the distinct values; each cut the roundest number in its gap."""
    values, counts = np.unique(known, return_counts=True)
    ends = find_groups(values, counts, classes)
    cuts = []
    for below, above in ((values[end - 1], values[end]) for end in ends):
        rounded = (_round_to(np.array([above]), step)[0] for step in _list_steps(np.array([below, above])))
        cuts.append(next((float(cut) for cut in rounded if below < cut <= above), float(above)))
    return tuple(cuts)


def find_groups(values: Values, counts: NDArray[np.int64], groups: int) -> list[int]:
    """Where each group but the first begins, so that the sum of squares around the groups' means is the least.

    Parameters
    ----------
    values : ndarray of float
        Ascending, each once.
    counts : ndarray of int
        How often each occurs.
    groups : int
        At most as many as there are values.
    """
    centred = values - np.average(values, weights=counts)
    n, s, q = (np.concatenate([[0.0], np.cumsum(counts * centred**power)]) for power in (0, 1, 2))
    best, begins = q - np.divide(s**2, n, out=np.zeros_like(s), where=n > 0), []
    for group in range(1, groups):
        after, begin = np.full(len(n), np.inf), np.zeros(len(n), dtype=np.int64)
        for end in range(group + 1, len(n)):
            start = np.arange(group, end)
            within = q[end] - q[start] - (s[end] - s[start]) ** 2 / (n[end] - n[start])
            total = best[start] + within
            at = int(np.argmin(total))
            after[end], begin[end] = total[at], start[at]
        best = after
        begins.append(begin)
    found, end = [], len(values)
    for begin in reversed(begins):
        end = int(begin[end])
        found.append(end)
    return found[::-1]


def _cut_deviation(known: Values, classes: int) -> tuple[float, ...]:
    mean, spread = float(known.mean()), float(known.std())
    if classes < 2 or not spread:  # noqa: PLR2004  one class has no cut
        return ()
    raw = np.asarray(mean + spread * (np.arange(classes - 1) - (classes - 2) / 2), dtype=np.float64)
    step = next(step for step in _list_steps(np.array([0.0, spread / 2])) if step <= spread / 2)
    return tuple(float(cut) for cut in np.unique(_round_to(raw, step)) if known[0] < cut <= known[-1])


_CUTS: dict[str, Callable[[Values, int], tuple[float, ...]]] = {
    "quantile": _cut_quantiles,
    "equal": _cut_equal,
    "jenks": _cut_jenks,
    "deviation": _cut_deviation,
    "symmetric": _cut_symmetric,
}


def _list_steps(known: Values) -> list[float]:
    """Round steps (1, 2, 5 times a power of ten) from coarse to as fine as the values are apart."""
    distinct = np.unique(known)
    span = float(distinct[-1] - distinct[0]) or 1.0
    gap = max(float(np.diff(distinct).min(initial=span)), span / _FINEST)
    powers = range(math.ceil(math.log10(span)), math.floor(math.log10(gap) + 1e-9) - 1, -1)
    return [round(m * 10.0**p, 12) if p < 0 else m * 10.0**p for p in powers for m in (5, 2, 1)]


def _round_to(numbers: Values, step: float) -> Values:
    """Numbers rounded to a multiple of the step, without the dust of binary fractions."""
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return np.round(np.floor(numbers / step + 0.5) * step, digits)


def _leaves_none_empty(known: Values, cuts: Values) -> bool:
    return len(np.unique(place(known, list(cuts)))) == len(cuts) + 1
