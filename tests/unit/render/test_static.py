from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pytest
import shapely
from PIL import Image

from sro_geo.model.colours import measure_contrast, measure_luminance
from sro_geo.model.picture import Overlay, Overlays
from sro_geo.render.grey import grey_out
from sro_geo.render.palette import BORDER
from sro_geo.render.sheet import lay_out
from sro_geo.render.static import draw_figure, draw_figures
from tests.pdf_text import count_pages, read_pdf
from tests.render_data import GAP, draw_values, make_ground, make_pictures, pick, set_picture
from tests.svg_text import read_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.picture import Ground, Picture

WORDS = pick("de")


@pytest.fixture(scope="module")
def ground() -> Ground:
    return make_ground()


@pytest.fixture(scope="module")
def pictures(ground: Ground) -> tuple[Picture, ...]:
    return make_pictures(ground.quarters)


@pytest.fixture(scope="module")
def figures(ground: Ground, pictures: tuple[Picture, ...]) -> Mapping[str, bytes]:
    """The first picture in every form."""
    return draw_figures(pictures[0], ground, words=WORDS, forms=("svg", "png", "pdf"), language="de")


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_same_picture_gives_the_same_bytes_and_the_settings_of_others_are_left_alone(
    ground: Ground, pictures: tuple[Picture, ...], figures: Mapping[str, bytes], form: str
) -> None:
    with mpl.rc_context({"font.size": 20, "hatch.linewidth": 5, "svg.hashsalt": "other"}):
        before = dict(mpl.rcParams)
        assert draw_figure(pictures[0], ground, words=WORDS, language="de", form=form) == figures[form]
        assert dict(mpl.rcParams) == before


def test_a_letter_that_the_font_lacks_stands_as_a_box_and_warns_nobody() -> None:
    ground = make_ground(q08="\U0001f3e1 \u6771\u4eac")
    assert draw_figure(make_pictures(ground.quarters)[0], ground, words=WORDS, language="de", form="png")


def test_png_shows_the_colours_of_the_classes(
    ground: Ground, pictures: tuple[Picture, ...], figures: Mapping[str, bytes]
) -> None:
    image = np.asarray(Image.open(io.BytesIO(figures["png"])).convert("RGB"))
    assert image.shape[1] == pytest.approx(511 / 72 * 200, abs=1)
    pixels = image.reshape(-1, 3)
    for one in pictures[0].classes:
        colour = [int(one.fill[i : i + 2], 16) for i in (1, 3, 5)]
        assert (pixels == colour).all(axis=1).sum() > 2000, one.label
    unpainted = replace(pictures[0], classes=tuple(replace(c, fill="#ffffff") for c in pictures[0].classes))
    blank = draw_figure(unpainted, ground, words=WORDS, language="de", form="png")
    assert (np.asarray(Image.open(io.BytesIO(blank)).convert("RGB")).reshape(-1, 3) == 255).all(axis=1).mean() > 0.8


def test_svg_is_plain_and_undated(pictures: tuple[Picture, ...], figures: Mapping[str, bytes]) -> None:
    text = figures["svg"].decode()
    ET.fromstring(text)  # noqa: S314  our own file
    assert "<dc:date>" not in text
    assert {one.split("'")[0] for one in re.findall(r"url\(#(.*?)\)", text)} == {"sro-lines", "sro-dots"}
    assert set(re.findall(r' id="(.*?)"', text)) >= {"sro-lines", "sro-dots"}
    told = " ".join(read_svg(text))
    for written in (
        "Kinder unter",
        "30 und mehr",
        "Neue Heide",
        "Modellregion",
        "geheim",
        pictures[0].digest,
        "500",
    ):
        assert written in told, written
    assert pictures[0].notices[0] in told
    assert "Beispieldaten: Musterstadt und alle Werte sind erfunden." in told


def test_names_stay_text(pictures: tuple[Picture, ...]) -> None:
    evil = "<img onerror=alert(1)> --></script> $\\frac{$"
    ground = make_ground(q08=evil)
    picture = draw_values(GAP, ground.quarters, status={}, settings=set_picture(title=evil, source=evil))
    drawn = draw_figures(picture, ground, words=WORDS, forms=("svg", "png"), language="de")
    root = ET.fromstring(drawn["svg"].decode())  # noqa: S314  our own file
    assert {node.tag.split("}")[1] for node in root.iter()}.isdisjoint({"img", "script"})
    assert evil in {node.text for node in root.iter()}
    assert drawn["png"].startswith(b"\x89PNG")
    assert pictures[0].title != picture.title


