"""The workbook says what the CSV tables say, in words for an office, and nothing in it can run."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from sro_geo.model.status import KNOWN
from sro_geo.report.tables import format_csv, list_tables
from sro_geo.report.workbook import format_workbook
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from sro_geo.model.study import Study

ROOT = Path(__file__).parents[3]
EVIL = ("=1+1", "+49 381", "-x", "@SUM(A1)", "https://example.org", "mailto:a@example.org", "007", "{=1+1}")
GERMAN = Speaker("de")


@pytest.fixture
def study(musterstadt: Study) -> Study:
    return musterstadt


@pytest.fixture(scope="module")
def content(musterstadt: Study) -> bytes:
    return format_workbook(musterstadt, list_tables(musterstadt))


def read_sheet(content: bytes, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content), read_only=True)[name].iter_rows(values_only=True))


def test_the_same_study_gives_the_same_bytes(study: Study, content: bytes) -> None:
    assert format_workbook(study, list_tables(study)) == content


def test_every_table_has_a_sheet_that_says_what_its_csv_says(study: Study, content: bytes) -> None:
    for name, given in list_tables(study).items():
        head, *rows = read_sheet(content, GERMAN.say(f"sheet_{name}"))
        kept = [i for i, title in enumerate(head) if title not in ("Kennzahl", "Einheit")]
        table = (
            given.assign(kind=given["kind"].map(lambda code: study.kinds[code].name["de"]))
            if "kind" in given
            else given
        )
        _, *told = csv.reader(io.StringIO(format_csv(table, voice=GERMAN)))
        columns = [str(c) for c in table.columns]
        order = [columns.index(c) for c in ("quarter_id", "name")] if "name" in columns else []
        order += [i for i, column in enumerate(columns) if not order or column not in ("quarter_id", "name")]
        assert len(rows) == len(told)
        for row, line in zip(rows[:200], told[:200], strict=True):
            for at, cell in zip(kept, (line[i] for i in order), strict=True):
                assert row[at] in (None, "") if not cell else str(row[at]) == cell or float(row[at]) == float(cell), (
                    head
                )


def test_the_overview_holds_the_years_values_and_a_sign_where_there_is_none(study: Study, content: bytes) -> None:
    head, *rows = read_sheet(content, "Übersicht")
    assert rows[-1][1] == "Musterstadt"
    code = "sprachfoerderung"
    at = next(i for i, title in enumerate(head) if str(title).startswith(study.specs[code].name["de"]))
    values = study.indicators.query("indicator == @code and year == 2024").set_index("quarter_id")
    for key, *cells in rows[:-1]:
        row = values.loc[key]
        sign = {"suppressed": "•", "missing": "."}.get(str(row["status"]))
        assert cells[at - 1] == (pytest.approx(row["value"], abs=1e-4) if row["status"] in KNOWN else sign)
        assert isinstance(cells[at - 1], str) or cells[at - 1] == round(cells[at - 1], 4)
    assert {"•", "."} <= {cells[at - 1] for _, *cells in rows}
    assert rows[-1][at] == pytest.approx(study.city["value"][code], abs=1e-4)
    assert any("•  geheim" in str(row[0]) for row in read_sheet(content, "Lesehilfe"))


def test_no_name_becomes_a_formula_or_a_link(study: Study) -> None:
    names = list(EVIL) + [f"Q{i}" for i in range(len(study.quarters) - len(EVIL))]
    named = replace(study, quarters=study.quarters.assign(name=names))
    evil = format_workbook(named, list_tables(named))
    with zipfile.ZipFile(io.BytesIO(evil)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2 + len(list_tables(study))
    assert not any(sign in sheet for sheet in sheets for sign in ("<f>", "<f ", "<hyperlink"))
    assert [row[1] for row in read_sheet(evil, "Übersicht")[1 : len(EVIL) + 1]] == list(EVIL)


def test_in_english_all_heads_are_english(study: Study) -> None:
    english = replace(study, about=replace(study.about, language="en"))
    book = load_workbook(io.BytesIO(format_workbook(english, list_tables(english))), read_only=True)
    assert book.sheetnames[:3] == ["How to read this", "Overview", "Indicators"]
    assert next(book["Index"].iter_rows(values_only=True))[:3] == ("Key", "Quarter", "Points")


def test_numbers_show_the_decimals_of_their_indicator_and_hold_more(study: Study, content: bytes) -> None:
    """A count without decimals, a share as on its maps; what has no indicator shows what it has, up to two."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["Kennzahlen"]
    heads = [cell.value for cell in sheet[1]]
    code, value, year = (heads.index(name) for name in ("Code", "Wert", "Jahr"))
    seen = set()
    for row in sheet.iter_rows(min_row=2):
        if isinstance(row[value].value, (int, float)):
            digits = study.specs[str(row[code].value)].digits
            assert row[value].number_format == "#,##0" + ("." + "0" * digits if digits else "")
            assert row[year].number_format == "0"
            seen.add((digits, row[value].value != round(float(row[value].value), digits)))
    assert {(0, True), (0, False)} <= seen
    index = book["Index"]
    assert {row[2].number_format for row in index.iter_rows(min_row=2) if row[2].value is not None} == {"#,##0.00"}
    contributions = book["Beiträge"]
    at = [cell.value for cell in contributions[1]].index("Beitrag")
    assert contributions.cell(2, at + 1).number_format == "+#,##0.00;−#,##0.00;0"
