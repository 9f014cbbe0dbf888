"""Values of groups of quarters, of the city, and of a group beside the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.errors import DataError, Problem
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.indicators import select_values
from sro_geo.model.status import ESTIMATED, KNOWN, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.quarters import Groups

GROUP, REST = "group", "rest"
"""Names of the two sides of a comparison."""

COLUMNS = ["value", "low", "high", "denominator", "quarters", "known_quarters", "status", "example"]


def measure_groups(
    indicators: Indicators,
    *,
    indicator: str,
    spec: IndicatorSpec,
    year: int,
    members: Mapping[str, Sequence[str]],
    weights: pd.Series | None = None,
) -> pd.DataFrame:
    """One indicator for whole groups of quarters.

    Parameters
    ----------
    indicators : Indicators
        Protected values; of a whole area whose total is released, the true ones.
    indicator : str
        Code of the indicator.
    spec : IndicatorSpec
        Its unit.
    year : int
        Year of the values.
    members : mapping of str to sequence of str
        Quarters of each group; groups may overlap.
    weights : Series or None
        Persons on the quarters' index, for values without a denominator (points, years, offers).

    Returns
    -------
    DataFrame
        Index `group`. value; low and high, what unknown quarters admit (equal to the value where none is,
        missing where that has no bounds); denominator, what the value counts; quarters, known_quarters (all
        but those withheld, missing or later); status; example.

    Notes
    -----
    A group of one known quarter is that quarter, in value and status. Rates: factor · Σ numerators ÷ Σ denominators
    of the quarters that have both, never a mean of rates. A
    numerator that is not given is value · denominator ÷ factor; the result is then estimated. Shares: an
    unknown quarter with a known denominator has between none and all of it. Counts are added; with an unknown
    quarter the sum is that of the known ones, and a lower bound. Other values are weighted by their denominators,
    else by `weights`; a quarter without either is unknown.

    Law: the value lies between the smallest and the largest of the quarters' values, counts excepted.
    """
    rows = select_values(indicators, indicator=indicator, year=year)
    measured = [_measure(rows.reindex(list(ids)), spec=spec, weights=weights) for ids in members.values()]
    return pd.DataFrame(measured, index=pd.Index(list(members), name="group"), columns=COLUMNS)


def measure_areas(
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    year: int,
    members: Mapping[str, Sequence[str]],
    weights: pd.Series | None = None,
) -> pd.DataFrame:
    """Every indicator of a year for every area, be it a group, the rest or the city.

    Returns
    -------
    DataFrame
        indicator, in the catalogue's order; area, in the order of `members`; and the columns of `measure_groups`.
        Indicators without a row in that year are not in it.
    """
    given = _split_values(indicators, specs=specs, year=year)
    measured = [
        {"indicator": code, "area": area, **_measure(rows.reindex(list(ids)), spec=specs[code], weights=weights)}
        for code, rows in given.items()
        for area, ids in members.items()
    ]
    return pd.DataFrame(measured, columns=["indicator", "area", *COLUMNS])


def split_rest(groups: Groups, *, group: str, quarter_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Quarters of a group, and all others as the rest.

    Raises
    ------
    DataError
        If the group is empty or leaves no rest.
    """
    own = tuple(groups.get(group, ()))
    rest = tuple(quarter for quarter in quarter_ids if quarter not in own)
    if not own:
        raise DataError(Problem(cause="group_empty", values={"group": group}))
    if not rest:
        raise DataError(Problem(cause="group_without_rest", values={"group": group}))
    return {GROUP: own, REST: rest}


def compare_groups(
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    year: int,
    members: Mapping[str, Sequence[str]],
    weights: pd.Series | None = None,
) -> pd.DataFrame:
    """Every indicator of a year for a group and the rest, with the difference and both sizes.

    Parameters
    ----------
    indicators, specs, year, weights
        As in `measure_groups`.
    members : mapping
        Quarters of `group` and `rest`, as `split_rest` makes it.

    Returns
    -------
    DataFrame
        indicator, group, rest, difference (group − rest), group_low, group_high, rest_low, rest_high,
        group_size, rest_size (what was counted), group_quarters, rest_quarters, group_known, rest_known,
        status, example. `status` is that of the weaker side.

    Examples
    --------
    >>> from sro_geo import compare_groups, find_shipped, read_project
    >>> from sro_geo.compare.groups import split_rest
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> members = split_rest(tables.groups, group="modellregion", quarter_ids=tables.quarters.index)
    >>> table = compare_groups(tables.indicators, specs=tables.specs, year=2024, members=members)
    >>> row = table.set_index("indicator").loc["arbeitslose"]
    >>> print(f"unemployed: {row['group']:.1f} % in the model region, {row['rest']:.1f} % in the rest")
    unemployed: 10.3 % in the model region, 6.6 % in the rest
    """
    return contrast_areas(measure_areas(indicators, specs=specs, year=year, members=members, weights=weights))


def contrast_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """Group beside the rest, in the form of `compare_groups`, from what `measure_areas` gave for both."""
    sides = areas[areas["area"].isin([GROUP, REST])]
    rows = [
        {"indicator": str(code), **_contrast(both.set_index("area"))}
        for code, both in sides.groupby("indicator", sort=False)
    ]
    names = ["{}", "{}_low", "{}_high", "{}_size", "{}_quarters", "{}_known"]
    both_sides = [name.format(side) for name in names for side in (GROUP, REST)]
    columns = ["indicator", *both_sides, "difference", "status", "example"]
    return pd.DataFrame(rows, columns=columns)


