"""What is to be reached, with as few rows as the problem allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from sro_geo.coverage.distance import HAIR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Item = tuple[Whole, int, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Who is where, by position: cells with persons, the candidates, and the offers that exist behind them.

    Attributes
    ----------
    cell_ids, offer_ids : Index
        Their names.
    weight, group : array
        Persons and position of the quarter of each cell.
    cell, site, metres : array
        Pairs, ordered by cell and metres; a site from `candidates` on is an offer that exists.
    candidates : int
        How many candidates there are.
    persons : array
        Persons of each quarter.
    limit : float
        Metres up to which there are pairs.
    room : array
        Persons that each offer has room for; empty where that does not matter.
    """

    cell_ids: pd.Index
    offer_ids: pd.Index
    weight: Floats
    group: Whole
    cell: Whole
    site: Whole
    metres: Floats
    candidates: int
    persons: Floats
    limit: float
    room: Floats

    def list_cells(self) -> Iterator[tuple[int, slice]]:
        """Position of each cell and of its pairs."""
        ends = np.searchsorted(self.cell, np.arange(len(self.weight) + 1))
        for cell, (start, end) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
            yield cell, slice(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of which each counts when enough of its sites are chosen.

    Attributes
    ----------
    sites : csr_array
        Rows by candidates; 1 where the site counts for the row.
    weight, need, group : array
        What a row is worth, how many sites it needs, and its quarter's position.
    kept : array
        By quarter: what counts whatever is chosen.
    direct : array
        Quarters by candidates: what a site is worth by itself.
    """

    sites: sparse.csr_array
    weight: Floats
    need: Whole
    group: Whole
    kept: Floats
    direct: Floats

    @property
    def worth(self) -> float:
        """What all sites together could add at most; 1 where they add nothing."""
        return float(self.direct.sum() + self.weight.sum()) or 1.0


def lay_cover(demand: Demand, *, need: int, merge: bool = True) -> Rows:
    """Rows of which each counts for the persons who have `need` offers in reach."""
    return _merge(_list_cells(demand, need), demand=demand, merge=merge)


def lay_median(demand: Demand, *, merge: bool = True) -> Rows:
    """Rows of which each counts for what persons save on the way to the limit, once a site is as near as this row.

    References
    ----------
    García, S., Labbé, M., Marín, A. (2011): Solving large p-median problems with a radius formulation. INFORMS Journal on
    Computing 23.
    """
    return _merge(_list_steps(demand), demand=demand, merge=merge)


def list_needs(demand: Demand, *, metres: float) -> list[Whole]:
    """Sets of sites of which each must have one chosen, so that all who can be reached are, within some metres."""
    found: dict[bytes, Whole] = {}
    for _, own in demand.list_cells():
        sites = demand.site[own]
        near = np.sort(sites[demand.metres[own] <= metres * (1 + HAIR)])
        if len(sites) and (not len(near) or near[-1] < demand.candidates):
            found.setdefault(near.tobytes(), near)
    return list(found.values())


def _list_cells(demand: Demand, need: int) -> Iterator[Item]:
    for cell, own in demand.list_cells():
        sites = np.sort(demand.site[own])
        free = sites[sites < demand.candidates]
        open_need = max(0, need - (len(sites) - len(free)))
        yield free, open_need, int(demand.group[cell]), float(demand.weight[cell])


def _list_steps(demand: Demand) -> Iterator[Item]:
    for cell, own in demand.list_cells():
        sites, metres = demand.site[own], demand.metres[own]
        further = np.append(metres[1:], demand.limit) - metres
        for last in np.flatnonzero(further > 0).tolist():
            near = np.sort(sites[: last + 1])
            open_need = int(near[-1] < demand.candidates)
            free = near[near < demand.candidates]
            yield free, open_need, int(demand.group[cell]), float(demand.weight[cell] * further[last])


def _merge(items: Iterable[Item], *, demand: Demand, merge: bool) -> Rows:
    """Rows with the same sites, need and quarter as one; those that need one of one site, or none, as plain sums.

    A row that needs more sites than it has is dropped: it never counts.
    """
    groups, candidates = len(demand.persons), demand.candidates
    kept, direct = np.zeros(groups), np.zeros((groups, candidates))
    found: dict[tuple[object, int, int], tuple[Whole, list[float]]] = {}
    for number, (sites, need, group, weight) in enumerate(items):
        if need == 0:
            kept[group] += weight
        elif merge and len(sites) == need == 1:
            direct[group, sites[0]] += weight
        elif len(sites) >= need or not merge:
            key = (sites.tobytes() if merge else number, need, group)
            found.setdefault(key, (sites, []))[1].append(weight)
    return Rows(
        sites=lay_sets([sites for sites, _ in found.values()], width=candidates),
        weight=np.array([sum(weights) for _, weights in found.values()], dtype=float),
        need=np.array([need for _, need, _ in found], dtype=np.int64),
        group=np.array([group for *_, group in found], dtype=np.int64),
        kept=kept,
        direct=direct,
    )


def lay_sets(sets: list[Whole], *, width: int) -> sparse.csr_array:
    """Rows with 1 at the positions of each set."""
    ends = np.cumsum([0, *map(len, sets)])
    places = np.concatenate([*sets, np.zeros(0, dtype=np.int64)])
    return sparse.csr_array((np.ones(len(places)), places, ends), shape=(len(sets), width))


def place_pairs(pairs: pd.DataFrame, cells: pd.Index, offers: pd.Index) -> tuple[Whole, Whole, Floats]:
    """Position of cell and offer, and the metres, of the pairs of these cells; ordered by cell, metres and offer."""
    cell, site = cells.get_indexer(pd.Index(pairs["cell_id"])), offers.get_indexer(pd.Index(pairs["offer_id"]))
    metres = pairs["metres"].to_numpy(dtype=float)
    order = np.lexsort((site, metres, cell))
    order = order[(cell[order] >= 0) & (site[order] >= 0)]
    return cell[order].astype(np.int64), site[order].astype(np.int64), metres[order]
