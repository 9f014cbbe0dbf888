"""Ways to break a name into the lines of a label: at spaces and hyphens, then between words, then between syllables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations, pairwise

from sro_geo.text.hyphens import SOFT_HYPHEN, hyphenate

_ENDS = (
    "anger", "bach", "berg", "brink", "brunnen", "brück", "burg", "damm", "dorf", "feld", "furt", "garten", "gebiet", "graben",
    "grund", "hafen", "hagen", "haus", "heide", "heim", "hof", "holz", "horst", "kamp", "kirch", "koppel", "moor", "mühle",
    "park", "platz", "rade", "rand", "ring", "rode", "see", "siedlung", "siek", "stadt", "stein", "straße", "teich", "ufer",
    "viertel", "vorstadt", "wald", "weg", "weide", "werder", "werft", "wiese", "winkel", "wisch", "wohn",
)  # fmt: skip
"""Words that German place names are joined with."""

_FEWEST = 7
"""Words of so many letters are broken."""

_LONGEST = 16
"""Letters of what stays whole between two joints."""

_BROKEN = re.compile(rf"[^\W\d_]+(?:{SOFT_HYPHEN}[^\W\d_]+)+")
"""A word with soft hyphens."""

MOST_LINES = 4
_MOST_CUTS = 9
_JOINT, _SYLLABLE, _LINE = 1.0, 3.4, 1.0
_FREE = "-/ "


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to write a name.

    Attributes
    ----------
    cuts : tuple of int
        Letters before which a new line begins.
    lines : tuple of str
        What stands in them; where a word is broken, with a hyphen.
    cost : float
        How badly it reads; one line costs nothing.
    """

    cuts: tuple[int, ...]
    lines: tuple[str, ...]
    cost: float


def cut_name(name: str, cuts: tuple[int, ...]) -> tuple[str, ...]:
    """Lines of a name that is cut before some of its letters.

    Examples
    --------
    >>> cut_name("Alt Gartenfeld", (4, 10))
    ('Alt', 'Garten-', 'feld')
    """
    ends = [0, *cuts, len(name)]
    pieces = [name[start:end] for start, end in pairwise(ends)]
    broken = [piece if piece[-1:] in _FREE else f"{piece}-" for piece in pieces[:-1]]
    return tuple(piece.strip() for piece in (*broken, pieces[-1]))


@cache
def list_wordings(name: str, *, language: str, syllables: bool) -> tuple[Wording, ...]:
    """Ways to write a name, the best first: whole, at its spaces and hyphens, at joints and, if wanted, at syllables.

    Notes
    -----
    A line that holds a space never ends inside a word that has no joint there ("Groß Kup-").

    Examples
    --------
    >>> [wording.lines for wording in list_wordings("Neue Heide", language="de", syllables=True)]
    [('Neue Heide',), ('Neue', 'Heide')]
    """
    prices = _list_cuts(name, language=language)
    usable = sorted((price, at) for at, price in prices.items() if syllables or price < _SYLLABLE)[:_MOST_CUTS]
    found = [
        Wording(cuts=cuts, lines=cut_name(name, cuts), cost=sum(_LINE + prices[at] for at in cuts))
        for count in range(MOST_LINES)
        for cuts in combinations(sorted(at for _, at in usable), count)
        if not any(
            prices[at] == _SYLLABLE and " " in line for at, line in zip(cuts, cut_name(name, cuts), strict=False)
        )
    ]
    return tuple(sorted(found, key=lambda wording: (wording.cost, len(wording.lines))))


def soften_name(name: str, *, language: str) -> str:
    """Name with soft hyphens for running text: in each long word at its joints, at its syllables where it has none.

    Examples
    --------
    >>> soften_name("Kröpeliner Bahnhofsviertel", language="de").replace(SOFT_HYPHEN, "|")
    'Krö|pe|li|ner Bahn|hofs|viertel'
    """
    return _BROKEN.sub(_keep_joints, hyphenate(name, language=language))


def list_breaks(name: str, *, language: str) -> list[int]:
    """Letters before which `soften_name` puts a soft hyphen.

    Examples
    --------
    >>> list_breaks("Bahnhofsviertel", language="de")
    [4, 8]
    """
    *pieces, _ = soften_name(name, language=language).split(SOFT_HYPHEN)
    return list(accumulate(map(len, pieces)))


def _keep_joints(word: re.Match[str]) -> str:
    """Word without the breaks inside of what it is joined of, unless it has no other or a part is longer than a narrow column."""
    first, *others = word[0].split(SOFT_HYPHEN)
    parts, covered, plain = [[first]], 0, "".join((first, *others)).lower()
    for at, syllable in zip(accumulate(map(len, (first, *others))), others, strict=False):
        end = next((end for end in _ENDS if plain.startswith(end, at)), "")
        if end and at >= covered:  # `vorstadt` has no joint before its `stadt`
            parts, covered = [*parts, []], at + len(end)
        parts[-1].append(syllable)
    keeps = (len(parts) > 1 and len("".join(part)) <= _LONGEST for part in parts)
    return SOFT_HYPHEN.join(("" if whole else SOFT_HYPHEN).join(part) for part, whole in zip(parts, keeps, strict=True))


def _list_cuts(name: str, *, language: str) -> dict[int, float]:
    """Letters before which a name may be cut, and the price."""
    prices = {at + 1: 0.0 for at, letter in enumerate(name[:-1]) if letter in _FREE and name[at + 1] not in _FREE}
    at = 0
    for piece in re.split(f"({SOFT_HYPHEN})", hyphenate(name, language=language, fewest=_FEWEST)):
        if piece == SOFT_HYPHEN:
            rest = name[at:].lower()
            prices[at] = _JOINT if rest.startswith(_ENDS) else _SYLLABLE
        else:
            at += len(piece)
    return prices
