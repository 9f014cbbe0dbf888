"""Another year on the page: by mouse, by keyboard, by address; everything that says a value follows, and gaps stay gaps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from sro_geo.model.series import Break
from sro_geo.render.interactive import draw_atlas
from tests.render_data import make_years, pick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

NBSP = "\u00a0"
FILL = "(id) => document.querySelector(`path[data-quarter='${id}']`).getAttribute('fill')"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("years") / "index.html"
    path.write_text(draw_atlas(make_years()), encoding="utf-8")
    return path


@pytest.fixture
def page(atlas: Path, open_page: Open) -> Page:
    page, record = open_page(atlas)
    assert (record.requests, record.errors) == ([], [])
    return page


def list_ranks(page: Page) -> dict[str, str]:
    rows = page.locator("#ranking-table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.quarter, row.querySelector('.rank').textContent])"
    )
    return dict(rows)


def test_the_page_opens_with_its_own_year_and_the_keyboard_goes_back_from_there(page: Page) -> None:
    assert page.inner_text("#year-now") == "2024"
    before = page.inner_text("#map-subtitle"), page.inner_text("#profile .sentence")
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#year-now") == "2023"
    assert page.get_attribute("#year", "aria-valuetext") == "2023"
    assert page.inner_text("#map-subtitle") == "2023 · Klassen wie 2024"
    assert page.inner_text("#live").startswith("Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten, 2023, Neue Heide")
    page.keyboard.press("End")
    assert (page.inner_text("#map-subtitle"), page.inner_text("#profile .sentence")) == before
    page.keyboard.press("Home")
    assert page.inner_text("#year-now") == "2021"
    assert page.evaluate("document.activeElement.id") == "year"


def test_the_lines_of_a_profile_stand_on_an_axis_with_numbers(page: Page) -> None:
    block = page.locator("#profile .block:has(svg.series)")
    assert block.locator("h3").inner_text() == "Verlauf, Anteil in %"
    ends = block.locator(".scale-end")
    assert ends.all_text_contents() == ["0", "50"]
    low, high = (ends.nth(i).bounding_box() for i in range(2))
    lines = block.locator(".line.own, .point.own").evaluate_all(
        "(all) => all.map((line) => line.getBoundingClientRect()).map((box) => (box.top + box.bottom) / 2)"
    )
    assert low is not None
    assert high is not None
    assert high["y"] <= min(lines) <= high["y"] + high["height"] < low["y"]


def test_map_ranking_table_and_profile_follow_the_year(page: Page) -> None:
    assert page.evaluate(FILL, "07") == "#82b4b3"
    page.evaluate("location.hash = '#jahr=2021&quartier=08'")
    expect(page.locator("#year-now")).to_have_text("2021")
    assert page.evaluate(FILL, "07") == "#367789"
    assert page.get_attribute("path[data-quarter='07']", "aria-label") == f"Mühlenberg, 28{NBSP}%"
    assert page.inner_text("#map-subtitle") == f"2021 · Musterstadt 33{NBSP}% · Klassen wie 2024"
    assert page.inner_text("#ranking-head") == "Rangfolge 2021"
    assert page.inner_text("#ranking-table tr[data-quarter='07'] .num") == "28"
    assert list_ranks(page)["08"] == "1"
    assert page.inner_text("#table-all tr[data-quarter='07'] .value").strip() == f"28{NBSP}%"
    assert page.inner_text("#table-all tr.city td >> nth=0") == f"33{NBSP}%"
    assert page.inner_text("#table-all caption").startswith(
        "Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten, 2021. Die übrigen Spalten gelten für 2024."
    )
    assert page.inner_text("#profile .fact .big") == f"50{NBSP}%"
    assert page.inner_text("#profile .beside").split("\n") == ["Jahr 2021", f"Musterstadt 33{NBSP}%", "Rang 1 von 10"]
    assert page.inner_text("#profile .sentence").endswith(f", 2021: 50{NBSP}%; ganz Musterstadt: 33{NBSP}%.")
    assert page.inner_text("#contrast-head").endswith("(2024)")
    assert page.locator("#legend .range").all_inner_texts()[:5] == [
        "30 und mehr",
        "20 bis unter 30",
        "15 bis unter 20",
        "10 bis unter 15",
        "unter 10",
    ]
    assert page.locator("#legend .count").all_inner_texts() == ["6", "4", "0", "0", "0", "2"]


def test_gaps_secrets_and_estimates_of_a_year_stay_what_they_are(page: Page) -> None:
    page.evaluate("location.hash = '#jahr=2023&quartier=05'")
    expect(page.locator("#year-now")).to_have_text("2023")
    assert page.evaluate(FILL, "05") == "url(#sro-dots)"
    assert page.evaluate(FILL, "04") == "url(#sro-lines)"
    assert page.inner_text("#profile .fact .big") == "geheim"
    ranks = list_ranks(page)
    assert (ranks["05"], ranks["04"], ranks["08"]) == ("offen", "offen", "1")
    assert (ranks["06"], ranks["03"], ranks["07"]) == ("7–8", "7–8", "6")
    assert page.inner_text("#ranking-table tr[data-quarter='06'] .num") == "13"
    assert page.locator("#ranking-table tr[data-quarter='06'] .dot.open").count() == 1
    assert page.inner_text("#table-all tr[data-quarter='06'] .value").strip() == f"(13{NBSP}%)"
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#legend .count").all_inner_texts() == ["0", "0", "0", "0", "0", "12"]
    assert page.inner_text("#table-all tr.city td >> nth=0") == "."


def test_the_year_stands_in_the_address_and_only_where_there_are_years(page: Page) -> None:
    page.focus("#year")
    page.keyboard.press("Home")
    assert page.url.endswith("&jahr=2021")
    page.click("path[data-quarter='12']")
    assert page.url.endswith("&quartier=12&jahr=2021")
    page.click("[data-topic=resilience]")
    assert page.locator("#years").is_hidden()
    assert "jahr" not in page.url
    page.go_back()
    expect(page.locator("#year-now")).to_have_text("2021")
    assert page.locator("#years").is_visible()
    page.goto("about:blank")
    page.go_back()
    page.evaluate("window.sroGeo.ready")
    assert page.inner_text("#year-now") == "2021"


def test_play_goes_through_the_years_once_and_stops(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(3_600_000)
    assert page.get_attribute("#play", "aria-label") == "Jahre nacheinander zeigen"
    page.focus("#play")
    page.keyboard.press("Enter")
    seen = [page.inner_text("#year-now")]
    assert page.get_attribute("#play", "aria-label") == "Anhalten"
    for _ in range(4):
        page.clock.run_for(1100)
        seen.append(page.inner_text("#year-now"))
    assert seen == ["2021", "2022", "2023", "2024", "2024"]
    assert page.get_attribute("#play", "aria-label") == "Jahre nacheinander zeigen"
    page.click("#play")
    page.clock.run_for(1100)
    page.click("#play")
    page.clock.run_for(5000)
    assert page.inner_text("#year-now") == "2022"


def test_who_wants_little_motion_gets_no_play_button(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.evaluate("window.sroGeo.ready")
    assert page.locator("#play").is_hidden()
    assert page.locator("#year").is_visible()


def test_a_year_of_invented_values_is_marked_and_not_ranked(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "index.html"
    path.write_text(draw_atlas(make_years(invented=(2021,))), encoding="utf-8")
    page, _ = open_page(path)
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    assert list_ranks(page)["08"] == "1"
    page.keyboard.press("Home")
    assert page.locator("#ranking-table .rank").count() == 0
    assert page.inner_text("#map-subtitle").startswith("Beispieldaten · 2021")
    assert page.inner_text("#ranking-note") == "Beispieldaten"


def test_lines_end_at_a_break_and_begin_anew_behind_a_mark_that_is_named(tmp_path: Path, open_page: Open) -> None:
    """2021 to 2024, nobody known in 2022: a break in 2023 changes nothing but the mark, one in 2024 parts two values."""
    data, text = make_years(), "Bruch in der Zeitreihe {}: neuer <img src=x onerror=window.pwned=1> Zensus"
    first = data.views[0]
    assert first.series is not None
    breaks = tuple(Break(year=year, text=text.format(year)) for year in (2023, 2024))
    views = (replace(first, series=replace(first.series, breaks=breaks)), *data.views[1:])
    (tmp_path / "index.html").write_text(draw_atlas(replace(data, views=views)), encoding="utf-8")
    page, record = open_page(tmp_path / "index.html")
    block = page.locator("#profile .block:has(svg.series)")
    assert block.locator(".point.own").count() == 3
    assert block.locator(".line.own").count() == 0
    marks = block.locator("line.break").evaluate_all("(all) => all.map((one) => Number(one.getAttribute('x1')))")
    points = block.locator(".point.own").evaluate_all("(all) => all.map((one) => Number(one.getAttribute('cx')))")
    assert points[0] < marks[0] < points[1] < marks[1] < points[2]
    assert block.locator("p.note").all_inner_texts()[-2:] == [f"{one.text}." for one in breaks]
    rows = block.locator("tbody tr").evaluate_all("(all) => all.map((row) => row.cells[0].textContent)")
    assert rows == ["2021", "2022", breaks[0].text, "2023", breaks[1].text, "2024"]
    assert page.locator("[data-multiple='07'] line.break").count() == 2
    assert page.inner_text("#multiples-note").endswith(f"{breaks[0].text}. {breaks[1].text}.")
    limited = "Davor und danach sind die Werte nur eingeschränkt vergleichbar."
    assert read_changes(page)["Mühlenberg"] == [f"28{NBSP}%", f"16{NBSP}%", "−12 |"]
    assert page.inner_text("#changes-note").endswith(f"{breaks[0].text}. {breaks[1].text}. {limited}")
    assert "|: dazwischen bricht die Zeitreihe." in page.inner_text("#changes-how")
    page.click("#changes-map")
    assert f"{breaks[0].text}. {breaks[1].text}. {limited}" in page.inner_text("#map-notes")
    assert limited in page.inner_text("#profile .sentence")
    page.select_option("#changes-1", "2023")
    assert f"{breaks[0].text}. {limited}" in page.inner_text("#map-notes")
    page.select_option("#changes-1", "2022")
    assert breaks[0].text not in page.inner_text("#map-notes") + page.inner_text("#changes-note")
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    assert f"{breaks[1].text}. {limited}" in page.inner_text("#map-notes")
    page.keyboard.press("End")
    assert limited not in page.inner_text("#map-notes")
    assert page.locator("img").count() == 0
    assert record.errors == []


def read_changes(page: Page) -> dict[str, list[str]]:
    rows = page.locator("#changes-table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    )
    return {name.replace("\u00ad", ""): cells for name, *cells in rows}


def test_two_years_stand_side_by_side_with_what_has_changed(page: Page) -> None:
    rows = read_changes(page)
    assert page.locator("#changes-table thead th").all_inner_texts() == [
        "Quartier",
        "2021",
        "2024",
        "Veränderung\nProzentpunkte",
    ]
    assert rows["Mühlenberg"] == [f"28{NBSP}%", f"16{NBSP}%", "−12"]
    assert rows["Altstadt-Nord"] == ["keine Angabe", "geheim", "nicht bekannt"]
    assert rows["Modellregionen"] == [f"46{NBSP}%", "nicht bekannt", "nicht bekannt"]
    assert "Modellregionen, nicht für alle Quartiere bekannt: 2024." in page.inner_text("#changes-how")
    assert rows["Musterstadt"] == [f"33{NBSP}%", f"21{NBSP}%", "−12"]
    assert page.inner_text("#changes-note").endswith(
        "2021 bis 2024. Quartiere: 0 mit Anstieg, 10 mit Rückgang, 0 unverändert, 2 nicht bekannt."
    )
    page.select_option("#changes-0", "2023")
    rows = read_changes(page)
    assert rows["Lindenau"] == [f"(13{NBSP}%)", f"14{NBSP}%", "+1", "−1 bis +3, unsicher"]
    assert rows["Hafenviertel"] == ["geheim", f"24{NBSP}%", "nicht bekannt", ""]
    assert rows["Musterstadt"] == ["nicht bekannt", f"21{NBSP}%", "nicht bekannt", ""]
    assert "Unsicher heißt" in page.inner_text("#changes-how")
    assert "Musterstadt, nicht für alle Quartiere bekannt: 2023." in page.inner_text("#changes-how")
    assert page.evaluate("document.activeElement.id") == "changes-0"
    assert page.inner_text("#live") == page.inner_text("#changes-note")
    page.select_option("#changes-1", "2022")
    assert page.input_value("#changes-0") == "2021"


def test_the_big_number_of_a_change_has_its_unit(page: Page) -> None:
    page.click("#changes-map")
    page.locator("path[data-quarter='07']").press("Enter")
    assert page.locator("#profile .fact .big").inner_text() == "−12 PP"
    assert (page.text_content("#picked") or "").startswith("Mühlenberg, 2021–2024: −12 PP")
    assert "2021 bis 2024: −12 Prozentpunkte; ganz Musterstadt: −12." in page.inner_text("#profile .sentence")
    page.locator("path[data-quarter='01']").press("Enter")
    assert page.inner_text("#profile .fact .big") == "geheim"
    assert page.inner_text("#profile .sentence").endswith(": geheim; ganz Musterstadt: −12.")
    told = ["+1", "(−1)", "+1,0", "+11", "(0)"]
    assert page.evaluate("(told) => told.map((one) => sroGeo.unitOfMany(['Punkt', 'Punkte'], one))", told) == [
        "Punkt", "Punkt", "Punkte", "Punkte", "Punkte"
    ]  # fmt: skip


def test_nothing_is_said_of_the_unknown_where_all_is_known(page: Page) -> None:
    told = page.evaluate("""async () => {
      const data = await sroGeo.readData("sro-data"), [view] = data.views, act = { setSpan() {}, select() {} };
      for (const line of Object.values(view.series.quarters)) line[0] = line[3] = 5;
      document.getElementById("changes-table").dataset.of = "";
      sroGeo.drawChanges(data, { base: view, span: [2021, 2024], moving: false, selected: "08" }, act);
      return document.getElementById("changes-note").textContent;
    }""")
    assert told.endswith("Quartiere: 0 mit Anstieg, 0 mit Rückgang, 12 unverändert.")


def test_a_year_in_which_all_quarters_are_known_has_another_reason_for_no_value_of_the_city(page: Page) -> None:
    """2022 nobody knows; of 2023 all is known, and yet there is no value: a mean that can't be made."""
    told = page.evaluate("""async () => {
      const data = await sroGeo.readData("sro-data"), { series } = data.views[0];
      for (const line of Object.values(series.quarters)) line[2] = 5;
      return [["city", series.years], ["city", [2021, 2024]], ["group", [2023, 2024]]].map(([line, years]) => sroGeo.tellAreaGaps(series, line, years, "Dort", data.words));
    }""")
    assert told == [
        "Dort, nicht für alle Quartiere bekannt: 2022. Dort, nicht berechnet: 2023.",
        "",
        "Dort, nicht für alle Quartiere bekannt: 2024.",
    ]


