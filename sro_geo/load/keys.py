"""Keys are text. What finds no partner is listed on both sides, never joined on a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.model.schema import find_missing_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from sro_geo.load.reading import DataFile
    from sro_geo.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A key table.

    Attributes
    ----------
    forms : mapping of str to str
        Quarter by every form that its key has in other files.
    sources : tuple of Source
        The table's provenance; empty where there is no table.
    """

    forms: Mapping[str, str]
    sources: tuple[Source, ...]


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


def read_keys(file: DataFile | None) -> Keys:
    """Key table with the columns `from`, `to` and any further forms; nothing where there is no file.

    Raises
    ------
    DataError
        If `from` or `to` is lacking or one form stands for two quarters.
    """
    if file is None:
        return Keys(forms={}, sources=())
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
    return Keys(forms=forms, sources=(read_source(file, form=table.form),))


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
    ids = raw.map(lambda form: keys.forms.get(form, form))
    joined = ids.where(ids.isin(list(quarter_ids)))
    empty, lost = raw == "", (raw != "") & joined.isna()
    if joined.isna().all():
        raise refuse(place, "no_partner_at_all", found=_list_forms(raw[lost]), known=sorted(quarter_ids))
    notes = [tell_rows(place, raw.index[empty], "rows_without_key")] if empty.any() else []
    if lost.any():
        notes.append(tell_rows(place, raw.index[lost], "rows_without_partner", found=_list_forms(raw[lost])))
    without = sorted(set(quarter_ids) - set(joined.dropna()))
    if without:
        notes.append(tell(place, "quarters_without_rows", count=len(without), found=without))
    return Joined(quarter_id=joined, notes=tuple(notes))


def _list_forms(raw: pd.Series) -> list[str]:
    return list(dict.fromkeys(raw))
