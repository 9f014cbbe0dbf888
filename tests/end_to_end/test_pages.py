"""The shipped studies' own pages in a browser that may load nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

FILLS = """() => Object.fromEntries([...document.querySelectorAll("path[data-quarter]")]
  .map((path) => [path.dataset.quarter, path.getAttribute("fill")]))"""


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


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_each_map_stands_alone(folders: dict[str, Path], open_page: Callable[..., tuple[Any, Any]], name: str) -> None:
    for path in sorted((folders[name] / "maps").glob("*.html")):
        page, record = open_page(path, width=800, height=800)
        assert page.locator("path[data-quarter]").count() >= 12
        assert (record.requests, record.errors) == ([], [])
