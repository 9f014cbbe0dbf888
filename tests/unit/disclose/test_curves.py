from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.curves import round_curves

METRES = [100.0, 200.0, 300.0, 400.0]
LIMIT = 300.0


def show(*counts: float, persons: float = 500, smallest: int = 3) -> list[float]:
    frame = pd.DataFrame([counts], columns=METRES)
    shown = round_curves(frame, pd.Series([persons]), exact=[LIMIT], smallest=smallest)
    return [float(number) for number in shown.to_numpy()[0]]


def test_counts_stand_in_tens() -> None:
    assert show(0, 123, 247, 251) == [0, 120, 250, 250]


def test_few_within_or_beyond_are_not_told() -> None:
    np.testing.assert_equal(show(4, 123, 247, 497), [np.nan, 120, 250, np.nan])
    assert show(0, 123, 247, 500) == [0, 120, 250, 500]


def test_beside_an_exact_number_a_rounded_one_leaves_room() -> None:
    """Of 226 within the limit, 225 or 226 within 200 m: that a reader can tell one person is too much. Of 240 he can't."""
    assert np.isnan(show(0, 225, 226, 226)[1])
    assert show(0, 225, 240, 240)[1] == 230


def test_where_exact_numbers_are_the_same_nothing_is_hidden() -> None:
    frame = pd.DataFrame([(120.0, 120, 120, 130)], columns=METRES)
    shown = round_curves(frame, pd.Series([500.0]), exact=[100.0, 300.0], smallest=3)
    assert shown[200.0].tolist() == [120]


def test_a_higher_limit_makes_wider_steps_and_hidden_persons_hide_all() -> None:
    counts = [number for number in show(0, 123, 247, 251, smallest=20) if not np.isnan(number)]
    assert all(number % 50 == 0 for number in counts)
    assert np.isnan(show(0, 123, 247, 251, persons=np.nan)).all()


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5), st.sampled_from([3, 7, 12]))
def test_what_is_shown_is_open_over_enough_counts(steps: list[int], smallest: int) -> None:
    *counts, persons = np.cumsum(steps).astype(float)
    step = -(-(2 * smallest + 2) // 10) * 10
    low, high = 0.0, counts[2]
    for at, number in enumerate(show(*counts, persons=persons, smallest=smallest)):
        if at == 2:
            low, high = 0.0, persons
        if at == 3:
            low, high = counts[2], persons
        if np.isnan(number) or low == high:
            continue
        assert abs(number - counts[at]) <= step / 2
        assert number == 0 or number >= step
        open_ = [one for one in range(int(low), int(high) + 1) if -step / 2 <= one - number < step / 2]
        assert len(open_) >= smallest or (number == 0 and counts[at] == 0)


def test_a_sum_does_not_tell_a_withheld_part_beside_those_that_are_known() -> None:
    """Within 200 m all 53 of one quarter and 1 of another: 50 for both would tell the 1; of 64 it may be many."""
    for few, hidden in ((1, True), (9, False)):
        frame = pd.DataFrame(
            [(0.0, 53.0, 53.0, 53.0), (0.0, few, 40.0, 90.0), (0.0, 53.0 + few, 93.0, 143.0)], columns=METRES
        )
        persons = pd.Series([53.0, 120.0, 173.0])
        shown = round_curves(frame, persons, exact=[300.0], smallest=3, members={2: [0, 1]})
        found = shown[[200.0, 300.0]].to_numpy(dtype=float)
        assert np.isnan(found[1, 0])
        assert np.isnan(found[2, 0]) == hidden
        assert found[2, 1] == 90
