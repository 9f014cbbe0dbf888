"""Cells as numbers, with the signs that German official statistics put in their place.

References
----------
DIN 55301 and the common explanation of signs of the German statistical offices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.load.cells import clean_text
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
    cells = table.frame[column]
    keys = [_as_key(cell) for cell in cells]
    mark = table.decimal if decimal is None else decimal
    read = {key: _try(key, mark, stated=decimal is not None) for key in dict.fromkeys(keys)}
    results = [read[key] for key in keys]
    problems = []
    for cause in ("cell_fault", "formula_without_value", "number_ambiguous", "number_unreadable"):
        rows = [
            (row, cell)
            for row, cell, result in zip(table.frame.index, cells, results, strict=True)
            if result[1] == cause
        ]
        if rows:
            place, found = (
                replace(table.place, column=column),
                list(dict.fromkeys(clean_text(cell) for _, cell in rows)),
            )
            problems.append(tell_rows(place, [row for row, _ in rows], cause, column=column, found=found))
    value = pd.Series([value for value, _ in results], index=cells.index, dtype="float64", name=column)
    return Numbers(
        value=value,
        status=pd.Series([status for _, status in results], index=cells.index, dtype="str"),
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
