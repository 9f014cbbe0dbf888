"""Draw the schematic Stadtbereiche of Rostock.

Reads three tables of our own beside it and nothing else: `stadtbereiche.csv` (areas, inner points),
`hilfspunkte.csv` (a few points placed by hand for each quarter and outside the city) and `warnow.csv`
(coast, Warnow, Breitling and crossings drawn by hand). Writes `stadtbereiche.geojson` and
`gewaesser.geojson` into the same folder.

A quarter is the set of places whose squared distance to its nearest point, less the quarter's weight,
is smallest: a power diagram. The weights are fitted until every area is the stated one. West and east of
the Warnow are drawn apart.

References
----------
F. Aurenhammer, F. Hoffmann, B. Aronov (1998): Minkowski-type theorems and least-squares clustering.
Algorithmica 20.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

WEST = "ACDEFGHIJKLMN"
EAST = "BOPQRSTU"
OUTSIDE = "aussen"
BOX = (302_000.0, 5_992_000.0, 326_000.0, 6_016_000.0)
CELL = 50.0
"""Metres; width of the grid on which weights are fitted."""
LONGEST = 110.0
"""Metres; longest piece of a border, short enough to follow the waves of `sway`."""

CROSSINGS = ("vorpommernbruecke", "petribruecke", "muehlendamm")
SEA = 600.0
"""Metres; width of the strip of sea that is drawn along the coast."""
GAP = 120.0
"""Metres; a barrier is open this far on either side of a crossing."""

Floats = NDArray[np.float64]
Points = dict[str, list[tuple[float, float]]]
Rows = list[tuple[dict[str, object], BaseGeometry]]


def read_points(path: Path, *, key: str) -> Points:
    """Points of each code or line of a table, in the table's order; EPSG:25833."""
    points: Points = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points.setdefault(row[key], []).append((float(row["ost"]), float(row["nord"])))
    return points


def round_corners(line: LineString, *, times: int = 2) -> LineString:
    """Chaikin's corner cutting; both ends stay where they are."""
    xy = np.asarray(line.coords)
    for _ in range(times):
        cut = np.stack([0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]], axis=1).reshape(-1, 2)
        xy = np.vstack([xy[:1], cut[1:-1], xy[-1:]])
    return LineString(xy)


def sway(xy: Floats) -> Floats:
    """Move points by some 25 m along smooth waves, so that borders look hand-drawn; nothing comes apart."""
    x, y = xy[:, 0], xy[:, 1]
    east = 22 * np.sin(y / 130 + np.sin(x / 400)) + 14 * np.sin(x / 90 + y / 160)
    north = 22 * np.sin(x / 120 + np.sin(y / 350)) + 14 * np.sin(y / 100 - x / 170)
    return np.stack([x + east, y + north], axis=1)


def finish(shape: BaseGeometry) -> BaseGeometry:
    """Swayed, on whole metres."""
    return shapely.transform(shape, lambda xy: np.round(sway(xy)))


def split_land(lines: Points) -> dict[str, BaseGeometry]:
    """All south of the coast, water included, west and east of the middle of the Warnow."""
    west, south, east, north = BOX
    coast = lines["kueste"]
    land = Polygon([(west, coast[0][1]), *coast, (coast[-1][0], north), (east, north), (east, south), (west, south)])
    middle = round_corners(LineString(lines["mitte"]))
    west_side = Polygon(
        [
            (west, north),
            (middle.coords[0][0], north),
            *middle.coords,
            (middle.coords[-1][0], south),
            (west, south),
        ]
    )
    return {WEST: land & west_side, EAST: land - west_side}


def fit_weights(
    points: Points, *, domain: BaseGeometry, areas: dict[str, float], start: dict[str, float]
) -> dict[str, float]:
    """Weight of each code in square metres that gives it its area; the outside keeps weight 0."""
    west, south, east, north = BOX
    x, y = np.meshgrid(np.arange(west + CELL / 2, east, CELL), np.arange(south + CELL / 2, north, CELL))
    inside = shapely.contains_xy(domain, x, y)
    xy = np.stack([x[inside], y[inside]], axis=1)
    codes = list(points)
    nearest = np.stack([np.min([((xy - p) ** 2).sum(axis=1) for p in points[code]], axis=0) for code in codes], axis=1)
    wanted = np.array([areas.get(code, 0.0) for code in codes])
    weights = np.array([start.get(code, 0.0) for code in codes])
    for pace in (0.3,) * (60 if start else 160) + (0.1,) * 40:
        found = np.bincount(np.argmin(nearest - weights, axis=1), minlength=len(codes)) * CELL**2
        weights += np.where(wanted > 0, pace * (wanted - found), 0.0)
    return dict(zip(codes, weights.tolist(), strict=True))


def draw_cells(points: Points, *, domain: BaseGeometry, weights: dict[str, float]) -> list[tuple[str, BaseGeometry]]:
    """Code and cell of each point: its part of the domain, with straight borders."""
    sites = [(code, np.array(p)) for code, own in points.items() for p in own]
    cells = []
    for code, p in sites:
        cell = domain
        for other, q in sites:
            shift = weights[code] - weights[other]
            if _may_cut(cell, p, q, shift=shift):
                cell = shapely.intersection(cell, _half_plane(p, q, shift=shift))
        cells.append((code, cell))
    return cells


def _may_cut(cell: BaseGeometry, p: Floats, q: Floats, *, shift: float) -> bool:
    if cell.is_empty or np.array_equal(p, q):
        return False
    xy = shapely.get_coordinates(cell)
    return bool((((xy - q) ** 2).sum(axis=1) + shift < ((xy - p) ** 2).sum(axis=1)).any())


