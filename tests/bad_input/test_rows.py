"""Each row of bad input through the command line: exact words, exit code, cause, nothing left behind."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.bad_input import listing
from tests.bad_input.harness import ROWS, Result, Warm, hash_files, keep_warm, lay_out, run_real
from tests.bad_input.making import MAKERS
from tests.bad_input.plays import PLAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDERS = sorted(folder.name for folder in ROWS.iterdir())
WANTED = {*range(1, 70), *range(85, 93), *range(94, 106)}
"""Rows about local files and outputs; the others need a network."""

REAL = ("038_truncated_geopackage",)
REAL_SELDOM = (
    "037_pipe",
    "047_thousands_or_decimals",
    "001_metres_without_crs",
    "024_empty_table",
    "057_far_cell",
    "105_typo",
)
"""Run by the real command, too; five of `PLAYS` start it themselves."""

SLOW = (
    "085_names_like_formulas", "097_crash_in_mid_write", "099_two_runs_at_once", "101_no_home", "103_clock_and_locale",
)  # fmt: skip
"""Several whole runs each; the same is tried step by step in tests/unit/report and tests/end_to_end/test_command.py."""


def long(rows: Iterable[str]) -> list[object]:
    return [pytest.param(row, marks=pytest.mark.long) for row in rows]


@pytest.fixture(scope="module")
def command() -> Iterator[Warm]:
    with keep_warm() as warm:
        yield warm


_CHECKSUM = re.compile(r'\n    checksum = "[0-9a-f]{16}"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "projekt").mkdir()
    return tmp_path / "projekt"


def fill(row: str, folder: Path) -> None:
    """Lay the row out; where it is drawn, with one map, since nothing in a row is about a map of its own."""
    lay_out(row, folder)
    if row in MAKERS:
        MAKERS[row](folder)
    project = folder / "project.toml"
    if row in PLAYS and "[[map]]" not in (text := project.read_text(encoding="utf-8")):
        project.write_text(f'{text}\n[[map]]\nshows = "bevoelkerung"\n', encoding="utf-8")


def tell(result: Result) -> str:
    """What the planner reads: the problems; where there are none, questions, gaps and notes, but no verdict and no files.

    Checksums of files that some program makes anew each time are left out.
    """
    if result.err or not result.out.startswith("Datenprüfung"):
        return _CHECKSUM.sub("", result.err).strip()
    _, _, *sections = _CHECKSUM.sub("", result.out).split("\n\n")
    return "\n\n".join(section for section in sections if not section.startswith("Dateien")).strip()


@pytest.mark.parametrize("row", [*(row for row in FOLDERS if row not in SLOW), *long(SLOW)])
def test_a_row_is_told_in_exact_words(row: str, command: Warm, folder: Path) -> None:
    expected = listing.read_row(row)
    fill(row, folder)
    before = hash_files(folder)
    result = PLAYS[row](folder, command) if row in PLAYS else command(folder, "check", ".", "--lang", "de")
    assert tell(result) == expected.text, result
    assert result.exit == expected.exit
    assert set(expected.causes) <= set(result.causes)
    assert hash_files(folder) == before, "input was changed or something was left beside it"


@pytest.mark.parametrize("row", [*REAL, *long(REAL_SELDOM)])
def test_the_real_command_says_the_same(row: str, folder: Path) -> None:
    expected = listing.read_row(row)
    fill(row, folder)
    result = run_real(folder, "check", ".", "--lang", "de")
    assert (tell(result), result.exit) == (expected.text, expected.exit)


def test_every_row_has_its_folder() -> None:
    numbers = {int(row.split("_")[0]) for row in FOLDERS}
    assert numbers >= WANTED, f"no folder: {sorted(WANTED - numbers)}"
    assert numbers <= set(range(1, 106))
    for row in FOLDERS:
        files = {path.name for path in (ROWS / row).iterdir()}
        assert files > {"expected.toml"} or row in {*MAKERS, *PLAYS}, f"no input: {row}"
        assert tomllib.loads((ROWS / row / "expected.toml").read_text(encoding="utf-8")).keys() == listing.KEYS


def test_the_handbook_lists_every_row() -> None:
    """`.venv/bin/python -m tests.bad_input.listing` writes it."""
    assert listing.PAGE.read_text(encoding="utf-8") == listing.make_page()
