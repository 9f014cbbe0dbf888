from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.sharing import share_places
from tests.catchment_data import CELLS, OFFERS, PERSONS, PLACES, REACH, towns

if TYPE_CHECKING:
    from sro_geo.model.reach import Reach

HALF = weigh_steps([(500, 1), (1000, 0.5)])
QUARTERS = pd.Series(["west", "west", "ost", "ost"], index=CELLS)
APART = pd.Series(["west", "mitte", "ost", "ost"], index=CELLS)


def test_a_small_town_worked_by_hand() -> None:
    """Of 30 persons, 10 halve themselves between both offers: 38 places come to all of them."""
    found = share_places(REACH, PERSONS, QUARTERS, PLACES, decay=HALF, balanced=True)
    numbers = found[["persons", "gets", "most", "crowd"]].astype(float).to_numpy()
    west, ost = (numbers[found.index == name][0] for name in ("west", "ost"))
    assert west == pytest.approx([30, 38, 0.5 * 1.2 + 0.5 * 1.6, 38 / (30 / 25 + 8 / 5)])  # 30 places for 25, 8 for 5
    assert ost == pytest.approx([5, 0, 0, np.nan], nan_ok=True)
    assert not found[["open", "unstated"]].to_numpy().any()


def test_in_full_whoever_has_two_offers_asks_both() -> None:
    found = share_places(REACH, PERSONS, QUARTERS, PLACES, decay=HALF, balanced=False)
    assert found.loc["west", "crowd"] == pytest.approx(38 / (30 / 20 + 8 / 10))
    assert found.loc["west", "most"] == pytest.approx(1.5 + 0.8)


def test_who_shares_an_offer_with_an_unknown_quarter_has_an_open_number() -> None:
    found = share_places(REACH, PERSONS, APART, PLACES, decay=HALF, balanced=True, unknown={"mitte"})
    assert found["open"].to_dict() == {"west": True, "mitte": False, "ost": False}
    assert found.loc["mitte", ["persons", "gets"]].isna().all()
    assert found.loc["west", "gets"] == pytest.approx(38)  # all that both offers have, since nobody else asks


def test_an_unknown_number_of_places_is_told_where_somebody_reaches_it() -> None:
    found = share_places(REACH, PERSONS, APART, PLACES.drop("k2"), decay=HALF, balanced=True)
    assert found["unstated"].to_dict() == {"west": True, "mitte": False, "ost": False}


def test_beyond_the_last_weight_nobody_shares() -> None:
    near = weigh_steps([(500, 1), (1000, 0)])
    found = share_places(REACH, PERSONS, APART, PLACES, decay=near, balanced=True, unknown={"mitte"})
    assert found["open"].to_dict() == {"west": False, "mitte": False, "ost": False}


@given(towns())
def test_all_places_that_somebody_reaches_come_to_somebody(town: tuple[Reach, pd.Series, pd.Series]) -> None:
    reach, persons, places = town
    pairs = reach.pairs[reach.pairs["cell_id"].map(persons) > 0]
    reached = places[OFFERS.isin(pairs["offer_id"])].sum()
    for balanced in (True, False):
        found = share_places(reach, persons, QUARTERS, places, decay=HALF, balanced=balanced)
        assert found["gets"].sum() == pytest.approx(reached, rel=1e-9)
        assert found["persons"].sum() == pytest.approx(persons.sum())
        assert (found["gets"] <= found["most"] * found["persons"] * (1 + 1e-9) + 1e-9).all()


@given(towns())
def test_more_persons_at_its_offers_take_no_more_than_the_crowd_says(town: tuple[Reach, pd.Series, pd.Series]) -> None:
    reach, persons, places = town
    decay = weigh_steps([(1000, 1)])
    way: Any = {"decay": decay, "balanced": False}
    before = share_places(reach, persons, QUARTERS, places, **way)
    more = 3.0
    away = pd.Index([*CELLS, "z"], name="cell_id", dtype="str")
    ways = pd.DataFrame({"cell_id": "z", "offer_id": OFFERS, "metres": 1.0})
    wider = replace(reach, cell_ids=away, pairs=pd.concat([reach.pairs, ways], ignore_index=True))
    crowded = pd.concat([persons, pd.Series({"z": more})])
    after = share_places(wider, crowded, pd.concat([QUARTERS, pd.Series({"z": "fern"})]), places, **way)
    for quarter in ("west", "ost"):
        gets, crowd = (before[column].astype(float).to_dict()[quarter] for column in ("gets", "crowd"))
        bound = 0.0 if np.isnan(crowd) else more * gets / crowd
        assert gets - after["gets"].astype(float).to_dict()[quarter] <= bound + 1e-9
