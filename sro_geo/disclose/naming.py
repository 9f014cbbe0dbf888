"""Unknown counts of a quarter and year by name, so that age groups nest and add up by their intervals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.model.ages import AgeGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.counts import Count

Parts = dict[str, float]
"""Unknown counts with their factors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How counts are made of unknown ones.

    Attributes
    ----------
    specs : mapping of str to IndicatorSpec
        The catalogue; a code that is itself a sum is taken apart.
    cuts : tuple of float
        Ages at which any age group starts or ends.
    apart : bool
        True for numbers that contradict the others: then a count is unknown for itself, and only the same number of the
        same count is one.
    """

    specs: Mapping[str, IndicatorSpec]
    cuts: tuple[float, ...]
    apart: bool = False

    def name_parts(self, count: Count, *, number: float) -> Parts:
        """Unknown counts that a count is made of; `number` is what it is."""
        if self.apart:
            return {f"{count.terms} = {number:g}": 1.0}
        sums: dict[str, float] = defaultdict(float)
        for sign, term in flatten(count, self.specs):
            for name in self.cut(term) if isinstance(term, AgeGroup) else [term]:
                sums[name] += sign
        return {name: factor for name, factor in sums.items() if factor}

    def cut(self, group: AgeGroup) -> list[str]:
        """Smallest age groups that a group is made of."""
        inside = [(a, b) for a, b in pairwise(self.cuts) if group.start <= a and b <= group.end]
        return [f"age {int(a)}-{b:g}" for a, b in inside]


def make_naming(counts: Iterable[Count], *, specs: Mapping[str, IndicatorSpec]) -> Naming:
    """Naming for all counts of a quarter and year."""
    groups = [term for count in counts for _, term in flatten(count, specs) if isinstance(term, AgeGroup)]
    cuts = sorted({float(end) for group in groups for end in (group.start, group.end)})
    return Naming(specs=specs, cuts=tuple(cuts))


def flatten(
    count: Count, specs: Mapping[str, IndicatorSpec], *, seen: tuple[str, ...] = ()
) -> list[tuple[int, AgeGroup | str]]:
    """Terms of a count, codes of sums replaced by what they are sums of."""
    found: list[tuple[int, AgeGroup | str]] = []
    for sign, term in count.terms:
        inner = specs[term].counts if isinstance(term, str) and term in specs and term not in seen else None
        if inner is None or not inner.persons or inner.terms == ((1, term),):
            found.append((sign, term))
        else:
            found += [(sign * s, t) for s, t in flatten(inner, specs, seen=(*seen, str(term)))]
    return found
