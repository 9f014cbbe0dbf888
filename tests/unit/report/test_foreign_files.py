"""A run replaces and removes what a run wrote, and nothing else."""

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.folder import publish_folder

MARK = ".sro-geo.json"


def _write(folder: Path, text: str = "neu") -> None:
    for name in ("index.html", "maps/a.html", "figures/a.svg", "figures/a.png", "tables/a.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "protocol.json").write_text(json.dumps({"versions": {"sro_geo": "0.1.0"}, "text": text}))
    with closing(sqlite3.connect(folder / "study.gpkg")) as database, database:
        database.execute("CREATE TABLE gpkg_contents (table_name, last_change, min_x)")
        database.execute("INSERT INTO gpkg_contents VALUES ('quartiere', '2000-01-01', 0)")
        database.execute("CREATE TABLE quartiere (fid INTEGER PRIMARY KEY, name, geom)")
        database.execute("INSERT INTO quartiere (name, geom) VALUES ('Nord', x'00ff'), (?, NULL)", (text,))
        database.execute("CREATE TABLE worte AS SELECT 'a' AS wort UNION SELECT 'b'")
        database.execute("CREATE TABLE rtree_quartiere_geom_node (nodeno, data)")


def _publish(folder: Path, text: str = "neu") -> None:
    publish_folder(folder, write=lambda building: _write(building, text))


def _refuse(folder: Path) -> dict[str, Problem]:
    """The problems of a run that is refused, by cause; it has touched nothing and not begun to write."""
    before = _read(folder.parent)
    with pytest.raises(ProjectError) as caught:
        publish_folder(folder, write=lambda _: pytest.fail("it began to write"))
    assert _read(folder.parent) == before
    return {problem.cause: problem for problem in caught.value.problems}


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    _publish(tmp_path / "rostock", "alt")
    return tmp_path / "rostock"


def _change(ours: Path, command: str) -> None:
    with closing(sqlite3.connect(ours / "study.gpkg")) as database, database:
        database.execute(command)


def test_the_mark_names_the_program_and_all_that_it_wrote(ours: Path, tmp_path: Path) -> None:
    mark = json.loads((ours / MARK).read_text(encoding="utf-8"))
    assert mark["program"] == "sro_geo"
    assert set(mark["files"]) == set(_read(ours)) - {MARK}
    assert mark["files"]["maps/a.html"] == hashlib.sha256(b"alt").hexdigest()
    first = (ours / MARK).read_bytes()
    _publish(ours, "alt")
    _publish(tmp_path / "woanders" / "x", "alt")
    assert (ours / MARK).read_bytes() == first == (tmp_path / "woanders" / "x" / MARK).read_bytes()


@pytest.mark.parametrize("name", ["mine.docx", "tables/mine.xlsx", "neu/tief/a.txt", ".git/config", "protocol.json~"])
def test_a_file_that_no_run_wrote_stops_the_run_by_name(ours: Path, name: str) -> None:
    (ours / name).parent.mkdir(parents=True, exist_ok=True)
    (ours / name).write_text("wichtig")
    problems = _refuse(ours)
    assert set(problems) == {"folder_not_ours"}
    assert problems["folder_not_ours"].values == {"folder": "rostock", "files": [name]}


@pytest.mark.parametrize("target", ["datei", "ordner"])
def test_a_link_is_a_file_that_no_run_wrote(ours: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "ordner").mkdir()
    (tmp_path / "datei").write_text("wichtig")
    (ours / "verweis").symlink_to(tmp_path / target)
    assert _refuse(ours)["folder_not_ours"].values["files"] == ["verweis"]


def test_a_changed_file_stops_the_run_by_name(ours: Path) -> None:
    (ours / "tables" / "a.csv").write_text("von Hand")
    problems = _refuse(ours)
    assert problems["folder_changed"].values == {"folder": "rostock", "files": ["tables/a.csv"]}
    (ours / "tables" / "a.csv").unlink()
    _publish(ours)
    assert (ours / "tables" / "a.csv").read_text() == "neu"


def test_a_link_in_place_of_a_file_is_a_change(ours: Path) -> None:
    (ours / "index.html").unlink()
    (ours / "index.html").symlink_to(ours / "maps")
    assert _refuse(ours)["folder_changed"].values["files"] == ["index.html"]


def test_everything_is_told_at_once(ours: Path) -> None:
    for name in ("b.docx", "a.docx", "index.html"):
        (ours / name).write_text("wichtig")
    problems = _refuse(ours)
    assert {cause: problem.values["files"] for cause, problem in problems.items()} == {
        "folder_not_ours": ["a.docx", "b.docx"],
        "folder_changed": ["index.html"],
    }


def test_what_looking_leaves_behind_is_no_change(ours: Path) -> None:
    left = "Thumbs.db maps/thumbs.db desktop.ini .DS_Store ._index.html ~$a.docx tables/.~lock.a.csv# karte.qgs~ .sro-geo.lock"
    for name in left.split():
        (ours / name).write_text("x")
    _publish(ours)
    assert (ours / "index.html").read_text() == "neu"


@pytest.mark.parametrize("name", ["andere.gpkg-wal", "study.gpkg-old", "index.html-wal"])
def test_what_only_looks_like_a_trace_stops_the_run(ours: Path, name: str) -> None:
    (ours / name).write_text("wichtig")
    assert _refuse(ours)["folder_not_ours"].values["files"] == [name]


@pytest.mark.parametrize(
    "command",
    [
        "PRAGMA journal_mode=wal",
        "PRAGMA user_version=7",
        "VACUUM",
        "ANALYZE",
        "UPDATE gpkg_contents SET last_change = '2026-01-01', min_x = 1",
        "INSERT INTO rtree_quartiere_geom_node VALUES (1, x'00')",
        "CREATE TABLE gpkg_metadata (id)",
        "UPDATE worte SET rowid = 9 WHERE wort = 'a'",
    ],
)
def test_looking_into_a_geopackage_is_no_change(ours: Path, command: str) -> None:
    before = (ours / "study.gpkg").read_bytes()
    with closing(sqlite3.connect(ours / "study.gpkg", isolation_level=None)) as database:
        database.execute(command)
    assert (ours / "study.gpkg").read_bytes() != before
    _publish(ours)
    assert (ours / "index.html").read_text() == "neu"


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE quartiere SET name = 'Süd' WHERE fid = 1",
        "DELETE FROM quartiere",
        "ALTER TABLE quartiere ADD COLUMN notiz",
        "ALTER TABLE quartiere RENAME TO stadtteile",
        "CREATE TABLE notizen AS SELECT 'wichtig'",
        "CREATE VIEW nord AS SELECT * FROM quartiere WHERE fid = 1",
        "UPDATE gpkg_contents SET table_name = 'x'",
    ],
)
def test_work_in_a_geopackage_is_a_change(ours: Path, command: str) -> None:
    _change(ours, command)
    assert _refuse(ours)["folder_changed"].values["files"] == ["study.gpkg"]


