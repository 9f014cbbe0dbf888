"""Offers and buildings from OpenStreetMap: what is one, what is the same one, and where it lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import shapely

from sro_geo.errors import DataError
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.inputs import OfferFile
from sro_geo.load.offers import OfferTables, read_offers
from sro_geo.load.osm import read_buildings
from sro_geo.load.osmrules import KINDS
from sro_geo.load.osmthings import read_things
from sro_geo.load.reading import find_file
from sro_geo.pipeline.reading import read_parts
from sro_geo.project import find_shipped, read_project
from tests.load_data import CATALOGUE, SOUTH, WEST, make_quarters, make_squares, write
from tests.osm_data import Osm, Tags, make_city, write_pbf

if TYPE_CHECKING:
    from pathlib import Path

KITA = {"amenity": "kindergarten"}
SQUARE = {11: (100.0, 100.0), 12: (140.0, 100.0), 13: (140.0, 140.0), 14: (100.0, 140.0)}
RING = (11, 12, 13, 14, 11)
FAR = {91: (1500.0, 500.0)}
"""A place in the other quarter: where nothing lies there is nothing to read."""

READ = [
    ({"amenity": "kindergarten"}, "kindertageseinrichtung"),
    ({"amenity": "school"}, "schule"),
    ({"amenity": "school", "access": "private"}, "schule"),
    ({"leisure": "playground"}, "spielplatz"),
    ({"leisure": "playground", "access": "customers"}, "spielplatz"),
    ({"amenity": "youth_centre"}, "jugendarbeit"),
    ({"amenity": "community_centre", "community_centre": "youth_centre"}, "jugendarbeit"),
    ({"amenity": "community_centre", "community_centre:for": "juvenile"}, "jugendarbeit"),
    ({"amenity": "community_centre", "community_centre:for": "senior; child"}, "jugendarbeit"),
    ({"amenity": "community_centre", "community_centre": "family_centre"}, "familienbildung"),
    ({"amenity": "kindergarten;school"}, None),
    ({"amenity": "community_centre"}, None),
    ({"amenity": "community_centre", "community_centre:for": "senior"}, None),
    ({"amenity": "childcare"}, None),
    ({"amenity": "music_school"}, None),
    ({"disused:amenity": "school"}, None),
    ({"leisure": "playground", "access": "private"}, None),
    ({"leisure": "playground", "access": "no"}, None),
    ({"building": "school"}, None),
]  # fmt: skip


def read(folder: Path, osm: Osm, **stated: object) -> OfferTables:
    order = OfferFile(file=write_pbf(folder, osm), **stated)  # type: ignore[arg-type]  # any field
    return read_offers(
        [order], kinds=CATALOGUE.kinds, quarters=make_quarters(), year=2024, target_groups={"schule": "6-15"}
    )


def find_cause(folder: Path, osm: Osm, **stated: object) -> str:
    with pytest.raises(DataError) as caught:
        read(folder, osm, **stated)
    (problem,) = caught.value.problems
    return problem.cause


@pytest.mark.parametrize(
    ("tags", "kind"), READ, ids=lambda one: ",".join(map("=".join, one.items())) if isinstance(one, dict) else one
)
def test_tags_tell_the_kind(tmp_path: Path, tags: Tags, kind: str | None) -> None:
    osm = Osm(nodes={1: (500.0, 500.0), **FAR}, tags={1: tags, 91: KITA})
    offers = read(tmp_path, osm).offers
    assert offers["kind"].to_dict() == {"node/91": "kindertageseinrichtung", **({"node/1": kind} if kind else {})}


def test_every_kind_is_in_the_catalogue() -> None:
    assert {kind for kind, _ in KINDS} <= set(CATALOGUE.kinds)


def test_what_an_offer_says_is_taken(tmp_path: Path) -> None:
    said = {"name": "Süd-Schule", "operator": "Stadt", "opening_hours": "Mo-Fr 8-16", "capacity": "120"}
    osm = Osm(
        nodes={1: (1500.0, 500.0), **FAR}, tags={1: {"amenity": "school", **said}, 91: {**KITA, "capacity": "ca. 90"}}
    )
    found = read(tmp_path, osm)
    school = found.offers.loc["node/1"]
    assert (school["name"], school["provider"], school["opening_times"]) == ("Süd-Schule", "Stadt", "Mo-Fr 8-16")
    assert (school["quarter_id"], school["source"], school["row"]) == ("02", "wege.osm.pbf", None)
    assert (school.geometry.x - WEST, school.geometry.y - SOUTH) == pytest.approx((1500, 500), abs=0.02)
    assert found.offers.loc["node/91", "name"] == "Kindertageseinrichtung (node/91)"
    assert found.places[["offer_id", "age_group", "places"]].to_numpy().tolist() == [["node/1", "6-15", 120.0]]


def test_notes_name_no_row_that_nobody_could_find(tmp_path: Path) -> None:
    osm = Osm(nodes=FAR, tags={91: {**KITA, "capacity": "90"}})
    notes = read(tmp_path, osm).notes
    assert "places_without_age" in {note.cause for note in notes}
    assert [place.row for note in notes for place in note.places if place.row is not None] == []


def test_one_kind_may_be_chosen(tmp_path: Path) -> None:
    osm = Osm(nodes={1: (500.0, 500.0), **FAR}, tags={1: {"amenity": "school"}, 91: KITA})
    assert list(read(tmp_path, osm, kind="schule").offers.index) == ["node/1"]
    assert find_cause(tmp_path, osm, kind="spielplatz") == "no_osm_offers"
    assert find_cause(tmp_path, osm, kind="inobhutnahme") == "osm_kind_unknown"


def test_a_catalogue_without_schools_reads_none(tmp_path: Path) -> None:
    osm = Osm(nodes={1: (500.0, 500.0), **FAR}, tags={1: {"amenity": "school"}, 91: KITA})
    kinds = {code: kind for code, kind in CATALOGUE.kinds.items() if code != "schule"}
    read = read_offers(write_pbf(tmp_path, osm).path, kinds=kinds, quarters=make_quarters(), year=2024)
    assert list(read.offers.index) == ["node/91"]


def test_what_lies_far_from_the_city_is_left(tmp_path: Path) -> None:
    nodes = {1: (-4900.0, 500.0), 2: (-5100.0, 500.0), 3: (90_000.0, 0.0)}
    osm = Osm(nodes=nodes, tags=dict.fromkeys(nodes, KITA))
    assert list(read(tmp_path, osm).offers.index) == ["node/1"]
    assert find_cause(tmp_path, replace(osm, tags={2: KITA, 3: KITA})) == "no_osm_offers"
    assert find_cause(tmp_path, replace(osm, tags={})) == "no_osm_offers"


SITES = {
    "a node in its area": ({1: (120.0, 120.0)}, {1: KITA}, KITA, ["way/1"]),
    "both in their names": ({1: (120.0, 120.0)}, {1: {**KITA, "name": "A"}}, {**KITA, "name": "B"}, ["way/1"]),
    "a node of another kind": ({1: (120.0, 120.0)}, {1: {"amenity": "school"}}, KITA, ["node/1", "way/1"]),
    "a node beside, of no name": ({1: (160.0, 120.0)}, {1: KITA}, KITA, ["node/1", "way/1"]),
    "a node beside, of its name": ({1: (239.0, 120.0)}, {1: {**KITA, "name": "A"}}, {**KITA, "name": "A"}, ["way/1"]),
    "a node of its name, too far": (
        {1: (241.0, 120.0)}, {1: {**KITA, "name": "A"}}, {**KITA, "name": "A"}, ["node/1", "way/1"],
    ),
    "a node beside, of another name": (
        {1: (160.0, 120.0)}, {1: {**KITA, "name": "A"}}, {**KITA, "name": "B"}, ["node/1", "way/1"],
    ),
    "its name, another kind": (
        {1: (160.0, 120.0)}, {1: {"amenity": "school", "name": "A"}}, {**KITA, "name": "A"}, ["node/1", "way/1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(SITES))
def test_one_site_is_one_offer(tmp_path: Path, case: str) -> None:
    nodes, tags, area, expected = SITES[case]
    osm = Osm(nodes={**nodes, **SQUARE}, tags=tags, ways=[(1, RING, area)])
    found = read(tmp_path, osm)
    assert list(found.offers.index) == expected
    told = {note.cause: note.values for note in found.notes}
    assert ("osm_merged" in told) == (len(expected) == 1)


def test_a_site_says_what_any_of_its_entries_says(tmp_path: Path) -> None:
    """The area goes before the node, which goes before nothing; that the node is gone is told."""
    node = {**KITA, "name": "Kita Nord", "operator": "AWO", "capacity": "80"}
    osm = Osm(nodes={1: (120.0, 120.0), **SQUARE}, tags={1: node}, ways=[(1, RING, {**KITA, "operator": "Stadt"})])
    found = read(tmp_path, osm)
    (offer,) = found.offers.itertuples()
    assert (offer.Index, offer.name, offer.provider) == ("way/1", "Kita Nord", "Stadt")
    (note,) = [note for note in found.notes if note.cause == "osm_merged"]
    assert (note.values["count"], note.values["found"]) == (1, ["Kita Nord"])


def test_an_area_is_a_point_on_its_ground(tmp_path: Path) -> None:
    """An L whose middle lies outside; and an area in two rings, one of them in two ways."""
    corners = [(0.0, 0.0), (300.0, 0.0), (300.0, 20.0), (20.0, 20.0), (20.0, 300.0), (0.0, 300.0)]
    nodes = {at + 1: corner for at, corner in enumerate(corners)}
    osm = Osm(nodes=nodes, ways=[(1, (1, 2, 3, 4, 5, 6, 1), KITA)])
    point = read(tmp_path, osm).offers.geometry.loc["way/1"]
    assert shapely.Polygon(corners).contains(shapely.Point(point.x - WEST, point.y - SOUTH))
    pieces: list[tuple[int, tuple[int, ...], Tags]] = [
        (1, (11, 12, 13), {}),
        (2, (13, 14, 11), {}),
        (3, (1, 2, 3, 1), {}),
    ]
    members = [("w", 1, "outer"), ("w", 2, "outer"), ("w", 3, "outer"), ("w", 99, "outer"), ("n", 1, "entrance")]
    area = Osm(nodes={**nodes, **SQUARE}, ways=pieces, relations=[(7, members, {"type": "multipolygon", **KITA})])
    assert list(read(tmp_path, area).offers.index) == ["relation/7"]
    (shape,) = read_things(write_pbf(tmp_path, area), tags=[{"amenity": ["kindergarten"]}]).frame.to_crs(25833).geometry
    assert shape.area == pytest.approx(40 * 40 + 300 * 20 / 2, rel=0.01)


def test_what_has_no_point_is_told(tmp_path: Path) -> None:
    lost = [(1, (71, 72, 71), KITA)]
    members = [("w", 88, "outer")]
    osm = Osm(nodes=FAR, tags={91: KITA}, ways=lost, relations=[(1, members, {"type": "multipolygon", **KITA})])
    found = read(tmp_path, osm)
    assert list(found.offers.index) == ["node/91"]
    assert [note.values["count"] for note in found.notes if note.cause == "osm_shapeless"] == [2]


def test_an_offer_without_a_name_is_called_by_its_kind_and_number(tmp_path: Path) -> None:
    nodes = {1: (100.0, 100.0), 2: (300.0, 300.0), **FAR}
    tags = {1: {"leisure": "playground"}, 2: {"leisure": "playground", "name": "Am Teich"}, 91: KITA}
    names = read(tmp_path, Osm(nodes=nodes, tags=tags)).offers["name"].to_dict()
    assert names == {
        "node/1": "Spielplatz (node/1)", "node/2": "Am Teich", "node/91": "Kindertageseinrichtung (node/91)",
    }  # fmt: skip


def test_private_playgrounds_are_told(tmp_path: Path) -> None:
    nodes = {1: (100.0, 100.0), 2: (300.0, 300.0), **FAR}
    closed = {"leisure": "playground", "access": "private"}
    found = read(tmp_path, Osm(nodes=nodes, tags={1: closed, 2: closed, 91: KITA}))
    assert [note.values["count"] for note in found.notes if note.cause == "osm_private"] == [2]


def test_the_order_in_the_file_makes_no_difference(tmp_path: Path) -> None:
    nodes = {1: (120.0, 120.0), 2: (500.0, 500.0), 3: (520.0, 500.0), **SQUARE}
    tags = {1: KITA, 2: {**KITA, "name": "A", "operator": "x"}, 3: {**KITA, "name": "A", "operator": "y"}}
    ways = [(2, RING, KITA), (1, RING, {**KITA, "name": "B"})]
    one = read(tmp_path, Osm(nodes=nodes, tags=tags, ways=ways))
    other = read(tmp_path, Osm(nodes=dict(reversed(nodes.items())), tags=tags, ways=ways[::-1]))
    assert one.offers.equals(other.offers)
    assert list(one.offers.index) == ["node/2", "way/1"]


def test_a_project_names_an_extract_like_any_other_file(tmp_path: Path) -> None:
    write_pbf(tmp_path, Osm(nodes=FAR, tags={91: KITA}))
    write(tmp_path, "q.geojson", make_squares())
    text = 'title = "Atlas"\nplace = "Musterstadt"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
    write(tmp_path, "project.toml", f'{text}[[offers]]\nfile = "wege.osm.pbf"\n')
    offers = read_parts(read_project(tmp_path)).offers
    assert offers is not None
    assert list(offers.offers.index) == ["node/91"]
    write(tmp_path, "q.geojson", "{}")
    parts = read_parts(read_project(tmp_path))
    assert {problem.places[0].file for problem in parts.problems} == {"q.geojson"}, "the extract is opened all the same"
    write(tmp_path, "wege.osm.pbf", (tmp_path / "wege.osm.pbf").read_bytes()[:-20])
    parts = read_parts(read_project(tmp_path))
    assert {problem.places[0].file for problem in parts.problems} == {"q.geojson", "wege.osm.pbf"}


def test_buildings_are_points_with_an_area(tmp_path: Path) -> None:
    """A house, a garage, a house out of town, one that is a point, and a block around a yard."""
    nodes = {**SQUARE, 1: (1500.0, 500.0), 2: (-900.0, 0.0)}
    ways = [(1, RING, {"building": "house"}), (2, RING, {"building": "garage"})]
    members = [("w", 1, "outer")]
    block = [(5, members, {"type": "multipolygon", "building": "apartments"})]
    osm = Osm(nodes=nodes, tags={1: {"building": "yes"}, 2: {"building": "yes"}}, ways=ways, relations=block)
    found = read_buildings(write_pbf(tmp_path, osm), quarters=make_quarters())
    frame = found.frame.sort_index()
    assert frame[["quarter_id", "building"]].to_numpy().tolist() == [
        ["02", "yes"],
        ["01", "apartments"],
        ["01", "house"],
    ]
    assert frame["square_metres"].isna().tolist() == [True, False, False]
    assert frame["square_metres"].dropna().to_numpy() == pytest.approx([1600, 1600], rel=0.01)
    centre = frame.geometry.loc["way/1"]
    assert (centre.x - WEST, centre.y - SOUTH) == pytest.approx((120, 120), abs=0.05)


def test_musterstadt_has_the_offers_of_its_table() -> None:
    """The extract was made from the table: what has no end and is one of the three kinds, at the same points."""
    project = read_project(find_shipped("analyses/musterstadt"))
    bounds = read_boundaries(project.quarters)
    kinds, year = project.catalogue.kinds, project.year
    table = read_offers(project.offers, kinds=kinds, quarters=bounds.quarters, year=year).offers
    path = find_shipped("geodata/musterstadt/strassen.osm.pbf")
    found = read_offers(path, kinds=kinds, quarters=bounds.quarters, year=year)
    wanted = table[table["kind"].isin(["kindertageseinrichtung", "schule", "spielplatz"])].sort_values(["kind", "name"])
    offers = found.offers.sort_values(["kind", "name"])
    assert (
        offers[["kind", "name", "quarter_id"]].to_numpy().tolist()
        == wanted[["kind", "name", "quarter_id"]].to_numpy().tolist()
    )
    assert offers.geometry.distance(wanted.geometry.set_axis(offers.index)).max() < 0.02
    assert offers["example"].all()


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "zone", "before", "after"),
    [
        ("Hoyerswerda.osm", 33, (6, 6, 16), (3, 4, 16)),
        ("dreieich", 32, (4, 1, 6), (3, 1, 6)),
        ("lauf-200115.osm", 32, (11, 15, 24), (11, 13, 24)),
    ],
)
def test_real_extracts_have_so_many_offers(
    real_data: Path, name: str, zone: int, before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    """Before merging: the objects with these tags. After: looked through one by one; each merged one is a house on the ground of
    its own school or day-care centre, but for two nodes of one in Hoyerswerda that lie on grounds without a name.
    """
    file = find_file(f"osm/{name}.pbf", folder=real_data)
    kinds = ("kindertageseinrichtung", "schule", "spielplatz")
    things = [read_things(file, tags=[tags for kind, tags in KINDS if kind == one]).frame for one in kinds]
    assert tuple(map(len, things)) == before
    orders = [OfferFile(file=file, kind=kind) for kind in kinds]
    found = [
        read_offers([order], kinds=CATALOGUE.kinds, quarters=make_city(file, zone=zone), year=2024) for order in orders
    ]
    assert tuple(len(one.offers) for one in found) == after
    merged = [sum(int(str(note.values["count"])) for note in one.notes if note.cause == "osm_merged") for one in found]
    assert [full - gone for full, gone in zip(before, merged, strict=True)] == list(after)
