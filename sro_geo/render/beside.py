"""Where a label stands beside its quarter, with a leader: on paper or a lake, or as a plate on other quarters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.render.board import Board, Box, Taken

SIDES = ("left", "top", "right", "bottom")
"""Where on a label its leader ends."""

_RAYS, _STEP, _NEAREST = 48, 4.0, 9.0
_BATCH, _MOST, _POINTS = 16, 2400, 32
_LAND, _POLE = 60.0, 400.0
"""What a plate on land costs, and a covered pole, in lengths of leader."""

_PASS = 6.0
"""So far from a leader's begin other leaders keep off."""

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
    if shapely.distance(room.shape, shapely.Point(pole)) > search.reach:
        return None
    ways, sides = _list_ways(search.reach)
    ends = pole + ways
    corners = _lay_boxes(ends, sides, size)
    good = (room.count_open(corners) > _OPEN) & ~_hold(corners, pole)
    ends, sides, corners = ends[good], sides[good], corners[good]
    boxes = shapely.box(*corners.T)
    good = shapely.contains(room.shape, boxes)
    ends, sides, corners, boxes = ends[good], sides[good], corners[good], boxes[good]
    if not boxes.size:
        return None
    cost = np.hypot(*(ends - pole).T) + (
        _price_plate(board, taken, quarter, search, corners=corners) if search.plate else 0.0
    )
    cost = np.where(taken.meets(boxes), np.inf, cost)
    order = np.argsort(cost, kind="stable")[: min(int(np.isfinite(cost).sum()), _MOST)]
    for batch in _split(order):
        leaders = np.asarray(
            shapely.linestrings(np.stack([np.broadcast_to(pole, (len(batch), 2)), ends[batch]], axis=1))
        )
        free = ~taken.meets(leaders, crossing=search.crossing) & ~_pass_poles(taken.poles, pole, leaders)
        if not search.plate:
            free &= _run_across(board, quarter, leaders) <= search.across
        if free.any():
            hit = batch[free][0]
            box = tuple(map(float, corners[hit]))
            return Spot(end=(float(ends[hit, 0]), float(ends[hit, 1])), side=SIDES[sides[hit]], box=box)  # type: ignore[arg-type]
    return None


def _pass_poles(poles: np.ndarray, own: np.ndarray, leaders: np.ndarray) -> np.ndarray:
    """Whether each leader passes where another one would begin."""
    west, top, east, bottom = shapely.total_bounds(leaders)
    x, y = poles.T
    near = (x > west - _PASS) & (x < east + _PASS) & (y > top - _PASS) & (y < bottom + _PASS)
    points = shapely.points(poles[near & (poles != own).any(axis=1)])
    return np.asarray(shapely.dwithin(leaders[:, None], points[None, :], _PASS).any(axis=1))


def _split(order: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _hold(corners: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Whether a point lies in each box or on its edge."""
    west, top, east, bottom = corners.T
    return np.asarray((west <= point[0]) & (point[0] <= east) & (top <= point[1]) & (point[1] <= bottom))


@cache
def _list_ways(reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Leaders all around from a pole to their ends, each with the two sides of a label that it can meet."""
    angles = np.arange(_RAYS) * 2 * math.pi / _RAYS
    far = np.arange(_NEAREST, reach + 0.1, _STEP)
    toward = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ways = (far[:, None, None] * toward).reshape(-1, 2)
    level = np.tile(np.where(toward[:, 0] >= 0, 0, 2), len(far))
    upright = np.tile(np.where(toward[:, 1] >= 0, 1, 3), len(far))
    steep = np.tile(np.abs(toward[:, 1]), len(far))
    sides = [(level, steep < 0.9), (upright, steep > 0.4)]  # noqa: PLR2004  a leader does not run along the label
    return (
        np.concatenate([ways[use] for _, use in sides]),
        np.concatenate([side[use] for side, use in sides]),
    )


def _lay_boxes(ends: np.ndarray, sides: np.ndarray, size: tuple[float, float]) -> np.ndarray:
    """Boxes of labels that are met by a leader in the middle of one side."""
    west = np.choose(sides, [0.0, -0.5, -1.0, -0.5]) * size[0] + ends[:, 0]
    top = np.choose(sides, [-0.5, 0.0, -0.5, -1.0]) * size[1] + ends[:, 1]
    return np.stack([west, top, west + size[0], top + size[1]], axis=1)


def _price_plate(board: Board, taken: Taken, quarter: int, search: Search, *, corners: np.ndarray) -> np.ndarray:
    """What a plate covers, or comes too near to; endless where that is its own quarter, or one that it must keep off."""
    price, boxes = np.zeros(len(corners)), shapely.box(*corners.T)
    for other in (quarter, *(search.avoid if search.strict else ())):
        price[shapely.intersects(board.shapes[other], boxes)] = np.inf
    west, top, east, bottom = (corners[:, side, None] for side in range(4))
    x, y = taken.poles.T
    across, down = (x > west - _PASS) & (x < east + _PASS), (y > top - _PASS) & (y < bottom + _PASS)
    poles = (across & down).any(axis=1)
    return np.asarray(
        price + np.where(poles, np.inf if search.strict else _POLE, 0.0) + _LAND * (1 - board.free.count_open(corners))
    )


def _run_across(board: Board, quarter: int, leaders: np.ndarray) -> np.ndarray:
    """So far each leader runs over other quarters than its own, by points along it."""
    ends = shapely.get_coordinates(leaders).reshape(-1, 2, 2)
    along = ends[:, :1] + np.linspace(0, 1, _POINTS)[:, None] * (ends[:, 1:] - ends[:, :1])
    corners = np.concatenate([along - 1, along + 1], axis=2).reshape(-1, 4)
    shapely.prepare(board.shapes[quarter])
    over = (board.free.count_open(corners) < 0.5) & ~shapely.contains_xy(board.shapes[quarter], along.reshape(-1, 2))  # noqa: PLR2004  half a cell
    return np.asarray(over.reshape(-1, _POINTS).mean(axis=1) * shapely.length(leaders))
