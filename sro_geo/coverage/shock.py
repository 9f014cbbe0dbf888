"""What a supposed shock takes away: closed offers, fewer places, more children."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.alternatives import compare_reach, count_alternatives
from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.sharing import share_places
from sro_geo.coverage.supply import count_capacity
from sro_geo.model.population import count_persons, find_gaps
from sro_geo.model.shock import ShockLoss

if TYPE_CHECKING:
    from collections.abc import Collection

    from sro_geo.model.offers import Places
    from sro_geo.model.population import Population
    from sro_geo.model.reach import Reach
    from sro_geo.model.shock import Supposed

COUNTS = ("persons", "reached", "lose", "lose_choice", "farther", "metres")


def measure_shock(reach: Reach, places: Places, population: Population, shock: Supposed) -> ShockLoss:
    """What a shock takes away from each quarter and from the city.

    Parameters
    ----------
    reach : Reach
        Pairs of the population's cells, at least as far as the shock's limit.
    places : Places
        Of one kind or of several. Where the number of an offer's places isn't known, who has it in reach has an open one.
    population : Population
        Persons by cell and age.
    shock : Supposed
        What is supposed.

    Returns
    -------
    ShockLoss
        By quarter and for the city.

    Raises
    ------
    ValueError
        If a share is out of range, an offer that closes is unknown, the age bands don't make up the target group, the limit is
        farther than the pairs reach or not over 0, or the pairs belong to other cells.

    Notes
    -----
    Places are shared as in the two-step floating catchment area: each offer's by all who have it in reach. Who loses an offer
    doesn't crowd the others any more than before, since he had been counted at each of them.

    A quarter whose persons aren't known has no number, and neither has the city where such a quarter has in reach what closes.

    Laws: nothing becomes better for anybody; what is shared after it are the places that are left and that somebody has in reach;
    `lose` is who is reached before less who is reached after; a shock that takes nothing changes nothing; the city is the sum.

    References
    ----------
    Luo, W., Wang, F. (2003): Measures of spatial accessibility to health care in a GIS environment. Environment and Planning B
    30 (the two steps). Murray, A., Matisziw, T., Grubesic, T. (2008): A methodological overview of network vulnerability
    analysis. Growth and Change 39 (interdiction of several facilities).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_shock, measure_straight, read_project
    >>> from sro_geo.model.shock import Supposed
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> closed = frozenset(tables.offers.index[tables.offers["name"] == "Jugendtreff Neue Heide"])
    >>> shock = Supposed(target_group="6-15", limit_metres=1000, closed=closed)
    >>> loss = measure_shock(reach, tables.places, people, shock)
    >>> own = loss.table.set_index("quarter_id").loc["08"]
    >>> print(f"{own['lose']:.0f} of {own['reached']:.0f} children lose the last one in Neue Heide")
    300 of 300 children lose the last one in Neue Heide
    """
    persons, quarters = _count_group(population, shock.target_group), population.cells["quarter_id"]
    _check(reach, population, shock)
    less = _close(reach, shock.closed)
    unknown = set(find_gaps(population, target_group=shock.target_group))
    own = places[places["offer_id"].isin(reach.offer_ids)]
    capacity = count_capacity(own, target_group=shock.target_group)
    near = weigh_steps([(shock.limit_metres, 1.0)])
    shares = [
        share_places(one, people, quarters, stock, decay=near, balanced=False, unknown=unknown)
        for one, people, stock in (
            (reach, persons, capacity),
            (less, persons * (1 + shock.more_persons), capacity * (1 - shock.fewer_places)),
        )
    ]
    before, after = (_add_city(share) for share in shares)
    table = _count(reach, less, persons, quarters, limit_metres=shock.limit_metres)
    return ShockLoss(
        kind=reach.kind,
        shock=shock,
        table=_total(table.reindex(shares[0].index, fill_value=0.0), unknown),
        before=before,
        after=after,
        example=reach.example,
    )


def _count_group(population: Population, target_group: str) -> pd.Series:
    persons = count_persons(population, target_group=target_group)
    if persons is None:
        message = f"the age bands of `population` don't make up {target_group}"
        raise ValueError(message)
    return persons


def _check(reach: Reach, population: Population, shock: Supposed) -> None:
    if not 0 <= shock.fewer_places <= 1:
        message = f"`fewer_places` must be from 0 to 1; got {shock.fewer_places:g}"
        raise ValueError(message)
    if not 0 <= shock.more_persons < np.inf:
        message = f"`more_persons` must be a number of at least 0; got {shock.more_persons:g}"
        raise ValueError(message)
    if not reach.cell_ids.sort_values().equals(population.cells.index.sort_values()):
        message = "`reach` must hold the cells of `population`"
        raise ValueError(message)
    if foreign := sorted(shock.closed - set(reach.offer_ids)):
        message = f"`closed` must be offers of `reach`; got {foreign[0]}"
        raise ValueError(message)


def _close(reach: Reach, closed: Collection[str]) -> Reach:
    """Pairs without those of some offers."""
    kept = ~reach.pairs["offer_id"].isin(closed)
    ids = reach.offer_ids[~reach.offer_ids.isin(closed)]
    return replace(reach, offer_ids=ids, pairs=reach.pairs[kept].reset_index(drop=True))


def _count(reach: Reach, less: Reach, persons: pd.Series, quarters: pd.Series, *, limit_metres: float) -> pd.DataFrame:
    """Persons by quarter; a quarter in which nobody has an offer in reach has zeros."""
    changed = compare_reach(reach, less, persons, quarters, limit_metres=limit_metres).set_index("quarter_id")
    had, have = (count_alternatives(one, limit_metres=limit_metres).reindex(persons.index) for one in (reach, less))
    sums = pd.DataFrame({"persons": persons, "lose_choice": persons.where((had > 1) & (have == 1), 0.0)})
    table = sums.groupby(quarters).sum().join(changed).fillna(dict.fromkeys(changed.columns, 0.0))
    # marked here, so that a quarter whose persons aren't known counts as touched as well
    return table[list(COUNTS)].assign(touched=(had > have).groupby(quarters).any())


def _total(table: pd.DataFrame, unknown: Collection[str]) -> pd.DataFrame:
    """Quarters and the city; without the numbers that aren't known."""
    hidden = table.index.isin(list(unknown))
    counts = table[list(COUNTS)]
    city = counts.sum()
    if hidden.any():
        city["persons"] = city["reached"] = np.nan
    if (table["touched"] & hidden).any():
        city[:] = np.nan
    whole = counts.mask(pd.Series(hidden, index=table.index), axis=0).rename_axis("quarter_id").reset_index()
    return pd.concat([whole, city.to_frame().T.assign(quarter_id=None)[whole.columns]], ignore_index=True)


def _add_city(share: pd.DataFrame) -> pd.DataFrame:
    """Shares of the quarters and of all of them together."""
    city = {
        "persons": share["persons"].sum(skipna=False),
        "gets": share["gets"].sum(skipna=False),
        "most": share["most"].max(),
        "crowd": share["gets"].sum() / thin if (thin := (share["gets"] / share["crowd"]).sum()) > 0 else np.nan,
        "open": share["open"].any(),
        "unstated": share["unstated"].any(),
    }
    return pd.concat([share, pd.DataFrame([city])], ignore_index=True)