FOCUSED = """() => {
  const box = document.activeElement.getBoundingClientRect(), part = document.activeElement.closest("main > section");
  return [part ? part.className : "", part ? part.getBoundingClientRect().top + scrollY : 0, box.top, box.height, document.querySelector(".chooser").getBoundingClientRect()];
}"""


@pytest.mark.parametrize("width", [360, 1100, 1440])
def test_the_focus_goes_as_the_eye_does_and_nothing_lies_on_it(atlas: Path, open_page: Open, width: int) -> None:
    page, _ = open_page(atlas, width=width, height=640)
    page.emulate_media(reduced_motion="reduce")
    parts: dict[str, float] = {}
    for _ in range(60):
        page.keyboard.press("Tab")
        part, top, *_rest = page.evaluate(FOCUSED)
        if part:
            parts.setdefault(part.split()[0], top)
    assert next(iter(parts)) == "part-map"
    assert len(parts) >= 5
    assert list(parts.values()) == sorted(parts.values())
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        part, _, top, high, chooser = page.evaluate(FOCUSED)
        if part and width == 360 and high < 300:
            assert top >= chooser["bottom"], part
    for target in (
        "#year",
        "#profile .values summary",
        "details:has(#beside-ticks) summary",
        "#changes-0",
        "#changes-map",
    ):
        box = page.locator(target).first.bounding_box()
        assert box is not None
        assert width > 360 or box["height"] >= 44, target


