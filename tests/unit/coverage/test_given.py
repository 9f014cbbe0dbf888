from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sro_geo.coverage.given import choose_given
from sro_geo.coverage.reach import measure_coverage
from sro_geo.model.distances import Distances, Place
from tests.measure_data import make_offers, make_population

PEOPLE = make_population(
    {"a": ((100, 500), {"0-6": 3.0}), "b": ((200, 500), {"0-6": 4.0}), "c": ((1500, 500), {"0-6": 5.0})}
)
OFFERS = make_offers({"k1": ("kita", (100, 500)), "k2": ("kita", (1500, 500)), "t": ("treff", (100, 500))})


def give(place: Place, *rows: tuple[str, str, float]) -> Distances:
    return Distances(pairs=pd.DataFrame(rows, columns=["offer_id", place, "metres"]), place=place, example=False)


def test_pairs_are_those_of_the_kind_within_the_limit() -> None:
    ways = give("cell_id", ("k2", "a", 400), ("k1", "a", 500), ("k1", "b", 500.1), ("t", "a", 1), ("k1", "c", 0))
    reach = choose_given(PEOPLE.cells, OFFERS, ways, kind="kita", limit_metres=500)
    assert list(reach.pairs.itertuples(index=False, name=None)) == [("a", "k2", 400), ("a", "k1", 500), ("c", "k1", 0)]
    assert list(reach.offer_ids) == ["k1", "k2"]
    assert list(reach.cell_ids) == ["a", "b", "c"]


def test_a_way_from_a_quarter_is_that_of_all_its_cells() -> None:
    reach = choose_given(PEOPLE.cells, OFFERS, give("quarter_id", ("k1", "q1", 300)), kind="kita", limit_metres=500)
    assert list(reach.pairs["cell_id"]) == ["a", "b"]
    coverage = measure_coverage(reach, PEOPLE, target_group="0-6", minutes=(10,), speed_kmh=3.0)
    assert coverage is not None
    assert coverage.table.set_index("quarter_id")["reached"].to_dict() == {"q1": 7, "q2": 0}


def test_a_limit_in_minutes_holds_for_minutes() -> None:
    """Seven minutes of a table at 3.3 km/h, looked up within seven minutes: the same factor on both sides."""
    metres = 7 * 3.3 * 1000 / 60
    ways = give("cell_id", ("k1", "a", metres), ("k1", "b", np.nextafter(metres, 1e9)), ("k1", "c", metres * 1.001))
    reach = choose_given(PEOPLE.cells, OFFERS, ways, kind="kita", limit_metres=metres)
    assert list(reach.pairs["cell_id"]) == ["a", "b"]


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="limit_metres"):
        choose_given(PEOPLE.cells, OFFERS, give("cell_id"), kind="kita", limit_metres=0)
