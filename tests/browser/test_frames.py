"""Single maps within a page of somebody else: the snippet of the handbook gives each the height that it needs, and nothing runs over."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sro_geo.render.interactive import draw_map
from tests.fonts import SANS
from tests.render_data import make_ground, make_pictures, pick
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbuch" / "index.md"
FOREIGN = "<style>* { font: 20px/2 serif !important; margin: 7px; float: left } iframe { width: 100% }</style>"
WIDTHS = (1200, 720, 360)
MEASURES = "[document.documentElement.scrollHeight, innerHeight, document.body.offsetHeight]"


def test_maps_in_frames_are_as_high_as_they_need_whatever_the_page_looks_like(
    tmp_path: Path, chromium: Callable[[str], Browser]
) -> None:
    ground = make_ground()
    first, second, *_ = make_pictures(ground.quarters)
    for name, picture in (("a", first), ("b", second)):
        (tmp_path / f"{name}.html").write_text(draw_map(picture, ground, words=pick("de"), language="de"), "utf-8")
    found = re.search(r"^ {4}<iframe.*?</script>$", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found is not None
    snippet = found[0]
    assert 'src="maps/index.html"' in snippet
    once, twice = (snippet.replace("maps/index.html", escape(name)) for name in ("a.html", "b.html"))
    (tmp_path / "report.html").write_text(f"<!doctype html>{FOREIGN}<h1>Bericht</h1>{once}{twice}", encoding="utf-8")
    context = chromium(SANS).new_context(viewport={"width": WIDTHS[0], "height": 900})
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    heights = set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wait_until(page, f"innerWidth === {width}")
        for frame in page.frames[1:]:
            frame.frame_element().scroll_into_view_if_needed()
            told: list[int] = []
            for _ in range(100):
                told = frame.evaluate(MEASURES)
                if told[0] == told[1] and told[1] - told[2] in (0, 1):
                    break
                page.wait_for_timeout(20)
            assert told[0] == told[1], (width, told)
            assert told[1] - told[2] in (0, 1), (width, told)
            assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
            heights.add(told[1])
    assert len(heights) >= len(WIDTHS)
    context.close()
