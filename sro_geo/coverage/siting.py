"""Where further offers would help most."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.siting_asking import HALF, ask
from sro_geo.coverage.siting_checks import check_task
from sro_geo.coverage.siting_packing import lay_packing
from sro_geo.coverage.siting_reduce import Demand, place_pairs
from sro_geo.coverage.siting_solve import find_ties
from sro_geo.model.siting import SitePlan, Siting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_asking import Question
    from sro_geo.coverage.siting_packing import Packing
    from sro_geo.coverage.siting_solve import Found
    from sro_geo.model.reach import Reach
    from sro_geo.model.siting import SitingTask

    Floats = NDArray[np.float64]


def site_offers(reach: Reach, persons: pd.Series, *, task: SitingTask, quarters: pd.Series | None = None) -> Siting:
    """Where further offers would help most.

    Parameters
    ----------
    reach : Reach
        Pairs of the cells with the candidates and with the offers that exist; whoever is farther has no offer in reach.
    persons : Series
        Persons of the target group by cell.
    task : SitingTask
        What is asked.
    quarters : Series or None
        Quarter of each cell. Then the worst-off quarter comes first: no set with more persons in all is taken for one in
        which it is better off.

    Returns
    -------
    Siting
        The best sets, with a proof or with the gap that was left when time was over; those that are as good as the first.

    Raises
    ------
    ValueError
        If a setting is out of range or without effect, or the tables don't fit.

    Notes
    -----
    Proven is meant within a ten-millionth of the whole (all persons, or all their ways), with capacities within five
    millionths. Of sets that are as good, the first in the order of the offers comes first; with a budget, the cheapest.

    Laws: what exists stays; more sites never reach fewer; with a proof, the answer is the same on each run.

    References
    ----------
    Church, R., ReVelle, C. (1974): The maximal covering location problem. Papers of the Regional Science Association 32.
    Toregas, C., Swain, R., ReVelle, C., Bergman, L. (1971): The location of emergency service facilities. Operations Research
    19 (set covering). Hakimi, S. (1964): Optimum locations of switching centers and the absolute centers and medians of a
    graph. Operations Research 12. Hogan, K., ReVelle, C. (1986): Concepts and applications of backup coverage. Management
    Science 32 (covering twice).

    Examples
    --------
    >>> import pandas as pd
    >>> from sro_geo import find_shipped, measure_straight, read_boundaries, read_offers, read_project, site_offers
    >>> from sro_geo.model.siting import SitingTask
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> offers = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={}).offers
    >>> middles = quarters.set_geometry(quarters.representative_point())[["geometry"]].rename_axis("cell_id")
    >>> way = {"limit_metres": 2000, "detour_factor": 1.3, "barrier": None}
    >>> reach = measure_straight(middles, offers, kind="jugendarbeit", **way)
    >>> persons = pd.Series(100.0, index=middles.index)
    >>> plan = site_offers(reach, persons, task=SitingTask(problem="cover", count=2)).plans[0]
    >>> print(f"{plan.value:.0f} of {persons.sum():.0f} persons reach one of {len(plan.sites)}; proven: {plan.proven}")
    1100 of 1200 persons reach one of 2; proven: True
    """
    check_task(reach, persons, task=task, quarters=quarters)
    deadline = time.monotonic() + task.seconds
    demand, candidates = _place(reach, persons, task=task, quarters=quarters)
    costs = None if task.costs is None else np.array([task.costs[offer] for offer in candidates], dtype=float)
    packing = lay_packing(demand.candidates, count=task.count, costs=costs, budget=task.budget)
    question = ask(demand, task=task, costs=costs, quarters=quarters is not None)
    found = question.find(packing, deadline)
    ties, complete = find_ties(found, deadline=deadline) if task.method == "exact" else ([], False)
    if ties:
        found = replace(found, columns=ties[0])
    sets = _list_sets(question, found, packing=packing, task=task, deadline=deadline)
    plans = [_tell(question, one, candidates=candidates, costs=costs) for one in sets]
    return Siting(
        task=task,
        plans=tuple(replace(plan, gives_up=abs(plan.value - plans[0].value)) for plan in plans),
        impossible=found.impossible,
        ties=tuple(_name(columns, candidates) for columns in ties[1:]),
        ties_complete=complete,
        unreachable=float(demand.weight.sum() - demand.weight[np.unique(demand.cell)].sum()),
        example=reach.example,
    )


def _place(
    reach: Reach, persons: pd.Series, *, task: SitingTask, quarters: pd.Series | None
) -> tuple[Demand, pd.Index]:
    """Who is where, by position, and the candidates in order. Cells without persons are left out."""
    weight = persons.loc[reach.cell_ids].astype(float)
    lived = weight.index[weight > 0]
    there = reach.offer_ids.isin(list(task.fixed))
    candidates = reach.offer_ids[~there]
    offers = candidates.append(reach.offer_ids[there])
    cell, site, metres = place_pairs(reach.pairs, lived, offers)
    group = np.zeros(len(lived), dtype=np.int64)
    if quarters is not None:
        group = pd.factorize(quarters.loc[lived], sort=True)[0].astype(np.int64)
    number = np.asarray(weight.loc[lived], dtype=np.float64)
    room = [] if task.capacity is None else [task.capacity[offer] for offer in offers]
    demand = Demand(
        cell_ids=lived, offer_ids=offers, weight=number, group=group, cell=cell, site=site, metres=metres,
        candidates=len(candidates), persons=np.bincount(group, weights=number).astype(np.float64),
        limit=reach.limit_metres, room=np.array(room, dtype=np.float64),
    )  # fmt: skip
    return demand, candidates


def _list_sets(question: Question, found: Found, *, packing: Packing, task: SitingTask, deadline: float) -> list[Found]:
    """The best set, and one after the other the best that leaves out enough of the sites of each before it."""
    sets: list[Found] = []
    while found.columns is not None:
        sets.append(found)
        if len(sets) == task.best:
            break
        chosen = found.columns[: packing.matrix.shape[1]] > HALF
        differ = task.differ or max(1, int(chosen.sum()) // 10)
        packing = packing.leave_out(chosen, differ=differ)
        found = question.find(packing, deadline)
    return sets


def _tell(question: Question, found: Found, *, candidates: pd.Index, costs: Floats | None) -> SitePlan:
    columns = found.columns
    if columns is None:
        raise ValueError("a plan needs a set")
    told = question.tell(columns, found)
    short = 0.0 if found.proven else abs(told.bound - told.value)
    chosen = columns[: len(candidates)] > HALF
    return SitePlan(
        sites=_name(columns, candidates),
        value=told.value,
        bound=told.value if found.proven else told.bound,
        gap=0.0 if short == 0 else short / told.value if told.value else math.inf,
        proven=found.proven,
        worst=told.worst,
        worst_bound=told.worst if found.proven else told.worst_bound,
        cost=None if costs is None else float(costs[chosen].sum()),
        gives_up=0.0,
        assigned=told.assigned,
    )


def _name(columns: Floats, candidates: pd.Index) -> tuple[str, ...]:
    return tuple(candidates[columns[: len(candidates)] > HALF])
