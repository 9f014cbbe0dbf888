"""Streets from OpenStreetMap: who may walk where, what is cut off, and what is said of it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sro_geo.errors import DataError
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.osm import read_streets
from sro_geo.load.osmscan import scan_osm
from sro_geo.load.reading import find_file
from sro_geo.model.streets import leave_out_steps
from sro_geo.project import find_shipped, read_project
from tests.load_data import SOUTH, WEST, make_quarters, write
from tests.osm_data import Osm, Tags, make_city, read, to_world, write_pbf

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.osm import StreetTables
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.streets import Streets

LINE = {1: (0.0, 500.0), 2: (600.0, 500.0), 3: (1200.0, 500.0), 4: (1800.0, 500.0)}
"""Four nodes in a row, 600 m apart."""

STREET = (1, (1, 2), {"highway": "residential"})
"""A way that is always there."""

WALKED = [
    *({"highway": kind} for kind in (
        "footway", "path", "pedestrian", "steps", "living_street", "residential", "service", "track", "cycleway", "primary",
        "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified", "road", "corridor", "platform",
    )),
    {"highway": "bridleway", "foot": "yes"},
    {"highway": "trunk", "foot": "designated"},
    {"highway": "trunk", "sidewalk": "right"},
    {"highway": "trunk", "sidewalk:left": "yes"},
    {"highway": "primary", "motorroad": "yes", "foot": "yes"},
    {"railway": "platform"},
    {"man_made": "pier"},
    {"highway": "footway", "access": "private", "foot": "yes"},
    {"highway": "footway", "access": "no", "foot": "permissive"},
    {"highway": "service", "access": "private", "foot": "destination"},
    {"highway": "service", "access": "no", "foot": "designated"},
    {"highway": "service", "service": "driveway"},
    {"highway": "service", "access": "customers"},
    {"highway": "track", "access": "agricultural"},
    {"highway": "residential", "vehicle": "no", "motor_vehicle": "private"},
    {"highway": "footway", "level": "-1", "tunnel": "yes"},
    {"highway": "footway", "indoor": "no"},
    {"highway": "corridor", "indoor": "yes", "level": "0"},
    {"highway": "steps", "indoor": "yes", "level": "0;1"},
]  # fmt: skip
REFUSED = [
    *({"highway": kind} for kind in (
        "motorway", "motorway_link", "construction", "proposed", "raceway", "bus_guideway", "bridleway", "trunk", "trunk_link",
    )),
    {"highway": "motorway", "foot": "yes"},
    {"highway": "motorway", "sidewalk": "both"},
    {"highway": "motorway", "motorroad": "yes", "foot": "yes"},
    {"highway": "trunk", "sidewalk": "no"},
    {"highway": "trunk", "sidewalk": "separate"},
    {"highway": "bridleway", "sidewalk": "both"},
    {"highway": "primary", "motorroad": "yes"},
    {"highway": "footway", "access": "private"},
    {"highway": "footway", "access": "no"},
    {"highway": "footway", "access": "no", "foot": "customers"},
    {"highway": "cycleway", "foot": "no"},
    {"highway": "cycleway", "foot": "use_sidepath"},
    {"highway": "residential", "foot": "private"},
    {"highway": "residential", "access": "yes", "foot": "no"},
    {"highway": "service", "service": "driveway", "access": "private"},
    {"highway": "footway", "indoor": "yes"},
    {"indoor": "corridor", "level": "0"},
    {"route": "ferry"},
    {"route": "ferry", "highway": "footway", "foot": "yes"},
    {"railway": "rail"},
    {"waterway": "river"},
    {"railway": "platform", "access": "private"},
    {"building": "yes"},
    {},
]  # fmt: skip
BARRED = [
    {"highway": "steps"},
    {"highway": "steps", "ramp": "yes"},
    {"highway": "steps", "ramp:bicycle": "yes"},
    {"highway": "steps", "ramp:wheelchair": "no"},
    {"highway": "footway", "wheelchair": "no"},
    {"highway": "steps", "ramp:wheelchair": "yes", "wheelchair": "no"},
    {"highway": "footway", "incline": "6.1%"},
    {"highway": "footway", "incline": "-12 %"},
    {"highway": "footway", "incline": "7,5 %"},
    {"highway": "residential", "incline": "8"},
    {"highway": "path", "incline": "4°"},
]
FLAT = [
    {"highway": "steps", "ramp:wheelchair": "yes"},
    {"highway": "steps", "ramp:stroller": "yes"},
    {"highway": "steps", "wheelchair": "yes"},
    {"highway": "footway", "wheelchair": "limited"},
    {"highway": "footway", "incline": "6%"},
    {"highway": "footway", "incline": "-6.0%"},
    {"highway": "path", "incline": "3°"},
    {"highway": "footway", "incline": "up"},
    {"highway": "footway", "incline": "steep 9%"},
    {"highway": "footway", "incline": "9%", "wheelchair": "yes"},
]
CLOSED = [
    {"barrier": "gate", "access": "private"},
    {"barrier": "gate", "access": "no"},
    {"barrier": "gate", "foot": "no"},
    {"barrier": "lift_gate", "foot": "private"},
    {"barrier": "bollard", "access": "no", "foot": "customers"},
]
OPEN = [
    {"barrier": "gate"},
    {"barrier": "gate", "access": "private", "foot": "yes"},
    {"barrier": "lift_gate", "access": "no", "foot": "designated"},
    {"barrier": "bollard", "motor_vehicle": "no"},
    {"barrier": "wall"},
    {"barrier": "fence"},
    {"barrier": "cycle_barrier"},
    {"highway": "crossing", "access": "private"},
]
NARROW = [
    {"barrier": "stile"},
    {"barrier": "horse_stile"},
    {"barrier": "kissing_gate"},
    {"barrier": "turnstile"},
    {"barrier": "full-height_turnstile"},
    {"barrier": "cycle_barrier", "wheelchair": "no"},
    {"barrier": "bollard", "wheelchair": "no"},
]
WIDE = [
    {"barrier": "cycle_barrier"},
    {"barrier": "bollard"},
    {"barrier": "kissing_gate", "wheelchair": "yes"},
    {"highway": "crossing", "wheelchair": "no"},
]


def name_tags(tags: Tags) -> str:
    return ",".join(f"{key}={value}" for key, value in tags.items()) or "none"


def list_pieces(streets: Streets) -> list[tuple[float, ...]]:
    """Pieces by their ends, in metres from the corner."""
    ends = np.round(streets.nodes[streets.edges] - (WEST, SOUTH)).reshape(-1, 2, 2) + 0.0
    return sorted(tuple(float(n) for end in sorted(piece.tolist()) for n in end) for piece in ends)


def read_many(folder: Path, ways: list[Tags]) -> StreetTables:
    """Streets of ways 10 m apart, one for each, and the bridge that makes them a network."""
    nodes = {2 * row + side: (500.0 + 500 * side, 10.0 * row) for row in range(len(ways)) for side in (0, 1)}
    osm = Osm(nodes=nodes, ways=[(row + 1, (2 * row, 2 * row + 1), tags) for row, tags in enumerate(ways)])
    return read(folder, osm)


def list_rows(streets: Streets, *, steps: bool | None = None) -> set[int]:
    chosen = streets.edges if steps is None else streets.edges[streets.steps == steps]
    return {round((y - SOUTH) / 10) for y in streets.nodes[chosen[:, 0], 1]}


def test_people_walk_where_the_table_says(tmp_path: Path) -> None:
    ways = [*WALKED, *REFUSED]
    rows = list_rows(read_many(tmp_path, ways).streets)
    assert [name_tags(tags) for at, tags in enumerate(ways) if (at in rows) != (tags in WALKED)] == []


def test_stairs_slopes_and_what_wheelchair_says(tmp_path: Path) -> None:
    ways = [*BARRED, *FLAT]
    rows = list_rows(read_many(tmp_path, ways).streets, steps=True)
    assert [name_tags(tags) for at, tags in enumerate(ways) if (at in rows) != (tags in BARRED)] == []


@pytest.mark.parametrize("tags", [*CLOSED, *OPEN], ids=name_tags)
def test_a_closed_barrier_parts_the_way(tmp_path: Path, tags: Tags) -> None:
    osm = Osm(nodes=LINE, tags={2: tags}, ways=[(1, (1, 2, 3, 4), {"highway": "footway"})])
    streets = read(tmp_path, osm).streets
    assert len(streets.edges) == 3
    assert streets.component.max() == (1 if tags in CLOSED else 0)
    assert len(streets.nodes) == (5 if tags in CLOSED else 4)
    assert streets.metres.sum() == pytest.approx(1800, abs=0.1)


def test_at_a_closed_barrier_no_two_ways_touch(tmp_path: Path) -> None:
    ways = [(1, (1, 2), {"highway": "path"}), (2, (2, 3), {"highway": "path"}), (3, (2, 4), {"highway": "path"})]
    osm = Osm(nodes=LINE, tags={2: {"barrier": "gate", "access": "private"}}, ways=ways)
    assert np.bincount(read(tmp_path, osm).streets.component).tolist() == [2, 2, 2]


@pytest.mark.parametrize("tags", [*NARROW, *WIDE], ids=name_tags)
def test_a_narrow_barrier_bars_prams_on_both_sides(tmp_path: Path, tags: Tags) -> None:
    osm = Osm(nodes=LINE, tags={2: tags}, ways=[(1, (1, 2, 3, 4), {"highway": "footway"})])
    streets = read(tmp_path, osm).streets
    barred = {tuple(sorted(round(x - WEST) for x in streets.nodes[edge, 0])) for edge in streets.edges[streets.steps]}
    assert barred == ({(0, 600), (600, 1200)} if tags in NARROW else set())
    assert streets.component.max() == 0


def test_every_node_of_a_way_is_a_node_and_metres_are_straight(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (300.0, 400.0), 3: (300.0, 900.0)}
    streets = read(tmp_path, Osm(nodes=nodes, ways=[(1, (1, 2, 3), {"highway": "path"})])).streets
    assert list_pieces(streets) == [(0.0, 0.0, 300.0, 400.0), (300.0, 400.0, 300.0, 900.0)]
    assert streets.metres == pytest.approx(
        [500, 500], abs=0.03
    )  # ids of a hundredth of a millionth degree: a centimetre
    assert (streets.crs, streets.example) == (make_quarters().crs, False)


@pytest.mark.parametrize("by_relation", [False, True])
def test_a_square_is_walked_along_its_outline(tmp_path: Path, *, by_relation: bool) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (0.0, 100.0)}
    tags = {"highway": "pedestrian", "area": "yes"}
    ring = (1, 2, 3, 4, 1)
    as_way = Osm(nodes=nodes, ways=[(1, ring, tags)])
    as_relation = Osm(
        nodes=nodes,
        ways=[(1, ring, {})],
        relations=[(1, [("w", 1, "outer")], {"type": "multipolygon", "highway": "pedestrian"})],
    )
    pieces = list_pieces(read(tmp_path, as_relation if by_relation else as_way).streets)
    assert pieces == [
        (0.0, 0.0, 0.0, 100.0), (0.0, 0.0, 100.0, 0.0), (0.0, 100.0, 100.0, 100.0), (100.0, 0.0, 100.0, 100.0),
    ]  # fmt: skip


@pytest.mark.parametrize("tags", [{"highway": "pedestrian", "access": "private"}, {"building": "yes"}], ids=name_tags)
def test_the_ring_of_another_area_is_no_way(tmp_path: Path, tags: Tags) -> None:
    members = [("w", 2, "outer")]
    osm = Osm(
        nodes=LINE, ways=[STREET, (2, (2, 3, 4, 2), {})], relations=[(1, members, {"type": "multipolygon", **tags})]
    )
    assert len(read(tmp_path, osm).streets.edges) == 1


def test_the_rings_of_several_areas_are_walked_but_for_what_says_otherwise(tmp_path: Path) -> None:
    """Two squares whose rings say nothing, and a closed drive that is part of the second one's ring."""
    nodes = {at: (100.0 * at, 100.0 * (at % 2)) for at in range(1, 8)}
    square = {"type": "multipolygon", "highway": "pedestrian"}
    osm = Osm(
        nodes=nodes,
        ways=[(1, (1, 2, 3, 1), {}), (2, (4, 5, 6), {}), (3, (6, 4), {"highway": "service", "access": "private"})],
        relations=[(1, [("w", 1, "outer")], square), (2, [("w", 2, "outer"), ("w", 3, "outer")], square)],
    )
    assert len(read(tmp_path, osm).streets.edges) == 3 + 2


