"""Time and memory of a second default run, of `check`, of the import of the protection and of the scoring, beside the targets."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo import read_boundaries, read_indicators, read_project, suppress_small
from sro_geo.disclose.record import record_withheld
from sro_geo.disclose.totals import release_totals
from sro_geo.model.indicators import COLUMNS, Indicators, as_indicators
from sro_geo.model.method import Method
from sro_geo.resilience.score import score_points
from sro_geo.resilience.weight import Tree

if TYPE_CHECKING:
    import resource
    from collections.abc import Mapping

    from sro_geo.model.catalogue import IndicatorSpec

ROOT = Path(__file__).parents[1]
RUNS = 5
CALLS = 100
"""Calls of what is too short to be timed alone."""

_AGES = {
    "alter_0_3": 0.028, "alter_3_6": 0.027, "alter_6_15": 0.08, "alter_15_25": 0.1, "alter_25_65": 0.56, "alter_65_plus": 0.205,
}  # fmt: skip
"""Age groups with their share of the persons."""

_RATES = {
    "kinder_sgb2": (("alter_0_3", "alter_3_6", "alter_6_15"), 0.22),
    "arbeitslose": (("alter_15_25", "alter_25_65"), 0.07),
    "hze_faelle": (("alter_0_3", "alter_3_6", "alter_6_15"), 0.03),
    "auslaendisch": (tuple(_AGES), 0.2),
    "wohndauer_5": (tuple(_AGES), 0.6),
}
"""Rates with whom they are of, and the share in the city."""


def main() -> None:
    """Print one row for each piece of work."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sro_geo", "run", "--quiet"]
        _measure(command, Path(folder))  # the first run fills the caches
        seconds, _, megabytes = _measure(command, Path(folder))
    check = [sys.executable, "-m", "sro_geo", "check", "analyses/musterstadt"]
    checks = [_measure(check, ROOT)[1] for _ in range(RUNS)]
    imports = [_measure([sys.executable, "-c", "import sro_geo"], ROOT)[0] for _ in range(RUNS)]
    bare = [_measure([sys.executable, "-c", "pass"], ROOT)[0] for _ in range(RUNS)]
    print(f"{'work':<40}{'measured':>14}{'target':>12}")
    print(f"{'sro-geo run (Rostock, second run), time':<40}{seconds:>12.1f} s{'< 10 s':>12}")
    print(f"{'sro-geo run (Rostock, second run), peak':<40}{megabytes:>11.0f} MB{'< 1000 MB':>12}")
    print(f"{'sro-geo check (Musterstadt), CPU':<40}{min(checks):>12.1f} s{'< 2.5 s':>12}")
    print(f"{'import sro_geo, beyond bare Python':<40}{max(0.0, min(imports) - min(bare)):>12.3f} s{'< 0.1 s':>12}")
    print(f"{'small counts of Musterstadt, CPU':<40}{_measure_disclosure():>12.1f} s{'< 3 s':>12}")
    print(f"{'small counts of 542 × 20 × 12, CPU':<40}{_measure_city():>12.1f} s{'< 60 s':>12}")
    print(f"{'scoring 500 quarters × 49 parts, CPU':<40}{1000 * _measure_scoring():>11.1f} ms{'< 2 ms':>12}")


def _measure_disclosure() -> float:
    """Seconds of the processor for what must be withheld of Musterstadt's tables, and for the audit of the rest."""
    project = read_project(ROOT / "analyses" / "musterstadt")
    keys, specs = read_boundaries(project.quarters).quarters.index, project.catalogue.specs
    values = read_indicators(project.indicators, specs=specs, quarter_ids=keys).indicators
    return _protect(values, specs=specs)


def _measure_city() -> float:
    """The same of a large city: 542 quarters, 20 years, 12 indicators."""
    specs = read_project(ROOT / "analyses" / "musterstadt").catalogue.specs
    return _protect(_make_city(quarters=542, years=20, specs=specs, seed=1), specs=specs)


