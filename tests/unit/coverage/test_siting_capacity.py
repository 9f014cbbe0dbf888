"""Siting with room for so many beside flows through a network, and beside every way to place whole cells."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo import site_offers
from sro_geo.model.siting import SitingTask
from tests.siting_towns import CELLS, LIMIT, OFFERS, Town, make_reach, towns

if TYPE_CHECKING:
    from sro_geo.model.siting import SitePlan

ROOM = {offer: float(room) for offer, room in zip(OFFERS, [4, 9, 6, 12, 0, 7], strict=True)}


def lay_flow(town: Town, sites: tuple[str, ...], cells: list[str]) -> nx.DiGraph:
    network = nx.DiGraph()
    network.add_nodes_from(["from", "to"])
    for cell in cells:
        network.add_edge("from", cell, capacity=int(town.persons[cell]), weight=0)
        network.add_edge(cell, "to", capacity=10**6, weight=int(LIMIT))
        for offer, metres in town.ways[cell].items():
            if offer in (*sites, *town.fixed):
                network.add_edge(cell, offer, capacity=int(town.persons[cell]), weight=int(metres))
    for offer in (*sites, *town.fixed):
        network.add_edge(offer, "to", capacity=int(ROOM[offer]), weight=0)
    return network


def flow_most(town: Town, sites: tuple[str, ...]) -> float:
    """Persons who find room, parts of cells included."""
    network = lay_flow(town, sites, list(CELLS))
    network.remove_edges_from([(cell, "to") for cell in CELLS])
    return float(nx.maximum_flow_value(network, "from", "to"))


def flow_ways(town: Town, sites: tuple[str, ...]) -> float:
    """Metres of all, those without room at the limit."""
    flow = nx.max_flow_min_cost(network := lay_flow(town, sites, list(CELLS)), "from", "to")
    return float(nx.cost_of_flow(network, flow))


def place_whole(town: Town, sites: tuple[str, ...], *, ways: bool) -> float:
    """The same, each cell as a whole, by trying all."""
    there = (*sites, *town.fixed)
    choices = [
        [None, *(offer for offer in town.ways[cell] if offer in there and town.persons[cell] > 0)] for cell in CELLS
    ]
    best = np.inf if ways else 0.0
    for choice in product(*choices):
        load = dict.fromkeys(there, 0.0)
        for cell, offer in zip(CELLS, choice, strict=True):
            if offer is not None:
                load[offer] += town.persons[cell]
        if any(load[offer] > ROOM[offer] for offer in there):
            continue
        walked = sum(
            town.persons[cell] * (LIMIT if offer is None else town.ways[cell][offer])
            for cell, offer in zip(CELLS, choice, strict=True)
        )
        best = min(best, walked) if ways else max(best, sum(load.values()))
    return float(best)


def check_assigned(town: Town, plan: SitePlan) -> pd.DataFrame:
    """Nobody is placed twice, nowhere are more than there is room for, and each goes where a site is in reach."""
    assigned = plan.assigned
    assert assigned is not None
    assert (assigned["persons"] > 0).all()
    for cell, number in assigned.groupby("cell_id")["persons"].sum().items():
        assert number <= town.persons[str(cell)] * (1 + 1e-9)
    for offer, load in assigned.groupby("offer_id")["persons"].sum().items():
        assert offer in (*plan.sites, *town.fixed)
        assert load <= ROOM[str(offer)] * (1 + 1e-9)
    assert all(offer in town.ways[cell] for cell, offer in zip(assigned["cell_id"], assigned["offer_id"], strict=True))
    return assigned


@given(towns(), st.sampled_from(["cover", "median"]), st.integers(1, 3))
def test_with_room_for_so_many_the_best_set_is_that_of_all_flows(town: Town, problem: str, count: int) -> None:
    found = town.site(problem=problem, count=count, capacity=ROOM)
    worth = {sites: (flow_most if problem == "cover" else flow_ways)(town, sites) for sites in town.list_sets(count)}
    best = max(worth.values()) if problem == "cover" else min(worth.values())
    plan = found.plans[0]
    assert plan.proven
    assert plan.value == pytest.approx(best, abs=1e-5)
    tied = sorted(sites for sites, value in worth.items() if value == best)
    assert [plan.sites, *found.ties] == tied
    assigned = check_assigned(town, plan)
    if problem == "cover":
        assert assigned["persons"].sum() == pytest.approx(best)
    else:
        metres = [town.ways[cell][offer] for cell, offer in zip(assigned["cell_id"], assigned["offer_id"], strict=True)]
        away = town.persons.sum() - assigned["persons"].sum()
        assert (assigned["persons"] * metres).sum() + away * LIMIT == pytest.approx(best)


@given(towns(most=2, cells=5), st.sampled_from(["cover", "median"]), st.integers(1, 2))
def test_whole_cells_are_placed_as_well_as_by_trying_all(town: Town, problem: str, count: int) -> None:
    found = town.site(problem=problem, count=count, capacity=ROOM, split=False)
    ways = problem == "median"
    worth = {sites: place_whole(town, sites, ways=ways) for sites in town.list_sets(count)}
    best = min(worth.values()) if ways else max(worth.values())
    plan = found.plans[0]
    assert plan.proven
    assert plan.value == pytest.approx(best, abs=1e-5)
    assert [plan.sites, *found.ties] == sorted(sites for sites, value in worth.items() if value == best)
    assigned = check_assigned(town, plan)
    assert not assigned["cell_id"].duplicated().any()
    assert (assigned.set_index("cell_id")["persons"] == town.persons.loc[assigned["cell_id"]]).all()


@given(towns())
def test_everybody_finds_room_with_the_fewest_sites(town: Town) -> None:
    found = town.site(problem="set_cover", capacity=ROOM)
    wanted = sum(town.persons[cell] for cell in town.reachable())
    enough = [sites for sites in town.list_sets(None) if flow_most(town, sites) == wanted]
    if not enough:
        assert (found.impossible, found.plans) == (True, ())
        return
    fewest = min(map(len, enough))
    told = [found.plans[0].sites, *found.ties]
    assert told == sorted(sites for sites in enough if len(sites) == fewest)[: len(told)]
    assert check_assigned(town, found.plans[0])["persons"].sum() == pytest.approx(wanted)


@given(towns(), st.integers(1, 2), st.sampled_from([5.0, 9.0]))
def test_room_budget_and_quarters_hold_together(town: Town, count: int, budget: float) -> None:
    costs = {offer: float(cost) for offer, cost in zip(OFFERS, [4, 3, 5, 2, 6, 3], strict=True)}
    asked: dict[str, Any] = {"problem": "cover", "count": count, "capacity": ROOM, "costs": costs, "budget": budget}
    plain, fair = town.site(**asked), town.site(**asked, by_quarter=True)
    assert bool(plain.plans) == bool(fair.plans)
    for found in (plain, fair):
        for plan in found.plans:
            assert plan.proven
            assert plan.cost is not None
            assert plan.cost <= budget
            assigned = check_assigned(town, plan)
            assert plan.value == pytest.approx(assigned["persons"].sum())
    if plain.plans:
        went = fair.plans[0].assigned
        assert went is not None
        placed = went.groupby("cell_id")["persons"].sum().reindex(CELLS, fill_value=0.0).groupby(town.quarters).sum()
        persons = town.persons.groupby(town.quarters).sum()
        assert fair.plans[0].worst == pytest.approx((placed / persons)[persons > 0].min(), abs=1e-6)
        assert fair.plans[0].value <= plain.plans[0].value + 1e-3


def test_room_by_hand() -> None:
    # k1 has room for 6 of the 5 + 7 in reach; k2 for 9 of the 7 + 4
    reach = make_reach([("c0", "k1", 100), ("c1", "k1", 300), ("c1", "k2", 300), ("c3", "k2", 500)])
    persons = pd.Series([5.0, 7.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0], index=CELLS)
    room = {**ROOM, "k1": 6.0, "k2": 9.0}
    one = site_offers(reach, persons, task=SitingTask(problem="cover", count=1, capacity=room)).plans[0]
    assert (one.sites, round(one.value, 6)) == (("k2",), 9)
    both = site_offers(reach, persons, task=SitingTask(problem="cover", count=2, capacity=room)).plans[0]
    assert round(both.value, 6) == 15
    whole = site_offers(reach, persons, task=SitingTask(problem="cover", count=2, capacity=room, split=False)).plans[0]
    # either c0 and c1, or c0 and c3, never all three: 5 + 7
    assert (round(whole.value, 6), len(whole.assigned if whole.assigned is not None else [])) == (12, 2)
