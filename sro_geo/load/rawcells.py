"""Cells of persons as a file gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from sro_geo.errors import Problem
    from sro_geo.load.keys import Keys
    from sro_geo.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCells:
    """Cells as read, not put into quarters yet.

    Attributes
    ----------
    frame : GeoDataFrame
        cell_id, age_group, persons, stated_quarter (may be empty), status, example, source, row, geometry.
    notes : tuple of Problem
        What was decided on the way.
    source : Source
        The file's provenance.
    keys : Keys
        Key table of the stated quarters.
    column : str or None
        What the file calls its column of cells.
    """

    frame: gpd.GeoDataFrame
    notes: tuple[Problem, ...]
    source: Source
    keys: Keys
    column: str | None = None
