from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.indicators import as_indicators
from sro_geo.resilience.recovery import list_baseline, measure_recovery
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


def test_hand_worked_losses() -> None:
    found = recover(
        {
            "halb": [20, 30, 40, 30],
            "nie": [20, 30, 35, 40],
            "voll": [20, 30, 25, 20],
            "besser": [20, 30, 25, 15],
            "nicht_getroffen": [20, 20, 18, 15],
        }
    )
    assert found["value"].tolist() == [10, 20, 0, 0, 0]
    assert found["fall"].tolist() == [20, 20, 10, 10, 0]
    assert found["status"].tolist() == ["observed"] * 4 + ["not_hit"]


def test_where_more_is_better_a_fall_goes_down() -> None:
    assert recover({"q": [80, 60, 40, 70]}, direction=1)["value"].tolist() == [10]


def test_the_level_before_is_the_mean_of_up_to_four_years_that_the_data_hold() -> None:
    levels = {2012: 90, 2014: 16, 2015: 20, 2016: 24, 2017: 20, 2018: 30, 2019: 25}
    rows = [row for year, value in levels.items() for row in list_values("armut", {"q": value}, year=year)]
    settings = {"indicator": "armut", "direction": -1, "shock_year": 2018, "year": 2019, "quarter_ids": ["q"]}
    table = make_indicators(rows, specs=SPECS)
    assert list_baseline(table, indicator="armut", shock_year=2018) == [2014, 2015, 2016, 2017]
    found = measure_recovery(table, **settings).iloc[0]  # type: ignore[arg-type]  # settings of several types
    assert (found["value"], found["fall"]) == (5, 10)
    other = [*rows, *list_values("armut", {"r": 10}, year=2017)]
    gone = measure_recovery(make_indicators(other, specs=SPECS), **{**settings, "quarter_ids": ["r"]})  # type: ignore[arg-type]  # as above
    assert gone["status"].tolist() == ["missing"]  # one baseline for all: r lacks three of its years


def test_one_child_more_moves_little() -> None:
    """A share of what was lost went from 100 to 1,426 when the fall was one child; what is lost is one child still."""
    small = recover({"a": [20, 20.1, 20, 20], "b": [20, 20.1, 20, 20.1], "c": [20, 20, 20, 18.6]})
    assert small["value"].tolist() == pytest.approx([0, 0.1, 0])


@pytest.mark.parametrize(("below", "sure"), [(50, False), (5000, True)])
def test_chance_decides_words_and_never_the_value(below: int, *, sure: bool) -> None:
    shares = dict(zip(YEARS, (20, 26, 22, 21), strict=True))
    rows = [
        {**row, "numerator": below * share / 100, "denominator": below}
        for year, share in shares.items()
        for row in list_values("armut", {"q": share}, year=year)
    ]
    found = measure_recovery(
        make_indicators(rows, specs=SPECS),
        indicator="armut",
        direction=-1,
        shock_year=2018,
        year=2020,
        quarter_ids=["q"],
    ).iloc[0]
    assert (found["value"], found["fall"], bool(found["sure"])) == (1, 6, sure)


def test_the_years_used_are_those_before_the_worst_and_the_last() -> None:
    years = recover({"q": [20, 30, 40, 30]})["years"].iloc[0]
    assert years == (2017, 2019, 2020)


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
def test_a_loss_is_never_negative_and_gone_where_the_old_level_is_reached(values: list[float], direction: int) -> None:
    row = recover({"q": values}, direction=direction).iloc[0]
    assert 0 <= row["value"] <= row["fall"]
    assert (row["status"] == "not_hit") == (row["fall"] == 0)
    if values[3] == values[0]:
        assert row["value"] == 0


@given(st.lists(st.floats(0, 100), min_size=4, max_size=4), st.floats(0, 50))
def test_a_better_last_value_never_loses_more(values: list[float], more: float) -> None:
    """A quarter that was not hit can't stand behind one that fell and came back."""
    better = [*values[:3], max(0.0, values[3] - more)]
    found = recover({"a": values, "b": better})
    assert found.loc["b", "value"] <= found.loc["a", "value"]