def test_the_map_shows_what_has_changed_and_the_address_says_so(page: Page) -> None:
    before = page.inner_text("#map-title")
    page.focus("#changes-map")
    page.keyboard.press("Enter")
    assert page.inner_text("#map-title") == f"{before}: Veränderung 2021 bis 2024"
    assert page.inner_text("#map-subtitle") == f"Musterstadt −12{NBSP}PP · Klassen für alle Jahre gleich"
    assert page.url.endswith("&quartier=08&veraenderung=2021-2024")
    assert page.evaluate(FILL, "07") == "#93c4c0"
    assert page.locator("#legend .range").all_inner_texts()[:5] == [
        "+12 und mehr",
        "+5 bis unter +12",
        "−5 bis unter +5",
        "−12 bis unter −5",
        "unter −12",
    ]
    assert page.get_attribute("path[data-quarter='07']", "aria-label") == "Mühlenberg, −12"
    assert page.inner_text("#ranking-head") == "Rangfolge 2021–2024"
    assert list_ranks(page)["07"] == "1–10"
    assert page.get_attribute("#changes-map", "aria-pressed") == "true"
    page.reload()
    page.evaluate("window.sroGeo.ready")
    assert page.inner_text("#map-title").endswith("Veränderung 2021 bis 2024")
    page.go_back()
    expect(page.locator("#map-title")).not_to_contain_text("Veränderung")
    page.click("#changes-map")
    page.focus("#year")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#map-title") == before
    assert page.inner_text("#year-now") == "2023"
    page.click("[data-topic=resilience]")
    assert page.locator("#changes").is_hidden()


