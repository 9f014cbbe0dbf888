"""Problems as sentences: what, where, why, what to do."""

import ast
import re
from pathlib import Path

import pytest

from sro_geo.errors import DataError, Place, Problem
from sro_geo.text.problems import MESSAGES, describe_note, describe_problem, describe_problems

PACKAGE = Path(__file__).parents[3] / "sro_geo"


def test_a_problem_says_what_where_why_and_what_to_do() -> None:
    problem = Problem(
        cause="negative_number",
        values={"count": 2, "column": "wert", "found": ["-1.0", "-9.0"]},
        places=(Place(file="a.csv", row=3, column="wert"), Place(file="a.csv", part="Tabelle 1", row=7)),
    )
    assert describe_problem(problem, language="de") == (
        "Die Spalte wert enthält negative Zahlen: -1.0, -9.0. Betroffen sind 2 Zeilen. Eine Anzahl kann nicht kleiner als null sein; "
        "oft steht −1 für „geheim“.\n"
        "  Wo: a.csv, Zeile 3, Spalte wert\n"
        "  Wo: a.csv, Blatt Tabelle 1, Zeile 7\n"
        "  Abhilfe: Tragen Sie statt der Zahl den passenden Status ein, zum Beispiel „geheim“."
    )
    assert describe_problem(problem, language="en").startswith("Column wert holds negative numbers: -1.0, -9.0.")


def test_all_problems_are_counted() -> None:
    problems = [Problem(cause="no_quarters"), Problem(cause="no_crs", places=(Place(file="x.shp"),))]
    text = describe_problems(problems, language="de")
    assert text.startswith("2 Probleme\n\n")
    assert "Die Datei x.shp nennt kein Koordinatensystem." in text
    assert describe_problems(problems[:1], language="en").startswith("1 problem\n\n")


def test_long_lists_are_cut_and_counted() -> None:
    problem = Problem(
        cause="group_unknown_quarter",
        values={"group": "g", "found": ["X"], "known": {f"{i:02}" for i in range(12)}},
    )
    assert "00, 01, 02, 03, 04, 05, 06, 07, 08, 09 und 2 weitere" in describe_note(problem, language="de")
    assert "09 and 2 more" in describe_note(problem, language="en")


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
def test_values_are_written_in_the_readers_form(value: object, text: str) -> None:
    problem = Problem(cause="crs_not_metric", values={"crs": value})
    assert describe_note(problem, language="de").startswith(f"Das Koordinatensystem {text} misst")


def test_every_cause_in_the_package_has_a_message() -> None:
    used = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "cause" and isinstance(node.value, ast.Constant):
                used.add(node.value.value)
    assert len(used) > 30
    assert used <= set(MESSAGES)


@pytest.mark.parametrize("cause", sorted(MESSAGES))
def test_both_languages_say_the_same_things(cause: str) -> None:
    message = MESSAGES[cause]
    slots = [set(re.findall(r"\{(\w+)\}", " ".join(side))) for side in (message.de, message.en)]
    assert slots[0] == slots[1]
    assert message.de[0]
    assert message.en[0]


def test_an_error_carries_every_problem() -> None:
    error = DataError([Problem(cause="no_quarters"), Problem(cause="no_crs")])
    assert [p.cause for p in error.problems] == ["no_quarters", "no_crs"]
    assert "no_quarters" in str(error)
