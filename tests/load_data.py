"""Small files for the tests of the loaders and of the project file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
from shapely.geometry import box, mapping

from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.reading import DataFile, find_file
from sro_geo.model.quarters import Quarters, as_quarters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

CRS = "EPSG:25833"
WEST, SOUTH = 300_000, 6_000_000
"""Corner of two squares of one kilometre side by side: quarter 01 (Nord) and quarter 02 (Süd)."""

SHAPES = {"01": box(WEST, SOUTH, WEST + 1000, SOUTH + 1000), "02": box(WEST + 1000, SOUTH, WEST + 2000, SOUTH + 1000)}
NAMES = {"01": "Nord", "02": "Süd"}
CATALOGUE = read_catalogue()


def write(folder: Path, name: str, content: str | bytes) -> DataFile:
    """A file in a folder, ready to be read."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return find_file(name, folder=folder)


def write_book(folder: Path, name: str, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> DataFile:
    """A workbook with rows on sheets; a sheet whose name begins with `_` is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title.startswith("_") else "visible"
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return find_file(name, folder=folder)


def make_geojson(features: Sequence[tuple[Mapping[str, Any], BaseGeometry | None]], *, crs: str | None = CRS) -> str:
    """GeoJSON text; `crs` None leaves the reference system out."""
    system = {} if crs is None else {"crs": {"type": "name", "properties": {"name": crs}}}
    rows = [
        {"type": "Feature", "properties": dict(facts), "geometry": None if shape is None else mapping(shape)}
        for facts, shape in features
    ]
    return json.dumps({"type": "FeatureCollection", **system, "features": rows}, ensure_ascii=False)


def make_squares(**facts: Any) -> str:
    """GeoJSON of the two squares with the columns `code` and `name`."""
    return make_geojson([({"code": key, "name": NAMES[key], **facts}, shape) for key, shape in SHAPES.items()])


def make_quarters() -> Quarters:
    """Both squares, checked."""
    frame = gpd.GeoDataFrame(
        {"quarter_id": list(SHAPES), "name": list(NAMES.values()), "level": "", "parent_id": "", "vintage": ""},
        geometry=list(SHAPES.values()),
        crs=CRS,
    )
    return as_quarters(frame)
