from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.errors import DataError
from sro_geo.model.method import Method, Scales
from sro_geo.resilience.score import score_quarters
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("a", dimension="robustness", direction=-1),
    make_spec("b", dimension="robustness", direction=1),
    make_spec("c", dimension="recovery", direction=1),
    make_spec("d", dimension="redundancy", direction=1),
)
# a: 20 is worst; b and c are points as they are
SCALES = Scales(worst={"a": 20, "b": 0, "c": 0}, best={"a": 0, "b": 100, "c": 100}, lowest=0.0)
METHOD = Method(
    normalise="goalposts",
    aggregate="arithmetic",
    dimensions={"robustness": 3, "recovery": 1},
    indicators={"a": 2.0},
    base_year=2024,
)
CITY = {"a": 10.0, "b": 50.0, "c": 50.0}
TABLE = [
    *list_values("a", {"q1": 4, "q2": 10, "q3": "suppressed", "q4": "missing"}),
    *list_values("b", {"q1": 50, "q2": 20, "q3": 60, "q4": "missing"}),
    *list_values("c", {"q1": 20, "q2": 40, "q3": 100}),
]
IDS = ["q1", "q2", "q3", "q4"]


def score(rows: list[dict[str, Any]] | None = None, **changes: Any) -> Any:
    settings: dict[str, Any] = {
        "specs": SPECS,
        "scales": SCALES,
        "method": METHOD,
        "year": 2024,
        "quarter_ids": IDS,
        "city": CITY,
    }
    settings |= changes
    return score_quarters(make_indicators(rows or TABLE, specs=settings["specs"]), **settings)


def test_hand_worked_scores() -> None:
    # weights a 0.5, b 0.25, c 0.25. q1: a 80, b 50, c 20 → 57.5; q2: 50, 20, 40 → 40
    # q3: robustness 60 from b alone, index 0.75·60 + 0.25·100 = 70; known 0.5 < 0.6: no score
    found = score()
    assert found.index["score"].tolist()[:2] == pytest.approx([57.5, 40])
    assert found.index["score"].isna().tolist() == [False, False, True, True]
    assert found.index["known"].tolist() == [1, 1, 0.5, 0]
    # q3: a unknown 0…100: 0.25·60 + 0.25·100 = 40 … 90
    assert found.index.loc["q3", ["worst", "best"]].tolist() == [40, 90]
    assert found.index.loc["q4", ["worst", "best"]].tolist() == [0, 100]
    assert found.index["status"].tolist() == ["observed", "observed", "missing", "missing"]
    assert (found.reference, found.reference_dimensions) == (50, {"robustness": 50, "recovery": 50})
    assert found.index[["rank_low", "rank_high"]].loc["q1"].tolist() == [1, 1]
    assert found.index["rank_low"].isna().tolist() == [False, False, True, True]


def test_hand_worked_dimensions() -> None:
    table = score().dimensions.set_index(["quarter_id", "dimension"])
    assert table.loc[("q1", "robustness"), "score"] == 70  # (2·80 + 50) / 3
    assert table.loc[("q1", "robustness"), "contribution"] == 15  # 0.5·30 + 0.25·0
    assert table.loc[("q1", "recovery"), "contribution"] == -7.5
    assert np.isnan(table.loc[("q3", "robustness"), "score"])  # a third is known
    assert table.loc[("q3", "robustness"), "known"] == pytest.approx(1 / 3)
    assert table.loc[("q3", "recovery"), "score"] == 100
    assert np.isnan(table.loc[("q3", "recovery"), "contribution"])
    assert list(score().dimensions["quarter_id"]) == [q for q in IDS for _ in range(2)]


def test_contributions_carry_what_they_were_made_of() -> None:
    found = score().contributions
    assert set(found["quarter_id"]) == {"q1", "q2"}
    first = found.iloc[0]
    assert first[["quarter_id", "dimension", "part", "value", "scaled", "reference"]].tolist() == [
        "q1", "robustness", "a", 4, 80, 50,
    ]  # fmt: skip
    assert first[["weight", "contribution", "source", "row"]].tolist() == [0.5, 15, "werte.csv", 2]


def test_where_a_quarter_lacks_a_part_so_does_what_it_is_set_against() -> None:
    found = score(method=replace(METHOD, least_known=0.5), city={**CITY, "a": 14.0})
    parts = found.contributions[found.contributions["quarter_id"] == "q3"].set_index("part")
    # city: a 30, b 50, c 50 → 40; over b and c alone 50. q3 is 70
    assert found.reference == 40
    assert found.index.loc[["q1", "q2", "q3"], "reference"].tolist() == [40, 40, 50]
    assert parts["contribution"].to_dict() == {"b": pytest.approx(7.5), "c": 12.5}
    assert parts["weight"].tolist() == [0.75, 0.25]
    assert found.index.loc["q3", "status"] == "estimated"
    assert found.index.loc["q3", ["rank_low", "rank_high"]].tolist() == [1, 3]


