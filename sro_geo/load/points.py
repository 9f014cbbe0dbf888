"""Points of a table's rows, from two columns of coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from sro_geo.errors import DataError
from sro_geo.load.numbers import read_numbers
from sro_geo.load.vectors import parse_crs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.load.tables import Table


def name_axes(heads: Mapping[str, str]) -> tuple[str, str] | None:
    """Columns of the coordinates, those of a plane first; None where there are none."""
    return next(((x, y) for x, y in (("x", "y"), ("lon", "lat")) if x in heads and y in heads), None)


def read_points(
    table: Table, heads: Mapping[str, str], *, crs: str | None, default_crs: str, decimal: str | None = None
) -> gpd.GeoSeries:
    """Point of each row, None where it has none; degrees are known by their heads.

    Raises
    ------
    DataError
        If a coordinate is no number or the reference system is not known.
    """
    axes = name_axes(heads)
    if axes is None:
        return gpd.GeoSeries([None] * len(table.frame), index=table.frame.index, crs=default_crs)
    known = parse_crs(crs or ("EPSG:4326" if axes[0] == "lon" else default_crs), file=table.file)
    x, y = (
        read_numbers(
            table, heads[axis], decimal=decimal or (_find_mark(table, heads[axis]) if axes[0] == "lon" else None)
        )
        for axis in axes
    )
    if x.problems or y.problems:
        raise DataError([*x.problems, *y.problems])
    points = gpd.GeoSeries(gpd.points_from_xy(x.value, y.value), index=table.frame.index, crs=known)
    return points.where(x.value.notna() & y.value.notna(), None)


def _find_mark(table: Table, head: str) -> str | None:
    """Decimal mark of degrees: the only one that stands in the column, since nobody writes thousands of degrees."""
    marks = {mark for text in table.frame[head].map(str) for mark in ",." if mark in text}
    return marks.pop() if len(marks) == 1 else None
