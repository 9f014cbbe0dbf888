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
    sorted_ = _sort_places(own, target_group=target_group)
    counted = sorted_[sorted_["counted"]]
    by_offer = counted["places"]
    by_quarter = by_offer.groupby(offers["quarter_id"].reindex(by_offer.index)).sum()
    unknown = [str(offer) for offer in ids if offer not in sorted_.index]
    known = by_quarter.reindex(persons.index, fill_value=0.0)
    stated = known.mask(known.index.isin(offers.loc[unknown, "quarter_id"]))
    return Supply(
        kind=kind,
        target_group=target_group,
        table=_lay_out(stated, persons, status=status, example=example, gaps=gaps or {}),
        mixed=tuple(counted.index[counted["mixed"]]),
        left_out=tuple(sorted_.index[~sorted_["counted"]]),
        unknown=tuple(unknown),
    )


def count_capacity(places: Places, *, target_group: str, part_time: Mapping[str, float] | None = None) -> pd.Series:
    """Places of each offer for a target group, counted as `measure_supply` does.

    Parameters
    ----------
    places : Places
        Of one kind or of several.
    target_group : str
        Ages that the places are for, `"0-7"`.
    part_time : mapping of str to float or None
        By offer, how much of a whole place each of its places is, over 0 and up to 1; whole where it does not say.

    Returns
    -------
    Series
        `capacity` by offer_id, for every offer whose number of places is known; 0 where all are for others.

    Raises
    ------
    ValueError
        If a part is out of range or of an offer without places.

    Notes
    -----
    An offer counts in full when at least one of its bands lies within the target group, so that the capacity of a mixed one is
    an upper bound. Law: in each quarter the sum is the number of places of `measure_supply`.

    References
    ----------
    § 80 SGB VIII (Jugendhilfeplanung).

    Examples
    --------
    >>> from sro_geo import count_capacity, find_shipped, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> ids = tables.offers.index[tables.offers["name"] == "Jugendtreff Neue Heide"]
    >>> own = tables.places[tables.places["offer_id"].isin(ids)]
    >>> whole = count_capacity(own, target_group="6-15").sum()
    >>> half = count_capacity(own, target_group="6-15", part_time=dict.fromkeys(ids, 0.5)).sum()
    >>> print(f"{whole:.0f} places, or {half:.0f} if they are open half of the days")
    30 places, or 15 if they are open half of the days
    """
    sorted_ = _sort_places(places, target_group=target_group)
    parts = pd.Series(dict(part_time or {}), dtype=float)
    bad = parts[~((parts > 0) & (parts <= 1)) | ~parts.index.isin(sorted_.index)]
    if len(bad):
        message = (
            f"`part_time` must be over 0 and up to 1 for offers with places; got {bad.iloc[0]:g} for {bad.index[0]}"
        )
        raise ValueError(message)
    capacity = sorted_["places"].where(sorted_["counted"], 0.0)
    return (capacity * parts.reindex(capacity.index).fillna(1.0)).rename("capacity")


def _sort_places(places: Places, *, target_group: str) -> pd.DataFrame:
    """By offer: places, whether it counts for the target group, and whether it also serves others."""
    target = parse_age_group(target_group)
    own = places.groupby("offer_id")
    inside = {str(offer): [lies_within(age, target) for age in _list_bands(rows)] for offer, rows in own["age_group"]}
    marks = {
        "counted": [any(found) for found in inside.values()],
        "mixed": [any(found) and not all(found) for found in inside.values()],
    }
    return pd.DataFrame({"places": own["places"].sum()}).assign(
        **{m: np.array(v, dtype=bool) for m, v in marks.items()}
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
