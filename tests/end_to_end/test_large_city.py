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
FILLED = "(table) => [...document.querySelectorAll(`${table} tbody tr[data-quarter]`)].filter((row) => row.cells.length > 1).length"


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
    rows = page.locator(f"{table} tbody tr[data-quarter]")
    assert rows.count() == COUNT
    assert 10 < page.evaluate(FILLED, table) < 120
    for at in (200, COUNT - 1):
        rows.nth(at).scroll_into_view_if_needed()
        page.evaluate(SETTLE)
        name = rows.nth(at).locator("button.name")
        assert name.get_attribute("tabindex") == "-1"
        assert name.inner_text().strip()
    assert page.evaluate(FILLED, table) < 250
    assert page.evaluate(STOPS) <= 60


def test_keys_search_and_paper_find_rows_that_were_never_seen(page: Page) -> None:
    page.focus("#ranking-table button.name[tabindex='0']")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.closest('tr').dataset.quarter")
    assert last == page.evaluate(
        "[...document.querySelectorAll('#ranking-table tr[data-quarter]')].at(-1).dataset.quarter"
    )
    page.keyboard.press("Enter")
    assert page.get_attribute("#ranking-table tr[data-selected]", "data-quarter") == last
    assert page.get_attribute("#ranking-table tr[data-selected] button.name", "aria-pressed") == "true"
    name = page.inner_text("#profile h2").replace("\u00ad", "").split("\n")[0].removesuffix(" Modellregion").strip()
    page.fill("#search", name)
    page.evaluate(SETTLE)
    assert page.evaluate(
        "[...document.querySelectorAll('#ranking-table tr[data-quarter]:not([hidden])')].every((row) => row.cells.length > 1)"
    )
    page.fill("#search", "")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for table in ("#ranking-table", "#table-all", "#changes-table"):
        assert page.evaluate(FILLED, table) == COUNT
