"""The quality report as a page: it opens offline, runs nothing, and fits a screen, a telephone and A4."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.pipeline.checking import check_project
from sro_geo.report.quality_lines import tell_answer
from sro_geo.report.quality_page import draw_quality
from tests.bad_input.harness import GOOD, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., tuple[Page, Any]]

pytestmark = pytest.mark.browser


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Page of a project with a question, an answer, an error's long name, and markup in its words."""
    folder = tmp_path / "probe"
    shutil.copytree(GOOD, folder)
    lay_out("060_total_is_no_sum", folder)
    file = folder / "project.toml"
    text = file.read_text(encoding="utf-8").replace('"Probe"', '"Probe <b>&</b>"')
    answer = '\n[[decided]]\nquestion = "offers_twice"\nreason = "<script>alert(1)</script>"\n'
    file.write_text(text + answer, encoding="utf-8")
    offers = folder / "angebote.csv"
    lines = offers.read_text(encoding="utf-8").splitlines()
    offers.write_text("\n".join([*lines, lines[-1].replace("A2", "A3"), ""]), encoding="utf-8")
    page = tmp_path / "bericht.html"
    page.write_text(draw_quality(check_project(folder)), encoding="utf-8")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_it_opens_without_a_request_and_fits(report: Path, open_page: Open, width: int) -> None:
    page, record = open_page(report, width=width)
    assert (record.requests, record.errors) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.inner_text("h1") == "Datenprüfung: Probe <b>&</b>"
    assert page.inner_text(".verdict").startswith("1 Frage müssen Sie entscheiden.")
    heads = [re.sub(r" \(\d+\)", "", text) for text in page.locator("h2").all_inner_texts()]
    assert heads == ["Fragen", "Dateien", "Entschieden", "Weggelassen"]
    assert page.inner_text(".answer").splitlines()[1] == 'question = "totals_differ"'
    assert "Entschieden: <script>alert(1)</script>" in page.inner_text(".decided")
    assert page.locator("script").count() == 0
    sizes = page.evaluate(
        "[...document.querySelectorAll('p,pre,h1,h2,span')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 12


def test_it_forbids_everything_but_its_own_style(report: Path) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', report.read_text(encoding="utf-8"))
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy)
    assert not re.findall(r"(?:src|href)\s*=", report.read_text(encoding="utf-8"))


def test_the_page_and_the_text_ask_the_same(report: Path) -> None:
    quality = check_project(report.parent / "probe")
    (question,) = quality.questions
    assert all(line.replace('"', "&quot;") in report.read_text(encoding="utf-8") for line in tell_answer(question))
