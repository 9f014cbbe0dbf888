"""Offers from OpenStreetMap: which places are some, and which of them are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.load.osmrules import CLOSED, KINDS, PUBLIC_ONLY, name_kind
from sro_geo.load.osmthings import read_things
from sro_geo.load.placing import NEAR_METRES
from sro_geo.load.telling import refuse, tell
from sro_geo.load.vectors import to_metric

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from sro_geo.errors import Problem
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

SAME_METRES = 100.0
"""Two places of one kind and one name that are no farther apart are one offer."""

TAGS = {"provider": "operator", "opening_times": "opening_hours", "places": "capacity"}
"""Tag by column of the model."""

_PLACES = re.compile(r"[1-9]\d{0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmOffers:
    """Offers as read.

    Attributes
    ----------
    frame : GeoDataFrame
        offer_id ("way/12"), kind, name, provider, opening_times, places (text) and a point in degrees.
    notes : tuple of Problem
        What was decided on the way.
    source : Source
        The file's provenance.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    source: Source


def read_osm_offers(file: DataFile, *, kinds: Collection[str], quarters: Quarters | None = None) -> OsmOffers:
    """Offers of an OpenStreetMap file.

    Parameters
    ----------
    file : DataFile
        OpenStreetMap PBF.
    kinds : collection of str
        Kinds that are wanted; of those that tags tell (`sro_geo.load.osmrules.KINDS`).
    quarters : Quarters or None
        Only what lies within 5 km of their box is taken; everything where None.

    Raises
    ------
    DataError
        If it is no such file or damaged, no tag tells any of the kinds, or nothing of them lies there.

    Notes
    -----
    Node and area of one site are one offer: of one kind, and the one in the other or both of one name and within 100 m. The
    largest is kept, and gets what only the others say. The name of an offer that has none is its id.
    """
    tags = [tags for kind, tags in KINDS if kind in kinds]
    if not tags:
        known = sorted({kind for kind, _ in KINDS})
        raise refuse(file.place, "osm_kind_unknown", found=sorted(kinds), known=known)
    things = read_things(file, tags=tags)
    frame = things.frame.assign(kind=[name_kind(held) for held in things.frame["tags"]])
    frame = _take_near(frame[frame["kind"].isin(list(kinds))], quarters)
    private = _find_private(frame)
    frame = frame[~private].reset_index(drop=True)
    if frame.empty:
        raise refuse(file.place, "no_osm_offers", wanted=[kind for kind in sorted(kinds) if _is_told(kind)])
    notes = list(things.notes)
    if private.any():
        notes.append(tell(file.place, "osm_private", count=int(private.sum())))
    merged = _merge(frame)
    gone = ~frame["osm"].isin(merged["offer_id"])
    if gone.any():
        notes.append(tell(file.place, "osm_merged", count=int(gone.sum()), found=list(_name(frame)[gone])))
    return OsmOffers(frame=merged.to_crs(things.frame.crs), notes=tuple(notes), source=things.source)


def _is_told(kind: str) -> bool:
    return any(kind == told for told, _ in KINDS)


def _take_near(frame: gpd.GeoDataFrame, quarters: Quarters | None) -> gpd.GeoDataFrame:
    """Places in metres, those near the quarters where these are known."""
    if frame.empty or quarters is None:
        return frame if frame.empty else to_metric(frame)
    there = frame.to_crs(quarters.crs)
    return there[there.distance(shapely.box(*quarters.total_bounds)) <= NEAR_METRES]


def _find_private(frame: gpd.GeoDataFrame) -> pd.Series:
    private = [
        kind in PUBLIC_ONLY and held.get("access") in CLOSED["access"]
        for kind, held in zip(frame["kind"], frame["tags"], strict=True)
    ]
    return pd.Series(private, index=frame.index, dtype=bool)


def _name(frame: gpd.GeoDataFrame) -> pd.Series:
    """Name of each place, its id where it has none."""
    names = [held.get("name", "").strip() for held in frame["tags"]]
    return pd.Series(names, index=frame.index, dtype="str").mask(lambda name: name == "", frame["osm"])


def _merge(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row for each site: the largest shape's, with what it does not say itself from the others."""
    ordered = frame.assign(site=_find_sites(frame), area=frame.area)
    ordered = ordered.sort_values(["site", "area"], ascending=[True, False], kind="stable")
    rows = []
    for _, parts in ordered.groupby("site"):
        held: dict[str, str] = {}
        for tags in reversed(list(parts["tags"])):
            held |= tags
        stated = {column: held.get(tag, "").strip() for column, tag in TAGS.items()}
        stated["places"] = stated["places"] if _PLACES.fullmatch(stated["places"]) else ""
        first = parts.iloc[0]
        rows.append({
            "offer_id": first["osm"],
            "kind": first["kind"],
            "name": held.get("name", "").strip() or first["osm"],
            **stated,
            "geometry": shapely.point_on_surface(first["geometry"]),
        })  # fmt: skip
    merged = gpd.GeoDataFrame(rows, crs=frame.crs).sort_values("offer_id")
    return merged.set_index(pd.RangeIndex(1, len(merged) + 1))


def _find_sites(frame: gpd.GeoDataFrame) -> NDArray[np.int32]:
    """Number of the site that each place belongs to."""
    from scipy.sparse import coo_array  # noqa: PLC0415  takes a while to load
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  takes a while to load

    shapes, kinds = frame.geometry.to_numpy(), frame["kind"].to_numpy()
    named = np.array([held.get("name", "").strip() for held in frame["tags"]], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SAME_METRES)
    within = shapely.covers(shapes[one], shapes[other])
    same = (named[one] == named[other]) & (named[one] != "")
    joined = (kinds[one] == kinds[other]) & (within | same)
    links = coo_array((np.ones(joined.sum()), (one[joined], other[joined])), shape=(len(frame), len(frame)))
    return np.asarray(connected_components(links.tocsr(), directed=False)[1])
