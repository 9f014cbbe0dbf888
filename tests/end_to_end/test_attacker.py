"""Nobody who has the files gets a withheld count back; a planted leak is found."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from tests.attacker import Cell, attack
from tests.end_to_end.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

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


def test_the_audit_says_what_the_attacker_finds(folders: dict[str, Path]) -> None:
    """Where they know the same: the attacker takes no rounding of a density into account, and nothing of reach."""
    kept: list[pd.DataFrame] = []
    run_study(open_project(ROOT / "analyses" / "musterstadt"), keep=kept.append)
    record = kept[0][(kept[0]["part"] == "value") & (kept[0]["reason"] != "source")]
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
