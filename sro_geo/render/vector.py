"""A map as SVG within a page: no script, no style, no class; what a server that forbids them still shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.render.ground import draw_shapes, gather_units, is_coverage, split_water
from sro_geo.render.hexagons import gather_offers, scale_sign
from sro_geo.render.inset import scale_inset
from sro_geo.render.key import MARGIN, REGION, SMALL, WIDTH, choose_scale, list_signs, list_symbols, measure
from sro_geo.render.labels import MANY
from sro_geo.render.legend import LEGEND, ROW, head_counts, list_rows
from sro_geo.render.lettering import PIXEL, SIZES, move_sign, write_labels
from sro_geo.render.markup import TENTHS, make_tag, open_tag, pair, trace, write_ring
from sro_geo.render.measuring import FAMILIES
from sro_geo.render.palette import BORDER, INK, NOTES, SHORE, WATER, WHITE
from sro_geo.render.pieces import read_patterns
from sro_geo.render.sheet import LINE, TITLE, lay_out, list_texts
from sro_geo.render.signs import draw_sign
from sro_geo.render.texts import draw_units, write_all, write_text
from sro_geo.render.units import BORDER as UNIT_BORDER
from sro_geo.render.units import BORDER_CASING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.board import Box
    from sro_geo.render.lettering import Frame, Placed
    from sro_geo.render.sheet import Sheet

HEIGHT = 640
"""Pixels; where a window is narrower than the map would be, it gets lower."""

_EDGE = 0.7
"""Width of the quarters' borders."""

FINENESS, _FINE = 0.6, 0.15
"""Detail under so many points is left out, in a page and in a file that may be enlarged."""


_PATTERN = re.compile(r'(patternUnits="userSpaceOnUse")(?: patternTransform="(.*?)")?')
"""Patterns count pixels, a sheet counts points."""


def draw_vector(
    picture: Picture,
    ground: Ground,
    *,
    words: Mapping[str, str],
    language: str,
    prefix: str = "sro",
    printed: bool = False,
) -> str:
    """Map with legend, key and scale as one `<svg>` that stands in a page with the patterns of the unknown.

    All ids begin with `prefix`, those of the patterns, too. `printed` is as for `lay_out`.

    Notes
    -----
    The sheet is that of `draw_figure`: the same places for the same labels. Title and sentences stand around it as text.
    """
    shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
    sheet = lay_out(picture, ground, shapes=shapes, words=words, language=language, printed=printed)
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
        write_text(MARGIN, y + 0.6 * size, text, size=size, **styles[size == TITLE])
        for y, text, size in list_texts(sheet)
    ]
    patterns = _PATTERN.sub(r'\1 patternTransform="scale(.75) \2"', re.sub(r"</?svg[^>]*>", "", read_patterns("sro")))
    box = f'viewBox="0 0 {WIDTH:g} {sheet.height:g}" width="{WIDTH:g}pt" height="{sheet.height:g}pt"'
    style = f'font-family="{FAMILIES}" font-size="{SMALL:g}" fill="{INK}"'
    head = f'<title>{escape(picture.title)}</title>{patterns}<rect width="100%" height="100%" fill="{WHITE}"/>'
    body = "".join((*texts, *drawn))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {style}>{head}{body}</svg>\n'.encode()