def test_indicators_stand_side_by_side_as_ticked(page: Page) -> None:
    rows = page.locator("#beside-table tbody tr")
    assert rows.count() == 1
    cells = rows.nth(0).locator("td[data-head]").all_inner_texts()
    assert cells == [f"34{NBSP}%\nn = 412", f"18{NBSP}%\nn = 2.004", f"21{NBSP}%", "+16 Prozentpunkte"]
    assert rows.nth(0).locator(".span").count() == 2
    assert rows.nth(0).locator(".dot.apart.open").count() == 0
    page.click("details:has(#beside-ticks) summary")
    assert page.locator("#beside-ticks label").count() == 2
    page.focus("#beside-ticks input >> nth=1")
    page.keyboard.press("Space")
    assert rows.count() == 2
    assert page.evaluate("document.activeElement.checked")
    assert rows.nth(1).locator(".dot.apart.open").count() == 1
    assert "neben=" in page.url
    page.reload()
    page.evaluate("window.sroGeo.ready")
    assert rows.count() == 2
    page.go_back()
    expect(rows).to_have_count(1)


def test_an_english_axis_writes_its_per_cent_as_the_numbers_do(tmp_path: Path, open_page: Open) -> None:
    data = replace(make_years(), language="en", words=pick("en"))
    (tmp_path / "index.html").write_text(draw_atlas(data), encoding="utf-8")
    page, _ = open_page(tmp_path / "index.html")
    ends = page.locator("#beside-table thead .ends span").all_inner_texts()
    assert [text for text in ends if "%" in text] == ["0%", "40%"]


