"""Nobody who has the files gets a withheld count back; a planted leak is found."""

from __future__ import annotations

import csv
import functools
import itertools
import math
import shutil
from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.measuring import measure_offers
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.writing import write_study
from tests.attacker import Cell, attack
from tests.attacker_totals import Reach, attack_reach, attack_totals
from tests.small_projects import CHOICES, write_project
from tests.studies import ROOT
from tests.told import show_one

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

pytestmark = pytest.mark.long  # in every run: test_attacker_towns.py

LEAK = ("04", "alter_0_3", 2008)


def read_truth(folder: Path) -> dict[Cell, float]:
    """The counts that the tables of a place hold: the numerator where there is one."""
    truth = {}
    for file in sorted(folder.glob("*.csv")):
        text = file.read_text(encoding="utf-8-sig")
        rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ",")
        if {"quartier", "kennzahl", "zaehler"} <= set(rows.fieldnames or ()):
            for row in rows:
                told = row["zaehler"] or row["wert"]
                if told:
                    truth[row["quartier"], row["kennzahl"], int(row["jahr"])] = float(told.replace(",", "."))
    return truth


def list_pinned(
    found: dict[Cell, tuple[float, float]], truth: dict[Cell, float], *, smallest: int = 3
) -> dict[Cell, tuple[float, float]]:
    """Counts under the limit that the attacker knows to be so, or knows too well."""
    small = {cell: ends for cell, ends in found.items() if 1 <= truth.get(cell, 0) < smallest}
    assert all(low <= truth[cell] <= high for cell, (low, high) in small.items())
    return {cell: (low, high) for cell, (low, high) in small.items() if high < smallest or high - low < smallest - 1}


def test_no_withheld_count_of_musterstadt_comes_back(folders: dict[str, Path]) -> None:
    truth = read_truth(ROOT / "geodata" / "musterstadt")
    found = attack(folders["musterstadt"], years=(2008, 2009, 2010, 2011, 2024))
    assert {cell for cell in found if cell[1] == "alter_0_3"} == {("04", "alter_0_3", y) for y in range(2008, 2012)}
    assert sum(1 <= truth.get(cell, 0) < 3 for cell in found) > 10
    assert list_pinned(found, truth) == {}


def test_the_audit_says_what_the_attacker_finds(folders: dict[str, Path], musterstadt_record: pd.DataFrame) -> None:
    """Where they know the same: the attacker takes no rounding of a density into account, and nothing of reach."""
    record = musterstadt_record
    record = record[(record["part"] == "value") & (record["reason"] != "source")]
    ends = {(q, code, year): (low, high) for q, code, year, _, low, high, *_ in record.itertuples(index=False)}
    found = attack(folders["musterstadt"], years=(2008, 2009, 2012, 2024))
    both = set(found) & set(ends)
    assert len(both) > 10
    assert {cell: ends[cell] for cell in both} == {cell: found[cell] for cell in both}


@pytest.mark.long
def test_no_withheld_count_of_any_year_comes_back(folders: dict[str, Path]) -> None:
    for name in ("musterstadt", "rostock"):
        assert list_pinned(attack(folders[name]), read_truth(ROOT / "geodata" / name)) == {}


@pytest.mark.long
def test_rostock_with_a_limit_of_ten(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "analyses" / "rostock", tmp_path / "analyses" / "rostock")
    shutil.copytree(ROOT / "geodata" / "rostock", tmp_path / "geodata" / "rostock")
    project = tmp_path / "analyses" / "rostock" / "project.toml"
    project.write_text(project.read_text(encoding="utf-8").replace("smallest = 3 ", "smallest = 10 "), encoding="utf-8")
    write_study(run_study(open_project(project.parent)), folder=tmp_path / "maps")
    truth, found = read_truth(ROOT / "geodata" / "rostock"), attack(tmp_path / "maps")
    assert sum(1 <= truth.get(cell, 0) < 10 for cell in found) > 3
    assert list_pinned(found, truth, smallest=10) == {}
    assert list_pinned(attack_totals(tmp_path / "maps"), truth, smallest=10) == {}


@pytest.mark.parametrize(
    ("code", "column", "number"), [("alter_3_6", "wert", "4.0000"), ("alter_0_6", "wert", "6.0000")]
)
def test_a_planted_leak_is_found(folders: dict[str, Path], tmp_path: Path, code: str, column: str, number: str) -> None:
    """The other withheld age group, or the sum of both with it, put back into the table of a safe folder."""
    folder = tmp_path / "maps"
    shutil.copytree(folders["musterstadt"], folder)
    table = folder / "tables" / "indicators.csv"
    text = table.read_text(encoding="utf-8")
    head = next(csv.reader(text.splitlines()))
    row = dict.fromkeys(head, "") | {
        "quartier": "04",
        "kennzahl": code,
        "jahr": "2008",
        column: number,
        "status": "beobachtet",
    }
    table.write_text(text + ",".join(row[name] for name in head) + "\r\n", encoding="utf-8", newline="")
    pinned = list_pinned(attack(folder, years=(2008,)), read_truth(ROOT / "geodata" / "musterstadt"))
    assert (LEAK in pinned) is (code == "alter_3_6")


