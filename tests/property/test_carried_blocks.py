"""Parts of persons that a crosswalk gave to a quarter fit the whole numbers that a reader reckons with."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.draft import Row
from sro_geo.disclose.facts import settle_block
from tests.load_data import CATALOGUE

shares = st.fractions(Fraction(1, 100), 1, max_denominator=100)
counts = st.integers(0, 2000)


@given(shares, shares, st.lists(counts, min_size=6, max_size=6))
def test_sums_and_rates_of_divided_quarters_contradict_nothing(
    one: Fraction, other: Fraction, numbers: list[int]
) -> None:
    """Two old quarters give a part each: ages, their sum, and two rates of it."""

    def carry(first: int, second: int) -> float:
        return float(one * first + other * second)

    young, middle, poor = carry(*numbers[:2]), carry(*numbers[2:4]), carry(*(n // 3 for n in numbers[:2]))
    rows = [
        Row(0, "alter_0_3", young, math.nan, math.nan, withheld=False, fixed=False),
        Row(1, "alter_3_6", middle, math.nan, math.nan, withheld=False, fixed=False),
        Row(2, "alter_0_6", young + middle, math.nan, math.nan, withheld=False, fixed=False),
    ]
    if young:
        rows.append(Row(3, "arbeitslose", 100 * poor / young, poor, young, withheld=False, fixed=False))
    settled = settle_block(rows, specs=CATALOGUE.specs, smallest=3)
    assert (settled.odd, settled.sound) == (set(), True)