def test_what_lies_beyond_the_halo_goes(tmp_path: Path) -> None:
    """A piece stays as long as one end is within 500 m of the box around the squares."""
    nodes = {1: (-499.0, 0.0), 2: (-501.0, 0.0), 3: (-700.0, 0.0), 4: (-900.0, 0.0)}
    nodes |= {5: (2499.0, -499.0), 6: (2499.0, -501.0), 7: (2400.0, -600.0)}
    ways = [(1, (1, 2, 3, 4), {"highway": "path"}), (2, (5, 6, 7), {"highway": "path"})]
    osm = Osm(nodes=nodes, ways=ways, box=(-1000, -1000, 3000, 2000))
    assert list_pieces(read(tmp_path, osm).streets) == [(-501.0, 0.0, -499.0, 0.0), (2499.0, -501.0, 2499.0, -499.0)]
    assert len(list_pieces(read(tmp_path, osm, halo=701).streets)) == 5


def test_known_is_what_the_head_says_within_the_halo(tmp_path: Path) -> None:
    osm = Osm(nodes=LINE, ways=[(1, (1, 2, 3, 4), {"highway": "path"})], box=(-200, -5000, 5000, 1200))
    west, south, east, north = read(tmp_path, osm).streets.bounds
    # a box of degrees leans by 2.7° there (three degrees west of the zone's middle): over six kilometres, some 280 m
    assert -200.1 <= west - WEST <= 100
    assert 900 <= north - SOUTH <= 1200.1
    assert (south, east) == (SOUTH - 500, WEST + 2500)


