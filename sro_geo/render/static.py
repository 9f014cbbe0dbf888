"""Maps for print. The only module that knows matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from sro_geo.render.ground import draw_shapes, split_water
from sro_geo.render.lettering import move_sign, write_labels
from sro_geo.render.palette import BARS, BLANK, BORDER, DOTS, HATCH, INK, LINES, NOTES, WATER, WHITE
from sro_geo.render.sheet import (
    LEGEND,
    MARGIN,
    ROW,
    TITLE,
    WIDTH,
    Sheet,
    choose_scale,
    lay_out,
    list_rows,
    list_symbols,
    list_texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from sro_geo.model.picture import Ground, OfferSymbol, Picture

DOTS_PER_INCH = 200

SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],
    "svg.hashsalt": "sro_geo",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.7,
    "path.simplify": False,
}
"""Everything in which a machine's own settings could change the picture. The font comes with matplotlib."""

HATCHES = {LINES: "/////", DOTS: "...", BARS: "-----", BLANK: ""}
MARKERS = {"circle": "o", "triangle": "^", "square": "s", "diamond": "D", "plus": "P", "cross": "X"}
SHORE = "#aeb6be"
LABEL = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """A figure in the making. `paper` counts points of type from the top left, `town` metres."""

    paper: Axes
    town: Axes
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
        `png` or `svg`.

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
    unknown = [form for form in forms if form not in ("png", "svg")]
    if unknown:
        raise ValueError(f"`form` must be png or svg; got {unknown[0]!r}")
    with rc_context(SETTINGS):
        shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
        sheet = lay_out(picture, ground, shapes=shapes, words=words, language=language, measure=_measure)
        figure = Figure(figsize=(WIDTH / 72, sheet.height / 72), facecolor=WHITE)
        FigureCanvasAgg(figure)
        axes = {"town": _add_town(figure, sheet), "paper": _add_paper(figure, sheet)}
        drawing = _Drawing(**axes, sheet=sheet, picture=picture, ground=ground, shapes=shapes)
        drawing.town.axis("off")
        drawing.paper.axis("off")
        _draw_town(drawing)
        _write_texts(drawing)
        _draw_legend(drawing, words)
        _draw_key(drawing)
        _draw_scale(drawing)
        return {form: _save(figure, form, title=picture.title) for form in forms}


def _save(figure: Figure, form: str, *, title: str) -> bytes:
    file = BytesIO()
    metadata = {"Software": None} if form == "png" else {"Date": None, "Creator": None, "Title": title}
    figure.savefig(file, format=form, dpi=DOTS_PER_INCH, metadata=metadata)
    return file.getvalue()


def _add_town(figure: Figure, sheet: Sheet) -> Axes:
    """Axes of the map, in metres."""
    bottom = 1 - (sheet.top + sheet.map_height) / sheet.height
    axes = figure.add_axes((MARGIN / WIDTH, bottom, sheet.map_width / WIDTH, sheet.map_height / sheet.height))
    axes.set_xlim(sheet.west, sheet.west + sheet.map_width * sheet.metres)
    axes.set_ylim(sheet.south, sheet.south + sheet.map_height * sheet.metres)
    return axes


