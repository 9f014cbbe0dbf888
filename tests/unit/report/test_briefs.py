"""The sheet of a quarter: what stands on it, and that it is on the paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.model.atlas import Alike
from sro_geo.model.brief import Curve
from sro_geo.model.series import Break
from sro_geo.render.brief import BRIEF_WORDS, draw_briefs
from sro_geo.render.briefcharts import _cut_line, _part_labels, tell_breaks
from sro_geo.render.page import PAGE_WORDS
from sro_geo.render.paper import cut_text, measure, wrap_text
from sro_geo.report.atlas import make_atlas
from sro_geo.report.briefs import make_briefs, name_files
from tests.pdf_text import count_pages, read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from sro_geo.model.atlas import AtlasData
    from sro_geo.model.brief import Brief
    from sro_geo.model.study import Study

Known = "tuple[Study, AtlasData, dict[str, Brief]]"


@pytest.fixture(scope="module")
def made(musterstadt: Study) -> Any:
    data = make_atlas(musterstadt, page_words=(*PAGE_WORDS, *BRIEF_WORDS), alike=Alike(quarters={}, codes=()))
    return musterstadt, data, {brief.profile.quarter_id: brief for brief in make_briefs(musterstadt, data)}


@pytest.fixture(scope="module")
def broken(made: Any) -> Brief:
    """The brief of Neue Heide with a break in the first of its series."""
    brief: Brief = made[2]["08"]
    first, *others = brief.curves
    census = Break(year=2011, text="Bruch in der Zeitreihe 2011: Zensus")
    return replace(brief, curves=(replace(first, breaks=(census,)), *others))


@pytest.fixture(scope="module")
def sheet(made: Any, broken: Brief) -> bytes:
    return dict(draw_briefs([broken], made[1]))["08-neue-heide"]


def test_every_quarter_has_a_sheet_with_its_own_values_beside_the_city_s(made: Any) -> None:
    study, data, briefs = made
    assert list(briefs) == list(study.quarters.index)
    views = {view.picture.name: view for view in data.views}
    checked = 0
    for quarter, brief in briefs.items():
        assert brief.facts[0].name == "Resilienzindex, Punkte"
        for fact in brief.facts:
            view = next(
                view for name, view in views.items() if fact.name in (name, f"{name}, Punkte", f"{name}, je 1.000")
            )
            assert (fact.value, fact.city, fact.rank) == (view.values[quarter], view.city_value, view.places[quarter])
            checked += 1
        for row in brief.unreached:
            for limit, share in zip(brief.limits, row.shares, strict=True):
                view = views[f"{row.name} in {limit}"]
                assert share == (view.values[quarter], view.city_value)
                checked += 1
    assert checked == 12 * (7 + 5 * 3)


def test_what_is_not_known_is_named_with_its_reason(made: Any) -> None:
    _, _, briefs = made
    assert briefs["04"].gaps[0] == (
        "Ohne Wert: Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten und 6- bis unter 15-Jährige ohne Jugendtreff in "
        "10\u00a0Gehminuten (geheim); Frühe Hilfen: erreichbare Plätze je 100 Kinder unter\u00a03 (15\u00a0Gehminuten) und "
        "Sprachförderung (keine Angabe)."
    )
    assert briefs["08"].gaps[1:] == ("Für Musterstadt nur aus einem Teil der Quartiere: Resilienzindex.",)
    for brief in briefs.values():
        told = [share for row in brief.unreached for share, _ in row.shares] + [fact.value for fact in brief.facts]
        assert ("geheim" in told) <= ("(geheim)" in " ".join(brief.gaps))


def test_the_first_sentence_has_a_value(made: Any) -> None:
    """The map that the project asks for is withheld in Gartenfeld: another one is told."""
    _, _, briefs = made
    assert briefs["08"].sentences[0].startswith("In Neue Heide erreichen 40\u00a0% der Kinder unter\u00a06")
    assert "geheim" not in briefs["04"].sentences[0]


def test_what_may_be_is_told_where_a_value_is_not_exact(made: Any) -> None:
    _, data, briefs = made
    row = next(row for row in data.views[0].ranking if row.quarter_id == "04")
    assert row.low is not None
    assert row.high is not None
    assert briefs["04"].facts[0].span == f"{row.low:.0f} bis {row.high:.0f}"
    assert briefs["08"].facts[0].span == ""


def test_lines_are_those_of_the_page_and_a_gap_stays_one(made: Any) -> None:
    _, data, briefs = made
    series = {view.picture.name: view.series for view in data.views if view.series is not None}
    for quarter, brief in briefs.items():
        assert brief.curves
        for curve in brief.curves:
            assert curve.own == series[curve.name].quarters[quarter]
            assert curve.city == series[curve.name].city
    assert _cut_line((1.0, None, 2.0, 3.0, None), ()) == [[(0, 1.0)], [(2, 2.0), (3, 3.0)]]
    assert _cut_line((1.0, None, 2.0, 3.0, 4.0), (3,)) == [[(0, 1.0)], [(2, 2.0)], [(3, 3.0), (4, 4.0)]]
    assert _cut_line((1.0, None, 2.0), (1,)) == [[(0, 1.0)], [(2, 2.0)]]


def test_a_break_is_told_once_with_the_lines_that_have_it() -> None:
    census, law = Break(year=2011, text="Bruch 2011: Zensus"), Break(year=2017, text="Bruch 2017: Gesetz")
    line: dict[str, Any] = {"years": (2010, 2011), "own": (1.0, 2.0), "city": (1.0, 2.0), "label": "", "city_label": ""}
    curves = [
        Curve(name=name, breaks=breaks, **line) for name, breaks in (("A", (census,)), ("B", (census, law)), ("C", ()))
    ]
    assert tell_breaks(curves) == ["Bruch 2011: Zensus (A, B)", "Bruch 2017: Gesetz (B)"]


def test_a_city_that_is_not_known_in_full_has_no_last_value_in_its_line(made: Any) -> None:
    study, data, _ = made
    views = tuple(
        view if view.series is None else replace(view, series=replace(view.series, partly=("city",)))
        for view in data.views
    )
    brief = make_briefs(study, replace(data, views=views))[0]
    assert [(curve.city[-1], curve.city_label) for curve in brief.curves] == [(None, "")] * len(brief.curves)


def test_the_sheet_holds_what_the_brief_says_on_one_side_of_a4(made: Any, broken: Brief, sheet: bytes) -> None:
    data, brief, texts = made[1], broken, read_pdf(sheet)
    assert count_pages(sheet) == 1
    assert b"/MediaBox [ 0 0 595.28 841.89 ]" in sheet
    assert b"CreationDate" not in sheet
    joined = " ".join(texts)
    for text in (
        brief.profile.name,
        brief.profile.people,
        "Modellregion",
        "Beispieldaten",
        data.digest,
        data.example,
        *brief.gaps,
        *tell_breaks(brief.curves),
        "am langen Strich bricht die Zeitreihe",
    ):
        assert text in joined, text
    for fact in brief.facts:
        assert {fact.name, fact.value, fact.city, fact.rank} <= set(texts)
    for row in brief.unreached:
        assert {row.name, *(cell for share in row.shares for cell in share)} <= set(texts)
    for part in brief.profile.parts:
        assert {part.name, part.number} <= set(texts)
    for sentence in (*brief.sentences, brief.sources):
        assert sentence in joined


def test_the_same_sheet_gives_the_same_bytes(made: Any, broken: Brief, sheet: bytes) -> None:
    ((_, again),) = draw_briefs([broken], made[1])
    assert again == sheet


def test_the_marks_of_invented_data_and_of_the_office_s_own_edition_stand_on_each_sheet(made: Any) -> None:
    study, data, briefs = made
    assert {brief.marks for brief in briefs.values()} == {("Beispieldaten",)}
    internal = replace(study, about=replace(study.about, internal=True))
    marks = {brief.marks for brief in make_briefs(internal, replace(data, example=""))}
    assert marks == {("Nur für den internen Gebrauch: enthält kleine Anzahlen.",)}


def test_names_take_the_room_of_a_column_that_would_be_empty(made: Any) -> None:
    """Beside a column of spans 225 points are left to a name, without one 295."""
    brief: Brief = made[2]["08"]
    name = "Jugendtreff: Plätze je 100 Menschen (6- bis unter 15-Jährige)"
    assert 225 < measure(name, 8.25, "normal") < 295
    for span in ("", "1 bis 2"):
        facts = tuple(replace(fact, name=name, span=span) for fact in brief.facts)
        texts = read_pdf(dict(draw_briefs([replace(brief, facts=facts)], made[1]))["08-neue-heide"])
        assert (name in texts) is (not span)


def test_a_score_stands_in_brackets_in_the_profile_where_it_does_on_the_map(made: Any) -> None:
    _, data, briefs = made
    view = next(view for view in data.views if view.code == "index")
    labels = dict(zip(view.picture.quarter_ids, view.picture.labels, strict=True))
    told = {quarter: brief.profile.index_text.split(" ·")[0] for quarter, brief in briefs.items()}
    assert told == labels
    assert any(text.startswith("(") for text in told.values())


def test_a_kind_begins_small_within_an_english_name(musterstadt: Study) -> None:
    spec = musterstadt.specs["ohne_kindertageseinrichtung_10"]
    assert spec.name["en"] == "Children under\u00a06 with no day-care centre within 10\u00a0minutes’ walk"
    assert spec.name["de"] == "Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten"


def test_whatever_a_city_has_stays_on_the_sheet_and_nothing_lies_on_anything(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long names, many notices: texts keep within the margins, and none crosses another."""
    _, data, briefs = made
    long = "Großwohnsiedlung Seilerwinkel am Alten Güterbahnhof " * 4
    notices = tuple(f"Hinweis {n}: " + "was man wissen muss " * 12 for n in range(9))
    wide = replace(data, title=long, place=long, index_name=long, warnings=notices, shock=(2018, long))
    gaps = tuple(f"Ohne Wert: {long}" for _ in range(3))
    for brief in (briefs["08"], briefs["04"]):
        profile = replace(brief.profile, name=long, people=long, index_text=long, parts_note=long, similar=long)
        facts = tuple(replace(fact, name=f"{fact.name}, {long}") for fact in brief.facts)
        curves = tuple(replace(curve, name=long) for curve in brief.curves)
        full = replace(
            brief,
            profile=profile,
            facts=facts,
            curves=curves,
            gaps=gaps,
            sentences=(long, long),
            heading=long,
            sources=long,
        )
        for one in (full, brief):
            boxes = lay_texts([one], wide if one is full else data, monkeypatch)
            assert all(
                west >= 40 and east <= 556 and north >= 30 and south <= 815 for west, north, east, south, _ in boxes
            ), [box for box in boxes if not (box[0] >= 40 and box[2] <= 556 and box[1] >= 30 and box[3] <= 815)]
            assert list_crossings(boxes) == []


