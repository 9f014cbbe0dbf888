"""Quarters of the reader's choosing beside the rest: the page finds what Python finds."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sro_geo.compare.groups import GROUP, REST, compare_groups, measure_groups
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.indicators import Indicators
from sro_geo.report.contrast import make_contrast
from sro_geo.report.shown import list_shown
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Page

    from tests.conftest import Record
    from tests.told import Told

    Open = Callable[..., tuple[Page, Record]]

pytestmark = pytest.mark.browser

POOL = """async (asked) => {
  const { views } = await sroGeo.readData("sro-data"), byCode = new Map(views.map((view) => [view.code, view]));
  return asked.map(([code, ids]) => { const { pool, picture } = byCode.get(code); return sroGeo.poolSide(pool, picture.quarter_ids, ids); });
}"""
CARD = """() => [...document.querySelectorAll("#ticked-body .side")].map((side) => [...side.children].map((one) => one.textContent))"""
NOTE = """() => { window.refused = []; document.addEventListener("securitypolicyviolation", (one) => window.refused.push(one.violatedDirective)); }"""


@pytest.fixture(scope="module")
def written(muster: Told) -> Indicators:
    """Values of the year as the tables write them; a quotient of what stands beside it is as exact as that."""
    rows = muster.study.indicators
    rows = rows[rows["year"] == muster.study.about.year].copy()
    factor = rows["indicator"].map(
        {code: UNIT_FACTOR.get(spec.unit, np.nan) for code, spec in muster.study.specs.items()}
    )
    for column, digits in (("value", 4), ("numerator", 1), ("denominator", 1)):
        rows[column] = rows[column].round(digits)
    exact = factor * rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0)
    return Indicators(rows.assign(value=rows["value"].mask((exact - rows["value"]).abs() < 6e-5, exact)))


def draw_sets(ids: Sequence[str], count: int) -> list[list[str]]:
    dice = random.Random(17)  # noqa: S311  no secret
    return [[one for one in ids if one in dice.sample(list(ids), size)] for size in range(1, 12) for _ in range(count)]


def list_pooled(muster: Told) -> list[str]:
    return [code for code, view, _ in muster.views if view["pool"]]


def tick(page: Page, wanted: Sequence[str]) -> None:
    for box in page.locator("#ticked-ticks input").all():
        box.set_checked(box.input_value() in wanted)


def test_the_page_pools_as_python_does(muster: Told, written: Indicators, open_page: Open) -> None:
    study, codes = muster.study, list_pooled(muster)
    sets = draw_sets(list(study.quarters.index), 2)
    page, _ = open_page(muster.folder / "index.html")
    asked = [[code, ids] for code in codes for ids in sets]
    told = page.evaluate(POOL, asked)
    unknown = bounded = 0
    for code in codes:
        members: Any = {str(n): ids for n, ids in enumerate(sets)}
        frame = measure_groups(written, indicator=code, spec=study.specs[code], year=study.about.year, members=members)
        own = [one for (name, _), one in zip(asked, told, strict=True) if name == code]
        for row, found in zip(frame.to_dict("records"), own, strict=True):
            for key, name in (("value", "value"), ("low", "low"), ("high", "high"), ("size", "denominator")):
                assert (np.nan if found[key] is None else found[key]) == pytest.approx(
                    row[name], rel=1e-9, abs=1e-9, nan_ok=True
                )
            assert (found["quarters"], found["known"]) == (row["quarters"], row["known_quarters"])
            unknown += found["value"] is None
            bounded += found["low"] is not None and found["low"] < found["high"]
    assert len(codes) > 15
    assert unknown > 0
    assert bounded > 0


def test_the_card_says_what_python_would_say(muster: Told, written: Indicators, open_page: Open) -> None:
    study, shown = muster.study, {one.code: one for one in list_shown(muster.study)}
    page, record = open_page(muster.folder / "index.html")
    page.click("[data-topic=social]")
    page.click("#ticked summary")
    for code in ("sprachfoerderung", "kinder_sgb2", "hze_faelle"):
        page.select_option("#indicator", label=shown[code].spec.short["de"])
        for own in draw_sets(list(study.quarters.index), 1)[::4]:
            tick(page, own)
            rest = [one for one in study.quarters.index if one not in own]
            members: Any = {GROUP: own, REST: rest}
            compared = compare_groups(written, specs={code: study.specs[code]}, year=study.about.year, members=members)
            said = make_contrast(replace(study, comparison=compared), shown[code])
            assert said is not None
            group, other, difference = page.evaluate(CARD)
            known = "Kein Vergleich" not in said.sentence
            assert (group[0], other[0]) == ("Ihre Auswahl", "Übrige Stadt")
            assert [side[2] for side in (group, other)] == [said.group.size, said.rest.size]
            if known:
                assert [side[1] for side in (group, other)] == [said.group.value, said.rest.value]
                assert difference[1] == said.difference + said.unit
                assert ("Was fehlt" in difference[2]) == ("Was fehlt" in said.sentence)
            else:
                assert "nicht bekannt" in (group[1], other[1])
                assert difference[1] == "·"
    assert record.errors == []


def test_ticks_are_kept_in_the_address_and_begin_with_the_model_regions(muster: Told, open_page: Open) -> None:
    page, record = open_page(muster.folder / "index.html")
    page.evaluate(NOTE)
    page.click("[data-topic=social]")
    assert page.evaluate(CARD) == []
    assert page.locator("#ticked-note").is_hidden()
    page.focus("#ticked summary")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('#ticked-note').innerText.includes('ihr Vergleich steht oben')")
    checked = "() => [...document.querySelectorAll('#ticked-ticks input:checked')].map((one) => one.value).sort()"
    wait_until(page, "document.querySelectorAll('#ticked-ticks input').length === 12")
    regions = sorted(muster.study.groups[muster.study.about.group or ""])
    assert page.evaluate(checked) == regions
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert len(page.evaluate(checked)) == 3
    assert len(page.evaluate(CARD)) == 3
    names = muster.study.quarters["name"]
    told = page.inner_text("#ticked-note").removeprefix("Ihre Auswahl: ").removesuffix(".").split(", ")
    assert sorted(told) == sorted(names[one] for one in page.evaluate(checked))
    address = page.evaluate("location.hash")
    assert "auswahl=" in address
    page.reload()
    page.evaluate("window.sroGeo.ready")
    assert page.evaluate("location.hash") == address
    assert len(page.evaluate(CARD)) == 3
    page.click("[data-topic=resilience]")
    assert page.evaluate(CARD) == []
    assert "nicht zusammenrechnen" in page.inner_text("#ticked-note")
    page.go_back()
    wait_until(page, "document.querySelectorAll('#ticked-body .side').length === 3")
    page.evaluate("() => { location.hash = location.hash.replace(/auswahl=[^&]*/, 'auswahl=') }")
    wait_until(page, "document.querySelectorAll('#ticked-body .side').length === 0")
    assert page.inner_text("#ticked-note") == "Zum Vergleichen Quartiere ankreuzen, aber nicht alle."
    assert page.evaluate("window.refused || []") == []
    assert (record.requests, record.errors) == ([], [])
