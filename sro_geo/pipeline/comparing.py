"""The model regions beside the rest, out of what was measured for all areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.compare.groups import contrast_areas

if TYPE_CHECKING:
    from sro_geo.project import Project


def compare_all(project: Project, areas: pd.DataFrame) -> pd.DataFrame:
    """The project's group beside the rest, for every indicator of the year and for the index."""
    if project.group is None:
        return pd.DataFrame(columns=["indicator"])
    return contrast_areas(areas).assign(year=project.year)
