"""A map as SVG within a page: no script, no style, no class; what a server that forbids them still shows."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.render.ground import draw_shapes, gather_units, is_coverage, split_water
from sro_geo.render.hexagons import gather_offers, scale_sign
from sro_geo.render.labels import MANY
from sro_geo.render.legend import LEGEND, ROW, head_counts, list_rows
from sro_geo.render.lettering import PIXEL, SIZES, move_sign, write_labels, write_units
from sro_geo.render.markup import TENTHS, make_tag, open_tag, pair, trace, write_ring
from sro_geo.render.measuring import FAMILIES, measure_text
from sro_geo.render.palette import BORDER, INK, NOTES, SHORE, WATER, WHITE
from sro_geo.render.pieces import read_patterns
from sro_geo.render.sheet import (
    LINE,
    MARGIN,
    REGION,
    SMALL,
    TITLE,
    WIDTH,
    choose_scale,
    lay_out,
    list_signs,
    list_symbols,
    list_texts,
)
from sro_geo.render.units import BORDER as UNIT_BORDER
from sro_geo.render.units import BORDER_CASING, CASING, SPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sro_geo.model.picture import Ground, OfferSymbol, Picture
    from sro_geo.render.sheet import Sheet

HEIGHT = 640
"""Pixels; where a window is narrower than the map would be, it gets lower."""

_EDGE = 0.7
"""Width of the quarters' borders."""

FINENESS, _FINE = 0.6, 0.15
"""Detail under so many points is left out, in a page and in a file that may be enlarged."""

