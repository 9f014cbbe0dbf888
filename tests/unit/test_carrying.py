"""What a crosswalk brings is protected before it is added: whoever knows all parts but one must not know that one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from shapely import box

from sro_geo import check_project, explain_quarter, read_project, run_study, write_study
from sro_geo.pipeline.tables import read_tables
from tests.load_data import CRS, SOUTH, WEST, make_geojson
from tests.told import read_written, show_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sro_geo.model.study import Study

KEYS = ("01", "02", "03", "04")
PROJECT = """title = "Neue Grenzen"
place = "Neustadt"
year = 2024
[quarters]
file = "quartiere.geojson"
key = "code"
vintage = "2024"
[[indicators]]
file = "alt.csv"
vintage = "2015"
[[crosswalk]]
from = "2015"
file = "umstieg.csv"
"""
SHARES = "A;01;0,25\nA;02;0,75\nB;02;1\nC;03;1\nD;04;1\nE;04;1\n"
"""A is divided, B goes into 02 as a whole, C is 03 by another name, D and E become 04."""


def write_project(folder: Path, rows: Sequence[str], *, shares: str = SHARES, more: str = "") -> Path:
    shapes = [
        ({"code": key, "name": f"Viertel {key}"}, box(WEST + 1000 * n, SOUTH, WEST + 1000 * (n + 1), SOUTH + 1000))
        for n, key in enumerate(KEYS)
    ]
    (folder / "quartiere.geojson").write_text(make_geojson(shapes, crs=CRS), encoding="utf-8")
    (folder / "umstieg.csv").write_text(f"von;nach;anteil\n{shares}", encoding="utf-8")
    heads = "quartier;kennzahl;jahr;wert;zaehler;nenner;status"
    (folder / "alt.csv").write_text("\n".join([heads, *rows, ""]), encoding="utf-8")
    (folder / "project.toml").write_text(PROJECT + more, encoding="utf-8")
    return folder


def counts(**values: object) -> list[str]:
    return [f"{key};alter_0_3;2024;{value};;;" for key, value in values.items()]


def look(study: Study, code: str, column: str = "value") -> dict[str, Any]:
    rows = study.indicators[study.indicators["indicator"] == code].set_index("quarter_id")
    return {str(key): value for key, value in rows[column].items()}


def run(folder: Path) -> Study:
    return run_study(read_project(folder))


def test_counts_and_rates_reach_the_study(tmp_path: Path) -> None:
    rows = ["A;arbeitslose;2024;;40;400;", "B;arbeitslose;2024;;90;300;", *counts(A=100, B=30, C=7, D=20, E=30)]
    study = run(write_project(tmp_path, rows))
    assert look(study, "alter_0_3") == {"01": 25.0, "02": 105.0, "03": 7.0, "04": 50.0}
    assert look(study, "alter_0_3", "status") == {
        "01": "estimated", "02": "estimated", "03": "observed", "04": "observed",
    }  # fmt: skip
    assert look(study, "arbeitslose") == {"01": 10.0, "02": 20.0}
    assert study.city.loc["alter_0_3", "value"] == 187.0


@pytest.mark.parametrize("small", [1, 2])
def test_a_sum_with_a_small_part_is_withheld(tmp_path: Path, small: int) -> None:
    """Who knows D's 500 from elsewhere would find E in the 502 of 04."""
    study = run(write_project(tmp_path, counts(A=100, B=30, C=70, D=500, E=small)))
    assert look(study, "alter_0_3", "status")["04"] == "suppressed"
    assert pd.isna(look(study, "alter_0_3")["04"])
    assert study.city.loc["alter_0_3", "value"] == 200.0, "the sum of what is shown"
    assert study.city.loc["alter_0_3", "known_quarters"] == 3
    assert ("04", "alter_0_3", 2024) not in study.made


def test_a_part_of_a_small_count_is_withheld_wherever_it_goes(tmp_path: Path) -> None:
    study = run(write_project(tmp_path, counts(A=2, B=300, C=70, D=500, E=60)))
    assert look(study, "alter_0_3", "status") == {
        "01": "suppressed", "02": "suppressed", "03": "observed", "04": "observed",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["A", pytest.param("E", marks=pytest.mark.long)])
def test_nothing_depends_on_how_small_a_part_is(tmp_path: Path, key: str) -> None:
    """Whatever a reader knows of the old quarters: what is shown, with totals, notes and audit, is the same for 1 and for 2."""
    told = []
    for small in (1, 2):
        study = run(write_project(tmp_path, counts(**{"A": 100, "B": 30, "C": 70, "D": 500, "E": 60, key: small})))
        told.append((study.indicators.to_csv(), study.areas.to_csv(), study.notes, study.made, study.audit))
    assert told[0] == told[1]


