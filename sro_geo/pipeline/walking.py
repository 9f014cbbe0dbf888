"""Which way reach is measured in a project, and what is to be told of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.coverage.access import FARTHEST, find_access
from sro_geo.coverage.distance import list_placed, measure_straight
from sro_geo.coverage.given import choose_given
from sro_geo.coverage.walking import measure_walking
from sro_geo.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from sro_geo.coverage.access import Access
    from sro_geo.model.distances import Distances
    from sro_geo.model.offers import Offers
    from sro_geo.model.reach import Reach
    from sro_geo.model.streets import Streets
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import CoverageSettings

    Way = Callable[[gpd.GeoDataFrame, str], Reach]
    """Pairs of cells and the offers of a kind."""

_AT_END = 0.95
"""A table whose longest way is under so much of the longest limit was cut before it, or covers a small town."""

_NAMED = 8
"""So many offers are named in a note; the rest is counted."""


def choose_way(settings: CoverageSettings, tables: Tables) -> Way:
    """Measure of the pairs of cells and offers of a kind: along streets where there are some, else straight."""
    offers, streets, limit = tables.offers, tables.streets, settings.limit_metres
    if tables.distances is not None:
        return partial(_look_up, tables.distances, offers, limit)
    if streets is None:
        factor = settings.detour_factor or 1.0
        return lambda cells, kind: measure_straight(
            cells, offers, kind=kind, limit_metres=limit, detour_factor=factor, barrier=tables.barrier
        )
    joined: dict[int, tuple[gpd.GeoDataFrame, Access]] = {}  # the cells beside it, so that no others get their id

    def walk(cells: gpd.GeoDataFrame, kind: str) -> Reach:
        if id(cells) not in joined:
            joined[id(cells)] = cells, find_access(cells, streets)
        return measure_walking(joined[id(cells)][1], offers, streets, kind=kind, limit_metres=limit, run=tables.run)

    return walk


def name_phrase(tables: Tables) -> str:
    """Id of what so many minutes are called in a title: those of a table need not be walked."""
    return "walk_title" if tables.distances is None else "way_title"


def _look_up(distances: Distances, offers: Offers, limit: float, cells: gpd.GeoDataFrame, kind: str) -> Reach:
    return choose_given(cells, offers, distances, kind=kind, limit_metres=limit)


def tell_ways(settings: CoverageSettings, tables: Tables) -> list[Problem]:
    """What is to be told of the ways, whatever they are."""
    return [*tell_streets(settings, tables), *tell_given(settings, tables)]


def tell_given(settings: CoverageSettings, tables: Tables) -> list[Problem]:
    """Notes on a table of ways: one that ends before the longest limit, cells and offers that it doesn't name."""
    distances, people = tables.distances, tables.population
    if distances is None or people is None:
        return []
    notes: list[Problem] = []
    longest = float(distances.pairs["metres"].max()) / settings.to_metres(1)
    if longest < _AT_END * max(settings.minutes):
        values = {"longest": round(longest, 1), "minutes": max(settings.minutes)}
        notes.append(Problem(cause="distances_end", values=values))
    walked = tables.offers["kind"].map(lambda code: code in tables.kinds and tables.kinds[code].reach).astype(bool)
    offers = tables.offers[walked & ~tables.offers.index.isin(distances.pairs["offer_id"])]
    if len(offers):
        names = [str(name) for name in offers["name"][:_NAMED]] + ["…"] * (len(offers) > _NAMED)
        notes.append(Problem(cause="distances_without_offers", values={"n": len(offers), "names": names}))
    own = people.cells.index if distances.place == "cell_id" else people.cells["quarter_id"]
    if missing := int((~own.isin(distances.pairs[distances.place])).sum()):
        notes.append(Problem(cause="distances_without_cells", values={"n": missing}))
    return notes


def tell_streets(settings: CoverageSettings, tables: Tables) -> list[Problem]:
    """Notes on cells and offers that no street is near, and on cells whose walks leave what the file of streets covers."""
    streets, people = tables.streets, tables.population
    if streets is None or people is None:
        return []
    notes: list[Problem] = []
    access = find_access(people.cells, streets)
    if len(access.far):
        notes.append(Problem(cause="cells_far_from_streets", values={"n": len(access.far), "metres": FARTHEST}))
    if (joined := access.away[access.edge >= 0]).size:
        values = {"mean": round(float(joined.mean())), "most": round(float(joined.max()))}
        notes.append(Problem(cause="cells_joined_to_streets", values=values))
    placed = list_placed(tables.offers[tables.offers["kind"].map(lambda kind: tables.kinds[kind].reach).astype(bool)])
    if len(far := find_access(placed, streets).far):
        names = [str(name) for name in tables.offers.loc[far[:_NAMED], "name"]] + ["…"] * (len(far) > _NAMED)
        notes.append(
            Problem(cause="offers_far_from_streets", values={"n": len(far), "names": names, "metres": FARTHEST})
        )
    if near := _count_near_edge(people.cells, streets, limit=settings.limit_metres):
        notes.append(Problem(cause="streets_end_near", values={"n": near, "metres": round(settings.limit_metres)}))
    return notes


def _count_near_edge(cells: gpd.GeoDataFrame, streets: Streets, *, limit: float) -> int:
    """Cells from which a straight walk within the limit leaves what the file covers."""
    west, south, east, north = streets.bounds
    shapes = cells.geometry.to_numpy()
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    return int((np.min([x - west, y - south, east - x, north - y], axis=0) < limit).sum())
