"""Offers and their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NewType

import geopandas as gpd
import pandas as pd

from sro_geo.errors import stop_at
from sro_geo.model.ages import is_age_group
from sro_geo.model.schema import (
    find_duplicates,
    find_foreign_crs,
    find_missing_columns,
    find_unknown_codes,
    find_untidy_numbers,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.catalogue import OfferKind
    from sro_geo.model.quarters import Quarters

Offers = NewType("Offers", gpd.GeoDataFrame)  # type: ignore[valid-newtype]  # geopandas has no types
"""Checked offers: index `offer_id` (text), columns of `COLUMNS`; points in the quarters' CRS, none where it must not be shown."""

Places = NewType("Places", pd.DataFrame)
"""Checked places: offer_id, age_group, places. An age group may name several bands that share the places: `"0-3|3-6"`."""

COLUMNS = [
    "kind", "name", "provider", "site_id", "quarter_id", "valid_from", "valid_to", "opening_times", "cost",
    "status", "example", "source", "row", "geometry",
]  # fmt: skip


def as_offers(frame: gpd.GeoDataFrame, *, kinds: Mapping[str, OfferKind], quarters: Quarters) -> Offers:
    """Check offers and return them as `Offers`.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns offer_id and `COLUMNS`; geometry are points in the quarters' CRS or empty.
    kinds : mapping of str to OfferKind
        The catalogue.
    quarters : Quarters
        Boundaries that `quarter_id` refers to.

    Raises
    ------
    DataError
        With all problems at once: missing columns, another CRS, unknown kinds or quarters, ids that occur twice, an
        offer that people walk to but that has no point.

    Notes
    -----
    A point of a kind with a protected address, or of one that is known by area only, is dropped here together with
    the `site_id` that could give it away, so that nothing after this step can show it.

    Examples
    --------
    >>> from sro_geo import as_offers, find_shipped, read_boundaries, read_offers, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> read = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={})
    >>> frame = read.offers.reset_index().query("name == 'Jugendtreff Westend'")
    >>> as_offers(frame, kinds=kinds, quarters=quarters).geometry.notna().tolist()
    [True]
    >>> as_offers(frame.assign(kind="inobhutnahme"), kinds=kinds, quarters=quarters).geometry.notna().tolist()
    [False]
    """
    problems = find_missing_columns(frame, ["offer_id", *COLUMNS], table="offers")
    stop_at(problems or find_foreign_crs(frame, quarters, table="offers"))
    hidden = frame["kind"].map(lambda code: code in kinds and kinds[code].pointless).astype(bool)
    walked_to = frame["kind"].map(lambda code: code in kinds and kinds[code].reach).astype(bool)
    no_point = frame.geometry.isna() | frame.geometry.is_empty
    no_quarter = frame["quarter_id"].isna()
    unknown = frame["kind"][~frame["kind"].isin(list(kinds))]
    problems += [
        replace(p, values={**p.values, "known": ", ".join(sorted(kinds)), "word": unknown.iloc[0]})
        for p in find_unknown_codes(frame, "kind", list(kinds), cause="unknown_kind")
    ]
    problems += find_unknown_codes(frame[~no_quarter], "quarter_id", list(quarters.index), cause="unknown_quarter")
    problems += find_duplicates(frame, ["offer_id"], table="offers")
    problems += report(frame, walked_to & no_point, "offer_without_point", column="name")
    problems += report(frame, ~no_point & (frame.geometry.geom_type != "Point"), "offer_not_a_point", column="name")
    stop_at(problems)
    shown = frame.assign(
        geometry=frame.geometry.where(~hidden, None),
        site_id=frame["site_id"].where(~hidden, ""),
        offer_id=frame["offer_id"].astype("str"),
    )
    return Offers(shown.set_index("offer_id").sort_index()[COLUMNS])


def as_places(frame: pd.DataFrame, *, offers: Offers) -> Places:
    """Check places and return them as `Places`.

    Raises
    ------
    DataError
        If an offer is unknown, an age group cannot be read, a number is negative or an offer's group occurs twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from sro_geo import as_places, find_shipped, read_boundaries, read_offers, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> offers = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={}).offers
    >>> frame = pd.DataFrame({"offer_id": ["A001", "A001"], "age_group": ["0-3", "3-6"], "places": [36, 70]})
    >>> print(f"{offers.loc['A001', 'name']}: {as_places(frame, offers=offers)['places'].sum():.0f} places")
    Kita Nordtor: 106 places
    """
    problems = find_missing_columns(frame, ["offer_id", "age_group", "places"], table="places")
    stop_at(problems)
    problems += find_unknown_codes(frame, "offer_id", list(offers.index), cause="unknown_offer")
    problems += report(
        frame, ~frame["age_group"].map(is_age_group).astype(bool), "unknown_age_group", column="age_group"
    )
    problems += find_untidy_numbers(frame, "places")
    problems += report(frame, frame["places"].isna(), "places_missing", column="offer_id")
    problems += find_duplicates(frame, ["offer_id", "age_group"], table="places")
    stop_at(problems)
    checked = frame[["offer_id", "age_group", "places"]].astype(
        {"offer_id": "str", "age_group": "str", "places": "float64"}
    )
    return Places(checked.sort_values(["offer_id", "age_group"]).reset_index(drop=True))
