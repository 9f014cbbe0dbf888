"""The values of one year as arrays, quarters × indicators of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.model.indicators import select_values
from sro_geo.model.status import ESTIMATED, KNOWN
from sro_geo.resilience.scale import BEST, scale_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Values of one year.

    Attributes
    ----------
    ids : Index
        Quarters.
    value, scaled : arrays
        In the indicator's unit, and in points; missing where not known.
    worst, best : arrays
        Points that the bounds of the values admit; the scale's ends where a value is not known or has no bounds.
    estimated, example : arrays of bool
        Status and origin of the values.
    source, row : arrays of object
        File and row of the values.
    """

    ids: pd.Index
    value: NDArray[np.float64]
    scaled: NDArray[np.float64]
    worst: NDArray[np.float64]
    best: NDArray[np.float64]
    estimated: NDArray[np.bool_]
    example: NDArray[np.bool_]
    source: NDArray[np.object_]
    row: NDArray[np.object_]


def collect_sheet(
    indicators: Indicators, *, scales: Scales, codes: Sequence[str], year: int, quarter_ids: Sequence[str]
) -> Sheet:
    """Values of the quarters, each in the column of its indicator; quarters without a row have no value."""
    ids = pd.Index(list(quarter_ids), name="quarter_id")
    columns = [select_values(indicators, indicator=code, year=year).reindex(ids) for code in codes]
    known = np.column_stack([rows["status"].isin(KNOWN) for rows in columns])
    value, low, high = (
        np.where(known, np.column_stack([rows[end].astype(float) for rows in columns]), np.nan)
        for end in ("value", "low", "high")
    )
    scaled, *ends = (_scale(part, scales=scales, codes=codes) for part in (value, low, high))
    return Sheet(
        ids=ids,
        value=value,
        scaled=scaled,
        worst=np.where(np.isnan(ends).any(axis=0), scales.lowest, np.fmin(*ends)),
        best=np.where(np.isnan(ends).any(axis=0), BEST, np.fmax(*ends)),
        estimated=np.column_stack([rows["status"] == ESTIMATED for rows in columns]),
        example=np.column_stack([rows["example"].eq(other=True).to_numpy(dtype=bool) for rows in columns]),
        source=np.column_stack([rows["source"].to_numpy(dtype=object) for rows in columns]),
        row=np.column_stack([rows["row"].to_numpy(dtype=object) for rows in columns]),
    )


def _scale(values: NDArray[np.float64], *, scales: Scales, codes: Sequence[str]) -> NDArray[np.float64]:
    columns = [scale_values(pd.Series(values[:, i]), scales=scales, code=code) for i, code in enumerate(codes)]
    return np.column_stack(columns)


def scale_city(city: Mapping[str, float], *, scales: Scales, codes: Sequence[str]) -> NDArray[np.float64]:
    """Points of the city as one row; missing where its value is."""
    return _scale(np.array([[city.get(code, np.nan) for code in codes]], dtype=float), scales=scales, codes=codes)
