"""Totals of quarters spread evenly over points inside each quarter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.errors import DataError, Problem
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.quarters import Quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Totals on points.

    Attributes
    ----------
    persons, cells : DataFrame, GeoDataFrame
        What `as_population` takes; all persons are estimated.
    gaps : DataFrame
        quarter_id, age_group and status of every total that is not known.
    notes : tuple of Problem
        That they are estimated, and which totals are not known.
    """

    persons: pd.DataFrame
    cells: gpd.GeoDataFrame
    gaps: pd.DataFrame
    notes: tuple[Problem, ...]


def spread_totals(totals: Mapping[str, pd.DataFrame], *, quarters: Quarters, cell_metres: int, year: int) -> Spread:
    """Persons of each quarter shared out evenly over a grid of points.

    Parameters
    ----------
    totals : mapping of str to DataFrame
        By age group: value, status, example, source and row on the quarters' index.
    quarters : Quarters
        Boundaries.
    cell_metres : int
        Distance of the points; a quarter too small for the grid has one point inside it.
    year : int
        Year of the totals.

    Raises
    ------
    DataError
        If there is no total by age group for the year.

    Notes
    -----
    The sum of a quarter's points is its total. A total that is not known puts nobody anywhere; it is a gap, and is noted.
    """
    if not totals:
        raise DataError([Problem(cause="no_totals_by_age", values={"year": year})])
    cells = _make_points(quarters, cell_metres)
    counts = cells.groupby("quarter_id").size()
    parts, gaps = [], []
    for group, table in totals.items():
        known = table["status"].isin(KNOWN)
        status = table["status"].reindex(quarters.index, fill_value=MISSING)
        gaps.append(status[~status.isin(KNOWN)].rename_axis("quarter_id").reset_index().assign(age_group=group))
        rows = cells[["quarter_id"]].reset_index().merge(table[known], left_on="quarter_id", right_index=True)
        parts.append(
            rows.assign(age_group=group, persons=rows["value"] / rows["quarter_id"].map(counts), status=ESTIMATED)
        )
    persons = pd.concat(parts, ignore_index=True)
    columns = ["cell_id", "age_group", "persons", "status", "example", "source", "row"]
    notes = [Problem(cause="population_spread", values={"year": year, "metres": cell_metres, "groups": list(totals)})]
    unknown = pd.concat(gaps, ignore_index=True)[["quarter_id", "age_group", "status"]]
    if len(unknown):
        found = [f"{gap.age_group} / {gap.quarter_id}" for gap in unknown.itertuples()]
        notes.append(Problem(cause="population_unknown", values={"count": len(found), "found": found}))
    return Spread(persons=persons[columns], cells=cells, gaps=unknown, notes=tuple(notes))


def _make_points(quarters: Quarters, metres: int) -> gpd.GeoDataFrame:
    """Grid points by quarter, on whole multiples of the distance so that neighbours share one grid."""
    ids: list[str] = []
    points: list[shapely.Geometry] = []
    for quarter, shape in zip(quarters.index, quarters.geometry, strict=True):
        west, south, east, north = shape.bounds
        xs = np.arange(math.floor(west / metres), math.ceil(east / metres) + 1) * float(metres)
        ys = np.arange(math.floor(south / metres), math.ceil(north / metres) + 1) * float(metres)
        grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        inside = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
        found = [shapely.Point(at) for at in inside] or [shapely.point_on_surface(shape)]
        ids += [quarter] * len(found)
        points += found
    names = [f"{quarter}-{number}" for quarter, number in zip(ids, _number(ids), strict=True)]
    index = pd.Index(names, name="cell_id")
    return gpd.GeoDataFrame({"quarter_id": ids}, geometry=points, crs=quarters.crs, index=index)


def _number(ids: list[str]) -> list[int]:
    return [int(number) + 1 for number in pd.Series(ids).groupby(ids).cumcount()]
