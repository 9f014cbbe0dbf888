"""A map as labels see it, in the unit of their type; y counts down. Where a box has room on it, inside an area or beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from sro_geo.render.rooms import CELL, Room, add_up, make_room, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""West, top, east, bottom."""

_TRIED = 48
_SIGN, _SIGN_COST = 6.0, 8.0
_GAP, _BESIDE = 1.5, 3.0
"""What stays free around a label, and beside a leader."""


@dataclass
class Board:
    """What labels are placed on.

    Attributes
    ----------
    shapes : ndarray of Geometry
        The quarters.
    land : Geometry
        All of them in one.
    poles : ndarray
        Where each is widest: x and y.
    frame : tuple of float
        Box that no label leaves.
    closed : tuple of tuple of float
        Boxes of what else stands on the map, such as its legend.
    water : Geometry
        Rivers as broad as they are drawn, bridges, lakes: labels of land keep off.
    lakes : Geometry
        Water that a label beside its quarter may stand on.
    signs : ndarray
        Points of offers, which labels would rather not cover.
    """

    shapes: np.ndarray
    land: shapely.Geometry
    poles: np.ndarray
    frame: Box
    closed: tuple[Box, ...]
    water: shapely.Geometry
    lakes: shapely.Geometry
    signs: np.ndarray
    _rooms: dict[tuple[int, float], Room | None] = field(default_factory=dict)
    _away: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is measured before it is asked for."""
        self._away = np.full(len(self.poles), np.nan)

    @cached_property
    def sizes(self) -> np.ndarray:
        """How wide and high each quarter is."""
        bounds = shapely.bounds(self.shapes)
        return np.asarray(bounds[:, 2:] - bounds[:, :2])

    @cached_property
    def spread(self) -> np.ndarray:
        """How far each quarter reaches from its pole."""
        points, owners = shapely.get_coordinates(self.shapes, return_index=True)
        spread = np.zeros(len(self.shapes))
        np.maximum.at(spread, owners, np.hypot(*(points - self.poles[owners]).T))
        return spread

    @cached_property
    def whole(self) -> Room:
        """The map without what else stands on it."""
        return make_room(self._cut_closed(shapely.box(*self.frame)))

    @cached_property
    def free(self) -> Room:
        """Paper and lakes."""
        paper = shapely.difference(shapely.box(*self.frame), shapely.buffer(self.land, 1.0))
        free = shapely.union(paper, shapely.buffer(self.lakes, -1.0))
        return make_room(self._cut_closed(shapely.intersection(free, shapely.box(*self.frame))))

    def measure_away(self, quarters: np.ndarray) -> np.ndarray:
        """How far the poles of some quarters lie from paper and lakes."""
        new = quarters[np.isnan(self._away[quarters])]
        if new.size:
            self._away[new] = shapely.distance(self.free.shape, shapely.points(self.poles[new]))
        return np.asarray(self._away[quarters])

    def _cut_closed(self, shape: shapely.Geometry) -> shapely.Geometry:
        for box in self.closed:
            shape = shapely.difference(shape, shapely.box(*box))
        return shape

    def find_room(self, quarter: int, *, margin: float) -> Room | None:
        """A quarter without its water and so much of its border; None where nothing is left."""
        if (quarter, margin) not in self._rooms:
            shape = shapely.difference(self.shapes[quarter], self.water)
            shape = self._cut_closed(shapely.buffer(shape, -margin, quad_segs=2))
            self._rooms[quarter, margin] = None if shapely.is_empty(shape) else make_room(shape)
        return self._rooms[quarter, margin]


def bound(shapes: np.ndarray) -> Box:
    """Box around shapes none of which is empty."""
    bounds = shapely.bounds(shapes)
    (west, top), (east, bottom) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    return (west, top, east, bottom)


class Taken:
    """What stands on a map already: labels and their leaders; and the poles of all quarters that are labelled."""

    def __init__(self, *, poles: np.ndarray) -> None:
        self.poles = poles
        self._shapes: list[shapely.Geometry] = []
        self._bounds = np.empty((0, 4))
        self._leaders = np.empty(0, dtype=bool)
        self._tables: dict[int, np.ndarray] = {}

    def add(self, box: Box, leader: shapely.Geometry | None) -> None:
        """Take the room of a label and of its leader."""
        west, top, east, bottom = box
        shapes = [shapely.box(west - _GAP, top - _GAP, east + _GAP, bottom + _GAP)]
        shapes += [] if leader is None else [shapely.buffer(leader, _BESIDE)]
        self._shapes += shapes
        self._bounds = np.concatenate([self._bounds, shapely.bounds(shapes)])
        self._leaders = np.concatenate([self._leaders, np.arange(len(shapes)) > 0])
        self._tables.clear()

    def near(self, box: Box, *, crossing: bool = False) -> list[shapely.Geometry]:
        """What may meet a box; with `crossing` without leaders."""
        west, top, east, bottom = self._bounds.T
        hits = (west < box[2]) & (east > box[0]) & (top < box[3]) & (bottom > box[1])
        return [self._shapes[hit] for hit in np.flatnonzero(hits & ~(crossing & self._leaders))]

    def count(self, room: Room) -> np.ndarray:
        """Number of cells above and left of each corner of a room that are open and that nothing stands on."""
        if id(room) not in self._tables:  # a board keeps its rooms
            self._tables[id(room)] = add_up(_close(room, self))
        return self._tables[id(room)]

    def meets(self, shapes: Any, *, crossing: bool = False) -> np.ndarray:
        """Whether each of many shapes meets something; with `crossing` leaders don't count."""
        shapes = np.asarray(shapes)
        near = self.near(bound(shapes), crossing=crossing)
        met = np.zeros(shapes.shape, dtype=bool)
        for shape in near:
            met |= shapely.intersects(shape, shapes)
        return met


