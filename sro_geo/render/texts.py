"""Texts of a map as markup, each with its middle at a height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.render.key import SMALL
from sro_geo.render.lettering import PIXEL, write_units
from sro_geo.render.markup import make_tag, open_tag
from sro_geo.render.palette import INK, WHITE
from sro_geo.render.units import CASING, SPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sro_geo.render.lettering import Placed, Text


def write_text(x: float, y: float, text: str, *, size: float = SMALL, usual: float = SMALL, **style: str | None) -> str:
    """Text with its middle at a height. The usual size stands once, on what holds it."""
    return make_tag("text", text, x=x, y=y + 0.36 * size, font_size=None if size == usual else size, **style)


def write_all(texts: Sequence[Text], *, usual: float, anchor: str | None = None) -> Iterator[str]:
    """Texts of one sort."""
    yield open_tag("g", font_size=usual, text_anchor=anchor)
    for one in texts:
        style = {"font_weight": "bold" if one.bold else None, "fill": one.ink if one.ink != INK else None}
        yield write_text(one.x, one.y, one.text, size=one.size, usual=usual, **style)
    yield "</g>"


def draw_units(placed: Placed) -> Iterator[str]:
    """Spaced names of larger units, all of them first in white and broader: not every program draws a text's outline below it."""
    names = write_units(placed)
    casing = {"fill": WHITE, "stroke": WHITE, "stroke_width": f"{PIXEL * CASING:g}", "stroke_linejoin": "round"}
    for style in (casing, {}) if names else ():
        yield open_tag("g", text_anchor="middle", **style)
        for one in names:
            gap = SPACED * one.size  # which stands behind the last letter, too
            yield write_text(one.x + gap / 2, one.y, one.text, size=one.size, letter_spacing=f"{gap:g}")
        yield "</g>"
