"""The same project once more, as an edition for the office alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.errors import Problem, ProjectError

if TYPE_CHECKING:
    from sro_geo.project.values import Project


def make_internal(project: Project) -> Project:
    """Project with the limit of its internal edition, and a folder of its own.

    What earlier editions withheld from the public does not bind it.

    Raises
    ------
    ProjectError
        If the project file states no limit for it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sro_geo import find_shipped, read_project
    >>> project = replace(read_project(find_shipped("analyses/musterstadt")), internal_smallest=1)
    >>> make_internal(project).slug, make_internal(project).smallest
    ('musterstadt-intern', 1)
    """
    if project.internal_smallest is None:
        raise ProjectError(Problem(cause="internal_unstated"))
    name = name_internal(project.slug)
    return replace(project, slug=name, smallest=project.internal_smallest, internal=True, earlier=())


def name_internal(slug: str) -> str:
    """Name of the folder of a project's internal edition."""
    return f"{slug}-intern"
