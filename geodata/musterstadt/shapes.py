"""The plan made into shapes: quarters that meet without a gap, the river, its bridges and the barrier."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import shapely
import shapely.ops
from dice import draw
from plan import BORDERS, BRIDGE_GAP, BRIDGES, NODES, QUARTERS, RIVER, parse_points, place
from shapely import LineString, Point, Polygon

STEP = 45.0
WAVE = 9.0

Points = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Shapes of the town in EPSG:25833, all coordinates whole metres.

    Attributes
    ----------
    quarters : dict of str to Polygon
        By quarter id; a valid coverage.
    river : LineString
        The middle line, from north to south; it leaves the town at both ends.
    bridges : dict of str to LineString
        By name.
    barrier : list of LineString
        The river without small gaps at the bridges.
    """

    quarters: dict[str, Polygon]
    river: LineString
    bridges: dict[str, LineString]
    barrier: list[LineString]


def build_shapes() -> Shapes:
    """Shapes of the whole town."""
    river = _bend(parse_points(RIVER), wave=0.0, name="river")
    lines = [LineString(line) for line in _split_at_nodes(river)]
    for start, end, between in BORDERS:
        points = [NODES[start], *parse_points(between), NODES[end]]
        lines.append(LineString([place(p) for p in _bend(points, wave=WAVE, name=start + end)]))
    faces = [face for face in shapely.polygonize(lines).geoms if isinstance(face, Polygon)]
    quarters = {}
    for quarter in QUARTERS:
        inside = Point(place(quarter.inside))
        (face,) = (face for face in faces if face.contains(inside))
        quarters[quarter.quarter_id] = shapely.orient_polygons(shapely.normalize(face))
    whole_river = LineString([place(p) for p in river])
    bridges = {name: LineString([place(p) for p in ends]) for name, ends in BRIDGES.items()}
    return Shapes(quarters=quarters, river=whole_river, bridges=bridges, barrier=_cut_barrier(whole_river, bridges))


def _bend(points: Points, *, wave: float, name: str) -> Points:
    """Smooth line through the points, slightly wavy; the points themselves stay where they are."""
    bent = [points[0]]
    for i, (here, there) in enumerate(pairwise(points)):
        before, after = points[max(i - 1, 0)], points[min(i + 2, len(points) - 1)]
        length = math.dist(here, there)
        count = max(1, round(length / STEP))
        normal = ((here[1] - there[1]) / length, (there[0] - here[0]) / length)
        for step in range(1, count):
            x, y = _blend((before, here, there, after), step / count)
            push = wave * (2 * draw("wave", name, i, step) - 1)
            bent.append((round(x + push * normal[0]), round(y + push * normal[1])))
        bent.append(there)
    return bent


def _blend(four: tuple[tuple[int, int], ...], t: float) -> tuple[float, float]:
    """Point on the Catmull-Rom curve between the second and the third of four points."""
    weights = (
        -0.5 * t**3 + t**2 - 0.5 * t,
        1.5 * t**3 - 2.5 * t**2 + 1,
        -1.5 * t**3 + 2 * t**2 + 0.5 * t,
        0.5 * t**3 - 0.5 * t**2,
    )
    x, y = (math.fsum(w * point[axis] for w, point in zip(weights, four, strict=True)) for axis in (0, 1))
    return x, y


def _split_at_nodes(river: Points) -> list[Points]:
    """Pieces of the river between two nodes, placed; the ends outside the town are left out."""
    nodes = set(NODES.values())
    cuts = [i for i, point in enumerate(river) if point in nodes]
    return [[place(p) for p in river[first : last + 1]] for first, last in pairwise(cuts)]


def _cut_barrier(river: LineString, bridges: dict[str, LineString]) -> list[LineString]:
    """River's line with a gap of `BRIDGE_GAP` metres where each bridge crosses it."""
    gaps = []
    for bridge in bridges.values():
        at = river.project(river.intersection(bridge).centroid)
        gaps.append((at - BRIDGE_GAP / 2, at + BRIDGE_GAP / 2))
    ends = [0.0, *(end for gap in sorted(gaps) for end in gap), river.length]
    pieces = [shapely.ops.substring(river, ends[i], ends[i + 1]) for i in range(0, len(ends), 2)]
    return [LineString([(round(x), round(y)) for x, y in piece.coords]) for piece in pieces]
