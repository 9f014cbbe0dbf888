"""Where each quarter's label stands on a map: inside, beside it with a leader, or a number with a key below."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.beside import Search, find_beside
from sro_geo.render.board import Taken, find_inside
from sro_geo.render.drafts import BOTH, NAME, NAMES, VALUE, VALUES, draft_number, list_drafts, list_narrower

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from sro_geo.render.board import Board, Box
    from sro_geo.render.drafts import Caption, Draft, Style

FEW, MANY = 40, 100
"""Up to so many quarters are labelled with name and value, and with their names; above, only who must be named."""

_SAYS = {NAMES: NAME, VALUES: VALUE, BOTH: NAME + VALUE}
_BANDS = 11
_MARGIN, _MARGIN_REGION, _MARGIN_SELECTED, _MARGIN_NUMBER = 1.5, 3.5, 5.0, 0.75
"""From a label to the border of its quarter."""

_SPARE = (4.0, 2.0)
_CLOSE, _NEAR, _FAR, _ANYWHERE = 60.0, 95.0, 155.0, 600.0
_ACROSS, _ACROSS_REGION = 26.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A label that has found its place.

    Attributes
    ----------
    quarter : int
        Whose it is.
    draft : Draft
        What it says.
    at : tuple of float
        Middle of the label; of one beside its quarter the end of its leader.
    side : str
        Where a leader meets the label; empty where it lies in its quarter.
    plate : bool
        Whether it stands on a plate over other quarters.
    box : tuple of float
        Its box.
    spare : Place or None
        Where it stands instead if it is too wide for this place.
    """

    quarter: int
    draft: Draft
    at: tuple[float, float]
    side: str
    plate: bool
    box: Box
    spare: Place | None = None


def number_quarters(poles: gpd.GeoSeries) -> list[int]:
    """Number of each quarter in the key: from the north in bands, in each from west to east; the same on every map.

    Examples
    --------
    >>> import geopandas as gpd
    >>> number_quarters(gpd.GeoSeries.from_xy([0, 900, 500], [0, 5000, 5010]))
    [3, 2, 1]
    """
    north, south = poles.y.max(), poles.y.min()
    bands = np.minimum((north - poles.y) / max(north - south, 1.0) * _BANDS, _BANDS - 1).astype(int)
    order = np.lexsort((poles.x, bands))
    numbers = np.empty(len(poles), dtype=int)
    numbers[order] = np.arange(1, len(poles) + 1)
    return [int(number) for number in numbers]


def choose_mode(count: int) -> str:
    """What labels say unless the reader chooses: name and value where the quarters are few, else the name."""
    return BOTH if count <= FEW else NAMES


def place_labels(
    board: Board, captions: Sequence[Caption], style: Style, *, known: Sequence[Place] = ()
) -> list[Place]:
    """Places of all labels, the model regions first, then by area; none leaves its quarter without a leader.

    `known` are places of model regions in another mode, which are theirs in each.

    Notes
    -----
    No two meet, and no leader meets a label. Up to `MANY` quarters each gets a name or, where no name has room inside
    or beside it, the number under which the key names it; with `values` a value or nothing. On a phone that goes for
    `FEW`, since more numbers would find no room there. Places depend on what may be written, not on what is: they are
    the same on the maps of all indicators.
    """
    areas = shapely.area(board.shapes)
    order = sorted(range(len(captions)), key=lambda i: (not captions[i].region, -areas[i], i))
    most = FEW if style.narrow else MANY
    wanted = [i for i in order if not captions[i].silent and (captions[i].region or len(captions) <= most)]
    taken = Taken(poles=board.poles[wanted])
    found: list[Place] = []
    regions = {place.quarter: place for place in known}

    def place_all(way: Callable[[int], Place | None]) -> None:
        for i in list(wanted):
            place = way(i)
            if place is not None:
                found.append(place)
                wanted.remove(i)
                take(board, taken, place)

    place_all(
        lambda i: (
            regions.get(i) or _place_regions(board, taken, [i], captions, style).get(i)
            if captions[i].region
            else _place_name(board, taken, i, captions, style)
        )
    )
    if style.mode != VALUES:
        place_all(lambda i: place_inside(board, taken, i, draft_number(captions[i], style), margin=_MARGIN_NUMBER))
        place_all(lambda i: _plate(board, taken, {i: (draft_number(captions[i], style),)}).get(i))
    return sorted(found, key=lambda place: place.quarter)


def place_selected(board: Board, captions: Sequence[Caption], places: Sequence[Place], style: Style) -> list[Place]:
    """Place of each quarter's label when it is selected: with name and value, off the labels of the model regions.

    It lies on top; what it covers of other labels is not shown then.
    """
    taken = Taken(poles=board.poles[[place.quarter for place in places]])
    regions = {place.quarter: place for place in places if captions[place.quarter].region}
    for place in regions.values():
        take(board, taken, place)
    others = [i for i in range(len(captions)) if i not in regions]
    found = regions | _place_regions(board, taken, others, captions, style, margin=_MARGIN_SELECTED)
    return [found[i] for i in sorted(found)]


