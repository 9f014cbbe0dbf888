"""Which way reach is measured in a project, and what is to be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.coverage.access import FARTHEST, find_access
from sro_geo.coverage.distance import list_placed, measure_straight
from sro_geo.coverage.walking import measure_walking
from sro_geo.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from sro_geo.coverage.access import Access
    from sro_geo.model.reach import Reach
    from sro_geo.model.streets import Streets
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import CoverageSettings

    Way = Callable[[gpd.GeoDataFrame, str], Reach]
    """Pairs of cells and the offers of a kind."""

_NAMED = 8
"""So many offers are named in a note; the rest is counted."""


def choose_way(settings: CoverageSettings, tables: Tables) -> Way:
    """Measure of the pairs of cells and offers of a kind: along streets where there are some, else straight."""
    offers, streets, limit = tables.offers, tables.streets, settings.limit_metres
    if streets is None:
        factor = settings.detour_factor or 1.0
        return lambda cells, kind: measure_straight(
            cells, offers, kind=kind, limit_metres=limit, detour_factor=factor, barrier=tables.barrier
        )
    joined: dict[int, tuple[gpd.GeoDataFrame, Access]] = {}  # the cells beside it, so that no others get their id

    def walk(cells: gpd.GeoDataFrame, kind: str) -> Reach:
        if id(cells) not in joined:
            joined[id(cells)] = cells, find_access(cells, streets)
        return measure_walking(joined[id(cells)][1], offers, streets, kind=kind, limit_metres=limit)

    return walk


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
