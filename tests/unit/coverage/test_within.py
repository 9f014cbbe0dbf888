from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from sro_geo.coverage.alternatives import count_alternatives
from sro_geo.coverage.within import count_within
from tests.catchment_data import CELLS, PERSONS, REACH, towns

if TYPE_CHECKING:
    from sro_geo.model.reach import Reach

QUARTERS = pd.Series(["west", "west", "ost", "ost"], index=CELLS)


def test_the_nearest_offer_counts_worked_by_hand() -> None:
    """a has one at 100 m, b at 600 m; c is empty, d has none."""
    found = count_within(REACH, PERSONS, QUARTERS, metres=[99.9, 100, 600, 1000])
    assert list(found.loc["west"]) == [0, 10, 30, 30]
    assert list(found.loc["ost"]) == [0, 0, 0, 0]


@given(towns())
def test_never_fewer_farther_away_and_as_many_as_have_an_offer(town: tuple[Reach, pd.Series, pd.Series]) -> None:
    reach, persons, _ = town
    found = count_within(reach, persons, QUARTERS, metres=[1, 250, 500, 1000])
    assert (np.diff(found.to_numpy()) >= 0).all()
    for metres in (250, 500, 1000):
        there = persons.where(count_alternatives(reach, limit_metres=metres) > 0, 0.0).groupby(QUARTERS).sum()
        assert found[metres].to_numpy() == pytest.approx(there.to_numpy())


def test_distances_beyond_the_pairs_are_refused() -> None:
    for metres in ([0.0, 500.0], [500.0, 1001.0]):
        with pytest.raises(ValueError, match="limit_metres"):
            count_within(REACH, PERSONS, QUARTERS, metres=metres)
