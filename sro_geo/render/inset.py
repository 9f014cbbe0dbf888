"""An enlarged piece of a printed map, where quarters lie that are too small for their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.drafts import NAME
from sro_geo.render.ground import is_coverage, unite
from sro_geo.render.key import SMALL, choose_scale, measure
from sro_geo.render.labels import MANY
from sro_geo.render.lettering import Frame, letter_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    from sro_geo.model.picture import Picture
    from sro_geo.render.board import Box
    from sro_geo.render.lettering import Placed, Unlettered

CAPTION = 12.0
"""Height of the line above the piece."""

_TIMES = (4.0, 3.5, 3.0, 2.5, 2.0, 1.75, 1.5)
_ENOUGH = 3.0
"""Enlarged more than so many times, a piece is worth no more."""

_PARTS = (0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
"""How large a piece may be, as a part of the map's longer side."""

_CORNERS = 200
"""A piece begins at the edges of about so many quarters, however many there are."""

_TRIED = 3
"""So many pieces are labelled to see how many names they hold."""

_LEAST, _SMALL, _MARGIN, _STEP, _TALLEST, _BAR = 3, 9.0, 5.0, 6.0, 230.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """An enlarged piece of a map.

    Attributes
    ----------
    window : tuple of float
        What of the map it shows, in points of the sheet.
    times : float
        How much larger it is.
    picture : Picture
        The map with the quarters of the piece alone.
    shapes : GeoSeries
        Those quarters in metres, whole.
    frame : Frame
        Where the piece stands.
    placed : Placed
        Labels of the quarters that lie in it for the most part.
    named : frozenset of int
        Which those are among the map's, which leaves them to the piece.
    """

    window: Box
    times: float
    picture: Picture
    shapes: gpd.GeoSeries
    frame: Frame
    placed: Placed
    named: frozenset[int]

    @property
    def box(self) -> Box:
        """The piece with its caption."""
        left, top, right, bottom = self.frame.box
        return (left, top - CAPTION, right, bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where on the sheet a piece may stand.

    Attributes
    ----------
    box : tuple of float
        Room of map and legend.
    legend : tuple of float
        Box of the legend.
    below : float
        Height that is left below, where nothing else stands.
    """

    box: Box
    legend: Box
    below: float


def lay_inset(bare: Unlettered, placed: Placed, room: Room) -> Inset | None:
    """The piece of a map with most quarters that the map itself can't name; None where it would name hardly more.

    Parameters
    ----------
    bare, placed : Unlettered, Placed
        The map on the sheet and its labels.
    room : Room
        Where the piece may stand: beside all quarters and the legend, else below them.
    """
    frame, ground = bare.frame, bare.ground
    laid = frame.lay(bare.shapes.to_numpy())
    named = {place.quarter for place in placed.places if NAME in place.draft.says}
    unnamed = np.array([i for i in range(len(laid)) if i not in named], dtype=int)
    if len(laid) > MANY:  # where hardly any is named: those whose colour is hardly seen
        unnamed = unnamed[np.sqrt(shapely.area(laid[unnamed])) < _SMALL]
    if len(unnamed) < _LEAST:
        return None
    land = shapely.buffer(unite(laid, coverage=is_coverage(ground)), _MARGIN)
    found: list[tuple[float, Box, Frame, float]] = []
    for window, members in _list_windows(shapely.bounds(laid[unnamed]), frame):
        spot = _find_spot(window, land, frame, room)
        if spot:
            found.append((members * min(spot[1], _ENOUGH), window, *spot))
    best = sorted(found, key=lambda one: -one[0])[:_TRIED]
    pieces = [_cut(bare, laid, window=window, frame=spot, times=times) for _, window, spot, times in best]
    gains = [
        sum(NAME in place.draft.says for place in piece.placed.places) - len(named & piece.named) for piece in pieces
    ]
    most = max(gains, default=0)
    return pieces[gains.index(most)] if most >= _LEAST else None


def scale_inset(inset: Inset, words: Mapping[str, str]) -> tuple[float, float, str] | None:
    """Ends of the piece's own scale bar in the line above it, and its text; None where the line has no room for it."""
    left, _, right, _ = inset.box
    length, text = choose_scale(inset.frame.metres, longest=_BAR)
    end = right - 4 - measure(text, SMALL)
    return (end - length, end, text) if end - length > left + measure(words["page_inset"], SMALL) + 8 else None


def _list_windows(bounds: np.ndarray, frame: Frame) -> Iterator[tuple[Box, int]]:
    """For each size the box round most quarters, and how many they are."""
    corners = bounds[:: max(1, len(bounds) // _CORNERS)]
    for part in _PARTS:
        size = part * max(frame.width, frame.height)
        across = ((bounds[:, 0] >= corners[:, :1]) & (bounds[:, 2] <= corners[:, :1] + size)).astype(np.float32)
        down = ((bounds[:, 1] >= corners[:, 1:2]) & (bounds[:, 3] <= corners[:, 1:2] + size)).astype(np.float32)
        counts = across @ down.T
        if counts.max() >= _LEAST:
            column, row = np.unravel_index(int(counts.argmax()), counts.shape)
            inside = (across[column] * down[row]).astype(bool)
            (west, top), (east, bottom) = bounds[inside, :2].min(axis=0), bounds[inside, 2:].max(axis=0)
            yield (west - _MARGIN, top - _MARGIN, east + _MARGIN, bottom + _MARGIN), int(inside.sum())


def _find_spot(window: Box, land: shapely.Geometry, frame: Frame, room: Room) -> tuple[Frame, float] | None:
    """Frame of the piece as large as there is room for, and how many times it is enlarged."""
    wide, high = window[2] - window[0], window[3] - window[1]
    left, top, right, bottom = room.box
    shut = shapely.union(land, shapely.box(*room.legend).buffer(_MARGIN))
    shapely.prepare(shut)
    for times in _TIMES:
        x = np.arange(left, right - wide * times + 0.1, _STEP)
        y = np.arange(top + CAPTION, bottom - high * times + 0.1, _STEP)
        xs, ys = (one.ravel() for one in np.meshgrid(x, y))
        free = ~shapely.intersects(shut, shapely.box(xs, ys - CAPTION, xs + wide * times, ys + high * times))
        if free.any():
            xs, ys = xs[free], ys[free]
            edges = np.minimum(xs - left, right - wide * times - xs) + np.minimum(ys - top, bottom - high * times - ys)
            at = int(edges.argmin())  # at the edge of the sheet, best in a corner
            return _enlarge(frame, window, float(xs[at]), float(ys[at]), times), times
        if wide * times <= right - left and CAPTION + high * times <= min(room.below, _TALLEST):
            return _enlarge(frame, window, left, bottom + 2 * CAPTION, times), times
    return None


def _enlarge(frame: Frame, window: Box, left: float, top: float, times: float) -> Frame:
    return Frame(
        left=left,
        top=top,
        width=(window[2] - window[0]) * times,
        height=(window[3] - window[1]) * times,
        metres=frame.metres / times,
        west=frame.west + (window[0] - frame.left) * frame.metres,
        south=frame.south + (frame.top + frame.height - window[3]) * frame.metres,
    )


def _cut(bare: Unlettered, laid: np.ndarray, *, window: Box, frame: Frame, times: float) -> Inset:
    """The piece with its labels: those of quarters that lie in it for the most part."""
    within = shapely.area(shapely.clip_by_rect(laid, *window))
    shown = np.flatnonzero(within > 0).tolist()
    mostly = [i for i in shown if within[i] > laid[i].area / 2]
    whole, picture = bare.shapes.iloc[shown], bare.picture
    east, north = frame.west + frame.width * frame.metres, frame.south + frame.height * frame.metres
    piece = replace(
        picture,
        quarter_ids=tuple(picture.quarter_ids[i] for i in shown),
        quarter_names=tuple(picture.quarter_names[i] for i in shown),
        placed=tuple(picture.placed[i] for i in shown),
        labels=tuple(picture.labels[i] for i in shown),
        outlined=tuple(key for key in picture.outlined if key in whole.index),
    )
    own = replace(
        bare,
        picture=piece,
        shapes=whole.clip_by_rect(frame.west, frame.south, east, north),
        frame=frame,
        numbers=tuple(bare.numbers[i] for i in shown),
        silent=frozenset(n for n, i in enumerate(shown) if i not in mostly),
        cut=True,
    )
    return Inset(
        window=window,
        times=times,
        picture=piece,
        shapes=whole,
        frame=frame,
        placed=letter_map(own, closed=()),
        named=frozenset(mostly),
    )
