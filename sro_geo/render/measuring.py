"""How wide a text is, without a drawing library: by the letters of the widest font that a page may meet."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FONTS = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
"""They come with matplotlib. Every other font that the page names is narrower."""

FAMILIES = "Segoe UI,Roboto,Noto Sans,Helvetica Neue,Arial,DejaVu Sans,sans-serif"
"""Fonts that may draw the letters of a file, as on a page."""

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


def break_lines(text: str, width: float, *, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Text broken at spaces so that each line fits; a longer word at its hyphens, at last anywhere, and what has no letter nowhere.

    Examples
    --------
    >>> break_lines("ein Satz mit Wörtern", 12, measure=len)
    ('ein Satz mit', 'Wörtern')
    >>> break_lines("Donaudampfschifffahrt", 12, measure=len)
    ('Donaudampfs-', 'chifffahrt')
    """
    lines: list[str] = []
    for part in text.split(" "):
        if lines and measure(f"{lines[-1]} {part}") <= width:
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines += _cut_word(part, width, measure=measure)
    return tuple(line for line in lines if line)


def _cut_word(word: str, width: float, *, measure: Callable[[str], float]) -> Iterator[str]:
    if measure(word) <= width or not any(map(str.isalpha, word)):
        yield word
        return
    line = ""
    for piece in re.split(r"(?<=[-/])", word):
        if measure(line + piece) <= width:
            line += piece
            continue
        if line:
            yield line
        line = piece
        while measure(line) > width and len(line) > 1:
            at = max((end for end in range(1, len(line)) if measure(f"{line[:end]}-") <= width), default=1)
            yield f"{line[:at]}-"
            line = line[at:]
    yield line


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
