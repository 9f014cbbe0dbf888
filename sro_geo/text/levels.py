"""The level's own word: texts say `Bezirk`, and the reader is told of Stadtbereiche, Gemeinden or statistische Bezirke.

German texts are written with a masculine word, since it alone shows its case: `kein Bezirk heißt so`, `nennt keinen Bezirk`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORT = len("Block")
"""A word no longer than this (Ort, Stadt, Kreis) may mean something else in a head."""

USUAL = "Quartier"
"""What quarters are called where nobody says otherwise, or says a word that isn't known here."""

_BESIDE = {
    "der": ("die", "das"), "den": ("die", "das"), "dem": ("der", "dem"), "des": ("der", "des"),
    "im": ("in der", "im"), "zum": ("zur", "zum"), "vom": ("von der", "vom"), "beim": ("bei der", "beim"),
    "ein": ("eine", "ein"), "einen": ("eine", "ein"), "einem": ("einer", "einem"), "eines": ("einer", "eines"),
    "kein": ("keine", "kein"), "keinen": ("keine", "kein"), "keinem": ("keiner", "keinem"),
    "jeder": ("jede", "jedes"), "jeden": ("jede", "jedes"), "jedem": ("jeder", "jedem"),
    "dieser": ("diese", "dieses"), "diesen": ("diese", "dieses"), "diesem": ("dieser", "diesem"),
    "welcher": ("welche", "welches"), "welchem": ("welcher", "welchem"), "seinen": ("seine", "sein"),
}  # fmt: skip
"""What stands before a masculine word in the singular, and beside a feminine and a neuter one."""

_AFTER = {"der": ("die", "das"), "den": ("die", "das"), "dem": ("der", "dem")}
"""The same for what stands after it and a comma."""

_WEAK = {
    "die",
    "der",
    "den",
    "alle",
    "aller",
    "allen",
    "keine",
    "keiner",
    "keinen",
    "diese",
    "dieser",
    "diesen",
    "anderen",
}
"""After these an adjective ends weakly in the plural, as in `alle statistischen Bezirke`."""

_GERMAN = re.compile(r"(?:\b(\w+) )?((?:anderen ))?\bBezirk(s|en|e)?\b(?:, (in )?(der|den|dem)\b)?")
_REGIONS = re.compile(r"\b(?:Modellregion|[Mm]odel region)(en|s)?\b")
_ENGLISH = re.compile(r"(?<![\w{\[.])(?:([Aa]n?) )?(?<![{\[.])([Qq])uarter(s)?\b(?![}\]])")


@dataclass(frozen=True, slots=True)
class _German:
    """A level in German: gender (-1 masculine, 0 feminine, 1 neuter), stem of its adjective, its noun: one, of, many, among."""

    gender: int
    stem: str
    forms: tuple[str, ...]

    def join(self, ending: str, form: int) -> str:
        """Adjective, if it has one, and noun."""
        return f"{self.stem}{ending} {self.forms[form]}" if self.stem else self.forms[form]


def name_level(text: str, *, level: str, language: str) -> str:
    """A text of ours, its slots still open, with the level's own word in the right form.

    Examples
    --------
    >>> name_level("Kein Bezirk heißt so, je Bezirk", level="Gemeinde", language="de")
    'Keine Gemeinde heißt so, je Gemeinde'
    >>> name_level("In jedem Bezirk, in {n} Bezirken", level="statistischer Bezirk", language="de")
    'In jedem statistischen Bezirk, in {n} statistischen Bezirken'
    >>> name_level("Kein Bezirk, Profil des Bezirks", level="", language="de")
    'Kein Quartier, Profil des Quartiers'
    >>> name_level("A quarter", level="Stadtbereich", language="en")
    'An area'
    """
    if ("Bezirk" if language == "de" else "uarter") not in text:
        return text
    return _turn(text, level, language)


def name_regions(text: str, *, called: tuple[str, str] | None) -> str:
    """A text of ours with the project's own words for model regions: one, and several.

    Examples
    --------
    >>> name_regions("Modellregionen und übrige Stadt", called=("Programmgebiet", "Programmgebiete"))
    'Programmgebiete und übrige Stadt'
    """
    if called is None:
        return text
    return _REGIONS.sub(lambda hit: called[1 if hit[1] else 0], text)


@cache
def _turn(text: str, level: str, language: str) -> str:
    if language == "de":
        german = _read_german(level) or _read_german(USUAL)
        return _GERMAN.sub(lambda hit: _say_german(hit, german), text) if german else text
    one, many = (_find_noun(level) or _find_noun(USUAL) or {})["en"]
    return _ENGLISH.sub(lambda hit: _say_english(hit, one=one, many=many), text)


