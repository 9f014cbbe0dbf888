from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage import crowding
from sro_geo.coverage.catchments import FORMS, measure_catchments
from sro_geo.coverage.decay import weigh_gaussian, weigh_steps
from sro_geo.coverage.supply import count_capacity, measure_supply
from tests.catchment_data import CELLS, OFFERS, PERSONS, PLACES, REACH, make_reach, make_town, towns
from tests.measure_data import make_offers, make_places

if TYPE_CHECKING:
    from sro_geo.coverage.decay import Decay
    from sro_geo.model.reach import Catchments, Reach

HALF = weigh_steps([(500, 1), (1000, 0.5)])
WITHOUT_DECAY = ("2sfca", "raam")
DECAYS = (HALF, weigh_gaussian(400), weigh_gaussian(900, end_metres=900), lambda metres: 1 / (1 + metres))
Town = tuple["Reach", pd.Series, pd.Series]


def share(town: Town, form: str, decay: Decay = HALF, **limit: Any) -> Catchments:
    reach, persons, places = town
    fitting = None if form in WITHOUT_DECAY else decay
    return measure_catchments(reach, persons, places, form=form, decay=fitting, **limit)


TOWN = (REACH, PERSONS, PLACES)

#  worked by hand: 10 persons in a, 20 in b; 30 places in k1, 8 in k2; b's way counts half
HAND = {
    "2sfca": ([1 + 0.8, 1], [30, 10], [1, 0.8]),
    "e2sfca": ([1.5 + 0.8, 0.5 * 1.5], [10 + 10, 10], [1.5, 0.8]),
    "3sfca": ([0.5 * 2 + 0.5 * 1.6, 0.5 * 2], [5 + 10, 5], [2, 1.6]),
    "m2sfca": ([1.5 + 0.8, 0.25 * 1.5], [10 + 10, 10], [1.5, 0.8]),
    "balanced": ([0.5 * 1.2 + 0.5 * 1.6, 1.2], [5 + 20, 5], [1.2, 1.6]),
}


@pytest.mark.parametrize("form", HAND)
def test_a_small_town_worked_by_hand(form: str) -> None:
    access, demand, ratio = HAND[form]
    found = share(TOWN, form)
    assert (found.kind, found.form, found.example) == ("kita", form, False)
    np.testing.assert_allclose(found.cells["access"], [*access, 0, 0], rtol=1e-12)
    np.testing.assert_allclose(found.cells["unmet"], [0, 20 * max(0, 1 - access[1]), 0, 5], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.offers["demand"], [*demand, 0], rtol=1e-12)
    np.testing.assert_allclose(found.offers["ratio"], [*ratio, np.nan], rtol=1e-12)
    used = [30 - 7.5, 8, 0] if form == "m2sfca" else [30, 8, 0]
    np.testing.assert_allclose(found.offers["used"], used, rtol=1e-12)
    assert list(found.cells.columns) == ["persons", "access", "unmet"]


def test_everybody_goes_where_crowd_and_way_are_least() -> None:
    #  b must go to k1. a: (20 + x)/30 + 0.1·m = (10 − x)/8 + 0.4·m, m = 35 persons ÷ 44 places
    mean = 35 / 44
    near = (0.3 * mean + 10 / 8 - 20 / 30) / (1 / 30 + 1 / 8)
    found = share(TOWN, "raam")
    np.testing.assert_allclose(found.offers["demand"], [20 + near, 10 - near, 0], rtol=1e-3)
    cost = [(20 + near) / 30 / mean + 0.1, (20 + near) / 30 / mean + 0.6, 0.1, np.nan]
    np.testing.assert_allclose(found.cells["cost"], cost, rtol=1e-3)
    access = [near / 10 * 30 / (20 + near) + (10 - near) / 10 * 8 / (10 - near), 30 / (20 + near), 0, 0]
    np.testing.assert_allclose(found.cells["access"], access, rtol=1e-3)


