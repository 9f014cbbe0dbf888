"""Columns that name persons stop the reading of a table, unless the project says to drop them.

What a column holds is never told, only its head and its rows.

References
----------
Art. 4 and 5 DSGVO; § 35 SGB I; §§ 67 ff. SGB X; §§ 61–65 SGB VIII.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Place
from sro_geo.load.heads import fold_head
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.load.traces import find_traces

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sro_geo.errors import Problem

WORDS = frozenset({
    "nachname", "nachnamen", "vorname", "vornamen", "familienname", "zuname", "rufname", "geburtsname", "maedchenname",
    "nachnahme", "surname", "lastname", "firstname", "forename",
    "geburtsdatum", "geburtstag", "gebdatum", "gebdat", "gebtag", "geburtsdat", "geburtsort", "birthdate", "birthday", "dob",
    "iban", "kontonummer", "kontoinhaber", "steueridentifikationsnummer", "sozialversicherungsnummer", "svnr",
    "rentenversicherungsnummer", "versichertennummer", "krankenversichertennummer", "kvnr", "bgnummer",
    "aktenzeichen", "fallnummer", "fallnr", "kindname", "kindesname", "personennummer", "personalausweisnummer",
    "ausweisnummer", "passnummer", "privatanschrift", "privatadresse", "wohnanschrift", "privattelefon", "privathandy",
})  # fmt: skip
"""Words of a head that stand for a person wherever they stand."""

_PHRASES = re.compile(
    r"(?:^|_)(?:"
    r"geb_(?:datum|dat|tag)|geb(?:oren)?_am|date_of_birth|birth_?(?:date|day|name|place)|(?:last|first|sur|given|maiden)_name"
    r"|steuer_?id(?:_?nr|_?nummer)?|steuer_ident\w*|sozialversicherungs_?(?:nr|nummer)|(?:sv|rv|kv|bg)_(?:nr|nummer)"
    r"|social_security_(?:no|number)|tax_id|case_(?:no|number|id)|fall_(?:nr|nummer|id|kennung)|akten_(?:nr|nummer|zeichen)"
    r"|person(?:en)?_(?:nr|nummer|id)|person_?id|klient(?:en)?_?(?:nr|nummer|id|name)|client_(?:id|name|no)"
    r"|name_(?:der_|des_|d_)?(?:kind(?:es)?|mutter|vaters?|eltern\w*|klient\w*|kindertagespflegeperson|tagespflegeperson|tagesmutter|tagesvaters?|pflegeperson|pflegemutter|pflegevaters?|pflegeeltern)"
    r"|(?:kind(?:es)?|mutter|vater|eltern|pflegeperson|tagespflegeperson|kindertagespflegeperson|tagesmutter|tagesvater|childminder|child|parents)_name"
    r"|name_of_(?:the_)?(?:child|mother|father|parents?|childminder|carer)"
    r"|(?:privat|private|persoenliche)_(?:anschrift|adresse|telefon\w*|tel|handy\w*|mobil\w*|e_?mail|mail|nr|nummer)"
    r"|(?:anschrift|adresse|telefon|tel|handy|mobil|e_?mail|mail)_(?:privat|private|kind|kindes|mutter|vater|eltern)"
    r"|(?:anschrift|adresse)_(?:der_|des_)(?:tagespflegeperson|kindertagespflegeperson|kindes|mutter|vaters|eltern|pflegeperson)"
    r"|strasse_(?:privat|kind)|personalausweis\w*"
    r")(?:_|$)|^geb$"
)
_ROLES = re.compile(
    r"(?:^|_)(?:tagespflegeperson|kindertagespflegeperson|tagesmutter|tagesvater|pflegeeltern|pflegemutter|pflegevater|pflegeperson"
    r"|erziehungsberechtigter?|sorgeberechtigter?|personensorgeberechtigter?|childminder|foster_parents?|mutter|vater)$|^az$"
)
"""Who is meant; a person only where the cells are text, for a count of them is a figure like any other."""

_SEX = frozenset({"geschlecht", "sex", "gender"})
_BIRTH_YEAR = frozenset(
    {"geburtsjahr", "gebjahr", "geburtsjahrgang", "birth_year", "birthyear", "year_of_birth", "geb_jahr"}
)
_COUNTS = re.compile(
    r"(?:^|_)(?:anzahl|anz|zahl|personen|faelle|insgesamt|gesamt|summe|wert|value|values|count|n|einwohner|bevoelkerung|bestand"
    r"|haushalte|kinder|numerator|zaehler|total|persons|cases|anteil|quote)(?:_|$)"
)


def check_persons(frame: pd.DataFrame, *, place: Place, drop: Sequence[str] = ()) -> pd.DataFrame:
    """Table without the dropped columns, if nothing in it points to a person.

    Parameters
    ----------
    frame : DataFrame
        Raw cells; the index is the row as a spreadsheet counts.
    place : Place
        The file as the project names it, and the sheet or layer.
    drop : sequence of str
        Columns that the project leaves out, to the letter.

    Raises
    ------
    DataError
        If a column to be dropped is not there, a head names persons, birth year and sex stand side by side without a
        count, or cells look like personal e-mail addresses, dates of birth or account numbers.

    Notes
    -----
    Contacts of an institution pass: nothing but the columns that the model knows goes any further.
    """
    missing = [column for column in drop if column not in frame.columns]
    if missing:
        raise refuse(place, "drop_missing", columns=missing, found=[str(column) for column in frame.columns])
    kept = frame.drop(columns=list(drop))
    named = _find_named(kept)
    traces = find_traces(kept.drop(columns=named))
    if not named and not traces:
        return kept
    columns = [str(c) for c in kept.columns if c in {*named, *(trace.column for trace in traces)}]
    stated = ", ".join('"' + column.replace("\\", "\\\\").replace('"', '\\"') + '"' for column in columns)
    told = [tell(place, "person_columns", found=named, stated=stated)] if named else []
    for trace in traces:
        there = Place(file=place.file, part=place.part, column=trace.column)
        told.append(tell_rows(there, trace.rows, f"person_{trace.kind}", found=trace.column, stated=stated))
    raise DataError(told)


def note_dropped(drop: Sequence[str], *, place: Place) -> tuple[Problem, ...]:
    """Note on the columns that the project leaves out, or nothing."""
    return (tell(place, "columns_dropped", found=list(drop)),) if drop else ()


def _find_named(frame: pd.DataFrame) -> list[str]:
    """Heads that name persons, in the order of the table."""
    folded = {str(head): fold_head(str(head)) for head in frame.columns}
    named = {head for head, name in folded.items() if WORDS & set(name.split("_")) or _PHRASES.search(name)}
    named |= {head for head, name in folded.items() if _ROLES.search(name) and _holds_text(frame[head])}
    counted = any(_COUNTS.search(name) for name in folded.values())
    born = [head for head, name in folded.items() if name in _BIRTH_YEAR]
    sex = [head for head, name in folded.items() if name in _SEX]
    if born and sex and not counted:
        named |= {*born, *sex}
    return [str(head) for head in frame.columns if str(head) in named]


def _holds_text(cells: pd.Series) -> bool:
    """Whether most cells that hold anything hold words."""
    filled = [str(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    words = sum(bool(re.search(r"[^\W\d_]{2,}", cell)) for cell in filled)
    return words * 2 > int(cells.notna().sum())
