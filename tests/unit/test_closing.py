"""What the closure of an offer would take away, in a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from sro_geo.coverage.alternatives import count_alternatives
from sro_geo.coverage.assignment import assign_persons
from sro_geo.coverage.supply import count_capacity
from sro_geo.disclose.reached import hide_people
from sro_geo.model.offers import Offers
from sro_geo.model.population import count_persons
from sro_geo.model.status import SUPPRESSED
from sro_geo.pipeline.choosing import COUNTS, count_choices
from sro_geo.pipeline.closing import PAIRS, close_offers, find_limit

if TYPE_CHECKING:
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project


@pytest.fixture(scope="module")
def measured(musterstadt_measured: tuple[Project, Tables, Measured]) -> tuple[Project, Tables, Measured]:
    return musterstadt_measured


@pytest.fixture(scope="module")
def closures(measured: tuple[Project, Tables, Measured]) -> pd.DataFrame:
    return close_offers(*measured)[0]


def test_every_offer_with_a_point_is_closed_once_and_every_provider_of_several(
    measured: tuple[Project, Tables, Measured], closures: pd.DataFrame
) -> None:
    _, tables, found = measured
    for kind, reach in found.reaches.items():
        own = closures[(closures["kind"] == kind) & closures["other"].isna()]
        assert sorted(own["offer"].dropna()) == sorted(tables.offers.loc[reach.offer_ids, "name"])
        several = tables.offers.loc[reach.offer_ids, "provider"].value_counts()
        assert set(own.loc[own["offer"].isna(), "provider"]) == set(several[several > 1].index)


def test_who_loses_the_last_is_whoever_has_one(
    measured: tuple[Project, Tables, Measured], closures: pd.DataFrame
) -> None:
    """Over all offers, those who lose the last are the persons with exactly one within the limit."""
    project, tables, found = measured
    assert tables.population is not None
    assert project.coverage is not None
    for kind, reach in found.reaches.items():
        minutes = find_limit(project, kind)
        persons = count_persons(tables.population, target_group=found.true[kind].target_group)
        assert persons is not None
        alone = count_alternatives(reach, limit_metres=project.coverage.to_metres(minutes)) == 1
        own = closures[(closures["kind"] == kind) & closures["offer"].notna() & closures["other"].isna()]
        assert (own["minutes"] == minutes).all()
        room = 5 * own["lose"].notna().sum() + 9 * own["lose"].isna().sum()
        assert own["lose"].sum() == pytest.approx(persons[alone].sum(), abs=float(room))


def test_two_closures_are_listed_where_they_take_more_than_one_by_one(
    measured: tuple[Project, Tables, Measured], closures: pd.DataFrame
) -> None:
    """Counts lie within five of what is reached no more, measured anew without both, of offers and of providers."""
    project, tables, found = measured
    assert tables.population is not None
    assert project.coverage is not None
    pairs = closures[closures["other"].notna()]
    runs: dict[tuple[str, str, str], list[str]] = {}
    for offer, row in tables.offers.iterrows():
        runs.setdefault((row["kind"], "offer", row["name"]), []).append(str(offer))
        runs.setdefault((row["kind"], "provider", row["provider"]), []).append(str(offer))
    of_providers = pairs["offer"].isna()
    assert of_providers.sum() > 1
    assert (~of_providers).sum() > 5
    assert pairs.groupby(["kind", of_providers]).size().max() <= PAIRS
    assert pairs["quarter_id"].isna().all()
    assert (pairs["provider"].isna() != of_providers).all()
    for row in pairs.to_dict("records"):
        kind, limit = row["kind"], project.coverage.to_metres(find_limit(project, row["kind"]))
        persons = count_persons(tables.population, target_group=row["target_group"])
        assert persons is not None
        what = "provider" if pd.isna(row["offer"]) else "offer"
        one, other = runs[kind, what, row[what]], runs[kind, what, row["other"]]
        assert what == "offer" or len(one + other) > 2
        reach = found.reaches[kind]
        lost = []
        for closed in (one + other, one, other):
            less = replace(reach, pairs=reach.pairs[~reach.pairs["offer_id"].isin(closed)])
            before, after = (count_alternatives(one, limit_metres=limit) for one in (reach, less))
            lost.append(persons[(before > 0) & (after == 0)].sum())
        assert lost[0] >= lost[1] + lost[2] + 10
        assert pd.isna(row["lose"]) or abs(row["lose"] - lost[0]) <= 5


def test_who_is_left_without_a_place_is_whoever_finds_none_when_all_are_assigned_anew(
    measured: tuple[Project, Tables, Measured], closures: pd.DataFrame
) -> None:
    """Of single offers, of two and of providers; all places that close where they don't suffice today. Unknown places: nobody."""
    project, tables, found = measured
    assert tables.population is not None
    assert project.coverage is not None
    kind, reach = "kindertageseinrichtung", found.reaches["kindertageseinrichtung"]
    persons = count_persons(tables.population, target_group="0-6")
    places = count_capacity(tables.places, target_group="0-6").reindex(reach.offer_ids)
    assert persons is not None
    limit = project.coverage.to_metres(find_limit(project, kind))
    names, runs = tables.offers["name"], tables.offers["provider"]

    def lack(closed: pd.Series | None = None) -> float:
        left = places if closed is None else places.mask(closed.reindex(places.index), 0.0)
        found = assign_persons(reach, persons, left, penalty_metres=1e6, limit_metres=limit)
        return float(found.unserved.sum())

    own, today = closures[(closures["kind"] == kind)], lack()
    singles, pairs = own["quarter_id"].notna(), own["other"].notna() & own["offer"].notna()
    some = pd.concat([own[singles].iloc[[0, 6]], own[pairs].head(2), own[own["offer"].isna()].iloc[[0, -1]]])
    for row in some.to_dict("records"):
        by = names if row["offer"] else runs
        more = lack(by.isin([row["offer"] or row["provider"], row["other"]])) - today
        assert abs(row["unplaced"] - more) <= 5
    assert closures.loc[closures["kind"] == "spielplatz", "unplaced"].isna().all()


