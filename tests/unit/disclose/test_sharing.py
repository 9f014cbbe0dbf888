from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.sharing import STEPS, find_steps

WIDEST = STEPS[-1]


def step(*, persons: float, most: float, crowd: float, gets: float = 0.0, smallest: int = 3) -> float:
    table = pd.DataFrame({"persons": [persons], "most": [most], "crowd": [crowd], "gets": [gets]})
    return float(find_steps(table, smallest=smallest)[0])


@pytest.mark.parametrize(
    ("persons", "most", "gets", "crowd", "width"),
    [
        (300, 0.5, 90, 500, 1),  # three children have at most 1.5 of the places, half a place for each hundred
        (300, 0.5, 150, 50, 3),  # three more beside fifty take three of a hundred's fifty places
        (40, 2.0, 40, 500, 15),
        (12, 1.0, 6, 500, 25),
    ],
)
def test_the_step_is_the_next_one_that_is_wide_enough(
    persons: float, most: float, gets: float, crowd: float, width: float
) -> None:
    found = step(persons=persons, most=most, gets=gets, crowd=crowd)
    if width > WIDEST:
        assert np.isnan(found)
    else:
        assert found == min(one for one in STEPS if one >= width)


def test_where_nobody_reaches_a_place_nothing_is_told_by_the_step() -> None:
    assert step(persons=4, most=0.0, crowd=np.nan) == 1
    assert step(persons=0, most=0.0, crowd=np.nan) == 1


@given(st.integers(1, 900), st.floats(0.01, 5), st.floats(0, 900), st.integers(1, 900), st.integers(1, 20))
def test_so_many_persons_more_or_fewer_lie_within_a_step(
    persons: int, most: float, gets: float, crowd: int, smallest: int
) -> None:
    found = step(persons=persons, most=most, gets=gets, crowd=crowd, smallest=smallest)
    if not np.isnan(found):
        assert found >= 100 * most * smallest / persons
        assert found >= 100 * gets * smallest / persons / crowd
