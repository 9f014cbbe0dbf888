from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.render.classes import choose_breaks, find_groups, place

NUMBERS = st.lists(st.integers(-5000, 5000).map(lambda n: n / 10), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("values", "how", "expected"),
    [
        ([9, 12, 14, 16, 19, 22, 24, 30, 33, 38], "quantile", (14, 18, 22, 30)),
        ([9, 12, 14, 16, 19, 22, 24, 30, 33, 38], "equal", (10, 20, 30)),
        ([-20.1, -3, 0, 4.5, 8, 12, -7, 2], "symmetric", (-10, -5, 5, 10)),
        ([0] * 20 + [1, 2, 5, 15, 23, 39, 40, 44, 46, 52, 70, 84], "quantile", (5, 20, 40, 50)),
        ([3, 3, 5], "quantile", (5,)),
        ([7, 7], "quantile", ()),
        ([7, 7], "equal", ()),
        ([0, 0], "symmetric", ()),
        ([0.5], "symmetric", (-0.5, 0.5)),
        ([], "quantile", ()),
        ([9, 12, 14, 16, 19, 22, 24, 30, 33, 38], "deviation", (18, 26, 36)),
        ([7, 7], "deviation", ()),
        ([7, 7], "jenks", ()),
        ([1, 2, 10, 11, 30, 31, 50, 52, 90], "jenks", (10, 30, 50, 90)),
        ([float("nan")], "equal", ()),
    ],
)
def test_breaks_are_round_and_few(values: list[float], how: str, expected: tuple[float, ...]) -> None:
    assert choose_breaks(values, how=how) == pytest.approx(expected)


@given(NUMBERS, st.integers(1, 5))
def test_quantile_classes_are_never_empty(values: list[float], classes: int) -> None:
    breaks = choose_breaks(values, how="quantile", classes=classes)
    assert set(place(values, breaks)) == set(range(len(breaks) + 1))
    assert len(breaks) < max(2, min(classes, len(set(values))) + 1)


@given(NUMBERS, st.sampled_from(["quantile", "equal", "symmetric"]))
def test_breaks_ascend_and_separate(values: list[float], how: str) -> None:
    breaks = choose_breaks(values, how=how)
    assert list(breaks) == sorted(set(breaks))
    assert len(set(breaks)) < 5
    if how == "symmetric":
        assert breaks == tuple(-cut for cut in reversed(breaks))


def test_given_breaks_are_kept_and_hold_their_lower_end() -> None:
    breaks = choose_breaks([1, 2], how="given", given=(10, 15, 20))
    assert list(breaks) == [10, 15, 20]
    assert place([9.99, 10, 14.99, 20, np.nan], breaks).tolist() == [0, 1, 1, 3, -1]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            {"how": "natural"},
            "`how` must be one of deviation, equal, jenks, quantile, symmetric or given; got 'natural'",
        ),
        ({"how": "quantile", "classes": 6}, "`classes` must be between 1 and 5; got 6"),
        ({"how": "given"}, "`given` must name at least one cut"),
        ({"how": "given", "given": (2, 1)}, r"`given` must be ascending finite numbers; got \[2, 1\]"),
        ({"how": "given", "given": (1, float("inf"))}, "`given` must be ascending finite numbers"),
        ({"how": "given", "given": (1, 2, 3, 4, 5)}, "`given` makes 6 classes; there are colours for 5"),
    ],
)
def test_wrong_settings_are_named(arguments: dict[str, object], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        choose_breaks([1, 2, 3], **arguments)  # type: ignore[arg-type]


FEW = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=9)


@given(FEW, st.integers(1, 4))
def test_groups_have_the_least_sum_of_squares_that_there_is(numbers: list[float], wanted: int) -> None:
    """All ways to part the sorted values are tried."""
    values, counts = np.unique(numbers, return_counts=True)
    groups = min(wanted, len(values))

    def add_up(begins: tuple[int, ...]) -> float:
        parts = [np.repeat(values[a:b], counts[a:b]) for a, b in pairwise((0, *begins, len(values)))]
        return sum(float(((part - part.mean()) ** 2).sum()) for part in parts)

    found = find_groups(values, counts, groups)
    assert len(found) == groups - 1
    assert add_up(tuple(found)) == pytest.approx(
        min(map(add_up, combinations(range(1, len(values)), groups - 1))), abs=1e-9
    )


@given(NUMBERS, st.integers(2, 5))
def test_rounded_cuts_of_groups_move_no_value(numbers: list[float], classes: int) -> None:
    known = np.unique(numbers)
    breaks = choose_breaks(numbers, how="jenks", classes=classes)
    assert len(breaks) == min(classes, len(known)) - 1
    begins = find_groups(*np.unique(numbers, return_counts=True), len(breaks) + 1)
    assert list(np.searchsorted(known, breaks)) == begins
