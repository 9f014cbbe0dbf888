"""Where a label stands beside its quarter, with a leader: on paper or a lake, or as a plate on other quarters."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.board import bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sro_geo.render.board import Board, Box, Taken

SIDES = ("left", "top", "right", "bottom")
"""Where on a label its leader ends."""

_RAYS, _STEP, _NEAREST = 48, 4.0, 9.0
_POINTS, _AT_ONCE = 32, 256
_WAYS, _AT_LEAST, _BATCH, _FEW = 128, 4096, 4, 16
"""Ways of a quarter that are looked at first, of a single one more of them; boxes that are tried exactly first, likewise."""
_LAND, _POLE = 60.0, 400.0
"""What a plate on land costs, and a covered pole, in lengths of leader."""

_PASS = 6.0
"""So far from a leader's begin other leaders keep off."""

_FUZZY = 10.0
"""So far cells and points along a leader may be wrong about how far it runs."""

_OPEN = 0.999
"""The middles of all cells that a box counts lie in it: where one is closed, the box has no room."""


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
        Whether its leader may cross other leaders, and begin or pass where another one begins.
    avoid : tuple of int
        Those quarters.
    """

    reach: float
    across: float
    plate: bool = False
    strict: bool = False
    crossing: bool = False
    avoid: tuple[int, ...] = ()


def find_beside(
    board: Board, taken: Taken, quarters: Sequence[int], search: Search, *, sizes: Sequence[tuple[float, float]]
) -> list[Spot | None]:
    """Best spot for a label beside each of some quarters: the shortest leader; a plate covers little land and no pole.

    A leader begins at the quarter's pole and meets no label and no other leader; None where there is no such spot. The
    labels know nothing of each other.
    """
    whose, size = np.asarray(quarters, dtype=np.intp), np.asarray(sizes, dtype=float).reshape(-1, 2)
    found: list[Spot | None] = [None] * len(whose)
    open_ = np.arange(len(whose))
    if not search.plate:
        open_ = open_[
            board.measure_away(whose) <= np.minimum(search.reach, search.across + board.spread[whose] + _FUZZY)
        ]
    if not search.crossing:
        open_ = open_[~_crowd(taken.poles, board.poles[whose[open_]])]
    if open_.size:  # no leader leaves a pole on which something stands
        open_ = open_[~taken.meets(shapely.points(board.poles[whose[open_]]), crossing=search.crossing)]
    for start in range(0, len(open_), _AT_ONCE):
        part = open_[start : start + _AT_ONCE]
        for at, spot in _find_all(board, taken, whose[part], search, size=size[part]):
            found[part[at]] = spot
    return found


@dataclass(frozen=True, slots=True)
class _Tries:
    """Boxes that seem to have room: whose they are, by which way, what they cost, their corners."""

    owner: np.ndarray
    way: np.ndarray
    cost: np.ndarray
    corners: np.ndarray

    def take(self, which: np.ndarray) -> _Tries:
        return _Tries(self.owner[which], self.way[which], self.cost[which], self.corners[which])

    def join(self, other: _Tries) -> _Tries:
        pairs = (
            (self.owner, other.owner), (self.way, other.way), (self.cost, other.cost), (self.corners, other.corners)
        )  # fmt: skip
        return _Tries(*map(np.concatenate, pairs))


def _find_all(
    board: Board, taken: Taken, whose: np.ndarray, search: Search, *, size: np.ndarray
) -> Iterator[tuple[int, Spot]]:
    """Spots of those who have one.

    Of ever longer ways, whatever costs no more than the next one at least will comes before all that follow: most often
    short ones do.
    """
    ways, poles, missing = _list_ways(search.reach), board.poles[whose], np.ones(len(whose), dtype=bool)
    inland = board.measure_away(whose) > search.reach + np.hypot(*size.T) + _FUZZY
    least = np.where(search.plate & inland, _LAND, 0.0)  # what a box covers there is all land
    waiting: _Tries | None = None
    for start, stop in _split(len(ways.lengths), max(_WAYS, _AT_LEAST // len(whose))):
        who = np.flatnonzero(missing)
        tries = _list_tries(board, taken, search, np.arange(start, stop), poles=poles[who], size=size[who])
        tries = replace(tries, owner=who[tries.owner])
        waiting = tries if waiting is None else waiting.join(tries)
        most = least + ways.lengths[stop] if stop < len(ways.lengths) else np.full(len(whose), np.inf)
        now = waiting.cost <= most[waiting.owner]
        ready, waiting = waiting.take(np.flatnonzero(now)), waiting.take(np.flatnonzero(~now))
        ready = ready.take(np.lexsort((ready.way, ready.cost, ready.owner)))
        for hit in _try(board, taken, whose, search, ready):
            owner, way = int(ready.owner[hit]), ready.way[hit]
            west, top, east, bottom = map(float, ready.corners[hit])
            x, y = map(float, poles[owner] + ways.ends[way])
            yield owner, Spot(end=(x, y), side=SIDES[ways.sides[way]], box=(west, top, east, bottom))
            missing[owner] = False
        if not missing.any():
            return
        waiting = waiting.take(np.flatnonzero(missing[waiting.owner]))


def _list_tries(
    board: Board, taken: Taken, search: Search, which: np.ndarray, *, poles: np.ndarray, size: np.ndarray
) -> _Tries:
    """Boxes beside each pole by some of the ways, as far as they seem to have room."""
    room, ways = board.whole if search.plate else board.free, _list_ways(search.reach)
    ends = poles[:, None] + ways.ends[which]
    owner, way = np.nonzero(room.touches(ends))
    ends, way = ends[owner, way], which[way]
    corners = _lay_boxes(ends, ways.shifts[way], size[owner])
    good = (room.count_open(corners) > _OPEN) & ~_hold(corners, poles[owner])
    owner, way, corners = owner[good], way[good], corners[good]
    cost = ways.lengths[way]
    if search.plate:
        cost = cost + _price_plate(board, taken, search, corners=corners)
    tries = _Tries(owner, way, cost, corners)
    return tries if np.isfinite(cost).all() else tries.take(np.flatnonzero(np.isfinite(cost)))


def _try(board: Board, taken: Taken, whose: np.ndarray, search: Search, tries: _Tries) -> list[int]:
    """First try of each owner that stands up to exact tests; what is tried exactly is dear, so few of each at a time."""
    rank = np.arange(len(tries.owner)) - np.searchsorted(tries.owner, tries.owner)
    ends = _list_ways(search.reach).ends
    hits: dict[int, int] = {}
    for start, stop in _split(int(rank.max(initial=-1)) + 1, max(_BATCH, _FEW // len(whose))):
        now = np.flatnonzero((rank >= start) & (rank < stop) & ~np.isin(tries.owner, list(hits)))
        now = now[_keep_boxes(board, taken, whose[tries.owner[now]], search, corners=tries.corners[now])]
        quarters = whose[tries.owner[now]]
        now = now[_keep_leaders(board, taken, quarters, search, ends=board.poles[quarters] + ends[tries.way[now]])]
        owners, first = np.unique(tries.owner[now], return_index=True)
        hits.update(zip(owners.tolist(), now[first].tolist(), strict=True))
    return list(hits.values())


def _keep_boxes(board: Board, taken: Taken, whose: np.ndarray, search: Search, *, corners: np.ndarray) -> np.ndarray:
    """Whether each box lies in the room, on no other label and, as a plate, off its own quarter and those to avoid."""
    if not len(corners):
        return np.zeros(0, dtype=bool)
    boxes, room = shapely.box(*corners.T), board.whole if search.plate else board.free
    good = np.asarray(shapely.contains(room.shape, boxes)) & ~taken.meets(boxes)
    if search.plate:
        good &= ~shapely.intersects(board.shapes[whose], boxes)
        for other in search.avoid if search.strict else ():
            good &= ~shapely.intersects(board.shapes[other], boxes)
    return np.asarray(good)


def _keep_leaders(board: Board, taken: Taken, whose: np.ndarray, search: Search, *, ends: np.ndarray) -> np.ndarray:
    """Whether each leader meets no label and no other leader, and does not run too far over other quarters."""
    if not len(ends):
        return np.zeros(0, dtype=bool)
    poles = board.poles[whose]
    leaders = np.asarray(shapely.linestrings(np.stack([poles, ends], axis=1)))
    free = ~taken.meets(leaders, crossing=search.crossing)
    if not search.crossing:
        free &= ~_pass_poles(taken.poles, poles, leaders)
    if not search.plate:
        free &= _run_across(board, whose, np.stack([poles, ends], axis=1)) <= search.across
    return np.asarray(free)


def _crowd(poles: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Whether another leader would begin so near to each pole that all its own would pass there."""
    away = np.hypot(*(poles - own[:, None]).transpose(2, 0, 1))
    return np.asarray(((away < _PASS) & (away > 0)).any(axis=1))


