from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.parts import find_reached_parts
from sro_geo.coverage.walking import measure_walking
from sro_geo.model.streets import as_streets
from tests.measure_data import CRS, make_offers

#   3 --- 2        A square of 100 m, and a path of 40 m far off
#   |     |
#   0 --- 1
NODES = np.array([(100, 100), (200, 100), (200, 200), (100, 200), (900, 900), (940, 900)], dtype=float)
EDGES = np.array([(0, 1), (1, 2), (2, 3), (0, 3), (4, 5)])
FLAT = np.zeros(len(EDGES), dtype=bool)
STREETS = as_streets(NODES, EDGES, steps=FLAT, bounds=(0, 0, 1000, 1000), crs=CRS, example=False)


def find(places: list[tuple[float, float]], limit: float) -> set[tuple[int, int, float, float]]:
    offers = make_offers({f"k{i}": ("kita", place) for i, place in enumerate(places)})
    piece, ends = find_reached_parts(offers, STREETS, kind="kita", limit_metres=limit)
    rows = zip(STREETS.edges[piece].tolist(), ends.tolist(), strict=True)
    return {(first, second, round(begin, 6), round(end, 6)) for (first, second), (begin, end) in rows}


def test_parts_begin_at_the_offer_and_end_in_the_middle_of_a_street() -> None:
    """10 m off the street, 20 m from the corner: 60 m on the one side, 20 to the corner and 40 beyond it."""
    assert find([(120, 90)], 70) == {(0, 1, 0, 0.4), (0, 1, 0, 0.8), (0, 3, 0, 0.4)}


def test_from_both_ends_a_street_is_reached_whole() -> None:
    assert (0, 1, 0, 1) in find([(100, 200), (200, 200)], 150)
    assert {(0, 1, 0, 0.4), (0, 1, 0.6, 1)} <= find([(100, 200), (200, 200)], 140)


def test_an_offer_farther_off_than_the_walk_reaches_nothing() -> None:
    assert find([(120, 90)], 9) == set()
    assert find([(900, 500)], 1000) == set()


@given(
    st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1), st.floats(0, 60)), min_size=1, max_size=4),
    st.floats(1, 300),
    st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=8),
)
def test_whoever_stands_on_a_part_has_an_offer_within_the_walk(
    offers: list[tuple[int, float, float]], limit: float, persons: list[tuple[int, float]]
) -> None:
    def on(piece: int, share: float) -> tuple[float, float]:
        first, second = NODES[STREETS.edges[piece]]
        x, y = first + share * (second - first)
        return float(x), float(y)

    there = make_offers(
        {
            f"k{i}": ("kita", (x + off, y + off))
            for i, (piece, share, off) in enumerate(offers)
            for x, y in [on(piece, share)]
        }
    )
    cells = gpd.GeoDataFrame(
        geometry=[shapely.Point(on(*at)) for at in persons],
        crs=CRS,
        index=pd.Index([f"c{i}" for i in range(len(persons))], name="cell_id", dtype="str"),
    )
    near = (
        measure_walking(cells, there, STREETS, kind="kita", limit_metres=1000).pairs.groupby("cell_id")["metres"].min()
    )
    parts = list(zip(*find_reached_parts(there, STREETS, kind="kita", limit_metres=limit), strict=True))
    for cell, (piece, share) in zip(cells.index, persons, strict=True):
        metres = near.get(cell, np.inf)
        if abs(metres - limit) < 1e-6 or share in (0, 1) or len(STREETS.edges) <= piece:
            continue
        inside = any(own == piece and begin - 1e-9 <= share <= end + 1e-9 for own, (begin, end) in parts)
        assert inside == (metres <= limit), (piece, share, metres)


def test_a_walk_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="limit_metres"):
        find([(120, 90)], 0)
