"""The attacker in towns that nobody chose: invented ones by seed, Flensburg, and leaks planted by seed."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from tests.attacker import attack
from tests.attacker_texts import list_strange
from tests.attacker_totals import attack_totals
from tests.end_to_end.test_attacker import list_pinned
from tests.end_to_end.test_real_data import NAMES
from tests.flensburg_data import write_flensburg
from tests.invented_towns import Town, write_town
from tests.leaks import PLANTS

if TYPE_CHECKING:
    from pathlib import Path

FEW, MANY = 1, 50
LEAKS = 20
HOMES = (1, 2, 4)
"""Towns that leaks are planted in: in each, children of some band are small, and withheld, in the year shown."""

CHILDREN = ("alter_0_3", "alter_3_6", "alter_6_15")


def long_from(few: int, many: int, *, start: int = 0) -> list[object]:
    """Seeds, those behind the first few in the long run alone."""
    return [
        seed if seed - start < few else pytest.param(seed, marks=pytest.mark.long)
        for seed in range(start, start + many)
    ]


def draw_town(folder: Path, *, seed: int) -> tuple[Path, Town]:
    (folder / "town").mkdir()
    town = write_town(folder / "town", seed=seed)
    write_study(run_study(open_project(folder / "town")), folder=folder / "maps")
    return folder / "maps", town


@pytest.mark.parametrize("seed", long_from(FEW, MANY, start=1))
def test_no_withheld_count_of_an_invented_town_comes_back(tmp_path: Path, seed: int) -> None:
    folder, town = draw_town(tmp_path, seed=seed)
    found, truth, smallest = attack(folder), town.truth, town.smallest
    assert sum(1 <= truth.get(cell, 0) < smallest for cell in found) >= 2
    assert list_pinned(found, truth, smallest=smallest) == {}
    assert list_pinned(attack_totals(folder), truth, smallest=smallest) == {}
    assert list_strange(folder) == []


@pytest.mark.long
@pytest.mark.real_data
def test_flensburg_with_a_limit_of_ten(tmp_path: Path, real_data: Path) -> None:
    """Of 45 on two benefits in Tarup, 4 have the one: it may be 1 to 44."""
    (tmp_path / "stadt").mkdir()
    truth = write_flensburg(tmp_path / "stadt", data=real_data / "flensburg", names=NAMES)
    folder = tmp_path / "maps"
    write_study(run_study(open_project(tmp_path / "stadt")), folder=folder)
    found = attack(folder)
    assert (truth["13", "hilfeleistung", 2021], truth["13", "arbeitslosengeld", 2021]) == (4, 41)
    assert found["13", "hilfeleistung", 2021] == (1, 44)
    assert sum(1 <= truth[cell] < 10 for cell in found) == 25
    assert list_pinned(found, truth, smallest=10) == {}
    assert list_pinned(attack_totals(folder), truth, smallest=10) == {}
    assert list_strange(folder) == []


@pytest.mark.parametrize("name", ["musterstadt", "rostock"])
def test_page_tooltips_and_figures_tell_no_number_that_the_tables_do_not(folders: dict[str, Path], name: str) -> None:
    assert list_strange(folders[name]) == []


@pytest.fixture(scope="module")
def towns() -> dict[int, tuple[Path, Town]]:
    return {}


@pytest.mark.parametrize("seed", long_from(4, LEAKS))
def test_a_planted_leak_is_found(
    towns: dict[int, tuple[Path, Town]], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    home = HOMES[seed // len(PLANTS) % len(HOMES)]
    if home not in towns:
        towns[home] = draw_town(tmp_path_factory.mktemp(f"town-{home}"), seed=home)
    (safe, town), year = towns[home], 2024
    truth, smallest = town.truth, town.smallest
    small = [
        cell
        for cell in sorted(attack(safe, years=[year]))
        if cell[1] in CHILDREN and 1 <= truth.get(cell, 0) < smallest
    ]
    cell = random.Random(seed).choice(small)  # noqa: S311  no secret
    folder = tmp_path / "maps"
    shutil.copytree(safe, folder)
    PLANTS[seed % len(PLANTS)](folder, cell, town.bands)
    pinned = list_pinned(attack(folder, years=[year]), truth, smallest=smallest)
    assert cell in pinned or list_strange(folder)
