"""What reading a project gave, for the person who must judge it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.errors import Place, Problem
    from sro_geo.model.source import Source

ROLES = (
    "quarters", "indicators", "offers", "population", "mask", "water", "barrier", "streets", "crosswalk", "keys",
    "catalogue", "earlier",
)  # fmt: skip
"""What a file is read for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Answer of the project file to an open question.

    Attributes
    ----------
    question : str
        Id of the question.
    file : str or None
        File that it is about; None for every file.
    reason : str
        Why the data may stay as they are, in the planner's words.
    place : Place
        Line of the project file.
    checksum : str
        Beginning of the SHA-256 of the content that was judged; empty where the answer holds whatever the file holds.
    """

    question: str
    file: str | None
    reason: str
    place: Place
    checksum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file of a project.

    Attributes
    ----------
    name : str
        The file as the project names it.
    roles : tuple of str
        What it is read for, of `ROLES`.
    source : Source or None
        Its provenance; None where it could not be read.
    sheets : tuple of str
        Sheets or layers that the project names.
    counts : mapping of str to int
        How many quarters, waters, barriers, kilometres of streets, rows, values,
        indicators, offers, cells and persons were taken from it.
    years : tuple of int
        Years of its values, ascending.
    statuses : mapping of str to int
        How many of its values have which status, as read.
    """

    name: str
    roles: tuple[str, ...]
    source: Source | None
    sheets: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Report on the data of a project.

    Attributes
    ----------
    title : str
        Title of the project; the name of the file where that could not be read.
    language : {"de", "en"}
        Language of the report.
    level : str
        What its quarters are called; empty where the project cannot be read.
    called : tuple of str or None
        What a model region and what several are called.
    problems : tuple of Problem
        What must be mended before anything can be computed.
    questions : tuple of Problem
        What only a person can decide, as far as the project file does not.
    decided : tuple of (Problem, Decision)
        Questions that the project file has answered.
    files : tuple of FileRead
        Every file that the project names, in its order.
    dropped, empty, notes : tuple of Problem
        What was left out; what cannot be shown, and why; all else that was decided on the way.
    """

    title: str
    language: Literal["de", "en"]
    level: str = ""
    called: tuple[str, str] | None = None
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    decided: tuple[tuple[Problem, Decision], ...] = ()
    files: tuple[FileRead, ...] = ()
    dropped: tuple[Problem, ...] = ()
    empty: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a person must mend or decide something."""
        return bool(self.problems or self.questions)
