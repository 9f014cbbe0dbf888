"""`sro-geo new --from` takes tables as offices print them: titles, heads in several rows, years in the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.load_data import write_book
from tests.unit.intake.test_starting import CODES, write, write_areas

if TYPE_CHECKING:
    from pathlib import Path

PRINTED: list[list[Any]] = [
    ["Bevölkerung und Haushalte", None, None, None, None],
    [],
    ["nr", "Einwohner", None, "Haushalte", None],
    [None, 2018, 2019, 2018, 2019],
    *([code, 500 + n, 510 + n, 250 + n, 260 + n] for n, code in enumerate(CODES)),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_years_above_each_other_become_years_of_one_indicator(tmp_path: Path, kind: str) -> None:
    if kind == "xlsx":
        table = write_book(tmp_path, "einwohner.xlsx", {"Blatt": PRINTED}).path
    else:
        lines = [";".join("" if cell is None else str(cell) for cell in row) for row in PRINTED]
        table = write(tmp_path, "einwohner.csv", "\n".join([*lines, ""]))
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), table])
    assert "Nichts zu entscheiden" in told
    assert "Jahre 2018, 2019 aus den Spaltennamen" in told
    text = (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8")
    assert "header_row = [3, 4]" in text
    assert 'bevoelkerung = "Einwohner {year}"' in text
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "year", "quarter_id"])[
        "value"
    ]
    assert values["bevoelkerung", 2018, "N1"] == 500
    assert values["bevoelkerung", 2019, "N3"] == 512
    assert len(values) == 12


def test_columns_of_years_alone_are_called_like_the_file(tmp_path: Path) -> None:
    text = "nr;2018;2019\n" + "".join(f"{code};{n};{n + 1}\n" for n, code in enumerate(CODES, start=30))
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "arbeitslose_frauen.csv", text)])
    assert "Nichts zu entscheiden" in told
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "year", "quarter_id"])[
        "value"
    ]
    assert values["arbeitslose_frauen", 2019, "N1"] == 31
    assert len(values) == 6


def test_a_column_without_a_year_beside_others_is_asked_for(tmp_path: Path) -> None:
    text = "nr;Arbeitslose 2019;Wohnungen im Bestand\n" + "".join(f"{code};30;400\n" for code in CODES)
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "daten.csv", text)])
    assert "Zu entscheiden, 1 Stelle" in told
