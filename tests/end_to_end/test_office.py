"""The workbook as LibreOffice opens it on a German machine."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from sro_geo.report.tables import list_tables
from sro_geo.report.workbook import format_workbook
from sro_geo.text.numbers import write_number

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study

pytestmark = pytest.mark.long

GERMAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
</oor:items>
"""
SHOWN = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true,true,false,false,-1"
"""Every sheet, its cells as they are shown, divided by semicolons, in UTF-8."""

EVIL = ("=1+1", "+49 381", "-x", "@SUM(A1)", "007", "1,5", "{=1+1}", '=cmd|" /C calc"!A1')


def open_book(content: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Rows of every sheet as they are shown, by its name."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(GERMAN, encoding="utf-8")
    (folder / "tables.xlsx").write_bytes(content)
    command = [
        office,
        "--headless",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to",
        SHOWN,
        "--outdir",
        str(folder / "csv"),
        str(folder / "tables.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    paths = (folder / "csv").glob("tables-*.csv")
    return {
        path.stem.removeprefix("tables-"): list(
            csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";")
        )
        for path in paths
    }


def show(cell: Any) -> str:
    """A cell as a German spreadsheet shows it, by its own format."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    if cell.number_format == '"0"':
        assert round(cell.value) == 0
        return "0"
    signed = cell.number_format.startswith("+")
    form = cell.number_format.split(";")[0].removeprefix("+")
    digits = len(form.partition(".")[2])
    told = write_number(cell.value, digits=digits, decimal=",", thousands="." if "," in form else "")
    if not signed:
        return told.replace("−", "-")  # the program's own
    if told.startswith("−"):
        return told
    return f"+{told}" if cell.value else "0"


def test_libreoffice_shows_german_numbers_and_umlauts(musterstadt: Study, tmp_path: Path) -> None:
    content = format_workbook(musterstadt, list_tables(musterstadt))
    sheets, book = open_book(content, tmp_path), load_workbook(io.BytesIO(content))
    assert set(sheets) == set(book.sheetnames)
    compared = thousands = 0
    for name in book.sheetnames:
        rows = [[show(cell) for cell in row] for row in book[name].iter_rows()]
        assert len(sheets[name]) == len(rows), name
        for told, wanted in zip(sheets[name], rows, strict=True):
            assert (told or [""]) == wanted, name
            compared += len(told)
            thousands += sum(text.count(".") == 1 and text.replace(".", "").isdigit() for text in told)
    assert compared > 20_000
    assert thousands > 100
    heads = {head for rows in sheets.values() for head in rows[0]}
    assert {"Schlüssel", "höchstens"} <= heads


def test_no_name_becomes_a_formula_in_libreoffice(musterstadt: Study, tmp_path: Path) -> None:
    names = [*EVIL, *(f"Q{n}" for n in range(len(musterstadt.quarters) - len(EVIL)))]
    named = replace(musterstadt, quarters=musterstadt.quarters.assign(name=names))
    sheets = open_book(format_workbook(named, {}), tmp_path)
    assert [row[1] for row in sheets["Übersicht"][1 : len(names) + 1]] == names
