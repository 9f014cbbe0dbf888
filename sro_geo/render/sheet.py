"""Where things stand on a printed map, in points of type; y counts from the top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from sro_geo.render.ground import find_poles
from sro_geo.render.inset import Room, lay_inset
from sro_geo.render.key import GAP, MARGIN, SMALL, WIDTH, list_signs, measure, place_key
from sro_geo.render.labels import choose_mode, number_quarters
from sro_geo.render.legend import COLUMNS, LEGEND, ROW, measure_legend
from sro_geo.render.lettering import Frame, Placed, Text, Unlettered, lay_key, letter_map, list_numbered
from sro_geo.render.measuring import break_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.board import Box
    from sro_geo.render.inset import Inset

FIGURE_WORDS = (
    "page_quarters",
    "page_count",
    "page_model_region",
    "page_unit",
    "page_from",
    "page_example",
    "page_unsure",
    "page_inset",
)
"""Ids of the fixed words that a figure needs."""

LINE = 11.0
"""From one line of small type to the next."""

TITLE, SUBTITLE = 13.0, 8.5
_LOWEST, _HIGHEST = 180.0, 560.0
_TALLEST = 740.0
"""So high, a figure has room on A4 with a line below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Measures of one printed map.

    Attributes
    ----------
    height : float
        Of the whole figure.
    title, subtitle, foot : tuple of str
        Lines of text, broken to fit.
    top : float
        Upper edge of the map.
    body : float
        Height of map and legend.
    legend : tuple of float
        Upper left corner of the legend.
    columns : int
        Columns of the legend.
    key : tuple of (str, float, int)
        Entries of the key, where each starts, and in which row.
    frame : Frame
        The map's place on paper.
    placed : Placed
        Labels of the map.
    inset : Inset or None
        An enlarged piece of the map.
    names : tuple of Text
        Names of the quarters that the map numbers, below the key.
    """

    height: float
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    foot: tuple[str, ...]
    top: float
    body: float
    legend: tuple[float, float]
    columns: int
    key: tuple[tuple[str, float, int], ...]
    frame: Frame
    placed: Placed
    inset: Inset | None
    names: tuple[Text, ...]


def lay_out(
    picture: Picture,
    ground: Ground,
    *,
    shapes: gpd.GeoSeries,
    words: Mapping[str, str],
    language: str,
    printed: bool = False,
) -> Sheet:
    """Measures of a printed map.

    Parameters
    ----------
    picture, ground : Picture, Ground
        What is shown, and on what.
    shapes : GeoSeries
        Quarters in metres.
    words : mapping of str to str
        Fixed words, see `FIGURE_WORDS`.
    language : str
        For the syllables of names.
    printed : bool
        Whether it is for paper, with an enlarged piece of the map where small quarters lie and paper is free.

    Notes
    -----
    The legend stands in a corner of the map that no quarter reaches; where there is none, in columns below the map, or beside
    it where the map gets no smaller by that.
    """
    width = WIDTH - 2 * MARGIN
    title, subtitle, lines = _break_texts(picture, words, width)
    top = MARGIN + 17 * len(title) + 12 * len(subtitle) + 8
    room = _place_legend(picture, shapes, width)
    chart, (x, y) = room.chart, room.corner
    entries = place_key([text for text, _, _ in list_signs(picture, ground, words)])
    foot = 14 + ROW * (1 + max((row for _, _, row in entries), default=0))
    frame = _set_frame(chart, top=top)
    bare = Unlettered(
        picture=picture,
        ground=ground,
        shapes=shapes,
        frame=frame,
        numbers=tuple(number_quarters(find_poles(shapes))),
        mode=choose_mode(len(shapes)),
        language=language,
    )
    box = (x - 6, top + y - 6, x + room.wide + 6, top + y + room.high + 6)
    left = _TALLEST - top - room.body - foot - LINE * len(lines) - MARGIN
    whole = Room(box=(MARGIN, top, WIDTH - MARGIN, top + room.body), legend=box, below=left)
    placed, piece = _letter(bare, closed=[box] if room.on_map else [], room=whole if printed else None)
    numbered = list_numbered(picture, placed) + (list_numbered(piece.picture, piece.placed) if piece else [])
    names, tall = lay_key(numbered, left=MARGIN, width=width, language=language)
    body = max(room.body, piece.box[3] - top if piece else 0.0)
    return Sheet(
        height=top + body + foot + (tall + 6 if tall else 0) + LINE * len(lines) + MARGIN,
        frame=frame,
        placed=placed,
        inset=piece,
        names=tuple(replace(text, y=top + body + foot + text.y) for text in names),
        title=title,
        subtitle=subtitle,
        foot=lines,
        top=top,
        body=body,
        legend=(x, top + y),
        columns=room.columns,
        key=entries,
    )


def _letter(bare: Unlettered, *, closed: Sequence[Box], room: Room | None) -> tuple[Placed, Inset | None]:
    """Labels of the map, and an enlarged piece of it where that names more; the map then names what the piece doesn't."""
    placed = letter_map(bare, closed=closed)
    if room is None:
        return placed, None
    _, key = lay_key(list_numbered(bare.picture, placed), left=0, width=WIDTH - 2 * MARGIN, language=bare.language)
    inset = lay_inset(bare, placed, replace(room, below=room.below - key))
    if inset is None:
        return placed, None
    return letter_map(replace(bare, silent=inset.named), closed=[*closed, inset.box, inset.window]), inset