def _read_german(level: str) -> _German | None:
    """A level's word as it is written in a project: a noun, or an adjective and a noun."""
    *before, word = level.split() or [""]
    stem = re.sub(r"(?:er|es|e)$", "", before[0]) if before else ""
    noun = _find_noun(word)
    if noun is None or "forms" not in noun or len(before) > 1 or (before and stem == before[0]):
        return None
    own = next(form for form in (noun["forms"][0], noun["forms"][2]) if word.lower().endswith(form))
    front = word[: len(word) - len(own)]
    forms = tuple(f"{front}{form}" for form in noun["forms"])
    return _German(
        ("f", "n").index(noun["gender"]) if noun["gender"] != "m" else -1, stem.lower(), tuple(map(capital, forms))
    )


def find_level(text: str) -> str | None:
    """Word for quarters in a head or a file's name, in the singular; None where there is none.

    Examples
    --------
    >>> find_level("stadtteile_2023"), find_level("Stadtbereich-Nr."), find_level("STT_NAME"), find_level("Ort")
    ('Stadtteil', 'Stadtbereich', None, None)
    """
    for word in re.findall(r"[^\W\d_]+", text):
        german = _read_german(word)
        if german is not None and len(word) > _SHORT:
            return german.forms[0]
    return None


def _find_noun(word: str) -> Mapping[str, Any] | None:
    """Entry of the longest noun that a word ends with, in the singular or the plural."""
    low = word.lower().rsplit(" ", 1)[-1]
    ends = {end: noun for key, noun in _read_nouns().items() for end in (key, *noun.get("forms", noun["en"]))}
    found = max((end for end in ends if low.endswith(end)), key=len, default="")
    return ends.get(found)


def _say_german(hit: re.Match[str], level: _German) -> str:
    before, between, ending, inside, after = hit.groups(default="")
    low = before.lower()
    if ending in ("e", "en"):
        weak = "en" if ending == "en" or low in _WEAK or between else "e"
        said = [before, between.strip(), level.join(weak, 2 if ending == "e" else 3)]
    else:
        beside = _BESIDE.get(low, ())
        turned = beside[level.gender] if beside and level.gender >= 0 else low
        said = [
            capital(turned) if before[:1].isupper() else turned if beside else before,
            between.strip(),
            level.join(_end_adjective(_find_case(hit, low), level.gender), 1 if ending == "s" else 0),
        ]
    tail = f", {inside}{_AFTER[after][level.gender] if level.gender >= 0 else after}" if after else ""
    text = " ".join(filter(None, said)) + tail
    return text if before or not _opens(hit) else capital(text)


def _find_case(hit: re.Match[str], before: str) -> str:
    """Word that calls for the same ending as what stands before."""
    if before == "1":  # `in 1 Bezirk`
        before = hit.string[: hit.start(1)].rstrip().rpartition(" ")[2]
        return {"in": "einen", "In": "von", "von": "von"}.get(before, "")
    return {"je": "einen", "zu": "von"}.get(before, before)


def _end_adjective(before: str, gender: int) -> str:
    """Ending of an adjective in the singular: strong, mixed or weak by what stands before."""
    if before == "von":
        return {-1: "em", 0: "er", 1: "em"}[gender]
    if before in ("ein", "kein") or before not in _BESIDE:
        return {-1: "er", 0: "e", 1: "es"}[gender]
    if before in ("einen", "keinen", "seinen"):
        return {-1: "en", 0: "e", 1: "es"}[gender]
    if before in ("der", "jeder", "dieser", "welcher"):
        return "e"
    return "en" if gender < 0 or before not in ("den", "jeden", "diesen") else "e"


def _say_english(hit: re.Match[str], *, one: str, many: str) -> str:
    article, first, plural = hit.groups(default="")
    noun = many if plural else one
    if article:
        told = "an" if noun[0] in "aeiou" else "a"
        return f"{capital(told) if article[0].isupper() else told} {noun}"
    return capital(noun) if first.isupper() else noun


def _opens(hit: re.Match[str]) -> bool:
    """Whether a text or a sentence of it begins here."""
    return not hit.start() or hit.string[: hit.start()].rstrip().endswith((".", "!", "?", ":"))


def capital(text: str) -> str:
    """Text as it begins a sentence or a title."""
    return text[:1].upper() + text[1:]


def write_within(name: str, *, language: str) -> str:
    """Name of a kind as it stands within a sentence: in English it begins small, unless it is letters alone ("YMCA").

    Examples
    --------
    >>> write_within("Day-care centre", language="en"), write_within("Kita", language="de")
    ('day-care centre', 'Kita')
    """
    return name if language == "de" or not name[1:2].islower() else name[0].lower() + name[1:]


@cache
def _read_nouns() -> Mapping[str, Any]:
    return tomllib.loads(files("sro_geo.text").joinpath("levels.toml").read_text(encoding="utf-8"))
