"""Elements of an SVG as markup: short numbers, and every text escaped."""

from __future__ import annotations

from functools import cache
from html import escape

import numpy as np
import shapely

TENTHS = 10
"""So many times as large, steps are whole numbers."""


def make_tag(name: str, text: str = "", **attributes: str | float | None) -> str:
    """Element with a text or with nothing in it; an attribute that is None is left out, `_` stands for `-`."""
    begun = open_tag(name, **attributes)
    return f"{begun}{escape(text)}</{name}>" if text else f"{begun[:-1]}/>"


def open_tag(name: str, **attributes: str | float | None) -> str:
    """Begin of an element."""
    told = "".join(
        f' {key.replace("_", "-")}="{value if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>"


def trace(shape: shapely.Geometry, *, scale: int = 1) -> str:
    """Outline of an area with its holes, or a line; so many times as large."""
    parts = shapely.get_parts(shape)
    rings = [ring for part in parts for ring in (shapely.get_rings(part) if part.geom_type == "Polygon" else [part])]
    return "".join(write_ring(shapely.get_coordinates(ring), closed=ring.is_ring, scale=scale) for ring in rings)


def write_ring(points: np.ndarray, *, closed: bool = True, scale: int = 1) -> str:
    """Steps in tenths: each leads from where the last one ended as it is written. A sign parts numbers as well as a space does.

    Nothing where a tenth holds all of it: at a start without steps a browser would end the whole path.
    """
    tenths = np.rint(np.asarray(points) * 10).astype(int)
    back = closed and (tenths[0] == tenths[-1]).all()  # which `z` does
    steps = np.diff(tenths[:-1] if back else tenths, axis=0)
    steps = steps[steps.any(axis=1)]
    if not len(steps):
        return ""
    told = " ".join(map(str if scale == TENTHS else _write_tenths, steps.ravel().tolist()))
    told = told.replace(" -", "-")
    return f"M{pair(*(tenths[0] * scale / 10))}l{told}{'z' if closed else ''}"


def pair(x: float, y: float) -> str:
    """A point within a path."""
    return f"{_number(x)},{_number(y)}"


def _number(value: float) -> str:
    text = f"{round(float(value), 1) + 0.0:g}"  # no minus zero
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


@cache  # the same steps come again and again
def _write_tenths(tenths: int) -> str:
    return _number(tenths / 10)
