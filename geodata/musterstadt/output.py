"""Writing the town's files. CSV is in the form that a German spreadsheet opens by a double-click."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from cells import SIZE, name_cell
from ground import GRAIN
from plan import EPSG, QUARTERS, RIVER_NAME, RIVER_WIDTH
from rasterio.transform import from_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cells import Cell
    from figures import Row
    from ground import Ground
    from numpy.typing import NDArray
    from offers import Offer
    from rasterio import Affine
    from shapely import LineString
    from shapes import Shapes

FIGURE_COLUMNS = ("quartier", "kennzahl", "jahr", "wert", "zaehler", "nenner", "status")
OFFER_COLUMNS = (
    "angebot_id", "art", "name", "traeger", "standort_id", "ost", "nord", "quartier", "gueltig_ab",
    "gueltig_bis",
    "oeffnungszeiten", "kosten", "plaetze_0_3", "plaetze_3_6", "plaetze_6_15", "plaetze", "status",
)  # fmt: skip
CELL_COLUMNS = ("zelle", "ost", "nord", "quartier", "altersgruppe", "personen")
RASTER_BANDS = ("0-3", "3-6")
NODATA, UNSEALED = -1, 255


def write_quarters(path: Path, shapes: Shapes) -> None:
    """Write the quarters as GeoJSON."""
    features = []
    for quarter in QUARTERS:
        properties = {"quartier": quarter.quarter_id, "name": quarter.name, "satzanfang": quarter.opening}
        ring = [[int(x), int(y)] for x, y in shapes.quarters[quarter.quarter_id].exterior.coords]
        features.append(_feature(properties, "Polygon", [ring]))
    _write_features(path, "quartiere", features)


def write_waters(path: Path, shapes: Shapes) -> None:
    """Write the river, its bridges and the barrier as GeoJSON."""
    river: Mapping[str, str | int | None] = {"name": RIVER_NAME, "art": "fluss", "breite": RIVER_WIDTH}
    features = [_feature(river, "LineString", _list_points(shapes.river))]
    for name, bridge in shapes.bridges.items():
        features.append(_feature({"name": name, "art": "bruecke", "breite": None}, "LineString", _list_points(bridge)))
    barrier = {"name": RIVER_NAME, "art": "barriere", "breite": None}
    features += [_feature(barrier, "LineString", _list_points(piece)) for piece in shapes.barrier]
    _write_features(path, "gewaesser", features)


def write_figures(path: Path, rows: Iterable[Row]) -> None:
    """Write the indicators in long form."""
    _write_csv(path, FIGURE_COLUMNS, ([row[column] for column in FIGURE_COLUMNS] for row in rows))


def write_offers(path: Path, offers: Iterable[Offer], *, hours: dict[str, str], paid: frozenset[str]) -> None:
    """Write the offers."""
    rows = []
    for offer in offers:
        what = [offer.offer_id, offer.kind, offer.name, offer.provider, offer.site_id]
        where = [*(offer.point or (None, None)), offer.quarter_id]
        when = [offer.valid_from, offer.valid_to, hours.get(offer.kind)]
        cost = "beitrag" if offer.kind in paid else "frei"
        rows.append([*what, *where, *when, cost, *offer.places, "beispiel"])
    _write_csv(path, OFFER_COLUMNS, rows)


def write_cells(path: Path, cells: Iterable[Cell]) -> None:
    """Write who lives where; a band without persons has no row."""
    rows = [
        [name_cell(cell), cell.east, cell.north, cell.quarter_id, band, persons]
        for cell in cells
        for band, persons in cell.persons.items()
        if persons
    ]
    _write_csv(path, CELL_COLUMNS, rows)


def write_children(path: Path, cells: Sequence[Cell]) -> None:
    """Write the children under 6 as a GeoTIFF; cells where nobody lives have no data."""
    west, north = min(cell.east for cell in cells) - SIZE // 2, max(cell.north for cell in cells) + SIZE // 2
    width = (max(cell.east for cell in cells) - west) // SIZE + 1
    height = (north - min(cell.north for cell in cells)) // SIZE + 1
    grid = np.full((height, width), NODATA, dtype="int16")
    for cell in cells:
        grid[(north - cell.north) // SIZE, (cell.east - west) // SIZE] = sum(cell.persons[b] for b in RASTER_BANDS)
    _write_grid(path, grid, from_origin(west, north, SIZE, SIZE), nodata=NODATA)


def write_sealing(path: Path, ground: Ground) -> None:
    """Write the sealed ground as a GeoTIFF; the river has no data."""
    grid = np.full((len(ground.rows), len(ground.rows[0])), UNSEALED, dtype="uint8")
    for at, row in enumerate(ground.rows):
        grid[at] = [UNSEALED if share is None else share for share in row]
    _write_grid(path, grid, from_origin(ground.west, ground.north, GRAIN, GRAIN), nodata=UNSEALED)


def _write_grid(path: Path, grid: NDArray[Any], transform: Affine, *, nodata: int) -> None:
    height, width = grid.shape
    profile = {
        "driver": "GTiff", "width": width, "height": height, "count": 1, "dtype": grid.dtype.name, "nodata": nodata,
        "crs": f"EPSG:{EPSG}", "transform": transform, "compress": "deflate",
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(grid, 1)


def _list_points(line: LineString) -> list[list[int]]:
    return [[int(x), int(y)] for x, y in line.coords]


def _feature(properties: Mapping[str, str | int | None], kind: str, coordinates: object) -> str:
    geometry = {"type": kind, "coordinates": coordinates}
    return _to_json({"type": "Feature", "properties": properties, "geometry": geometry})


def _write_features(path: Path, name: str, features: list[str]) -> None:
    """Write one feature a line, so that a change can be read."""
    crs = _to_json({"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{EPSG}"}})
    head = f'{{"type":"FeatureCollection","name":"{name}","crs":{crs},"features":['
    path.write_text("\n".join([head, ",\n".join(features), "]}", ""]), encoding="utf-8", newline="\n")


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_to_german(value) for value in row] for row in rows)


def _to_german(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)
