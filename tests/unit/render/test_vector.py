"""A map as SVG within a page, and what stands there for lack of a script."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from shapely import affinity

from sro_geo.model.picture import OfferSymbol, Overlay, Overlays
from sro_geo.render.ground import draw_shapes
from sro_geo.render.markup import trace
from sro_geo.render.sheet import lay_out
from sro_geo.render.signs import draw_sign
from sro_geo.render.unscripted import tell_unscripted
from sro_geo.render.vector import draw_vector
from tests.label_laws import make_city
from tests.render_data import make_ground, make_pictures, pick

if TYPE_CHECKING:
    from sro_geo.model.picture import Ground, Picture

EVIL = "</text></svg><script>alert(1)</script>\"'&{{ 7*7 }}"
NUMBER = re.compile(r"-?(?:\d+(?:[.]\d+)?|[.]\d+)")


@pytest.fixture(scope="module")
def ground() -> Ground:
    return make_ground()


@pytest.fixture(scope="module")
def picture(ground: Ground) -> Picture:
    return make_pictures(ground.quarters)[0]


@pytest.fixture(scope="module")
def drawn(picture: Picture, ground: Ground) -> ET.Element:
    return ET.fromstring(draw_vector(picture, ground, words=pick("de"), language="de"))  # noqa: S314  ours


def list_steps(line: str) -> Any:
    """Where a line begins and its steps from there, as SVG reads them."""
    assert NUMBER.sub("", line).strip(" ,l") == ""
    return np.array(NUMBER.findall(line), dtype=float).reshape(-1, 2)


def follow(path: str) -> Any:
    """Area of a path of closed rings, each a start and steps from there."""
    area: Any = shapely.Polygon()
    for ring in re.findall(r"M([^M]+)z", path):
        points = list_steps(ring).cumsum(axis=0)
        area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(points)))
    return area


def list_areas(drawn: ET.Element) -> list[tuple[str, Any]]:
    """Fill and shape of each quarter, in points of the sheet."""
    groups = [group for group in drawn.iter("g") if group.get("fill-rule")]
    scales = [0.1 if group.get("transform") == "scale(0.1)" else 1.0 for group in groups]
    assert [
        float(group.attrib["stroke-width"]) * by for group, by in zip(groups, scales, strict=True)
    ] == pytest.approx([0.7] * len(groups))
    return [
        (path.attrib["fill"], affinity.scale(follow(path.attrib["d"]), by, by, origin=(0, 0)))
        for group, by in zip(groups, scales, strict=True)
        for path in group
    ]


def test_every_quarter_is_drawn_where_it_lies_in_the_colour_of_its_class(
    drawn: ET.Element, picture: Picture, ground: Ground
) -> None:
    shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
    sheet = lay_out(picture, ground, shapes=shapes, words=pick("de"), language="de")
    areas = list_areas(drawn)
    wanted = sheet.frame.lay(shapes.to_numpy())
    for (drawn_fill, drawn_shape), placed, shape in zip(areas, picture.placed, wanted, strict=True):
        fill = picture.classes[placed].fill if placed >= 0 else f"url(#sro-{picture.unknown[-1 - placed].pattern})"
        assert drawn_fill == fill
        assert shapely.hausdorff_distance(drawn_shape, shape) < 1.0


def test_in_a_large_city_all_of_a_fill_are_one_path_as_large_as_its_quarters() -> None:
    ground, picture = make_city(130)
    drawn = ET.fromstring(draw_vector(picture, ground, words=pick("de"), language="de"))  # noqa: S314  ours
    areas = {fill: shape.area for fill, shape in list_areas(drawn)}
    assert len(areas) == len(list_areas(drawn))
    fills = [
        picture.classes[p].fill if p >= 0 else f"url(#sro-{picture.unknown[-1 - p].pattern})" for p in picture.placed
    ]
    shares = ground.quarters.geometry.area.groupby(np.array(fills)).sum() / ground.quarters.geometry.area.sum()
    whole = sum(areas.values())
    assert whole > 50_000
    assert {fill: area / whole for fill, area in areas.items()} == pytest.approx(shares.to_dict(), abs=2e-3)


def test_what_lies_on_the_map_is_drawn_beneath_the_outlines(picture: Picture, ground: Ground) -> None:
    west, south, east, north = ground.quarters.total_bounds
    middle = ((west + east) / 2, (south + north) / 2)
    own = Overlay(gaps=shapely.box(west, south, *middle), reached=shapely.MultiLineString([[(west, south), middle]]))
    for slug, shown in ((picture.slug, True), ("other", False)):
        streets = shapely.MultiLineString([[(west, south), (east, north)]])
        laid = replace(ground, overlays=Overlays(streets=streets, by_map={slug: own}))
        page = draw_vector(picture, laid, words=pick("de"), language="de")
        root = ET.fromstring(page)  # noqa: S314  ours
        nodes = list(root.iter())
        gaps = [n for n, node in enumerate(nodes) if node.get("fill-opacity")]
        reached = [n for n, node in enumerate(nodes) if node.get("id") == "sro-reached"]
        grey = [n for n, node in enumerate(nodes) if node.get("stroke-width") == ".3"]
        assert len(gaps) == len(grey) == len(reached) == shown
        uses = [(node.get("href"), node.get("stroke-width")) for node in root.iter("use")]
        strokes = {
            "rivers": ("7.5", "6.5"),
            "reached": ("1.4", ".6"),
            "outlines": ("4.4", "2.2"),
            "bridges": ("3.6", "1.8"),
        }
        assert uses == [
            (f"#sro-{name}", width) for name, both in strokes.items() if shown or name != "reached" for width in both
        ]
        if shown:
            assert (
                gaps[0]
                < grey[0]
                < reached[0]
                < next(n for n, node in enumerate(nodes) if node.get("id") == "sro-outlines")
            )
            town = sum(shape.area for _, shape in list_areas(root))
            whole = shapely.area(ground.quarters.geometry.to_numpy()).sum()
            ratio = shapely.area(follow(nodes[gaps[0]].get("d", ""))) / shapely.area(own.gaps)
            assert ratio == pytest.approx(town / whole, rel=0.01)


def test_heads_of_the_legend_never_meet(picture: Picture, ground: Ground) -> None:
    long = replace(picture, heading="Punkte (1 bis 100)")
    for one, told, head in ((picture, "Quartiere", "Quartiere"), (long, "Statistische Bezirke", "Anzahl")):
        words = pick("de") | {"page_quarters": told}
        texts = re.findall(r"<text[^>]*>([^<]+)", draw_vector(one, ground, words=words, language="de"))
        assert texts[texts.index(one.heading) + 1] == head


def test_steps_do_not_drift() -> None:
    """However many steps lead there, the last one ends where the line ends, to a tenth."""
    line = shapely.LineString([(n * 0.149, n * 0.151) for n in range(2001)])
    x, y = list_steps(trace(line)[1:]).sum(axis=0)
    assert (round(x, 1), round(y, 1)) == (298.0, 302.0)


@pytest.mark.parametrize("speck", ["LINESTRING (5 5, 5.01 5.02)", "POLYGON ((5 5, 5.02 5, 5.02 5.02, 5 5))"])
def test_what_a_tenth_holds_does_not_end_the_path(speck: str) -> None:
    """A browser stops at a start without steps: all streets behind a short one were gone."""
    line = "LINESTRING (1 1, 3 4)"
    shape = shapely.GeometryCollection([shapely.from_wkt(speck), shapely.from_wkt(line)])
    assert trace(shape) == trace(shapely.from_wkt(line)) == "M1,1l2 3"


def test_it_says_what_the_map_says(drawn: ET.Element, picture: Picture) -> None:
    texts = [node.text for node in drawn.iter("text")]
    assert drawn.get("aria-label") == picture.title
    for name, label in zip(picture.quarter_names, picture.labels, strict=True):
        assert {name, label} <= set(texts)
    legend = [(c.label, str(c.count)) for c in picture.classes][::-1] + [
        (u.label, str(u.count)) for u in picture.unknown
    ]
    at = texts.index(picture.heading)
    assert texts[at : at + 2] == [picture.heading, "Quartiere"]
    assert texts[at + 2 : at + 2 + 2 * len(legend)] == [text for row in legend for text in row]
    assert {"Kitas", "Jugendtreffs", "Familienzentren", "Modellregion", "500\u00a0m"} <= set(texts)


def test_signs_keep_their_shape_and_their_size() -> None:
    for shape in ("circle", "triangle", "square", "diamond", "plus", "cross"):
        symbol = OfferSymbol(kind="k", name="", plural="", symbol=shape)
        (one, twice) = (
            ET.fromstring(draw_sign((50, 50), symbol, solid=False, ink="#000000", scale=scale))  # noqa: S314  ours
            for scale in (1.0, 2.0)
        )
        assert (one.tag == "circle") == (shape == "circle")
        if shape != "circle":
            first, second = (follow(node.get("d", "")) for node in (one, twice))
            assert second.area == pytest.approx(4 * first.area, rel=0.12)
            assert first.centroid.distance(shapely.Point(50, 50)) < 0.5


class Reader(HTMLParser):
    """Tags and attributes as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_names_stay_text_and_nothing_needs_a_style_or_a_script() -> None:
    ground = make_ground(q08=EVIL, offer=EVIL)
    pictures = make_pictures(ground.quarters)
    reader = Reader()
    reader.feed(tell_unscripted(pictures, ground, words=pick("de"), language="de", titled=False))
    assert reader.tags == {
        "section", "p", "strong", "h2", "svg", "g", "defs", "use", "path", "rect", "circle", "text", "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert not {name for name in reader.attributes if name == "style" or name.startswith("on")}
    assert EVIL in reader.texts


def test_the_table_holds_the_maps_of_one_topic(ground: Ground) -> None:
    pictures = make_pictures(ground.quarters)
    told = tell_unscripted(pictures, ground, words=pick("de"), language="de", titled=True)
    heads = re.findall(r'<th scope="col">([^<]*)', told)
    same = [picture for picture in pictures if picture.topic == pictures[0].topic]
    assert heads == ["Quartier", *(picture.name for picture in same)]
    assert re.findall(r"<td>([^<]*)", told)[:: len(same)] == list(pictures[0].labels)
    assert pictures[0].subtitle not in told  # the page itself says it
