"""The street network: one grid on each bank, joined by the two bridges and nowhere else."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely
from dice import draw
from plan import EAST, NORTH, RIVER_WIDTH

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry
    from shapes import Shapes

SPACING = 100.0
MISSING = 0.16
SHORTCUTS = 0.06
MAIN_EVERY = 5
STEPS = ("Obere Treppe", "Mittlere Treppe", "Untere Treppe")
# Turned by so many degrees, so that the two banks do not look alike.
TURNS = {"west": -7.0, "east": 9.0}
WEST = ("01", "02", "03", "05", "06", "07", "10", "12")
# A path of the allotments that no street leads to.
LONE_PATH = ((3700.0, 520.0), (3760.0, 560.0))

Spot = tuple[str, int, int]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way: its nodes in order, as positions in the network's list, and its tags."""

    nodes: tuple[int, ...]
    tags: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes in EPSG:25833 and the ways between them."""

    nodes: list[Place] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def build_network(shapes: Shapes) -> Network:
    """Network of the town."""
    network, spots = Network(), {}
    for bank, turn in TURNS.items():
        land = shapely.union_all([s for key, s in shapes.quarters.items() if (key in WEST) == (bank == "west")])
        wet = shapes.river.buffer(RIVER_WIDTH / 2 + 8)
        placed = _place_spots(bank, turn, land.buffer(-12).difference(wet))
        for spot, at in placed.items():
            spots[spot] = len(network.nodes)
            network.nodes.append(at)
        edges = _list_edges(placed, wet)
        _add_streets(network, _connect(edges), spots)
        _add_shortcuts(network, placed, spots, wet)
    for name, bridge in shapes.bridges.items():
        _add_bridge(network, name, [(x, y) for x, y in bridge.coords])
    lone = tuple(len(network.nodes) + i for i in range(2))
    network.nodes.extend((x + EAST, y + NORTH) for x, y in LONE_PATH)
    network.ways.append(Way(nodes=lone, tags={"highway": "footway", "name": "Gartenweg"}))
    return network


def _place_spots(bank: str, turn: float, land: BaseGeometry) -> dict[Spot, Place]:
    """Crossings of a turned grid that lie on the land, each a little off."""
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    shapely.prepare(land)
    spots = {}
    for i in range(-12, 56):
        for j in range(-12, 46):
            x = SPACING * (i + 0.24 * (draw("x", bank, i, j) - 0.5))
            y = SPACING * (j + 0.24 * (draw("y", bank, i, j) - 0.5))
            at = (round(cosine * x - sine * y + EAST, 1), round(sine * x + cosine * y + NORTH, 1))
            if land.contains(shapely.Point(at)):
                spots[bank, i, j] = at
    return spots


def _list_edges(spots: dict[Spot, Place], wet: BaseGeometry) -> list[tuple[Spot, Spot]]:
    """Pairs of neighbours on dry land, rows first, then columns."""
    pairs = []
    for di, dj in ((1, 0), (0, 1)):
        for (bank, i, j), at in spots.items():
            other = (bank, i + di, j + dj)
            if other in spots and not wet.intersects(shapely.LineString([at, spots[other]])):
                pairs.append(((bank, i, j), other))
    return pairs


def _connect(edges: list[tuple[Spot, Spot]]) -> list[tuple[Spot, Spot]]:
    """Edges without some that chance takes away; none is taken that holds the bank together."""
    group: dict[Spot, Spot] = {}

    def find(spot: Spot) -> Spot:
        while group.get(spot, spot) != spot:
            spot = group[spot]
        return spot

    kept = set()
    main = [edge for edge in edges if _is_main(edge)]
    by_chance = sorted((edge for edge in edges if not _is_main(edge)), key=lambda e: draw("order", *e[0], *e[1]))
    for edge in main + by_chance:
        one, other = find(edge[0]), find(edge[1])
        if one != other or _is_main(edge) or draw("kept", *edge[0], *edge[1]) > MISSING:
            kept.add(edge)
            group[one] = other
    return [edge for edge in edges if edge in kept]


def _is_main(edge: tuple[Spot, Spot]) -> bool:
    (_, i, j), (_, k, _) = edge
    return (j if i != k else i) % MAIN_EVERY == 0


def _add_streets(network: Network, edges: list[tuple[Spot, Spot]], spots: dict[Spot, int]) -> None:
    """Add ways that run on along a row or a column of the grid."""
    runs: list[list[Spot]] = []
    open_runs: dict[tuple[Spot, bool], list[Spot]] = {}
    for edge in edges:
        row = edge[0][1] != edge[1][1]
        run = open_runs.pop((edge[0], row), None)
        if run is None:
            run = [edge[0]]
            runs.append(run)
        run.append(edge[1])
        open_runs[edge[1], row] = run
    for run in runs:
        kind = "primary" if _is_main((run[0], run[1])) else "residential"
        network.ways.append(Way(nodes=tuple(spots[spot] for spot in run), tags={"highway": kind}))


def _add_shortcuts(network: Network, placed: dict[Spot, Place], spots: dict[Spot, int], wet: BaseGeometry) -> None:
    """Add footpaths across blocks; the first on a bank is private, some of the next are steps."""
    count = 0
    for (bank, i, j), at in placed.items():
        other = (bank, i + 1, j + 1)
        if other not in placed or draw("shortcut", bank, i, j) > SHORTCUTS:
            continue
        if wet.intersects(shapely.LineString([at, placed[other]])):
            continue
        tags = {"highway": "footway"}
        if count == 0 and bank == "west":
            tags["access"] = "private"
        elif 1 <= count <= len(STEPS) and bank == "west":
            tags = {"highway": "steps", "name": STEPS[count - 1]}
        network.ways.append(Way(nodes=(spots[bank, i, j], spots[other]), tags=tags))
        count += 1


def _add_bridge(network: Network, name: str, ends: list[Place]) -> None:
    """Add a bridge and lead it straight on to a crossing on each bank."""
    first = len(network.nodes)
    (x0, y0), (x1, y1) = ends
    beyond = ((x0 - (x1 - x0) / 3, y0 - (y1 - y0) / 3), (x1 + (x1 - x0) / 3, y1 + (y1 - y0) / 3))
    nearest = [min(range(first), key=lambda i: (math.dist(network.nodes[i], point), i)) for point in beyond]
    network.nodes.extend(ends)
    network.ways.append(Way(nodes=(first, first + 1), tags={"highway": "primary", "bridge": "yes", "name": name}))
    for end, crossing in enumerate(nearest):
        network.ways.append(Way(nodes=(crossing, first + end), tags={"highway": "primary"}))