def draw_sheet(
    picture: Picture, ground: Ground, sheet: Sheet, *, words: Mapping[str, str], prefix: str, fineness: float = FINENESS
) -> Iterator[str]:
    """Map, legend, key and scale as markup, in points of the sheet; detail under so many points is left out."""
    whole = _Part(
        picture=picture, ground=ground, frame=sheet.frame, placed=sheet.placed, prefix=prefix, fineness=fineness
    )
    yield from _draw_part(whole)
    if inset := sheet.inset:
        for width, colour in ((3.0, WHITE), (1.0, INK)):
            yield _draw_box(inset.window, fill="none", stroke=colour, stroke_width=width)
        yield _draw_box(inset.frame.box, fill=WHITE)
        piece = replace(whole, picture=inset.picture, frame=inset.frame, placed=inset.placed, suffix="-inset")
        yield from _draw_part(piece)
        yield _draw_box(inset.frame.box, fill="none", stroke=INK, stroke_width=1.0)
        yield write_text(inset.box[0], inset.box[1] + 5, words["page_inset"])
        if bar := scale_inset(inset, words):
            yield from _draw_bar(*bar, y=inset.box[1] + 5)
    yield from write_all(sheet.names, usual=SIZES[1])
    yield from _draw_legend(picture, sheet, words, prefix=prefix)
    yield from _draw_key(picture, ground, sheet, words)
    yield from _draw_scale(sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A map on the sheet: the town, or an enlarged piece of it, whose ids end in a suffix."""

    picture: Picture
    ground: Ground
    frame: Frame
    placed: Placed
    prefix: str
    fineness: float
    suffix: str = ""


def _draw_part(part: _Part) -> Iterator[str]:
    areas = part.frame.lay(draw_shapes(part.ground).reindex(list(part.picture.quarter_ids)).to_numpy())
    yield from _draw_town(part, areas)
    yield from _draw_offers(part, areas)
    yield from _draw_labels(part.picture, part.placed)


def _draw_town(part: _Part, areas: np.ndarray) -> Iterator[str]:
    picture, ground, frame, fineness = part.picture, part.ground, part.frame, part.fineness
    fine = np.asarray(shapely.coverage_simplify(areas, fineness)) if is_coverage(ground) else areas
    yield from _draw_areas(picture, frame.cut(fine), prefix=part.prefix)
    gaps, streets, reached = _lay_overlay(part)
    for gap in gaps:
        yield make_tag("path", d=trace(gap), fill=INK, fill_opacity="0.3")
    waters = split_water(ground)
    lakes, rivers, bridges = (
        shapely.simplify(frame.lay(frame_.geometry.to_numpy()), fineness)
        for frame_ in (waters.areas, waters.rivers, waters.bridges)
    )
    yield from _draw_lakes(frame, lakes)
    outlined = np.array([fine[picture.quarter_ids.index(key)] for key in picture.outlined], dtype=object)
    yield from _draw_lines(part, "rivers", rivers, {7.5: SHORE, 6.5: WATER})
    yield from (make_tag("path", d=trace(line), fill="none", stroke=BORDER, stroke_width=0.3) for line in streets)
    yield from _draw_lines(part, "reached", reached, {1.4: WHITE, 0.6: NOTES})
    units = gather_units(ground, None if part.suffix else gpd.GeoSeries(fine, index=list(picture.quarter_ids)))
    outlines = shapely.boundary(frame.lay(units.to_numpy()) if part.suffix else units.to_numpy())
    borders = np.array([shapely.line_merge(shapely.union_all(outlines))])  # what two units share is one line
    yield from _draw_lines(part, "units", borders, {PIXEL * BORDER_CASING: WHITE, PIXEL * UNIT_BORDER: INK})
    yield from _draw_lines(part, "outlines", shapely.boundary(outlined), {4.4: WHITE, 2.2: INK})
    yield from _draw_lines(part, "bridges", bridges, {3.6: INK, 1.8: WHITE})


def _draw_lakes(frame: Frame, lakes: np.ndarray) -> Iterator[str]:
    """Water as far as the map goes; there it has no shore."""
    for lake, shown, shore in zip(lakes, frame.cut(lakes), frame.cut(shapely.boundary(lakes)), strict=True):
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


def _lay_overlay(part: _Part) -> Iterator[np.ndarray]:
    """Areas out of reach, all streets and those within it, each as one shape, or none."""
    overlays = part.ground.overlays
    overlay = overlays.by_map.get(part.picture.slug)
    gaps, reached = (overlay.gaps, overlay.reached) if overlay else (None, None)
    for shape in (gaps, None if reached is None else overlays.streets, reached):
        shown = np.asarray([] if shape is None else [shape], dtype=object)
        fine = shapely.simplify(part.frame.cut(part.frame.lay(shown)), part.fineness, preserve_topology=False)
        yield fine[~shapely.is_empty(fine)]


def _draw_lines(part: _Part, name: str, lines: np.ndarray, widths: Mapping[float, str]) -> Iterator[str]:
    """Lines in several strokes; where each runs is said once."""
    traced = "".join(make_tag("path", d=d) for line in part.frame.cut(lines) if (d := trace(line)))
    if traced:
        key = f"{part.prefix}-{name}{part.suffix}"
        yield f'<defs><g id="{key}">{traced}</g></defs>'
        for width, colour in widths.items():
            line = {"stroke": colour, "stroke_linejoin": "round", "fill": "none"}
            yield make_tag("use", href=f"#{key}", stroke_width=width, **line)


def _draw_offers(part: _Part, areas: np.ndarray) -> Iterator[str]:
    """Points of the kinds that the map shows, or their signs for many, off the labels."""
    picture, ground, boxes = part.picture, part.ground, part.placed.boxes
    offers = gather_offers(ground)
    for symbol in sorted(list_symbols(picture, ground), key=lambda symbol: symbol.kind == picture.offer_kind):
        own = offers[(offers["kind"] == symbol.kind).to_numpy()]
        laid = part.frame.lay(own.geometry.to_numpy())
        shown = shapely.covers(shapely.box(*part.frame.box), laid)
        points, own = shapely.get_coordinates(laid[shown]), own[shown]
        quarters = pd.Index(picture.quarter_ids).get_indexer(pd.Index(own["quarter_id"]))
        for (x, y), number, count in zip(points, quarters, own["count"], strict=True):
            placed = picture.placed[number] if number >= 0 else -1
            ink = picture.classes[placed].ink if placed >= 0 else INK
            at = move_sign((float(x), float(y)), boxes, area=areas[number] if number >= 0 else None)
            yield draw_sign(at, symbol, solid=symbol.kind == picture.offer_kind, ink=ink, scale=scale_sign(count))


def _draw_labels(picture: Picture, placed: Placed) -> Iterator[str]:
    """Names of larger units, then leaders, plates and texts."""
    yield from draw_units(placed)
    lettering = write_labels(picture, placed)
    for (x1, y1), (x2, y2) in lettering.leaders:
        for colour, width in ((WHITE, 2.2), (INK, 0.75)):
            yield make_tag("path", d=f"M{pair(x1, y1)}L{pair(x2, y2)}", stroke=colour, stroke_width=width)
        yield make_tag("circle", cx=x1, cy=y1, r=1.7, stroke=WHITE, stroke_width=0.5)
    for box, edged in lettering.boxes:
        yield _draw_box(box, fill=WHITE, stroke=INK if edged else None, stroke_width=0.75 if edged else None)
    yield from write_all(lettering.texts, usual=SIZES[0], anchor="middle")


def _draw_box(box: Box, *, fill: str, stroke: str | None = None, stroke_width: float | None = None) -> str:
    left, top, right, bottom = box
    style = {"fill": fill, "stroke": stroke, "stroke_width": stroke_width}
    return make_tag("rect", "", x=left, y=top, width=right - left, height=bottom - top, **style)


def _draw_legend(picture: Picture, sheet: Sheet, words: Mapping[str, str], *, prefix: str) -> Iterator[str]:
    """Classes from high to low with their counts, then the unknown."""
    left, top = sheet.legend
    yield write_text(left, top + ROW / 2, picture.heading, font_weight="bold")
    right, counted = head_counts(picture, words, corner=sheet.legend, columns=sheet.columns)
    yield write_text(right, top + ROW / 2, counted, fill=NOTES, text_anchor="end")
    for x, y, placed, label, count in list_rows(picture, corner=sheet.legend, columns=sheet.columns):
        fill = _name_fill(picture, placed, prefix)
        yield make_tag("rect", x=x, y=y - 5, width=18, height=10, fill=fill, stroke=BORDER, stroke_width=0.7)
        yield write_text(x + 25, y, label)
        yield write_text(x + LEGEND, y, str(count), fill=NOTES, text_anchor="end")


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
            yield draw_sign((x + 6, y), symbol, solid=solid, ink=INK, scale=scale)
        yield write_text(x + 16, y, text, font_weight="bold" if solid else None)


def _draw_scale(sheet: Sheet) -> Iterator[str]:
    """Scale bar and north, at the right end of the key."""
    y, right, (length, text) = _find_foot(sheet), WIDTH - MARGIN, choose_scale(sheet.frame.metres)
    end = right - 30 - measure(text, SMALL)
    yield from _draw_bar(end - length, end, text, y=y)
    arrow = ((right - 12, y - 6), (right - 8, y + 5), (right - 12, y + 2.5), (right - 16, y + 5), (right - 12, y - 6))
    yield make_tag("path", d=write_ring(np.array(arrow)))
    yield write_text(right, y, "N", text_anchor="end")


def _draw_bar(begin: float, end: float, text: str, *, y: float) -> Iterator[str]:
    line = "L".join(pair(*corner) for corner in ((begin, y - 2), (begin, y + 2), (end, y + 2), (end, y - 2)))
    yield make_tag("path", d=f"M{line}", fill="none", stroke=INK, stroke_width=1.2)
    yield write_text(end + 5, y, text)


def _find_foot(sheet: Sheet) -> float:
    return sheet.top + sheet.body + 8 + ROW / 2
