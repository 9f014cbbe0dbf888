"""Where further offers help most in a city, beside the plain model and spopt in the same solver, each in a process of its own.

Seconds are those of the processor: what else runs beside it makes no difference then.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import KDTree

from sro_geo import measure_overflow, site_offers
from sro_geo.model.reach import Reach
from sro_geo.model.siting import SitingTask

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 7
SIZES = {
    "small": (5_000, 300, 40, 0.15),
    "large": (20_000, 1_000, 60, 0.25),
    "fine": (62_500, 300, 40, 0.03),
}
"""Cells, candidates, new sites, and the time that we may take for that of the plain model."""

SIDES = {"small": (10_000, 100), "large": (20_000, 100), "fine": (10_000, 25)}
"""Metres of the city, and of a cell."""

METRES = 800.0
LONGEST = 600.0
CLOSURE_METRES, ROOM = 3000.0, 1.02
TWICE_SECONDS, TWICE_GAP = 60.0, 0.05

Told = dict[str, Any]


def main() -> None:
    """Print one row for each ratio: of the small city, and of those named (`large`, `fine`); or do the work that is named."""
    if len(sys.argv) > 2:  # noqa: PLR2004  the work and the size
        print(json.dumps({**WORK[sys.argv[1]](sys.argv[2]), "megabytes": _read_peak()}))
        return
    print(f"{'work':<66}{'ratio':>10}{'target':>10}")
    for size in ("small", *sys.argv[1:]):
        cells, candidates, count, most = SIZES[size]
        plain, ours = _work("plain", size), _work("ours", size)
        title = f"cover {cells} × {candidates}, {count} sites: {ours['seconds']:.1f} s of {plain['seconds']:.1f} s"
        print(f"{title:<66}{ours['seconds'] / plain['seconds']:>10.2f}{f'≤ {most}':>10}")
        print(f"  proven: {ours['proven']}; {ours['value']:.0f} persons (plain {plain['value']:.0f}, at most {plain['bound']:.0f});"
              f" ties: {ours['ties']}, all: {ours['ties_complete']}; peak: ours {ours['megabytes']:.0f} MB,"
              f" plain {plain['megabytes']:.0f} MB")  # fmt: skip
        if ours["proven"] and not plain["value"] - 0.5 <= ours["value"] <= plain["bound"] + 0.5:
            sys.exit("not so: both find the same optimum")
        if find_spec("spopt") and size == "small":
            peer = _work("spopt", size)
            title = f"  spopt in the same solver: {peer['seconds']:.1f} s, {peer['building']:.1f} s of them building"
            print(f"{title:<66}{ours['seconds'] / peer['seconds']:>10.2f}  peak {peer['megabytes']:.0f} MB")
            if abs(peer["value"] - ours["value"]) > 0.5:  # noqa: PLR2004  persons
                sys.exit("not so: spopt finds the same optimum")
    seconds = min(_work("closures", "small")["seconds"] for _ in range(2))  # the first may have to compile
    print(f"{'all closures of 5000 × 300, assigned anew, room for 102 %':<66}{seconds:>8.1f} s{'< 20 s':>10}")
    gap = _work("twice", "small")["gap"]
    print(f"{'cover twice 5000 × 300, 40 sites, 60 s: gap':<66}{gap:>10.3f}{f'≤ {TWICE_GAP}':>10}")


def _work(work: str, size: str) -> Told:
    command = [sys.executable, __file__, work, size]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told: Told = json.loads(text.splitlines()[-1])
    return told


def _read_peak() -> float:
    """Largest memory of this process so far, in megabytes; Linux only."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_city(size: str, *, metres: float = METRES) -> tuple[Reach, pd.Series]:
    """Cells around centres, with persons, and candidates in some of them; pairs by straight lines."""
    cells, candidates, _, _ = SIZES[size]
    random = np.random.default_rng(SEED)
    side, width = SIDES[size]
    centres = random.uniform(0, side, (25, 2))
    spread = centres[random.integers(0, len(centres), 3 * cells)] + random.normal(0, side * 0.11, (3 * cells, 2))
    spots = np.unique(spread // width, axis=0)
    places = (spots[random.permutation(len(spots))[:cells]] + 0.5) * width
    sites = places[random.choice(len(places), candidates, replace=False)]
    sites = sites + random.uniform(-0.5, 0.5, (candidates, 2)) * width
    near = KDTree(places).sparse_distance_matrix(KDTree(sites), metres, output_type="coo_matrix")
    ids = pd.Index([f"c{place}" for place in range(len(places))], name="cell_id", dtype="str")
    offers = pd.Index([f"k{place:04d}" for place in range(candidates)], name="offer_id", dtype="str")
    pairs = pd.DataFrame({"cell_id": ids[near.row], "offer_id": offers[near.col], "metres": near.data})
    reach = Reach(
        kind="kita", limit_metres=metres, cell_ids=ids, offer_ids=offers, example=True,
        pairs=pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
    )  # fmt: skip
    return reach, pd.Series(random.poisson(random.lognormal(1.5, 0.8, len(ids))).astype(float), index=ids)


def lay_near(reach: Reach) -> sparse.csr_array:
    """Which cell has which site in reach."""
    cell = reach.cell_ids.get_indexer(pd.Index(reach.pairs["cell_id"]))
    site = reach.offer_ids.get_indexer(pd.Index(reach.pairs["offer_id"]))
    return sparse.csr_array((np.ones(len(cell)), (cell, site)), shape=(len(reach.cell_ids), len(reach.offer_ids)))


def cover_ours(size: str) -> Told:
    """The best set and its ties."""
    reach, persons = make_city(size)
    begun = time.process_time()
    task = SitingTask(problem="cover", count=SIZES[size][2], seconds=LONGEST)
    found = site_offers(reach, persons, task=task)
    seconds, plan = time.process_time() - begun, found.plans[0]
    return {
        "seconds": seconds,
        "proven": plan.proven,
        "value": plan.value,
        "ties": len(found.ties),
        "ties_complete": found.ties_complete,
    }


def cover_plainly(size: str) -> Told:
    """Persons reached and their bound by a row for each cell, as it is usually written."""
    reach, persons = make_city(size)
    begun = time.process_time()
    near = lay_near(reach)
    cells, sites = near.shape
    chosen = np.concatenate([np.ones(sites, dtype=np.int64), np.zeros(cells, dtype=np.int64)])
    count = SIZES[size][2]
    found = milp(
        -np.concatenate([np.zeros(sites), persons.to_numpy(dtype=float)]),
        integrality=chosen,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(sparse.hstack([-near, sparse.eye_array(cells)]), -np.inf, 0),
            LinearConstraint(chosen[None, :], count, count),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": LONGEST},
    )
    if found.fun is None or found.mip_dual_bound is None:
        sys.exit("not so: the plain model finds a set in time")
    return {"seconds": time.process_time() - begun, "value": -float(found.fun), "bound": -float(found.mip_dual_bound)}


def cover_spopt(size: str) -> Told:
    """PySAL's own model, solved by HiGHS."""
    import pulp
    from spopt.locate import MCLP

    reach, persons = make_city(size)
    begun = time.process_time()
    metres = np.where(lay_near(reach).toarray() > 0, 0.0, 1.0)
    model = MCLP.from_cost_matrix(metres, persons.to_numpy(), 0.5, SIZES[size][2])
    built = time.process_time()
    solved = model.solve(pulp.HiGHS(msg=False, gapRel=0.0))
    value = float(pulp.value(solved.problem.objective))
    return {"seconds": time.process_time() - begun, "building": built - begun, "value": value}


def cover_twice(size: str) -> Told:
    """How far from the best a set with two offers each may be after a minute."""
    reach, persons = make_city(size)
    task = SitingTask(problem="cover_twice", count=SIZES[size][2], seconds=TWICE_SECONDS)
    return {"gap": site_offers(reach, persons, task=task).plans[0].gap}


def close_each(size: str) -> Told:
    """Everybody assigned anew after every closure, where there is hardly a free place."""
    reach, persons = make_city(size, metres=CLOSURE_METRES)
    places = pd.Series(np.random.default_rng(SEED).integers(10, 150, len(reach.offer_ids)), index=reach.offer_ids)
    begun = time.process_time()
    measure_overflow(reach, persons, places * (ROOM * persons.sum() / places.sum()), penalty_metres=10_000)
    return {"seconds": time.process_time() - begun}


WORK: dict[str, Callable[[str], Told]] = {
    "ours": cover_ours,
    "plain": cover_plainly,
    "spopt": cover_spopt,
    "twice": cover_twice,
    "closures": close_each,
}
"""What one process does."""


if __name__ == "__main__":
    main()
