"""Ground that buildings, streets and yards seal, on a grid of 50 m: the more, the more persons live there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from cells import SIZE
from dice import draw
from plan import RIVER_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cells import Cell
    from shapes import Shapes

GRAIN = 50
BARE, STREETS, SPREAD = 4, 70, 18
"""Percent where nobody lives, at most where many do, and how much chance adds."""

MANY = 45
"""Persons on a hectare with whom two thirds of the most are reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Sealed ground in percent, from north to south and west to east.

    Attributes
    ----------
    west, north : int
        Upper left corner in EPSG:25833.
    rows : list of list of int or None
        Percent; None in the river.
    """

    west: int
    north: int
    rows: list[list[int | None]]


def seal(cells: Sequence[Cell], shapes: Shapes) -> Ground:
    """Sealed ground all over the town's box."""
    persons = {(cell.east // SIZE, cell.north // SIZE): sum(cell.persons.values()) for cell in cells}
    west, south, east, north = shapely.union_all(list(shapes.quarters.values())).bounds
    left, top = math.floor(west / SIZE) * SIZE, math.ceil(north / SIZE) * SIZE
    columns, rows = math.ceil((east - left) / GRAIN), math.ceil((top - south) / GRAIN)
    shapely.prepare(shapes.river)
    centres = [
        [(left + GRAIN // 2 + column * GRAIN, top - GRAIN // 2 - row * GRAIN) for column in range(columns)]
        for row in range(rows)
    ]
    return Ground(west=left, north=top, rows=[[_seal_at(at, persons, shapes) for at in row] for row in centres])


def _seal_at(at: tuple[int, int], persons: dict[tuple[int, int], int], shapes: Shapes) -> int | None:
    if shapes.river.distance(shapely.Point(at)) < RIVER_WIDTH / 2:
        return None
    dense = 1 - math.exp(-persons.get((at[0] // SIZE, at[1] // SIZE), 0) / MANY)
    return round(BARE + STREETS * dense + SPREAD * draw("sealed", *at))
