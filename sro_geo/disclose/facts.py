"""The rows of a quarter and year as facts of a publication."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sro_geo.disclose.audit import fits
from sro_geo.disclose.draft import Draft, name_fact, tell_equal
from sro_geo.disclose.naming import make_naming
from sro_geo.disclose.publication import Fact, Publication, Shares, publish, share
from sro_geo.disclose.rates import add_rate, find_denominator
from sro_geo.disclose.small import is_small
from sro_geo.model.ages import AgeGroup
from sro_geo.model.catalogue import COUNTS
from sro_geo.model.counts import Count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sro_geo.disclose.draft import Row
    from sro_geo.disclose.naming import Naming
    from sro_geo.model.catalogue import IndicatorSpec

_OWN, _TOTAL = 3.0, 30.0
"""Weights of a count of its own and of a total; an age group weighs little more than 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Publication of a quarter and year.

    Attributes
    ----------
    publication : Publication
        Its facts are named by row and part: `value` (what is shown, rounded as shown), `counts` (the exact value and
        its numerator) and `below` (the denominator).
    withheld : set of str
        Facts that are withheld because they are small themselves, or were before.
    secrets : dict of str to Shares
        Counts that nobody may work out.
    owners : dict of str to int
        Row of each secret.
    """

    publication: Publication
    withheld: set[str]
    secrets: dict[str, Shares]
    owners: dict[str, int]

    @property
    def names(self) -> set[str]:
        """Names of all facts."""
        return {fact.name for fact in self.publication.facts}


class Settled(NamedTuple):
    """A block whose numbers were looked at together.

    Attributes
    ----------
    block : Block
        Rows that contradict those believed before them are told apart.
    odd : set of int
        These rows.
    dropped : bool
        Whether what is said of the withheld rows was dropped.
    sound : bool
        Whether any whole numbers fit the block.
    """

    block: Block
    odd: set[int]
    dropped: bool
    sound: bool


def describe_block(
    rows: Sequence[Row], *, specs: Mapping[str, IndicatorSpec], smallest: int, apart: Collection[int] = ()
) -> Block:
    """Everything that the rows tell of counts of persons, and which of these are small.

    Parameters
    ----------
    rows : sequence of Row
        Of one quarter and year; rows without a value that are not withheld tell nothing and are left out.
    specs : mapping of str to IndicatorSpec
        What each number counts.
    smallest : int
        Smallest count that may be shown.
    apart : collection of int
        Rows whose numbers contradict the others: they count something else, and are told apart from it.
    """
    told = [specs[row.indicator].counts for row in rows]
    told += [count for row in rows if (count := find_denominator(specs[row.indicator])) is not None]
    joined = make_naming(told, specs=specs)
    alone = replace(joined, apart=True)
    numbers = collect_numbers(rows, specs=specs)
    draft = Draft(smallest=smallest)
    for row in rows:
        naming = alone if row.at in apart else joined
        if specs[row.indicator].unit in COUNTS:
            _add_count(draft, row, spec=specs[row.indicator], naming=naming)
        else:
            add_rate(draft, row, spec=specs[row.indicator], naming=naming, numbers=numbers)
    known = publish(draft.facts, always=draft.always)
    return Block(publication=known, withheld=draft.withheld, secrets=draft.secrets, owners=draft.owners)


def settle_block(
    rows: Sequence[Row], *, specs: Mapping[str, IndicatorSpec], smallest: int, block: Block | None = None
) -> Settled:
    """Block whose numbers fit each other; `block` are the rows as `describe_block` describes them, if that was done.

    What is said of the withheld rows is dropped where it contradicts the numbers: a count that is said to be small and isn't
    needs protection, too.
    """
    block = describe_block(rows, specs=specs, smallest=smallest) if block is None else block
    if fits(block.publication, withheld=()):
        return Settled(block, odd=set(), dropped=False, sound=True)
    free = [row._replace(most=math.inf) for row in rows]
    odd = _find_odd(free, specs=specs, smallest=smallest)
    block = describe_block(free, specs=specs, smallest=smallest, apart=odd)
    return Settled(block, odd=odd, dropped=free != list(rows), sound=fits(block.publication, withheld=()))


def _find_odd(rows: Sequence[Row], *, specs: Mapping[str, IndicatorSpec], smallest: int) -> set[int]:
    """Rows that contradict those believed before them; all sums of the others hold, and protect."""
    odd: set[int] = set()
    believed: list[Row] = []
    for row in list_by_trust(rows, specs=specs):
        tried = describe_block([*believed, row], specs=specs, smallest=smallest)
        if fits(tried.publication, withheld=()):
            believed.append(row)
        else:
            odd.add(row.at)
    return odd


def list_by_trust(rows: Iterable[Row], *, specs: Mapping[str, IndicatorSpec]) -> list[Row]:
    """Rows in the order in which they are believed where they contradict each other: age groups, other counts, rates."""

    def rank(row: Row) -> tuple[bool, bool, int]:
        spec = specs[row.indicator]
        return spec.unit not in COUNTS, spec.age_group is None, row.at

    return sorted(rows, key=rank)


def collect_numbers(rows: Iterable[Row], *, specs: Mapping[str, IndicatorSpec]) -> dict[Count, float]:
    """Counts of the block whose numbers are known: shown alone, as numerator or denominator, or as a sum of age groups."""
    found: dict[Count, float] = {}
    for row in rows:
        spec = specs[row.indicator]
        below = find_denominator(spec)
        above = row.value if spec.unit in COUNTS else row.numerator
        for count, number in ((spec.counts, above), (below, row.denominator)):
            if count is not None and count.persons and not math.isnan(number):
                found.setdefault(count, number)
    bands = {c.terms[0][1]: n for c, n in found.items() if len(c.terms) == 1 and isinstance(c.terms[0][1], AgeGroup)}
    ordered = sorted(band for band in bands if isinstance(band, AgeGroup))
    for start in sorted({band.start for band in ordered}):
        sums: dict[float, float] = {float(start): 0.0}
        for band in ordered:
            if band.start in sums and band.end not in sums:
                sums[band.end] = sums[band.start] + bands[band]
                found.setdefault(Count(((1, AgeGroup(start, band.end)),)), sums[band.end])
    return found


def _add_count(draft: Draft, row: Row, *, spec: IndicatorSpec, naming: Naming) -> None:
    if not spec.counts.persons or spec.signed:
        return
    parts, name = naming.name_parts(spec.counts, number=row.value), name_fact(row.at, "value")
    count = share(parts)
    if not count:
        return
    small = is_small(row.value, smallest=draft.smallest, given=not spec.derived)
    told = () if row.withheld else (tell_equal(count, row.value),)
    weight = math.inf if row.fixed or row.value == 0 else _weigh(spec, row.value)
    least = 0.0 if row.withheld or row.value < 1 else 1.0
    draft.facts.append(Fact(name=name, told=told, count=count, least=least, weight=weight))
    if small or row.withheld:
        draft.hide([name], row=row)
        draft.protect(name, count, row=row)
    if row.withheld:
        draft.bound(count, row=row)


def _weigh(spec: IndicatorSpec, value: float) -> float:
    """Weights: small numbers and age groups first, the whole population last."""
    if spec.age_group is not None:
        return 1 + math.log10(max(value, 1)) / 10
    sums = len(spec.counts.terms) > 1 or isinstance(spec.counts.terms[0][1], AgeGroup)
    return _TOTAL if sums else _OWN
