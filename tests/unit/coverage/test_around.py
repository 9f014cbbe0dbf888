"""Ways round barriers, by hand and against brute force: all corners of barriers a hair wide, all lines between them."""

from __future__ import annotations

import heapq
import itertools
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, Polygon, box
from shapely.affinity import rotate
from shapely.ops import nearest_points

from sro_geo.coverage.distance import measure_straight
from tests.measure_data import CRS, make_offers, make_population

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

Spot = tuple[float, float]

HAIR = 1e-6
"""Half the width in metres that brute force gives to a line, so that it has two banks."""

WEST_BANK, EAST_BANK = LineString([(0, 100), (90, 100)]), LineString([(110, 100), (300, 100)])
"""A river with a bridge of 20 m."""

LAKE = box(100, 100, 200, 200)
RING = LineString([(100, 100), (200, 100), (200, 200), (100, 200), (100, 100)])


def measure(
    here: Sequence[Spot],
    there: Sequence[Spot],
    shapes: Sequence[BaseGeometry],
    *,
    limit: float = 1e5,
    factor: float = 1,
) -> np.ndarray:
    """Metres from every cell to every offer; infinite where they are no pair."""
    cells = make_population({f"c{i}": (place, {"0-6": 1}) for i, place in enumerate(here)}).cells
    offers = make_offers({f"o{i}": ("kita", place) for i, place in enumerate(there)})
    barrier = gpd.GeoDataFrame(geometry=list(shapes), crs=CRS)
    reach = measure_straight(cells, offers, kind="kita", limit_metres=limit, detour_factor=factor, barrier=barrier)
    metres = np.full((len(here), len(there)), np.inf)
    for cell, offer, found in reach.pairs.itertuples(index=False):
        metres[int(cell[1:]), int(offer[1:])] = found
    return metres


def measure_one(here: Spot, there: Spot, *shapes: BaseGeometry) -> float:
    return float(measure([here], [there], shapes)[0, 0])


def add_up(*spots: Spot) -> float:
    return float(sum(np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in itertools.pairwise(spots)))


def go_by_force(here: Spot, there: Spot, shapes: Sequence[BaseGeometry]) -> float:
    """The shortest way, found round barriers a hair wide and measured between their corners as they were drawn."""
    solid = shapely.union_all([s.buffer(HAIR, cap_style="square", join_style="mitre", mitre_limit=1e4) for s in shapes])
    spots = [here, there, *dict.fromkeys((x, y) for x, y in shapely.get_coordinates(solid).tolist())]
    pairs = list(itertools.combinations(range(len(spots)), 2))
    shapely.prepare(solid)
    free = ~shapely.relate_pattern(shapely.linestrings([[spots[a], spots[b]] for a, b in pairs]), solid, "T********")
    links: dict[int, list[int]] = {}
    for a, b in itertools.compress(pairs, free):
        links.setdefault(a, []).append(b)
        links.setdefault(b, []).append(a)
    heap: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))]
    done = set()
    while heap:
        metres, way = heapq.heappop(heap)
        if way[-1] == 1:
            corners = MultiPoint(shapely.get_coordinates(list(shapes)))
            turns = [nearest_points(shapely.Point(spots[i]), corners)[1].coords[0] for i in way[1:-1]]
            return add_up(here, *((x, y) for x, y in turns), there)
        if way[-1] not in done:
            done.add(way[-1])
            for other in links.get(way[-1], []):
                heapq.heappush(heap, (metres + add_up(spots[way[-1]], spots[other]), (*way, other)))
    return float("inf")


places = st.tuples(st.integers(0, 24), st.integers(0, 24))
lines = st.lists(places, min_size=2, max_size=5).map(LineString).filter(lambda line: line.length > 0)
lakes = st.lists(places, min_size=3, max_size=5).map(lambda points: MultiPoint(points).convex_hull)


@st.composite
def rivers(draw: st.DrawFn) -> BaseGeometry:
    """A line with one or two bridges."""
    river: BaseGeometry = draw(lines)
    for at in draw(st.lists(st.integers(1, 9), min_size=1, max_size=2)):
        middle = river.interpolate(at / 10, normalized=True)
        river = river.difference(middle.buffer(draw(st.integers(1, 4)) / 2))
    return river


