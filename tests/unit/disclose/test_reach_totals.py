"""Reach of whole areas: what the total of all persons tells of quarters whose reached are withheld."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.reach_totals import ReachTotals, release_reached
from sro_geo.disclose.reached import hide_people, suppress_coverage
from sro_geo.model.reach import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Quarter = tuple[float, dict[float, float]]
"""Persons, and how many of them are reached within each limit."""
MANY = {f"q{number}": (50.0, {10.0: 20.0 + number}) for number in range(1, 7)}
"""Six quarters of whom none is near nobody or everybody: one of them weighs less than the city's total."""


def make_coverage(quarters: Mapping[str, Quarter], *, offers: int = 1) -> Coverage:
    """Nobody has more than one offer to choose from, unless there are more."""
    rows = [
        {"quarter_id": q, "minutes": limit, "reached": reached, "persons": persons}
        for q, (persons, within) in quarters.items()
        for limit, reached in within.items()
    ]
    table = pd.DataFrame(rows).assign(status="observed", example=False)
    means = dict.fromkeys(("mean_offers", "mean_low", "mean_high"), table["reached"] / table["persons"])
    return Coverage(kind="kita", target_group="0-6", table=table.assign(**means), offers=offers)


def release(true: Coverage, **facts: Any) -> ReachTotals:
    ids = sorted(set(true.table["quarter_id"]))
    usual = {"members": {"city": ids}, "smallest": 3, "mean_minutes": None, "modelled": False}
    return release_reached(true, suppress_coverage(true, smallest=3), **{**usual, **facts})


def list_gone(found: ReachTotals) -> list[str]:
    table = found.shown.table
    return list(table.loc[table["reached"].isna(), "quarter_id"])


def test_three_withheld_counts_hide_each_other_and_two_twos_do_not() -> None:
    """2, 2 and 1 of 50 are not reached: 5 together. Of 2 and 2 all would be known to whoever knows that they are small."""
    few = {"a": (50.0, {10.0: 48.0}), "b": (50.0, {10.0: 48.0})}
    found = release(make_coverage({**few, "c": (50.0, {10.0: 49.0}), **MANY}))
    assert found.reached == {(10.0, "city")}
    assert list_gone(found) == ["a", "b", "c"]
    found = release(make_coverage({**few, **MANY}))
    assert found.reached == {(10.0, "city")}
    assert list_gone(found) == ["a", "b", "q2"]


def test_one_withheld_count_takes_another_quarter_along_so_that_the_city_stays() -> None:
    found = release(make_coverage({"a": (50, {10.0: 48}), **MANY}))
    assert found.reached == {(10.0, "city")}
    assert list_gone(found) == ["a", "q2"]
    assert found.shown.table.set_index("quarter_id").loc["q2", "status"] == "suppressed"


def test_a_rounded_mean_goes_where_it_gives_the_count_away_with_that_of_another_limit() -> None:
    """24 and 25 of 90 reach one offer each: 0.3 offers are 22.5 or more, and none of the 25 has more than one."""
    true = make_coverage({"a": (90, {5.0: 24, 10.0: 25}), "b": (90, {5.0: 28, 10.0: 30})}, offers=3)
    before: Any = suppress_coverage(true, smallest=3).table.set_index(["quarter_id", "minutes"])
    assert before.loc[("a", 5.0), ["mean_low", "mean_high"]].tolist() == pytest.approx([0.25, 0.35])
    table: Any = release(true).shown.table.set_index(["quarter_id", "minutes"])
    assert table.loc[("a", 5.0), ["mean_offers", "mean_low", "mean_high"]].isna().tolist() == [True] * 3
    assert table.loc[("a", 10.0), "mean_offers"] == pytest.approx(25 / 90)
    assert table.loc[("b", 5.0), "mean_offers"] == 0.3  # 22.5 and more: there may be eight between


def test_of_few_quarters_the_total_goes_and_not_a_third_of_them() -> None:
    found = release(make_coverage({"a": (50, {10.0: 48}), "b": (50, {10.0: 30}), "c": (50, {10.0: 20})}))
    assert found.reached == frozenset()
    assert list_gone(found) == ["a"]


def test_a_group_of_one_quarter_is_refused() -> None:
    quarters = {"a": (50.0, {10.0: 48.0}), **MANY}
    members = {"city": list(quarters), "group": ["a"], "rest": list(MANY)}
    assert release(make_coverage(quarters), members=members).reached == {(10.0, "city")}


def test_where_nothing_is_withheld_everything_is_released() -> None:
    found = release(make_coverage(MANY), mean_minutes=10.0)
    assert found.reached == {(10.0, "city")}
    assert found.means == {"city"}
    assert list_gone(found) == []


def test_what_is_modelled_is_no_count_and_what_is_no_whole_number_is_refused() -> None:
    spread = make_coverage({"a": (50, {10.0: 48.4}), **MANY})
    found = release(spread, modelled=True)
    assert found.reached == {(10.0, "city")}
    assert found.means == {"city"}
    assert list_gone(found) == ["a"]
    raster = release(spread, mean_minutes=10.0)
    assert (raster.reached, raster.means, list_gone(raster)) == (frozenset(), frozenset(), ["a"])
    two = make_coverage({"a": (50, {5.0: 20.5, 10.0: 48}), "b": (50, {5.0: 20, 10.0: 30})})
    assert release(two).reached == {(5.0, "city")}


def test_a_quarter_whose_persons_are_hidden_is_in_no_total() -> None:
    whole = make_coverage({"a": (50, {10.0: 48}), **MANY})
    found = release_reached(
        hide_people(whole, quarter_ids=["a"]),
        hide_people(suppress_coverage(whole, smallest=3), quarter_ids=["a"]),
        members={"city": ["a", *MANY]},
        smallest=3,
        mean_minutes=10.0,
        modelled=False,
    )
    assert found.reached == {(10.0, "city")}
    assert list_gone(found) == ["a"]


