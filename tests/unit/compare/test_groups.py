from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.compare.groups import compare_groups, measure_areas, measure_groups, split_rest
from sro_geo.errors import DataError
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("anteil"),
    make_spec("menschen", unit="persons"),
    make_spec("punkte", unit="points"),
    make_spec("saldo", unit="per_1000", signed=True),
    make_spec("alter", unit="years"),
    make_spec("ungenutzt"),
)


def rate(quarter: str, above: float, below: float, code: str = "anteil", factor: float = 100) -> dict[str, Any]:
    return {
        "quarter_id": quarter,
        "indicator": code,
        "value": factor * above / below,
        "numerator": above,
        "denominator": below,
    }


def gap(quarter: str, status: str, below: float = np.nan, code: str = "anteil") -> dict[str, Any]:
    return {"quarter_id": quarter, "indicator": code, "status": status, "denominator": below}


def measure(rows: list[dict[str, Any]], code: str = "anteil", *, ids: str = "q1 q2", **more: Any) -> Any:
    return measure_groups(
        make_indicators(rows, specs=SPECS),
        indicator=code,
        spec=SPECS[code],
        year=2024,
        members={"g": tuple(ids.split())},
        **more,
    ).loc["g"]


def test_rates_are_pooled_from_counts_and_never_averaged() -> None:
    found = measure([rate("q1", 10, 100), rate("q2", 100, 200)])
    assert found["value"] == pytest.approx(100 * 110 / 300)
    assert found[["low", "high"]].tolist() == [found["value"]] * 2
    assert found[["denominator", "quarters", "known_quarters", "status", "example"]].tolist() == [
        300,
        2,
        2,
        "observed",
        False,
    ]


def test_a_numerator_that_is_not_given_follows_from_the_value_and_makes_an_estimate() -> None:
    rounded = {"quarter_id": "q2", "indicator": "anteil", "value": 50.0, "denominator": 200.0}
    found = measure([rate("q1", 10, 100), rounded])
    assert found["value"] == pytest.approx(100 * 110 / 300)
    assert found["status"] == "estimated"


def test_an_unknown_quarter_widens_a_share_by_its_denominator() -> None:
    found = measure([rate("q1", 10, 100), gap("q2", "suppressed", 100)])
    assert found[["value", "low", "high"]].tolist() == [10, 5, 55]
    assert found[["quarters", "known_quarters", "denominator"]].tolist() == [2, 1, 100]


@pytest.mark.parametrize("rows", [[rate("q1", 10, 100)], [rate("q1", 10, 100), gap("q2", "missing")]])
def test_an_unknown_quarter_without_denominator_leaves_the_bounds_open(rows: list[dict[str, Any]]) -> None:
    found = measure(rows)
    assert found["value"] == 10
    assert found[["low", "high"]].isna().all()
    assert found["known_quarters"] == 1


def test_a_balance_has_no_bounds() -> None:
    found = measure([rate("q1", -5, 100, "saldo", 1000), gap("q2", "missing", 100, "saldo")], "saldo")
    assert found["value"] == -50
    assert found[["low", "high"]].isna().all()


def test_a_quarter_where_nobody_lives_leaves_nothing_open() -> None:
    found = measure([rate("q1", 10, 100), gap("q2", "not_applicable", 0)])
    assert found[["value", "low", "high", "known_quarters"]].tolist() == [10, 10, 10, 2]


def test_a_value_whose_counts_are_withheld_cannot_be_pooled() -> None:
    hidden = {"quarter_id": "q2", "indicator": "anteil", "value": 50.0}
    found = measure([rate("q1", 10, 100), hidden])
    assert found[["value", "known_quarters"]].tolist() == [10, 1]
    assert np.isnan(found["high"])


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        (("suppressed", "missing"), "suppressed"),
        (("later", "not_applicable"), "later"),
        (("not_applicable", "not_applicable"), "not_applicable"),
    ],
)
def test_a_group_without_values_says_why(states: tuple[str, str], reason: str) -> None:
    found = measure([gap(q, s, 0) for q, s in zip(("q1", "q2"), states, strict=True)])
    assert np.isnan(found["value"])
    assert found["status"] == reason


def test_shares_of_wholly_unknown_quarters_lie_between_none_and_all() -> None:
    found = measure([gap("q1", "suppressed", 50), gap("q2", "missing", 50)])
    assert found[["low", "high"]].tolist() == [0, 100]


def test_counts_are_added_and_with_a_gap_are_a_lower_bound() -> None:
    rows = list_values("menschen", {"q1": 10, "q2": 20}, example=True)
    found = measure(rows, "menschen")
    assert found[["value", "low", "high", "status", "example"]].tolist() == [30, 30, 30, "observed", True]
    found = measure(list_values("menschen", {"q1": 10, "q2": "suppressed"}), "menschen")
    assert np.isnan(found["high"])
    assert found[["value", "low", "status", "known_quarters"]].tolist() == [10, 10, "observed", 1]


def test_other_values_are_weighted_by_persons() -> None:
    rows = list_values("punkte", {"q1": 10, "q2": 40})
    weights = pd.Series({"q1": 100.0, "q2": 50.0})
    found = measure(rows, "punkte", weights=weights)
    assert found[["value", "low", "high", "denominator"]].tolist() == [20, 20, 20, 150]
    assert np.isnan(measure(rows, "punkte")["value"])
    unknown = measure(rows, "punkte", weights=pd.Series({"q1": 100.0, "q2": np.nan}))
    assert unknown[["value", "denominator", "known_quarters"]].tolist() == [10, 100, 1]
    some = measure(list_values("punkte", {"q1": 10, "q2": "missing"}), "punkte", weights=weights)
    assert some[["value", "denominator", "known_quarters"]].tolist() == [10, 100, 1]
    assert np.isnan(some["low"])