def test_without_a_head_known_is_the_box_of_the_ways(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (0.0, 1000.0), 3: (2000.0, 1000.0), 4: (2000.0, 0.0), 9: (-100_000.0, 0.0)}
    osm = Osm(nodes=nodes, ways=[(1, (1, 2, 3, 4), {"highway": "path"})])
    assert np.abs(np.array(read(tmp_path, osm).streets.bounds) - (WEST, SOUTH, WEST + 2000, SOUTH + 1000)).max() < 120


def test_half_of_the_city_outside_the_file_is_told(tmp_path: Path) -> None:
    box = (-1000.0, -1000.0, 1000.0, 2000.0)
    notes = read(tmp_path, Osm(nodes=LINE, ways=[STREET], box=box)).notes
    (partly,) = [note for note in notes if note.cause == "streets_partly"]
    assert partly.values["percent"] == pytest.approx(50, abs=4)
    whole = read(tmp_path, Osm(nodes=LINE, ways=[STREET], box=(-1000, -1000, 3000, 2000))).notes
    assert "streets_partly" not in {note.cause for note in whole}


def find_cause(folder: Path, osm: Osm) -> tuple[str, dict[str, object]]:
    with pytest.raises(DataError) as caught:
        read(folder, osm)
    (problem,) = caught.value.problems
    return problem.cause, dict(problem.values)


