"""Where a long name may be broken: soft hyphens by syllable, so that no browser breaks it anywhere else."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, pairwise

SOFT_HYPHEN = "\u00ad"

_DICTIONARIES = {"de": "de_DE", "en": "en_GB"}
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouyäöü]", re.IGNORECASE)
_LEVEL = re.compile(r"(\d?)\D?")
_NO_LEVELS = dict.fromkeys(map(ord, "0123456789"))
_FEWEST = 3
"""So many letters stay together at either end of a word."""


def hyphenate(text: str, *, language: str, fewest: int = 10) -> str:
    """Text with soft hyphens in its words of so many letters and more; without them it is what it was.

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
    return _WORD.sub(lambda word: word[0] if len(word[0]) < fewest else _break_word(word[0], language=language), text)


@cache  # the same names stand in several places
def _break_word(word: str, *, language: str) -> str:
    """Word in its syllables; what holds no vowel is none and stays with the one before."""
    syllables: list[str] = []
    breaks = [0, *_find_breaks(word, language=language), len(word)]
    for piece in (word[start:end] for start, end in pairwise(breaks)):
        if syllables and not _VOWEL.search(piece):
            syllables[-1] += piece
        else:
            syllables.append(piece)
    return SOFT_HYPHEN.join(syllables)


def _find_breaks(word: str, *, language: str) -> list[int]:
    """Places where the highest level that any pattern has there is odd, far enough from either end."""
    patterns, pointed = _read_patterns(language), f".{word.lower()}."
    levels = [0] * (len(pointed) + 1)
    for start, end in combinations(range(len(pointed) + 1), 2):
        pattern = patterns.get(pointed[start:end])
        for at, level in enumerate(_LEVEL.findall(pattern) if pattern else (), start=start):
            levels[at] = max(levels[at], int(level or 0))
    return [at for at in range(_FEWEST, len(word) - _FEWEST + 1) if levels[at + 1] % 2]


@cache
def _read_patterns(language: str) -> dict[str, str]:
    """Patterns of the dictionary by their letters, as they are written: only those of the words at hand are taken apart.

    Pyphen would take apart all 78 000 for a handful of names, which lasts longer than to draw the page.
    """
    from pyphen import LANGUAGES  # noqa: PLC0415  the dictionary is read only where a page is drawn

    head, _, rest = LANGUAGES[_DICTIONARIES[language]].read_bytes().partition(b"\n")
    text = rest.decode(head.decode().strip())
    return dict(zip(text.translate(_NO_LEVELS).splitlines(), text.splitlines(), strict=True))