def _pass_poles(poles: np.ndarray, own: np.ndarray, leaders: np.ndarray) -> np.ndarray:
    """Whether each leader passes where another one would begin."""
    west, top, east, bottom = bound(leaders)
    x, y = poles.T
    near = poles[(x > west - _PASS) & (x < east + _PASS) & (y > top - _PASS) & (y < bottom + _PASS)]
    other = (near != own[:, None]).any(axis=2)
    return np.asarray((other & shapely.dwithin(leaders[:, None], shapely.points(near)[None, :], _PASS)).any(axis=1))


def _split(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Where parts of so many begin and end, each twice as large as the last one."""
    start = 0
    while start < count:
        yield start, min(start + size, count)
        start, size = start + size, 2 * size


def _hold(corners: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether a point lies in its box or on its edge."""
    return np.asarray(((corners[:, :2] <= points) & (points <= corners[:, 2:])).all(axis=1))


@dataclass(frozen=True, slots=True)
class _Ways:
    """Leaders from a pole, the shortest first: ends, lengths, sides of the label that they meet, how far it lies left and up."""

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
    lengths = np.hypot(*ends.T)
    order = np.argsort(lengths, kind="stable")
    return _Ways(ends[order], lengths[order], sides[order], shifts[order])


def _lay_boxes(ends: np.ndarray, shifts: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Boxes of labels that are met by a leader in the middle of one side."""
    start = ends + shifts * size
    return np.concatenate([start, start + size], axis=1)


def _price_plate(board: Board, taken: Taken, search: Search, *, corners: np.ndarray) -> np.ndarray:
    """What a plate covers of land, and whether it covers a pole or comes too near to one."""
    price = _LAND * (1 - board.free.count_open(corners))
    poles = taken.poles
    if not len(poles) or not len(corners):
        return price
    low, high = corners[:, :2].min(axis=0) - _PASS, corners[:, 2:].max(axis=0) + _PASS
    near = poles[((poles > low) & (poles < high)).all(axis=1)]
    over = ((near > corners[:, None, :2] - _PASS) & (near < corners[:, None, 2:] + _PASS)).all(axis=2).any(axis=1)
    return np.asarray(price + np.where(over, np.inf if search.strict else _POLE, 0.0))


def _run_across(board: Board, whose: np.ndarray, leaders: np.ndarray) -> np.ndarray:
    """So far each leader runs over other quarters than its own, by points along it."""
    along = leaders[:, :1] + np.linspace(0, 1, _POINTS)[:, None] * (leaders[:, 1:] - leaders[:, :1])
    corners = np.concatenate([along - 1, along + 1], axis=2).reshape(-1, 4)
    shapely.prepare(board.shapes[whose])
    own = shapely.contains_xy(board.shapes[whose][:, None], along[..., 0], along[..., 1])
    over = (board.free.count_open(corners) < 0.5).reshape(own.shape) & ~own  # noqa: PLR2004  half a cell
    return np.asarray(over.mean(axis=1) * np.hypot(*(leaders[:, 1] - leaders[:, 0]).T))