def test_a_part_of_a_person_is_small(tmp_path: Path) -> None:
    """A quarter of A's 9 is 2,25 persons, a twentieth less than half of one."""
    study = run(write_project(tmp_path, counts(A=9, B=300, C=70, D=500, E=60)))
    assert look(study, "alter_0_3", "status")["01"] == "suppressed"
    few = SHARES.replace("0,25", "0,05").replace("0,75", "0,95")
    study = run(write_project(tmp_path, counts(A=9, B=300, C=70, D=500, E=60), shares=few))
    assert look(study, "alter_0_3", "status")["01"] == "suppressed"


def test_what_protects_in_an_old_quarter_is_withheld_in_the_new_one(tmp_path: Path) -> None:
    """The 4 children from 3 to 6 would tell the 2 under 3 beside the 6 under 6 of E, as D's numbers are known."""
    rows = [
        f"{key};{code};2024;{number};;;"
        for key, numbers in (("D", (50, 60, 110)), ("E", (2, 4, 6)))
        for code, number in zip(("alter_0_3", "alter_3_6", "alter_0_6"), numbers, strict=True)
    ]
    study = run(write_project(tmp_path, rows))
    shown = {
        code for code in ("alter_0_3", "alter_3_6", "alter_0_6") if look(study, code, "status")["04"] == "observed"
    }
    assert "alter_0_3" not in shown
    assert len(shown) == 1


def test_a_rate_of_few_in_an_old_quarter_goes_with_its_numerator(tmp_path: Path) -> None:
    rows = ["D;arbeitslose;2024;;40;400;", "E;arbeitslose;2024;;2;300;", "C;arbeitslose;2024;;30;300;"]
    study = run(write_project(tmp_path, rows))
    assert look(study, "arbeitslose", "status") == {"03": "observed", "04": "suppressed"}
    assert pd.isna(look(study, "arbeitslose", "numerator")["04"])


def test_a_quarter_that_changed_its_key_is_protected_as_always(tmp_path: Path) -> None:
    """Its true count is in the total where nobody can work it out, as without a crosswalk."""
    whole = "A;01;1\nB;02;1\nC;03;1\nD;04;1\nE;04;1\n"
    folder = write_project(tmp_path, counts(A=1, B=2, C=2, D=20, E=30), shares=whole)
    study, tables = run(folder), read_tables(read_project(folder))
    assert look(study, "alter_0_3", "status") == dict.fromkeys(("01", "02", "03"), "suppressed") | {"04": "observed"}
    assert tables.true.set_index("quarter_id")["value"].to_dict() == {"01": 1, "02": 2, "03": 2, "04": 50}
    assert study.city.loc["alter_0_3", "value"] == 55.0


def test_what_a_source_calls_small_is_not_said_of_what_was_made_of_it(tmp_path: Path) -> None:
    """The 500 beside the withheld count are none of the 1 or 2 persons that everybody knows of."""
    rows = [*counts(A=100, B=30, D=500), "C;alter_0_3;2024;;;;geheim", "E;alter_0_3;2024;;;;geheim"]
    folder = write_project(tmp_path, rows, more='[disclosure]\nsource_secret = "small"\n')
    tables = read_tables(read_project(folder))
    assert tables.indicators.set_index("quarter_id")["status"]["04"] == "suppressed"
    assert tables.known.few == {("03", "alter_0_3", 2024)}


