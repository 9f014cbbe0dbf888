"""A further file for a project that is there: as if it had been there from the beginning; every word kept, or nothing changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.cli import main
from sro_geo.errors import DataError, ProjectError
from sro_geo.intake.splicing import splice
from sro_geo.intake.writing import extend_project, start_project
from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.unit.intake.test_starting import AGES, CODES, NAMES, write, write_areas

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORK = "nr;Arbeitslose Frauen und Männer\n" + "".join(f"{code};{30 + n}\n" for n, code in enumerate(CODES))
SITES = "name,lon,lat,plaetze\n" + "".join(f"Kita {n},{12.05 + n / 10},54.02,{40 + n}\n" for n in range(3))
MADE = {
    "einwohner.csv": AGES,
    "arbeit_2023.csv": WORK,
    "wohnen_2023.csv": "ort,Wohnungen leerstehend\n"
    + "".join(f"{name.upper()},{20 + n}\n" for n, name in enumerate(NAMES)),
    "kitas.csv": SITES,
}


def make(folder: Path, names: Iterable[str]) -> list[Path]:
    return [write(folder, name, MADE[name]) for name in names]


def snap(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tabulate(project: Path) -> list[pd.DataFrame]:
    tables = read_tables(open_project(project))
    values = pd.DataFrame(tables.indicators[["indicator", "quarter_id", "year", "value", "status"]])
    offers = pd.DataFrame(tables.offers.drop(columns=["geometry", "source", "row"])).assign(
        wkt=tables.offers.geometry.to_wkt()
    )
    people = pd.DataFrame() if tables.population is None else tables.population.persons.drop(columns="source")
    return [frame.sort_values(list(frame.columns), ignore_index=True) for frame in (values, offers, people)]


def test_another_year_of_a_table_has_the_same_codes_also_where_its_total_is_no_sum(tmp_path: Path) -> None:
    head = "nr;Insgesamt;unter 6;6 bis unter 18;18 und älter\n"
    first = head + "".join(f"{code};{500 + n};{40 + n};110;350\n" for n, code in enumerate(CODES))
    files = [write_areas(tmp_path), write(tmp_path, "alter_2022.csv", first)]
    start_project(tmp_path / "p", files)
    assert set(read_tables(open_project(tmp_path / "p")).indicators["indicator"]) >= {"bevoelkerung", "alter_0_6"}
    later = head + "".join(f"{code};{507 + n};{41 + n};111;352\n" for n, code in enumerate(CODES))
    extend_project(tmp_path / "p", [write(tmp_path, "alter_2023.csv", later)])
    values = read_tables(open_project(tmp_path / "p")).indicators
    by_year = values.groupby("year")["indicator"].agg(set)
    assert by_year[2022] == by_year[2023]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (["einwohner.csv"], ["arbeit_2023.csv"]),
        pytest.param(["arbeit_2023.csv"], ["einwohner.csv"], marks=pytest.mark.long),
        pytest.param(["einwohner.csv"], ["kitas.csv", "wohnen_2023.csv"], marks=pytest.mark.long),
        pytest.param(["kitas.csv", "arbeit_2023.csv"], ["einwohner.csv"], marks=pytest.mark.long),
        pytest.param(["wohnen_2023.csv"], ["arbeit_2023.csv", "kitas.csv", "einwohner.csv"], marks=pytest.mark.long),
    ],
)
def test_the_tables_are_those_of_all_files_at_once(tmp_path: Path, first: list[str], then: list[str]) -> None:
    """The law."""
    areas = write_areas(tmp_path)
    start_project(tmp_path / "ort", [areas, *make(tmp_path, first)])
    extend_project(tmp_path / "ort", make(tmp_path, then))
    start_project(tmp_path / "alles" / "ort", [areas, *make(tmp_path, first + then)])
    for one, other in zip(tabulate(tmp_path / "ort"), tabulate(tmp_path / "alles" / "ort"), strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert check_project(tmp_path / "ort").open == check_project(tmp_path / "alles" / "ort").open


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_every_word_of_a_planner_stays(tmp_path: Path, ending: bytes) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv"])])
    file = tmp_path / "ort" / "project.toml"
    own = (
        b"\xef\xbb\xbf# Mit der Statistik besprochen"
        + ending
        + file.read_bytes().replace(b"\n", ending).rstrip()
        + b"  # Ende"
    )
    file.write_bytes(own)
    before = snap(tmp_path / "ort")
    extend_project(file, make(tmp_path, ["arbeit_2023.csv", "kitas.csv"]))
    after = snap(tmp_path / "ort")
    assert after["project.toml"].startswith(own + ending)
    assert after["project.toml"].count(b"\n") == after["project.toml"].count(ending)
    assert set(after) == {*before, "daten/arbeit_2023.csv", "daten/kitas.csv"}
    for name in ("kennzahlen.toml", "daten/SOURCE.toml"):
        assert after[name].startswith(before[name])
    assert len(read_tables(open_project(file)).indicators) == 15


def test_the_next_year_of_a_table_is_the_same_indicator(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv", "arbeit_2023.csv"])])
    later = [
        write(tmp_path, "einwohner_neu.csv", AGES.replace(";2023;", ";2024;")),
        write(tmp_path, "arbeit_2024.csv", WORK.replace(";3", ";4")),
    ]
    assert "Nichts zu entscheiden" in extend_project(tmp_path / "ort", later)
    found = read_tables(open_project(tmp_path / "ort")).indicators
    assert found.groupby("indicator", observed=True)["year"].nunique().to_dict() == dict.fromkeys(
        found["indicator"].unique(), 2
    )


def test_a_second_number_of_inhabitants_is_another_indicator(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv"])])
    text = "nr;Einwohner;Haushalte mit Kindern\n" + "".join(f"{code};700;90\n" for code in CODES)
    extend_project(tmp_path / "ort", [write(tmp_path, "haushalte_2023.csv", text)])
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "quarter_id"])["value"]
    assert values["bevoelkerung", "N1"] == 500
    assert values["haushalte_einwohner", "N1"] == 700


def break_known(folder: Path) -> list[Path]:
    return [write(folder, "kopie.csv", AGES)]


def break_indicator(folder: Path) -> list[Path]:
    return [write(folder, "arbeit_2023.csv", WORK.replace("30", "31"))]


def break_areas(folder: Path) -> list[Path]:
    (folder / "alt").mkdir()
    return [write_areas(folder / "alt", codes=("A", "B", "C"))]


def break_name(folder: Path) -> list[Path]:
    (folder / "neu").mkdir()
    return [write(folder / "neu", "einwohner.csv", WORK.replace("Arbeitslose", "Pendler"))]


def break_catalogue(folder: Path) -> list[Path]:
    file = folder / "ort" / "project.toml"
    (folder / "ort" / "kennzahlen.toml").rename(folder / "kennzahlen.toml")
    text = file.read_text(encoding="utf-8").replace('"kennzahlen.toml"', '"../kennzahlen.toml"')
    file.write_text(text + '[data]\nallow = [".."]\n', encoding="utf-8")
    return make(folder, ["wohnen_2023.csv"])


def break_long(folder: Path) -> list[Path]:
    return [
        write(
            folder, "lang.csv", "quartier;kennzahl;jahr;wert\n" + "".join(f"{c};bevoelkerung;2023;9\n" for c in CODES)
        )
    ]


CASES = {
    "intake_file_known": break_known,
    "intake_indicator_known": break_indicator,
    "intake_indicator_known ": break_long,
    "intake_several_areas": break_areas,
    "intake_name_taken": break_name,
    "intake_catalogue_elsewhere": break_catalogue,
}


@pytest.mark.parametrize("cause", CASES)
def test_what_cannot_be_added_changes_nothing(tmp_path: Path, cause: str) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv", "arbeit_2023.csv"])])
    files = CASES[cause](tmp_path)
    before = snap(tmp_path / "ort")
    with pytest.raises(DataError) as caught:
        extend_project(tmp_path / "ort", files)
    assert [problem.cause for problem in caught.value.problems] == [cause.strip()]
    assert snap(tmp_path / "ort") == before


def test_a_failure_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["arbeit_2023.csv"])])
    (tmp_path / "ort" / ".project.toml.new").mkdir()  # the last file that is written cannot be
    before = snap(tmp_path / "ort")
    with pytest.raises(ProjectError) as caught:
        extend_project(tmp_path / "ort", make(tmp_path, ["einwohner.csv", "wohnen_2023.csv"]))
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values["folder"]) == ("folder_not_written", "ort")
    assert snap(tmp_path / "ort") == before
    assert sorted(path.name for path in (tmp_path / "ort").iterdir() if path.is_dir()) == [".project.toml.new", "daten"]


@pytest.mark.long
def test_a_disk_that_gets_full_is_told_and_takes_no_word(tmp_path: Path) -> None:
    """Wherever it is full: nothing is changed then, and what is full is told and no fault of ours."""
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["arbeit_2023.csv"])])
    files, before = make(tmp_path, ["einwohner.csv", "wohnen_2023.csv"]), snap(tmp_path / "ort")
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom sro_geo.errors import SroGeoError\n"
        "from sro_geo.intake.writing import extend_project\nfrom tests.unit.intake.test_adding import snap\n"
        "project, *files = map(Path, sys.argv[1:])\nbefore = snap(project)\n"
        "for most in (*range(300, 4000, 600), resource.RLIM_INFINITY):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))\n"
        "    try:\n        extend_project(project, files)\n"
        "    except SroGeoError as error:\n        print(*(problem.cause for problem in error.problems))\n"
        "    else:\n        break\n"
        "    assert snap(project) == before, most\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "ort", *files], capture_output=True, text=True, check=True
    ).stdout.split()
    assert len(told) > 1
    assert (
        {"folder_not_written"} <= set(told) <= {"folder_not_written", "copy_failed"}
    )  # the reader needs a little room, too
    assert set(before) < set(snap(tmp_path / "ort"))
    assert not [name for name in snap(tmp_path / "ort") if name.endswith(".old")]


def test_ages_of_another_year_than_the_atlas_shows_are_asked_about(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["arbeit_2023.csv", "kitas.csv"])])
    told = extend_project(tmp_path / "ort", [write(tmp_path, "einwohner.csv", AGES.replace(";2023;", ";2021;"))])
    assert "stehen für 2021, der Atlas zeigt 2023" in told
    assert not check_project(tmp_path / "ort").problems


def test_a_file_that_lies_in_the_project_stays_where_it_is(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv"])])
    own = write(tmp_path / "ort" / "amt", "arbeit_2023.csv", WORK)
    extend_project(tmp_path / "ort", [own])
    assert 'file = "amt/arbeit_2023.csv"' in (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8")
    assert not (tmp_path / "ort" / "daten" / "arbeit_2023.csv").exists()
    assert len(read_tables(open_project(tmp_path / "ort")).indicators) == 15


def test_questions_name_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["einwohner.csv"])])
    file = write(tmp_path, "umzug.csv", WORK)
    with pytest.raises(SystemExit) as ended:
        main(["add", str(tmp_path / "ort"), "--from", str(file)])
    told: Any = capsys.readouterr().out
    assert ended.value.code == 0
    (row,) = [int(line.partition("Zeile ")[2].partition(":")[0]) for line in told.splitlines() if line.startswith("- ")]
    lines = (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8").splitlines()
    assert lines[row - 1].startswith("# ENTSCHEIDEN: Aus welchem Jahr")


def test_add_without_a_file_is_no_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["add", str(tmp_path), "--from"])
    assert ended.value.code == 2
    assert "DATEI" in capsys.readouterr().err


def test_lines_go_below_a_head_or_behind_the_end() -> None:
    """By hand."""
    found = splice(b"[a]\nx = 1\n", ["[b]"], inserts={"a": ["y = 2"]})
    assert found.content == b"[a]\ny = 2\nx = 1\n\n[b]\n"
    assert found.new == ((2, "y = 2"), (4, ""), (5, "[b]"))
    assert splice(b"x = 1", [], inserts={}).content == b"x = 1\n"


def list_key_tables(project: Path) -> list[str]:
    return sorted(path.name for path in project.glob("schluessel*.csv"))


def test_the_key_table_of_a_project_gets_longer(tmp_path: Path) -> None:
    """Words of a second file go where those of the first are, and both files read what they say."""
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["wohnen_2023.csv"])])
    table = tmp_path / "ort" / "schluessel.csv"
    own = table.read_bytes().rstrip() + b"\nN1;Altstadt;"
    table.write_bytes(own)
    names = "".join(f"{name.replace('-', ' ').replace('ß', 'ss')};{30 + n}\n" for n, name in enumerate(NAMES))
    extend_project(tmp_path / "ort", [write(tmp_path, "arbeit_2023.csv", "ort;Arbeitslose\n" + names)])
    assert list_key_tables(tmp_path / "ort") == ["schluessel.csv"]
    assert table.read_bytes() == own + "\nN1;Nord;\nN2;Süd Ost;\nN3;Gross Klein;\n".encode()
    values = read_tables(open_project(tmp_path / "ort")).indicators.groupby("indicator")["value"].apply(list)
    assert sorted(values) == [[20, 21, 22], [30, 31, 32]]


def test_a_word_that_means_another_quarter_there_gets_a_table_of_its_own(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["wohnen_2023.csv"])])
    table = tmp_path / "ort" / "schluessel.csv"
    table.write_bytes(own := table.read_bytes() + "N1;Süd Ost;\n".encode())
    names = "".join(f"{name.replace('-', ' ')};{30 + n}\n" for n, name in enumerate(NAMES))
    extend_project(tmp_path / "ort", [write(tmp_path, "arbeit_2023.csv", "ort;Arbeitslose\n" + names)])
    assert table.read_bytes() == own
    assert list_key_tables(tmp_path / "ort") == ["schluessel.csv", "schluessel_arbeit_2023.csv"]


def test_numbers_join_nothing_before_they_are_answered(tmp_path: Path) -> None:
    areas = write_areas(tmp_path, codes=("OT01", "OT02", "OT03"))
    start_project(tmp_path / "ort", [areas, *make(tmp_path, ["wohnen_2023.csv"])])
    before = (tmp_path / "ort" / "schluessel.csv").read_bytes()
    extend_project(tmp_path / "ort", [write(tmp_path, "arbeit_2023.csv", "gebiet;Arbeitslose\n1;30\n2;40\n3;50\n")])
    assert (tmp_path / "ort" / "schluessel.csv").read_bytes() == before


def test_age_groups_of_a_catalogue_that_nothing_uses_get_company(tmp_path: Path) -> None:
    start_project(tmp_path / "ort", [write_areas(tmp_path), *make(tmp_path, ["arbeit_2023.csv"])])
    catalogue = tmp_path / "ort" / "kennzahlen.toml"
    own = catalogue.read_text(encoding="utf-8") + '\n[age_groups]\nbands = [  # wie im Bericht\n  "0-7", "7-18",\n]\n'
    catalogue.write_text(own, encoding="utf-8")
    extend_project(tmp_path / "ort", make(tmp_path, ["einwohner.csv"]))
    project = open_project(tmp_path / "ort")
    values = read_tables(project).indicators.set_index(["indicator", "quarter_id"])["value"]
    assert [values["alter_0_6", code] for code in CODES] == [40, 41, 42]
    assert {"alter_0_7", "alter_18_plus"} <= set(project.catalogue.specs)
    text = catalogue.read_text(encoding="utf-8")
    assert text.replace('"18+", ', "").startswith(own)
