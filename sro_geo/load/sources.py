"""Where a file comes from: the `SOURCE.toml` beside it, and the checksum of what was read."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from sro_geo.load.reading import DataFile, read_bytes
from sro_geo.load.toml import Strict, check_content, read_toml
from sro_geo.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE_FILE = "SOURCE.toml"


class _Entry(Strict):
    name: str
    title: str = ""
    publisher: str = ""
    licence: str = ""
    date: Annotated[str, BeforeValidator(lambda found: found.isoformat() if isinstance(found, dt.date) else found)] = ""
    address: str = ""
    example: bool = False
    note: str = ""
    notice: str = ""


class _Sources(Strict):
    file: list[_Entry] = Field(default_factory=list)


def read_source(file: DataFile, *, parts: Sequence[DataFile] = ()) -> Source:
    """Provenance of a file that was read.

    Parameters
    ----------
    file : DataFile
        The file.
    parts : sequence of DataFile
        Further files that belong to it (a shapefile's); they enter the checksum.

    Raises
    ------
    DataError
        If the `SOURCE.toml` beside it cannot be read.

    Notes
    -----
    A file that no `SOURCE.toml` names has a name and a checksum only.
    """
    digest = hashlib.sha256()
    for part in (file, *parts):
        digest.update(read_bytes(part))
    entry = _find_entry(file) if file.path.with_name(SOURCE_FILE).is_file() else None
    stated = {} if entry is None else entry.model_dump(exclude={"name"})
    return Source(file=file.name, sha256=digest.hexdigest(), **stated)


def _find_entry(file: DataFile) -> _Entry | None:
    listing = DataFile(path=file.path.with_name(SOURCE_FILE), name=_name_beside(file))
    text, content = read_toml(listing)
    checked = check_content(_Sources, content, text=text, file=listing.name)
    return next((entry for entry in checked.file if entry.name == file.path.name), None)


def _name_beside(file: DataFile) -> str:
    folder, slash, _ = file.name.rpartition("/")
    return f"{folder}{slash}{SOURCE_FILE}"
