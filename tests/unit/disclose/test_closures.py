from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.closures import COUNTS, find_step, leaves_open, round_closures


def make(rows: list[dict[str, float]]) -> pd.DataFrame:
    usual = {"reached": 0.0, "lose": 0.0, "farther": 0.0, "more_metres": np.nan, "unplaced": np.nan}
    frame = pd.DataFrame([{**usual, **row} for row in rows])
    around = {f"around_{name}": frame.get(f"around_{name}", pd.Series(1000.0, index=frame.index)) for name in COUNTS}
    return frame.assign(**around, status="observed")


def test_counts_are_tens_and_few_are_withheld() -> None:
    found = round_closures(
        make([{"reached": 234, "lose": 7}, {"reached": 15, "lose": 0}, {"reached": 14, "lose": 10}]), smallest=3
    )
    assert found["reached"].tolist() == [230, 20, 10]
    assert found["lose"].isna().tolist() == [True, False, False]
    assert found["lose"].tolist()[1:] == [0, 10]
    assert found["status"].tolist() == ["suppressed", "observed", "observed"]
    assert not any(str(column).startswith("around") for column in found)


def test_who_is_left_out_of_the_quarters_is_not_few_either() -> None:
    """Of 52 children in the only quarter concerned 50 lose it: two do not, and that follows from 50 within a hair."""
    found = round_closures(make([{"lose": 50, "around_lose": 52}, {"lose": 52, "around_lose": 52}]), smallest=3)
    assert found["lose"].isna().tolist() == [True, False]


def test_metres_stand_only_beside_a_count_that_is_shown() -> None:
    found = round_closures(
        make([{"farther": 30, "more_metres": 237.0}, {"farther": 3, "more_metres": 237.0}, {"farther": 0}]), smallest=3
    )
    assert found["more_metres"].tolist()[0] == 240
    assert found["more_metres"].isna().tolist() == [False, True, True]


def test_what_is_not_known_stays_so() -> None:
    rows = make([{"reached": np.nan, "lose": np.nan, "farther": np.nan}]).assign(status="suppressed")
    found = round_closures(rows, smallest=3)
    assert found[list(COUNTS)].isna().to_numpy().all()


@given(st.integers(0, 400), st.integers(0, 400))
def test_no_count_follows_more_closely_than_within_five_and_none_of_few(count: int, more: int) -> None:
    around = count + more
    every = round_closures(make([{"reached": n, "around_reached": around} for n in range(around + 1)]), smallest=3)
    told = [str(number) for number in every["reached"]]
    alike = [other for other, number in enumerate(told) if number == told[count]]
    assert count in alike
    for few in (count, around - count):
        if 0 < few < 3:  # the smallest count that may be shown
            assert max(alike) - min(alike) >= 3


def test_no_count_under_the_smallest_of_the_project_is_shown() -> None:
    """Where nothing under 15 persons may be shown, neither 10 nor the 14 who are left out of 200 may."""
    rows = make([{"lose": 12}, {"lose": 186, "around_lose": 200}, {"lose": 47}, {"lose": 0}])
    found = round_closures(rows.assign(around_lose=rows["around_lose"].fillna(1000.0)), smallest=15)
    assert found["lose"].isna().tolist() == [True, True, False, False]
    assert found["lose"].tolist()[2:] == [40, 0]


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_whatever_the_smallest_is_nothing_under_it_is_shown(count: int, more: int, smallest: int) -> None:
    step = find_step(smallest)
    assert step % 10 == 0
    assert max(2 * smallest + 2, 10) <= step <= max(2 * smallest + 11, 10)
    rows = make([{"reached": count, "around_reached": count + more}])
    shown = round_closures(rows, smallest=smallest)["reached"].iloc[0]
    few = 0 < count < smallest or 0 < more < smallest
    assert np.isnan(shown) if few else np.isnan(shown) or abs(shown - count) <= step / 2