def test_a_name_of_one_endless_word_is_broken_and_never_left_out(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, data, briefs = made
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft-" * 2 + "Nord"
    profile = replace(briefs["08"].profile, name=long)
    brief = replace(briefs["08"], profile=profile, sentences=(f"In {long} sind es 12 %.",))
    boxes = lay_texts([brief], data, monkeypatch)
    texts = [text for *_, text in boxes]
    assert "…" not in texts
    assert sum(text.startswith("Donaudampf") for text in texts) >= 2
    assert all(west >= 40 and east <= 556 for west, _, east, _, _ in boxes)
    assert list_crossings(boxes) == []


def lay_texts(
    briefs: list[Brief], data: AtlasData, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[float, float, float, float, str]]:
    """Box of each text in points from the top left: as wide as its letters, as high as a small letter is."""
    boxes: list[tuple[float, float, float, float, str]] = []

    def keep(_: Any, x: float, y: float, text: str, **style: Any) -> None:
        size = style.get("fontsize", 8.0)
        wide = measure(text, size, style.get("fontweight", "normal"))
        west = {"left": x, "right": x - wide, "center": x - wide / 2}[style.get("ha", "left")]
        boxes.append((west, y - size * 0.4, west + wide, y + size * 0.4, text))

    with monkeypatch.context() as patch:
        for module in ("brief", "briefcharts"):
            patch.setattr(f"sro_geo.render.{module}.write", keep)
        patch.setattr("sro_geo.render.brief.save_leaf", lambda *_, **__: b"")
        list(draw_briefs(briefs, data))
    return boxes


def list_crossings(boxes: list[tuple[float, float, float, float, str]]) -> list[tuple[str, str]]:
    return [
        (one[4], other[4])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def test_files_have_names_that_every_system_takes() -> None:
    assert name_files([("a/b", "Straße „Süd“"), ("..", ""), ("x", "y" * 300)]) == (
        "a-b-strasse-sued",
        "quartier",
        "x-" + "y" * 58,
    )
    names = name_files([("01", "Nord"), ("01-nord", ""), ("01", "nord"), ("", "01 nord")])
    assert len(set(names)) == 4


def test_a_number_is_never_cut() -> None:
    width: Callable[[str], float] = lambda text: measure(text, 8.0, "normal")  # noqa: E731  its type stands beside it
    for room in range(5, 120, 3):
        told = cut_text("davon 1.234.567 Menschen", float(room), size=8.0)
        assert told == "…" or told.rstrip("…") in "davon 1.234.567 Menschen"
        assert "1" not in told or "1.234.567" in told
        assert told == "…" or width(told) <= room
    assert wrap_text("eins zwei drei vier", width("eins zwei…"), size=8.0, most=1) == ("eins zwei…",)


def test_labels_at_the_ends_of_lines_keep_apart_and_above_the_axis() -> None:
    assert _part_labels([10.0, 12.0], 100.0) == [10.0, 20.0]
    assert _part_labels([95.0, 99.0], 100.0) == [90.0, 100.0]


def test_invented_rows_are_marked_where_others_are_not(made: Any) -> None:
    study, data, briefs = made
    assert not any("Beispiel" in row.name for row in (*briefs["08"].facts, *briefs["08"].unreached))
    views = tuple(replace(view, lead="" if view.code == "index" else view.lead) for view in data.views)
    brief = make_briefs(replace(study, about=replace(study.about, example=False)), replace(data, views=views))[0]
    assert [row.name.endswith(", Beispiel") for row in brief.facts] == [False, *[True] * 6]
    assert all(row.name.endswith(", Beispiel") for row in brief.unreached)


def test_all_reasons_of_gaps_stand_there_and_an_invitation_to_write_only_beside_a_line(made: Any) -> None:
    """In Bahnhofsviertel much is withheld and one figure is missing: there is room to write all the same, until much more is."""
    _, data, briefs = made
    full = replace(briefs["05"], gaps=("Ohne Wert: vieles, was hier steht. " * 16 + "Ende.",))
    for brief, room in ((briefs["03"], True), (briefs["08"], True), (full, False)):
        ((_, content),) = draw_briefs([brief], data)
        joined = " ".join(read_pdf(content))
        for gap in brief.gaps:
            assert gap in joined
        assert "Nicht gemessen: Einfallsreichtum, Reaktion." in joined
        assert ("Einschätzung vor Ort:" in joined) == room
