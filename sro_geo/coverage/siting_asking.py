"""How each problem of siting is asked, and what its answer says in persons and metres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.distance import HAIR
from sro_geo.coverage.siting_capacity import assign, lay_capacity, lay_ways
from sro_geo.coverage.siting_packing import Packing
from sro_geo.coverage.siting_program import SCALE, TOLERANCE, count_reached, lay_hard, lay_soft
from sro_geo.coverage.siting_reduce import lay_cover, lay_median, list_needs
from sro_geo.coverage.siting_solve import Found, find_best

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_capacity import Ways
    from sro_geo.coverage.siting_reduce import Demand, Rows
    from sro_geo.model.siting import SitingTask

    Floats = NDArray[np.float64]

HALF = 0.5
"""A column of the solver is chosen above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Value and bound of a set; of the worst-off quarter, too, and who goes where, if asked."""

    value: float
    bound: float
    worst: float | None = None
    worst_bound: float | None = None
    assigned: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a problem is asked and what its answer says.

    Attributes
    ----------
    find : callable
        The best of the sets that are allowed, until a moment.
    tell : callable
        What columns are worth, beside what was found.
    """

    find: Callable[[Packing, float], Found]
    tell: Callable[[Floats, Found], Told]


def ask(demand: Demand, *, task: SitingTask, costs: Floats | None, quarters: bool, merge: bool = True) -> Question:
    """The question of a task; without `merge`, in as many rows as there are cells."""
    if task.capacity is not None:
        return _ask_room(demand, task=task, costs=costs, quarters=quarters, merge=merge)
    if task.problem == "set_cover":
        return _ask_everybody(demand, costs, greedy=task.method == "greedy")
    if task.problem == "centre":
        return _ask_farthest(demand)
    if task.problem == "median":
        rows, unit = lay_median(demand, merge=merge), demand.limit
    else:
        rows, unit = lay_cover(demand, need=1 + (task.problem == "cover_twice"), merge=merge), 1.0
    prices = None if task.budget is None else costs
    return _ask_most(rows, task=task, demand=demand, unit=unit, quarters=quarters, costs=prices)


def _ask_most(
    rows: Rows, *, task: SitingTask, demand: Demand, unit: float, quarters: bool, costs: Floats | None
) -> Question:
    """As much as possible of what the rows are worth, a unit for each person at most; of the ways, what is left is told."""
    persons, size = demand.persons * unit, demand.candidates
    limit = unit if task.problem == "median" else None
    nodes = math.inf if task.method == "exact" else 1

    def find(packing: Packing, deadline: float) -> Found:
        program = lay_soft(rows, packing=packing, persons=persons if quarters else None, costs=costs)
        return find_best(program, deadline=deadline, nodes=nodes)

    def tell(columns: Floats, found: Found) -> Told:
        reached = count_reached(rows, columns[:size] > HALF)
        worth = float(rows.kept.sum()), rows.worth
        return _tell_most(reached, found.bounds, persons=persons, worth=worth, unit=limit, quarters=quarters)

    return Question(find=find, tell=tell)


def _ask_room(demand: Demand, *, task: SitingTask, costs: Floats | None, quarters: bool, merge: bool) -> Question:
    """The same where offers have room for so many: who goes where is part of the answer."""
    limit, everybody = demand.limit if task.problem == "median" else None, task.problem == "set_cover"
    ways = lay_ways(demand, room=demand.room, by_metres=limit is not None, merge=merge and task.split)
    persons, size = demand.persons * (limit or 1.0), demand.candidates
    prices = np.ones(size) if everybody and costs is None else costs
    aimed = persons if quarters else None

    def find(packing: Packing, deadline: float) -> Found:
        settings = {"everybody": everybody, "split": task.split}
        return find_best(
            lay_capacity(ways, packing=packing, persons=aimed, costs=prices, **settings), deadline=deadline
        )

    def tell(columns: Floats, found: Found) -> Told:
        parts = columns[size : size + len(ways.unit)]
        if not task.split:
            parts = np.rint(parts)
        elif not everybody:
            parts = _settle(ways, columns[:size], persons=aimed)
        assigned = assign(ways, demand, parts=parts)
        if everybody and prices is not None:
            return replace(_tell_price(columns[:size], found, prices), assigned=assigned)
        gains = np.bincount(ways.group[ways.unit], ways.gain * parts, len(persons)).astype(np.float64)
        worth = 0.0, float(ways.gain.sum())
        told = _tell_most(gains, found.bounds, persons=persons, worth=worth, unit=limit, quarters=quarters)
        return replace(told, assigned=assigned)

    return Question(find=find, tell=tell)