def test_what_the_city_lacks_goes_to_the_unknown_part() -> None:
    found = score(city={"a": 10.0, "b": 50.0}, method=replace(METHOD, least_known=0.5))
    assert found.reference == 50
    assert np.isnan(found.reference_dimensions["recovery"])
    parts = found.contributions[found.contributions["quarter_id"] == "q1"].set_index("part")
    assert np.isnan(parts.loc["c", "contribution"])
    assert parts["contribution"].sum() == pytest.approx(7.5)
    assert parts.loc["unknown", "contribution"] == pytest.approx(7.5 - 20)


def test_a_city_without_a_score_leaves_contributions_open() -> None:
    found = score(city={"c": 50.0})
    assert np.isnan(found.reference)
    assert found.contributions["contribution"].isna().all()
    assert found.dimensions["contribution"].isna().all()


def test_estimated_and_invented_values_mark_what_is_made_of_them() -> None:
    rows = [
        *list_values("a", {"q1": 4, "q2": 4}),
        *list_values("b", {"q1": 4, "q2": 4}, status="estimated"),
        *list_values("c", {"q1": 4, "q2": 4}, example=True),
    ]
    found = score(rows, quarter_ids=["q1"])
    assert found.index["status"].tolist() == ["estimated"]
    assert found.index["example"].tolist() == [True]
    marks = found.dimensions.set_index("dimension")[["status", "example"]]
    assert marks.loc["robustness"].tolist() == ["estimated", False]
    assert marks.loc["recovery"].tolist() == ["observed", True]


def test_geometric_contributions_use_the_logarithmic_mean() -> None:
    found = score(method=replace(METHOD, aggregate="geometric"))
    s, r = 80**0.5 * 50**0.25 * 20**0.25, 50.0
    level = (s - r) / np.log(s / r)
    parts = found.contributions.set_index(["quarter_id", "part"])["contribution"]
    assert found.index.loc["q1", "score"] == pytest.approx(s)
    assert parts["q1"].tolist() == pytest.approx([level * 0.5 * np.log(80 / 50), 0, level * 0.25 * np.log(20 / 50)])


def test_only_indicators_with_a_scale_and_a_weight_are_scored() -> None:
    found = score(method=replace(METHOD, indicators={"a": 0.0}))
    assert set(found.contributions["part"]) == {"b", "c", "unknown"} - {"unknown"}
    assert found.index.loc["q3", "known"] == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dimensions": {"redundancy": 1}}, r"each dimension must have a scaled indicator .*\['redundancy'\]"),
        ({"dimensions": {"robustness": 0}}, "weights must not be negative and must not all be 0"),
        ({"dimensions": {"robustness": -1, "recovery": 2}}, "weights must not be negative"),
        ({"indicators": {"a": -1.0}}, "weights must not be negative"),
    ],
)
def test_wrong_weights_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score(method=replace(METHOD, **changes))


def test_a_context_indicator_needs_a_written_reason() -> None:
    specs = {**SPECS, "a": replace(SPECS["a"], context=True)}
    with pytest.raises(DataError) as caught:
        score(specs=specs)
    assert [(p.cause, p.values) for p in caught.value.problems] == [("context_without_reason", {"indicators": ["a"]})]
    reasoned = {**SPECS, "a": replace(SPECS["a"], context=True, reason="Beschluss des Ausschusses")}
    assert score(specs=reasoned).index.loc["q1", "score"] == 57.5


def test_a_geometric_mean_that_may_be_zero_has_at_most_ten_parts() -> None:
    specs = make_specs(*(make_spec(f"i{n}", dimension="robustness", direction=1) for n in range(11)))
    scales = Scales(worst=dict.fromkeys(specs, 0.0), best=dict.fromkeys(specs, 1.0), lowest=0.0)
    method = replace(METHOD, aggregate="geometric", dimensions={"robustness": 1}, indicators={})
    rows = [row for code in specs for row in list_values(code, {"q1": 1})]
    with pytest.raises(DataError) as caught:
        score(rows, specs=specs, scales=scales, method=method, quarter_ids=["q1"], city={})
    assert [(p.cause, p.values) for p in caught.value.problems] == [
        ("too_many_parts", {"dimension": "robustness", "count": 11, "most": 10})
    ]
    free = replace(method, lowest=1.0)
    assert score(rows, specs=specs, scales=scales, method=free, quarter_ids=["q1"], city={}).index[
        "score"
    ].tolist() == [100]


def test_arguments_stay_as_they_were() -> None:
    indicators = make_indicators(TABLE, specs=SPECS)
    before = indicators.copy(deep=True)
    score_quarters(indicators, specs=SPECS, scales=SCALES, method=METHOD, year=2024, quarter_ids=IDS, city=CITY)
    pd.testing.assert_frame_equal(indicators, before)
