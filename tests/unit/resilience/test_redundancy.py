from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sro_geo.model.indicators import COLUMNS, as_indicators
from sro_geo.model.reach import Coverage
from sro_geo.resilience.redundancy import measure_redundancy
from tests.measure_data import make_spec, make_specs

if TYPE_CHECKING:
    from collections.abc import Mapping


def cover(kind: str, cells: Mapping[str, tuple[float | None, str]], *, example: bool = False) -> Coverage:
    table = pd.DataFrame(
        [(q, 10.0, 5.0, 9.0, mean, status, example) for q, (mean, status) in cells.items()],
        columns=["quarter_id", "minutes", "reached", "persons", "mean_offers", "status", "example"],
    )
    means = table["mean_offers"].astype(float)
    exact = table.assign(mean_offers=means, mean_low=means, mean_high=means)
    return Coverage(kind=kind, target_group="0-6", table=exact, offers=4)


def test_mean_over_the_kinds_that_are_for_somebody_there() -> None:
    kita = cover(
        "kita",
        {"q1": (2.0, "observed"), "q2": (1.0, "observed"), "q3": (None, "suppressed"), "q4": (None, "not_applicable")},
    )
    treff = cover(
        "treff",
        {
            "q1": (1.0, "estimated"),
            "q2": (None, "not_applicable"),
            "q3": (4.0, "observed"),
            "q4": (None, "not_applicable"),
        },
        example=True,
    )
    rows = measure_redundancy([kita, treff], minutes=10, year=2024)
    assert rows["quarter_id"].tolist() == ["q1", "q2", "q3", "q4"]
    assert rows["value"].tolist()[:2] == [1.5, 1.0]
    assert rows["value"].isna().tolist() == [False, False, True, True]
    assert rows["status"].tolist() == ["estimated", "observed", "suppressed", "not_applicable"]
    assert rows["example"].all()
    specs = make_specs(make_spec("angebote_in_reichweite", unit="offers"))
    assert len(as_indicators(rows, specs=specs, quarter_ids=["q1", "q2", "q3", "q4"])) == 4


def test_what_was_rounded_carries_its_rounding() -> None:
    kita, treff = cover("kita", {"q1": (2.0, "suppressed")}), cover("treff", {"q1": (1.0, "observed")})
    rounded = replace(kita, table=kita.table.assign(mean_low=1.95, mean_high=2.05))
    row = measure_redundancy([rounded, treff], minutes=10, year=2024).iloc[0]
    assert row[["value", "low", "high", "status"]].tolist() == [1.5, 1.475, pytest.approx(1.525), "estimated"]


def test_a_limit_that_was_not_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="`coverages` must all have the limit of 15 minutes"):
        measure_redundancy([cover("kita", {"q1": (2.0, "observed")})], minutes=15, year=2024)


def test_no_kinds_give_no_rows() -> None:
    rows = measure_redundancy([], minutes=10, year=2024)
    assert rows.empty
    assert list(rows.columns) == COLUMNS
