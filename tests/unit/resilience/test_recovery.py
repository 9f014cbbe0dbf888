from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.indicators import as_indicators
from sro_geo.resilience.recovery import measure_recovery
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(make_spec("armut"), make_spec("erholung", unit="points"))
YEARS = (2017, 2018, 2019, 2020)


def recover(series: dict[str, list[Any]], *, direction: int = -1, year: int = 2020, **facts: Any) -> Any:
    rows = [
        row
        for quarter, values in series.items()
        for y, value in zip(YEARS, values, strict=True)
        if value is not None
        for row in list_values("armut", {quarter: value}, year=y, **facts)
    ]
    return measure_recovery(
        make_indicators(rows, specs=SPECS),
        indicator="armut",
        direction=direction,
        shock_year=2018,
        year=year,
        quarter_ids=list(series),
    ).set_index("quarter_id")


def test_hand_worked_recoveries() -> None:
    found = recover(
        {
            "halb": [20, 30, 40, 30],
            "nie": [20, 30, 35, 40],
            "voll": [20, 30, 25, 20],
            "besser": [20, 30, 25, 15],
            "kein_fall": [20, 20, 18, 15],
        }
    )
    assert found["value"].tolist()[:4] == [50, 0, 100, 150]
    assert np.isnan(found.loc["kein_fall", "value"])
    assert found["status"].tolist() == ["observed"] * 4 + ["not_applicable"]
    assert found.loc["kein_fall", "origins"] == ()


def test_where_more_is_better_a_fall_goes_down() -> None:
    assert recover({"q": [80, 60, 40, 70]}, direction=1)["value"].tolist() == [75]


def test_origins_name_the_rows_before_at_the_worst_and_last() -> None:
    origins = recover({"q": [20, 30, 40, 30]})["origins"].iloc[0]
    assert origins == (("werte.csv", 2), ("werte.csv", 4), ("werte.csv", 5))


def test_computed_values_have_origins_without_a_row() -> None:
    assert recover({"q": [20, 30, 40, 30]}, row=None)["origins"].iloc[0][0] == ("werte.csv", None)


def test_a_gap_leaves_it_open_and_says_why() -> None:
    found = recover({"a": [20, None, 40, 30], "b": ["suppressed", 1, "missing", 2], "c": [20, 30, 40, "later"]})
    assert found["value"].isna().all()
    assert found["status"].tolist() == ["missing", "suppressed", "missing"]


def test_a_quarter_without_any_row_is_missing() -> None:
    rows = make_indicators(list_values("armut", {"q": 1}, year=2017), specs=SPECS)
    found = measure_recovery(rows, indicator="armut", direction=-1, shock_year=2018, year=2018, quarter_ids=["fehlt"])
    assert found["status"].tolist() == ["missing"]
    assert found["example"].tolist() == [False]


def test_marks_are_handed_on_and_the_rows_pass_the_check() -> None:
    found = recover({"q": [20, 30, 40, 30]}, status="estimated", example=True)
    assert found[["status", "example"]].iloc[0].tolist() == ["estimated", True]
    assert len(as_indicators(found.reset_index(), specs=SPECS, quarter_ids=["q"])) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"direction": 0}, "`direction` must be -1 or 1; got 0"),
        ({"year": 2017}, "`year` must not be before `shock_year`; got 2017 and 2018"),
    ],
)
def test_wrong_settings_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        recover({"q": [1, 2, 3, 4]}, **changes)


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4), st.sampled_from([-1, 1]))
def test_recovery_is_never_negative_and_100_exactly_where_the_old_level_is_reached(
    values: list[float], direction: int
) -> None:
    row = recover({"q": values}, direction=direction).iloc[0]
    if row["status"] == "observed":
        assert row["value"] >= 0
        if values[3] == values[0]:
            assert row["value"] == 100