def test_the_mean_of_an_area_tells_of_who_is_reached() -> None:
    """There is one offer, so persons × offers are the reached: the mean is refused wherever their number is."""
    few = make_coverage({"a": (80, {10.0: 78}), "b": (50, {10.0: 30}), "c": (50, {10.0: 20})})
    assert release(few, mean_minutes=10.0).means == frozenset()
    found = release(make_coverage({"a": (80, {10.0: 78}), **MANY}), mean_minutes=10.0)
    assert found.means == {"city"}
    assert found.reached == {(10.0, "city")}


def test_the_arguments_stay() -> None:
    true = make_coverage({"a": (50, {10.0: 48}), **MANY})
    before = true.table.copy(deep=True)
    release(replace(true, table=true.table))
    pd.testing.assert_frame_equal(true.table, before)


@st.composite
def towns(draw: st.DrawFn) -> dict[str, Quarter]:
    """Quarters of so few persons that everything can be tried."""
    found = {}
    for number in range(draw(st.integers(2, 3))):
        persons = draw(st.integers(3, 7))
        near = draw(st.integers(0, persons))
        found[f"q{number}"] = (float(persons), {5.0: float(near), 10.0: float(draw(st.integers(near, persons)))})
    return found


@pytest.mark.long
@given(towns(), st.sampled_from([None, 5.0, 10.0]))
def test_nobody_who_tries_everything_pins_who_is_reached(quarters: dict[str, Quarter], limit: float | None) -> None:
    """Law: of all towns that fit what is shown, so few persons are more in one, and two more than in another."""
    true = make_coverage(quarters)
    found = release(true, mean_minutes=limit, members={"city": list(quarters), "group": ["q0"], "rest": ["q1"]})
    shown = found.shown.table.set_index(["quarter_id", "minutes"])["reached"]
    areas = {"city": list(quarters), "group": ["q0"], "rest": ["q1"]}
    sums = [(m, areas[area]) for m, area in found.reached] + [(limit, areas[area]) for area in found.means if limit]
    fitting = [town for town in list_towns(quarters) if fits(town, quarters, shown, sums)]
    for quarter, (persons, within) in quarters.items():
        ends = [0.0, within[5.0], within[10.0], persons]
        for a, b in combinations(range(4), 2):
            if 1 <= ends[b] - ends[a] < 3 and involves_total(quarter, (a, b), shown, sums):
                told = [[0, *town[quarter], persons] for town in fitting]
                values = {one[b] - one[a] for one in told}
                assert max(values) >= 3
                assert max(values) - min(values) >= 2
                assert len({one[b] - one[a] for one in told if is_small(one, ends, quarter, shown)} & {1, 2}) == 2


def is_small(one: Sequence[float], ends: Sequence[float], quarter: str, shown: pd.Series) -> bool:
    """Whether whatever is so few in truth is so few here, too: what a reader knows who knows the rule."""
    limits = {1: 5.0, 2: 10.0}
    lost = {at for at, limit in limits.items() if np.isnan(shown[quarter, limit])}
    pairs = [(a, b) for a, b in combinations(range(4), 2) if {a, b} & lost and 1 <= ends[b] - ends[a] < 3]
    return all(1 <= one[b] - one[a] < 3 for a, b in pairs)


def list_towns(quarters: Mapping[str, Quarter]) -> list[dict[str, tuple[int, int]]]:
    chains = [
        [(near, far) for near in range(int(persons) + 1) for far in range(near, int(persons) + 1)]
        for persons, _ in quarters.values()
    ]
    return [dict(zip(quarters, town, strict=True)) for town in product(*chains)]


def fits(
    town: Mapping[str, tuple[int, int]],
    quarters: Mapping[str, Quarter],
    shown: pd.Series,
    sums: Sequence[tuple[float | None, Sequence[str]]],
) -> bool:
    """Shown numbers are as they are; a withheld one is neither nobody nor everybody; sums hold."""
    for quarter, (persons, within) in quarters.items():
        for at, limit in enumerate((5.0, 10.0)):
            if np.isnan(shown[quarter, limit]):
                if not 0 < town[quarter][at] < persons:
                    return False
            elif town[quarter][at] != within[limit]:
                return False
    places = {5.0: 0, 10.0: 1}
    return all(
        sum(town[q][places[limit]] for q in inside) == sum(quarters[q][1][limit] for q in inside)
        for limit, inside in sums
        if limit is not None
    )


def involves_total(
    quarter: str, ends: tuple[int, int], shown: pd.Series, sums: Sequence[tuple[float | None, Sequence[str]]]
) -> bool:
    """Whether a total tells of one of the ends that is withheld; what no total touches is for other tests."""
    limits = [{1: 5.0, 2: 10.0}[end] for end in ends if end in (1, 2)]
    return any(np.isnan(shown[quarter, m]) and any(m == n and quarter in inside for n, inside in sums) for m in limits)


@pytest.mark.parametrize("limit", [None, 10.0])
def test_the_order_of_rows_does_not_matter(limit: float | None) -> None:
    true = make_coverage({"a": (50, {10.0: 48}), **MANY})
    turned = replace(true, table=true.table.iloc[::-1].reset_index(drop=True))
    one, two = release(true, mean_minutes=limit), release(turned, mean_minutes=limit)
    assert set(list_gone(one)) == set(list_gone(two))
    assert (one.reached, one.means) == (two.reached, two.means)
