"""Labels as a browser draws them: the same laws at every width, in two fonts, in towns and in cities of 63 and 96 quarters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from sro_geo.render.interactive import draw_atlas, draw_map
from sro_geo.render.picture import REASONS
from sro_geo.text.speaker import Speaker
from tests.fonts import FAMILIES, ROBOTO, SANS
from tests.label_laws import make_city
from tests.render_data import make_atlas, pick
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

LABELS = (Path(__file__).parent / "labels.js").read_text(encoding="utf-8")
SHORTS = [Speaker("de").say(f"short_{reason}") for reason in REASONS]
WINDOWS = (1440, 1000, 800, 390)
LONG = pytest.mark.long
OFTEN = ((12, SANS), (12, ROBOTO))
SELDOM = tuple(pytest.param(count, family, marks=LONG) for count in (63, 96) for family in FAMILIES)
"""A town in every run, cities in the long checks; the places themselves are held to their laws in tests/unit/render."""


class Pages(dict[int, Path]):
    """Page of a town of so many quarters, drawn when it is first asked for by whichever process comes first."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, count: int) -> Path:
        path = self[count] = self.folder / f"labels-{count}.html"
        with FileLock(path.with_suffix(".lock")):
            if not path.exists():
                path.write_text(draw_town(count), encoding="utf-8")
        return path


def draw_town(count: int) -> str:
    if count == 12:
        return draw_atlas(make_atlas())
    ground, picture = make_city(count)
    return draw_map(picture, ground, words=pick("de"), language="de")


@pytest.fixture(scope="module")
def pages(common: Path) -> Pages:
    return Pages(common)


def judge(page: Page, *, everyone: bool) -> list[str]:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    faults: list[str] = page.evaluate(LABELS, {"all": everyone, "shorts": SHORTS})
    return faults


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wait_until(page, f"innerWidth === {width}")


@pytest.mark.parametrize(("count", "family"), [*OFTEN, *SELDOM])
def test_labels_keep_their_laws_at_every_width(pages: Pages, open_page: Open, count: int, family: str) -> None:
    page, record = open_page(pages[count], family=family)
    for width in WINDOWS:
        resize(page, width)
        assert judge(page, everyone=width > 760 or count <= 40) == [], width
        for button in page.locator("[data-labels]").all()[::-1]:
            button.click()
            assert judge(page, everyone=False) == [], (width, button.inner_text())
        page.click("[data-labels=both]" if count <= 40 else "[data-labels=names]")
    assert record.errors == []


@pytest.mark.parametrize(
    ("count", "family"),
    [(12, SANS), *(pytest.param(*case, marks=LONG) for case in ((12, ROBOTO), (63, SANS), (63, ROBOTO)))],
)
def test_whatever_is_selected_is_named(pages: Pages, open_page: Open, count: int, family: str) -> None:
    page, record = open_page(pages[count], family=family)
    for width in (1440, 390):
        resize(page, width)
        for key in page.locator("path[data-quarter]").evaluate_all("(all) => all.map((path) => path.dataset.quarter)")[
            ::3
        ]:
            page.focus(f"path[data-quarter='{key}']")
            page.keyboard.press("Enter")
            assert judge(page, everyone=False) == [], (width, key)
            name = page.get_attribute(f"path[data-quarter='{key}']", "aria-label") or ""
            if width < 760:
                assert page.inner_text("#picked span").startswith(name.split(", ")[0])
    assert record.errors == []


def test_in_a_large_city_the_page_names_what_is_selected_and_when_zoomed_what_has_room(
    pages: Pages, open_page: Open
) -> None:
    page, record = open_page(pages[130])
    shown = "new Set([...document.querySelectorAll('[data-label]')].map((node) => node.dataset.label)).size"
    assert page.evaluate(shown) == 2
    for width in (1440, 390):
        resize(page, width)
        for key in ("003", "004", "005", "041", "088", "115"):
            page.focus(f"path[data-quarter='{key}']")
            page.keyboard.press("Enter")
            assert judge(page, everyone=False) == [], (width, key)
            assert page.evaluate(shown) == 3
    resize(page, 1440)
    for _ in range(3):
        page.click("#zoom-in")
        assert [one for one in judge(page, everyone=False) if not one.endswith(("of the map", "the legend"))] == []
        assert page.evaluate(shown) > 20
    assert record.errors == []


@pytest.mark.parametrize("count", [12, pytest.param(63, marks=LONG)])
def test_labels_keep_their_laws_on_each_step_of_the_zoom(pages: Pages, open_page: Open, count: int) -> None:
    page, _ = open_page(pages[count])
    named = "document.querySelectorAll('[data-number]').length"
    numbers = [page.evaluate(named)]
    for _ in range(3):
        page.click("#zoom-in")
        assert [fault for fault in judge(page, everyone=True) if not fault.endswith(("of the map", "the legend"))] == []
        numbers.append(page.evaluate(named))
    assert numbers == sorted(numbers, reverse=True)
    page.click("#zoom-all")
    assert page.evaluate(named) == numbers[0]


