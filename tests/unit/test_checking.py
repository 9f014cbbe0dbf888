"""The report on a project's data: what is wrong with one file hides nothing of another, and what stays empty is told with its reason."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import DataError
from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.text.speaker import Speaker
from tests.bad_input.harness import GOOD
from tests.small_projects import CHOICES, write_project

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sro_geo.errors import Problem
    from sro_geo.model.quality import FileRead, Quality

WHOLE = {
    **{name: choices[0] for name, choices in CHOICES.items()},
    "quarters": "many", "years": "many", "values": "rates", "offers": "some", "population": "cells",
    "coverage": "yes", "index": "three", "shock": "yes",
}  # fmt: skip
CELLS = (
    "zelle;ost;nord;altersgruppe;personen\n"
    "a;300500;6000500;0-6;40\na;300500;6000500;0+;{}\n"
    "b;301500;6000500;0-6;60\nb;301500;6000500;0+;1104\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A good project of two quarters that may be broken."""
    folder = tmp_path / "probe"
    shutil.copytree(GOOD, folder)
    return folder


def append(folder: Path, text: str) -> None:
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def find_file(quality: Quality, name: str) -> FileRead:
    (file,) = [file for file in quality.files if file.name == name]
    return file


def list_causes(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Cause and file of each problem; a group stands in no file of data."""
    return [(one.cause, next((place.file for place in one.places), "")) for one in problems]


def test_every_broken_file_is_told_beside_what_could_be_read(project: Path) -> None:
    (project / "kennzahlen.csv").write_text(
        "quartier;kennzahl;jahr;wert\n01;bevoelkerung;2024;viele\n", encoding="utf-8"
    )
    (project / "angebote.csv").write_text("art;name\n", encoding="utf-8")
    append(project, '[groups]\nmodell = ["99"]\n[water]\nfile = "fluss.geojson"\n')
    (project / "fluss.geojson").write_text("{", encoding="utf-8")
    quality = check_project(project)
    assert list_causes(quality.problems) == [
        ("vector_broken", "fluss.geojson"),
        ("number_unreadable", "kennzahlen.csv"),
        ("no_rows", "angebote.csv"),
        ("group_unknown_quarter", ""),
    ]
    assert quality.open
    assert find_file(quality, "grenzen.geojson").counts == {"quarters": 2}
    assert find_file(quality, "angebote.csv").source is None
    with pytest.raises(DataError) as caught:
        run_study(open_project(project))
    assert caught.value.problems == quality.problems


def test_a_wrong_value_in_one_table_does_not_wait_for_another_to_be_mended(project: Path) -> None:
    append(project, '[[indicators]]\nfile = "zwei.csv"\n')
    (project / "zwei.csv").write_text("quartier;kennzahl;jahr;wert\n01;gestorbene;2024;viele\n", encoding="utf-8")
    values = project / "kennzahlen.csv"
    values.write_text(
        values.read_text(encoding="utf-8").replace("02;geborene;2024;12", "02;geborene;2024;-12"), "utf-8"
    )
    assert list_causes(check_project(project).problems) == [
        ("number_unreadable", "zwei.csv"),
        ("negative_number", "kennzahlen.csv"),
    ]


def test_without_boundaries_the_tables_are_opened_all_the_same(project: Path) -> None:
    (project / "grenzen.geojson").write_text("{", encoding="utf-8")
    (project / "kennzahlen.csv").write_text(
        "quartier;kennzahl;jahr;wert\n01;bevoelkerung;2024;viele\n", encoding="utf-8"
    )
    (project / "angebote.csv").write_text("art;name\n", encoding="utf-8")
    quality = check_project(project)
    assert list_causes(quality.problems) == [
        ("vector_broken", "grenzen.geojson"),
        ("number_unreadable", "kennzahlen.csv"),
        ("no_rows", "angebote.csv"),
    ]
    assert all(file.source is None for file in quality.files)


def test_a_file_that_is_not_there_hides_nothing_of_the_others(project: Path) -> None:
    """Not even a key table: what it would join is left out, else every row would be without a partner."""
    text = (project / "project.toml").read_text(encoding="utf-8")
    text = text.replace('file = "kennzahlen.csv"', 'file = "kennzahlen.csv"\nkeys = "fehlt.csv"')
    (project / "project.toml").write_text(text + '[population]\ncells = "zellen.csv"\n', encoding="utf-8")
    (project / "angebote.csv").write_text("art;name\n", encoding="utf-8")
    quality = check_project(project)
    assert [(problem.cause, problem.values["name"]) for problem in quality.problems] == [
        ("file_missing", "fehlt.csv"),
        ("file_missing", "zellen.csv"),
        ("no_rows", "angebote.csv"),
    ]
    (project / "grenzen.geojson").unlink()
    assert {problem.cause for problem in check_project(project).problems} == {"file_missing"}


def test_a_project_file_that_cannot_be_read_is_an_error_of_the_report(project: Path) -> None:
    append(project, "[index]\nnonsense = 1\n")
    quality = check_project(project, language="en")
    assert (quality.title, quality.language, quality.files) == ("probe", "en", ())
    assert {problem.cause for problem in quality.problems} >= {"unknown_key"}
    assert quality.open


STRAY = """
[words]
Krippe = "kripe"
[target_groups]
nichts = "0-6"
[index]
normalise = "goalposts"
aggregate = "arithmetic"
[index.goalposts]
armut = [60, 0]
[index.weights]
robustness = 1
recovery = 1
[redundancy]
kinds = ["hilfe"]
minutes = 7
[shock]
year = 2099
name = "Sturm"
indicator = "armut"
[[siting]]
kind = "hilfe"
minutes = 5
[compare]
group = "Norden"
"""


def test_what_a_setting_asks_for_in_vain_hides_nothing_of_the_data(project: Path) -> None:
    values = project / "kennzahlen.csv"
    values.write_text(values.read_text(encoding="utf-8").replace("41,5", "viele"), encoding="utf-8")
    append(project, STRAY)
    quality = check_project(project)
    causes = [problem.cause.removesuffix("_similar") for problem in quality.problems]
    assert causes.count("number_unreadable") == 1
    assert {*causes} >= {
        "unknown_meaning", "project_unknown_kind", "project_unknown_indicator", "unknown_group", "section_needed", "shock_after_year",
    }  # fmt: skip
    assert find_file(quality, "angebote.csv").counts["offers"]


def test_every_file_says_how_it_was_read_and_what_was_taken_from_it(project: Path) -> None:
    values = project / "kennzahlen.csv"
    values.write_text(values.read_text(encoding="utf-8").replace("41,5", "/").replace(";", ","), encoding="utf-8")
    offers = project / "angebote.csv"
    offers.write_bytes(offers.read_text(encoding="utf-8").encode("cp1252"))
    quality = check_project(project)
    assert quality.problems == ()
    assert not quality.open
    read = find_file(quality, "kennzahlen.csv")
    assert read.counts == {"rows": 12, "values": 12, "indicators": 3}
    assert (read.years, read.statuses) == ((2023, 2024), {"missing": 4, "observed": 8})
    assert read.source is not None
    assert (read.source.encoding, read.source.delimiter) == ("UTF-8", ",")
    source = find_file(quality, "angebote.csv").source
    assert source is not None
    assert (source.encoding, source.delimiter) == ("Windows-1252", ";")


@pytest.mark.parametrize(("persons", "told"), [(900, 2000), (996, 2100), (2, None)])
def test_persons_are_rounded_and_told_only_where_none_is_withheld(
    project: Path, persons: int, told: int | None
) -> None:
    """900 + 1104 in the wider group, the children among them; beside 1104 a sum would tell a withheld 2."""
    (project / "zellen.csv").write_text(CELLS.format(persons), encoding="utf-8")
    append(project, '[population]\ncells = "zellen.csv"\ncrs = "EPSG:25833"\n')
    counts = find_file(check_project(project), "zellen.csv").counts
    assert counts == ({"cells": 2} if told is None else {"cells": 2, "persons": told})


def test_a_file_has_every_role_that_it_is_read_for(tmp_path: Path) -> None:
    quality = check_project(write_project(tmp_path, {**WHOLE, "water": "yes"}))
    assert [(file.name, file.roles) for file in quality.files] == [
        ("quartiere.geojson", ("quarters",)),
        ("gewaesser.geojson", ("water", "barrier")),
        ("kennzahlen.csv", ("indicators",)),
        ("angebote.csv", ("offers",)),
        ("zellen.csv", ("population",)),
    ]


def test_what_stays_empty_is_told_with_the_part_that_is_missing(tmp_path: Path) -> None:
    """Viertel 01 has no rates: two of three dimensions are open, which is too little for an index."""
    quality = check_project(write_project(tmp_path, {**WHOLE, "values": "gaps"}))
    told = {line.strip() for block in Speaker("de").gather(quality.empty) for line in block.split("\n")}
    lacks = "Es fehlen: Kinder mit Bürgergeld (geheim), Arbeitslose (geheim), Noch nicht Aufgeholtes (geheim)."
    assert f"Index bleibt leer: Viertel 01. {lacks}" in told
    assert "Kinder mit Bürgergeld, Arbeitslose: kein Wert für Viertel 01 (geheim)." in told
    assert check_project(write_project(tmp_path, WHOLE)).empty == ()


def test_no_site_is_sought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_project(tmp_path, WHOLE)
    append(folder, '[[siting]]\nkind = "spielplatz"\ncount = 1\nminutes = 5\n')
    monkeypatch.setattr("sro_geo.coverage.siting.site_offers", None)
    assert check_project(folder).problems == ()
    with pytest.raises(TypeError):
        run_study(open_project(folder))


def test_an_indicator_without_a_value_in_the_year_is_named(project: Path) -> None:
    values = project / "kennzahlen.csv"
    lines = values.read_text(encoding="utf-8").splitlines()
    values.write_text("\n".join(line for line in lines if "geborene;2024" not in line) + "\n", encoding="utf-8")
    (note,) = check_project(project).empty
    assert (note.cause, note.values) == ("empty_indicator", {"found": ["geborene"], "year": 2024})
