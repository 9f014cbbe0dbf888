"""The values of one year as arrays, quarters × indicators: looked up once, not once for each indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.model.status import KNOWN, MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sro_geo.model.indicators import Indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Values of one year.

    Attributes
    ----------
    ids, codes : Index
        Quarters (rows) and indicators (columns).
    value, low, high : arrays
        In the indicator's unit; missing where not known.
    status : array of object
        `missing` where the table has no row.
    example : array of bool
        Whether the value is invented.
    source, row : arrays of object
        File and row of the values.
    """

    ids: pd.Index
    codes: pd.Index
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    status: NDArray[np.object_]
    example: NDArray[np.bool_]
    source: NDArray[np.object_]
    row: NDArray[np.object_]


def lay_grid(indicators: Indicators, *, codes: Sequence[str], year: int, quarter_ids: Sequence[str]) -> Grid:
    """Values of the quarters, each in the column of its indicator; rows of other quarters and indicators are left out."""
    ids, columns = pd.Index(list(quarter_ids), name="quarter_id"), pd.Index(list(codes))
    rows = indicators[(indicators["year"] == year).to_numpy()]
    down, across = ids.get_indexer(pd.Index(rows["quarter_id"])), columns.get_indexer(pd.Index(rows["indicator"]))
    inside = (down >= 0) & (across >= 0)
    place = down[inside], across[inside]
    rows = rows[inside]
    known = rows["status"].isin(KNOWN).to_numpy()

    def fill(column: str, empty: Any, kind: Any) -> Any:
        cells = np.full((len(ids), len(columns)), empty, dtype=kind)
        cells[place] = rows[column].to_numpy(dtype=kind)
        return cells

    numbers = {}
    for end in ("value", "low", "high"):
        numbers[end] = np.full((len(ids), len(columns)), np.nan)
        numbers[end][place] = np.where(known, rows[end].to_numpy(dtype=float), np.nan)
    return Grid(
        ids=ids,
        codes=columns,
        **numbers,
        status=fill("status", MISSING, object),
        example=fill("example", 0, bool),
        source=fill("source", None, object),
        row=fill("row", None, object),
    )
