"""Labels, their leaders and the key of numbers on a printed map, in points from the paper's upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.board import Board
from sro_geo.render.drafts import LINE, NAME, NUMBER, VALUE, Style
from sro_geo.render.ground import find_poles, is_coverage, split_water, unite
from sro_geo.render.hexagons import gather_offers
from sro_geo.render.labels import place_labels
from sro_geo.render.measuring import break_lines, measure_text
from sro_geo.render.palette import INK
from sro_geo.render.places import list_captions
from sro_geo.render.units import SIZES as PIXEL_SIZES
from sro_geo.render.units import name_units, write_capitals
from sro_geo.render.wording import cut_name, list_wordings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.board import Box
    from sro_geo.render.labels import Place

SIZES = (9.0, 8.25)
"""12 and 11 pixels on paper."""

PIXEL = 0.75
"""Points of a pixel."""

UNIT_SIZES = tuple(PIXEL * size for size in PIXEL_SIZES)
"""Of the names of larger units."""

_KEY, _KEY_LINE, _INDENT, _COLUMNS = 8.25, 11.0, 20.0, 4
_WATER, _SIGN = 6.0, 4.5

_RADII, _ANGLES = np.arange(3, 90, 3), np.arange(24) * 2 * np.pi / 24
_AROUND = np.concatenate(
    [np.zeros((1, 2)), *(radius * np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)]) for radius in _RADII)]
)
"""Where a sign may stand instead of at its point, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text: its middle, or where it begins; what it says, how large, bold or not, in which colour."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Labels as they are drawn: texts, white boxes below them, whether each has an edge, leaders."""

    texts: tuple[Text, ...]
    boxes: tuple[tuple[Box, bool], ...]
    leaders: tuple[tuple[tuple[float, float], tuple[float, float]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Room of the map on paper: its upper left corner, width and height, metres in a point, the map's lower left corner."""

    left: float
    top: float
    width: float
    height: float
    metres: float
    west: float
    south: float

    def lay(self, shapes: np.ndarray) -> np.ndarray:
        """Shapes in points."""
        north = self.south + self.height * self.metres
        return np.asarray(
            shapely.transform(
                shapes,
                lambda xy: (xy - (self.west, north)) * (1 / self.metres, -1 / self.metres) + (self.left, self.top),
            )
        )

    def cut(self, laid: np.ndarray) -> np.ndarray:
        """Shapes in points without what lies outside the room."""
        box = shapely.box(*self.box)
        within = shapely.covers(box, laid)  # those stay as they are
        return np.where(within, laid, shapely.clip_by_rect(laid, *self.box))

    @property
    def box(self) -> Box:
        """The room: west, top, east, bottom."""
        return (self.left, self.top, self.left + self.width, self.top + self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Places of a printed map's labels, the quarters' poles in points, their numbers in the key; names of larger units."""

    places: tuple[Place, ...]
    poles: np.ndarray
    numbers: tuple[int, ...]
    units: tuple[tuple[str, Place], ...] = ()

    @property
    def boxes(self) -> list[Box]:
        """What signs keep off."""
        return [place.box for place in (*self.places, *(place for _, place in self.units))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlettered:
    """A map on the sheet before its labels.

    Attributes
    ----------
    picture, ground : Picture, Ground
        What is shown, and on what.
    shapes : GeoSeries
        The picture's quarters, or what the map shows of them, in metres.
    frame : Frame
        Where it stands.
    numbers : tuple of int
        Of the quarters in the key.
    mode, language : str
        What labels say, and for the syllables of names.
    silent : frozenset of int
        Quarters without a label here.
    cut : bool
        Whether the map shows some quarters in part.
    """

    picture: Picture
    ground: Ground
    shapes: gpd.GeoSeries
    frame: Frame
    numbers: tuple[int, ...]
    mode: str
    language: str
    silent: frozenset[int] = frozenset()
    cut: bool = False


def letter_map(bare: Unlettered, *, closed: Sequence[Box]) -> Placed:
    """Places of a printed map's labels, off the closed boxes: legend and inset."""
    frame, shapes, ground, picture = bare.frame, bare.shapes, bare.ground, bare.picture
    waters = split_water(ground)
    lines = [*waters.rivers.geometry, *waters.bridges.geometry]
    lakes = shapely.union_all(frame.lay(waters.areas.geometry.to_numpy()))
    points = gather_offers(ground).geometry
    points = points[points.notna() & ~points.is_empty]
    board = Board(
        shapes=frame.lay(shapes.to_numpy()),
        land=frame.lay(np.array([unite(shapes.to_numpy(), coverage=is_coverage(ground) and not bare.cut)]))[0],
        poles=shapely.get_coordinates(frame.lay(find_poles(shapes).to_numpy())),
        frame=frame.box,
        closed=tuple(closed),
        water=shapely.union_all(
            [lakes, shapely.buffer(shapely.union_all(frame.lay(np.array(lines, dtype=object))), _WATER)]
        ),
        lakes=lakes,
        signs=shapely.get_coordinates(frame.lay(points.to_numpy())).reshape(-1, 2),
    )
    captions = [
        replace(caption, silent=i in bare.silent)
        for i, caption in enumerate(list_captions([picture], picture.quarter_names, picture.outlined, bare.numbers))
    ]
    style = Style(language=bare.language, sizes=SIZES, mode=bare.mode)
    places = place_labels(board, captions, style)
    units = name_units(ground, board, places, lay=frame.lay, sizes=UNIT_SIZES, language=bare.language)
    return Placed(places=tuple(places), poles=board.poles, numbers=bare.numbers, units=() if bare.cut else units)


def write_units(placed: Placed) -> tuple[Text, ...]:
    """Names of larger units as they are drawn, each line spaced and cased."""
    return tuple(
        text
        for name, place in placed.units
        for text in _set_lines(place, [(line, False) for line in write_capitals(name, place.draft.cuts)], ink=INK)
    )


def write_labels(picture: Picture, placed: Placed) -> Lettering:
    """What is drawn of the labels."""
    texts: list[Text] = []
    boxes: list[tuple[Box, bool]] = []
    for place in placed.places:
        number = picture.placed[place.quarter]
        if place.plate or (number < 0 and not place.side):
            boxes.append((place.box, place.plate and place.draft.says != NUMBER))
        ink = INK if place.side or number < 0 else picture.classes[number].ink
        texts += _set_lines(place, list_lines(picture, place, placed.numbers), ink=ink)
    leaders = tuple(
        ((float(x), float(y)), place.at)
        for place in placed.places
        if place.side
        for x, y in [placed.poles[place.quarter]]
    )
    return Lettering(texts=tuple(texts), boxes=tuple(boxes), leaders=leaders)


def list_lines(picture: Picture, place: Place, numbers: Sequence[int]) -> list[tuple[str, bool]]:
    """Lines of a label, and whether each is bold."""
    i, lines = place.quarter, []
    if NAME in place.draft.says:
        lines += [(line, place.draft.bold) for line in cut_name(picture.quarter_names[i], place.draft.cuts)]
    if VALUE in place.draft.says:
        short = place.draft.short and picture.placed[i] < 0
        lines.append((picture.unknown[-1 - picture.placed[i]].short if short else picture.labels[i], not lines))
    return lines or [(str(numbers[i]), False)]


def _set_lines(place: Place, lines: Sequence[tuple[str, bool]], *, ink: str) -> list[Text]:
    x, step = (place.box[0] + place.box[2]) / 2, place.draft.font * LINE
    top = (place.box[1] + place.box[3]) / 2 - (len(lines) - 1) / 2 * step
    return [
        Text(x=x, y=top + n * step, text=text, size=place.draft.font, bold=bold, ink=ink)
        for n, (text, bold) in enumerate(lines)
    ]


def list_numbered(picture: Picture, placed: Placed) -> list[tuple[int, str]]:
    """Number and name of each quarter that the key names."""
    numbered = [place.quarter for place in placed.places if place.draft.says == NUMBER]
    return [(placed.numbers[i], picture.quarter_names[i]) for i in numbered]


def lay_key(
    numbered: Sequence[tuple[int, str]], *, left: float, width: float, language: str
) -> tuple[tuple[Text, ...], float]:
    """Names of the numbered quarters in columns from the top down, as texts that begin at 0, and their height."""
    column = width / _COLUMNS
    entries = []
    for number, name in sorted(numbered):
        wordings = list_wordings(name, language=language, syllables=False)
        lines = _choose_lines([wording.lines for wording in wordings], column - _INDENT - 6)
        entries.append((number, lines))
    tallest = _fill_columns([len(lines) for _, lines in entries])
    texts: list[Text] = []
    at, row = 0, 0
    for number, lines in entries:
        if row and row + len(lines) > tallest:
            at, row = at + 1, 0
        x = left + at * column
        y = (row + 0.5) * _KEY_LINE
        texts.append(Text(x=x, y=y, text=str(number), size=_KEY, bold=True, ink=INK))
        texts += [
            Text(x=x + _INDENT, y=y + n * _KEY_LINE, text=line, size=_KEY, bold=False, ink=INK)
            for n, line in enumerate(lines)
        ]
        row += len(lines)
    return tuple(texts), tallest * _KEY_LINE


def _choose_lines(ways: Sequence[tuple[str, ...]], width: float) -> tuple[str, ...]:
    """The way with the fewest lines that fit, else the first, which is the whole name, broken where it must."""

    def measure(line: str) -> float:
        return measure_text(line, size=_KEY, bold=False)

    fitting = [lines for lines in ways if max(map(measure, lines)) <= width]
    return min(fitting, key=len) if fitting else break_lines(" ".join(ways[0]), width, measure=measure)


def _fill_columns(heights: Sequence[int]) -> int:
    """Lines of the tallest column when all entries go into the columns one after the other."""
    if not heights:
        return 0
    for tallest in range(max(-(-sum(heights) // _COLUMNS), *heights), sum(heights) + 1):
        columns, row = 1, 0
        for height in heights:
            if row and row + height > tallest:
                columns, row = columns + 1, 0
            row += height
        if columns <= _COLUMNS:
            return tallest
    return sum(heights)


def move_sign(at: tuple[float, float], boxes: Sequence[Box], *, area: shapely.Geometry | None) -> tuple[float, float]:
    """Where a sign stands off all labels: where it is, else as near to it as may be, best in its own quarter."""
    spots = _AROUND + at
    (x, y), (west, top, east, bottom) = spots.T[:, :, None], np.array(boxes).reshape(-1, 4).T
    met = (west - _SIGN < x) & (x < east + _SIGN) & (top - _SIGN < y) & (y < bottom + _SIGN)
    free = spots[~met.any(axis=1)]
    own = free if area is None else free[shapely.contains_xy(area, free)]
    return next(((float(x), float(y)) for x, y in (*own[:1], *free[:1])), at)
