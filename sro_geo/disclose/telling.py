"""Which counts along catchments would tell one that is withheld: of several closures, in the city and in its quarters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What readers know of how many persons a closure concerns.

    Attributes
    ----------
    offers : frozenset of str
        What closes.
    quarter_id : str or None
        Where the persons live; None: in the whole city.
    low, high : float
        What is admitted by the number as it is shown, or by its absence.
    shown : bool
        Whether there is a number.
    less : float
        At least so many of these persons aren't meant by the number, but by another one that is added to it.
    """

    offers: frozenset[str]
    quarter_id: str | None
    low: float
    high: float
    shown: bool
    less: float = 0.0


def list_counts(
    rounded: pd.DataFrame,
    exact: pd.DataFrame,
    *,
    offers: Sequence[frozenset[str]],
    quarter_ids: Sequence[str | None],
    step: int,
) -> dict[str, list[Count]]:
    """What readers know of counts that add up over what closes, by the name of the count.

    Parameters
    ----------
    rounded : DataFrame
        Counts in steps; missing where withheld. Who loses the nearest offer is a sum: `lose` the last one, or go `farther`.
    exact : DataFrame
        For each count that adds up, what readers know exactly, although it is shown in steps; else missing.
    offers, quarter_ids
        What closes in each row, and where the persons live.
    step : int
        What the counts are multiples of.
    """
    half, found = step / 2, {}
    lost = np.zeros((2, len(rounded)))
    for name in map(str, exact.columns):
        told, known = rounded[name], exact[name].where(rounded[name].notna()).mask(rounded[name] == 0, 0.0)
        low = known.fillna(told - half).fillna(1.0).to_numpy(dtype=float)
        high = known.fillna(told + half - 1).fillna(np.inf).to_numpy(dtype=float)
        lost = np.array([low, high]) if name == "lose" else lost
        less, more = lost if name == "farther" else np.zeros((2, len(rounded)))
        ends = (low + less, high + more, less, told.notna())
        found[name] = [
            Count(
                offers=own, quarter_id=quarter, low=float(least), high=float(most), less=float(part), shown=bool(shown)
            )
            for own, quarter, least, most, part, shown in zip(offers, quarter_ids, *ends, strict=True)
        ]
    return found


def count_reached(reached: pd.Series, *, offers: frozenset[str]) -> list[Count]:
    """What readers know of who has any offer in reach, by quarter and in the city: all would lose it if all closed."""
    quarters = [
        Count(offers=offers, quarter_id=str(quarter), low=0.0, high=np.inf, shown=False)
        if np.isnan(number)
        else Count(offers=offers, quarter_id=str(quarter), low=number, high=number, shown=True)
        for quarter, number in reached.items()
    ]
    low, high = (sum(getattr(one, end) for one in quarters) for end in ("low", "high"))
    return [*quarters, Count(offers=offers, quarter_id=None, low=low, high=high, shown=high < np.inf)]


def choose_shown(counts: Sequence[Count], *, beside: Sequence[Count] = (), smallest: int) -> list[bool]:
    """Which counts may be shown beside each other, and beside what is shown anyhow, without telling one that is withheld.

    Parameters
    ----------
    counts : sequence of Count
        Of one kind of offer and one walk, each protected by itself.
    beside : sequence of Count
        What readers know besides; nothing of it is taken back.
    smallest : int
        Smallest count of persons that may be shown.

    Notes
    -----
    What closes together takes their last offer from at least as many as one by one, whose nearest offer goes is one sum, and
    persons of a quarter are some of the city's. So a part takes at most what the whole takes, less the least that other parts
    take which have either no offer or no quarter in common with it and with each other. Where that is under `smallest`, the
    whole is withheld, or, if it is no count of ours, the least of ours among the parts.

    Law: who puts a shown whole and its parts together finds for a withheld one that it may be `smallest` or more.
    """
    known = [*counts, *beside]
    for whole in sorted(range(len(known)), key=lambda at: (known[at].quarter_id is None, len(known[at].offers))):
        inside = [at for at, one in enumerate(known) if one.high > 0 and _lies_within(one, known[whole])]
        hidden = [at for at in inside if not known[at].shown]
        least = smallest + max((known[part].less for part in hidden), default=-inf)
        if known[whole].high - _add_up([known[at] for at in inside]) >= least:
            continue  # which goes for all of them
        for part in hidden:
            others = [at for at in inside if _are_apart(known[at], known[part])]
            while known[whole].shown:
                least = smallest + known[part].less + _add_up([known[at] for at in others])
                ours = [at for at in (whole, *others) if known[at].shown and at < len(counts)]
                if known[whole].high >= least or not ours:
                    break
                gone = whole if whole in ours else min(ours, key=lambda at: known[at].low)
                known[gone] = replace(known[gone], low=1.0, high=inf, shown=False)
    return [one.shown for one in known[: len(counts)]]


def _lies_within(part: Count, whole: Count) -> bool:
    """Whether all whom a count concerns are among those of another one that isn't the same."""
    same = part.quarter_id == whole.quarter_id
    if part.offers == whole.offers:
        return not same and whole.quarter_id is None
    return part.offers < whole.offers and (same or whole.quarter_id is None)


def _are_apart(one: Count, other: Count) -> bool:
    """Whether nobody can be among the persons of both."""
    elsewhere = None not in (one.quarter_id, other.quarter_id) and one.quarter_id != other.quarter_id
    return elsewhere or one.offers.isdisjoint(other.offers)


def _add_up(counts: Sequence[Count]) -> float:
    """At least so many persons are concerned in all: of those ways to choose counts that are apart, the one with most.

    Tried are the city's single offers first, then the quarters of what closes at once, then all by their size.
    """
    largest = sorted(counts, key=lambda one: -one.low)
    families = {one.offers if one.quarter_id is not None else len(one.offers) for one in largest}
    best = 0.0
    for family in families:
        first = [one for one in largest if (one.offers if one.quarter_id is not None else len(one.offers)) == family]
        chosen: list[Count] = []
        for one in (*first, *largest):
            if all(_are_apart(one, other) for other in chosen):
                chosen.append(one)
        best = max(best, sum(one.low for one in chosen))
    return best
