"""The mark of an output folder: which program wrote it, and a checksum of every file; what else lies there is foreign."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sro_geo.report.digest import digest_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import NoReturn

MARK = ".sro-geo.json"
"""Hidden, because it tells a planner nothing."""

PROTOCOL = "protocol.json"

_PROGRAM = "sro_geo"
_OLDER = re.compile(
    r"index\.html|maps/[^/]+\.html|figures/[^/]+\.(svg|png)|tables/[^/]+\.csv|study\.gpkg|protocol\.json"
)
"""What was written before there was a list."""

_TRACE = re.compile(
    r"thumbs\.db|ehthumbs\.db|desktop\.ini|\.ds_store|\._.*|~\$.*|\.~lock\..*#|.*\.qg[sz]~|\.sro-geo\.lock",
    re.IGNORECASE | re.DOTALL,
)
"""Names of files that programs leave where somebody merely looked; and our own lock."""

_BESIDE_DATABASE = re.compile(r"(.*\.gpkg)-(?:wal|shm|journal)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What a run must not replace, by path within the folder.

    Attributes
    ----------
    strange : tuple of str
        Files that no run wrote.
    changed : tuple of str
        Files that a run wrote and somebody changed.
    """

    strange: tuple[str, ...]
    changed: tuple[str, ...]


def write_mark(folder: Path) -> None:
    """Mark a finished folder; the same files give the same bytes."""
    files = {name: digest_file(folder / name) for name in _list_files(folder, ignore=())}
    text = json.dumps({"program": _PROGRAM, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MARK).write_bytes(f"{text}\n".encode())


def read_mark(folder: Path) -> dict[str, str] | None:
    """Checksums by path; None where the mark is missing or not ours."""
    content = _read_json(folder / MARK)
    if not isinstance(content, dict) or content.get("program") != _PROGRAM:
        return None
    files = content.get("files")
    return files if isinstance(files, dict) else None


def is_output(folder: Path) -> bool:
    """Whether a run wrote the folder, however long ago."""
    return read_mark(folder) is not None or _is_our_protocol(folder / PROTOCOL)


def is_internal(folder: Path) -> bool:
    """Whether what lies there was written for the office alone; as its protocol says."""
    content = _read_json(folder / PROTOCOL)
    about = content.get("about") if isinstance(content, dict) else None
    return isinstance(about, dict) and about.get("internal") is True


def find_foreign(folder: Path, *, ignore: Collection[str] = ()) -> Foreign:
    """Files of a folder that are not ours, or not any more.

    Traces of programs that merely looked are neither, and a file that is gone is no loss.

    Parameters
    ----------
    folder : Path
        Folder that is to be replaced. Without a mark it is an older output if a protocol of ours lies there.
    ignore : collection of str
        Names in the folder that are not looked at.
    """
    names = _list_files(folder, ignore=ignore)
    listed = read_mark(folder)
    if listed is None:
        older = _is_our_protocol(folder / PROTOCOL) or MARK in names
        known = {name for name in names if older and _OLDER.fullmatch(name)} | {MARK}
        changed = [MARK] if MARK in names else []
    else:
        known = {*listed, MARK}
        changed = [name for name in names if name in listed and not _is_unchanged(folder / name, listed[name])]
    strange = [name for name in names if name not in known and not _is_trace(name, known)]
    return Foreign(strange=tuple(map(_spell, strange)), changed=tuple(changed))


def _list_files(folder: Path, *, ignore: Collection[str]) -> list[str]:
    """Paths of everything but folders; a link to a folder is no folder."""
    found = []
    for base, folders, files in os.walk(folder, onerror=_raise):
        if Path(base) == folder:
            folders[:] = [name for name in folders if name not in ignore]
        links = [name for name in folders if Path(base, name).is_symlink()]
        found += [Path(base, name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(set(found) - set(ignore))


def _raise(error: OSError) -> NoReturn:
    raise error


def _is_trace(name: str, known: Collection[str]) -> bool:
    database = _BESIDE_DATABASE.fullmatch(name)
    return bool(_TRACE.fullmatch(name.rpartition("/")[2])) or (database is not None and database[1] in known)


def _is_unchanged(path: Path, digest: str) -> bool:
    return path.is_file() and digest_file(path) == digest


def _is_our_protocol(path: Path) -> bool:
    content = _read_json(path)
    versions = content.get("versions") if isinstance(content, dict) else None
    return isinstance(versions, dict) and _PROGRAM in versions


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes()) if path.is_file() else None
    except (ValueError, RecursionError):
        return None


def _spell(name: str) -> str:
    """Name that can be printed, whatever bytes the system knows it by."""
    return os.fsencode(name).decode("utf-8", errors="replace")
