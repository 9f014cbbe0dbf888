"""Totals of areas from the true counts: towns small enough to be worked out by hand, or by trying everything."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.audit import audit
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.publication import publish, put_apart, tell_count
from sro_geo.disclose.suppress import suppress
from sro_geo.disclose.totals import release_totals, weigh_area
from sro_geo.model.counts import parse_count
from sro_geo.model.indicators import Indicators
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SPECS = make_specs(
    make_spec("faelle", unit="persons"),
    make_spec("alle", unit="persons", numerator=parse_count("jung + alt")),
    make_spec("jung", unit="persons"),
    make_spec("alt", unit="persons"),
    make_spec("quote", numerator=parse_count("faelle"), denominator=parse_count("kinder")),
    make_spec("plaetze", unit="per_100", numerator=parse_count("none"), denominator=parse_count("kinder")),
)
CITY = {"city": ("q1", "q2", "q3", "q4")}


def release(true: Indicators, members: Mapping[str, Sequence[str]], *codes: str) -> tuple[set[tuple[str, str]], Any]:
    """Pairs that are released, and the protected table."""
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    found = release_totals(true, shown, specs=SPECS, smallest=3, wanted=dict.fromkeys(codes, members))
    return set(found), shown


def release_counts(counts: Mapping[str, float | str], members: Mapping[str, Sequence[str]] = CITY) -> set[str]:
    """Areas whose sum of cases is released."""
    found, _ = release(make_indicators(list_values("faelle", counts), specs=SPECS), members, "faelle")
    return {area for _, area in found}


@pytest.mark.parametrize(
    ("counts", "released"),
    [
        ({"q1": 2, "q2": 20}, False),  # 22 − 20 are 2
        ({"q1": 2, "q2": 2}, False),  # 1 and 3, 2 and 2, 3 and 1; but 2 and 2 if both are small
        ({"q1": 1, "q2": 2}, False),  # neither can be 3
        ({"q1": 1, "q2": 1, "q3": 2}, False),  # one may be 2 at most
        ({"q1": 1, "q2": 2, "q3": 2}, True),
        ({"q1": 2, "q2": 2, "q3": 2}, False),  # three twos, if all are small
        ({"q1": 2, "q2": 20, "q3": 30}, False),
        ({"q1": 1, "q2": 2, "q3": 2, "q4": 0}, True),
        ({"q1": 2, "q2": 0, "q3": 0}, False),
        ({"q1": 5, "q2": 20, "q3": 0}, True),  # nobody lost anything
        ({"q1": 2, "q2": "suppressed", "q3": 30}, False),  # what a file withholds is in no total, and 2 is the only one
        ({"q1": 2, "q2": "missing", "q3": 2, "q4": 1}, True),  # the total of what is known
    ],
)
def test_a_city_of_few_quarters(counts: dict[str, float | str], released: bool) -> None:  # noqa: FBT001  a table of cases
    assert (release_counts(counts) == {"city"}) is released


def test_a_group_of_one_quarter_is_refused_and_the_city_is_not() -> None:
    members = {"city": ("q1", "q2", "q3", "q4"), "group": ("q1",), "rest": ("q2", "q3", "q4")}
    assert release_counts({"q1": 2, "q2": 2, "q3": 1, "q4": 50}, members) == {"city"}


def test_two_areas_whose_difference_is_a_quarter_are_not_both_released() -> None:
    """City and rest each hold enough, yet city − rest is the group, and of the group one quarter alone is withheld."""
    members = {"city": [f"q{n}" for n in range(1, 7)], "group": ["q1", "q2", "q3"], "rest": ["q4", "q5", "q6"]}
    counts = dict(zip(members["city"], (2, 30, 40, 1, 2, 2), strict=True))
    assert release_counts(counts, members) == {"city"}
    assert release_counts({**counts, "q2": 1, "q3": 2}, members) == set(members)
    assert weigh_area(0) > weigh_area(1) > weigh_area(2) == weigh_area(7)


def test_totals_of_several_indicators_are_tried_together() -> None:
    """Young and old of all: of both sums together a reader gets no more than of each, for all are shown in no quarter."""
    rows = [
        *list_values("jung", {"q1": 2, "q2": 2, "q3": 1}),
        *list_values("alt", {"q1": 40, "q2": 60, "q3": 70}),
        *list_values("alle", {"q1": 42, "q2": 62, "q3": 71}),
    ]
    found, shown = release(make_indicators(rows, specs=SPECS), CITY, "jung", "alt", "alle")
    assert found == {(code, "city") for code in ("jung", "alt", "alle")}
    assert shown.set_index(["indicator", "quarter_id"]).loc["jung", "status"].tolist() == ["suppressed"] * 3


def make_rates(numbers: Mapping[str, tuple[float, float]], **facts: Any) -> Indicators:
    rows = [
        {"quarter_id": q, "indicator": "quote", "value": 100 * a / b, "numerator": a, "denominator": b, **facts}
        for q, (a, b) in numbers.items()
    ]
    return make_indicators(rows, specs=SPECS)


def test_a_rate_tells_the_sum_of_its_cases() -> None:
    one, far = ("quote", "city"), (30.0, 90.0)
    assert release(make_rates({"q1": (2, 50), "q2": (2, 60), "q3": (1, 70), "q4": far}), CITY, "quote")[0] == {one}
    assert release(make_rates({"q1": (2, 50), "q2": (9, 60), "q3": far}), CITY, "quote")[0] == set()
    others = make_rates({"q1": (48, 50), "q2": (58, 60), "q3": (69, 70)})
    assert release(others, CITY, "quote")[0] == {one}
    assert release(make_rates({"q1": (49, 50), "q2": (59, 60)}), CITY, "quote")[0] == set()


def test_a_rate_of_few_tells_the_sum_of_its_denominators_too() -> None:
    """Of 2 and 2 children each, one case each: cases 1 + 1 can't be 3. Without a case the children alone are told."""
    assert release(make_rates({"q1": (1, 2), "q2": (1, 2)}), CITY, "quote")[0] == set()
    none = make_rates({"q1": (0, 2), "q2": (0, 2), "q3": (0, 1), "q4": (0, 50)})
    assert release(none, CITY, "quote")[0] == {("quote", "city")}
    assert release(make_rates({"q1": (0, 2), "q2": (0, 1), "q3": (0, 50)}), CITY, "quote")[0] == set()


