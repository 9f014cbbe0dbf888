"""What the XML of an XLSX sheet says and the library that reads its cells does not tell: errors, missing results, hiding."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from sro_geo.load.bounds import count_column
from sro_geo.load.reading import read_bytes
from sro_geo.load.telling import refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from sro_geo.load.reading import DataFile

FORMULA = "="
"""Begins the text of a formula whose result is not stored."""

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_YES = ("1", "true")
_CHUNK = 1 << 20
_DIGITS = "0123456789"


@dataclass(slots=True, kw_only=True)
class Findings:
    """What a sheet holds besides values; rows and columns count from 1.

    Attributes
    ----------
    cells : dict of (int, int) to str
        Error ("#DIV/0!") or formula without a result ("=B2+C2") by row and column.
    hidden_rows, hidden_columns : list of range
        What is not shown.
    """

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)


def scan_sheet(file: DataFile, sheet: str) -> Findings:
    """Findings of a sheet of an XLSX file.

    Raises
    ------
    DataError
        If its XML is damaged, or declares entities: no office program writes them.

    Notes
    -----
    A program that cannot compute stores no result, or zero with the mark that all is to be computed when the file is
    opened; both count as no result.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(file))) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            part, computed = _find_part(archive, names, sheet)
            with archive.open(names[part.lower()]) as stream:
                scan = _Scan(computed=computed)
                parse_xml(stream, begin=scan.begin, end=scan.end, take=scan.take)
                return scan.found
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise refuse(file.place, "workbook_broken", reason=str(error)) from error


def _find_part(archive: zipfile.ZipFile, names: dict[str, str], sheet: str) -> tuple[str, bool]:
    """Part that holds a sheet, and whether the results of formulas come from a program that computes."""
    links: dict[str, str] = {}
    parts: dict[str, str] = {}
    computed = True

    def begin(name: str, facts: dict[str, str]) -> None:
        nonlocal computed
        plain = name.rpartition(":")[2]
        if plain == "Relationship":
            links[facts["Id"]] = facts["Target"]
        elif plain == "sheet":
            parts[facts["name"]] = next(fact for key, fact in facts.items() if key.rpartition(":")[2] == "id")
        elif plain == "calcPr":
            computed = facts.get("fullCalcOnLoad") not in _YES

    for part in (_LINKS, _BOOK):
        with archive.open(names[part.lower()]) as stream:
            parse_xml(stream, begin=begin)
    return posixpath.normpath(posixpath.join("/xl", links[parts[sheet]])).lstrip("/"), computed


@dataclass(slots=True, kw_only=True)
class _Scan:
    """Takes down what the parser meets: the cell that is read now, and the findings so far."""

    computed: bool
    found: Findings = field(default_factory=Findings)
    row: int = 0
    column: int = 0
    kind: str = ""
    inside: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    def begin(self, name: str, facts: dict[str, str]) -> None:
        self.inside = name.rpartition(":")[2]
        if self.inside == "row":
            self.row, self.column = int(facts.get("r", self.row + 1)), 0
            if facts.get("hidden") in _YES:
                self.found.hidden_rows.append(range(self.row, self.row + 1))
        elif self.inside == "c":
            self.column = count_column(facts["r"].rstrip(_DIGITS).upper()) if "r" in facts else self.column + 1
            self.kind, self.texts = facts.get("t", "n"), {}
        elif self.inside == "col" and facts.get("hidden") in _YES:
            self.found.hidden_columns.append(range(int(facts["min"]), int(facts["max"]) + 1))
        else:
            self.texts[self.inside] = ""

    def take(self, text: str) -> None:
        self.texts[self.inside] = self.texts.get(self.inside, "") + text

    def end(self, name: str) -> None:
        self.inside = ""
        if name.rpartition(":")[2] == "c":
            text = self.judge()
            if text:
                self.found.cells[self.row, self.column] = text

    def judge(self) -> str:
        """Text that stands for a cell without a value, empty for any other."""
        value, formula = self.texts.get("v", "").strip(), self.texts.get("f")
        if self.kind == "e":
            return value
        if formula is None or self.kind == "str":  # a formula may give an empty text
            return ""
        lacking = value == "" or (value == "0" and not self.computed)
        return f"{FORMULA}{formula.strip()}" if lacking else ""


def parse_xml(
    stream: IO[bytes],
    *,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    take: Callable[[str], None] | None = None,
) -> None:
    """Tell the beginning, end and text of each element.

    Raises
    ------
    ExpatError
        If it is no XML.
    ValueError
        If it declares entities.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, take
    parser.StartDoctypeDeclHandler = _refuse_declaration
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)  # noqa: FBT003  expat takes no names
    parser.Parse(b"", True)  # noqa: FBT003  as above


def _refuse_declaration(*_: object) -> None:
    raise ValueError("DOCTYPE")
