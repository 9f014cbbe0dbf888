"""What a view says beside its map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sro_geo.model.atlas import Alike, RankRow
from sro_geo.model.picture import MapStyle
from sro_geo.model.series import Series
from sro_geo.render.page import PAGE_WORDS, describe_atlas
from sro_geo.render.palette import DIVERGING
from sro_geo.report.atlas import make_atlas
from sro_geo.report.shown import list_shown
from sro_geo.report.views import _drop_far, _list_ticks, make_view
from sro_geo.text.numbers import round_half_up
from tests.told import show_one

if TYPE_CHECKING:
    from sro_geo.model.picture import Method, Picture
    from sro_geo.model.study import Study

ROOT = Path(__file__).parents[3]


@pytest.fixture
def study(musterstadt: Study) -> Study:
    return musterstadt


def test_a_place_with_brackets_in_its_name_keeps_its_value(study: Study) -> None:
    maps = ("ohne_kindertageseinrichtung_10",)
    oder = replace(study, about=replace(study.about, place="Frankfurt (Oder)", maps=maps))
    views = describe_atlas(make_atlas(oder, page_words=PAGE_WORDS, alike=Alike(quarters={}, codes=())))["views"]
    told = {
        view["picture"]["slug"]: (view["cityValue"], view["cityLabel"], view["picture"]["subtitle"]) for view in views
    }
    value, label, subtitle = told["ohne_kindertageseinrichtung_10"]
    assert value.endswith("\u00a0%")
    assert label == f"Frankfurt (Oder) {value}"
    assert subtitle.startswith(f"2024 · {label}")


def test_the_page_writes_the_number_that_the_map_is_labelled_with(study: Study) -> None:
    """A value goes to the page cut, so that it is rounded once and not twice."""
    for shown in list_shown(study):
        view = make_view(study, shown, family=[shown])
        for row in view.ranking:
            if row.value is not None:
                value = shown.values["value"].astype(float)[row.quarter_id]
                assert round_half_up(row.value, digits=view.digits) == round_half_up(value, digits=view.digits)


FOUR = ("#f7fcf5", "#a1d99b", "#238b45", "#00441b")


def draw(study: Study, code: str, style: MapStyle) -> Picture:
    styled = replace(study, about=replace(study.about, styles={code: style}))
    shown = {one.code: one for one in list_shown(styled)}
    family = [one for one in shown.values() if one.kind == shown[code].kind and one.minutes] or [shown[code]]
    return make_view(styled, shown[code], family=family).picture


def test_a_map_is_drawn_as_the_project_file_says(study: Study) -> None:
    picture = draw(study, "kinder_sgb2", MapStyle(breaks=(10, 20, 30), colours=FOUR, offers="all"))
    assert picture.breaks == (10, 20, 30)
    assert [one.label for one in picture.classes] == ["unter 10", "10 bis unter 20", "20 bis unter 30", "30 und mehr"]
    assert tuple(one.fill for one in picture.classes) == FOUR
    assert picture.offers == "all"
    known = [(label, placed) for label, placed in zip(picture.labels, picture.placed, strict=True) if placed >= 0]
    assert len(known) > 5
    for label, placed in known:
        assert placed == sum(cut <= int(label.strip("()").split("\u00a0")[0]) for cut in picture.breaks)


@pytest.mark.parametrize("code", ["kinder_sgb2", "ohne_kindertageseinrichtung_10"])
@pytest.mark.parametrize("method", ["equal", "jenks", "deviation"])
def test_classes_are_cut_by_the_method_that_the_project_names(study: Study, code: str, method: Method) -> None:
    """Maps that share their classes, too."""
    usual, own = draw(study, code, MapStyle()), draw(study, code, MapStyle(method=method, classes=3))
    assert own.breaks != usual.breaks
    assert 1 <= len(own.breaks) <= 3
    assert own.labels == usual.labels


def test_colours_of_counts_and_of_rise_and_fall_are_cut_where_the_project_says(study: Study) -> None:
    code = "kinder_sgb2"
    counts = replace(study, specs={**study.specs, code: replace(study.specs[code], unit="number")})
    assert len(draw(counts, code, MapStyle()).classes) == 1
    assert len(draw(counts, code, MapStyle(breaks=(12,))).classes) == 2
    assert len(draw(counts, code, MapStyle(classes=2)).classes) == 2
    signed = replace(study, specs={**study.specs, code: replace(study.specs[code], signed=True)})
    balance = draw(signed, code, MapStyle(breaks=(0, 5)))
    assert [one.fill for one in balance.classes] == [DIVERGING[1], DIVERGING[3], DIVERGING[4]]


def test_breaks_of_the_catalogue_hold_on_every_map_and_give_way_to_those_of_one(study: Study) -> None:
    specs = {**study.specs, "kinder_sgb2": replace(study.specs["kinder_sgb2"], breaks=(5, 25))}
    fixed = replace(study, specs=specs)
    assert draw(fixed, "kinder_sgb2", MapStyle()).breaks == (5, 25)
    assert draw(fixed, "kinder_sgb2", MapStyle(breaks=(12,))).breaks == (12,)
    view = next(one for one in list_shown(fixed) if one.code == "kinder_sgb2")
    years = make_view(fixed, view, family=[view]).years
    assert {picture.breaks for picture in years} == {(5, 25)}


def test_a_notice_does_not_repeat_that_the_offers_are_invented(study: Study) -> None:
    own, notice = set(study.offers["source"]), "Beispieldaten: Alle Angebote sind erfunden."
    sources = tuple(replace(one, notice=notice, example=one.file in own) for one in study.sources)
    real = replace(study, about=replace(study.about, example=False), sources=sources)
    shown = next(one for one in list_shown(real) if bool(one.values["example"].any()))
    picture = make_view(real, shown, family=[shown]).picture
    assert picture.example == "Beispieldaten: Alle Angebote sind erfunden."
    assert picture.example not in picture.notices


@pytest.mark.parametrize("offers_too", [False, True])
@pytest.mark.parametrize("invented", ["", "zellen"], ids=["all else", "where they live"])
def test_invented_children_are_not_told_as_invented_offers(study: Study, *, invented: str, offers_too: bool) -> None:
    """Real offers among invented children: neither are the offers invented nor is all else official."""
    own = set(study.offers["source"])
    real = replace(
        study,
        about=replace(study.about, example=False),
        offers=study.offers.assign(example=offers_too),
        sources=tuple(
            replace(one, example=offers_too if one.file in own else invented in one.file) for one in study.sources
        ),
    )
    shown = next(one for one in list_shown(real) if bool(one.values["example"].any()))
    view = make_view(real, shown, family=[shown])
    assert view.picture.example == "Beispieldaten: Ein Teil der Werte ist erfunden."
    assert "Angebot" not in view.ranking_note
    assert "Angebot" not in view.lead


@pytest.mark.parametrize(
    ("code", "warned"),
    [
        ("ohne_kindertageseinrichtung_10", True), ("erreichbare_plaetze_kindertageseinrichtung", True), ("annahme_1", True),
        ("angebote_in_reichweite", True), ("plaetze_kindertageseinrichtung", False), ("kinder_sgb2", False),
    ],
)  # fmt: skip
def test_every_map_of_walks_says_how_they_were_measured(study: Study, code: str, *, warned: bool) -> None:
    shown = next(one for one in list_shown(study) if one.code == code)
    assert (
        "Gehzeiten geschätzt aus der Luftlinie." in make_view(study, shown, family=[shown]).picture.warnings
    ) == warned


def test_a_map_of_an_invented_town_says_so_once(study: Study) -> None:
    shown = list_shown(study)[0]
    picture = make_view(study, shown, family=[shown]).picture
    assert any("erfunden" in source.notice for source in study.sources)
    assert [text for text in (picture.example, *picture.notices) if "erfunden" in text] == [picture.example]


def test_the_state_is_that_of_the_values_and_not_of_the_streets(study: Study) -> None:
    given = set(study.indicators["source"])
    dated = tuple(replace(one, date="2019-12-31" if one.file in given else "2024-06-30") for one in study.sources)
    atlas = make_atlas(
        show_one(replace(study, sources=dated)), page_words=PAGE_WORDS, alike=Alike(quarters={}, codes=())
    )
    assert "31.12.2019" in atlas.subtitle


def test_a_far_value_of_another_year_does_not_press_the_axis_together() -> None:
    """Quartiles of 1 to 9 are 3 and 7: what is beyond 3 − 12 and 7 + 12 is far off. The year shown has room for all."""
    numbers = [float(n) for n in range(1, 10)]
    assert _drop_far([*numbers, 19.0, -9.0]) == [*numbers, 19.0, -9.0]
    assert _drop_far([*numbers, 400.0]) == numbers
    assert _drop_far([]) == []
    row = RankRow(quarter_id="1", value=8.0, low=None, high=None, uncertain=False, rank="1")
    line = Series(years=(2023, 2024), quarters={str(n): (n, n) for n in [*numbers, 400.0]}, city=(), group=())
    assert _list_ticks((row,), line) == ((0.0, 5.0, 10.0), 0)
    assert _list_ticks((replace(row, value=400.0),), line) == ((0.0, 100.0, 200.0, 300.0, 400.0), 0)
