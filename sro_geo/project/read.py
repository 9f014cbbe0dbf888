"""The project file, read in one place."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from sro_geo.errors import DataError, Problem, ProjectError
from sro_geo.load.catalogue import Catalogue, read_catalogue
from sro_geo.load.inputs import QuartersFile
from sro_geo.load.reading import DataFile
from sro_geo.load.toml import check_content, read_toml
from sro_geo.project.crosswalks import take_crosswalks
from sro_geo.project.finding import Desk, find_allowed, take_editions, take_file
from sro_geo.project.maps import list_maps, list_overlays
from sro_geo.project.rules import (
    check_stated,
    find_idle,
    list_named_kinds,
    take_called,
    take_coverage,
    take_decisions,
    take_distances,
    take_method,
    take_reasons,
    take_streets,
)
from sro_geo.project.schema import ProjectFile
from sro_geo.project.shocks import take_shocks
from sro_geo.project.styles import list_styles
from sro_geo.project.tables import (
    take_indicators,
    take_offers,
    take_population,
    take_quarters,
    take_rasters,
    take_siting,
)
from sro_geo.project.values import Project, Shock
from sro_geo.text.secrets import redact

if TYPE_CHECKING:
    from sro_geo.project.schema import Content

PROJECT_FILE = "project.toml"

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_INDEX_NAMES = {"de": "Index", "en": "Index"}


def find_project(path: Path) -> Path:
    """Project file of a path: the file itself, or `project.toml` in a folder.

    Raises
    ------
    ProjectError
        If there is none.
    """
    file = path / PROJECT_FILE if path.is_dir() else path
    if not file.is_file():
        raise ProjectError(Problem(cause="project_missing", values={"name": str(path)}))
    return file


def read_language(path: Path) -> Literal["de", "en"]:
    """Language that a project file asks for; German where it cannot be read."""
    try:
        stated = tomllib.loads(find_project(path).read_text(encoding="utf-8-sig")).get("language")
    except (ProjectError, OSError, ValueError, RecursionError):
        return "de"
    return "en" if stated == "en" else "de"


def read_project(path: str | Path, *, language: Literal["de", "en"] | None = None) -> Project:
    """Project as a value: every setting checked, every file found.

    Parameters
    ----------
    path : str or Path
        Project file or its folder.
    language : {"de", "en"} or None
        Goes before the file's own.

    Raises
    ------
    ProjectError
        With everything that is wrong at once: unknown keys, wrong values, files that are missing or may
        not be read, codes that no catalogue holds. Each names its line.

    Notes
    -----
    Paths in the file are relative to it. A file is read only if it lies in the project's folder or in one
    that `[data] allow` names, links followed.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_project
    >>> read_project(find_shipped("analyses/musterstadt")).place
    'Musterstadt'
    """
    project, *wrong = read_partly(path, language=language)
    if any(wrong):
        raise ProjectError([problem for gathered in wrong for problem in gathered])
    return project


def read_partly(
    path: str | Path, *, language: Literal["de", "en"] | None = None
) -> tuple[Project, tuple[Problem, ...], tuple[Problem, ...]]:
    """Project as far as its files can be read: without those that may not be or aren't there.

    Returns
    -------
    tuple of Project and twice tuple of Problem
        Second, what its settings ask of the catalogue and of each other in vain; third, what is wrong with the files.

    Raises
    ------
    ProjectError
        With everything at once, if anything else is wrong or the boundaries are not there.
    """
    file = find_project(Path(path))
    try:
        text, content = read_toml(DataFile(path=file, name=file.name))
        stated = check_content(ProjectFile, content, text=text, file=file.name)
    except DataError as error:
        raise ProjectError(error.problems) from error
    desk = Desk(file=file.name, text=text, folder=file.resolve().parent)
    desk = replace(desk, allow=find_allowed(stated.data.allow, desk=desk))
    project = _build(stated, content, desk=desk, slug=_name_slug(file), language=language or stated.language)
    if desk.problems or not isinstance(project.quarters, QuartersFile):
        raise ProjectError([*desk.stray, *desk.problems, *desk.unread])
    return project, tuple(desk.stray), tuple(desk.unread)


def _build(stated: ProjectFile, content: Content, *, desk: Desk, slug: str, language: Literal["de", "en"]) -> Project:
    """Project, as far as it can be built; what is wrong is gathered on the desk."""
    catalogue, notes = take_reasons(stated, _take_catalogue(stated, desk=desk), desk=desk)
    index, redundancy, shock, internal = stated.index, stated.redundancy, stated.shock, stated.disclosure.internal
    return Project(
        slug=slug,
        title=redact(stated.title), place=redact(stated.place),
        language=language,
        year=stated.year,
        base_year=stated.base_year or stated.year,
        question=redact(stated.question), answer=redact(stated.answer),
        quarters=cast("QuartersFile", take_quarters(stated.quarters, language=stated.language, desk=desk)),
        water=take_file(desk, ["water", "file"], stated.water.file if stated.water else None),
        barrier=take_file(desk, ["barrier", "file"], stated.barrier.file if stated.barrier else None),
        streets=take_streets(stated, desk=desk), distances=take_distances(stated, desk=desk),
        groups=stated.groups,
        group=stated.compare.group if stated.compare else None, called=take_called(stated.compare),
        indicators=take_indicators(stated.indicators, codes=list(catalogue.specs), words=stated.words, desk=desk),
        rasters=take_rasters(stated.rasters, codes=list(catalogue.specs), desk=desk),
        crosswalks=take_crosswalks(stated, language=stated.language, desk=desk),
        offers=take_offers(stated.offers, kinds=list(catalogue.kinds), words=stated.words, desk=desk),
        population=take_population(stated.population, words=stated.words, desk=desk),
        target_groups=stated.target_groups,
        coverage=take_coverage(stated.coverage),
        redundancy_kinds=tuple(redundancy.kinds) if redundancy else (),
        redundancy_minutes=redundancy.minutes if redundancy else 0.0,
        siting=take_siting(stated.siting, words=stated.words, desk=desk), suppose=take_shocks(stated.suppose, desk=desk),
        method=take_method(stated),
        index_name=(index.name or _INDEX_NAMES[language]) if index else "",
        shock=Shock(year=shock.year, name=getattr(shock.name, language), indicator=shock.indicator) if shock else None,
        smallest=stated.disclosure.smallest,
        internal_smallest=internal.smallest if internal else None,
        source_most=stated.disclosure.smallest - 1 if stated.disclosure.source_secret else math.inf,
        earlier=take_editions(stated.disclosure.earlier, desk=desk),
        catalogue=catalogue, named_kinds=list_named_kinds(stated),
        maps=list_maps(stated, catalogue, desk=desk), styles=list_styles(stated, catalogue, desk=desk),
        overlays=list_overlays(stated, desk=desk),
        profiles=stated.report.profiles, curves=stated.report.curves, changes_from=stated.report.changes_from,
        settings=content, basemap=stated.report.basemap, grey=stated.report.grey,
        notes=(*notes, *find_idle(stated, desk=desk)),
        decided=take_decisions(stated.decided, desk=desk),
    )  # fmt: skip


def _take_catalogue(stated: ProjectFile, *, desk: Desk) -> Catalogue:
    """Catalogue with the planner's own files; the shipped one alone where those cannot be read. What names it is checked."""
    indicators = take_file(desk, ["catalogue", "indicators"], stated.catalogue.indicators)
    offer_kinds = take_file(desk, ["catalogue", "offer_kinds"], stated.catalogue.offer_kinds)
    try:
        catalogue = read_catalogue(indicators=indicators, offer_kinds=offer_kinds)
    except DataError as error:
        desk.problems.extend(error.problems)
        catalogue = read_catalogue()
    check_stated(stated, catalogue, desk=desk)
    return catalogue


def _name_slug(file: Path) -> str:
    name = file.resolve().parent.name if file.name == PROJECT_FILE else file.stem
    return re.sub(r"[^a-z0-9_]+", "-", name.lower().translate(_UMLAUTS)).strip("-") or "projekt"
