"""Ink on paper: what every printed sheet is drawn with. The only module that knows matplotlib."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.textpath import text_to_path

from sro_geo.render.measuring import FAMILIES, break_lines
from sro_geo.render.palette import BARS, BLANK, BORDER, DOTS, HATCH, INK, LINES, NOTES, SHORE, WATER, WHITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from sro_geo.model.picture import OfferSymbol, Overlay, Picture
    from sro_geo.render.ground import Waters

DOTS_PER_INCH = 200

SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],
    "svg.hashsalt": "sro_geo",
    "svg.fonttype": "none",
    "pdf.fonttype": 3,
    "pdf.compression": 6,
    "hatch.linewidth": 0.7,
    "path.simplify": False,
}
"""Everything in which a machine's own settings could change the picture. The font comes with matplotlib."""

_UNDATED: Mapping[str, Any] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_STYLE = re.compile(rb"(?<=<text style=\")[^\"]*")
HATCHES = {LINES: "/////", DOTS: "...", BARS: "-----", BLANK: ""}
MARKERS = {"circle": "o", "triangle": "^", "square": "s", "diamond": "D", "plus": "P", "cross": "X"}
LABEL = 8.0
_HAIR_SPACE = "\u200a"
"""A tenth of the size of type wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A sheet of paper: the figure, and axes all over it that count points of type from the top left."""

    figure: Figure
    axes: Axes
    width: float
    height: float


@contextmanager
def take_settings() -> Iterator[None]:
    """Room in which all is drawn and saved alike, whatever a machine's own settings are."""
    with rc_context(SETTINGS), catch_warnings():
        filterwarnings("ignore", "Glyph .* missing from font")  # it stands as a box, as on any page without the letter
        yield


def open_leaf(width: float, height: float) -> Leaf:
    """White sheet of so many points."""
    figure = Figure(figsize=(width / 72, height / 72), facecolor=WHITE)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), zorder=1)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return Leaf(figure=figure, axes=axes, width=width, height=height)


def add_town(leaf: Leaf, box: Sequence[float], *, west: float, south: float, metres: float) -> Axes:
    """Axes in metres under those of the sheet: left, top, width and height in points, corner and metres of a point."""
    left, top, wide, high = box
    place = (left / leaf.width, 1 - (top + high) / leaf.height, wide / leaf.width, high / leaf.height)
    axes = leaf.figure.add_axes(place, zorder=0)
    axes.set_xlim(west, west + wide * metres)
    axes.set_ylim(south, south + high * metres)
    axes.axis("off")
    return axes


def save_leaf(leaf: Leaf, form: str, *, title: str) -> bytes:
    """Sheet as `png`, `svg` or `pdf`: no date, no random id; letters stay text, and a PDF brings their font."""
    file = BytesIO()
    metadata = _UNDATED[form] if form == "png" else {**_UNDATED[form], "Title": title}
    leaf.figure.savefig(file, format=form, dpi=DOTS_PER_INCH, metadata=metadata)
    return _STYLE.sub(_name_families, file.getvalue()) if form == "svg" else file.getvalue()


def _name_families(style: re.Match[bytes]) -> bytes:
    """Style of a text whose font is not on every machine."""
    return style[0].replace(b"'DejaVu Sans'", FAMILIES.encode())


def write(axes: Any, x: float, y: float, text: str, **style: Any) -> None:
    """Text as it is: a dollar sign in a name is no formula."""
    usual = {"fontsize": LABEL, "color": INK, "va": "center", "zorder": 4}
    axes.text(x, y, text, parse_math=False, **{**usual, **style})


def write_spaced(axes: Any, x: float, y: float, text: str, *, size: float, casing: float) -> None:
    """Letters a tenth of their size apart, so much white around them; the white ones are shapes, the others stay text."""
    style = {"fontsize": size, "ha": "center", "va": "center_baseline"}
    told = _HAIR_SPACE.join(text)
    write(axes, x, y, told, color=WHITE, zorder=3.2, path_effects=[Stroke(linewidth=casing, foreground=WHITE)], **style)
    write(axes, x, y, told, zorder=3.3, **style)


@cache  # the same names and words stand on every figure
def measure(text: str, size: float, weight: str = "bold") -> float:
    """Width of a text in points."""
    prop = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, prop, ismath=False)[0])


