"""Numbers that were read but can't be meant so: shares as parts of one, marks for missing values, totals that are no sums."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.load.cells import clean_text
from sro_geo.load.heads import fold_head
from sro_geo.load.telling import tell, tell_rows
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.status import ESTIMATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sro_geo.errors import Place, Problem
    from sro_geo.load.inputs import IndicatorFile
    from sro_geo.model.catalogue import IndicatorSpec

PARTS = "0.12"
"""How twelve percent are written where shares are parts of one."""

FAR = 10.0
"""A number of nines alone is a mark where it is so many times all others."""

_TOTALS = re.compile(
    r"(?:\w+_)?insgesamt|(?:(?:gesamt|stadt|summe|alle)_?)?(?:gesamt|gesamtstadt|zusammen|summe|total|stadt)"
)
_NINES = [10.0**digits - 1 for digits in range(3, 16)]


def scale_shares(frame: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], order: IndicatorFile) -> pd.Series:
    """Values, those of shares in percent where the project says that the file writes them as parts of one."""
    parts = _find_shares(frame, specs) & (order.shares == PARTS)
    return frame["value"].where(~parts, UNIT_FACTOR["percent"] * frame["value"])


def find_doubtful_shares(
    frame: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], order: IndicatorFile, place: Place
) -> list[Problem]:
    """Shares of an indicator and year that are all between 0 and 1, so that nobody knows whether 0.12 is twelve percent.

    Parameters
    ----------
    frame : DataFrame
        indicator, year, value, status, row as they stand in the file.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    order : IndicatorFile
        What the project says of the file; `shares` answers the question.
    place : Place
        The file.
    """
    shares = frame[_find_shares(frame, specs)]
    if order.shares is not None:
        return [] if len(shares) else [tell(place, "shares_unused")]
    groups = ["indicator", "year"]
    largest = shares["value"].abs().groupby([shares[group] for group in groups]).transform("max")
    doubtful = shares[(largest > 0) & (largest <= 1)]
    if doubtful.empty:
        return []
    found = list(dict.fromkeys(doubtful["indicator"]))
    return [tell_rows(place, sorted(set(doubtful["row"])), "shares_ambiguous", found=found)]


def find_marks(frame: pd.DataFrame, *, place: Place) -> list[Problem]:
    """Marks for missing values among the numbers of an indicator (`is_mark`).

    A row whose status the file states is not asked about: that is how a planner says that the number is meant.
    """
    rows: list[int] = []
    found: list[str] = []
    for column in ("value", "numerator", "denominator"):
        nines = set(frame.loc[_is_nines(frame[column]), "indicator"])
        asked = frame.loc[frame["indicator"].isin(nines), ["indicator", column, "status", "row"]]
        for code, some in asked.groupby("indicator", sort=True):
            marks = some[is_mark(some[column]) & (some["status"] == "")]
            rows += list(marks["row"])
            found += [f"{code}: {clean_text(mark)}" for mark in dict.fromkeys(marks[column])]
    return [tell_rows(place, sorted(set(rows)), "number_is_mark", found=found)] if found else []


def find_marks_in_column(numbers: pd.Series, *, place: Place, column: str) -> list[Problem]:
    """The same in a column of counts that knows no status; the index is the row in the file."""
    marks = numbers[is_mark(numbers)]
    found = [clean_text(mark) for mark in dict.fromkeys(marks)]
    there = replace(place, column=column)
    return [tell_rows(there, marks.index, "count_is_mark", column=column, found=found)] if found else []


def is_mark(numbers: pd.Series) -> pd.Series:
    """Whether a number is of nines alone (99999) and far beyond all others: databases write it for "not known"."""
    sizes = numbers.abs()
    nines = _is_nines(numbers)
    far = sizes >= FAR * sizes[~nines].max()
    return nines.where(far, other=False)


def _is_nines(numbers: pd.Series) -> pd.Series:
    return numbers.abs().isin(_NINES)


def find_broken_counts(
    frame: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], order: IndicatorFile, place: Place
) -> list[Problem]:
    """Counts of persons that are not whole, as in a table in thousands; an estimate may be a mean."""
    if order.status == ESTIMATED:
        return []
    persons = frame["indicator"].isin([code for code, spec in specs.items() if spec.unit == "persons"])
    broken = frame[persons & (frame["value"] % 1 > 0) & (frame["status"] != ESTIMATED)]
    if broken.empty:
        return []
    found = list(dict.fromkeys(broken["indicator"]))
    return [tell_rows(place, sorted(set(broken["row"])), "count_not_whole", found=found)]


def compare_totals(frame: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], place: Place) -> list[Problem]:
    """Note on counts whose total, as a row of the file gives it, is not the sum of its quarters.

    Parameters
    ----------
    frame : DataFrame
        indicator, year, value, row, quarter_id (missing where there is no partner) and key, as the file states it.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    place : Place
        The file.

    Notes
    -----
    Where a value is unknown, or another row has no partner, nothing is compared: a sum would lack something. The note
    stands on the page, so it tells no number: the sum would give away a small count that is withheld.
    """
    lost = frame["quarter_id"].isna()
    total = lost & frame["key"].isin(
        [key for key in frame.loc[lost, "key"].unique() if _TOTALS.fullmatch(fold_head(key))]
    )
    if not total.any():
        return []
    counted = frame["indicator"].isin([code for code, spec in specs.items() if spec.unit in COUNTS])
    asked = total.groupby([frame["indicator"], frame["year"]]).transform("any").astype(bool)
    rows: list[int] = []
    found: list[str] = []
    for (code, year), some in frame[counted & asked].groupby(["indicator", "year"], sort=True):
        whole, parts = some[total[some.index]], some[~total[some.index]]
        if len(whole) != 1 or parts.empty or parts["value"].isna().any() or lost[parts.index].any():
            continue
        stated, added = float(whole["value"].iloc[0]), float(parts["value"].sum())
        if abs(stated - added) > 0.5:  # noqa: PLR2004  counts
            rows.append(int(whole["row"].iloc[0]))
            found.append(f"{code} {year}")
    return [tell_rows(place, rows, "totals_differ", found=found)] if found else []


def _find_shares(frame: pd.DataFrame, specs: Mapping[str, IndicatorSpec]) -> pd.Series:
    """Rows that state a value in percent."""
    return (
        frame["indicator"].isin([code for code, spec in specs.items() if spec.unit == "percent"])
        & frame["value"].notna()
    )