def test_a_difference_is_open_where_nothing_bounds_a_side(tmp_path: Path, open_page: Open) -> None:
    data = make_years()
    first = data.views[0]
    assert first.sides is not None
    views = (replace(first, sides=replace(first.sides, rest=(18.0, None, None))), *data.views[1:])
    path = tmp_path / "index.html"
    path.write_text(draw_atlas(replace(data, views=views)), encoding="utf-8")
    page, record = open_page(path)
    assert page.locator("#beside-table tbody tr").nth(0).locator(".dot.apart.open").count() == 1
    assert record.errors == []


def test_an_address_that_names_an_indicator_without_comparison_shows_the_others(page: Page) -> None:
    shown, without = page.evaluate("""async () => {
      const { views } = await sroGeo.readData("sro-data");
      return [views.find((view) => view.sides), views.find((view) => !view.sides)].map((view) => view.code);
    }""")
    page.goto(page.url.split("#")[0] + f"#neben={shown},{without}")
    page.reload()
    page.evaluate("window.sroGeo.ready")
    assert page.locator("html.scripted").count() == 1
    rows = page.locator("#beside-table tbody tr")
    assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.view)") == [shown]


def test_what_holds_for_several_rows_is_said_once(page: Page) -> None:
    told = page.evaluate("""async () => {
      const data = await sroGeo.readData("sro-data"), views = data.views.filter((view) => view.contrast && view.sides);
      views[0].contrast.sentence = "Etwas fehlt. Das gilt.";
      views[1].contrast.sentence = "Das gilt. Und gerundet ist es auch.";
      sroGeo.drawBeside(data, { beside: views.map((view) => view.code) }, {});
      return document.getElementById("beside-note").textContent;
    }""")
    assert told.endswith("Etwas fehlt. Das gilt. Und gerundet ist es auch.")
    assert told.count("Das gilt.") == 1