def _half_plane(p: Floats, q: Floats, *, shift: float) -> Polygon:
    far = 60_000.0
    length = float(np.hypot(*(q - p)))
    along = (q - p) / length
    across = np.array([-along[1], along[0]])
    foot = p + along * (length**2 + shift) / (2 * length)
    near = [foot + far * across, foot - far * across]
    return Polygon([*near, near[1] - far * along, near[0] - far * along])


def join_cells(cells: list[tuple[str, BaseGeometry]]) -> dict[str, BaseGeometry]:
    """Each code's cells as one shape; neighbours share their corners exactly, also across the Warnow."""
    tree = shapely.STRtree([cell for _, cell in cells])
    faces: dict[str, list[BaseGeometry]] = {}
    # All borders are put on the grid at once: one after the other they would miss each other by a metre.
    for face in polygonize(shapely.union_all([cell.boundary for _, cell in cells], grid_size=1)):
        found = tree.query(face.representative_point(), predicate="intersects")
        faces.setdefault(cells[int(found[0])][0], []).append(face)
    return {code: shapely.coverage_union_all(own) for code, own in faces.items()}


def smooth_borders(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Round the quarters' corners, so that they still share their borders, and drop the outside."""
    lines = shapely.union_all([shape.boundary for shape in shapes.values()])
    arcs = shapely.get_parts(shapely.line_merge(lines))
    smooth = [shapely.segmentize(round_corners(arc), LONGEST) for arc in arcs]
    quarters: dict[str, BaseGeometry] = {}
    for face in polygonize(smooth):
        code = max(shapes, key=lambda code: shapes[code].intersection(face).area)
        if code in quarters:
            message = f"quarter {code} falls apart: move its points in hilfspunkte.csv"
            raise ValueError(message)
        quarters[code] = face
    return {code: shape for code, shape in quarters.items() if code != OUTSIDE}


def draw_quarters(folder: Path) -> dict[str, BaseGeometry]:
    """Every quarter's schematic shape, by code."""
    with (folder / "stadtbereiche.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["code"]: float(row["area_km2"]) * 1e6 for row in csv.DictReader(file)}
    helpers = read_points(folder / "hilfspunkte.csv", key="code")
    sides = split_land(read_points(folder / "warnow.csv", key="linie"))
    areas, quarters = dict(wanted), dict[str, BaseGeometry]()
    weights: dict[str, dict[str, float]] = {codes: {} for codes in sides}
    for _ in range(3):
        cells: list[tuple[str, BaseGeometry]] = []
        for codes, domain in sides.items():
            points = {code: helpers[code] for code in [*codes, OUTSIDE]}
            weights[codes] = fit_weights(points, domain=domain, areas=areas, start=weights[codes])
            cells += draw_cells(points, domain=domain, weights=weights[codes])
        shapes = smooth_borders(join_cells(cells))
        quarters = {code: finish(shape) for code, shape in sorted(shapes.items())}
        # Rounding corners takes a little from small quarters: ask for that much more.
        areas = {code: areas[code] * wanted[code] / quarters[code].area for code in wanted}
    return quarters


def draw_sea(lines: Points) -> BaseGeometry:
    """Draw a strip of sea along the coast, so that a map shows where the land ends."""
    coast = round_corners(LineString(lines["kueste"]))
    strip = coast.buffer(SEA) - shapely.union_all(list(split_land(lines).values()))
    widest = max(shapely.get_parts(strip), key=lambda part: part.area)
    return finish(shapely.segmentize(widest, LONGEST))


def draw_waters(folder: Path) -> Rows:
    """Sea and Warnow as shapes, and the lines that no straight way may cross, open at the crossings."""
    lines = read_points(folder / "warnow.csv", key="linie")
    bank = lines["ufer"]
    ring = shapely.segmentize(round_corners(LineString([*bank, bank[0]])), LONGEST)
    crossings = shapely.union_all([Point(lines[name][0]).buffer(GAP) for name in CROSSINGS])
    shown = {"art": "gewaesser", "barriere": False}
    rows: Rows = [
        ({"name": "Ostsee", **shown}, draw_sea(lines)),
        ({"name": "Warnow mit Breitling", **shown}, finish(Polygon(ring.coords))),
    ]
    for name, label in (("mitte", "Warnow"), ("breitling", "Breitling")):
        barrier = finish(shapely.segmentize(round_corners(LineString(lines[name])), LONGEST))
        parts = shapely.get_parts(shapely.set_precision(shapely.difference(barrier, crossings), 1))
        rows += [({"name": label, "art": "barriere", "barriere": True}, part) for part in parts]
    return rows


def write_geojson(path: Path, rows: Rows) -> None:
    """Features on whole metres, one to a line."""
    features = []
    for properties, shape in rows:
        geometry = json.loads(shapely.to_geojson(shape), parse_float=lambda text: int(float(text)))
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    crs = '{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25833"}}'
    body = ",\n".join(features)
    path.write_text(
        f'{{"type":"FeatureCollection","name":"{path.stem}","crs":{crs},"features":[\n{body}\n]}}\n',
        encoding="utf-8",
        newline="\n",
    )


def main(folder: Path) -> None:
    """Write both files into the folder of the tables."""
    with (folder / "stadtbereiche.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row for row in csv.DictReader(file)}
    rows: Rows = []
    for code, shape in draw_quarters(folder).items():
        properties = {"code": code, "nummer": int(names[code]["nummer"]), "name": names[code]["name"]}
        rows.append((properties, shapely.normalize(shape)))
    write_geojson(folder / "stadtbereiche.geojson", rows)
    write_geojson(folder / "gewaesser.geojson", draw_waters(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
