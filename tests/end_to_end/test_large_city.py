"""A city of 542 areas, twelve indicators and ten years: one page of bounded size, whose lists are filled as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import _make_atlas
from sro_geo.render.interactive import draw_atlas
from tests.cities import write_city

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

COUNT = 542
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
  .filter((node) => node.tabIndex >= 0 && node.checkVisibility()).length"""
SETTLE = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
)
FILLED = "(table) => document.querySelectorAll(`${table} tr[data-quarter]`).length"
GAPS = """(table) => {
  const { top, bottom } = document.querySelector(table).parentElement.getBoundingClientRect();
  return [...document.querySelectorAll(`${table} .gap`)].map((gap) => gap.getBoundingClientRect()).filter((gap) => gap.bottom > top && gap.top < bottom).length;
}"""
"""Pieces of a list that are seen and not filled."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    study = run_study(open_project(write_city(folder, count=COUNT, years=tuple(range(2015, 2025)), more=11)))
    data = _make_atlas(study)
    assert len(data.views) == 12
    path = folder / "index.html"
    path.write_text(draw_atlas(data), encoding="utf-8")
    return path


@pytest.fixture
def page(city: Path, open_page: Callable[..., tuple[Any, Any]]) -> Page:
    page, record = open_page(city)
    assert (record.requests, record.errors) == ([], [])
    shown: Page = page
    return shown


def test_the_page_has_its_bounds(page: Page, city: Path) -> None:
    assert city.stat().st_size <= 1_200_000
    assert page.evaluate("document.documentElement.scrollHeight") <= 4000
    assert page.evaluate("document.querySelectorAll('*').length") < 5000
    assert page.evaluate(STOPS) <= 60


@pytest.mark.parametrize("table", ["#ranking-table", "#table-all", "#changes-table"])
def test_every_row_is_filled_when_it_comes_into_view(page: Page, table: str) -> None:
    frame = page.locator(f"{table} >> xpath=..")
    frame.scroll_into_view_if_needed()
    page.evaluate(SETTLE)
    assert 10 < page.evaluate(FILLED, table) < 120
    names: set[str] = set()
    for at in (0, 0.4, 1):
        frame.evaluate("(frame, at) => { frame.scrollTop = at * frame.scrollHeight; }", at)
        page.evaluate(SETTLE)
        assert page.evaluate(GAPS, table) == 0
        names |= set(page.locator(f"{table} button.name").all_text_contents())
    assert 60 < len(names) < 350
    assert page.locator(f"{table} button.name[tabindex='0']").count() == 1
    assert page.evaluate(STOPS) <= 60


def test_keys_and_search_find_rows_that_were_never_seen(page: Page) -> None:
    page.focus("#ranking-table button.name[tabindex='0']")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.closest('tr').dataset.quarter")
    assert last == page.evaluate("sroGeo.readData('sro-data').then((data) => data.views[0].ranking.at(-1).quarter_id)")
    page.keyboard.press("Enter")
    assert page.get_attribute("#ranking-table tr[data-selected]", "data-quarter") == last
    assert page.get_attribute("#ranking-table tr[data-selected] button.name", "aria-pressed") == "true"
    name = page.inner_text("#profile h2").replace("\u00ad", "").split("\n")[0].removesuffix(" Modellregion").strip()
    page.fill("#search", name)
    page.evaluate(SETTLE)
    found = page.locator("#ranking-table button.name").all_text_contents()
    assert found
    assert all(name in one.replace("\u00ad", "") for one in found)
    unit = page.locator(".units button >> nth=2").inner_text()
    page.fill("#search", unit)
    page.press("#search", "Enter")  # the map shows what was looked for
    assert page.inner_text("#live").endswith(unit)
    page.click("#zoom-all")
    page.fill("#search", "")
    page.evaluate(SETTLE)
    assert page.evaluate(GAPS, "#ranking-table") == 0


def test_paper_has_the_rows_that_were_seen_and_says_so(page: Page) -> None:
    page.locator("#table-all").scroll_into_view_if_needed()
    page.evaluate(SETTLE)
    page.emulate_media(media="print")
    heights = page.eval_on_selector_all(
        "#table-all .gap", "(gaps) => gaps.map((gap) => gap.getBoundingClientRect().height)"
    )
    assert max(heights) <= 40  # a line that says that something is left out
    said = "getComputedStyle(document.querySelector('#table-all').parentElement, '::after').content"
    assert "tables.xlsx" in page.evaluate(said)


def test_so_many_quarters_are_painted_on_a_canvas(page: Page) -> None:
    assert page.locator(".areas canvas").count() == 1
    assert page.locator("path[data-quarter]").count() == 1
