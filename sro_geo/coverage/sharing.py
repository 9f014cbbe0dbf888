"""Places in reach by quarter, where all who have an offer in reach share its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.coverage.catchments import measure_catchments
from sro_geo.coverage.links import choose_pairs

if TYPE_CHECKING:
    from collections.abc import Collection

    from sro_geo.coverage.decay import Decay
    from sro_geo.model.reach import Reach

COLUMNS = ("persons", "gets", "most", "crowd", "open", "unstated")


def share_places(  # noqa: PLR0913  seven facts, none of which follows from another
    reach: Reach,
    persons: pd.Series,
    quarters: pd.Series,
    capacity: pd.Series,
    *,
    decay: Decay,
    balanced: bool,
    unknown: Collection[str] = (),
) -> pd.DataFrame:
    """Places that come to the persons of each quarter, when all who have an offer in reach share its places.

    Parameters
    ----------
    reach : Reach
        Pairs of cell and offer.
    persons, quarters : Series
        Persons of the target group, and the quarter, on the cells' index.
    capacity : Series
        Places by offer; an offer that isn't named has an unknown number.
    decay : callable
        Metres to weights in 0..1.
    balanced : bool
        Whether a person with several offers counts at each of them with a share (`balanced` of `measure_catchments`) or in full
        (`e2sfca`).
    unknown : collection of str
        Quarters whose persons are not known: they ask for nothing, and whoever shares an offer with them has an open number.

    Returns
    -------
    DataFrame
        Every quarter that has cells: `persons`; `gets`, the places that come to them; `most`, the largest number of places for
        one of them; `crowd`, how many persons, weighed, share the offers that these places are of (the harmonic mean over the
        places; missing without one); `open` and `unstated`, whether somebody there shares an offer with a quarter of `unknown`,
        or has an offer in reach whose places are unknown.

    Notes
    -----
    Laws: where nothing is open or unstated, the sum of `gets` is the capacity of all offers that somebody has in reach with a
    weight over 0. So many more persons at each of its offers take from a quarter at most their number × `gets` ÷ `crowd`.

    References
    ----------
    See `measure_catchments`.

    Examples
    --------
    >>> from sro_geo import count_capacity, find_shipped, measure_straight, read_project, share_places, weigh_steps
    >>> from sro_geo.model.population import count_persons
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> persons, places = count_persons(people, target_group="6-15"), count_capacity(tables.places, target_group="6-15")
    >>> near = weigh_steps([(1000, 1)])
    >>> found = share_places(reach, persons, people.cells["quarter_id"], places, decay=near, balanced=True)
    >>> print(f"{100 * found.loc['08', 'gets'] / found.loc['08', 'persons']:.0f} places per 100 children in Neue Heide")
    8 places per 100 children in Neue Heide
    """
    lost = quarters.isin(list(unknown))
    places = capacity.reindex(reach.offer_ids)
    demand = persons.mask(lost, 0.0)
    form = "balanced" if balanced else "e2sfca"
    found = measure_catchments(reach, demand, places.fillna(0.0), form=form, decay=decay)
    pairs = choose_pairs(reach, reach.limit_metres)
    weight = pd.Series(decay(pairs["metres"].to_numpy(dtype=float)), index=pairs.index)
    pairs, weight = pairs[weight > 0], weight[weight > 0]
    offer, cell = pairs["offer_id"], pairs["cell_id"]
    part = weight / weight.groupby(cell).transform("sum") if balanced else weight
    got = cell.map(demand) * part * offer.map(found.offers["ratio"]).fillna(0.0)
    shared = set(offer[cell.map(lost).to_numpy(dtype=bool)])
    ends = pd.DataFrame(
        {
            "thin": got / offer.map(found.offers["demand"]).where(got > 0, 1.0),
            "open": offer.isin(shared),
            "unstated": offer.map(places.isna()),
        }
    )
    marks = ends.groupby(cell).agg({"thin": "sum", "open": "any", "unstated": "any"}).reindex(reach.cell_ids)
    there = demand > 0
    own = pd.DataFrame(
        {
            "persons": demand,
            "gets": demand * found.cells["access"],
            "most": found.cells["access"].where(there, 0.0),
            "thin": marks["thin"].fillna(0.0),
            "open": marks["open"].eq(True) & there,  # noqa: FBT003  an element-wise comparison
            "unstated": marks["unstated"].eq(True) & there,  # noqa: FBT003  as above
        }
    ).groupby(quarters)
    table = own.agg({"persons": "sum", "gets": "sum", "most": "max", "thin": "sum", "open": "any", "unstated": "any"})
    table["crowd"] = table["gets"] / table["thin"].where(table["thin"] > 0)
    hidden = table.index.isin(list(unknown))
    return table.assign(persons=table["persons"].mask(hidden), gets=table["gets"].mask(hidden))[list(COLUMNS)]
