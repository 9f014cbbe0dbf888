"""Values of groups of quarters, of the city, and of a group beside the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.compare.pooling import WEAKEST, pick_rows, pool_rows, split_rows
from sro_geo.errors import DataError, Problem
from sro_geo.model.status import ESTIMATED, OBSERVED
from sro_geo.model.study import CITY

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
    rows = split_rows(indicators, specs={indicator: spec}, year=year).get(indicator, {})
    measured = [pool_rows(pick_rows(rows, ids), spec=spec, weights=weights) for ids in members.values()]
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
    given = split_rows(indicators, specs=specs, year=year)
    measured = [
        {"indicator": code, "area": area, **pool_rows(pick_rows(rows, ids), spec=specs[code], weights=weights)}
        for code, rows in given.items()
        for area, ids in members.items()
    ]
    return pd.DataFrame(measured, columns=["indicator", "area", *COLUMNS])


def split_city(groups: Groups, *, group: str | None, quarter_ids: Sequence[str]) -> dict[str, Sequence[str]]:
    """Quarters of the city, and where a group is compared those of the group and of the rest; errors as in `split_rest`."""
    sides = {} if group is None else split_rest(groups, group=group, quarter_ids=quarter_ids)
    return {CITY: quarter_ids, **sides}


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
    weak = [state for state in (*WEAKEST, ESTIMATED) if state in set(sides["status"])]
    return {
        **row,
        "difference": row[GROUP] - row[REST],
        "status": weak[0] if weak else OBSERVED,
        "example": bool(sides["example"].any()),
    }