def _protect(values: Indicators, *, specs: Mapping[str, IndicatorSpec]) -> float:
    """Seconds for all years, the city's totals of the last year, and the audit of all."""
    begun, last, ids = time.process_time(), int(values["year"].max()), sorted(set(values["quarter_id"]))
    shown, _ = suppress_small(values, specs=specs, smallest=3)
    true, seen = (Indicators(table[table["year"] == last]) for table in (values, shown))
    wanted = {code: {"city": ids} for code in sorted(set(true["indicator"]))}
    released = release_totals(true, seen, specs=specs, smallest=3, wanted=wanted)
    totals = [(code, last, ids) for code, _ in sorted(released)]
    record = record_withheld(values, shown, specs=specs, smallest=3, totals=totals)
    if record["safe"].eq(False).any():  # noqa: FBT003  a value
        message = "every small count must be safe"
        raise ValueError(message)
    return time.process_time() - begun


def _make_city(*, quarters: int, years: int, specs: Mapping[str, IndicatorSpec], seed: int) -> Indicators:
    """Indicators of a city: persons by lognormal size, about one quarter in twenty almost empty; ages and cases binomial."""
    random = np.random.default_rng(seed)
    persons = np.rint(random.lognormal(8.3, 0.7, quarters))
    persons[random.random(quarters) < 1 / 20] = random.integers(20, 200)
    ids = [f"{number:04d}" for number in range(1, quarters + 1)]
    frames = []
    for year in range(2025 - years, 2025):
        counts = random.multinomial(persons.astype(int), list(_AGES.values()))
        ages = dict(zip(_AGES, counts.T.astype(float), strict=True))
        frames += [_lay_out(ids, year, code, value=value) for code, value in {**ages, "bevoelkerung": persons}.items()]
        for code, (groups, share) in _RATES.items():
            size = np.add.reduce([ages[group] for group in groups])
            factor = 1000 if specs[code].unit == "per_1000" else 100
            above = random.binomial(size.astype(int), random.beta(4, 4 / share - 4, quarters)).astype(float)
            value = np.divide(factor * above, size, out=np.full(quarters, np.nan), where=size > 0)
            frames.append(_lay_out(ids, year, code, value=value, numerator=above, denominator=size))
    return as_indicators(pd.concat(frames, ignore_index=True)[COLUMNS], specs=specs, quarter_ids=ids)


def _lay_out(ids: list[str], year: int, code: str, **numbers: object) -> pd.DataFrame:
    bare = {"numerator": np.nan, "denominator": np.nan, "row": None, "source": "city", "example": True}
    frame = pd.DataFrame({"quarter_id": ids, **bare, **numbers}).assign(indicator=code, year=year)
    return frame.assign(
        status=np.where(frame["value"].isna(), "missing", "observed"), low=frame["value"], high=frame["value"]
    )


def _measure_scoring() -> float:
    """Seconds of the processor for index and dimensions with their bounds; one part in ten is not known."""
    random, names = np.random.default_rng(1), ("robustness", "redundancy", "recovery")
    node = np.sort(np.arange(49) % len(names))
    inner = 1 / np.bincount(node)[node]
    tree = Tree(codes=tuple(map(str, node)), dimensions=names, node=node, inner=inner, outer=np.full(3, 1 / 3))
    dimensions = dict.fromkeys(names, 1.0)
    method = Method(normalise="goalposts", aggregate="geometric", dimensions=dimensions, base_year=2024, lowest=1.0)
    scaled = random.uniform(1, 100, (500, len(node)))
    scaled[random.random(scaled.shape) < 1 / 10] = np.nan
    worst, best = (np.where(np.isnan(scaled), end, scaled) for end in (1.0, 100.0))
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        for _ in range(CALLS):
            score_points(scaled, worst, best, tree=tree, method=method)
        times.append((time.process_time() - begun) / CALLS)
    return min(times)


def _measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of the processor, and peak megabytes of a process."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, _to_megabytes(usage)


def _to_megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
