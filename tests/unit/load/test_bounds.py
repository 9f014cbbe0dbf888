"""A workbook is measured before it is opened."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import DataError
from sro_geo.load import bounds
from sro_geo.load.bounds import check_bounds
from sro_geo.load.tables import read_table
from tests.load_data import write_book

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.reading import DataFile


def find_problem(file: DataFile) -> tuple[str, object]:
    with pytest.raises(DataError) as caught:
        read_table(file)
    (problem,) = caught.value.problems
    return problem.cause, problem.values.get("cell")


def replace_in_sheet(file: DataFile, old: bytes, new: bytes) -> DataFile:
    """The same workbook with other bytes in its first sheet."""
    with zipfile.ZipFile(file.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    parts[sheet] = parts[sheet].replace(old, new)
    with zipfile.ZipFile(file.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


@pytest.mark.parametrize("cell", ["XFD1048576", "B1048576", "XFD400"])
def test_one_far_cell_is_refused_by_name(tmp_path: Path, cell: str) -> None:
    """The reader would allocate all cells up to it: 17 thousand millions, and the process is gone."""
    book = write_book(tmp_path, "m.xlsx", {"Werte": [["code", "wert"], ["01", 5], ["02", 7]]})
    far = replace_in_sheet(book, b'r="B3"', f'r="{cell}"'.encode())
    if cell == "B1048576":
        check_bounds(far)  # two million cells are read
    else:
        assert find_problem(far) == ("cell_far_off", cell)


def test_an_address_across_two_chunks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = write_book(tmp_path, "m.xlsx", {"Werte": [["code", "wert"], ["01", 5], ["02", 7]]})
    far = replace_in_sheet(book, b'r="B3"', b'r="XFD1048576"')
    for chunk in (7, 64, 333):
        monkeypatch.setattr(bounds, "_CHUNK", chunk)
        assert find_problem(far) == ("cell_far_off", "XFD1048576")


def test_what_is_too_large_unpacked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = write_book(tmp_path, "m.xlsx", {"Werte": [["code", "wert"], ["01", 5]]})
    monkeypatch.setattr(bounds, "MOST_BYTES", 1000)
    assert find_problem(book) == ("workbook_too_large", None)
