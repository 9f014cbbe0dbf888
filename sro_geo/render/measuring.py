"""How wide a text is, without a drawing library: by the letters of the widest font that a page may meet."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FONTS = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
"""They come with matplotlib. Every other font that the page names is narrower."""

_SPARE = 1.05


@cache  # the same names stand on every map
def measure_text(text: str, *, size: float, bold: bool) -> float:
    """Width of a text in the unit of its size, and 5 % more: no font that draws it needs more room.

    A letter that the font lacks counts as a square.

    Examples
    --------
    >>> measure_text("Neue Heide", size=12, bold=True) > measure_text("Neue Heide", size=12, bold=False) > 60
    True
    >>> measure_text("", size=12, bold=False)
    0.0
    """
    widths = _read_widths(bold)
    return _SPARE * size * sum(widths.get(ord(letter), 1.0) for letter in text)


@cache
def _read_widths(bold: bool) -> dict[int, float]:  # noqa: FBT001  the key of a cache
    """Width of each letter as a part of the size."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  read only where something is drawn

    spec = find_spec("matplotlib")  # looked for and not loaded
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("matplotlib is not installed")
    path = Path(spec.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf" / _FONTS[bold]
    with TTFont(path, lazy=True) as font:
        unit, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: advances[glyph][0] / unit for code, glyph in font.getBestCmap().items()}
