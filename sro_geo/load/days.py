"""Tables that name days and not years: of several of one year the project says which counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.load.cells import clean_text, number_cells
from sro_geo.load.dates import parse_date
from sro_geo.load.telling import refuse, tell_rows

if TYPE_CHECKING:
    from sro_geo.errors import Problem
    from sro_geo.load.tables import Table


def choose_day(table: Table, *, head: str | None, day: str | None) -> tuple[Table, list[Problem]]:
    """Rows of the day that counts, and a note on those of others; the table as it is where its column names no days.

    Parameters
    ----------
    table : Table
        One row for each quarter and day, or year.
    head : str or None
        Column of the year.
    day : str or None
        Day and month as in "31.12."; needed where a year has several.

    Raises
    ------
    DataError
        If a year has several days and none is stated, or the one that is stated does not occur.
    """
    if head not in table.frame.columns:
        if day is not None:
            raise refuse(table.place, "day_not_found", day=day, found=list(table.frame.columns))
        return table, []
    dates = read_days(table.frame[head])
    if day is None and not (dates != "").any():
        return table, []
    days = dates.str[8:10] + "." + dates.str[5:7] + "."
    place, named = replace(table.place, column=head), list_days(dates)
    if day is None:
        if pd.Series(days[dates != ""]).groupby(dates[dates != ""].str[:4]).nunique().max() > 1:
            raise refuse(place, "days_several", column=head, found=named, last=named[-1])
        return table, []
    if day not in named:
        raise refuse(place, "day_not_found", day=day, found=named or [str(cell) for cell in table.frame[head].unique()])
    others = (dates != "") & (days != day)
    notes = [tell_rows(place, table.frame.index[others], "days_left_out", day=day)] if others.any() else []
    return replace(table, frame=table.frame[~others]), notes


def read_days(column: pd.Series) -> pd.Series:
    """ISO dates of a column, empty where a cell is none."""
    numbers, cells = number_cells(column)
    found = [parse_date(clean_text(cell)) or "" for cell in cells]
    return pd.Series(np.array(found, dtype=object)[numbers], index=column.index, dtype="str")


def list_days(dates: pd.Series) -> list[str]:
    """Days and months that ISO dates have, in the order of a year.

    Examples
    --------
    >>> list_days(pd.Series(["2023-12-31", "2023-03-31", "2022-12-31", ""]))
    ['31.03.', '31.12.']
    """
    return [f"{end[3:]}.{end[:2]}." for end in sorted({date[5:] for date in dates if date})]