@pytest.mark.parametrize("smallest", [3, 4, 5, 9, 10, 15])
def test_a_withheld_part_of_a_sum_stays_open_over_the_smallest(smallest: int) -> None:
    """All offers of a provider beside one of its two: who knows both rounded numbers can't tell the other within few."""
    step = find_step(smallest)
    every = round_closures(make([{"reached": count} for count in range(5 * step)]), smallest=smallest)[
        "reached"
    ].tolist()
    admitted: dict[tuple[float, float], set[int]] = {}
    for part, shown in enumerate(every[: 4 * step]):
        for few in range(1, step):
            whole = every[part + few]
            if not np.isnan(shown) and not np.isnan(whole):
                admitted.setdefault((shown, whole), set()).add(few)
    assert len(admitted) > 5
    assert min(map(len, admitted.values())) >= smallest


def test_a_sum_does_not_tell_a_withheld_part_beside_one_that_is_known_exactly() -> None:
    """53 of 53 is known to be all; 50 for both would leave 1 for the other."""
    sets = [
        frozenset("a"),
        frozenset("b"),
        frozenset("ab"),
        frozenset("cd"),
        frozenset("c"),
        frozenset("d"),
        frozenset(),
    ]
    rows = make(
        [
            {"lose": 53, "around_lose": 53}, {"lose": 1}, {"lose": 54}, {"lose": 54}, {"lose": 53}, {"lose": 1}, {"lose": 54},
        ]
    )  # fmt: skip
    rows["around_lose"] = rows["around_lose"].fillna(1000.0)
    found = round_closures(rows.assign(members=pd.Series(sets)), smallest=3)
    assert found["lose"].isna().tolist() == [False, True, True, False, False, True, False]
    assert "members" not in found
    wider = [*sets[:3], frozenset("abc"), *sets[4:]]
    assert round_closures(rows.assign(members=pd.Series(wider)), smallest=3)["lose"].isna().tolist()[3]


def test_all_places_that_close_are_known_exactly_and_tell_nothing_of_few_beside_them() -> None:
    """53 places close and all are missed; of both 54 would be, so of the other's 30 places one. 51 of 53 leave two out."""
    rows = make([{"unplaced": 53}, {"unplaced": 1}, {"unplaced": 54}, {"unplaced": 51}, {"unplaced": 0}, {}])
    members = pd.Series([frozenset("a"), frozenset("b"), frozenset("ab"), frozenset("c"), frozenset("d"), frozenset()])
    rows = rows.assign(members=members, around_unplaced=[53.0, 30.0, 83.0, 53.0, 20.0, np.nan])
    found = round_closures(rows, smallest=3)
    assert found["unplaced"].isna().tolist() == [False, True, True, True, False, True]
    assert found["unplaced"].tolist()[0] == 50
    assert found["status"].tolist() == ["observed", *["suppressed"] * 3, "observed", "observed"]


@given(
    st.lists(st.tuples(st.integers(0, 70), st.booleans()), min_size=1, max_size=4),
    st.integers(1, 9),
    st.sampled_from([3, 5]),
)
def test_a_sum_that_is_shown_leaves_what_is_withheld_open(
    parts: list[tuple[int, bool]], few: int, smallest: int
) -> None:
    """Whatever a reader may think of the shown and the known parts: the withheld one may be `smallest` and more numbers."""
    step = find_step(smallest)
    shown = [np.nan if 0 < count < step else step * np.floor(count / step + 0.5) for count, _ in parts]
    known = [
        float(count) if exact and not np.isnan(told) else np.nan
        for (count, exact), told in zip(parts, shown, strict=True)
    ]
    total = few + sum(count for count, _ in parts)
    whole = np.nan if total < step else step * np.floor(total / step + 0.5)
    if not leaves_open(whole, np.array([*shown, np.nan]), known=np.array([*known, np.nan]), smallest=smallest):
        return
    if np.isnan(whole) or np.isnan(shown).any():
        return  # several are withheld, or nothing is shown
    low = sum(k if not np.isnan(k) else s - step / 2 for k, s in zip(known, shown, strict=True))
    high = sum(k if not np.isnan(k) else s + step / 2 for k, s in zip(known, shown, strict=True))
    admitted = [one for one in range(1, 200) if whole - step / 2 - high <= one < whole + step / 2 - low]
    assert len(admitted) >= smallest
