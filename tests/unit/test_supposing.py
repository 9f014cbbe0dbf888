"""What a supposed shock would take away, in a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.disclose.losses import COUNTS, round_losses
from sro_geo.disclose.reached import hide_people
from sro_geo.disclose.telling import Count
from sro_geo.errors import Place, ProjectError
from sro_geo.load.hours import Moment
from sro_geo.model.offers import Offers
from sro_geo.model.population import count_persons
from sro_geo.pipeline.closing import close_offers
from sro_geo.pipeline.supposing import COLUMNS, note_hours, suppose_all
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
    place=Place(file="project.toml", row=7), code="annahme_1",
)  # fmt: skip
SATURDAY = Moment(month=None, weekday=5, hour=10, minute=0)


@pytest.fixture
def given(musterstadt_measured: Given) -> Given:
    return musterstadt_measured


def suppose(given: Given, **asked: Any) -> pd.DataFrame:
    return suppose_all(replace(given[0], suppose=(replace(ORDER, **asked),)), *given[1:], {})


def test_a_closure_is_that_of_the_table_of_closures(given: Given) -> None:
    """Told of each offer that has a number in both: the city's persons, in the same tens."""
    project, tables, found = given
    closures, _ = close_offers(project, tables, replace(found, reaches={KITA: found.reaches[KITA]}))
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
        replace(project, smallest=40, suppose=(replace(ORDER, close_offers=tuple(own.index[::2])),)), tables, found, {}
    )
    counts = wide[[*COUNTS]].to_numpy(dtype=float)
    assert counts[counts > 0].min() >= 90  # a withheld one stays open over forty beside the city's


def test_what_closes_together_does_not_tell_a_few_of_the_table_of_closures(given: Given) -> None:
    """Nobody knows how many lose their last offer with the one; with the other it is known exactly, with both it would be."""
    first, second = (str(one) for one in given[2].reaches[KITA].offer_ids[:2])
    order = replace(ORDER, close_offers=(first, second))
    project = replace(given[0], suppose=(order, order))
    whole = float(suppose_all(project, *given[1:], {})["lose"].iloc[-1])
    assert whole > 0
    one = Count(offers=frozenset([first]), quarter_id=None, low=1.0, high=np.inf, shown=False)
    for least, hidden in ((whole + 2, True), (whole - 5, False)):
        other = Count(offers=frozenset([second]), quarter_id=None, low=least, high=least, shown=True)
        table = suppose_all(project, *given[1:], {KITA: {"lose": [one, other], "farther": []}})
        assert table.loc[table["quarter_id"].isna(), "lose"].isna().tolist() == [hidden] * 2


@pytest.mark.parametrize(("few", "hidden"), [(1, True), (9, False)])
def test_the_city_does_not_tell_a_withheld_quarter_beside_one_that_is_known(few: int, *, hidden: bool) -> None:
    """All 53 of one quarter lose; 50 for the city would tell 1 of the other, 60 leaves it open."""
    counts = {name: [53.0, few, 53.0 + few] for name in COUNTS}
    table = pd.DataFrame({"quarter_id": ["01", "02", None], **counts, "metres": 0.0})
    shown = pd.DataFrame({"persons": [53.0, 300.0], "reached": [53.0, 200.0]}, index=["01", "02"])
    found = round_losses(table, shown, closed=frozenset("a"), beside={}, smallest=3)
    for name in ("lose", "lose_choice"):  # the second is protected here alone
        assert found[name].isna().tolist() == [False, True, hidden]


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


def state_times(given: Given, times: list[str]) -> Given:
    """Musterstadt, where the first day-care centres alone state times, these."""
    project, tables, found = given
    stated = tables.offers["opening_times"].where(tables.offers["kind"] != KITA, "")
    stated.loc[found.reaches[KITA].offer_ids[: len(times)]] = times
    return project, replace(tables, offers=Offers(tables.offers.assign(opening_times=stated))), found


def test_what_is_shut_at_a_moment_is_as_if_it_closed(given: Given) -> None:
    stated = state_times(given, ["Mo-Fr 7-17 Uhr", "24/7", "Mo-Fr 07:00-17:00; Sa off", "nach Vereinbarung"])
    ids = [str(one) for one in given[2].reaches[KITA].offer_ids]
    shut, closed = suppose(stated, open_at=SATURDAY), suppose(given, close_offers=(ids[0], ids[2]))
    assert closed.iloc[-1]["lose"] > 0
    pd.testing.assert_frame_equal(shut.drop(columns="supposed"), closed.drop(columns="supposed"))
    assert shut["supposed"].iloc[0] == f"Samstag um 10\u00a0Uhr, geschlossen: 2 von {len(ids)}"
    both = suppose(stated, open_at=replace(SATURDAY, month=8, minute=30), close_offers=(ids[1], ids[2]))
    assert both["supposed"].iloc[0].startswith("Samstag im August um 10:30\u00a0Uhr, geschlossen: 2 von ")
    pd.testing.assert_series_equal(both["lose"], suppose(given, close_offers=tuple(ids[:3]))["lose"])
    weekday = suppose(stated, open_at=replace(SATURDAY, weekday=0))
    assert (weekday[[*COUNTS]] == 0).to_numpy().all()


