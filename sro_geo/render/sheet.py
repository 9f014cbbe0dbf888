"""Where things stand on a printed map, in points of type; y counts from the top."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import shapely

from sro_geo.render.ground import gather_units
from sro_geo.render.hexagons import gather_offers, list_sizes
from sro_geo.render.legend import COLUMNS, LEGEND, ROW, measure_legend
from sro_geo.render.lettering import Frame, Placed, Text, lay_key, letter_map
from sro_geo.render.measuring import break_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, OfferSymbol, Picture

FIGURE_WORDS = (
    "page_quarters",
    "page_count",
    "page_model_region",
    "page_unit",
    "page_from",
    "page_example",
    "page_unsure",
    "page_digest",
)
"""Ids of the fixed words that a figure needs."""

WIDTH = 511.0
"""18 cm: what a text column on A4 holds."""

MARGIN, GAP, SCALE = 6.0, 14.0, 150.0

REGION, UNIT = "region", "unit"
"""Entries of the key that are no offers: the outline of a model region, the border of a larger unit."""

LINE = 11.0
"""From one line of small type to the next."""

TITLE, SUBTITLE, SMALL = 13.0, 8.5, 8.0
_LOWEST, _HIGHEST = 180.0, 560.0
_FEW_KINDS, _KILOMETRE = 4, 1000.0


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
    map_width, map_height : float
        Room of the map.
    body : float
        Height of map and legend.
    legend : tuple of float
        Upper left corner of the legend.
    columns : int
        Columns of the legend.
    key : tuple of (str, float, int)
        Entries of the key, where each starts, and in which row.
    metres : float
        Metres that one point of type stands for.
    west, south : float
        Lower left corner of the map in metres.
    frame : Frame
        The map's place on paper.
    placed : Placed
        Labels of the map.
    names : tuple of Text
        Names of the quarters that the map numbers, below the key.
    """

    height: float
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    foot: tuple[str, ...]
    top: float
    map_width: float
    map_height: float
    body: float
    legend: tuple[float, float]
    columns: int
    key: tuple[tuple[str, float, int], ...]
    metres: float
    west: float
    south: float
    frame: Frame
    placed: Placed
    names: tuple[Text, ...]