def test_a_ground_without_water_and_offers_is_drawn(ground: Ground, pictures: tuple[Picture, ...]) -> None:
    bare = replace(ground, water=None, offers=ground.offers.iloc[:0], symbols=(), outlined=())
    picture = replace(pictures[2], outlined=())
    text = draw_figure(picture, bare, words=WORDS, language="de", form="svg").decode()
    assert "Modellregion" not in text
    assert "Kitas" not in text


def test_a_lake_is_drawn_over_the_quarters_and_labels_keep_off_it(pictures: tuple[Picture, ...]) -> None:
    ground = make_ground()
    shape = ground.quarters.geometry["04"]
    lake = gpd.GeoDataFrame({"name": ["See"], "art": ["wasser"]}, geometry=[shape.buffer(-60)], crs=ground.quarters.crs)
    text = draw_figure(pictures[1], replace(ground, water=lake), words=WORDS, language="de", form="svg").decode()
    assert "#dfe4e8" in text
    sheets = [
        lay_out(pictures[1], one, shapes=shapes, words=WORDS, language="de")
        for one in (ground, replace(ground, water=lake))
        for shapes in [ground.quarters.geometry]
    ]
    number = pictures[1].quarter_names.index("Gartenfeld")
    dry, wet = ([one for one in sheet.placed.places if one.quarter == number] for sheet in sheets)
    assert [one.side for one in dry] == [""]
    assert all(one.side for one in wet)  # on the water, with a leader, or a number beside it


def test_other_forms_are_refused(ground: Ground, pictures: tuple[Picture, ...]) -> None:
    with pytest.raises(ValueError, match="`form` must be one of png, svg, pdf; got 'emf'"):
        draw_figure(pictures[0], ground, words=WORDS, language="de", form="emf")


def test_a_pdf_says_what_the_svg_says(figures: Mapping[str, bytes]) -> None:
    assert sorted(read_pdf(figures["pdf"])) == sorted(read_svg(figures["svg"].decode()))
    assert count_pages(figures["pdf"]) == 1


@pytest.mark.parametrize("number", [0, 1, 2])
def test_greys_keep_the_order_of_the_classes_and_texts_are_read_on_them(
    pictures: tuple[Picture, ...], number: int
) -> None:
    """Those of rise and fall, too, whose ends are equally dark in colour."""
    picture, grey = pictures[number], grey_out(pictures[number])
    fills = [one.fill for one in grey.classes]
    light = [measure_luminance(fill) for fill in fills]
    assert all(fill[1:3] == fill[3:5] == fill[5:7] for fill in fills)
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == len(light)
    assert all(measure_contrast(one.fill, one.ink) >= 4.5 for one in grey.classes)
    assert all(measure_contrast(fill, BORDER) >= 1.25 for fill in fills)
    reverse = replace(picture, classes=picture.classes[::-1])
    if number < 2:
        assert [one.fill for one in grey_out(reverse).classes] == fills[::-1]
    assert replace(grey, classes=picture.classes) == picture
    assert [one.label for one in grey.classes] == [one.label for one in picture.classes]


def test_a_grey_figure_has_no_colour_but_that_of_the_water(ground: Ground, pictures: tuple[Picture, ...]) -> None:
    dry = replace(ground, water=None)
    drawn = draw_figure(grey_out(pictures[0]), dry, words=WORDS, language="de", form="png")
    image = np.asarray(Image.open(io.BytesIO(drawn)).convert("RGB")).astype(int)
    assert (image.max(axis=2) - image.min(axis=2)).max() <= 32  # ink and notes are a little blue


def test_what_lies_on_a_map_is_drawn_on_that_map_alone(
    ground: Ground, pictures: tuple[Picture, ...], figures: Mapping[str, bytes]
) -> None:
    west, south, east, north = ground.quarters.total_bounds
    line = shapely.MultiLineString([[(west, south), (east, north)]])
    field = shapely.MultiPolygon([shapely.box(west, south, (west + east) / 2, (south + north) / 2)])
    laid = Overlays(streets=line, by_map={pictures[0].slug: Overlay(gaps=field, reached=line)})
    way: Any = {"words": WORDS, "language": "de", "form": "svg"}
    drawn = draw_figure(pictures[0], replace(ground, overlays=laid), **way).decode()
    assert drawn.count("<path") - figures["svg"].decode().count("<path") == 3  # field, street, reached
    assert drawn.count("<use") - figures["svg"].decode().count("<use") == 2  # and its casing
    other = replace(laid, by_map={"other": laid.by_map[pictures[0].slug]})
    assert draw_figure(pictures[0], replace(ground, overlays=other), **way) == figures["svg"]
