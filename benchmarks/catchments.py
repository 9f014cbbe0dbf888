"""Places in reach by straight lines, from points to access, beside PySAL's `access` and a plain list of pairs by SciPy."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from sro_geo import measure_catchments, measure_straight, weigh_steps
from sro_geo.coverage.nearby import share_near, share_sparse
from sro_geo.model.offers import Offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 20240101
TURNS = 3
SIZES = {"city": (50_000, 2_000, 22_400.0), "country": (3_200_000, 60_000, 600_000.0)}
"""Cells, offers, and the side of the square that they lie in, in metres."""

LIMIT = 1500.0
STEPS = {500: 1.0, 1000: 0.68, 1500: 0.22}
CRS = "EPSG:25833"


def main() -> None:
    """Print one row for each ratio, or do one turn of the work that is named."""
    if len(sys.argv) > 1:
        print(json.dumps(_measure(WORK[sys.argv[1]], sys.argv[2])))
        return
    found = {(work, size): _try(work, size) for size in SIZES for work in WORK if (work, size) not in TOO_LARGE}
    for (work, size), done in found.items():
        if not np.isclose(done["sum"], found["near", size]["sum"], rtol=1e-12, atol=0.0):
            sys.exit(f"not so: {work} gives the same access")
    print(f"{'work':<44}{'time by near':>14}{'seconds':>10}{'MB':>10}{'target':>16}")
    for (work, size), done in found.items():
        ratio = done["seconds"] / found["near", size]["seconds"]
        target = TARGETS.get((work, size), "")
        title = f"E2SFCA, {size}, {work}"
        print(f"{title:<44}{ratio:>14.2f}{done['seconds']:>10.2f}{done['megabytes']:>10.0f}{target:>16}")


def _try(work: str, size: str) -> dict[str, float]:
    """The least of some turns, each in a process of its own; of one for PySAL, which takes most of a minute."""
    command = [sys.executable, __file__, work, size]
    turns = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(1 if work == "pysal" else TURNS)
    ]
    return {fact: min(turn[fact] for turn in turns) for fact in turns[0]}


def make_city(size: str) -> tuple[Floats, Floats, Floats, Floats]:
    """Points of cells and offers, persons and places."""
    random, (cells, offers, side) = np.random.default_rng(SEED), SIZES[size]
    here, there = random.random((cells, 2)) * side, random.random((offers, 2)) * side
    return here, there, random.integers(1, 30, cells).astype(float), random.integers(10, 150, offers).astype(float)


def share_pairs(size: str) -> Callable[[], Floats]:
    """By a table of pairs, as any form needs it."""
    here, there, persons, places = make_city(size)
    cells = _lay_points(here, name="cell_id")
    offers = Offers(_lay_points(there, name="offer_id").assign(kind="kita", example=True))
    demand, capacity = pd.Series(persons, index=cells.index), pd.Series(places, index=offers.index)
    decay = weigh_steps(list(STEPS.items()))

    def share() -> Floats:
        reach = measure_straight(cells, offers, kind="kita", limit_metres=LIMIT, detour_factor=1.0, barrier=None)
        found = measure_catchments(reach, demand, capacity, form="e2sfca", decay=decay)
        return found.cells["access"].to_numpy(dtype=float)

    return share


def share_loop(size: str) -> Callable[[], Floats]:
    """By the compiled loop; compiled before, and kept."""
    here, there, persons, places = make_city(size)
    share_near(here[:1], there[:1], persons[:1], places[:1], steps=list(STEPS.items()))
    return lambda: share_near(here, there, persons, places, steps=list(STEPS.items()))


def share_scipy(size: str) -> Callable[[], Floats]:
    """By a list of all pairs, and sums."""
    here, there, persons, places = make_city(size)
    return lambda: share_sparse(here, there, persons, places, steps=list(STEPS.items()))


def share_pysal(size: str) -> Callable[[], Floats]:
    """PySAL's own way, its distances included."""
    from access import Access, weights

    here, there, persons, places = make_city(size)
    cells = _lay_points(here, name="cell_id").assign(persons=persons).reset_index()
    offers = _lay_points(there, name="offer_id").assign(places=places).reset_index()

    def share() -> Floats:
        city = Access(
            demand_df=cells, demand_index="cell_id", demand_value="persons",
            supply_df=offers, supply_index="offer_id", supply_value="places",
        )  # fmt: skip
        city.create_euclidean_distance(name="metres", threshold=LIMIT)
        fall = weights.step_fn(STEPS)
        found = city.enhanced_two_stage_fca(name="e", cost="metres", max_cost=LIMIT, weight_fn=fall)
        access: Floats = found.iloc[:, -1].reindex(cells["cell_id"]).fillna(0.0).to_numpy(dtype=float)
        return access

    return share


def _lay_points(points: Floats, *, name: str) -> gpd.GeoDataFrame:
    ids = pd.Index([f"{name[0]}{number:06d}" for number in range(len(points))], name=name, dtype="str")
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(points[:, 0], points[:, 1]), crs=CRS, index=ids)


def _measure(prepare: Callable[[str], Callable[[], Floats]], size: str) -> dict[str, float]:
    """Seconds, memory beyond that before, and a sum in which every cell has a weight of its own; Linux only."""
    work = prepare(size)
    before, begun = _read_peak(), time.perf_counter()
    found = work()
    seconds, megabytes = time.perf_counter() - begun, (_read_peak() - before) / 1024
    return {
        "seconds": seconds,
        "megabytes": megabytes,
        "sum": float(found @ np.random.default_rng(1).random(len(found))),
    }


def _read_peak() -> int:
    """Largest memory of this process so far, in kilobytes."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0])


WORK = {"near": share_loop, "pairs": share_pairs, "scipy": share_scipy, "pysal": share_pysal}
"""What one process does."""

TOO_LARGE = (("pairs", "country"), ("pysal", "country"))
TARGETS = {("pysal", "city"): "≥ 80", ("scipy", "country"): "≥ 4", ("near", "country"): "< 2000 MB"}


if __name__ == "__main__":
    main()
