"""The page writes numbers exactly as Python does."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.render.interactive import draw_atlas
from sro_geo.text.speaker import Speaker
from tests.render_data import make_atlas, pick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WRITE = """([list, words]) => JSON.parse(list).map(([value, digits]) =>
  `${window.sroGeo.number(value, digits, words)} ${window.sroGeo.signed(value, digits, words)}`).join("\\n")"""
"""Numbers and texts go as one text each: the driver takes minutes for a list of so many."""

TIES = """([digits, words]) => {
  const wrong = [];
  for (let k = 0; k < 1000 * 10 ** digits; k++) {
    const up = String(k + 1).padStart(digits + 1, "0"), at = up.length - digits, front = up.slice(0, at);
    const whole = front === "1000" ? "1.000" : front, text = digits ? `${whole},${up.slice(at)}` : whole;
    const told = [1, -1].map((sign) => window.sroGeo.number((sign * (k + 0.5)) / 10 ** digits, digits, words));
    if (told[0] !== text || told[1] !== `\u2212${text}`) wrong.push([k, digits, ...told]);
  }
  return wrong.slice(0, 10);
}"""
"""Ties k + ½ that the page does not round away from zero."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("numbers") / "index.html"
    path.write_text(draw_atlas(make_atlas()), encoding="utf-8")
    return path


@pytest.fixture
def page(atlas: Path, open_page: Callable[..., tuple[Page, Any]]) -> Page:
    return open_page(atlas)[0]


def list_random() -> list[tuple[float, int]]:
    """Numbers of every size, half of them sums and products whose last digits depend on the order of operations."""
    dice = random.Random(14)  # noqa: S311  no secret
    numbers: list[tuple[float, int]] = []
    for _ in range(50_000):
        digits = dice.randrange(5)
        value = dice.uniform(-1, 1) * 10.0 ** dice.randrange(-8, 13)
        numbers.append((value, digits))
        tie = (dice.randrange(-10_000, 10_000) + 0.5) / 10**digits
        numbers.append((tie * 0.7 / 0.7 + 0.1 - 0.1, digits))
    return numbers


def check(page: Page, numbers: list[tuple[float, int]], language: str) -> None:
    told = page.evaluate(WRITE, [json.dumps(numbers), pick(language)]).split("\n")
    voice = Speaker(language)
    assert told == [f"{voice.number(value, digits=d)} {voice.signed(value, digits=d)}" for value, d in numbers]


@pytest.mark.parametrize(
    ("language", "count"), [("de", 10_000), ("en", 2_000), pytest.param("de", 100_000, marks=pytest.mark.long)]
)
def test_a_hundred_thousand_numbers_are_written_alike(page: Page, language: str, count: int) -> None:
    numbers = list_random()
    assert len(numbers) == 100_000
    check(page, numbers[:: 100_000 // count], language)


@pytest.mark.parametrize("digits", [0, 1, 2, pytest.param(3, marks=pytest.mark.long)])
def test_the_page_rounds_every_tie_away_from_zero(page: Page, digits: int) -> None:
    assert page.evaluate(TIES, [digits, pick("de")]) == []


def test_zero_and_the_largest_numbers_are_written_alike(page: Page) -> None:
    numbers = [(value, d) for value in (0.0, -0.0, -0.04, 0.5, 1e28, -1e300, 5e-324, 2.0**-15) for d in (0, 1, 14)]
    check(page, numbers, "de")


def test_ranking_axis_and_table_hold_numbers_in_the_readers_form(page: Page) -> None:
    cells = page.locator("#ranking-table tbody .num").all_inner_texts()
    assert cells[:3] == ["38", "33", "30"]
    assert page.locator("#ranking-table thead text").all_text_contents() == ["0", "20", "40"]
    assert page.locator("#table-all tr.city td").all_text_contents() == [
        "21\u00a0%",
        "x",
        "2.416",
        "56",
        "52",
        "55",
        "54",
    ]
    assert page.locator("#profile-body .part .given").all_inner_texts()[1:] == ["−3,2", "−9,4", "+0,9"]
    page.click("[data-topic=social]")
    assert page.locator("#ranking-table tbody tr[data-quarter='09'] .num").inner_text() == "+1,5"
