"""Cells as text."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from sro_geo.text.cleaning import drop_controls

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


class Cleaned(dict[str, str]):
    """Texts as `clean_text` gives them, each cleaned and held once: a table says the same again and again."""

    def __missing__(self, text: str) -> str:
        """Clean a text that is met for the first time."""
        self[text] = cleaned = clean_text(text)
        return cleaned


def clean_column(column: pd.Series) -> pd.Series:
    """Column as text, empty where there is nothing."""
    texts = Cleaned()
    cells = [texts[value] if isinstance(value, str) else clean_text(value) for value in column]
    return pd.Series(cells, index=column.index, dtype="str")
