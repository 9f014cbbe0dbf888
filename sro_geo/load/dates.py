"""Dates as tables write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.load.telling import tell_rows

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.errors import Place, Problem

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_dates(texts: pd.Series, place: Place, head: str) -> tuple[pd.Series, list[Problem]]:
    """ISO dates of a column, empty where it says nothing, and the cells that are none."""
    dates = texts.map(parse_date)
    wrong = dates.isna()
    if not wrong.any():
        return dates.astype("str"), []
    there, found = replace(place, column=head), list(dict.fromkeys(texts[wrong]))
    return dates, [tell_rows(there, texts.index[wrong], "date_unreadable", column=head, found=found)]


def parse_date(text: str) -> str | None:
    """ISO date from an ISO or a German one, empty from nothing, None from anything else."""
    if not text:
        return ""
    german = _GERMAN_DATE.fullmatch(text)
    try:
        day = (
            dt.date(int(german[3]), int(german[2]), int(german[1]))
            if german
            else dt.datetime.fromisoformat(text).date()
        )
    except ValueError:
        return None
    return day.isoformat()
