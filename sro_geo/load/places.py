"""Places of offers by age group, as files state them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.load.cells import clean_text
from sro_geo.load.numbers import read_numbers
from sro_geo.load.suspicion import find_marks_in_column
from sro_geo.load.telling import tell_rows
from sro_geo.model.ages import parse_age_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.load.inputs import OfferFile
    from sro_geo.load.sheets import OfferSheet


def read_places(
    sheet: OfferSheet, order: OfferFile, *, offer_ids: pd.Series, targets: pd.Series
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Places in long form, and notes.

    Parameters
    ----------
    sheet : OfferSheet
        Raw offers.
    order : OfferFile
        How they are laid out.
    offer_ids, targets : Series
        On the sheet's index: id, and the target group of the offer's kind (missing where none is stated).

    Returns
    -------
    DataFrame
        offer_id, age_group, places, source, row.
    tuple of Problem
        Offers whose places could not be given to an age.

    Raises
    ------
    DataError
        If a number cannot be read, or a total is not the sum of its split.

    Notes
    -----
    Split places stand as they are. A total without a split belongs to the ages of `age_columns` together,
    or to the target group of the kind.
    """
    split = _read_columns(sheet, sheet.bands, order)
    rows = [(int(str(row)), band, places) for band, column in split.items() for row, places in column.dropna().items()]
    known = {row for row, _, _ in rows}
    notes: tuple[Problem, ...] = ()
    if "places" in sheet.heads:
        totals = _read_columns(sheet, {"": sheet.heads["places"]}, order)[""].dropna()
        _check_totals(sheet, totals[totals.index.isin(list(known))], rows)
        ages = _find_ages(sheet, order, targets)[totals.index]
        alone = totals[~totals.index.isin(list(known))]
        rows += [(row, ages[row], places) for row, places in zip(alone.index, alone, strict=True) if ages[row]]
        notes = _note_ageless(sheet, [row for row in alone.index if not ages[row]])
    frame = pd.DataFrame(rows, columns=["row", "age_group", "places"]).astype({"row": "int64", "places": "float64"})
    return frame.assign(offer_id=frame["row"].map(offer_ids), source=sheet.table.file), notes


def _read_columns(sheet: OfferSheet, heads: Mapping[str, str], order: OfferFile) -> dict[str, pd.Series]:
    read = {band: read_numbers(sheet.table, head, decimal=order.decimal) for band, head in heads.items()}
    problems = [problem for numbers in read.values() for problem in numbers.problems]
    for band, numbers in read.items():
        problems += find_marks_in_column(numbers.value, place=sheet.table.place, column=heads[band])
    stop_at(problems)
    return {band: numbers.value for band, numbers in read.items()}


def _find_ages(sheet: OfferSheet, order: OfferFile, targets: pd.Series) -> pd.Series:
    """Age groups that share a total, empty where none is known."""
    if not order.age_columns:
        return targets.fillna("")
    bands = sorted(order.age_columns, key=parse_age_group)
    groups = {
        band: pd.DataFrame(_read_columns(sheet, {head: head for head in order.age_columns[band]}, order))
        for band in bands
    }
    open_to = {band: (counts > 0).any(axis=1) for band, counts in groups.items()}
    return pd.Series(
        ["|".join(band for band in bands if open_to[band][row]) for row in sheet.table.frame.index],
        index=sheet.table.frame.index,
        dtype="str",
    )


def _check_totals(sheet: OfferSheet, totals: pd.Series, rows: list[tuple[int, str, float]]) -> None:
    sums = pd.DataFrame(rows, columns=["row", "band", "places"]).groupby("row")["places"].sum().reindex(totals.index)
    wrong = totals.index[(totals - sums).abs() > 0.5]  # noqa: PLR2004  counts
    if len(wrong):
        raise DataError(tell_rows(sheet.table.place, wrong, "places_total_differs", column=sheet.heads["places"]))


def _note_ageless(sheet: OfferSheet, rows: list[int]) -> tuple[Problem, ...]:
    if not rows:
        return ()
    names = [clean_text(sheet.table.frame.loc[row, sheet.heads["name"]]) for row in rows]
    return (tell_rows(sheet.table.place, rows, "places_without_age", found=names),)
