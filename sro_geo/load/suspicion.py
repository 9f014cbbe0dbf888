"""Numbers that were read but can't be meant so: shares as parts of one, marks for missing values, totals that are no sums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sro_geo.load.cells import clean_text
from sro_geo.load.heads import fold_head
from sro_geo.load.telling import tell, tell_rows
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR

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

_TOTALS = re.compile(r"(?:(?:gesamt|stadt|summe|alle)_?)?(?:insgesamt|gesamt|gesamtstadt|zusammen|summe|total|stadt)")
_NINES = re.compile(r"9{3,}")


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
    """Numbers of nines alone (99999) far beyond all others of an indicator: databases write them for "not known".

    A row whose status the file states is not asked about: that is how a planner says that the number is meant.
    """
    rows: list[int] = []
    found: list[str] = []
    open_rows = frame[frame["status"] == ""]
    for column in ("value", "numerator", "denominator"):
        for code, numbers in open_rows[column].dropna().groupby(open_rows["indicator"]):
            nines = numbers.abs().map(lambda number: bool(_NINES.fullmatch(clean_text(number))))
            rest = frame.loc[frame["indicator"] == code, column].drop(numbers.index[nines]).abs().max()
            marks = numbers[nines & (numbers.abs() >= FAR * rest)]
            rows += list(open_rows.loc[marks.index, "row"])
            found += [f"{code}: {clean_text(mark)}" for mark in dict.fromkeys(marks)]
    return [tell_rows(place, sorted(set(rows)), "number_is_mark", found=found)] if found else []


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
    counted = frame["indicator"].map(lambda code: code in specs and specs[code].unit in COUNTS).astype(bool)
    lost = frame["quarter_id"].isna()
    total = lost & frame["key"].map(lambda key: bool(_TOTALS.fullmatch(fold_head(key)))).astype(bool)
    rows: list[int] = []
    found: list[str] = []
    for (code, year), some in frame[counted].groupby(["indicator", "year"], sort=True):
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
    units = frame["indicator"].map(lambda code: specs[code].unit if code in specs else "")
    return (units == "percent") & frame["value"].notna()
