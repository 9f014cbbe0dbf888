"""Heads in several rows: joined from top to bottom, merged cells carried to the right; found but not stated, they are told."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sro_geo.errors import DataError
from sro_geo.load.headrows import find_head_rows, join_heads
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile, RateColumns
from sro_geo.load.reading import DataFile, find_file
from sro_geo.load.tables import read_table
from tests.bad_input.making import make_ods
from tests.load_data import CATALOGUE, write, write_book

ROWS: list[list[Any]] = [
    ["Ort", "Menschen", None, "Haushalte", None],
    [None, 2018, 2019, 2018, 2019],
    ["01", 100, 110, 60, 61],
    ["02", 200, 210, 90, 91],
]
HEADS = ["Ort", "Menschen 2018", "Menschen 2019", "Haushalte 2018", "Haushalte 2019"]


def make_csv(folder: Path, rows: list[list[Any]]) -> DataFile:
    return write(folder, "t.csv", "".join(";".join("" if c is None else str(c) for c in row) + "\n" for row in rows))


def make_book(folder: Path, rows: list[list[Any]]) -> DataFile:
    return write_book(folder, "t.xlsx", {"Blatt": rows})


def make_sheet(folder: Path, rows: list[list[Any]]) -> DataFile:
    """ODS with merged cells as LibreOffice writes them: what a merged cell covers is a cell of another name."""
    lines = []
    for row in rows:
        cells = [
            "<table:covered-table-cell/>"
            if cell is None
            else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, int)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        ]
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    (folder / "t.ods").write_bytes(make_ods("".join(lines)))
    return find_file("t.ods", folder=folder)


KINDS = pytest.mark.parametrize("make", [make_csv, make_book, make_sheet])


@KINDS
def test_two_rows_of_heads_are_joined(tmp_path: Path, make: Any) -> None:
    table = read_table(make(tmp_path, ROWS), header_row=[1, 2])
    assert list(table.frame.columns) == HEADS
    assert list(table.frame.index) == [3, 4]
    assert [str(cell) for cell in table.frame["Haushalte 2019"]] in (["61", "91"], ["61.0", "91.0"])


@KINDS
@pytest.mark.parametrize("above", [[], [["Menschen und Haushalte", None, None, None, None], [None] * 5]])
def test_rows_that_are_found_are_named_with_the_setting(tmp_path: Path, make: Any, above: list[list[Any]]) -> None:
    file = make(tmp_path, [*above, *ROWS])
    with pytest.raises(DataError) as caught:
        read_table(file)
    (problem,) = caught.value.problems
    rows = [len(above) + 1, len(above) + 2]
    assert (problem.cause, problem.values["rows"], problem.values["setting"]) == ("heads_elsewhere", rows, str(rows))
    assert list(read_table(file, header_row=rows).frame.columns) == HEADS


def test_whoever_names_the_lower_row_alone_is_told_of_the_upper(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_table(make_csv(tmp_path, ROWS), header_row=2)
    assert [(p.cause, p.values.get("rows")) for p in caught.value.problems] == [("heads_elsewhere", [1, 2])]


def test_whoever_names_the_upper_row_alone_reads_it_so(tmp_path: Path) -> None:
    assert list(read_table(make_csv(tmp_path, ROWS), header_row=1).frame.columns) == [
        "Ort",
        "Menschen",
        "C",
        "Haushalte",
        "E",
    ]


def test_a_title_alone_is_told(tmp_path: Path) -> None:
    file = make_csv(tmp_path, [["Menschen, Stand 2020"], [], ["Ort", "Menschen"], ["01", 3]])
    with pytest.raises(DataError) as caught:
        read_table(file)
    assert [(p.cause, p.values["setting"]) for p in caught.value.problems] == [("heads_elsewhere", "3")]
    assert list(read_table(file, header_row=3).frame.columns) == ["Ort", "Menschen"]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["A", None, "B"], ["x", "y", "x"]], ["A x", "A y", "B x"]),
        ([[None, "A", None], ["Ort", 2018, 2019]], ["Ort", "A 2018", "A 2019"]),
        ([["Ort", "A", None], [None, 2018, 2019], [None, "in %", "in %"]], ["Ort", "A 2018 in %", "A 2019 in %"]),
        (
            [["A", None, None, "B", None], ["x", None, "y", None, "z"], [1, 2, 3, 4, 5]],
            ["A x 1", "A x 2", "A y 3", "B 4", "B z 5"],
        ),
        ([["A", None, None], ["x", "y", None]], ["A x", "A y", "C"]),
        ([["A", None]], ["A", "B"]),
        ([["A"], ["x", "y"]], ["A x", "A y"]),
    ],
)
def test_a_head_holds_to_its_right_up_to_the_next(rows: list[list[Any]], heads: list[str]) -> None:
    """By hand."""
    assert join_heads(rows) == heads


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (ROWS, [1, 2]),
        ([["Titel"], *ROWS], [2, 3]),
        ([["Titel"], ["Stand: 2020"], [], *ROWS], [4, 5]),
        ([ROWS[0], ROWS[1], [None, "in %", "in %", "Anzahl", "Anzahl"], *ROWS[2:]], [1, 2, 3]),
        ([["Ort", "Menschen"], [None, "Anzahl"], ["01", 3]], [1, 2]),
        ([["Ort", "Menschen"], ["01", 3]], [1]),
        (
            [
                ["name", "art", "traeger", None],
                ["Kita Nord", "Kita", "AWO", "barrierefrei"],
                ["B", "Kita", "AWO", None],
            ],
            [1],
        ),
        ([["Ort", None, "Wert"], ["01", "Nord", 5], ["02", "Süd", 6]], [1]),
        ([[None, "Ort", "Jahr"], [0, "Nord", 2018], [1, "Süd", 2018]], [1]),
        ([["Ort", "Art"], ["Nord", "Kita"], ["Süd", "Hort"]], [1]),
        ([["Ort", 2018, 2019], ["Nord", "-", "-"], ["Süd", "x", "."]], [1]),
        ([["Titel"], ["Ort", "unter 1", 1, 2, 3, 4, 5, "6 u. älter"], ["Nord", *"12345678"]], [2]),
        ([["Ort", "im Alter von"], [None, 0, 1.0, 2, 3, 4, "5 u. älter"], ["Nord", *"3123456"]], [1, 2]),
        ([["Ort", "Kinder"], [None, 1, 2, 4, 5, 6], ["Nord", *"12345"]], [1]),  # 3 is lacking: data
        ([["Ort", "Wert"]], [1]),
        ([[]], []),
    ],
)
def test_rows_of_heads_are_told_from_titles_and_data(rows: list[list[Any]], found: list[int]) -> None:
    assert find_head_rows(rows) == found


def test_the_same_table_with_one_row_of_heads_gives_the_same_values(tmp_path: Path) -> None:
    """The law: how heads are written changes no value."""
    columns = {"bevoelkerung": RateColumns(value="Menschen 2019")}
    frames = []
    alike: tuple[list[list[Any]], ...] = (ROWS, [HEADS, [None] * 5, *ROWS[2:]])
    for number, rows in enumerate(alike):
        (tmp_path / str(number)).mkdir()
        file, header = make_csv(tmp_path / str(number), rows), [1, 2] if number == 0 else None
        order = IndicatorFile(file=file, form="wide", key="Ort", year=2019, columns=columns, header_row=header)
        frames.append(read_indicators(order, specs=CATALOGUE.specs, quarter_ids=["01", "02"]).indicators)
    pd.testing.assert_frame_equal(pd.DataFrame(frames[0]), pd.DataFrame(frames[1]))
