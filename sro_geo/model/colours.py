"""How light colours are, and how well they are told apart."""

from __future__ import annotations

INK, WHITE = "#1b1f23", "#ffffff"
"""Texts on a colour are one or the other."""

LEAST_CONTRAST = 4.5
"""Of text and what it stands on."""

MOST_SIDE = 2
"""So many classes of fall, and of rise, are told apart by colour."""


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
