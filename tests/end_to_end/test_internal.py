"""An edition for the office alone: marked wherever one looks, with its own limit, and never in the place of a public one."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from sro_geo.cli import main
from sro_geo.errors import SroGeoError
from sro_geo.pipeline.opening import copy_template, open_project
from sro_geo.pipeline.study import run_study
from sro_geo.project.internal import make_internal
from sro_geo.render.pages import read_page
from tests.small_projects import write_small_counts
from tests.svg_text import read_svg
from tests.told import read_written

if TYPE_CHECKING:
    from pathlib import Path

MARK = "Nur für den internen Gebrauch: enthält kleine Anzahlen."


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def write_template(home: Path, *, smallest: int, disclosure: str = "") -> Path:
    """Six quarters with offers and what reaches them; one map."""
    project = (
        write_small_counts(home, offers="some", population="totals", coverage="yes", groups="compared", maps="count")
        / "project.toml"
    )
    text = project.read_text(encoding="utf-8").replace('"bevoelkerung"', '"alter_0_3"')
    project.write_text(
        f"{text}[disclosure]\n{disclosure}\n[disclosure.internal]\nsmallest = {smallest}\n", encoding="utf-8"
    )
    return project


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The public edition and the internal one of a small project."""
    home = tmp_path_factory.mktemp("editions")
    project = write_template(home / "stadt", smallest=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        assert call("run", str(project), "--quiet") == 0
        assert call("run", str(project), "--internal", "--quiet") == 0
    return {"public": home / "maps" / "stadt", "internal": home / "maps" / "stadt-intern"}


def read_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_says_that_it_is_for_the_office_alone(editions: dict[str, Path]) -> None:
    told = read_written(editions["internal"])
    figures = [name for name in told if name.endswith(".svg")]
    assert figures
    silent = {name for name, text in told.items() if MARK not in flatten(name, text)}
    empty = {"tables/changes.csv", "tables/supply.csv"}
    assert silent == {".sro-geo.json", "protocol.json", *empty}
    assert {len(told[name].splitlines()) for name in empty} == {1}  # heads alone
    public = read_written(editions["public"])
    assert not [name for name, text in public.items() if MARK in flatten(name, text)]


def flatten(name: str, text: str) -> str:
    """Text of a file; of a figure its lines, broken where they are too long, are joined."""
    return re.sub(r"\s+", " ", " ".join(read_svg(text)) if name.endswith(".svg") else text)


def test_every_sheet_row_and_layer_says_so(editions: dict[str, Path]) -> None:
    folder = editions["internal"]
    for path in sorted((folder / "tables").iterdir()):
        rows = read_rows(folder, path.stem)
        assert {row["hinweis"] for row in rows} <= {MARK}
        assert path.read_text(encoding="utf-8").splitlines()[0].endswith(",hinweis")
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    guide, *sheets = book.worksheets
    assert guide.cell(2, 1).value == MARK
    assert {sheet.cell(1, 1).value for sheet in sheets} == {"Hinweis"}
    assert {sheet.cell(row, 1).value for sheet in sheets for row in range(2, sheet.max_row + 1)} == {MARK}
    with closing(sqlite3.connect(folder / "study.gpkg")) as database:
        layers = [
            row[0] for row in database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        ]
        marks = {row[0] for layer in layers for row in database.execute(f'SELECT notice FROM "{layer}"')}  # noqa: S608  names from the file itself
    assert marks == {MARK}


def test_the_page_says_so_under_its_title(editions: dict[str, Path]) -> None:
    page = (editions["internal"] / "index.html").read_text(encoding="utf-8")
    data = read_page(page)
    assert all(view["picture"]["notices"][0] == MARK for view in data["views"])
    assert re.search(rf"<p[^>]*>{re.escape(MARK)}(?: ·|</p>)", page)


def test_where_one_person_may_be_shown_nothing_is_withheld_but_what_the_file_withholds(
    editions: dict[str, Path],
) -> None:
    """The file withholds a number of the second quarter itself."""
    hidden = {
        sort: {(row["quartier"], row["kennzahl"], row["jahr"]) for row in rows if row["status"] == "geheim"}
        for sort, rows in ((sort, read_rows(folder, "indicators")) for sort, folder in editions.items())
    }
    given = {("02", "arbeitslose", "2024")}
    assert hidden["public"] > given | {("01", "alter_0_3", "2024")}
    assert hidden["internal"] == given
    first = next(
        row
        for row in read_rows(editions["internal"], "indicators")
        if (row["quartier"], row["kennzahl"], row["jahr"]) == ("01", "alter_0_3", "2024")
    )
    assert first["wert"] == "2.0000"


def test_the_protocol_says_so(editions: dict[str, Path]) -> None:
    told = {sort: json.loads((folder / "protocol.json").read_text("utf-8")) for sort, folder in editions.items()}
    assert {sort: one["about"]["internal"] for sort, one in told.items()} == {"public": False, "internal": True}
    assert {sort: one["about"]["smallest"] for sort, one in told.items()} == {"public": 3, "internal": 1}
    assert told["internal"]["audit"]["passed"]
    assert told["internal"]["audit"]["smallest_width"] is None


def test_neither_edition_takes_the_place_of_the_other(
    editions: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(editions["public"].parents[1] / "stadt")
    before = (editions["public"] / "protocol.json").read_bytes()
    assert call("run", project, "--internal", "--out", str(editions["public"])) == 2
    assert "Im Ordner stadt liegt eine Ausgabe für die Öffentlichkeit." in capsys.readouterr().err
    assert (editions["public"] / "protocol.json").read_bytes() == before
    assert call("run", project, "--out", str(editions["internal"])) == 2
    assert "Im Ordner stadt-intern liegt eine Ausgabe nur für den internen Gebrauch." in capsys.readouterr().err


def test_the_audit_s_table_lies_in_neither(editions: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    home = editions["public"].parents[1]
    monkeypatch.chdir(home)
    shutil.copytree(home / "stadt", home / "anders")
    (home / "maps" / "anders-intern").mkdir()
    assert call("audit", str(home / "anders"), "--table", "maps/anders-intern/pruefung.csv") == 2


def test_it_is_no_earlier_edition(editions: dict[str, Path], tmp_path: Path) -> None:
    project = write_template(tmp_path / "stadt", smallest=1, disclosure='earlier = ["2023"]')
    shutil.copytree(editions["internal"], tmp_path / "stadt" / "2023")
    with pytest.raises(SroGeoError) as raised:
        run_study(open_project(project))
    assert [problem.cause for problem in raised.value.problems] == ["earlier_internal"]


@pytest.mark.long
def test_it_is_audited_with_its_own_limit(tmp_path: Path) -> None:
    """With 2 as the smallest, 1 is small and 2 is not; a table without the one that protects it stops the run."""
    project = copy_template(tmp_path / "stadt")
    text = project.read_text(encoding="utf-8")
    project.write_text(f"{text}[disclosure.internal]\nsmallest = 2\n", encoding="utf-8")
    study = run_study(make_internal(open_project(project)))
    public = run_study(open_project(project))
    hidden = [(one.indicators["status"] == "suppressed").sum() for one in (study, public)]
    assert 2 < hidden[0] < hidden[1]
    assert study.audit.width is not None
    assert study.audit.width >= 1


def test_what_a_file_withholds_is_known_to_be_under_the_public_limit(tmp_path: Path) -> None:
    """Where readers know that it is 1 or 2, they know it inside of the office as well."""
    project = write_template(tmp_path / "stadt", smallest=2, disclosure='source_secret = "small"')
    kept: list[Any] = []
    run_study(make_internal(open_project(project)), keep=kept.append)
    source = kept[0][kept[0]["reason"] == "source"]
    assert source[["low", "high"]].to_numpy().tolist() == [[1, 2]]


def test_without_a_limit_there_is_no_such_edition(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    project = copy_template(tmp_path / "stadt")
    assert call("run", str(project), "--internal") == 2
    assert capsys.readouterr().err.startswith(
        "1 Problem\n\nFür eine interne Ausgabe ist keine kleinste Anzahl genannt."
    )
