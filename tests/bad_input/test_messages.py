"""Every fault of an input is told in the exact words of `texts.toml`; nothing the loaders can say goes untold."""

import tomllib
from pathlib import Path

import pytest

from sro_geo.errors import Problem, SroGeoError
from sro_geo.text.speaker import Speaker
from sro_geo.text.texts import MESSAGES, load_room
from tests.bad_input.cases import CASES

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def find_problem(cause: str, folder: Path) -> Problem:
    """The one problem, or note, of that cause."""
    try:
        found: tuple[Problem, ...] = getattr(CASES[cause](folder), "notes", ())
    except SroGeoError as error:
        found = error.problems
    (problem,) = [problem for problem in found if problem.cause == cause]
    return problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "projekt").mkdir()
    return tmp_path / "projekt"


@pytest.mark.parametrize("cause", list(CASES))
def test_the_exact_words_and_english_says_the_same_with_nothing_left_open(folder: Path, cause: str) -> None:
    problem, german = find_problem(cause, folder), TEXTS[cause]
    assert Speaker("de").problem(problem) == german
    assert str(folder) not in german
    text = Speaker("en").problem(problem)
    assert text.count("\n  Where: ") == german.count("\n  Wo: ")
    assert ("\n  Remedy: " in text) == ("\n  Abhilfe: " in german)
    for value in (value for value in problem.values.values() if not isinstance(value, float)):
        assert (str(value) in text) == (str(value) in german)
    assert Speaker("en").note(problem) in text


def test_every_message_has_a_case_and_a_text() -> None:
    place = {cause for cause in load_room("de", "report") if cause.startswith("folder_")} - {"folder_exists"}
    rooms = [room for room in MESSAGES if room == "project" or room.startswith("load_")]
    ours = {cause for room in rooms for cause in load_room("de", room)} | place
    assert ours == set(CASES) == set(TEXTS)


def test_input_is_never_changed(folder: Path) -> None:
    for cause in ("rows_doubled", "geometry_repaired", "layer_not_named", "heights_dropped"):
        place = folder / cause
        place.mkdir()
        find_problem(cause, place)
        before = {file.name: file.read_bytes() for file in place.iterdir()}
        assert len(before) == 1, "a reader left a file beside its input"
