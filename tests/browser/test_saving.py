"""Map and table as files: what is in them is what the page shows."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageStat

from sro_geo.render import interactive
from sro_geo.render.embedding import StudyMap
from sro_geo.render.interactive import draw_atlas, draw_map
from sro_geo.render.page import place_atlas
from sro_geo.render.pieces import read_asset
from sro_geo.report.tables import guard_text
from tests.render_data import make_years

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from sro_geo.model.atlas import AtlasData
    from tests.conftest import Record

    Open = Callable[..., tuple[Page, Record]]

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
NOTE = """() => { window.refused = []; document.addEventListener("securitypolicyviolation", (one) => window.refused.push(one.violatedDirective)); }"""
FILLS = """() => [...document.querySelectorAll("path[data-quarter]")].map((path) => path.getAttribute("fill"))"""
LABELS = """() => [...document.querySelectorAll(".drawing .label")].map((one) => one.textContent)"""
TABLE = """() => [...document.querySelectorAll("#table-all tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent.replaceAll("\u00ad", "").trim()))"""
UNSURE = "unsicher, weil ein Teil unbekannt oder geschätzt ist"
HOSTILE = '=cmd|"/c calc"!A1; -1\u0007<script>alert(1)</script>'


@pytest.fixture(scope="module")
def data() -> AtlasData:
    return make_years()


@pytest.fixture(scope="module")
def atlas(data: AtlasData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saving") / "index.html"
    path.write_text(draw_atlas(data), encoding="utf-8")
    return path


@pytest.fixture
def page(atlas: Path, open_page: Open) -> Page:
    return open_page(atlas)[0]


def save(page: Any, form: str, *, of: Page | None = None) -> tuple[str, bytes]:
    """Name and content of the file that a button gives; `page` may be a frame `of` a page."""
    with (of or page).expect_download() as waiting:
        page.click(f"#save-{form}")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def read_svg(page: Page) -> ET.Element:
    return ET.fromstring(save(page, "svg")[1])  # noqa: S314  our own


def list_areas(root: ET.Element) -> list[str | None]:
    """Fills of the quarters."""
    paths = root.iter(f"{SVG}path")
    return [path.get("fill") for path in paths if path.get("stroke") == "#6c747c" and path.get("fill-rule")]


def list_texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def plain(text: str) -> str:
    """A shown number as a spreadsheet of the same language reads it."""
    bare = text.removeprefix("(").removesuffix(")").removesuffix("\u00a0%")
    bare = bare.replace(".", "") if re.fullmatch(r"[+−]?[\d.,]+", bare) and bare != "." else bare
    return bare.replace("−", "-").removeprefix("+") if re.fullmatch(r"[+−]?[\d,]+", bare) else guard_text(text)


def test_the_picture_holds_what_the_map_shows(page: Page, data: AtlasData) -> None:
    for topic in ("offers", "resilience", "social"):
        page.click(f"[data-topic={topic}]")
        root = read_svg(page)
        picture = next(view.picture for view in data.views if view.picture.topic == topic)
        assert list_areas(root) == page.evaluate(FILLS)
        texts = list_texts(root)
        assert set(page.evaluate(LABELS)) <= set(texts)
        shown = " ".join(texts)
        for wanted in (
            picture.title,
            picture.subtitle,
            picture.source,
            picture.example,
            *picture.notices,
        ):
            assert wanted in shown
        labels = [one.label for one in picture.classes] + [one.label for one in picture.unknown]
        counts = [one.count for one in picture.classes] + [one.count for one in picture.unknown]
        assert {*labels, *map(str, counts)} <= set(texts)
        assert {f"sro-{one.pattern}" for one in picture.unknown} == {
            one.get("id") for one in root.iter(f"{SVG}pattern")
        }
        assert root.findtext(f"{SVG}title") == picture.title
        assert f"ausgewählt: {dict(zip(picture.quarter_ids, picture.quarter_names, strict=True))['08']}" in texts


def test_it_needs_no_style_and_is_light_on_a_dark_screen(page: Page) -> None:
    light = save(page, "svg")[1]
    page.emulate_media(color_scheme="dark")
    page.hover("path[data-quarter='03']", force=True)
    assert save(page, "svg")[1] == light
    assert not re.search(rb"var\(| class=| style=| data-|<style|<script", light)
    theme = dict(re.findall(r"--(\w+):(#\w+)", read_asset("base.css").split("}")[0]))
    colours = dict(re.findall(r"(\w+): \"(#\w+)\"", read_asset("sheet.js").partition("LIGHT = {")[2].partition("}")[0]))
    assert len(colours) == 8
    assert colours.items() <= theme.items()


def test_the_painted_picture_looks_like_the_drawn_one(page: Page, tmp_path: Path, open_page: Open) -> None:
    """At twice the size; a browser that draws the SVG sees the same."""
    name, content = save(page, "png")
    assert name == "ohne_kita_10-2024.png"
    (tmp_path / "one.svg").write_bytes(save(page, "svg")[1])
    root = ET.parse(tmp_path / "one.svg").getroot()  # noqa: S314  our own
    size = int(root.get("width", "")), int(root.get("height", ""))
    painted = Image.open(io.BytesIO(content)).convert("RGB")
    assert painted.size == (2 * size[0], 2 * size[1])
    other, _ = open_page(tmp_path / "one.svg", width=size[0], height=size[1])
    drawn = Image.open(io.BytesIO(other.screenshot())).convert("RGB")
    apart = ImageChops.difference(painted.resize(size, Image.Resampling.BOX), drawn)
    assert max(ImageStat.Stat(apart).mean) < 3
    assert min(ImageStat.Stat(drawn).stddev) > 20  # something is there to compare


def test_the_table_is_read_back_as_it_stands(page: Page, data: AtlasData) -> None:
    page.click("#table-all thead button >> nth=1")
    for topic in ("offers", "resilience", "social"):
        page.click(f"[data-topic={topic}]")
        _, content = save(page, "csv")
        head, *rows = read_csv(content)
        picture = next(view.picture for view in data.views if view.picture.topic == topic)
        table, shown = rows[: rows.index([])], page.evaluate(TABLE)
        year = ["2024"] if topic == "offers" else []
        assert head[1] == ", ".join([picture.title, *year, picture.heading])
        width = len(shown[0])
        assert [row[:width] for row in table] == [[cells[0], *map(plain, cells[1:])] for cells in shown]
        assert [row[width:] for row in table] == [
            ([UNSURE] if cells[1].startswith("(") else [""]) if "Anmerkung" in head else [] for cells in shown
        ]
        assert ("Anmerkung" in head) == any(label.startswith("(") for label in picture.labels)
        assert [picture.source] in rows
        assert [f"Beispieldaten: {picture.example}"] in rows
        assert not any(row and row[0].startswith("In Klammern") for row in rows)


def test_other_years_and_changes_are_saved_as_they_are_shown(page: Page) -> None:
    page.click("[data-topic=offers]")
    page.evaluate(
        """() => { const year = document.getElementById("year"); year.value = "2023"; year.dispatchEvent(new Event("input")); }"""
    )
    name, content = save(page, "csv")
    assert name == "ohne_kita_10-2023.csv"
    assert ["Die übrigen Spalten gelten für 2024."] in read_csv(content)
    page.click("#changes-map")
    name, content = save(page, "svg")
    assert name == "ohne_kita_10-2021-2024.svg"
    root = ET.fromstring(content)  # noqa: S314  our own
    assert list_areas(root) == page.evaluate(FILLS)
    assert page.inner_text("#map-title").replace("\n", " ") in " ".join(list_texts(root))


@pytest.mark.parametrize("form", ["png", "svg", "csv"])
def test_the_keyboard_saves_too_without_a_request_or_a_report(atlas: Path, open_page: Open, form: str) -> None:
    page, record = open_page(atlas)
    page.evaluate(NOTE)
    page.focus("#save-png")
    for _ in range(["png", "svg", "csv"].index(form)):
        page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == f"ohne_kita_10-2024.{form}"
    assert page.inner_text("#live") == f"Gespeichert: ohne_kita_10-2024.{form}"
    assert page.evaluate("window.refused") == []
    assert (record.requests, record.errors) == ([], [])


def test_names_stay_text_in_picture_and_table(tmp_path: Path, open_page: Open) -> None:
    data = make_years()
    frame = data.ground.quarters.copy()
    frame.loc["08", "name"] = HOSTILE
    names = tuple(str(name) for name in frame["name"])
    views = tuple(
        replace(view, picture=replace(view.picture, quarter_names=names, title=HOSTILE)) for view in data.views
    )
    profiles = tuple(replace(one, name=HOSTILE) if one.quarter_id == "08" else one for one in data.profiles)
    hostile = replace(data, ground=replace(data.ground, quarters=frame), views=views, profiles=profiles)
    path = tmp_path / "hostile.html"
    path.write_text(draw_atlas(hostile), encoding="utf-8")
    page, record = open_page(path)
    root = read_svg(page)
    assert not list(root.iter(f"{SVG}script"))
    assert "".join(HOSTILE.split()).replace("\u0007", "") in "".join("".join(list_texts(root)).split())
    head, *rows = read_csv(save(page, "csv")[1])
    assert guard_text(HOSTILE) in [row[0] for row in rows if row]
    assert head[1].startswith("'=")
    assert record.errors == []


def test_the_guard_is_the_same_as_for_the_tables(page: Page) -> None:
    texts = [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r1",
        "\n1",
        "a;=1",
        "a;b",
        "Groß Klein",
        "",
        ";",
        "1;-1;+1",
        "a\n=1",
        "−1",
    ]
    assert page.evaluate("(texts) => texts.map(sroGeo.guard)", texts) == [guard_text(text) for text in texts]


def test_a_map_alone_in_a_frame_is_saved(data: AtlasData, tmp_path: Path, open_page: Open) -> None:
    picture, labels = data.views[1].picture, place_atlas(data)
    one = StudyMap(picture=picture, ground=data.ground, words=data.words, language="de", labels=labels)
    path = tmp_path / "report.html"
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8">{one.to_iframe()}', encoding="utf-8")
    page, record = open_page(path)
    frame = page.frames[1]
    frame.evaluate("window.sroGeo.ready")
    name, content = save(frame, "csv", of=page)
    head, *rows = read_csv(content)
    assert (name, head) == ("index.csv", ["Quartier", f"{picture.title}, {picture.heading}", "Anmerkung"])
    told = zip(picture.quarter_names, picture.labels, strict=True)
    wanted = [[who, plain(label), UNSURE if label.startswith("(") else ""] for who, label in told]
    assert rows[: rows.index([])] == sorted(wanted)
    assert list_areas(ET.fromstring(save(frame, "svg", of=page)[1])) == frame.evaluate(FILLS)  # noqa: S314  our own
    assert save(frame, "png", of=page)[0] == "index.png"
    assert record.errors == []


def test_a_painted_city_is_saved_as_shapes(data: AtlasData, atlas: Path, tmp_path: Path, open_page: Open) -> None:
    path, picture = tmp_path / "canvas.html", data.views[0].picture
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interactive, "_DRAWN", 5)
        path.write_text(draw_map(picture, data.ground, words=data.words, language="de"), encoding="utf-8")
    wanted = open_page(atlas)[0].evaluate(FILLS)
    assert list_areas(read_svg(open_page(path)[0])) == wanted