def find_inside(
    board: Board, taken: Taken, quarter: int, *, lines: Sequence[tuple[float, float]], margin: float
) -> tuple[float, float] | None:
    """Middle of a label whose lines, each of a width and a height, lie wholly inside a quarter, each for itself.

    It stands as near as can be to where the quarter is widest, and rather not on signs. None where it has no room.
    """
    wide, high = max(width for width, _ in lines), sum(height for _, height in lines)
    if wide > board.sizes[quarter, 0] or high > board.sizes[quarter, 1]:
        return None
    room = board.find_room(quarter, margin=margin)
    if room is None or wide > len(room.xs) * CELL + CELL or high > len(room.ys) * CELL + CELL:
        return None
    boxes = stack_lines(lines)
    table = taken.count(room)
    fits = np.logical_and.reduce([_slide(table, box) for box in boxes])
    rows, columns = np.nonzero(fits)
    if not rows.size:
        return None
    aim = 0.6 * board.poles[quarter] + 0.4 * shapely.get_coordinates(shapely.centroid(board.shapes[quarter]))[0]
    x, y = room.xs[columns], room.ys[rows]
    cost = np.hypot(x - aim[0], y - aim[1]) + _SIGN_COST * _count_signs(board, x, y, half=(wide / 2, high / 2))
    order = np.argsort(cost, kind="stable")[:_TRIED]
    x, y = x[order], y[order]
    tried = [shapely.box(x + west, y + top, x + east, y + bottom) for west, top, east, bottom in boxes]
    good = ~taken.meets(shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
    good &= np.logical_and.reduce([shapely.contains_properly(room.shape, one) for one in tried])
    return (float(x[good][0]), float(y[good][0])) if good.any() else None


def stack_lines(lines: Sequence[tuple[float, float]]) -> list[Box]:
    """Boxes of lines one below the other around 0, 0."""
    top = -sum(height for _, height in lines) / 2
    boxes: list[Box] = []
    for width, height in lines:
        boxes.append((-width / 2, top, width / 2, top + height))
        top += height
    return boxes


def _close(room: Room, taken: Taken) -> np.ndarray:
    """Cells that are open, without those that something stands on."""
    if not room.xs.size or not room.ys.size:
        return room.open
    near = taken.near((room.xs[0], room.ys[0], room.xs[-1], room.ys[-1]))
    if not near:
        return room.open
    return np.asarray(room.open & ~scan(shapely.union_all(near), room.xs, room.ys))


def _slide(table: np.ndarray, box: Box) -> np.ndarray:
    """For each cell whether a box around its middle is open."""
    (west, top), (east, bottom) = (np.ceil(np.array(box[i : i + 2]) / CELL).astype(int) for i in (0, 2))
    rows, columns = table.shape[0] - 1, table.shape[1] - 1
    found = np.zeros((rows, columns), dtype=bool)
    r0, r1 = max(0, -top), min(rows, rows - bottom + 1)
    c0, c1 = max(0, -west), min(columns, columns - east + 1)
    if r1 <= r0 or c1 <= c0:
        return found
    cut = [
        table[r0 + r : r1 + r, c0 + c : c1 + c] for r, c in ((bottom, east), (top, east), (bottom, west), (top, west))
    ]
    found[r0:r1, c0:c1] = cut[0] - cut[1] - cut[2] + cut[3] == (bottom - top) * (east - west)
    return found


def _count_signs(board: Board, x: np.ndarray, y: np.ndarray, *, half: tuple[float, float]) -> np.ndarray:
    """Signs under a box around each of many points."""
    box = (x.min() - half[0], x.max() + half[0], y.min() - half[1], y.max() + half[1])
    signs = board.signs
    near = signs[(signs[:, 0] > box[0]) & (signs[:, 0] < box[1]) & (signs[:, 1] > box[2]) & (signs[:, 1] < box[3])]
    across = np.abs(x[:, None] - near[:, 0]) < half[0] + _SIGN
    return np.asarray((across & (np.abs(y[:, None] - near[:, 1]) < half[1] + _SIGN)).sum(axis=1))
