"""Where further offers are asked for, and where they would help most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

SitingProblem = Literal["cover", "cover_twice", "set_cover", "median", "centre"]
"""What is wanted: most persons with an offer in reach; with two; everybody with the fewest; the shortest ways in all; the
shortest longest way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingTask:
    """What is asked.

    Attributes
    ----------
    problem : str
        What is wanted.
    count : int or None
        How many new sites; None where a budget or the need of everybody says it.
    fixed : tuple of str
        Offers that exist and stay. All other offers of the pairs are candidates.
    costs : mapping of str to float or None
        Cost of each candidate: counts for the budget, and in place of the number of sites where everybody is to be reached.
    budget : float or None
        What the new sites may cost in all.
    capacity : mapping of str to float or None
        Persons whom each offer has room for, those that exist included.
    split : bool
        Whether the persons of one cell may go to several offers; matters with `capacity` alone.
    best : int
        How many sets of sites are wanted, the best first.
    differ : int or None
        How many sites of each better set a further set must leave out; None is a tenth of `count`, at least 1.
    method : str
        "exact", or "greedy" with exchange: fast, with a bound but seldom a proof.
    seconds : float
        Time for the search.
    """

    problem: SitingProblem
    count: int | None = None
    fixed: tuple[str, ...] = ()
    costs: Mapping[str, float] | None = None
    budget: float | None = None
    capacity: Mapping[str, float] | None = None
    split: bool = True
    best: int = 1
    differ: int | None = None
    method: Literal["exact", "greedy"] = "exact"
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """A set of new sites and what it is worth.

    Attributes
    ----------
    sites : tuple of str
        New sites, in order.
    value : float
        Persons who reach an offer ("cover"), or two; sites, or their cost ("set_cover"); persons × metres, each way at most
        the limit of the pairs ("median"); metres of the longest way ("centre").
    bound : float
        What no set can beat.
    gap : float
        Distance of value and bound, for the value; 0 with a proof. Infinite where the value is 0 and the bound isn't.
    proven : bool
        Whether no set that is allowed is better, by proof.
    worst : float or None
        Where quarters were given: share of the persons reached in the worst-off one, or its mean metres.
    worst_bound : float or None
        What no set can beat there.
    cost : float or None
        Cost of the new sites.
    gives_up : float
        By how much the value is worse than that of the first set; at least 0 unless the quarters come first.
    assigned : DataFrame or None
        With capacities: cell_id, offer_id, persons.
    """

    sites: tuple[str, ...]
    value: float
    bound: float
    gap: float
    proven: bool
    worst: float | None
    worst_bound: float | None
    cost: float | None
    gives_up: float
    assigned: pd.DataFrame | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Siting:
    """Answer to a task.

    Attributes
    ----------
    task : SitingTask
        What was asked.
    plans : tuple of SitePlan
        The best first; empty where no set does what is asked, or none was found in time.
    impossible : bool
        Whether it is proven that no set does what is asked.
    ties : tuple of tuple of str
        Sets that are as good as the first in everything asked, without it; at most 20.
    ties_complete : bool
        Whether there are no others.
    unreachable : float
        Persons whom neither a candidate nor an offer that exists has within the limit.
    example : bool
        Whether any of it is invented.
    """

    task: SitingTask
    plans: tuple[SitePlan, ...]
    impossible: bool
    ties: tuple[tuple[str, ...], ...]
    ties_complete: bool
    unreachable: float
    example: bool
