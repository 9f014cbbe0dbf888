"""A reader who knows every table of closures and of supposed shocks, and puts them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from sro_geo.disclose.closures import round_closures, tell_closures
from sro_geo.disclose.losses import round_losses
from sro_geo.disclose.telling import Count, choose_shown, count_reached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OFFERS, QUARTERS, SMALLEST = "ABC", ("1", "2", "3"), 3
SETS = [frozenset(own) for size in (1, 2, 3) for own in combinations(OFFERS, size)]
"""Which offers a person may have in reach; and what may close."""

Town = dict[tuple[frozenset[str], str], int]


@dataclass(frozen=True)
class Told:
    """A count as it is told: who loses the last offer when `offers` close, in one quarter or in all."""

    offers: frozenset[str]
    quarter_id: str | None
    low: float
    high: float
    shown: bool

    def holds(self, own: frozenset[str], quarter: str) -> bool:
        return own <= self.offers and self.quarter_id in (None, quarter)


def lose(town: Town, offers: frozenset[str], quarter: str | None = None) -> float:
    told = Told(offers, quarter, 0, 0, shown=True)
    return float(sum(number for key, number in town.items() if told.holds(*key)))


def tell_all(town: Town, persons: Mapping[str, float], shocks: Sequence[frozenset[str]]) -> list[Told]:
    """Closures of each offer and of every two, then the shocks by quarter."""
    rows = []
    for own in SETS[:6]:
        here = [q for q in QUARTERS if lose(town, own, q) > 0]
        around = {"around_lose": sum(persons[q] for q in here), "around_reached": 0.0, "around_farther": 0.0}
        rows.append({"lose": lose(town, own), "reached": 0.0, "farther": 0.0, "members": own, **around})
    table = pd.DataFrame(rows).assign(more_metres=np.nan, unplaced=np.nan, around_unplaced=np.nan, status="observed")
    reached = {q: lose(town, SETS[-1], q) for q in QUARTERS}
    any_ = count_reached(pd.Series(reached), offers=SETS[-1])
    beside = tell_closures(table, round_closures(table, smallest=SMALLEST, reached=any_), smallest=SMALLEST)
    beside = {name: [*own, *any_] for name, own in beside.items()}
    shown = pd.DataFrame({"persons": persons, "reached": reached})
    for own in shocks:
        numbers = [lose(town, own, q) for q in (*QUARTERS, None)]
        loss = pd.DataFrame({"quarter_id": [*QUARTERS, None], "lose": numbers}).assign(lose_choice=0.0, farther=0.0)
        round_losses(loss, shown, closed=own, beside=beside, smallest=SMALLEST)
    return [Told(one.offers, one.quarter_id, one.low, one.high, shown=one.shown) for one in beside["lose"]]


def find_most(told: Sequence[Told], secret: Told) -> float:
    """The largest number that a withheld count may have for who knows all that is told."""
    kinds = [(own, quarter) for own in SETS for quarter in QUARTERS]
    rows = np.array([[float(one.holds(*kind)) for kind in kinds] for one in told])
    lines = LinearConstraint(rows, [one.low for one in told], [one.high for one in told])
    goal = -np.array([float(secret.holds(*kind)) for kind in kinds])
    found: Any = milp(goal, constraints=lines, bounds=Bounds(0, 1e6), integrality=np.ones(len(kinds), dtype=int))
    assert found.status == 0, found.message
    return float(-found.fun)


numbers = st.sampled_from([0, 0, 0, 0, 1, 2, 9, 30, 53])
A, C, AB, AC, ABC = SETS[0], SETS[2], SETS[3], SETS[4], SETS[6]


def count(town: Town) -> list[int]:
    return [town.get((own, quarter), 0) for own in SETS for quarter in QUARTERS]


@given(
    st.lists(numbers, min_size=21, max_size=21),
    st.tuples(*[st.sampled_from([0, 12, 200])] * 3),
    st.lists(st.sampled_from(SETS), min_size=1, max_size=3),
)
@example(count({(A, "2"): 53, (C, "1"): 1, (AB, "1"): 53}), (12, 12, 0), [AC])  # 107 reach one, A and B take 105
@example(
    count({(A, "3"): 1, (AB, "2"): 53, (ABC, "3"): 40}), (0, 0, 200), [AB]
)  # the table of closures tells the city's 54
@example(count({(A, "1"): 53, (C, "2"): 1, (ABC, "2"): 40}), (0, 200, 0), [AC])
def test_nobody_who_knows_all_tables_can_tell_a_small_count(
    counted: list[int], more: tuple[int, ...], shocks: list[frozenset[str]]
) -> None:
    town = dict(zip([(own, quarter) for own in SETS for quarter in QUARTERS], counted, strict=True))
    for quarter in QUARTERS:  # few who have an offer in reach are withheld by coverage itself
        if 0 < lose(town, SETS[-1], quarter) < 12:
            town[SETS[-1], quarter] += 12
    persons = {q: lose(town, SETS[-1], q) + add for q, add in zip(QUARTERS, more, strict=True)}
    told = tell_all(town, persons, shocks)
    for one in told:
        if not one.shown and 0 < lose(town, one.offers, one.quarter_id) < SMALLEST:
            assert find_most(told, one) >= SMALLEST


def know(offers: str, low: float, high: float = np.inf, *, less: float = 0.0, quarter: str | None = None) -> Count:
    return Count(
        offers=frozenset(offers), quarter_id=quarter, low=low, high=high, shown=high < np.inf, less=less
    )  # fmt: skip


def test_a_whole_that_tells_a_part_is_withheld() -> None:
    """54 of both, of whom 53 are the one's: the other takes 1; of 60 it takes up to 7."""
    parts = [know("a", 53, 53), know("b", 1)]
    assert choose_shown([*parts, know("ab", 45, 54)], smallest=3) == [True, False, False]
    assert choose_shown([*parts, know("ab", 55, 64)], smallest=3) == [True, False, True]
    assert choose_shown([*parts, know("abc", 45, 54)], smallest=3) == [True, False, False]
    assert choose_shown([*parts, know("cd", 45, 54)], smallest=3) == [True, False, True]


