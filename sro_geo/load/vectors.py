"""Vector files as frames with a known reference system."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from sro_geo.errors import DataError, Place, Problem
from sro_geo.load.beside import find_parts, set_aside
from sro_geo.load.guard import read_guarded
from sro_geo.load.reading import expect_type
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse, tell, tell_rows

if TYPE_CHECKING:
    from sro_geo.load.reading import DataFile
    from sro_geo.load.wire import Answer
    from sro_geo.model.source import Source

VECTOR_TYPES = ("json", "shp", "gpkg", "fgb", "xml")
SHAPEFILE_PARTS = (".shx", ".dbf")
OTHER_PARTS = (".prj", ".cpg")
JOURNALS = ("-wal", "-journal")
"""What a GeoPackage has beside it while a program has it open: changes that are not in it yet."""

_WEB_MERCATOR = 3857
_ETRS_ZONES = range(28, 39)
_GARBLED = re.compile("Ã[\x80-\xbf¤¶¼Ÿ„–œ]")
"""The letters ä ö ü ß Ä Ö Ü, each as two."""

_MOST_DEGREES = (180.0, 90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """Features of a layer.

    Attributes
    ----------
    frame : GeoDataFrame
        Attributes as they are, geometry; the index counts features from 1. The reference system is known.
    notes : tuple of Problem
        What was decided on the way.
    source : Source
        The file's provenance.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    source: Source


def read_vector(file: DataFile, *, layer: str | None = None, crs: str | None = None) -> Vector:
    """Features of a vector file, read from a copy by a process of its own.

    Parameters
    ----------
    file : DataFile
        GeoJSON, shapefile, GeoPackage, FlatGeobuf, GML or KML.
    layer : str or None
        Needed where there are several.
    crs : str or None
        Reference system where the file states none.

    Raises
    ------
    DataError
        If it is no vector file, cannot be read, has no or several layers, no features, no reference system or
        one that cannot be right.
    """
    kind = expect_type(file, VECTOR_TYPES)
    parts = _find_parts(file, kind)
    with set_aside(file, parts) as copy:
        facts, arrays = read_guarded(file, copy, kind=kind, layer=layer)
    notes = [tell(file.place, "vector_warning", reason=reason) for reason in facts["warnings"]]
    frame = _make_frame((facts, arrays), file)
    if frame.empty:
        raise refuse(file.place, "no_features", layer=facts["layer"])
    frame.index = range(1, len(frame) + 1)
    if shapely.has_z(frame.geometry.to_numpy()).any():
        frame = frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
        notes.append(tell(file.place, "heights_dropped"))
    _check_finite(frame, file)
    notes += _note_garbled(frame, file)
    source = read_source(file, parts=list(parts.values()))
    return Vector(frame=_settle_crs(frame, file, stated=crs), notes=tuple(notes), source=source)


def to_metric(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Frame in a reference system that measures in metres: its own, or UTM (ETRS89 in Europe) of its middle.

    Web Mercator counts in metres that are too short, so it is left, too.
    """
    crs = frame.crs
    if crs.is_projected and crs.axis_info[0].unit_name == "metre" and crs.to_epsg() != _WEB_MERCATOR:
        return frame
    west, south, east, north = frame.to_crs("EPSG:4326").total_bounds
    zone = math.floor(((west + east) / 2 + 180) / 6) + 1
    northern = south + north >= 0
    code = 25800 + zone if zone in _ETRS_ZONES and northern else (32600 if northern else 32700) + zone
    return frame.to_crs(f"EPSG:{code}")


def parse_crs(text: str, *, file: str) -> pyproj.CRS:
    """Parse the name of a reference system.

    Raises
    ------
    DataError
        If nobody knows it.
    """
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise refuse(Place(file=file), "crs_unknown", crs=text) from error


def _find_parts(file: DataFile, kind: str) -> dict[str, DataFile]:
    """Other files that belong to it, by ending; no more than these are read."""
    if kind == "gpkg":
        return find_parts(file, [f"{file.path.suffix.lower()}{mark}" for mark in JOURNALS])
    if kind != "shp":
        return {}
    beside = find_parts(file, [*SHAPEFILE_PARTS, *OTHER_PARTS])
    missing = [part for part in SHAPEFILE_PARTS if part not in beside]
    if missing:
        raise refuse(file.place, "shapefile_incomplete", missing=missing)
    return {part: beside[part] for part in (*SHAPEFILE_PARTS, *OTHER_PARTS) if part in beside}


def _make_frame(answer: Answer, file: DataFile) -> gpd.GeoDataFrame:
    facts, arrays = answer
    shapes = arrays.pop("geometry")
    columns = {head: arrays[str(at)] for at, head in enumerate(facts["heads"])}
    try:
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers are told later, with their rows
            geometry = shapely.from_wkb(shapes)
    except shapely.errors.ShapelyError as error:
        raise refuse(file.place, "vector_broken", reason=str(error).split("\n")[0].split(";")[0]) from error
    return gpd.GeoDataFrame(pd.DataFrame(columns, index=range(len(shapes))), geometry=geometry, crs=facts["crs"])


def _note_garbled(frame: gpd.GeoDataFrame, file: DataFile) -> list[Problem]:
    """Note on letters that were written in UTF-8 and read in another encoding."""
    cells = (cell for head in frame.columns.drop("geometry") for cell in frame[head])
    found = [cell for cell in cells if isinstance(cell, str) and _GARBLED.search(cell)]
    return [tell(file.place, "letters_garbled", found=list(dict.fromkeys(found)))] if found else []


def _check_finite(frame: gpd.GeoDataFrame, file: DataFile) -> None:
    points, owners = shapely.get_coordinates(frame.geometry.to_numpy(), return_index=True)
    wrong = frame.index[np.unique(owners[~np.isfinite(points).all(axis=1)])]
    if len(wrong):
        raise DataError(tell_rows(file.place, wrong, "coordinates_not_finite"))


def _settle_crs(frame: gpd.GeoDataFrame, file: DataFile, *, stated: str | None) -> gpd.GeoDataFrame:
    wanted = None if stated is None else parse_crs(stated, file=file.name)
    in_degrees = bool((np.nan_to_num(np.abs(frame.total_bounds)) <= _MOST_DEGREES).all())
    if frame.crs is None:
        if wanted is None:
            raise refuse(file.place, "no_crs")
        frame = frame.set_crs(wanted)
    elif wanted is not None and not frame.crs.equals(wanted, ignore_axis_order=True):
        if in_degrees or not frame.crs.is_geographic:
            raise refuse(file.place, "crs_contradicts", found=_name_crs(frame.crs), stated=stated)
        frame = frame.set_crs(
            wanted, allow_override=True
        )  # GeoJSON without a system counts as degrees, whatever it holds
    if frame.crs.is_geographic and not in_degrees:
        raise refuse(
            file.place,
            "coordinates_not_degrees",
            found=[round(float(edge)) for edge in frame.total_bounds],
            suggested="EPSG:25833",
        )
    return frame


def _name_crs(crs: pyproj.CRS) -> str:
    code = crs.to_epsg()
    return crs.name if code is None else f"EPSG:{code}"
