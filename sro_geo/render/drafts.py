"""What labels may say, and in which ways, before they have a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sro_geo.render.measuring import measure_text
from sro_geo.render.wording import list_wordings

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    silent : bool
        Whether this map leaves it to another one.
    """

    name: str
    values: tuple[str, ...]
    short: tuple[str, ...]
    number: str
    region: bool
    silent: bool = False


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
    widest : float or None
        What is wider is not shown in its place; None where all has room that may stand there.
    """

    says: str
    short: bool
    cuts: tuple[int, ...]
    bold: bool
    font: float
    lines: tuple[tuple[float, float], ...]
    cost: float
    widest: float | None = None

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole."""
        return max(width for width, _ in self.lines), sum(height for _, height in self.lines)


def draft_number(caption: Caption, style: Style) -> Draft:
    """A quarter's number in the key."""
    font = style.sizes[1]
    line = (measure_text(caption.number, size=font, bold=False) + 1.0, font * LINE)
    return Draft(says=NUMBER, short=False, cuts=(), bold=False, font=font, lines=(line,), cost=0.0)


def list_drafts(caption: Caption, says: str, style: Style, *, bold: bool, joints: bool = False) -> tuple[Draft, ...]:
    """Ways to write a label, the cheapest first, each narrower or lower than all before it.

    With `joints` they are those of a label beside its quarter: small type, no word broken inside its parts.
    """
    fonts = style.sizes[1:] if joints else tuple(dict.fromkeys(style.sizes))
    return _list_drafts(caption, says, style.language, fonts, bold, joints)


def list_narrower(caption: Caption, style: Style) -> tuple[Draft, ...]:
    """Values alone, in places with room for some of them: from all but the widest down to the narrowest."""
    font = style.sizes[1]
    widths = sorted({measure_text(text, size=font, bold=True) for text in caption.short}, reverse=True)[1:]
    return tuple(
        Draft(
            says=VALUE,
            short=True,
            cuts=(),
            bold=False,
            font=font,
            lines=((width, font * LINE),),
            cost=0.0,
            widest=width,
        )
        for width in widths
    )


@cache  # whatever the mode and the width, a label reads the same
def _list_drafts(
    caption: Caption,
    says: str,
    language: str,
    fonts: tuple[float, ...],
    bold: bool,  # noqa: FBT001  the key of a cache
    joints: bool,  # noqa: FBT001  the key of a cache
) -> tuple[Draft, ...]:
    names: Sequence[_Name] = (_NAMELESS,)
    if NAME in says:
        names = _list_names(caption.name, language, bold, joints)
    values = (caption.values, caption.short) if VALUE in says else ((),)
    widths = [
        max((measure_text(text, size=1.0, bold=NAME not in says) for text in texts), default=0.0) for texts in values
    ]
    tried = sorted(
        (name.cost + _SMALLER * smaller + _SHORT * short, smaller, at, short)
        for smaller in range(len(fonts))
        for at, name in enumerate(names)
        for short in range(len(values))
    )
    kept: list[Draft] = []
    sizes: list[tuple[float, float]] = []
    for cost, smaller, at, short in tried:
        name, font = names[at], fonts[smaller]
        lines = (*name.widths, widths[short]) if VALUE in says else name.widths
        wide, high = font * max(lines), font * LINE * len(lines)
        if not any(width <= wide and height <= high for width, height in sizes):
            sizes.append((wide, high))
            kept.append(
                Draft(
                    says=says, short=bool(short), cuts=name.cuts, bold=bold, font=font,
                    lines=tuple((font * width, font * LINE) for width in lines), cost=cost,
                )
            )  # fmt: skip
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name's lines: where it is cut, how wide they are in type of size 1, how badly it reads."""

    cuts: tuple[int, ...]
    widths: tuple[float, ...]
    cost: float


_NAMELESS = _Name((), (), 0.0)


@cache
def _list_names(name: str, language: str, bold: bool, joints: bool) -> tuple[_Name, ...]:  # noqa: FBT001  the key of a cache
    """Ways to write a name, the cheapest first, each narrower or lower than all before it."""
    kept: list[_Name] = []
    for wording in list_wordings(name, language=language, syllables=not joints):
        widths = tuple(measure_text(line, size=1.0, bold=bold) for line in wording.lines)
        if not any(max(one.widths) <= max(widths) and len(one.widths) <= len(widths) for one in kept):
            kept.append(_Name(wording.cuts, widths, wording.cost))
    return tuple(kept)
