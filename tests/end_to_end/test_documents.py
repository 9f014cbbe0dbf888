"""README and handbook: what they show is run."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, get_args

import pytest

from sro_geo.cli import main
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from tests.told import show_one

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.project import Project

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "handbuch" / "index.md")
COMMAND = re.compile(r"(?:^    |`)(sro-geo (?:new|check|run|explain) [^`#\n]+)", re.MULTILINE)


def list_commands() -> list[str]:
    """Commands that the shipped data can run; those on public data run in test_new_city.py."""
    found = [command.strip() for file in DOCUMENTS for command in COMMAND.findall(file.read_text(encoding="utf-8"))]
    return [command for command in dict.fromkeys(found) if "--from" not in command and "flensburg" not in command]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped studies in it, as a checkout has them."""
    for name in ("analyses", "geodata"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_the_example_in_python_runs(musterstadt: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers are computed once for all tests, as those of the examples in the docstrings are."""

    def tell(project: Project) -> Study:
        assert project.title == musterstadt.about.title
        return musterstadt

    monkeypatch.setattr("sro_geo.run_study", tell)
    failures, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert (failures, tried) == (0, 4)


SECTIONS = ("groups", "compare", "redundancy", "shock", "index")
BLOCK = re.compile(r"(?:^ {4,}[^ \n].*\n(?:\n(?= {4}))?)+", re.MULTILINE)


def test_groups_and_index_of_the_handbook_make_a_project(tmp_path: Path) -> None:
    """Its own lines in place of those of Musterstadt."""
    text = (ROOT / "docs" / "handbuch" / "index.md").read_text(encoding="utf-8")
    chapters = text[text.index("## Modellregionen vergleichen") : text.index("## Was die Zahlen nicht sagen")]
    lines = "\n".join(dedent(block) for block in BLOCK.findall(chapters)).replace(
        "robustness = 1\n", "robustness = 1\nredundancy = 1\nrecovery = 1\n"
    )
    shipped = (ROOT / "analyses" / "musterstadt" / "project.toml").read_text(encoding="utf-8")
    parts = re.split(r"^(?=\[)", shipped.replace("../../geodata", str(ROOT / "geodata")), flags=re.MULTILINE)
    others = [part for part in parts if re.split(r"[].]", part[1:])[0] not in SECTIONS]
    (tmp_path / "project.toml").write_text("".join(others) + lines, encoding="utf-8")
    project = open_project(tmp_path)
    method = project.method
    assert method is not None
    assert (project.group, project.index_name, method.aggregate) == ("modellregion", "Teilhabeindex", "arithmetic")
    assert (set(method.dimensions), project.redundancy_minutes) == ({"robustness", "redundancy", "recovery"}, 10)


@pytest.mark.long
def test_every_command_runs_in_the_order_of_the_text(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are on one project, whose numbers are computed once."""
    made: list[Study] = []

    def run_once(project: Project, **_: object) -> Study:
        made[:] = made or [show_one(run_study(project))]
        return made[0]

    monkeypatch.setattr("sro_geo.pipeline.study.run_study", run_once)
    commands = list_commands()
    kinds = {shlex.split(command)[1] for command in commands}
    assert kinds == {"new", "check", "run", "explain"}
    # the same drawn twice, and the office's edition, whose limit is stated first: test_internal.py
    shown = [
        command for command in commands if command != "sro-geo run analyses/musterstadt" and "--internal" not in command
    ]
    assert len(shown) < len(commands)
    for command in shown:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(command)[1:])
        assert ended.value.code == 0, capsys.readouterr().err
    assert (here / "maps" / "mein-projekt" / "index.html").is_file()


def test_the_names_of_folders_and_settings_are_real() -> None:
    """Every setting that the handbook shows in TOML is one that a project file may hold."""
    from sro_geo.project.schema import ProjectFile

    text = DOCUMENTS[1].read_text(encoding="utf-8")
    shown = re.findall(r"`\[(\w+)\](?: (\w+) =[^`]*)?`", text)
    assert len(shown) >= 3
    for section, key in shown:
        kept = ProjectFile.model_fields[section].annotation
        forms = [one for one in (kept, *get_args(kept)) if hasattr(one, "model_fields")]  # a section may be left out
        assert not key or any(key in form.model_fields for form in forms)
