"""Persons without an offer within one limit after another, as facts: whoever has one in 5 minutes has one in 10."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from sro_geo.disclose.draft import name_fact, tell_equal
from sro_geo.disclose.publication import Fact, Line, share
from sro_geo.disclose.small import is_small

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.disclose.draft import Draft, Row
    from sro_geo.model.catalogue import IndicatorSpec

REACH, PEOPLE = "reach", "people"
"""Parts of a row, in the names of its facts: the persons without an offer, and all persons."""

_HALF = 0.5
"""Half a person counts as one."""


def is_nested(spec: IndicatorSpec) -> bool:
    """Whether an indicator counts persons without an offer within a limit."""
    return spec.derived and spec.minutes is not None


def add_nested(draft: Draft, rows: Sequence[Row], *, specs: Mapping[str, IndicatorSpec]) -> None:
    """Add the numerators of a quarter and year of which each holds the next, as facts named `reach`, and all persons, named `people`.

    Secrets are small numbers without an offer, small numbers with one, and small steps from one limit to the next.

    Parameters
    ----------
    draft : Draft
        Gets the facts.
    rows : sequence of Row
        True rows; only those of `is_nested` indicators with a numerator and persons count.
    specs : mapping of str to IndicatorSpec
        Tells kind and limit.
    """

    def place(row: Row) -> tuple[str, float]:
        spec = specs[row.indicator]
        return str(spec.kind), spec.minutes or 0.0

    counted = [row for row in rows if is_nested(specs[row.indicator]) and not math.isnan(row.numerator)]
    for kind, chain in groupby(sorted(counted, key=place), key=lambda row: place(row)[0]):
        own = list(chain)
        for row in own:
            _add_numbers(draft, row, everybody=f"everybody {kind}")
        for nearer, farther in pairwise(own):
            step = share({nearer.indicator: 1, farther.indicator: -1})
            draft.always.append(Line(shares=step, low=0))
            if is_small(nearer.numerator - farther.numerator, smallest=draft.smallest):
                draft.protect(name_fact(nearer.at, "step"), step, row=nearer)


def _add_numbers(draft: Draft, row: Row, *, everybody: str) -> None:
    """Add the persons without an offer and all persons of a row; the rest of them have one."""
    for part, number, name in ((REACH, row.numerator, row.indicator), (PEOPLE, row.denominator, everybody)):
        count = share({name: 1})
        told = (tell_equal(count, number),)
        draft.facts.append(
            Fact(name=name_fact(row.at, part), told=told, count=count, least=1.0 if number >= _HALF else 0.0)
        )
    rest = share({everybody: 1, row.indicator: -1})
    draft.always.append(Line(shares=rest, low=0))
    if is_small(row.numerator, smallest=draft.smallest):
        draft.protect(name_fact(row.at, REACH), share({row.indicator: 1}), row=row)
    if is_small(row.denominator - row.numerator, smallest=draft.smallest):
        draft.protect(name_fact(row.at, "served"), rest, row=row)
