"""Tables keep their spreadsheet rows, whatever form they come in."""

import zipfile
from pathlib import Path

import pytest

from sro_geo.errors import DataError, Problem
from sro_geo.load.reading import find_file
from sro_geo.load.tables import read_table
from tests.load_data import write, write_book


def find_problems(folder: Path, content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        read_table(write(folder, "t.csv", content))
    return caught.value.problems


@pytest.mark.parametrize(
    ("content", "decimal"),
    [
        ("code;wert\nA;1\nB;2\n", ","),
        ("code,wert\nA,1\nB,2\n", "."),
        ("code\twert\nA\t1\nB\t2\n", ","),
        ("sep=^\ncode^wert\nA^1\nB^2\n", ","),
        ("\ufeffcode;wert\r\nA;1\r\nB;2\r\n", ","),
        ('"code";"wert"\n"A";"1"\n\n;\nB;2\n', ","),
    ],
)
def test_forms_of_csv(tmp_path: Path, content: str, decimal: str) -> None:
    table = read_table(write(tmp_path, "t.csv", content))
    assert list(table.frame.columns) == ["code", "wert"]
    assert table.frame.to_numpy().tolist() == [["A", "1"], ["B", "2"]]
    assert table.decimal == decimal
    assert table.notes == ()


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    csv = read_table(write(tmp_path, "t.csv", 'code;name\nA;"zwei\nZeilen"\n\nB;x\n'))
    assert csv.frame["name"].to_dict() == {2: "zwei Zeilen", 4: "x"}
    marked = read_table(write(tmp_path, "m.csv", "sep=^\ncode^name\nA^x\n"))
    assert list(marked.frame.index) == [3]


def test_windows_text_is_read_and_noted(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "t.csv", "code;name\nA;Groß Klein\n".encode("cp1252")))
    assert table.frame["name"].tolist() == ["Groß Klein"]
    assert [note.cause for note in table.notes] == ["read_as_cp1252"]


def test_identical_rows_count_once_and_are_noted(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "t.csv", "code,wert\nA,1\nB,2\nA,1\n"))
    assert list(table.frame.index) == [2, 3]
    (note,) = table.notes
    assert (note.cause, note.values["count"], note.places[0].row) == ("rows_doubled", 1, 4)


@pytest.mark.parametrize(
    ("below", "remarks"),
    [
        ("Quelle: Stadt\n", {4: "Quelle: Stadt"}),
        ("* geheim\nStand 2024,\n", {4: "* geheim", 5: "Stand 2024"}),
        ("\nAlle Angaben vorläufig\nund ohne Gewähr\n", {5: "Alle Angaben vorläufig", 6: "und ohne Gewähr"}),
        (f"1) {'so ' * 40}\n", {4: f"1) {'so ' * 19} …"}),
        ("C,\n", {}),
        ("Quellental,\n", {}),
        ("Quelle: Stadt\nD,4\n", {}),
        ("C,\n\nQuelle: Stadt\n", {6: "Quelle: Stadt"}),
    ],
)
def test_text_below_a_table_is_a_remark_and_a_quarter_without_a_value_is_none(
    tmp_path: Path, below: str, remarks: dict[int, str]
) -> None:
    table = read_table(write(tmp_path, "t.csv", f"code,wert\nA,1\nB,2\n{below}"))
    told = [note for note in table.notes if note.cause == "remarks_below"]
    found = {place.row: text for note in told for place, text in zip(note.places, note.values["found"], strict=True)}  # type: ignore[call-overload]  # a list
    assert found == remarks
    assert len(table.frame) + len(remarks) == len([line for line in f"A\nB\n{below}".split("\n") if line])


def test_a_table_of_one_column_has_no_remarks(tmp_path: Path) -> None:
    book = write_book(tmp_path, "t.xlsx", {"a": [["code"], ["A"], [None], ["Quelle: Stadt"]]})
    table = read_table(book)
    assert table.frame["code"].tolist() == ["A", "Quelle: Stadt"]


def test_columns_without_a_head_get_letters(tmp_path: Path) -> None:
    table = read_table(write_book(tmp_path, "t.xlsx", {"Blatt": [["code"], ["A", 1, 2]]}))
    assert list(table.frame.columns) == ["code", "B", "C"]
    wide = read_table(write(tmp_path, "w.csv", "a" + "," * 27 + "\n" + ",".join("1" * 28) + "\n"))
    assert list(wide.frame.columns)[-3:] == ["Z", "AA", "AB"]


