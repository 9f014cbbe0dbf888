"""Safe opening: which files may be read, and what they really are."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from sro_geo.errors import Place
from sro_geo.load.telling import refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

LARGEST_BYTES = 500_000_000
"""A larger file is refused before it is read."""

TYPE_NAMES = {
    "binary": "?", "fgb": "FlatGeobuf", "gpkg": "GeoPackage", "html": "HTML", "json": "GeoJSON", "ods": "ODS",
    "pbf": "OpenStreetMap PBF", "pdf": "PDF", "shp": "Shapefile", "text": "CSV", "tif": "GeoTIFF", "utf16": "UTF-16", "xls": "XLS",
    "xlsx": "XLSX", "xml": "XML", "zip": "ZIP",
}  # fmt: skip
"""What a type is called in a message, the same in every language."""

_MAGIC = (
    (b"SQLite format 3\0", "gpkg"),
    (b"fgb\x03", "fgb"),
    (b"\x00\x00\x27\x0a", "shp"),
    (b"II*\0", "tif"),
    (b"II+\0", "tif"),
    (b"MM\0*", "tif"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    *((bytes([0, 0, 0, length]) + b"\n\tOSMHeader", "pbf") for length in (13, 14, 15)),
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
)
_OWN_CAUSE = {"html": "file_is_html", "utf16": "file_is_utf16", "xls": "file_is_xls", "zip": "file_is_zip"}
_ELSEWHERE = re.compile(rb"<!DOCTYPE|<OGR(?!:)|gdal_streamed_alg", re.IGNORECASE)
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened without waiting: a pipe that nobody writes to would be waited for without end."""


_START, _PIECE = 4096, 1 << 20
"""Bytes that tell a file's type, and that are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file that may be read; made by `find_file` and `find_beside`.

    Attributes
    ----------
    path : Path
        Real path.
    name : str
        The file as the project names it: what messages and sources show.
    roots : tuple of Path
        Folders that what lies beside it may lie in, too; none: its own folder.
    seen : set of bytes
        Checksum of what was read of it; each further reading must give the same.
    """

    path: Path
    name: str
    roots: tuple[Path, ...] = ()
    seen: set[bytes] = field(default_factory=set, repr=False, compare=False)

    @property
    def place(self) -> Place:
        """The file as a place of problems."""
        return Place(file=self.name)


def find_file(name: str, *, folder: Path, allow: Sequence[Path] = ()) -> DataFile:
    """File that a project may read.

    Parameters
    ----------
    name : str
        Path relative to `folder`.
    folder : Path
        The project's folder.
    allow : sequence of Path
        Other folders that may be read.

    Raises
    ------
    DataError
        If it lies elsewhere (links are followed first), is missing, a folder, a device, empty or too large.
    """
    roots = (folder, *allow)
    path, size = _check_path(folder / name, name, roots=roots)
    if size == 0:
        raise refuse(Place(file=name), "file_empty")
    return DataFile(path=path, name=name, roots=roots)


def find_beside(file: DataFile, name: str) -> DataFile | None:
    """File of that name in the folder of another, None where there is none.

    Raises
    ------
    DataError
        If it may not be read: the rules are those of `find_file`, but it may be empty.
    """
    path, roots = file.path.with_name(name), file.roots or (file.path.parent,)
    if not os.path.lexists(path):
        return None
    folder, slash, _ = file.name.rpartition("/")
    shown = f"{folder}{slash}{name}"
    return DataFile(path=_check_path(path, shown, roots=roots)[0], name=shown, roots=roots)


def read_bytes(file: DataFile) -> bytes:
    """Content of a file.

    Raises
    ------
    DataError
        If the system does not let it be read, it is no regular file any more, or it holds something else than before.
    """
    with _open(file) as stream:
        return stream.read()