def _contrast(sides: pd.DataFrame) -> dict[str, Any]:
    pairs = [(GROUP, sides.loc[GROUP]), (REST, sides.loc[REST])]
    names = {
        "": "value",
        "_low": "low",
        "_high": "high",
        "_size": "denominator",
        "_quarters": "quarters",
        "_known": "known_quarters",
    }
    row = {f"{side}{end}": values[column] for side, values in pairs for end, column in names.items()}
    weak = [state for state in (*_WEAKEST, ESTIMATED) if state in set(sides["status"])]
    return {
        **row,
        "difference": row[GROUP] - row[REST],
        "status": weak[0] if weak else OBSERVED,
        "example": bool(sides["example"].any()),
    }


def _split_values(indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], year: int) -> dict[str, pd.DataFrame]:
    """Rows of a year on the quarters' index by indicator, in the catalogue's order."""
    given = dict(iter(indicators[indicators["year"] == year].set_index("quarter_id").groupby("indicator", sort=False)))
    return {code: given[code] for code in specs if code in given}


def _measure(rows: pd.DataFrame, *, spec: IndicatorSpec, weights: pd.Series | None) -> dict[str, Any]:
    """Row of `measure_groups` for the quarters in `rows`; quarters without a row are missing."""
    rows = rows.assign(
        status=rows["status"].astype(object).where(rows["status"].notna(), MISSING),
        example=rows["example"].eq(other=True),
    )
    if len(rows) == 1 and rows["status"].isin(KNOWN).all():
        found = _take_one(rows)
    elif spec.unit in COUNTS:
        found = _add_counts(rows)
    elif spec.unit in UNIT_FACTOR and rows["denominator"].notna().any():
        found = _pool_rates(rows, spec=spec)
    else:
        found = _weigh_values(rows, weights=weights)
    gaps = rows["status"].isin([SUPPRESSED, MISSING, LATER])
    return {
        **found,
        "quarters": len(rows),
        "known_quarters": len(rows) - int(gaps.sum() if found.get("gaps") is None else found["gaps"]),
        "status": found["status"] if not np.isnan(found["value"]) else _find_reason(rows["status"]),
        "example": bool(rows["example"].any()),
    }


_WEAKEST = (SUPPRESSED, MISSING, LATER, NOT_APPLICABLE)
"""Reasons for a missing value of a group, the strongest first."""


def _find_reason(statuses: pd.Series) -> str:
    return next((state for state in _WEAKEST if (statuses == state).any()), MISSING)


def _take_one(rows: pd.DataFrame) -> dict[str, Any]:
    """A single known quarter as it is."""
    row = rows.iloc[0]
    value = float(row["value"])
    return {"value": value, "low": value, "high": value, "denominator": row["denominator"], "status": row["status"]}


def _add_counts(rows: pd.DataFrame) -> dict[str, Any]:
    known, void = rows["status"].isin(KNOWN), rows["status"] == NOT_APPLICABLE
    total = float(rows.loc[known, "value"].sum())
    complete = bool((known | void).all() and known.any())
    return {
        "value": total if known.any() else np.nan,
        "low": total,
        "high": total if complete else np.nan,
        "denominator": np.nan,
        "status": _name_status(rows[known]),
    }


def _pool_rates(rows: pd.DataFrame, *, spec: IndicatorSpec) -> dict[str, Any]:
    factor = UNIT_FACTOR[spec.unit]
    known, void = rows["status"].isin(KNOWN), rows["status"] == NOT_APPLICABLE
    below = rows["denominator"].astype(float)
    implied = rows["value"].astype(float) * below / factor
    above = rows["numerator"].astype(float).where(rows["numerator"].notna(), implied)
    usable = known & above.notna() & below.notna()
    gaps = ~usable & ~void
    size, parts = float(below[usable].sum()), float(above[usable].sum())
    value = factor * parts / size if size > 0 else np.nan
    low, high = (np.nan, np.nan) if gaps.any() else (value, value)
    if gaps.any() and spec.unit == "percent" and not spec.signed and below[gaps].notna().all():
        hidden = float(below[gaps].sum())
        if size + hidden > 0:
            low, high = factor * parts / (size + hidden), factor * (parts + hidden) / (size + hidden)
    guessed = bool((usable & rows["numerator"].isna()).any())
    status = ESTIMATED if guessed else _name_status(rows[usable])
    return {
        "value": value,
        "low": low,
        "high": high,
        "denominator": size,
        "status": status,
        "gaps": int(gaps.sum()),
    }


def _weigh_values(rows: pd.DataFrame, *, weights: pd.Series | None) -> dict[str, Any]:
    known, void = rows["status"].isin(KNOWN), rows["status"] == NOT_APPLICABLE
    own = rows["denominator"].astype(float)
    if own[known].isna().any() and weights is not None:
        own = weights.reindex(rows.index).astype(float)
    usable = known & (own > 0)
    size = float(own[usable].sum())
    value = float((own * rows["value"].astype(float))[usable].sum()) / size if size > 0 else np.nan
    complete = bool((usable | void).all())
    bound = value if complete else np.nan
    return {
        "value": value,
        "low": bound,
        "high": bound,
        "denominator": size if size > 0 else np.nan,
        "status": _name_status(rows[usable]),
        "gaps": int((~usable & ~void).sum()),
    }


def _name_status(used: pd.DataFrame) -> str:
    return ESTIMATED if (used["status"] == ESTIMATED).any() else OBSERVED