def test_workbooks(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Bericht", None], [None, None], ["code", "wert"], ["A", 1.5], [" B\n", "x"]]
    file = write_book(tmp_path, "t.xlsx", {"_alt": [["a", "b"]], "Werte": rows})
    table = read_table(file, header_row=3)
    assert (table.part, table.decimal) == ("Werte", ",")
    assert table.frame["wert"].to_dict() == {4: 1.5, 5: "x"}
    assert table.frame["code"].to_dict() == {4: "A", 5: "B"}


def test_open_document_sheets(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    names = f'xmlns:office="{office}" xmlns:table="{office.replace("office:1", "table:1")}" xmlns:text="{office.replace("office:1", "text:1")}"'
    rows = [["code", "wert"], ["A", "1,5"]]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    body = f'<office:body><office:spreadsheet><table:table table:name="Werte">{lines}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<?xml version='1.0'?><manifest/>")
        archive.writestr(
            "content.xml", f"<?xml version='1.0'?><office:document-content {names}>{body}</office:document-content>"
        )
    table = read_table(find_file("t.ods", folder=tmp_path))
    assert (table.part, table.frame.to_numpy().tolist()) == ("Werte", [["A", "1,5"]])


def test_a_hidden_sheet_is_read_when_named(tmp_path: Path) -> None:
    file = write_book(tmp_path, "t.xlsx", {"_alt": [["a", "b"], [1, 2]], "Werte": [["c", "d"], [3, 4]]})
    assert list(read_table(file, sheet="_alt").frame.columns) == ["a", "b"]


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    causes = [problem.cause for problem in find_problems(tmp_path, "a,a,b\n1,2\n1,2,3,4\n")]
    assert causes == ["heads_doubled", "rows_odd"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("nur eine Spalte\nA\n", "no_delimiter"),
        ('a,b\n1,"offen\n', "csv_broken"),
        (b"a;b\n\x81;1\n", "encoding_unknown"),
        ("a,b\n", "no_rows"),
        ("a;b\nA;1;2\n", "rows_odd"),
        ("\ufeff", "file_empty"),
    ],
)
def test_faults_of_csv(tmp_path: Path, content: str | bytes, cause: str) -> None:
    assert [problem.cause for problem in find_problems(tmp_path, content)] == [cause]


def test_sheets_must_be_named(tmp_path: Path) -> None:
    file = write_book(tmp_path, "t.xlsx", {"x": [["a", "b"], [1, 2]], "y": [["a", "b"], [1, 2]]})
    for sheet, cause in ((None, "sheet_not_named"), ("z", "sheet_missing")):
        with pytest.raises(DataError) as caught:
            read_table(file, sheet=sheet)
        assert caught.value.problems[0].cause == cause
        assert caught.value.problems[0].values["sheets"] == ["x", "y"]


def test_a_broken_workbook(tmp_path: Path) -> None:
    whole = write_book(tmp_path, "t.xlsx", {"x": [["a", "b"], [1, 2]]}).path.read_bytes()
    broken = whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml")
    with pytest.raises(DataError) as caught:
        read_table(write(tmp_path, "b.xlsx", broken))
    assert caught.value.problems[0].cause == "workbook_broken"


def test_an_empty_head_row(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_table(write(tmp_path, "t.csv", "a,b\n\n1,2\n"), header_row=2)
    assert caught.value.problems[0].cause == "header_row_empty"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_may_end_as_in_old_programs(tmp_path: Path, end: str) -> None:
    table = read_table(write(tmp_path, "t.csv", end.join(["code;wert", "A;1", "B;2", ""])))
    assert table.frame.to_dict("index") == {2: {"code": "A", "wert": "1"}, 3: {"code": "B", "wert": "2"}}


def test_a_head_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_table(write(tmp_path, "t.csv", "a" * 200_000 + ";b\n1;2\n"))
    assert [problem.cause for problem in caught.value.problems] == ["csv_broken"]


def test_control_characters_are_taken_out(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "t.csv", "code;na\x1bme\nA\x07;Nord\x1b[31m\u202estadt\x7f\n"))
    assert table.frame.to_dict("list") == {"code": ["A"], "name": ["Nord[31mstadt"]}


def test_the_delimiter_is_that_of_the_heads(tmp_path: Path) -> None:
    text = "Bericht, nach Ortsteilen, vorläufig\n\ncode;name;wert\n1;Nord;2,5\n"
    table = read_table(write(tmp_path, "t.csv", text), header_row=3)
    assert list(table.frame.columns) == ["code", "name", "wert"]
    assert table.frame.loc[4, "wert"] == "2,5"
