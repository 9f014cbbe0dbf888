"""Where a long name may be broken: soft hyphens by syllable, so that no browser breaks it anywhere else."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"

_DICTIONARIES = {"de": "de_DE", "en": "en_GB"}
_LONG_WORD = re.compile(r"[^\W\d_]{10,}")
_VOWEL = re.compile("[aeiouyäöü]", re.IGNORECASE)
_FEWEST = 3
"""So many letters stay together at either end of a word."""


def hyphenate(text: str, *, language: str) -> str:
    """Text with soft hyphens in its words of ten letters and more; without them it is what it was.

    References
    ----------
    Liang, F. (1983): Word hy-phen-a-tion by com-put-er. Stanford University.

    Examples
    --------
    >>> hyphenate("Brinckmansdorf", language="de").replace("\u00ad", "|")
    'Brinck|mans|dorf'
    >>> hyphenate("Kröpeliner-Tor-Vorstadt", language="de").replace("\u00ad", "|")
    'Krö|pe|li|ner-Tor-Vorstadt'
    """
    return _LONG_WORD.sub(lambda word: _break_word(word[0], language=language), text)


def _break_word(word: str, *, language: str) -> str:
    """Word in its syllables; what holds no vowel is none and stays with the one before."""
    syllables: list[str] = []
    for piece in _load(language).inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN):
        if syllables and not _VOWEL.search(piece):
            syllables[-1] += piece
        else:
            syllables.append(piece)
    return SOFT_HYPHEN.join(syllables)


@cache
def _load(language: str) -> Pyphen:
    from pyphen import Pyphen  # noqa: PLC0415  its dictionary is read only where a page is drawn

    return Pyphen(lang=_DICTIONARIES[language], left=_FEWEST, right=_FEWEST)
