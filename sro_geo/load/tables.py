"""CSV, XLSX and ODS as tables of raw cells that keep their spreadsheet rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from sro_geo.errors import Place, Problem, stop_at
from sro_geo.load.bounds import check_bounds, name_column
from sro_geo.load.cells import clean_text, has_hidden
from sro_geo.load.headrows import are_names, divide_heads, find_head_rows, join_heads
from sro_geo.load.odsscan import scan_ods
from sro_geo.load.persons import check_persons, note_dropped
from sro_geo.load.reading import expect_type, read_bytes
from sro_geo.load.remarks import drop_remarks
from sro_geo.load.rows import pack_cells, pack_texts
from sro_geo.load.scanning import scan_sheet
from sro_geo.load.telling import refuse, tell, tell_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sro_geo.load.reading import DataFile
    from sro_geo.load.rows import Rows
    from sro_geo.load.scanning import Findings

DELIMITERS = (";", ",", "\t")
"""Tried on the line of the heads; the one that gives the most columns is taken."""

UTF_8, WINDOWS = "UTF-8", "Windows-1252"
"""Encodings that are tried."""

_LONGEST = 100_000
"""What comes after so many signs of a line does not matter for how it is divided."""

MOST_TITLE_ROWS = 12
"""So many rows of titles may stand above the heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as they stand in a file.

    Attributes
    ----------
    frame : DataFrame
        One column for each head, one row for each row that is not empty; the index is the row as a
        spreadsheet counts.
    file : str
        The file as the project names it.
    part : str or None
        Sheet.
    decimal : str
        Decimal mark that the form of the file suggests.
    form : tuple of str
        Encoding and delimiter; empty where the file is a workbook or has shapes.
    notes : tuple of Problem
        What was decided on the way.
    """

    frame: pd.DataFrame
    file: str
    part: str | None
    decimal: str
    notes: tuple[Problem, ...]
    form: tuple[str, str] = ("", "")

    @property
    def place(self) -> Place:
        """File and sheet as a place of problems."""
        return Place(file=self.file, part=self.part)


def read_table(
    file: DataFile, *, sheet: str | None = None, header_row: int | Sequence[int] | None = None, drop: Sequence[str] = ()
) -> Table:
    """Table in a CSV, XLSX or ODS file.

    Parameters
    ----------
    file : DataFile
        The file; its content decides how it is read, not its name.
    sheet : str or None
        Needed where a workbook has several visible sheets.
    header_row : int, sequence of int or None
        Row or rows of the heads as a spreadsheet counts; the first row that is not empty where not stated.
    drop : sequence of str
        Columns that the project leaves out because they name persons.

    Raises
    ------
    DataError
        If it is another type of file, cannot be decoded, has no rows, heads that occur twice, in several rows that are not
        stated, or odd rows, or anything in it points to a person.

    Notes
    -----
    Identical rows are read once, with a note. Cells are text, numbers, dates or None; text is stripped.
    """
    kind = expect_type(file, ["text", "xlsx", "ods"])
    part, form = None, ("", "")
    stated = [header_row] if isinstance(header_row, int) else sorted(header_row or ())
    if kind == "text":
        rows, form, notes = _read_csv(file, header_row=stated[-1] if stated else None)
    else:
        rows, part, notes = _read_sheet(file, sheet, kind=kind)
    decimal = "." if form[1] == "," else ","
    place = Place(file=file.name, part=part)
    frame = check_persons(_frame_rows(rows, file=file.name, part=part, stated=stated), place=place, drop=drop)
    notes += note_dropped(drop, place=place)
    frame, remarks = drop_remarks(frame, place=place)
    notes += remarks
    doubled = frame.duplicated()
    if doubled.any():
        notes.append(tell_rows(place, frame.index[doubled], "rows_doubled"))
        frame = frame[~doubled]
    return Table(frame=frame, file=file.name, part=part, decimal=decimal, notes=tuple(notes), form=form)


def _read_csv(file: DataFile, *, header_row: int | None) -> tuple[Rows, tuple[str, str], list[Problem]]:
    text, encoding = _decode(file)
    if not text:  # the mark of an encoding alone
        raise refuse(file.place, "file_empty")
    notes = [] if encoding == UTF_8 else [tell(file.place, "read_as_cp1252")]
    if not text.endswith("\n"):
        notes.append(tell(Place(file=file.name, row=text.count("\n") + 1), "last_line_open"))
    lines = _list_lines(text)
    skipped: list[list[str]] = []
    try:
        if text.startswith("sep="):
            delimiter, skipped = next(lines)[4:5].strip("\n") or ",", [[]]
        else:
            delimiter = _find_delimiter(text, file, row=header_row)
        rows, texts = pack_texts(chain(skipped, csv.reader(lines, delimiter=delimiter, strict=True)))
    except csv.Error as error:
        raise refuse(file.place, "csv_broken", reason=str(error)) from error
    if odd := [number for number, text in enumerate(texts) if has_hidden(text)]:
        notes.append(tell_rows(file.place, rows.find(odd), "characters_dropped"))
    return rows, (encoding, delimiter), notes


def _list_lines(text: str) -> Iterator[str]:
    """Lines with their ends, in pieces: all at once take several times the room of the text."""
    return chain.from_iterable(io.StringIO(piece, newline="\n") for piece in _cut(text))


def _cut(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + _LONGEST) + 1 or len(text)
        yield text[start:end]
        start = end


def _decode(file: DataFile) -> tuple[str, str]:
    """Text, and the encoding that it was read in."""
    content = read_bytes(file)
    try:
        return _end_lines(content.decode("utf-8-sig")), UTF_8
    except UnicodeDecodeError:
        pass
    try:
        return _end_lines(content.decode("cp1252")), WINDOWS
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise refuse(Place(file=file.name, row=row), "encoding_unknown") from error


def _end_lines(text: str) -> str:
    """Text whose lines end as ours do; old programs end them with CR alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_delimiter(text: str, file: DataFile, *, row: int | None) -> str:
    """Delimiter of the heads: in the row that is stated, else in the first that is no title."""
    lines = list(islice(_list_lines(text), row or MOST_TITLE_ROWS))
    line = _find_heads(lines) if row is None else "".join(lines[row - 1 :]).strip() or lines[0]
    mark, cells = _divide(line)
    if len(cells) < 2:  # noqa: PLR2004  a table has a key and a value
        raise refuse(Place(file=file.name, row=row or 1), "no_delimiter", line=line.strip()[:60])
    return mark


