"""Pairs of cell and offer as plain arrays, with the persons at one end and the places at the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.distance import HAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.model.reach import Reach

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Roads = tuple[Ints, Ints, Floats, Ints, Ints, Ints, Ints, Ints]
    """For each cell where its pairs begin; by pair the offer and the length; for each offer where its pairs begin; the pairs;
    by pair the cell; for each offer where those begin that share a cell with it; these."""
    Placed = tuple[Floats, Floats, Floats, Floats]
    """Persons by pair; free places by offer; persons without a place by cell; the level of each offer."""
    Steps = tuple[NDArray[np.bool_], Ints, Ints, Floats, Ints, Ints]
    """From each offer to those that share a cell with it: whether they are known; the pair that is farthest off; where they
    end; what going on that way adds at least; into which pair a person is pushed; out of which."""
    Bins = tuple[float, float, float, int, int, Ints]
    """West, south, width, columns, rows, and where each bin of the ordered offers begins, row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Pairs within a limit, ordered by cell.

    Attributes
    ----------
    cell, offer : array of int
        Positions in the ids.
    metres : array of float
        Walked.
    persons, places : array of float
        Of every cell, of every offer.
    """

    cell: Ints
    offer: Ints
    metres: Floats
    persons: Floats
    places: Floats

    def choose(self, kept: NDArray[np.bool_]) -> Links:
        """Some of the pairs; all cells and offers stay."""
        return Links(
            cell=self.cell[kept],
            offer=self.offer[kept],
            metres=self.metres[kept],
            persons=self.persons,
            places=self.places,
        )

    def sum_offers(self, values: Floats) -> Floats:
        """Sum over the pairs of each offer."""
        return np.bincount(self.offer, weights=values, minlength=len(self.places)).astype(float, copy=False)

    def sum_cells(self, values: Floats) -> Floats:
        """Sum over the pairs of each cell."""
        return np.bincount(self.cell, weights=values, minlength=len(self.persons)).astype(float, copy=False)


def lay_links(reach: Reach, demand: pd.Series, capacity: pd.Series, *, limit_metres: float | None) -> Links:
    """Arrays of the pairs within a limit (the pairs' own where none is given).

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach or not over 0, or a cell's persons or an offer's places are missing,
        negative or infinite.
    """
    persons = list_amounts(demand, reach.cell_ids, name="demand")
    places = list_amounts(capacity, reach.offer_ids, name="capacity")
    pairs = choose_pairs(reach, reach.limit_metres if limit_metres is None else limit_metres)
    cell = reach.cell_ids.get_indexer(pd.Index(pairs["cell_id"])).astype(np.int64)
    offer = reach.offer_ids.get_indexer(pd.Index(pairs["offer_id"])).astype(np.int64)
    metres = pairs["metres"].to_numpy(dtype=float)
    order = np.argsort(cell, kind="stable")
    return Links(cell=cell[order], offer=offer[order], metres=metres[order], persons=persons, places=places)


def choose_pairs(reach: Reach, limit_metres: float) -> pd.DataFrame:
    """Pairs within a limit (≤, a hair of 1e-9 of it included).

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach, or not over 0.
    """
    if not 0 < limit_metres <= reach.limit_metres * (1 + HAIR):
        message = f"`limit_metres` must be over 0 and within {reach.limit_metres:g}; got {limit_metres:g}"
        raise ValueError(message)
    return reach.pairs[reach.pairs["metres"] <= limit_metres * (1 + HAIR)]


def list_amounts(amounts: pd.Series, ids: pd.Index, *, name: str) -> Floats:
    """Numbers by id.

    Raises
    ------
    ValueError
        If one is missing, negative or infinite, or an id occurs twice.
    """
    if not amounts.index.is_unique:
        message = f"`{name}` must hold each id once; got {amounts.index[amounts.index.duplicated()][0]} twice"
        raise ValueError(message)
    found = amounts.reindex(ids).to_numpy(dtype=float, na_value=np.nan)
    bad = ~(np.isfinite(found) & (found >= 0))
    if bad.any():
        message = f"`{name}` must be a number of at least 0 for each id; got {found[bad][0]:g} for {ids[bad][0]}"
        raise ValueError(message)
    return found
