"""Names of people and sentences."""

import math

import pytest

from sro_geo.text.phrases import (
    format_difference,
    format_value,
    name_gap,
    name_people,
    name_people_of,
    name_places,
    tell_gap,
)


@pytest.mark.parametrize(
    ("start", "end", "german", "of", "english", "of_english"),
    [
        (0, 6, "Kinder unter 6", "der Kinder unter 6 Jahren", "Children under 6", "of children under 6"),
        (0, 18, "Menschen unter 18", "der Menschen unter 18 Jahren", "People under 18", "of people under 18"),
        (
            6,
            15,
            "6- bis unter 15-Jährige",
            "der 6- bis unter 15-Jährigen",
            "6- to under 15-year-olds",
            "of 6- to under 15-year-olds",
        ),
        (
            65,
            math.inf,
            "Menschen ab 65",
            "der Menschen ab 65 Jahren",
            "people aged 65 and over",
            "of people aged 65 and over",
        ),
    ],
)
def test_names_of_people(start: int, end: float, german: str, of: str, english: str, of_english: str) -> None:
    def plain(text: str) -> str:
        return text.replace("\u00a0", " ")

    assert plain(name_people(start, end, language="de")) == german
    assert plain(name_people_of(start, end, language="de")) == of
    assert plain(name_people(start, end, language="en")) == english
    assert plain(name_people_of(start, end, language="en")) == of_english


def test_the_sentence_of_a_coverage_map() -> None:
    city = "in ganz Musterstadt sind es 21\u00a0%"
    share = "38\u00a0% der Kinder unter\u00a06\u00a0Jahren"
    sentence = tell_gap("In Neue Heide", share=share, none="keine Kita", minutes=10, city=city, language="de")
    assert sentence == (
        "In Neue Heide erreichen 38\u00a0% der Kinder unter\u00a06\u00a0Jahren in 10\u00a0Minuten zu Fuß keine Kita; "
        "in ganz Musterstadt sind es 21\u00a0%."
    )
    english = tell_gap(
        "In Neue Heide", share="38\u00a0% of children", none="no nursery", minutes=7.5, city="", language="en"
    )
    assert english == "In Neue Heide, 38\u00a0% of children reach no nursery within a 7.5-minute walk."


def test_title_of_a_coverage_map() -> None:
    assert (
        name_gap("Kinder unter 6", offer="Kita", minutes=7.5, language="de")
        == "Kinder unter 6 ohne Kita in 7,5\u00a0Gehminuten"
    )
    assert (
        name_gap("Children", offer="nursery", minutes=10, language="en")
        == "Children without nursery within a 10-minute walk"
    )


def test_values_carry_their_unit() -> None:
    assert format_value(38.2, unit="percent", digits=0, language="de") == "38\u00a0%"
    assert format_value(1234.5, unit="per_1000", digits=1, language="de") == "1.234,5"
    assert format_difference(16, unit="percent", digits=0, language="de") == "+16 Prozentpunkte"
    assert format_difference(-3, unit="number", digits=0, language="de") == "−3"


@pytest.mark.parametrize(
    ("people", "language", "title"),
    [
        ("Kinder unter 6", "de", "Kita: Plätze je 100 Kinder unter 6"),
        ("6- bis unter 15-Jährige", "de", "Kita: Plätze je 100 Menschen (6- bis unter 15-Jährige)"),
        ("Children under 6", "en", "Kita: places per 100 children under 6"),
        ("6- to under 15-year-olds", "en", "Kita: places per 100 people (6- to under 15-year-olds)"),
    ],
)
def test_title_of_a_map_of_places(people: str, language: str, title: str) -> None:
    assert name_places(people, offer="Kita", language=language) == title