def test_nobody_goes_where_there_are_no_places() -> None:
    found = share((REACH, PERSONS, PLACES * [1, 0, 1]), "raam")
    assert found.offers["demand"].tolist() == [30, 0, 0]
    assert found.cells["access"].tolist() == [1, 1, 0, 0]


def test_an_equilibrium_that_is_not_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_MOST_TURNS", 1)
    with pytest.raises(RuntimeError, match="`raam` must settle within 1 turns; it did not"):
        share(TOWN, "raam")


@pytest.mark.parametrize("form", FORMS)
def test_what_is_alike_has_alike(form: str) -> None:
    rows = [("a", "k1", 100.0), ("a", "k2", 300.0), ("b", "k1", 300.0), ("b", "k2", 100.0)]
    found = share((make_reach(rows), PERSONS * 0 + 6, PLACES * 0 + 9), form)
    np.testing.assert_allclose(found.cells["access"], [1.5, 1.5, 0, 0], rtol=1e-3 if form == "raam" else 1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_nobody_nothing_and_no_pairs_give_no_places(form: str) -> None:
    for town in ((REACH, PERSONS * 0, PLACES), (REACH, PERSONS, PLACES * 0), (make_reach([]), PERSONS, PLACES)):
        found = share(town, form)
        assert (found.cells["access"] == 0).all()
        assert found.cells["unmet"].tolist() == town[1].tolist()
        assert (found.offers["used"] == 0).all()


def test_the_limit_holds_to_a_hair() -> None:
    assert share(TOWN, "2sfca", limit_metres=400).cells["access"].tolist() == [3.8, 0, 0, 0]
    assert share(TOWN, "2sfca", limit_metres=400 * (1 - 5e-10)).cells["access"].tolist() == [3.8, 0, 0, 0]
    assert share(TOWN, "2sfca", limit_metres=399).cells["access"].tolist() == [3, 0, 0, 0]


@given(towns(), st.sampled_from(sorted(set(FORMS) - {"m2sfca", "raam"})), st.sampled_from(DECAYS))
def test_no_place_is_lost_or_given_twice(town: Town, form: str, decay: Decay) -> None:
    found = share(town, form, decay)
    given_out = (found.cells["access"] * found.cells["persons"]).sum()
    pairs = town[0].pairs
    weights = np.ones(len(pairs)) if form == "2sfca" else decay(pairs["metres"].to_numpy())
    reached = pairs.loc[(weights > 0) & (pairs["cell_id"].map(town[1]) > 0), "offer_id"]
    assert given_out == pytest.approx(town[2][OFFERS.isin(reached)].sum(), rel=1e-9)
    assert found.offers["used"].sum() == pytest.approx(given_out, rel=1e-9)


@given(towns(), st.sampled_from(DECAYS))
def test_the_modified_form_gives_out_at_most_what_there_is(town: Town, decay: Decay) -> None:
    found = share(town, "m2sfca", decay)
    assert (found.offers["used"] <= found.offers["capacity"] * (1 + 1e-9)).all()
    assert (found.cells["access"] <= share(town, "e2sfca", decay).cells["access"] * (1 + 1e-9)).all()


@given(towns(), st.sampled_from(["2sfca", "e2sfca"]), st.sampled_from(DECAYS), st.sampled_from(list(OFFERS)))
def test_a_closure_is_better_for_nobody(town: Town, form: str, decay: Decay, closed: str) -> None:
    reach, persons, places = town
    before = share(town, form, decay).cells["access"]
    gone = replace(reach, offer_ids=OFFERS.drop(closed), pairs=reach.pairs[reach.pairs["offer_id"] != closed])
    for after in (
        share((gone, persons, places.drop(closed)), form, decay),
        share((reach, persons, places * ~OFFERS.isin([closed])), form, decay),
    ):
        assert (after.cells["access"] <= before).all()


@given(towns())
def test_the_first_form_is_a_plain_loop(town: Town) -> None:
    reach, persons, places = town
    pairs = list(zip(reach.pairs["cell_id"], reach.pairs["offer_id"], strict=True))
    access = dict.fromkeys(CELLS, 0.0)
    for offer in OFFERS:
        inside = [cell for cell, own in pairs if own == offer]
        asked = sum(persons[cell] for cell in inside)
        for cell in inside:
            access[cell] += places[offer] / asked if asked else 0.0
    found = share(town, "2sfca").cells["access"]
    np.testing.assert_allclose(found, [access[cell] for cell in CELLS], rtol=1e-12)
    whole = share(town, "e2sfca", weigh_steps([(1000, 1)])).cells["access"]
    np.testing.assert_array_equal(found, whole)


@given(towns())
def test_in_the_equilibrium_all_who_have_a_place_in_reach_go_where_it_costs_least(town: Town) -> None:
    reach, persons, places = town
    found = share(town, "raam")
    near = reach.pairs[reach.pairs["offer_id"].map(places) > 0]
    going = persons[near["cell_id"].unique()]
    assert found.offers["demand"].sum() == pytest.approx(going.sum(), rel=1e-9)
    mean = persons.sum() / places.sum() if persons.sum() > 0 and places.sum() > 0 else 1.0
    crowd = found.offers["demand"] / (mean * places.where(places > 0))
    cost = near["offer_id"].map(crowd).astype(float) + near["metres"] / 1000
    least = cost.groupby(near["cell_id"]).min()
    np.testing.assert_allclose(found.cells["cost"].reindex(least.index), least, rtol=1e-9)
    assert found.cells["cost"].isna().tolist() == [cell not in least.index for cell in CELLS]
    spent = (found.offers["demand"] * crowd).sum()
    best = (least * persons.reindex(least.index)).sum()
    assert spent <= best * (1 + 1e-5) + 1e-9  # the ways come on top
    more = (cost - near["cell_id"].map(least))[near["cell_id"].map(persons) > 0].groupby(near["offer_id"]).min()
    chosen = found.offers["demand"].reindex(more.index) > 0.01 * going.sum()
    assert (more[chosen] * going.sum() <= 1e-3 * best).all()
    assert (found.offers["used"] <= found.offers["capacity"] * (1 + 1e-9)).all()


def test_a_town_of_some_size_settles() -> None:
    found = share(make_town(cells=400, offers=40, side=4000, limit=1500, seed=3), "raam")
    assert found.offers["demand"].sum() == pytest.approx(found.cells["persons"][found.cells["cost"].notna()].sum())


def test_decays_worked_by_hand() -> None:
    metres = np.array([0.0, 250.0, 500.0, 500.0000001, 501.0, 1000.0, 1001.0])
    assert HALF(metres).tolist() == [1, 1, 1, 1, 0.5, 0.5, 0]
    np.testing.assert_allclose(weigh_gaussian(500)(metres[[0, 2, 5]]), [1, np.exp(-0.5), np.exp(-2)])
    ended = weigh_gaussian(500, end_metres=500)(metres)
    #  Dai: (exp(−½·(1/2)²) − exp(−½)) ÷ (1 − exp(−½))
    expected = (np.exp(-1 / 8) - np.exp(-1 / 2)) / (1 - np.exp(-1 / 2))
    np.testing.assert_allclose(ended, [1, expected, 0, 0, 0, 0, 0], atol=1e-12)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"demand": PERSONS.drop("a")}, "`demand` must be a number of at least 0 for each id; got nan for a"),
    ({"demand": PERSONS * -1}, "`demand` must be a number of at least 0 for each id; got -10 for a"),
    ({"demand": PERSONS * np.inf}, "`demand` must be a number of at least 0 for each id; got inf for a"),
    ({"demand": pd.concat([PERSONS, PERSONS])}, "`demand` must hold each id once; got a twice"),
    ({"capacity": PLACES.drop("k2")}, "`capacity` must be a number of at least 0 for each id; got nan for k2"),
    ({"capacity": PLACES * -1}, "`capacity` must be a number of at least 0 for each id; got -30 for k1"),
    ({"limit_metres": 1001.0}, "`limit_metres` must be over 0 and within 1000; got 1001"),
    ({"limit_metres": 0.0}, "`limit_metres` must be over 0 and within 1000; got 0"),
    ({"limit_metres": np.nan}, "`limit_metres` must be over 0 and within 1000; got nan"),
    ({"decay": lambda metres: metres / 500}, "weights must be between 0 and 1; got 1.2"),
    ({"decay": lambda metres: -metres}, "weights must be between 0 and 1; got -100"),
    ({"decay": lambda metres: metres * np.nan}, "weights must be between 0 and 1; got nan"),
    ({"decay": lambda _: np.ones(1)}, r"`decay` must give one weight for each distance; got \(1,\) for \(4,\)"),
    ({"decay": None}, "`decay` must be given for e2sfca"),
    ({"form": "2sfca"}, "`decay` must be left out for 2sfca"),
    ({"form": "raam"}, "`decay` must be left out for raam"),
    ({"form": "fca"}, "`form` must be one of 2sfca, e2sfca, 3sfca, m2sfca, balanced, raam; got fca"),
]


