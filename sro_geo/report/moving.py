"""A finished folder put in the place of the last one, which is there again if that is cut off."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sro_geo.report.mark import MARK, read_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a result shall lie, and what is needed on the way.

    Attributes
    ----------
    folder : Path
        The folder itself, links followed.
    room : Path
        Folder of the three below: the one that `folder` lies in; `folder` itself where that is a drive of its own.
    fixed : bool
        Whether the folder has to stay and only what lies in it is replaced. A drive cannot be renamed. The folder one
        stands in could be, under Linux; but the shell would stand in the old one, which is gone, and see nothing.
    """

    folder: Path
    room: Path
    fixed: bool

    @property
    def building(self) -> Path:
        """What is being written; after an exchange the old folder, until it is removed."""
        return self.room / f".{self._stem}.building"

    @property
    def aside(self) -> Path:
        """The last result, while the new one takes its place."""
        return self.room / f".{self._stem}.previous"

    @property
    def lock(self) -> Path:
        """Held while a run writes."""
        return self.room / f".{self._stem}.lock"

    @property
    def own(self) -> frozenset[str]:
        """Names in the folder that belong to the run and not to a result."""
        own = (self.building, self.aside, self.lock)
        return frozenset(path.name for path in own if self.room == self.folder)

    @property
    def _stem(self) -> str:
        """Within the folder always the same: seen from elsewhere, what is mounted there has another name."""
        return "sro-geo" if self.room == self.folder else self.folder.name


def find_target(folder: Path) -> Target:
    """Place of a folder that may be a link, the one we stand in, or not there yet."""
    try:
        real = folder.resolve()
    except RuntimeError as error:  # so Python up to 3.12 tells a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    mounted = os.path.ismount(real) or (real.is_dir() and _find_mount(real) != _find_mount(real.parent))
    here = real.is_dir() and real.samefile(os.curdir)
    return Target(folder=real, room=real if mounted else real.parent, fixed=mounted or here)


def move_in(target: Target, *, check: Callable[[Path], None]) -> None:
    """Put what was built in its place.

    On Linux the two folders change places in one system call. Elsewhere the old one is set aside for an instant.

    Parameters
    ----------
    target : Target
        Where; `building` is complete and marked.
    check : callable
        Gets what was taken out of its place, before it is given up. If it raises, everything is as it was.
    """
    folder, building, aside = target.folder, target.building, target.aside
    try:
        if target.fixed:
            _set_entries_aside(target)
            check(aside)
            _move_entries(_list_entries(building, last=MARK), folder)
        elif not folder.exists():
            building.rename(folder)
        elif _exchange(building, folder):
            _check_exchanged(target, check)
        else:
            folder.rename(aside)
            check(aside)
            building.rename(folder)
    except BaseException:
        put_back(target)
        raise


def put_back(target: Target) -> None:
    """Bring back what was set aside when its successor did not come; nothing where that one is in place.

    The mark tells: it is the first thing that leaves a folder entry by entry and the last that enters it.
    """
    folder, building, aside = target.folder, target.building, target.aside
    if not aside.exists() or is_complete(folder):
        return
    if not folder.exists():
        aside.rename(folder)
        return
    new = sorted({PurePosixPath(name).parts[0] for name in read_mark(building) or ()})
    moved = [folder / name for name in new if (folder / name).exists() and not (building / name).exists()]
    _move_entries(moved, building)
    entries = _list_entries(aside, last=MARK)
    if not any((folder / entry.name).exists() for entry in entries):
        _move_entries(entries, folder)
        aside.rmdir()


def is_complete(folder: Path) -> bool:
    """Whether a result lies there that was moved in to the end."""
    return (folder / MARK).exists()


def _find_mount(folder: Path) -> str:
    """Number of what is mounted there, as Linux tells it; `ismount` does not see a folder of the same drive bound there."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folder
        return ""
    try:
        told = Path(f"/proc/self/fdinfo/{opened}").read_text(encoding="ascii")
    except OSError:
        return ""
    finally:
        os.close(opened)
    return next((line for line in told.splitlines() if line.startswith("mnt_id:")), "")


def _set_entries_aside(target: Target) -> None:
    target.aside.mkdir()
    entries = _list_entries(target.folder, last=MARK)[::-1]
    _move_entries([entry for entry in entries if entry.name not in target.own], target.aside)


def _list_entries(folder: Path, *, last: str) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda entry: (entry.name == last, entry.name))


def _move_entries(entries: Iterable[Path], folder: Path) -> None:
    for entry in entries:
        entry.rename(folder / entry.name)


def _check_exchanged(target: Target, check: Callable[[Path], None]) -> None:
    try:
        check(target.building)
    except BaseException:
        _exchange(target.building, target.folder)
        raise


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    return done == 0
