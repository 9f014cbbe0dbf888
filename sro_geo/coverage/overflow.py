"""What closures would push elsewhere, where offers have no more places than they have."""

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
    tidy,
    to_length,
)
from sro_geo.coverage.links import Links, lay_links
from sro_geo.model.reach import Overflow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import NDArray

    from sro_geo.model.reach import Reach

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Close = Callable[[Flags], Floats]
    """From the offers that have closed to the persons by pair."""

DUST = 1e-9
"""Persons under which a change counts as none, for each person there is in a cell or place in an offer."""


def measure_overflow(
    reach: Reach,
    demand: pd.Series,
    capacity: pd.Series,
    *,
    penalty_metres: float,
    limit_metres: float | None = None,
    together: Mapping[str, Collection[str]] | None = None,
) -> Overflow:
    """Assign all persons anew after each closure: who is pushed where, and who is left without a place.

    Parameters
    ----------
    reach, demand, capacity
        As `assign_persons` takes them.
    penalty_metres : float
        What a person without a place counts, over 0.
    limit_metres : float or None
        Walked metres (≤); None: as far as the pairs reach.
    together : mapping of str to collection of str or None
        What closes at once, by the name of the closure; None: each offer alone, by its own.

    Returns
    -------
    Overflow
        Closures by name, in the order given.

    Raises
    ------
    ValueError
        If a number is missing or out of range, or what closes is no offer of the reach.
    RuntimeError
        If the solver doesn't finish.

    Notes
    -----
    Only those who had gone there look for a place, on the shortest way to a free one, others pushed on; the rest stays as it
    is, since it is optimal for everybody else. Where that can't be compiled, a linear program goes on from where it had ended.

    Laws: the cost never falls; each row is `assign_persons` without the offers; where no way is worth being left without a place
    (a penalty far over all ways), two closures at once leave at least as many without one as both alone.

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
    base, close = _place(links, penalty_metres)
    before, load = _Sums(links, base), links.sum_offers(base)
    rows, full = [], []
    unserved: list[tuple[str, str, float]] = []
    names = reach.offer_ids if together is None else pd.Index(list(together), name="closed")
    for name in names:
        closed = _mark(reach, [name] if together is None else together[name])
        after = _Sums(links, base if load[closed].sum() <= 0 else close(closed))
        more = after.unserved - before.unserved
        cells = np.flatnonzero(np.abs(more) > DUST * np.maximum(links.persons, 1))
        filled = np.flatnonzero(after.full & ~before.full & ~closed)
        cost = after.walked - before.walked + penalty_metres * more.sum()
        rows.append((load[closed].sum(), more.sum(), cost, len(filled)))
        full += [(name, offer) for offer in reach.offer_ids[filled]]
        unserved += zip([name] * len(cells), reach.cell_ids[cells], more[cells], strict=True)
    return Overflow(
        base=lay_assignment(reach, links, base, penalty_metres),
        closures=pd.DataFrame(rows, columns=["displaced", "unserved", "cost", "filled"], index=names),
        full=pd.DataFrame(full, columns=["closed", "offer_id"]),
        unserved=pd.DataFrame(unserved, columns=["closed", "cell_id", "persons"]),
    )


def count_unplaced(
    reach: Reach,
    demand: pd.Series,
    capacity: pd.Series,
    *,
    limit_metres: float,
    together: Mapping[str, Collection[str]],
) -> pd.Series:
    """Persons more without a place after each closure, when as many have one as can, wherever within the limit.

    Parameters
    ----------
    reach, demand, capacity, limit_metres, together
        As `measure_overflow` takes them.

    Returns
    -------
    Series
        `unplaced`, by the name of the closure; 0 or more.

    Raises
    ------
    ValueError, RuntimeError
        As `measure_overflow`.

    Notes
    -----
    It is what `measure_overflow` finds with a penalty far over all ways. Without ways, cells with the same offers are one.

    Laws: no more than the places that close; two closures at once leave at least as many without one as both alone.

    References
    ----------
    See `measure_overflow`. Lovász, L., Plummer, M. (1986): Matching theory, chapter 1 (who can be placed depends on the offers
    that are left as a submodular function).

    Examples
    --------
    >>> from sro_geo import count_capacity, count_unplaced, find_shipped, measure_straight, read_project
    >>> from sro_geo.model.population import count_persons
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="kindertageseinrichtung", **way)
    >>> children = count_persons(people, target_group="0-6")
    >>> places = count_capacity(tables.places, target_group="0-6").reindex(reach.offer_ids)
    >>> both = {"both in Westend": tables.offers.index[tables.offers["name"].isin(["Kita Westend", "Kita Pusteblume"])]}
    >>> found = count_unplaced(reach, children, places, limit_metres=1000, together=both)
    >>> print(f"{found['both in Westend']:.0f} more without a place")
    232 more without a place
    """
    links = _merge(lay_links(reach, demand, capacity, limit_metres=limit_metres))
    base, close = _place(links, 1.0)
    marks = {name: _mark(reach, offers) for name, offers in together.items()}
    more = [base.sum() - close(closed).sum() for closed in marks.values()]
    return pd.Series(np.maximum(more, 0.0), index=pd.Index(list(marks), name="closed"), name="unplaced", dtype=float)


def _merge(links: Links) -> Links:
    """Cells with the same offers as one, and every offer as near as any other."""
    order = np.lexsort((links.offer, links.cell))
    cells, starts = np.unique(links.cell[order], return_index=True)
    sets = np.split(links.offer[order], starts[1:]) if len(cells) else []
    found: dict[bytes, tuple[int, Ints]] = {}
    group = [found.setdefault(own.tobytes(), (len(found), own))[0] for own in sets]
    near = [own for _, own in found.values()]
    return Links(
        cell=np.repeat(np.arange(len(near)), [len(own) for own in near]).astype(np.int64),
        offer=np.concatenate([*near, np.zeros(0, dtype=np.int64)]),
        metres=np.zeros(sum(map(len, near))),
        persons=np.bincount(np.array(group, dtype=np.int64), weights=links.persons[cells], minlength=len(near)).astype(
            float
        ),
        places=links.places,
    )


def _place(links: Links, penalty_metres: float) -> tuple[Floats, Close]:
    """Persons by pair, and what finds them after a closure: compiled, or by linear programs."""
    return (_push_on if load_compiled(links) else _solve_on)(links, penalty_metres)


def _mark(reach: Reach, offers: Collection[str]) -> Flags:
    """Which offers close."""
    if foreign := sorted(set(offers) - set(reach.offer_ids)):
        message = f"`together` must hold offers of `reach`; got {foreign[0]}"
        raise ValueError(message)
    return np.asarray(reach.offer_ids.isin(list(offers)))


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

    def close(closed: Flags) -> Floats:
        flows, spare, unserved, level = (numbers.copy() for numbers in placed)
        gone = np.concatenate([order[begin[offer] : begin[offer + 1]] for offer in np.flatnonzero(closed)])
        gone = gone[flows[gone] > 0]
        amounts = flows[gone].copy()
        flows[gone] = 0.0
        known, exits, ends, least, entries, leaves = steps
        anew = (known.copy(), exits.copy(), ends.copy(), least.copy(), entries.copy(), leaves.copy())
        place_compiled(roads, (flows, spare, unserved, level), anew, penalty, links.cell[gone], amounts, closed)
        return flows

    return placed[0], close


def _solve_on(links: Links, penalty_metres: float) -> tuple[Floats, Close]:
    """The linear program, each time on from where it had ended."""
    from scipy.sparse import csr_array  # noqa: PLC0415  takes a while to load

    from sro_geo.linear import Linear  # noqa: PLC0415  only for a linear program

    size, cells, offers = len(links.cell), len(links.persons), len(links.places)
    if not size:
        return np.zeros(0), lambda _: np.zeros(0)
    lines, each = np.concatenate([links.cell, links.offer + cells]), np.tile(np.arange(size), 2)
    matrix = csr_array((np.ones(2 * size), (lines, each)), shape=(cells + offers, size))
    most, none = np.concatenate([links.persons, links.places]), np.full(cells + offers, -np.inf)
    program = Linear(matrix, none, most, least=np.zeros(size), most=np.full(size, np.inf))
    program.set_gains(np.arange(size), links.metres - penalty_metres)

    def close(closed: Flags) -> Floats:
        ends = cells + np.arange(offers)
        program.set_limits(ends, none[cells:], np.where(closed, 0.0, links.places))
        found = program.run(largest=False)
        if found.end != "best":
            message = f"the solver must finish; it says: {found.end}"
            raise RuntimeError(message)
        return tidy(links, found.columns)

    return close(np.zeros(offers, dtype=bool)), close
