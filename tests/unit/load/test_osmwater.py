"""Water from OpenStreetMap, on two squares of a kilometre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from sro_geo.errors import DataError
from sro_geo.load.boundaries import read_water
from tests.load_data import make_quarters, write
from tests.osm_data import Osm, write_pbf

if TYPE_CHECKING:
    from pathlib import Path

SQUARE = {1: (100.0, 100.0), 2: (300.0, 100.0), 3: (300.0, 300.0), 4: (100.0, 300.0)}
POND = {5: (500.0, 500.0), 6: (520.0, 500.0), 7: (520.0, 520.0), 8: (500.0, 520.0)}
LINE = {10: (-500.0, 200.0), 11: (200.0, 200.0), 12: (900.0, 200.0)}
RIVER = Osm(
    nodes={**SQUARE, **POND, **LINE},
    ways=(
        (1, (1, 2, 3, 4, 1), {"natural": "water", "name": "See"}),
        (2, (5, 6, 7, 8, 5), {"natural": "water"}),
        (3, (10, 11, 12), {"waterway": "river", "name": "Fluss"}),
        (4, (10, 11), {"waterway": "ditch"}),
        (5, (6, 8), {"highway": "residential"}),
    ),
)


def test_a_lake_is_an_area_and_a_river_a_line_as_far_as_no_area_shows_it(tmp_path: Path) -> None:
    """A pond of 20 m, a ditch and what lies outside the quarters' box are left out; the line ends at the lake."""
    frame = read_water(write_pbf(tmp_path, RIVER), quarters=make_quarters()).frame
    assert frame[["name", "art"]].to_numpy().tolist() == [["See", "wasser"], ["Fluss", "fluss"]]
    assert frame.geometry.area[0] == pytest.approx(40_000, rel=0.01)
    assert frame.geometry.length[1] == pytest.approx(100 + 600, abs=3)
    assert shapely.box(*make_quarters().total_bounds).buffer(1).covers(frame.geometry.union_all())


def test_a_file_without_water_has_none(tmp_path: Path) -> None:
    dry = Osm(nodes=LINE, ways=((1, (10, 11), {"highway": "residential"}),))
    assert read_water(write_pbf(tmp_path, dry), quarters=make_quarters()).frame.empty


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        read_water(write(tmp_path, "w.osm.pbf", "a;b\n1;2\n"), quarters=make_quarters())
    assert [problem.cause for problem in raised.value.problems] == ["file_wrong_type"]
