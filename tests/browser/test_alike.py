"""Quarters like the selected one by the reader's own choice: the page finds what Python finds, and every part works by keyboard."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.compare.nearness import find_near
from sro_geo.render.interactive import draw_atlas
from sro_geo.report.shown import list_shown
from tests.nearness_data import CODES, DIGITS, make_towns
from tests.render_data import make_years, pick
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.told import Told

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser

FIND = """([tables, order]) => order.map((own) => {
  const asked = tables.map(({ values, digits, width }) => ({ values: new Map(Object.entries(values).map(([id, value]) => [id, sroGeo.round(value, digits)])), digits, width }));
  const { found, open } = sroGeo.findNear(asked, order, own);
  return [found.map((one) => one.id), open, found.map((one) => one.most)];
})"""
LISTED = "() => [...document.querySelectorAll('#alike-table tbody tr')].map((row) => row.dataset.quarter)"
LIT = """() => [...document.querySelectorAll("path[data-quarter]")].filter((path) => path.getAttribute("fill") !== "var(--panel)").map((path) => path.dataset.quarter).sort()"""
WIDTHS = """async () => {
  const { views } = await sroGeo.readData("sro-data"), boxes = document.querySelectorAll("#alike-ticks input");
  for (const box of boxes) if (!box.checked) box.click();
  const read = (code) => document.getElementById(`alike-${code}`).value.replace(",", ".");
  return [...boxes].map(({ value: code }) => { const view = views.find((one) => one.code === code); return [view.ranking.filter((row) => row.value !== null).map((row) => sroGeo.round(row.value, view.digits)), Number(read(code)), view.digits]; });
}"""


@pytest.fixture
def page(muster: Told, open_page: Open) -> Page:
    """The atlas with the fold open, on the unemployed of Neue Heide."""
    page, record = open_page(muster.folder / "index.html")
    page.evaluate("location.hash = '#kennzahl=arbeitslose&quartier=08'")
    wait_until(page, "document.querySelector('#map-title').textContent.startsWith('Arbeitslose')")
    page.focus("#alike > summary")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelectorAll('#alike-widths input').length === 2")
    assert (record.requests, record.errors) == ([], [])
    return page


def lay_values(muster: Told) -> tuple[pd.DataFrame, dict[str, int]]:
    """Every value of the year shown, and the decimals it is shown with."""
    shown = list_shown(muster.study)
    values = {one.code: one.values["value"] for one in shown}
    return pd.DataFrame(values).reindex(list(muster.study.quarters.index)), {one.code: one.spec.digits for one in shown}


def test_the_page_finds_what_python_finds_in_the_same_order(muster: Told, open_page: Open) -> None:
    page, _ = open_page(muster.folder / "index.html")
    many = undecided = edges = 0
    for seed in range(4):
        table, tolerances = make_towns(seed)
        order = list(table.index)
        asked = [
            {
                "values": table[code].dropna().round(DIGITS[code] + 2).to_dict(),
                "digits": DIGITS[code],
                "width": tolerances[code],
            }
            for code in CODES
        ]
        for own, (found, open_, most) in zip(order, page.evaluate(FIND, [asked, order]), strict=True):
            near = find_near(table, quarter_id=own, tolerances=tolerances, digits=DIGITS)
            known = near[~near["open"]]
            if table.loc[own].notna().all():  # else the page leaves out what the quarter has no value of
                assert (found, open_) == (list(known.index), list(near.index[near["open"]]))
                assert most == pytest.approx(list(known["distance"]), abs=1e-12)
                many, undecided, edges = many + len(found), undecided + len(open_), edges + (1.0 in most)
    assert min(many, undecided, edges) > 10


def test_names_are_those_of_python_and_select_by_keyboard(muster: Told, page: Page) -> None:
    table, digits = lay_values(muster)
    page.fill("#alike-arbeitslose", "2,5")
    page.fill("#alike-angebote_in_reichweite", "1")
    tolerances = {"angebote_in_reichweite": 1.0, "arbeitslose": 2.5}
    near = find_near(table, quarter_id="08", tolerances=tolerances, digits=digits)
    names = list(near.index[~near["open"]])
    assert len(names) > 1
    assert page.evaluate(LISTED) == names
    assert f"Ähnlich wie Neue Heide in jeder gewählten Kennzahl: {len(names)} von 11 Quartieren." in page.inner_text(
        "#alike-told"
    )
    page.focus("#alike-table button.name >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#profile h2").startswith(muster.study.quarters["name"][names[1]])
    assert page.evaluate("document.activeElement.closest('#alike-table') !== null")
    assert page.locator("#alike-table button.name[tabindex='0']").count() == 1
    assert "08" in page.evaluate(LISTED)


def test_what_was_found_lights_up_and_goes_on_to_the_comparison(page: Page) -> None:
    page.fill("#alike-arbeitslose", "2.5")
    page.fill("#alike-angebote_in_reichweite", "1")
    page.focus("#alike-light")
    page.keyboard.press("Enter")
    lit = sorted(["08", *page.evaluate(LISTED)])
    assert 2 < len(lit) < 12
    assert page.evaluate(LIT) == lit
    assert page.get_attribute("#alike-light", "aria-pressed") == "true"
    page.click("path[data-quarter='01']")
    assert page.evaluate(LIT) == sorted(["01", *page.evaluate(LISTED)])
    page.keyboard.press("Escape")
    assert len(page.evaluate(LIT)) == 12
    page.click("#alike-tick")
    wanted = ["01", *page.evaluate(LISTED)]
    wait_until(
        page, "document.querySelector('#ticked-ticks input:checked') !== null"
    )  # the fold tells that it is open a moment later
    assert page.evaluate(
        "[...document.querySelectorAll('#ticked-ticks input:checked')].map((one) => one.value).sort()"
    ) == sorted(wanted)
    assert page.evaluate("document.activeElement.closest('#ticked') !== null")


def test_what_is_lacking_or_no_number_is_told(muster: Told, page: Page) -> None:
    """Nobody knows a value of Lindenau's in language support, nor of whoever has none: neither near nor far."""
    table, _ = lay_values(muster)
    gaps = table["sprachfoerderung"].index[table["sprachfoerderung"].isna()]
    assert len(gaps)
    page.fill("#alike-arbeitslose", "-1")
    assert "eine Zahl ab null" in page.inner_text("#alike-told")
    assert page.get_attribute("#alike-arbeitslose", "aria-invalid") == "true"
    page.fill("#alike-arbeitslose", "1.000")
    assert page.get_attribute("#alike-arbeitslose", "aria-invalid") is None
    page.click("#alike .ticks summary")
    page.check("#alike-ticks input[value=sprachfoerderung]")
    page.uncheck("#alike-ticks input[value=angebote_in_reichweite]")
    page.fill("#alike-sprachfoerderung", "100")
    names = [str(muster.study.quarters["name"][one]) for one in gaps]
    assert f"Offen, weil ein Wert fehlt: {len(names)} ({', '.join(names)})." in page.inner_text("#alike-told")
    assert set(page.evaluate(LISTED)) == set(table.index) - set(gaps) - {"08"}
    page.click(f"path[data-quarter='{gaps[0]}']")
    assert "hier ohne Wert" in page.inner_text("#alike-widths p:has(#alike-sprachfoerderung)")
    assert set(page.evaluate(LISTED)) == set(table.index) - {gaps[0]}
    page.focus("#alike-ticks input[tabindex='0']")
    page.keyboard.press("End")
    assert page.locator("#alike-ticks input[tabindex='0']").count() == 1
    page.keyboard.press("Space")
    assert page.locator("#alike-widths p").count() == 3


