"""Reference systems that boundaries may be in whose file states none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.errors import DataError
from sro_geo.load.cities import read_cities
from sro_geo.load.location import GERMANY
from sro_geo.load.placing import USUAL_SYSTEMS
from sro_geo.load.vectors import read_vector

if TYPE_CHECKING:
    from sro_geo.load.reading import DataFile
    from sro_geo.load.vectors import Vector

_DEGREES = "EPSG:4326"


def read_unstated(
    file: DataFile, *, layer: str | None = None, crs: str | None = None
) -> tuple[Vector, tuple[str, ...]]:
    """Shapes of a vector file, and, where it states no reference system, those that areas may be in; the first is taken.

    Raises
    ------
    DataError
        If it cannot be read; if it states no system and holds no areas, or none of the usual puts all of them into Germany.
    """
    try:
        return read_vector(file, layer=layer, crs=crs), ()
    except DataError as error:
        if crs is not None or {problem.cause for problem in error.problems} != {"no_crs"}:
            raise
        vector = read_vector(file, layer=layer, crs=USUAL_SYSTEMS[0])
        areal = bool((shapely.get_dimensions(vector.frame.geometry.to_numpy()) == 2).any())  # noqa: PLR2004  areas have two
        systems = list_systems(vector.frame.geometry) if areal else ()
        if not systems:
            raise
        return replace(vector, frame=vector.frame.set_crs(systems[0], allow_override=True)), systems


def list_systems(shapes: gpd.GeoSeries) -> tuple[str, ...]:
    """Usual reference systems in which all shapes lie in Germany, whatever system they are said to be in.

    Examples
    --------
    >>> def box(*ends):
    ...     return gpd.GeoSeries([shapely.box(*ends)])
    >>> list_systems(box(4446000, 5485000, 4450000, 5488000)), list_systems(box(350000, 5640000, 360000, 5650000))
    (('EPSG:31468',), ('EPSG:25832', 'EPSG:25833'))
    """
    corners = gpd.GeoSeries([shapely.box(*shapes.total_bounds)])
    west, south, east, north = GERMANY
    found = []
    for system in USUAL_SYSTEMS:
        left, down, right, up = corners.set_crs(system, allow_override=True).to_crs(_DEGREES).total_bounds
        if west <= left and right <= east and south <= down and up <= north:
            found.append(system)
    return tuple(found)


def find_middle(shapes: gpd.GeoSeries, system: str) -> tuple[float, float, str]:
    """Longitude and latitude of the middle of shapes that are taken for a system's, and the nearest city."""
    middle = gpd.GeoSeries([shapely.box(*shapes.total_bounds).centroid], crs=shapes.crs)
    point = middle.set_crs(system, allow_override=True).to_crs(_DEGREES)[0]
    narrow = np.cos(np.radians(point.y))
    cities = read_cities()
    nearest = min(cities, key=lambda city: np.hypot((cities[city][0] - point.x) * narrow, cities[city][1] - point.y))
    return point.x, point.y, nearest
