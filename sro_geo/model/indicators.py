"""Indicators: one row for each quarter, indicator and year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NewType

import numpy as np
import pandas as pd

from sro_geo.errors import Problem, stop_at
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.schema import (
    MOST,
    find_duplicates,
    find_missing_columns,
    find_unknown_codes,
    find_untidy_numbers,
    report,
)
from sro_geo.model.status import KNOWN, STATUSES, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec

Indicators = NewType("Indicators", pd.DataFrame)
"""Checked long table with the columns of `COLUMNS`; a value is missing exactly when its status says so."""

SOURCE = "computed"
"""Source of an indicator that comes from no file."""

KEY = ["quarter_id", "indicator", "year"]
Key = tuple[str, str, int]
"""Quarter, indicator and year of a row."""

WHOLE_PERCENT = 100
GIVEN = [*KEY, "value", "numerator", "denominator", "status", "example", "source", "row"]
"""What a table must have; `low` and `high` may come with it."""

COLUMNS = [*KEY, "value", "low", "high", *GIVEN[4:]]
"""`low` and `high` bound the true value: equal to it where nothing is open, missing where nothing bounds it."""

WRITTEN_DIGITS = 4
"""Decimals that tables write, unless a column has digits of its own."""


def as_indicators(
    frame: pd.DataFrame,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarter_ids: Collection[str],
) -> Indicators:
    """Check a long table and return it as `Indicators`.

    Parameters
    ----------
    frame : DataFrame
        Columns of `GIVEN`, and `low` and `high` where a value is known within bounds only. `row` is the spreadsheet
        row, missing for computed values.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    quarter_ids : collection of str
        Keys of the boundaries.

    Raises
    ------
    DataError
        With all problems at once: missing columns, unknown indicators or quarters, a key that occurs twice, an
        unknown status, a value where the status says there is none (or the other way round), infinite or impossible
        numbers, shares over 100 %, a denominator of zero, a value that is not numerator by denominator.
    ValueError
        If a value lies outside its bounds.

    Notes
    -----
    Ordered by key, so that the order of the input never matters.

    Examples
    --------
    >>> import pandas as pd
    >>> from sro_geo import as_indicators, find_shipped, read_project
    >>> specs = read_project(find_shipped("analyses/musterstadt")).catalogue.specs
    >>> row = {"quarter_id": "08", "indicator": "arbeitslose", "year": 2024, "value": 9.7, "status": "observed"}
    >>> origin = {"numerator": None, "denominator": None, "example": True, "source": "own count", "row": None}
    >>> as_indicators(pd.DataFrame([row | origin]), specs=specs, quarter_ids=["08"])["value"].tolist()
    [9.7]
    >>> as_indicators(pd.DataFrame([row | origin]), specs=specs, quarter_ids=["09"])
    Traceback (most recent call last):
        ...
    sro_geo.errors.DataError: unknown_quarter ...
    """
    problems = find_missing_columns(frame, GIVEN, table="indicators")
    stop_at(problems)
    problems += find_unknown_codes(frame, "quarter_id", quarter_ids, cause="unknown_quarter")
    problems += find_unknown_codes(frame, "indicator", list(specs), cause="unknown_indicator")
    problems += find_unknown_codes(frame, "status", STATUSES, cause="unknown_status")
    problems += find_duplicates(frame, KEY, table="indicators")
    problems += _check_values(frame, specs)
    stop_at(problems)
    numbers = [column for column in ("value", "low", "high", "numerator", "denominator") if column in frame]
    types = {"year": "int64", **dict.fromkeys(numbers, "float64"), "example": "bool", "row": "Int64"}
    texts = dict.fromkeys(("quarter_id", "indicator", "status", "source"), "str")
    checked = frame[[column for column in COLUMNS if column in frame]].astype({**types, **texts})
    checked = checked.sort_values(KEY, kind="stable", ignore_index=True)
    ends = {
        end: checked[end].fillna(checked["value"]) if end in checked else checked["value"] for end in ("low", "high")
    }
    checked = checked.assign(**ends)[COLUMNS]
    if ((checked["low"] > checked["value"]) | (checked["high"] < checked["value"])).any():
        message = "`low` and `high` must enclose `value`"
        raise ValueError(message)
    return Indicators(checked)


def list_suppressed(indicators: Indicators) -> frozenset[Key]:
    """Keys of the rows that are withheld."""
    rows = indicators.loc[indicators["status"] == SUPPRESSED, KEY]
    return frozenset((str(q), str(code), int(year)) for q, code, year in rows.itertuples(index=False))


def join_indicators(*tables: Indicators) -> Indicators:
    """One table from several checked ones.

    Raises
    ------
    DataError
        If two tables hold the same quarter, indicator and year.
    """
    joined = pd.concat(tables, ignore_index=True).sort_values(KEY, kind="stable").reset_index(drop=True)
    problems = find_duplicates(joined, KEY, table="indicators")
    stop_at(problems)
    return Indicators(joined)


def as_computed(rows: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Rows as ones of the table that come from no file; what has no counts has none."""
    blank = {count: np.nan for count in ("numerator", "denominator") if count not in rows.columns}
    return rows.assign(**blank, year=year, source=SOURCE, row=pd.array([pd.NA] * len(rows), dtype="Int64"))[COLUMNS]


