"""What a publication tells of its counts, as a linear model: whole numbers, lines between them, and who tells each line."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Shares = tuple[tuple[str, float], ...]
"""Unknown counts by name, each with its factor, ordered by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sum of counts within bounds.

    Attributes
    ----------
    shares : tuple of (str, float)
        What is summed.
    low, high : float
        Bounds of the sum, both admitted.
    """

    shares: Shares
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number that is shown or withheld as a whole.

    Attributes
    ----------
    name : str
        Unique.
    told : tuple of Line
        What a reader knows where it is shown.
    count : tuple of (str, float)
        The count that it is, as a sum of unknown counts; empty for what is no count (a rate).
    least : float
        What the count is at least where it is withheld: zeros never are, so 1.
    weight : float
        What withholding it costs; infinite where it must stay.
    """

    name: str
    told: tuple[Line, ...]
    count: Shares = ()
    least: float = 1.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Everything that is told of some counts. Each is a whole number of 0 or more.

    Attributes
    ----------
    facts : tuple of Fact
        Ordered by name, so that the order of the input never matters.
    always : tuple of Line
        What every reader knows, whatever is withheld.
    """

    facts: tuple[Fact, ...]
    always: tuple[Line, ...] = ()


def publish(facts: Iterable[Fact], *, always: Iterable[Line] = ()) -> Publication:
    """Publication in its own order.

    Raises
    ------
    ValueError
        If two facts have one name.
    """
    ordered = sorted(facts, key=lambda fact: fact.name)
    names = [fact.name for fact in ordered]
    if len(set(names)) < len(names):
        message = "each fact needs a name of its own"
        raise ValueError(message)
    return Publication(facts=tuple(ordered), always=tuple(sorted(always, key=lambda line: (line.shares, line.low))))


def tell_count(
    name: str, parts: Mapping[str, float], *, value: float, weight: float = 1.0, least: float | None = None
) -> Fact:
    """Fact that a sum of counts is a number; a zero must stay.

    Examples
    --------
    >>> tell_count("all", {"young": 1, "old": 1}, value=32).told[0].shares
    (('old', 1), ('young', 1))
    """
    shares = share(parts)
    return Fact(
        name=name,
        told=(Line(shares=shares, low=value, high=value),),
        count=shares,
        least=(1.0 if value >= 1 else 0.0) if least is None else least,
        weight=weight if value != 0 else math.inf,
    )


def tell_rate(  # noqa: PLR0913  a rate has these parts
    name: str,
    above: Mapping[str, float],
    below: Mapping[str, float],
    *,
    value: float,
    digits: int,
    factor: float = 100.0,
    weight: float = 1.0,
) -> Fact:
    """Fact that factor × above ÷ below, rounded half up to so many digits, is a number.

    The upper end of the rounding is not admitted; between it and the next rate that whole numbers of persons have
    lies half of 10 to the power of −digits, so a quarter of it is taken off.
    """
    half, least = 0.5 * 10.0**-digits, 0.25 * 10.0**-digits

    def slope(rate: float) -> Shares:
        sums: dict[str, float] = defaultdict(float)
        for code, number in above.items():
            sums[code] += factor * number
        for code, number in below.items():
            sums[code] -= rate * number
        return share(sums)

    low, high = Line(shares=slope(value - half), low=0.0), Line(shares=slope(value + half), high=-least)
    return Fact(name=name, told=(low, high), weight=weight)


def share(parts: Mapping[str, float]) -> Shares:
    """Counts with their factors, ordered by name; without those that cancel out."""
    return tuple(sorted((name, number) for name, number in parts.items() if number))


def list_lines(publication: Publication, *, withheld: Collection[str]) -> list[Line]:
    """What a reader knows: the lines of what is shown, and that a withheld count is no zero."""
    lines = list(publication.always)
    for fact in publication.facts:
        if fact.name not in withheld:
            lines += fact.told
        elif fact.count:
            lines.append(Line(shares=fact.count, low=fact.least))
    return lines


def find_bounds(publication: Publication, shares: Shares) -> tuple[float, float]:
    """What everybody knows of a sum: the least and the most that it can be."""
    known = [line for line in publication.always if line.shares == shares]
    return max((line.low for line in known), default=-math.inf), min((line.high for line in known), default=math.inf)


def put_apart(publication: Publication, *, prefix: str) -> Publication:
    """The same of other counts: the name of each with a prefix. Facts keep theirs."""

    def rename(shares: Shares) -> Shares:
        return tuple((prefix + name, number) for name, number in shares)

    def move(line: Line) -> Line:
        return replace(line, shares=rename(line.shares))

    facts = [replace(fact, told=tuple(map(move, fact.told)), count=rename(fact.count)) for fact in publication.facts]
    return publish(facts, always=map(move, publication.always))


def split_publication(publication: Publication, *, sums: Iterable[Shares] = ()) -> list[Publication]:
    """Parts that say nothing of each other, whatever is shown or withheld, in the order of their first count.

    Counts of one of the `sums` stay together: a sum over two parts would seem to be bounded by one of them.
    """
    home: dict[str, str] = {}

    def find(name: str) -> str:
        while home.setdefault(name, name) != name:
            home[name] = home[home[name]]
            name = home[name]
        return name

    named = [list_counts(fact) for fact in publication.facts]
    lined = [[name for name, _ in line.shares] for line in publication.always]
    summed = [[name for name, _ in shares] for shares in sums]
    for names in (*named, *lined, *summed):
        first, *others = sorted({find(name) for name in names})
        home.update(dict.fromkeys(others, first))
    facts: dict[str, list[Fact]] = defaultdict(list)
    always: dict[str, list[Line]] = defaultdict(list)
    for fact, names in zip(publication.facts, named, strict=True):
        facts[find(names[0])].append(fact)
    for line, names in zip(publication.always, lined, strict=True):
        always[find(names[0])].append(line)
    return [Publication(facts=tuple(facts[r]), always=tuple(always[r])) for r in sorted({*facts, *always})]


def list_counts(fact: Fact) -> list[str]:
    """Names of the unknown counts that a fact is about, in order."""
    return sorted({name for shares in (fact.count, *(line.shares for line in fact.told)) for name, _ in shares})


def list_unknown(publication: Publication) -> set[str]:
    """Names of all unknown counts."""
    lined = {name for line in publication.always for name, _ in line.shares}
    return lined.union(*map(list_counts, publication.facts))
