"""Names of people, values with their units, problems as sentences."""

from __future__ import annotations

import math

import pytest

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.text.levels import capital
from sro_geo.text.speaker import Speaker

GERMAN, ENGLISH = Speaker("de"), Speaker("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("start", "end", "german", "of", "english"),
    [
        (0, 6, "Kinder unter 6", "der Kinder unter 6 Jahren", "children under 6"),
        (0, 1, "Kinder unter 1", "der Kinder unter 1 Jahr", "children under 1"),
        (0, 18, "Menschen unter 18", "der Menschen unter 18 Jahren", "people under 18"),
        (6, 15, "6- bis unter 15-Jährige", "der 6- bis unter 15-Jährigen", "children aged 6 to under 15"),
        (15, 18, "15- bis unter 18-Jährige", "der 15- bis unter 18-Jährigen", "people aged 15 to under 18"),
        (65, math.inf, "Menschen ab 65", "der Menschen ab 65 Jahren", "people aged 65 and over"),
    ],
)
def test_names_of_people(start: int, end: float, german: str, of: str, english: str) -> None:
    assert plain(GERMAN.people(start, end)) == german
    assert plain(GERMAN.people(start, end, after="of_")) == of
    assert plain(ENGLISH.people(start, end)) == english
    assert plain(ENGLISH.people(start, end, after="of_")) == f"of {english}"
    assert capital(english)[0].isupper()
    assert capital(english)[1:] == english[1:]


def test_values_carry_their_unit() -> None:
    assert GERMAN.value(38.2, unit="percent", digits=0) == "38\u00a0%"
    assert ENGLISH.value(38.2, unit="percent", digits=0) == "38%"
    assert GERMAN.value(1234.5, unit="per_1000", digits=1) == "1.234,5"
    assert GERMAN.difference(16, unit="percent", digits=0) == "+16 Prozentpunkte"
    assert GERMAN.difference(-1, unit="percent", digits=0) == "−1 Prozentpunkt"
    assert ENGLISH.difference(1.0, unit="points", digits=1) == "+1.0 points"
    assert GERMAN.difference(-3, unit="number", digits=0) == "−3"


def test_dates_lists_and_settings() -> None:
    assert GERMAN.date("2019-12-01") == "01.12.2019"
    assert ENGLISH.date("2019-03-01") == "1 March 2019"
    assert GERMAN.join(["a", "b", "c"]) == "a, b und c"
    assert ENGLISH.join(["a", "b"]) == "a and b"
    assert GERMAN.join(["a"]) == "a"
    assert GERMAN.join([]) == ""
    assert [GERMAN.plain(value) for value in (10.0, 7.5, 2.25)] == ["10", "7,5", "2,25"]


def test_a_problem_says_what_where_why_and_what_to_do() -> None:
    problem = Problem(
        cause="negative_number",
        values={"count": 2, "column": "wert", "found": ["-1.0", "-9.0"]},
        places=(Place(file="a.csv", row=3, column="wert"), Place(file="a.csv", part="Tabelle 1", row=7)),
    )
    assert GERMAN.problem(problem) == (
        "Die Spalte wert enthält negative Zahlen: -1.0, -9.0. Betroffene Zeilen: 2. Eine Anzahl kann nicht kleiner als null sein; "
        "oft steht −1 für „geheim“.\n"
        "  Wo: a.csv, Zeile 3, Spalte wert\n"
        "  Wo: a.csv, Blatt Tabelle 1, Zeile 7\n"
        "  Abhilfe: Tragen Sie statt der Zahl den passenden Status ein, zum Beispiel „geheim“."
    )
    assert ENGLISH.problem(problem).startswith("Column wert contains negative numbers: -1.0, -9.0.")


def test_all_problems_are_counted() -> None:
    problems = [Problem(cause="no_quarters"), Problem(cause="no_crs", places=(Place(file="x.shp"),))]
    text = GERMAN.problems(problems)
    assert text.startswith("2 Probleme\n\n")
    assert "Die Datei x.shp nennt kein Koordinatensystem." in text
    assert ENGLISH.problems(problems[:1]).startswith("1 problem\n\n")


@pytest.mark.parametrize(
    ("known", "german", "english"),
    [(10, "08, 09.", "08, 09."), (11, "09 und eine weitere Angabe.", "09 and one more."), (12, "09 und 2 weitere.", "09 and 2 more.")],
)  # fmt: skip
def test_long_lists_are_cut_and_counted(known: int, german: str, english: str) -> None:
    values = {"group": "g", "found": ["X"], "known": {f"{i:02}" for i in range(known)}}
    problem = Problem(cause="group_unknown_quarter", values=values)
    assert GERMAN.note(problem).endswith(german)
    assert ENGLISH.note(problem).endswith(english)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (3, "3"),
        (2.5, "2,50"),
        (2.0, "2"),
        ({"a": 1}, "a: 1"),
        ("x", "x"),
        (("a", "b"), "a, b"),
    ],
)
def test_facts_are_written_in_the_readers_form(value: object, text: str) -> None:
    problem = Problem(cause="crs_not_metric", values={"crs": value})
    assert GERMAN.note(problem).startswith(f"Das Koordinatensystem {text} misst")


def test_an_error_carries_every_problem_and_a_problem_every_place() -> None:
    error = DataError([Problem(cause="no_quarters"), Problem(cause="no_crs")])
    assert [p.cause for p in error.problems] == ["no_quarters", "no_crs"]
    assert "no_quarters" in str(error)
    first, second = Place(file="a.csv", row=3), Place(file="b.csv")
    (alone,) = DataError(Problem(cause="no_crs", places=(first,)).at(second)).problems
    assert alone == Problem(cause="no_crs", places=(first, second))


def test_nothing_stops_where_there_is_no_problem() -> None:
    stop_at([])
    with pytest.raises(DataError, match="no_crs"):
        stop_at([Problem(cause="no_crs")])
