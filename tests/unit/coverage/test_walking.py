from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage import tiles
from sro_geo.coverage._kernels import search_compiled
from sro_geo.coverage.access import find_access
from sro_geo.coverage.network import lay_joined, lay_network, lay_starts, search_sparse
from sro_geo.coverage.walking import measure_walking
from sro_geo.model.streets import as_streets, leave_out_steps
from tests.measure_data import CRS, make_offers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.coverage.network import Joined, Network, Starts
    from sro_geo.model.reach import Reach
    from sro_geo.model.streets import Streets

#   3 --- 2        A square of 100 m; 0–2 leads across by steps. Far off a lone path of 40 m, 4–5.
#   |   / |
#   0 --- 1
NODES = [(100, 100), (200, 100), (200, 200), (100, 200), (900, 900), (940, 900)]
EDGES = [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (4, 5)]
SEARCHES = (search_sparse, search_compiled)
BOUNDS = (0.0, 0.0, 2000.0, 1000.0)


def build(
    nodes: Sequence[tuple[float, float]], edges: list[tuple[int, int]], steps: list[int] | None = None
) -> Streets:
    flags = np.array([i in (steps or []) for i in range(len(edges))])
    return as_streets(np.array(nodes, dtype=float), np.array(edges), steps=flags, bounds=BOUNDS, crs=CRS, example=False)


def points(places: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    index = pd.Index([f"c{i}" for i in range(len(places))], name="cell_id", dtype="str")
    return gpd.GeoDataFrame(geometry=[shapely.Point(place) for place in places], crs=CRS, index=index)


STREETS = build(NODES, EDGES, steps=[4])


def walk(
    cells: list[tuple[float, float]],
    offers: list[tuple[float, float]],
    *,
    streets: Streets = STREETS,
    limit: float = 1000.0,
    **settings: float,
) -> Reach:
    there = make_offers({f"k{i}": ("kita", place) for i, place in enumerate(offers)})
    way = {"kind": "kita", "limit_metres": limit, **settings}
    return measure_walking(find_access(points(cells), streets, **settings), there, streets, **way)  # type: ignore[arg-type]  # as stated


def test_a_way_leads_to_the_street_along_it_and_to_the_offer() -> None:
    # 10 m down to the street, 50 m to the corner, 100 m up, 30 m on, 5 m off the street
    found = walk([(150, 110)], [(170, 205)]).pairs["metres"]
    # by the steps from the other corner: 10 + 50 + 141.42 + 30 + 5 = 236.4; round: 10 + 50 + 100 + 30 + 5
    np.testing.assert_allclose(found, [195])


def test_steps_are_a_way_for_most_and_none_for_prams() -> None:
    near = walk([(100, 90)], [(200, 210)]).pairs["metres"]
    np.testing.assert_allclose(near, [10 + 100 * 2**0.5 + 10])
    flat = walk([(100, 90)], [(200, 210)], streets=leave_out_steps(STREETS)).pairs["metres"]
    np.testing.assert_allclose(flat, [10 + 200 + 10])


def test_within_one_piece_the_way_need_not_touch_an_end() -> None:
    np.testing.assert_allclose(walk([(120, 95)], [(170, 95)]).pairs["metres"], [5 + 50 + 5])


def test_an_offer_at_a_crossing_is_no_way_of_its_own() -> None:
    np.testing.assert_allclose(walk([(150, 110)], [(200, 100)]).pairs["metres"], [10 + 50])
    np.testing.assert_allclose(walk([(200, 100)], [(200, 100)]).pairs["metres"], [0])


def test_a_lone_path_takes_nobody_and_who_is_far_from_a_street_walks_nowhere() -> None:
    cells = find_access(points([(905, 900), (150, 380), (150, 520)]), STREETS)
    assert list(cells.far) == ["c0", "c2"]
    np.testing.assert_allclose(cells.away[1:], [180, 320])


def test_the_other_bank_of_a_river_without_a_bridge_is_no_lone_path() -> None:
    #  Two long streets side by side, 60 m apart, each over 2 km; nothing joins them.
    west, east = [(0.0, y) for y in range(0, 2400, 100)], [(60.0, y) for y in range(0, 2200, 100)]
    edges = [(i, i + 1) for i in range(len(west) - 1)] + [
        (len(west) + i, len(west) + i + 1) for i in range(len(east) - 1)
    ]
    found = walk([(0, 500), (55, 500)], [(50, 600)], streets=build(west + east, edges))
    assert found.pairs["cell_id"].tolist() == ["c1"]
    np.testing.assert_allclose(found.pairs["metres"], [5 + 100 + 10])


def test_a_pair_on_the_limit_is_kept_and_one_beyond_it_is_not() -> None:
    assert len(walk([(150, 110)], [(170, 205)], limit=195).pairs) == 1
    assert len(walk([(150, 110)], [(170, 205)], limit=194.9).pairs) == 0


def test_every_cell_and_offer_is_known_also_where_no_way_leads() -> None:
    found = walk([(150, 110), (1500, 900)], [(170, 205), (990, 100)], limit=300)
    assert list(found.cell_ids) == ["c0", "c1"]
    assert list(found.offer_ids) == ["k0", "k1"]
    assert found.pairs["offer_id"].tolist() == ["k0"]


def test_without_streets_nobody_reaches_anything() -> None:
    assert walk([(150, 110)], [(170, 205)], streets=build(NODES, [])).pairs.empty
    assert walk([], [(170, 205)]).pairs.empty


def test_the_mark_of_an_invented_network_is_carried() -> None:
    there = make_offers({"k": ("kita", (150, 100))})
    invented = as_streets(
        STREETS.nodes, STREETS.edges, steps=STREETS.steps, bounds=BOUNDS, crs=CRS, example=True, metres=STREETS.metres
    )
    for streets, example in ((STREETS, False), (invented, True)):
        cells = find_access(points([(150, 110)]), streets)
        assert measure_walking(cells, there, streets, kind="kita", limit_metres=9).example is example


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="`limit_metres` must be over 0"):
        walk([(150, 110)], [(170, 205)], limit=0)
    with pytest.raises(ValueError, match="must have the CRS of `streets`"):
        find_access(points([(1, 1)]).set_crs("EPSG:3035", allow_override=True), STREETS)


