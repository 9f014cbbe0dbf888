"""Totals that would give a withheld count away by subtraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec


def find_bare_totals(table: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec]) -> NDArray[np.bool_]:
    """Rows of known totals whose given parts have exactly one gap, and that one withheld.

    Parts without a row are taken as not being part of the data. Totals of totals are followed to the end.
    """
    keyed = table.set_index(["quarter_id", "year", "indicator"])["status"]
    cells = keyed.unstack("indicator")  # noqa: PD010  keys are unique, nothing is to be aggregated
    found = cells.isin([]).copy()
    whole = [(code, [p for p in specs[code].parts if p in cells]) for code in specs if code in cells]
    changed = True
    while changed:
        changed = False
        for code, parts in whole:
            gaps = (cells[parts].notna() & ~cells[parts].isin(KNOWN)).sum(axis=1)
            withheld = (cells[parts] == SUPPRESSED).sum(axis=1)
            bare = (gaps == 1) & (withheld == 1) & cells[code].isin(KNOWN)
            if bare.any():
                cells.loc[bare, code] = SUPPRESSED
                found.loc[bare, code] = True
                changed = True
    rows = found.index.get_indexer(pd.MultiIndex.from_frame(table[["quarter_id", "year"]]))
    marked: NDArray[np.bool_] = found.to_numpy(dtype=bool)
    return marked[rows, found.columns.get_indexer(pd.Index(table["indicator"]))]


def hide_denominators(
    table: pd.DataFrame,
    *,
    before: pd.DataFrame,
    totals: NDArray[np.bool_],
    specs: Mapping[str, IndicatorSpec],
    smallest: int,
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Table without the withheld totals as denominators, and the rows that must be withheld as a whole.

    Parameters
    ----------
    table : DataFrame
        Indicators, totals already blanked.
    before : DataFrame
        The same rows with the totals' values.
    totals : array of bool
        Which rows are withheld totals.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    smallest : int
        Smallest count that may be shown.

    Notes
    -----
    Which rate uses which total is not said anywhere, so the same number in the same quarter and year is taken
    as the same total. What is known of a withheld total d is that it lies within `smallest` of the true one.
    A value v = factor · n / d, rounded to a step s, is possible for each of these d (with some n) where
    factor / d ≤ s. Then it may stay; otherwise v could tell d from its neighbours.
    """
    keys = ["quarter_id", "year"]
    hidden = before.loc[totals, [*keys, "value"]].groupby(keys)["value"].agg(set).to_dict()
    sets = [hidden.get(key, ()) for key in zip(table["quarter_id"], table["year"], strict=True)]
    below = np.array([d in values for d, values in zip(table["denominator"], sets, strict=True)], dtype=bool)
    codes = table["indicator"]
    factor = codes.map(lambda code: UNIT_FACTOR.get(specs[code].unit, np.inf)).to_numpy(dtype=float)
    value, size = table["value"].to_numpy(dtype=float), table["denominator"].to_numpy(dtype=float)
    numerator = table["numerator"].where(table["numerator"].notna(), np.rint(value * size / factor))
    above = np.array([n in values for n, values in zip(numerator, sets, strict=True)], dtype=bool)
    step = 10.0 ** -codes.map(lambda code: specs[code].digits).to_numpy(dtype=float)
    coarse = factor <= step * (size - smallest)
    linked = table["status"].isin(KNOWN).to_numpy() & (above | (below & ~coarse))
    rounded, half = np.rint(value / step) * step, step / 2
    blanked = table.assign(
        value=table["value"].where(~below, rounded),
        low=table["low"].where(~below, np.where(value >= 0, np.maximum(rounded - half, 0.0), rounded - half)),
        high=table["high"].where(~below, rounded + half),
        numerator=table["numerator"].mask(below),
        denominator=table["denominator"].mask(below),
    )
    return blanked, linked
