"""Where a label stands beside its quarter, with a leader: on paper or a lake, or as a plate on other quarters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.board import bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.render.board import Board, Box, Room, Taken

SIDES = ("left", "top", "right", "bottom")
"""Where on a label its leader ends."""

_RAYS, _STEP, _NEAREST = 48, 4.0, 9.0
_BATCH, _POINTS = 16, 32
_LAND, _POLE = 60.0, 400.0
"""What a plate on land costs, and a covered pole, in lengths of leader."""

_PASS = 6.0
"""So far from a leader's begin other leaders keep off."""

_FUZZY = 10.0
"""So far cells and points along a leader may be wrong about how far it runs."""

_OPEN = 0.85
"""A box of which less is open in cells is not tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a label beside its quarter stands: the end of its leader, the side of the label that it meets, the box."""

    end: tuple[float, float]
    side: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for.

    Attributes
    ----------
    reach : float
        Length of the longest leader.
    across : float
        So far a leader may run over other quarters.
    plate : bool
        Whether the label may stand on other quarters.
    strict : bool
        Whether a plate covers no pole at all, and nothing of the quarters to avoid.
    crossing : bool
        Whether its leader may cross other leaders.
    avoid : tuple of int
        Those quarters.
    """

    reach: float
    across: float
    plate: bool = False
    strict: bool = False
    crossing: bool = False
    avoid: tuple[int, ...] = ()


def find_beside(board: Board, taken: Taken, quarter: int, search: Search, *, size: tuple[float, float]) -> Spot | None:
    """Best spot for a label beside its quarter: the shortest leader; a plate covers little land and no pole.

    A leader begins at the quarter's pole and meets no label and no other leader; None where there is no such spot.
    """
    pole, room = board.poles[quarter], board.whole if search.plate else board.free
    if not search.plate and board.away[quarter] > min(search.reach, search.across + board.spread[quarter] + _FUZZY):
        return None
    ways = _list_ways(search.reach)
    ends = pole + ways.ends
    corners = _lay_boxes(ends, ways.shifts, size)
    maybe = np.flatnonzero(room.count_open(corners) > _OPEN)
    maybe = maybe[~_hold(corners[maybe], pole)]
    if not maybe.size:
        return None
    cost = ways.lengths[maybe]
    if search.plate:
        cost = cost + _price_plate(board, taken, search, corners=corners[maybe])
    order = maybe[np.argsort(cost, kind="stable")[: np.isfinite(cost).sum()]]
    for batch in _split(order):  # what is tried exactly is dear, and most often the first ones do
        good = _keep_boxes(board, taken, quarter, search, room=room, corners=corners[batch])
        free = batch[good]
        if free.size:
            free = free[_keep_leaders(board, taken, quarter, search, ends=ends[free])]
        if free.size:
            hit = free[0]
            west, top, east, bottom = map(float, corners[hit])
            end = (float(ends[hit, 0]), float(ends[hit, 1]))
            return Spot(end=end, side=SIDES[ways.sides[hit]], box=(west, top, east, bottom))
    return None


def _keep_boxes(
    board: Board, taken: Taken, quarter: int, search: Search, *, room: Room, corners: np.ndarray
) -> np.ndarray:
    """Whether each box lies in the room, on no other label and, as a plate, off its own quarter and those to avoid."""
    boxes = shapely.box(*corners.T)
    good = np.asarray(shapely.contains(room.shape, boxes)) & ~taken.meets(boxes)
    if search.plate:
        for other in (quarter, *(search.avoid if search.strict else ())):
            good &= ~shapely.intersects(board.shapes[other], boxes)
    return np.asarray(good)


def _keep_leaders(board: Board, taken: Taken, quarter: int, search: Search, *, ends: np.ndarray) -> np.ndarray:
    """Whether each leader meets no label and no other leader, and does not run too far over other quarters."""
    pole = board.poles[quarter]
    leaders = np.asarray(shapely.linestrings(np.stack([np.broadcast_to(pole, ends.shape), ends], axis=1)))
    free = ~taken.meets(leaders, crossing=search.crossing) & ~_pass_poles(taken.poles, pole, leaders)
    if not search.plate:
        free &= _run_across(board, quarter, leaders) <= search.across
    return np.asarray(free)


def _pass_poles(poles: np.ndarray, own: np.ndarray, leaders: np.ndarray) -> np.ndarray:
    """Whether each leader passes where another one would begin."""
    west, top, east, bottom = bound(leaders)
    x, y = poles.T
    near = (x > west - _PASS) & (x < east + _PASS) & (y > top - _PASS) & (y < bottom + _PASS)
    near &= (poles != own).any(axis=1)
    if not near.any():
        return np.zeros(len(leaders), dtype=bool)
    points = shapely.points(poles[near])
    return np.asarray(shapely.dwithin(leaders[:, None], points[None, :], _PASS).any(axis=1))


def _split(order: np.ndarray) -> Iterator[np.ndarray]:
    start, size = 0, _BATCH
    while start < len(order):
        yield order[start : start + size]
        start, size = start + size, 2 * size


def _hold(corners: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Whether a point lies in each box or on its edge."""
    west, top, east, bottom = corners.T
    return np.asarray((west <= point[0]) & (point[0] <= east) & (top <= point[1]) & (point[1] <= bottom))


