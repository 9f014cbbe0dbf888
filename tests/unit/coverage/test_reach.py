from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.distance import measure_straight
from sro_geo.coverage.reach import as_coverage_indicators, measure_coverage
from sro_geo.coverage.supply import measure_supply
from sro_geo.disclose.reached import suppress_coverage
from sro_geo.model.indicators import COLUMNS, as_indicators
from tests.measure_data import make_offers, make_places, make_population, make_spec, make_specs

if TYPE_CHECKING:
    from sro_geo.model.population import Population
    from sro_geo.model.reach import Coverage, Reach

# 60 m/min: 5 minutes are 300 metres. q1: 10 + 30 children, q2: none.
POPULATION = make_population(
    {
        "a": ((100, 100), {"0-3": 4, "3-6": 6, "65+": 9}),
        "b": ((600, 100), {"0-3": 30}),
        "c": ((1500, 500), {"65+": 7}),
    }
)
OFFERS = make_offers({"k1": ("kita", (100, 200)), "k2": ("kita", (200, 100))})


def reach_all(population: Population = POPULATION, **facts: Any) -> Reach:
    offers = make_offers({"k1": ("kita", (100, 200)), "k2": ("kita", (200, 100))}, **facts)
    return measure_straight(population.cells, offers, kind="kita", limit_metres=900.0, detour_factor=1.0, barrier=None)


def cover(population: Population = POPULATION, **facts: Any) -> Coverage:
    found = measure_coverage(
        reach_all(population, **facts), population, target_group="0-6", minutes=(10, 5), speed_kmh=3.6
    )
    assert found is not None
    return found


def test_hand_worked_example() -> None:
    expected = pd.DataFrame(
        {
            "quarter_id": ["q1", "q1", "q2", "q2"],
            "minutes": [5.0, 10.0, 5.0, 10.0],
            "reached": [10.0, 40.0, 0.0, 0.0],
            "persons": [40.0, 40.0, 0.0, 0.0],
            # 5 min: 10 children with 2 offers; 10 min: all 40 with 2
            **{column: [0.5, 2.0, None, None] for column in ("mean_offers", "mean_low", "mean_high")},
            "status": ["observed", "observed", "not_applicable", "not_applicable"],
            "example": [False] * 4,
        }
    )
    pd.testing.assert_frame_equal(cover().table, expected, check_dtype=False)


def test_bands_that_do_not_make_up_the_target_group_give_nothing() -> None:
    assert measure_coverage(reach_all(), POPULATION, target_group="0-7", minutes=(5,), speed_kmh=3.6) is None


def test_marks_follow_the_target_group_of_the_quarter() -> None:
    population = make_population(
        {"a": ((100, 100), {"0-6": 4, "65+": 9}), "b": ((1500, 500), {"0-6": 3})},
        status=["observed", "estimated", "estimated"],
        example=[False, True, False],
    )
    table = cover(population).table.set_index(["quarter_id", "minutes"])
    assert table.loc[("q1", 5.0), "status"] == "observed"
    assert table.loc[("q2", 5.0), "status"] == "estimated"
    assert not table["example"].any()
    assert cover(population, example=True).table["example"].all()


@pytest.mark.parametrize(
    ("minutes", "speed", "message"),
    [
        ((20.0,), 3.6, "`minutes` must stay within 900 metres; got 1200"),
        ((), 3.6, "`minutes` and `speed_kmh` must be over 0"),
        ((0.0, 5.0), 3.6, "`minutes` and `speed_kmh` must be over 0"),
    ],
)
def test_limits_out_of_range_are_refused(minutes: tuple[float, ...], speed: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        measure_coverage(reach_all(), POPULATION, target_group="0-6", minutes=minutes, speed_kmh=speed)


def test_pairs_of_other_cells_are_refused() -> None:
    other = make_population({"z": ((1, 1), {"0-6": 1})})
    with pytest.raises(ValueError, match="`reach` must hold the cells of `population`"):
        measure_coverage(reach_all(other), POPULATION, target_group="0-6", minutes=(5,), speed_kmh=3.6)


@given(st.lists(st.tuples(st.floats(0, 1999), st.floats(0, 999), st.floats(0, 50)), min_size=1, max_size=8))
def test_reached_never_falls_with_the_limit_and_stays_within_the_persons(
    cells: list[tuple[float, float, float]],
) -> None:
    population = make_population({f"c{i}": ((x, y), {"0-6": n}) for i, (x, y, n) in enumerate(cells)})
    reach = reach_all(population)
    found = measure_coverage(reach, population, target_group="0-6", minutes=(5, 10, 15), speed_kmh=3.6)
    assert found is not None
    for _, rows in found.table.groupby("quarter_id"):
        assert rows["reached"].is_monotonic_increasing
        assert (rows["reached"] >= 0).all()
        assert (rows["reached"] <= rows["persons"]).all()


def test_coverage_and_places_become_indicators_that_pass_the_check() -> None:
    persons = pd.Series({"q1": 40.0, "q2": 0.0})
    places = make_places([("k1", "0-6", 4), ("k2", "0-6", 6)], offers=OFFERS)
    supply = measure_supply(OFFERS, places, persons, kind="kita", target_group="0-6", status="observed", example=False)
    rows = as_coverage_indicators([suppress_coverage(cover(), smallest=3)], supplies=[supply], year=2024)
    specs = make_specs(make_spec("ohne_kita_5"), make_spec("ohne_kita_10"), make_spec("plaetze_kita", unit="per_100"))
    table: Any = as_indicators(rows, specs=specs, quarter_ids=["q1", "q2"]).set_index(["quarter_id", "indicator"])
    assert table.loc[("q1", "ohne_kita_5"), ["value", "numerator", "denominator"]].tolist() == [75, 30, 40]
    assert table.loc[("q1", "plaetze_kita"), ["value", "numerator", "denominator"]].tolist() == [25, 10, 40]
    assert table.loc["q2", ["value", "numerator"]].isna().all(axis=None)
    assert (table.loc["q2", "status"] == "not_applicable").all()
    assert (table["source"] == "computed").all()
    assert table["row"].isna().all()


def test_withheld_coverage_becomes_a_withheld_indicator() -> None:
    population = make_population({"a": ((100, 100), {"0-6": 2}), "b": ((700, 100), {"0-6": 40})})
    rows = as_coverage_indicators([suppress_coverage(cover(population), smallest=3)], supplies=[], year=2024)
    near: Any = rows[(rows["quarter_id"] == "q1") & (rows["indicator"] == "ohne_kita_5")].iloc[0]
    assert near["status"] == "suppressed"
    assert near[["value", "numerator"]].isna().all()
    assert near["denominator"] == 42


def test_nothing_measured_gives_no_rows() -> None:
    rows = as_coverage_indicators([], supplies=[], year=2024)
    assert rows.empty
    assert list(rows.columns) == COLUMNS