def _add_paper(figure: Figure, sheet: Sheet) -> Axes:
    """Axes of everything else, in points from the top left."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(sheet.height, 0)
    return axes


def _write(axes: Any, x: float, y: float, text: str, **style: Any) -> None:
    """Text as it is: a dollar sign in a name is no formula."""
    usual = {"fontsize": LABEL, "color": INK, "va": "center", "zorder": 4}
    axes.text(x, y, text, parse_math=False, **{**usual, **style})


@cache  # the same names and words stand on every figure
def _measure(text: str, size: float, weight: str = "bold") -> float:
    prop = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, prop, ismath=False)[0])


def _as_path(shape: shapely.Geometry) -> Path:
    """Outline of an area with its holes."""
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    points = [shapely.get_coordinates(ring) for ring in rings]
    codes = [[Path.MOVETO, *[Path.LINETO] * (len(p) - 2), Path.CLOSEPOLY] for p in points]
    return Path(np.concatenate(points), np.concatenate(codes))


def _patch(axes: Axes, shape: shapely.Geometry, **style: Any) -> None:
    # As an artist: the ends of the axes are set, and `add_patch` would measure every curve for them.
    axes.add_artist(PathPatch(_as_path(shape), **{"facecolor": "none", "linewidth": 0, **style}))


def _fill(axes: Axes, shape: shapely.Geometry, picture: Picture, placed: int) -> None:
    """Area in its class's colour, or in the pattern of its reason."""
    if placed >= 0:
        _patch(axes, shape, facecolor=picture.classes[placed].fill)
    else:
        hatch = HATCHES[picture.unknown[-1 - placed].pattern]
        _patch(axes, shape, facecolor=WHITE, edgecolor=HATCH, hatch=hatch)
    _patch(axes, shape, edgecolor=BORDER, linewidth=0.7)


def _stroke(axes: Axes, shape: shapely.Geometry, *, colour: str, width: float) -> None:
    _patch(axes, shape, edgecolor=colour, linewidth=width, joinstyle="round", zorder=2)


def _draw_town(drawing: _Drawing) -> None:
    town, picture = drawing.town, drawing.picture
    waters = split_water(drawing.ground)
    for shape, placed in zip(drawing.shapes, picture.placed, strict=True):
        _fill(town, shape, picture, placed)
    for area in waters.areas.geometry:
        _patch(town, area, facecolor=WATER, edgecolor=SHORE, linewidth=0.5)
    _draw_lines(town, waters.rivers, widths={7.5: SHORE, 6.5: WATER}, level=1.5)
    for width, colour in ((4.4, WHITE), (2.2, INK)):
        for key in picture.outlined:
            _stroke(town, drawing.shapes[key], colour=colour, width=width)
    _draw_lines(town, waters.bridges, widths={3.6: INK, 1.8: WHITE}, level=2.5)
    for symbol in sorted(list_symbols(picture, drawing.ground), key=lambda symbol: symbol.kind == picture.offer_kind):
        _draw_offers(drawing, symbol)
    _draw_labels(drawing)


def _draw_lines(axes: Axes, lines: gpd.GeoDataFrame, *, widths: Mapping[float, str], level: float) -> None:
    for width, colour in widths.items():
        for part in shapely.get_parts(lines.geometry.to_numpy()):
            xy = shapely.get_coordinates(part)
            axes.plot(xy[:, 0], xy[:, 1], color=colour, linewidth=width, solid_capstyle="butt", zorder=level)


def _draw_offers(drawing: _Drawing, symbol: OfferSymbol) -> None:
    """Points of a kind, off the labels."""
    offers, picture, sheet = drawing.ground.offers, drawing.picture, drawing.sheet
    offers = offers[(offers["kind"] == symbol.kind).to_numpy() & offers.geometry.notna().to_numpy()]
    points = shapely.get_coordinates(sheet.frame.lay(offers.geometry.to_numpy()))
    areas, boxes = sheet.frame.lay(drawing.shapes.to_numpy()), [place.box for place in sheet.placed.places]
    quarters = drawing.shapes.index.get_indexer(pd.Index(offers["quarter_id"]))
    for (x, y), number in zip(points, quarters, strict=True):
        placed = picture.placed[number] if number >= 0 else -1
        ink = picture.classes[placed].ink if placed >= 0 else INK
        at = move_sign((float(x), float(y)), boxes, area=areas[number] if number >= 0 else None)
        _sign(drawing.paper, at, symbol, solid=symbol.kind == picture.offer_kind, ink=ink)