def _open_wal(ours: Path) -> sqlite3.Connection:
    """Open it as QGIS does, and look."""
    database = sqlite3.connect(ours / "study.gpkg", isolation_level=None)
    database.execute("PRAGMA journal_mode=wal")
    assert database.execute("SELECT count(*) FROM quartiere").fetchone() == (2,)
    assert (ours / "study.gpkg-wal").exists()
    return database


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_an_open_geopackage_is_no_change(ours: Path) -> None:
    with closing(_open_wal(ours)):
        _publish(ours)
    assert sorted(path.name for path in ours.glob("study*")) == ["study.gpkg"]


def test_work_that_lies_beside_the_geopackage_yet_is_a_change(ours: Path) -> None:
    with closing(_open_wal(ours)) as database:
        database.execute("UPDATE quartiere SET name = 'Süd'")
        assert (ours / "study.gpkg-wal").stat().st_size > 0
        assert _refuse(ours)["folder_changed"].values["files"] == ["study.gpkg"]


def test_a_broken_geopackage_is_a_change(ours: Path) -> None:
    (ours / "study.gpkg").write_bytes(b"SQLite format 3\0" + bytes(4000))
    assert _refuse(ours)["folder_changed"].values["files"] == ["study.gpkg"]


def test_an_older_output_without_the_list_is_taken_over(ours: Path) -> None:
    (ours / MARK).unlink()
    _publish(ours)
    assert (ours / MARK).exists()


