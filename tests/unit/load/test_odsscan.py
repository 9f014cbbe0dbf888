"""What an ODS file says of itself before it is read."""

from pathlib import Path

import pytest

from sro_geo.errors import DataError
from sro_geo.load.odsscan import scan_ods
from sro_geo.load.scanning import Findings
from sro_geo.load.tables import read_table
from tests.bad_input.making import FAULT, make_ods, make_row
from tests.load_data import write

HEAD = make_row("quartier", "wert")
HIDDEN = ' table:visibility="collapse"'
EMPTY = '<table:table-cell table:number-columns-repeated="16382"/>'
NO_RESULT = '<table:table-cell table:formula="of:=[.A1]+1"/>'


def scan(folder: Path, rows: str) -> Findings:
    return scan_ods(write(folder, "mappe.ods", make_ods(rows)))["Werte"]


def test_errors_and_formulas_without_a_result_are_found_where_they_stand(tmp_path: Path) -> None:
    rows = HEAD + make_row("01", FAULT) + make_row("02", NO_RESULT)
    assert scan(tmp_path, rows).cells == {(2, 2): "#DIV/0!", (3, 2): "=[.A1]+1"}


def test_a_repeated_error_stands_in_each_of_its_cells(tmp_path: Path) -> None:
    fault = FAULT.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    rows = HEAD + make_row("01", fault, facts=' table:number-rows-repeated="2"')
    assert set(scan(tmp_path, rows).cells) == {(2, 2), (2, 3), (3, 2), (3, 3)}


def test_empty_cells_up_to_the_end_of_the_sheet_are_no_matter(tmp_path: Path) -> None:
    """LibreOffice writes so."""
    end = make_row(EMPTY, facts=' table:number-rows-repeated="1048000"')
    rows = HEAD + make_row("01", 5, EMPTY) + end
    assert scan(tmp_path, rows).cells == {}
    assert read_table(write(tmp_path, "mappe.ods", make_ods(rows))).frame["wert"].to_list() == [5]


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (1, 6_000_000), (6_000_000, 1)])
def test_a_cell_that_is_repeated_too_often_is_refused(tmp_path: Path, rows: int, columns: int) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
    with pytest.raises(DataError) as caught:
        scan(tmp_path, make_row(cell, facts=f' table:number-rows-repeated="{rows}"'))
    assert [problem.cause for problem in caught.value.problems] == ["cell_far_off"]


def test_hidden_rows_and_columns_are_noted(tmp_path: Path) -> None:
    column = "<table:table-column/><table:table-column" + HIDDEN + "/>"
    rows = column + HEAD + make_row("01", 5, facts=HIDDEN) + make_row("02", 7)
    notes = read_table(write(tmp_path, "mappe.ods", make_ods(rows))).notes
    assert [note.cause for note in notes] == ["rows_hidden", "columns_hidden"]
    assert [place.row for place in notes[0].places] == [2]
    assert notes[1].values["found"] == ["B"]


def test_damaged_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        scan(tmp_path, "<table:table-row>")
    assert [problem.cause for problem in caught.value.problems] == ["workbook_broken"]
