"""The larger unit that a quarter belongs to stands wherever the quarter does, and nowhere where a project knows none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl

from sro_geo.model.atlas import Alike
from sro_geo.report.atlas import make_atlas
from sro_geo.report.tables import list_tables
from tests.pdf_text import read_pdf
from tests.specimen import NAMES, UNITS

if TYPE_CHECKING:
    from tests.told import Told


def test_every_row_of_a_quarter_names_its_unit(specimen: Told) -> None:
    """08 belongs to none, and still has its rows."""
    tables = [path.stem for path in (specimen.folder / "tables").glob("*.csv")]
    held = {name: rows for name in tables if "quartier" in (rows := specimen.read_table(name))[0]}
    assert len(held) > 9
    for rows in held.values():
        assert {(row["quartier"], row["gehoert_zu"]) for row in rows} <= {*UNITS.items(), ("08", ""), ("", "")}
    assert {row["quartier"] for row in held["indicators"]} == {*UNITS, "08"}


def test_offices_filter_every_sheet_by_it(specimen: Told) -> None:
    book = openpyxl.load_workbook(specimen.folder / "tables.xlsx")
    heads, *rows = book["Übersicht"].iter_rows(values_only=True)
    assert heads[:3] == ("Schlüssel", "Quartier", "gehört zu")
    assert [row[:3] for row in rows] == [
        *((key, name, UNITS.get(key, "")) for key, name in NAMES.items()),
        ("", specimen.study.about.place, ""),
    ]
    named = [sheet for sheet in book if sheet["A1"].value == "Schlüssel"]
    assert len(named) > 9
    for sheet in named:
        assert sheet["C1"].value == "gehört zu", sheet.title
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title


def test_the_layer_of_quarters_the_page_and_the_sheet_of_a_quarter_name_it(specimen: Told) -> None:
    layer = specimen.read_layer("quartiere").set_index("quarter_id")["parent"]
    assert layer.dropna().to_dict() == UNITS
    assert layer.index.tolist() == [*NAMES]
    assert {key: one["parent"] for key, one in specimen.page["profiles"].items()} == {**UNITS, "08": ""}
    for path in (specimen.folder / "steckbriefe").glob("*.pdf"):
        text = " ".join(read_pdf(path.read_bytes()))
        assert ("Gehört zu Westen" in text, "Gehört zu Osten" in text) == (
            UNITS.get(path.name[:2]) == "Westen",
            UNITS.get(path.name[:2]) == "Osten",
        )


def test_without_larger_units_nothing_speaks_of_them(muster: Told) -> None:
    assert all("parent" not in table.columns for table in list_tables(muster.study).values())
    assert "parent" not in muster.read_layer("quartiere")
    assert {one["parent"] for one in muster.page["profiles"].values()} == {""}


def test_they_are_called_what_their_column_says(specimen: Told, muster: Told) -> None:
    study = specimen.study
    for level, language, wanted in (
        ("Stadtteil", "de", ("Stadtteil", "Stadtteile")),
        ("Gemeinde", "de", ("Gemeinde", "Gemeinden")),
        ("Stadtteil", "en", ("district", "Districts")),
        ("", "de", ("größeres Gebiet", "Größere Gebiete")),
    ):
        about = replace(study.about, parent_level=level, language=language)
        words = make_atlas(
            replace(study, about=about), page_words=("page_unit", "page_units"), alike=Alike(quarters={}, codes=())
        ).words
        assert (words["page_unit"], words["page_units"]) == wanted
    assert muster.study.about.parent_level == ""