def _settle(ways: Ways, chosen: Floats, *, persons: Floats | None) -> Floats:
    """Who goes where once the sites are known: nothing is left to the tolerances of the search."""
    packing = Packing(matrix=np.zeros((0, len(chosen))), high=np.zeros(0), count=None)
    program = lay_capacity(ways, packing=packing, persons=persons, costs=None, everybody=False, split=True)
    least, most, known = program.least.copy(), program.most.copy(), np.rint(chosen)
    least[: len(chosen)] = most[: len(chosen)] = known
    found = find_best(replace(program, least=least, most=most), deadline=math.inf)
    if found.columns is None:
        raise ValueError("chosen sites must be allowed")
    return found.columns[len(chosen) : len(chosen) + len(ways.unit)]


def _tell_most(
    reached: Floats,
    bounds: tuple[float, ...],
    *,
    persons: Floats,
    worth: tuple[float, float],
    unit: float | None,
    quarters: bool,
) -> Told:
    """What quarters reach, beside the bounds (`worth`: what is sure, and what may be added); with a unit, what is left to it."""
    value, most = float(reached.sum()), float(persons.sum())
    bounds = (*bounds, *[SCALE] * (1 + quarters - len(bounds)))
    bound = min(most, worth[0] + bounds[int(quarters)] * worth[1] / SCALE)
    told = Told(value=value, bound=bound) if unit is None else Told(value=most - value, bound=most - bound)
    if not quarters:
        return told
    shares = float((reached / persons).min()), bounds[0] / SCALE
    worst, best = shares if unit is None else (unit * (1 - share) for share in shares)
    return replace(told, worst=worst, worst_bound=best)


def _tell_price(chosen: Floats, found: Found, prices: Floats) -> Told:
    """What the sites cost, beside the bound; where all prices are whole, it is whole."""
    bound = -found.bounds[0] * prices.sum() / SCALE if found.bounds else 0.0
    if (prices == np.rint(prices)).all():
        bound = math.ceil(bound - TOLERANCE * prices.sum() / SCALE)
    return Told(value=float(prices[chosen > HALF].sum()), bound=float(max(0, bound)))


def _ask_everybody(demand: Demand, costs: Floats | None, *, greedy: bool) -> Question:
    """A site for everybody who can be reached, with as few as possible or as cheaply."""
    prices = np.ones(demand.candidates) if costs is None else costs
    needs = list_needs(demand, metres=math.inf)

    def find(packing: Packing, deadline: float) -> Found:
        return find_best(
            lay_hard(needs, packing=packing, costs=prices), deadline=deadline, nodes=1 if greedy else math.inf
        )

    def tell(columns: Floats, found: Found) -> Told:
        return _tell_price(columns[: demand.candidates], found, prices)

    return Question(find=find, tell=tell)


def _ask_farthest(demand: Demand) -> Question:
    """The shortest distance within which everybody who can be reached has a site, by halving the distances there are."""
    nearest = np.full(len(demand.weight), -math.inf)
    first = np.unique(demand.cell, return_index=True)[1]
    nearest[demand.cell[first]] = demand.metres[first]
    radii = np.unique(demand.metres)
    radii = radii[(radii >= nearest.max()) & np.append(np.diff(radii) > HAIR * radii[:-1], [True])]

    def find(packing: Packing, deadline: float) -> Found:
        def test(place: int) -> Found:
            needs = list_needs(demand, metres=float(radii[place]))
            return find_best(lay_hard(needs, packing=packing, costs=None), deadline=deadline)

        low, high, best = 0, len(radii) - 1, test(len(radii) - 1)
        if best.columns is None:
            return best
        while low < high:
            middle = (low + high) // 2
            found = test(middle)
            if found.columns is not None:
                high, best = middle, found
            elif found.impossible:
                low = middle + 1
            else:
                break
        return replace(best, bounds=(float(radii[low]),), proven=low == high)

    def tell(columns: Floats, found: Found) -> Told:
        there = np.append(
            columns[: demand.candidates] > HALF, np.ones(len(demand.offer_ids) - demand.candidates, dtype=bool)
        )
        kept = there[demand.site]
        cells, at = np.unique(demand.cell[kept], return_index=True)
        return Told(value=float(demand.metres[kept][at].max()) if len(cells) else 0.0, bound=found.bounds[0])

    return Question(find=find, tell=tell)
