"""Where further offers help most in a city, beside the plain model in the same solver."""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import KDTree

from sro_geo import site_offers
from sro_geo.model.reach import Reach
from sro_geo.model.siting import SitingTask

SEED = 7
SIZES = {"small": (5_000, 300, 40, 0.15), "large": (20_000, 1_000, 60, 0.25)}
"""Cells, candidates, new sites, and the time that we may take for that of the plain model."""

METRES = 800.0
LONGEST = 600.0
TWICE_SECONDS, TWICE_GAP = 60.0, 0.05


def main() -> None:
    """Print one row for each ratio; `large` as argument measures the larger city, too."""
    print(f"{'work':<58}{'ratio':>10}{'target':>10}")
    for name in ("small", *sys.argv[1:]):
        cells, candidates, count, most = SIZES[name]
        reach, persons = make_city(cells=cells, candidates=candidates)
        begun = time.perf_counter()
        value, bound = cover_plainly(reach, persons, count=count)
        plain, begun = time.perf_counter() - begun, time.perf_counter()
        found = site_offers(reach, persons, task=SitingTask(problem="cover", count=count, seconds=LONGEST))
        ours, plan = time.perf_counter() - begun, found.plans[0]
        print(
            f"{f'cover {cells} × {candidates}, {count} sites: {ours:.1f} s of {plain:.1f} s':<58}{ours / plain:>10.2f}{most:>10}"
        )
        print(f"  proven: {plan.proven}; {plan.value:.0f} persons (plain {value:.0f}, at most {bound:.0f}); ties: {len(found.ties)},"
              f" all: {found.ties_complete}")  # fmt: skip
        if plan.proven and not value - 0.5 <= plan.value <= bound + 0.5:
            sys.exit("not so: both find the same optimum")
    reach, persons = make_city(cells=5_000, candidates=300)
    plan = site_offers(reach, persons, task=SitingTask(problem="cover_twice", count=40, seconds=TWICE_SECONDS)).plans[0]
    print(f"{'cover twice 5000 × 300, 40 sites, 60 s: gap':<58}{plan.gap:>10.3f}{f'≤ {TWICE_GAP}':>10}")


def make_city(*, cells: int, candidates: int) -> tuple[Reach, pd.Series]:
    """Cells of 100 m around centres, with persons, and candidates in some of them; pairs by straight lines."""
    random = np.random.default_rng(SEED)
    side = 10_000 * np.sqrt(cells / 5_000)
    centres = random.uniform(0, side, (25, 2))
    spread = centres[random.integers(0, len(centres), 3 * cells)] + random.normal(0, side * 0.11, (3 * cells, 2))
    spots = np.unique(spread // 100, axis=0)
    places = spots[random.permutation(len(spots))[:cells]] * 100 + 50
    sites = places[random.choice(len(places), candidates, replace=False)] + random.uniform(-50, 50, (candidates, 2))
    near = KDTree(places).sparse_distance_matrix(KDTree(sites), METRES, output_type="coo_matrix")
    ids = pd.Index([f"c{place}" for place in range(len(places))], name="cell_id", dtype="str")
    offers = pd.Index([f"k{place:04d}" for place in range(candidates)], name="offer_id", dtype="str")
    pairs = pd.DataFrame({"cell_id": ids[near.row], "offer_id": offers[near.col], "metres": near.data})
    reach = Reach(
        kind="kita", limit_metres=METRES, cell_ids=ids, offer_ids=offers, example=True,
        pairs=pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True),
    )  # fmt: skip
    return reach, pd.Series(random.poisson(random.lognormal(1.5, 0.8, len(ids))).astype(float), index=ids)


def cover_plainly(reach: Reach, persons: pd.Series, *, count: int) -> tuple[float, float]:
    """Persons reached and their bound by a row for each cell, as it is usually written."""
    cell = reach.cell_ids.get_indexer(pd.Index(reach.pairs["cell_id"]))
    site = reach.offer_ids.get_indexer(pd.Index(reach.pairs["offer_id"]))
    cells, sites = len(reach.cell_ids), len(reach.offer_ids)
    near = sparse.csr_array((np.ones(len(cell)), (cell, site)), shape=(cells, sites))
    chosen = np.concatenate([np.ones(sites, dtype=np.int64), np.zeros(cells, dtype=np.int64)])
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
    return -float(found.fun), -float(found.mip_dual_bound)


if __name__ == "__main__":
    main()
