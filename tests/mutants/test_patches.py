"""Every deliberate fault still fits the sources, and every module that speaks, hides, compares or wires has one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.mutants.patches import ROOT, Change, Mutant, list_mutants, put_in

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = ("report", "disclose", "compare", "pipeline")
MUTANTS = list_mutants()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_patch_fits_and_leaves_python(mutant: Mutant) -> None:
    for path, text in put_in(mutant, root=ROOT).items():
        assert text != path.read_text(encoding="utf-8")
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_patch_says_what_is_wrong_and_names_tests_that_exist(mutant: Mutant) -> None:
    assert mutant.what.endswith(".")
    assert mutant.killers
    for killer in mutant.killers:
        file, _, test = killer.partition("::")
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), killer
        assert (ROOT / file).is_file()
        assert "test_maps" not in file


def test_every_module_of_the_four_rooms_is_hit() -> None:
    modules = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / "sro_geo" / room).rglob("*.py")
        if path.stem != "__init__"
    }
    assert len(modules) >= 30
    assert modules - {change.file for mutant in MUTANTS for change in mutant.changes} == set()


def test_numbers_run_from_one_without_a_gap() -> None:
    assert [int(mutant.name.partition("-")[0]) for mutant in MUTANTS] == list(range(1, len(MUTANTS) + 1))


@pytest.mark.parametrize("text", ["b = 1\n", "a = 1\na = 1\n", "", "  a = 1\n"])
def test_what_does_not_stand_exactly_once_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.py").write_text(text, encoding="utf-8")
    mutant = Mutant(name="x", what="", killers=(), changes=(Change(file="m.py", old="a = 1\n", new="a = 2\n"),))
    with pytest.raises(ValueError, match=r"x: not exactly once in m\.py: a = 1"):
        put_in(mutant, root=tmp_path)


def test_two_changes_of_one_file_come_together(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text("a = 1\nb = 1\n", encoding="utf-8")
    changes = (Change(file="m.py", old="b = 1\n", new=""), Change(file="m.py", old="a = 1\n", new="a = 2\nc = 3\n"))
    mutant = Mutant(name="x", what="", killers=(), changes=changes)
    assert put_in(mutant, root=tmp_path) == {tmp_path / "m.py": "a = 2\nc = 3\n"}
