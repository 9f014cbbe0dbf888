"""The city, and the model regions beside the rest, out of what was measured for all areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.compare.groups import COLUMNS, contrast_areas
from sro_geo.pipeline.areas import CITY

if TYPE_CHECKING:
    from sro_geo.project import Project


def list_city(areas: pd.DataFrame) -> pd.DataFrame:
    """Every indicator of the year for the whole city, on the indicators' index."""
    return areas[areas["area"] == CITY].set_index("indicator")[COLUMNS]


def compare_all(project: Project, areas: pd.DataFrame) -> pd.DataFrame:
    """The project's group beside the rest, for every indicator of the year and for the index."""
    if project.group is None:
        return pd.DataFrame(columns=["indicator"])
    return contrast_areas(areas).assign(year=project.year)
