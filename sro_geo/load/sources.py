"""Where a file comes from: the `SOURCE.toml` beside it, and the checksum of what was read."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from sro_geo.load.reading import find_beside, read_bytes
from sro_geo.load.toml import Strict, check_content, read_toml
from sro_geo.model.source import Source
from sro_geo.text.secrets import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.load.reading import DataFile

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


SOURCES_FORM = _Sources
"""Form of a `SOURCE.toml`."""


def read_source(file: DataFile, *, parts: Sequence[DataFile] = (), form: tuple[str, str] = ("", "")) -> Source:
    """Provenance of a file that was read.

    Parameters
    ----------
    file : DataFile
        The file.
    parts : sequence of DataFile
        Further files that belong to it (a shapefile's); they enter the checksum.
    form : tuple of str
        Encoding and delimiter that it was read with.

    Raises
    ------
    DataError
        If the `SOURCE.toml` beside it cannot or may not be read.

    Notes
    -----
    A file that no `SOURCE.toml` names has a name and a checksum only.
    """
    if parts or not file.seen:
        digest = hashlib.sha256(b"".join(read_bytes(part) for part in (file, *parts))).digest()
    else:
        (digest,) = file.seen  # of the very bytes that were read
    listing = find_beside(file, SOURCE_FILE)
    entry = None if listing is None else _find_entry(listing, file.path.name)
    told = {} if entry is None else entry.model_dump(exclude={"name"})
    stated: dict[str, Any] = {key: redact(value) if isinstance(value, str) else value for key, value in told.items()}
    return Source(file=file.name, sha256=digest.hex(), encoding=form[0], delimiter=form[1], **stated)


def _find_entry(listing: DataFile, name: str) -> _Entry | None:
    text, content = read_toml(listing)
    checked = check_content(_Sources, content, text=text, file=listing.name)
    return next((entry for entry in checked.file if entry.name == name), None)
