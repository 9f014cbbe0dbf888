"""Rasters by quarter beside exactextract alone: zonal sums beside its sums, persons beside its cells with their places."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from exactextract import exact_extract

from sro_geo.load.inputs import PopulationFile
from sro_geo.load.placing import find_quarters
from sro_geo.load.rastercells import read_raster
from sro_geo.load.rasters import sum_zones
from sro_geo.load.reading import find_file
from sro_geo.model.quarters import as_quarters

SEED = 20220515
TURNS = 3
CELLS, AREAS, METRES = 4000, 500, 10.0
WEST, NORTH, CRS = 300_000.0, 6_000_000.0, "EPSG:25833"
INHABITED = 0.05
"""Of all cells; in towns at 10 m it is less."""


def main() -> None:
    """Print one row for each ratio, or do one turn of the work that is named."""
    if len(sys.argv) > 1:
        work, path = sys.argv[1:]
        print(json.dumps(WORK[work](Path(path))))
        return
    print(f"{'work':<68}{'ratio':>10}{'target':>10}")
    for share, title in ((INHABITED, "5 % inhabited"), (1.0, "all inhabited")):
        with tempfile.TemporaryDirectory() as name:
            make_files(Path(name), share)
            works = [
                work for work in WORK if work not in ("persons", "cells") or share < 1
            ]  # all cells take it some 20 GB
            turns: dict[str, list[dict[str, Any]]] = {work: [] for work in works}
            for _ in range(TURNS):
                for work, done in turns.items():
                    command = [sys.executable, __file__, work, name]
                    done.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        best = {work: min(turn["seconds"] for turn in done) for work, done in turns.items()}
        peak = {work: min(turn["kilobytes"] for turn in done) for work, done in turns.items()}
        sums = {work: np.array(done[0]["sums"]) for work, done in turns.items()}
        if not all(np.allclose(sums["zones"], found, rtol=1e-6) for found in sums.values()):
            sys.exit("not so: all find the same sums")
        for ours, its in (("zones", "sums"), ("persons", "cells"), ("persons", "sums")):
            if ours in works:
                named = f"4000² cells, 500 areas, {title}: {ours}, time by its {its}"
                print(f"{named:<68}{best[ours] / best[its]:>10.2f}{'≤ 1.1' if ours == 'zones' else '–':>10}")
                print(f"{named.replace('time', 'peak'):<68}{peak[ours] / peak[its]:>10.2f}{'–':>10}")
        print(f"  {best['zones']:.1f} s; lost of the whole: {turns['zones'][0]['lost']:.0e}")


def make_files(folder: Path, share: float) -> None:
    """Write the raster, and 500 areas that part its land."""
    random = np.random.default_rng(SEED)
    values = random.uniform(1, 30, (CELLS, CELLS)) * (random.random((CELLS, CELLS)) < share)
    profile = {"driver": "GTiff", "dtype": "float64", "count": 1, "height": CELLS, "width": CELLS, "tiled": True}
    transform = rasterio.Affine(METRES, 0, WEST, 0, -METRES, NORTH)
    with rasterio.open(folder / "r.tif", "w", crs=CRS, transform=transform, **profile) as raster:
        raster.write(values, 1)
    size = CELLS * METRES
    land = shapely.box(WEST, NORTH - size, WEST + size, NORTH)
    seeds = random.uniform((WEST, NORTH - size), (WEST + size, NORTH), (AREAS, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=land))
    gpd.GeoDataFrame(geometry=shapely.intersection(cells, land), crs=CRS).to_file(folder / "areas.gpkg")


def read_areas(folder: Path) -> gpd.GeoDataFrame:
    """The areas, as quarters are read."""
    areas = gpd.read_file(folder / "areas.gpkg")
    keys = [f"{n:03d}" for n in range(len(areas))]
    return as_quarters(areas.assign(quarter_id=keys, name=keys, level="", parent_id="", vintage=""))


def run_zones(folder: Path) -> dict[str, Any]:
    """Zonal sums, as an indicator is made of a raster."""
    quarters = read_areas(folder)
    start = time.perf_counter()
    zones = sum_zones(find_file("r.tif", folder=folder), None, quarters=quarters)
    return tell(time.perf_counter() - start, zones.sums, sum_all(folder))


def sum_all(folder: Path) -> float:
    """Everything that the raster holds."""
    with rasterio.open(folder / "r.tif") as raster:
        return float(raster.read(1).sum())


def run_persons(folder: Path) -> dict[str, Any]:
    """Cells with their persons, and their sums."""
    quarters = read_areas(folder)
    start = time.perf_counter()
    order = PopulationFile(raster=find_file("r.tif", folder=folder), age_group="0-6")
    cells = read_raster(order, quarters=quarters).frame
    seconds = time.perf_counter() - start
    sums = cells["persons"].groupby(find_quarters(cells.geometry, quarters=quarters).to_numpy()).sum()
    return tell(seconds, sums.reindex(quarters.index).to_numpy(), sum_all(folder))


def run_sums(folder: Path) -> dict[str, Any]:
    """Sums alone."""
    quarters = read_areas(folder)
    start = time.perf_counter()
    sums = exact_extract(str(folder / "r.tif"), quarters, ["sum"], output="pandas")["sum"]
    return tell(time.perf_counter() - start, sums.to_numpy(), float(sums.sum()))


def run_cells(folder: Path) -> dict[str, Any]:
    """Each inhabited cell with its place, by quarter."""
    quarters = read_areas(folder)
    start = time.perf_counter()
    wanted = ["cell_id", "coverage", "values", "center_x", "center_y"]
    found = exact_extract(str(folder / "r.tif"), quarters, wanted, output="pandas")
    quarter = np.repeat(np.arange(len(found)), found["cell_id"].map(len))
    cells = pd.DataFrame({name: np.concatenate(found[name].to_numpy()) for name in wanted}).assign(quarter=quarter)
    cells = cells[cells["values"] > 0]
    placed = gpd.GeoDataFrame(cells, geometry=gpd.points_from_xy(cells["center_x"], cells["center_y"]), crs=CRS)
    seconds = time.perf_counter() - start
    sums = (placed["values"] * placed["coverage"]).groupby(placed["quarter"]).sum()
    return tell(seconds, sums.to_numpy(), float(sums.sum()))


def tell(seconds: float, sums: np.ndarray, everybody: float) -> dict[str, Any]:
    """What a turn took and found."""
    lost = abs(1 - float(sums.sum()) / everybody)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "kilobytes": peak, "sums": sums.tolist(), "lost": lost}


WORK = {"zones": run_zones, "persons": run_persons, "sums": run_sums, "cells": run_cells}

if __name__ == "__main__":
    main()
