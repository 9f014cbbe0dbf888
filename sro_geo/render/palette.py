"""Colours and patterns of every map. Colour carries data only; all else is ink on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.model import colours
from sro_geo.model.colours import MOST_SIDE, measure_contrast
from sro_geo.model.status import LATER, NOT_APPLICABLE, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, WHITE, LEAST_CONTRAST = colours.INK, colours.WHITE, colours.LEAST_CONTRAST
NOTES = "#5c646d"
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

LINES, DOTS, BARS, BLANK = "lines", "dots", "bars", "blank"
"""Patterns of the unknown, on white: no data; secret; too little known or not yet there; nothing to be known."""

_SPREAD = {1: (2,), 2: (1, 3), 3: (1, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)}


def pick_colours(count: int, *, own: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Colour of the area and of the text on it for each class, from low to high; of a planner's own colours where there are any.

    Raises
    ------
    ValueError
        If there are more classes than colours that the eye tells apart.

    Examples
    --------
    >>> pick_colours(2)
    (('#bfdacb', '#1b1f23'), ('#367789', '#ffffff'))
    >>> pick_colours(2, own=("#ffffff", "#999999", "#000000"))
    (('#ffffff', '#1b1f23'), ('#000000', '#ffffff'))
    """
    most = len(own) or MOST_CLASSES
    if not 1 <= count <= most:
        raise ValueError(f"`count` must be between 1 and {most}; got {count}")
    if own:
        last = (len(own) - 1) / max(count - 1, 1)
        return tuple((colour, pick_ink(colour)) for colour in (own[int(i * last + 0.5)] for i in range(count)))
    return tuple((SEQUENTIAL[i], pick_ink(SEQUENTIAL[i])) for i in _SPREAD[count])


def part_colours(breaks: Sequence[float]) -> tuple[tuple[str, str], ...]:
    """Colours of classes of fall and rise, which part at zero.

    Raises
    ------
    ValueError
        If there are more than two classes on one side.

    Examples
    --------
    >>> [fill for fill, _ in part_colours((0, 5))] == list(DIVERGING[i] for i in (1, 3, 4))
    True
    """
    fall, rise = sum(cut <= 0 for cut in breaks), sum(cut >= 0 for cut in breaks)
    if max(fall, rise) > MOST_SIDE:
        raise ValueError(f"`breaks` make more than {MOST_SIDE} classes on one side of zero; got {list(breaks)}")
    middle = (2,) * (len(breaks) + 1 - fall - rise)
    order = ((), (1,), (0, 1))[fall] + middle + ((), (3,), (3, 4))[rise]
    return tuple((DIVERGING[i], pick_ink(DIVERGING[i])) for i in order)


def pick_ink(fill: str) -> str:
    """White or ink, whichever is read more easily on the colour."""
    return max((INK, WHITE), key=lambda ink: measure_contrast(fill, ink))


def pick_pattern(reason: str) -> str:
    """Pattern of a reason for an unknown value, as `sro_geo.render.picture.REASONS` has them."""
    return {SUPPRESSED: DOTS, "too_few": BARS, LATER: BARS, NOT_APPLICABLE: BLANK}.get(reason, LINES)
