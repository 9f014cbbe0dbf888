"""Hand-worked tables with their answers."""

from __future__ import annotations

import math

import pytest

from sro_geo.disclose.audit import Interval, audit, bound_count, find_width
from sro_geo.disclose.publication import Fact, Line, list_lines, publish, split_publication, tell_count, tell_rate
from sro_geo.disclose.solver import Answer, Program
from tests.publication_data import add_totals, make_table


def read(found: tuple[Interval, ...]) -> dict[str, tuple[float, float]]:
    assert all(interval.exact for interval in found)
    return {interval.name: (interval.low, interval.high) for interval in found}


def test_four_cells_that_protect_each_other() -> None:
    table = make_table([[20, 2, 10, 32], [14, 9, 11, 34], [8, 12, 1, 21], [16, 10, 9, 35], [58, 33, 31, 122]])
    found = read(audit(table, withheld={"1,2", "1,3", "3,2", "3,3"}))
    assert found == {"1,2": (2, 11), "1,3": (1, 10), "3,2": (3, 12), "3,3": (1, 10)}


def test_a_row_of_two_secrets_and_a_zero() -> None:
    table = make_table([[1, 2, 0, 3], [9, 8, 7, 24], [6, 5, 9, 20], [16, 15, 16, 47]])
    assert read(audit(table, withheld={"1,1", "1,2"})) == {"1,1": (1, 1), "1,2": (2, 2)}
    found = read(audit(table, withheld={"1,1", "1,2", "1,4", "2,1", "2,2", "2,4"}))
    assert found["1,1"] == found["1,2"] == (1, 9)


def test_one_gap_is_its_difference_and_a_missing_total_bounds_nothing() -> None:
    table = make_table(add_totals([[2, 7]]))
    assert read(audit(table, withheld={"1,1", "2,1"})) == {"1,1": (2, 2), "2,1": (2, 2)}
    found = read(audit(table, withheld={"1,1", "2,1", "1,3", "2,3"}))
    assert found["1,1"] == (1, math.inf)
    assert found["1,3"] == (8, math.inf)


def test_two_gaps_with_a_remainder_of_four_need_not_both_be_two() -> None:
    table = make_table(add_totals([[2, 2, 7], [9, 9, 9]]))
    found = audit(table, withheld={"1,1", "1,2", "2,1", "2,2"})
    assert read(found)["1,1"] == (1, 3)
    assert found[0].is_safe(smallest=3, width=2)
    assert not found[0].is_safe(smallest=3, width=3)


def test_a_rate_of_few_persons_admits_one_count() -> None:
    """2.5 % of 40 to 60 persons: 1 of 40 is 2.5 %, 1 of 41 is 2.4 %, and 2 of 60 are 3.3 %."""
    rate = tell_rate("rate", {"n": 1}, {"d": 1}, value=2.5, digits=1)
    persons = Line(shares=(("d", 1.0),), low=40, high=60)
    known = publish([rate, tell_count("n", {"n": 1}, value=1)], always=[persons])
    assert read(audit(known, withheld={"n"})) == {"n": (1, 1)}
    assert read(audit(known, withheld={"n"}, counts={"d": (("d", 1.0),)})) == {"d": (40, 40)}
    assert read(audit(known, withheld={"n", "rate"})) == {"n": (1, math.inf)}


@pytest.mark.parametrize(("value", "digits", "low", "high"), [(13, 0, 25, 26), (12, 0, 23, 24), (12.5, 1, 25, 25)])
def test_rates_are_rounded_half_up(value: float, digits: int, low: float, high: float) -> None:
    """Of 200 persons 25 are 12.5 %: that is shown as 13, never as 12."""
    facts = [tell_count("d", {"d": 1}, value=200), tell_rate("r", {"n": 1}, {"d": 1}, value=value, digits=digits)]
    known = publish([*facts, tell_count("n", {"n": 1}, value=25)])
    assert read(audit(known, withheld={"n"})) == {"n": (low, high)}


def test_a_hierarchy_gives_way_from_above() -> None:
    """The city is two districts, a district two quarters: 2 of the 9 in the first."""
    parts = {"a1": 2, "a2": 7, "b1": 20, "b2": 30}
    sums = {"a": ["a1", "a2"], "b": ["b1", "b2"], "city": list(parts)}
    facts = [tell_count(code, {code: 1}, value=number) for code, number in parts.items()]
    facts += [tell_count(c, dict.fromkeys(of, 1.0), value=sum(parts[p] for p in of)) for c, of in sums.items()]
    city = publish(facts)
    assert read(audit(city, withheld={"a1"}))["a1"] == (2, 2)
    assert read(audit(city, withheld={"a1", "a"}))["a1"] == (2, 2)
    assert read(audit(city, withheld={"a1", "a", "b", "b1"}))["a1"] == (1, 21)
    assert read(audit(city, withheld={"a1", "a2"}))["a1"] == (1, 8)


