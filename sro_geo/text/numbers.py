"""Numbers rounded and written by one rule, which `render/assets/format.js` follows as well."""

from __future__ import annotations

import math
from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NBSP = "\u00a0"
MINUS = "\u2212"

_SURE = Context(prec=10, rounding=ROUND_HALF_UP)
"""Ten digits are sure whatever the order of operations was; what is behind them must not decide a tie."""

_APART = 9
"""Values that agree in so many decimals are equal, as for ranks: what differs behind them is the rounding of arithmetic."""

_LARGEST = Context(prec=400)
"""Holds every digit of the largest float."""

_MOST_STEPS, _MOST_DIGITS = 1e9, 9
"""Below them a number of steps and its half have ten digits at most, and floats hold both exactly."""

_AT, _BESIDE = 0.4e-10, 1e-9
"""Ten digits move a number by 0.5e-10 to 0.5e-9 of it: what is nearer to an edge falls on it, what is farther stays beside it."""


def round_half_up(value: float, *, digits: int) -> float:
    """Value rounded as people do, 0.5 away from zero: first to ten significant digits, then to the decimals.

    Examples
    --------
    >>> round_half_up(2.675, digits=2)
    2.68
    >>> round_half_up(-0.5, digits=0)
    -1.0
    >>> 100 * 0.285, round_half_up(100 * 0.285, digits=0)
    (28.499999999999996, 29.0)
    """
    return float(_round(value, digits, half_up=True)) + 0.0


def cut_off(value: float, *, digits: int) -> float:
    """Value without its further decimals; rounded to fewer decimals it gives what the whole value gives.

    Examples
    --------
    >>> cut_off(37.4999, digits=2), round_half_up(37.4999, digits=2)
    (37.49, 37.5)
    """
    return float(_round(value, digits, half_up=False)) + 0.0


def cut_apart(values: Iterable[float], *, digits: int) -> dict[float, float]:
    """Each value cut as by `cut_off`, with as many further decimals as tell it from those that differ from it.

    Law: the cut values stand in the order of the values.

    Examples
    --------
    >>> cut_apart([1.23, 1.2345, 1.2378], digits=2)
    {1.23: 1.23, 1.2345: 1.234, 1.2378: 1.237}
    """
    found: dict[float, float] = {}
    left = sorted(set(values))
    for more in range(digits, max(digits, _APART) + 1):
        alike = defaultdict(list)
        for value in left:
            alike[cut_off(value, digits=more)].append(value)
        for cut, those in alike.items():
            if more >= _APART or len({round(value, _APART) for value in those}) == 1:
                found |= dict.fromkeys(those, cut)
        left = [value for value in left if value not in found]
    return {value: found[value] for value in sorted(found)}


def write_number(value: float, *, digits: int, decimal: str, thousands: str) -> str:
    """Number with these marks; a zero never carries a minus.

    Examples
    --------
    >>> write_number(1234.5, digits=1, decimal=",", thousands=".")
    '1.234,5'
    >>> write_number(-0.04, digits=1, decimal=".", thousands=",")
    '0.0'
    """
    rounded = _round(value, digits, half_up=True)
    text = f"{abs(rounded):,.{digits}f}".replace(",", "_").replace(".", decimal).replace("_", thousands)
    return (MINUS if rounded < 0 else "") + text


def _round(value: float, digits: int, *, half_up: bool) -> float | Decimal:
    """By plain floats where ten digits leave no doubt, else by its decimals."""
    value = float(value)
    if 0 <= digits <= _MOST_DIGITS:
        scale = 10.0**digits
        steps = abs(value) * scale
        if steps < _MOST_STEPS:
            moved = steps + 0.5 if half_up else steps
            edge = round(moved)
            apart = abs(moved - edge)
            if apart <= _AT * steps:
                return math.copysign(edge / scale, value)
            if apart > _BESIDE * steps:
                return math.copysign(math.floor(moved) / scale, value)
    return round_exactly(value, digits=digits, half_up=half_up)


def round_exactly(value: float, *, digits: int, half_up: bool) -> Decimal:
    """The rule itself, for any number."""
    exact = Decimal(value)
    if not exact.is_finite():
        return exact
    way = ROUND_HALF_UP if half_up else ROUND_DOWN
    return _SURE.plus(exact).quantize(Decimal(1).scaleb(-digits), rounding=way, context=_LARGEST)


def write_ranges(numbers: Iterable[int]) -> str:
    """Whole numbers in order, each once; from three in a row on as first and last.

    Examples
    --------
    >>> write_ranges([50, 52, 54, 53, 60, 61])
    '50, 52–54, 60, 61'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)  # noqa: PLR2004  two
