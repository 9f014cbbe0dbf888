"""Whether a result may take its place, told before anything there is touched."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.mark import find_foreign, is_internal, is_output

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sro_geo.report.moving import Target


def name_folder(folder: Path) -> str:
    """What a folder is called in messages: as somebody named it, and never its whole path."""
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name or str(folder)


def check_place(target: Target, *, name: str, keep_out: Collection[Path], internal: bool) -> None:
    """Refuse a place that is taken, holds what must be kept, or may not be written to.

    Parameters
    ----------
    target : Target
        The place.
    name : str
        What the folder is called in messages.
    keep_out : collection of Path
        Files that must not lie in what is replaced.
    internal : bool
        Whether the result is for the office alone: it never takes the place of a public one, nor a public one its place.

    Raises
    ------
    ProjectError
        With everything that is in the way.
    OSError
        As `check_room`.
    """
    folder = target.folder
    if folder.exists() and not folder.is_dir():
        raise ProjectError(Problem(cause="folder_is_file", values={"folder": name}))
    problems = []
    for home in (folder, target.building, target.aside):
        inside = sorted(_find_inside(home, keep_out))
        called = name if home == folder else home.name
        if inside:
            problems.append(Problem(cause="folder_holds_inputs", values={"folder": called, "files": inside}))
        if home == folder and folder.exists():
            problems += list_foreign(folder, name=name, ignore={*target.own, *inside})
            if is_output(folder) and is_internal(folder) != internal:
                cause = "folder_is_public" if internal else "folder_is_internal"
                problems.append(Problem(cause=cause, values={"folder": name}))
    if problems:
        raise ProjectError(problems)
    check_room(target)


def check_room(target: Target) -> None:
    """Refuse a place where nothing may be made.

    Raises
    ------
    OSError
        In the system's words.
    """
    room = next(one for one in (target.room, *target.room.parents) if one.exists())
    if not room.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(room, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def list_foreign(folder: Path, *, name: str, ignore: Collection[str] = ()) -> list[Problem]:
    """Problems of a folder that holds what a run must not replace."""
    foreign = find_foreign(folder, ignore=ignore)
    found = {"folder_not_ours": foreign.strange, "folder_changed": foreign.changed}
    return [Problem(cause=cause, values={"folder": name, "files": [*files]}) for cause, files in found.items() if files]


def _find_inside(folder: Path, files: Collection[Path]) -> set[str]:
    """Paths within a folder of those files that lie in it; found by identity, as not every system minds case."""
    if not folder.exists():
        return set()
    return {
        file.relative_to(parent).as_posix()
        for file in (path.resolve() for path in files)
        for parent in file.parents
        if parent.exists() and parent.samefile(folder)
    }
