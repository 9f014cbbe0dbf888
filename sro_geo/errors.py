"""What can be wrong with a planner's files, as values: an id, the facts and the places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands, in the words a spreadsheet or a GIS would use.

    Attributes
    ----------
    file : str
        The file as the project names it, never an absolute path.
    part : str or None
        Sheet or layer.
    row : int or None
        Row as a spreadsheet counts: the first line of the file is 1.
    column : str or None
        Name of the column.
    """

    file: str
    part: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cause with all the places where it was met.

    The same value serves errors and mere notes; who raises it decides.
    `sro_geo.text` turns it into a sentence.

    Attributes
    ----------
    cause : str
        Id of the message in `sro_geo.text`.
    values : Mapping of str to object
        What the message needs to say.
    places : tuple of Place
        Where it was met; may be empty.
    """

    cause: str
    values: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


class SroGeoError(Exception):
    """Root of the errors a planner can mend. Carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.cause} {dict(p.values)}" for p in self.problems))


class DataError(SroGeoError):
    """The data have problems."""


class ProjectError(SroGeoError):
    """The project file has problems."""
