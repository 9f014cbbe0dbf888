"""Good sets of sites fast: greedy, then exchange. No proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from sro_geo.coverage.siting_packing import Packing
    from sro_geo.coverage.siting_reduce import Rows

    Chosen = NDArray[np.bool_]
    Floats = NDArray[np.float64]

ROUNDS = 300
"""How often the best set is shaken and exchanged anew."""

SHAKEN = (3, 6, 10)
"""How many of its sites then leave it, in turn, at most half of them."""

_ANYHOW = 0.05
"""Chance of a site that has no part without whole numbers to come in for them."""

_FIRST = {"build": 0.5, "exchange": 1e-4}
"""What the first of two needed sites is worth: half the row while a set is built, next to nothing later."""

_HAIR = 1e-9


class Search:
    """Sets of sites for the same rows under the same limits.

    Parameters
    ----------
    rows : Rows
        What counts.
    packing : Packing
        What is allowed.

    References
    ----------
    Nemhauser, G., Wolsey, L., Fisher, M. (1978): An analysis of approximations for maximizing submodular set functions. Mathematical
    Programming 14 (greedy reaches at least 1 − 1/e of the best).
    Teitz, M., Bart, P. (1968): Heuristic methods for estimating the generalized vertex median of a weighted graph. Operations
    Research 16 (exchange).
    """

    def __init__(self, rows: Rows, packing: Packing) -> None:
        self.packing = packing
        self._weight, self._need, self._direct = rows.weight, rows.need, rows.direct.sum(axis=0)
        self._by_site = rows.sites.T.tocsr()

    def build(self, chosen: Chosen) -> Chosen:
        """Add what helps most, one site after the other, as long as there is room and, without a count, help."""
        chosen, counts = chosen.copy(), self._count(chosen)
        costs = self.packing.matrix[0] if self.packing.count is None else np.ones(len(chosen))
        while (room := self.packing.find_room(chosen)).any():
            gains = self._find_gains(counts, _FIRST["build"])
            if self.packing.count is None:
                room &= gains > _HAIR
                if not room.any():
                    break
            rates = gains / np.maximum(costs, _HAIR)
            self._add(chosen, counts, int(np.argmax(np.where(room, rates, -np.inf))))
        return chosen

    def exchange(self, chosen: Chosen) -> Chosen:
        """Exchange one site for a better one as long as that helps."""
        chosen, counts = chosen.copy(), self._count(chosen)
        value, better = self._value(chosen, counts), True
        while better:
            better = False
            for site in np.flatnonzero(chosen).tolist():
                self._drop(chosen, counts, site)
                gains = np.where(self.packing.find_room(chosen), self._find_gains(counts, _FIRST["exchange"]), -np.inf)
                new = int(np.argmax(gains))
                reached = self._value(chosen, counts) + gains[new]
                if reached > value + _HAIR * max(1.0, abs(value)):
                    value, better = float(reached), True
                else:
                    new = site
                self._add(chosen, counts, new)
        return chosen

    def rate(self, chosen: Chosen) -> float:
        """Worth of a set."""
        return self._value(chosen, self._count(chosen))

    def _count(self, chosen: Chosen) -> Floats:
        counts: Floats = self._by_site.T @ chosen.astype(float)
        return counts

    def _add(self, chosen: Chosen, counts: Floats, site: int, by: int = 1) -> None:
        chosen[site] = by > 0
        start, end = self._by_site.indptr[site : site + 2]
        counts[self._by_site.indices[start:end]] += by

    def _drop(self, chosen: Chosen, counts: Floats, site: int) -> None:
        self._add(chosen, counts, site, -1)

    def _find_gains(self, counts: Floats, first: float) -> Floats:
        missing = self._need - counts
        step = np.where(self._need > 1, np.where(missing == 1, 1 - first, first), 1.0) * (missing > 0)
        gains: Floats = self._by_site @ (self._weight * step) + self._direct
        return gains

    def _value(self, chosen: Chosen, counts: Floats) -> float:
        missing, first = self._need - counts, _FIRST["exchange"]
        part = np.where(missing <= 0, 1.0, np.where((self._need > 1) & (missing == 1), first, 0.0))
        return float(self._weight @ part + self._direct @ chosen)


def guess_greedy(rows: Rows, packing: Packing) -> Chosen | None:
    """Greedy, then exchange; None where it has too few sites."""
    search = Search(rows, packing)
    found = search.exchange(search.build(np.zeros(rows.sites.shape[1], dtype=bool)))
    return found if packing.count in (None, int(found.sum())) else None


def guess_soft(rows: Rows, packing: Packing, relaxed: Floats) -> Chosen | None:
    """The best of a few starts, each exchanged, then shaken a fixed number of times; None where it has too few sites."""
    search, random = Search(rows, packing), np.random.default_rng(0)
    none = np.zeros(len(relaxed), dtype=bool)
    best = max((search.exchange(start) for start in (search.build(none), _round(search, relaxed))), key=search.rate)
    for turn in range(ROUNDS if best.any() else 0):
        start, shaken = best.copy(), min(SHAKEN[turn % len(SHAKEN)], int(best.sum()) // 2)
        start[random.choice(np.flatnonzero(best), shaken, replace=False)] = False
        drawn = random.permutation(len(start))[: 4 * shaken]
        for site in drawn[random.random(len(drawn)) < relaxed[drawn] + _ANYHOW].tolist():
            start[site] |= search.packing.find_room(start)[site]
        found = search.exchange(search.build(start))
        best = max((found, best), key=search.rate)  # of equals the other, so that the search goes on elsewhere
    return best if packing.count in (None, int(best.sum())) else None


def _round(search: Search, relaxed: Floats) -> Chosen:
    """The sites with the largest parts, as long as there is room; then greedy."""
    chosen = np.zeros(len(relaxed), dtype=bool)
    for site in np.argsort(-relaxed, kind="stable").tolist():
        if relaxed[site] <= _HAIR or not (room := search.packing.find_room(chosen)).any():
            break
        chosen[site] = room[site]
    return search.build(chosen)


def guess_hard(sets: sparse.csr_array, fixed: Chosen, costs: Floats, packing: Packing) -> Chosen | None:
    """A site for each set: greedy by sets for the cost, then without what is not needed; None where limits stand in the way."""
    chosen, by_site = fixed.copy(), sets.T.tocsr()
    while (open_sets := (sets @ chosen.astype(float)) == 0).any():
        gains = (by_site @ open_sets.astype(float)) / np.maximum(costs, _HAIR)
        room = packing.find_room(chosen) & (gains > 0)
        if not room.any():
            return None
        chosen[int(np.argmax(np.where(room, gains, -np.inf)))] = True
    for site in np.argsort(-costs, kind="stable").tolist():
        if chosen[site] and not fixed[site]:
            chosen[site] = False
            chosen[site] = bool(((sets @ chosen.astype(float)) == 0).any())
    while packing.count is not None and (room := packing.find_room(chosen)).any():
        chosen[int(np.argmax(room))] = True
    return chosen if packing.allows(chosen) and packing.count in (None, int(chosen.sum())) else None
