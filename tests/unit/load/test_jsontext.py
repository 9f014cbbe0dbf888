"""A reference system in a JSON text may be a name or a code; where it stands and how it is spelled changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sro_geo.load.jsontext import ReferenceElsewhere, choose_driver
from tests.load_data import make_squares

URL = "http://127.0.0.1:9/crs"
LINK = {"type": "url", "properties": {"url": URL}}


def name(text: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": text}}


def put(crs: object, key: str = "crs") -> str:
    return json.dumps({"type": "FeatureCollection", key: crs, "features": []})


@pytest.mark.parametrize(
    "crs",
    [
        None,
        name("EPSG:25833"),
        name("urn:ogc:def:crs:EPSG::25833"),
        name("urn:ogc:def:crs:OGC:1.3:CRS84"),
        name("urn:ogc:def:crs,crs:EPSG::31468,crs:EPSG::5783"),
        name("http://www.opengis.net/def/crs/EPSG/0/25833"),
        name("ETRS89 / UTM zone 33N"),
        name("DHDN / 3-degree Gauss-Kruger zone 4 (E-N)"),
        {"type": "EPSG", "properties": {"code": 25833}},
        {"type": "epsg", "properties": {"code": "25833"}},
        "EPSG:25833",
        "25 / 33",
        25833,
    ],
)
def test_names_and_codes_pass(crs: object) -> None:
    assert choose_driver(put(crs).encode()) == "GeoJSON"


@pytest.mark.parametrize(
    "crs",
    [
        LINK,
        {"type": "URL", "properties": {"url": URL}},
        {"type": "link", "properties": {"href": URL, "type": "proj4"}},
        {"type": "link", "properties": {"href": "crs.txt"}},
        {"type": "name", "properties": {"name": URL}},
        name("/vsicurl/" + URL),
        name("https://www.opengis.net.example.org/def/crs/EPSG/0/25833"),
        name("http://www.opengis.net/def/crs/EPSG/0/25833?" + URL),
        name("../crs.txt"),
        name("+proj=utm +nadgrids=http://127.0.0.1/x"),
        {"type": "EPSG", "properties": {"code": URL}},
        {"type": "EPSG", "properties": {"code": [25833]}},
        {"type": "OGC", "properties": {"urn": "x"}},
        {"type": ["name"], "properties": {"name": "EPSG:25833"}},
        {"type": "name\0url", "properties": {"name": "EPSG:25833"}},
        {"type": "name", "Type": "url", "properties": {"name": "EPSG:25833", "url": URL}},
        {"type": "name"},
        {},
        URL,
    ],
)
def test_all_else_is_refused(crs: object) -> None:
    with pytest.raises(ReferenceElsewhere):
        choose_driver(put(crs).encode())


@pytest.mark.parametrize("key", ["crs", "CRS", "Crs", "crs\0x"])
def test_the_key_is_found_however_it_is_spelled(key: str) -> None:
    with pytest.raises(ReferenceElsewhere):
        choose_driver(put(LINK, key).encode())


@pytest.mark.parametrize("word", ["crs", "url", "type", "properties"])
def test_escapes_hide_nothing(word: str) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in word)
    with pytest.raises(ReferenceElsewhere):
        choose_driver(put(LINK).replace(f'"{word}"', f'"{escaped}"').encode())


def test_the_first_of_two_is_looked_at_too() -> None:
    text = put(LINK).replace('"features"', '"crs": null, "features"')
    with pytest.raises(ReferenceElsewhere):
        choose_driver(text.encode())


@pytest.mark.parametrize("place", ["feature", "geometry", "member"])
def test_it_may_stand_anywhere(place: str) -> None:
    text = json.loads(make_squares())
    feature = text["features"][1]
    {"feature": feature, "geometry": feature["geometry"], "member": text.setdefault("member", {})}[place]["crs"] = LINK
    with pytest.raises(ReferenceElsewhere):
        choose_driver(json.dumps(text).encode())


def test_a_column_may_be_called_so() -> None:
    assert choose_driver(make_squares(crs="UTM 33 (S. 12 / 13)", type="url", link="url").encode()) == "GeoJSON"


@pytest.mark.parametrize(
    ("content", "driver"),
    [
        (make_squares(), "GeoJSON"),
        ("\ufeff" + make_squares(), "GeoJSON"),
        ('{"type": "Topology", "objects": {}, "arcs": []}', "TopoJSON"),
        ('{"geometryType": "esriGeometryPolygon", "features": []}', "ESRIJSON"),
        ("[]", "GeoJSON"),
    ],
)
def test_the_form_is_told_by_the_content(content: str, driver: str) -> None:
    assert choose_driver(content.encode()) == driver


@pytest.mark.parametrize(
    "content",
    [
        make_squares()[:300],
        make_squares().replace('"crs"', "'crs'"),
        make_squares().replace('"crs":', '"crs"/**/:'),
        make_squares() + make_squares(),
    ],
)
def test_what_only_some_take_for_json_is_none(content: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        choose_driver(content.encode())


def test_depth_and_letters() -> None:
    with pytest.raises(RecursionError):
        choose_driver(b"[" * 200_000)
    with pytest.raises(UnicodeDecodeError):
        choose_driver(make_squares().encode("cp1252"))
