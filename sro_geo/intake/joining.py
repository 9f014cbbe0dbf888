"""Which column of a table names the quarters, and how its words fit the boundaries'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sro_geo.load.heads import fold_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.intake.looking import Look

KEY_HEADS = ("code", "key", "schluessel", "kennung", "id", "nummer", "nr")
NAME_HEADS = ("name", "bezeichnung", "bez", "titel")
_PLACE_WORDS = (
    "ort", "gebiet", "stadtteil", "stadtbereich", "stadtbezirk", "bezirk", "ortsteil", "ortschaft", "quartier", "raum", "planungsraum",
    "sozialraum", "viertel", "district", "area", "quarter",
)  # fmt: skip
"""Words of heads that name places."""

_RUNNING = frozenset({"lfd", "lfdnr", "laufende", "laufend", "zeile", "pos", "position"})
"""Words of heads that number rows, whatever else they say."""

LEAST_JOINED = 0.8
"""Share of a column's words that must be quarters, so that the column counts as their key."""

LEAST_COVERED = 0.6
"""Share of the quarters that it must name."""

_SMALL = re.compile(r"0|[1-9]\d{0,3}")
_NUMBERED = re.compile(r"(?:[A-Za-z]{1,6}[ _-]?)?0*(\d{1,4})(?:[ ._-]+\D.*)?")
_NAMED = re.compile(r"(?:\d{1,4}[ ._-]+)?(.*\D.*)")

How = Literal["exact", "spelling", "number"]
RANK: tuple[How, ...] = ("exact", "spelling", "number")
"""Ways in which a word can fit, the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The boundaries' own words for their quarters.

    Attributes
    ----------
    look : Look
        The file.
    keys : mapping of str to tuple of str
        Columns in which each quarter has a word of its own, and these words in the file's order.
    """

    look: Look
    keys: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """Number of quarters."""
        return len(self.look.table.frame)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a column's words fit the quarters.

    Attributes
    ----------
    column : str
        Head in the table.
    key : str
        Head in the boundaries.
    how : {"exact", "spelling", "number"}
        As they stand; but for case, hyphens, ß and spaces; by the number that both carry.
    quarters : mapping of str to int
        Place of the quarter in the boundaries by the table's word.
    lost : tuple of str
        Words that fit none.
    """

    column: str
    key: str
    how: How
    quarters: Mapping[str, int]
    lost: tuple[str, ...]


def list_keys(look: Look) -> Areas:
    """Boundaries with every column that can be a key: a word for each quarter, no word twice."""
    keys = {}
    for head in look.heads:
        words = tuple(look.read_column(head))
        if all(words) and len(set(words)) == len(words):
            keys[head] = words
    return Areas(look=look, keys=keys)


def find_fits(look: Look, areas: Areas, *, least_joined: float = LEAST_JOINED) -> list[Fit]:
    """Every way in which a column of a table names the quarters, the surest first; the same head counts before another.

    `least_joined` is the share of a column's words that must be quarters.

    Notes
    -----
    A number fits a number only: "STGT07", "07 Südstadt" and 7 carry the same one. That the same number means the same
    quarter is likely and not certain, so whoever uses such a fit asks. Small numbers under a head that names no place and
    no key may be ranks or counts: they fit nothing.
    """
    found = []
    for at, head in enumerate(look.heads):
        words = list(dict.fromkeys(word for word in look.read_column(head) if word))
        if all(_SMALL.fullmatch(word) for word in words) and not names_places(head, areas):
            continue
        fits = [(*_fit(words, forms, how=how), key, how) for how in RANK for key, forms in areas.keys.items()]
        for quarters, lost, key, how in fits:
            covered = len(set(quarters.values())) / areas.count
            joined = len(quarters) / len(words) if words else 0.0
            if joined >= least_joined and covered >= LEAST_COVERED:
                order = (RANK.index(how), fold_head(head) != fold_head(key), -covered, rank_head(key, KEY_HEADS), at)
                found.append((order, Fit(column=head, key=key, how=how, quarters=quarters, lost=lost)))
    return [fit for _, fit in sorted(found, key=lambda pair: pair[0])]


def names_places(head: str, areas: Areas) -> bool:
    """Whether numbers below a head may name quarters: it speaks of a place or of a key, and numbers no rows."""
    words = _list_words(head)
    return head in areas.keys or (bool(words & {*KEY_HEADS, *_PLACE_WORDS}) and not words & _RUNNING)


def numbers_rows(look: Look, head: str) -> bool:
    """Whether a column gives each row a number of its own, under a head that speaks of no place: "Nr." of a list of Kitas."""
    words = look.read_column(head)
    filled = words[words != ""]
    return bool(filled.str.fullmatch(r"\d+").all()) and filled.is_unique and not _list_words(head) & {*_PLACE_WORDS}


def _list_words(head: str) -> set[str]:
    return {
        word for part in fold_head(head).split("_") for word in (part, part.removesuffix("e"), part.removesuffix("s"))
    }


def rank_head(head: str, wanted: Iterable[str]) -> int:
    """Place of a head among those that are looked for; what is not among them comes last."""
    words = fold_head(head).split("_")
    ranks = [rank for rank, name in enumerate(wanted) if name in words]
    return min(ranks, default=len(tuple(wanted)))


def _fit(words: Iterable[str], forms: Iterable[str], *, how: How) -> tuple[dict[str, int], tuple[str, ...]]:
    """Place of the quarter by word, as far as each means one only; and the words without one."""
    places: dict[str, list[int]] = {}
    for place, form in enumerate(forms):
        for shape in _shape(form, how):
            places.setdefault(shape, []).append(place)
    found, lost = {}, []
    for word in words:
        hits = {place for shape in _shape(word, how) for place in places.get(shape, [])}
        if len(hits) == 1:
            found[word] = hits.pop()
        else:
            lost.append(word)
    taken = list(found.values())
    if how == "number" and len(set(taken)) < len(taken):  # two words of one number: they number something else
        return {}, tuple(words)
    return found, tuple(lost)


def _shape(word: str, how: How) -> list[str]:
    if how == "exact":
        return [word]
    if how == "spelling":
        named = _NAMED.fullmatch(word)
        return [fold_head(named[1])] if named else []
    numbered = _NUMBERED.fullmatch(word)
    return [numbered[1]] if numbered else []


def choose_name(areas: Areas, *, key: str) -> str:
    """Column of the names: called like one; the key's own where none is."""
    others = [head for head in areas.keys if any(any(sign.isalpha() for sign in word) for word in areas.keys[head])]
    named = [head for head in others if rank_head(head, NAME_HEADS) < len(NAME_HEADS)]
    return min(named, key=lambda head: rank_head(head, NAME_HEADS), default=key)
