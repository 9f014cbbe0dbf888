from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import scale

from sro_geo.render.ground import describe_ground, draw_shapes
from sro_geo.render.topology import share_points
from tests.render_data import make_ground

CORNER = st.integers(0, 4).map(float)
BOX = st.builds(lambda x, y, w, h: shapely.box(x, y, x + w, y + h), CORNER, CORNER, *[st.integers(1, 3)] * 2)
HOLLOW = BOX.map(lambda box: shapely.difference(box, scale(box, 0.5, 0.5)))
AREA = st.one_of(BOX, HOLLOW, st.lists(BOX | HOLLOW, min_size=1, max_size=3).map(shapely.MultiPolygon))


def follow(points: list[list[float]], areas: list[list[list[list[int]]]]) -> list[Any]:
    """Parts of each area, as the page reads them."""
    return [[[[points[at] for at in accumulate(ring)] for ring in part] for part in parts] for parts in areas]


def tell(shape: shapely.Geometry) -> list[Any]:
    """Its polygons' rings, as lists of x and y."""
    return [
        [[list(point) for point in ring.coords] for ring in shapely.get_rings(part)]
        for part in shapely.get_parts(shape)
    ]


@given(st.lists(AREA, max_size=4))
def test_every_ring_comes_back_and_no_point_is_said_twice(areas: list[shapely.Geometry]) -> None:
    points, told = share_points(np.array(areas, dtype=object))
    assert follow(points, told) == [tell(area) for area in areas]
    assert len({tuple(point) for point in points}) == len(points)


def test_a_town_is_told_with_fewer_points_than_it_has_corners() -> None:
    ground = make_ground()
    told = describe_ground(ground)["quarters"]
    shapes = draw_shapes(ground).to_crs(4326)
    rings = follow(told["points"], [feature["parts"] for feature in told["features"]])
    found = [shapely.MultiPolygon([(part[0], part[1:]) for part in parts]) for parts in rings]
    assert len(told["points"]) < 0.75 * shapely.get_num_coordinates(shapes.to_numpy()).sum()
    for one, shape in zip(found, shapes, strict=True):
        assert shapely.hausdorff_distance(one, shape) == pytest.approx(0, abs=2e-5)
