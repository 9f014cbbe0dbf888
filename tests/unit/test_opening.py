"""What a project is read from."""

from pathlib import Path

from sro_geo.pipeline.opening import copy_template, list_inputs, open_project
from sro_geo.project import find_shipped

OWN = '[[indicator]]\ncode = "fahrraeder"\nname = { de = "N", en = "n" }\nshort = { de = "N", en = "n" }\nunit = "percent"\n'


def test_every_file_of_a_project_is_an_input(tmp_path: Path) -> None:
    project = copy_template(tmp_path / "stadt")
    told = project.read_text(encoding="utf-8")
    assert told.count('"daten/katalog.toml"') == 1
    project.write_text(told.replace('"daten/katalog.toml"', '"daten/eigene.toml"'), encoding="utf-8")
    (tmp_path / "stadt" / "daten" / "eigene.toml").write_text(OWN, encoding="utf-8")
    inputs = list_inputs(open_project(tmp_path / "stadt"), path=tmp_path / "stadt")
    named = {path.relative_to(tmp_path / "stadt").as_posix() for path in inputs}
    text = project.read_text(encoding="utf-8")
    data = {f"daten/{path.name}" for path in (tmp_path / "stadt" / "daten").iterdir()}
    assert named == {"project.toml"} | {name for name in data if f'"{name}"' in text}
    assert len(named) > 5


def test_the_shipped_study_has_inputs_too() -> None:
    inputs = list_inputs(open_project())
    assert inputs[0] == find_shipped("analyses/rostock") / "project.toml"
    assert all(path.is_file() for path in inputs)
