"""The Zensus grid of a city out of that of the whole country, beside pandas reading all of it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import box

from sro_geo.load.inputs import PopulationFile
from sro_geo.load.reading import find_file
from sro_geo.load.zensus import GRID_CRS, read_zensus
from sro_geo.model.quarters import Quarters

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20220515
TURNS = 3
MEGABYTES = 200
CITY = (4_480_000, 3_440_000, 4_500_000, 3_460_000)
"""West, south, east and north of 20 by 20 kilometres, in metres of EPSG:3035."""

SECRET, BRACKETED = 0.02, 0.05
"""Of all inhabited cells."""


def main() -> None:
    """Print one row for each ratio, or do one turn of the work that is named."""
    if len(sys.argv) > 1:
        work, path = sys.argv[1:]
        print(json.dumps(WORK[work](Path(path))))
        return
    with tempfile.TemporaryDirectory() as name:
        make_grid(Path(name) / "zensus.csv")
        turns: dict[str, list[dict[str, Any]]] = {work: [] for work in WORK}
        for _ in range(TURNS):
            for work, done in turns.items():
                command = [sys.executable, __file__, work, name]
                done.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    if turns["ours"][0]["found"] != turns["pandas"][0]["found"]:
        sys.exit("not so: both end with the same rows")
    print(f"{'work':<58}{'ratio':>10}{'target':>10}")
    for fact, title, target in (("seconds", "time", "≥ 3"), ("kilobytes", "peak", "≥ 5")):
        ours, peer = (min(turn[fact] for turn in turns[work]) for work in WORK)
        print(f"{f'Zensus grid, {title} of pandas by ours':<58}{peer / ours:>10.2f}{target:>10}")


def make_grid(path: Path) -> None:
    """Write a grid in the form of 2022: cells all over Germany, ordered by their ids."""
    random = np.random.default_rng(SEED)
    with path.open("w", encoding="utf-8") as file:
        file.write("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner;werterlaeuternde_Zeichen\n")
        for north in range(2_689_000, 3_550_000, 100):
            east = 4_031_300 + 100 * np.sort(random.choice(6400, size=450, replace=False))
            persons = random.integers(3, 400, size=len(east)).astype("str").astype(object)
            persons[random.random(len(east)) < SECRET] = "–"
            flags = np.where(random.random(len(east)) < BRACKETED, "KLAMMERN", "")
            file.writelines(
                f"CRS3035RES100mN{north}E{at};{at + 50};{north + 50};{number};{flag}\n"
                for at, number, flag in zip(east.tolist(), persons, flags, strict=True)
            )
    if abs(path.stat().st_size / 1e6 - MEGABYTES) > MEGABYTES / 10:
        sys.exit(f"not so: the grid has about {MEGABYTES} MB")


def read_ours(folder: Path) -> dict[str, object]:
    """Rows of the city as the package reads them."""
    city = gpd.GeoDataFrame({"quarter_id": ["1"], "name": ["1"]}, geometry=[box(*CITY)], crs=GRID_CRS)
    order = PopulationFile(zensus=find_file("zensus.csv", folder=folder))
    quarters = Quarters(city.set_index("quarter_id"))
    raw, cost = _measure(lambda: read_zensus(order, quarters=quarters))
    return {**cost, "found": _sum_up(raw.frame["cell_id"], raw.frame["persons"], raw.frame["status"] == "estimated")}


def read_pandas(folder: Path) -> dict[str, object]:
    """The same rows, cut out of the whole table."""
    west, south, east, north = CITY

    def read() -> pd.DataFrame:
        table = pd.read_csv(folder / "zensus.csv", sep=";")
        x, y = table["x_mp_100m"], table["y_mp_100m"]
        inside = table[(x > west) & (x < east) & (y > south) & (y < north)]
        return inside.assign(persons=pd.to_numeric(inside["Einwohner"], errors="coerce")).dropna(subset="persons")

    table, cost = _measure(read)
    marks = table["werterlaeuternde_Zeichen"] == "KLAMMERN"
    return {**cost, "found": _sum_up(table["GITTER_ID_100m"], table["persons"], marks)}


def _measure(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What a work gives, and its seconds and the memory that it needed beyond that of the imports; Linux only."""
    before, begun = _read_peak(), time.perf_counter()
    found = work()
    return found, {"seconds": time.perf_counter() - begun, "kilobytes": max(_read_peak() - before, 1)}


def _read_peak() -> int:
    """Largest memory of this process so far, in kilobytes."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0])


def _sum_up(cells: pd.Series, persons: pd.Series, uncertain: pd.Series) -> list[object]:
    """What shows that two tables have the same rows: how many, their sum, and a checksum of all three columns."""
    rows = sorted(zip(map(str, cells), persons.astype(int), uncertain.astype(bool), strict=True))
    text = "\n".join(f"{cell} {number} {flag}" for cell, number, flag in rows)
    return [len(rows), int(persons.sum()), hashlib.sha256(text.encode()).hexdigest()]


WORK: dict[str, Callable[[Path], dict[str, object]]] = {"ours": read_ours, "pandas": read_pandas}
"""What one process does."""


if __name__ == "__main__":
    main()
