"""Numbers that can't be meant as they stand are a question, and the project answers it."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.load.test_indicators import find_causes, read_long

HEAD = "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n"


def values(folder: Path, rows: str, **stated: Any) -> list[float]:
    return list(read_long(folder, HEAD + rows, **stated).indicators["value"])


def test_shares_between_0_and_1_are_a_question(tmp_path: Path) -> None:
    assert find_causes(tmp_path, f"{HEAD}01;kinder_sgb2;2024;0,12;;;\n02;kinder_sgb2;2024;0;;;\n") == [
        "shares_ambiguous"
    ]


@pytest.mark.parametrize(("shares", "value"), [("0.12", 12.0), ("12", 0.12)])
def test_the_project_answers_it(tmp_path: Path, shares: str, value: float) -> None:
    assert values(tmp_path, "01;kinder_sgb2;2024;0,12;;;\n", shares=shares) == [pytest.approx(value)]


def test_each_year_is_a_question_of_its_own(tmp_path: Path) -> None:
    rows = "01;kinder_sgb2;2023;0,12;;;\n02;kinder_sgb2;2023;0,2;;;\n01;kinder_sgb2;2024;12;;;\n"
    assert find_causes(tmp_path, HEAD + rows) == ["shares_ambiguous"]


@pytest.mark.parametrize(
    "rows",
    [
        "01;kinder_sgb2;2024;0,4;;;\n02;kinder_sgb2;2024;1,2;;;\n",  # one above 1: percent
        "01;kinder_sgb2;2024;0;;;\n02;kinder_sgb2;2024;0;;;\n",  # zero is zero in either
        "01;kinder_sgb2;2024;;12;1500;\n",  # computed: nobody wrote it
        "01;geborene;2024;1;;;\n",  # a count
    ],
)
def test_no_question_where_nothing_is_open(tmp_path: Path, rows: str) -> None:
    assert len(values(tmp_path, rows)) == rows.count("\n")


def test_one_may_be_all_or_one_percent(tmp_path: Path) -> None:
    rows = "01;kinder_sgb2;2024;1;;;\n02;kinder_sgb2;2024;0,5;;;\n"
    assert find_causes(tmp_path, HEAD + rows) == ["shares_ambiguous"]


def test_only_shares_are_multiplied(tmp_path: Path) -> None:
    rows = "01;geborene;2024;7;;;\n01;kinder_sgb2;2024;0,12;;;\n"
    assert values(tmp_path, rows, shares="0.12") == [7.0, pytest.approx(12.0)]


def test_a_stated_share_must_fit_its_parts_after_it_is_multiplied(tmp_path: Path) -> None:
    rows = "01;kinder_sgb2;2024;0,12;12;100;\n"
    assert values(tmp_path, rows, shares="0.12") == [pytest.approx(12.0)]
    assert find_causes(tmp_path, HEAD + rows, shares="12") == ["value_contradicts"]


def test_an_answer_that_nobody_asked_for_is_a_problem(tmp_path: Path) -> None:
    assert find_causes(tmp_path, f"{HEAD}01;geborene;2024;7;;;\n", shares="12") == ["shares_unused"]


@pytest.mark.parametrize("mark", ["999", "9999", "99999", "999999"])
def test_nines_far_above_the_rest_are_a_mark(tmp_path: Path, mark: str) -> None:
    rows = f"01;geborene;2024;{mark};;;\n02;geborene;2024;80;;;\n"
    assert find_causes(tmp_path, HEAD + rows) == ["number_is_mark"]


def test_nines_in_the_parts_of_a_rate_are_a_mark(tmp_path: Path) -> None:
    rows = "01;kinder_sgb2;2024;;12;99999;\n02;kinder_sgb2;2024;;11;120;\n"
    assert find_causes(tmp_path, HEAD + rows) == ["number_is_mark"]


@pytest.mark.parametrize(
    "rows",
    [
        "01;geborene;2024;999;;;\n02;geborene;2024;120;;;\n",  # among numbers of its size
        "01;geborene;2024;99;;;\n02;geborene;2024;3;;;\n",  # two nines are a number like others
        "01;geborene;2024;99999;;;beobachtet\n02;geborene;2024;80;;;\n",  # the planner says that it is meant
        "01;geborene;2024;99999;;;\n",  # nothing to compare it with
        "01;geborene;2024;90000;;;\n02;geborene;2024;80;;;\n",  # other digits
    ],
)
def test_other_large_numbers_are_numbers(tmp_path: Path, rows: str) -> None:
    assert len(values(tmp_path, rows)) == rows.count("\n")


def list_notes(folder: Path, rows: str) -> list[object]:
    notes = read_long(folder, HEAD + rows).notes
    return [note.values["found"] for note in notes if note.cause == "totals_differ"]


@pytest.mark.parametrize("word", ["Insgesamt", "GESAMT", "Summe", "Gesamtstadt", "Stadt gesamt", "zusammen"])
def test_a_total_that_is_not_the_sum_is_noted(tmp_path: Path, word: str) -> None:
    rows = f"01;geborene;2024;70;;;\n02;geborene;2024;80;;;\n{word};geborene;2024;151;;;\n"
    assert list_notes(tmp_path, rows) == [["geborene 2024"]]


@pytest.mark.parametrize(
    "rows",
    [
        "Summe;geborene;2024;150;;;\n",  # it is the sum
        "Nordost;geborene;2024;151;;;\n",  # no word for a total
        "Summe;geborene;2024;155;;;\nNordost;geborene;2024;1;;;\n",  # nobody knows what the other row is
        "Summe;kinder_sgb2;2024;30;;;\n",  # shares don't add up
    ],
)
def test_nothing_is_said_of_other_rows(tmp_path: Path, rows: str) -> None:
    shares = "01;kinder_sgb2;2024;20;;;\n02;kinder_sgb2;2024;25;;;\n"
    assert list_notes(tmp_path, f"01;geborene;2024;70;;;\n02;geborene;2024;80;;;\n{shares}{rows}") == []


def test_nothing_is_compared_where_a_value_is_unknown(tmp_path: Path) -> None:
    rows = "01;geborene;2024;70;;;\n02;geborene;2024;;;;geheim\nSumme;geborene;2024;151;;;\n"
    assert list_notes(tmp_path, rows) == []


def test_a_count_of_persons_is_whole(tmp_path: Path) -> None:
    rows = "01;bevoelkerung;2024;1,2;;;\n02;bevoelkerung;2024;3;;;\n"
    assert find_causes(tmp_path, HEAD + rows) == ["count_not_whole"]


def test_a_mean_or_an_estimate_need_not_be_whole(tmp_path: Path) -> None:
    assert values(tmp_path, "01;bevoelkerung;2024;812,5;;;geschaetzt\n") == [812.5]
    assert values(tmp_path, "01;bevoelkerung;2024;(812,5);;;\n") == [812.5]
    assert values(tmp_path, "01;bevoelkerung;2024;812,5;;;\n", status="estimated") == [812.5]
    assert values(tmp_path, "01;kinder_sgb2;2024;12,5;;;\n") == [12.5]
