"""Boundaries of quarters, water and barriers from any vector file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.load.cells import clean_column
from sro_geo.load.inputs import QuartersFile
from sro_geo.load.keys import read_keys
from sro_geo.load.location import check_location, swap_axes
from sro_geo.load.osmwater import is_osm, read_osm_water
from sro_geo.load.parents import check_parents, note_parents
from sro_geo.load.paths import take_path
from sro_geo.load.telling import tell
from sro_geo.load.vectors import read_vector, to_metric
from sro_geo.load.words import find_columns
from sro_geo.model.quarters import SLIVER_SQUARE_METRES, as_quarters
from sro_geo.model.schema import find_missing_columns, locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sro_geo.load.reading import DataFile
    from sro_geo.load.vectors import Vector
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

NAME_HEADS = ("name", "bezeichnung", "bez", "stadtbereich_bezeichnung")
BARRIER = "barriere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Quarters as read.

    Attributes
    ----------
    quarters : Quarters
        Checked boundaries in a metric reference system.
    starts : mapping of str to str
        Start of a sentence by quarter, where the file gives one.
    example : bool
        Whether the quarters are invented.
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        Files read.
    """

    quarters: Quarters
    starts: Mapping[str, str]
    example: bool
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Shapes without a key, as read: water or barriers.

    Attributes
    ----------
    frame : GeoDataFrame
        name, art, width (metres, of lines that state one) and geometry in the quarters' reference system.
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        Files read.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_boundaries(order: QuartersFile | str | Path, **stated: Any) -> Boundaries:
    """Quarters from a vector file.

    Parameters
    ----------
    order : QuartersFile, str or Path
        Settings, or the path of a file; then the fields of `QuartersFile` follow by name (`key="code"`).

    Raises
    ------
    DataError
        If the file cannot be read, lacks a column, the larger units are none, or the boundaries do not pass `as_quarters`.

    Notes
    -----
    A quarter without a name is called by its key. Degrees become UTM. Invalid boundaries are mended only if
    `order.repair` says so, and each is noted with its change in area. Where the quarters lie is checked before.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> boundaries = read_boundaries(project.quarters)
    >>> print(f"{len(boundaries.quarters)} quarters, {boundaries.quarters.area.sum() / 1_000_000:.1f} km²")
    12 quarters, 8.7 km²
    >>> boundaries.starts["11"]
    'In der Waldsiedlung'
    >>> len(read_boundaries(find_shipped("geodata/musterstadt/quartiere.geojson"), key="quartier").quarters)
    12
    """
    order = take_path(order, QuartersFile, **stated)
    vector = read_vector(order.file, layer=order.layer, crs=order.crs)
    keys = read_keys(order.keys)
    columns = _find_columns(vector.frame, order)
    ids = clean_column(vector.frame[columns["quarter_id"]]).map(lambda form: keys.forms.get(form, form))
    names = clean_column(vector.frame[columns["name"]])
    frame = gpd.GeoDataFrame(
        {
            "quarter_id": ids,
            "name": names.where(names != "", ids),
            "level": order.level,
            "parent_id": clean_column(vector.frame[columns["parent"]]) if "parent" in columns else "",
            "vintage": order.vintage,
        },
        geometry=vector.frame.geometry,
        crs=vector.frame.crs,
    ).assign(source=order.file.name, row=vector.frame.index)
    swaps = []
    if order.swapped:
        frame = swap_axes(frame)
        swaps = [tell(order.file.place, "axes_swapped")]
    check_location(frame, order)
    metric = to_metric(frame)
    notes = [*vector.notes, *swaps, *_note_crs(frame, metric, order.file)]
    if order.repair:
        metric, repaired = _repair(metric)
        notes += repaired
    starts = dict(zip(ids, clean_column(vector.frame[columns["start"]]), strict=True)) if "start" in columns else {}
    quarters = _check_quarters(metric, order)
    return Boundaries(
        quarters=quarters,
        starts={quarter: start for quarter, start in starts.items() if start},
        example=vector.source.example,
        notes=(*notes, *_note_gaps(quarters, order.file), *note_parents(quarters, order.file)),
        sources=(vector.source, *keys.sources),
    )


