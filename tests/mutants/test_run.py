"""The runner tells a fault that no test sees, a patch that does not fit, and tests that fail anyhow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mutants import run
from tests.mutants.patches import Change, Mutant

if TYPE_CHECKING:
    from pathlib import Path

FITS = Change(file="m.py", old="a = 1\n", new="a = 2\n")
GONE = Change(file="m.py", old="b = 1\n", new="b = 2\n")


def try_out(folder: Path, monkeypatch: pytest.MonkeyPatch, *, change: Change, sees: str) -> int:
    """Exit code, where tests fail as long as the copy of the source holds a text."""
    (folder / "m.py").write_text("a = 1\n", encoding="utf-8")

    def look(_: object, *, root: Path) -> str:
        return "tests/x.py::test_x" if sees in (root / "m.py").read_text(encoding="utf-8") else ""

    mutant = Mutant(name="01-x", what="Wrong.", killers=("tests/x.py",), changes=(change,))
    monkeypatch.setattr(run, "ROOT", folder)
    monkeypatch.setattr(run, "list_mutants", lambda: (mutant,))
    monkeypatch.setattr(run, "_run", look)
    return run.main([])


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ((FITS, "a = 2", 0), "01-x: tests/x.py::test_x\n1 of 1 killed"),
        ((FITS, "nothing", 1), "01-x: SURVIVES: Wrong.\n0 of 1 killed"),
        ((GONE, "a = 2", 1), "not exactly once in m.py: b = 1\n01-x: SURVIVES"),
        ((FITS, "a = 1", 1), "without any fault tests/x.py::test_x fails"),
    ],
)
def test_what_is_told_and_how_it_ends(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[Change, str, int],
    told: str,
) -> None:
    change, sees, code = case
    assert try_out(tmp_path, monkeypatch, change=change, sees=sees) == code
    assert told in capsys.readouterr().out
    assert (tmp_path / "m.py").read_text(encoding="utf-8") == "a = 1\n"


def test_no_fault_by_that_name_is_no_success(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "_run", lambda *_, **__: "")
    assert run.main(["no such fault"]) == 1