towns = st.lists(
    st.one_of(lines, rivers(), lakes.filter(lambda lake: lake.area > 0)).filter(lambda shape: not shape.is_empty),
    min_size=1,
    max_size=4,
)


def lies_off(spot: Spot, shapes: Sequence[BaseGeometry]) -> bool:
    """Whether a spot lies clearly on one side of every bank."""
    return all(s.boundary.distance(shapely.Point(spot)) > 0.01 for s in shapes if s.area) and all(
        s.distance(shapely.Point(spot)) > 0.01 for s in shapes if not s.area
    )


@given(towns, places, places)
def test_brute_force_finds_the_same_way(shapes: list[BaseGeometry], here: Spot, there: Spot) -> None:
    assume(here != there and lies_off(here, shapes) and lies_off(there, shapes))
    assert measure_one(here, there, *shapes) == pytest.approx(go_by_force(here, there, shapes), abs=1e-9)


@pytest.mark.long
@given(towns, st.lists(places, min_size=1, max_size=4), st.lists(places, min_size=1, max_size=4), st.data())
def test_no_way_is_shorter_than_the_straight_line_and_no_barrier_makes_one_shorter(
    shapes: list[BaseGeometry], here: list[Spot], there: list[Spot], data: st.DataObject
) -> None:
    metres = measure(here, there, shapes)
    straight = np.linalg.norm(np.array(here, float)[:, None] - np.array(there, float)[None], axis=2)
    assert (metres >= straight).all()
    gone = data.draw(st.integers(0, len(shapes) - 1))
    fewer = measure(here, there, [shape for i, shape in enumerate(shapes) if i != gone])
    assert (fewer <= metres + 1e-9).all()


@pytest.mark.long
@given(towns, st.lists(places, min_size=1, max_size=4), st.lists(places, min_size=1, max_size=4))
def test_a_limit_keeps_exactly_what_is_within_it(
    shapes: list[BaseGeometry], here: list[Spot], there: list[Spot]
) -> None:
    metres = measure(here, there, shapes)
    near = np.isclose(metres, 12.5, rtol=1e-9, atol=0)
    found = measure(here, there, shapes, limit=12.5)
    assert (near | (np.isfinite(found) == (metres <= 12.5))).all()
    kept = np.isfinite(found)
    np.testing.assert_allclose(found[kept], metres[kept], rtol=0, atol=1e-9)


@pytest.mark.long
@given(towns, places, places)
def test_there_and_back_are_as_far(shapes: list[BaseGeometry], here: Spot, there: Spot) -> None:
    assert measure_one(here, there, *shapes) == pytest.approx(measure_one(there, here, *shapes), abs=1e-9)


@given(towns, places)
def test_a_closed_wall_lets_nobody_through(shapes: list[BaseGeometry], here: Spot) -> None:
    wall = LineString([(-1, -1), (25, -1), (25, 25), (-1, 25), (-1, -1)])
    assert measure_one(here, (30, 30), wall, *shapes) == np.inf


def test_the_way_goes_by_the_bridge_also_where_the_straight_line_misses_it() -> None:
    found = measure([(50, 0)], [(50, 200)], [WEST_BANK, EAST_BANK], factor=1.3)
    assert found[0, 0] == pytest.approx(1.3 * add_up((50, 0), (90, 100), (50, 200)), abs=1e-9)


def test_the_nearer_of_two_bridges_is_taken() -> None:
    far = LineString([(0, 100), (20, 100)]), LineString([(30, 100), (90, 100)])
    assert measure_one((55, 0), (55, 200), *far, EAST_BANK) == pytest.approx(add_up((55, 0), (30, 100), (55, 200)))


def test_a_way_may_turn_several_times() -> None:
    walls = LineString([(-900, 100), (200, 100)]), LineString([(100, 150), (900, 150), (900, 0)])
    way = add_up((50, 50), (200, 100), (100, 150), (150, 200))
    assert measure_one((50, 50), (150, 200), *walls) == pytest.approx(way, abs=1e-9)


