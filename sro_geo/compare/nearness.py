"""Which quarters are like one in everything that is asked for, within stated tolerances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.text.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping


def find_near(
    table: pd.DataFrame, *, quarter_id: str, tolerances: Mapping[str, float], digits: Mapping[str, int]
) -> pd.DataFrame:
    """Quarters that differ from one by no more than a tolerance in each indicator, nearest first.

    Parameters
    ----------
    table : DataFrame, quarters × indicators
        Values; missing where unknown.
    quarter_id : str
        Whom the others are compared with.
    tolerances : mapping of str to float
        Greatest difference by indicator, in its unit, from 0 on. The edge belongs to it.
    digits : mapping of str to int
        Decimals that each indicator is shown with. Values are compared as they are shown, so that whoever reads them finds
        the same.

    Returns
    -------
    DataFrame, quarters × `distance` and `open`
        Quarters within every tolerance whose two values are known, by distance: the greatest difference, in tolerances. Last
        come those whose other values are not known, `open`: nobody can say whether they are alike. In the order of the table
        where nothing else orders them. An indicator without a value for the quarter itself compares nothing.

    Raises
    ------
    ValueError
        If a tolerance is below 0.

    Notes
    -----
    Law: near is mutual, of two quarters that have the same values known.

    Examples
    --------
    >>> from sro_geo import find_near, find_shipped, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> rows = tables.indicators.query("year == 2024 and indicator in ['arbeitslose', 'kinder_sgb2']")
    >>> table = rows.pivot(index="quarter_id", columns="indicator", values="value")
    >>> tolerances, digits = {"arbeitslose": 1.5, "kinder_sgb2": 5}, {"arbeitslose": 1, "kinder_sgb2": 0}
    >>> near = find_near(table, quarter_id="08", tolerances=tolerances, digits=digits)
    >>> [tables.quarters.loc[key, "name"] for key in near.index]
    ['Hafenviertel', 'Ostufer', 'Bahnhofsviertel']
    """
    if any(width < 0 for width in tolerances.values()):
        message = f"`tolerances` must not be below 0; got {dict(tolerances)}"
        raise ValueError(message)
    asked = [code for code in tolerances if table[code].notna()[quarter_id]]
    far = pd.DataFrame(index=table.index.drop(quarter_id), columns=asked, dtype=float)
    for code in asked:
        shown = _show(table[code], digits[code])
        apart = _show((shown.drop(quarter_id) - shown[quarter_id]).abs(), digits[code])
        far[code] = apart / tolerances[code] if tolerances[code] else apart.mask(apart > 0, np.inf)
    near = pd.DataFrame({"distance": far.max(axis=1), "open": far.isna().any(axis=1)})
    near = near[~(near["distance"] > 1)] if asked else near.iloc[:0]
    known = near[~near["open"]].sort_values("distance", kind="stable")
    return pd.concat([known, near[near["open"]]])


def _show(values: pd.Series, digits: int) -> pd.Series:
    return values.map(lambda value: round_half_up(value, digits=digits), na_action="ignore")
