"""Where a table comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Provenance of one file.

    Attributes
    ----------
    file : str
        The file as the project names it.
    title, publisher, licence, address, note : str
        As stated by the file's `SOURCE.toml`; empty where nothing is stated.
    date : str
        State of the data, ISO date or empty.
    notice : str
        Sentence that every map made from it must show.
    example : bool
        Whether its figures are invented.
    sha256 : str
        Checksum of the bytes that were read.
    encoding, delimiter : str
        How a CSV was read; empty for other files.
    """

    file: str
    sha256: str
    title: str = ""
    publisher: str = ""
    licence: str = ""
    date: str = ""
    address: str = ""
    note: str = ""
    notice: str = ""
    example: bool = False
    encoding: str = ""
    delimiter: str = ""
