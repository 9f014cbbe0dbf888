"""A unit in a planner's own words stands wherever a unit stands; what it means follows from what is told of it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.derivation import explain_value
from sro_geo.report.shown import list_shown
from sro_geo.report.tables import list_tables
from sro_geo.report.views import make_view
from sro_geo.report.workbook import format_workbook
from tests.unit.intake.test_starting import CODES, write, write_areas

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.atlas import View
    from sro_geo.model.study import Study

ROWS = ("4,50;350,5;500;25", "5,50;149,5;500;20", "8,25;100;1000;9")
"""Rent, ground of playgrounds, inhabitants, cases."""

CATALOGUE = """
[[indicator]]
code = "miete"
name = "Angebotsmiete"
short = "Miete"
unit = { de = "Euro je m²", en = "euros per m²" }
adds = false
numerator = "none"
digits = 2
direction = -1

[[indicator]]
code = "spielflaeche"
name = "Spielfläche"
short = "Spielfläche"
unit = "m²"
adds = true
numerator = "none"
digits = 1

[[indicator]]
code = "faelle"
name = "Fälle"
short = "Fälle"
unit = "Fälle je 1.000"
denominator = "all"
digits = 1
"""

PROJECT = """
title = "Atlas"
place = "Ort"
year = 2023
[catalogue]
indicators = "katalog.toml"
[quarters]
file = "ortsteile.geojson"
key = "nr"
name = "bez"
[groups]
modellregion = ["N1"]
[compare]
group = "modellregion"
[[indicators]]
file = "werte.csv"
form = "wide"
year = 2023
[indicators.columns]
miete = "miete"
spielflaeche = "flaeche"
bevoelkerung = "menschen"
faelle = { numerator = "faelle", denominator = "menschen" }
[[map]]
shows = "spielflaeche"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("ort")
    write_areas(folder)
    write(folder, "katalog.toml", CATALOGUE)
    write(
        folder,
        "werte.csv",
        "code;miete;flaeche;menschen;faelle\n" + "".join(f"{c};{r}\n" for c, r in zip(CODES, ROWS, strict=True)),
    )
    return run_study(open_project(write(folder, "project.toml", PROJECT)))


def view(study: Study, code: str) -> View:
    (shown,) = [shown for shown in list_shown(study) if shown.spec.code == code]
    return make_view(study, shown, family=[shown])


@pytest.mark.parametrize(
    ("code", "unit", "value"),
    [("miete", "Euro je m²", "8,25"), ("faelle", "Fälle je 1.000", "9,0"), ("spielflaeche", "m²", "100,0")],
)
def test_page_and_figure_carry_the_words(study: Study, code: str, unit: str, value: str) -> None:
    """The legend's heading and the head of the ranking; values keep their digits."""
    found = view(study, code)
    assert found.ranking_head == found.picture.heading == unit
    assert found.values["N3"] == value
    assert found.values["N1"] == {"miete": "4,50", "faelle": "50,0", "spielflaeche": "350,5"}[code]


def test_the_city_is_a_mean_a_rate_or_a_sum_as_told(study: Study) -> None:
    """By hand: (4.50 · 500 + 5.50 · 500 + 8.25 · 1000) ÷ 2000; 54 cases of 2000; 350.5 + 149.5 + 100."""
    city = study.city["value"]
    assert city["miete"] == pytest.approx(6.625)
    assert city["faelle"] == pytest.approx(27)
    assert city["spielflaeche"] == pytest.approx(600)
    assert study.specs["spielflaeche"].unit == "number"


def test_sentences_and_differences_carry_the_words(study: Study) -> None:
    found = view(study, "miete")
    assert "Euro je m²" in found.sentences["N1"]
    assert found.contrast is not None
    assert found.contrast.unit == "Euro je m²"
    assert "25 ÷ 500" in explain_value(study, "N1", "faelle")
    assert "Fälle je 1.000" in explain_value(study, "N1", "faelle")


def test_the_years_carry_the_words(study: Study) -> None:
    """The study and the same values a year earlier."""
    earlier: Any = study.indicators.assign(year=2022)
    years = replace(study, indicators=pd.concat([earlier, study.indicators], ignore_index=True))
    for code, unit in (("miete", "Euro je m²"), ("faelle", "Fälle je 1.000"), ("spielflaeche", "m²")):
        series = view(years, code).series
        assert series is not None
        assert (series.years, series.unit, series.heading) == ((2022, 2023), unit, unit)


def test_the_workbook_carries_the_words(study: Study) -> None:
    book = openpyxl.load_workbook(io.BytesIO(format_workbook(study, list_tables(study))))
    told = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }
    assert {"Angebotsmiete (Euro je m²)", "Spielfläche (m²)", "Fälle (Fälle je 1.000)", "Euro je m²", "m²"} <= told


def test_small_counts_behind_a_rate_of_its_own_words_stay_secret(tmp_path: Path) -> None:
    """2 cases of 500: whatever the unit is called, the rate would give them away."""
    write_areas(tmp_path)
    write(tmp_path, "katalog.toml", CATALOGUE)
    rows = "".join(f"{c};{r}\n" for c, r in zip(CODES, ("4;1;500;2", "4;1;500;30", "4;1;500;40"), strict=True))
    write(tmp_path, "werte.csv", "code;miete;flaeche;menschen;faelle\n" + rows)
    found = run_study(open_project(write(tmp_path, "project.toml", PROJECT))).indicators.set_index(
        ["indicator", "quarter_id"]
    )
    assert found["status"]["faelle", "N1"] == "suppressed"
    assert found["status"]["miete", "N1"] == "observed"
