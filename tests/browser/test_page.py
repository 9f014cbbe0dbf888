"""The atlas and a single map in a real browser that may load nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from sro_geo.model.picture import OfferSymbol, Overlay, Overlays
from sro_geo.render.hexagons import gather_offers
from sro_geo.render.interactive import draw_atlas, draw_map
from tests.fonts import ROBOTO, SANS
from tests.render_data import make_atlas, make_ground, make_pictures, make_years, pick, scatter_offers
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from sro_geo.model.picture import Offers

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

FILLS = """() => Object.fromEntries([...document.querySelectorAll("path[data-quarter]")]
  .map((path) => [path.dataset.quarter, path.getAttribute("fill")]))"""
NBSP = "\u00a0"
EACH = (SANS, pytest.param(ROBOTO, marks=pytest.mark.long))

COUNT_PROJECTED = """async () => {
  const map = window.map_sro, real = map.latLngToLayerPoint;
  window.projected = 0;
  map.latLngToLayerPoint = (at) => { window.projected += 1; return real(at); };
  const { ground } = await sroGeo.readData("sro-data");
  return ground.quarters.features.reduce((sum, { geometry: { type, coordinates } }) => sum + coordinates.flat(type === "Polygon" ? 1 : 2).length, 0);
}"""
"""Counts from now on how often a corner is turned into pixels; how many corners there are."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "index.html"
    path.write_text(draw_atlas(make_atlas()), encoding="utf-8")
    return path


@pytest.fixture
def family() -> str:
    """The font that the browser has; a test may be run with each."""
    return SANS


@pytest.fixture
def page(atlas: Path, open_page: Open, family: str) -> Page:
    page, record = open_page(atlas, family=family)
    assert record.requests == []
    assert record.errors == []
    return page


def choose(page: Page, topic: str) -> None:
    page.click(f"[data-topic={topic}]")


def test_it_opens_without_a_request_or_an_error(atlas: Path, open_page: Open) -> None:
    page, record = open_page(atlas)
    page.evaluate("""() => {
      window.refused = [];
      const note = (event) => window.refused.push(event.violatedDirective);
      document.addEventListener("securitypolicyviolation", note);
    }""")
    for topic in ("resilience", "social", "offers"):
        choose(page, topic)
    page.click("#zoom-in")
    page.click("#zoom-all")
    page.hover("path[data-quarter='11']")
    assert page.evaluate("window.refused") == []
    assert record.requests == []
    assert record.errors == []


def test_the_policy_is_at_work(atlas: Path, open_page: Open) -> None:
    page, record = open_page(atlas)
    page.evaluate("""() => {
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.effectiveDirective));
      const [script, image] = ["script", "img"].map((tag) => document.createElement(tag));
      script.textContent = "window.pwned = 1";
      image.src = "https://example.org/x.png";
      document.body.append(script, image);
    }""")
    wait_until(page, "window.refused.length === 2")
    assert sorted(page.evaluate("window.refused")) == ["img-src", "script-src-elem"]
    assert page.evaluate("window.pwned") is None
    assert record.requests == []
    assert any("Content Security Policy" in error for error in record.errors)


def test_every_quarter_is_drawn_in_its_colour(page: Page) -> None:
    view = make_atlas().views[0].picture
    fills = page.evaluate(FILLS)
    for key, placed in zip(view.quarter_ids, view.placed, strict=True):
        wanted = view.classes[placed].fill if placed >= 0 else f"url(#sro-{view.unknown[-1 - placed].pattern})"
        assert fills[key] == wanted
    boxes = page.locator("path[data-quarter]").evaluate_all("(all) => all.map((path) => path.getBoundingClientRect())")
    sizes = [min(box["width"], box["height"]) for box in boxes]
    assert len(sizes) == 12
    assert min(sizes) > 40


