"""Totals of quarters spread evenly over points on the land of each quarter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.errors import DataError, Problem
from sro_geo.model.ages import parse_age_group
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sro_geo.model.quarters import Quarters


CELLS = 2000
"""So many points a quarter gets where no distance is stated: half the distance then moves no share by a point."""

MOST_CELLS = 200_000
"""So many points all quarters get together where no distance is stated."""

_NO_LAND = 1.0
"""A quarter with less land, in square metres, has none: the rim of a drawing."""

_CLOSEST = 0.5
"""Points are never laid closer than this, in metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Totals on points.

    Attributes
    ----------
    persons, cells : DataFrame, GeoDataFrame
        What `as_population` takes; all persons are estimated.
    finer : GeoDataFrame
        Points of the smallest quarter at half the distance or less, to try how far the distance matters.
    gaps : DataFrame
        quarter_id, age_group and status of every total that is not known.
    notes : tuple of Problem
        That they are estimated, which quarters have no land, and which totals are not known.
    """

    persons: pd.DataFrame
    cells: gpd.GeoDataFrame
    finer: gpd.GeoDataFrame
    gaps: pd.DataFrame
    notes: tuple[Problem, ...]


def spread_totals(
    totals: Mapping[str, pd.DataFrame],
    *,
    quarters: Quarters,
    cell_metres: int | None,
    year: int,
    empty: gpd.GeoDataFrame | None = None,
) -> Spread:
    """Persons of each quarter shared out evenly over a grid of points on its land.

    Parameters
    ----------
    totals : mapping of str to DataFrame
        By age group: value, status, example, source and row on the quarters' index.
    quarters : Quarters
        Boundaries.
    cell_metres : int or None
        Distance of the points; where not stated each quarter gets about `CELLS` of them, fewer in a town of more than
        a hundred quarters. A quarter too small for the grid has one point inside it.
    year : int
        Year of the totals.
    empty : GeoDataFrame or None
        Where nobody lives, in the quarters' reference system: areas, and lines with a `width` in metres.

    Raises
    ------
    DataError
        If there is no total by age group for the year.

    Notes
    -----
    The sum of a quarter's points is its total. A total that is not known puts nobody anywhere; it is a gap, and is noted.
    A quarter without any land has one point, and is noted, too.
    """
    if not totals:
        raise DataError(Problem(cause="no_totals_by_age", values={"year": year}))
    land, notes = _find_land(quarters, empty)
    metres = _choose_metres(land, cell_metres)
    cells = _lay_points(land, metres)
    quarter = quarters.index.get_indexer(cells["quarter_id"])
    counts = np.bincount(quarter, minlength=len(quarters))
    parts, gaps = [], []
    for group, table in totals.items():
        known = table["status"].isin(KNOWN)
        status = table["status"].reindex(quarters.index, fill_value=MISSING)
        gaps.append(status[~status.isin(KNOWN)].rename_axis("quarter_id").reset_index().assign(age_group=group))
        own = table[known]
        place = own.index.get_indexer(quarters.index)[quarter]
        at = np.flatnonzero(place >= 0)
        rows = own.take(place[at]).assign(cell_id=cells.index[at], age_group=group, status=ESTIMATED)
        parts.append(rows.assign(persons=rows["value"] / counts[quarter[at]]))
    persons = pd.concat(parts, ignore_index=True)
    columns = ["cell_id", "age_group", "persons", "status", "example", "source", "row"]
    unknown = pd.concat(gaps, ignore_index=True)[["quarter_id", "age_group", "status"]]
    return Spread(
        persons=persons[columns],
        cells=cells,
        finer=_lay_finer(land, metres),
        gaps=unknown,
        notes=(_tell_spread(quarters, land, metres, year=year, groups=list(totals)), *notes, *_tell_unknown(unknown)),
    )


def _find_land(quarters: Quarters, empty: gpd.GeoDataFrame | None) -> tuple[gpd.GeoSeries, list[Problem]]:
    """Quarters without what is empty; the whole quarter, and a note, where nothing is left."""
    if empty is None:
        return quarters.geometry, []
    left = shapely.difference(quarters.geometry.to_numpy(), shapely.union_all(as_areas(empty)))
    drowned = shapely.area(left) < _NO_LAND
    middles = shapely.point_on_surface(quarters.geometry.to_numpy())
    land = gpd.GeoSeries(np.where(drowned, middles, left), index=quarters.index, crs=quarters.crs)
    found = [f"{name} ({key})" for key, name in quarters["name"][drowned].items()]
    return land, [Problem(cause="quarters_without_land", values={"count": len(found), "found": found})] if found else []


def as_areas(shapes: gpd.GeoDataFrame) -> NDArray[Any]:
    """Areas as they are, lines as wide as their `width` says; what has no extent is left out."""
    parts, row = shapely.get_parts(shapes.geometry.to_numpy(), return_index=True)
    parts, part = shapely.get_parts(parts, return_index=True)
    width = shapes["width"].to_numpy(dtype=float)[row[part]]
    flat = shapely.get_dimensions(parts) == 2  # noqa: PLR2004  an area has two dimensions
    wide = ~flat & (width > 0)
    areas = shapely.make_valid(parts[flat], method="structure", keep_collapsed=False)
    return np.concatenate([areas, shapely.buffer(parts[wide], width[wide] / 2)])


def _choose_metres(land: gpd.GeoSeries, stated: int | None) -> pd.Series:
    """Distance of the points by quarter."""
    if stated is not None:
        return pd.Series(float(stated), index=land.index)
    aim = min(CELLS, MOST_CELLS / len(land))
    metres: pd.Series = np.sqrt(land.area / aim).round().clip(lower=1.0)
    return metres


def _lay_finer(land: gpd.GeoSeries, metres: pd.Series) -> gpd.GeoDataFrame:
    """Points of the quarter with the least land, closer together."""
    own = land.area[land.area > 0].nsmallest(1).index if (land.area > 0).any() else land.index[:1]
    closer = np.minimum(metres[own] / 2, np.sqrt(land[own].area / CELLS)).clip(lower=_CLOSEST)
    return _lay_points(land[own], closer)


def _lay_points(land: gpd.GeoSeries, metres: pd.Series) -> gpd.GeoDataFrame:
    """Middles of square cells by quarter; one point on its surface where none lies in it."""
    found = [_fill(shape, size) for shape, size in zip(land, metres, strict=True)]
    counts = [len(points) for points in found]
    ids = np.repeat(land.index.to_numpy(), counts)
    names = [f"{quarter}-{number + 1}" for quarter, n in zip(land.index, counts, strict=True) for number in range(n)]
    points = shapely.points(np.concatenate(found))
    return gpd.GeoDataFrame({"quarter_id": ids}, geometry=points, crs=land.crs, index=pd.Index(names, name="cell_id"))


def _fill(shape: shapely.Geometry, metres: float) -> NDArray[np.float64]:
    inside = np.concatenate([_list_middles(part, metres) for part in shapely.get_parts(shape)])
    return inside if len(inside) else shapely.get_coordinates(shapely.point_on_surface(shape))


def _list_middles(shape: shapely.Geometry, metres: float) -> NDArray[np.float64]:
    west, south, east, north = shapely.bounds(shape)
    xs = (np.arange(math.floor(west / metres), math.ceil(east / metres)) + 0.5) * metres
    ys = (np.arange(math.floor(south / metres), math.ceil(north / metres)) + 0.5) * metres
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside: NDArray[np.float64] = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    return inside


def _tell_spread(
    quarters: Quarters, land: gpd.GeoSeries, metres: pd.Series, *, year: int, groups: list[str]
) -> Problem:
    least, most = round(metres.min()), round(metres.max())
    left_out = round(100 * (1 - land.area.sum() / quarters.area.sum()))
    span = str(least) if least == most else f"{least}–{most}"
    values = {"year": year, "metres": span, "groups": sorted(groups, key=parse_age_group)}
    if not left_out:
        return Problem(cause="population_spread_all", values=values)
    return Problem(cause="population_spread", values={**values, "left_out": left_out})


def _tell_unknown(unknown: pd.DataFrame) -> list[Problem]:
    found = [f"{gap.age_group} / {gap.quarter_id}" for gap in unknown.itertuples()]
    return [Problem(cause="population_unknown", values={"count": len(found), "found": found})] if found else []
