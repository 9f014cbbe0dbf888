"""The pieces that every table check is made of. Each returns problems; none raises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    import geopandas as gpd

MOST = 1e12
"""A larger number is a slip of the keyboard: nothing about a city is counted in millions of millions."""

MOST_PLACES = 10
"""So many places are named for one cause; the rest is counted."""


def find_missing_columns(frame: pd.DataFrame, columns: Iterable[str], *, table: str) -> list[Problem]:
    """Columns that the table needs and does not have, as at most one problem."""
    missing = [column for column in columns if column not in frame.columns]
    if not missing:
        return []
    values = {"table": table, "columns": missing, "found": [str(c) for c in frame.columns]}
    return [Problem(cause="missing_columns", values=values)]


def find_foreign_crs(frame: gpd.GeoDataFrame, quarters: gpd.GeoDataFrame, *, table: str) -> list[Problem]:
    """Another reference system than the quarters have, as at most one problem."""
    if frame.crs == quarters.crs:
        return []
    values = {"table": table, "found": str(frame.crs), "wanted": str(quarters.crs)}
    return [Problem(cause="crs_differs", values=values)]


def locate(frame: pd.DataFrame, mask: pd.Series | np.ndarray, *, column: str | None = None) -> tuple[Place, ...]:
    """Places of the marked rows, from the columns `source` and `row` where the table has them."""
    rows = frame.loc[np.asarray(mask, dtype=bool)].head(MOST_PLACES)
    if "source" not in rows.columns:
        return ()
    numbers = rows["row"] if "row" in rows.columns else pd.Series(pd.NA, index=rows.index)
    return tuple(
        Place(file=str(source), row=None if pd.isna(row) else int(row), column=column)
        for source, row in zip(rows["source"], numbers, strict=True)
    )


def report(
    frame: pd.DataFrame,
    mask: pd.Series | np.ndarray,
    cause: str,
    *,
    column: str,
    describe: Callable[[pd.DataFrame], object] | None = None,
) -> list[Problem]:
    """One problem for all marked rows of a column, or none.

    The message gets `count`, `column` and `found`: the first few offending values, or what `describe` makes of the rows.
    """
    marked = np.asarray(mask, dtype=bool)
    if not marked.any():
        return []
    rows = frame.loc[marked]
    found = describe(rows) if describe else list(dict.fromkeys(str(v) for v in rows[column]))[:MOST_PLACES]
    values = {"count": int(marked.sum()), "column": column, "found": found}
    return [Problem(cause=cause, values=values, places=locate(frame, marked, column=column))]


def find_duplicates(frame: pd.DataFrame, columns: Sequence[str], *, table: str) -> list[Problem]:
    """Rows that share a key which must be unique, as at most one problem."""
    doubled = frame.duplicated(list(columns), keep=False).to_numpy()
    problems = report(
        frame,
        doubled,
        "duplicate_key",
        column=columns[0],
        describe=lambda rows: [
            " / ".join(map(str, key)) for key in rows[list(columns)].drop_duplicates().head(5).to_numpy()
        ],
    )
    return [replace(p, values={**p.values, "table": table, "columns": list(columns)}) for p in problems]


def find_unknown_codes(frame: pd.DataFrame, column: str, known: Collection[str], *, cause: str) -> list[Problem]:
    """Codes in a column that the catalogue or the boundaries do not hold."""
    mask = ~frame[column].isin(list(known))
    problems = report(frame, mask, cause, column=column)
    return [replace(p, values={**p.values, "known": sorted(known)}) for p in problems]


def find_untidy_numbers(frame: pd.DataFrame, column: str, *, lowest: float | None = 0.0) -> list[Problem]:
    """Values that are infinite, larger than anything that is counted, or below the lowest possible one."""
    values = frame[column].to_numpy(dtype=float)
    problems = report(frame, np.isinf(values), "infinite_number", column=column)
    problems += report(frame, np.isfinite(values) & (np.abs(values) > MOST), "number_too_large", column=column)
    if lowest is not None:
        with np.errstate(invalid="ignore"):
            problems += report(frame, values < lowest, "negative_number", column=column)
    return problems
