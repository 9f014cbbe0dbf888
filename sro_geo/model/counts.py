"""What a number counts: age groups and codes that add up, all persons, or nobody."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sro_geo.model.ages import AgeGroup, parse_age_group

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_BETWEEN = re.compile(r"\s+([+-])\s+")
_WORDS: dict[str, tuple[tuple[int, AgeGroup | str], ...]] = {"all": ((1, AgeGroup(0, math.inf)),), "none": ()}


@dataclass(frozen=True, slots=True)
class Count:
    """Persons, or cases of persons, that a number stands for.

    Attributes
    ----------
    terms : tuple of (int, AgeGroup or str)
        Sign, and the age group or the code of what is added or taken away. All persons are the age group [0, ∞). Two
        numbers of a quarter and year with the same code count the same. Without terms no persons are counted.
    """

    terms: tuple[tuple[int, AgeGroup | str], ...]

    @property
    def persons(self) -> bool:
        """Whether it counts persons at all."""
        return bool(self.terms)


NOBODY = Count(())


def parse_count(text: str) -> Count:
    """Count written as in the catalogue: `all`, `none`, an age group, a code, or several with + and − between.

    Parameters
    ----------
    text : str
        Signs between terms have a space on each side, because `65+` and `0-3` hold the same signs.

    Raises
    ------
    ValueError
        If a term is neither an age group nor a code, or `all` or `none` is joined with other terms.

    Examples
    --------
    >>> parse_count("0-3 + 65+").terms
    ((1, AgeGroup(start=0, end=3)), (1, AgeGroup(start=65, end=inf)))
    >>> parse_count("zuzuege - wegzuege").terms
    ((1, 'zuzuege'), (-1, 'wegzuege'))
    >>> parse_count("none").persons
    False
    """
    first, *rest = _BETWEEN.split(text.strip())
    if first in _WORDS and not rest:
        return Count(_WORDS[first])
    signs = [1, *(1 if sign == "+" else -1 for sign in rest[::2])]
    return Count(tuple(zip(signs, map(_parse_term, [first, *rest[1::2]]), strict=True)))


def is_count(text: str) -> bool:
    """Whether `parse_count` can read the text."""
    try:
        parse_count(text)
    except ValueError:
        return False
    return True


def _parse_term(text: str) -> AgeGroup | str:
    if text in _WORDS:
        message = f"`{text}` stands alone"
        raise ValueError(message)
    return text if _CODE.fullmatch(text) else parse_age_group(text)
