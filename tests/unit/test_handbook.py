"""The handbook explains every setting that there is, and its examples are such as the program accepts."""

from __future__ import annotations

import re
import tomllib
from textwrap import dedent
from typing import TYPE_CHECKING, Any, get_origin

import pytest
from pydantic import TypeAdapter

from scripts.handbook import FORMS, HANDBOOK, PAGES, list_settings, read_meanings, write_page
from sro_geo import read_project, run_study
from tests.load_data import make_squares

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.fields import FieldInfo

SETTINGS = [(sort, path, field) for sort, form in FORMS.items() for path, field in list_settings(form)]


@pytest.mark.parametrize("sort", FORMS)
def test_every_setting_is_explained_and_nothing_else(sort: str) -> None:
    assert set(read_meanings()[sort]) == {path for path, _ in list_settings(FORMS[sort])}


@pytest.mark.parametrize(("sort", "path", "field"), SETTINGS, ids=lambda part: part if isinstance(part, str) else "")
def test_an_example_is_accepted(sort: str, path: str, field: FieldInfo) -> None:
    meaning, example = read_meanings()[sort][path]
    assert meaning[-1] != "."
    if not example:
        return
    lines = get_origin(field.annotation) is dict  # a section whose names the planner chooses
    value: Any = tomllib.loads(example) if lines else tomllib.loads(f"value = {example}")["value"]
    assert TypeAdapter(field.rebuild_annotation()).validate_python(value) is not None


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_what_the_program_says(name: str) -> None:
    """`.venv/bin/python scripts/handbook.py` writes them."""
    assert (HANDBOOK / name).read_text(encoding="utf-8") == write_page(name)


def test_the_pages_name_limits_and_defaults() -> None:
    page = write_page("projektdatei.md")
    assert (
        "| `smallest` | kleinste Anzahl von Menschen, die gezeigt werden darf | ganze Zahl ab 3 | `3` | `3` |" in page
    )
    assert (
        "| `least_known` | Anteil des Gewichts, der bekannt sein muss, damit es Punkte gibt | Zahl ab 0 bis 1 | `0.6` |"
        in page
    )
    assert (
        '| `form` | `long`: eine Zeile je Wert; `wide`: eine Spalte je Kennzahl | `"long"` oder `"wide"` | `"long"` |'
        in page
    )


def test_the_example_of_another_vintage_gives_the_numbers_of_the_text(tmp_path: Path) -> None:
    text = (HANDBOOK / "index.md").read_text(encoding="utf-8")
    section = text.partition("## Andere Gebietsstände\n")[2].partition("\n## ")[0]
    project, shares = (dedent(block) for block in re.findall(r"\n\n((?:    .*\n|\n(?=    ))+)", section)[:2])
    head = 'title = "a"\nplace = "b"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
    values = "03;bevoelkerung;1000;;\n04;bevoelkerung;304;;\n03;arbeitslose;;40;400\n04;arbeitslose;;90;300\n"
    files = {
        "q.geojson": make_squares(),
        "project.toml": head + project.replace("vintage", "year = 2024\nvintage"),
        "umstieg.csv": shares,
        "alt.csv": f"quartier;kennzahl;wert;zaehler;nenner\n{values}",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    table = run_study(read_project(tmp_path)).indicators
    assert {(q, code): n for q, code, n in table[["quarter_id", "indicator", "value"]].itertuples(index=False)} == {
        ("01", "bevoelkerung"): 250, ("02", "bevoelkerung"): 1054, ("01", "arbeitslose"): 10, ("02", "arbeitslose"): 20,
    }  # fmt: skip
    for number in ("250 Menschen und 10 von 100", "1.054 und 120 von 600"):
        assert number in " ".join(section.split())
