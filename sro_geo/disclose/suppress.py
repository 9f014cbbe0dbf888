"""Which further numbers must be withheld so that nobody can work out the small ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from sro_geo.disclose.audit import DUST, FEW_NODES, Rule, check_known, find_width
from sro_geo.disclose.publication import Line, list_lines, list_unknown, split_publication
from sro_geo.disclose.solver import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from sro_geo.disclose.publication import Fact, Publication, Shares

TABLES = ("high ", "low ")
_REACH = 4
"""How many times the smallest count or the width a withheld number is tried away from the true one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """What is withheld in the end.

    Attributes
    ----------
    added : tuple of str
        Facts withheld to protect others, ordered by name.
    unsafe : tuple of str
        Secrets that stay open although everything that may be withheld is.
    """

    added: tuple[str, ...]
    unsafe: tuple[str, ...]


def suppress(
    publication: Publication,
    *,
    withheld: Collection[str],
    secrets: Mapping[str, Shares],
    smallest: int,
    width: float | None = None,
    exact: bool = False,
) -> Suppression:
    """Facts of the smallest weight that must be withheld, too, until every secret is safe.

    Parameters
    ----------
    publication : Publication
        What is told, and by whom. Facts of infinite weight stay.
    withheld : collection of str
        Facts that are withheld already.
    secrets : mapping of str to Shares
        Counts under `smallest`, by name.
    smallest : int
        Smallest count that may be shown.
    width : float or None
        How far the ends of a secret's interval must lie apart; None: `smallest` − 1.
    exact : bool
        True: the smallest sum of weights for all secrets of a connected part together. False: for one secret after
        another, and what turns out not to be needed is shown again.

    Returns
    -------
    Suppression
        Each run, and each order of the input, gives the same.

    Raises
    ------
    ValueError
        If `smallest` is under 1, no whole numbers fit the publication, or it does not know a secret.

    Notes
    -----
    A secret of which `always` tells that it is between two numbers is safe where both of them are still possible.

    Laws: after it, the audit finds each secret safe that is not named in `unsafe`; without one of `added` it doesn't.

    A secret is safe where two tables of whole numbers fit what is told, in one of which it is `smallest` or more, and
    which lie `width` apart in it. Both are unknowns of one program, whose further unknowns are yes or no for each fact.

    References
    ----------
    Fischetti, M. and Salazar-González, J. J. (2000): Models and algorithms for optimizing cell suppression in tabular
    data with linear constraints. Journal of the American Statistical Association 95, 916–928. Hundepool, A. et al.
    (2012): Statistical Disclosure Control, section 4.4.

    Examples
    --------
    >>> from sro_geo.disclose.publication import publish, tell_count
    >>> facts = [tell_count(code, {code: 1}, value=value) for code, value in (("0-3", 2), ("3-6", 4), ("6-15", 9))]
    >>> facts.append(tell_count("0-15", {"0-3": 1, "3-6": 1, "6-15": 1}, value=15, weight=10))
    >>> suppress(publish(facts), withheld=["0-3"], secrets={"0-3": facts[0].count}, smallest=3).added
    ('3-6',)
    """
    rule = Rule(smallest=smallest, width=find_width(smallest, width))
    check_known(publication, secrets)
    added: set[str] = set()
    unsafe: list[str] = []
    for part in split_publication(publication, sums=secrets.values()):
        names = list_unknown(part)
        mine = {name: secrets[name] for name in sorted(secrets) if secrets[name][0][0] in names}
        if mine:
            before = frozenset(fact.name for fact in part.facts if fact.name in withheld)
            safe = cache(partial(_is_safe, part, rule=rule))  # each is asked for alone, with all others, and in the end
            gone = _protect(part, before, mine, rule=rule, exact=exact, safe=safe)
            added |= gone - before
            unsafe += [name for name, shares in mine.items() if not safe(gone, shares)]
    return Suppression(added=tuple(sorted(added)), unsafe=tuple(sorted(unsafe)))


