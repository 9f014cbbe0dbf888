"""Maps for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from sro_geo.render.ground import draw_shapes, gather_units, split_water
from sro_geo.render.hexagons import gather_offers, scale_sign
from sro_geo.render.legend import LEGEND, ROW, head_counts, list_rows
from sro_geo.render.lettering import PIXEL, move_sign, write_labels, write_units
from sro_geo.render.palette import INK, NOTES, WHITE
from sro_geo.render.paper import (
    LABEL,
    add_town,
    draw_lines,
    draw_overlay,
    draw_water,
    fill,
    measure,
    open_leaf,
    patch,
    save_leaf,
    sign,
    stroke,
    take_settings,
    write,
    write_spaced,
)
from sro_geo.render.sheet import (
    MARGIN,
    REGION,
    TITLE,
    WIDTH,
    Sheet,
    choose_scale,
    lay_out,
    list_signs,
    list_symbols,
    list_texts,
)
from sro_geo.render.units import BORDER, BORDER_CASING, CASING
from sro_geo.render.vector import draw_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, OfferSymbol, Picture

FORMS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """A figure in the making. `paper` counts points of type from the top left, `town` metres."""

    paper: Any
    town: Any
    sheet: Sheet
    picture: Picture
    ground: Ground
    shapes: gpd.GeoSeries


def draw_figure(picture: Picture, ground: Ground, *, words: Mapping[str, str], language: str, form: str) -> bytes:
    """Map as a file for print, 18 cm wide.

    Parameters
    ----------
    picture, ground : Picture, Ground
        What is shown, and on what.
    words : mapping of str to str
        Fixed words, see `sro_geo.render.sheet.FIGURE_WORDS`.
    language : str
        For the syllables of names.
    form : str
        `png`, `svg` or `pdf`.

    Raises
    ------
    ValueError
        If the form is unknown.

    Notes
    -----
    Same picture, same bytes: no date, no random id. Names stay text, whatever they hold.
    """
    return draw_figures(picture, ground, words=words, language=language, forms=(form,))[form]


def draw_figures(
    picture: Picture, ground: Ground, *, words: Mapping[str, str], language: str, forms: Sequence[str]
) -> dict[str, bytes]:
    """As `draw_figure`, drawn once and saved in several forms."""
    unknown = [form for form in forms if form not in FORMS]
    if unknown:
        raise ValueError(f"`form` must be one of {', '.join(FORMS)}; got {unknown[0]!r}")
    with take_settings():
        shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
        sheet = lay_out(picture, ground, shapes=shapes, words=words, language=language, measure=measure)
        files = {"svg": draw_file(picture, ground, sheet, words=words)} if "svg" in forms else {}
        if not set(forms) - set(files):
            return files
        leaf = open_leaf(WIDTH, sheet.height)
        box = (MARGIN, sheet.top, sheet.map_width, sheet.map_height)
        town = add_town(leaf, box, west=sheet.west, south=sheet.south, metres=sheet.metres)
        drawing = _Drawing(paper=leaf.axes, town=town, sheet=sheet, picture=picture, ground=ground, shapes=shapes)
        _draw_town(drawing)
        _write_texts(drawing)
        _draw_legend(drawing, words)
        _draw_key(drawing, words)
        _draw_scale(drawing)
        return {form: files.get(form) or save_leaf(leaf, form, title=picture.title) for form in forms}


def _draw_town(drawing: _Drawing) -> None:
    town, picture = drawing.town, drawing.picture
    waters = split_water(drawing.ground)
    for shape, placed in zip(drawing.shapes, picture.placed, strict=True):
        fill(town, shape, picture, placed)
    if overlay := drawing.ground.overlays.by_map.get(picture.slug):
        draw_overlay(town, overlay, streets=drawing.ground.overlays.streets)
    draw_water(town, waters)
    for width, colour in ((PIXEL * BORDER_CASING, WHITE), (PIXEL * BORDER, INK)):
        for unit in gather_units(drawing.ground):
            stroke(town, unit, colour=colour, width=width)
    for width, colour in ((4.4, WHITE), (2.2, INK)):
        for key in picture.outlined:
            stroke(town, drawing.shapes[key], colour=colour, width=width)
    draw_lines(town, waters.bridges, widths={3.6: INK, 1.8: WHITE}, level=2.5)
    offers = gather_offers(drawing.ground)
    for symbol in sorted(list_symbols(picture, drawing.ground), key=lambda symbol: symbol.kind == picture.offer_kind):
        _draw_offers(drawing, symbol, offers[(offers["kind"] == symbol.kind).to_numpy()])
    _draw_labels(drawing)


def _draw_offers(drawing: _Drawing, symbol: OfferSymbol, offers: gpd.GeoDataFrame) -> None:
    """Points of a kind, or its signs for many, off the labels."""
    picture, sheet = drawing.picture, drawing.sheet
    points = shapely.get_coordinates(sheet.frame.lay(offers.geometry.to_numpy()))
    areas, boxes = sheet.frame.lay(drawing.shapes.to_numpy()), sheet.placed.boxes
    quarters = drawing.shapes.index.get_indexer(pd.Index(offers["quarter_id"]))
    for (x, y), number, count in zip(points, quarters, offers["count"], strict=True):
        placed = picture.placed[number] if number >= 0 else -1
        ink = picture.classes[placed].ink if placed >= 0 else INK
        at = move_sign((float(x), float(y)), boxes, area=areas[number] if number >= 0 else None)
        sign(drawing.paper, at, symbol, solid=symbol.kind == picture.offer_kind, ink=ink, scale=scale_sign(count))


def _draw_labels(drawing: _Drawing) -> None:
    """Names of larger units, leaders, plates and texts, and below the map the names of the numbered quarters."""
    for one in write_units(drawing.sheet.placed):
        write_spaced(drawing.paper, one.x, one.y, one.text, size=one.size, casing=PIXEL * CASING)
    paper, lettering = drawing.paper, write_labels(drawing.picture, drawing.sheet.placed)
    for start, end in lettering.leaders:
        for colour, width in ((WHITE, 2.2), (INK, 0.75)):
            paper.plot(*zip(start, end, strict=True), color=colour, linewidth=width, zorder=3.4)
        paper.plot(*start, marker="o", mfc=INK, mec=WHITE, mew=0.5, ms=3.4, zorder=3.4)
    for box, edged in lettering.boxes:
        patch(paper, shapely.box(*box), facecolor=WHITE, zorder=3.5, edgecolor=INK, linewidth=0.75 * edged)
    for texts, across in ((lettering.texts, "center"), (drawing.sheet.names, "left")):
        for one in texts:
            weight = "bold" if one.bold else "normal"
            style = {
                "color": one.ink,
                "ha": across,
                "va": "center_baseline",
                "fontweight": weight,
                "fontsize": one.size,
            }
            write(paper, one.x, one.y, one.text, **style)


def _write_texts(drawing: _Drawing) -> None:
    """Title and subtitle above the map, the rest below it."""
    for y, text, size in list_texts(drawing.sheet):
        style = {"color": INK, "fontweight": "bold"} if size == TITLE else {"color": NOTES}
        write(drawing.paper, MARGIN, y, text, fontsize=size, va="top", **style)


def _draw_legend(drawing: _Drawing, words: Mapping[str, str]) -> None:
    """Classes from high to low with their counts, then the unknown."""
    paper, picture, (left, top) = drawing.paper, drawing.picture, drawing.sheet.legend
    write(paper, left, top + ROW / 2, picture.heading, fontweight="bold")
    right, counted = head_counts(
        picture, words, corner=drawing.sheet.legend, columns=drawing.sheet.columns, measure=measure
    )
    write(paper, right, top + ROW / 2, counted, color=NOTES, ha="right")
    for x, y, placed, label, count in list_rows(picture, corner=drawing.sheet.legend, columns=drawing.sheet.columns):
        fill(paper, shapely.box(x, y - 5, x + 18, y + 5), picture, placed)
        write(paper, x + 25, y, label)
        write(paper, x + LEGEND, y, str(count), color=NOTES, ha="right")


def _draw_key(drawing: _Drawing, words: Mapping[str, str]) -> None:
    """Signs of the offers, outlines of model regions and larger units, in a line under the map."""
    picture, paper, top = drawing.picture, drawing.paper, drawing.sheet.top + drawing.sheet.body + 8 + ROW / 2
    signs = list_signs(picture, drawing.ground, words)
    for (text, x, row), (_, symbol, scale) in zip(drawing.sheet.key, signs, strict=True):
        y = top + row * ROW
        solid = not isinstance(symbol, str) and symbol.kind == picture.offer_kind
        if symbol == REGION:
            stroke(paper, shapely.box(x + 1, y - 3.5, x + 12, y + 3.5), colour=INK, width=2.2)
        elif isinstance(symbol, str):
            paper.plot([x, x + 12], [y, y], color=INK, linewidth=PIXEL * BORDER)
        else:
            sign(paper, (x + 6, y), symbol, solid=solid, ink=INK, scale=scale)
        write(paper, x + 16, y, text, fontweight="bold" if solid else "normal")


def _draw_scale(drawing: _Drawing) -> None:
    """Scale bar and north, at the right end of the key."""
    paper, y, right = drawing.paper, drawing.sheet.top + drawing.sheet.body + 8 + ROW / 2, WIDTH - MARGIN
    length, text = choose_scale(drawing.sheet.metres)
    end = right - 30 - measure(text, LABEL, "normal")
    paper.plot([end - length, end - length, end, end], [y - 2, y + 2, y + 2, y - 2], color=INK, linewidth=1.2)
    write(paper, end + 5, y, text)
    arrow = shapely.Polygon([(right - 12, y - 6), (right - 8, y + 5), (right - 12, y + 2.5), (right - 16, y + 5)])
    patch(paper, arrow, facecolor=INK)
    write(paper, right, y, "N", ha="right")
