"""Cells as text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.text.cleaning import drop_controls

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200d\u2060\ufeff\u00ad]")
"""What `clean_text` leaves out without a trace."""


def has_hidden(value: object) -> bool:
    r"""Whether a text has characters that nobody sees.

    Examples
    --------
    >>> has_hidden("Groß Klein"), has_hidden("Groß\u200bKlein"), has_hidden(3)
    (False, True, False)
    """
    return isinstance(value, str) and not value.isprintable() and bool(_HIDDEN.search(value))


def clean_text(value: object) -> str:
    r"""Cell as text: composed letters, no line breaks, no control characters, no invisible marks; whole numbers without a point.

    Examples
    --------
    >>> clean_text("  Groß\u00a0Klein\n"), clean_text(3.0), clean_text("03"), clean_text(None)
    ('Groß Klein', '3', '03', '')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(drop_controls(unicodedata.normalize("NFC", text).translate(_INVISIBLE)).split())


def number_cells(column: pd.Series) -> tuple[NDArray[np.intp], list[object]]:
    """Which of the distinct cells stands in each row, and these; where not all are text, each cell stands for itself.

    Examples
    --------
    >>> numbers, cells = number_cells(pd.Series(["a", "b", None, "a"]))
    >>> [cells[number] for number in numbers], len(cells)
    (['a', 'b', None, 'a'], 3)
    """
    if pd.api.types.infer_dtype(column, skipna=True) not in {"string", "empty"}:
        return np.arange(len(column)), list(column)
    numbers, found = pd.factorize(column.to_numpy(dtype=object))
    return numbers, [*found, None]  # -1, where there is nothing, is the last


def clean_column(column: pd.Series) -> pd.Series:
    """Column as text, empty where there is nothing."""
    numbers, cells = number_cells(column)
    texts = np.array([clean_text(cell) for cell in cells], dtype=object)
    return pd.Series(texts[numbers], index=column.index, dtype="str")
