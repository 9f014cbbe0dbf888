from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sro_geo.coverage.alternatives import measure_closures
from sro_geo.coverage.shock import COUNTS, measure_shock
from sro_geo.model.offers import Places
from sro_geo.model.population import Population
from sro_geo.model.shock import ShockLoss, Supposed
from tests.catchment_data import CELLS, OFFERS, PERSONS, PLACES, REACH, make_reach, towns

QUARTERS = pd.Series(["west", "west", "ost", "ost"], index=CELLS)
CITY = 2  # the last row, behind ost and west


def people(persons: pd.Series, *, gaps: tuple[str, ...] = ()) -> Population:
    rows = pd.DataFrame({"cell_id": CELLS, "age_group": "0-6", "persons": persons.to_numpy()})
    return Population(
        persons=rows.assign(quarter_id=QUARTERS.to_numpy(), status="observed", example=False),
        cells=gpd.GeoDataFrame({"quarter_id": QUARTERS}, geometry=gpd.points_from_xy(range(4), range(4)), crs=25833),
        gaps=pd.DataFrame([(q, "0-6", "suppressed") for q in gaps], columns=["quarter_id", "age_group", "status"]),
    )


def places(capacity: pd.Series) -> Places:
    table = pd.DataFrame({"offer_id": capacity.index, "age_group": "0-6", "places": capacity.to_numpy()})
    return Places(table)


def shake(persons: pd.Series = PERSONS, capacity: pd.Series = PLACES, **shock: Any) -> ShockLoss:
    supposed = Supposed(target_group="0-6", limit_metres=1000, **shock)
    return measure_shock(REACH, places(capacity), people(persons), supposed)


def test_two_closures_at_once_worked_by_hand() -> None:
    """Without k1, a walks 300 m farther to its only other one and b has none; k3 had only an empty cell."""
    loss = shake(closed=frozenset({"k1", "k3"}))
    assert loss.table["quarter_id"].tolist() == ["ost", "west", None]
    west, city = (loss.table.loc[row, list(COUNTS)].astype(float).to_dict() for row in (1, CITY))
    assert west == {"persons": 30, "reached": 30, "lose": 20, "lose_choice": 10, "farther": 10, "metres": 3000}
    assert city == {**west, "persons": 35}
    assert loss.before["gets"].tolist() == pytest.approx([0, 38, 38])
    assert loss.after["gets"].tolist() == pytest.approx([0, 8, 8])


def test_fewer_places_and_more_children_change_places_and_no_way() -> None:
    loss = shake(fewer_places=0.25, more_persons=0.5)
    assert not loss.table[["lose", "lose_choice", "farther", "metres"]].to_numpy().any()
    assert loss.after["gets"].tolist() == pytest.approx([0, 28.5, 28.5])
    assert loss.after["persons"].tolist() == pytest.approx([7.5, 45, 52.5])
    assert loss.after.loc[CITY, "crowd"] == pytest.approx(28.5 / (22.5 / 45 + 6 / 15))


def test_an_offer_of_unknown_size_leaves_the_places_open_and_no_count() -> None:
    loss = shake(capacity=PLACES.drop("k2"), closed=frozenset({"k1"}))
    assert loss.before["unstated"].tolist() == [False, True, True]
    assert loss.table.loc[1, "lose"] == 20


def test_where_nobody_knows_the_persons_there_is_no_number() -> None:
    shock = Supposed(target_group="0-6", limit_metres=1000, closed=frozenset({"k1"}))
    far, near = (
        measure_shock(REACH, places(PLACES), people(PERSONS, gaps=(quarter,)), shock) for quarter in ("ost", "west")
    )
    assert far.table["lose"].tolist() == pytest.approx([np.nan, 20, 20], nan_ok=True)
    assert far.table["persons"].tolist() == pytest.approx([np.nan, 30, np.nan], nan_ok=True)
    assert near.table["lose"].tolist() == pytest.approx([0, np.nan, np.nan], nan_ok=True)


