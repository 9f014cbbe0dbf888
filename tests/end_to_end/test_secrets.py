"""What must not leave the house is put in as canaries and looked for in everything that a run writes or prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from sro_geo.errors import DataError
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from sro_geo.report.explanation import explain_quarter
from sro_geo.report.protocol import format_protocol
from tests.load_data import SOUTH, WEST
from tests.small_projects import CHOICES, write_project
from tests.told import read_check, read_written, show_one

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study

LEAST = {name: choices[0] for name, choices in CHOICES.items()}
CHOSEN = {**LEAST, "quarters": "two", "values": "rates", "offers": "some", "coverage": "yes", "index": "robustness"}
SECRETS = (4711, 4723, 4729, 4733)
"""Counts below the limit of 5,000 that the project sets, in the table, in cells, in cells outside of the city, and as a quarter's sum of cells."""


def read_all(folder: Path, study: Study) -> str:
    """Everything that is written and printed, as one text."""
    return "\n".join([read_check(folder.parent), explain_quarter(study, quarter="01"), *read_written(folder).values()])


def run(folder: Path, *, whole: bool = False) -> str:
    """What is told of it; `whole` with all maps, whose figures and pages tell what the page tells."""
    study = run_study(open_project(folder))
    write_study(study if whole else show_one(study), folder=folder / "maps")
    return read_all(folder / "maps", study)


@pytest.mark.parametrize("population", ["cells", pytest.param("totals", marks=pytest.mark.long)])
def test_no_withheld_count_is_told_anywhere(tmp_path: Path, population: str) -> None:
    folder = write_project(tmp_path, {**CHOSEN, "population": population})
    project = folder / "project.toml"
    project.write_text(project.read_text(encoding="utf-8") + "[disclosure]\nsmallest = 5000\n", encoding="utf-8")
    values = folder / "kennzahlen.csv"
    lines = values.read_text(encoding="utf-8").splitlines()
    changed = [f"01;alter_0_3;2024;{SECRETS[0]};;" if line.startswith("01;alter_0_3;2024") else line for line in lines]
    changed = ["02;alter_0_3;2024;6000;;" if line.startswith("02;alter_0_3;2024") else line for line in changed]
    values.write_text("\n".join(changed) + "\n", encoding="utf-8")
    if population == "cells":
        more = f"x,{WEST + 100},{SOUTH + 100},0-3,{SECRETS[1]}\ny,{WEST + 3100},{SOUTH + 100},0-3,{SECRETS[2]}\n"
        more += f"z,{WEST + 1100},{SOUTH + 100},0-3,{SECRETS[3] - 27}\n"
        cells = folder / "zellen.csv"
        cells.write_text(cells.read_text(encoding="utf-8") + more, encoding="utf-8")
    told = run(folder, whole=population == "cells")
    assert "Anzahlen unter 5.000 Menschen sind geheim." in told
    if population == "cells":
        assert "1 Zelle der Datei zellen.csv liegt außerhalb aller Quartiere und ist weggelassen." in told
        assert "1 Summe der Datei zellen.csv weicht von den Kennzahlen ab: 0-3 / 02." in told
    for secret in SECRETS:
        for form in (f"{secret}", f"{secret:,}", f"{secret:,}".replace(",", ".")):
            assert form not in told


@pytest.mark.long
def test_a_total_is_told_and_none_of_the_withheld_counts_that_it_is_made_of(tmp_path: Path) -> None:
    """4,711 and 4,723 births are withheld, their 9,434 are not; neither are they told where one of them is all of a group."""
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells", "groups": "compared"})
    project, values = folder / "project.toml", folder / "kennzahlen.csv"
    project.write_text(project.read_text(encoding="utf-8") + "[disclosure]\nsmallest = 5000\n", encoding="utf-8")
    births = "".join(f"{key};geborene;2024;{n};;\n" for key, n in (("01", SECRETS[0]), ("02", SECRETS[1])))
    values.write_text(values.read_text(encoding="utf-8") + births, encoding="utf-8")
    told = run(folder)
    assert f"{SECRETS[0] + SECRETS[1]}.0000" in told
    for secret in SECRETS:
        for form in (f"{secret}", f"{secret:,}", f"{secret:,}".replace(",", ".")):
            assert form not in told


def test_a_group_that_is_withheld_in_a_quarter_leaves_no_share_of_the_rest(tmp_path: Path) -> None:
    """Of [0, 6) one half is known: the share of that half must not pose as the whole."""
    folder = write_project(tmp_path, {**CHOSEN, "population": "totals"})
    values = folder / "kennzahlen.csv"
    text = values.read_text(encoding="utf-8")
    values.write_text(text.replace("01;alter_0_3;2024;30;;", "01;alter_0_3;2024;2;;"), encoding="utf-8")
    study = run_study(open_project(folder))
    table = study.coverages["spielplatz"].table.set_index(["quarter_id", "minutes"])
    assert table.loc["01", ["reached", "persons", "mean_offers"]].isna().to_numpy().all()
    assert set(table["status"].xs("01")) == {"suppressed"}
    assert table["persons"].notna().groupby("quarter_id").all().to_dict() == {"01": False, "02": True}