@dataclass(frozen=True, slots=True)
class _Ways:
    """Leaders from a pole: ends, lengths, sides of the label that they meet, and how far it lies left and up in its own sizes."""

    ends: np.ndarray
    lengths: np.ndarray
    sides: np.ndarray
    shifts: np.ndarray


@cache
def _list_ways(reach: float) -> _Ways:
    """Leaders all around from a pole, each with the two sides of a label that it can meet."""
    angles = np.arange(_RAYS) * 2 * math.pi / _RAYS
    far = np.arange(_NEAREST, reach + 0.1, _STEP)
    toward = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ways = (far[:, None, None] * toward).reshape(-1, 2)
    level = np.tile(np.where(toward[:, 0] >= 0, 0, 2), len(far))
    upright = np.tile(np.where(toward[:, 1] >= 0, 1, 3), len(far))
    steep = np.tile(np.abs(toward[:, 1]), len(far))
    used = [(level, steep < 0.9), (upright, steep > 0.4)]  # noqa: PLR2004  a leader does not run along the label
    ends = np.concatenate([ways[use] for _, use in used])
    sides = np.concatenate([side[use] for side, use in used])
    shifts = np.array([[0.0, -0.5], [-0.5, 0.0], [-1.0, -0.5], [-0.5, -1.0]])[sides]
    return _Ways(ends, np.hypot(*ends.T), sides, shifts)


def _lay_boxes(ends: np.ndarray, shifts: np.ndarray, size: tuple[float, float]) -> np.ndarray:
    """Boxes of labels that are met by a leader in the middle of one side."""
    start = ends + shifts * size
    return np.concatenate([start, start + size], axis=1)


def _price_plate(board: Board, taken: Taken, search: Search, *, corners: np.ndarray) -> np.ndarray:
    """What a plate covers of land, and whether it covers a pole or comes too near to one."""
    price = _LAND * (1 - board.free.count_open(corners))
    poles = taken.poles
    if not len(poles):
        return price
    low, high = corners[:, :2].min(axis=0) - _PASS, corners[:, 2:].max(axis=0) + _PASS
    near = poles[((poles > low) & (poles < high)).all(axis=1)]
    over = ((near > corners[:, None, :2] - _PASS) & (near < corners[:, None, 2:] + _PASS)).all(axis=2).any(axis=1)
    return np.asarray(price + np.where(over, np.inf if search.strict else _POLE, 0.0))


def _run_across(board: Board, quarter: int, leaders: np.ndarray) -> np.ndarray:
    """So far each leader runs over other quarters than its own, by points along it."""
    ends = shapely.get_coordinates(leaders).reshape(-1, 2, 2)
    along = ends[:, :1] + np.linspace(0, 1, _POINTS)[:, None] * (ends[:, 1:] - ends[:, :1])
    corners = np.concatenate([along - 1, along + 1], axis=2).reshape(-1, 4)
    shapely.prepare(board.shapes[quarter])
    over = (board.free.count_open(corners) < 0.5) & ~shapely.contains_xy(board.shapes[quarter], along.reshape(-1, 2))  # noqa: PLR2004  half a cell
    return np.asarray(over.reshape(-1, _POINTS).mean(axis=1) * shapely.length(leaders))
