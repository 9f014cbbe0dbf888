"""How much of each old quarter lies in each new one, by the people who live there or by area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.errors import DataError, Problem
from sro_geo.load.placing import find_quarters
from sro_geo.model.ages import find_bands, parse_age_group
from sro_geo.model.population import count_persons
from sro_geo.model.quarters import Quarters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.model.population import Population

SLIVER, NARROW = 0.001, 2.0
"""An overlap with less of an old quarter's area, or on average narrower than so many metres, is a border drawn twice."""

OUTSIDE = 0.01
"""Part of an old quarter beyond all new ones that nobody asks about: two offices draw a coast differently."""

_PAIR = ["from_id", "to_id"]
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Shares as computed, not checked yet.

    Attributes
    ----------
    shares : DataFrame
        from_id, to_id, share.
    notes : tuple of Problem
        What the shares were weighted by, pieces left out, and old quarters that reach beyond all new ones.
    """

    shares: pd.DataFrame
    notes: tuple[Problem, ...]


def weigh_overlaps(old: Quarters, new: Quarters, *, population: Population | None, smallest: int) -> Weighed:
    """Shares of old quarters in new ones.

    Parameters
    ----------
    old, new : Quarters
        Boundaries; the old ones are brought into the new ones' reference system.
    population : Population or None
        Cells of people in the new quarters; None weighs by area.
    smallest : int
        Fewer people than these are no weight.

    Raises
    ------
    DataError
        If an old quarter lies in no new one, or nobody lives in one that lies in several.

    Notes
    -----
    share(s, t) = persons in cells that lie in s and t ÷ persons in cells that lie in s and in any new quarter. An old
    quarter that lies in one new quarter only, but for slivers, goes there as a whole, whether anybody lives in it or not.
    """
    moved = Quarters(gpd.GeoDataFrame(old).to_crs(new.crs))
    pairs = _overlay(moved, new)
    sliver = (pairs["part"] < SLIVER) | (pairs["width"] < NARROW)
    kept = pairs[~sliver]
    nowhere = sorted(set(moved.index) - set(kept["from_id"]))
    if nowhere:
        raise DataError(Problem(cause="crosswalk_nowhere", values={"count": len(nowhere), "found": nowhere}))
    notes = [*_note_pieces(pairs[sliver], "crosswalk_slivers"), *_note_outside(pairs, moved)]
    if population is None:
        weights, told = kept.assign(weight=kept["area"]), [Problem(cause="crosswalk_by_area")]
    else:
        weights, told = _weigh_people(kept, moved, population, smallest=smallest)
    sums = weights.groupby("from_id")["weight"].transform("sum")
    shares = weights.assign(share=weights["weight"] / sums)[[*_PAIR, "share"]]
    return Weighed(shares=shares[shares["share"] > 0], notes=(*told, *notes))


def _overlay(old: Quarters, new: Quarters) -> pd.DataFrame:
    """Pairs that share an area: square metres, part of the old quarter, and width in metres on average."""
    ours, theirs = old.geometry.to_numpy(), new.geometry.to_numpy()
    left, right = shapely.STRtree(theirs).query(ours, predicate="intersects")
    shared = shapely.intersection(ours[left], theirs[right])
    area = shapely.area(shared)
    pairs = pd.DataFrame(
        {
            "from_id": old.index.to_numpy()[left],
            "to_id": new.index.to_numpy()[right],
            "area": area,
            "part": area / shapely.area(ours)[left],
            "width": _measure_widths(shared),
        }
    )
    return pairs[pairs["area"] > 0].sort_values(_PAIR, ignore_index=True)


def _measure_widths(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Average width in metres of areas as of long strips: twice the area for each metre of their border."""
    border = shapely.length(shapes)
    widths: NDArray[np.float64] = np.divide(
        2 * shapely.area(shapes), border, out=np.zeros(len(shapes)), where=border > 0
    )
    return widths


def _weigh_people(
    kept: pd.DataFrame, old: Quarters, population: Population, *, smallest: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """Weights of the pairs, and notes on what they were weighted by.

    Raises
    ------
    DataError
        If nobody lives in an old quarter that lies in several new ones.
    """
    persons, group = _count_everybody(population)
    cells = pd.DataFrame(
        {
            "from_id": find_quarters(population.cells.geometry, quarters=old),
            "to_id": population.cells["quarter_id"],
            "persons": persons,
        }
    )
    sums = cells.groupby(_PAIR)["persons"].sum().rename("weight")
    weights = kept.join(sums, on=_PAIR)
    sole = weights.groupby("from_id")["to_id"].transform("size") == 1
    few = ~(weights["weight"] >= smallest) & ~sole  # a pair without cells has nobody
    weights = weights.assign(weight=weights["weight"].where(~sole, 1.0).mask(few, 0.0))
    empty = sorted({*weights["from_id"]} - {*weights.loc[weights["weight"] > 0, "from_id"]})
    if empty:
        raise DataError(Problem(cause="crosswalk_no_people", values={"count": len(empty), "found": empty}))
    told = Problem(cause="crosswalk_by_people", values={"group": group})
    lone = [{**note.values, "smallest": smallest} for note in _note_pieces(weights[few], "crosswalk_few")]
    return weights, [told, *(Problem(cause="crosswalk_few", values=values) for values in lone)]


def _count_everybody(population: Population) -> tuple[pd.Series, str]:
    """Persons of each cell in the widest age group that the bands make up, and that group; bands may nest."""
    bands = population.bands
    starts, ends = sorted({band.start for band in bands}), sorted({band.end for band in bands}, reverse=True)
    spans = [f"{start}+" if np.isinf(end) else f"{start}-{int(end)}" for start in starts for end in ends if end > start]
    widest = next(span for span in spans if find_bands(parse_age_group(span), bands) is not None)
    counted = count_persons(population, target_group=widest)
    if counted is None:  # pragma: no cover  the span was chosen so that it is made up
        raise AssertionError
    return counted, widest


def _note_pieces(pieces: pd.DataFrame, cause: str) -> list[Problem]:
    """Pieces that do not count, the largest first; less than a square metre is the rounding of coordinates."""
    told = pieces[pieces["area"] >= 1].sort_values("part", ascending=False, kind="stable")
    if told.empty:
        return []
    found = [f"{a} / {b}: {round(area)} m²" for a, b, area in told[[*_PAIR, "area"]].itertuples(index=False)]
    return [Problem(cause=cause, values={"count": len(found), "found": found})]


def _note_outside(pairs: pd.DataFrame, old: Quarters) -> list[Problem]:
    """Old quarters that reach beyond all new ones."""
    covered = pairs.groupby("from_id")["part"].sum().reindex(old.index, fill_value=0.0)
    outside = (1 - covered)[1 - covered >= OUTSIDE].sort_values(ascending=False, kind="stable")
    if outside.empty:
        return []
    found = [f"{key}: {round(_PERCENT * part)} %" for key, part in outside.items()]
    return [Problem(cause="crosswalk_outside", values={"count": len(found), "found": found})]
