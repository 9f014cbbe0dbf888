"""Water from an OpenStreetMap file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from sro_geo.load.osmthings import read_things

if TYPE_CHECKING:
    from sro_geo.errors import Problem
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

WATER = {"natural": ("water",), "waterway": ("river", "canal", "riverbank")}
LEAST_SQUARE_METRES, LEAST_METRES = 2500.0, 100.0
"""Ponds and pieces of rivers that are smaller are left out: they are no landmark."""

_FINE = 2.0
"""Metres of detail that is left out."""


def is_osm(file: DataFile) -> bool:
    """Whether a file is called as one of OpenStreetMap is."""
    return file.path.suffix.lower() == ".pbf"


def read_osm_water(
    file: DataFile, *, quarters: Quarters
) -> tuple[gpd.GeoDataFrame, tuple[Problem, ...], tuple[Source, ...]]:
    """Water in the quarters' box: name, art (`wasser`, `fluss`), width and geometry; notes; sources.

    Raises
    ------
    DataError
        If it is no OpenStreetMap PBF or damaged.

    Notes
    -----
    Of a river that is drawn as an area its line is left out.
    """
    things = read_things(file, tags=[WATER])
    frame = things.frame.to_crs(quarters.crs)
    names = [str(tags.get("name", "")) for tags in frame["tags"]]
    box = shapely.box(*quarters.total_bounds)
    shapes = shapely.intersection(shapely.simplify(frame.geometry.to_numpy(), _FINE), box)
    flat = shapely.get_dimensions(shapes) > 1
    shapes = np.where(flat, shapes, shapely.difference(shapes, shapely.union_all(shapes[flat])))
    kept = np.where(flat, shapely.area(shapes) >= LEAST_SQUARE_METRES, shapely.length(shapes) >= LEAST_METRES)
    art = np.where(flat, "wasser", "fluss")
    table = gpd.GeoDataFrame({"name": names, "art": art, "width": np.nan}, geometry=shapes, crs=quarters.crs)
    return table[kept].reset_index(drop=True), things.notes, (things.source,)
