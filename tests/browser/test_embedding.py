"""A map in other people's pages: in a frame as high as its page, and as markup that needs no script; with layers of folium."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pytest

from sro_geo.render.embedding import StudyMap
from sro_geo.render.page import place_atlas
from tests.render_data import make_atlas, make_years
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.conftest import Record

    Open = Callable[..., tuple[Page, Record]]

pytestmark = pytest.mark.browser

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbuch" / "index.md"
FOREIGN = """<style>
* { color: lime; font: italic 30px serif; letter-spacing: 3px; text-transform: uppercase; line-height: 3 }
svg { width: 120px; max-height: 40px; border: 9px solid red } path, rect, circle { fill: red; stroke: none; stroke-width: 20 }
text { fill: red; font-size: 40px } p { margin: 90px; padding: 40px } table, td, th { display: block; border: 3px solid red }
#report svg text { font-size: 50px } #report p { float: right }
</style>"""
LOOKS = """() => [...document.querySelectorAll(".sro-fragment *")].map((node) => {
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  return [node.tagName, style.fill, style.stroke, style.strokeWidth, style.fontSize, style.fontWeight, style.color, style.display, style.textTransform, Math.round(box.height)].join(" ");
})"""
INNER = "() => [document.scrollingElement.scrollHeight, innerHeight, document.documentElement.className]"


def make_map(at: int = 0) -> StudyMap:
    data = make_years()
    return StudyMap(
        picture=data.views[at].picture, ground=data.ground, words=data.words, language="de", labels=place_atlas(data)
    )


def write(folder: Path, name: str, body: str, *, head: str = "") -> Path:
    path = folder / name
    path.write_text(f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Bericht</title>{head}</head>'
                    f"<body>{body}</body></html>", encoding="utf-8")  # fmt: skip
    return path


def settle(page: Page, frames: int) -> None:
    """Until each frame has told its height and become as high."""
    wait_until(page, f"document.querySelectorAll('iframe').length === {frames}")
    for frame in page.frames[1:]:
        frame.evaluate("window.sroGeo.ready")
        wait_until(frame, "document.documentElement.classList.contains('framed')")


@pytest.mark.parametrize("width", [360, 720, 1200])
def test_frames_are_as_high_as_their_pages(tmp_path: Path, open_page: Open, width: int) -> None:
    """Twice the same map and another one, in a page with rules of its own."""
    frames = make_map().to_iframe(), make_map(1).to_iframe(), make_map().to_iframe()
    page, record = open_page(write(tmp_path, "bericht.html", "<p>Text</p>".join(frames), head=FOREIGN), width=width)
    settle(page, 3)
    for number, frame in enumerate(page.frames[1:]):
        page.locator("iframe").nth(number).scroll_into_view_if_needed()
        needed, given, _ = frame.evaluate(INNER)
        assert needed <= given <= needed + 2
        assert frame.evaluate("document.querySelectorAll('path[data-quarter]').length") == 12
        frame.evaluate("document.querySelector('details.values:not([hidden]) summary').click()")
        wait_until(frame, f"innerHeight > {given} && document.scrollingElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert record.requests == []
    assert record.errors == []


def test_a_frame_of_a_given_height_scrolls_and_brings_no_script(tmp_path: Path, open_page: Open) -> None:
    framed = make_map().to_iframe(height=300)
    assert not framed.endswith("</script>")
    page, record = open_page(write(tmp_path, "bericht.html", framed))
    page.frames[1].evaluate("window.sroGeo.ready")
    needed, given, names = page.frames[1].evaluate(INNER)
    assert (given, names) == (300, "scripted")
    assert needed > given
    assert record.errors == []


def test_a_page_that_is_alone_is_not_framed(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "karte.html"
    path.write_text(make_map().to_page(), encoding="utf-8")
    page, _ = open_page(path)
    assert page.evaluate("document.documentElement.className") == "scripted"


@pytest.mark.parametrize("width", [360, 720, 1200])
def test_the_snippet_of_the_handbook_works_as_it_stands(tmp_path: Path, open_page: Open, width: int) -> None:
    (snippet,) = re.findall(
        r"(?:^ {4}.*\n)*^ {4}<iframe.*\n(?:^ {4}.*\n)*", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE
    )
    (tmp_path / "maps").mkdir()
    (source,) = re.findall(r'src="([^"]+)"', snippet)
    (tmp_path / source).write_text(make_map().to_page(), encoding="utf-8")
    page, record = open_page(write(tmp_path, "bericht.html", snippet), width=width, more=[tmp_path / source])
    settle(page, 1)
    needed, given, _ = page.frames[1].evaluate(INNER)
    assert needed <= given
    assert record.errors == []


def test_fragments_stay_apart_and_look_the_same_whatever_the_page_says(tmp_path: Path, open_page: Open) -> None:
    fragments = make_map().to_fragment(prefix="a"), make_map().to_fragment(prefix="b"), make_map(1).to_fragment()
    body = f'<main id="report">{"<p>Text</p>".join(fragments)}</main>'
    plain, _ = open_page(write(tmp_path, "ohne.html", body), width=800)
    styled, record = open_page(write(tmp_path, "mit.html", body, head=FOREIGN), width=800)
    ids = styled.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    markup = "".join(fragments)
    named = re.findall(r'(?:url\(|href=")#([^)"]+)', markup)
    assert set(named) <= set(ids)
    assert len(named) > 3
    assert styled.evaluate(LOOKS) == plain.evaluate(LOOKS)
    assert "rgb(255, 0, 0)" not in " ".join(styled.evaluate(LOOKS))
    assert styled.evaluate("getComputedStyle(document.querySelector('#report > p')).color") == "rgb(0, 255, 0)"
    assert (record.requests, record.errors) == ([], [])


def test_two_fragments_of_one_map_have_ids_of_their_own() -> None:
    one = make_map()
    first, second = (set(re.findall(r'id="([^"]+)"', one.to_fragment())) for _ in range(2))
    assert not first & second


@pytest.mark.parametrize("prefix", ["1a", "a b", 'a"onload=', "ä"])
def test_a_prefix_that_can_begin_no_id_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="`prefix` must be a letter"):
        make_map().to_fragment(prefix=prefix)


def test_a_notebook_shows_the_frame() -> None:
    assert make_map()._repr_html_() == make_map().to_iframe()


def layers() -> list[Any]:
    spot = {
        "type": "Feature",
        "properties": {"name": "</script>"},
        "geometry": {"type": "Point", "coordinates": [12.1, 54.1]},
    }
    group = folium.FeatureGroup(name="Wege")
    folium.PolyLine([(54.0, 12.0), (54.2, 12.2)], color="#b3360a").add_to(group)  # type: ignore[no-untyped-call]
    return [
        group,
        folium.CircleMarker((54.12, 12.08), color="#367789"),
        folium.GeoJson(spot, marker=folium.CircleMarker(radius=9)),
        folium.Marker((54.1, 12.05), icon=folium.DivIcon(html="Hier")),
    ]


def test_layers_of_folium_lie_above_the_quarters(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "karte.html"
    path.write_text(make_map().to_page(layers=layers()), encoding="utf-8")
    page, record = open_page(path)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-overlay-pane path, .leaflet-marker-pane div")].map((node) => node.getAttribute("stroke") || node.textContent)"""
    )
    assert {"#b3360a", "#367789"} <= set(drawn)
    assert "Hier" in drawn
    level = "(name) => Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
    assert page.evaluate(level, "areas") < page.evaluate(level, "overlay")
    assert page.evaluate("document.querySelectorAll('path[data-quarter]').length") == 12
    assert (record.requests, record.errors) == ([], [])