Spots = list[tuple[float, float]]
spots: st.SearchStrategy[Spots] = st.lists(
    st.tuples(st.integers(0, 900).map(float), st.integers(0, 900).map(float)), min_size=1, max_size=4
)


@st.composite
def networks(draw: st.DrawFn) -> Streets:
    nodes = draw(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=2, max_size=9, unique=True))
    every = list(itertools.combinations(range(len(nodes)), 2))
    edges = draw(st.lists(st.sampled_from(every), min_size=1, max_size=14, unique=True))
    stretch = draw(st.lists(st.floats(1, 2), min_size=len(edges), max_size=len(edges)))
    places = np.array(nodes, dtype=float)
    ends = np.array(edges)
    metres = np.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T) * np.array(stretch)
    flags = np.zeros(len(edges), dtype=bool)
    return as_streets(places, ends, steps=flags, metres=metres, bounds=BOUNDS, crs=CRS, example=False)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Starts, Network, Joined, float]:
    """A search: some points on a network to start at, and some to find."""
    streets = draw(networks())
    starts, ends = (find_access(points(draw(spots)), streets, farthest=5000) for _ in range(2))
    return (
        lay_starts(starts, streets),
        lay_network(streets),
        lay_joined(ends, streets),
        draw(st.floats(1, 3000)),
    )


@given(tasks())
def test_the_compiled_search_finds_what_scipy_finds_to_the_last_bit(
    task: tuple[Starts, Network, Joined, float],
) -> None:
    found = [sorted(zip(*(part.tolist() for part in search(*task)), strict=True)) for search in SEARCHES]
    assert found[0] == found[1]


def search(cells: Spots, offers: Spots, streets: Streets, *, most: float, side: float) -> list[tuple[int, int, float]]:
    here, there = (find_access(points(some), streets, farthest=5000) for some in (cells, offers))
    parts = [tiles.search_tile(tile) for tile in tiles.cut_tiles(there, here, streets, most=most, side=side)]
    return sorted(row for part in parts for row in zip(*(column.tolist() for column in part), strict=True))


@given(networks(), spots, spots, st.floats(1, 3000), st.floats(20, 1000))
def test_tiles_of_any_size_find_the_same_to_the_last_bit(
    streets: Streets, cells: Spots, offers: Spots, most: float, side: float
) -> None:
    whole, tiled = (search(cells, offers, streets, most=most, side=size) for size in (1e9, side))
    assert tiled == whole