def test_a_password_in_an_address_is_told_nowhere(tmp_path: Path) -> None:
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells"})
    source = (
        '[[file]]\nname = "kennzahlen.csv"\npublisher = "Amt"\naddress = "https://amt:kanarie@example.org/d?api_key=kanarie&x=1"\n'
        'note = "siehe https://example.org/?token=kanarie"\n'
    )
    (folder / "SOURCE.toml").write_text(source, encoding="utf-8")
    told = run(folder)
    assert "https://…@example.org/d?api_key=…&x=1" in told
    assert "kanarie" not in told


def test_a_password_in_the_project_file_is_told_nowhere(tmp_path: Path) -> None:
    """The protocol repeats the project file, and people note there where a file came from."""
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells"})
    project = folder / "project.toml"
    told = 'question = "Aus https://amt:kanarie@example.org/wfs?token=kanarie&layer=kitas?"'
    project.write_text(f"{told}\n{project.read_text(encoding='utf-8')}", encoding="utf-8")
    study = run_study(open_project(folder))
    settings = json.loads(format_protocol(study, digests={}))["settings"]
    assert settings["question"] == "Aus https://…@example.org/wfs?token=…&layer=kitas?"


def test_control_characters_reach_no_output(tmp_path: Path) -> None:
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells", "groups": "compared"})
    for name in ("project.toml", "quartiere.geojson", "angebote.csv"):
        path = folder / name
        text = path.read_text(encoding="utf-8").replace("Erste Karte", "Erste \\u001b[31mKarte\\u202e")
        text = text.replace("Viertel 01", "Viertel\\u0007 01").replace("Spielplatz 01", "Spiel\x1bplatz 01")
        path.write_text(text, encoding="utf-8")
    told = run(folder)
    assert "Erste [31mKarte" in told
    assert "Spielplatz 01" in told
    shown = set(told) - set("\n\r\t")
    assert not [sign for sign in shown if ord(sign) < 32 or 127 <= ord(sign) < 160 or sign == "\u202e"]
    for figure in (folder / "maps" / "figures").glob("*.svg"):
        ET.fromstring(figure.read_text(encoding="utf-8"))  # noqa: S314  our own


@pytest.mark.parametrize(
    "section", [*(pytest.param(one, marks=pytest.mark.long) for one in ("indicators", "offers")), "population"]
)
def test_columns_that_name_persons_stop_every_table_until_they_are_left_out(tmp_path: Path, section: str) -> None:
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells"})
    name, mark = {
        "indicators": ("kennzahlen.csv", ";"), "offers": ("angebote.csv", ","), "population": ("zellen.csv", ","),
    }[section]  # fmt: skip
    table = folder / name
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    named = [f"{head}{mark}Nachname", *(f"{row}{mark}Mustermann" for row in rows)]
    table.write_text("\n".join(named) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        run_study(open_project(folder))
    assert [problem.cause for problem in caught.value.problems] == ["person_columns"]
    project = folder / "project.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace(f'"{name}"', f'"{name}"\ndrop = ["Nachname"]'), encoding="utf-8")
    told = run(folder)
    assert f"Spalten der Datei {name} nicht gelesen: Nachname." in told
    assert "Mustermann" not in told


def test_people_of_a_target_group_do_not_give_a_withheld_band_back(tmp_path: Path) -> None:
    """Cells know 32 children under 6; the table shows the 30 of them from 3 on and withholds the other two."""
    folder = write_project(tmp_path, {**CHOSEN, "population": "cells"})
    values = folder / "kennzahlen.csv"
    text = values.read_text(encoding="utf-8").replace("01;alter_0_3;2024;30;;", "01;alter_0_3;2024;2;;")
    values.write_text(text, encoding="utf-8")
    cells = [f"a,{WEST + 100},{SOUTH + 100},0-3,2", f"b,{WEST + 200},{SOUTH + 100},3-6,30"]
    cells += [f"c,{WEST + 1100},{SOUTH + 100},0-3,31", f"d,{WEST + 1200},{SOUTH + 100},3-6,31"]
    (folder / "zellen.csv").write_text(
        "\n".join(["zelle,ost,nord,altersgruppe,personen", *cells]) + "\n", encoding="utf-8"
    )
    offers = folder / "angebote.csv"
    first, *others = offers.read_text(encoding="utf-8").splitlines()
    offers.write_text("\n".join([f"{first},plaetze", *(f"{line},10" for line in others)]) + "\n", encoding="utf-8")
    study = run_study(open_project(folder))
    rows = study.indicators[(study.indicators["quarter_id"] == "01") & (study.indicators["year"] == 2024)]
    known = rows.set_index("indicator")
    assert known.loc["alter_0_3", "status"] == "suppressed"
    assert known.loc["alter_3_6", "value"] == 30
    table = study.coverages["spielplatz"].table.set_index(["quarter_id", "minutes"])
    assert table.loc["01", ["reached", "persons", "mean_offers"]].isna().to_numpy().all()
    assert table["persons"].notna().groupby("quarter_id").all().to_dict() == {"01": False, "02": True}
    places = study.supplies["spielplatz"].table
    assert (places["places"].tolist(), places["persons"].isna().tolist()) == ([10, 10], [True, False])
    assert not (known["denominator"] == 32).any()