@pytest.mark.parametrize(
    ("layer", "asked"),
    [
        (folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x"), "https://tiles.example/"),
        (folium.Marker((54.1, 12.1)), "marker-icon.png"),
        (folium.raster_layers.ImageOverlay("https://images.example/a.png", [[54, 12], [54.1, 12.1]]), "https://images.example/a.png"),
        (folium.raster_layers.WmsTileLayer("https://wms.example/", layers="x"), "https://wms.example/"),
        (folium.plugins.HeatMap([(54.1, 12.1)]), "leaflet_heat"),  # type: ignore[no-untyped-call]
        (folium.FeatureGroup().add_child(folium.Marker((54.1, 12.1), icon=folium.Icon())), "marker-icon.png"),
    ],
    ids=["tiles", "marker", "image", "wms", "plugin", "icon"],
)  # fmt: skip
def test_a_layer_that_asks_a_server_is_refused_by_what_it_asks_for(layer: Any, asked: str) -> None:
    with pytest.raises(ValueError, match=re.escape(asked)):
        make_map().to_page(layers=[layer])


def test_names_stay_text_in_frames_and_fragments(tmp_path: Path, open_page: Open) -> None:
    evil = '</script></style><img src=x onerror=top.pwned=1>"onload=top.pwned=1 {{ 7*7 }}'
    data = make_atlas(q08=evil, offer=evil)
    picture = replace(data.views[0].picture, title=evil, subtitle=evil, source=evil, quarter_names=(evil,) * 12)
    one = StudyMap(picture=picture, ground=data.ground, words=data.words, language="de", labels=place_atlas(data))
    page, record = open_page(write(tmp_path, "bericht.html", one.to_iframe() + one.to_fragment()))
    settle(page, 1)
    assert [frame.evaluate("document.querySelectorAll('img').length") for frame in page.frames] == [0, 0]
    assert page.evaluate("window.pwned") is None
    assert evil in page.inner_text(".sro-fragment")
    assert (record.requests, record.errors) == ([], [])


def test_a_map_that_is_not_seen_is_drawn(tmp_path: Path, open_page: Open) -> None:
    """A frame out of sight has no frames of its own to wait for; whoever shows it finds the map."""
    folded = f'<div style="display:none">{make_map().to_iframe()}</div>'
    page, _ = open_page(write(tmp_path, "bericht.html", folded))
    wait_until(page, "document.querySelectorAll('iframe').length === 1")
    wait_until(page.frames[1], "document.querySelectorAll('[data-quarter]').length === 12")
