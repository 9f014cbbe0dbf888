"""What labels may say, and in which ways, before they have a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sro_geo.render.measuring import measure_text
from sro_geo.render.wording import list_wordings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.render.wording import Wording

NAMES, VALUES, BOTH = "names", "values", "both"
MODES = (NAMES, VALUES, BOTH)
NAME, VALUE, NUMBER = "n", "v", "z"
"""What a label says, in letters: name, value, number of the key. A name may be followed by a value: `nv`."""

LINE = 1.16
"""From one line to the next, in sizes of type."""

_SMALLER, _SHORT = 1.2, 0.5
"""What smaller type costs, and a value in short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What may be written for a quarter.

    Attributes
    ----------
    name : str
        Its name.
    values : tuple of str
        All values that may stand there; the label has room for each.
    short : tuple of str
        The same in short.
    number : str
        Its number in the key.
    region : bool
        Whether it is a model region, which always carries its name and its value.
    """

    name: str
    values: tuple[str, ...]
    short: tuple[str, ...]
    number: str
    region: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How labels are set.

    Attributes
    ----------
    language : str
        For the syllables.
    sizes : tuple of float
        Sizes of type: the usual one and the least.
    mode : str
        `names`, `values` or `both`.
    narrow : bool
        Whether the map is so small that a model region may carry its value alone.
    """

    language: str
    sizes: tuple[float, float]
    mode: str
    narrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A label without a place.

    Attributes
    ----------
    says : str
        `n`, `nv`, `v` or `z`.
    short : bool
        Whether only the short value has room.
    cuts : tuple of int
        Where the name is cut, see `cut_name`.
    bold : bool
        Whether the name is bold.
    font : float
        Size of the type.
    lines : tuple of (float, float)
        Width and height of each line.
    cost : float
        How badly it reads.
    """

    says: str
    short: bool
    cuts: tuple[int, ...]
    bold: bool
    font: float
    lines: tuple[tuple[float, float], ...]
    cost: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole."""
        return max(width for width, _ in self.lines), sum(height for _, height in self.lines)


def draft_number(caption: Caption, style: Style) -> Draft:
    """A quarter's number in the key."""
    font = style.sizes[1]
    line = (measure_text(caption.number, size=font, bold=False) + 1.0, font * LINE)
    return Draft(says=NUMBER, short=False, cuts=(), bold=False, font=font, lines=(line,), cost=0.0)


@cache
def list_drafts(caption: Caption, says: str, style: Style, *, bold: bool, joints: bool = False) -> tuple[Draft, ...]:
    """Ways to write a label, the cheapest first, each narrower or lower than all before it.

    With `joints` they are those of a label beside its quarter: small type, no word broken inside its parts.
    """
    wordings: Sequence[Wording | None] = (None,)
    if NAME in says:
        wordings = list_wordings(caption.name, language=style.language, syllables=not joints)
    fonts = style.sizes[1:] if joints else tuple(dict.fromkeys(style.sizes))
    values = (caption.values, caption.short) if VALUE in says else ((),)
    drafts = [
        Draft(
            says=says,
            short=bool(short),
            cuts=wording.cuts if wording else (),
            bold=bold,
            font=font,
            lines=_measure(wording, texts, font=font, bold=bold),
            cost=(wording.cost if wording else 0.0) + _SMALLER * smaller + _SHORT * short,
        )
        for smaller, font in enumerate(fonts)
        for wording in wordings
        for short, texts in enumerate(values)
    ]
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.cost):
        if not any(one.size[0] <= draft.size[0] and one.size[1] <= draft.size[1] for one in kept):
            kept.append(draft)
    return tuple(kept)


def _measure(
    wording: Wording | None, values: Sequence[str], *, font: float, bold: bool
) -> tuple[tuple[float, float], ...]:
    """Width and height of each line; the value's is that of the widest."""
    names = [measure_text(line, size=font, bold=bold) for line in wording.lines] if wording else []
    value = [max(measure_text(text, size=font, bold=not names) for text in values)] if values else []
    return tuple((width, font * LINE) for width in (*names, *value))