@pytest.mark.parametrize("name", ["mine.docx", "maps/mine.docx", "alt/maps/a.html", "maps/tief/a.html", "x.gpkg"])
def test_an_older_output_with_anything_else_is_refused_by_name(ours: Path, name: str) -> None:
    (ours / MARK).unlink()
    (ours / name).parent.mkdir(parents=True, exist_ok=True)
    (ours / name).write_text("wichtig")
    assert _refuse(ours)["folder_not_ours"].values["files"] == [name]


@pytest.mark.parametrize("protocol", [None, "", "{}", "[]", '{"versions": {"other": "1"}}'])
def test_a_page_of_somebody_else_is_no_older_output(tmp_path: Path, protocol: str | None) -> None:
    home = tmp_path / "homepage"
    home.mkdir()
    (home / "index.html").write_text("wichtig")
    if protocol is not None:
        (home / "protocol.json").write_text(protocol)
    names = ["index.html", *(["protocol.json"] if protocol is not None else [])]
    assert _refuse(home)["folder_not_ours"].values["files"] == names


@pytest.mark.parametrize("mark", ["", "{}", "[]", '{"program": "other", "files": {}}', '{"program": "sro_geo"}'])
def test_a_mark_that_is_not_ours_stops_the_run(ours: Path, mark: str) -> None:
    (ours / MARK).write_text(mark)
    assert _refuse(ours)["folder_changed"].values["files"] == [MARK]


def test_a_whole_project_in_an_earlier_output_stays(ours: Path) -> None:
    shutil.copytree(ours / "tables", ours / "projekt" / "daten")
    (ours / "projekt" / "project.toml").write_text("")
    assert _refuse(ours)["folder_not_ours"].values["files"] == ["projekt/daten/a.csv", "projekt/project.toml"]


def test_a_file_that_comes_during_the_run_stays_where_it_was_laid(ours: Path) -> None:
    def write(building: Path) -> None:
        _write(building)
        (ours / "maps" / "mine.docx").write_text("wichtig")

    with pytest.raises(ProjectError) as caught:
        publish_folder(ours, write=write)
    assert [p.values["files"] for p in caught.value.problems] == [["maps/mine.docx"]]
    assert (ours / "maps" / "mine.docx").read_text() == "wichtig"
    assert (ours / "maps" / "a.html").read_text() == "alt"
    assert [path.name for path in ours.parent.iterdir() if not path.name.endswith(".lock")] == ["rostock"]


def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_empty(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours / "geheim").mkdir()
    look = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "geheim":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ProjectError) as caught:
        _publish(ours)
    assert [p.cause for p in caught.value.problems] == ["folder_not_written"]


def test_what_lies_in_the_remains_of_a_killed_run_is_not_lost(ours: Path) -> None:
    building = ours.with_name(".rostock.building")
    shutil.copytree(ours, building)
    (building / "mine.docx").write_text("wichtig")
    assert _refuse(ours)["folder_not_ours"].values == {"folder": ".rostock.building", "files": ["mine.docx"]}
    (building / "mine.docx").unlink()
    _publish(ours)
    assert not building.exists()


@pytest.mark.parametrize("name", ["project.toml", "tables/a.csv"])
@pytest.mark.parametrize("home", ["rostock", ".rostock.building"])
def test_project_and_inputs_never_lie_in_what_is_replaced(ours: Path, name: str, home: str) -> None:
    """Even if a run wrote the file itself: what is read must not be replaced."""
    if home != "rostock":
        shutil.copytree(ours, ours.with_name(home))
    file = ours.with_name(home) / name
    file.write_text("alt")
    before = _read(ours.parent)
    with pytest.raises(ProjectError) as caught:
        publish_folder(ours, write=_write, keep_out=[file, ours.with_name("neben.csv")])
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values) == ("folder_holds_inputs", {"folder": home, "files": [name]})
    assert _read(ours.parent) == before
