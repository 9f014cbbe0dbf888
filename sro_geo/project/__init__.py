"""The project file, and where the shipped data lie."""

from sro_geo.project.read import find_project, read_language, read_project
from sro_geo.project.shipped import find_shipped
from sro_geo.project.values import CoverageSettings, Project, Shock

__all__ = [
    "CoverageSettings",
    "Project",
    "Shock",
    "find_project",
    "find_shipped",
    "read_language",
    "read_project",
]
