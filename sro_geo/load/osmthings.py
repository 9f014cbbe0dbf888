"""Things of an OpenStreetMap file with their shapes, whatever they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.load.beside import set_aside
from sro_geo.load.guard import read_guarded
from sro_geo.load.reading import expect_type
from sro_geo.load.sources import read_source
from sro_geo.load.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sro_geo.errors import Problem
    from sro_geo.load.reading import DataFile
    from sro_geo.model.source import Source

WORLD = "EPSG:4326"

_LEAST_CORNERS = 4
"""Of a ring: a triangle that is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmThings:
    """Things as read.

    Attributes
    ----------
    frame : GeoDataFrame
        osm ("way/12"), tags (mapping) and geometry in degrees: point, line, or area.
    notes : tuple of Problem
        What was decided on the way.
    source : Source
        The file's provenance.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    source: Source


def read_things(file: DataFile, *, tags: Iterable[Mapping[str, Iterable[str]]]) -> OsmThings:
    """Nodes, ways and areas that have one of the tags.

    Raises
    ------
    DataError
        If it is no OpenStreetMap PBF or damaged.
    """
    expect_type(file, ["pbf"])
    pairs = sorted({(key, value) for one in tags for key, values in one.items() for value in values})
    with set_aside(file, {}) as copy:
        _, arrays = read_guarded(file, copy, kind="pbf", tags=pairs)
    source = read_source(file)
    shapes = _shape(arrays)
    there = ~shapely.is_missing(shapes)
    frame = gpd.GeoDataFrame(
        {
            "osm": [f"{sort}/{one}" for sort, one in zip(arrays["sort"], arrays["id"], strict=True)],
            "tags": [json.loads(held) for held in arrays["tags"]],
        },
        geometry=shapes,
        crs=WORLD,
    )[there].reset_index(drop=True)
    notes = [tell(file.place, "osm_shapeless", count=int((~there).sum()))] if not there.all() else []
    return OsmThings(frame=frame, notes=(*notes, *note_licence(file, source)), source=source)


def note_licence(file: DataFile, source: Source) -> list[Problem]:
    """Note where no licence is stated: OpenStreetMap has one."""
    return [] if source.licence else [tell(file.place, "osm_licence")]


def _shape(arrays: Mapping[str, np.ndarray]) -> NDArray[np.object_]:
    """Shape of each thing, None where none of its nodes is in the file."""
    points = np.column_stack([arrays["lon"], arrays["lat"]])
    corners = np.bincount(arrays["line"], minlength=len(arrays["owner"]))
    lines = np.full(len(corners), None, dtype=object)
    single, several = corners[arrays["line"]] == 1, corners[arrays["line"]] > 1
    lines[arrays["line"][single]] = shapely.points(points[single])
    used, at = np.unique(arrays["line"][several], return_inverse=True)
    lines[used] = shapely.linestrings(points[several], indices=at)
    areas = arrays["sort"][arrays["owner"]] == "relation"
    rings = shapely.is_closed(lines) & (corners >= _LEAST_CORNERS) & ~areas
    lines[rings] = [shapely.Polygon(line) for line in lines[rings]]
    shapes = np.full(len(arrays["sort"]), None, dtype=object)
    shapes[arrays["owner"][~areas]] = lines[~areas]
    for owner in np.unique(arrays["owner"][areas]):
        shapes[owner] = _join(lines[arrays["owner"] == owner])
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes


def _join(lines: NDArray[np.object_]) -> shapely.Geometry | None:
    """Area within outer rings that may be in pieces; the pieces themselves where they don't close."""
    pieces = [line for line in lines if line is not None and line.geom_type == "LineString"]
    area = shapely.union_all(shapely.get_parts(shapely.polygonize(pieces)))
    if not area.is_empty:
        return area
    return shapely.union_all(pieces) if pieces else None
