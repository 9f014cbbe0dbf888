"""Offers of a kind that are too many for points: one sign for those of a hexagon, its size by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sro_geo.model.picture import Ground

    Numbers = NDArray[np.float64]

MOST_POINTS = 150
"""So many offers of one kind still stand as points."""

SIZES = ((1, 0.7), (3, 1.05), (6, 1.5))
"""From so many offers on, a sign is so much as large as that of one."""

_ACROSS = 10.7
"""So many hexagons lie beside each other on a map: 63 px on one of 672."""


def gather_offers(ground: Ground) -> gpd.GeoDataFrame:
    """Offers as they are drawn, with a column `count`: missing for a point, else how many a sign stands for.

    Notes
    -----
    Law: the counts of a gathered kind add up to its points, and each of these lies in the hexagon of its sign. A sign stands
    in the middle of its offers. Protected addresses are no points and so in no count.
    """
    offers = ground.offers[ground.offers.geometry.notna() & ~ground.offers.geometry.is_empty]
    offers = offers.assign(count=np.nan)
    many = offers["kind"].map(offers["kind"].value_counts()) > MOST_POINTS
    if not many.any():
        return offers
    west, _, east, _ = ground.quarters.total_bounds
    x, y = (getattr(offers.geometry, axis).to_numpy()[many.to_numpy()] for axis in "xy")
    column, row = _find_cells(x, y, pitch=(east - west) / _ACROSS)
    frame = pd.DataFrame(offers.loc[many, ["kind", "quarter_id", "example"]]).assign(x=x, y=y, column=column, row=row)
    rows = [
        {
            "kind": kind, "name": "", "provider": "", "quarter_id": own["quarter_id"].mode(dropna=True).get(0),
            "example": bool(own["example"].any()), "count": len(own), "x": own["x"].mean(), "y": own["y"].mean(),
        }
        for (kind, *_), own in frame.groupby(["kind", "column", "row"])
    ]  # fmt: skip
    made = pd.DataFrame(rows)
    points = gpd.GeoSeries.from_xy(made.pop("x"), made.pop("y"), crs=offers.crs)
    signs = gpd.GeoDataFrame(made, geometry=points)
    return gpd.GeoDataFrame(pd.concat([offers[~many], signs], ignore_index=True), geometry="geometry", crs=offers.crs)


def count_gathered(ground: Ground) -> dict[str, list[int]]:
    """Of each kind whose signs stand for many, how many of its points lie in each quarter and, last, outside of all.

    Notes
    -----
    Law: they add up to the points of the kind, as the counts of its signs do.
    """
    offers, count = gather_offers(ground), len(ground.quarters)
    points = ground.offers[ground.offers.geometry.notna() & ~ground.offers.geometry.is_empty]
    found = {}
    for kind in offers.loc[offers["count"].notna(), "kind"].unique():
        where = ground.quarters.index.get_indexer(pd.Index(points.loc[points["kind"] == kind, "quarter_id"]))
        found[str(kind)] = np.bincount(np.where(where < 0, count, where), minlength=count + 1).tolist()
    return found


def scale_sign(count: float) -> float:
    """How large a sign is beside that of one offer; a point, whose count is missing, has its own size."""
    return 1.0 if pd.isna(count) else max(size for least, size in SIZES if count >= least)


def list_sizes(counts: Iterable[float]) -> tuple[tuple[int, int | None, float], ...]:
    """Sizes that are drawn: from how many offers to how many, if there is an end, and the size.

    Examples
    --------
    >>> list_sizes([1.0, 2.0, 8.0])
    ((1, 2, 0.7), (6, None, 1.5))
    """
    drawn = {scale_sign(count) for count in counts if not pd.isna(count)}
    lasts = [*(least - 1 for least, _ in SIZES[1:]), None]
    return tuple((least, last, size) for (least, size), last in zip(SIZES, lasts, strict=True) if size in drawn)


def _find_cells(x: Numbers, y: Numbers, *, pitch: float) -> tuple[Numbers, Numbers]:
    """Hexagon of each point: of two grids of rectangles, one shifted by half, the one whose middle is nearer.

    References
    ----------
    Carr, D. B., Littlefield, R. J., Nicholson, W. L. & Littlefield, J. S. (1987): Scatterplot matrix techniques for large N.
    Journal of the American Statistical Association 82, 424–436.
    """
    east, north = x / pitch, y / (pitch * np.sqrt(3))
    first = (np.round(east), np.round(north))
    second = (np.floor(east) + 0.5, np.floor(north) + 0.5)
    far = [(east - a) ** 2 + 3 * (north - b) ** 2 for a, b in (first, second)]
    column, row = (np.where(far[0] <= far[1], a, b) for a, b in zip(first, second, strict=True))
    return column, row
