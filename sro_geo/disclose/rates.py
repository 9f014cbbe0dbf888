"""What a rate tells of its numerator and denominator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.disclose.draft import name_fact, round_half_up, tell_equal
from sro_geo.disclose.publication import Fact, Line, share
from sro_geo.disclose.small import is_small
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.counts import NOBODY, Count
from sro_geo.model.indicators import count_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.disclose.draft import Draft, Row
    from sro_geo.disclose.naming import Naming, Parts
    from sro_geo.model.catalogue import IndicatorSpec

_DUST = 1e-9
_OPEN = 1e-4
"""What is taken off an end that is not admitted where the denominator is an area: more than the solver's tolerance."""

_EXACT, _SHOWN, _BELOW = 1.5, 10.0, 2.0
"""Weights: a rate may lose its counts and its decimals before it goes altogether."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    """A rate with what is known of it: unknown counts above and below, or fixed numbers where nobody is counted."""

    row: Row
    factor: float
    digits: int
    above: Parts
    below: tuple[Parts, ...]
    number: float
    size: float
    """Numerator and denominator, as given or as they follow from the block."""

    @property
    def whole(self) -> bool:
        """Whether it counts whole persons; where a count was divided, the whole numbers beside it are off by one at most."""
        counts = (self.row.numerator, self.size)
        return all(math.isnan(count) or float(count).is_integer() for count in counts)

    def agrees(self, shown: float) -> bool:
        """Whether numerator and denominator give what is shown. Official densities rest on finer areas than the tables."""
        true = self.factor * self.row.numerator / self.size if self.size else math.nan
        return math.isnan(true) or -_DUST <= true - shown + 0.5 * 10.0**-self.digits < 10.0**-self.digits

    def tell(self, *, value: float, digits: int, slack: float = 0.0) -> list[Line]:
        """Lines of the value with so many digits, rounded half up; see `tell_rate`. What was rounded before has slack."""
        half, least = 0.5 * 10.0**-digits, 0.25 * 10.0**-digits if any(self.below) else _OPEN
        ends = [(value + end) * self.size / self.factor for end in (-half - slack, half)]
        if self.above and math.isfinite(sum(ends)) and math.ceil(ends[0] - _DUST) > math.floor(ends[1] + _DUST):
            return []  # of so many persons no number gives it: the size is another one
        lines: list[Line] = []
        for below in self.below or ({},):
            for rate, side in ((value - half - slack, "low"), (value + half, "high")):
                fixed = (0.0 if self.above else self.factor * self.number) - (0.0 if below else rate * self.size)
                sums = {name: self.factor * number for name, number in self.above.items()}
                for name, number in below.items():
                    sums[name] = sums.get(name, 0.0) - rate * number
                if share(sums) and not math.isnan(fixed):
                    loose = 0.0 if self.whole else self.factor + rate
                    bounds = {"low": -fixed - loose} if side == "low" else {"high": -fixed - least + loose}
                    lines.append(Line(shares=share(sums), **bounds))
        return lines


def find_denominator(spec: IndicatorSpec) -> Count | None:
    """What the denominator counts; nobody for areas and where offers are counted, None where it isn't told."""
    return NOBODY if spec.denominator is None and spec.unit in ("per_km2", "offers") else spec.denominator


def add_rate(draft: Draft, row: Row, *, spec: IndicatorSpec, naming: Naming, numbers: Mapping[Count, float]) -> None:
    """Add the facts of a rate: its exact value, its value as shown, and its denominator."""
    rate = _read_rate(row, spec=spec, naming=naming, numbers=numbers)
    below = [tell_equal(share(parts), row.denominator) for parts in rate.below if not math.isnan(row.denominator)]
    if below:
        weight = math.inf if row.fixed else _BELOW
        draft.facts.append(Fact(name=name_fact(row.at, "below"), told=tuple(below), weight=weight))
    counted = bool(rate.above) and not spec.signed
    if counted and spec.unit == "percent":
        draft.always += [Line(shares=_subtract(parts, rate.above), low=0) for parts in rate.below]
    if row.withheld:
        if counted:
            _withhold(draft, name_fact(row.at, "counts"), rate, least=0.0)
        return
    _tell_values(draft, rate, counted=counted)
    _find_small(draft, rate, spec=spec, numbers=numbers)


