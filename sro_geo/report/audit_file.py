"""The office's own table of the audit: it tells small from protecting, so it lies outside of every output folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.mark import is_output
from sro_geo.report.tables import format_csv
from sro_geo.report.whole import write_whole
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from sro_geo.text.speaker import Speaker

COLUMNS = [
    "quarter_id", "name", "indicator", "title", "year", "part", "low", "high", "exact", "reason", "safe",
]  # fmt: skip


def find_audit_file(text: str, *, outputs: Collection[Path], keep_out: Collection[Path]) -> Path:
    """File that somebody typed, links followed, if the audit's table may be written there.

    Parameters
    ----------
    text : str
        What was typed.
    outputs : collection of Path
        Folders that a run writes, whether they are there or not.
    keep_out : collection of Path
        Files that the study is read from.

    Raises
    ------
    ProjectError
        If nothing was typed, the folder isn't there, the file lies within an output folder, is an input or a folder, or
        is there and begins with another head than ours.
    """
    if not text.strip():
        raise ProjectError(Problem(cause="audit_unnamed"))
    file = Path(text).resolve()
    homes = [home for home in file.parents if _is_any(home, outputs) or is_output(home)]
    cause = None
    if homes or _is_any(file, outputs):
        cause = "audit_in_output"
    elif _is_any(file, keep_out):
        cause = "audit_is_input"
    elif not file.parent.is_dir():
        cause = "audit_without_folder"
    elif file.exists() and not (file.is_file() and _begins_as_ours(file)):
        cause = "audit_not_ours"
    if cause is not None:
        home = homes[0].name if homes else file.name
        raise ProjectError(Problem(cause=cause, values={"name": file.name, "folder": home}))
    return file


def write_audit(record: pd.DataFrame, *, file: Path, voice: Speaker) -> None:
    """Write the record of an audit as CSV, in words, in one step: the file is as it was or complete.

    Parameters
    ----------
    record : DataFrame
        As `run_study` gives it away; an end that nothing bounds is left empty.
    file : Path
        As `find_audit_file` gives it.
    voice : Speaker
        Language of heads and words.

    Raises
    ------
    ProjectError
        If the system refuses.
    """
    text = _format(record, voice=voice)
    try:
        write_whole(text, file=file)
    except OSError as error:
        values = {"name": file.name, "reason": error.strerror or str(error)}
        raise ProjectError(Problem(cause="audit_not_written", values=values)) from error


def _format(record: pd.DataFrame, *, voice: Speaker) -> str:
    words = {column: record[column].map(lambda code: voice.say(f"audit_{code}")) for column in ("part", "reason")}
    ends = {end: record[end].where(np.isfinite(record[end])).astype("Int64") for end in ("low", "high")}
    return format_csv(record.assign(**words, **ends)[COLUMNS], voice=voice)


def _begins_as_ours(file: Path) -> bool:
    """Whether the first line is the head of our table: an office's own file has another, also one of a spreadsheet."""
    heads = [_write_head(voice) for voice in SPEAKERS]
    try:
        with file.open("rb") as stream:
            return stream.read(max(map(len, heads))).startswith(tuple(heads))
    except OSError:
        return False


def _write_head(voice: Speaker) -> bytes:
    return format_csv(pd.DataFrame(columns=COLUMNS), voice=voice).encode()


def _is_any(path: Path, others: Collection[Path]) -> bool:
    """Whether a path is one of others, found by identity where both are there: not every system minds case."""
    return any(
        path == other.resolve() or (path.exists() and other.exists() and path.samefile(other)) for other in others
    )
