"""A project from raw files with an extract of OpenStreetMap among them."""

from __future__ import annotations

import shutil
import tomllib
from typing import TYPE_CHECKING

from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from sro_geo.project import find_shipped

if TYPE_CHECKING:
    from pathlib import Path

TOWN = find_shipped("geodata/musterstadt")
RAW = ("quartiere.geojson", "kennzahlen.csv", "angebote.csv", "strassen.osm.pbf")


def read(folder: Path, name: str) -> dict[str, object]:
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def test_ways_go_along_its_streets_and_its_makers_are_named(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in RAW:  # without what their SOURCE.toml says
        shutil.copyfile(TOWN / name, raw / name)
    told = start_project(tmp_path / "ort", [raw / name for name in RAW])
    assert "Straßen: strassen.osm.pbf. Auf ihnen werden die Fußwege gerechnet." in told.splitlines()
    project = read(tmp_path / "ort", "project.toml")
    assert project["streets"] == {"file": "daten/strassen.osm.pbf"}
    assert project["coverage"] == {"distance": "walking", "minutes": [5, 10, 15], "speed_kmh": 4.0}
    files = read(tmp_path / "ort", "daten/SOURCE.toml")["file"]
    assert isinstance(files, list)
    own = next(one for one in files if one["name"] == "strassen.osm.pbf")
    assert (own["licence"], own["notice"]) == ("ODbL 1.0", "© OpenStreetMap-Mitwirkende (ODbL)")
    assert all(not one["publisher"] for one in files if one is not own)
    tables = read_tables(open_project(tmp_path / "ort"))
    assert tables.streets is not None
    assert len(tables.streets.edges) > 100


def test_without_anything_to_walk_to_it_is_left_out_and_that_is_told(tmp_path: Path) -> None:
    told = start_project(tmp_path / "ort", [TOWN / name for name in RAW if name != "angebote.csv"])
    assert "Nicht verwendet: strassen.osm.pbf. Ohne Angebote und Altersgruppen gibt es keine Wege zu rechnen." in told
    assert "streets" not in read(tmp_path / "ort", "project.toml")
    assert not (tmp_path / "ort" / "daten" / "strassen.osm.pbf").exists()