def test_streets_of_another_town_are_refused(tmp_path: Path) -> None:
    nodes = {1: (50_000.0, 0.0), 2: (51_000.0, 500.0)}
    west, south = to_world(50_000, 0)
    cause, values = find_cause(tmp_path, Osm(nodes=nodes, ways=[STREET]))
    assert cause == "streets_elsewhere"
    assert (values["west"], values["south"]) == pytest.approx((west, south))
    assert find_cause(tmp_path, Osm(nodes=nodes, ways=[STREET], box=(49_000, -1000, 52_000, 1000)))[0] == cause


def test_a_file_without_a_way_to_walk_is_refused(tmp_path: Path) -> None:
    closed = [(1, (1, 2), {"highway": "motorway"})]
    assert find_cause(tmp_path, Osm(nodes=LINE, ways=closed))[0] == "no_streets"
    far = Osm(nodes={1: (9000.0, 0.0), 2: (9100.0, 0.0)}, ways=[STREET], box=(-1000, -1000, 10_000, 2000))
    assert find_cause(tmp_path, far)[0] == "no_streets"
    lost = Osm(nodes=LINE, ways=[(1, (71, 72), {"highway": "path"})])
    assert find_cause(tmp_path, lost)[0] == "no_streets"


def test_notes_tell_parts_and_what_is_cut_off(tmp_path: Path) -> None:
    nodes = {**LINE, 5: (0.0, 900.0), 6: (500.0, 900.0)}
    path = {"highway": "path"}
    osm = Osm(nodes=nodes, ways=[(1, (1, 2, 3, 4, 99), path), (2, (5, 6), path)])
    notes = {note.cause: note.values for note in read(tmp_path, osm).notes}
    assert {key: notes["streets_read"][key] for key in ("pieces", "kilometres", "parts", "percent")} == {
        "pieces": 4, "kilometres": 2, "parts": 2, "percent": 78,
    }  # fmt: skip
    assert notes["streets_apart"]["percent"] == 78
    assert notes["streets_cut_off"]["count"] == 1
    assert "osm_licence" in notes
    whole = {note.cause for note in read(tmp_path, Osm(nodes=LINE, ways=[(1, (1, 2, 3, 4), path)])).notes}
    assert not whole & {"streets_apart", "streets_cut_off"}


