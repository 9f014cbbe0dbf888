"""Quarters within tolerances: worked by hand, and the laws of nearness on seeded towns."""

from __future__ import annotations

import pandas as pd
import pytest

from sro_geo.compare.nearness import find_near
from tests.nearness_data import CODES, DIGITS, make_towns

TABLE = pd.DataFrame(
    {"a": [9.7, 9.2, 9.5, None, 9.7, None], "b": [30.0, 34.0, 45.0, 31.0, 30.4, None]},
    index=["01", "02", "03", "04", "05", "06"],
)
PLACES = {"a": 1, "b": 0}


def list_near(quarter: str, **tolerances: float) -> list[tuple[object, ...]]:
    near = find_near(TABLE, quarter_id=quarter, tolerances=tolerances, digits=PLACES)
    return list(near.round(9).fillna(-1.0).itertuples(name=None))


def test_the_greatest_difference_in_tolerances_orders_and_the_edge_is_within() -> None:
    """From 01: 02 is off by 0.5 of 0.5 and 4 of 5, 05 by nothing as it is shown (30.4 is 30), 03 by 15 in b."""
    assert list_near("01", a=0.5, b=5) == [
        ("05", 0.0, False),
        ("02", 1.0, False),
        ("04", 0.2, True),
        ("06", -1.0, True),
    ]
    assert list_near("01", a=0.4, b=5) == [("05", 0.0, False), ("04", 0.2, True), ("06", -1.0, True)]
    assert [row[0] for row in list_near("01", b=15)] == ["05", "04", "02", "03", "06"]


def test_no_tolerance_admits_what_is_shown_the_same() -> None:
    assert list_near("01", b=0) == [("05", 0.0, False), ("06", -1.0, True)]


def test_an_indicator_without_a_value_of_the_quarter_itself_compares_nothing() -> None:
    assert [row[0] for row in list_near("04", a=0.1, b=1)] == ["01", "05", "06"]
    assert list_near("06", a=100.0, b=100.0) == []


def test_a_tolerance_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        list_near("01", a=-1)


@pytest.mark.parametrize("seed", range(2))
def test_near_is_mutual_and_more_tolerance_loses_nobody(seed: int) -> None:
    table, tolerances = make_towns(seed)
    known = table.dropna()
    near = {
        one: set(find_near(known, quarter_id=one, tolerances=tolerances, digits=DIGITS).index) for one in known.index
    }
    assert any(near.values())
    assert all(one in near[other] for one, found in near.items() for other in found)
    wider = {code: 1.5 * tolerances[code] for code in CODES}
    first = next(iter(known.index))
    assert near[first] <= set(find_near(known, quarter_id=first, tolerances=wider, digits=DIGITS).index)
