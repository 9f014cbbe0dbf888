"""How each problem of siting is asked, and what its answer says in persons and metres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.distance import HAIR
from sro_geo.coverage.siting_program import SCALE, count_reached, lay_hard, lay_soft
from sro_geo.coverage.siting_reduce import lay_cover, lay_median, list_needs
from sro_geo.coverage.siting_solve import Found, find_best, find_greedy

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_packing import Packing
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
    total = rows.direct.sum() + rows.weight.sum()
    ways = task.problem == "median"
    search = find_best if task.method == "exact" else find_greedy

    def find(packing: Packing, deadline: float) -> Found:
        program = lay_soft(rows, packing=packing, persons=persons if quarters else None, costs=costs)
        return search(program, deadline=deadline)

    def tell(columns: Floats, found: Found) -> Told:
        reached = count_reached(rows, columns[:size] > HALF)
        bounds = (*found.bounds, *[SCALE] * (1 + quarters - len(found.bounds)))
        bound = float(rows.kept.sum() + bounds[int(quarters)] * total / SCALE)
        value, most = float(reached.sum()), float(persons.sum())
        told = Told(value=most - value, bound=most - bound) if ways else Told(value=value, bound=bound)
        if not quarters:
            return told
        shares = float((reached / persons).min()), bounds[0] / SCALE
        worst, best = (unit * (1 - share) if ways else share for share in shares)
        return replace(told, worst=worst, worst_bound=best)

    return Question(find=find, tell=tell)


def _ask_everybody(demand: Demand, costs: Floats | None, *, greedy: bool) -> Question:
    """A site for everybody who can be reached, with as few as possible or as cheaply."""
    prices = np.ones(demand.candidates) if costs is None else costs
    needs = list_needs(demand, metres=math.inf)
    search = find_greedy if greedy else find_best

    def find(packing: Packing, deadline: float) -> Found:
        return search(lay_hard(needs, packing=packing, costs=prices), deadline=deadline)

    def tell(columns: Floats, found: Found) -> Told:
        bound = -found.bounds[0] * prices.sum() / SCALE if found.bounds else 0.0
        if costs is None:
            bound = math.ceil(bound - HAIR * demand.candidates)
        return Told(value=float(prices[columns[: demand.candidates] > HALF].sum()), bound=max(0.0, bound))

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
        there = np.append(columns[: demand.candidates] > HALF, np.ones(demand.offers - demand.candidates, dtype=bool))
        kept = there[demand.site]
        cells, at = np.unique(demand.cell[kept], return_index=True)
        return Told(value=float(demand.metres[kept][at].max()) if len(cells) else 0.0, bound=found.bounds[0])

    return Question(find=find, tell=tell)
