"""What the XML of an ODS file says before the library reads it, which would repeat each cell as often as the file asks."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from sro_geo.load.bounds import MOST_CELLS, check_size, name_column
from sro_geo.load.reading import read_bytes
from sro_geo.load.scanning import FORMULA, Findings, parse_xml
from sro_geo.load.telling import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.load.reading import DataFile

_CONTENT = "content.xml"
_CELLS = ("table-cell", "covered-table-cell")


class _FarOffError(Exception):
    """A cell lies too far from all others; carries its address."""


def scan_ods(file: DataFile) -> Mapping[str, Findings]:
    """Findings of each sheet of an ODS file by its name.

    Raises
    ------
    DataError
        If it is too large when unpacked, spans more cells than can be read, is damaged, or declares entities.
    """
    scan = _Scan()
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(file))) as archive:
            check_size(archive, file)
            with archive.open(_CONTENT) as stream:
                parse_xml(stream, begin=scan.begin, end=scan.end, take=scan.take)
    except _FarOffError as error:
        raise refuse(file.place, "cell_far_off", cell=str(error), most=MOST_CELLS // 1_000_000) from error
    except (zipfile.BadZipFile, expat.ExpatError, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
        raise refuse(file.place, "workbook_broken", reason=str(error)) from error
    return scan.sheets


@dataclass(slots=True, kw_only=True)
class _Scan:
    """Takes down what the parser meets; `row` and `column` are the last that were finished."""

    sheets: dict[str, Findings] = field(default_factory=dict)
    found: Findings = field(default_factory=Findings)
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 0
    width: int = 0
    cell: dict[str, str] = field(default_factory=dict)
    text: str | None = None

    def begin(self, name: str, facts: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        if plain == "table":
            self.found = self.sheets.setdefault(facts.get("table:name", ""), Findings())
            self.row = self.columns = self.width = 0
        elif plain == "table-column":
            times = int(facts.get("table:number-columns-repeated", 1))
            if facts.get("table:visibility", "visible") != "visible":
                self.found.hidden_columns.append(range(self.columns + 1, self.columns + times + 1))
            self.columns += times
        elif plain == "table-row":
            self.rows, self.column = int(facts.get("table:number-rows-repeated", 1)), 0
            if facts.get("table:visibility", "visible") != "visible":
                self.found.hidden_rows.append(range(self.row + 1, self.row + self.rows + 1))
        elif plain in _CELLS:
            self.cell, self.text = facts, None
        elif plain == "p" and self.text is None:
            self.text = ""

    def take(self, text: str) -> None:
        if self.text is not None:
            self.text += text

    def end(self, name: str) -> None:
        plain = name.rpartition(":")[2]
        if plain == "table-row":
            self.row += self.rows
        elif plain in _CELLS:
            times = int(self.cell.get("table:number-columns-repeated", 1))
            if self.text is not None or "office:value-type" in self.cell or "table:formula" in self.cell:
                self.hold(times)
            self.column += times

    def hold(self, times: int) -> None:
        """Take down a cell that holds something, as often as it is repeated."""
        last, self.width = self.row + self.rows, max(self.width, self.column + times)
        if last * self.width > MOST_CELLS:
            raise _FarOffError(f"{name_column(self.column + times)}{last}")
        text = self.judge()
        if text:
            self.found.cells |= {
                (row + 1, column + 1): text
                for row in range(self.row, last)
                for column in range(self.column, self.column + times)
            }

    def judge(self) -> str:
        """Text that stands for a cell without a value, empty for any other."""
        if "error" in (self.cell.get("calcext:value-type"), self.cell.get("office:value-type")):
            return self.text or "#"
        lacking = "table:formula" in self.cell and "office:value-type" not in self.cell
        return f"{FORMULA}{self.cell['table:formula'].partition('=')[2]}" if lacking else ""
