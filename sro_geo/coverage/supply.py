"""Places for each person of a target group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.model.ages import lies_within, parse_age_group, parse_age_groups
from sro_geo.model.reach import Supply
from sro_geo.model.status import MISSING, NOT_APPLICABLE, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.ages import AgeGroup
    from sro_geo.model.offers import Offers, Places


def measure_supply(  # noqa: PLR0913  seven facts, none of which follows from another
    offers: Offers,
    places: Places,
    persons: pd.Series,
    *,
    kind: str,
    target_group: str,
    status: str,
    example: bool,
    gaps: Mapping[str, str] | None = None,
) -> Supply:
    """Places in each quarter for each person of the target group who lives there.

    Parameters
    ----------
    offers, places : Offers, Places
        An offer may have several age bands; a band may be several that share their places (`"0-3|3-6"`).
    persons : Series
        Persons of the target group on the quarters' index; missing where they are not known.
    kind : str
        Kind of offer.
    target_group : str
        Ages the rate is about, `"0-7"`.
    status : str
        Status of the rates: as good as the persons are known.
    example : bool
        Whether places or persons are invented.
    gaps : mapping of str to str or None
        Status of the quarters whose persons are missing; withheld where it does not say.

    Returns
    -------
    Supply
        Table on the index of `persons`; places and rate are missing exactly where they are not known. Offers without
        a quarter count in none.

    Notes
    -----
    An offer counts in full when at least one of its bands lies within the target group. It is named as mixed
    when another of its bands does not: its places also serve others, so the rate is an upper bound. An offer
    all of whose bands reach beyond the target group is left out. Nobody in the target group: the rate is not
    applicable.

    An offer whose number of places is not known makes the places and the rate of its quarter missing: what the
    others have is a lower bound, and would pose as the rate.

    Laws: every offer of the kind with places either counts, is left out, or lies in a quarter whose places are missing;
    moving an offer changes no city total.

    References
    ----------
    § 80 SGB VIII (Jugendhilfeplanung): the stock of places is set against the need.

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_supply, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> rows = tables.indicators.query("indicator == 'alter_6_15' and year == 2024")
    >>> children = rows.set_index("quarter_id")["value"]
    >>> meant = {"kind": "jugendarbeit", "target_group": "6-15", "status": "observed", "example": True}
    >>> supply = measure_supply(tables.offers, tables.places, children, **meant)
    >>> print(f"{100 * supply.table.loc['08', 'rate']:.0f} places per 100 children in Neue Heide")
    10 places per 100 children in Neue Heide
    """
    ids = offers.index[offers["kind"] == kind]
    own = places[places["offer_id"].isin(ids)]
    target = parse_age_group(target_group)
    bands = {str(offer): _list_bands(rows) for offer, rows in own.groupby("offer_id")["age_group"]}
    counted = [offer for offer, ages in bands.items() if any(lies_within(age, target) for age in ages)]
    mixed = [offer for offer in counted if not all(lies_within(age, target) for age in bands[offer])]
    by_offer = own[own["offer_id"].isin(counted)].groupby("offer_id")["places"].sum()
    by_quarter = by_offer.groupby(offers["quarter_id"].reindex(by_offer.index)).sum()
    unknown = [str(offer) for offer in ids if offer not in bands]
    known = by_quarter.reindex(persons.index, fill_value=0.0)
    stated = known.mask(known.index.isin(offers.loc[unknown, "quarter_id"]))
    return Supply(
        kind=kind,
        target_group=target_group,
        table=_lay_out(stated, persons, status=status, example=example, gaps=gaps or {}),
        mixed=tuple(mixed),
        left_out=tuple(offer for offer in bands if offer not in set(counted)),
        unknown=tuple(unknown),
    )


def _list_bands(groups: pd.Series) -> list[AgeGroup]:
    return [age for text in groups for age in parse_age_groups(str(text))]


def _lay_out(
    places: pd.Series, persons: pd.Series, *, status: str, example: bool, gaps: Mapping[str, str]
) -> pd.DataFrame:
    people = persons.to_numpy(dtype=float)
    reasons = [gaps.get(str(quarter), SUPPRESSED) for quarter in persons.index]
    open_ = places.isna().to_numpy()
    states = np.select([people == 0, np.isnan(people), open_], [NOT_APPLICABLE, reasons, MISSING], default=status)
    table = pd.DataFrame({"places": places.to_numpy(dtype=float), "persons": people}, index=persons.index)
    return table.assign(rate=table["places"] / table["persons"].where(people > 0), status=states, example=example)
