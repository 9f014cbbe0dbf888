"""Small towns for siting, and what any set of sites is worth in them, counted cell by cell."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from sro_geo import site_offers
from sro_geo.model.reach import Reach
from sro_geo.model.siting import SitingTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.model.siting import Siting

CELLS = pd.Index([f"c{number}" for number in range(8)], name="cell_id", dtype="str")
OFFERS = pd.Index(["k1", "k2", "k3", "k4", "k5", "k6"], name="offer_id", dtype="str")
LIMIT = 1000.0


def make_reach(rows: Iterable[tuple[str, str, float]]) -> Reach:
    pairs = pd.DataFrame(list(rows), columns=["cell_id", "offer_id", "metres"]).astype({"metres": float})
    pairs = pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True)
    return Reach(kind="kita", limit_metres=LIMIT, cell_ids=CELLS, offer_ids=OFFERS, pairs=pairs, example=False)


class Town:
    """A small case, and what any set of sites is worth in it, counted cell by cell."""

    def __init__(self, reach: Reach, persons: pd.Series, quarters: pd.Series, fixed: tuple[str, ...]) -> None:
        self.reach, self.persons, self.quarters, self.fixed = reach, persons, quarters, fixed
        self.candidates = [offer for offer in OFFERS if offer not in fixed]
        self.ways: dict[str, dict[str, float]] = {cell: {} for cell in CELLS}
        for cell, offer, metres in zip(*(reach.pairs[name] for name in reach.pairs), strict=True):
            self.ways[cell][offer] = metres

    def list_sets(self, count: int | None) -> list[tuple[str, ...]]:
        counts = range(len(self.candidates) + 1) if count is None else [count]
        return list(chain.from_iterable(combinations(self.candidates, number) for number in counts))

    def count_near(self, cell: str, sites: tuple[str, ...]) -> int:
        return sum(offer in self.ways[cell] for offer in (*sites, *self.fixed))

    def cover(self, sites: tuple[str, ...], need: int = 1, cells: Iterable[str] = CELLS) -> float:
        return float(sum(self.persons[cell] for cell in cells if self.count_near(cell, sites) >= need))

    def cover_twice(self, sites: tuple[str, ...], cells: Iterable[str] = CELLS) -> float:
        return self.cover(sites, 2, cells)

    def walk(self, cell: str, sites: tuple[str, ...]) -> float:
        return min([metres for offer, metres in self.ways[cell].items() if offer in (*sites, *self.fixed)] + [LIMIT])

    def median(self, sites: tuple[str, ...], cells: Iterable[str] = CELLS) -> float:
        return float(sum(self.persons[cell] * self.walk(cell, sites) for cell in cells))

    def reachable(self) -> list[str]:
        return [cell for cell in CELLS if self.ways[cell] and self.persons[cell] > 0]

    def covers_all(self, sites: tuple[str, ...]) -> bool:
        return all(self.count_near(cell, sites) for cell in self.reachable())

    def centre(self, sites: tuple[str, ...]) -> float:
        return max(self.walk(cell, sites) for cell in self.reachable()) if self.covers_all(sites) else np.inf

    def site(self, **task: Any) -> Siting:
        quarters = self.quarters if task.pop("by_quarter", False) else None
        asked = SitingTask(fixed=self.fixed, **task)
        return site_offers(self.reach, self.persons, task=asked, quarters=quarters)


@st.composite
def towns(draw: st.DrawFn, most: int = len(OFFERS), cells: int = len(CELLS)) -> Town:
    """A town; each cell reaches at most so many offers, but the first one more; so many cells have persons."""
    far = st.none() | st.sampled_from([100, 200, 300, 500, 800, 1000])
    rows = [(cell, offer, draw(far)) for cell in CELLS for offer in OFFERS]
    kept = [(cell, offer, float(metres)) for cell, offer, metres in rows if metres is not None]
    kept = [row for row in kept if sum(other[0] == row[0] and other[1] < row[1] for other in kept) < most]
    persons = pd.Series(
        [float(draw(st.integers(0, 9 if place < cells else 0))) for place in range(len(CELLS))], index=CELLS
    )
    fixed = tuple(draw(st.sampled_from([(), ("k2",), ("k2", "k5")])))
    kept = [*kept, ("c0", "k1", 400.0)] if ("c0", "k1") not in {row[:2] for row in kept} else kept
    persons["c0"] += 1
    quarters = pd.Series(["q1", "q1", "q1", "q2", "q2", "q2", "q3", "q3"], index=CELLS)
    return Town(make_reach(kept), persons, quarters, fixed)
