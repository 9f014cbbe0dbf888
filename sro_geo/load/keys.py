"""Keys are text. What finds no partner is listed on both sides, never joined on a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.heads import fold_name
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.load.toml import suggest
from sro_geo.model.schema import find_missing_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from sro_geo.load.reading import DataFile
    from sro_geo.model.source import Source

_TOTAL = re.compile(r"\b(?:insgesamt|gesamt|zusammen|summe|total)\b")
"""In what a row of sums is called."""


def is_sum(text: str) -> bool:
    """Whether a text calls its row one of sums: "Summe", "Stadt insgesamt"."""
    return _TOTAL.search(fold_name(text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A key table.

    Attributes
    ----------
    forms : mapping of str to str
        Quarter by every form that its key has in other files.
    sources : tuple of Source
        The table's provenance; empty where there is no table.
    called : mapping of str to str
        Name of each quarter; empty where names say nothing.
    """

    forms: Mapping[str, str]
    sources: tuple[Source, ...]
    called: Mapping[str, str] = field(default_factory=dict)

    def find(self, forms: pd.Series, *, quarter_ids: Collection[str]) -> pd.Series:
        """Key for each form: as the key table says, as it stands, by the quarter's name; else the form itself."""
        ids, names = set(quarter_ids), self.fold_names()
        told = {form: self.forms.get(form, form) for form in forms.unique()}
        return forms.map({form: key if key in ids else names.get(fold_name(form), key) for form, key in told.items()})

    def fold_names(self) -> dict[str, str]:
        """Quarter by folded name; a name that two quarters have, or that is another's key, says neither."""
        owners: dict[str, set[str]] = {}
        for quarter, name in self.called.items():
            for word in (quarter, name):
                owners.setdefault(fold_name(word), set()).add(quarter)
        return {name: next(iter(found)) for name, found in owners.items() if name and len(found) == 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Keys of a table as quarters.

    Attributes
    ----------
    quarter_id : Series
        On the table's index; missing where there is no partner.
    notes : tuple of Problem
        Rows without a key, rows without a partner, quarters without a row.
    """

    quarter_id: pd.Series
    notes: tuple[Problem, ...]


def read_keys(file: DataFile | None, *, called: Mapping[str, str] | None = None) -> Keys:
    """Key table with the columns `from`, `to` and any further forms; without a file, names alone.

    Parameters
    ----------
    file : DataFile or None
        The table.
    called : mapping of str to str or None
        Name of each quarter.

    Raises
    ------
    DataError
        If `from` or `to` is lacking or one form stands for two quarters.
    """
    if file is None:
        return Keys(forms={}, sources=(), called=called or {})
    table = read_table(file)
    problems = find_missing_columns(table.frame, ["from", "to"], table="keys")
    stop_at([problem.at(table.place) for problem in problems])
    forms: dict[str, str] = {}
    wrong: dict[str, int] = {}
    for row, cells in table.frame.iterrows():
        quarter = clean_text(cells["to"])
        for form in {clean_text(cell) for cell in cells} - {""}:
            if forms.setdefault(form, quarter) != quarter:
                wrong[form] = int(str(row))
    if wrong:
        place = table.place
        raise DataError(tell_rows(place, sorted(set(wrong.values())), "key_form_ambiguous", found=sorted(wrong)))
    return Keys(forms=forms, sources=(read_source(file, form=table.form),), called=called or {})


def join_keys(column: pd.Series, *, keys: Keys, quarter_ids: Collection[str], place: Place) -> Joined:
    """Quarter of each row; the key table goes before the keys as they stand.

    Parameters
    ----------
    column : Series
        Raw keys; the index is the row in the file.
    keys : Keys
        Key table.
    quarter_ids : collection of str
        Keys of the boundaries.
    place : Place
        File, part and column that the keys stand in.

    Raises
    ------
    DataError
        If not a single row finds a quarter.
    """
    raw = clean_column(column)
    ids = keys.find(raw, quarter_ids=quarter_ids)
    joined = ids.where(ids.isin(list(quarter_ids)))
    empty, lost = raw == "", (raw != "") & joined.isna()
    if joined.isna().all():
        raise refuse(place, "no_partner_at_all", found=_list_forms(raw[lost]), known=sorted(quarter_ids))
    notes = [tell_rows(place, raw.index[empty], "rows_without_key")] if empty.any() else []
    total = lost & raw.isin([form for form in raw[lost].unique() if is_sum(form)])
    if total.any():
        notes.append(tell_rows(place, raw.index[total], "rows_of_sums", found=_list_forms(raw[total])))
        lost &= ~total
    if lost.any():
        notes.append(_tell_lost(raw[lost], keys=keys, quarter_ids=quarter_ids, place=place))
    named = joined.notna() & (joined != raw.map({form: keys.forms.get(form, form) for form in raw.unique()}))
    if named.any():
        notes.append(tell(place, "keys_by_name", count=int(named.sum())))
    without = sorted(set(quarter_ids) - set(joined.dropna().unique()))
    if without:
        notes.append(tell(place, "quarters_without_rows", count=len(without), found=without))
    return Joined(quarter_id=joined, notes=tuple(notes))


def _tell_lost(raw: pd.Series, *, keys: Keys, quarter_ids: Collection[str], place: Place) -> Problem:
    """Rows without a partner; what is written nearly alike is named, never joined."""
    forms = _list_forms(raw)
    words = {fold_name(word): word for word in (*quarter_ids, *keys.forms, *keys.called.values())}
    near = [f"{form} → {words[found]}" for form in forms if (found := _find_near(fold_name(form), [*words]))]
    if not near:
        return tell_rows(place, raw.index, "rows_without_partner", found=forms)
    return tell_rows(place, raw.index, "rows_without_partner_similar", found=forms, similar=near)


def _find_near(form: str, known: Sequence[str]) -> str | None:
    """Most similar known word; of a number only the same one with other zeros before it."""
    if form.isdecimal():  # "2²" is none
        return next((word for word in known if word.isdecimal() and int(word) == int(form)), None)
    return suggest(form, known)


def _list_forms(raw: pd.Series) -> list[str]:
    return list(raw.unique())