def cut_text(text: str, width: float, *, size: float, weight: str = "normal") -> str:
    """Text that fits, else its first words and an ellipsis: a number is never cut. A first word too long loses letters."""
    if measure(text, size, weight) <= width:
        return text
    words, head = text.split(" "), text.split(" ", maxsplit=1)[0]
    kept = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
    kept += [head[:count] for count in range(len(head) - 1, 0, -1) if not any(map(str.isdigit, head))]
    return next((f"{part}…" for part in kept if measure(f"{part}…", size, weight) <= width), "…")


def wrap_text(text: str, width: float, *, size: float, most: int, weight: str = "normal") -> tuple[str, ...]:
    """Text in at most so many lines that fit; what has no room ends in an ellipsis."""
    lines = break_lines(text, width, measure=lambda part: measure(part, size, weight))
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
    return tuple(cut_text(line, width, size=size, weight=weight) for line in kept if line)


def _as_path(shape: shapely.Geometry) -> Path:
    """Outline of an area with its holes."""
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    points = [shapely.get_coordinates(ring) for ring in rings]
    codes = [[Path.MOVETO, *[Path.LINETO] * (len(p) - 2), Path.CLOSEPOLY] for p in points]
    return Path(np.concatenate(points), np.concatenate(codes))


def patch(axes: Axes, shape: shapely.Geometry, **style: Any) -> None:
    """Area with fill or outline."""
    # As an artist: the ends of the axes are set, and `add_patch` would measure every curve for them.
    axes.add_artist(PathPatch(_as_path(shape), **{"facecolor": "none", "linewidth": 0, **style}))


def fill(axes: Axes, shape: shapely.Geometry, picture: Picture, placed: int) -> None:
    """Area in its class's colour, or in the pattern of its reason."""
    if placed >= 0:
        patch(axes, shape, facecolor=picture.classes[placed].fill)
    else:
        hatch = HATCHES[picture.unknown[-1 - placed].pattern]
        patch(axes, shape, facecolor=WHITE, edgecolor=HATCH, hatch=hatch)
    patch(axes, shape, edgecolor=BORDER, linewidth=0.7)


def stroke(axes: Axes, shape: shapely.Geometry, *, colour: str, width: float) -> None:
    """Outline of an area."""
    patch(axes, shape, edgecolor=colour, linewidth=width, joinstyle="round", zorder=2)


def draw_water(axes: Axes, waters: Waters, *, scale: float = 1.0) -> None:
    """Sea and rivers, without their bridges; `scale` makes lines finer on a small map."""
    for area in waters.areas.geometry:
        patch(axes, area, facecolor=WATER, edgecolor=SHORE, linewidth=0.5)
    draw_lines(axes, waters.rivers, widths={7.5 * scale: SHORE, 6.5 * scale: WATER}, level=1.5)


def draw_overlay(axes: Axes, overlay: Overlay, *, streets: shapely.Geometry | None) -> None:
    """Areas out of reach beneath the water, above it all streets and those within reach."""
    if overlay.gaps is not None and not shapely.is_empty(overlay.gaps):
        patch(axes, overlay.gaps, facecolor=INK, alpha=0.3)
    if overlay.reached is None or streets is None:
        return
    for shape, colour, width in ((streets, BORDER, 0.3), (overlay.reached, WHITE, 1.4), (overlay.reached, NOTES, 0.6)):
        lines = [shapely.get_coordinates(line) for line in shapely.get_parts(shape)]
        axes.add_artist(LineCollection(lines, colors=colour, linewidths=width, zorder=1.7))


def draw_lines(axes: Axes, lines: gpd.GeoDataFrame, *, widths: Mapping[float, str], level: float) -> None:
    """Lines one over the other, wide ones first."""
    for width, colour in widths.items():
        for part in shapely.get_parts(lines.geometry.to_numpy()):
            xy = shapely.get_coordinates(part)
            axes.plot(xy[:, 0], xy[:, 1], color=colour, linewidth=width, solid_capstyle="butt", zorder=level)


def sign(axes: Any, at: tuple[float, float], symbol: OfferSymbol, *, solid: bool, ink: str, scale: float = 1.0) -> None:
    """Sign of an offer: solid for the kind that a map is about."""
    face, edge, wide, size = (ink, WHITE if ink == INK else INK, 0.5, 6.0) if solid else ("none", ink, 0.9, 4.5)
    style = {"mfc": face, "mec": edge, "mew": wide, "ms": size * scale, "linestyle": "none", "zorder": 3}
    axes.plot(*at, marker=MARKERS.get(symbol.symbol, "o"), **style)
