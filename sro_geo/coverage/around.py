"""The shortest ways round barriers."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.coverage.obstacles import find_along, find_cut
from sro_geo.coverage.turns import find_grazing, find_sides, find_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.coverage.obstacles import Obstacles, Spots
    from sro_geo.coverage.turns import Turns

    Rows = NDArray[np.intp]
    Numbers = NDArray[np.float64]
    Links = Mapping[int, Sequence[tuple[float, int]]]
    Reached = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Legs:
    """Legs between spots and turns, ordered by turn; those of turn i lie between bounds i and i + 1."""

    spot: Rows
    metres: Numbers
    bounds: Rows


def find_ways(obstacles: Obstacles, spots: Spots, *, start: Rows, end: Rows, limit: float) -> Numbers:
    """Length of the shortest way between two spots round the barriers between them.

    Parameters
    ----------
    obstacles : Obstacles
        Barriers.
    spots : Spots
        Where ways begin and end.
    start, end : array of int
        Numbers of spots, pair by pair.
    limit : float
        Longest way that is sought, in metres; a longer one may be found or not.

    Returns
    -------
    array of float
        Metres by pair; infinite where no way was found. The straight line is not tried.

    Notes
    -----
    A way may touch a barrier, walk along it, and turn at its corners and ends; it never changes sides. Into an area and
    out of it there is none. Exact but for what lies a millimetre from a barrier.

    Law: no way is shorter than the straight line.

    References
    ----------
    Lozano-Pérez, T., Wesley, M. (1979): An algorithm for planning collision-free paths among polyhedral obstacles.
    Communications of the ACM 22 (the visibility graph).
    Dijkstra, E. (1959): A note on two problems in connexion with graphs. Numerische Mathematik 1.
    """
    metres = np.full(len(start), np.inf)
    turns = find_turns(obstacles)
    ends = np.unique(end)
    one, turn = _find_near(spots.given[ends], obstacles.given[turns.corner], limit=limit)
    links = _link_turns(obstacles, spots, turns, np.unique(turn), limit=limit)
    begun = _list_by_key(*_keep_open(obstacles, spots, turns, ends[one], turn))
    reached = {spot: _walk(begun.get(spot, ()), links, limit=limit) for spot in ends.tolist()}
    legs = _list_legs(obstacles, spots, turns, np.unique(start), reached=reached, limit=limit)
    for spot, found in reached.items():
        own = end == spot
        metres[own] = _join(legs, found, count=len(spots.grid))[start[own]]
    straight: Numbers = np.hypot(*(spots.given[start] - spots.given[end]).T)
    ways: Numbers = np.maximum(metres, straight)
    return ways


def _find_near(here: Numbers, there: Numbers, *, limit: float | Numbers) -> tuple[Rows, Rows]:
    """Pairs of points no farther from each other than the limit; one for all, or one for each point there."""
    tree = shapely.STRtree(np.asarray(shapely.points(here)))
    second, first = tree.query(shapely.points(there), predicate="dwithin", distance=limit)
    return first, second


def _keep_open(obstacles: Obstacles, spots: Spots, turns: Turns, spot: Rows, turn: Rows) -> tuple[Rows, Rows, Numbers]:
    """Legs between spots and turns that nothing lies across and that a shortest way may take, with their metres."""
    corner = turns.corner[turn]
    toward = spots.grid[spot] - spots.grid[corner]
    fit = find_along(obstacles, spots, spot, corner) | find_grazing(turns, turn, toward)
    spot, turn, corner = spot[fit], turn[fit], corner[fit]
    free = ~find_cut(obstacles, spots, spot, corner)
    spot, turn, corner = spot[free], turn[free], corner[free]
    return spot, turn, np.hypot(*(spots.given[spot] - spots.given[corner]).T)


def _link_turns(obstacles: Obstacles, spots: Spots, turns: Turns, chosen: Rows, *, limit: float) -> Links:
    """Legs between turns, both ways.

    Between two walls in one line a leg may run on either side, but must stay there.
    """
    places = obstacles.given[turns.corner[chosen]]
    one, two = _find_near(places, places, limit=limit)
    one, two = chosen[one[one < two]], chosen[two[one < two]]
    ahead = spots.grid[turns.corner[two]] - spots.grid[turns.corner[one]]
    here, there = find_sides(turns, one, ahead), find_sides(turns, two, -ahead)[:, ::-1]
    walled = here.any(axis=1) & there.any(axis=1)
    fit = find_grazing(turns, one, ahead) & find_grazing(turns, two, -ahead)
    fit &= (turns.corner[one] != turns.corner[two]) & (~walled | (here & there).any(axis=1))
    one, two = one[fit], two[fit]
    free = ~find_cut(obstacles, spots, turns.corner[one], turns.corner[two])
    one, two = one[free], two[free]
    metres = np.hypot(*(obstacles.given[turns.corner[one]] - obstacles.given[turns.corner[two]]).T)
    return _list_by_key(np.r_[one, two], np.r_[two, one], np.r_[metres, metres])


def _list_by_key(key: Rows, turn: Rows, metres: Numbers) -> dict[int, list[tuple[float, int]]]:
    """Metres and turn of every leg, by the spot or turn that it leaves."""
    found: dict[int, list[tuple[float, int]]] = {}
    for one, other, length in zip(key.tolist(), turn.tolist(), metres.tolist(), strict=True):
        found.setdefault(one, []).append((length, other))
    return found


def _walk(begun: Sequence[tuple[float, int]], links: Links, *, limit: float) -> dict[int, float]:
    """Metres to every turn within the limit."""
    done: dict[int, float] = {}
    heap = sorted(begun)
    while heap:
        metres, turn = heapq.heappop(heap)
        if turn in done:
            continue
        done[turn] = metres
        for length, other in links.get(turn, ()):
            if other not in done and metres + length <= limit:
                heapq.heappush(heap, (metres + length, other))
    return done


def _list_legs(
    obstacles: Obstacles, spots: Spots, turns: Turns, starts: Rows, *, reached: Reached, limit: float
) -> _Legs:
    """Legs from the starts to the turns that some way from an end has reached."""
    least = np.full(len(turns.corner), np.inf)
    for found in reached.values():
        own = np.fromiter(found, dtype=np.intp, count=len(found))
        least[own] = np.minimum(least[own], np.fromiter(found.values(), dtype=float, count=len(found)))
    used = np.flatnonzero(np.isfinite(least))
    places = obstacles.given[turns.corner[used]]
    one, turn = _find_near(spots.given[starts], places, limit=limit - least[used])
    spot, turn, metres = _keep_open(obstacles, spots, turns, starts[one], used[turn])
    order = np.argsort(turn, kind="stable")
    bounds = np.searchsorted(turn[order], np.arange(len(turns.corner) + 1))
    return _Legs(spot=spot[order], metres=metres[order], bounds=bounds)


def _join(legs: _Legs, found: Mapping[int, float], *, count: int) -> Numbers:
    """Shortest way by spot: to one of the turns found, and on from there."""
    best = np.full(count, np.inf)
    for turn, metres in found.items():
        own = slice(legs.bounds[turn], legs.bounds[turn + 1])
        best[legs.spot[own]] = np.minimum(best[legs.spot[own]], legs.metres[own] + metres)
    return best