@pytest.mark.parametrize(("facts", "told"), BAD, ids=[told for _, told in BAD])
def test_what_does_not_fit_is_refused(facts: dict[str, Any], told: str) -> None:
    usual: dict[str, Any] = {"demand": PERSONS, "capacity": PLACES, "form": "e2sfca", "decay": HALF}
    with pytest.raises(ValueError, match=f"^{told}$"):
        measure_catchments(REACH, **{**usual, **facts})


def test_a_decay_that_says_nothing_is_refused() -> None:
    for steps in ([], [(500, 1), (500, 0.5)], [(0, 1)], [(float("nan"), 1)]):
        with pytest.raises(ValueError, match="`steps` must hold ascending metres over 0"):
            weigh_steps(steps)
    with pytest.raises(ValueError, match=r"weights must be between 0 and 1; got 1.5"):
        weigh_steps([(500, 1.5)])
    for settings in ({"bandwidth_metres": 0.0}, {"bandwidth_metres": 5.0, "end_metres": -1.0}):
        with pytest.raises(ValueError, match="must be over 0"):
            weigh_gaussian(**settings)


PLACED = make_offers({"krippe": ("kita", (1, 1)), "haus": ("kita", (2, 1)), "hort": ("kita", (3, 1))})
BANDS = make_places(
    [("krippe", "0-3", 20), ("krippe", "3-6", 30), ("haus", "0-3|6-14", 90), ("hort", "6-14", 100)], offers=PLACED
)


def test_capacity_is_counted_as_the_supply() -> None:
    found = count_capacity(BANDS, target_group="0-6")
    assert found.to_dict() == {"haus": 90, "hort": 0, "krippe": 50}
    meant: Any = {"kind": "kita", "target_group": "0-6", "status": "observed", "example": False}
    supply = measure_supply(PLACED, BANDS, pd.Series({"q1": 10.0}), **meant)
    assert supply.table["places"].tolist() == [found.sum()]
    assert (supply.mixed, supply.left_out) == (("haus",), ("hort",))
    half = count_capacity(BANDS, target_group="0-6", part_time={"krippe": 0.5})
    assert half.to_dict() == {"haus": 90, "hort": 0, "krippe": 25}


@pytest.mark.parametrize("part", [{"krippe": 0.0}, {"krippe": 1.5}, {"krippe": float("nan")}, {"treff": 0.5}])
def test_a_part_of_a_place_that_cannot_be_is_refused(part: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="`part_time` must be over 0 and up to 1 for offers with places"):
        count_capacity(BANDS, target_group="0-6", part_time=part)
