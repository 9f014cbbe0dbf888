"""Maps as single files beside folium: size, writing, first paint and switching, in one run.

Where mapclassify is installed, beside geopandas.explore as well. Folium's own files are served on loopback from the installed
packages, so that nobody waits for the internet. Times are medians of interleaved rounds; ratios count, since machines differ.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
from js_lib_leaflet import __file__ as leaflet
from playwright.sync_api import sync_playwright

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import _make_atlas
from sro_geo.render.interactive import compose_map, draw_atlas
from sro_geo.render.page import place_atlas
from sro_geo.render.pages import join_page
from tests.cities import write_city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from sro_geo.model.atlas import AtlasData

SIZES = (21, 500, 5000)
PIECES = ((50, 32), (1000, 16), (10_000, 8), (100_000, 2))
"""Up to how many areas a side between two has how many pieces: official boundaries have some 290, 100 and 50 points for each area."""
ROUNDS = 3
_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FOREIGN = ("leaflet.js", "leaflet.css")
_PAINTED = "() => performance.getEntriesByType('paint').find((one) => one.name === 'first-contentful-paint')?.startTime"
_DRAWN = """async () => {
  if (window.sroGeo) { await window.sroGeo.ready; await new Promise(requestAnimationFrame); }
  return document.querySelector("canvas") ? Infinity : document.querySelectorAll("path").length;  // a canvas has no elements
}"""
_SWITCH = """async () => {
  const select = document.querySelector("#indicator"), times = [];
  for (const option of [...select.options, ...select.options]) {
    select.value = option.value;
    const begun = performance.now();
    select.dispatchEvent(new Event("change"));
    times.push(performance.now() - begun);
  }
  return times;
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Print one block for each size; sizes may be named on the command line."""
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        static = Path(leaflet).parent / "static" / "js_lib_leaflet"
        for file in _FOREIGN:
            shutil.copy(static / file, folder / file)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        Thread(target=server.serve_forever, daemon=True).start()
        path = next(found for one in _CHROMIUM if (found := shutil.which(one)))
        browser = driver.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for size in sizes:
            _measure(size, folder, browser, f"http://127.0.0.1:{server.server_port}")
        browser.close()
        server.shutdown()


def _measure(size: int, folder: Path, browser: Browser, base: str) -> None:
    data, quarters = _make_city(size, folder)
    ways: dict[str, Callable[[], str]] = {
        "sro_geo": lambda: _draw(data),
        "folium": lambda: _draw_folium(quarters),
    }
    if find_spec("mapclassify"):  # geopandas asks for it
        ways["explore"] = lambda: _explore(quarters)
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    pages: dict[str, str] = {}
    for _ in range(ROUNDS if size <= SIZES[1] else 1):
        for way, draw in ways.items():
            begun = time.perf_counter()
            pages[way] = draw()
            seconds[way].append(time.perf_counter() - begun)
    paints: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for way, page in pages.items():
        (folder / f"{way}.html").write_text(page, encoding="utf-8")
    for _ in range(ROUNDS):
        for way in ways:
            paints[way].append(_open(browser, f"{base}/{way}.html", areas=size))
    print(f"\n{f'{size} areas, single map':<36}" + "".join(f"{way:>12}" for way in (*ways, "to folium")))
    _tell("bytes", {way: float(len(page.encode())) for way, page in pages.items()}, "12,.0f")
    _tell("writing, s", {way: median(all_) for way, all_ in seconds.items()}, "12.2f")
    _tell("first paint, ms", {way: median(one[0] for one in all_) for way, all_ in paints.items()}, "12.0f")
    _tell("all areas drawn, ms", {way: median(one[1] for one in all_) for way, all_ in paints.items()}, "12.0f")
    _tell_atlas(data, quarters, folder, browser, base)


def _tell(what: str, found: dict[str, float], form: str) -> None:
    ratio = found["sro_geo"] / found["folium"]
    print(f"{what:<36}" + "".join(format(number, form) for number in found.values()) + f"{ratio:>12.2f}")


def _tell_atlas(data: AtlasData, quarters: gpd.GeoDataFrame, folder: Path, browser: Browser, base: str) -> None:
    """The whole atlas of the same city: its bytes, and how long its script is busy when the indicator is switched."""
    page = draw_atlas(data)
    (folder / "atlas.html").write_text(page, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 1000})
    tab.goto(f"{base}/atlas.html")
    tab.evaluate("window.sroGeo.ready")
    times = tab.evaluate(_SWITCH)
    tab.close()
    layers = _draw_folium(quarters, layers=len(data.views))
    sizes = {"sro_geo": float(len(page.encode())), "folium": float(len(layers.encode()))}
    _tell(f"atlas of {len(data.views)} indicators, bytes", sizes, "12,.0f")
    print(f"{'switching the indicator, ms':<36}{median(times):>12.0f}")


def _make_city(size: int, folder: Path) -> tuple[AtlasData, gpd.GeoDataFrame]:
    """An invented city of eight indicators in one year, as the atlas has it and as a plain table of areas."""
    source = folder / f"city-{size}"
    source.mkdir()
    pieces = next(one for most, one in PIECES if size <= most)
    data = _make_atlas(run_study(open_project(write_city(source, count=size, years=(2024,), more=7, pieces=pieces))))
    picture = data.views[0].picture
    plain = gpd.GeoDataFrame(
        {"name": list(picture.quarter_names), "value": list(picture.labels), "fill": [_fill(picture, at) for at in picture.placed]},
        geometry=data.ground.quarters.geometry.to_numpy(), crs=data.ground.quarters.crs,
    )  # fmt: skip
    return data, plain.to_crs(4326)


def _fill(picture: Any, at: int) -> str:
    return str(picture.classes[at].fill) if at >= 0 else "#ffffff"


def _draw(data: AtlasData) -> str:
    """One map by our own renderer, its labels placed as well."""
    one = replace(data, views=data.views[:1])
    labels = place_atlas(one)
    parts = compose_map(data.views[0].picture, data.ground, words=data.words, language="de", labels=labels)
    return join_page(parts)


def _draw_folium(quarters: gpd.GeoDataFrame, *, layers: int = 1) -> str:
    """The same areas, colours and texts by folium, its files from this server; a layer for each indicator."""
    west, south, east, north = quarters.total_bounds
    chart = folium.Map(tiles=None)
    for number in range(layers):
        tooltip = folium.GeoJsonTooltip(["name", "value"])
        folium.GeoJson(quarters, style_function=_style, tooltip=tooltip, show=not number).add_to(chart)
    chart.fit_bounds([[south, west], [north, east]])
    return _serve(chart)


def _style(one: dict[str, Any]) -> dict[str, Any]:
    return {"fillColor": one["properties"]["fill"], "color": "#6c747c", "weight": 1, "fillOpacity": 1}


def _explore(quarters: gpd.GeoDataFrame) -> str:
    chart = quarters.explore(tiles=None, tooltip=["name", "value"], style_kwds={"style_function": _style})
    return _serve(chart)


def _serve(chart: Any) -> str:
    """Folium's page with Leaflet alone, from this server: it is given less to load than it asks for."""
    root = chart.get_root()
    chart.default_js = [("leaflet", "leaflet.js")]
    chart.default_css = [("leaflet_css", "leaflet.css")]
    return str(root.render())


def _open(browser: Browser, address: str, *, areas: int) -> tuple[float, float]:
    """Milliseconds to the first paint, and until as many areas are there as the city has."""
    tab = browser.new_page(viewport={"width": 1000, "height": 800})
    begun = time.perf_counter()
    tab.goto(address, wait_until="load")
    while tab.evaluate(_DRAWN) < areas:
        tab.wait_for_timeout(5)
    drawn = 1000 * (time.perf_counter() - begun)
    painted = float(tab.evaluate(_PAINTED) or drawn)
    tab.close()
    return painted, drawn


if __name__ == "__main__":
    main()