def _sign(axes: Any, at: tuple[float, float], symbol: OfferSymbol, *, solid: bool, ink: str) -> None:
    face, edge, wide, size = (ink, WHITE if ink == INK else INK, 0.5, 6.0) if solid else ("none", ink, 0.9, 4.5)
    style = {"mfc": face, "mec": edge, "mew": wide, "ms": size, "linestyle": "none", "zorder": 3}
    axes.plot(*at, marker=MARKERS.get(symbol.symbol, "o"), **style)


def _draw_labels(drawing: _Drawing) -> None:
    """Leaders, plates and texts, and below the map the names of the numbered quarters."""
    paper, lettering = drawing.paper, write_labels(drawing.picture, drawing.sheet.placed)
    for start, end in lettering.leaders:
        for colour, width in ((WHITE, 2.2), (INK, 0.75)):
            paper.plot(*zip(start, end, strict=True), color=colour, linewidth=width, zorder=3.4)
        paper.plot(*start, marker="o", mfc=INK, mec=WHITE, mew=0.5, ms=3.4, zorder=3.4)
    for box, edged in lettering.boxes:
        _patch(paper, shapely.box(*box), facecolor=WHITE, zorder=3.5, edgecolor=INK, linewidth=0.75 * edged)
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
            _write(paper, one.x, one.y, one.text, **style)


def _write_texts(drawing: _Drawing) -> None:
    """Title and subtitle above the map, the rest below it."""
    for y, text, size in list_texts(drawing.sheet):
        style = {"color": INK, "fontweight": "bold"} if size == TITLE else {"color": NOTES}
        _write(drawing.paper, MARGIN, y, text, fontsize=size, va="top", **style)


def _draw_legend(drawing: _Drawing, words: Mapping[str, str]) -> None:
    """Classes from high to low with their counts, then the unknown."""
    paper, (left, top) = drawing.paper, drawing.sheet.legend
    right = left + LEGEND
    _write(paper, left, top + ROW / 2, drawing.picture.heading, fontweight="bold")
    _write(paper, right, top + ROW / 2, words["page_quarters"], color=NOTES, ha="right")
    for y, placed, label, count in list_rows(drawing.picture, drawing.sheet):
        _fill(paper, shapely.box(left, y - 5, left + 18, y + 5), drawing.picture, placed)
        _write(paper, left + 25, y, label)
        _write(paper, right, y, str(count), color=NOTES, ha="right")


def _draw_key(drawing: _Drawing) -> None:
    """Signs of the offers and outline of the model regions, in a line under the map."""
    picture, paper, top = drawing.picture, drawing.paper, drawing.sheet.top + drawing.sheet.body + 8 + ROW / 2
    symbols = list_symbols(picture, drawing.ground)
    for number, (text, x, row) in enumerate(drawing.sheet.key):
        y = top + row * ROW
        symbol = symbols[number] if number < len(symbols) else None
        solid = symbol is not None and symbol.kind == picture.offer_kind
        if symbol is None:
            _stroke(paper, shapely.box(x + 1, y - 3.5, x + 12, y + 3.5), colour=INK, width=2.2)
        else:
            _sign(paper, (x + 6, y), symbol, solid=solid, ink=INK)
        _write(paper, x + 16, y, text, fontweight="bold" if solid else "normal")


def _draw_scale(drawing: _Drawing) -> None:
    """Scale bar and north, at the right end of the key."""
    paper, y, right = drawing.paper, drawing.sheet.top + drawing.sheet.body + 8 + ROW / 2, WIDTH - MARGIN
    length, text = choose_scale(drawing.sheet.metres)
    end = right - 30 - _measure(text, LABEL, "normal")
    paper.plot([end - length, end - length, end, end], [y - 2, y + 2, y + 2, y - 2], color=INK, linewidth=1.2)
    _write(paper, end + 5, y, text)
    arrow = shapely.Polygon([(right - 12, y - 6), (right - 8, y + 5), (right - 12, y + 2.5), (right - 16, y + 5)])
    _patch(paper, arrow, facecolor=INK)
    _write(paper, right, y, "N", ha="right")
