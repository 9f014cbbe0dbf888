"""How far cells or quarters are from offers, as somebody else measured it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sro_geo.errors import stop_at
from sro_geo.model.schema import find_duplicates, find_unknown_codes, report

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from sro_geo.errors import Problem
    from sro_geo.model.offers import Offers

Place = Literal["cell_id", "quarter_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Checked distances.

    Attributes
    ----------
    pairs : DataFrame
        offer_id, `place`, metres (≥ 0), each pair once; what isn't there can't be reached.
    place : {"cell_id", "quarter_id"}
        Whether they begin at cells, or hold for all cells of a quarter.
    example : bool
        Whether they are invented.
    """

    pairs: pd.DataFrame
    place: Place
    example: bool


def as_distances(
    frame: pd.DataFrame, *, offers: Offers, places: Collection[str], place: Place, example: bool
) -> Distances:
    """Check distances and return them as `Distances`.

    Parameters
    ----------
    frame : DataFrame
        offer (id, or the name of one offer alone), `place`, metres, source, row.
    offers : Offers
        Offers that may be named.
    places : collection of str
        Ids of the cells or quarters that may be named.
    place, example
        As in `Distances`.

    Raises
    ------
    DataError
        With all problems at once.
    """
    names = offers.reset_index().drop_duplicates("name", keep=False).set_index("name")["offer_id"]
    ids = frame["offer"].where(frame["offer"].isin(offers.index), frame["offer"].map(names))
    several = ids.isna() & frame["offer"].isin(offers["name"])
    problems: list[Problem] = report(frame, several, "distances_several_offers", column="offer")
    problems += report(frame, ids.isna() & ~several, "distances_unknown_offer", column="offer")
    problems += find_unknown_codes(frame, place, places, cause=f"distances_unknown_{place.removesuffix('_id')}")
    problems += report(frame, frame["metres"].isna(), "distances_empty", column="metres")
    problems += report(frame, frame["metres"] < 0, "distances_negative", column="metres")
    checked = frame.assign(offer_id=ids)
    problems += find_duplicates(checked[ids.notna()], ["offer_id", place], table="distances")
    stop_at(problems)
    return Distances(pairs=checked[["offer_id", place, "metres"]], place=place, example=example)
