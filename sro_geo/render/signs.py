"""Signs of offers as markup: the shape alone tells the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.render.markup import make_tag, write_ring
from sro_geo.render.palette import INK, WHITE

if TYPE_CHECKING:
    from sro_geo.model.picture import OfferSymbol

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


def draw_sign(at: tuple[float, float], symbol: OfferSymbol, *, solid: bool, ink: str, scale: float = 1.0) -> str:
    """Sign of an offer: solid for the kind that a map is about."""
    (x, y), radius = at, (3.0 if solid else 2.25) * scale
    style = {"fill": ink, "stroke": WHITE if ink == INK else INK} if solid else {"fill": "none", "stroke": ink}
    style |= {"stroke_width": "0.5" if solid else "0.9"}
    if symbol.symbol not in _CORNERS:
        return make_tag("circle", cx=x, cy=y, r=radius, **style)
    return make_tag("path", d=write_ring(np.array(_CORNERS[symbol.symbol]) * radius + (x, y)), **style)
