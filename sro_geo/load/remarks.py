"""Lines of text below a table: where it comes from, what its signs mean. They are no rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sro_geo.load.telling import tell_rows

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.errors import Place, Problem

_REMARK = re.compile(
    r"(?:(?:daten)?quellen?|(?:daten)?stand|datenbasis|anmerkung(?:en)?|hinweise?|erläuterung(?:en)?|zeichenerklärung|legende|"
    r"fußnoten?|sources?|notes?)\b|[*©†¹²³⁴⁵]|\d{1,2}\)|\(\d{1,2}\) ",
    re.IGNORECASE,
)

_LONGEST = 60
"""So much of a line is quoted."""


def drop_remarks(frame: pd.DataFrame, *, place: Place) -> tuple[pd.DataFrame, list[Problem]]:
    """Table without the lines of text below it, and a note that quotes them.

    Parameters
    ----------
    frame : DataFrame
        Cells; the index is the row in the file.
    place : Place
        File and sheet.

    Notes
    -----
    Below the last row with a second cell, lines with a first cell only are text where they begin like a remark or an
    empty line parts them from the table; else it may be a quarter without a value, which is no remark.
    """
    count = len(frame)
    last = count
    while last and frame.iloc[last - 1, 1:].isna().all():
        last -= 1
    rows, texts = frame.index[last:], [str(cell) for cell in frame.iloc[last:, 0]]
    if not last or not texts:
        return frame, []
    before = [int(frame.index[last - 1]), *rows]
    starts = [at for at, text in enumerate(texts) if _REMARK.match(text) or rows[at] > before[at] + 1]
    if not starts:
        return frame, []
    found = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in texts[starts[0] :]]
    note = tell_rows(place, rows[starts[0] :], "remarks_below", found=found)
    return frame.iloc[: last + starts[0]], [note]
