from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.render.ground import describe_ground, draw_shapes
from sro_geo.render.topology import share_points
from tests.render_data import make_ground

POINT = st.lists(st.integers(0, 3).map(float), min_size=2, max_size=2)
RING = st.lists(POINT, min_size=1, max_size=6)
PART = st.lists(RING, min_size=1, max_size=3)
GEOMETRY = st.builds(lambda part: {"type": "Polygon", "coordinates": part}, PART) | st.builds(
    lambda parts: {"type": "MultiPolygon", "coordinates": parts}, st.lists(PART, min_size=1, max_size=3)
)


def follow(told: dict[str, Any]) -> list[Any]:
    """Parts of each feature, as the page reads them."""
    points = told["points"]
    return [
        [[[points[at] for at in accumulate(ring)] for ring in part] for part in feature["parts"]]
        for feature in told["features"]
    ]


@given(st.lists(GEOMETRY, max_size=4))
def test_every_ring_comes_back_and_no_point_is_said_twice(geometries: list[dict[str, Any]]) -> None:
    told = share_points([{"id": str(n), "geometry": one} for n, one in enumerate(geometries)])
    wanted = [[one["coordinates"]] if one["type"] == "Polygon" else one["coordinates"] for one in geometries]
    assert follow(told) == wanted
    assert [feature["id"] for feature in told["features"]] == [str(n) for n in range(len(geometries))]
    assert len({tuple(point) for point in told["points"]}) == len(told["points"])


def test_a_town_is_told_with_fewer_points_than_it_has_corners() -> None:
    ground = make_ground()
    told = describe_ground(ground)["quarters"]
    shapes = draw_shapes(ground).to_crs(4326)
    found = [shapely.MultiPolygon([(part[0], part[1:]) for part in parts]) for parts in follow(told)]
    assert len(told["points"]) < 0.75 * shapely.get_num_coordinates(shapes.to_numpy()).sum()
    for one, shape in zip(found, shapes, strict=True):
        assert shapely.hausdorff_distance(one, shape) == pytest.approx(0, abs=2e-5)
