"""Walking streets and buildings from OpenStreetMap."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from sro_geo.load.beside import set_aside
from sro_geo.load.guard import read_guarded
from sro_geo.load.osmcache import keep, recall
from sro_geo.load.osmrules import DWELLINGS, VERSION
from sro_geo.load.osmthings import WORLD, note_licence, read_things
from sro_geo.load.paths import open_path
from sro_geo.load.placing import find_quarters
from sro_geo.load.reading import expect_type
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse, tell
from sro_geo.model.streets import as_streets

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.errors import Problem
    from sro_geo.load.reading import DataFile
    from sro_geo.load.wire import Answer
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source
    from sro_geo.model.streets import Streets

Box = tuple[float, float, float, float]

SIDES = ("west", "south", "east", "north")
MOST_OUTSIDE = 0.01
"""Share of the quarters' area that may lie beyond what the file covers before it is told: what is covered is a rough box."""

LEAST_JOINED = 0.9
"""Share of the kilometres in the largest part below which it is told."""

_FORMS = {"lon": "f", "lat": "f", "first": "i", "second": "i", "steps": "b"}
_ALONG = np.linspace(0, 1, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetTables:
    """Streets as read.

    Attributes
    ----------
    streets : Streets
        Checked network in the quarters' reference system.
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        Files read.
    """

    streets: Streets
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_streets(file: DataFile | str | Path, *, quarters: Quarters, halo_metres: float) -> StreetTables:
    """Streets on which people walk, from an OpenStreetMap file.

    Parameters
    ----------
    file : DataFile, str or Path
        OpenStreetMap PBF.
    quarters : Quarters
        Boundaries.
    halo_metres : float
        How far around the quarters' box streets are read: ways to the next offer may leave the city.

    Raises
    ------
    DataError
        If it is no such file or damaged, lies elsewhere, or nobody can walk there.

    Notes
    -----
    Which ways are walked, and what bars prams and wheelchairs, stands in `sro_geo.load.osmrules`. Every node of a way is a
    node of the network, a piece is as long as the straight line between them. Where a barrier is closed to the public, the
    ways on its sides don't touch. What was scanned is kept in the user's cache folder (or that of the environment variable
    `SRO_GEO_CACHE`) until the file changes.

    References
    ----------
    OpenStreetMap Wiki: `Key:foot`, `Key:access`, `OSM tags for routing/Access restrictions`.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_project, read_streets
    >>> quarters = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    >>> read = read_streets(find_shipped("geodata/musterstadt/strassen.osm.pbf"), quarters=quarters, halo_metres=1500)
    >>> print(f"{read.streets.metres.sum() / 1000:.0f} km, {read.streets.steps.sum()} stairs")
    156 km, 3 stairs
    """
    file = open_path(file)
    expect_type(file, ["pbf"])
    source = read_source(file)
    to_metres = pyproj.Transformer.from_crs(WORLD, quarters.crs, always_xy=True)
    clip = _grow(quarters, halo_metres)
    facts, arrays = _scan(file, source, box=to_metres.transform_bounds(*clip, direction="INVERSE"))
    covered = facts["covered"] or facts["nodes"]
    if covered is None:
        raise refuse(file.place, "no_streets")
    notes = _check_covered(file, covered, quarters, to_metres=to_metres)
    nodes = np.column_stack(to_metres.transform(arrays["lon"], arrays["lat"])).reshape(-1, 2)
    edges = np.column_stack([arrays["first"], arrays["second"]])
    near = shapely.intersects_xy(shapely.box(*clip), nodes)[edges].any(axis=1)
    if not near.any():
        raise refuse(file.place, "no_streets")
    streets = as_streets(
        nodes,
        edges[near],
        steps=arrays["steps"][near],
        bounds=_intersect(_find_inner(covered, to_metres), clip),
        crs=quarters.crs,
        example=source.example,
    )
    notes += _note_network(file, streets, missing=facts["missing"])
    notes += note_licence(file, source)
    return StreetTables(streets=streets, notes=tuple(notes), sources=(source,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Buildings:
    """Buildings as read.

    Attributes
    ----------
    frame : GeoDataFrame
        On `osm` ("way/12"): quarter_id, building (what it is called), square_metres, geometry (its centre).
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        Files read.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_buildings(file: DataFile | str | Path, *, quarters: Quarters) -> Buildings:
    """Buildings in the quarters that may be dwellings, from an OpenStreetMap file.

    Parameters
    ----------
    file : DataFile, str or Path
        OpenStreetMap PBF.
    quarters : Quarters
        Boundaries; a building belongs to the quarter that its centre lies in.

    Raises
    ------
    DataError
        If it is no such file or damaged.

    Notes
    -----
    A building that says nothing but `building=yes` may as well be a garage. One without an outline has no area, not one of 0;
    yards within a block count as part of it.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_buildings, read_project
    >>> quarters = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    >>> found = read_buildings(find_shipped("geodata/musterstadt/strassen.osm.pbf"), quarters=quarters).frame
    >>> print(f"{len(found)} houses, the first of {found['square_metres'].iloc[0]:.0f} m²")
    48 houses, the first of 252 m²
    """
    file = open_path(file)
    things = read_things(file, tags=[DWELLINGS])
    frame = things.frame.set_index("osm").to_crs(quarters.crs)
    flat = frame.geometry.area
    frame = gpd.GeoDataFrame(
        {"building": [tags["building"] for tags in frame["tags"]], "square_metres": flat.where(flat > 0)},
        geometry=frame.geometry.centroid,
        index=frame.index,
    )
    frame.insert(0, "quarter_id", find_quarters(frame.geometry, quarters=quarters))
    return Buildings(frame=frame[frame["quarter_id"].notna()], notes=things.notes, sources=(things.source,))


def _scan(file: DataFile, source: Source, *, box: Box) -> Answer:
    """What the process that reads gives, or what it gave the last time."""
    key = json.dumps(["streets", VERSION, source.sha256, box])
    answer = recall(key, forms=_FORMS)
    if answer is None:
        with set_aside(file, {}) as copy:
            answer = read_guarded(file, copy, kind="pbf", box=box)
        keep(key, answer)
    return answer


def _grow(quarters: Quarters, metres: float) -> Box:
    west, south, east, north = (float(edge) for edge in quarters.total_bounds)
    return west - metres, south - metres, east + metres, north + metres


def _find_inner(covered: Box, to_metres: pyproj.Transformer) -> Box:
    """Box of metres within one of degrees, whose sides are bent."""
    west, south, east, north = covered
    transform = to_metres.transform
    across, up = west + _ALONG * (east - west), south + _ALONG * (north - south)
    left, right = (transform(np.full_like(up, side), up)[0] for side in (west, east))
    bottom, top = (transform(across, np.full_like(across, side))[1] for side in (south, north))
    x, y = sorted([float(left.max()), float(right.min())]), sorted([float(bottom.max()), float(top.min())])
    return x[0], y[0], x[1], y[1]


def _intersect(box: Box, other: Box) -> Box:
    west, south, east, north = box
    return max(west, other[0]), max(south, other[1]), min(east, other[2]), min(north, other[3])


def _check_covered(file: DataFile, covered: Box, quarters: Quarters, *, to_metres: pyproj.Transformer) -> list[Problem]:
    """Note on quarters that are partly beyond what the file covers; none may be so wholly."""
    shape = shapely.segmentize(shapely.box(*covered), max((covered[2] - covered[0]) / 20, 1e-4))
    there = shapely.transform(shape, lambda xy: np.column_stack(to_metres.transform(*xy.T)))
    shapes = quarters.geometry.to_numpy()
    outside = 1 - float(shapely.area(shapely.intersection(shapes, there)).sum() / shapely.area(shapes).sum())
    if not shapely.intersects(shapes, there).any():
        raise refuse(file.place, "streets_elsewhere", **dict(zip(SIDES, covered, strict=True)))
    if outside <= MOST_OUTSIDE:
        return []
    return [tell(file.place, "streets_partly", percent=min(round(100 * outside), 99))]


def _note_network(file: DataFile, streets: Streets, *, missing: int) -> list[Problem]:
    own = streets.component[streets.edges[:, 0]]
    kilometres = np.bincount(own, weights=streets.metres) / 1000
    joined = float(kilometres.max() / kilometres.sum())
    facts = {
        "pieces": len(streets.edges),
        "kilometres": round(float(kilometres.sum())),
        "parts": len(kilometres),
        "percent": int(100 * joined),
    }
    notes = [tell(file.place, "streets_read", **facts)]
    if joined < LEAST_JOINED:
        notes.append(tell(file.place, "streets_apart", **facts))
    if missing:
        notes.append(tell(file.place, "streets_cut_off", count=missing))
    return notes