def test_tolerances_begin_near_half_a_standard_deviation(page: Page) -> None:
    """A one, two or five with noughts, none nearer than the one taken, and never finer than what is shown."""
    told = page.evaluate(WIDTHS)
    assert len(told) > 20
    for values, width, digits in told:
        half, least = float(pd.Series(values).std(ddof=0)) / 2, 10.0**-digits
        round_ = [n * 10.0**power for n in (1, 2, 5) for power in range(-3, 7)]
        assert width >= least
        assert math.isclose(min(round_, key=lambda one: abs(one - width)), width)
        assert width == least or abs(width - half) <= min(abs(one - half) for one in round_) + 1e-9


def test_numbers_are_read_with_the_marks_of_the_language(tmp_path: Path, open_page: Open) -> None:
    """A comma of thousands is one in English alone; where it can't be, it stands for the decimals."""
    (tmp_path / "index.html").write_text(
        draw_atlas(replace(make_years(), language="en", words=pick("en"))), encoding="utf-8"
    )
    page, record = open_page(tmp_path / "index.html")
    page.evaluate("document.querySelector('#alike').open = true")
    field = page.locator("#alike-widths input").first
    field.wait_for()
    assert "percentage points" in str(field.get_attribute("aria-label"))
    listed = {}
    for text in ("1,000", "1000", "0,5", "0.5", "1.000.000", "1,2,3", ""):
        field.fill(text)
        listed[text] = (page.locator("#alike-table tbody tr").count(), field.get_attribute("aria-invalid"))
    assert listed["1,000"] == listed["1000"] == (9, None)
    assert listed["0,5"] == listed["0.5"]
    assert listed["0.5"][0] < 9
    assert {listed[text] for text in ("1.000.000", "1,2,3", "")} == {(0, "true")}
    assert record.errors == []
