"""Which sets of candidates are allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Chosen = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """Which sets of candidates are allowed: sums over the chosen with upper limits, and perhaps exactly so many.

    Attributes
    ----------
    matrix, high : array
        Limits by candidates, none below 0, and what the sums may be.
    count : int or None
        How many sites exactly.
    """

    matrix: Floats
    high: Floats
    count: int | None

    def allows(self, chosen: Chosen) -> bool:
        """Whether no limit is passed; fewer sites than asked for pass here."""
        below = self.matrix @ chosen <= self.high + 1e-9 * np.maximum(1, abs(self.high))
        return bool(below.all()) and (self.count is None or int(chosen.sum()) <= self.count)

    def find_room(self, chosen: Chosen) -> Chosen:
        """Candidates that may come on top of these."""
        if self.count is not None and int(chosen.sum()) >= self.count:
            return np.zeros(len(chosen), dtype=bool)
        room = self.high + 1e-9 * np.maximum(1, abs(self.high)) - self.matrix @ chosen
        fits: Chosen = (self.matrix <= room[:, None]).all(axis=0) & ~chosen
        return fits

    def leave_out(self, sites: Chosen, *, differ: int) -> Packing:
        """The same without the sets that have more than all but `differ` of these sites."""
        return replace(
            self, matrix=np.vstack([self.matrix, sites]), high=np.append(self.high, sites.sum() - float(differ))
        )


def lay_packing(candidates: int, *, count: int | None, costs: Floats | None, budget: float | None) -> Packing:
    """How many sites, and what they may cost."""
    if costs is None or budget is None:
        return Packing(matrix=np.zeros((0, candidates)), high=np.zeros(0), count=count)
    return Packing(matrix=costs[None, :], high=np.array([budget]), count=count)