@contextmanager
def open_text(file: DataFile) -> Iterator[BinaryIO]:
    """A text file piece by piece, for what is too large to be held; errors as in `read_expected`."""
    with _open(file) as stream:
        if _identify(stream.peek(_START)) == "text":
            yield stream
            return
    read_expected(file, ["text"])  # tells what it is


@contextmanager
def _open(file: DataFile) -> Iterator[BufferedReader[_Hashed]]:
    """A file whose bytes are hashed as they are read, those that are left at the end."""
    try:
        with open(file.path, "rb", buffering=0, opener=lambda path, _: os.open(path, _AT_ONCE)) as raw:
            if not stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
                raise refuse(file.place, "file_not_regular")
            hashed = _Hashed(raw)
            stream = BufferedReader(hashed, _PIECE)
            yield stream
            while stream.read(_PIECE):
                pass
    except OSError as error:
        raise refuse(file.place, "file_unreadable", reason=_name_reason(error)) from error
    file.seen.add(hashed.sha256.digest())
    if len(file.seen) > 1:
        raise refuse(file.place, "file_changed")


class _Hashed(io.RawIOBase):
    """Bytes of a file, hashed on their way."""

    def __init__(self, stream: io.RawIOBase) -> None:
        super().__init__()
        self.sha256 = hashlib.sha256()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count = self._stream.readinto(buffer)
        self.sha256.update(memoryview(buffer)[: count or 0])
        return count

    def readall(self) -> bytes:
        content = self._stream.readall()
        self.sha256.update(content)
        return content


def expect_type(file: DataFile, types: Collection[str]) -> str:
    """Type of a file by its content, whatever its name ends with.

    Raises
    ------
    DataError
        If it is none of `types`, or if it only points to other files or addresses.
    """
    return read_expected(file, types)[0]


def read_expected(file: DataFile, types: Collection[str]) -> tuple[str, bytes]:
    """Type and content of a file, read once; errors as in `expect_type`."""
    content = read_bytes(file)
    kind = _identify(content)
    if kind not in types:
        if kind in _OWN_CAUSE:
            raise refuse(file.place, _OWN_CAUSE[kind])
        names = {"found": TYPE_NAMES[kind], "wanted": [TYPE_NAMES[wanted] for wanted in types]}
        raise refuse(file.place, "file_wrong_type", **names)
    if kind in {"json", "xml"} and _ELSEWHERE.search(content):
        raise refuse(file.place, "file_refers_elsewhere")
    return kind, content


def _check_path(path: Path, name: str, *, roots: Sequence[Path]) -> tuple[Path, int]:
    """Real path and size of a file that may be read."""
    try:
        real = path.resolve()
        inside = any(real.is_relative_to(root.resolve()) for root in roots)
        found = real.stat() if inside and real.exists() else None
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise refuse(Place(file=name), "file_unreadable", reason=_name_reason(error)) from error
    if not inside:
        raise refuse(Place(file=name), "file_outside")
    if found is None:
        raise refuse(Place(file=name), "file_missing")
    if stat.S_ISDIR(found.st_mode):
        raise refuse(Place(file=name), "file_is_folder")
    if not stat.S_ISREG(found.st_mode):
        raise refuse(Place(file=name), "file_not_regular")
    if found.st_size > LARGEST_BYTES:
        megabytes = {"megabytes": found.st_size // 1_000_000, "most": LARGEST_BYTES // 1_000_000}
        raise refuse(Place(file=name), "file_too_large", **megabytes)
    return real, found.st_size


def _identify(content: bytes) -> str:
    start = content[:_START]
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return _identify_zip(content)
    if b"\0" in start:
        return "binary"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"{", b"[")):
        return "json"
    if text.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "xml" if text.startswith(b"<") else "text"


def _identify_zip(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return "zip"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xls"
    return "ods" if {"mimetype", "content.xml"} <= names else "zip"


def _name_reason(error: OSError | ValueError | RuntimeError) -> str:
    """Kind of the failure, without the path that the system's own text would show."""
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
