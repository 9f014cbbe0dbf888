"""Fixed words in both languages."""

import re

import pytest

from sro_geo.text.words import WORDS, word


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_have_the_same_slots(key: str) -> None:
    german, english = WORDS[key]
    assert german
    assert english
    assert set(re.findall(r"\{(\w+)\}", german)) == set(re.findall(r"\{(\w+)\}", english))


def test_slots_are_filled() -> None:
    assert word("rank_of", language="en", rank="1–2", all=10) == "Rank 1–2 of 10"


def test_braces_in_data_are_never_templates() -> None:
    assert word("source", language="de", names="{names} {0}") == "Quelle: {names} {0}"