def test_the_chooser_changes_colours_legend_and_everything_else(page: Page) -> None:
    seen = []
    for topic in ("offers", "resilience", "social"):
        choose(page, topic)
        legend = page.locator("#legend .range").all_inner_texts()
        fills = tuple(page.evaluate(FILLS).values())
        seen.append((page.inner_text("#map-title"), page.inner_text("footer #digest"), tuple(legend), fills))
        assert page.get_attribute(f"[data-topic={topic}]", "aria-pressed") == "true"
        assert page.inner_text("#table-all caption").startswith(page.inner_text("#map-title"))
    for column in zip(*seen, strict=True):
        assert len(set(column)) == 3
    assert page.input_value("#indicator") == "2"
    choose(page, "offers")
    known = ["30 und mehr", "20 bis unter 30", "15 bis unter 20", "10 bis unter 15", "unter 10"]
    assert page.locator("#legend .range").all_inner_texts() == [*known, "keine Angabe", "geheim"]
    assert page.locator("#legend .count").all_inner_texts() == ["3", "2", "2", "2", "1", "1", "1"]


def test_signs_are_explained_where_they_stand_and_nowhere_else(page: Page) -> None:
    seen = set()
    for topic in ("offers", "resilience", "social"):
        choose(page, topic)
        cells = page.locator("#table-all tbody td").all_inner_texts()
        signs = {
            "In Klammern": any(text.strip().startswith("(") for text in cells),
            "Punkt (.)": "." in cells,
            "x: hat keinen Rang": "x" in cells,
        }
        told = page.inner_text("#table-signs")
        assert {sign: sign in told for sign in signs} == signs
        assert ("In Klammern" in page.inner_text("#map-notes")) == signs["In Klammern"]
        seen |= set(signs.items())
    assert len(seen) >= 4


def test_model_regions_stand_out(page: Page) -> None:
    assert page.locator(".drawing .region").count() == 2
    assert page.locator(".drawing .casing").count() == 2
    style = page.eval_on_selector(
        ".drawing .region", "(path) => [path.getAttribute('stroke'), path.getAttribute('stroke-width')]"
    )
    assert style == ["var(--ink)", "3"]
    marked = page.locator("#ranking-table tr:has(.mark) .name").all_inner_texts()
    assert sorted(text.strip() for text in marked) == ["Neue Heide", "Ostufer"]