def test_own_denominators_go_before_the_weights() -> None:
    rows = [
        {"quarter_id": "q1", "indicator": "alter", "value": 40.0, "denominator": 300.0},
        {"quarter_id": "q2", "indicator": "alter", "value": 60.0, "denominator": 100.0},
    ]
    assert measure(rows, "alter", weights=pd.Series({"q1": 1.0, "q2": 1.0}))["value"] == 45


def test_rates_without_any_denominator_are_weighted_too() -> None:
    rows = list_values("anteil", {"q1": 10, "q2": 40}, status="estimated")
    found = measure(rows, weights=pd.Series({"q1": 100.0, "q2": 50.0}))
    assert found[["value", "status"]].tolist() == [20, "estimated"]


ROWS = [
    rate("q1", 10, 100),
    rate("q2", 40, 100),
    rate("q3", 50, 300),
    *list_values("punkte", {"q1": 1, "q2": 2, "q3": "suppressed"}),
    *list_values("alter", {"q1": 1}, year=2020),
]


def test_the_city_is_all_quarters_in_the_order_of_the_catalogue() -> None:
    values, members = make_indicators(ROWS, specs=SPECS), {"city": ["q1", "q2", "q3", "q4"], "rest": ["q1"]}
    table: Any = measure_areas(values, specs=SPECS, year=2024, members=members)
    assert table[["indicator", "area"]].to_numpy().tolist() == [
        ["anteil", "city"], ["anteil", "rest"], ["punkte", "city"], ["punkte", "rest"],
    ]  # fmt: skip
    assert table.loc[0, ["value", "quarters", "known_quarters"]].tolist() == [20, 4, 3]
    nothing = measure_areas(values, specs=SPECS, year=1999, members=members)
    assert nothing.empty
    assert list(nothing.columns) == list(table.columns)


def test_a_group_stands_beside_the_rest_with_difference_and_sizes() -> None:
    members = split_rest({"modell": ("q2",)}, group="modell", quarter_ids=["q1", "q2", "q3"])
    assert members == {"group": ("q2",), "rest": ("q1", "q3")}
    table: Any = compare_groups(make_indicators(ROWS, specs=SPECS), specs=SPECS, year=2024, members=members)
    row: Any = table.set_index("indicator").loc["anteil"]
    assert row[["group", "rest", "difference", "group_size", "rest_size"]].tolist() == [40, 15, 25, 100, 400]
    assert row[["group_quarters", "rest_quarters", "group_known", "rest_known", "status"]].tolist() == [
        1,
        2,
        1,
        2,
        "observed",
    ]
    assert table.set_index("indicator").loc["punkte", "status"] == "suppressed"
    assert np.isnan(table.set_index("indicator").loc["punkte", "difference"])


def test_the_weaker_side_gives_the_status_and_either_side_the_mark() -> None:
    rows = [rate("q1", 10, 100), {**rate("q2", 40, 100), "status": "estimated", "example": True}]
    members = {"group": ("q1",), "rest": ("q2",)}
    row: Any = compare_groups(make_indicators(rows, specs=SPECS), specs=SPECS, year=2024, members=members).iloc[0]
    assert row[["status", "example"]].tolist() == ["estimated", True]


@pytest.mark.parametrize(
    ("groups", "cause"),
    [({"modell": ()}, "group_empty"), ({}, "group_empty"), ({"modell": ("q1", "q2")}, "group_without_rest")],
)
def test_a_comparison_needs_two_sides(groups: dict[str, tuple[str, ...]], cause: str) -> None:
    with pytest.raises(DataError) as caught:
        split_rest(groups, group="modell", quarter_ids=["q1", "q2"])
    assert [(p.cause, p.values) for p in caught.value.problems] == [(cause, {"group": "modell"})]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 90), st.booleans()), min_size=1, max_size=5))
def test_the_true_share_lies_within_the_bounds_whatever_is_withheld(cells: list[tuple[int, int, bool]]) -> None:
    rows = [
        gap(f"q{i}", "suppressed", below) if hidden else rate(f"q{i}", above, below)
        for i, (above, below, hidden) in enumerate(cells)
    ]
    found = measure(rows, ids=" ".join(f"q{i}" for i in range(len(cells))))
    truth = 100 * sum(above for above, _, _ in cells) / sum(below for _, below, _ in cells)
    assert found["low"] - 1e-9 <= truth <= found["high"] + 1e-9
    if not np.isnan(found["value"]):
        assert found["low"] - 1e-9 <= found["value"] <= found["high"] + 1e-9
        shares = [100 * above / below for above, below, hidden in cells if not hidden]
        assert min(shares) - 1e-9 <= found["value"] <= max(shares) + 1e-9


def test_units_decide_how_and_not_names() -> None:
    rows = list_values("menschen", {"q1": 1, "q2": 2})
    spec = replace(SPECS["menschen"], unit="number")
    found = measure_groups(
        make_indicators(rows, specs=SPECS), indicator="menschen", spec=spec, year=2024, members={"g": ["q1", "q2"]}
    )
    assert found["value"].tolist() == [3]


@pytest.mark.parametrize("status", ["observed", "estimated"])
def test_one_known_quarter_is_taken_as_it_is(status: str) -> None:
    row = {**rate("q1", 10, 30), "value": 33.3, "numerator": np.nan, "status": status}
    found = measure([row], ids="q1")
    assert found[["value", "low", "high", "denominator", "status"]].tolist() == [33.3, 33.3, 33.3, 30, status]