def test_who_can_choose_is_told_in_tens_and_never_of_few(measured: tuple[Project, Tables, Measured]) -> None:
    """Beside all persons and beside those with any offer, whose numbers are exact."""
    project, tables, found = measured
    assert tables.population is not None
    assert project.coverage is not None
    choices, quarters = count_choices(*measured), tables.population.cells["quarter_id"]
    hidden = 0
    for kind, reach in found.reaches.items():
        persons = count_persons(tables.population, target_group=found.true[kind].target_group)
        assert persons is not None
        limit = project.coverage.to_metres(find_limit(project, kind))
        offers, own = count_alternatives(reach, limit_metres=limit), choices[choices["kind"] == kind]
        own = own.set_index("quarter_id")
        everybody = persons.groupby(quarters).sum()
        table = found.coverages[kind].table
        reached = table[table["minutes"] == find_limit(project, kind)].set_index("quarter_id")["reached"]
        for column, least in COUNTS.items():
            true = persons.where(offers >= least).groupby(quarters).sum()
            few = [(number > 0) & (number < 10) for number in (true, reached - true, everybody - true)]
            assert own[column].isna().equals(few[0] | few[1] | few[2]), (kind, column)
            assert ((own[column] - true).abs().dropna() <= 5).all()
            hidden += int(own[column].isna().sum())
    assert hidden > 5
    assert set(choices.loc[choices["two"].isna() | choices["three"].isna(), "status"]) == {SUPPRESSED}


def test_two_offers_of_one_provider_are_one_provider(measured: tuple[Project, Tables, Measured]) -> None:
    project, tables, found = measured
    alone = replace(tables, offers=Offers(tables.offers.assign(provider="Stadt")))
    nobody = replace(tables, offers=Offers(tables.offers.assign(provider="")))
    assert (count_choices(project, alone, found)["two_providers"].dropna() == 0).all()
    assert count_choices(project, nobody, found)["two_providers"].isna().all()


def test_nobody_is_told_of_where_persons_are_withheld(measured: tuple[Project, Tables, Measured]) -> None:
    project, tables, found = measured
    shown = {kind: hide_people(one, quarter_ids=["08"]) for kind, one in found.coverages.items()}
    choices = count_choices(project, tables, replace(found, coverages=shown))
    own = choices[choices["quarter_id"] == "08"]
    assert own[[*COUNTS, "two_providers"]].isna().to_numpy().all()
    assert set(own["status"]) == {SUPPRESSED}


def test_what_matters_most_comes_first(closures: pd.DataFrame) -> None:
    named = closures[closures["offer"].notna()]
    assert len(named) > 20
    for _, own in named.groupby(["kind", named["other"].isna()]):
        assert (np.diff(own["lose"].dropna()) <= 0).all()


def test_redundancy_names_the_limit_where_it_counts_the_kind(measured: tuple[Project, Tables, Measured]) -> None:
    project = measured[0]
    assert find_limit(replace(project, redundancy_minutes=15.0), "jugendarbeit") == 15
    assert find_limit(replace(project, redundancy_minutes=15.0), "spielplatz") == 10


def test_where_people_are_withheld_a_closure_that_concerns_them_is(measured: tuple[Project, Tables, Measured]) -> None:
    project, tables, found = measured
    assert tables.population is not None
    gap = pd.DataFrame([{"quarter_id": "09", "age_group": "0-3", "status": "suppressed"}])
    hidden = replace(tables, population=replace(tables.population, gaps=gap))
    kita = "kindertageseinrichtung"
    only = replace(found, reaches={kita: found.reaches[kita]})
    before, after = (close_offers(project, one, only)[0] for one in (tables, hidden))
    inside = tables.offers[(tables.offers["kind"] == kita) & (tables.offers["quarter_id"] == "09")]
    own = before["offer"].isin(inside["name"])
    assert own.sum() == len(inside) > 0
    assert before.loc[own, "reached"].notna().all()
    touched = after[after["offer"].isin(inside["name"])]
    assert (touched["status"] == "suppressed").all()
    assert touched[["reached", "lose", "farther", "more_metres"]].isna().to_numpy().all()
    assert (after["status"] == "observed").any()


def test_a_kind_by_area_is_never_closed_one_by_one(measured: tuple[Project, Tables, Measured]) -> None:
    """A childminder is a person."""
    project, tables, found = measured
    kinds = {code: replace(kind, by_area=True) for code, kind in tables.kinds.items()}
    assert close_offers(project, replace(tables, kinds=kinds), found)[0].empty


def test_a_project_that_shows_no_fewer_than_forty_shows_no_fewer_here(
    measured: tuple[Project, Tables, Measured],
) -> None:
    project, tables, found = measured
    shown, _ = close_offers(replace(project, smallest=40), tables, found)
    counts = shown[["reached", "lose", "farther"]].to_numpy(dtype=float)
    assert (counts > 0).any()
    assert counts[counts > 0].min() >= 40