def _find_heads(lines: Sequence[str]) -> str:
    """First line of words that is divided like the next; else the first line."""
    for line, below in pairwise(lines):
        (mark, cells), (other, more) = _divide(line[:_LONGEST]), _divide(below[:_LONGEST])
        if len(cells) > 1 and (mark, len(cells)) == (other, len(more)) and are_names(cells):
            return line
    return lines[0]


def _divide(line: str) -> tuple[str, list[str]]:
    """Delimiter that gives the most columns, and these."""
    cells = {mark: [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])] for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: len(cells[mark]))
    return best, cells[best]


def _read_sheet(file: DataFile, sheet: str | None, *, kind: str) -> tuple[Rows, str, list[Problem]]:
    check_bounds(file)
    findings = scan_ods(file) if kind == "ods" else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(file)))
        visible = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        if sheet is None and len(visible) != 1:
            raise refuse(file.place, "sheet_not_named", sheets=visible)
        if sheet is not None and sheet not in book.sheet_names:
            raise refuse(file.place, "sheet_missing", sheet=sheet, sheets=list(book.sheet_names))
        name = visible[0] if sheet is None else sheet
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise refuse(file.place, "workbook_broken", reason=str(error)) from error
    cells: list[list[object]] = [
        [(clean_text(cell) or None) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]
    hidden = [one for one in book.sheet_names if one not in {*visible, name}]
    notes = [tell(file.place, "sheets_hidden", found=hidden)] if hidden else []
    unseen = [number for number, row in enumerate(rows, start=1) if any(map(has_hidden, row))]
    notes += [tell_rows(Place(file=file.name, part=name), unseen, "characters_dropped")] if unseen else []
    found = findings[name] if name in findings else scan_sheet(file, name)
    notes += _add_findings(cells, found, place=Place(file=file.name, part=name))
    return pack_cells(cells), name, notes


def _add_findings(rows: list[list[object]], found: Findings, *, place: Place) -> list[Problem]:
    """Put errors and formulas without a result where they stand, and note what is hidden among what is read."""
    for (row, column), text in found.cells.items():
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = text
    width = max((len(row) for row in rows), default=0)
    columns = [name_column(column) for some in found.hidden_columns for column in some if column <= width]
    numbers = [row for some in found.hidden_rows for row in range(some.start, min(some.stop, len(rows) + 1))]
    hidden = [row for row in numbers if any(cell is not None for cell in rows[row - 1])]
    notes = [tell_rows(place, hidden, "rows_hidden")] if hidden else []
    return notes + ([tell(place, "columns_hidden", found=columns)] if columns else [])


def _frame_rows(rows: Rows, *, file: str, part: str | None, stated: Sequence[int]) -> pd.DataFrame:
    filled = rows.find_filled()
    first = int(filled[0]) if len(filled) else 1
    starts = stated or find_head_rows(rows.take_first(first + MOST_TITLE_ROWS) if len(filled) else []) or [1]
    empty = next((start for start in starts if start not in filled), None)
    if empty is not None:
        raise refuse(Place(file=file, part=part, row=empty), "header_row_empty", row=empty)
    heads = join_heads([rows.take(start) for start in starts])
    found = divide_heads(rows.take_first(starts[0]), starts) if stated else starts
    if found != (stated or [first]):
        setting = str(found) if len(found) > 1 else str(found[0])
        raise refuse(Place(file=file, part=part, row=found[0]), "heads_elsewhere", rows=found, setting=setting)
    body = filled[filled > starts[-1]]
    problems = [
        *_find_doubled_heads(heads, file=file, part=part, row=starts[-1]),
        *_find_odd_rows(rows, body, width=len(heads), file=file, part=part),
    ]
    if not len(body):
        problems.append(tell(Place(file=file, part=part), "no_rows"))
    stop_at(problems)
    columns = {head: rows.take_column(body, at) for at, head in enumerate(heads)}
    return pd.DataFrame(columns, index=body, dtype=object, columns=heads, copy=False)


def _find_doubled_heads(heads: list[str], *, file: str, part: str | None, row: int) -> list[Problem]:
    doubled = sorted(head for head, times in Counter(heads).items() if times > 1)
    place = Place(file=file, part=part, row=row)
    return [tell(place, "heads_doubled", columns=doubled)] if doubled else []


def _find_odd_rows(rows: Rows, body: NDArray[np.intp], *, width: int, file: str, part: str | None) -> list[Problem]:
    """Rows cut short or with cells beyond the heads; a lone first cell is a remark and stays."""
    lengths = rows.lengths[body - 1]
    uneven = zip(body[lengths != width], lengths[lengths != width], strict=True)
    odd = [
        row
        for row, count in uneven
        if any(cell is not None for cell in rows.take(row)[width if count > width else 1 :])
    ]
    return [tell_rows(Place(file=file, part=part), odd, "rows_odd", wanted=width)] if odd else []
