"""Names of larger units on a map of many quarters: in capitals, spaced, each wholly inside its unit, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from sro_geo.render.board import Board, Taken
from sro_geo.render.drafts import LINE, NAME, Draft
from sro_geo.render.ground import find_poles, gather_units
from sro_geo.render.labels import place_inside, take
from sro_geo.render.measuring import measure_text
from sro_geo.render.wording import cut_name, list_wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from sro_geo.model.picture import Ground
    from sro_geo.render.labels import Place

SIZES, NARROW_SIZES = (15.0, 14.0, 13.0), (13.0,)
"""Sizes of type in pixels, on a map and on that of a phone."""

SPACED = 0.1
"""From one letter to the next, in sizes of type."""

CASING, BORDER, BORDER_CASING = 3.0, 1.1, 2.2
"""Pixels of white around the letters, of a border, and of what it lies on."""

_MARGIN = 2.0
_SMALLER = 0.4


def share_board(board: Board, *, shapes: np.ndarray, poles: np.ndarray) -> Board:
    """The same map with other areas on it."""
    return Board(
        shapes=shapes, poles=poles, land=board.land, frame=board.frame, closed=board.closed,
        water=board.water, lakes=board.lakes, signs=board.signs,
    )  # fmt: skip


def take_all(board: Board, places: Sequence[Place]) -> Taken:
    """Room that labels of quarters and their leaders have taken."""
    taken = Taken(poles=board.poles[:0])
    for place in places:
        take(board, taken, place)
    return taken


def name_units(
    ground: Ground,
    board: Board,
    places: Sequence[Place],
    *,
    lay: Callable[[np.ndarray], np.ndarray],
    sizes: Sequence[float],
    language: str,
) -> tuple[tuple[str, Place], ...]:
    """Larger units of a sheet's map whose names have room beside its labels, each with its place; `lay` puts metres on the sheet."""
    units = gather_units(ground)
    if units.empty:
        return ()
    shapes, poles = (lay(one.to_numpy()) for one in (units, find_poles(units)))
    own = share_board(board, shapes=shapes, poles=shapely.get_coordinates(poles))
    names = [str(name) for name in units.index]
    found = place_units(own, names, taken=take_all(board, places), sizes=sizes, language=language)
    return tuple((names[place.quarter], place) for place in found)


def place_units(
    board: Board, names: Sequence[str], *, taken: Taken, sizes: Sequence[float], language: str
) -> list[Place]:
    """Places of the names of larger units, off all that stands on the map already; a unit smaller than its name has none.

    Parameters
    ----------
    board : Board
        The map, its shapes and poles those of the units.
    names : sequence of str
        Their names.
    taken : Taken
        What stands there; names that find a place are added.
    sizes : sequence of float
        Sizes of type that may be taken, the best first.
    language : str
        For the joints of words.
    """
    found = []
    for unit, name in enumerate(names):
        drafts = draft_unit(name, sizes=sizes, language=language)
        tried = (place_inside(board, taken, unit, draft, margin=_MARGIN) for draft in drafts)
        if place := next(filter(None, tried), None):
            taken.add(place.box, None)
            found.append(place)
    return found


def draft_unit(name: str, *, sizes: Sequence[float], language: str) -> list[Draft]:
    """Ways to write a unit's name, the best first: rather smaller than in two lines, and broken at joints alone."""
    drafts = []
    for smaller, font in enumerate(sizes):
        for wording in list_wordings(name, language=language, syllables=False):
            lines = tuple((measure_spaced(line, size=font), font * LINE) for line in write_capitals(name, wording.cuts))
            cost = wording.cost + _SMALLER * smaller
            drafts.append(
                Draft(says=NAME, short=False, cuts=wording.cuts, bold=False, font=font, lines=lines, cost=cost)
            )
    return sorted(drafts, key=lambda draft: draft.cost)


def write_capitals(name: str, cuts: tuple[int, ...]) -> tuple[str, ...]:
    """Lines of a unit's name.

    Examples
    --------
    >>> write_capitals("Große Ostvorstadt", (6, 9))
    ('GROSSE', 'OST-', 'VORSTADT')
    """
    return tuple(line.upper() for line in cut_name(name, cuts))


def measure_spaced(text: str, *, size: float) -> float:
    """Width of spaced letters, in the unit of their size."""
    return measure_text(text, size=size, bold=False) + SPACED * size * len(text)
