"""Values of one year and the points that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.model.grid import lay_grid
from sro_geo.model.status import ESTIMATED
from sro_geo.resilience.scale import BEST, scale_grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Scales


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Values of one year, quarters × indicators of the tree.

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
    grid = lay_grid(indicators, codes=codes, year=year, quarter_ids=quarter_ids)
    scaled, low, high = (scale_grid(cells, scales=scales, codes=codes) for cells in (grid.value, grid.low, grid.high))
    open_ = np.isnan(low) | np.isnan(high)
    return Sheet(
        ids=grid.ids,
        value=grid.value,
        scaled=scaled,
        worst=np.where(open_, scales.lowest, np.fmin(low, high)),
        best=np.where(open_, BEST, np.fmax(low, high)),
        estimated=grid.status == ESTIMATED,
        example=grid.example,
        source=grid.source,
        row=grid.row,
    )


def scale_city(city: Mapping[str, float], *, scales: Scales, codes: Sequence[str]) -> NDArray[np.float64]:
    """Points of the city as one row; missing where its value is."""
    return scale_grid(np.array([[city.get(code, np.nan) for code in codes]], dtype=float), scales=scales, codes=codes)