def take(board: Board, taken: Taken, place: Place) -> None:
    """Let the room of a label and its leader be taken."""
    for one in filter(None, (place, place.spare)):
        leader = shapely.LineString([board.poles[one.quarter], one.at]) if one.side else None
        taken.add(one.box, leader)


def _place_name(board: Board, taken: Taken, i: int, captions: Sequence[Caption], style: Style) -> Place | None:
    """Label of a usual quarter: inside, at best with everything it should say, or beside it on paper or water.

    A small map rather shows a value where it has room inside than with a leader.
    """
    says, search = _SAYS[style.mode], Search(reach=_NEAR, across=_ACROSS)
    drafts = list_drafts(captions[i], says, style, bold=style.mode == BOTH)
    small = list_drafts(captions[i], says, style, bold=False, joints=True)
    narrower = list_narrower(captions[i], style) if style.narrow and style.mode == VALUES else ()
    inside = (place_inside(board, taken, i, draft, margin=_MARGIN) for draft in (*drafts, *narrower))
    return next(filter(None, inside), None) or _beside(board, taken, {i: small}, search).get(i)


def _place_regions(
    board: Board,
    taken: Taken,
    quarters: Sequence[int],
    captions: Sequence[Caption],
    style: Style,
    margin: float = _MARGIN_REGION,
) -> dict[int, Place]:
    """Labels of model regions or of selected quarters, which know nothing of each other: inside, beside, or on plates over others."""
    whole, least = NAME + VALUE, VALUE if style.narrow else NAME + VALUE
    found: dict[int, Place] = {}
    for i in quarters:
        if board.sizes[i].min() < style.sizes[1]:  # no line has room
            continue
        drafts = (
            draft
            for says in dict.fromkeys((whole, least))
            for draft in list_drafts(captions[i], says, style, bold=True)
        )
        place = next(filter(None, (place_inside(board, taken, i, draft, margin=margin) for draft in drafts)), None)
        found |= {} if place is None else {i: place}
    small = {i: list_drafts(captions[i], least, style, bold=True, joints=True) for i in quarters if i not in found}
    found |= _beside(board, taken, small, Search(reach=_FAR, across=_ACROSS_REGION))
    rest = {i: drafts for i, drafts in small.items() if i not in found}
    found |= _plate(board, taken, rest, avoid=[i for i, one in enumerate(captions) if one.region])
    return {i: _keep_within(board, taken, place, captions[i], style) for i, place in found.items()}


def _keep_within(board: Board, taken: Taken, place: Place, caption: Caption, style: Style) -> Place:
    """On a small map a value within its quarter, where one that is not too wide has room there; else where it has been placed."""
    if not style.narrow or not place.side:
        return place
    drafts = list_narrower(caption, style)
    inside = (place_inside(board, taken, place.quarter, draft, margin=_MARGIN) for draft in drafts)
    found = next(filter(None, inside), None)
    return replace(found, spare=place) if found else place


def _plate(
    board: Board, taken: Taken, drafts: Mapping[int, Sequence[Draft]], *, avoid: Sequence[int] = ()
) -> dict[int, Place]:
    """Labels on plates over other quarters, looked for ever farther off and ever less choosily."""
    found: dict[int, Place] = {}
    for strict, crossing in ((True, False), (True, True), (False, True)):
        for reach in (_CLOSE, _FAR, _ANYWHERE):
            search = Search(
                reach=reach, across=math.inf, plate=True, avoid=tuple(avoid), strict=strict, crossing=crossing
            )
            found |= _beside(board, taken, {i: some for i, some in drafts.items() if i not in found}, search)
    return found


def place_inside(board: Board, taken: Taken, i: int, draft: Draft, *, margin: float) -> Place | None:
    """Label whose lines lie wholly inside an area of the board, off all that stands there; None where it has no room."""
    at = find_inside(board, taken, i, lines=draft.lines, margin=margin)
    if at is None:
        return None
    wide, high = draft.size[0] / 2, draft.size[1] / 2
    box = (at[0] - wide, at[1] - high, at[0] + wide, at[1] + high)
    return Place(quarter=i, draft=draft, at=at, side="", plate=False, box=box)


def _beside(board: Board, taken: Taken, drafts: Mapping[int, Sequence[Draft]], search: Search) -> dict[int, Place]:
    """Labels beside their quarters, each by the first of its drafts that has room."""
    found: dict[int, Place] = {}
    for n in range(max(map(len, drafts.values()), default=0)):
        tried = {i: some[n] for i, some in drafts.items() if n < len(some) and i not in found}
        sizes = [(draft.size[0] + _SPARE[0], draft.size[1] + _SPARE[1]) for draft in tried.values()]
        spots = find_beside(board, taken, list(tried), search, sizes=sizes)
        for (i, draft), spot in zip(tried.items(), spots, strict=True):
            if spot is not None:
                found[i] = Place(quarter=i, draft=draft, at=spot.end, side=spot.side, plate=search.plate, box=spot.box)
    return found
