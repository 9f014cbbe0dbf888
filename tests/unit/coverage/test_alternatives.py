from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.alternatives import (
    compare_reach,
    count_alternatives,
    find_nearest,
    measure_closures,
    measure_double_closures,
)
from sro_geo.model.reach import Reach

CELLS = pd.Index(["a", "b", "c", "d"], name="cell_id", dtype="str")
OFFERS = pd.Index(["k1", "k2", "k3"], name="offer_id", dtype="str")
PERSONS = pd.Series([5.0, 7.0, 2.0, 4.0], index=CELLS)
QUARTERS = pd.Series(["q1", "q1", "q2", "q2"], index=CELLS)
PROVIDERS = {"k1": "Stadt", "k2": "Stadt", "k3": "Verein"}


def make_reach(rows: list[tuple[str, str, float]], *, limit: float = 1000.0) -> Reach:
    pairs = pd.DataFrame(rows, columns=["cell_id", "offer_id", "metres"]).astype({"metres": float})
    pairs = pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True)
    return Reach(kind="kita", limit_metres=limit, cell_ids=CELLS, offer_ids=OFFERS, pairs=pairs, example=False)


#  a reaches all three, b the city's two, c one beyond 500 m, d none
REACH = make_reach(
    [("a", "k1", 100), ("a", "k2", 300), ("a", "k3", 400), ("b", "k2", 200), ("b", "k1", 450), ("c", "k3", 600)]
)


