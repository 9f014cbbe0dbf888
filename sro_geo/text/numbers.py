"""Numbers, lists and dates as text, in German or English form."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NBSP = "\u00a0"
MINUS = "\u2212"
_LARGEST = Context(prec=400)
"""Holds every digit of the largest float."""


def round_half_up(value: float, *, digits: int) -> float:
    """Value rounded as people do, 0.5 away from zero; from the shortest decimal form, so that 2.675 gives 2.68.

    Examples
    --------
    >>> round_half_up(2.675, digits=2)
    2.68
    >>> round_half_up(-0.5, digits=0)
    -1.0
    """
    if not math.isfinite(value):
        return value
    exact = Decimal(repr(float(value)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_LARGEST)) + 0.0


def format_number(value: float, *, digits: int, language: str) -> str:
    """Number with the language's thousands and decimal marks; a zero never carries a minus.

    Examples
    --------
    >>> format_number(1234.5, digits=1, language="de")
    '1.234,5'
    >>> format_number(-0.04, digits=1, language="en")
    '0.0'
    """
    text = f"{abs(round_half_up(value, digits=digits)):,.{digits}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return (MINUS if round_half_up(value, digits=digits) < 0 else "") + text


def format_signed(value: float, *, digits: int, language: str) -> str:
    """Number that always carries its sign; zero carries none.

    Examples
    --------
    >>> format_signed(1.25, digits=1, language="de")
    '+1,3'
    """
    sign = "+" if round_half_up(value, digits=digits) > 0 else ""
    return sign + format_number(value, digits=digits, language=language)


def format_date(iso: str, *, language: str) -> str:
    """ISO date as a reader writes it: 31.12.2024, or 31 December 2024."""
    day = date.fromisoformat(iso)
    return day.strftime("%d.%m.%Y") if language == "de" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def join_words(words: Sequence[str], *, language: str) -> str:
    """Words as an enumeration: `a, b und c`."""
    last = " und " if language == "de" else " and "
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
