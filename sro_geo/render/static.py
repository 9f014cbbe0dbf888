"""Maps for print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from sro_geo.render.ground import draw_shapes, gather_units, split_water
from sro_geo.render.hexagons import gather_offers, scale_sign
from sro_geo.render.inset import scale_inset
from sro_geo.render.key import MARGIN, REGION, SMALL, WIDTH, choose_scale, list_signs, list_symbols, measure
from sro_geo.render.legend import LEGEND, ROW, head_counts, list_rows
from sro_geo.render.lettering import PIXEL, move_sign, write_labels, write_units
from sro_geo.render.palette import INK, NOTES, WHITE
from sro_geo.render.paper import (
    add_town,
    draw_lines,
    draw_overlay,
    draw_water,
    fill,
    open_leaf,
    patch,
    save_leaf,
    sign,
    stroke,
    take_settings,
    write,
    write_spaced,
)
from sro_geo.render.sheet import TITLE, Sheet, lay_out, list_texts
from sro_geo.render.units import BORDER, BORDER_CASING, CASING
from sro_geo.render.vector import draw_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, OfferSymbol, Picture
    from sro_geo.render.inset import Inset
    from sro_geo.render.lettering import Frame, Placed, Text
    from sro_geo.render.paper import Leaf

FORMS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """A figure in the making: its paper counts points of type from the top left."""

    paper: Any
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
        sheet = lay_out(picture, ground, shapes=shapes, words=words, language=language, printed=True)
        files = {"svg": draw_file(picture, ground, sheet, words=words)} if "svg" in forms else {}
        if not set(forms) - set(files):
            return files
        leaf = open_leaf(WIDTH, sheet.height)
        drawing = _Drawing(paper=leaf.axes, sheet=sheet, picture=picture, ground=ground, shapes=shapes)
        _draw_map(leaf, drawing, sheet.frame, sheet.placed)
        if sheet.inset:
            _draw_inset(leaf, drawing, sheet.inset, words)
        _write_texts(drawing)
        _draw_legend(drawing, words)
        _draw_key(drawing, words)
        _draw_scale(drawing)
        return {form: files.get(form) or save_leaf(leaf, form, title=picture.title) for form in forms}


def _draw_map(leaf: Leaf, drawing: _Drawing, frame: Frame, placed: Placed) -> None:
    """The town in its frame, or an enlarged piece of it, with what lies on it and its labels."""
    box = (frame.left, frame.top, frame.width, frame.height)
    town, picture = add_town(leaf, box, west=frame.west, south=frame.south, metres=frame.metres), drawing.picture
    waters, units = split_water(drawing.ground), gather_units(drawing.ground)
    for shape, placed_in in zip(drawing.shapes, picture.placed, strict=True):
        fill(town, shape, picture, placed_in)
    if overlay := drawing.ground.overlays.by_map.get(picture.slug):
        draw_overlay(town, overlay, streets=drawing.ground.overlays.streets)
    draw_water(town, waters)
    for width, colour in ((PIXEL * BORDER_CASING, WHITE), (PIXEL * BORDER, INK)):
        for unit in units:
            stroke(town, unit, colour=colour, width=width)
    for width, colour in ((4.4, WHITE), (2.2, INK)):
        for key in picture.outlined:
            stroke(town, drawing.shapes[key], colour=colour, width=width)
    draw_lines(town, waters.bridges, widths={3.6: INK, 1.8: WHITE}, level=2.5)
    offers = gather_offers(drawing.ground)
    offers = offers[shapely.covers(shapely.box(*frame.box), frame.lay(offers.geometry.to_numpy()))]
    for symbol in sorted(list_symbols(picture, drawing.ground), key=lambda symbol: symbol.kind == picture.offer_kind):
        _draw_offers(drawing, frame, placed, symbol, offers[(offers["kind"] == symbol.kind).to_numpy()])
    _draw_labels(drawing.paper, picture, placed)


def _draw_inset(leaf: Leaf, drawing: _Drawing, inset: Inset, words: Mapping[str, str]) -> None:
    """The enlarged piece, and on the map what it shows."""
    for width, colour in ((3.0, WHITE), (1.0, INK)):
        patch(drawing.paper, shapely.box(*inset.window), edgecolor=colour, linewidth=width, zorder=3.4)
    piece = replace(drawing, picture=inset.picture, shapes=inset.shapes)
    _draw_map(leaf, piece, inset.frame, inset.placed)
    patch(drawing.paper, shapely.box(*inset.frame.box), edgecolor=INK, linewidth=1.0, zorder=3.4)
    write(drawing.paper, inset.box[0], inset.box[1] + 5, words["page_inset"])
    if bar := scale_inset(inset, words):
        _draw_bar(drawing.paper, *bar, y=inset.box[1] + 5)


def _draw_offers(
    drawing: _Drawing, frame: Frame, placed_labels: Placed, symbol: OfferSymbol, offers: gpd.GeoDataFrame
) -> None:
    """Points of a kind, or its signs for many, off the labels."""
    picture, points = drawing.picture, shapely.get_coordinates(frame.lay(offers.geometry.to_numpy()))
    areas, boxes = frame.lay(drawing.shapes.to_numpy()), placed_labels.boxes
    quarters = drawing.shapes.index.get_indexer(pd.Index(offers["quarter_id"]))
    for (x, y), number, count in zip(points, quarters, offers["count"], strict=True):
        placed = picture.placed[number] if number >= 0 else -1
        ink = picture.classes[placed].ink if placed >= 0 else INK
        at = move_sign((float(x), float(y)), boxes, area=areas[number] if number >= 0 else None)
        sign(drawing.paper, at, symbol, solid=symbol.kind == picture.offer_kind, ink=ink, scale=scale_sign(count))


def _draw_labels(paper: Any, picture: Picture, placed: Placed) -> None:
    """Names of larger units, leaders, plates and texts."""
    for one in write_units(placed):
        write_spaced(paper, one.x, one.y, one.text, size=one.size, casing=PIXEL * CASING)
    lettering = write_labels(picture, placed)
    for start, end in lettering.leaders:
        for colour, width in ((WHITE, 2.2), (INK, 0.75)):
            paper.plot(*zip(start, end, strict=True), color=colour, linewidth=width, zorder=3.4)
        paper.plot(*start, marker="o", mfc=INK, mec=WHITE, mew=0.5, ms=3.4, zorder=3.4)
    for box, edged in lettering.boxes:
        patch(paper, shapely.box(*box), facecolor=WHITE, zorder=3.5, edgecolor=INK, linewidth=0.75 * edged)
    _write_all(paper, lettering.texts, across="center")


def _write_all(paper: Any, texts: Sequence[Text], *, across: str) -> None:
    for one in texts:
        style = {"color": one.ink, "fontweight": "bold" if one.bold else "normal", "fontsize": one.size}
        write(paper, one.x, one.y, one.text, ha=across, va="center_baseline", **style)


def _write_texts(drawing: _Drawing) -> None:
    """Title and subtitle above the map, the rest below it: names of the numbered quarters, sentences."""
    _write_all(drawing.paper, drawing.sheet.names, across="left")
    for y, text, size in list_texts(drawing.sheet):
        style = {"color": INK, "fontweight": "bold"} if size == TITLE else {"color": NOTES}
        write(drawing.paper, MARGIN, y, text, fontsize=size, va="top", **style)


def _draw_legend(drawing: _Drawing, words: Mapping[str, str]) -> None:
    """Classes from high to low with their counts, then the unknown."""
    paper, picture, (left, top) = drawing.paper, drawing.picture, drawing.sheet.legend
    write(paper, left, top + ROW / 2, picture.heading, fontweight="bold")
    right, counted = head_counts(picture, words, corner=drawing.sheet.legend, columns=drawing.sheet.columns)
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
    length, text = choose_scale(drawing.sheet.frame.metres)
    end = right - 30 - measure(text, SMALL)
    _draw_bar(paper, end - length, end, text, y=y)
    arrow = shapely.Polygon([(right - 12, y - 6), (right - 8, y + 5), (right - 12, y + 2.5), (right - 16, y + 5)])
    patch(paper, arrow, facecolor=INK)
    write(paper, right, y, "N", ha="right")


def _draw_bar(paper: Any, begin: float, end: float, text: str, *, y: float) -> None:
    paper.plot([begin, begin, end, end], [y - 2, y + 2, y + 2, y - 2], color=INK, linewidth=1.2)
    write(paper, end + 5, y, text)
