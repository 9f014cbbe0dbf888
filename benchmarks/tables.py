"""Long tables of indicators, and the check of a large city: seconds and memory beside what they may be."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from shapely import box
from shapely.geometry import mapping

from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile
from sro_geo.load.reading import find_file

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20241231
MEGABYTES = 200
AREAS, TEN = 5000, 10
QUARTERS, OFFERS, INDICATORS, YEARS = 542, 2900, 12, 10
COUNTS = (
    "bevoelkerung", "alter_0_3", "alter_3_6", "alter_6_15", "alter_15_25", "alter_25_35", "alter_35_45", "alter_45_55",
    "alter_55_65", "alter_65_75", "alter_75_plus", "geborene",
)  # fmt: skip
HEAD = "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n"


def main() -> None:
    """Print one row for each piece of work, or do the one that is named."""
    if len(sys.argv) > 1:
        work, path = sys.argv[1:]
        print(json.dumps(WORK[work][0](Path(path))))
        return
    print(f"{'work':<58}{'measured':>12}{'target':>12}")
    for name, (_, make, title, fact, target) in WORK.items():
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))
            done = subprocess.run([sys.executable, __file__, name, folder], check=True, capture_output=True, text=True)
        print(f"{title:<58}{json.loads(done.stdout)[fact]:>12.1f}{target:>12}")


def make_long(folder: Path) -> None:
    """Write a table of counts of about `MEGABYTES`."""
    random = np.random.default_rng(SEED)
    with (folder / "w.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for year in range(1900, 2100):
            for code in COUNTS:
                values = random.integers(3, 99_999, size=2750).tolist()
                file.writelines(f"{at:05d};{code};{year};{value};;;\n" for at, value in enumerate(values))
            if file.tell() > MEGABYTES * 1e6:
                return
    sys.exit(f"not so: the table has about {MEGABYTES} MB")


def make_areas(folder: Path) -> None:
    """Write ten indicators of 5,000 areas in one year."""
    random = np.random.default_rng(SEED)
    rows = [f"{at:05d};{code};2024;{random.integers(3, 9999)};;;\n" for at in range(AREAS) for code in COUNTS[:TEN]]
    (folder / "w.csv").write_text(HEAD + "".join(rows), encoding="utf-8")


def make_city(folder: Path) -> None:
    """Write a city of 542 quarters with 2,900 offers and 12 indicators over ten years."""
    random = np.random.default_rng(SEED)
    west, south = 300_000 + 500 * (np.arange(QUARTERS) % 24), 6_000_000 + 500 * (np.arange(QUARTERS) // 24)
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{at:03d}", "name": f"Viertel {at}"},
            "geometry": mapping(square),
        }
        for at, square in enumerate(box(west, south, west + 500, south + 500))
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    shapes = {"type": "FeatureCollection", "crs": crs, "features": features}
    (folder / "q.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    rows = [
        f"{at:03d};{code};{year};{random.integers(40, 900)};;;\n"
        for year in range(2015, 2015 + YEARS)
        for code in COUNTS[1:INDICATORS]
        for at in range(QUARTERS)
    ]
    rows += [
        f"{at:03d};kinder_sgb2;{y};{random.integers(5, 60)};;;\n" for y in range(2015, 2025) for at in range(QUARTERS)
    ]
    (folder / "w.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    xy = random.integers(0, 12_000, size=(OFFERS, 2))
    offers = [
        f"{at};kindertageseinrichtung;Kita {at};{300_000 + x};{6_000_000 + y % 11_000}\n"
        for at, (x, y) in enumerate(xy)
    ]
    (folder / "a.csv").write_text("angebot_id;art;name;ost;nord\n" + "".join(offers), encoding="utf-8")
    (folder / "project.toml").write_text(
        'title = "Große Stadt"\nplace = "Großstadt"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
        '[[indicators]]\nfile = "w.csv"\n[[offers]]\nfile = "a.csv"\ncrs = "EPSG:25833"\n',
        encoding="utf-8",
    )


def read(folder: Path) -> dict[str, float]:
    """Read the table, keys of five digits."""
    file, keys = find_file("w.csv", folder=folder), [f"{at:05d}" for at in range(AREAS)]
    specs = read_catalogue().specs
    before, begun = _read_peak(), time.perf_counter()
    found = read_indicators([IndicatorFile(file=file)], specs=specs, quarter_ids=keys).indicators
    if len(found) < AREAS * TEN:
        sys.exit("not so: every row is read")
    return {"seconds": time.perf_counter() - begun, "gigabytes": (_read_peak() - before) / 1e6}


def check(folder: Path) -> dict[str, float]:
    """Check the city as the command does, the start of Python included."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sro_geo", "check", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 2) or f"{QUARTERS} Quartiere" not in done.stdout:
        sys.exit(f"not so: the city can be read\n{done.stdout[:3000]}{done.stderr[:3000]}")
    return {"seconds": time.perf_counter() - begun}


def _read_peak() -> int:
    """Largest memory of this process so far, in kilobytes; Linux only."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0])


Work = tuple["Callable[[Path], dict[str, float]]", "Callable[[Path], None]", str, str, str]

WORK: dict[str, Work] = {
    "long": (read, make_long, "long table of 200 MB, gigabytes beyond the imports", "gigabytes", "< 1.5"),
    "areas": (read, make_areas, "5,000 areas with 10 indicators, seconds", "seconds", "< 15"),
    "city": (check, make_city, "check on 542 quarters, 2,900 offers, 12 × 10, seconds", "seconds", "< 10"),
}
"""Work, what writes its files, title, which fact is told, and what it may be."""


if __name__ == "__main__":
    main()
