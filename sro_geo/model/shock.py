"""A shock that is supposed, and what it takes away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A shock that is supposed: what closes, what becomes less, and who becomes more; all of it at once.

    Attributes
    ----------
    target_group : str
        Ages of those whom it is about, `"0-6"`.
    limit_metres : float
        Walked metres (≤) within which an offer counts.
    closed : frozenset of str
        Offers that close; for a provider, all of its offers.
    fewer_places : float
        Share of the places that the others lose, 0 to 1.
    more_persons : float
        By what share the persons become more in every cell, at least 0.
    """

    target_group: str
    limit_metres: float
    closed: frozenset[str] = frozenset()
    fewer_places: float = 0.0
    more_persons: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShockLoss:
    """What a supposed shock takes away.

    Attributes
    ----------
    kind : str
        Kind of offer.
    shock : Supposed
        What is supposed.
    table : DataFrame
        Every quarter that has cells, then the whole city, whose `quarter_id` is missing: persons, reached (those with an offer
        in reach), lose (those of them who have none any more), lose_choice (those of them who had several and have one),
        farther (those whose nearest one is farther away then), metres (by how much their ways grow in all: persons × metres).
        Persons of today; missing where they aren't known.
    before, after : DataFrame
        By the same rows, places shared by all who have an offer in reach: columns of `share_places`.
    example : bool
        Whether the offers are invented.
    """

    kind: str
    shock: Supposed
    table: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    example: bool
