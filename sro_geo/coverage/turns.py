"""Corners of barriers that a shortest way may turn at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.obstacles import GRID, find_wet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.obstacles import Obstacles

    Numbers = NDArray[np.float64]

_PROBE = 4 * GRID
"""Distance from a corner at which it is asked whether a direction leads into an area, in metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Corners beside which at least half of all directions are free. No shortest way turns anywhere else.

    Attributes
    ----------
    corner : array of (n,) int
        Number of the corner; one in a straight wall has a turn on either side.
    first, last : array of (n, 2) float
        The walls beside the free directions, which lie counterclockwise from the first to the last: vectors from the
        corner. At the free end of a line both are its only edge.
    """

    corner: NDArray[np.intp]
    first: Numbers
    last: Numbers


def find_turns(obstacles: Obstacles) -> Turns:
    """Turns of all corners; those that lie inside an area, or look into one, are none."""
    ends = np.concatenate([obstacles.edges, obstacles.edges[:, ::-1]])
    wall = obstacles.corners[ends[:, 1]] - obstacles.corners[ends[:, 0]]
    order = np.lexsort((np.arctan2(wall[:, 1], wall[:, 0]), ends[:, 0]))
    corner, wall = ends[order, 0], wall[order]
    begins = np.flatnonzero(np.r_[True, corner[1:] != corner[:-1]][: len(corner)])
    after = np.arange(1, len(corner) + 1)
    after[np.r_[begins[1:], len(corner)][: len(begins)] - 1] = begins
    following = wall[after]
    side, ahead = cross(wall, following), (wall * following).sum(axis=1)
    wide = (after == np.arange(len(corner))) | (side < 0) | ((side == 0) & (ahead < 0))
    first, last, corner = wall[wide], following[wide], corner[wide]
    dry = ~find_wet(obstacles, obstacles.corners[corner] + _PROBE * _halve(first, last))
    return Turns(corner=corner[dry], first=first[dry], last=last[dry])


def _halve(first: Numbers, last: Numbers) -> Numbers:
    """Direction in the middle between two walls that are at least half a turn apart, of length 1."""
    one, two = (wall / np.hypot(*wall.T)[:, None] for wall in (first, last))
    # The normals find it near a half turn, the walls themselves near a whole one; nowhere do both vanish.
    middle = np.column_stack([two[:, 1] - one[:, 1], one[:, 0] - two[:, 0]]) - one - two
    halved: Numbers = middle / np.hypot(*middle.T)[:, None]
    return halved


def cross(one: Numbers, two: Numbers) -> Numbers:
    """Over 0 where the second vector points to the left of the first; exact on the grid up to 30 km."""
    product: Numbers = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    return product


def find_grazing(turns: Turns, turn: NDArray[np.intp], toward: Numbers) -> NDArray[np.bool_]:
    """Whether a line from the corner in a direction, drawn on backwards, leaves both walls on one side.

    A way that arrives on any other line is not the shortest.
    """
    grazing: NDArray[np.bool_] = cross(toward, turns.first[turn]) * cross(toward, turns.last[turn]) >= 0
    return grazing


def find_sides(turns: Turns, turn: NDArray[np.intp], toward: Numbers) -> NDArray[np.bool_]:
    """Two columns: whether a direction runs along a wall with the free side on its left, and on its right."""
    walls = (turns.first[turn], turns.last[turn])
    return np.column_stack([(cross(toward, wall) == 0) & ((toward * wall).sum(axis=1) > 0) for wall in walls])
