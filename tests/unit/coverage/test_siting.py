"""Siting beside every set of sites tried one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo import site_offers
from sro_geo.coverage import siting_asking
from sro_geo.model.siting import SitingTask
from tests.siting_towns import CELLS, OFFERS, Town, make_reach, towns

if TYPE_CHECKING:
    from collections.abc import Callable

    from sro_geo.model.siting import Siting


def best_of(sets: list[tuple[str, ...]], worth: Callable[[tuple[str, ...]], Any]) -> list[tuple[str, ...]]:
    top = max(worth(one) for one in sets)
    return [one for one in sets if worth(one) == top]


def check_best(found: Siting, best: list[tuple[str, ...]]) -> None:
    """The first and all that are as good, told up to 20."""
    assert found.plans[0].proven
    assert found.plans[0].gap == 0
    told = [found.plans[0].sites, *found.ties]
    assert len(set(told)) == len(told)
    if len(best) <= 21:
        assert told == sorted(best)
        assert found.ties_complete
    else:
        assert set(told) <= set(best)
        assert (len(found.ties), found.ties_complete) == (20, False)


SOFT = ("cover", "cover_twice", "median")


@given(towns(), st.sampled_from(SOFT), st.integers(1, 4))
def test_as_many_as_possible_is_the_best_of_all_sets(town: Town, problem: str, count: int) -> None:
    found, worth = town.site(problem=problem, count=count), getattr(town, problem)
    sign = -1 if problem == "median" else 1
    best = best_of(town.list_sets(count), lambda sites: sign * worth(sites))
    check_best(found, best)
    assert found.plans[0].value == pytest.approx(worth(best[0]), rel=1e-12)


@given(towns(), st.booleans())
def test_everybody_is_reached_with_the_fewest_or_the_cheapest(town: Town, dear: bool) -> None:  # noqa: FBT001  drawn
    costs = {offer: float(3 + place % 3) for place, offer in enumerate(OFFERS)} if dear else None
    found = town.site(problem="set_cover", costs=costs)
    covering = [sites for sites in town.list_sets(None) if town.covers_all(sites)]
    price = {sites: sum(costs[offer] if costs else 1 for offer in sites) for sites in covering}
    best = best_of(covering, lambda sites: -price[sites])
    check_best(found, best)
    assert found.plans[0].value == price[best[0]]


@given(towns(), st.integers(1, 4))
def test_the_longest_way_is_the_shortest_of_all_sets(town: Town, count: int) -> None:
    found = town.site(problem="centre", count=count)
    best = best_of(town.list_sets(count), lambda sites: -town.centre(sites))
    if np.isinf(town.centre(best[0])):
        assert (found.impossible, found.plans) == (True, ())
        return
    check_best(found, best)
    assert found.plans[0].value == town.centre(best[0])


@given(towns(), st.sampled_from(SOFT), st.integers(1, 3))
def test_the_worst_off_quarter_comes_first(town: Town, problem: str, count: int) -> None:
    found, worth = town.site(problem=problem, count=count, by_quarter=True), getattr(town, problem)
    sign = -1 if problem == "median" else 1

    def rank(sites: tuple[str, ...]) -> tuple[float, float]:
        shares = [
            worth(sites, cells=list(own.index)) / own.sum()
            for _, own in town.persons.groupby(town.quarters)
            if own.sum() > 0
        ]
        return round(min(sign * share for share in shares), 9), round(sign * worth(sites), 6)

    best = best_of(town.list_sets(count), rank)
    check_best(found, best)
    assert found.plans[0].worst == pytest.approx(sign * rank(best[0])[0], abs=1e-9)
    assert found.plans[0].value == pytest.approx(worth(best[0]))


COSTS = {offer: float(cost) for offer, cost in zip(OFFERS, [4, 3, 5, 2, 6, 3], strict=True)}


@given(towns(), st.sampled_from(SOFT), st.sampled_from([0.0, 3.0, 7.0, 12.0]), st.none() | st.integers(1, 2))
def test_a_budget_is_kept_and_of_the_best_sets_the_cheapest_is_taken(
    town: Town, problem: str, budget: float, count: int | None
) -> None:
    found = town.site(problem=problem, count=count, costs=COSTS, budget=budget)
    worth, sign = getattr(town, problem), -1 if problem == "median" else 1
    price = {sites: sum(COSTS[offer] for offer in sites) for sites in town.list_sets(count)}
    allowed = [sites for sites, cost in price.items() if cost <= budget]
    if not allowed:
        assert (found.impossible, found.plans) == (True, ())
        return
    best = best_of(allowed, lambda sites: (sign * worth(sites), -price[sites]))
    check_best(found, best)
    assert found.plans[0].cost == price[best[0]]


@given(towns(), st.sampled_from([*SOFT, "centre"]), st.integers(1, 3), st.integers(1, 2))
def test_each_further_set_is_the_best_that_leaves_out_enough_of_those_before(
    town: Town, problem: str, count: int, differ: int
) -> None:
    differ = min(differ, count)
    found, worth = town.site(problem=problem, count=count, best=3, differ=differ), getattr(town, problem)
    sign = 1 if problem.startswith("cover") else -1
    left = [sites for sites in town.list_sets(count) if np.isfinite(worth(sites))]
    for plan in found.plans:
        best = max(sign * worth(sites) for sites in left)
        assert plan.proven
        assert plan.sites in left
        assert sign * plan.value == pytest.approx(best)
        assert plan.gives_up == pytest.approx(abs(best - sign * found.plans[0].value))
        left = [sites for sites in left if len(set(plan.sites) - set(sites)) >= differ]
    assert len(found.plans) == 3 or not left


@given(towns(), st.sampled_from(SOFT), st.integers(1, 3))
def test_fewer_rows_have_the_same_answer(town: Town, problem: str, count: int) -> None:
    merged = town.site(problem=problem, count=count)
    with pytest.MonkeyPatch.context() as patch:
        ask = siting_asking.ask
        patch.setattr("sro_geo.coverage.siting.ask", lambda *args, **settings: ask(*args, **settings, merge=False))
        plain = town.site(problem=problem, count=count)
    assert plain == merged


@given(towns(), st.sampled_from(SOFT), st.integers(1, 3))
def test_more_sites_never_reach_fewer(town: Town, problem: str, count: int) -> None:
    values = [town.site(problem=problem, count=number).plans[0].value for number in (count, count + 1)]
    assert values[0] >= values[1] if problem == "median" else values[0] <= values[1]


@given(towns(), st.sampled_from(SOFT), st.integers(1, 4))
def test_greedy_reaches_its_share_of_the_best_and_tells_its_gap(town: Town, problem: str, count: int) -> None:
    fast = town.site(problem=problem, count=count, method="greedy").plans[0]
    best = town.site(problem=problem, count=count).plans[0].value
    worth = getattr(town, problem)
    assert fast.value == pytest.approx(worth(fast.sites))
    if problem == "median":
        assert fast.bound <= best * (1 + 1e-6) + 1e-3 <= fast.value * (1 + 1e-6) + 2e-3
    else:
        assert fast.value <= best <= fast.bound * (1 + 1e-6)
    if fast.proven:
        assert fast.value == pytest.approx(best)
    if problem == "cover":
        kept = worth(())
        assert fast.value - kept >= (1 - np.exp(-1)) * (best - kept) - 1e-9


@given(towns(), st.sampled_from([*SOFT, "centre", "set_cover"]))
def test_when_time_is_over_a_set_is_told_with_its_gap_and_never_called_the_best(town: Town, problem: str) -> None:
    everybody = problem == "set_cover"
    found = town.site(problem=problem, count=None if everybody else 2, seconds=1e-9)
    sets = [sites for sites in town.list_sets(None) if town.covers_all(sites)] if everybody else town.list_sets(2)
    worth: Callable[..., float] = len if everybody else getattr(town, problem)
    best = (max if problem.startswith("cover") else min)(worth(sites) for sites in sets)
    assert not found.ties
    for plan in found.plans:
        assert plan.sites in sets
        assert plan.value == pytest.approx(worth(plan.sites))
        assert plan.proven == (plan.gap == 0)
        assert plan.gap == (pytest.approx(abs(plan.bound - plan.value) / plan.value) if plan.value else plan.gap)
        if problem.startswith("cover"):
            assert plan.value <= best <= plan.bound + 1e-6
        else:
            assert plan.value >= best >= plan.bound - 1e-6
        if plan.proven:
            assert plan.value == pytest.approx(best)
    assert found.plans or problem == "centre"


BASE = make_reach([("c0", "k1", 100), ("c1", "k1", 300), ("c1", "k2", 300), ("c2", "k3", 900), ("c3", "k2", 500)])
PERSONS = pd.Series([5.0, 7.0, 2.0, 4.0, 3.0, 0.0, 0.0, 0.0], index=CELLS)
TASK = SitingTask(problem="cover", count=1)


def test_a_town_by_hand() -> None:
    # k1 reaches 5 + 7, k2 7 + 4, k3 2; nobody reaches the 3 of c4
    found = site_offers(BASE, PERSONS, task=TASK)
    assert (found.plans[0].sites, found.plans[0].value, found.unreachable) == (("k1",), 12, 3)
    both = site_offers(BASE, PERSONS, task=replace(TASK, count=2, best=2)).plans
    assert [(plan.sites, plan.value, plan.gives_up) for plan in both] == [(("k1", "k2"), 16, 0), (("k1", "k3"), 14, 2)]
    beside = site_offers(BASE, PERSONS, task=replace(TASK, fixed=("k1",))).plans[0]
    assert (beside.sites, beside.value) == (("k2",), 16)


@given(towns(), st.sampled_from(SOFT), st.integers(2, 3), st.booleans())
def test_the_way_through_the_sets_makes_no_difference(
    town: Town,
    problem: str,
    count: int,
    late: bool,  # noqa: FBT001  drawn
) -> None:
    """Without a try before a site is branched on, without greedy choice before the search, with exchange at once or never."""
    asked = town.site(problem=problem, count=count, best=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sro_geo.coverage.siting_tree._TRIED", 1)
        patch.setattr("sro_geo.coverage.siting_tree._EASY", 1000 if late else 0)
        patch.setattr("sro_geo.coverage.siting_search.ROUNDS", 3)
        patch.setattr("sro_geo.coverage.siting_program.guess_greedy", lambda _rows, _packing: None)
        found = town.site(problem=problem, count=count, best=2)
    assert [(plan.value, plan.proven) for plan in found.plans] == [(plan.value, plan.proven) for plan in asked.plans]
    assert found.ties_complete == asked.ties_complete
    if found.ties_complete:
        assert (found.plans[0].sites, found.ties) == (asked.plans[0].sites, asked.ties)


@pytest.mark.parametrize("seed", range(6))
def test_where_parts_of_sites_would_reach_more_the_best_whole_sets_are_found(seed: int) -> None:
    """Each cell reaches two sites: half a site at each reaches everybody, so that the bound without whole numbers is far off."""
    random = np.random.default_rng(seed)
    names = [f"k{place:02d}" for place in range(10)]
    ends = np.array([random.choice(10, 2, replace=False, p=np.arange(1, 11) / 55) for _ in range(24)])
    cells = pd.Index([f"c{place:02d}" for place in range(24)], name="cell_id", dtype="str")
    rows = [(cell, names[end], 100.0) for cell, pair in zip(cells, ends.tolist(), strict=True) for end in sorted(pair)]
    pairs = pd.DataFrame(rows, columns=["cell_id", "offer_id", "metres"])
    reach = replace(BASE, cell_ids=cells, offer_ids=pd.Index(names, name="offer_id", dtype="str"), pairs=pairs)
    persons = pd.Series(random.integers(1, 30, 24).astype(float), index=cells)
    worth = {
        tuple(names[site] for site in sites): float(persons.to_numpy()[np.isin(ends, sites).any(axis=1)].sum())
        for sites in combinations(range(10), 4)
    }
    found = site_offers(reach, persons, task=replace(TASK, count=4, best=3, differ=2))
    best = sorted(sites for sites, value in worth.items() if value == max(worth.values()))
    check_best(found, best)
    left = worth
    for plan in found.plans:
        assert (plan.proven, plan.value) == (True, max(left.values()))
        left = {sites: value for sites, value in left.items() if len(set(plan.sites) - set(sites)) >= 2}


def test_a_road_by_hand() -> None:
    # five houses 100 m apart, a candidate at each: the middle one is nearest to all, and no way is longer than to the ends
    spots = range(5)
    road = make_reach((CELLS[here], OFFERS[there], 100.0 * abs(here - there)) for here in spots for there in spots)
    persons = pd.Series([1.0] * 5 + [0.0] * 3, index=CELLS)

    def site(problem: Any, count: int, **more: Any) -> tuple[tuple[str, ...], float, float]:
        found = site_offers(road, persons, task=SitingTask(problem=problem, count=count, **more))
        return found.plans[0].sites, found.plans[0].value, len(found.ties)

    assert site("median", 1) == (("k3",), 200 + 100 + 0 + 100 + 200, 0)
    assert site("centre", 1) == (("k3",), 200, 0)
    # two sites: 100 m at most from k1 or k2 with k4, and from k2 with k5
    assert site("centre", 2) == (("k1", "k4"), 100, 2)
    # beside k1, which stays: k4 leaves 100 m to each side of it
    assert site("median", 1, fixed=("k1",)) == (("k4",), 100 + 100 + 0 + 100, 0)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"problem": "most"}, "`problem` must be one of cover, cover_twice, set_cover, median, centre; got 'most'"),
        ({"count": None}, "`count` must say how many sites are wanted"),
        ({"count": 0}, "`count` must be 1 to 6, the number of candidates; got 0"),
        ({"count": 6, "fixed": ("k1",)}, "`count` must be 1 to 5, the number of candidates; got 6"),
        ({"fixed": ("k9", "k8")}, "`fixed` must name offers of `reach`; got k8, k9"),
        ({"fixed": ("k1", "k2", "k3")}, "no candidate is in reach of anybody"),
        ({"problem": "set_cover"}, "`count` has no effect where everybody is to be reached"),
        ({"problem": "centre", "count": None, "budget": 3.0, "costs": COSTS}, "`count` must say how many sites are wanted"),
        ({"budget": 3.0}, "`budget` needs `costs`"),
        ({"budget": -1.0, "costs": COSTS}, "`budget` must be at least 0; got -1.0"),
        ({"costs": COSTS}, "`costs` have no effect without `budget`"),
        ({"budget": 1.0, "costs": {"k1": 1.0}}, "`costs` must hold a number for each offer; missing: k2, k3, k4, k5, k6"),
        ({"budget": 1.0, "costs": {**COSTS, "k4": -2.0}}, "`costs` must be at least 0; got -2.0 for k4"),
        ({"capacity": {"k1": 1.0}}, "`capacity` must hold a number for each offer; missing: k2, k3, k4, k5, k6"),
        ({"capacity": {**COSTS, "k4": float("nan")}}, "`capacity` must be at least 0; got nan for k4"),
        ({"capacity": COSTS, "problem": "cover_twice"}, "`capacity` has no meaning for 'cover_twice'"),
        ({"split": False}, "`split` has no effect without `capacity`"),
        ({"best": 0}, "`best` must be at least 1; got 0"),
        ({"seconds": 0.0}, "`seconds` must be over 0; got 0.0"),
        ({"differ": 1}, "`differ` has no effect where one set is wanted"),
        ({"differ": 2, "best": 2}, "`differ` must be 1 to 1; got 2"),
        ({"method": "luck"}, "`method` must be exact or greedy; got 'luck'"),
        ({"method": "greedy", "problem": "centre"}, "greedy choice does not know: centre"),
    ],
)  # fmt: skip
def test_a_task_that_makes_no_sense_is_refused(change: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        site_offers(BASE, PERSONS, task=replace(TASK, **change))


@pytest.mark.parametrize("number", [-1.0, float("nan"), float("inf")])
def test_persons_must_be_numbers(number: float) -> None:
    with pytest.raises(ValueError, match=r"^`persons` must be at least 0 in every cell, and not missing$"):
        site_offers(BASE, PERSONS.mask(PERSONS == 7, number), task=TASK)
    with pytest.raises(ValueError, match=r"^`persons` must hold the cells of `reach`$"):
        site_offers(BASE, PERSONS.drop("c0"), task=TASK)


def test_quarters_must_hold_every_cell() -> None:
    quarters = pd.Series("q1", index=CELLS)
    with pytest.raises(ValueError, match=r"^`quarters` must hold the cells of `reach`, and none may be missing$"):
        site_offers(BASE, PERSONS, task=TASK, quarters=quarters.drop("c3"))
    with pytest.raises(ValueError, match=r"^`quarters` have no effect for 'centre': everybody is reached$"):
        site_offers(BASE, PERSONS, task=replace(TASK, problem="centre"), quarters=quarters)