@pytest.mark.parametrize("count", [12, *(pytest.param(count, marks=LONG) for count in (63, 96))])
def test_in_print_every_quarter_is_named_and_nothing_is_selected(pages: Pages, open_page: Open, count: int) -> None:
    page, _ = open_page(pages[count])
    page.press("path[data-quarter] >> nth=0", "Enter")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelector('.sro-map').clientWidth") == 672
    faults = judge(page, everyone=True)
    assert [fault for fault in faults if "must have name and value" not in fault] == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert judge(page, everyone=False) == []


def test_the_switch_shows_names_values_both_or_none(pages: Pages, open_page: Open) -> None:
    page, _ = open_page(pages[12])
    texts = "[...document.querySelectorAll('[data-label]')].map((node) => node.textContent)"
    regions = {"Neue Heide", "Ostufer"}
    page.click("[data-labels=names]")
    told = set(page.evaluate(texts))
    assert {"Westend", *regions} <= told
    assert "22\u00a0%" not in told
    page.click("[data-labels=values]")
    told = set(page.evaluate(texts))
    assert {"22\u00a0%", *regions} <= told
    assert "Westend" not in told
    page.click("[data-labels=both]")
    assert {"Westend", "22\u00a0%", *regions} <= set(page.evaluate(texts))
    page.click("[data-labels=none]")
    assert page.evaluate(texts) == []
    page.select_option("#indicator", index=0)
    page.click("[data-topic=resilience]")
    assert page.get_attribute("[data-labels=none]", "aria-pressed") == "true"
    assert page.evaluate(texts) == []


def test_letters_have_the_size_that_their_place_was_found_for(pages: Pages, open_page: Open) -> None:
    page, _ = open_page(pages[12])
    sizes = page.evaluate("""() => [...document.querySelectorAll("[data-label]")]
      .map((node) => [parseFloat(getComputedStyle(node).fontSize), Number(node.getAttribute("font-size"))])""")
    assert {wanted for _, wanted in sizes} == {12, 13}
    assert all(drawn == wanted for drawn, wanted in sizes)


def test_places_are_the_same_for_every_indicator(pages: Pages, open_page: Open) -> None:
    page, _ = open_page(pages[12])
    where = """() => Object.fromEntries([...document.querySelectorAll("[data-label]")].filter((node) => !/\\d|geheim|Angabe/.test(node.textContent))
      .map((node) => [node.textContent, node.getAttribute("x") + " " + node.getAttribute("y")]))"""
    first = page.evaluate(where)
    assert len(first) >= 10
    for topic in ("resilience", "social"):
        page.click(f"[data-topic={topic}]")
        assert page.evaluate(where) == first


@pytest.mark.parametrize("family", [SANS, pytest.param(ROBOTO, marks=LONG)])
def test_one_click_widens_the_map_and_one_takes_it_back(pages: Pages, open_page: Open, family: str) -> None:
    page, _ = open_page(pages[12], family=family)
    width = "document.querySelector('.sro-map').clientWidth"
    before = page.evaluate(width)
    page.click("#wide")
    assert page.evaluate(width) == 1040 > before
    assert judge(page, everyone=True) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.click("#wide")
    assert page.evaluate(width) == before
    resize(page, 1000)
    assert page.is_hidden("#wide")


@pytest.mark.parametrize(("family", "width"), [(SANS, 322), (ROBOTO, 390)])
def test_a_phone_shows_values_alone_and_those_of_model_regions_on_every_map(
    pages: Pages, open_page: Open, family: str, width: int
) -> None:
    page, record = open_page(pages[12], family=family, width=width)
    assert page.get_attribute("[data-labels=values]", "aria-pressed") == "true"
    shown = (
        """() => [...document.querySelectorAll("[data-label]")].map((node) => [node.dataset.label, node.textContent])"""
    )
    pictures = page.evaluate("""async () => (await sroGeo.readData("sro-data")).views.map(({ code, picture }) =>
      [code, picture.title, picture.outlined, Object.fromEntries(picture.quarter_ids.map((id, i) => [id, picture.labels[i]]))])""")
    counts = []
    for code, title, regions, labels in pictures:
        page.evaluate("(code) => { location.hash = `#kennzahl=${encodeURIComponent(code)}`; }", code)
        wait_until(
            page, f"document.querySelector('#map-title').textContent.replaceAll('\u00ad', '') === {json.dumps(title)}"
        )
        assert judge(page, everyone=False) == [], code
        told = dict(page.evaluate(shown))
        assert set(regions) <= set(told), code
        assert all(text in (labels[key], *SHORTS) for key, text in told.items()), told
        counts.append(len(told))
    assert max(counts) >= 10  # a value need not have room for the widest of all maps
    assert record.errors == []
