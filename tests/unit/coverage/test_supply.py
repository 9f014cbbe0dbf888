from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.reach import as_coverage_indicators
from sro_geo.coverage.supply import measure_supply
from tests.measure_data import make_offers, make_places

if TYPE_CHECKING:
    from sro_geo.model.reach import Supply

OFFERS = make_offers(
    {
        "krippe": ("kita", (100, 100)),
        "gemischt": ("kita", (200, 100)),
        "geteilt": ("kita", (1200, 100)),
        "hort": ("kita", (1300, 100)),
        "ohne": ("kita", (2400, 100)),
        "mit": ("kita", (2500, 100)),
        "treff": ("treff", (100, 100)),
    },
    count=3,
)
PLACES = make_places(
    [
        ("krippe", "0-3", 20),
        ("krippe", "3-6", 30),
        ("gemischt", "1-6", 40),
        ("gemischt", "6-14", 60),
        ("geteilt", "0-3|3-6|6-14", 90),
        ("hort", "6-14", 100),
        ("mit", "0-6", 25),
        ("treff", "6-14", 500),
    ],
    offers=OFFERS,
)

MEANT: Any = {"status": "estimated", "example": True}


def supply(persons: dict[str, float], *, target_group: str = "0-7") -> Supply:
    series = pd.Series(persons)
    return measure_supply(OFFERS, PLACES, series, kind="kita", target_group=target_group, **MEANT)


def test_an_offer_counts_in_full_when_one_of_its_bands_lies_within_the_target_group() -> None:
    found = supply({"q1": 300.0, "q2": 180.0})
    assert found.table["places"].to_dict() == {"q1": 150.0, "q2": 90.0}
    assert found.table["rate"].to_dict() == {"q1": 0.5, "q2": 0.5}
    assert found.mixed == ("gemischt", "geteilt")
    assert found.left_out == ("hort",)
    assert found.unknown == ("ohne",)
    assert (found.table["status"] == "estimated").all()
    assert found.table["example"].all()


def test_a_number_of_places_that_is_not_known_is_not_zero() -> None:
    found = supply({"q1": 300.0, "q2": 180.0, "q3": 100.0})
    assert found.unknown == ("ohne",)
    assert found.table["status"].to_dict() == {"q1": "estimated", "q2": "estimated", "q3": "missing"}
    assert found.table[["places", "rate"]].isna().all(axis=1).to_dict() == {"q1": False, "q2": False, "q3": True}
    assert found.table.loc["q3", "persons"] == 100
    row = as_coverage_indicators([], supplies=[found], year=2024).set_index("quarter_id").loc["q3"]
    assert row["status"] == "missing"
    assert row[["value", "numerator"]].isna().all()
    alone = measure_supply(OFFERS, PLACES[:0], pd.Series({"q3": 9.0}), kind="kita", target_group="0-7", **MEANT)
    assert alone.table["status"].tolist() == ["missing"]


def test_who_is_not_known_goes_before_what_is_not_known() -> None:
    table = supply({"q1": 300.0, "q2": 180.0, "q3": np.nan}).table
    assert table.loc["q3", "status"] == "suppressed"
    assert supply({"q3": 0.0}).table["status"].tolist() == ["not_applicable"]


def test_nobody_there_and_nobody_known_have_no_rate_and_a_reason() -> None:
    table = supply({"q1": 0.0, "q2": np.nan}).table
    assert table["rate"].isna().all()
    assert table["status"].tolist() == ["not_applicable", "suppressed"]


def test_every_offer_with_places_counts_or_is_left_out() -> None:
    for target in ("0-3", "0-6", "0-14", "6-14", "65+"):
        found = supply({"q1": 1.0, "q2": 1.0, "q3": 1.0}, target_group=target)
        left = sum(p for o, _, p in PLACES.itertuples(index=False) if o in found.left_out)
        left += 25 * ("mit" not in found.left_out)  # its quarter has an offer without a number
        assert found.table["places"].sum() + left == 365


def test_the_index_is_that_of_the_persons() -> None:
    assert supply({"q2": 1.0, "q1": 1.0}).table.index.tolist() == ["q2", "q1"]
