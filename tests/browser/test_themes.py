"""The page in light and dark, as it is drawn: every text against what stands behind it; paper is always light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from sro_geo.model.colours import measure_contrast
from sro_geo.render.interactive import draw_atlas
from tests.fonts import SANS
from tests.render_data import make_years
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TEXTS = """() => {
  const hex = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 ? null : "#" + [r, g, b].map((one) => Math.round(one).toString(16).padStart(2, "0")).join("");
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = hex(getComputedStyle(at).backgroundColor);
      if (found) return found;
    }
    return "#ffffff";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), told = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || !node.checkVisibility({ visibilityProperty: true }) || node.closest("script, style, .drawing")) continue;
    const style = getComputedStyle(node), ink = node instanceof SVGElement ? style.fill : style.color;
    if (!node.closest(":disabled")) told.push([text.slice(0, 40), hex(ink), behind(node)]);
  }
  return told;
}"""
LABELS = """() => {
  const hex = (colour) => "#" + colour.match(/\\d+/g).slice(0, 3).map((one) => Number(one).toString(16).padStart(2, "0")).join("");
  const under = (text) => {
    const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    const plates = [...document.querySelectorAll(".drawing .labels rect")].filter((one) => {
      const b = one.getBoundingClientRect();
      return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom;
    });
    if (plates.length) return getComputedStyle(plates[0]).fill;
    const area = document.elementsFromPoint(x, y).find((one) => one.matches("path[data-quarter]"));
    return area ? getComputedStyle(area).fill : getComputedStyle(document.body).backgroundColor;
  };
  return [...document.querySelectorAll(".drawing text.label")].map((one) => [one.textContent, hex(getComputedStyle(one).fill), under(one)])
    .map(([text, ink, ground]) => [text, ink, ground.startsWith("url") ? "pattern" : hex(ground)]);
}"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("themes") / "index.html"
    path.write_text(draw_atlas(make_years()), encoding="utf-8")
    return path


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Callable[[str], Browser], atlas: Path) -> Iterator[Page]:
    context = chromium(SANS).new_context(viewport={"width": 1440, "height": 1000}, color_scheme=request.param)
    tab = context.new_page()
    tab.goto(atlas.as_uri())
    tab.evaluate("window.sroGeo.ready")
    yield tab
    context.close()


def list_faint(found: list[Any]) -> list[Any]:
    return [one for one in found if one[1] is None or measure_contrast(one[1], one[2]) < 4.5]


def test_every_text_is_read_easily(page: Page) -> None:
    for topic in ("offers", "resilience", "social"):
        page.click(f"[data-topic={topic}]")
        texts, labels = page.evaluate(TEXTS), page.evaluate(LABELS)
        assert len(texts) > 100
        assert list_faint(texts) == []
        assert len(labels) > 12
        assert list_faint(labels) == []  # none stands on a pattern, which has no colour
    page.click("#legend button >> nth=0")
    assert list_faint(page.evaluate(LABELS)) == []
    assert list_faint(page.evaluate(TEXTS)) == []


def test_axe_finds_nothing_to_mend(page: Page, request: pytest.FixtureRequest) -> None:
    """Light on a screen, dark on a phone."""
    width = {"light": 1440, "dark": 360}[request.node.callspec.params["page"]]
    page.set_viewport_size({"width": width, "height": 1000})
    page.evaluate("document.querySelector('#alike').open = true")
    wait_until(page, "document.querySelector('#alike-widths input') !== null")
    found = Axe().run(page).response
    assert len(found["passes"]) > 40
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_paper_is_light(page: Page) -> None:
    page.emulate_media(media="print")
    ground, ink = page.evaluate("['backgroundColor', 'color'].map((one) => getComputedStyle(document.body)[one])")
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(27, 31, 35)")
