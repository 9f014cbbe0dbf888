"""Which offer is how far from which cell, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def code_gap(kind: str, *, minutes: float) -> str:
    """Code of the share of a target group without an offer of a kind within a limit."""
    return f"ohne_{kind}_{minutes:g}"


def code_supply(kind: str) -> str:
    """Code of the places of a kind for each person of its target group."""
    return f"plaetze_{kind}"


def code_sharing(kind: str) -> str:
    """Code of the places of a kind that come to each person of its target group, shared with all who reach them."""
    return f"erreichbare_plaetze_{kind}"


def code_shock(shock: int | str) -> str:
    """Code of the share of a target group that a supposed shock leaves without an offer, by its own code or its place among them."""
    return f"annahme_{shock}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How walking times are measured.

    Attributes
    ----------
    speed_kmh : float
        Walking speed.
    detour_factor : float or None
        Walked metres for each metre of straight line; None where no lines are measured.
    given : bool
        Whether a table says them: on foot or not.
    barrier : bool
        Whether straight ways go round lines that they may not cross.
    sharing : str or None
        How all who reach an offer share its places: `2sfca` or `balanced`; None where that isn't asked.
    weights : tuple of (float, float)
        Up to how many minutes an offer counts how much for that.
    """

    speed_kmh: float
    detour_factor: float | None
    barrier: bool
    given: bool = False
    sharing: str | None = None
    weights: tuple[tuple[float, float], ...] = ()

    @property
    def phrase(self) -> str:
        """Id of what so many minutes are called in a sentence; with `_title` behind it, in a title."""
        return "way" if self.given else "walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Pairs of cell and offer within a distance; all other pairs are farther.

    Attributes
    ----------
    kind : str
        Kind of offer.
    limit_metres : float
        Walked distance up to which pairs are kept (≤).
    cell_ids, offer_ids : Index
        Every cell and every offer asked for, also those without a pair.
    pairs : DataFrame
        cell_id, offer_id, metres (walked); ordered by cell, metres, offer.
    example : bool
        Whether the offers are invented.
    """

    kind: str
    limit_metres: float
    cell_ids: pd.Index
    offer_ids: pd.Index
    pairs: pd.DataFrame
    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who reaches an offer of a kind.

    Attributes
    ----------
    kind, target_group : str
        Kind of offer and the age group it is made for.
    table : DataFrame
        Long: quarter_id, minutes, reached (persons within the limit), persons, mean_offers (mean number of offers within
        the limit for each person), mean_low and mean_high (its bounds), status, example. Every quarter, every limit.
    offers : int
        How many offers of the kind there are.
    """

    kind: str
    target_group: str
    table: pd.DataFrame
    offers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Places for each person of the target group in a quarter.

    Attributes
    ----------
    kind, target_group : str
        Kind of offer and the age group it is made for.
    table : DataFrame
        Index quarter_id: places, persons, rate (places for each person), status, example.
    mixed : tuple of str
        Offers whose places also serve others: they count in full, so that the rate is an upper bound.
    left_out : tuple of str
        Offers with places for others only.
    unknown : tuple of str
        Offers without a number of places.
    """

    kind: str
    target_group: str
    table: pd.DataFrame
    mixed: tuple[str, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catchments:
    """Places in reach for each person, where all who have an offer in reach share its places.

    Attributes
    ----------
    kind, form : str
        Kind of offer, and how the places are shared.
    cells : DataFrame
        Index cell_id: persons, access (places for each person), unmet (persons without a place, if every place serves one);
        for `raam` also cost (of crowd and way, the mean crowd is 1), missing where there is no place in reach.
    offers : DataFrame
        Index offer_id: capacity, demand (persons who ask for it, weighed as the form does), ratio (places for each of them;
        missing where nobody does), used (places that the cells get).
    example : bool
        Whether the offers are invented.
    """

    kind: str
    form: str
    cells: pd.DataFrame
    offers: pd.DataFrame
    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who goes where, if all walk as little as the places allow.

    Attributes
    ----------
    kind : str
        Kind of offer.
    flows : DataFrame
        cell_id, offer_id, persons (over 0), metres; ordered by cell and offer.
    unserved : Series
        Persons without a place, by cell.
    load : Series
        Persons who go there, by offer.
    cost : float
        Persons × metres walked, and the penalty for each unserved person.
    example : bool
        Whether the offers are invented.
    """

    kind: str
    flows: pd.DataFrame
    unserved: pd.Series
    load: pd.Series
    cost: float
    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """What closures would push elsewhere, when all are assigned anew.

    Attributes
    ----------
    base : Assignment
        Without a closure.
    closures : DataFrame
        By the offer that closes, or by the name of what closes at once: displaced (persons who had gone there), unserved
        (persons more without a place), cost (persons × metres more, penalties included), filled (offers that become full).
    full : DataFrame
        closed, offer_id: offers that become full.
    unserved : DataFrame
        closed, cell_id, persons: who has no place more than before, or fewer (below 0): somebody else may be left over.
    """

    base: Assignment
    closures: pd.DataFrame
    full: pd.DataFrame
    unserved: pd.DataFrame