def test_source_says_licence_and_example(tmp_path: Path) -> None:
    entry = '[[file]]\nname = "wege.osm.pbf"\nlicence = "ODbL 1.0"\nexample = true\n'
    write(tmp_path, "SOURCE.toml", entry)
    found = read(tmp_path, Osm(nodes=LINE, ways=[STREET]))
    assert "osm_licence" not in {note.cause for note in found.notes}
    assert found.streets.example
    assert [source.licence for source in found.sources] == ["ODbL 1.0"]


def make_town(chance: random.Random) -> Osm:
    """Ways between some nodes, with gates, stiles and stairs among them."""
    nodes = {1000 + n: (chance.uniform(0, 2000), chance.uniform(0, 1000)) for n in range(40)}
    kinds: list[Tags] = [{"highway": "path"}, {"highway": "steps"}, {"highway": "motorway"}]
    ways = [(n + 1, chance.sample(sorted(nodes), chance.randint(2, 6)), chance.choice(kinds)) for n in range(40)]
    tags = {node: chance.choice([*CLOSED, *NARROW]) for node in chance.sample(sorted(nodes), 8)}
    return Osm(nodes=nodes, tags=tags, ways=ways)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_the_file_makes_no_difference(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a town, no secret
    osm = make_town(chance)
    one = read(tmp_path, osm).streets
    nodes = list(osm.nodes)
    chance.shuffle(nodes)
    ways = [(number, refs[::-1], tags) for number, refs, tags in osm.ways]
    chance.shuffle(ways)
    shuffled = replace(osm, nodes={node: osm.nodes[node] for node in nodes}, ways=ways)
    assert_same(one, read(tmp_path, shuffled).streets)
    assert_same(one, read(tmp_path, replace(shuffled, nodes_last=True)).streets)
    assert one.steps.any()
    assert len(np.unique(one.nodes, axis=0)) < len(one.nodes), "no way is cut"


def assert_same(one: Streets, other: Streets) -> None:
    for field in ("nodes", "edges", "metres", "steps", "component"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field), strict=True)
    assert one.bounds == other.bounds


