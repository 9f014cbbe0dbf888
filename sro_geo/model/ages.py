"""Age groups as half-open intervals of years: `"0-3"` is [0, 3), `"65+"` is [65, ∞)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORM = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)")


@dataclass(frozen=True, slots=True, order=True)
class AgeGroup:
    """A half-open interval of ages in years.

    Attributes
    ----------
    start : int
        First age in the group.
    end : float
        First age no longer in the group; infinite for an open group.
    """

    start: int
    end: float

    def __str__(self) -> str:
        """Return the form it is written in, `"0-3"` or `"65+"`."""
        return f"{self.start}+" if math.isinf(self.end) else f"{self.start}-{int(self.end)}"


def parse_age_group(text: str) -> AgeGroup:
    """Age group written as `"0-3"` or `"65+"`.

    Raises
    ------
    ValueError
        If the text has another form or the interval is empty.

    Examples
    --------
    >>> parse_age_group("0-3")
    AgeGroup(start=0, end=3)
    >>> str(parse_age_group("65+"))
    '65+'
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        message = f"`age_group` must look like 0-3 or 65+; got {text!r}"
        raise ValueError(message)
    start = int(match[1])
    end = math.inf if match[2] is None else int(match[2])
    if end <= start:
        message = f"`age_group` must end after it starts; got {text!r}"
        raise ValueError(message)
    return AgeGroup(start, end)


def parse_age_groups(text: str) -> tuple[AgeGroup, ...]:
    """Age groups that share something, written as `"0-3|3-6"`.

    Raises
    ------
    ValueError
        If one of them has another form.
    """
    return tuple(parse_age_group(part) for part in text.split("|"))


def is_age_group(text: object) -> bool:
    """Whether `parse_age_groups` can read the text."""
    try:
        parse_age_groups(str(text))
    except ValueError:
        return False
    return True


def lies_within(inner: AgeGroup, outer: AgeGroup) -> bool:
    """Whether every age of `inner` is an age of `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def find_bands(target: AgeGroup, bands: Iterable[AgeGroup]) -> tuple[AgeGroup, ...] | None:
    """Bands that make up `target` exactly, or None where there are none.

    Bands may nest; the fewest that fit end to end are taken.

    Examples
    --------
    >>> bands = [parse_age_group(band) for band in ("0-3", "3-6", "6-15")]
    >>> [str(band) for band in find_bands(parse_age_group("0-6"), bands)]
    ['0-3', '3-6']
    >>> find_bands(parse_age_group("0-7"), bands) is None
    True
    """
    inside = sorted({band for band in bands if lies_within(band, target)}, key=lambda b: (b.start, -b.end))
    best: dict[float, tuple[AgeGroup, ...]] = {target.start: ()}
    for band in inside:
        if band.start in best:
            chain = (*best[band.start], band)
            if band.end not in best or len(chain) < len(best[band.end]):
                best[band.end] = chain
    return best.get(target.end)
