"""Places that come into question for further offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from sro_geo.load.cells import clean_column
from sro_geo.load.offers import EXAMPLE_WORDS
from sro_geo.load.placing import bring_points, find_quarters
from sro_geo.load.sheets import read_sheet
from sro_geo.model.schema import report

if TYPE_CHECKING:
    from collections.abc import Collection

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import OfferFile
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTable:
    """Candidates as read.

    Attributes
    ----------
    sites : GeoDataFrame
        Index site_id; name, quarter_id, geometry (points, in the quarters' reference system), example.
    notes : tuple of Problem
        What was left out.
    sources : tuple of Source
        The file.
    """

    sites: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_sites(order: OfferFile, *, kinds: Collection[str], quarters: Quarters) -> SiteTable:
    """Candidates of a file in any form that offers may have; whatever else it says of them is not asked.

    Raises
    ------
    DataError
        If the file cannot be read, has no names, or its points lie elsewhere.

    Notes
    -----
    A candidate without a point or outside all quarters is left out and noted.
    """
    sheet = read_sheet(order, default_crs=quarters.crs.to_string(), kinds=kinds, quarters=quarters)
    table, points = sheet.table, bring_points(sheet.points, quarters=quarters, file=sheet.table.file)

    status = clean_column(table.frame[sheet.heads["status"]]).str.lower() if "status" in sheet.heads else None
    frame = gpd.GeoDataFrame(
        {
            "name": clean_column(table.frame[sheet.heads["name"]]),
            "quarter_id": find_quarters(points, quarters=quarters),
            "example": sheet.source.example if status is None else status.isin(EXAMPLE_WORDS) | sheet.source.example,
            "source": table.file,
            "row": table.frame.index if sheet.numbered else None,
        },
        geometry=points,
        crs=points.crs,
    )
    nowhere = frame.geometry.isna() | frame.geometry.is_empty
    outside = ~nowhere & frame["quarter_id"].isna()
    notes = [
        *table.notes,
        *report(frame, nowhere, "sites_nowhere", column="name", describe=_name_sites),
        *report(frame, outside, "sites_outside", column="name", describe=_name_sites),
    ]
    kept = frame[~nowhere & ~outside]
    ids = pd.Index([f"{table.file} {row}" for row in kept.index], name="site_id", dtype="str")
    return SiteTable(
        sites=kept[["name", "quarter_id", "example", "geometry"]].set_axis(ids),
        notes=tuple(notes),
        sources=(sheet.source,),
    )


def _name_sites(rows: pd.DataFrame) -> list[str]:
    return list(rows["name"])