_CORNERS = {
    "triangle": ((0, -1.25), (1.2, 0.9), (-1.2, 0.9)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    "plus": (
        (-0.45, -1.3), (0.45, -1.3), (0.45, -0.45), (1.3, -0.45), (1.3, 0.45), (0.45, 0.45),
        (0.45, 1.3), (-0.45, 1.3), (-0.45, 0.45), (-1.3, 0.45), (-1.3, -0.45), (-0.45, -0.45),
    ),
    "cross": (
        (0.6, -1.24), (1.24, -0.6), (0.64, 0), (1.24, 0.6), (0.6, 1.24), (0, 0.64),
        (-0.6, 1.24), (-1.24, 0.6), (-0.64, 0), (-1.24, -0.6), (-0.6, -1.24), (0, -0.64),
    ),
}  # fmt: skip
"""Corners of signs of offers, of size 1; any other is a circle."""


def draw_vector(
    picture: Picture, ground: Ground, *, words: Mapping[str, str], language: str, prefix: str = "sro"
) -> str:
    """Map with legend, key and scale as one `<svg>` that stands in a page with the patterns of the unknown.

    All ids begin with `prefix`, those of the patterns, too.

    Notes
    -----
    The sheet is that of `draw_figure`: the same places for the same labels. Title and sentences stand around it as text.
    """
    shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
    sheet = lay_out(picture, ground, shapes=shapes, words=words, language=language, measure=_measure)
    drawn = "".join(draw_sheet(picture, ground, sheet, words=words, prefix=prefix))
    foot = sheet.height - MARGIN - LINE * len(sheet.foot)
    box = f"0 {sheet.top - 2:g} {WIDTH:g} {foot - sheet.top + 2:.0f}"
    size = f'width="100%" height="{HEIGHT}" preserveAspectRatio="xMinYMin"'
    style = f'font-family="sans-serif" font-size="{SMALL:g}" fill="{INK}"'
    return f'<svg viewBox="{box}" {size} {style} role="img" aria-label="{escape(picture.title)}">{drawn}</svg>'


def draw_file(picture: Picture, ground: Ground, sheet: Sheet, *, words: Mapping[str, str]) -> bytes:
    """The whole sheet as a file: letters stay text, for Inkscape and whoever searches; it names the fonts that may draw them."""
    drawn = draw_sheet(picture, ground, sheet, words=words, prefix="sro", fineness=_FINE)
    styles: dict[bool, dict[str, Any]] = {True: {"font_weight": "bold"}, False: {"fill": NOTES}}
    texts = [
        _write(MARGIN, y + 0.6 * size, text, size=size, **styles[size == TITLE]) for y, text, size in list_texts(sheet)
    ]
    patterns = re.sub(r"</?svg[^>]*>", "", read_patterns("sro"))
    box = f'viewBox="0 0 {WIDTH:g} {sheet.height:g}" width="{WIDTH:g}pt" height="{sheet.height:g}pt"'
    style = f'font-family="{FAMILIES}" font-size="{SMALL:g}" fill="{INK}"'
    head = f'<title>{escape(picture.title)}</title>{patterns}<rect width="100%" height="100%" fill="{WHITE}"/>'
    body = "".join((*texts, *drawn))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {style}>{head}{body}</svg>\n'.encode()


def draw_sheet(
    picture: Picture, ground: Ground, sheet: Sheet, *, words: Mapping[str, str], prefix: str, fineness: float = FINENESS
) -> Iterator[str]:
    """Map, legend, key and scale as markup, in points of the sheet; detail under so many points is left out."""
    shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
    areas = sheet.frame.lay(shapes.to_numpy())
    yield from _draw_town(picture, ground, sheet, areas, prefix=prefix, fineness=fineness)
    yield from _draw_offers(picture, ground, sheet, areas)
    yield from _draw_labels(picture, sheet)
    yield from _draw_legend(picture, sheet, words, prefix=prefix)
    yield from _draw_key(picture, ground, sheet, words)
    yield from _draw_scale(sheet)


def _measure(text: str, size: float) -> float:
    return measure_text(text, size=size, bold=True)


def _draw_town(
    picture: Picture, ground: Ground, sheet: Sheet, areas: np.ndarray, *, prefix: str, fineness: float
) -> Iterator[str]:
    fine = np.asarray(shapely.coverage_simplify(areas, fineness)) if is_coverage(ground) else areas
    yield from _draw_areas(picture, fine, prefix=prefix)
    gaps, streets, reached = _lay_overlay(picture, ground, sheet, fineness=fineness)
    for gap in gaps:
        yield make_tag("path", d=trace(gap), fill=INK, fill_opacity="0.3")
    waters = split_water(ground)
    lakes, rivers, bridges = (
        shapely.simplify(sheet.frame.lay(frame.geometry.to_numpy()), fineness)
        for frame in (waters.areas, waters.rivers, waters.bridges)
    )
    yield from _draw_lakes(sheet, lakes)
    outlined = [fine[picture.quarter_ids.index(key)] for key in picture.outlined]
    yield from _draw_lines(f"{prefix}-rivers", sheet.frame.cut(rivers), {7.5: SHORE, 6.5: WATER})
    yield from (make_tag("path", d=trace(line), fill="none", stroke=BORDER, stroke_width=0.3) for line in streets)
    yield from _draw_lines(f"{prefix}-reached", reached, {1.4: WHITE, 0.6: NOTES})
    units = gather_units(ground, gpd.GeoSeries(fine, index=list(picture.quarter_ids)))
    yield from _draw_lines(f"{prefix}-units", units, {PIXEL * BORDER_CASING: WHITE, PIXEL * UNIT_BORDER: INK})
    yield from _draw_lines(f"{prefix}-outlines", outlined, {4.4: WHITE, 2.2: INK})
    yield from _draw_lines(f"{prefix}-bridges", bridges, {3.6: INK, 1.8: WHITE})


def _draw_lakes(sheet: Sheet, lakes: np.ndarray) -> Iterator[str]:
    """Water as far as the map goes; there it has no shore."""
    for lake, shown, shore in zip(lakes, sheet.frame.cut(lakes), sheet.frame.cut(shapely.boundary(lakes)), strict=True):
        if lake.area == shown.area:
            yield make_tag("path", d=trace(lake), fill=WATER, stroke=SHORE, stroke_width=0.5)
        else:
            yield make_tag("path", d=trace(shown), fill=WATER)
            yield make_tag("path", d=trace(shore), fill="none", stroke=SHORE, stroke_width=0.5)


def _draw_areas(picture: Picture, areas: np.ndarray, *, prefix: str) -> Iterator[str]:
    """Quarters in whole tenths, since a point in each number would be much; where they are many, all of a fill at once."""
    fills = np.array([_name_fill(picture, placed, prefix) for placed in picture.placed])
    patterned, many = np.char.startswith(fills, "url"), len(areas) > MANY  # a pattern would be a tenth, too
    order = np.argsort(patterned, kind="stable") if many else np.arange(len(areas))
    for plain, numbers in groupby(order.tolist(), key=lambda number: not patterned[number]):
        scale, transform = (TENTHS, f"scale({1 / TENTHS:g})") if plain else (1, None)
        traced = [(str(fills[number]), trace(areas[number], scale=scale)) for number in numbers]
        if many:
            traced = [(key, "".join(d for fill, d in traced if fill == key)) for key in dict.fromkeys(dict(traced))]
        yield open_tag("g", stroke=BORDER, stroke_width=_EDGE * scale, fill_rule="evenodd", transform=transform)
        yield from (make_tag("path", d=d, fill=fill) for fill, d in traced)
        yield "</g>"


def _name_fill(picture: Picture, placed: int, prefix: str) -> str:
    return picture.classes[placed].fill if placed >= 0 else f"url(#{prefix}-{picture.unknown[-1 - placed].pattern})"


def _lay_overlay(picture: Picture, ground: Ground, sheet: Sheet, *, fineness: float) -> Iterator[np.ndarray]:
    """Areas out of reach, all streets and those within it, each as one shape, or none."""
    overlay = ground.overlays.by_map.get(picture.slug)
    gaps, reached = (overlay.gaps, overlay.reached) if overlay else (None, None)
    for shape in (gaps, None if reached is None else ground.overlays.streets, reached):
        shown = np.asarray([] if shape is None else [shape], dtype=object)
        fine = shapely.simplify(sheet.frame.lay(shown), fineness, preserve_topology=False)
        yield fine[~shapely.is_empty(fine)]


def _draw_lines(key: str, lines: Iterable[shapely.Geometry], widths: Mapping[float, str]) -> Iterator[str]:
    """Lines in several strokes; where each runs is said once."""
    traced = "".join(make_tag("path", d=trace(line)) for line in lines)
    if traced:
        yield f'<defs><g id="{key}">{traced}</g></defs>'
        for width, colour in widths.items():
            line = {"stroke": colour, "stroke_linejoin": "round", "fill": "none"}
            yield make_tag("use", href=f"#{key}", stroke_width=width, **line)


def _draw_offers(picture: Picture, ground: Ground, sheet: Sheet, areas: np.ndarray) -> Iterator[str]:
    """Points of the kinds that the map shows, or their signs for many, off the labels."""
    offers, boxes = gather_offers(ground), sheet.placed.boxes
    for symbol in sorted(list_symbols(picture, ground), key=lambda symbol: symbol.kind == picture.offer_kind):
        own = offers[(offers["kind"] == symbol.kind).to_numpy()]
        points = shapely.get_coordinates(sheet.frame.lay(own.geometry.to_numpy()))
        quarters = pd.Index(picture.quarter_ids).get_indexer(pd.Index(own["quarter_id"]))
        for (x, y), number, count in zip(points, quarters, own["count"], strict=True):
            placed = picture.placed[number] if number >= 0 else -1
            ink = picture.classes[placed].ink if placed >= 0 else INK
            at = move_sign((float(x), float(y)), boxes, area=areas[number] if number >= 0 else None)
            yield _draw_sign(at, symbol, solid=symbol.kind == picture.offer_kind, ink=ink, scale=scale_sign(count))


def _draw_sign(at: tuple[float, float], symbol: OfferSymbol, *, solid: bool, ink: str, scale: float = 1.0) -> str:
    """Sign of an offer: solid for the kind that a map is about."""
    (x, y), radius = at, (3.0 if solid else 2.25) * scale
    style = {"fill": ink, "stroke": WHITE if ink == INK else INK} if solid else {"fill": "none", "stroke": ink}
    style |= {"stroke_width": "0.5" if solid else "0.9"}
    if symbol.symbol not in _CORNERS:
        return make_tag("circle", cx=x, cy=y, r=radius, **style)
    return make_tag("path", d=write_ring(np.array(_CORNERS[symbol.symbol]) * radius + (x, y)), **style)


def _draw_labels(picture: Picture, sheet: Sheet) -> Iterator[str]:
    """Names of larger units, then leaders, plates and texts, and below the map the names of the numbered quarters."""
    yield from _draw_units(sheet)
    lettering = write_labels(picture, sheet.placed)
    for (x1, y1), (x2, y2) in lettering.leaders:
        for colour, width in ((WHITE, 2.2), (INK, 0.75)):
            yield make_tag("path", d=f"M{pair(x1, y1)}L{pair(x2, y2)}", stroke=colour, stroke_width=width)
        yield make_tag("circle", cx=x1, cy=y1, r=1.7, stroke=WHITE, stroke_width=0.5)
    for (left, top, right, bottom), edged in lettering.boxes:
        edge = {"stroke": INK, "stroke_width": "0.75"} if edged else {}
        yield make_tag("rect", x=left, y=top, width=right - left, height=bottom - top, fill=WHITE, **edge)
    for texts, usual, anchor in ((lettering.texts, SIZES[0], "middle"), (sheet.names, SIZES[1], None)):
        yield open_tag("g", font_size=usual, text_anchor=anchor)
        for one in texts:
            style = {"font_weight": "bold" if one.bold else None, "fill": one.ink if one.ink != INK else None}
            yield _write(one.x, one.y, one.text, size=one.size, usual=usual, **style)
        yield "</g>"


def _draw_units(sheet: Sheet) -> Iterator[str]:
    """Spaced names of larger units, all of them first in white and broader: not every program draws a text's outline below it."""
    names = write_units(sheet.placed)
    casing = {"fill": WHITE, "stroke": WHITE, "stroke_width": f"{PIXEL * CASING:g}", "stroke_linejoin": "round"}
    for style in (casing, {}) if names else ():
        yield open_tag("g", text_anchor="middle", **style)
        for one in names:
            gap = SPACED * one.size  # which stands behind the last letter, too
            yield _write(one.x + gap / 2, one.y, one.text, size=one.size, letter_spacing=f"{gap:g}")
        yield "</g>"


def _draw_legend(picture: Picture, sheet: Sheet, words: Mapping[str, str], *, prefix: str) -> Iterator[str]:
    """Classes from high to low with their counts, then the unknown."""
    left, top = sheet.legend
    yield _write(left, top + ROW / 2, picture.heading, font_weight="bold")
    right, counted = head_counts(picture, words, corner=sheet.legend, columns=sheet.columns, measure=_measure)
    yield _write(right, top + ROW / 2, counted, fill=NOTES, text_anchor="end")
    for x, y, placed, label, count in list_rows(picture, corner=sheet.legend, columns=sheet.columns):
        fill = _name_fill(picture, placed, prefix)
        yield make_tag("rect", x=x, y=y - 5, width=18, height=10, fill=fill, stroke=BORDER, stroke_width=0.7)
        yield _write(x + 25, y, label)
        yield _write(x + LEGEND, y, str(count), fill=NOTES, text_anchor="end")


def _draw_key(picture: Picture, ground: Ground, sheet: Sheet, words: Mapping[str, str]) -> Iterator[str]:
    """Signs of the offers, outlines of model regions and larger units, in a line under the map."""
    signs = list_signs(picture, ground, words)
    for (text, x, row), (_, symbol, scale) in zip(sheet.key, signs, strict=True):
        y, solid = _find_foot(sheet) + row * ROW, not isinstance(symbol, str) and symbol.kind == picture.offer_kind
        if symbol == REGION:
            yield make_tag("rect", x=x + 1, y=y - 3.5, width=11, height=7, fill=WHITE, stroke=INK, stroke_width=2.2)
        elif isinstance(symbol, str):
            yield make_tag("path", d=f"M{pair(x, y)}h12", stroke=INK, stroke_width=f"{PIXEL * UNIT_BORDER:.3g}")
        else:
            yield _draw_sign((x + 6, y), symbol, solid=solid, ink=INK, scale=scale)
        yield _write(x + 16, y, text, font_weight="bold" if solid else None)


def _draw_scale(sheet: Sheet) -> Iterator[str]:
    """Scale bar and north, at the right end of the key."""
    y, right, (length, text) = _find_foot(sheet), WIDTH - MARGIN, choose_scale(sheet.metres)
    end = right - 30 - _measure(text, SMALL)
    corners = ((end - length, y - 2), (end - length, y + 2), (end, y + 2), (end, y - 2))
    line = "L".join(pair(*corner) for corner in corners)
    yield make_tag("path", d=f"M{line}", fill="none", stroke=INK, stroke_width=1.2)
    yield _write(end + 5, y, text)
    arrow = ((right - 12, y - 6), (right - 8, y + 5), (right - 12, y + 2.5), (right - 16, y + 5), (right - 12, y - 6))
    yield make_tag("path", d=write_ring(np.array(arrow)))
    yield _write(right, y, "N", text_anchor="end")


def _find_foot(sheet: Sheet) -> float:
    return sheet.top + sheet.body + 8 + ROW / 2


def _write(x: float, y: float, text: str, *, size: float = SMALL, usual: float = SMALL, **style: str | None) -> str:
    """Text with its middle at a height. The usual size stands once, on what holds it."""
    return make_tag("text", text, x=x, y=y + 0.36 * size, font_size=None if size == usual else size, **style)
