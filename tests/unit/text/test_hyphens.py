"""Syllables of names, against those that pyphen finds with the same dictionary."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyphen import Pyphen

from sro_geo.text.hyphens import SOFT_HYPHEN, hyphenate

NAMES = (
    "Brinckmansdorf", "Hafenviertel", "Gartenfeldstraße", "Großsiedlungsgebiet", "Schifffahrtsmuseum", "Übergangsheime",
    "JUGENDSOZIALARBEIT", "Kindertageseinrichtung", "Aaaaaaaaaaaa", "Bbbbbbbbbbbb", "İstanbulviertel",
)  # fmt: skip
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=10, max_size=24)


@cache
def load(language: str) -> Pyphen:
    return Pyphen(lang={"de": "de_DE", "en": "en_GB"}[language], left=3, right=3)


def break_by_pyphen(word: str, *, language: str) -> str:
    """Syllables as pyphen finds them; those without a vowel stay with the one before."""
    syllables: list[str] = []
    for piece in load(language).inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN):
        if syllables and not set(piece.lower()) & set("aeiouyäöü"):
            syllables[-1] += piece
        else:
            syllables.append(piece)
    return SOFT_HYPHEN.join(syllables)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_breaks_where_pyphen_breaks_it(name: str, language: str) -> None:
    assert hyphenate(name, language=language) == break_by_pyphen(name, language=language)


@settings(deadline=None)
@given(word=WORDS, language=st.sampled_from(["de", "en"]))
def test_any_word_breaks_where_pyphen_breaks_it(word: str, language: str) -> None:
    assert hyphenate(word, language=language) == break_by_pyphen(word, language=language)


def test_short_words_and_what_is_no_letter_stay() -> None:
    assert hyphenate("Neue Heide 12345678901", language="de") == "Neue Heide 12345678901"


def test_without_its_soft_hyphens_a_text_is_what_it_was() -> None:
    text = "Kröpeliner-Tor-Vorstadt, Brinckmansdorf (Ortsteil)"
    assert hyphenate(text, language="de").replace(SOFT_HYPHEN, "") == text
    assert hyphenate("Brinckmansdorf", language="de").split(SOFT_HYPHEN) == ["Brinck", "mans", "dorf"]
