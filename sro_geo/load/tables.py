"""CSV, XLSX and ODS as tables of raw cells that keep their spreadsheet rows."""

from __future__ import annotations

import csv
import io
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from sro_geo.errors import DataError, Place, Problem
from sro_geo.load.bounds import check_bounds
from sro_geo.load.cells import clean_text
from sro_geo.load.reading import expect_type, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.load.reading import DataFile

DELIMITERS = (";", ",", "\t")
"""Tried on the first line; the one that gives the most columns is taken."""

_BOM = "\ufeff"


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
    notes : tuple of Problem
        What was decided on the way.
    """

    frame: pd.DataFrame
    file: str
    part: str | None
    decimal: str
    notes: tuple[Problem, ...]


def read_table(file: DataFile, *, sheet: str | None = None, header_row: int | None = None) -> Table:
    """Table in a CSV, XLSX or ODS file.

    Parameters
    ----------
    file : DataFile
        The file; its content decides how it is read, not its name.
    sheet : str or None
        Needed where a workbook has several visible sheets.
    header_row : int or None
        Row of the heads as a spreadsheet counts; the first row that is not empty where not stated.

    Raises
    ------
    DataError
        If it is another type of file, cannot be decoded, has no rows, heads that occur twice or odd rows.

    Notes
    -----
    Identical rows are read once, with a note. Cells are text, numbers, dates or None; text is stripped.
    """
    if expect_type(file, ["text", "xlsx", "ods"]) == "text":
        rows, decimal, notes = _read_csv(file)
        part = None
    else:
        rows, part = _read_sheet(file, sheet)
        decimal, notes = ",", []
    frame = _frame_rows(rows, file=file.name, part=part, header_row=header_row)
    doubled = frame.duplicated()
    if doubled.any():
        numbers = [int(row) for row in frame.index[doubled]]
        places = tuple(Place(file=file.name, part=part, row=row) for row in numbers[:10])
        notes = [
            *notes,
            Problem(cause="rows_doubled", values={"name": file.name, "count": len(numbers)}, places=places),
        ]
    return Table(frame=frame[~doubled], file=file.name, part=part, decimal=decimal, notes=tuple(notes))


def _read_csv(file: DataFile) -> tuple[list[list[object]], str, list[Problem]]:
    text, notes = _decode(file)
    first, _, rest = text.partition("\n")
    try:
        if first.startswith("sep="):
            delimiter, text, skipped = first[4:5] or ",", rest, 1
        else:
            delimiter, skipped = _find_delimiter(first, file), 0
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise DataError(
            [
                Problem(
                    cause="csv_broken",
                    values={"name": file.name, "reason": str(error)},
                    places=(Place(file=file.name),),
                )
            ]
        ) from error
    rows: list[list[object]] = [[] for _ in range(skipped)]
    rows += [[clean_text(cell) or None for cell in row] for row in cells]
    return rows, "." if delimiter == "," else ",", notes


def _decode(file: DataFile) -> tuple[str, list[Problem]]:
    content = read_bytes(file)
    try:
        return _end_lines(content.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        pass
    try:
        return _end_lines(content.decode("cp1252")), [
            Problem(cause="read_as_cp1252", values={"name": file.name}, places=(Place(file=file.name),))
        ]
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise DataError(
            [
                Problem(
                    cause="encoding_unknown",
                    values={"name": file.name},
                    places=(Place(file=file.name, row=row),),
                )
            ]
        ) from error


def _end_lines(text: str) -> str:
    """Text whose lines end as ours do; old programs end them with CR alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_delimiter(line: str, file: DataFile) -> str:
    counts = {mark: len(next(csv.reader([line], delimiter=mark), [])) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: counts[mark])
    if counts[best] < 2:  # noqa: PLR2004  a table has a key and a value
        raise DataError(
            [
                Problem(
                    cause="no_delimiter",
                    values={"name": file.name, "line": line.strip()[:60]},
                    places=(Place(file=file.name, row=1),),
                )
            ]
        )
    return best


def _read_sheet(file: DataFile, sheet: str | None) -> tuple[list[list[object]], str]:
    place = Place(file=file.name)
    check_bounds(file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(file)))
        visible = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        if sheet is None and len(visible) != 1:
            raise DataError(
                [
                    Problem(
                        cause="sheet_not_named",
                        values={"name": file.name, "sheets": visible},
                        places=(place,),
                    )
                ]
            )
        if sheet is not None and sheet not in book.sheet_names:
            values = {"name": file.name, "sheet": sheet, "sheets": list(book.sheet_names)}
            raise DataError([Problem(cause="sheet_missing", values=values, places=(place,))])
        name = visible[0] if sheet is None else sheet
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise DataError(
            [Problem(cause="workbook_broken", values={"name": file.name, "reason": str(error)}, places=(place,))]
        ) from error
    return [[(clean_text(cell) or None) if isinstance(cell, str) else cell for cell in row] for row in rows], name


def _frame_rows(rows: Sequence[list[object]], *, file: str, part: str | None, header_row: int | None) -> pd.DataFrame:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)]
    start = header_row if header_row is not None else (filled[0][0] if filled else 1)
    body = [(number, row) for number, row in filled if number > start]
    head = next((row for number, row in filled if number == start), None)
    if head is None:
        raise DataError(
            [
                Problem(
                    cause="header_row_empty",
                    values={"row": start},
                    places=(Place(file=file, part=part, row=start),),
                )
            ]
        )
    heads = _name_heads(head, width=max((len(row) for _, row in body), default=len(head)))
    problems = [
        *_find_doubled_heads(heads, file=file, part=part, row=start),
        *_find_odd_rows(body, width=len(head), file=file, part=part),
    ]
    if not body:
        problems.append(Problem(cause="no_rows", values={"name": file}, places=(Place(file=file, part=part),)))
    if problems:
        raise DataError(problems)
    cells = [[*row, *[None] * (len(heads) - len(row))] for _, row in body]
    return pd.DataFrame(cells, columns=heads, index=[number for number, _ in body], dtype=object)


def _name_heads(head: list[object], *, width: int) -> list[str]:
    """Heads as text; a column without one gets the spreadsheet's letters."""
    return [
        clean_text(head[i]) if i < len(head) and head[i] is not None else _letters(i)
        for i in range(max(width, len(head)))
    ]


def _letters(position: int) -> str:
    first, last = divmod(position, 26)
    return (_letters(first - 1) if first else "") + string.ascii_uppercase[last]


def _find_doubled_heads(heads: list[str], *, file: str, part: str | None, row: int) -> list[Problem]:
    doubled = sorted({head for head in heads if heads.count(head) > 1})
    place = Place(file=file, part=part, row=row)
    return (
        [Problem(cause="heads_doubled", values={"name": file, "columns": doubled}, places=(place,))] if doubled else []
    )


def _find_odd_rows(
    body: Sequence[tuple[int, list[object]]], *, width: int, file: str, part: str | None
) -> list[Problem]:
    """Rows cut short or with cells beyond the heads; a lone first cell is a remark and stays."""
    odd = [
        number
        for number, row in body
        if any(cell is not None for cell in row[width:])
        or (len(row) < width and any(cell is not None for cell in row[1:]))
    ]
    places = tuple(Place(file=file, part=part, row=number) for number in odd[:10])
    return [Problem(cause="rows_odd", values={"count": len(odd), "wanted": width}, places=places)] if odd else []
