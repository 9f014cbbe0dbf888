"""What a supposed shock would take away, in a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.disclose.reached import hide_people
from sro_geo.errors import Place, ProjectError
from sro_geo.model.offers import Offers
from sro_geo.model.population import count_persons
from sro_geo.pipeline.closing import close_offers
from sro_geo.pipeline.supposing import COLUMNS, COUNTS, suppose_all
from sro_geo.project.values import ShockOrder
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

    Given = tuple[Project, Tables, Measured]

KITA = "kindertageseinrichtung"
ORDER = ShockOrder(
    kind=KITA, minutes=10.0, close_offers=(), close_providers=(), fewer_places=0.0, more_persons=0.0,
    place=Place(file="project.toml", row=7),
)  # fmt: skip


@pytest.fixture
def given(musterstadt_measured: Given) -> Given:
    return musterstadt_measured


def suppose(given: Given, **asked: Any) -> pd.DataFrame:
    return suppose_all(replace(given[0], suppose=(replace(ORDER, **asked),)), *given[1:])


def test_a_closure_is_that_of_the_table_of_closures(given: Given) -> None:
    """Told of each offer that has a number in both: the city's persons, in the same tens."""
    project, tables, found = given
    closures = close_offers(project, tables, replace(found, reaches={KITA: found.reaches[KITA]}))
    single = closures[closures["offer"].notna()].head(4)
    assert (single["lose"] > 0).sum() > 1
    for row in single.to_dict("records"):
        city = suppose(given, close_offers=(row["offer"],)).iloc[-1]
        assert [city["lose"], city["farther"]] == pytest.approx([row["lose"], row["farther"]], nan_ok=True)
        assert city["supposed"] == f"{row['offer']} schließt"


def test_a_provider_closes_with_all_its_offers(given: Given) -> None:
    own = given[1].offers.loc[given[2].reaches[KITA].offer_ids]
    name = own["provider"].value_counts().index[0]
    every = tuple(own.loc[own["provider"] == name, "name"])
    assert len(every) > 1
    one, all_ = suppose(given, close_providers=(name,)), suppose(given, close_offers=every)
    pd.testing.assert_frame_equal(one.drop(columns="supposed"), all_.drop(columns="supposed"))
    assert one["supposed"].iloc[0] == f"alle Angebote von {name} schließen"


def test_places_follow_from_shown_numbers_alone(given: Given) -> None:
    supply = given[2].supplies[KITA].table
    table = suppose(given, fewer_places=0.5, more_persons=0.25).set_index("quarter_id")
    quarters = table.iloc[:-1]
    rate = 100 * supply["rate"].reindex(quarters.index)
    assert quarters["places_before"].to_numpy() == pytest.approx(rate.to_numpy(), nan_ok=True)
    assert table["places_after"].to_numpy() == pytest.approx(0.4 * table["places_before"].to_numpy(), nan_ok=True)
    assert table["places_before"].iloc[-1] == pytest.approx(100 * supply["places"].sum() / supply["persons"].sum())
    assert (table[[*COUNTS]] == 0).to_numpy().all()
    assert table["supposed"].iloc[0] == (
        "50\u00a0% weniger Plätze in allen anderen; 25\u00a0% mehr Menschen der Zielgruppe"
    )


def test_no_count_is_of_few_nor_leaves_few(given: Given) -> None:
    """Neither beside all persons of a quarter nor beside those with an offer in reach, whose numbers are exact."""
    project, tables, found = given
    own = tables.offers.loc[found.reaches[KITA].offer_ids]
    table = suppose(given, close_offers=tuple(own.index[::2]))
    reached = found.true[KITA].table.query("minutes == 10").set_index("quarter_id")["reached"]
    lost = table.iloc[:-1].set_index("quarter_id")["lose"]
    assert lost.isna().any()
    assert (lost > 0).any()
    assert (table[[*COUNTS]].fillna(0) % 10 == 0).to_numpy().all()
    rest = (reached - lost)[lost > 0]
    assert ((rest < 5.5) | (rest >= 5)).all()
    assert set(table.loc[table["lose"].isna(), "status"]) == {"suppressed"}
    assert set(table.loc[table[[*COUNTS]].notna().all(axis=1), "status"]) == {"observed"}
    wide = suppose_all(
        replace(project, smallest=40, suppose=(replace(ORDER, close_offers=tuple(own.index[::2])),)), tables, found
    )
    counts = wide[[*COUNTS]].to_numpy(dtype=float)
    assert counts[counts > 0].min() >= 90  # a withheld one stays open over forty beside the city's


