"""Keys are text. What finds no partner is listed on both sides, never joined on a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Place, Problem
from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.model.schema import MOST_PLACES, find_missing_columns

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
    if problems:
        raise DataError(
            [
                Problem(cause=p.cause, values=p.values, places=(Place(file=file.name, part=table.part),))
                for p in problems
            ]
        )
    forms: dict[str, str] = {}
    wrong: dict[str, int] = {}
    for row, cells in table.frame.iterrows():
        quarter = clean_text(cells["to"])
        for form in {clean_text(cell) for cell in cells} - {""}:
            if forms.setdefault(form, quarter) != quarter:
                wrong[form] = int(str(row))
    if wrong:
        places = tuple(
            Place(file=file.name, part=table.part, row=row) for row in sorted(set(wrong.values()))[:MOST_PLACES]
        )
        raise DataError([Problem(cause="key_form_ambiguous", values={"found": sorted(wrong)}, places=places)])
    return Keys(forms=forms, sources=(read_source(file),))


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
        values = {"found": _list_forms(raw[lost]), "known": sorted(quarter_ids), "name": place.file}
        raise DataError([Problem(cause="no_partner_at_all", values=values, places=(place,))])
    notes = [
        *_note_rows("rows_without_key", empty, place=place, name=place.file),
        *_note_rows("rows_without_partner", lost, place=place, name=place.file, found=_list_forms(raw[lost])),
    ]
    without = sorted(set(quarter_ids) - set(joined.dropna()))
    if without:
        notes.append(
            Problem(
                cause="quarters_without_rows",
                values={"name": place.file, "count": len(without), "found": without},
                places=(place,),
            )
        )
    return Joined(quarter_id=joined, notes=tuple(notes))


def _list_forms(raw: pd.Series) -> list[str]:
    return list(dict.fromkeys(raw))


def _note_rows(cause: str, mask: pd.Series, *, place: Place, **values: object) -> list[Problem]:
    if not mask.any():
        return []
    rows = mask.index[mask]
    places = tuple(
        Place(file=place.file, part=place.part, row=int(row), column=place.column) for row in rows[:MOST_PLACES]
    )
    return [Problem(cause=cause, values={"count": len(rows), **values}, places=places)]