def test_alternatives_are_offers_within_the_limit_and_providers_once() -> None:
    assert count_alternatives(REACH, limit_metres=500).to_dict() == {"a": 3, "b": 2, "c": 0, "d": 0}
    assert count_alternatives(REACH, limit_metres=600).to_dict() == {"a": 3, "b": 2, "c": 1, "d": 0}
    run = count_alternatives(REACH, limit_metres=600, providers=PROVIDERS)
    assert run.to_dict() == {"a": 2, "b": 1, "c": 1, "d": 0}
    lone = count_alternatives(REACH, limit_metres=600, providers={"k1": "", "k2": "", "k3": "Verein"})
    assert lone.to_dict() == {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_nearest_come_in_order() -> None:
    found = find_nearest(REACH, count=3)
    assert found.shape == (4, 3)
    np.testing.assert_array_equal(found.loc["a"], [100, 300, 400])
    np.testing.assert_array_equal(found.loc["b"], [200, 450, np.nan])
    np.testing.assert_array_equal(found.loc["d"], [np.nan, np.nan, np.nan])


def test_a_closure_takes_the_last_offer_or_makes_the_way_longer() -> None:
    found = measure_closures(REACH, PERSONS, QUARTERS, limit_metres=600).set_index(["closed", "quarter_id"])
    # a: k1 is nearest, then 200 m more to k2; b: k2 is nearest, then 250 m more to k1; c has k3 alone
    assert found.to_dict("index") == {
        ("k1", "q1"): {"reached": 12, "lose": 0, "farther": 5, "metres": 5 * 200},
        ("k2", "q1"): {"reached": 12, "lose": 0, "farther": 7, "metres": 7 * 250},
        ("k3", "q1"): {"reached": 5, "lose": 0, "farther": 0, "metres": 0},
        ("k3", "q2"): {"reached": 2, "lose": 2, "farther": 0, "metres": 0},
    }


def test_what_one_provider_runs_closes_together() -> None:
    found = measure_closures(REACH, PERSONS, QUARTERS, limit_metres=500, providers=PROVIDERS)
    rows: Any = found.set_index(["closed", "quarter_id"])
    # a goes on to the Verein, 300 m farther; b has the city's offers only
    assert rows.loc[("Stadt", "q1")].to_dict() == {"reached": 12, "lose": 7, "farther": 5, "metres": 5 * 300}
    assert rows.loc[("Verein", "q1")].to_dict() == {"reached": 5, "lose": 0, "farther": 0, "metres": 0}


@pytest.mark.parametrize("limit", [0.0, -1.0, 1000.1, float("nan")])
def test_a_limit_that_the_pairs_do_not_reach_is_refused(limit: float) -> None:
    with pytest.raises(ValueError, match="within 1000"):
        count_alternatives(REACH, limit_metres=limit)
    with pytest.raises(ValueError, match="within 1000"):
        measure_closures(REACH, PERSONS, QUARTERS, limit_metres=limit)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        find_nearest(REACH, count=0)
    with pytest.raises(ValueError, match="must hold the cells"):
        measure_closures(REACH, PERSONS.drop("d"), QUARTERS, limit_metres=500)


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    far = st.none() | st.integers(0, 1000)
    rows = [(cell, offer, draw(far)) for cell in CELLS for offer in OFFERS]
    return make_reach([(cell, offer, float(metres)) for cell, offer, metres in rows if metres is not None])


def close(reach: Reach, *gone: str) -> Reach:
    return replace(reach, pairs=reach.pairs[~reach.pairs["offer_id"].isin(gone)])


limits = st.sampled_from([100.0, 500.0, 1000.0])


@given(reaches(), limits, st.sampled_from([None, PROVIDERS]))
def test_all_closures_at_once_are_each_closure_measured_anew(
    reach: Reach, limit: float, providers: dict[str, str] | None
) -> None:
    found = measure_closures(reach, PERSONS, QUARTERS, limit_metres=limit, providers=providers)
    sums: Any = found.groupby("closed")[["reached", "lose", "farther", "metres"]].sum()
    near = find_nearest(close_beyond(reach, limit), count=1)[1]
    for unit in {providers[o] if providers else o for o in OFFERS}:
        gone = [o for o in OFFERS if (providers[o] if providers else o) == unit]
        after = find_nearest(close_beyond(close(reach, *gone), limit), count=1)[1]
        row = sums.loc[unit] if unit in sums.index else pd.Series(0.0, index=sums.columns)
        lost = near.notna() & after.isna()
        only = {o: reach.pairs.loc[reach.pairs["offer_id"] == o].set_index("cell_id")["metres"] for o in gone}
        with_it = pd.Series({c: any(only[o].get(c, np.inf) <= limit for o in gone) for c in CELLS})
        nearest = pd.Series({c: min(only[o].get(c, np.inf) for o in gone) for c in CELLS}) == near
        assert row["reached"] == PERSONS[with_it].sum()
        assert row["lose"] == PERSONS[lost].sum()
        assert row["metres"] == pytest.approx((PERSONS * (after - near)).sum())
        assert (after.dropna() >= near[after.notna()]).all()
        assert row["farther"] <= PERSONS[nearest & after.notna()].sum()
        assert row["lose"] + row["farther"] <= row["reached"]
    assert sums["farther"].sum() + sums["lose"].sum() == PERSONS[near.notna()].sum()


def test_two_closures_take_more_than_one_by_one_from_who_has_both() -> None:
    found: Any = measure_double_closures(REACH, PERSONS, QUARTERS, limit_metres=600)
    #  a has all three; b has k1 and k2, neither of which it would lose alone; c has k3
    assert found.to_numpy().tolist() == [["k1", "k2", "q1", 7.0, 7.0]]
    near: Any = measure_double_closures(close(REACH, "k1"), PERSONS, QUARTERS, limit_metres=600)
    #  now b has k2 alone and a the two others; k2 and k3 take from all
    rows = [["k2", "k3", "q1", 12.0, 5.0], ["k2", "k3", "q2", 2.0, 0.0]]
    assert near.to_numpy().tolist() == rows


@given(reaches(), limits, st.sampled_from([None, {"k1": "Stadt", "k2": "Stadt", "k3": ""}, {}]), st.data())
def test_two_closures_at_once_are_both_measured_anew_and_the_worst_is_listed(
    reach: Reach, limit: float, providers: dict[str, str] | None, data: st.DataObject
) -> None:
    persons = pd.Series(data.draw(st.lists(st.integers(0, 9), min_size=4, max_size=4)), index=CELLS, dtype=float)
    way: Any = {"limit_metres": limit, "providers": providers}
    found: Any = measure_double_closures(reach, persons, QUARTERS, **way)
    assert (found["lose"] > 0).all()
    single: Any = measure_closures(reach, persons, QUARTERS, **way).set_index(["closed", "quarter_id"])["lose"]
    runs = {offer: (providers or {}).get(offer) or offer for offer in OFFERS}
    near = find_nearest(close_beyond(reach, limit), count=1)[1]
    listed = set(zip(found["closed"], found["other"], strict=True))
    lost = {}
    for pair in itertools.combinations(sorted(set(runs.values())), 2):
        gone = [offer for offer in OFFERS if runs[offer] in pair]
        after = find_nearest(close_beyond(close(reach, *gone), limit), count=1)[1]
        lost[pair] = float(persons[near.notna() & after.isna()].sum())
        own = found[(found["closed"] == pair[0]) & (found["other"] == pair[1])].set_index("quarter_id")
        alone = sum(single.get((unit, quarter), 0.0) for unit in pair for quarter in ("q1", "q2"))
        assert lost[pair] == (own["lose"].sum() if pair in listed else alone)
        assert lost[pair] == alone + own["together"].sum()
    most = max(lost.values())
    assert max([lost[pair] for pair in listed], default=0.0) == most or (most == max(single, default=0.0))


def close_beyond(reach: Reach, limit: float) -> Reach:
    return replace(reach, pairs=reach.pairs[reach.pairs["metres"] <= limit])


@given(reaches(), reaches(), limits)
def test_what_ways_take_away_is_counted_cell_by_cell_and_nobody_is_better_off(
    reach: Reach, other: Reach, limit: float
) -> None:
    found = compare_reach(reach, other, PERSONS, QUARTERS, limit_metres=limit).set_index("quarter_id")
    before, after = (find_nearest(close_beyond(one, limit), count=1)[1] for one in (reach, other))
    for quarter in ("q1", "q2"):
        own = [c for c in CELLS if QUARTERS[c] == quarter and before.notna()[c]]
        if not own:
            assert quarter not in found.index
            continue
        row = found.loc[quarter]
        assert row["reached"] == sum(PERSONS[c] for c in own)
        assert row["lose"] == sum(PERSONS[c] for c in own if np.isnan(after[c]))
        longer = {c: after[c] - before[c] for c in own if after[c] > before[c]}
        assert row["farther"] == sum(PERSONS[c] for c in longer)
        assert row["metres"] == pytest.approx(sum(PERSONS[c] * more for c, more in longer.items()))


def test_reach_of_other_cells_is_not_compared() -> None:
    with pytest.raises(ValueError, match="the same cells"):
        compare_reach(REACH, replace(REACH, cell_ids=CELLS[:3]), PERSONS, QUARTERS, limit_metres=500)


def test_cells_without_persons_or_a_quarter_are_not_compared() -> None:
    """They would count as nobody: fewer would be told to lose what they have."""
    for persons, quarters in ((PERSONS[:3], QUARTERS), (PERSONS, QUARTERS[:3])):
        with pytest.raises(ValueError, match="must hold the cells"):
            compare_reach(REACH, REACH, persons, quarters, limit_metres=500)


@given(reaches())
def test_alternatives_never_fall_with_the_limit_nor_grow_with_what_one_provider_runs(reach: Reach) -> None:
    counts = [count_alternatives(reach, limit_metres=limit) for limit in (100, 500, 1000)]
    assert (counts[0] <= counts[1]).all()
    assert (counts[1] <= counts[2]).all()
    assert (count_alternatives(reach, limit_metres=500, providers=PROVIDERS) <= counts[1]).all()
    rows = list(zip(reach.pairs["cell_id"], reach.pairs["metres"], strict=True))
    brute = {cell: sum(own == cell and metres <= 500 for own, metres in rows) for cell in CELLS}
    assert counts[1].to_dict() == brute
