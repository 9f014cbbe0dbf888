"""Units in a planner's own words: what they mean for arithmetic and protection, and what is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from sro_geo.model.catalogue import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS: Mapping[str, Unit] = {unit: unit for unit in get_args(Unit) if unit not in ("own", "percentage_points")}
"""Units that a catalogue may name by their code."""

_RATES: Mapping[Unit, re.Pattern[str]] = {
    "percent": re.compile(r"%.*|v\. ?h\..*|prozent\b.*|percent\b.*"),
    "per_1000": re.compile(r"‰.*|promille\b.*|(?:.* )?(?:je|pro|per) 1[ .,]?000(?![ .,]?\d).*"),
    "per_100": re.compile(r"(?:.* )?(?:je|pro|per) 100(?![ .,]?\d).*"),
    "per_km2": re.compile(r"(?:.* )?(?:je|pro|per) (?:km²|km2|qkm|quadratkilometer|square kilometre)(?!\w).*"),
}

DIVIDED = ("percent", "per_100", "per_1000")
"""Units of rates that can be computed of counts."""


def read_unit(text: str) -> Unit | None:
    """Unit that a text means: a code, or a rate that says so; None for words of its own.

    A rate must be known as one: values that are set against persons give the persons away, whatever the unit is called.

    Examples
    --------
    >>> read_unit("per_100"), read_unit("Fälle je 1.000 Kinder"), read_unit("% der Haushalte")
    ('per_100', 'per_1000', 'percent')
    >>> read_unit("Euro"), read_unit("Fälle je 10.000")
    (None, None)
    """
    folded = " ".join(text.casefold().replace("\u202f", " ").split())
    return UNITS.get(text, next((unit for unit, pattern in _RATES.items() if pattern.fullmatch(folded)), None))