def test_ids_may_be_of_any_size_and_sign(tmp_path: Path) -> None:
    nodes = {-5: (0.0, 0.0), 2**60: (500.0, 0.0), 7: (900.0, 0.0)}
    streets = read(tmp_path, Osm(nodes=nodes, ways=[(-1, (-5, 2**60, 7), {"highway": "path"})])).streets
    assert list_pieces(streets) == [(0.0, 0.0, 500.0, 0.0), (500.0, 0.0, 900.0, 0.0)]


def test_a_file_with_its_past_is_refused(tmp_path: Path) -> None:
    osm = Osm(nodes=LINE, ways=[STREET])
    write_pbf(tmp_path, osm, name="wege.osh.pbf")
    with pytest.raises(DataError) as caught:
        read_streets(find_file("wege.osh.pbf", folder=tmp_path), quarters=make_quarters(), halo_metres=0)
    assert [problem.cause for problem in caught.value.problems] == ["osm_history"]


@pytest.fixture(scope="module")
def muster() -> Quarters:
    return read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters


@pytest.fixture(scope="module")
def town(muster: Quarters) -> Streets:
    return read_streets(find_shipped("geodata/musterstadt/strassen.osm.pbf"), quarters=muster, halo_metres=1500).streets


def test_musterstadt_has_two_banks_and_two_bridges(town: Streets) -> None:
    """Without the two bridges the banks fall apart; the garden path is a part of its own."""
    waters = gpd.read_file(find_shipped("geodata/musterstadt/gewaesser.geojson")).dissolve("art").geometry
    lines = shapely.linestrings(town.nodes[town.edges])
    wet = shapely.intersects(lines, waters["fluss"])
    assert wet.sum() == 2
    sizes = np.bincount(town.component)
    assert sizes.tolist() == [len(town.nodes) - 2, 2]
    dry = replace(town, edges=town.edges[~wet], metres=town.metres[~wet], steps=town.steps[~wet] | True)
    assert not len(leave_out_steps(dry).edges)
    banks = leave_out_steps(replace(town, steps=wet))
    assert sorted(np.bincount(banks.component) > 100) == [False, True, True]


def test_musterstadt_has_three_stairs_and_a_private_path(town: Streets) -> None:
    assert town.steps.sum() == 3
    assert town.example
    assert town.metres.sum() == pytest.approx(155_700, abs=200)


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "zone"), [("Hoyerswerda.osm", 33), ("dreieich", 32), ("lauf-200115.osm", 32)])
def test_real_extracts_hold_together(real_data: Path, name: str, zone: int) -> None:
    file = find_file(f"osm/{name}.pbf", folder=real_data)
    found = read_streets(file, quarters=make_city(file, zone=zone), halo_metres=200)
    streets = found.streets
    part = np.bincount(streets.component[streets.edges[:, 0]], weights=streets.metres)
    assert part[0] == part.max()
    assert 0.97 < part[0] / part.sum() < 1
    assert {note.cause for note in found.notes} <= {"streets_read", "streets_cut_off", "osm_licence"}
    assert 0 < streets.steps.mean() < 0.02


@pytest.mark.parametrize("wanted", [{"box": (-180.0, -90.0, 180.0, 90.0)}, {"tags": [("highway", "residential")]}])
def test_a_tag_that_is_no_text_is_a_damaged_file(tmp_path: Path, wanted: dict[str, Any]) -> None:
    """Wherever the tag is asked for: it is not copied before."""
    way = (5, [1, 2], {"highway": "residential", "foot": "Strasse"})
    file = write_pbf(tmp_path, Osm(nodes={1: (100, 100), 2: (200, 100)}, ways=[way], plain=True))
    path = tmp_path / file.name
    path.write_bytes(path.read_bytes().replace(b"Strasse", "Straße".encode("cp1252") + b" "))
    with pytest.raises(DataError) as caught:
        scan_osm(str(path), name=file.name, **wanted)
    assert [problem.cause for problem in caught.value.problems] == ["osm_broken"]