def test_what_cannot_be_stated_as_a_sum_of_whole_counts_is_refused() -> None:
    """A rate without its cases rounds them; places are no persons, and their children are not told to be any that are shown."""
    rounded = make_rates({"q1": (2, 50), "q2": (2, 60), "q3": (1, 70)})
    bare = Indicators(rounded.assign(numerator=float("nan")))
    assert release(bare, CITY, "quote")[0] == set()
    few = [
        {"quarter_id": q, "indicator": "plaetze", "value": 100 * 8 / b, "numerator": 8, "denominator": b}
        for q, b in (("q1", 2), ("q2", 2), ("q3", 1))
    ]
    assert release(make_indicators(few, specs=SPECS), CITY, "plaetze")[0] == set()


def test_only_the_indicators_asked_for_are_told_and_all_that_lost_nothing_are_released() -> None:
    table = make_indicators(
        [*list_values("faelle", {"q1": 2, "q2": 20}), *list_values("alt", {"q1": 50, "q2": 60})], specs=SPECS
    )
    assert release(table, CITY, "alt")[0] == {("alt", "city")}
    assert release(table, CITY, "alt", "faelle")[0] == {("alt", "city")}


def test_a_number_shown_beside_counts_like_one_of_the_table() -> None:
    """A computed rate shows how many children q1 has; with the released total, q2 and q3 would have 3 in all."""
    true = make_rates({"q1": (0, 2), "q2": (0, 2), "q3": (0, 1), "q4": (0, 50)})
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    beside = {"quarter_id": "q1", "indicator": "plaetze", "value": 400, "numerator": 8, "denominator": 2}
    joined = make_indicators([beside], specs=SPECS)
    both = Indicators(pd.concat([shown, joined], ignore_index=True))
    way: Any = {"specs": SPECS, "smallest": 3, "wanted": {"quote": CITY}}
    assert release_totals(true, shown, **way) == {("quote", "city")}
    assert release_totals(true, both, **way) == set()


def test_arguments_stay() -> None:
    table = make_indicators(list_values("faelle", {"q1": 2, "q2": 2}), specs=SPECS)
    before = table.copy(deep=True)
    release(table, CITY, "faelle")
    assert table.equals(before)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=5), st.integers(1, 4))
def test_nobody_who_tries_everything_pins_a_small_count(counts: list[int], size: int) -> None:
    """Law: of all towns that fit what is released, each withheld count is 3 or more in one, and 2 apart in two.

    Who knows that all of them are 1 or 2 can still not tell which.
    """
    ids = [f"q{number}" for number in range(len(counts))]
    size = min(size, len(counts) - 1)
    members = {"city": ids, "group": ids[:size], "rest": ids[size:]}
    released = release_counts(dict(zip(ids, counts, strict=True)), members)
    sums = [[ids.index(one) for one in members[area]] for area in released]
    choices = [range(1, sum(counts) + 1) if 1 <= count < 3 else [count] for count in counts]
    towns = [
        town for town in product(*choices) if all(sum(town[i] - counts[i] for i in inside) == 0 for inside in sums)
    ]
    for at, count in enumerate(counts):
        if 1 <= count < 3 and any(at in inside for inside in sums):
            small = [town for town in towns if all(n < 3 for n, m in zip(town, counts, strict=True) if m in (1, 2))]
            assert {town[at] for town in small} == {1, 2}, (counts, released)
            values = {town[at] for town in towns}
            assert count in values
            assert max(values) >= 3, (counts, released)
            assert max(values) - min(values) >= 2, (counts, released)


def test_quarters_put_apart_share_no_count() -> None:
    one = publish([tell_count("a", {"n": 1}, value=2)])
    joint = publish([*put_apart(one, prefix="q1 ").facts, tell_count("b", {"q2 n": 1}, value=5)])
    assert [(i.low, i.high) for i in audit(joint, withheld={"a"})] == [(1, float("inf"))]


def test_a_sum_over_two_parts_is_bounded_by_both() -> None:
    """Nothing else joins the two; left apart, 20 − 18 would seem to be anything."""
    facts = [tell_count("n", {"n": 1}, value=18), tell_count("d", {"d": 1}, value=20)]
    rest = {"rest": (("d", 1.0), ("n", -1.0))}
    assert [(i.low, i.high) for i in audit(publish(facts), withheld=(), counts=rest)] == [(2, 2)]
    assert suppress(publish(facts), withheld=(), secrets=rest, smallest=3).added != ()
