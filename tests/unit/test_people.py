"""People of the quarters as weights: unknown is not none."""

from __future__ import annotations

import numpy as np

from sro_geo.pipeline.people import count_people
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(make_spec("bevoelkerung", unit="persons"), make_spec("quote"))


def test_unknown_people_are_neither_none_nor_left_out() -> None:
    rows = list_values("bevoelkerung", {"q1": 40.0, "q2": "missing", "q3": 0.0})
    people = count_people(make_indicators(rows, specs=SPECS), year=2024, quarter_ids=["q3", "q1", "q2", "q4"])
    assert people is not None
    np.testing.assert_array_equal(people.to_numpy(), [0.0, 40.0, np.nan, np.nan])
    assert list(people.index) == ["q3", "q1", "q2", "q4"]


def test_without_any_known_people_there_are_no_weights() -> None:
    rows = list_values("bevoelkerung", {"q1": "missing"}) + list_values("quote", {"q1": 3.0})
    assert count_people(make_indicators(rows, specs=SPECS), year=2024, quarter_ids=["q1"]) is None
    earlier = list_values("bevoelkerung", {"q1": 40.0}, year=2023)
    assert count_people(make_indicators(earlier, specs=SPECS), year=2024, quarter_ids=["q1"]) is None
