from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.catchments import measure_catchments
from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.nearby import share_near, share_sparse
from sro_geo.model.reach import Reach

if TYPE_CHECKING:
    from random import Random

STEPS = [(500.0, 1.0), (1000.0, 0.5)]
points = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12)
#  multiples of 100 m: many ways lie on a step exactly


@pytest.mark.long
@given(points, points, st.randoms(use_true_random=False))
def test_the_loop_the_list_and_the_pairs_give_the_same(
    cells: list[tuple[int, int]], offers: list[tuple[int, int]], random: Random
) -> None:
    here, there = np.array(cells) * 100.0, np.array(offers) * 100.0
    persons = np.array([float(random.randint(0, 20)) for _ in cells])
    places = np.array([float(random.randint(0, 50)) for _ in offers])
    found = share_near(here, there, persons, places, steps=STEPS)
    np.testing.assert_allclose(found, share_sparse(here, there, persons, places, steps=STEPS), rtol=1e-12, atol=1e-15)
    ways = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    cell, offer = np.nonzero(ways <= 1000)
    ids, others = (pd.Index([f"{i:02d}" for i in range(count)], dtype="str") for count in ways.shape)
    pairs = pd.DataFrame({"cell_id": ids[cell], "offer_id": others[offer], "metres": ways[cell, offer]})
    reach = Reach(kind="kita", limit_metres=1000.0, cell_ids=ids, offer_ids=others, pairs=pairs, example=False)
    demand, capacity = pd.Series(persons, index=ids), pd.Series(places, index=others)
    whole = measure_catchments(reach, demand, capacity, form="e2sfca", decay=weigh_steps(STEPS))
    np.testing.assert_allclose(found, whole.cells["access"], rtol=1e-12, atol=1e-15)


def test_far_cells_and_no_points_give_nothing() -> None:
    near, far = np.zeros((1, 2)), np.array([[-9000.0, 50.0], [9000.0, 50.0], [50.0, -9000.0], [50.0, 9000.0]])
    assert share_near(far, near, np.ones(4), np.ones(1), steps=STEPS).tolist() == [0, 0, 0, 0]
    assert share_near(near, np.zeros((0, 2)), np.ones(1), np.zeros(0), steps=STEPS).tolist() == [0]
    with pytest.raises(ValueError, match="`steps` must hold ascending metres"):
        share_near(near, near, np.ones(1), np.ones(1), steps=[])
