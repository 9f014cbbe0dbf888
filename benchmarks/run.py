"""Time and memory of a second default run, of `check`, of the import and of the scoring, beside the targets."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sro_geo import read_boundaries, read_indicators, read_project, suppress_small
from sro_geo.model.method import Method
from sro_geo.resilience.score import score_points
from sro_geo.resilience.weight import Tree

if TYPE_CHECKING:
    import resource

ROOT = Path(__file__).parents[1]
RUNS = 5
CALLS = 100
"""Calls of what is too short to be timed alone."""


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
    print(f"{'scoring 500 quarters × 49 parts, CPU':<40}{1000 * _measure_scoring():>11.1f} ms{'< 2 ms':>12}")


def _measure_disclosure() -> float:
    """Seconds of the processor for the audit of Musterstadt's tables and what must be withheld."""
    project = read_project(ROOT / "analyses" / "musterstadt")
    keys, specs = read_boundaries(project.quarters).quarters.index, project.catalogue.specs
    values = read_indicators(project.indicators, specs=specs, quarter_ids=keys).indicators
    begun = time.process_time()
    suppress_small(values, specs=specs, smallest=project.smallest)
    return time.process_time() - begun


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