def _protect(
    part: Publication,
    before: frozenset[str],
    secrets: Mapping[str, Shares],
    *,
    rule: Rule,
    exact: bool,
    safe: Callable[[frozenset[str], Shares], bool],
) -> frozenset[str]:
    """Everything withheld of a connected part, in the end."""
    gone = before
    for chosen in [dict(secrets)] if exact else [{name: shares} for name, shares in secrets.items()]:
        if not all(safe(gone, shares) for shares in chosen.values()):
            gone |= _search(part, gone, chosen, rule=rule)
    if not all(safe(gone, shares) for shares in secrets.values()):
        gone |= {fact.name for fact in part.facts if math.isfinite(fact.weight)}
    kept = [shares for shares in secrets.values() if safe(gone, shares)]
    weights = {fact.name: fact.weight for fact in part.facts}
    for name in sorted(gone - before, key=lambda name: (-weights[name], name)):
        if all(safe(gone - {name}, shares) for shares in kept):
            gone -= {name}
    return gone


def _is_safe(part: Publication, gone: frozenset[str], shares: Shares, *, rule: Rule) -> bool:
    """Whether two tables of whole numbers fit that make a secret safe.

    A linear bound can prove that there are none, and its two ends are such tables where they are whole. Otherwise they
    are searched for; what isn't found within the limit counts as not there.
    """
    rule = rule.ease(part, shares)
    lines = [*list_lines(part, withheld=gone), Line(shares=shares)]
    program, aim = Program(lines), dict(shares)
    low, high = (program.solve(aim, largest=largest, whole=False) for largest in (False, True))
    if high.value < rule.smallest - DUST or high.value - low.value < rule.width - DUST:
        return False
    if low.whole and high.whole and low.values and high.values:
        return True
    both = [line for table in TABLES for line in _rename_lines(lines, table)]
    return bool(
        Program([*both, *_part(shares, rule=rule)], nodes=FEW_NODES).solve({}, largest=False, whole=True).values
    )


def _search(part: Publication, gone: Collection[str], secrets: Mapping[str, Shares], *, rule: Rule) -> set[str]:
    """Facts of the smallest weight that make the secrets safe; none where the search finds nothing."""
    free = [fact for fact in part.facts if fact.name not in gone and math.isfinite(fact.weight)]
    least = min((fact.weight for fact in free), default=1.0)
    costs = {
        _hide(fact): fact.weight + least * rank / (4 * len(free) ** 2)  # among equals the first
        for rank, fact in enumerate(free, start=1)
    }
    lines: list[Line] = []
    for name, shares in secrets.items():
        for table in TABLES:
            lines += _fit(part, gone, table=f"{name} {table}", rule=rule)
        lines += _part(shares, rule=rule.ease(part, shares), secret=f"{name} ")
    answer = Program(lines, highest=dict.fromkeys(costs, 1.0), nodes=FEW_NODES).solve(costs, largest=False, whole=True)
    return {fact.name for fact in free if round(answer.values.get(_hide(fact), 0.0)) == 1}


def _fit(part: Publication, gone: Collection[str], *, table: str, rule: Rule) -> Iterable[Line]:
    """What a table of whole numbers must keep; the lines of a fact that may go bind only while it is shown."""
    free = [fact for fact in part.facts if fact.name not in gone and math.isfinite(fact.weight)]
    yield from _rename_lines(list_lines(part, withheld={*gone, *(fact.name for fact in free)}), table)
    for fact in free:
        for line in fact.told:
            far = _REACH * max(rule.smallest, rule.width) * sum(abs(number) for _, number in line.shares)
            shares, off = _rename(line.shares, table), _hide(fact)
            if math.isfinite(line.high):
                yield Line(shares=(*shares, (off, -far)), high=line.high)
            if math.isfinite(line.low):
                yield Line(shares=(*shares, (off, far)), low=line.low)


def _part(shares: Shares, *, rule: Rule, secret: str = "") -> list[Line]:
    """Two tables that make a secret safe: one in which it could be shown, and one far enough away."""
    high, low = (_rename(shares, secret + table) for table in TABLES)
    away = tuple((unknown, -number) for unknown, number in low)
    return [Line(shares=high, low=rule.smallest), Line(shares=high + away, low=rule.width)]


def _rename_lines(lines: Iterable[Line], table: str) -> list[Line]:
    return [Line(shares=_rename(line.shares, table), low=line.low, high=line.high) for line in lines]


def _rename(shares: Shares, table: str) -> Shares:
    return tuple((table + name, number) for name, number in shares)


def _hide(fact: Fact) -> str:
    return f"hide {fact.name}"
