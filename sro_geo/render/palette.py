"""Colours and patterns of every map. Colour carries data only; all else is ink on paper."""

from __future__ import annotations

from sro_geo.model.status import LATER, NOT_APPLICABLE, SUPPRESSED

INK = "#1b1f23"
NOTES = "#5c646d"
WHITE = "#ffffff"
PANEL = "#f5f6f7"
HAIRLINE = "#d9dde1"
BORDER = "#6c747c"
WATER = "#dfe4e8"
SHORE = "#aeb6be"
HATCH = "#8a929a"
ACCENT = "#b3360a"

SEQUENTIAL = ("#eef3e7", "#bfdacb", "#82b4b3", "#367789", "#143a55")
"""From little to much, pale green to navy. The lightness only falls, so that grey print keeps the order."""

DIVERGING = ("#1f6a6c", "#93c4c0", "#f1f1ec", "#dcc295", "#865512")
"""From fall to rise. Both ends are alike in grey, so every label beside them carries its sign."""

MOST_CLASSES = len(SEQUENTIAL)
LEAST_CONTRAST = 4.5

LINES, DOTS, BARS, BLANK = "lines", "dots", "bars", "blank"
"""Patterns of the unknown, on white: no data; secret; too little known or not yet there; nothing to be known."""

_SPREAD = {
    "sequential": {1: (2,), 2: (1, 3), 3: (1, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)},
    "diverging": {1: (2,), 2: (1, 3), 3: (1, 2, 3), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)},
}


def pick_colours(count: int, *, diverging: bool) -> tuple[tuple[str, str], ...]:
    """Colour of the area and of the text on it for each class, from low to high.

    Raises
    ------
    ValueError
        If there are more classes than colours that the eye tells apart.

    Examples
    --------
    >>> pick_colours(2, diverging=False)
    (('#bfdacb', '#1b1f23'), ('#367789', '#ffffff'))
    """
    if not 1 <= count <= MOST_CLASSES:
        raise ValueError(f"`count` must be between 1 and {MOST_CLASSES}; got {count}")
    ramp, spread = (DIVERGING, _SPREAD["diverging"]) if diverging else (SEQUENTIAL, _SPREAD["sequential"])
    return tuple((ramp[i], pick_ink(ramp[i])) for i in spread[count])


def pick_ink(fill: str) -> str:
    """White or ink, whichever is read more easily on the colour."""
    return max((INK, WHITE), key=lambda ink: measure_contrast(fill, ink))


def pick_pattern(reason: str) -> str:
    """Pattern of a reason for an unknown value, as `sro_geo.render.picture.REASONS` has them."""
    return {SUPPRESSED: DOTS, "too_few": BARS, LATER: BARS, NOT_APPLICABLE: BLANK}.get(reason, LINES)


def measure_contrast(first: str, second: str) -> float:
    """Contrast of two colours from 1 to 21, as WCAG 2.1 defines it.

    References
    ----------
    W3C (2018): Web Content Accessibility Guidelines 2.1, "contrast ratio".

    Examples
    --------
    >>> measure_contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((measure_luminance(first), measure_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measure_luminance(colour: str) -> float:
    """Relative luminance of a colour `#rrggbb`, from 0 to 1, as WCAG 2.1 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)  # noqa: PLR2004  the standard's own figures
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
