"""What quarters are called: each form right by hand, and no text that keeps another word."""

from __future__ import annotations

import re

import pytest

from sro_geo.text.levels import name_level, name_regions
from sro_geo.text.speaker import Speaker
from sro_geo.text.texts import MESSAGES, WORDS, load_room
from tests.unit.text.test_texts import list_texts

PLAIN = ("help", "project", "intake")
"""Rooms that speak of settings, before any level is known."""

FORMS = {
    "": ("Kein Quartier", "ein Quartier, das", "im Quartier", "des Quartiers", "je Quartier", "2 Quartiere", "alle Quartiere"),
    "Stadtbereich": (
        "Kein Stadtbereich", "einen Stadtbereich, den", "im Stadtbereich", "des Stadtbereichs", "je Stadtbereich",
        "2 Stadtbereiche", "alle Stadtbereiche",
    ),
    "Gemeinde": (
        "Keine Gemeinde", "eine Gemeinde, die", "in der Gemeinde", "der Gemeinde", "je Gemeinde", "2 Gemeinden",
        "alle Gemeinden",
    ),
    "Stadtviertel": (
        "Kein Stadtviertel", "ein Stadtviertel, das", "im Stadtviertel", "des Stadtviertels", "je Stadtviertel",
        "2 Stadtviertel", "alle Stadtviertel",
    ),
    "Statistische Bezirke": (
        "Kein statistischer Bezirk", "einen statistischen Bezirk, den", "im statistischen Bezirk",
        "des statistischen Bezirks", "je statistischen Bezirk", "2 statistische Bezirke", "alle statistischen Bezirke",
    ),
    "Planungsräume": (
        "Kein Planungsraum", "einen Planungsraum, den", "im Planungsraum", "des Planungsraums", "je Planungsraum",
        "2 Planungsräume", "alle Planungsräume",
    ),
    "Grätzl": ("Kein Quartier", "ein Quartier, das", "im Quartier", "des Quartiers", "je Quartier", "2 Quartiere", "alle Quartiere"),
}  # fmt: skip
TEXTS = ("Kein Bezirk", "einen Bezirk, den", "im Bezirk", "des Bezirks", "je Bezirk", "2 Bezirke", "alle Bezirke")


@pytest.mark.parametrize("level", FORMS)
def test_each_form_has_the_gender_and_the_case_of_its_place(level: str) -> None:
    assert tuple(name_level(text, level=level, language="de") for text in TEXTS) == FORMS[level]


def test_where_a_preposition_stands_before_an_adjective_follows_it() -> None:
    told = [
        name_level(text, level="Statistischer Bezirk", language="de")
        for text in ("In 1 Bezirk", "führt in 1 Bezirk nicht", "von Bezirk zu Bezirk", "an den Bezirk", "Bezirke: {n}")
    ]
    assert told == [
        "In 1 statistischem Bezirk", "führt in 1 statistischen Bezirk nicht",
        "von statistischem Bezirk zu statistischem Bezirk", "an den statistischen Bezirk", "Statistische Bezirke: {n}",
    ]  # fmt: skip


def test_english_has_its_article_and_its_number() -> None:
    told = {level: name_level("A quarter of {quarter}, [quarters]; Quarters", level=level, language="en") for level in (
        "", "Stadtbereich", "Ward", "Gemeinden",
    )}  # fmt: skip
    assert told == {
        "": "A quarter of {quarter}, [quarters]; Quarters",
        "Stadtbereich": "An area of {quarter}, [quarters]; Areas",
        "Ward": "A ward of {quarter}, [quarters]; Wards",
        "Gemeinden": "A municipality of {quarter}, [quarters]; Municipalities",
    }


def test_no_text_of_a_study_keeps_another_word_and_none_a_masculine_before_the_usual_one() -> None:
    texts = [text for room in {*WORDS, *MESSAGES} - set(PLAIN) for one in load_room("de", room).values() for text in list_texts(one)]  # fmt: skip
    settings = {text for text in texts if "zelle oder quartier" in text or "das falsche Quartier" in text}
    assert [text for text in texts if re.search("quartier", text, re.IGNORECASE) and text not in settings] == []
    usual = [name_level(text, level="", language="de") for text in texts]
    assert sum("Quartier" in text for text in usual) > 100
    assert not [text for text in usual if "Bezirk" in text]
    wrong = re.compile(r"\b(den|einen|keinen|jeden|jeder|dieser|seinen) Quartier\b|(?<!, )\b[Dd]er Quartier\b")
    assert [text for text in usual if wrong.search(text)] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_of_a_study_keeps_another_word_for_model_regions(language: str) -> None:
    texts = [text for room in {*WORDS, *MESSAGES} - set(PLAIN) for one in load_room(language, room).values() for text in list_texts(one)]  # fmt: skip
    usual = re.compile("modellregion|model region", re.IGNORECASE)
    told = [name_regions(text, called=("Ort", "Orte")) for text in texts if usual.search(text)]
    assert len(told) > 10
    assert not [text for text in told if usual.search(text)]
    assert all(name_regions(text, called=None) == text for text in texts)


def test_a_speaker_says_it_and_leaves_names_alone() -> None:
    voice = Speaker("de", level="Stadtteil")
    assert [voice.say("quarters", n=n) for n in (1, 12)] == ["1 Stadtteil", "12 Stadtteile"]
    assert voice.say("sentence_start", name="Bezirk Quartier") == "Im Stadtteil Bezirk Quartier"
    assert Speaker("de").say("sentence_start", name="Bezirk Quartier") == "Im Quartier Bezirk Quartier"
