from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

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
        "ohne": ("kita", (1400, 100)),
        "treff": ("treff", (100, 100)),
    }
)
PLACES = make_places(
    [
        ("krippe", "0-3", 20),
        ("krippe", "3-6", 30),
        ("gemischt", "1-6", 40),
        ("gemischt", "6-14", 60),
        ("geteilt", "0-3|3-6|6-14", 90),
        ("hort", "6-14", 100),
        ("treff", "6-14", 500),
    ],
    offers=OFFERS,
)


def supply(persons: dict[str, float], *, target_group: str = "0-7") -> Supply:
    series = pd.Series(persons)
    return measure_supply(
        OFFERS, PLACES, series, kind="kita", target_group=target_group, status="estimated", example=True
    )


def test_an_offer_counts_in_full_when_one_of_its_bands_lies_within_the_target_group() -> None:
    found = supply({"q1": 300.0, "q2": 180.0})
    assert found.table["places"].to_dict() == {"q1": 150.0, "q2": 90.0}
    assert found.table["rate"].to_dict() == {"q1": 0.5, "q2": 0.5}
    assert found.mixed == ("gemischt", "geteilt")
    assert found.left_out == ("hort",)
    assert found.unknown == ("ohne",)
    assert (found.table["status"] == "estimated").all()
    assert found.table["example"].all()


def test_nobody_there_and_nobody_known_have_no_rate_and_a_reason() -> None:
    table = supply({"q1": 0.0, "q2": np.nan}).table
    assert table["rate"].isna().all()
    assert table["status"].tolist() == ["not_applicable", "suppressed"]


def test_every_offer_with_places_counts_or_is_left_out() -> None:
    for target in ("0-3", "0-6", "0-14", "6-14", "65+"):
        found = supply({"q1": 1.0, "q2": 1.0}, target_group=target)
        left = sum(p for o, _, p in PLACES.itertuples(index=False) if o in found.left_out)
        assert found.table["places"].sum() + left == 340


def test_the_index_is_that_of_the_persons() -> None:
    assert supply({"q2": 1.0, "q1": 1.0}).table.index.tolist() == ["q2", "q1"]