def _read_rate(row: Row, *, spec: IndicatorSpec, naming: Naming, numbers: Mapping[Count, float]) -> _Rate:
    counts, told = spec.counts, find_denominator(spec)
    factor = UNIT_FACTOR.get(spec.unit, math.nan)
    below: tuple[Parts, ...] = ()
    size = row.denominator
    if told is None and not math.isnan(size):
        fits = [count for count, number in numbers.items() if number == size]
        below = tuple(naming.name_parts(count, number=size) for count in fits) or ({f"{spec.code} below": 1.0},)
    elif told is not None and told.persons:
        size = numbers.get(told, math.nan) if math.isnan(size) else size
        below = (naming.name_parts(told, number=size),)
    above = naming.name_parts(counts, number=row.numerator) if counts.persons and not spec.derived else {}
    number = row.numerator
    if math.isnan(number):
        number = row.value * size / factor
        number = float(round(number)) if math.isfinite(number) else math.nan
    return _Rate(row=row, factor=factor, digits=spec.digits, above=above, below=below, number=number, size=size)


def _tell_values(draft: Draft, rate: _Rate, *, counted: bool) -> None:
    row, number = rate.row, rate.row.numerator
    if math.isnan(number):
        exact = rate.tell(value=row.value, digits=count_digits(row.value))
    else:
        exact = [tell_equal(share(rate.above), number)] if rate.above else []
        sizes = rate.below if number and not math.isnan(row.denominator) else ()
        exact += [tell_equal(share(parts), row.denominator) for parts in sizes]
        if math.isnan(row.denominator):
            exact += rate.tell(value=row.value, digits=count_digits(row.value))
    shown = round_half_up(row.value, digits=rate.digits)
    typed = count_digits(row.value)
    slack = 0.5 * 10.0**-typed if math.isnan(number) and typed > rate.digits else 0.0
    coarse = rate.tell(value=shown, digits=rate.digits, slack=slack) if rate.agrees(shown) else []
    stays = row.fixed or rate.number == 0
    for part, lines, weight in (("counts", exact, _EXACT), ("value", coarse, _SHOWN)):
        count = share(rate.above) if counted and part == "counts" else ()
        if lines or count:
            fact = Fact(
                name=name_fact(row.at, part),
                told=tuple(lines),
                count=count,
                least=1.0 if rate.number >= 1 else 0.0,
                weight=math.inf if stays else weight,
            )
            draft.facts.append(fact)


def _find_small(draft: Draft, rate: _Rate, *, spec: IndicatorSpec, numbers: Mapping[Count, float]) -> None:
    """Withhold what is small itself: the numerator, the rest up to the whole, or the denominator."""
    row, smallest, given = rate.row, draft.smallest, not spec.derived
    counted = spec.counts.persons and not spec.signed
    persons = find_denominator(spec) != NOBODY
    gone = {name_fact(row.at, part) for part in ("counts", "value")}
    if counted and (
        is_small(rate.number, smallest=smallest, given=given) or _is_few(rate, numbers=numbers, smallest=smallest)
    ):
        draft.hide(gone, row=row)
        if rate.above:
            draft.protect(name_fact(row.at, "counts"), share(rate.above), row=row)
    if counted and spec.unit == "percent" and is_small(rate.size - rate.number, smallest=smallest, given=given):
        draft.hide(gone, row=row)
        for turn, parts in enumerate(rate.below if rate.above else ()):
            draft.protect(f"{name_fact(row.at, 'rest')} {turn}", _subtract(parts, rate.above), row=row)
    if persons and is_small(row.denominator, smallest=smallest, given=given):
        draft.hide([*gone, name_fact(row.at, "below")], row=row)
        for turn, parts in enumerate(rate.below):
            draft.protect(f"{name_fact(row.at, 'below')} {turn}", share(parts), row=row)


def _is_few(rate: _Rate, *, numbers: Mapping[Count, float], smallest: int) -> bool:
    """Whether a value alone tells a small count: of its own denominator, or of any count where none is told."""
    row = rate.row
    if not math.isnan(row.numerator) or not math.isnan(row.denominator) or row.value == 0:
        return False
    half = 0.5 * 10.0 ** -count_digits(row.value)
    for size in [rate.size] if rate.below else numbers.values():
        ends = [(row.value + end) * size / rate.factor for end in (-half, half)]
        if not math.isfinite(sum(ends)):
            continue
        low, high = math.ceil(ends[0]), math.floor(ends[1])
        if max(low, 1) <= high and low < smallest and (high < smallest or high - low < smallest - 1):
            return True
    return False


def _withhold(draft: Draft, name: str, rate: _Rate, *, least: float) -> None:
    draft.facts.append(Fact(name=name, told=(), count=share(rate.above), least=least))
    draft.hide([name], row=rate.row)
    draft.protect(name, share(rate.above), row=rate.row)
    draft.bound(share(rate.above), row=rate.row)


def _subtract(whole: Parts, part: Parts) -> tuple[tuple[str, float], ...]:
    sums = dict(whole)
    for name, number in part.items():
        sums[name] = sums.get(name, 0.0) - number
    return share(sums)