def lay_out(
    picture: Picture,
    ground: Ground,
    *,
    shapes: gpd.GeoSeries,
    words: Mapping[str, str],
    language: str,
    measure: Callable[[str, float], float],
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
    measure : callable
        Width of a text at a size, in points.

    Notes
    -----
    The legend stands in a corner of the map that no quarter reaches; where there is none, in columns below the map, or beside
    it where the map gets no smaller by that.
    """
    width = WIDTH - 2 * MARGIN
    title = break_lines(picture.title, width, measure=lambda text: measure(text, TITLE))
    subtitle = break_lines(picture.subtitle, width, measure=lambda text: measure(text, SUBTITLE))
    lines = tuple(
        line
        for text in list_foot(picture, words)
        for line in break_lines(text, width, measure=lambda text: measure(text, SMALL))
    )
    top = MARGIN + 17 * len(title) + 12 * len(subtitle) + 8
    chart, narrow = _fit_map(shapes, width), _fit_map(shapes, width - LEGEND - GAP)
    legend = measure_legend(picture, columns=1)
    corner = _find_corner(shapes, chart, legend=legend)
    columns = COLUMNS if corner is None and chart.metres < narrow.metres else 1
    if corner is None and columns == 1:
        chart = narrow
    x, y = corner or ((WIDTH - MARGIN - LEGEND, 0.0) if columns == 1 else (MARGIN, chart.map_height + GAP))
    body = max(chart.map_height, y + measure_legend(picture, columns=columns))
    entries = place_key([text for text, _, _ in list_signs(picture, ground, words)], measure=measure)
    rows = 1 + max((row for _, _, row in entries), default=0)
    frame = Frame(left=MARGIN, top=top, width=chart.map_width, height=chart.map_height, **_locate(chart))
    box = (x - 6, top + y - 6, x + LEGEND + 6, top + y + legend + 6)
    placed = letter_map(picture, ground, shapes=shapes, frame=frame, legend=box if corner else None, language=language)
    names, tall = lay_key(picture, placed, left=MARGIN, width=width, language=language)
    below = top + body + 8 + ROW * rows + 6
    return Sheet(
        height=below + (tall + 6 if tall else 0) + LINE * len(lines) + MARGIN,
        frame=frame,
        placed=placed,
        names=tuple(replace(text, y=below + text.y) for text in names),
        title=title,
        subtitle=subtitle,
        foot=lines,
        top=top,
        body=body,
        legend=(x, top + y),
        columns=columns,
        key=entries,
        **asdict(chart),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    """Room of the map, metres in a point, lower left corner."""

    map_width: float
    map_height: float
    metres: float
    west: float
    south: float


def _locate(chart: _Chart) -> dict[str, float]:
    return {"metres": chart.metres, "west": chart.west, "south": chart.south}


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


def place_key(entries: Sequence[str], *, measure: Callable[[str, float], float]) -> tuple[tuple[str, float, int], ...]:
    """Where each entry of the key starts, and in which row; the first row leaves room for the scale bar."""
    places, x, row = [], MARGIN, 0
    for text in entries:
        long = 16 + measure(text, SMALL) + GAP
        if x > MARGIN and x + long > WIDTH - MARGIN - (SCALE if row == 0 else 0):
            x, row = MARGIN, row + 1
        places.append((text, x, row))
        x += long
    return tuple(places)


def list_foot(picture: Picture, words: Mapping[str, str]) -> list[str]:
    """Sentences that stand below a map: invented figures, notices, warnings, source, checksum."""
    mark = words["page_example"]
    example = picture.example if picture.example.startswith(mark) else f"{mark}: {picture.example}"
    unsure = words["page_unsure"] if any(label.startswith("(") for label in picture.labels) else ""
    lines = [example if picture.example else "", *picture.notices, *picture.warnings, unsure, picture.source]
    return [line for line in [*lines, f"{words['page_digest']} {picture.digest}"] if line]


def list_texts(sheet: Sheet) -> list[tuple[float, str, float]]:
    """Upper edge, text and size of each line above and below the map."""
    foot = sheet.height - MARGIN - LINE * len(sheet.foot)
    return [
        *((MARGIN + 17 * n, line, TITLE) for n, line in enumerate(sheet.title)),
        *((MARGIN + 17 * len(sheet.title) + 12 * n, line, SUBTITLE) for n, line in enumerate(sheet.subtitle)),
        *((foot + LINE * n, line, SMALL) for n, line in enumerate(sheet.foot)),
    ]


def list_symbols(picture: Picture, ground: Ground) -> tuple[OfferSymbol, ...]:
    """Kinds whose points are drawn: as the project says, else on a map about offers all where they are few, else the chosen one."""
    few = picture.offer_kind is not None and len(ground.symbols) <= _FEW_KINDS
    whole = few if picture.offers == "" else picture.offers == "all"
    shown = () if picture.offers == "none" else ground.symbols
    return tuple(symbol for symbol in shown if whole or symbol.kind == picture.offer_kind)


def list_signs(
    picture: Picture, ground: Ground, words: Mapping[str, str]
) -> tuple[tuple[str, OfferSymbol | str, float], ...]:
    """Entries of the key: text, sign and its size; of a kind with signs for many, the sizes that are drawn. Last the outlines."""
    offers = gather_offers(ground)
    signs: list[tuple[str, OfferSymbol | str, float]] = []
    for symbol in list_symbols(picture, ground):
        signs.append((symbol.plural, symbol, 1.0))
        for least, last, size in list_sizes(offers.loc[offers["kind"] == symbol.kind, "count"]):
            signs.append((words["page_from"].format(least=least) if last is None else f"{least}–{last}", symbol, size))
    outlines = [(words["page_model_region"], REGION)] if picture.outlined else []
    outlines += [] if gather_units(ground).empty else [(words["page_unit"], UNIT)]
    return (*signs, *((text, outline, 1.0) for text, outline in outlines))


def choose_scale(metres_per_point: float, *, longest: float = 80) -> tuple[float, str]:
    """Length of the scale bar in points, and its text: the longest round number of metres that fits.

    Examples
    --------
    >>> length, text = choose_scale(10.0)
    >>> length, text.replace("\u00a0", " ")
    (50.0, '500 m')
    """
    most, step = metres_per_point * longest, 1.0
    while step * 10 <= most:
        step *= 10
    metres = next(step * m for m in (5, 2, 1) if step * m <= most)
    text = f"{metres / _KILOMETRE:.0f}\u00a0km" if metres >= _KILOMETRE else f"{metres:.0f}\u00a0m"
    return metres / metres_per_point, text