def resize(page: Page, width: int) -> None:
    """Give the window another width; the page has heard of it before the frame after that is drawn."""
    page.set_viewport_size({"width": width, "height": 900})
    wait_until(page, f"innerWidth === {width}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until everything that is due has been told and two more frames are drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


HEADS = """() => {
  const box = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); };
  const row = document.querySelector("#ranking-table thead tr");
  const heads = [...row.querySelectorAll("th"), ...row.querySelectorAll("text")].filter((node) => node.textContent);
  const boxes = heads.map((node) => [node.textContent, node.tagName === "text" ? node.getBoundingClientRect() : box(node)]);
  const meet = (a, b) => a.left < b.right && b.left < a.right;
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one} on ${other}`));
}"""
BROKEN = """() => [...document.querySelectorAll(".name, .quarter")].filter((node) => {
  const style = getComputedStyle(node);
  return style.hyphens !== "manual" || style.overflowWrap !== "normal" || node.scrollWidth > node.clientWidth + 1;
}).map((node) => node.textContent)"""


@pytest.mark.parametrize("family", EACH)
def test_heads_stand_apart_and_names_break_only_at_hyphens(page: Page, family: str) -> None:
    for width in (1440, 1250, 1000, 360):
        resize(page, width)
        for number in range(3):
            page.evaluate(f"document.querySelector('#indicator').value = '{number}'")
            page.evaluate("document.querySelector('#indicator').dispatchEvent(new Event('change'))")
            assert page.evaluate(HEADS) == [], (family, width)
            assert page.evaluate(BROKEN) == [], (family, width)
    soft = page.locator("#ranking-table .name").all_text_contents()
    assert any("Wald\u00adsiedlung" in name for name in soft)


def test_a_high_row_is_ruled_all_the_way_and_its_rank_stays_on_a_line(page: Page) -> None:
    high, rows, lines = page.evaluate("""() => {
      const row = document.querySelector("#ranking-table tbody tr"), rank = row.querySelector(".rank");
      row.querySelector(".name").textContent = "Mühlen Kamp An Der Alten Ziegelei Im Großen Wohngebiet";
      rank.textContent = "95–120";
      const range = document.createRange(), box = (node) => node.getBoundingClientRect().height;
      range.selectNodeContents(rank);
      const all = [...document.querySelectorAll("#ranking-table td.chart:has(.dot)")];
      return [box(row), all.map((cell) => box(cell) - box(cell.querySelector("svg"))), range.getClientRects().length];
    }""")
    assert high > 45
    assert len(rows) == 10
    assert max(map(abs, rows)) <= 1
    assert lines == 1


def test_huge_numbers_run_over_nothing(tmp_path: Path, open_page: Open) -> None:
    data = make_atlas()
    first = data.views[0]
    assert first.contrast is not None
    rows = tuple(
        replace(row, value=None if row.value is None else 1e9 * row.value - 2e10, low=None, high=None)
        for row in first.ranking
    )
    told = replace(first.contrast, difference="+809.966.895", group=replace(first.contrast.group, value="+666.649.787"))
    huge = replace(first, ranking=rows, contrast=told, ticks=(-2e10, 0.0, 2e10), city=1e9)
    (tmp_path / "index.html").write_text(draw_atlas(replace(data, views=(huge, *data.views[1:]))), encoding="utf-8")
    page, _ = open_page(tmp_path / "index.html")
    for width in (1440, 1000, 360):
        resize(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(HEADS) == [], width
        lines = page.locator("#ranking-table tbody .num, .side .big").evaluate_all("""(all) => all.map((one) => {
          const range = document.createRange();
          range.selectNodeContents(one.firstChild);
          return [range.getClientRects().length, range.getBoundingClientRect().right <= one.parentElement.getBoundingClientRect().right];
        })""")
        assert lines == [[1, True]] * 13, width
    assert page.inner_text("#ranking-table tbody .num >> nth=0") == "18.000.000.000"


def test_without_a_comparison_nothing_stands_empty(tmp_path: Path, open_page: Open) -> None:
    data = make_atlas()
    views = tuple(replace(view, contrast=None) for view in data.views)
    (tmp_path / "index.html").write_text(draw_atlas(replace(data, views=views, sources=())), encoding="utf-8")
    page, _ = open_page(tmp_path / "index.html")
    top, table, summary = (page.locator(part).bounding_box() for part in ("#ticked", "#table", ".part-summary"))
    assert top is not None
    assert table is not None
    assert summary is not None
    assert abs(table["y"] - summary["y"]) <= 1
    assert table["y"] - top["y"] - top["height"] <= 24
    assert page.locator(".page-foot h2").count() == 0


def test_a_number_stays_with_its_word_at_every_width(tmp_path: Path, open_page: Open) -> None:
    data = make_years()
    title = "Arbeitslose unter den 15- bis unter 65-Jährigen, 5 Jahre und 10 Gehminuten von hier (SGB II)"
    views = [replace(view, picture=replace(view.picture, title=title)) for view in data.views]
    (tmp_path / "index.html").write_text(draw_atlas(replace(data, views=tuple(views))), encoding="utf-8")
    page, _ = open_page(tmp_path / "index.html")
    for place in ("#map-title", "#beside-table tbody th >> nth=0"):
        node = page.locator(place)
        assert node.inner_text() == title
        assert node.locator(".together").all_inner_texts() == ["65-Jährigen", "5 Jahre", "10 Gehminuten", "SGB II"]
        broken = node.evaluate("""(node) => [4, 6, 8, 10, 12, 14].flatMap((em) => {
          node.style.width = `${em}em`;
          node.style.display = "block";
          return [...node.querySelectorAll(".together")].map((one) => one.getClientRects().length);
        })""")
        assert broken == [1] * 24


def test_arrow_keys_walk_and_enter_selects(page: Page) -> None:
    page.focus("path[data-quarter='08']")
    page.keyboard.press("ArrowLeft")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == f"Ostufer, 30{NBSP}%, Modellregion"
    assert page.locator(".drawing .ring").count() == 1
    assert page.inner_text("#tip").startswith("Ostufer")
    page.keyboard.press("Enter")
    assert page.inner_text("#profile h2").startswith("Ostufer")
    assert page.inner_text("#live").endswith(f"Ostufer, 30{NBSP}%, Rang 1–2 von 10")
    assert page.get_attribute("path[data-quarter='09']", "aria-pressed") == "true"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == f"Waldsiedlung, 33{NBSP}%"
    assert page.locator("path[data-quarter][tabindex='0']").count() == 1


def test_map_ranking_and_table_point_at_the_same_quarter(page: Page) -> None:
    page.hover("#ranking-table tr[data-quarter='06']")
    assert page.locator(".drawing .hovered").count() == 1
    assert page.locator("tr[data-quarter='06'][data-hovered]").count() == 2
    page.click("#table-all tr[data-quarter='06'] .name")
    assert page.inner_text("#profile h2").startswith("Lindenau")
    assert page.locator("tr[data-selected]").evaluate_all("(rows) => rows.map((row) => row.dataset.quarter)") == [
        "06",
        "06",
    ]
    page.click("path[data-quarter='12']")
    assert page.inner_text("#profile .fact .big") == f"22{NBSP}%"


def test_the_legend_lights_one_class_and_text_stays_readable(page: Page) -> None:
    page.click("#legend button >> nth=0")
    fills = page.evaluate(FILLS)
    assert sorted(key for key, fill in fills.items() if fill == "#143a55") == ["08", "09", "11"]
    assert {fill for key, fill in fills.items() if key not in ("08", "09", "11")} == {"var(--panel)"}
    inks = page.locator(".drawing .label").evaluate_all(
        "(texts) => texts.map((text) => [text.textContent, text.getAttribute('fill')])"
    )
    assert dict(inks)["Westend"] == "var(--text2)"
    bright = "#ranking-table tr[data-quarter]:not([data-dim])"
    rows = page.locator(bright).evaluate_all("(rows) => rows.map((row) => row.dataset.quarter)")
    assert sorted(rows) == ["08", "09", "11"]
    page.keyboard.press("Escape")
    assert page.evaluate(FILLS)["12"] == "#367789"
    assert page.locator(bright).count() == 12


def test_on_a_phone_what_is_touched_is_told_right_below_the_map(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "phone.html"
    path.write_text(draw_atlas(make_atlas()), encoding="utf-8")
    page, _ = open_page(path, width=390)
    boxes = [page.locator(one).bounding_box() for one in (".sro-map", "#picked", "#legend")]
    map_, picked, legend = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
    assert map_[1] <= picked[0] < picked[1] <= legend[0]
    page.set_viewport_size({"width": 1440, "height": 1000})
    assert not page.is_visible("#picked")


def test_offers_are_shown_by_shape_and_named(page: Page) -> None:
    shown = page.locator(".offer").count()
    page.click("[data-kind=jugendarbeit]")
    assert page.locator(".offer").count() == shown - 6
    assert page.evaluate("document.activeElement.dataset.kind") == "jugendarbeit"
    page.hover(".offer >> nth=0")
    assert page.inner_text("#tip").split("\n")[:2] == ["Kita Nordtor", "Kita"]


def test_many_kinds_are_folded_and_a_shape_stands_for_one_kind(tmp_path: Path, open_page: Open) -> None:
    data = make_atlas()
    more = [OfferSymbol(kind=f"k{n}", name=f"K{n}", plural=f"K{n}", symbol="triangle") for n in range(4)]
    ground = replace(data.ground, symbols=(*data.ground.symbols, *more))
    path = tmp_path / "many.html"
    path.write_text(draw_atlas(replace(data, ground=ground)), encoding="utf-8")
    page, record = open_page(path)
    assert page.locator(".offer").count() == 16
    assert page.locator(".more button").count() == 6
    page.click(".more summary")
    page.click("[data-kind=jugendarbeit]")
    assert page.locator(".offer").count() == 22
    assert page.locator(".more").get_attribute("open") is not None
    page.click("[data-kind=k0]")
    assert page.locator(".offer").count() == 16
    assert page.get_attribute("[data-kind=jugendarbeit]", "aria-pressed") == "false"
    choose(page, "resilience")
    assert page.get_attribute("[data-kind=k0]", "aria-pressed") == "true"
    assert record.errors == []


def test_without_a_ranking_no_rank_is_shown(page: Page) -> None:
    assert page.locator("#ranking-table .rank").count() == 13
    choose(page, "social")
    assert page.inner_text("#ranking-head") == "Quartiere im Überblick"
    assert page.locator("#ranking-table .rank").count() == 0
    names = [name.strip() for name in page.locator("#ranking-table .name").all_inner_texts()]
    assert names == sorted(names, key=lambda name: name.replace("ü", "u"))
    assert "Rang" not in page.locator("#table-all thead th").all_inner_texts()
    assert page.locator("#contrast").is_hidden()


def test_the_scale_bar_fits_the_drawn_width(page: Page) -> None:
    drawn = page.evaluate("document.querySelector('.scale i').getBoundingClientRect().width")
    assert page.inner_text(".scale span") == f"500{NBSP}m"
    boxes = page.locator("path[data-quarter]").evaluate_all("(all) => all.map((path) => path.getBoundingClientRect())")
    town = max(box["right"] for box in boxes) - min(box["left"] for box in boxes)
    west, _, east, _ = make_ground().quarters.total_bounds
    assert drawn / town == pytest.approx(500 / (east - west), rel=0.02)


@pytest.mark.parametrize("family", EACH)
def test_no_width_needs_sideways_scrolling(page: Page, family: str) -> None:
    for width in (1440, 1100, 900, 760, 390, 360):
        resize(page, width)
        for topic in ("resilience", "social", "offers"):
            if width <= 760 and page.locator("#controls").is_hidden():
                page.click("#change")
            choose(page, topic)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (family, width)
        assert page.locator("path[data-quarter]").count() == 12


def test_a_list_in_a_frame_cuts_no_head_and_the_comparison_stands_below_it(page: Page) -> None:
    """What makes a page of more than 60 quarters is set by hand."""
    page.evaluate("""() => {
      document.querySelector(".grid").classList.add("many");
      document.getElementById("ranking-table").parentElement.classList.add("rows");
    }""")
    seen = page.evaluate("""() => {
      const text = [...document.querySelectorAll("#ranking-table thead .chart text")].pop();
      text.setAttribute("x", "100%");
      const last = text.getBoundingClientRect();
      const over = document.elementFromPoint(last.right - 2, last.bottom - 5);
      return [over.tagName.toLowerCase(), last.right > text.closest("td").getBoundingClientRect().right];
    }""")
    assert seen == ["text", True]
    page.evaluate("document.querySelector('#contrast .big').textContent = '17,156'")
    lines = "(one) => { const text = document.createRange(); text.selectNodeContents(one); return text.getClientRects().length; }"
    assert page.eval_on_selector("#contrast .big", lines) == 1
    boxes = [page.locator(one).bounding_box() for one in (".part-ranking", "#contrast", "#map-title")]
    ranking, contrast, title = [box for box in boxes if box]
    assert contrast["x"] == ranking["x"] > title["x"]
    assert contrast["y"] >= ranking["y"] + ranking["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_a_phone_gets_large_targets_and_a_short_way(page: Page) -> None:
    resize(page, 390)
    assert page.locator("#controls").is_hidden()
    assert page.inner_text("#chosen-name") == "Angebote: Anteil ohne Kita in Reichweite"
    page.click("#change")
    assert page.get_attribute("#change", "aria-expanded") == "true"
    for target in (
        "#change",
        "[data-topic=social]",
        "#indicator",
        "#zoom-in",
        "#legend button >> nth=0",
        "button.kind >> nth=0",
        "#ranking-table tbody tr >> nth=0",
    ):
        box = page.locator(target).bounding_box()
        assert box is not None
        assert box["height"] >= 44, target
    page.click("path[data-quarter='12']")
    assert page.inner_text("#picked span") == f"Westend 22{NBSP}%"


def test_on_a_phone_no_scale_runs_under_the_buttons_beside_it(page: Page) -> None:
    resize(page, 360)
    gaps = page.evaluate("""async () => {
      const { words } = await sroGeo.readData("sro-data"), key = document.querySelector(".key"), gaps = [];
      for (let metres = 0.2; metres < 400; metres *= 1.07) {
        sroGeo.drawScale(key, metres, words, key.clientWidth);
        gaps.push(document.querySelector("#zoom-in").getBoundingClientRect().left - document.querySelector(".north").getBoundingClientRect().right);
      }
      return gaps;
    }""")
    assert len(gaps) > 100
    assert min(gaps) >= 4


def test_print_shows_map_legend_and_table_but_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    for hidden in (".chooser", ".zoom", ".part-ranking", ".part-profile", ".drawing .chosen >> nth=0"):
        assert page.locator(hidden).is_hidden(), hidden
    assert page.eval_on_selector("#table-all .sort", "(head) => getComputedStyle(head).display") == "contents", (
        "Chromium repeats no button on the next page"
    )
    first, whole = (page.locator(f"#table-all {one}").bounding_box() for one in ("th >> nth=0", "thead"))
    assert first is not None
    assert whole is not None
    assert first["width"] > 0.2 * whole["width"], "names break only where they must"
    breaks = "(table) => { const kept = getComputedStyle(table).breakInside; table.parentElement.classList.add('many'); return [kept, getComputedStyle(table).breakInside]; }"
    assert page.eval_on_selector(".part-table", breaks) == ["avoid", "auto"], "no long table leaves a page empty"
    for shown in (
        "#map-title",
        "#legend",
        "#contrast",
        "#table-all",
        ".page-foot",
        "path[data-quarter='01']",
        ".banner",
    ):
        assert page.locator(shown).is_visible(), shown


@pytest.mark.parametrize("alone", [False, True])
def test_names_never_run(tmp_path: Path, open_page: Open, *, alone: bool) -> None:
    evil = "</script><img src=x onerror=window.pwned=1><a href=javascript:window.pwned=1>{{ 7*7 }}"
    names = {"q08": evil, "offer": evil}
    path = tmp_path / "evil.html"
    ground = make_ground(**names)
    single = draw_map(make_pictures(ground.quarters)[0], ground, words=pick("de"), language="de")
    path.write_text(single if alone else draw_atlas(make_atlas(**names, title=evil)), encoding="utf-8")
    page, record = open_page(path)
    page.focus("path[data-quarter='08']")
    page.keyboard.press("Enter")
    page.hover(".offer >> nth=0")
    assert page.inner_text("#tip").split("\n")[0] == evil
    settle(page)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    if alone:
        page.click("summary:visible")
    page.wait_for_selector("#table-all tbody tr >> nth=11", state="attached")
    told = page.locator("#table-all").text_content() or ""
    assert evil in told.replace("\u00ad", "")
    assert (page.get_attribute("path[data-quarter='08']", "aria-label") or "").startswith(evil)
    assert record.errors == []
    assert record.requests == []


def test_what_lies_on_a_map_is_drawn_beneath_its_borders(tmp_path: Path, open_page: Open) -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    west, south, east, north = ground.quarters.total_bounds
    line = shapely.MultiLineString([[(west, south), (east, north)]])
    field = shapely.MultiPolygon([shapely.box(west, south, (west + east) / 2, (south + north) / 2)])
    laid = Overlays(streets=line, by_map={picture.slug: Overlay(gaps=field, reached=line)})
    path = tmp_path / "map.html"
    way: Any = {"words": pick("de"), "language": "de"}
    path.write_text(draw_map(picture, replace(ground, overlays=laid), **way), encoding="utf-8")
    page, record = open_page(path)
    assert page.locator(".drawing .water .gaps").count() == 1
    assert page.locator(".drawing .water path[stroke-linejoin='round']").count() == 3
    assert record.errors == []


def test_a_single_map_works_inside_a_report(tmp_path: Path, open_page: Open) -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    path = tmp_path / "map.html"
    path.write_text(draw_map(picture, ground, words=pick("de"), language="de"), encoding="utf-8")
    page, record = open_page(path)
    assert page.inner_text("h1") == picture.title
    assert page.locator("path[data-quarter]").count() == 12
    assert page.locator(".drawing .region").count() == 2
    page.focus("path[data-quarter][tabindex='0']")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#tip").startswith("Am Wall")
    corners = page.evaluate(COUNT_PROJECTED)
    resize(page, 360)
    assert 0 < page.evaluate("window.projected") < 4 * corners  # once by us, and by Leaflet as it takes its new place
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#table-all tbody tr").count() == 0  # nobody sees it
    page.click("summary:visible")
    page.wait_for_selector("#table-all tbody tr >> nth=11")
    assert page.locator("#table-all tbody tr").count() == 12
    notes = page.inner_text("#map-notes")
    for text in (*picture.notices, picture.source, picture.example):
        assert text.replace(NBSP, " ") in notes.replace(NBSP, " ")
    assert page.inner_text("main > p.digest").endswith(picture.digest)
    assert picture.digest not in notes
    assert record.requests == []
    assert record.errors == []


@pytest.mark.parametrize(("offers", "wanted"), [("none", 0), ("chosen", 16), ("all", 26), ("", 26)])
def test_offers_are_drawn_as_the_project_says(tmp_path: Path, open_page: Open, offers: Offers, wanted: int) -> None:
    data = make_atlas()
    picture = replace(data.views[0].picture, offers=offers)
    path = tmp_path / "karte.html"
    path.write_text(draw_map(picture, data.ground, words=data.words, language="de"), encoding="utf-8")
    page, _ = open_page(path)
    assert page.locator(".offer").count() == wanted


def test_offers_stand_only_on_maps_about_offers_unless_switched_on(page: Page) -> None:
    shown = page.locator("[data-offer]")
    choose(page, "social")
    assert shown.count() == 0
    page.locator("#key button[aria-pressed=false]").first.click()
    assert shown.count() > 0
    page.reload()
    page.evaluate("window.sroGeo.ready")
    choose(page, "offers")
    assert shown.count() > 0
    choose(page, "resilience")
    assert shown.count() == 0


def test_too_many_points_become_signs_that_say_how_many_they_stand_for(tmp_path: Path, open_page: Open) -> None:
    """2,900 day-care centres: few signs, three sizes in the key, the number under the pointer."""
    data = make_atlas()
    ground = scatter_offers(data.ground, 2900)
    path = tmp_path / "many.html"
    path.write_text(draw_atlas(replace(data, ground=ground)), encoding="utf-8")
    page, record = open_page(path)
    signs = page.locator(".drawing .offer")
    assert 60 < signs.count() < 200
    told = [size.strip() for size in page.locator(".key [data-kind=kindertageseinrichtung] .size").all_inner_texts()]
    assert told[-1] == "ab 6"
    assert set(told) <= {"1–2", "3–5", "ab 6"}
    counts = gather_offers(ground)["count"].dropna()
    number = next(
        at
        for at, offer in enumerate(page.evaluate("sroGeo.readData('sro-data').then((data) => data.ground.offers)"))
        if offer["count"]
    )
    page.hover(f"[data-offer='{number}']", force=True)
    assert page.inner_text(".tip").strip() in {f"Kitas in der Umgebung: {count:.0f}" for count in counts}
    page.focus("#gathered summary")
    page.keyboard.press("Enter")
    rows = dict(row.split("\t") for row in page.locator("#gathered-table tr").all_inner_texts())
    assert rows.pop("Quartier") == "Kitas"
    assert sum(map(int, rows.values())) == counts.sum() == 2900
    assert sorted(rows) == sorted(map(str, ground.quarters["name"]))
    page.locator(".key [data-kind=kindertageseinrichtung]").click()
    assert not page.locator("#gathered").is_visible()
    assert record.errors == []