def select_values(indicators: Indicators, *, indicator: str, year: int) -> pd.DataFrame:
    """Rows of one indicator and year on the quarters' index; quarters without a row are not in it."""
    chosen = indicators[(indicators["indicator"] == indicator) & (indicators["year"] == year)]
    return chosen.set_index("quarter_id")


def _check_values(frame: pd.DataFrame, specs: Mapping[str, IndicatorSpec]) -> list[Problem]:
    known, empty = (np.asarray(mark, dtype=np.bool_) for mark in (frame["status"].isin(KNOWN), frame["value"].isna()))
    code, codes = pd.factorize(frame["indicator"])
    own = [specs.get(str(one)) for one in codes]
    signed = np.array([spec is not None and spec.signed for spec in own], dtype=np.bool_)[code]
    percent = np.array([spec is not None and spec.unit == "percent" for spec in own], dtype=np.bool_)[code]
    factors = np.array([_find_factor(spec) for spec in own], dtype=float)[code]
    numbers = frame[["value", "numerator", "denominator"]].apply(pd.to_numeric, errors="coerce").astype(float)
    value, above, below = numbers.to_numpy().T
    problems = report(frame, known & empty, "value_without_status", column="value", describe=_name_rows)
    told = ~known & ~empty & frame["status"].isin(STATUSES).to_numpy()
    problems += report(frame, told, "value_despite_status", column="value")
    with np.errstate(invalid="ignore"):
        tidy = ((numbers >= 0) & (numbers <= MOST)).to_numpy()
        if not (tidy | np.isnan(numbers.to_numpy())).all():
            problems += _find_untidy(numbers.assign(source=frame["source"], row=frame["row"]), signed)
        tidy = tidy.all(axis=1)
        over = percent & ~signed & (value > WHOLE_PERCENT)
        no_base = (below == 0) & known & frame["numerator"].notna().to_numpy()
        more = percent & ~signed & known & tidy & (above > below) & ~no_base
    problems += report(frame, over, "share_over_100", column="value")
    problems += report(frame, no_base, "denominator_zero", column="denominator", describe=_name_rows)
    problems += report(frame, more, "numerator_over_denominator", column="numerator", describe=_name_rows)
    whole = tidy & ~(percent & (value > WHOLE_PERCENT))
    apart = known & ~more & (whole | signed) & _contradicts(value, above, below, factors)
    return problems + report(frame, apart, "value_contradicts", column="value", describe=_name_rows)


def _find_untidy(numbers: pd.DataFrame, signed: NDArray[np.bool_]) -> list[Problem]:
    problems = []
    for column in ("value", "numerator"):
        problems += find_untidy_numbers(numbers[~signed], column)
        problems += find_untidy_numbers(numbers[signed], column, lowest=None)
    return problems + find_untidy_numbers(numbers, "denominator")


def _find_factor(spec: IndicatorSpec | None) -> float:
    """What numerator by denominator is multiplied with; a density has none, since official ones rest on finer areas."""
    return np.nan if spec is None or spec.unit == "per_km2" else UNIT_FACTOR.get(spec.unit, np.nan)


def _contradicts(
    value: NDArray[np.float64], above: NDArray[np.float64], below: NDArray[np.float64], factors: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Rates that are not numerator ÷ denominator, by more than the rounding of the digits they are given with."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        implied = factors * above / below
        apart = np.abs(value - implied) - _DUST * np.abs(implied)
    found: NDArray[np.bool_] = (apart > 0) & (below > 0) & np.isfinite(implied) & np.isfinite(value)
    found[found] = apart[found] > np.array([_find_rounding(one) for one in value[found]])
    return found


def _find_rounding(value: float) -> float:
    """Half a unit of a number's last digit: 0.05 for 14.1, 0.5 for whole numbers."""
    return 0.5 * 10.0 ** -count_digits(value)


def count_digits(number: float) -> int:
    """Decimals that a number is given with: 1 for 14.1."""
    exponent = Decimal(repr(float(number))).normalize().as_tuple().exponent
    return min(_MOST_DIGITS, max(0, -int(exponent)))


_MOST_DIGITS, _DUST = 6, 1e-6
"""More digits than these are no rounding but the noise of arithmetic."""


def _name_rows(rows: pd.DataFrame) -> list[str]:
    return [" / ".join(str(v) for v in key) for key in rows[KEY].head(5).to_numpy()]