@pytest.mark.long
def test_nothing_written_tells_a_small_part(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    study = run(write_project(tmp_path / "p", counts(A=100, B=30, C=70, D=4711, E=2)))
    write_study(study, folder=tmp_path / "out")
    texts = read_written(tmp_path / "out")
    assert "105" in texts["tables/indicators.csv"]
    assert [name for name, text in texts.items() if re.search(r"\b4[.,]?713\b", text)] == []


@pytest.mark.long
def test_a_carried_value_is_explained_and_the_table_says_how_much_is_split(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    study = run(write_project(tmp_path / "p", counts(A=100, B=25, C=7, D=20, E=30)))
    text = explain_quarter(study, quarter="02", indicator="alter_0_3")
    lines = text.splitlines()
    assert "übertragen aus einem anderen Gebietsstand; durch Teilen alter Gebiete: 75,0\u00a0%" in lines
    assert lines[-2:] == ["aus alt.csv, Zeile 2", "aus alt.csv, Zeile 3"]
    assert explain_quarter(study, quarter="03", indicator="alter_0_3").endswith("aus alt.csv, Zeile 4")
    write_study(show_one(study), folder=tmp_path / "out")
    table = pd.read_csv(tmp_path / "out" / "tables" / "indicators.csv", dtype=str).set_index("quartier")
    assert table["anteil_geteilt"].fillna("").to_dict() == {"01": "1.0000", "02": "0.7500", "03": "", "04": "0.0000"}
    assert table["status"].to_dict() == {"01": "geschätzt", "02": "geschätzt", "03": "beobachtet", "04": "beobachtet"}


def test_a_withheld_value_tells_no_share(tmp_path: Path) -> None:
    """The part of 02 that comes from A is 6.75 of 306.75: shown beside B's 300 it would tell what A gave."""
    study = run(write_project(tmp_path, counts(A=9, B=300, C=70, D=500, E=60)))
    shown = look(study, "alter_0_3", "status")
    assert {key for key, _, _ in study.made} == {key for key, status in shown.items() if status != "suppressed"} - {
        "03"
    }


@pytest.mark.long
def test_a_key_that_the_crosswalk_lacks_is_a_question(tmp_path: Path) -> None:
    folder = write_project(tmp_path, counts(A=100, B=30, C=70, D=20, E=30, F=9))
    quality = check_project(folder)
    assert [(note.cause, note.values["found"]) for note in quality.questions] == [("crosswalk_lacks_keys", ["F"])]
    answer = '[[decided]]\nquestion = "crosswalk_lacks_keys"\nreason = "F gehört nicht zur Stadt."\n'
    write_project(tmp_path, counts(A=100, B=30, C=70, D=20, E=30, F=9), more=answer)
    assert not check_project(folder).open


def test_a_check_tells_what_stays_empty_and_reads_on_where_a_crosswalk_is_broken(tmp_path: Path) -> None:
    quality = check_project(write_project(tmp_path, counts(A=100, C=70, D=20, E=30)))
    assert [note.values["found"] for note in quality.empty if note.cause == "parts_unknown"] == [
        ["02 ← B: alter_0_3 2024"]
    ]
    (crosswalk,) = [file for file in quality.files if file.name == "umstieg.csv"]
    assert crosswalk.roles == ("crosswalk",)
    (values,) = [file for file in quality.files if file.name == "alt.csv"]
    assert dict(values.counts) == {"rows": 4, "values": 4, "indicators": 1}
    broken = check_project(write_project(tmp_path, ["kein;Kopf"], shares="A;01;0,5\n"))
    assert {problem.cause for problem in broken.problems} >= {"crosswalk_sums"}
    assert len(broken.problems) > 1


def test_a_value_of_two_vintages_stops(tmp_path: Path) -> None:
    folder = write_project(tmp_path, counts(A=100, B=30, C=70, D=20, E=30), more='[[indicators]]\nfile = "neu.csv"\n')
    (folder / "neu.csv").write_text("quartier;kennzahl;jahr;wert\n04;alter_0_3;2024;7\n", encoding="utf-8")
    assert [problem.cause for problem in check_project(folder).problems] == ["duplicate_key"]


@pytest.mark.long
def test_old_boundaries_are_weighted_by_the_people_of_the_project(tmp_path: Path) -> None:
    """Of 1000 people in the old area A, 750 live in 01: so do three quarters of its 40 children, though half of its land lies there."""
    old = [("A", 0, 2000), ("B", 2000, 4000)]
    shapes = [({"nr": key, "name": key}, box(WEST + west, SOUTH, WEST + east, SOUTH + 1000)) for key, west, east in old]
    boundaries = '[population]\ncells = "zellen.csv"\n'
    write_project(tmp_path, counts(A=40, B=60), more=boundaries)
    (tmp_path / "grenzen_2015.geojson").write_text(make_geojson(shapes), encoding="utf-8")
    cells = [f"z{n},{WEST + 500 + 1000 * n},{SOUTH + 500},0+,{people}" for n, people in enumerate((750, 250, 300, 300))]
    (tmp_path / "zellen.csv").write_text(
        "\n".join(["zelle,ost,nord,altersgruppe,personen", *cells, ""]), encoding="utf-8"
    )
    project = tmp_path / "project.toml"
    stated = 'boundaries = { file = "grenzen_2015.geojson", key = "nr" }'
    project.write_text(project.read_text(encoding="utf-8").replace('file = "umstieg.csv"', stated), encoding="utf-8")
    quality = check_project(tmp_path)
    assert not quality.open
    assert {file.name: file.roles for file in quality.files}["grenzen_2015.geojson"] == ("crosswalk",)
    assert look(run(tmp_path), "alter_0_3") == {"01": 30.0, "02": 10.0, "03": 30.0, "04": 30.0}
    (tmp_path / "zellen.csv").unlink()
    assert [problem.cause for problem in check_project(tmp_path).problems] == ["file_missing"]
