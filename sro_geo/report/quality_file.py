"""Where a quality report may be written: never over anything else, never among the results of a run."""

from __future__ import annotations

from pathlib import Path

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.mark import is_output
from sro_geo.report.whole import write_whole

MARKS = (b'{\n "form": ', b'<meta name="generator" content="sro-geo quality">')
"""A report of ours begins with the first, or holds the second in its head."""

_START_BYTES = 1000


def find_report_file(text: str) -> Path:
    """File that somebody typed, links followed, if a report may be written there.

    Raises
    ------
    ProjectError
        If anything is there that is no report of ours, or it lies in a folder that a run wrote: the next run would find
        there what it did not write, and stop.
    """
    file = Path(text).resolve()
    cause = None
    if any(is_output(home) for home in file.parents):
        cause = "report_in_output"
    elif file.exists() and not (file.is_file() and _is_ours(file)):
        cause = "report_not_ours"
    if cause is not None:
        raise ProjectError(Problem(cause=cause, values={"name": file.name}))
    return file


def write_report(text: str, *, file: Path) -> None:
    """Write a report in one step.

    Raises
    ------
    ProjectError
        If the system refuses.
    """
    try:
        write_whole(text, file=file)
    except OSError as error:
        values = {"name": file.name, "reason": error.strerror or str(error)}
        raise ProjectError(Problem(cause="report_not_written", values=values)) from error


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            start = stream.read(_START_BYTES)
    except OSError:
        return False
    return start.startswith(MARKS[0]) or MARKS[1] in start
