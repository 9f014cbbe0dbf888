"""Groups of quarters over the years, wherever all of their quarters are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.status import KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators


def pool_years(
    indicators: Indicators, *, indicator: str, spec: IndicatorSpec, members: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """One indicator for whole groups of quarters in every year that the table has.

    Parameters
    ----------
    indicators : Indicators
        Protected values, any years.
    indicator : str
        Code of the indicator.
    spec : IndicatorSpec
        Its unit.
    members : mapping of str to sequence of str
        Quarters of each group.

    Returns
    -------
    DataFrame
        Index year, ascending; a column for each group, in the indicator's unit; missing where a quarter's counts are not
        known exactly, and where the indicator is no count and no rate.

    Notes
    -----
    Law: where there is a value, `measure_groups` gives the same for that year.
    """
    rows = indicators[(indicators["indicator"] == indicator).to_numpy()]
    exact = rows[rows["status"].isin(KNOWN) & (rows["numerator"].notna() | (rows["low"] == rows["high"]))]
    years = pd.Index(sorted(rows["year"].unique()), name="year")
    if spec.unit in COUNTS:
        above, below, factor = exact["value"], pd.Series(1.0, index=exact.index), 1.0
    elif spec.unit in UNIT_FACTOR:
        factor, below = UNIT_FACTOR[spec.unit], exact["denominator"]
        above = exact["numerator"].where(exact["numerator"].notna(), exact["value"] * below / factor)
    else:
        return pd.DataFrame(index=years, columns=list(members), dtype=float)
    table = exact[["year", "quarter_id"]].assign(above=above, below=below)
    wide = {
        column: table.pivot(index="year", columns="quarter_id", values=column).reindex(years)  # noqa: PD010  keys are unique
        for column in ("above", "below")
    }
    found = {}
    for name, ids in members.items():
        parts, sizes = (wide[column].reindex(columns=list(ids)) for column in ("above", "below"))
        size = 1.0 if spec.unit in COUNTS else sizes.sum(axis=1, skipna=False)
        found[name] = factor * parts.sum(axis=1, skipna=False) / size
    return pd.DataFrame(found, index=years).replace([float("inf"), -float("inf")], float("nan"))
