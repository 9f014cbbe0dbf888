"""Large cities are painted on a canvas: it looks, answers and reads like the paths of a small one. A town stands for them here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.render import interactive
from tests.render_data import make_atlas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

PATHS = """() => Object.fromEntries([...document.querySelectorAll("path[data-quarter]")].map((path) => {
  const { x, y, width, height } = path.getBBox(), matrix = path.getScreenCTM(), at = new DOMPoint();
  for (let i = 1; i < 20; i += 1) for (let k = 1; k < 20; k += 1) {
    [at.x, at.y] = [x + (width * i) / 20, y + (height * k) / 20];
    const spots = [[5, 0], [-5, 0], [0, 5], [0, -5]].map(([dx, dy]) => new DOMPoint(at.x + dx, at.y + dy));
    const seen = at.matrixTransform(matrix), top = document.elementFromPoint(seen.x, seen.y);
    if (top === path && spots.every((spot) => path.isPointInFill(spot))) return [path.dataset.quarter, [seen.x, seen.y, path.getAttribute("fill"), path.getAttribute("aria-label")]];
  }
  return [path.dataset.quarter, null];
}))"""
"""Of each quarter a point well inside that nothing covers, its fill and its name for those who listen."""

COLOUR = """([x, y]) => {
  const canvas = document.querySelector(".areas canvas"), box = canvas.getBoundingClientRect();
  const [r, g, b, a] = canvas.getContext("2d").getImageData((x - box.left) * canvas.width / box.width, (y - box.top) * canvas.height / box.height, 1, 1).data;
  return a === 255 ? "#" + [r, g, b].map((one) => one.toString(16).padStart(2, "0")).join("") : "";
}"""
LATER = f"""async ([x, y, wanted]) => {{
  const look = {COLOUR};
  for (let frame = 0; frame < 100 && look([x, y]) !== wanted; frame += 1) await new Promise(requestAnimationFrame);
  return look([x, y]);
}}"""
"""The colour once it is the one wanted, or after a hundred frames."""

UNKNOWN = ("#ffffff", "#8a929a", "#5c646d")
"""Paper and ink of the patterns; between them all that lies between."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same atlas with its quarters as paths and on a canvas."""
    folder = tmp_path_factory.mktemp("canvas")
    with pytest.MonkeyPatch.context() as patch:
        for name, most in (("paths", 500), ("canvas", 5)):
            patch.setattr(interactive, "_DRAWN", most)
            (folder / f"{name}.html").write_text(interactive.draw_atlas(make_atlas()), encoding="utf-8")
    return folder / "paths.html", folder / "canvas.html"


@pytest.fixture
def both(pages: tuple[Path, Path], open_page: Open) -> tuple[Page, Page]:
    (paths, first), (canvas, second) = (open_page(path) for path in pages)
    assert (first.errors, second.errors, second.requests) == ([], [], [])
    assert canvas.locator("path[data-quarter]").count() == 1
    return paths, canvas


def choose(page: Page, topic: str) -> None:
    page.click(f"[data-topic={topic}]")


def is_grey_between(colour: str) -> bool:
    levels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return min(levels) >= 0x5C and max(levels) - min(levels) <= 0x11


@pytest.mark.parametrize("topic", ["offers", "resilience", "social"])
def test_a_canvas_has_the_colours_of_the_paths(both: tuple[Page, Page], topic: str) -> None:
    paths, canvas = both
    for page in both:
        choose(page, topic)
    known = 0
    for quarter, found in paths.evaluate(PATHS).items():
        x, y, fill, _ = found
        colour = canvas.evaluate(COLOUR, [x, y])
        known += fill.startswith("#")
        assert colour == fill or (fill.startswith("url(") and is_grey_between(colour)), (quarter, fill, colour)
    assert known >= 8


def test_pointer_and_click_find_the_same_quarters(both: tuple[Page, Page]) -> None:
    paths, canvas = both
    for quarter, (x, y, _, label) in paths.evaluate(PATHS).items():
        for page in both:
            page.mouse.move(x, y)
        assert canvas.inner_text("#tip") == paths.inner_text("#tip") != "", quarter
        canvas.mouse.click(x, y)
        assert canvas.get_attribute("path[data-quarter]", "aria-label") == label
        assert canvas.get_attribute("#ranking-table tr[data-selected]", "data-quarter") == quarter
    canvas.mouse.move(2, 2)
    assert canvas.is_hidden("#tip")


def test_arrow_keys_walk_a_canvas_as_they_walk_paths(both: tuple[Page, Page]) -> None:
    focused = "document.activeElement.getAttribute('aria-label')"
    for page in both:
        page.focus("path[data-quarter][tabindex='0']")
    for key in ("ArrowLeft", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        for page in both:
            page.keyboard.press(key)
        assert both[1].evaluate(focused) == both[0].evaluate(focused)
        assert both[1].locator(".drawing .ring").count() == 1
        assert both[1].inner_text("#tip") == both[0].inner_text("#tip") != ""
    for page in both:
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert both[1].inner_text("#profile h2") == both[0].inner_text("#profile h2")


def test_a_lit_class_leaves_the_others_plain(both: tuple[Page, Page]) -> None:
    paths, canvas = both
    spots = paths.evaluate(PATHS)
    for page in both:
        page.click("#legend button >> nth=0")
    lit = paths.evaluate(PATHS)
    for quarter, (x, y, _, _) in spots.items():
        wanted = lit[quarter][2] if lit[quarter] else ""
        if wanted.startswith("var("):
            assert canvas.evaluate(COLOUR, [x, y]) == "#f5f6f7", quarter
    assert any(found and found[2].startswith("var(") for found in lit.values())


def test_a_canvas_is_painted_anew_when_it_is_dark_or_printed(both: tuple[Page, Page]) -> None:
    paths, canvas = both
    for page in both:
        page.click("#legend button >> nth=0")
    x, y, _, _ = next(found for found in paths.evaluate(PATHS).values() if found and found[2].startswith("var("))
    assert canvas.evaluate(COLOUR, [x, y]) == "#f5f6f7"
    canvas.emulate_media(color_scheme="dark")
    assert canvas.evaluate(LATER, [x, y, "#1f2327"]) == "#1f2327"
    canvas.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert canvas.evaluate("document.querySelector('.areas canvas').width") == 3 * 672
