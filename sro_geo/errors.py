"""What can be wrong with a planner's files, as values: an id, the facts and the places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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

    Examples
    --------
    >>> from sro_geo import find_shipped, read_project
    >>> folder = find_shipped("analyses/musterstadt")
    >>> place = read_project(folder).maps["index"]
    >>> place
    Place(file='project.toml', part=None, row=..., column=None)
    >>> (folder / place.file).read_text(encoding="utf-8").splitlines()[place.row - 1]
    'shows = "index"'
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

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_offers, read_project
    >>> from sro_geo.text.speaker import Speaker
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> read = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={})
    >>> read.notes[-1]
    Problem(cause='offers_not_valid', values={...}, places=(Place(file=..., row=12, column='name'),))
    >>> print(Speaker("en").note(read.notes[-1]))
    1 offer that does not exist at the end of 2024 is left out: Kita Heideröschen.
    """

    cause: str
    values: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    def at(self, *places: Place) -> Problem:
        """The same problem, met at these places as well."""
        return replace(self, places=(*self.places, *places))


class SroGeoError(Exception):
    """Root of the errors a planner can mend. Carries every problem found, not only the first.

    Examples
    --------
    >>> from sro_geo import SroGeoError, as_groups, find_shipped, read_boundaries, read_project
    >>> quarters = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    >>> try:
    ...     as_groups({"heide": ["08", "88"], "hafen": []}, quarters=quarters)
    ... except SroGeoError as error:
    ...     [(problem.cause, problem.values["group"]) for problem in error.problems]
    [('group_unknown_quarter', 'heide'), ('group_empty', 'hafen')]
    """

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(f"{p.cause} {dict(p.values)}" for p in self.problems))


class DataError(SroGeoError):
    """The data have problems.

    Examples
    --------
    >>> from sro_geo import DataError, as_quarters, find_shipped, read_boundaries, read_project
    >>> from sro_geo.text.speaker import Speaker
    >>> quarters = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    >>> try:
    ...     as_quarters(quarters.reset_index().to_crs("EPSG:4326"))
    ... except DataError as error:
    ...     print(Speaker("en").problems(error.problems))
    1 problem
    <BLANKLINE>
    The coordinate reference system WGS 84 does not measure in metres. Distances and areas would be wrong.
      Remedy: Transform the boundaries to a metric system, for example EPSG:25833.
    """


class ProjectError(SroGeoError):
    """The project file has problems.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from sro_geo import ProjectError, find_shipped, read_project
    >>> from sro_geo.text.speaker import Speaker
    >>> text = (find_shipped("analyses/musterstadt") / "project.toml").read_text(encoding="utf-8")
    >>> with TemporaryDirectory() as home:
    ...     _ = (Path(home) / "project.toml").write_text(text.replace("base_year", "basis_year"), encoding="utf-8")
    ...     try:
    ...         read_project(home)
    ...     except ProjectError as error:
    ...         print(Speaker("en").problem(error.problems[0]))
    The setting basis_year is not known; did you mean base_year? It would have no effect.
      Where: project.toml, row ...
      Remedy: Correct or delete the setting.
    """


def stop_at(problems: Sequence[Problem]) -> None:
    """Go on only where there are no problems.

    Raises
    ------
    DataError
        With all of them.
    """
    if problems:
        raise DataError(problems)
