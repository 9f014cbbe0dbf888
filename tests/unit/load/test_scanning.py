"""What a sheet holds besides values, read from its XML."""

from pathlib import Path

import pytest

from sro_geo.errors import DataError
from sro_geo.load.scanning import Findings, scan_sheet
from sro_geo.load.tables import read_table
from tests.bad_input.making import SHEET, change_part, make_book
from tests.load_data import write

ROWS = [("quartier", "wert", "rest"), ("01", 5, "=B2*2"), ("02", "#REF!", None)]


def scan(folder: Path, book: bytes, *, sheet: str = "Werte") -> Findings:
    return scan_sheet(write(folder, "mappe.xlsx", book), sheet)


def test_errors_and_formulas_without_a_result_are_found_where_they_stand(tmp_path: Path) -> None:
    assert scan(tmp_path, make_book(ROWS)).cells == {(2, 3): "=B2*2", (3, 2): "#REF!"}


def test_a_formula_with_its_result_is_a_value_like_any_other(tmp_path: Path) -> None:
    book = change_part(make_book(ROWS), SHEET, "<v />", "<v>10</v>")
    assert scan(tmp_path, book).cells == {(3, 2): "#REF!"}


def test_a_formula_may_give_an_empty_text(tmp_path: Path) -> None:
    book = change_part(make_book(ROWS), SHEET, '<c r="C2">', '<c r="C2" t="str">')
    assert scan(tmp_path, book).cells == {(3, 2): "#REF!"}


def test_a_zero_counts_only_where_the_program_computes(tmp_path: Path) -> None:
    zero = change_part(make_book(ROWS), SHEET, "<v />", "<v>0</v>")
    assert scan(tmp_path, zero).cells[2, 3] == "=B2*2"
    computed = change_part(zero, "xl/workbook.xml", 'fullCalcOnLoad="1"', "")
    assert (2, 3) not in scan(tmp_path, computed).cells


def test_cells_that_name_no_address_count_on(tmp_path: Path) -> None:
    book = make_book(ROWS)
    for address in ("A2", "B2", "C2"):
        book = change_part(book, SHEET, f'<c r="{address}"', "<c")
    assert scan(tmp_path, book).cells == {(2, 3): "=B2*2", (3, 2): "#REF!"}


def test_a_table_holds_the_error_in_the_place_of_the_value(tmp_path: Path) -> None:
    frame = read_table(write(tmp_path, "mappe.xlsx", make_book(ROWS))).frame
    assert frame["wert"].to_list() == [5, "#REF!"]
    assert frame["rest"].to_list() == ["=B2*2", None]


def test_a_column_that_holds_nothing_but_errors_at_the_end_is_kept(tmp_path: Path) -> None:
    rows = [("quartier", "wert", "rest"), ("01", 5, None), ("02", 7, "#N/A")]
    assert read_table(write(tmp_path, "mappe.xlsx", make_book(rows))).frame["rest"].to_list() == [None, "#N/A"]


@pytest.mark.parametrize("old", ["</sheetData>", "<row "])
def test_damaged_xml_is_refused(tmp_path: Path, old: str) -> None:
    with pytest.raises(DataError) as caught:
        scan(tmp_path, change_part(make_book(ROWS), SHEET, old, "<x"))
    assert [problem.cause for problem in caught.value.problems] == ["workbook_broken"]