def test_the_lead_names_what_surely_differs_of_what_is_ticked(page: Page) -> None:
    """First of the two by default, then of both, then of the one whose sides overlap, and never where nothing is ticked."""
    lead, ticks = page.locator("#beside-lead"), page.locator("#beside-ticks input")
    name = (page.locator("#beside-ticks label").first.text_content() or "").strip()
    told = f"Am weitesten liegen Modellregionen und übrige Stadt hier auseinander: {name} (34{NBSP}% und 18{NBSP}%). "
    told += "Gemessen ist das daran, wie verschieden die Quartiere sind."
    assert lead.inner_text() == told
    page.click("details:has(#beside-ticks) summary")
    ticks.nth(1).check()
    assert lead.inner_text() == told
    ticks.nth(0).uncheck()
    assert (
        lead.inner_text() == "Bei keiner dieser Kennzahlen liegen Modellregionen und übrige Stadt sicher auseinander."
    )
    ticks.nth(1).uncheck()
    assert lead.inner_text() == ""


def test_dots_stand_where_their_numbers_are(page: Page) -> None:
    """On an axis from 0 to 40 %, drawn from 4 to 96 % of the width."""
    group, rest = (
        "".join(page.locator(f"#beside-table .plot .dot.{name}").first.get_attribute("cx") or "")
        for name in ("group", "rest")
    )
    assert page.locator("#beside-table thead .ends").first.inner_text().split("\n") == [f"0{NBSP}%", f"40{NBSP}%"]
    assert (group, rest) == (f"{4 + 92 * 34 / 40:.2f}%", f"{4 + 92 * 18 / 40:.2f}%")
    line = page.locator("#beside-table .plot .span").first
    assert [line.get_attribute(end) for end in ("x1", "x2")] == [
        f"{4 + 92 * 32 / 40:.2f}%",
        f"{4 + 92 * 37.5 / 40:.2f}%",
    ]


def test_small_lines_of_all_quarters_share_one_axis(page: Page) -> None:
    items = page.locator("[data-multiple]")
    order = items.evaluate_all("(all) => all.map((one) => one.dataset.multiple)")
    assert order[:3] == ["08", "09", "11"]
    assert len(order) == 12
    assert set(page.locator(".scale-ends").all_inner_texts()) == {"50\n0"}
    assert items.locator("b").all_inner_texts()[:3] == ["38", "30", "33"]
    own = page.locator("[data-multiple='07'] .line.own")
    points = own.evaluate_all("(all) => all.map((one) => one.getAttribute('points'))")
    high, low = (2 + 56 * (50 - value) / 50 for value in (28.0, 16.0))
    assert points == [f"0,{high:g} 0,{high:g}", f"66.67,{low:g} 100,{low:g}"]
    assert page.inner_text("[data-multiple='07'] .note") == "Ohne Wert: 2022"
    assert page.inner_text("[data-multiple='04'] .note") == "keine Angabe"
    assert page.locator("[data-multiple='04'] svg.series").count() == 0
    page.click("[data-multiple='07']")
    assert page.inner_text("#profile h2").replace("\u00ad", "").startswith("Mühlenberg")
    assert page.locator("[data-multiple][data-selected]").count() == 1
    assert page.inner_text("#multiples-note").startswith(
        "Beispieldaten. Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten, Anteil in %, 2021 bis 2024."
    )
    page.click("[data-topic=social]")
    assert page.locator("#multiples").is_hidden()


def test_a_table_that_is_wider_than_its_frame_says_so_as_long_as_it_is(page: Page) -> None:
    hint = page.locator("#table .wider")
    assert hint.is_hidden()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("(node => node.scrollWidth > node.clientWidth)(document.querySelector('#table .scroll'))")
    hint.wait_for(state="visible")
    assert hint.inner_text() == "Die Tabelle ist breiter als ihr Feld: Weitere Spalten stehen rechts."
    page.set_viewport_size({"width": 1440, "height": 1000})
    hint.wait_for(state="hidden")