def test_a_town_that_is_all_open_loses_nothing(given: Given) -> None:
    every = ["24/7"] * len(given[2].reaches[KITA].offer_ids)
    stated = state_times(given, every)
    table = suppose(stated, open_at=SATURDAY)
    assert (table[[*COUNTS]] == 0).to_numpy().all()
    np.testing.assert_array_equal(table["places_before"], table["places_after"])
    assert note_hours(replace(given[0], suppose=(replace(ORDER, open_at=SATURDAY),)), *stated[1:]) == ()


def test_what_times_are_not_known_is_told_once_for_each_kind(given: Given) -> None:
    project, tables, found = state_times(given, ["Mo-Fr 7-17 Uhr", "nach Vereinbarung", "Sa 9-12"])
    orders = tuple(replace(ORDER, open_at=one) for one in (SATURDAY, replace(SATURDAY, weekday=0), None))
    notes = note_hours(replace(project, suppose=orders), tables, found)
    own = tables.offers.loc[found.reaches[KITA].offer_ids]
    told = [Speaker("de").note(note) for note in notes]
    known = f"bekannt bei 3 von {len(own)}"
    unread = f"1 Angebot nennt Öffnungszeiten, die sich nicht lesen lassen: {own['name'].iloc[1]} (nach Vereinbarung)"
    assert told == [
        f"Kitas: {len(own) - 3} nennen keine Öffnungszeiten und gelten immer als offen ({known}).",
        f"{unread}. Es gilt immer als offen.",
    ]
    assert notes[1].places == (Place(file=own["source"].iloc[1], row=own["row"].iloc[1]),)
    assert note_hours(replace(project, suppose=(replace(ORDER, close_offers=("x",)),)), tables, found) == ()
    assert note_hours(replace(project, suppose=orders), tables, replace(found, reaches={})) == ()


@pytest.mark.parametrize(("times", "causes"), [([], []), (["nach Vereinbarung"], ["hours_unread"])])
def test_a_moment_without_times_is_refused(given: Given, times: list[str], causes: list[str]) -> None:
    with pytest.raises(ProjectError) as raised:
        suppose(state_times(given, times), open_at=SATURDAY, fewer_places=0.5)
    assert [problem.cause for problem in raised.value.problems] == ["suppose_no_hours", *causes]
    assert "kindertageseinrichtung" in (told := Speaker("de").problem(raised.value.problems[0]))
    assert "Wo: project.toml, Zeile 7" in told


def test_a_project_that_supposes_nothing_has_no_table(given: Given) -> None:
    table = suppose_all(replace(given[0], suppose=()), *given[1:], {})
    assert table.empty
    assert list(table.columns) == list(COLUMNS)


def test_what_closes_must_be_known_and_the_only_one(given: Given) -> None:
    project, tables, found = given
    twins = Offers(tables.offers.assign(name=tables.offers["name"].replace({"Kita Hafenkinder": "Kita Nordtor"})))
    assert (twins["name"] == "Kita Nordtor").sum() == 2
    order = replace(ORDER, close_offers=("Kita Nordtor", "Kita Südrng", "qqq"), close_providers=("xyz", "Statd"))
    renamed = Offers(twins.assign(provider=twins["provider"].mask(twins["kind"] == KITA, "Stadt")))
    with pytest.raises(ProjectError) as raised:
        suppose_all(replace(project, suppose=(order,)), replace(tables, offers=renamed), found, {})
    told = [Speaker("de").problem(problem) for problem in raised.value.problems]
    assert [problem.cause for problem in raised.value.problems] == [
        "suppose_several", "suppose_no_offer_similar", "suppose_no_offer", "suppose_no_provider", "suppose_no_provider_similar"
    ]  # fmt: skip
    assert all("Wo: project.toml, Zeile 7" in one for one in told)
    assert "Meinten Sie „Stadt“?" in told[-1]


def test_a_kind_without_a_share_cannot_be_shaken(given: Given) -> None:
    project, tables, found = given
    with pytest.raises(ProjectError) as raised:
        suppose_all(replace(project, suppose=(ORDER,)), tables, replace(found, reaches={}), {})
    assert [problem.cause for problem in raised.value.problems] == ["kind_unmeasured"]


def test_without_places_there_are_none(given: Given) -> None:
    table = suppose((*given[:2], replace(given[2], supplies={})), fewer_places=0.5)
    assert np.isnan(table["places_before"].to_numpy(dtype=float)).all()