def test_two_tables_that_share_a_margin_are_one() -> None:
    """Children by age and by passport; each table alone would leave the secret of the other open."""
    facts = [
        tell_count("young", {"young german": 1, "young other": 1}, value=5),
        tell_count("old", {"old german": 1, "old other": 1}, value=9),
        tell_count("other", {"young other": 1, "old other": 1}, value=8),
        *(tell_count(f"{c}", {c: 1}, value=v) for c, v in {"young german": 3, "young other": 2}.items()),
        *(tell_count(f"{c}", {c: 1}, value=v) for c, v in {"old german": 3, "old other": 6}.items()),
    ]
    both = publish(facts)
    cells = {"young german", "young other", "old german", "old other"}
    assert read(audit(both, withheld=cells))["young other"] == (1, 4)
    assert read(audit(both, withheld={*cells, "young"}))["young other"] == (1, 7)
    assert read(audit(both, withheld=cells - {"old other"}))["young other"] == (2, 2)


def test_two_years_and_the_difference_between_them() -> None:
    facts = [
        tell_count("2023", {"2023": 1}, value=2),
        tell_count("2024", {"2024": 1}, value=9),
        tell_count("change", {"2024": 1, "2023": -1}, value=7, least=-math.inf),
    ]
    assert read(audit(publish(facts), withheld={"2023"})) == {"2023": (2, 2)}
    assert read(audit(publish(facts), withheld={"2023", "2024"}))["2023"] == (1, math.inf)
    assert read(audit(publish(facts), withheld={"2023", "change"})) == {"2023": (1, math.inf), "change": (-math.inf, 8)}


def test_numbers_between_whole_ones_are_admitted_to_nobody() -> None:
    """Twice the one is three times the other, and both are at most 7: linear bounds alone would admit 1 to 7."""
    facts = [tell_count(code, {code: 1}, value=value) for code, value in (("x", 3), ("y", 2))]
    known = publish([*facts, Fact(name="same", told=(Line(shares=(("x", 2.0), ("y", -3.0)), low=0, high=0),))],
                    always=[Line(shares=(("x", 1.0),), high=7)])  # fmt: skip
    assert read(audit(known, withheld={"x", "y"})) == {"x": (3, 6), "y": (2, 4)}


def test_what_contradicts_itself_is_refused() -> None:
    facts = [tell_count("x", {"x": 1}, value=3), tell_count("all", {"x": 1, "y": 1}, value=2)]
    with pytest.raises(ValueError, match="the numbers of the publication contradict each other"):
        audit(publish([*facts, tell_count("y", {"y": 1}, value=1)]), withheld={"y"})


def test_counts_that_nobody_tells_of_are_refused() -> None:
    with pytest.raises(ValueError, match="it does not know z"):
        audit(make_table(add_totals([[2, 7]])), withheld={"1,1"}, counts={"z": (("z", 1.0),)})


def test_parts_that_say_nothing_of_each_other_are_apart() -> None:
    facts = [tell_count(code, {code: 1}, value=4) for code in "abc"] + [tell_count("ab", {"a": 1, "b": 1}, value=8)]
    parts = split_publication(publish(facts, always=[Line(shares=(("c", 1.0),), high=9)]))
    assert [[fact.name for fact in part.facts] for part in parts] == [["a", "ab", "b"], ["c"]]
    assert [len(part.always) for part in parts] == [0, 1]


def test_names_are_unique_and_zeros_stay() -> None:
    with pytest.raises(ValueError, match="each fact needs a name of its own"):
        publish([tell_count("x", {"x": 1}, value=3)] * 2)
    assert math.isinf(tell_count("x", {"x": 1}, value=0).weight)
    assert list_lines(publish([tell_count("x", {"x": 1}, value=2)]), withheld={"x"}) == [
        Line(shares=(("x", 1.0),), low=1)
    ]


def test_the_width_follows_from_the_smallest_count() -> None:
    assert [find_width(3, None), find_width(10, None), find_width(3, 5)] == [2, 9, 5]
    with pytest.raises(ValueError, match="`smallest` must be at least 1; got 0"):
        find_width(0, None)


def test_a_search_that_was_cut_off_is_told() -> None:
    """What was found lies inside of the true interval, so that a count is never called safe too early."""

    class CutOff(Program):
        def __init__(self) -> None:
            """Nothing to solve."""

        def solve(self, aim: object, *, largest: bool, whole: bool) -> Answer:  # noqa: ARG002  as the program's
            bound = 9.5 if largest else 0.2
            return Answer(value=(6.0 if largest else 2.0) if whole else bound, bound=bound, values={"x": bound})

    assert bound_count(CutOff(), "x", (("x", 1.0),)) == Interval(name="x", low=2, high=6, exact=False)
