"""`sro-geo new --from` takes flat files of GENESIS: areas, year and columns are found, and the project runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sro_geo.intake.columns import Column
from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.genesis_data import AGE, CASES, make_new, make_old

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    """Two municipalities."""
    rings = [[[n, 54], [n + 0.1, 54], [n + 0.1, 54.1], [n, 54]] for n in (9, 9.1)]
    features = [
        {
            "type": "Feature",
            "properties": {"ags": key, "name": f"Ort {key}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for key, ring in zip(("01051001", "01051002"), rings, strict=True)
    ]
    file = tmp_path / "gemeinden.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


@pytest.mark.parametrize("make", [make_old, make_new])
def test_a_flat_file_of_a_whole_state_becomes_columns_of_the_areas(
    tmp_path: Path, areas: Path, make: Callable[..., str]
) -> None:
    elsewhere = [(f"010530{n:02}", sex, f"{900 + n}", "4,5") for n in range(40) for sex in ("GESM", "")]
    flat = tmp_path / "12411-01_flat.csv"
    flat.write_text(make([*CASES, *elsewhere]), encoding="utf-8")
    told = start_project(tmp_path / "land", [areas, flat])
    assert "Nichts zu entscheiden" in told
    text = (tmp_path / "land" / "project.toml").read_text(encoding="utf-8")
    assert 'key = "GEMEIN"' in text
    assert 'bevoelkerung = "BEVSTD"' in text
    catalogue = (tmp_path / "land" / "kennzahlen.toml").read_text(encoding="utf-8")
    assert 'de = "Arbeitslosenquote, männlich"' in catalogue
    assert catalogue.count('unit = "percent"') == 2
    project = open_project(tmp_path / "land")
    values = read_tables(project).indicators.set_index(["quarter_id", "indicator", "year"])["value"]
    assert values["01051001", "bevoelkerung", 2023] == 1210
    assert values["01051002", "erwp10", 2023] == 12.25
    assert len(values) == 8


@pytest.mark.parametrize("make", [make_old, make_new])
def test_ages_of_a_flat_file_become_the_project_s_age_groups(
    tmp_path: Path, areas: Path, make: Callable[..., str]
) -> None:
    ages = {"ALT000B03": 30, "ALT003B18": 160, "ALT018B75": 900, "ALT075UM": 110, "": 1200}
    cases = [(key, age, str(n), "5,9") for key in ("01051001", "01051002") for age, n in ages.items()]
    flat = tmp_path / "12411-02_flat.csv"
    flat.write_text(make(cases, feature=AGE), encoding="utf-8")
    told = start_project(tmp_path / "land", [areas, flat])
    assert "Nichts zu entscheiden" in told
    project = open_project(tmp_path / "land")
    specs, values = (
        project.catalogue.specs,
        read_tables(project).indicators.set_index(["quarter_id", "indicator"])["value"],
    )
    wanted = {"alter_0_3": 30, "alter_3_18": 160, "alter_18_75": 900, "alter_75_plus": 110, "bevoelkerung": 1200}
    assert {code: values["01051002", code] for code in wanted} == wanted
    assert [specs[code].age_group for code in wanted] == ["0-3", "3-18", "18-75", "75+", None]


@pytest.mark.parametrize(
    ("head", "label", "unit", "age"),
    [
        ("BEVSTD ALTX20=ALT000B03", "Bevölkerungsstand, unter 3 Jahre", "Anzahl", "unter 3 Jahre"),
        ("BEVSTD ALTX20=ALT000B03 GES=GESM", "Bevölkerungsstand, unter 3 Jahre, männlich", "Anzahl", ""),
        ("BEVSTD GES=GESM", "Bevölkerungsstand, männlich", "Anzahl", ""),
        ("GEST01 ALTX20=ALT000B03", "Gestorbene, unter 3 Jahre", "Anzahl", ""),  # not those who live there
        ("BEVSTD ALTX20=ALT000B03", "Bevölkerungsstand, unter 3 Jahre", "Tsd.", ""),
        ("BEVSTD__Prozent ALTX20=ALT000B03", "Bevölkerungsstand, unter 3 Jahre", "Prozent", ""),
    ],
)
def test_only_inhabitants_divided_by_age_alone_are_an_age_group(head: str, label: str, unit: str, age: str) -> None:
    numbers = pd.Series([30.0, 45.0])
    assert Column(head=head, number=numbers, open=False, label=label, unit=unit).age == age
