"""Quarters and groups of quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.model.schema import find_duplicates, find_missing_columns, report

Quarters = NewType("Quarters", gpd.GeoDataFrame)  # type: ignore[valid-newtype]  # geopandas has no types
"""Checked boundaries: index `quarter_id` (text), columns name, level, parent_id, vintage, geometry; metric CRS.

`parent_id` is the name of the larger unit that a quarter belongs to; empty where it belongs to none."""

Groups = Mapping[str, tuple[str, ...]]
"""Group name to quarter ids; groups may overlap, the rest is all others."""

SLIVER_SQUARE_METRES = 100.0
"""Two quarters may overlap by less than this without it being a problem."""


def as_quarters(frame: gpd.GeoDataFrame) -> Quarters:
    """Check boundaries and return them as `Quarters`.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns quarter_id, name, level, parent_id, vintage and geometry (metres).

    Raises
    ------
    DataError
        With all problems at once: no or no metric CRS, missing columns, keys that are empty or occur twice,
        geometries that are missing, no areas or invalid, quarters that overlap.

    Notes
    -----
    Same rows out as in, ordered by key.

    Examples
    --------
    >>> from sro_geo import as_quarters, find_shipped, read_boundaries, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> frame = read_boundaries(project.quarters).quarters.reset_index()
    >>> quarters = as_quarters(frame[frame["name"].isin(["Neue Heide", "Ostufer"])])
    >>> print(f"{quarters.area.sum() / 1_000_000:.1f} km²")
    1.4 km²
    >>> as_quarters(frame.to_crs("EPSG:4326"))
    Traceback (most recent call last):
        ...
    sro_geo.errors.DataError: crs_not_metric {'crs': 'WGS 84'}
    """
    problems = find_missing_columns(frame, ["quarter_id", "name", "level", "parent_id", "vintage"], table="quarters")
    problems += _check_crs(frame)
    stop_at(problems)
    if frame.empty:
        raise DataError(Problem(cause="no_quarters"))
    keys = frame["quarter_id"].astype("str")
    problems += report(frame, (keys.str.strip() == "") | frame["quarter_id"].isna(), "empty_key", column="quarter_id")
    problems += find_duplicates(frame, ["quarter_id"], table="quarters")
    problems += _check_shapes(frame)
    stop_at(problems)
    units = frame["parent_id"].fillna("").astype("str")
    checked = frame.assign(quarter_id=keys, parent_id=units).set_index("quarter_id").sort_index()
    problems += _find_overlaps(checked)
    stop_at(problems)
    return Quarters(checked[["name", "level", "parent_id", "vintage", "geometry"]])


def as_groups(groups: Mapping[str, list[str]], *, quarters: Quarters) -> Groups:
    """Check groups against the quarters they name.

    Raises
    ------
    DataError
        If a group is empty or names a quarter that does not exist.

    Examples
    --------
    >>> from sro_geo import as_groups, find_shipped, read_boundaries, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters = read_boundaries(project.quarters).quarters
    >>> groups = as_groups(project.groups, quarters=quarters)
    >>> [quarters.loc[key, "name"] for key in groups["modellregion"]]
    ['Neue Heide', 'Ostufer']
    """
    problems = []
    for name, ids in groups.items():
        unknown = [i for i in ids if i not in quarters.index]
        if unknown:
            values = {"group": name, "found": unknown, "known": list(quarters.index)}
            problems.append(Problem(cause="group_unknown_quarter", values=values))
        if not ids:
            problems.append(Problem(cause="group_empty", values={"group": name}))
    stop_at(problems)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in groups.items()}


def name_parents(quarters: Quarters) -> dict[str, str]:
    """Name of the larger unit by quarter, without the quarters that belong to none.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries
    >>> file = find_shipped("geodata/musterstadt/quartiere.geojson")
    >>> name_parents(read_boundaries(file, key="quartier").quarters)
    {}
    """
    return {str(key): str(name) for key, name in quarters["parent_id"].items() if name}


def _check_crs(frame: gpd.GeoDataFrame) -> list[Problem]:
    if frame.crs is None:
        return [Problem(cause="no_crs")]
    if not frame.crs.is_projected or frame.crs.axis_info[0].unit_name != "metre":
        return [Problem(cause="crs_not_metric", values={"crs": frame.crs.name})]
    return []


def _check_shapes(frame: gpd.GeoDataFrame) -> list[Problem]:
    shapes = frame.geometry.array
    empty = frame.geometry.isna().to_numpy() | shapely.is_empty(shapes)
    wrong = ~empty & ~np.isin(shapely.get_type_id(shapes), [3, 6])
    invalid = ~empty & ~wrong & ~shapely.is_valid(shapes)
    return [
        *report(frame, empty, "geometry_missing", column="quarter_id"),
        *report(frame, wrong, "geometry_no_area", column="quarter_id"),
        *report(frame, invalid, "geometry_invalid", column="quarter_id"),
    ]


def _find_overlaps(quarters: gpd.GeoDataFrame) -> list[Problem]:
    shapes = quarters.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    pairs = [
        f"{quarters.index[i]} / {quarters.index[j]}: {round(float(a))} m²"
        for i, j, a in zip(left, right, areas, strict=True)
        if a > SLIVER_SQUARE_METRES
    ]
    return [Problem(cause="quarters_overlap", values={"found": pairs, "count": len(pairs)})] if pairs else []
