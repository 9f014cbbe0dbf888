"""What a reader can work out of every withheld count: the smallest and the largest whole number that fits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.disclose.publication import Line, find_bounds, list_lines, list_unknown, split_publication
from sro_geo.disclose.solver import Program

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sro_geo.disclose.publication import Publication, Shares

FEW_NODES = 500
"""Nodes of a search that only asks whether there is a solution, or for a good one."""

DUST = 1e-6
"""What a bound may miss by the solver's tolerance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What the publication admits for a withheld count.

    Attributes
    ----------
    name : str
        The count.
    low, high : float
        Smallest and largest whole number that fits everything that is told; infinite where nothing bounds it.
    exact : bool
        False where the search was cut off: the true interval may then be wider, never narrower.
    """

    name: str
    low: float
    high: float
    exact: bool

    def is_safe(self, *, smallest: float, width: float) -> bool:
        """Whether the count may be one that could be shown, and its ends lie far enough apart."""
        return self.high >= smallest and self.high - self.low >= width


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a secret is safe: it may be `smallest` or more, and its ends lie `width` apart."""

    smallest: float
    width: float

    def ease(self, publication: Publication, shares: Shares) -> Rule:
        """Rule for one secret: what everybody knows of it anyhow cannot be kept, only the rest of it."""
        least, most = find_bounds(publication, shares)
        return Rule(smallest=min(self.smallest, most), width=min(self.width, most - least))


def find_width(smallest: int, width: float | None) -> float:
    """Width that an interval must have: as told, else the smallest count that may be shown less 1."""
    if smallest < 1:
        message = f"`smallest` must be at least 1; got {smallest}"
        raise ValueError(message)
    return smallest - 1 if width is None else width


def audit(
    publication: Publication, *, withheld: Collection[str], counts: Mapping[str, Shares] | None = None
) -> tuple[Interval, ...]:
    """Interval of every withheld count, as a reader of the publication can compute it.

    Parameters
    ----------
    publication : Publication
        What is told, and by whom.
    withheld : collection of str
        Names of the facts that are not shown.
    counts : mapping of str to Shares or None
        Which sums are looked at; None: every withheld count.

    Returns
    -------
    tuple of Interval
        Ordered by name.

    Raises
    ------
    ValueError
        If no whole numbers fit the publication: its numbers contradict each other; or if a sum that is asked for holds a
        count that the publication does not know.

    Notes
    -----
    Law: the true count lies in its interval. A linear program bounds each end; where its solution is whole, the bound
    is reached. Otherwise whole numbers are searched for.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control, section 4.3 (auditing of suppressed tables).

    Examples
    --------
    Of Musterstadt's Gartenfeld in 2008: children under 3, under 6 and under 15.

    >>> from sro_geo.disclose.publication import publish, tell_count
    >>> facts = [
    ...     tell_count("0-3", {"0-3": 1}, value=2),
    ...     tell_count("3-6", {"3-6": 1}, value=4),
    ...     tell_count("6-15", {"6-15": 1}, value=9),
    ...     tell_count("0-15", {"0-3": 1, "3-6": 1, "6-15": 1}, value=15),
    ... ]
    >>> [(one.low, one.high) for one in audit(publish(facts), withheld=["0-3"])]
    [(2.0, 2.0)]
    >>> [(one.low, one.high) for one in audit(publish(facts), withheld=["0-3", "3-6"])]
    [(1.0, 5.0), (1.0, 5.0)]
    """
    asked = _list_withheld(publication, withheld) if counts is None else dict(counts)
    found: dict[str, Interval] = {}
    check_known(publication, asked)
    for part in split_publication(publication, sums=asked.values()):
        names = list_unknown(part)
        mine = {name: shares for name, shares in asked.items() if shares[0][0] in names}
        if mine:
            program = Program([*list_lines(part, withheld=withheld), *(Line(shares=s) for s in mine.values())])
            found |= {name: bound_count(program, name, shares) for name, shares in sorted(mine.items())}
    return tuple(found[name] for name in sorted(found))


def list_open(
    publication: Publication, *, withheld: Collection[str], secrets: Mapping[str, Shares], smallest: int
) -> set[str]:
    """Secrets that are not safe, by name."""
    rule = Rule(smallest=smallest, width=find_width(smallest, None))
    found = {one.name: one for one in audit(publication, withheld=withheld, counts=secrets)}
    own = {name: rule.ease(publication, shares) for name, shares in secrets.items()}
    return {n for n, one in found.items() if not one.is_safe(smallest=own[n].smallest, width=own[n].width)}


def list_free(publication: Publication) -> set[str]:
    """Facts that may be withheld."""
    return {fact.name for fact in publication.facts if math.isfinite(fact.weight)}


def fits(publication: Publication, *, withheld: Collection[str]) -> bool:
    """Whether any whole numbers fit what is told."""
    lines = list_lines(publication, withheld=withheld)
    return not lines or bool(Program(lines, nodes=FEW_NODES).solve({}, largest=False, whole=True).values)


def check_known(publication: Publication, sums: Mapping[str, Shares]) -> None:
    """Refuse sums of which the publication says nothing: they would pass unseen."""
    known = list_unknown(publication)
    lost = sorted(name for name, shares in sums.items() if not shares or not {code for code, _ in shares} <= known)
    if lost:
        message = f"the publication must know every count; it does not know {', '.join(lost)}"
        raise ValueError(message)


def bound_count(program: Program, name: str, shares: Shares) -> Interval:
    """Interval of one sum of counts."""
    ends = [_find_end(program, dict(shares), largest=largest) for largest in (False, True)]
    return Interval(name=name, low=ends[0][0], high=ends[1][0], exact=ends[0][1] and ends[1][1])


def _find_end(program: Program, aim: dict[str, float], *, largest: bool) -> tuple[float, bool]:
    """Smallest or largest whole number, and whether it is proved."""
    answer = program.solve(aim, largest=largest, whole=False)
    if math.isinf(answer.value):
        return answer.value, True
    if not answer.whole or math.isnan(answer.value):
        bound = _round_in(answer.bound, largest=largest)
        answer = program.solve(aim, largest=largest, whole=True)
        if math.isinf(answer.value) and not math.isfinite(bound):
            return answer.value, True
        if not math.isfinite(answer.value):
            message = "the numbers of the publication contradict each other"
            raise ValueError(message)
        proved = round(answer.value) in (bound, _round_in(answer.bound, largest=largest))
        return float(round(answer.value)), proved
    return float(round(answer.value)), True


def _round_in(bound: float, *, largest: bool) -> float:
    if not math.isfinite(bound):
        return bound
    return math.floor(bound + DUST) if largest else math.ceil(bound - DUST)


def _list_withheld(publication: Publication, withheld: Collection[str]) -> dict[str, Shares]:
    return {fact.name: fact.count for fact in publication.facts if fact.name in withheld and fact.count}
