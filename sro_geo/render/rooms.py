"""Parts of a map in cells: where a box may have room, before it is tried exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

CELL = 2.5
"""Side of a cell, in the unit of type."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Part of the map in which a label may stand, as a shape and in cells.

    Attributes
    ----------
    shape : Geometry
        The part itself.
    west, top : float
        Its upper left corner.
    xs, ys : ndarray
        Middle of each cell.
    open : ndarray of bool
        Whether the middle of a cell lies in the part.
    """

    shape: shapely.Geometry
    west: float
    top: float
    xs: np.ndarray
    ys: np.ndarray
    open: np.ndarray

    def count_open(self, corners: np.ndarray) -> np.ndarray:
        """Share of each box that is open, nearly."""
        table, (rows, columns) = self._table.ravel(), self.open.shape
        ends = np.rint((corners - (self.west, self.top, self.west, self.top)) / CELL).astype(np.intp)
        west, top, east, bottom = np.minimum(np.maximum(ends, 0), (columns, rows, columns, rows)).T
        above, below = top * (columns + 1), bottom * (columns + 1)
        found = table[below + east] - table[above + east] - table[below + west] + table[above + west]
        return np.asarray(found / np.maximum((ends[:, 2] - ends[:, 0]) * (ends[:, 3] - ends[:, 1]), 1))

    def touches(self, points: np.ndarray) -> np.ndarray:
        """Whether each point lies in the part, or less than a cell beside it."""
        cells = ((points - (self.west, self.top)) / CELL + 1).astype(np.intp)
        rows, columns = self._broad.shape
        return np.asarray(self._broad[cells[..., 1].clip(0, rows - 1), cells[..., 0].clip(0, columns - 1)])

    @cached_property
    def _broad(self) -> np.ndarray:
        """Cells of the part and all around them, with a frame of one more on each side."""
        wide = np.pad(self.open, 2)
        rows, columns = wide.shape[0] - 2, wide.shape[1] - 2
        around = [wide[r : rows + r, c : columns + c] for r in range(3) for c in range(3)]
        return np.asarray(np.logical_or.reduce(around))

    @cached_property
    def _table(self) -> np.ndarray:
        return add_up(self.open)


def make_room(shape: shapely.Geometry) -> Room:
    """A part of the map in cells."""
    west, top, east, bottom = map(float, shapely.bounds(shape)) if not shapely.is_empty(shape) else (0.0, 0.0, 0.0, 0.0)
    xs, ys = np.arange(west + CELL / 2, east, CELL), np.arange(top + CELL / 2, bottom, CELL)
    shapely.prepare(shape)
    return Room(shape=shape, west=west, top=top, xs=xs, ys=ys, open=scan(shape, xs, ys))


def scan(shape: shapely.Geometry, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Whether the middle of each cell lies in a shape: it does behind an odd number of borders of its row."""
    if not xs.size or not ys.size:
        return np.zeros((ys.size, xs.size), dtype=bool)
    points, rings = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
    edge = np.flatnonzero(rings[1:] == rings[:-1])
    (x, y), (dx, dy) = points[edge].T, (points[edge + 1] - points[edge]).T
    ends = np.ceil((np.stack([np.minimum(y, y + dy), np.maximum(y, y + dy)]) - ys[0]) / CELL)
    first, last = np.clip(ends, 0, ys.size).astype(np.intp)
    many = last - first
    at = np.repeat(np.arange(edge.size), many)
    row = np.arange(at.size) - np.repeat(many.cumsum() - many, many) + first[at]
    column = np.ceil((x[at] + (ys[row] - y[at]) * (dx[at] / dy[at]) - xs[0]) / CELL)
    crossed = np.clip(column, 0, xs.size).astype(np.intp) + row * (xs.size + 1)
    borders = np.bincount(crossed, minlength=ys.size * (xs.size + 1)).reshape(ys.size, -1)
    return np.asarray(borders.cumsum(axis=1)[:, :-1] % 2 == 1)


def add_up(cells: np.ndarray) -> np.ndarray:
    """Number of open cells above and left of each corner."""
    table = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), dtype=np.int32)
    table[1:, 1:] = cells.cumsum(0).cumsum(1)
    return table
