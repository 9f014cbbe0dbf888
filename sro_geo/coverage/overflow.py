"""What each single closure would push elsewhere, where offers have no more places than they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.assignment import (
    check_penalty,
    choose_worthwhile,
    lay_assignment,
    load_compiled,
    place_all,
    solve,
    to_length,
)
from sro_geo.coverage.links import lay_links
from sro_geo.model.reach import Overflow

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sro_geo.coverage.links import Links
    from sro_geo.model.reach import Reach

    Floats = NDArray[np.float64]
    Close = Callable[[int], Floats]
    """From the position of an offer the persons by pair when it has closed."""

DUST = 1e-9
"""Persons under which a change counts as none, for each person there is in a cell or place in an offer."""


def measure_overflow(
    reach: Reach,
    demand: pd.Series,
    capacity: pd.Series,
    *,
    penalty_metres: float,
    limit_metres: float | None = None,
) -> Overflow:
    """Assign all persons anew after each single closure: who is pushed where, and who is left without a place.

    Parameters
    ----------
    reach, demand, capacity
        As `assign_persons` takes them.
    penalty_metres : float
        What a person without a place counts, over 0.
    limit_metres : float or None
        Walked metres (≤); None: as far as the pairs reach.

    Returns
    -------
    Overflow
        Closures on the reach's offers.

    Raises
    ------
    ValueError
        If a number is missing or out of range.
    RuntimeError
        If the solver doesn't finish.

    Notes
    -----
    Only those who had gone there look for a place, on the shortest way to a free one, others pushed on; the rest stays as it
    is, since it is optimal for everybody else. Where that can't be compiled, a linear program solves again the one part of town
    that hangs together with the closed offer by common cells.

    Laws: the cost never falls; each row is `assign_persons` without the offer.

    References
    ----------
    Ahuja, R., Magnanti, T., Orlin, J. (1993): Network flows, chapter 9 (successive shortest paths). Murray, A., Matisziw, T.,
    Grubesic, T. (2008): A methodological overview of network vulnerability analysis. Growth and Change 39.

    Examples
    --------
    >>> from sro_geo import count_capacity, find_shipped, measure_overflow, measure_straight, read_project
    >>> from sro_geo.model.population import count_persons
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> children = count_persons(people, target_group="6-15")
    >>> places = count_capacity(tables.places, target_group="6-15")
    >>> found = measure_overflow(reach, children, places, penalty_metres=10_000)
    >>> worst = found.closures["unserved"].idxmax()
    >>> print(f"{found.closures.loc[worst, 'unserved']:.0f} more without {tables.offers.loc[worst, 'name']}")
    45 more without Jugendtreff Südring
    """
    check_penalty(penalty_metres)
    links = lay_links(reach, demand, capacity, limit_metres=limit_metres)
    links = choose_worthwhile(links, penalty_metres=penalty_metres)
    base, close = (_push_on if load_compiled(links) else _solve_part)(links, penalty_metres)
    before, load = _Sums(links, base), links.sum_offers(base)
    rows, full = [], []
    unserved: list[tuple[str, str, float]] = []
    for closed, name in enumerate(reach.offer_ids):
        after = _Sums(links, base if load[closed] <= 0 else close(closed))
        more = after.unserved - before.unserved
        cells = np.flatnonzero(np.abs(more) > DUST * np.maximum(links.persons, 1))
        filled = np.flatnonzero(after.full & ~before.full & (np.arange(len(load)) != closed))
        cost = after.walked - before.walked + penalty_metres * more.sum()
        rows.append((load[closed], more.sum(), cost, len(filled)))
        full += [(name, offer) for offer in reach.offer_ids[filled]]
        unserved += zip([name] * len(cells), reach.cell_ids[cells], more[cells], strict=True)
    return Overflow(
        base=lay_assignment(reach, links, base, penalty_metres),
        closures=pd.DataFrame(rows, columns=["displaced", "unserved", "cost", "filled"], index=reach.offer_ids),
        full=pd.DataFrame(full, columns=["closed", "offer_id"]),
        unserved=pd.DataFrame(unserved, columns=["closed", "cell_id", "persons"]),
    )


class _Sums:
    """What follows from the persons by pair."""

    def __init__(self, links: Links, flows: Floats) -> None:
        self.unserved = np.maximum(links.persons - links.sum_cells(flows), 0.0)
        self.full = (links.places > 0) & (links.sum_offers(flows) >= links.places * (1 - DUST))
        self.walked = float((flows * links.metres).sum())


def _push_on(links: Links, penalty_metres: float) -> tuple[Floats, Close]:
    """The compiled search, on from the optimum that it found."""
    from sro_geo.coverage._transport_kernels import aim_compiled, place_compiled  # noqa: PLC0415  only where it pays

    roads, placed, steps = place_all(links, penalty_metres)
    penalty, begin, order = to_length(penalty_metres), roads[3], roads[4]
    aim_compiled(roads, placed, steps, penalty)

    def close(closed: int) -> Floats:
        flows, spare, unserved, level = (numbers.copy() for numbers in placed)
        gone = order[begin[closed] : begin[closed + 1]]
        gone = gone[flows[gone] > 0]
        amounts = flows[gone].copy()
        flows[gone] = 0.0
        known, exits, ends, least, entries, leaves = steps
        anew = (known.copy(), exits.copy(), ends.copy(), least.copy(), entries.copy(), leaves.copy())
        place_compiled(roads, (flows, spare, unserved, level), anew, penalty, links.cell[gone], amounts, closed)
        return flows

    return placed[0], close


def _solve_part(links: Links, penalty_metres: float) -> tuple[Floats, Close]:
    """The linear program, again for the part that holds the closed offer."""
    from scipy.sparse import coo_array  # noqa: PLC0415  takes a while to load
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  takes a while to load

    base = solve(links, penalty_metres=penalty_metres)
    cells, count = len(links.persons), len(links.persons) + len(links.places)
    ends = (links.cell, links.offer + cells)
    _, part = connected_components(coo_array((np.ones(len(links.cell)), ends), shape=(count, count)), directed=False)

    def close(closed: int) -> Floats:
        touched = part[links.cell] == part[cells + closed]
        left = touched & (links.offer != closed)
        flows = np.where(touched, 0.0, base)
        flows[left] = solve(links.choose(left), penalty_metres=penalty_metres)
        return flows

    return base, close
