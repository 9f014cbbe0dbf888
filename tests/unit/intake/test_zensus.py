"""A grid of the Zensus among the raw files becomes the population of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import DataError
from sro_geo.intake.looking import look_at
from sro_geo.intake.writing import extend_project, start_project
from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.bad_input.zensus_cases import ELSEWHERE, HEAD, cell
from tests.load_data import make_squares, write

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.pipeline.tables import Tables

GRID = HEAD + ";Unter3;a3bis5;a6bis9\n" + cell(50, 10, 20, 20) + cell(70, 30, 20, 20, step=3)
FAR = ELSEWHERE.replace(";3\n", ";3;1;1;1\n")
SITES = "name;ost;nord\nKita;300500;6000500\n"


def make(folder: Path, **texts: str) -> list[Path]:
    return [
        write(folder, f"{name}.{'geojson' if text.startswith('{') else 'csv'}", text).path
        for name, text in texts.items()
    ]


def count(tables: Tables) -> dict[str, float]:
    assert tables.population is not None
    persons = tables.population.persons
    return {str(group): float(some["persons"].sum()) for group, some in persons.groupby("age_group", observed=True)}


def test_a_grid_is_known_by_its_ids(tmp_path: Path) -> None:
    grid, table, cells = make(
        tmp_path, gitter=GRID, tabelle="code;wert\n01;3\n", zellen="zelle;ost;nord;altersgruppe;personen\na;1;2;0-3;4\n"
    )
    assert [look_at(path)[0].holds for path in (grid, table, cells)] == ["grid", "table", "table"]


def test_new_writes_the_population_and_its_age_groups(tmp_path: Path) -> None:
    told = start_project(tmp_path / "ort", make(tmp_path, q=make_squares(), gitter=GRID + FAR, kitas=SITES))
    assert "Gitter des Zensus: gitter.csv. Altersgruppen: " in told
    text = (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8")
    assert 'zensus = "daten/gitter.csv"' in text
    assert '# kindertageseinrichtung = "0-6"' in text
    assert count(read_tables(open_project(tmp_path / "ort"))) == {"0+": 120, "0-3": 40, "3-6": 40, "6-10": 40}
    assert not check_project(tmp_path / "ort").problems


def test_add_does_the_same(tmp_path: Path) -> None:
    """The law."""
    start_project(tmp_path / "ort", make(tmp_path, q=make_squares(), kitas=SITES))
    extend_project(tmp_path / "ort", make(tmp_path, gitter=GRID + FAR))
    start_project(tmp_path / "alles" / "ort", make(tmp_path, q=make_squares(), kitas=SITES, gitter=GRID + FAR))
    one, other = (read_tables(open_project(tmp_path / name)) for name in ("ort", "alles/ort"))
    assert count(one) == count(other)
    assert open_project(tmp_path / "ort").coverage == open_project(tmp_path / "alles" / "ort").coverage
    with pytest.raises(DataError) as caught:
        extend_project(tmp_path / "ort", make(tmp_path, gitter_2=GRID))
    assert [problem.cause for problem in caught.value.problems] == ["intake_population_known"]


def test_which_of_two_grids_holds_is_a_question(tmp_path: Path) -> None:
    told = start_project(tmp_path / "ort", make(tmp_path, q=make_squares(), gitter=GRID, alter=GRID + FAR))
    assert "Welches Gitter soll gelten?" in told