def test_what_is_left_of_a_quarter_is_never_few(given: Given) -> None:
    """Without any offer all that had one lose it; where all but a few had one, the number tells nobody how few."""
    tables, found = given[1:]
    table = suppose(given, close_offers=tuple(tables.offers.loc[found.reaches[KITA].offer_ids].index))
    persons = count_persons(tables.population, target_group=found.true[KITA].target_group)  # type: ignore[arg-type]
    assert persons is not None
    assert tables.population is not None
    everybody = persons.groupby(tables.population.cells["quarter_id"]).sum()
    true = found.true[KITA].table.query("minutes == 10").set_index("quarter_id")["reached"]
    few = ((everybody - true) > 0) & ((everybody - true) < 10) | (true > 0) & (true < 10)
    assert few.any()
    own = table.iloc[:-1].set_index("quarter_id")
    assert own["lose"].isna().equals(few.reindex(own.index))


def test_where_persons_are_withheld_nothing_is_told(given: Given) -> None:
    project, tables, found = given
    shown = {kind: hide_people(one, quarter_ids=["01"]) for kind, one in found.coverages.items()}
    table = suppose((project, tables, replace(found, coverages=shown)), close_offers=("Kita Nordtor",))
    row = table[table["quarter_id"] == "01"].iloc[0]
    assert row[[*COUNTS, "more_metres"]].isna().all()
    assert row["status"] == "suppressed"
    assert table.iloc[-1][[*COUNTS]].isna().all()  # the city has that quarter in it


def test_a_project_that_supposes_nothing_has_no_table(given: Given) -> None:
    table = suppose_all(replace(given[0], suppose=()), *given[1:])
    assert table.empty
    assert list(table.columns) == list(COLUMNS)


def test_what_closes_must_be_known_and_the_only_one(given: Given) -> None:
    project, tables, found = given
    twins = Offers(tables.offers.assign(name=tables.offers["name"].replace({"Kita Hafenkinder": "Kita Nordtor"})))
    assert (twins["name"] == "Kita Nordtor").sum() == 2
    order = replace(ORDER, close_offers=("Kita Nordtor", "Kita Südrng", "qqq"), close_providers=("xyz", "Statd"))
    renamed = Offers(twins.assign(provider=twins["provider"].mask(twins["kind"] == KITA, "Stadt")))
    with pytest.raises(ProjectError) as raised:
        suppose_all(replace(project, suppose=(order,)), replace(tables, offers=renamed), found)
    told = [Speaker("de").problem(problem) for problem in raised.value.problems]
    assert [problem.cause for problem in raised.value.problems] == [
        "suppose_several", "suppose_no_offer_similar", "suppose_no_offer", "suppose_no_provider", "suppose_no_provider_similar"
    ]  # fmt: skip
    assert all("Wo: project.toml, Zeile 7" in one for one in told)
    assert "Meinten Sie „Stadt“?" in told[-1]


def test_a_kind_without_a_share_cannot_be_shaken(given: Given) -> None:
    project, tables, found = given
    with pytest.raises(ProjectError) as raised:
        suppose_all(replace(project, suppose=(ORDER,)), tables, replace(found, reaches={}))
    assert [problem.cause for problem in raised.value.problems] == ["kind_unmeasured"]


def test_without_places_there_are_none(given: Given) -> None:
    table = suppose((*given[:2], replace(given[2], supplies={})), fewer_places=0.5)
    assert np.isnan(table["places_before"].to_numpy(dtype=float)).all()