def test_what_is_known_anyhow_is_not_taken_back_but_what_tells_beside_it_is() -> None:
    """All 54 of the city are known: then 53 of the one offer may not be."""
    assert choose_shown([know("a", 53, 53), know("b", 1)], beside=[know("ab", 54, 54)], smallest=3) == [False, False]
    quarters = [know("a", 53, 53, quarter="1"), know("a", 1, quarter="2"), know("a", 20, 29, quarter="3")]
    assert choose_shown(quarters, beside=[know("a", 75, 84)], smallest=3) == [True, False, True]
    assert choose_shown(quarters, beside=[know("a", 65, 74)], smallest=3) == [True, False, False]
    assert choose_shown(quarters, beside=[know("b", 65, 74)], smallest=3) == [True, False, True]


def test_of_a_sum_of_two_counts_only_what_the_other_leaves_is_open() -> None:
    """74 have their nearest offer among both, 20 of them the one; of the other's 54, 52 lose their last: two walk on."""
    parts = [know("a", 20, 20), know("b", 53, less=52)]
    assert choose_shown([*parts, know("ab", 65, 74)], smallest=3) == [True, False, False]
    assert choose_shown([*parts, know("ab", 65, 75)], smallest=3) == [True, False, True]


def test_parts_that_share_an_offer_are_not_added() -> None:
    """Who loses the last when a and b close, and when b and c close, may be the same."""
    parts = [know("d", 1), know("ab", 40, 40), know("bc", 40, 40)]
    assert choose_shown([*parts, know("abcd", 45, 54)], smallest=3)[-1]
    assert not choose_shown([*parts, know("c", 13, 13), know("abcd", 45, 54)], smallest=3)[-1]
