"""The output folder: built beside its place and moved there in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from sro_geo.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARK = "protocol.json"
"""A folder that holds this file was written by us and may be replaced."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def publish_folder(folder: Path, *, write: Callable[[Path], None]) -> None:
    """Let `write` fill a folder beside `folder`, then put it in its place.

    However the process ends, `folder` is either as it was or complete: on Linux the two folders are exchanged in one
    system call; elsewhere the old one is set aside first and put back by the next run if that one was cut off between.

    Parameters
    ----------
    folder : Path
        Where the result shall lie.
    write : callable
        Gets the empty folder to fill. If it raises, nothing is left behind.

    Raises
    ------
    ProjectError
        If the place is taken by something we did not write, may not be written to, or another run is at work there.
    """
    _check_place(folder)
    building = folder.with_name(f".{folder.name}.building")
    aside = folder.with_name(f".{folder.name}.previous")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{folder.name}.lock"), timeout=0):
            _clear_remains(folder, building=building, aside=aside)
            building.mkdir()
            try:
                write(building)
                _sync(building)
                _move(building, folder, aside=aside)
            finally:
                shutil.rmtree(building, ignore_errors=True)
                shutil.rmtree(aside, ignore_errors=True)
    except Timeout as error:
        raise ProjectError([Problem(cause="folder_busy", values={"folder": folder.name})]) from error
    except OSError as error:
        values = {"folder": folder.name, "reason": error.strerror or str(error)}
        raise ProjectError([Problem(cause="folder_not_written", values=values)]) from error


def _check_place(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))):
        return
    raise ProjectError([Problem(cause="folder_not_ours", values={"folder": folder.name})])


def _clear_remains(folder: Path, *, building: Path, aside: Path) -> None:
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    for remains in (building, aside):
        if remains.exists():
            shutil.rmtree(remains)


def _sync(building: Path) -> None:
    for path in sorted(building.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _move(building: Path, folder: Path, *, aside: Path) -> None:
    if not folder.exists():
        building.rename(folder)
    elif not _exchange(building, folder):
        folder.rename(aside)
        building.rename(folder)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    return done == 0
