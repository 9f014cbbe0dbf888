"""A city of many areas: quarters are found by name, lists keep within their frames, every view has an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from tests.cities import write_city
from tests.told import show_one
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UNITS = """() => Object.fromEntries([...document.querySelectorAll("#table-all tbody tr[data-quarter]")]
  .map((row) => [row.cells[0].textContent.trim().replaceAll("\u00ad", ""), row.cells[1].textContent]))"""
"""Larger unit by quarter, as the table has them."""

ROWS = "#ranking-table tbody tr[data-quarter]:not([hidden])"


@pytest.fixture(scope="module", params=[40, pytest.param(96, marks=pytest.mark.long)])
def count(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture(scope="module")
def city(common: Path, count: int) -> Path:
    folder = common / f"city-{count}"
    with FileLock(common / "city.lock"):
        if not folder.exists():
            source = common / f"city-{count}-source"
            source.mkdir()
            study = run_study(open_project(write_city(source, count=count)))
            write_study(show_one(study), folder=folder)
    return folder / "index.html"


@pytest.fixture
def page(city: Path, open_page: Callable[..., tuple[Any, Any]]) -> Page:
    page, record = open_page(city)
    assert record.errors == []
    shown: Page = page
    return shown


def read_names(page: Page) -> list[str]:
    return [text.strip().replace("\u00ad", "") for text in page.locator(f"{ROWS} .name").all_inner_texts()]


def test_the_page_is_no_longer_than_its_lists_are_framed(page: Page, count: int) -> None:
    assert page.evaluate("document.documentElement.scrollHeight") <= 4000
    assert page.locator("#ranking-table tr[data-quarter]").count() == count
    selected = page.evaluate("""() => {
      const frame = document.querySelector("#ranking-table").parentElement.getBoundingClientRect();
      const row = document.querySelector("#ranking-table tr[data-selected]").getBoundingClientRect();
      return row.top >= frame.top && row.bottom <= frame.bottom;
    }""")
    assert selected


def test_no_row_stands_half_under_the_head_of_its_frame(page: Page, count: int) -> None:
    halves = page.evaluate("""() => [...document.querySelectorAll(".rows > table")].map((table) => {
      const rows = [...table.querySelectorAll("tr[data-quarter]")], frame = table.parentElement;
      return rows.map((chosen) => {
        for (const row of rows) sroGeo.toggle(row, "data-selected", row === chosen);
        sroGeo.reveal(table);
        const [foot, ...feet] = [...table.tHead.rows[0].cells].map((cell) => cell.getBoundingClientRect().bottom);
        if (feet.some((other) => Math.abs(other - foot) > 1.5)) return "head apart";
        const end = frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 1;
        const half = rows.map((row) => row.getBoundingClientRect()).some((row) => row.top < foot - 1.5 && row.bottom > foot + 1.5);
        return half && !end ? `half: ${rows.indexOf(chosen)}` : chosen.getBoundingClientRect().top < foot - 1.5 ? "hidden" : "";
      });
    })""")
    assert len(halves) >= 2
    assert halves == [[""] * count] * len(halves)


def test_lines_of_many_quarters_are_asked_for_and_drawn_as_they_come_into_view(page: Page, count: int) -> None:
    button = page.locator("#multiples-list button")
    assert button.count() == (count > 60)
    if count > 60:
        assert str(count) in button.inner_text()
        button.focus()
        page.keyboard.press("Enter")
    lines = page.locator("[data-multiple]")
    assert lines.count() == count
    lines.last.scroll_into_view_if_needed()
    wait_until(page, "!document.querySelector('[data-multiple]:last-child').classList.contains('later')")
    assert lines.last.locator("svg").count() == 1


def test_paper_has_every_row_and_no_frame(page: Page, count: int) -> None:
    page.emulate_media(media="print")
    lists = page.evaluate("""() => [...document.querySelectorAll(".rows > .all")].map((table) => {
      const frame = table.parentElement, rows = [...table.querySelectorAll("tr[data-quarter]")];
      return [rows.filter((row) => row.offsetHeight > 0).length, frame.scrollHeight - frame.clientHeight];
    })""")
    assert lists == [[count, 0]] * len(lists)
    assert lists


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("MUEHL", "Mühlen"),
        *(
            pytest.param(*case, marks=pytest.mark.long)
            for case in (("mühl", "Mühlen"), ("muhl", "Mühlen"), ("gross", "Groß"))
        ),
    ],
)
def test_a_quarter_is_found_however_its_umlauts_are_typed(page: Page, typed: str, held: str) -> None:
    everything, units = read_names(page), page.evaluate(UNITS)
    page.fill("#search", typed)
    wanted = [name for name in everything if held.casefold() in f"{name} {units[name]}".casefold()]
    assert read_names(page) == wanted
    assert 0 < len(wanted) < len(everything)
    page.press("#search", "Enter")
    assert page.inner_text("#profile h2").replace("\u00ad", "").startswith(wanted[0])
    page.press("#search", "Escape")
    assert read_names(page) == everything


def test_the_name_of_a_unit_finds_its_quarters(page: Page) -> None:
    column = "[...document.querySelectorAll('#table-all tbody tr[data-quarter]')].map((row) => [row.dataset.quarter, row.cells[0].textContent, row.cells[1].textContent])"
    rows = page.evaluate(column)
    unit = min({row[2] for row in rows}, key=len)
    page.fill("#search", unit.upper())
    found = page.evaluate(
        "[...document.querySelectorAll('#ranking-table tbody tr[data-quarter]')].map((row) => row.dataset.quarter)"
    )
    wanted = {key for key, name, own in rows if unit in own or unit in name.replace("\u00ad", "")}
    assert set(found) == wanted
    assert 1 < len(wanted) < len(rows)


def test_a_name_that_nobody_has_is_told(page: Page) -> None:
    page.fill("#search", "atlantis")
    assert page.locator(ROWS).count() == 0
    assert page.is_visible("#search-none")
    page.press("#search", "Enter")
    page.press("#search", "Escape")
    assert not page.is_visible("#search-none")


def test_a_list_is_one_stop_and_the_arrows_walk_it(page: Page) -> None:
    for table in ("#ranking-table", "#table-all"):
        assert page.locator(f"{table} tbody button.name[tabindex='0']").count() == 1
    names = read_names(page)
    page.focus("#ranking-table button.name[tabindex='0']")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.textContent.replaceAll('\u00ad', '').trim()"
    assert page.evaluate(focused) == names[1]
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.inner_text("#profile h2").replace("\u00ad", "").startswith(names[-2])


def test_columns_sort_up_and_down(page: Page) -> None:
    column = "[...document.querySelectorAll('#table-all tbody tr[data-quarter]')].map((row) => row.cells[AT].textContent.trim())"
    names = page.evaluate(column.replace("AT", "0"))
    page.click("#table-all thead button >> nth=4")
    people = [int(cell.replace(".", "")) for cell in page.evaluate(column.replace("AT", "4"))]
    assert people == sorted(people)
    assert page.get_attribute("#table-all thead th >> nth=4", "aria-sort") == "ascending"
    page.click("#table-all thead button >> nth=4")
    people = [int(cell.replace(".", "")) for cell in page.evaluate(column.replace("AT", "4"))]
    assert people == sorted(people, reverse=True)
    assert page.evaluate("document.querySelector('#table-all tbody:last-child th').textContent") == "Neustadt"
    page.click("#table-all thead button >> nth=0")
    assert page.evaluate(column.replace("AT", "0")) == names


def test_a_quarter_tells_the_unit_that_it_belongs_to_and_the_table_gathers_them(page: Page) -> None:
    column = "[...document.querySelectorAll('#table-all tbody tr[data-quarter]')].map((row) => row.cells[AT].textContent.trim())"
    page.click("#table-all thead button >> nth=1")
    units, names = page.evaluate(column.replace("AT", "1")), page.evaluate(column.replace("AT", "0"))
    assert page.inner_text("#table-all thead th >> nth=1") == "gehört zu"
    assert len(set(units)) > 2
    assert units == page.evaluate("(units) => [...units].sort(new Intl.Collator('de').compare)", units)
    page.click("#table-all tbody button.name >> nth=0")
    assert page.inner_text("#profile h2").replace("\u00ad", "").startswith(names[0].replace("\u00ad", "")[:4])
    assert page.inner_text("#profile h2 + .note") == f"Gehört zu {units[0]}"


def test_every_view_has_an_address_and_back_goes_back(page: Page) -> None:
    first = page.inner_text("#profile h2")
    page.click(f"{ROWS} >> nth=0")
    assert re.search(r"#kennzahl=arbeitslose&quartier=\d{3}(&jahr=\d{4})?$", page.url)
    chosen, address = page.inner_text("#profile h2"), page.url
    page.go_back()
    assert page.inner_text("#profile h2") == first
    page.go_forward()
    assert page.inner_text("#profile h2") == chosen
    page.goto("about:blank")
    page.goto(address)
    page.evaluate("window.sroGeo.ready")
    assert page.inner_text("#profile h2") == chosen
    page.goto(address.split("#")[0] + "#kennzahl=nichts&quartier=nirgends")
    assert page.inner_text("#profile h2") == first
    page.click("#link")
    assert page.inner_text("#link") in ("Adresse kopiert", "Kopieren ging nicht; die Adresse steht oben im Browser.")
