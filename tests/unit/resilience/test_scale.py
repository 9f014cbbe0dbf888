from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.errors import DataError
from sro_geo.model.method import Method, Scales
from sro_geo.resilience.scale import fit_scales, scale_values
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("gut", direction=1, goalposts=(0.0, 50.0)),
    make_spec("schlecht", direction=-1),
    make_spec("neutral"),
)
ROWS = [
    *list_values("gut", {"q1": 10, "q2": 30, "q3": "missing"}, year=2020),
    *list_values("gut", {"q1": 0, "q2": 90}, year=2024),
    *list_values("schlecht", {"q1": 5, "q2": 25, "q3": 15}, year=2020),
]
INDICATORS = make_indicators(ROWS, specs=SPECS)


def method(**changes: Any) -> Method:
    settings = {"normalise": "minmax", "aggregate": "arithmetic", "dimensions": {"robustness": 1}, "base_year": 2020}
    return Method(**{**settings, **changes})


def test_minmax_takes_worst_and_best_of_the_base_year_by_direction() -> None:
    scales = fit_scales(INDICATORS, specs=SPECS, method=method(lowest=1.0), codes=["gut", "schlecht"])
    assert scales == Scales(worst={"gut": 10, "schlecht": 25}, best={"gut": 30, "schlecht": 5}, lowest=1.0)


def test_goalposts_of_the_project_go_before_the_catalogue_and_before_minmax() -> None:
    stated = {"schlecht": (40.0, 0.0)}
    scales = fit_scales(
        INDICATORS, specs=SPECS, method=method(normalise="goalposts", goalposts=stated), codes=["gut", "schlecht"]
    )
    assert (scales.worst, scales.best) == ({"gut": 0, "schlecht": 40}, {"gut": 50, "schlecht": 0})
    assert fit_scales(INDICATORS, specs=SPECS, method=method(goalposts=stated), codes=["schlecht"]).worst == {
        "schlecht": 40
    }


@pytest.mark.parametrize(
    ("values", "changes", "cause"),
    [
        ({"q1": 5, "q2": 25}, {"normalise": "goalposts"}, "scale_without_goalposts"),
        ({"q1": "missing"}, {}, "scale_no_values"),
        ({"q1": 5, "q2": 5}, {}, "scale_all_equal"),
        ({"q1": 5, "q2": 6, "q3": "suppressed"}, {}, "scale_suppressed"),
        ({"q1": 5}, {"goalposts": {"schlecht": (3.0, 3.0)}}, "goalposts_equal"),
        ({"q1": 5}, {"goalposts": {"schlecht": (0.0, 40.0)}}, "goalposts_against_direction"),
    ],
)
def test_scales_that_cannot_be_fitted(values: dict[str, Any], changes: dict[str, Any], cause: str) -> None:
    indicators = make_indicators(list_values("schlecht", values, year=2020), specs=SPECS)
    with pytest.raises(DataError) as caught:
        fit_scales(indicators, specs=SPECS, method=method(**changes), codes=["schlecht"])
    assert [(p.cause, p.values) for p in caught.value.problems] == [(cause, {"indicators": ["schlecht"], "year": 2020})]


def test_a_withheld_value_of_another_year_hinders_nothing() -> None:
    rows = [*ROWS, *list_values("schlecht", {"q1": "suppressed"}, year=2024)]
    indicators = make_indicators(rows, specs=SPECS)
    assert fit_scales(indicators, specs=SPECS, method=method(), codes=["schlecht"]).worst == {"schlecht": 25}


def test_all_problems_come_at_once() -> None:
    indicators = make_indicators(list_values("gut", {"q1": 5}, year=2020), specs=SPECS)
    with pytest.raises(DataError) as caught:
        fit_scales(indicators, specs=SPECS, method=method(), codes=["gut", "schlecht"])
    assert {p.cause for p in caught.value.problems} == {"scale_all_equal", "scale_no_values"}


def test_an_indicator_without_direction_may_not_be_scored() -> None:
    with pytest.raises(ValueError, match=r"`codes` must have a direction; got \['neutral'\]"):
        fit_scales(INDICATORS, specs=SPECS, method=method(), codes=["gut", "neutral"])


def test_points_run_from_lowest_to_100_and_stay_there() -> None:
    scales = Scales(worst={"schlecht": 20.0}, best={"schlecht": 0.0}, lowest=1.0)
    values = pd.Series([30.0, 20.0, 10.0, 0.0, -5.0, np.nan], index=list("abcdef"))
    expected = pd.Series([1.0, 1.0, 50.5, 100.0, 100.0, np.nan], index=list("abcdef"), name="schlecht")
    pd.testing.assert_series_equal(scale_values(values, scales=scales, code="schlecht"), expected)


@given(st.floats(-100, 100), st.floats(-100, 100), st.sampled_from([(0.0, 10.0), (10.0, 0.0)]))
def test_a_better_value_never_has_fewer_points(one: float, two: float, ends: tuple[float, float]) -> None:
    scales = Scales(worst={"c": ends[0]}, best={"c": ends[1]}, lowest=0.0)
    worse, better = sorted([one, two], reverse=ends[0] > ends[1])
    points = scale_values(pd.Series([worse, better]), scales=scales, code="c")
    assert points[0] <= points[1]