def test_a_bend_in_a_wall_is_no_gap() -> None:
    zigzag = LineString([(0, 100), (50, 120), (100, 100), (150, 120), (150, 300), (0, 300), (0, 100)])
    for x in (50, 75, 100):
        assert measure_one((x, 0), (x, 200), zigzag) == np.inf


@pytest.mark.parametrize("gap", [0.0, 1e-9, 1e-4])
def test_ends_that_meet_or_lie_a_hair_apart_leave_no_gap(gap: float) -> None:
    halves = LineString([(100, 100), (200, 100), (200, 200)]), LineString([(200 - gap, 200), (100, 200), (100, 100)])
    assert measure_one((150, 150), (250, 250), *halves) == np.inf
    post = LineString([(150, 100 + gap), (150, 200 - gap)])
    assert measure_one((120, 150), (180, 150), RING, post) == np.inf


def test_a_gap_of_a_step_is_a_bridge() -> None:
    halves = LineString([(100, 100), (200, 100), (200, 200)]), LineString([(199, 200), (100, 200), (100, 100)])
    assert np.isfinite(measure_one((150, 150), (250, 250), *halves))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param((90, 0), (90, 200), id="end"),
        pytest.param((50, 0), (50, 100), id="offer on the bank"),
        pytest.param((50, 200), (50, 100), id="offer on the bank, from beyond"),
        pytest.param((50, 100), (60, 200), id="cell on the bank"),
        pytest.param((20, 100), (80, 100), id="along the bank"),
        pytest.param((20, 100), (200, 100), id="along one bank and the other"),
        pytest.param((90, 100), (110, 100), id="from end to end"),
        pytest.param((50, 100), (50, 100), id="one place on the bank"),
    ],
)
def test_touching_crosses_nothing(here: Spot, there: Spot) -> None:
    assert measure_one(here, there, WEST_BANK, EAST_BANK) == pytest.approx(add_up(here, there), abs=1e-9)


@pytest.mark.long
def test_an_offer_that_was_put_on_the_bank_by_computing_lies_on_it() -> None:
    slanting = LineString([(0, 13), (300, 171)])
    for share in np.linspace(0.05, 0.95, 19):
        on = slanting.interpolate(share, normalized=True)
        for side in (-10, 10):
            there = (on.x, on.y + side)
            assert measure_one((on.x, on.y), there, slanting) == pytest.approx(10, abs=1e-9)


def test_a_way_along_the_bank_it_begins_on_turns_at_its_end() -> None:
    tip = (250.0, 171.0)
    spit = LineString([(0, 13), tip, (-900, 97)])
    for share in np.linspace(0.05, 0.45, 23):
        on = LineString([(0, 13), tip]).interpolate(2 * share, normalized=True)
        way = add_up((on.x, on.y), tip, (200, 240))
        assert measure_one((on.x, on.y), (200, 240), spit) == pytest.approx(way, abs=1e-6)


def test_grazing_a_corner_crosses_nothing_and_going_through_it_does() -> None:
    corner = LineString([(50, 0), (100, 100), (150, 0), (50, 0)])
    assert measure_one((50, 100), (150, 100), corner) == pytest.approx(100, abs=1e-9)
    bend = LineString([(0, 100), (100, 100), (200, 120), (200, 300), (0, 300), (0, 100)])
    assert measure_one((100, 50), (100, 150), bend) == np.inf


def test_one_side_of_a_wall_is_not_left_at_a_bend_to_the_other_side() -> None:
    bends = LineString([(0, 100), (100, 100), (120, 140), (200, 140)])
    around = LineString([(0, 100), (0, 300), (300, 300), (300, 140), (200, 140)])
    assert measure_one((60, 60), (160, 180), bends, around) == np.inf