@given(towns(), st.sets(st.sampled_from(list(OFFERS))), st.floats(0, 1), st.floats(0, 2))
def test_nothing_becomes_better_and_nothing_gets_lost(
    town: tuple[Any, pd.Series, pd.Series], closed: set[str], fewer: float, more: float
) -> None:
    reach, persons, capacity = town
    shock = Supposed(
        target_group="0-6", limit_metres=700, closed=frozenset(closed), fewer_places=fewer, more_persons=more
    )
    loss = measure_shock(reach, places(capacity), people(persons), shock)
    table, city = loss.table.iloc[:CITY], loss.table.iloc[CITY]
    assert (loss.table["reached"] <= loss.table["persons"] + 1e-9).all()
    assert (loss.table[["lose", "lose_choice", "farther"]].max(axis=1) <= loss.table["reached"] + 1e-9).all()
    assert (loss.after["gets"] <= loss.before["gets"] * (1 + 1e-9) + 1e-9).all()
    assert city[list(COUNTS)].astype(float).to_numpy() == pytest.approx(table[list(COUNTS)].sum().to_numpy())
    assert loss.after.loc[CITY, "gets"] == pytest.approx(loss.after["gets"].iloc[:CITY].sum())
    near = reach.pairs[(reach.pairs["metres"] <= 700) & reach.pairs["cell_id"].map(persons).gt(0)]
    left = near[~near["offer_id"].isin(closed)]
    assert city["lose"] == pytest.approx(city["reached"] - persons.reindex(left["cell_id"].unique()).sum(), abs=1e-6)
    assert loss.after.loc[CITY, "gets"] == pytest.approx((1 - fewer) * capacity[left["offer_id"].unique()].sum())


@given(towns())
def test_a_shock_that_takes_nothing_changes_nothing(town: tuple[Any, pd.Series, pd.Series]) -> None:
    reach, persons, capacity = town
    shock = Supposed(target_group="0-6", limit_metres=1000)
    loss = measure_shock(reach, places(capacity), people(persons), shock)
    assert not loss.table[["lose", "lose_choice", "farther", "metres"]].to_numpy().any()
    pd.testing.assert_frame_equal(loss.before, loss.after)


@settings(max_examples=15)
@given(towns(), st.lists(st.sampled_from(list(OFFERS))), st.lists(st.sampled_from(list(OFFERS))))
def test_more_that_is_shut_never_takes_less(
    town: tuple[Any, pd.Series, pd.Series], some: list[str], more: list[str]
) -> None:
    reach, persons, capacity = town
    lost = []
    for closed in (frozenset(some), frozenset(some + more)):
        shock = Supposed(target_group="0-6", limit_metres=1000, closed=closed)
        lost.append(measure_shock(reach, places(capacity), people(persons), shock).table["lose"])
    assert (lost[0] <= lost[1] + 1e-9).all()


@given(towns(), st.sampled_from(list(OFFERS)))
def test_one_closure_is_what_all_closures_say_of_it(town: tuple[Any, pd.Series, pd.Series], closed: str) -> None:
    reach, persons, capacity = town
    shock = Supposed(target_group="0-6", limit_metres=1000, closed=frozenset({closed}))
    loss = measure_shock(reach, places(capacity), people(persons), shock).table.iloc[CITY]
    all_ = measure_closures(reach, persons, QUARTERS, limit_metres=1000)
    own = all_.loc[all_["closed"] == closed, ["lose", "metres"]].sum()
    assert loss[["lose", "metres"]].astype(float).to_numpy() == pytest.approx(own.to_numpy(), abs=1e-6)


@pytest.mark.parametrize(
    ("shock", "message"),
    [
        ({"fewer_places": 1.1}, "`fewer_places` must be from 0 to 1; got 1.1"),
        ({"more_persons": -0.1}, "`more_persons` must be a number of at least 0; got -0.1"),
        ({"closed": frozenset({"k9"})}, "`closed` must be offers of `reach`; got k9"),
        ({"target_group": "0-5"}, "the age bands of `population` don't make up 0-5"),
        ({"limit_metres": 2000}, "`limit_metres` must be over 0 and within 1000; got 2000"),
    ],
)
def test_what_cannot_be_supposed_is_told(shock: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        measure_shock(
            REACH, places(PLACES), people(PERSONS), Supposed(**{"target_group": "0-6", "limit_metres": 1000, **shock})
        )


def test_pairs_of_other_cells_are_refused() -> None:
    other = replace(make_reach([]), cell_ids=CELLS[:2])
    with pytest.raises(ValueError, match="`reach` must hold the cells of `population`"):
        measure_shock(other, places(PLACES), people(PERSONS), Supposed(target_group="0-6", limit_metres=1000))
