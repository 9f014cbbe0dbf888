"""Cells become numbers or a reason why there is none; what could mean two things is a problem."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.load.numbers import Numbers, read_numbers
from sro_geo.load.tables import Table


def read(*cells: object, decimal: str = ",", stated: str | None = None) -> Numbers:
    frame = pd.DataFrame({"wert": list(cells)}, index=range(2, len(cells) + 2), dtype=object)
    table = Table(frame=frame, file="a.csv", part=None, decimal=decimal, notes=())
    return read_numbers(table, "wert", decimal=stated)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("12", ",", 12.0),
        ("12,5", ",", 12.5),
        ("12.5", ",", 12.5),
        ("1.234,5", ",", 1234.5),
        ("1.234.567", ",", 1234567.0),
        ("0.125", ",", 0.125),
        ("1 234", ",", 1234.0),
        ("1 234 567,5", ",", 1234567.5),
        ("38,2 %", ",", 38.2),
        ("−4,5", ",", -4.5),
        ("+3", ",", 3.0),
        ("1.000", ".", 1.0),
        ("1,234.5", ".", 1234.5),
        ("12,5", ".", 12.5),
        (7, ",", 7.0),
        (7.25, ",", 7.25),
    ],
)
def test_numbers_are_read(cell: object, decimal: str, value: float) -> None:
    numbers = read(cell, decimal=decimal)
    assert numbers.problems == ()
    assert numbers.value.tolist() == [value]
    assert numbers.status.tolist() == ["observed"]


@pytest.mark.parametrize(
    ("sign", "status"),
    [
        (".", "suppressed"),
        ("*", "suppressed"),
        ("…", "later"),
        ("...", "later"),
        ("/", "missing"),
        ("x", "not_applicable"),
        ("", ""),
    ],
)
def test_signs_are_reasons(sign: str, status: str) -> None:
    numbers = read(sign)
    assert numbers.value.isna().all()
    assert numbers.status.tolist() == [status]
    assert numbers.problems == ()


@pytest.mark.parametrize("sign", ["–", "-", "—", 0, "0"])
def test_a_dash_is_a_true_zero(sign: object) -> None:
    numbers = read(sign)
    assert numbers.value.tolist() == [0.0]
    assert numbers.status.tolist() == ["observed"]


def test_brackets_mean_uncertain() -> None:
    numbers = read("(12,5)")
    assert numbers.value.tolist() == [12.5]
    assert numbers.status.tolist() == ["estimated"]


@pytest.mark.parametrize(("cell", "decimal"), [("1.000", ","), ("1,000", "."), ("(2.500)", ",")])
def test_what_means_two_things_is_a_problem(cell: str, decimal: str) -> None:
    (problem,) = read("1", cell, decimal=decimal).problems
    assert problem.cause == "number_ambiguous"
    assert problem.values == {"name": "a.csv", "count": 1, "column": "wert", "found": [cell]}
    assert (problem.places[0].row, problem.places[0].column) == (3, "wert")


@pytest.mark.parametrize(
    ("cell", "stated", "value"), [("1.000", ",", 1000.0), ("1.000", ".", 1.0), ("1,000", ".", 1000.0)]
)
def test_a_stated_mark_settles_it(cell: str, stated: str, value: float) -> None:
    assert read(cell, stated=stated).value.tolist() == [value]


@pytest.mark.parametrize("cell", ["12.5", "Baum", "1.2.3", "--4", "12a", "1e400", "٣", True, "1.23,4"])
def test_what_is_no_number_is_a_problem(cell: object) -> None:
    (problem,) = read(cell, stated=",").problems
    assert problem.cause == "number_unreadable"


def test_faults_of_a_spreadsheet_are_named() -> None:
    (problem,) = read("#NV", "#DIV/0!", 3).problems
    assert problem.cause == "cell_fault"
    assert problem.values["found"] == ["#NV", "#DIV/0!"]


@given(st.integers(-(10**9), 10**9), st.integers(0, 2))
def test_german_numbers_come_back(whole: int, digits: int) -> None:
    value = whole / 10**digits
    text = f"{value:.{digits}f}".replace(".", ",")
    assert read(text).value.tolist() == [value]


def test_the_index_is_kept() -> None:
    assert list(read("1", "2").value.index) == [2, 3]
