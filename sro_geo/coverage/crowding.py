"""Where everybody goes when each looks for the least of crowd and way: an equilibrium on sparse pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.links import Links

    Floats = NDArray[np.float64]

TOLERANCE = 1e-6
"""Of all cost, how much could be saved at most if everybody went where it is least as things stand."""

_MOST_TURNS = 20_000
_LEAST_CROWD = 1e-3
"""Keeps a step finite where nobody can come."""


def settle(links: Links, *, scale_metres: float) -> tuple[Floats, Floats]:
    """Shares of each cell's persons by pair, and the least cost by cell.

    Parameters
    ----------
    links : Links
        Pairs with offers that have places.
    scale_metres : float
        Way that weighs as much as the mean crowd: all persons ÷ all places.

    Returns
    -------
    array, array
        Shares by pair, 1 in all for each cell with a pair. Cost by cell: persons who go there ÷ places, in units of the mean
        crowd, + metres ÷ `scale_metres`; missing without a pair.

    Raises
    ------
    RuntimeError
        If the tolerance isn't met.

    Notes
    -----
    The equilibrium is the least of a convex sum: half the crowd × persons by offer, and the ways. Every step lowers a bound of
    it that touches it where things stand, in each cell alone: (sum of changes)² ÷ persons ≤ sum of (change² ÷ persons). Steps
    gather speed and start anew where they went uphill. Crowds are unique, who goes where need not be.

    References
    ----------
    Saxon, J., Snow, D. (2020): A rational agent model for the spatial accessibility of primary health care. Annals of the
    American Association of Geographers 110. Beckmann, M., McGuire, C., Winsten, C. (1956): Studies in the economics of
    transportation. O'Donoghue, B., Candès, E. (2015): Adaptive restart for accelerated gradient schemes. Foundations of
    Computational Mathematics 15.
    """
    people, way = links.persons[links.cell], links.metres / scale_metres
    everybody, all_places = links.persons.sum(), links.places.sum()
    mean = everybody / all_places if everybody > 0 and all_places > 0 else 1.0
    room = mean * links.places[links.offer]
    steep = np.maximum(links.sum_offers(people)[links.offer] / room, _LEAST_CROWD)

    def price(shares: Floats) -> Floats:
        cost: Floats = links.sum_offers(shares * people)[links.offer] / room + way
        return cost

    shares = _project(links, np.zeros(len(way)), steep)
    ahead, speed = shares, 1.0
    for _ in range(_MOST_TURNS):
        cost = price(shares)
        least = find_least(links, cost)
        paid = (people * shares * cost).sum()
        if paid - (people * shares * least[links.cell]).sum() <= TOLERANCE * paid:
            return _send_nobody(links, shares, cost - least[links.cell]), least
        slope = price(ahead)
        found = _project(links, ahead - slope / steep, steep)
        if (people * steep * (ahead - found) * (found - shares)).sum() > 0:
            speed = 1.0  # uphill
        faster = (1 + np.sqrt(1 + 4 * speed**2)) / 2
        ahead, shares, speed = found + (speed - 1) / faster * (found - shares), found, faster
    message = f"`raam` must settle within {_MOST_TURNS} turns; it did not"
    raise RuntimeError(message)


def find_least(links: Links, values: Floats) -> Floats:
    """Least value of each cell's pairs; missing without one."""
    least = np.full(len(links.persons), np.nan)
    first = np.flatnonzero(np.diff(links.cell, prepend=-1))
    least[links.cell[first]] = np.minimum.reduceat(values, first) if len(first) else 0.0
    return least


def _project(links: Links, wanted: Floats, steep: Floats) -> Floats:
    """Shares of each cell nearest to what is wanted, at least 0 and 1 in all: a level is taken off, until none is below 0."""
    inside = np.ones(len(wanted), dtype=bool)
    while True:
        over = links.sum_cells(np.where(inside, wanted, 0.0)) - 1
        level = over / np.maximum(links.sum_cells(inside / steep), np.finfo(float).tiny)
        shares = wanted - level[links.cell] / steep
        stay = inside & (shares > 0)
        if (stay == inside).all():
            return np.where(inside, shares, 0.0)
        inside = stay


def _send_nobody(links: Links, shares: Floats, more: Floats) -> Floats:
    """In cells without persons, where a person would go: in equal parts to what costs least."""
    best = more <= 0
    equal = best / np.maximum(links.sum_cells(best.astype(float)), 1.0)[links.cell]
    return np.where(links.persons[links.cell] > 0, shares, equal)
