"""Heads of columns whatever their spelling: case, umlauts, spaces and signs do not count."""

from __future__ import annotations

import re

from sro_geo.load.cells import clean_text

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONGEST = 500
"""What comes after so many signs is no head and no name."""

_SIGNS = re.compile(r"[^a-z0-9]+")
_JOINTS = re.compile(r"[\s/\u002d\u2010-\u2014]+")


def fold_head(head: str) -> str:
    """Head in lower case ASCII, its words joined by `_`.

    Examples
    --------
    >>> fold_head("Straße / Haus-Nr."), fold_head("E-Mail"), fold_head("gültig_ab")
    ('strasse_haus_nr', 'e_mail', 'gueltig_ab')
    """
    return _SIGNS.sub("_", clean_text(head)[:_LONGEST].casefold().translate(_UMLAUTS)).strip("_")


def fold_name(name: str) -> str:
    """Name in lower case, its words joined by one space each; other signs stay, since a footnote may mean something.

    Examples
    --------
    >>> fold_name("GROSS-Klein"), fold_name("Groß  Klein"), fold_name("Süd*")
    ('gross klein', 'gross klein', 'sued*')
    """
    return _JOINTS.sub(" ", clean_text(name)[:_LONGEST].casefold().translate(_UMLAUTS)).strip()
