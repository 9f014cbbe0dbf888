from __future__ import annotations

import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage import assignment
from sro_geo.coverage.assignment import assign_persons
from sro_geo.coverage.overflow import count_unplaced, measure_overflow
from tests.catchment_data import CELLS, OFFERS, PERSONS, PLACES, REACH, make_reach, make_town, towns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.reach import Assignment, Overflow, Reach

    Town = tuple[Reach, pd.Series, pd.Series]

SMALL, EVERY = 10**9, 0
"""Pairs from which on the search is compiled: never, always."""


@pytest.fixture(params=[SMALL, EVERY], ids=["program", "compiled"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_WORTH_COMPILING", request.param)


def assign(town: Town, **facts: Any) -> Assignment:
    return assign_persons(*town, **{"penalty_metres": 2000.0, **facts})


def both(town: Town, **facts: Any) -> list[Assignment]:
    found = []
    for pairs in (SMALL, EVERY):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assignment, "_WORTH_COMPILING", pairs)
            found.append(assign(town, **facts))
    return found


def overflow(town: Town, pairs: int, **facts: Any) -> Overflow:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_WORTH_COMPILING", pairs)
        return measure_overflow(*town, **{"penalty_metres": 2000.0, **facts})


def count(town: Town, size: int, pairs: Mapping[str, tuple[str, ...]]) -> pd.Series:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_WORTH_COMPILING", size)
        return count_unplaced(*town, limit_metres=town[0].limit_metres, together=pairs)


def close(town: Town, *offers: str) -> Town:
    reach, persons, places = town
    pairs = reach.pairs[~reach.pairs["offer_id"].isin(offers)]
    return replace(reach, offer_ids=OFFERS.drop(list(offers)), pairs=pairs), persons, places.drop(list(offers))


@pytest.mark.usefixtures("way")
def test_who_has_another_offer_makes_room() -> None:
    #  k1 has 24 places. b's 20 have k1 alone, so 6 of a's 10 leave it for k2; d's 5 have nothing
    found = assign((REACH, PERSONS, pd.Series([24.0, 8.0, 6.0], index=OFFERS)))
    rows = [("a", "k1", 4, 100), ("a", "k2", 6, 400), ("b", "k1", 20, 600)]
    assert found.flows.to_numpy().tolist() == [list(row) for row in rows]
    assert found.unserved.to_dict() == {"a": 0, "b": 0, "c": 0, "d": 5}
    assert found.load.to_dict() == {"k1": 24, "k2": 6, "k3": 0}
    assert found.cost == 4 * 100 + 6 * 400 + 20 * 600 + 5 * 2000


@pytest.mark.usefixtures("way")
def test_what_a_penalty_is_not_worth_is_not_walked() -> None:
    found = assign((REACH, PERSONS, PLACES), penalty_metres=500.0)
    assert found.unserved.to_dict() == {"a": 0, "b": 20, "c": 0, "d": 5}
    assert found.cost == 10 * 100 + 25 * 500
    far = assign((REACH, PERSONS, PLACES), limit_metres=100)
    assert far.load.to_dict() == {"k1": 10, "k2": 0, "k3": 0}


def test_an_offer_with_too_few_persons_does_not_open() -> None:
    town = (REACH, PERSONS, pd.Series([24.0, 8.0, 6.0], index=OFFERS))
    opened = assign(town, minimum=pd.Series([0.0, 6.0, 0.0], index=OFFERS))
    assert opened.cost == assign(town).cost
    #  for 7 in k2, one more must leave k1
    more = assign(town, minimum=pd.Series([0.0, 7.0, 0.0], index=OFFERS))
    assert more.load.to_dict() == {"k1": 23, "k2": 7, "k3": 0}
    shut = assign(town, minimum=pd.Series([0.0, 8.5, 0.0], index=OFFERS))
    assert shut.load.to_dict() == {"k1": 24, "k2": 0, "k3": 0}
    assert shut.unserved.sum() == 5 + 6


@pytest.mark.usefixtures("way")
def test_nobody_nothing_and_no_pairs() -> None:
    for town in ((REACH, PERSONS * 0, PLACES), (REACH, PERSONS, PLACES * 0), (make_reach([]), PERSONS, PLACES)):
        found = assign(town)
        assert found.flows.empty
        assert list(found.flows.columns) == ["cell_id", "offer_id", "persons", "metres"]
        assert found.unserved.to_dict() == town[1].to_dict()
        assert found.cost == 2000 * town[1].sum()


@given(towns())
def test_persons_are_kept_and_places_respected_and_both_ways_cost_the_same(town: Town) -> None:
    reach, persons, places = town
    program, compiled = both(town)
    assert compiled.cost == pytest.approx(program.cost, rel=1e-9)
    metres = reach.pairs.set_index(["cell_id", "offer_id"])["metres"]
    for found in (program, compiled):
        gone = found.flows.groupby("cell_id")["persons"].sum().reindex(CELLS, fill_value=0.0)
        np.testing.assert_allclose(gone + found.unserved, persons, rtol=1e-9, atol=1e-9)
        come = found.flows.groupby("offer_id")["persons"].sum().reindex(OFFERS, fill_value=0.0)
        np.testing.assert_allclose(come, found.load, rtol=1e-9)
        assert (found.load <= places * (1 + 1e-9)).all()
        assert (found.flows["persons"] > 0).all()
        ways = [metres[pair] for pair in zip(found.flows["cell_id"], found.flows["offer_id"], strict=True)]
        assert found.flows["metres"].tolist() == ways
        walked = (found.flows["persons"] * found.flows["metres"]).sum()
        assert found.cost == pytest.approx(walked + 2000 * found.unserved.sum(), rel=1e-9)


@given(towns(), st.sampled_from([500.0, 2000.0]))
def test_every_closure_is_assigned_anew_and_costs_no_less(town: Town, penalty: float) -> None:
    before = assign(town, penalty_metres=penalty)
    for pairs in (SMALL, EVERY):
        found = overflow(town, pairs, penalty_metres=penalty)
        assert found.base.cost == pytest.approx(before.cost, rel=1e-9)
        for offer in OFFERS:
            row, after = found.closures.loc[offer], assign(close(town, offer), penalty_metres=penalty)
            assert row["cost"] == pytest.approx(after.cost - before.cost, rel=1e-6, abs=1e-7 * before.cost)
            assert row["cost"] >= -1e-9 * before.cost
            assert row["displaced"] == found.base.load[offer]
            own = found.unserved[found.unserved["closed"] == offer]
            assert own["persons"].sum() == pytest.approx(row["unserved"], abs=1e-5)
            assert row["filled"] == (found.full["closed"] == offer).sum()


@given(towns())
def test_two_closures_at_once_are_assigned_anew_and_leave_no_fewer_without_a_place_than_one_by_one(town: Town) -> None:
    """Where no way is worth being left without: all who can have a place have one."""
    pairs = {f"{one} {other}": (one, other) for one, other in combinations(OFFERS, 2)}
    far, before = 1e6, assign(town, penalty_metres=1e6)
    afters = {name: assign(close(town, *closed), penalty_metres=far) for name, closed in pairs.items()}
    for size in (SMALL, EVERY):
        alone = overflow(town, size, penalty_metres=far).closures["unserved"]
        found = overflow(town, size, penalty_metres=far, together={**pairs, "none": ()})
        assert list(found.closures.index) == [*pairs, "none"]
        for name, closed in pairs.items():
            after, row = afters[name], found.closures.loc[name]
            assert row["cost"] == pytest.approx(after.cost - before.cost, rel=1e-6, abs=1e-7 * before.cost)
            assert row["unserved"] == pytest.approx(after.unserved.sum() - before.unserved.sum(), abs=1e-5)
            assert row["unserved"] >= alone[list(closed)].sum() - 1e-5
            assert row["unserved"] <= town[2][list(closed)].sum() + 1e-5
        merged = count(town, size, pairs)
        np.testing.assert_allclose(merged, found.closures["unserved"].iloc[:-1], atol=1e-5)
        assert found.closures.loc["none"].to_dict() == {"displaced": 0, "unserved": 0, "cost": 0, "filled": 0}


def test_what_is_no_offer_closes_nothing() -> None:
    with pytest.raises(ValueError, match="`together` must hold offers of `reach`; got k9"):
        measure_overflow(REACH, PERSONS, PLACES, penalty_metres=2000.0, together={"x": ["k9"]})


@pytest.mark.parametrize("pairs", [SMALL, EVERY])
def test_a_closure_fills_others_and_leaves_somebody_over(pairs: int) -> None:
    found = overflow((REACH, PERSONS, pd.Series([24.0, 6.0, 6.0], index=OFFERS)), pairs)
    #  without k1 a's 4 cannot stay: k2 has been full already, and b has nothing
    assert found.closures.loc["k1"].to_dict() == {
        "displaced": 24, "unserved": 24, "cost": 4 * (2000 - 100) + 20 * (2000 - 600), "filled": 0,
    }  # fmt: skip
    own = found.unserved[found.unserved["closed"] == "k1"]
    assert own[["cell_id", "persons"]].to_numpy().tolist() == [["a", 4], ["b", 20]]
    #  with 10 places in k2, all of a goes there when k1 closes
    roomy = overflow((REACH, PERSONS, pd.Series([24.0, 10.0, 6.0], index=OFFERS)), pairs)
    assert roomy.full.to_numpy().tolist() == [["k1", "k2"]]
    assert roomy.closures.loc["k2", ["displaced", "unserved"]].to_dict() == {"displaced": 6, "unserved": 6}
    assert roomy.closures.loc["k3"].to_dict() == {"displaced": 0, "unserved": 0, "cost": 0, "filled": 0}


SIZES = [
    *[pytest.param(60, 8, 2000, room, id=f"sixty cells, room for {room:.0%}") for room in (0.8, 1.02, 1.3)],
    pytest.param(300, 30, 4000, 1.02, id="three hundred cells", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("cells", "offers", "side", "room"), SIZES)
def test_both_ways_cost_the_same_in_a_town_of_some_size(cells: int, offers: int, side: float, room: float) -> None:
    """Offers hang together: one that closes pushes persons on through many others."""
    reach, persons, places = make_town(cells=cells, offers=offers, side=side, limit=1500, seed=5)
    town = (reach, persons, places * persons.sum() / places.sum() * room)
    program, compiled = both(town)
    assert compiled.cost == pytest.approx(program.cost, rel=1e-9)
    found, again = (overflow(town, pairs) for pairs in (SMALL, EVERY))
    np.testing.assert_allclose(found.closures["cost"], again.closures["cost"], rtol=1e-6, atol=1e-6)


def test_without_numba_the_program_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_WORTH_COMPILING", EVERY)
    monkeypatch.setitem(sys.modules, "sro_geo.coverage._kernels", None)
    assert assign((REACH, PERSONS, PLACES)).load.to_dict() == {"k1": 30, "k2": 0, "k3": 0}


def test_a_solver_that_does_not_finish_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import scipy.optimize

    whole = scipy.optimize.linprog
    stop = {"options": {"maxiter": 0, "presolve": False}}
    monkeypatch.setattr(scipy.optimize, "linprog", lambda *values, **facts: whole(*values, **{**facts, **stop}))
    with pytest.raises(RuntimeError, match=r"the solver must finish; it says: .*[Ii]teration"):
        assign((REACH, PERSONS, PLACES))


BAD: list[tuple[dict[str, Any], str]] = [
    ({"demand": PERSONS.drop("a")}, "`demand` must be a number of at least 0 for each id; got nan for a"),
    ({"capacity": PLACES * -1}, "`capacity` must be a number of at least 0 for each id; got -30 for k1"),
    ({"limit_metres": 1001.0}, "`limit_metres` must be over 0 and within 1000; got 1001"),
    ({"penalty_metres": 0.0}, "`penalty_metres` must be over 0 and up to 1000000; got 0"),
    ({"penalty_metres": float("nan")}, "`penalty_metres` must be over 0 and up to 1000000; got nan"),
    ({"penalty_metres": 2e6}, r"`penalty_metres` must be over 0 and up to 1000000; got 2e\+06"),
]


@pytest.mark.parametrize(("facts", "told"), BAD, ids=[told for _, told in BAD])
def test_what_does_not_fit_is_refused(facts: dict[str, Any], told: str) -> None:
    usual: dict[str, Any] = {"demand": PERSONS, "capacity": PLACES, "penalty_metres": 2000.0}
    for measure in (assign_persons, measure_overflow):
        with pytest.raises(ValueError, match=f"^{told}$"):
            measure(REACH, **{**usual, **facts})
    with pytest.raises(ValueError, match="`minimum` must be a number of at least 0 for each id; got -1 for k1"):
        assign((REACH, PERSONS, PLACES), minimum=PLACES * 0 - 1)
