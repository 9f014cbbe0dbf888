"""A walking matrix beside Valhalla, which city portals use: pairs each second of the processor, and how far the minutes lie apart.

`python benchmarks/valhalla.py PYTHON`, where PYTHON (3.12 or later) has pyvalhalla.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REAL = Path(os.environ.get("SRO_GEO_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
LAUF = REAL / "osm" / "lauf-200115.osm.pbf"
BOX = (11.2474, 49.4995, 11.308, 49.5305)
FARTHEST, SPEED = 20_000.0, 4.8
"""Metres, so that all pairs are asked for; kilometres an hour."""

CELLS = 400
"""So many dwellings are asked of Valhalla; of ours, all."""

TARGET = 1_000

PEER = """
import json, subprocess, sys, time
import valhalla
from pathlib import Path

asked, folder = json.loads(Path(sys.argv[1]).read_text()), sys.argv[2]
config = valhalla.get_config(tile_extract="", tile_dir=folder, verbose=False)
config["service_limits"]["pedestrian"].update(max_matrix_location_pairs=10**7, max_matrix_distance=10**6)
Path(folder, "valhalla.json").write_text(json.dumps(config))
command = [str(Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"), "-c", f"{folder}/valhalla.json", asked["pbf"]]
begun = time.perf_counter()
subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
built = time.perf_counter()
actor = valhalla.Actor(config)
ways = {"costing": "pedestrian", "costing_options": {"pedestrian": {"walking_speed": asked["speed"]}}, "verbose": False}
points = [[{"lon": x, "lat": y} for x, y in asked[end]] for end in ("cells", "offers")]
started = time.process_time()
found = actor.matrix({**ways, "sources": points[0], "targets": points[1]})
seconds = time.process_time() - started
print(json.dumps({"seconds": seconds, "building": built - begun, "minutes": found["sources_to_targets"]["durations"]}))
"""


def main() -> None:
    """Print the ratio of pairs each second, and the median difference of the minutes."""
    with tempfile.TemporaryDirectory() as folder:
        ours = run_ours()
        asked = Path(folder, "asked.json")
        asked.write_text(
            json.dumps({"pbf": str(LAUF), "speed": SPEED, "cells": ours["cells"], "offers": ours["offers"]})
        )
        Path(folder, "peer.py").write_text(PEER)
        command = [sys.argv[1], f"{folder}/peer.py", str(asked), folder]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        peer = json.loads(text.splitlines()[-1])
    report(ours, peer)


def run_ours() -> dict[str, Any]:
    """Minutes of all pairs of dwellings and playgrounds; of those that Valhalla is asked, by position."""
    import geopandas as gpd
    import numpy as np
    import shapely

    from sro_geo.coverage.access import find_access
    from sro_geo.coverage.walking import measure_walking
    from sro_geo.load.catalogue import read_catalogue
    from sro_geo.load.inputs import OfferFile
    from sro_geo.load.offers import read_offers
    from sro_geo.load.osm import read_buildings, read_streets
    from sro_geo.load.reading import find_file
    from sro_geo.model.quarters import as_quarters

    box = gpd.GeoDataFrame(geometry=[shapely.box(*BOX)], crs="EPSG:4326").to_crs(25832)
    quarters = as_quarters(box.assign(quarter_id="lauf", name="Lauf", level="Stadt", parent_id=None, vintage=""))
    file, kinds = find_file(LAUF.name, folder=LAUF.parent), read_catalogue().kinds
    streets = read_streets(file, quarters=quarters, halo_metres=1000).streets
    offers = read_offers([OfferFile(file=file)], kinds=kinds, quarters=quarters, year=2020, target_groups={}).offers
    offers = offers[offers["kind"] == "spielplatz"]
    houses = read_buildings(file, quarters=quarters).frame.rename_axis("cell_id")
    access, way = find_access(houses, streets), dict[str, Any](kind="spielplatz", limit_metres=FARTHEST)
    measure_walking(access, offers, streets, **way)  # the first may have to compile
    begun = time.process_time()
    reach = measure_walking(access, offers, streets, **way)
    seconds = time.process_time() - begun
    houses = houses.iloc[np.random.default_rng(7).choice(len(houses), CELLS, replace=False)]
    near = reach.pairs[reach.pairs["cell_id"].isin(houses.index)]
    minutes = np.full((len(houses), len(offers)), np.nan)
    at = houses.index.get_indexer(near["cell_id"]), offers.index.get_indexer(near["offer_id"])
    minutes[at] = near["metres"] / (SPEED * 1000 / 60)
    ends = {"cells": houses, "offers": offers}
    told = {end: one.geometry.to_crs(4326).get_coordinates().to_numpy().tolist() for end, one in ends.items()}
    return {**told, "seconds": seconds, "pairs": len(reach.pairs), "minutes": minutes}


def report(ours: dict[str, Any], peer: dict[str, Any]) -> None:
    """Print what was found."""
    import numpy as np

    theirs = np.array(peer["minutes"], dtype=float) / 60
    both = np.isfinite(theirs) & np.isfinite(ours["minutes"])
    apart, pairs = np.abs(theirs - ours["minutes"])[both], theirs.size
    each = ours["pairs"] / ours["seconds"], pairs / peer["seconds"]
    print(f"{'work':<58}{'ratio':>10}{'target':>10}")
    print(f"{'Lauf, dwellings × playgrounds: pairs each second':<58}{each[0] / each[1]:>10.0f}{f'≥ {TARGET}':>10}")
    print(
        f"  {each[0]:.0f} ({ours['pairs']} pairs) beside {each[1]:.0f} ({pairs}), after {peer['building']:.1f} s of its tiles"
    )
    print(f"  minutes apart: median {np.median(apart):.2f}, nine of ten within {np.quantile(apart, 0.9):.2f};"
          f" a way for {both.sum()} of {pairs} in both")  # fmt: skip


if __name__ == "__main__":
    main()
