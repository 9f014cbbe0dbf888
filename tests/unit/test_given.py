"""Ways that a table says, from the project file to what the page says of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.model.distances import Distances
from sro_geo.model.reach import Walk
from sro_geo.pipeline.measuring import describe_measured, measure_offers
from sro_geo.pipeline.reading import read_parts
from sro_geo.pipeline.walking import choose_way, tell_given
from sro_geo.project import read_project
from sro_geo.report.shown import list_shown, name_walk
from sro_geo.report.views import _warn_of_walk
from sro_geo.report.warnings import list_warnings
from tests.small_projects import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

    Given = tuple[Project, Tables, Measured]

KITA = "kindertageseinrichtung"


@pytest.fixture
def given(musterstadt_measured: Given) -> tuple[Project, Tables]:
    """Musterstadt with a table of the ways that were measured straight."""
    project, tables, measured = musterstadt_measured
    pairs = pd.concat([reach.pairs for reach in measured.reaches.values()])
    return project, replace(tables, distances=Distances(pairs=pairs, place="cell_id", example=False))


def test_the_same_ways_give_the_same_shares(given: tuple[Project, Tables], musterstadt_measured: Given) -> None:
    project, tables = given
    assert project.coverage is not None
    assert tables.population is not None
    for kind, reach in musterstadt_measured[2].reaches.items():
        found = choose_way(project.coverage, tables)(tables.population.cells, kind)
        pd.testing.assert_frame_equal(found.pairs, reach.pairs, check_dtype=False)
        assert found.example


def test_what_a_table_leaves_out_is_told(given: tuple[Project, Tables]) -> None:
    project, tables = given
    assert project.coverage is not None
    assert tables.distances is not None
    whole = tell_given(project.coverage, tables)
    assert all(note.cause != "distances_end" for note in whole)
    pairs = tables.distances.pairs
    less = pairs[(pairs["metres"] <= 600) & (pairs["offer_id"] != "A001")]
    short = tell_given(project.coverage, replace(tables, distances=replace(tables.distances, pairs=less)))
    told: dict[str, Any] = {note.cause: note.values for note in short}
    assert told["distances_end"] == {"longest": 9.0, "minutes": 15}
    assert "Kita Nordtor" in told["distances_without_offers"]["names"]
    assert told["distances_without_cells"]["n"] > 0


def test_minutes_of_a_table_are_not_called_walked(given: tuple[Project, Tables], musterstadt: Study) -> None:
    project, tables = given
    names = [
        spec.name["de"] for spec in describe_measured(tables, measure_offers(project, tables, members={})).values()
    ]
    assert "Kinder unter\u00a06 ohne Kita in 10\u00a0Minuten" in names
    assert not any("Gehminuten" in name for name in names)
    walk = Walk(speed_kmh=4.0, detour_factor=None, barrier=False, given=True)
    study = replace(musterstadt, about=replace(musterstadt.about, walk=walk))
    shown = {one.code: one for one in list_shown(study)}[f"ohne_{KITA}_10"]
    assert name_walk(study, 10) == "10\u00a0Minuten"
    assert name_walk(musterstadt, 10, title=False) == "10\u00a0Minuten zu Fuß"
    assert _warn_of_walk(study, shown) == ("Wege und Zeiten aus einer Tabelle.",)
    assert any(line.startswith("Wege und Zeiten sind einer Tabelle entnommen") for line in list_warnings(study))


def test_a_project_reads_its_table(tmp_path: Path) -> None:
    folder = write_whole(tmp_path / "stadt")
    file = folder / "project.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('distance = "straight"', 'distance = "table"') + '\n[distances]\nfile = "wege.csv"\n',
        encoding="utf-8",
    )
    (folder / "wege.csv").write_text("angebot;quartier;minuten\nxyz;01;5\n", encoding="utf-8")
    parts = read_parts(read_project(folder))
    assert [problem.cause for problem in parts.problems] == ["distances_unknown_offer"]
    assert parts.distances is None
