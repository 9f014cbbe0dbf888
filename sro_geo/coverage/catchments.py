"""Places in reach for each person, where many share them: floating catchments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.crowding import settle
from sro_geo.coverage.decay import weigh
from sro_geo.coverage.links import lay_links
from sro_geo.model.reach import Catchments

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sro_geo.coverage.decay import Decay
    from sro_geo.coverage.links import Links
    from sro_geo.model.reach import Reach

    Floats = NDArray[np.float64]
    Form = Callable[[Links, Floats], tuple[Floats, Floats]]
    """By pair: how much of a cell's persons an offer is asked for, how much of the offer's places for each of them the cell
    gets."""


def measure_catchments(
    reach: Reach,
    demand: pd.Series,
    capacity: pd.Series,
    *,
    form: str = "2sfca",
    decay: Decay | None = None,
    limit_metres: float | None = None,
) -> Catchments:
    """Places for each person of each cell, when all who have an offer in reach share its places.

    Parameters
    ----------
    reach : Reach
        Pairs of cell and offer.
    demand : Series
        Persons of the target group by cell, at least 0.
    capacity : Series
        Places by offer, at least 0.
    form : str
        `"2sfca"`: everybody in reach counts alike. `"e2sfca"`: the nearer count more. `"3sfca"`: persons spread over their
        offers. `"m2sfca"`: places too far from everybody stay unused. `"balanced"`: every person counts once. `"raam"`:
        everybody goes where crowd and way together are least.
    decay : callable or None
        Metres to weights in 0..1 (`weigh_steps`, `weigh_gaussian` or any other). `"2sfca"` and `"raam"` have none, all others
        need one.
    limit_metres : float or None
        Walked metres (≤, a hair of 1e-9 of it included); None: as far as the pairs reach. For `"raam"` a way as long as the
        limit weighs as much as the mean crowd.

    Returns
    -------
    Catchments
        Cells: persons, access, unmet. Offers: capacity, demand, ratio, used. On the index of the reach.

    Raises
    ------
    ValueError
        If a number is missing or out of range, the form is unknown or a setting would have no effect.
    RuntimeError
        If `"raam"` doesn't settle.

    Notes
    -----
    With persons p, places s and weights w, and g = w ÷ (sum of w over the cell's offers): an offer is asked by the sum of a·p,
    and a cell gets the sum of b·s ÷ (what the offer is asked). `2sfca`, `e2sfca`: a = b = w; `3sfca`: a = b = g·w; `m2sfca`:
    a = w, b = w²; `balanced`: a = b = g. Páez, Higgins and Vivona divide the weights of the second step by their sum over
    the offer's cells, which balances the ratios and not the places; with g in both steps no place is given twice or lost.

    An offer that nobody of the target group has in reach has no ratio and gives nobody a place; a cell without an offer has
    0. A cell without persons has what a person there would have.

    Laws: the sum of access × persons is the capacity of all offers that persons have in reach, at most that for `m2sfca`; for
    `raam` that of the offers somebody goes to. After a closure `2sfca` and `e2sfca` are better for nobody.

    References
    ----------
    Luo, W., Wang, F. (2003): Measures of spatial accessibility to health care in a GIS environment. Environment and Planning
    B 30 (2SFCA). Luo, W., Qi, Y. (2009): Health & Place 15 (E2SFCA). Wan, N., Zou, B., Sternberg, T. (2012): A three-step
    floating catchment area method for analyzing spatial access to health services. International Journal of Geographical
    Information Science 26. Delamater, P. (2013): Spatial accessibility in suboptimally configured health care systems.
    Health & Place 24 (M2SFCA). Páez, A., Higgins, C., Vivona, S. (2019): Demand and level of service inflation in floating
    catchment area (FCA) methods. PLOS ONE 14 (balanced). Saxon, J., Snow, D. (2020): A rational agent model for the spatial
    accessibility of primary health care. Annals of the American Association of Geographers 110 (RAAM).

    Examples
    --------
    >>> from sro_geo import count_capacity, find_shipped, measure_catchments, measure_straight, read_project
    >>> from sro_geo.coverage.decay import weigh_steps
    >>> from sro_geo.model.population import count_persons
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> children = count_persons(people, target_group="6-15")
    >>> places = count_capacity(tables.places, target_group="6-15")
    >>> near = weigh_steps([(500, 1), (1000, 0.5)])
    >>> found = measure_catchments(reach, children, places, form="e2sfca", decay=near)
    >>> print(f"{found.cells['unmet'].sum():.0f} of {children.sum():.0f} children have no place in reach")
    3498 of 3703 children have no place in reach
    """
    if form not in FORMS:
        message = f"`form` must be one of {', '.join(FORMS)}; got {form}"
        raise ValueError(message)
    if (decay is None) != (form in _WITHOUT_DECAY):
        message = f"`decay` must be {'left out' if decay else 'given'} for {form}"
        raise ValueError(message)
    limit = reach.limit_metres if limit_metres is None else limit_metres
    links = lay_links(reach, demand, capacity, limit_metres=limit)
    if form == "raam":
        links = links.choose(links.places[links.offer] > 0)
        weights, cost = settle(links, scale_metres=limit)
    else:
        weights, cost = weigh(links.metres, decay), None
        links, weights = links.choose(weights > 0), weights[weights > 0]
    return _lay_out(reach, links, form=form, shares=FORMS[form](links, weights), cost=cost)


def _share_alike(_: Links, weights: Floats) -> tuple[Floats, Floats]:
    return weights, weights


def _spread(links: Links, weights: Floats) -> tuple[Floats, Floats]:
    spread = _divide(links, weights) * weights
    return spread, spread


def _modify(_: Links, weights: Floats) -> tuple[Floats, Floats]:
    return weights, weights**2


def _balance(links: Links, weights: Floats) -> tuple[Floats, Floats]:
    balanced = _divide(links, weights)
    return balanced, balanced


FORMS: dict[str, Form] = {
    "2sfca": _share_alike,
    "e2sfca": _share_alike,
    "3sfca": _spread,
    "m2sfca": _modify,
    "balanced": _balance,
    "raam": _share_alike,
}
"""By name: the shares of both steps, from the weights; for `raam` from where everybody goes."""

_WITHOUT_DECAY = ("2sfca", "raam")


def _divide(links: Links, weights: Floats) -> Floats:
    """Weights as shares of all that a cell has."""
    shares: Floats = weights / links.sum_cells(weights)[links.cell]
    return shares


def _lay_out(
    reach: Reach, links: Links, *, form: str, shares: tuple[Floats, Floats], cost: Floats | None
) -> Catchments:
    asked, got = shares
    people = links.persons[links.cell]
    demand = links.sum_offers(asked * people)
    ratio = np.divide(links.places, demand, out=np.full(len(demand), np.nan), where=demand > 0)
    each = got * np.where(demand > 0, ratio, 0.0)[links.offer]
    access = links.sum_cells(each)
    cells = pd.DataFrame(
        {"persons": links.persons, "access": access, "unmet": links.persons * np.maximum(0.0, 1 - access)},
        index=reach.cell_ids,
    )
    used = links.sum_offers(each * people)
    return Catchments(
        kind=reach.kind,
        form=form,
        cells=cells if cost is None else cells.assign(cost=cost),
        offers=pd.DataFrame(
            {"capacity": links.places, "demand": demand, "ratio": ratio, "used": used}, index=reach.offer_ids
        ),
        example=reach.example,
    )
