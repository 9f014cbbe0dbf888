"""The shipped studies' own pages in a browser that may load nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

FILLS = """() => Object.fromEntries([...document.querySelectorAll("path[data-quarter]")]
  .map((path) => [path.dataset.quarter, path.getAttribute("fill")]))"""


CROWDED = """() => {
  const select = document.querySelector("#indicator"), found = [];
  const boxOf = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); };
  const boxes = (query) => [...document.querySelectorAll(query)].filter((node) => node.textContent.trim()).map((node) => [node.textContent, boxOf(node)]);
  const look = (told, all, meet) => all.forEach(([one, a], i) => all.slice(i + 1).forEach(([other, b]) => { if (meet(a, b)) found.push([told, one, other]); }));
  for (const topic of document.querySelectorAll("#topics button")) {
    topic.click();
    for (const { value, text } of [...select.options]) {
      select.value = value;
      select.dispatchEvent(new Event("change"));
      look(text, boxes("#ranking-table thead th, #ranking-table thead text"), (a, b) => a.left < b.right && b.left < a.right);
      look(text, boxes("#legend .range"), (a, b) => a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.left < b.right && b.left < a.right);
      const head = document.querySelector("#ranking-table thead .num"), edge = document.querySelector("#profile").getBoundingClientRect().right;
      if (/\\d/.test(head.textContent) && boxOf(head).height > 20) found.push([text, "broken", head.textContent]);
      for (const [label, box] of boxes("#profile .series text")) if (box.right > edge + 1) found.push([text, "cut", label]);
    }
  }
  return found;
}"""
"""What stands on, in or over something else in any indicator: heads and numbers of the ranking, rows of the legend, ends of lines."""


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_nothing_is_crowded_in_any_indicator(
    folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]], name: str
) -> None:
    page, record = open_page(folders[name] / "index.html")
    assert page.evaluate(CROWDED) == []
    assert record.errors == []


@pytest.mark.parametrize(("name", "quarters"), [("rostock", 21), ("musterstadt", 12)])
def test_the_atlas_opens_offline(
    folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]], name: str, quarters: int
) -> None:
    page, record = open_page(folders[name] / "index.html")
    before, legend = page.evaluate(FILLS), page.locator("#legend").inner_text()
    assert len(before) == quarters
    page.get_by_role("button", name="Sozialstruktur").click()
    assert page.evaluate(FILLS) != before
    assert page.locator("#legend").inner_text() != legend
    assert (record.requests, record.errors) == ([], [])


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_the_atlas_fits_a_phone(folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]], name: str) -> None:
    page, record = open_page(folders[name] / "index.html", width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (record.requests, record.errors) == ([], [])


@pytest.mark.parametrize("name", ["rostock", pytest.param("musterstadt", marks=pytest.mark.long)])
def test_each_map_stands_alone(folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]], name: str) -> None:
    for path in sorted((folders[name] / "maps").glob("*.html")):
        page, record = open_page(path, width=800, height=800)
        assert page.locator("path[data-quarter]").count() >= 12
        assert (record.requests, record.errors) == ([], [])


def test_a_line_shows_the_years_and_names_its_gaps(
    folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]]
) -> None:
    page, record = open_page(folders["musterstadt"] / "index.html")
    page.evaluate("location.hash = '#kennzahl=kinder_sgb2&quartier=11'")
    expect(page.locator("#profile h2")).to_contain_text("sied")
    assert page.locator("#profile svg.series polyline.own").count() == 2
    told = page.inner_text("#profile .block >> nth=0")
    assert "Gepunktet: Werksschließung (2018)." in told
    assert "Ohne Wert: 2016–2020." in told
    page.click("#profile details.values summary")
    rows = page.locator("#profile details.values tbody tr")
    assert rows.count() == 17
    assert rows.nth(8).inner_text().split() == ["2016", ".", rows.nth(8).locator("td").nth(1).inner_text(), "."]
    ends = page.locator("#profile svg.series text.end").evaluate_all(
        "(all) => all.map((end) => end.getBoundingClientRect()).map((box) => [box.top, box.bottom])"
    )
    assert all(above[1] <= below[0] + 2 for above, below in zip(sorted(ends), sorted(ends)[1:], strict=False))
    assert record.errors == []


def test_the_shipped_pages_stay_small(folders: dict[str, Path]) -> None:
    for name, folder in folders.items():
        assert (folder / "index.html").stat().st_size <= 500_000, name
