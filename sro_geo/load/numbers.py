"""Cells as numbers, with the signs that German official statistics put in their place.

References
----------
DIN 55301 and the common explanation of signs of the German statistical offices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.load.cells import clean_text, number_cells
from sro_geo.load.scanning import FORMULA
from sro_geo.load.telling import tell_rows
from sro_geo.model.status import ESTIMATED, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.errors import Problem
    from sro_geo.load.tables import Table

EMPTY = ""
"""Status of a cell without anything in it: the reader of the table decides what it means."""

DASHES = ("–", "—", "-", "−")
"""Stand for a true zero."""

SIGNS: Mapping[str, tuple[float | None, str]] = {
    **dict.fromkeys(DASHES, (0.0, OBSERVED)),
    **dict.fromkeys((".", "*", "•"), (None, SUPPRESSED)),
    **dict.fromkeys(("…", "...", ".."), (None, LATER)),
    "/": (None, MISSING),
    **dict.fromkeys(("x", "X"), (None, NOT_APPLICABLE)),
}
"""`–` is a true zero, `.` unknown or secret, `…` comes later, `/` is not reliable, `x` makes no sense."""

_BRACKETS = re.compile(r"\((.+)\)")
_FAULTS = (
    "#N/A",
    "#NV",
    "#DIV/0!",
    "#REF!",
    "#BEZUG!",
    "#VALUE!",
    "#WERT!",
    "#NAME?",
    "#NUM!",
    "#ZAHL!",
    "#NULL!",
    "#GETTING_DATA",
    "#SPILL!",
    "#ÜBERLAUF!",
    "#CALC!",
    "#KALK!",
)
_FORMS = {
    ",": (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+(?:,[0-9]+)?"), ".", ","),
    ".": (re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]+(?:\.[0-9]+)?"), ",", "."),
}
_ONE_GROUP = {",": re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}"), ".": re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")}
_OTHER = {",": re.compile(r"[0-9]+\.[0-9]+"), ".": re.compile(r"[0-9]+,[0-9]+")}


class _UnreadableError(Exception):
    """A cell is no number; carries the id of the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    value : Series of float
        On the table's index; missing where the status says so or the cell is empty.
    status : Series of str
        A status of the model, or `EMPTY`.
    problems : tuple of Problem
        Cells that could not be read.
    """

    value: pd.Series
    status: pd.Series
    problems: tuple[Problem, ...]


def read_numbers(table: Table, column: str, *, decimal: str | None = None) -> Numbers:
    """Numbers and signs in a column.

    Parameters
    ----------
    table : Table
        Raw cells.
    column : str
        Head of the column.
    decimal : {",", "."} or None
        Decimal mark as stated. Without it the file's form suggests one, and a number that could mean two
        things ("1.000" in a file with semicolons) is a problem.
    """
    numbers, cells = number_cells(table.frame[column])
    mark = table.decimal if decimal is None else decimal
    read = [_try(_as_key(cell), mark, stated=decimal is not None) for cell in cells]
    said, rows = np.array([status for _, status in read], dtype=object), table.frame.index
    problems = []
    for cause in ("cell_fault", "formula_without_value", "number_ambiguous", "number_unreadable"):
        wrong = said == cause
        if wrong.any():
            found = list(dict.fromkeys(clean_text(cells[number]) for number in np.flatnonzero(wrong)))
            place = replace(table.place, column=column)
            problems.append(tell_rows(place, rows[wrong[numbers]], cause, column=column, found=found))
    values = np.array([value for value, _ in read], dtype="float64")
    return Numbers(
        value=pd.Series(values[numbers], index=rows, name=column),
        status=pd.Series(said[numbers], index=rows, dtype="str"),
        problems=tuple(problems),
    )


def _as_key(cell: object) -> object:
    return (
        cell if isinstance(cell, int | float) and not isinstance(cell, bool) and not pd.isna(cell) else clean_text(cell)
    )


def _try(cell: object, decimal: str, *, stated: bool) -> tuple[float | None, str]:
    try:
        return _parse(cell, decimal, stated=stated)
    except _UnreadableError as error:
        return None, str(error)


def _parse(cell: object, decimal: str, *, stated: bool) -> tuple[float | None, str]:
    if isinstance(cell, int | float):
        return float(cell), OBSERVED
    text = str(cell)
    if text == "":
        return None, EMPTY
    if text in SIGNS:
        return SIGNS[text]
    if text in _FAULTS:
        raise _UnreadableError("cell_fault")
    if text.startswith(FORMULA):
        raise _UnreadableError("formula_without_value")
    if brackets := _BRACKETS.fullmatch(text):
        return _parse_digits(brackets[1], decimal, stated=stated), ESTIMATED
    return _parse_digits(text, decimal, stated=stated), OBSERVED


def _parse_digits(text: str, decimal: str, *, stated: bool) -> float:
    digits = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", text.strip().removesuffix("%").rstrip()).replace("−", "-")
    sign = -1.0 if digits.startswith("-") else 1.0
    digits = digits.lstrip("+-") if len(digits) - len(digits.lstrip("+-")) <= 1 else ""
    form, group, mark = _FORMS[decimal]
    if _ONE_GROUP[decimal].fullmatch(digits):
        if not stated:
            raise _UnreadableError("number_ambiguous")
        return sign * float(digits.replace(group, ""))
    if form.fullmatch(digits):
        return sign * float(digits.replace(group, "").replace(mark, "."))
    if not stated and _OTHER[decimal].fullmatch(digits):
        return sign * float(digits.replace(group, "."))
    raise _UnreadableError("number_unreadable")