@functools.cache
def read_reached(name: str) -> dict[Reach, float]:
    """Persons between any two limits, before anything is withheld."""
    project = open_project(ROOT / "analyses" / name)
    true = measure_offers(project, read_tables(project), members={}).true
    found = {}
    for kind, coverage in true.items():
        for quarter, rows in coverage.table.groupby("quarter_id"):
            points = {
                0.0: 0.0,
                **dict(zip(rows["minutes"], rows["reached"], strict=True)),
                math.inf: rows["persons"].iloc[0],
            }
            for near, far in itertools.combinations(points, 2):
                found[str(quarter), kind, near, far] = points[far] - points[near]
    return found


def list_pinned_reach(folder: Path, name: str) -> dict[Reach, tuple[float, float]]:
    """Groups of one or two persons that the attacker knows to be so, or knows too well."""
    found, truth = attack_reach(folder), read_reached(name)
    small = {where: ends for where, ends in found.items() if 1 <= truth[where] < 3}
    assert len(small) >= 6
    assert all(low <= truth[where] <= high for where, (low, high) in small.items())
    return {where: (low, high) for where, (low, high) in small.items() if high < 3 or high - low < 2}


def test_no_total_gives_away_who_is_not_reached(folders: dict[str, Path]) -> None:
    assert list_pinned_reach(folders["musterstadt"], "musterstadt") == {}


def test_not_even_to_a_reader_who_knows_which_counts_are_small(folders: dict[str, Path]) -> None:
    folder, truth = folders["musterstadt"], read_reached("musterstadt")
    small = [where for where in attack_reach(folder) if 1 <= truth[where] < 3]
    found = attack_reach(folder, small=small)
    assert {found[where] for where in small} == {(1, 2)}


def test_a_share_that_went_for_the_city_s_sake_would_give_one_away(folders: dict[str, Path], tmp_path: Path) -> None:
    """Of Altstadt-Nord and Bahnhofsviertel, 207 of 429 children have no family education within 15 minutes, 205 of them here."""
    folder = tmp_path / "maps"
    shutil.copytree(folders["musterstadt"], folder)
    table = folder / "tables" / "coverage.csv"
    text = table.read_text(encoding="utf-8")
    start = "03,familienbildung,0-6,15.0000,"
    line = next(one for one in text.splitlines() if one.startswith(start))
    assert line.startswith(f"{start},287.0,,")
    told = f"{start}82.0,287.0,0.2857,0.2857,beobachtet,ja,Bahnhofsviertel"
    table.write_text(text.replace(line, told), encoding="utf-8", newline="")
    pinned = list_pinned_reach(folder, "musterstadt")
    assert pinned == {("01", "familienbildung", 15.0, math.inf): (2, 2)}


def test_no_total_of_the_tables_gives_a_count_away(folders: dict[str, Path]) -> None:
    found, truth = attack_totals(folders["musterstadt"]), read_truth(ROOT / "geodata" / "musterstadt")
    assert ("11", "sprachfoerderung", 2024) in found
    assert list_pinned(found, truth) == {}


@pytest.mark.parametrize(("births", "pinned"), [((2, 9, 1, 11, 12, 2), False), ((2, 9, 10, 11, 12, 3), True)])
def test_the_attacker_reads_totals(tmp_path: Path, births: tuple[int, ...], pinned: bool) -> None:  # noqa: FBT001  both
    """A total that is put into a safe folder by hand is found wherever one quarter alone is withheld."""
    source = tmp_path / "source"
    source.mkdir()
    write_project(source, {**{name: choices[0] for name, choices in CHOICES.items()}, "quarters": "many"})
    lines = [f"{number:02d};geborene;2024;{one}" for number, one in enumerate(births, start=1)]
    (source / "kennzahlen.csv").write_text("\n".join(["quartier;kennzahl;jahr;wert", *lines]) + "\n", encoding="utf-8")
    write_study(show_one(run_study(open_project(source))), folder=tmp_path / "maps")
    table = tmp_path / "maps" / "tables" / "areas.csv"
    head, row = table.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    assert (cells["quartiere_vollstaendig"] == "6") is not pinned
    full = {**cells, "wert": f"{sum(births)}.0000", "hoechstens": f"{sum(births)}.0000", "quartiere_vollstaendig": "6"}
    table.write_text("\n".join([head, ",".join(full.values())]) + "\n", encoding="utf-8", newline="")
    truth = {(f"{n:02d}", "geborene", 2024): float(one) for n, one in enumerate(births, start=1)}
    assert bool(list_pinned(attack_totals(tmp_path / "maps"), truth)) is pinned