def read_water(file: DataFile, *, quarters: Quarters, layer: str | None = None, crs: str | None = None) -> Layer:
    """Rivers, sea and bridges to be drawn: all that the column `art` does not call a barrier; of OpenStreetMap, its water."""
    if is_osm(file):
        frame, notes, sources = read_osm_water(file, quarters=quarters)
        return Layer(frame=frame, notes=notes, sources=sources)
    vector = read_vector(file, layer=layer, crs=crs)
    frame = _take_shapes(vector, quarters)
    return Layer(
        frame=frame[frame["art"] != BARRIER].reset_index(drop=True),
        notes=vector.notes,
        sources=(vector.source,),
    )


def read_barrier(file: DataFile, *, quarters: Quarters, layer: str | None = None, crs: str | None = None) -> Layer:
    """Lines and areas that a way may not cross.

    What the column `art` calls a barrier, or everything where nothing is called so.
    """
    vector = read_vector(file, layer=layer, crs=crs)
    frame = _take_shapes(vector, quarters)
    named = frame[frame["art"] == BARRIER]
    return Layer(
        frame=(named if len(named) else frame).reset_index(drop=True),
        notes=vector.notes,
        sources=(vector.source,),
    )


def _take_shapes(vector: Vector, quarters: Quarters) -> gpd.GeoDataFrame:
    frame = vector.frame[~(vector.frame.geometry.isna() | vector.frame.geometry.is_empty)].to_crs(quarters.crs)
    texts = {column: clean_column(frame[column]) if column in frame else "" for column in ("name", "art")}
    width = pd.to_numeric(frame["breite"], errors="coerce") if "breite" in frame else np.nan
    facts = {**texts, "width": width}
    return gpd.GeoDataFrame(facts, index=frame.index, geometry=frame.geometry, crs=frame.crs)


def _find_columns(frame: pd.DataFrame, order: QuartersFile) -> Mapping[str, str]:
    """Column of the file for each that is stated, and for the name."""
    stated = {"quarter_id": order.key, "name": order.name, "parent": order.parent, "start": order.sentence_start}
    columns = find_columns(frame.columns, stated={k: v for k, v in stated.items() if v}, aliases={"name": NAME_HEADS})
    wanted = [*columns.values(), *(["name"] if "name" not in columns else [])]
    problems = find_missing_columns(frame.drop(columns="geometry"), wanted, table="quarters")
    stop_at([problem.at(order.file.place) for problem in problems])
    return columns


def _check_quarters(frame: gpd.GeoDataFrame, order: QuartersFile) -> Quarters:
    problems = check_parents(frame, order)
    try:
        quarters = as_quarters(frame)
    except DataError as error:
        raise DataError([*error.problems, *problems]) from None
    stop_at(problems)
    return quarters


def _note_crs(frame: gpd.GeoDataFrame, metric: gpd.GeoDataFrame, file: DataFile) -> list[Problem]:
    if frame.crs == metric.crs:
        return []
    return [tell(file.place, "crs_chosen", found=frame.crs.name, chosen=metric.crs.to_string())]


def _note_gaps(quarters: Quarters, file: DataFile) -> list[Problem]:
    """Note on holes between quarters, where whoever lives there belongs to none."""
    whole = shapely.get_parts(shapely.union_all(quarters.geometry.to_numpy()))
    rings = [ring for part in whole for ring in shapely.get_rings(part)[1:]]
    areas = shapely.area(shapely.polygons(rings)) if rings else np.array([])
    gaps = sorted((round(float(area)) for area in areas if area > SLIVER_SQUARE_METRES), reverse=True)
    found = [f"{area} m²" for area in gaps]
    return [tell(file.place, "gaps_between", count=len(gaps), found=found)] if gaps else []


def _repair(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    shapes = frame.geometry.to_numpy().copy()
    invalid = ~(shapely.is_valid(shapes) | shapely.is_missing(shapes))
    if not invalid.any():
        return frame, []
    before = shapely.area(shapes[invalid])
    shapes[invalid] = [_keep_areas(shape) for shape in shapely.make_valid(shapes[invalid], method="structure")]
    changes = [
        f"{key} ({round(float(change))} m²)"
        for key, change in zip(frame["quarter_id"][invalid], shapely.area(shapes[invalid]) - before, strict=True)
    ]
    note = Problem(
        cause="geometry_repaired",
        values={"count": int(invalid.sum()), "found": changes},
        places=locate(frame, invalid),
    )
    return frame.set_geometry(shapes, crs=frame.crs), [note]


def _keep_areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Polygons of a shape; lines and points that mending left behind hold nobody."""
    parts = [
        part for piece in shapely.get_parts(shape) for part in shapely.get_parts(piece) if part.geom_type == "Polygon"
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