def _break_texts(
    picture: Picture, words: Mapping[str, str], width: float
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Lines of title, subtitle and foot."""

    def fit(text: str, size: float) -> tuple[str, ...]:
        return break_lines(text, width, measure=lambda part: measure(part, size))

    foot = tuple(line for text in list_foot(picture, words) for line in fit(text, SMALL))
    return fit(picture.title, TITLE), fit(picture.subtitle, SUBTITLE), foot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    """Room of the map, metres in a point, lower left corner."""

    map_width: float
    map_height: float
    metres: float
    west: float
    south: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rooms:
    """Rooms of map and legend: its upper left corner from the map's top, columns and size, and the height of both."""

    chart: _Chart
    corner: tuple[float, float]
    columns: int
    wide: float
    high: float
    body: float
    on_map: bool


def _place_legend(picture: Picture, shapes: gpd.GeoSeries, width: float) -> _Rooms:
    chart, narrow = _fit_map(shapes, width), _fit_map(shapes, width - LEGEND - GAP)
    corner = _find_corner(shapes, chart, legend=measure_legend(picture, columns=1))
    columns = COLUMNS if corner is None and chart.metres < narrow.metres else 1
    if corner is None and columns == 1:
        chart = narrow
    x, y = corner or ((WIDTH - MARGIN - LEGEND, 0.0) if columns == 1 else (MARGIN, chart.map_height + GAP))
    high = measure_legend(picture, columns=columns)
    wide, body = LEGEND if columns == 1 else width, max(chart.map_height, y + high)
    return _Rooms(
        chart=chart, corner=(x, y), columns=columns, wide=wide, high=high, body=body, on_map=corner is not None
    )


def _set_frame(chart: _Chart, *, top: float) -> Frame:
    place = {"metres": chart.metres, "west": chart.west, "south": chart.south}
    return Frame(left=MARGIN, top=top, width=chart.map_width, height=chart.map_height, **place)


def _fit_map(shapes: gpd.GeoSeries, room: float) -> _Chart:
    west, south, east, north = shapes.total_bounds
    height = min(max(room * (north - south) / (east - west), _LOWEST), _HIGHEST)
    metres = float(max((east - west) / room, (north - south) / height)) * 1.03
    return _Chart(
        map_width=room,
        map_height=float(height),
        metres=metres,
        west=float(west + east - room * metres) / 2,
        south=float(south + north - height * metres) / 2,
    )


def _find_corner(shapes: gpd.GeoSeries, chart: _Chart, *, legend: float) -> tuple[float, float] | None:
    """Upper left corner of a legend that meets no quarter, in points from the map's; or None."""
    low, right = chart.map_height - legend, MARGIN + chart.map_width - LEGEND
    for x, y in ((MARGIN, low), (right, low), (right, 0.0), (MARGIN, 0.0)):
        west = chart.west + (x - MARGIN - 6) * chart.metres
        north = chart.south + (chart.map_height - y + 6) * chart.metres
        box = shapely.box(west, north - (legend + 12) * chart.metres, west + (LEGEND + 12) * chart.metres, north)
        if y >= 0 and not shapes.intersects(box).any():
            return x, y
    return None


def list_foot(picture: Picture, words: Mapping[str, str]) -> list[str]:
    """Sentences that stand below a map: invented figures, notices, warnings, source."""
    mark = words["page_example"]
    example = picture.example if picture.example.startswith(mark) else f"{mark}: {picture.example}"
    unsure = words["page_unsure"] if any(label.startswith("(") for label in picture.labels) else ""
    lines = [example if picture.example else "", *picture.notices, *picture.warnings, unsure, picture.source]
    return [line for line in lines if line]


def list_texts(sheet: Sheet) -> list[tuple[float, str, float]]:
    """Upper edge, text and size of each line above and below the map."""
    foot = sheet.height - MARGIN - LINE * len(sheet.foot)
    return [
        *((MARGIN + 17 * n, line, TITLE) for n, line in enumerate(sheet.title)),
        *((MARGIN + 17 * len(sheet.title) + 12 * n, line, SUBTITLE) for n, line in enumerate(sheet.subtitle)),
        *((foot + LINE * n, line, SMALL) for n, line in enumerate(sheet.foot)),
    ]