def test_people_walk_round_a_lake_and_neither_into_it_nor_across() -> None:
    ways = measure([(50, 150), (150, 150), (150, 100)], [(250, 150), (150, 200), (180, 100), (150, 150)], [LAKE])
    bank = add_up((50, 150), (100, 100), (200, 100), (250, 150))
    assert ways[0, 0] == pytest.approx(bank, abs=1e-9)
    assert ways[1].tolist() == [np.inf, np.inf, np.inf, 0]
    assert ways[2, 1] == pytest.approx(add_up((150, 100), (100, 100), (100, 200), (150, 200)), abs=1e-9)
    assert ways[2, 2] == pytest.approx(30, abs=1e-9)
    assert ways[2, 3] == np.inf


def test_walking_along_a_slanting_shore_is_no_way_through_the_lake() -> None:
    lake = rotate(LAKE, 17)
    shore = LineString(lake.exterior.coords[:2])
    on = [(spot.x, spot.y) for spot in shore.interpolate(np.linspace(0.05, 0.95, 10), normalized=True)]
    straight = np.linalg.norm(np.array(on)[:, None] - np.array(on)[None], axis=2)
    np.testing.assert_allclose(measure(on, on, [lake]), straight, atol=1e-9)


@pytest.mark.parametrize("turn", [0, 17, *(pytest.param(turn, marks=pytest.mark.long) for turn in (45, 73))])
def test_points_within_a_straight_bank_change_nothing(turn: int) -> None:
    lake = rotate(LAKE, turn, origin=(150, 150))
    fine = lake.segmentize(3)
    for here, there in (((20, 150), (280, 140)), ((150, 20), (140, 290)), ((20, 20), (290, 280))):
        assert measure_one(here, there, fine) == pytest.approx(measure_one(here, there, lake), abs=1e-6)


def test_two_lakes_that_share_a_corner_leave_no_gap_there() -> None:
    pair = LAKE, box(200, 200, 300, 300)
    assert measure_one((250, 150), (150, 250), *pair) > add_up((250, 150), (200, 200), (150, 250)) + 50


def test_a_pier_in_a_lake_is_no_way_across() -> None:
    pier = LineString([(150, 90), (150, 160)])
    assert measure_one((100, 150), (200, 150), LAKE, pier) == pytest.approx(200, abs=1e-9)


def test_points_and_collapsed_shapes_are_no_obstacle() -> None:
    nothing = shapely.Point(50, 50), LineString([(50, 50), (50, 50)]), Polygon()
    assert measure_one((0, 0), (100, 100), *nothing) == pytest.approx(add_up((0, 0), (100, 100)), abs=1e-9)
    assert measure([(0, 0)], [(100, 100)], [])[0, 0] == pytest.approx(add_up((0, 0), (100, 100)), abs=1e-9)


def test_shapes_within_collections_count_as_they_are() -> None:
    whole = shapely.GeometryCollection([shapely.MultiLineString([WEST_BANK, EAST_BANK]), LAKE])
    assert measure_one((50, 0), (50, 200), whole) == measure_one((50, 0), (50, 200), WEST_BANK, EAST_BANK, LAKE)


def test_a_pair_exactly_on_the_limit_counts_straight_and_round() -> None:
    way = add_up((50, 0), (90, 100), (50, 200))
    for limit, count in ((way, 1), (way * (1 - 1e-6), 0)):
        found = measure([(50, 0)], [(50, 200)], [WEST_BANK, EAST_BANK], limit=1.3 * limit, factor=1.3)
        assert np.isfinite(found).sum() == count
    # 0.1 · 3 · 1.1 is more than 0.33 by the last bit
    assert np.isfinite(measure([(0.1 * 3, 10)], [(0, 10)], [WEST_BANK], limit=0.33, factor=1.1)).all()


def test_order_of_shapes_and_of_their_points_is_indifferent() -> None:
    shapes = [WEST_BANK, EAST_BANK, LAKE]
    here, there = [(50.0, 0.0), (160.0, 30.0)], [(50.0, 200.0), (250.0, 220.0)]
    turned = [shape.reverse() for shape in reversed(shapes)]
    assert measure(here, there, shapes).tolist() == measure(here, there, turned).tolist()
