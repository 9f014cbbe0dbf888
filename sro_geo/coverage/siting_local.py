"""Lines that hold for every choice among a few neighbouring sites: they lower the bound where two sites are needed.

Without whole numbers, halves of many sites count for a row as two whole ones do, and for each row as others suit it. Rows that
share their few sites can't have it both ways: together they are worth a mean over the choices among these sites at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sro_geo.linear import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_reduce import Rows

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

MOST_SITES = 9
"""Of a group: with each site more there are twice as many choices."""

_WORTH = 1e-6
"""Lines are sought where a group is worth too much by so much of all that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Positions of neighbouring sites, and of the rows that have no other."""

    sites: Whole
    rows: Whole


class LocalLines:
    """The groups of some rows, each with a program that finds the line that is broken most.

    References
    ----------
    Applegate, D., Bixby, R., Chvátal, V., Cook, W. (2001): TSP cuts which do not conform to the template paradigm. In:
    Computational Combinatorial Optimization (local cuts).
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._programs: list[tuple[Group, _Mean]] | None = None

    def separate(self, columns: Floats) -> tuple[sparse.csr_array, Floats] | None:
        """Lines of sites and rows that these columns break, and what they may be; None where there are none."""
        if self._programs is None:
            self._programs = [(group, _Mean(self._rows, group)) for group in list_groups(self._rows)]
        size = self._rows.sites.shape[1]
        lines: list[tuple[Whole, Floats]] = []
        high: list[float] = []
        for group, mean in self._programs:
            broken = mean.find_line(columns[group.sites], columns[size + group.rows])
            if broken is not None:
                worth, limit = broken
                lines.append((np.concatenate([group.sites, size + group.rows]), worth))
                high.append(limit)
        if not lines:
            return None
        ends = np.cumsum([0, *(len(places) for places, _ in lines)])
        places, worths = (np.concatenate(parts) for parts in zip(*lines, strict=True))
        return sparse.csr_array((worths, places, ends), shape=(len(lines), len(columns))), np.array(high)


class _Mean:
    """A mean over the choices among a group's sites whose parts are those of the sites, and whose rows fall short least."""

    def __init__(self, rows: Rows, group: Group) -> None:
        sites, count = len(group.sites), 2 ** len(group.sites)
        self._choices = ((np.arange(count) >> np.arange(sites)[:, None]) & 1).astype(float)
        self._counted = (rows.sites[group.rows][:, group.sites] @ self._choices >= rows.need[group.rows, None]).astype(
            float
        )
        self._worth, self._least = rows.weight[group.rows], _WORTH * rows.worth
        own = len(group.rows)
        short = sparse.hstack([sparse.csr_array(self._counted), sparse.eye_array(own)])
        parts = sparse.hstack([sparse.csr_array(self._choices), sparse.csr_array((sites, own))])
        whole = sparse.csr_array(np.append(np.ones(count), np.zeros(own))[None, :])
        self._lines, self._columns = np.arange(own + sites), count + own
        low, high = np.full(own + sites + 1, -np.inf), np.full(own + sites + 1, np.inf)
        low[-1] = high[-1] = 1
        self._linear = Linear(
            sparse.csr_array(sparse.vstack([short, parts, whole])),
            low,
            high,
            least=np.zeros(self._columns),
            most=np.full(self._columns, np.inf),
        )
        self._linear.set_gains(np.arange(self._columns), np.append(np.zeros(count), self._worth))

    def find_line(self, parts: Floats, counted: Floats) -> tuple[Floats, float] | None:
        """Worth of the sites, below 0, and of the rows, and what their sum may be at most, where these parts break it."""
        own = len(counted)
        low = np.append(counted, np.full(len(parts), -np.inf))
        self._linear.set_limits(self._lines, low, np.append(np.full(own, np.inf), parts))
        found = self._linear.run(largest=False)
        if found.end != "best" or found.value <= self._least:
            return None
        rows, sites = np.maximum(0, found.prices[:own]), np.minimum(0, found.prices[own:-1])
        limit = float((rows @ self._counted + sites @ self._choices).max())
        return np.append(sites, rows), limit


def list_groups(rows: Rows, *, most_sites: int = MOST_SITES) -> list[Group]:
    """Groups that hold each row with few enough sites, once at least.

    A group grows from the row that is worth most, by the rows that share most sites and bring fewest.
    """
    sets = [frozenset(own.tolist()) for own in np.split(rows.sites.indices, rows.sites.indptr[1:-1])]
    near: dict[int, list[int]] = {}
    left = {row: sets[row] for row in np.argsort(-rows.weight, kind="stable").tolist() if len(sets[row]) <= most_sites}
    for row, own in left.items():
        for site in own:
            near.setdefault(site, []).append(row)
    groups = []
    while left:
        sites = next(iter(left.values()))
        while (grown := _grow(sites, left, near=near, weight=rows.weight, most=most_sites)) != sites:
            sites = grown
        own_rows = sorted({row for site in sites for row in near[site] if sets[row] <= sites})
        left = {row: own for row, own in left.items() if not own <= sites}
        if len(own_rows) > 1:
            groups.append(Group(sites=np.array(sorted(sites)), rows=np.array(own_rows)))
    return groups


def _grow(
    sites: frozenset[int], left: dict[int, frozenset[int]], *, near: dict[int, list[int]], weight: Floats, most: int
) -> frozenset[int]:
    """The sites, and those of the row beside them that fits best."""
    best, grown = 0.0, sites
    for row in sorted({row for site in sites for row in near[site] if row in left}):
        new = len(left[row] - sites)
        if new and len(sites) + new <= most and (rate := len(left[row] & sites) / new * float(weight[row])) > best:
            best, grown = rate, sites | left[row]
    return grown
