"""Larger units as a browser draws them: the names' laws at every width, zoomed, printed and beside whatever is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.model.quarters import name_parents
from sro_geo.render.interactive import draw_map
from tests.fonts import ROBOTO, SANS
from tests.label_laws import make_city
from tests.render_data import pick
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

FAULTS = """(parents) => {
  const all = (selector) => [...document.querySelectorAll(selector)], faults = [];
  const paths = all("path[data-quarter]").map((path) => [path, parents[path.dataset.quarter], path.getScreenCTM().inverse()]);
  const ink = (node) => { const { left, right, top, bottom } = node.getBoundingClientRect(), cut = (bottom - top) * 0.2; return { left, right, top: top + cut, bottom: bottom - cut }; };
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const units = all("[data-unit]").map((node) => [node.dataset.unit, ink(node), node]), labels = all("[data-label]").map((node) => [node.dataset.label, ink(node)]);
  const plates = all(".drawing .labels rect").map((node) => node.getBoundingClientRect()), at = new DOMPoint();
  for (const [name, box] of units) {
    for (const x of [box.left, (box.left + box.right) / 2, box.right]) for (const y of [box.top, box.bottom]) {
      const own = paths.find(([path, , back]) => { [at.x, at.y] = [x, y]; return path.isPointInFill(at.matrixTransform(back)); });
      if (!own || own[1] !== name) faults.push(`${name} reaches into ${own ? own[1] : "paper"}`);
    }
    for (const [other, rival] of units) if (other !== name && meet(box, rival)) faults.push(`${name} on ${other}`);
    for (const [other, rival] of labels) if (meet(box, rival)) faults.push(`${name} on ${other}`);
    for (const plate of plates) if (meet(box, plate)) faults.push(`${name} on a plate`);
    for (const line of all(".leader")) {
      const { x1, y1, x2, y2 } = line, matrix = line.getScreenCTM();
      for (let step = 0; step <= 40; step += 1) {
        [at.x, at.y] = [x1.baseVal.value + (x2.baseVal.value - x1.baseVal.value) * step / 40, y1.baseVal.value + (y2.baseVal.value - y1.baseVal.value) * step / 40];
        const seen = at.matrixTransform(matrix);
        if (meet(box, { left: seen.x, right: seen.x, top: seen.y, bottom: seen.y })) { faults.push(`${name} on a leader`); break; }
      }
    }
  }
  return faults;
}"""
"""Judged by sampled points and the boxes that the browser itself gives."""

NAMED = "new Set([...document.querySelectorAll('[data-unit]')].map((node) => node.dataset.unit)).size"


@pytest.fixture(scope="module")
def parents() -> dict[str, str]:
    return name_parents(make_city(120)[0].quarters)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ground, picture = make_city(120)
    path = tmp_path_factory.mktemp("units") / "map.html"
    path.write_text(draw_map(picture, ground, words=pick("de"), language="de"), encoding="utf-8")
    return path


@pytest.mark.parametrize("family", [SANS, pytest.param(ROBOTO, marks=pytest.mark.long)])
def test_names_keep_their_laws_at_every_width_zoomed_and_printed(
    path: Path, parents: dict[str, str], open_page: Open, family: str
) -> None:
    page, record = open_page(path, family=family)
    assert (record.requests, record.errors) == ([], [])
    for width in (1440, 800, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(page, f"innerWidth === {width}")
        assert page.evaluate(FAULTS, parents) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    wait_until(page, f"innerWidth === 1440 && {NAMED} > 3")
    for _ in range(2):
        page.click("#zoom-in")
        assert page.evaluate(FAULTS, parents) == []
        assert page.evaluate(NAMED) > 3
    page.click("#zoom-all")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(FAULTS, parents) == []
    assert page.evaluate(NAMED) > 3


def test_no_name_meets_the_label_of_whatever_is_selected(path: Path, parents: dict[str, str], open_page: Open) -> None:
    page, _ = open_page(path)
    usual = page.evaluate(NAMED)
    for n in range(0, 120, 8):
        page.evaluate(
            "(n) => document.querySelectorAll('path[data-quarter]')[n].dispatchEvent(new MouseEvent('click', { bubbles: true }))",
            n,
        )
        assert page.evaluate(FAULTS, parents) == [], n
        assert page.evaluate(NAMED) >= usual - 1, n


def test_capitals_are_spaced_and_cased_in_the_size_that_they_were_placed_with(path: Path, open_page: Open) -> None:
    page, _ = open_page(path)
    looks = page.evaluate("""() => [...document.querySelectorAll("[data-unit]")].map((node) => {
      const look = getComputedStyle(node), casing = node.previousElementSibling;
      return [parseFloat(look.fontSize) - node.getAttribute("font-size"), look.fontSize, parseFloat(look.letterSpacing) / parseFloat(look.fontSize), casing.textContent === node.textContent, casing.getAttribute("stroke-width"), node.textContent === node.textContent.toUpperCase()];
    })""")
    assert {(round(look[2], 6), *look[3:]) for look in looks} == {(0.1, True, "3", True)}
    assert {look[0] for look in looks} == {0}
    assert {look[1] for look in looks} <= {"15px", "14px", "13px"}
    page.click("[data-labels=none]")
    assert page.evaluate(NAMED) == 0
    assert page.locator("path.unit").count() == 2


CENTRE = """(ids) => {
  const map = document.querySelector(".sro-map").getBoundingClientRect(), within = (box) => box.left >= map.left - 1 && box.right <= map.right + 1 && box.top >= map.top - 1 && box.bottom <= map.bottom + 1;
  return ids.every((id) => within(document.querySelector(`path[data-quarter="${id}"]`).getBoundingClientRect()));
}"""
"""Whether quarters lie wholly on the map that is seen."""

ZOOM = "window.map_sro.getZoom()"


def test_links_lead_to_each_unit_by_mouse_and_by_keys_and_the_button_back(
    path: Path, parents: dict[str, str], open_page: Open
) -> None:
    page, record = open_page(path)
    links = page.locator(".units button")
    names = links.all_inner_texts()
    assert sorted(names) == sorted(set(parents.values()))
    assert names == page.evaluate("(names) => [...names].sort(new Intl.Collator('de').compare)", names)
    whole = page.evaluate(ZOOM)
    for n in (0, len(names) - 1):
        links.nth(n).click()
        assert page.evaluate(CENTRE, [key for key, unit in parents.items() if unit == names[n]])
        assert page.evaluate(ZOOM) > whole + 0.3
        assert page.inner_text("#live") == f"größeres Gebiet: {names[n]}"
    page.click("#zoom-all")
    assert page.evaluate(ZOOM) == pytest.approx(whole)
    assert page.locator(".units [tabindex='0']").count() == 1
    page.focus(".units [tabindex='0']")
    for key, n in (("Home", 0), ("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1), ("End", len(names) - 1)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == names[n]
        assert page.locator(".units [tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate(CENTRE, [key for key, unit in parents.items() if unit == names[-1]])
    page.emulate_media(media="print")
    assert page.is_hidden(".units")
    assert record.errors == []
