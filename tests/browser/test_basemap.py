"""A map of somebody else below ours: offered where the project names it, and no server is asked before a click."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from sro_geo.model.basemaps import BASEMAPS
from sro_geo.render.interactive import draw_atlas, draw_map
from tests.fonts import SANS
from tests.render_data import make_atlas
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Route

    from sro_geo.model.basemaps import BasemapName

pytestmark = pytest.mark.browser


def make_tile() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (256, 256), "#88aa66").save(file, "png")
    return file.getvalue()


def draw(name: BasemapName | None, *, alone: bool) -> str:
    data = make_atlas()
    ground = replace(data.ground, basemap=None if name is None else BASEMAPS[name])
    if alone:
        return draw_map(data.views[0].picture, ground, words=data.words, language="de")
    return draw_atlas(replace(data, ground=ground))


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("name", list(BASEMAPS))
def test_no_server_is_asked_before_a_click(
    tmp_path: Path, chromium: Callable[[str], Browser], name: BasemapName, *, alone: bool
) -> None:
    path, asked, errors = tmp_path / "karte.html", list[str](), list[str]()
    path.write_text(draw(name, alone=alone), encoding="utf-8")
    context = chromium(SANS).new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=make_tile(), content_type="image/png")

    page.route("https://**/*", answer)
    page.on("console", lambda told: errors.append(told.text) if told.type in ("error", "warning") else None)
    page.goto(path.as_uri())
    page.evaluate("window.sroGeo.ready")
    server, button = BASEMAPS[name].server, page.locator("#basemap button")
    assert server.removeprefix("https://") in page.inner_text("#basemap")
    page.wait_for_timeout(100)
    assert asked == []
    button.press("Enter")
    wait_until(page, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert {address.split("/")[2] for address in asked} == {server.removeprefix("https://")}
    assert not any("{" in address for address in asked)
    assert BASEMAPS[name].credit in page.inner_text("#basemap")
    assert button.get_attribute("aria-pressed") == "true"
    page.click("#zoom-in")
    button.click()
    wait_until(page, "document.querySelectorAll('.leaflet-tile').length === 0")
    assert errors == []
    context.close()


@pytest.mark.parametrize("alone", [True, False])
def test_without_one_nothing_may_be_asked(*, alone: bool) -> None:
    page = draw(None, alone=alone)
    assert "img-src data:;" in page
    assert "https://" not in page.split("Content-Security-Policy", 1)[1].split(">", 1)[0]
    assert "offerBasemap = " not in page
