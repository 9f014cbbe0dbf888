"""The output folder: built beside its place and moved there in one step. What no run wrote is never touched."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.mark import write_mark
from sro_geo.report.moving import find_target, is_complete, move_in, put_back
from sro_geo.report.place import check_place, check_room, list_foreign, name_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from sro_geo.report.moving import Target


def parse_folder(text: str) -> Path:
    """Folder that somebody typed.

    Raises
    ------
    ProjectError
        If nothing was typed: an empty text would be the folder one stands in.
    """
    if not text.strip():
        raise ProjectError(Problem(cause="folder_unnamed"))
    return Path(text)


def prepare_place(folder: Path, *, keep_out: Collection[Path] = (), internal: bool = False) -> None:
    """Refuse, before any work, a place that `publish_folder` would refuse; bring back what a killed run set aside.

    Parameters
    ----------
    folder, keep_out, internal
        As `publish_folder`.

    Raises
    ------
    ProjectError
        As `publish_folder`.
    """
    name = name_folder(folder)
    with _tell_failures(folder):
        target = find_target(folder)
        if _is_set_aside(target):
            with _hold(target):
                put_back(target)
        check_place(target, name=name, keep_out=keep_out, internal=internal)


def publish_folder(
    folder: Path, *, write: Callable[[Path], None], keep_out: Collection[Path] = (), internal: bool = False
) -> None:
    """Let `write` fill a folder beside `folder`, mark it, then put it in its place.

    However the process ends, `folder` is either as it was or complete: on Linux the two folders are exchanged in one
    system call; elsewhere, and where the folder has to stay the same one (`.`, a drive), the old one is set aside first
    and put back by the next run if that one was cut off between.

    Parameters
    ----------
    folder : Path
        Where the result shall lie. If it is a link, the folder it points to is written and the link stays.
    write : callable
        Gets the empty folder to fill. If it raises, nothing is left behind.
    keep_out : collection of Path
        Files that must not lie in what is replaced: those that the result is made from.
    internal : bool
        Whether the result is for the office alone; one sort never takes the place of the other.

    Raises
    ------
    ProjectError
        With everything in the way: files that no run wrote, that were changed since or are to be kept out. Also if the
        place may not be written to, or another run is at work there.
    """
    name = name_folder(folder)
    with _tell_failures(folder):
        target = find_target(folder)
        with _hold(target):
            put_back(target)
            check_place(target, name=name, keep_out=keep_out, internal=internal)
            _remove_remains(target)
            _build(target, name=name, write=write)


def _build(target: Target, *, name: str, write: Callable[[Path], None]) -> None:
    def check(old: Path) -> None:
        problems = list_foreign(old, name=name)
        if problems:
            raise ProjectError(problems)

    try:
        target.building.mkdir()
        write(target.building)
        write_mark(target.building)
        _sync(target.building)
        move_in(target, check=check)
    except BaseException:
        if not _is_set_aside(target):
            with suppress(OSError, ProjectError):
                _remove_remains(target)
        raise
    for remains in (target.building, target.aside):
        shutil.rmtree(remains, ignore_errors=True)


def _remove_remains(target: Target) -> None:
    """Remove what a run left that was killed; files that came into it since are refused by name."""
    for remains in (target.building, target.aside):
        if remains.exists():
            # half written, or checked before its successor took the place
            ours = is_complete(target.folder) if remains == target.aside else not is_complete(remains)
            problems = [] if ours else list_foreign(remains, name=remains.name)
            if problems:
                raise ProjectError(problems)
            shutil.rmtree(remains)


def _sync(building: Path) -> None:
    for path in sorted(building.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _is_set_aside(target: Target) -> bool:
    """Whether the last result is not in its place, and the next run has to put it back."""
    return target.aside.exists() and not is_complete(target.folder)


@contextmanager
def _hold(target: Target) -> Iterator[None]:
    """Keep other runs out. If this one fails, the lock and the folders that it made go."""
    made = [one for one in (target.room, *target.room.parents) if not one.exists()]
    new = not target.lock.exists()
    check_room(target)
    try:
        target.room.mkdir(parents=True, exist_ok=True)
        with FileLock(target.lock, timeout=0):
            try:
                yield
            except BaseException:
                if new:
                    with suppress(OSError):  # Windows removes no open file
                        target.lock.unlink()
                raise
    except BaseException:
        for one in made:
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _tell_failures(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a problem of the planner."""
    try:
        yield
    except Timeout as error:
        raise ProjectError(Problem(cause="folder_busy", values={"folder": name_folder(folder)})) from error
    except OSError as error:
        values = {"folder": name_folder(folder), "reason": error.strerror or str(error)}
        with suppress(OSError):
            target = find_target(folder)
            if _is_set_aside(target):
                aside = Problem(cause="folder_set_aside", values={**values, "aside": target.aside.name})
                raise ProjectError([aside]) from error
        raise ProjectError(Problem(cause="folder_not_written", values=values)) from error