LADDER = build(
    [(100.0 * (i // 2), 100.0 * (i % 2)) for i in range(60)],
    [(i, i + 1) for i in range(0, 60, 2)] + [(i, i + 2) for i in range(58)],
)
"""Two streets side by side, 2.9 km long, joined every 100 m."""


@pytest.mark.parametrize("side", [50.0, 370.0, 1000.0])
def test_a_walk_leads_out_of_its_tile(side: float) -> None:
    spread = [(35.0 + 90 * i, 100.0 * (i % 2)) for i in range(31)]
    whole, tiled = (search(spread, spread, LADDER, most=640.0, side=size) for size in (1e9, side))
    assert tiled == whole
    assert len(whole) > 300


def test_a_tile_holds_no_more_streets_than_its_walks_can_reach() -> None:
    there, here = (find_access(points([(x, 10) for x in (50, 1450, 2850)]), LADDER) for _ in range(2))
    cut = list(tiles.cut_tiles(there, here, LADDER, most=250.0, side=500.0))
    assert [tile.offers.tolist() for tile in cut] == [[0], [1], [2]]
    assert [tile.cells.tolist() for tile in cut] == [[0], [1], [2]]
    assert all(len(tile.network[0]) - 1 < 20 for tile in cut)


def test_heap_and_pairs_grow_as_far_as_they_must() -> None:
    # a star of 1,500 rays: its middle puts as many on the heap at once, and each of two offers has 3,000 cells in reach
    turn = np.linspace(0, 2 * np.pi, 1500, endpoint=False)
    rays = [(500 + 400 * float(np.cos(a)), 500 + 400 * float(np.sin(a))) for a in turn]
    star = build([(500.0, 500.0), *rays], [(0, i + 1) for i in range(len(rays))])
    cells = lay_joined(find_access(points(rays + rays), star), star)
    starts = lay_starts(find_access(points([(500, 500), (500, 500)]), star), star)
    for search in SEARCHES:
        start, cell, metres = search(starts, lay_network(star), cells, 500.0)
        assert len(start) == len(cell) == 2 * 3000
        np.testing.assert_allclose(metres, 400)


def test_scipy_serves_where_the_work_is_small_or_numba_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tiles._choose_search(100) is search_sparse
    assert tiles._choose_search(10**8) is search_compiled
    monkeypatch.setitem(sys.modules, "sro_geo.coverage._kernels", None)
    assert tiles._choose_search(10**8) is search_sparse


def walk_with_networkx(cells: Spots, offers: Spots, streets: Streets) -> dict[tuple[str, str], float]:
    """The same by another road: each point becomes a node that cuts its piece in two."""
    graph = nx.Graph()
    named = [(f"c{i}", at) for i, at in enumerate(cells)] + [(f"k{i}", at) for i, at in enumerate(offers)]
    access = find_access(points([at for _, at in named]), streets, farthest=5000)
    on = pd.DataFrame({"name": [name for name, _ in named], "edge": access.edge, "at": access.along[:, 0]})
    for number, (ends, metres) in enumerate(zip(streets.edges, streets.metres, strict=True)):
        inner = on[on["edge"] == number].sort_values("at")
        stops = [(int(ends[0]), 0.0), *zip("on " + inner["name"], inner["at"], strict=True), (int(ends[1]), metres)]
        for (one, here), (other, there) in itertools.pairwise(stops):
            graph.add_edge(one, other, weight=there - here)
    for (name, _), away, edge in zip(named, access.away, access.edge, strict=True):
        if edge >= 0:
            graph.add_edge(name, f"on {name}", weight=away)
    found: dict[tuple[str, str], float] = {}
    for name, _ in named[len(cells) :]:
        if name in graph:
            far = nx.single_source_dijkstra_path_length(graph, name, weight="weight")
            found |= {(cell, name): far[cell] for cell in (f"c{i}" for i in range(len(cells))) if cell in far}
    return found


def list_pairs(reach: Reach) -> dict[tuple[str, str], float]:
    return {(row.cell_id, row.offer_id): row.metres for row in reach.pairs.itertuples()}  # type: ignore[misc]  # text


@given(networks(), spots, spots, st.floats(100, 3000))
def test_as_networkx_finds_it(streets: Streets, cells: Spots, offers: Spots, limit: float) -> None:
    found = list_pairs(walk(cells, offers, streets=streets, limit=limit, farthest=5000))
    wanted = walk_with_networkx(cells, offers, streets)
    for pair in found.keys() | wanted.keys():
        if abs(wanted.get(pair, np.inf) - limit) > 1e-6:
            assert (pair in found) == (wanted.get(pair, np.inf) <= limit)
    for pair, metres in found.items():
        assert metres == pytest.approx(wanted[pair], abs=1e-9)


@given(networks(), spots)
def test_there_and_back_is_as_far_and_no_way_is_shorter_than_straight_or_by_way_of_a_third(
    streets: Streets, places: Spots
) -> None:
    found = list_pairs(walk(places, places, streets=streets, limit=1e5, farthest=5000))
    numbers = range(len(places))
    far = {(i, j): found.get((f"c{i}", f"k{j}"), np.inf) for i in numbers for j in numbers}
    for i, j in itertools.product(numbers, repeat=2):
        assert far[i, j] == pytest.approx(far[j, i], abs=1e-9)
        assert far[i, j] >= np.hypot(*np.subtract(places[i], places[j])) - 1e-9
        assert all(far[i, j] <= far[i, k] + far[k, j] + 1e-9 for k in numbers)


@given(networks(), spots, spots, st.floats(100, 2000), st.floats(1, 2))
def test_a_larger_limit_only_adds_pairs(
    streets: Streets, cells: Spots, offers: Spots, limit: float, more: float
) -> None:
    few, many = (
        list_pairs(walk(cells, offers, streets=streets, limit=one, farthest=5000)) for one in (limit, limit * more)
    )
    assert few.items() <= many.items()
