"""Long and wide tables brought to one layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.errors import Problem, stop_at
from sro_geo.load.cells import clean_column, clean_text, number_cells
from sro_geo.load.dates import parse_date
from sro_geo.load.days import choose_day
from sro_geo.load.numbers import read_numbers
from sro_geo.load.telling import tell, tell_rows
from sro_geo.load.words import INDICATOR_COLUMNS, find_columns
from sro_geo.model.schema import find_missing_columns
from sro_geo.model.status import ESTIMATED, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.load.inputs import IndicatorFile, RateColumns
    from sro_geo.load.tables import Table

NUMBERS = ("value", "numerator", "denominator")

EXAMPLE = "example"
STATUS_WORDS = {
    "": "", "beobachtet": OBSERVED, "geschaetzt": ESTIMATED, "geschätzt": ESTIMATED, "geheim": SUPPRESSED,
    "fehlt": MISSING, "spaeter": LATER, "später": LATER, "entfaellt": NOT_APPLICABLE,
    "entfällt": NOT_APPLICABLE, "beispiel": EXAMPLE,
}  # fmt: skip
"""Status by the German word for it."""

_YEAR = re.compile(r"(19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A table in long form, keys not joined yet.

    Attributes
    ----------
    frame : DataFrame
        indicator, year, value, numerator, denominator, status (empty where not stated), example, row; the index is the row, too.
    key : str
        Head of the quarter's column.
    notes : tuple of Problem
        What was decided on the way.
    problems : tuple of Problem
        Cells that cannot be read; they are missing in the frame.
    """

    frame: pd.DataFrame
    key: str
    notes: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def lay_out(table: Table, order: IndicatorFile) -> Laid:
    """Table in long form.

    Raises
    ------
    DataError
        If columns are lacking or the year is not known, all at once; or not, which day of a year counts.
    """
    stated = {
        **order.heads,
        **{k: v for k, v in {"quarter_id": order.key, "year": order.year_column}.items() if v},
    }
    heads = find_columns(table.frame.columns, stated=stated, aliases=INDICATOR_COLUMNS, words=order.words)
    problems = _check_heads(table, order, heads)
    stop_at(problems)
    table, left_out = choose_day(table, head=None if order.year else heads.get("year"), day=order.day)
    year, wrong_years = _read_years(table, order, heads)
    notes: list[Problem] = []
    if order.form == "long":
        frame, problems = _lay_long(table, order, heads)
    else:
        frame, problems = _lay_wide(table, order)
        notes = _note_empty(frame, table)
        frame.loc[_is_empty(frame), "status"] = MISSING
    return Laid(
        frame=frame.assign(year=year),
        key=heads["quarter_id"],
        notes=(*left_out, *notes),
        problems=(*wrong_years, *problems),
    )


def _check_heads(table: Table, order: IndicatorFile, heads: Mapping[str, str]) -> list[Problem]:
    if order.form == "wide":
        named = [
            head
            for columns in order.columns.values()
            for head in (columns.value, columns.numerator, columns.denominator)
            if head
        ]
        wanted = [heads.get("quarter_id", "quarter_id"), *named]
    else:
        wanted = [heads.get(column, column) for column in ("quarter_id", "indicator", "value")]
        wanted += [heads[column] for column in (*NUMBERS[1:], "status") if column in heads]
    found = find_missing_columns(table.frame, dict.fromkeys(wanted), table="indicators")
    problems = [problem.at(table.place) for problem in found]
    if order.year is None and heads.get("year") not in table.frame.columns:
        problems.append(tell(table.place, "year_not_known", found=list(table.frame.columns)))
    return problems


def _read_years(table: Table, order: IndicatorFile, heads: Mapping[str, str]) -> tuple[pd.Series, list[Problem]]:
    if order.year is not None:
        return pd.Series(order.year, index=table.frame.index), []
    numbers, cells = number_cells(table.frame[heads["year"]])
    texts = [clean_text(cell) for cell in cells]
    found = [int(text if _YEAR.fullmatch(text) else (parse_date(text) or "0")[:4]) for text in texts]
    years = pd.Series(np.array(found, dtype="int64")[numbers], index=table.frame.index)
    return years, _report_cells(table, years == 0, "year_unreadable", heads["year"])


def _lay_long(table: Table, order: IndicatorFile, heads: Mapping[str, str]) -> tuple[pd.DataFrame, list[Problem]]:
    words = (
        clean_column(table.frame[heads["status"]])
        if "status" in heads
        else pd.Series("", index=table.frame.index, dtype="str")
    )
    columns = {column: heads.get(column) for column in NUMBERS}
    frame, problems = _read_rates(table, columns, decimal=order.decimal)
    stated = words.map({word: STATUS_WORDS.get(word.lower(), word.lower()) for word in words.unique()})
    status = stated.where(~stated.isin(["", EXAMPLE]), frame["status"])
    return frame.assign(
        indicator=clean_column(table.frame[heads["indicator"]]), status=status, example=stated == EXAMPLE
    ), problems


def _lay_wide(table: Table, order: IndicatorFile) -> tuple[pd.DataFrame, list[Problem]]:
    frames, problems = [], []
    for code, columns in order.columns.items():
        frame, wrong = _read_rates(table, _list_columns(columns), decimal=order.decimal)
        frames.append(frame.assign(indicator=code, example=False))
        problems += wrong
    return pd.concat(frames), problems


def _list_columns(columns: RateColumns) -> dict[str, str | None]:
    return {"value": columns.value, "numerator": columns.numerator, "denominator": columns.denominator}


def _read_rates(
    table: Table, columns: Mapping[str, str | None], *, decimal: str | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Numbers of one indicator, with the status that a sign gives."""
    nothing = pd.Series(float("nan"), index=table.frame.index)
    read = {column: read_numbers(table, head, decimal=decimal) for column, head in columns.items() if head is not None}
    numbers = {column: read[column].value if column in read else nothing for column in NUMBERS}
    said = {
        column: read[column].status if column in read else pd.Series("", index=table.frame.index) for column in NUMBERS
    }
    status = _choose_status(said["value"], said["numerator"], said["denominator"])
    frame = pd.DataFrame({**numbers, "status": status, "row": table.frame.index}, index=table.frame.index)
    return frame, [problem for part in read.values() for problem in part.problems]


def _choose_status(value: pd.Series, numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Choose what the signs say: those of the value or, where there is none, those of its parts."""
    status = value
    for part in (numerator, denominator):
        status = status.where((status != "") | ~part.isin(UNKNOWN), part)
    for part in (numerator, denominator):
        status = status.where((status != "") | (part != ESTIMATED), part)
    return status.where(status != OBSERVED, "")


def _is_empty(frame: pd.DataFrame) -> pd.Series:
    return (frame["status"] == "") & frame["value"].isna() & (frame["numerator"].isna() | frame["denominator"].isna())


def _note_empty(frame: pd.DataFrame, table: Table) -> list[Problem]:
    empty = frame[_is_empty(frame)]
    if empty.empty:
        return []
    note = tell_rows(table.place, empty["row"].unique(), "cells_empty", found=list(dict.fromkeys(empty["indicator"])))
    return [replace(note, values={**note.values, "count": len(empty)})]


def _report_cells(table: Table, mask: pd.Series, cause: str, column: str) -> list[Problem]:
    if not mask.any():
        return []
    place, found = replace(table.place, column=column), list(dict.fromkeys(clean_column(table.frame.loc[mask, column])))
    return [tell_rows(place, table.frame.index[mask], cause, column=column, found=found)]
