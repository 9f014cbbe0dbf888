"""Everything that a project names, read and looked at; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sro_geo.errors import ProjectError, SroGeoError, stop_at
from sro_geo.model.quality import Quality
from sro_geo.pipeline.counting import count_files
from sro_geo.pipeline.deciding import settle_questions
from sro_geo.pipeline.empty import list_empty
from sro_geo.pipeline.opening import find_language
from sro_geo.pipeline.reading import list_read, read_parts
from sro_geo.pipeline.study import compute_study
from sro_geo.pipeline.tables import join_parts
from sro_geo.project.read import read_partly
from sro_geo.text.texts import find_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.errors import Problem
    from sro_geo.pipeline.reading import Parts
    from sro_geo.project import Project


def check_project(path: str | Path, *, language: Literal["de", "en"] | None = None) -> Quality:
    """Report on everything that a project reads, with its errors, questions and gaps.

    Parameters
    ----------
    path : str or Path
        Project file or its folder.
    language : {"de", "en"} or None
        Goes before the project's own.

    Returns
    -------
    Quality
        What is wrong is part of it and not raised. What is wrong with one file hides nothing of another.

    Notes
    -----
    Where everything can be read, the study is computed as well, all but best sites, closures and the like, in which nothing
    can be wrong: a run finds nothing that the check does not. Files that are not there stand beside what is wrong with the
    others; then nobody knows where people live.

    Examples
    --------
    >>> from sro_geo import check_project, find_shipped
    >>> quality = check_project(find_shipped("analyses/musterstadt"))
    >>> len(quality.problems), len(quality.questions), quality.open
    (0, 0, False)
    >>> {file.name.split("/")[-1]: dict(file.counts) for file in quality.files}["quartiere.geojson"]
    {'quarters': 12}
    """
    where = Path(path)
    try:
        project, stray, unread = read_partly(where, language=language)
    except ProjectError as error:
        return Quality(title=where.name, language=language or find_language(where), problems=error.problems)
    parts = read_parts(replace(project, population=None) if unread else project)
    try:
        stop_at([*stray, *unread, *parts.problems])
        study = compute_study(project, join_parts(project, parts), search=False)
    except SroGeoError as error:
        notes = [*project.notes, *(note for part in list_read(parts) for note in part.notes)]
        return _report(project, parts, notes=notes, problems=error.problems)
    return _report(project, parts, notes=study.notes, empty=list_empty(study))


def _report(
    project: Project,
    parts: Parts,
    *,
    notes: Sequence[Problem],
    problems: Sequence[Problem] = (),
    empty: Sequence[Problem] = (),
) -> Quality:
    """Report with the notes by their sort."""
    files = count_files(project, parts)
    settled = settle_questions(notes, project.decided, sources=[file.source for file in files if file.source])
    sorts: dict[str, list[Problem]] = {}
    for note in notes:
        sorts.setdefault(find_sort(note.cause), []).append(note)
    return Quality(
        title=project.title,
        language=project.language,
        level=project.quarters.level,
        called=project.called,
        problems=tuple(problems),
        questions=settled.questions,
        decided=settled.decided,
        files=files,
        dropped=tuple(sorts.get("dropped", ())),
        empty=(*sorts.get("empty", ()), *empty),
        notes=tuple(sorts.get("note", ())),
    )
