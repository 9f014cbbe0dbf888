"""`sro-geo new --from` takes flat files of GENESIS: areas, year and columns are found, and the project runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.genesis_data import CASES, make_new, make_old

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("make", [make_old, make_new])
def test_a_flat_file_of_a_whole_state_becomes_columns_of_the_areas(tmp_path: Path, make: Callable[..., str]) -> None:
    elsewhere = [(f"010530{n:02}", sex, f"{900 + n}", "4,5") for n in range(40) for sex in ("GESM", "")]
    files = [tmp_path / "gemeinden.geojson", tmp_path / "12411-01_flat.csv"]
    rings = [[[n, 54], [n + 0.1, 54], [n + 0.1, 54.1], [n, 54]] for n in (9, 9.1)]
    areas = [
        {
            "type": "Feature",
            "properties": {"ags": key, "name": f"Ort {key}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for key, ring in zip(("01051001", "01051002"), rings, strict=True)
    ]
    files[0].write_text(json.dumps({"type": "FeatureCollection", "features": areas}), encoding="utf-8")
    files[1].write_text(make([*CASES, *elsewhere]), encoding="utf-8")
    told = start_project(tmp_path / "land", files)
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
