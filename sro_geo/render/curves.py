"""A small figure of how many have an offer within how many metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.render.palette import ACCENT, BORDER, HAIRLINE, INK, NOTES
from sro_geo.render.paper import measure, open_leaf, save_leaf, take_settings, wrap_text, write

if TYPE_CHECKING:
    from sro_geo.model.curves import CurveFigure
    from sro_geo.render.paper import Leaf
    from sro_geo.text.speaker import Speaker

WIDTH, HEIGHT = 340.0, 250.0
"""Points of type: 12 cm wide."""

STYLES = {
    "quarter": (BORDER, 0.6, "-"),
    "rest": (NOTES, 1.4, "--"),
    "group": (ACCENT, 1.8, "-"),
    "city": (INK, 1.8, "-"),
}
"""Colour, width and dash of each sort of line, the lowest first."""

_LEFT, _RIGHT, _TOP, _FOOT, _SMALL = 36.0, 24.0, 40.0, 46.0, 7.0
_SHORT = 1500.0
"""Metres up to which there is room for a number every 250."""


def draw_curves(curve: CurveFigure, *, voice: Speaker, form: str) -> bytes:
    """Shares from 0 to 100 % over metres as a file for print (`png` or `svg`).

    Notes
    -----
    Same curve, same bytes. A share holds from its distance to the next: nothing is known between them.
    """
    far = max(one.metres[-1] for one in curve.steps)
    with take_settings():
        leaf = open_leaf(WIDTH, HEIGHT)
        write(leaf.axes, 2, 9, curve.title, fontsize=9.0, fontweight="bold")
        _draw_axes(leaf, far=far, voice=voice)
        for area, (colour, width, dash) in STYLES.items():
            for one in (line for line in curve.steps if line.area == area):
                shares = np.array([np.nan if share is None else share for share in one.shares])
                x, y = _place(np.array([0.0, *one.metres]), np.array([0.0, *shares]), far=far)
                leaf.axes.step(x, y, where="post", color=colour, linewidth=width, linestyle=dash)
        left = _LEFT
        for area, name in curve.names:
            colour, width, dash = STYLES[area]
            leaf.axes.plot([left, left + 14], [26, 26], color=colour, linewidth=width, linestyle=dash)
            write(leaf.axes, left + 18, 26, name, fontsize=_SMALL)
            left += 30 + measure(name, _SMALL, "normal")
        for at, line in enumerate(wrap_text(curve.note, WIDTH - 8, size=_SMALL, most=2)):
            write(leaf.axes, 2, HEIGHT - 18 + 10 * at, line, fontsize=_SMALL, color=NOTES)
        return save_leaf(leaf, form, title=curve.title)


def _place(
    metres: np.ndarray[tuple[int], np.dtype[np.float64]],
    shares: np.ndarray[tuple[int], np.dtype[np.float64]],
    *,
    far: float,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Points of type for metres and shares."""
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * metres / far, HEIGHT - _FOOT - (HEIGHT - _TOP - _FOOT) * shares


def _draw_axes(leaf: Leaf, *, far: float, voice: Speaker) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _place(np.array([0.0, far]), np.full(2, share), far=far)
        leaf.axes.plot(x, y, color=HAIRLINE, linewidth=0.5)
        label = voice.say("percent", n=voice.number(100 * share))
        write(leaf.axes, x[0] - 4, y[0], label, fontsize=_SMALL, color=NOTES, ha="right")
    for metres in np.arange(0.0, far + 1, 250.0 if far <= _SHORT else 500.0):
        across, down = _place(np.array([metres]), np.zeros(1), far=far)
        text = f"{voice.number(float(metres))}\u00a0m"
        write(leaf.axes, float(across[0]), float(down[0]) + 9, text, fontsize=_SMALL, color=NOTES, ha="center")
