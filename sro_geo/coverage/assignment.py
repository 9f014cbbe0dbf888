"""Who goes where, if all together walk as little as the places allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.links import lay_links, list_amounts
from sro_geo.model.reach import Assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.links import Links, Placed, Roads, Steps
    from sro_geo.model.reach import Reach

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PARTS = 1e9
"""Of a metre: whole numbers of them add up without rounding."""

_FARTHEST = 1e6
"""Metres up to which they do."""

_WORTH_COMPILING = 20_000
"""Pairs from which on the compiled search is faster, its loading included."""


def assign_persons(
    reach: Reach,
    demand: pd.Series,
    capacity: pd.Series,
    *,
    penalty_metres: float,
    limit_metres: float | None = None,
    minimum: pd.Series | None = None,
) -> Assignment:
    """Persons sent to offers so that ways and penalties are least in all, and no offer takes more than it has places.

    Parameters
    ----------
    reach : Reach
        Pairs of cell and offer.
    demand : Series
        Persons of the target group by cell, at least 0. Those of a cell may be split, into parts of persons, too.
    capacity : Series
        Places by offer, at least 0.
    penalty_metres : float
        What a person without a place counts, over 0 and up to 1,000,000. Nobody is sent farther than this: where all who can
        shall have a place, it must be far above the limit, since one person more may push others on.
    limit_metres : float or None
        Walked metres (≤, a hair of 1e-9 of it included); None: as far as the pairs reach.
    minimum : Series or None
        Persons by offer under which it doesn't open, at least 0.

    Returns
    -------
    Assignment
        On the index of the reach. The cost is unique, who goes where need not be.

    Raises
    ------
    ValueError
        If a number is missing or out of range.
    RuntimeError
        If the solver doesn't finish.

    Notes
    -----
    A transport problem, solved to its optimum; with a `minimum` by whole numbers, since an offer opens or doesn't.

    Laws: flows and unserved persons add up to the persons of each cell; no load is above the capacity; without a `minimum`
    the cost never falls after a closure.

    References
    ----------
    Hitchcock, F. (1941): The distribution of a product from several sources to numerous localities. Journal of Mathematics
    and Physics 20. Huangfu, Q., Hall, J. (2018): Parallelizing the dual revised simplex method. Mathematical Programming
    Computation 10 (the solver).

    Examples
    --------
    >>> from sro_geo import assign_persons, count_capacity, find_shipped, measure_straight, read_project
    >>> from sro_geo.model.population import count_persons
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> children = count_persons(people, target_group="6-15")
    >>> places = count_capacity(tables.places, target_group="6-15")
    >>> found = assign_persons(reach, children, places, penalty_metres=10_000)
    >>> print(f"{found.load.sum():.0f} places are taken, {found.unserved.sum():.0f} children have none")
    205 places are taken, 3498 children have none
    """
    check_penalty(penalty_metres)
    links = lay_links(reach, demand, capacity, limit_metres=limit_metres)
    links = choose_worthwhile(links, penalty_metres=penalty_metres)
    least = None if minimum is None else list_amounts(minimum, reach.offer_ids, name="minimum")
    compiled = minimum is None and load_compiled(links)
    flows = (
        place_all(links, penalty_metres)[1][0]
        if compiled
        else solve(links, penalty_metres=penalty_metres, minimum=least)
    )
    return lay_assignment(reach, links, flows, penalty_metres)


def check_penalty(penalty_metres: float) -> None:
    """Refuse a penalty that isn't one.

    Raises
    ------
    ValueError
        If it isn't over 0, or longer than any way.
    """
    if not 0 < penalty_metres <= _FARTHEST:
        message = f"`penalty_metres` must be over 0 and up to {_FARTHEST:.0f}; got {penalty_metres:g}"
        raise ValueError(message)


def choose_worthwhile(links: Links, *, penalty_metres: float) -> Links:
    """Pairs that anybody could be sent along: with persons, with places, and shorter than the penalty."""
    kept = (links.persons[links.cell] > 0) & (links.places[links.offer] > 0) & (links.metres < penalty_metres)
    return links.choose(kept)


def load_compiled(links: Links) -> bool:
    """Whether the compiled search is worth the time to load it, and numba is there and can keep what it compiled.

    The cost is the same as that of the program.
    """
    if len(links.cell) < _WORTH_COMPILING:
        return False
    try:
        import sro_geo.coverage._transport_kernels  # noqa: F401, PLC0415  only where it pays
    except (ImportError, RuntimeError):
        return False
    return True


def place_all(links: Links, penalty_metres: float) -> tuple[Roads, Placed, Steps]:
    """The compiled search from an empty town: its roads, where everybody is in the end, and what pushing on takes."""
    from sro_geo.coverage._transport_kernels import place_compiled  # noqa: PLC0415  only where it pays

    cells, offers = len(links.persons), len(links.places)
    first, begin = (
        np.concatenate([[0], np.cumsum(np.bincount(end, minlength=count))]).astype(np.int64)
        for end, count in ((links.cell, cells), (links.offer, offers))
    )
    near, other = _list_neighbours(links)
    order = np.argsort(links.offer, kind="stable").astype(np.int64)
    roads: Roads = (first, links.offer, to_length(links.metres), begin, order, links.cell, near, other)
    placed: Placed = (np.zeros(len(links.cell)), links.places.copy(), np.zeros(cells), np.zeros(offers))
    exits, ends = np.zeros((2, offers), dtype=np.int64)
    entries, leaves = np.zeros((2, len(other)), dtype=np.int64)
    steps: Steps = (np.zeros(offers, dtype=bool), exits, ends, np.zeros(len(other)), entries, leaves)
    place_compiled(
        roads, placed, steps, to_length(penalty_metres), np.arange(cells), links.persons, np.zeros(offers, dtype=bool)
    )
    return roads, placed, steps


def _list_neighbours(links: Links) -> tuple[Ints, Ints]:
    """For each offer where those begin that share a cell with it, and these."""
    from scipy.sparse import csr_array  # noqa: PLC0415  takes a while to load

    ends = (links.cell, links.offer)
    shared = csr_array((np.ones(len(links.cell)), ends), shape=(len(links.persons), len(links.places)))
    neighbours = (shared.T @ shared).tocsr()
    return neighbours.indptr.astype(np.int64), neighbours.indices.astype(np.int64)


def to_length(metres: Any) -> Any:
    """Metres in whole parts."""
    return np.rint(metres * _PARTS)


def solve(links: Links, *, penalty_metres: float, minimum: Floats | None = None) -> Floats:
    """Persons by pair at least cost.

    Raises
    ------
    RuntimeError
        If the solver doesn't finish.
    """
    from scipy.optimize import linprog  # noqa: PLC0415  takes a while to load
    from scipy.sparse import coo_array, diags_array, hstack, vstack  # noqa: PLC0415  only for a linear program

    size, cells, offers = len(links.cell), len(links.persons), len(links.places)
    if not size:
        return np.zeros(0)
    one, each = np.ones(size), np.arange(size)
    leave, arrive = (
        coo_array((one, (end, each)), shape=(count, size))
        for end, count in ((links.cell, cells), (links.offer, offers))
    )
    value, whole = links.metres - penalty_metres, np.zeros(size)
    if minimum is None:
        rows, most = vstack([leave, arrive]), np.concatenate([links.persons, links.places])
    else:  # a whole number by offer says whether it opens
        rows = vstack(
            [
                hstack([leave, coo_array((cells, offers))]),
                hstack([arrive, -diags_array(links.places)]),
                hstack([-arrive, diags_array(minimum)]),
            ]
        )
        most = np.concatenate([links.persons, np.zeros(2 * offers)])
        value, whole = np.append(value, np.zeros(offers)), np.append(whole, np.ones(offers))
    bounds = np.column_stack([np.zeros(len(value)), np.where(whole > 0, 1.0, np.inf)])
    found: Any = linprog(  # type: ignore[call-overload]  # the stubs know no sparse rows
        value,
        A_ub=rows.tocsr(),
        b_ub=most,
        bounds=bounds,
        integrality=whole,
        method="highs",
        options={"mip_rel_gap": 0.0},
    )
    if found.status != 0:
        message = f"the solver must finish; it says: {found.message}"
        raise RuntimeError(message)
    return tidy(links, found.x[:size])


def tidy(links: Links, flows: Floats) -> Floats:
    """Flows without the solver's hair: none below 0, none together above the persons or the places."""
    flows = np.maximum(flows, 0.0)
    for sum_, end, most in (
        (links.sum_cells, links.cell, links.persons),
        (links.sum_offers, links.offer, links.places),
    ):
        together = sum_(flows)
        flows = flows * np.minimum(1.0, np.divide(most, together, out=np.ones(len(most)), where=together > 0))[end]
    return flows


def lay_assignment(reach: Reach, links: Links, flows: Floats, penalty_metres: float) -> Assignment:
    """Table of the flows and what follows from them."""
    unserved = np.maximum(links.persons - links.sum_cells(flows), 0.0)
    going = np.flatnonzero(flows > 0)
    going = going[np.lexsort((links.offer[going], links.cell[going]))]
    table = {
        "cell_id": reach.cell_ids[links.cell[going]],
        "offer_id": reach.offer_ids[links.offer[going]],
        "persons": flows[going],
        "metres": links.metres[going],
    }
    return Assignment(
        kind=reach.kind,
        flows=pd.DataFrame(table),
        unserved=pd.Series(unserved, index=reach.cell_ids, name="unserved"),
        load=pd.Series(links.sum_offers(flows), index=reach.offer_ids, name="load"),
        cost=float((flows * links.metres).sum() + penalty_metres * unserved.sum()),
        example=reach.example,
    )
