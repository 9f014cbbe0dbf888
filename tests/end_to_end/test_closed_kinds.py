"""A kind that the project names stays in the study when its last offer closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import ProjectError
from sro_geo.model.scores import INDEX
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.shown import list_codes
from tests.small_projects import CHOICES, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study

WHOLE = {
    **{name: choices[-1] for name, choices in CHOICES.items()},
    "values": "rates", "population": "cells", "maps": "none", "water": "no",
}  # fmt: skip
COLUMN = "ohne_spielplatz_10"


def run(folder: Path, *, open_until: str = "", more: str = "") -> Study:
    """The small study; `open_until` closes every playground after that day, `more` is added to the project file."""
    folder.mkdir()
    write_project(folder, WHOLE)
    offers = folder / "angebote.csv"
    head, *rows = offers.read_text(encoding="utf-8").splitlines()
    rows = [f"{head},gueltig_bis", *(f"{row},{open_until}" for row in rows)]
    offers.write_text("\n".join(rows) + "\n", encoding="utf-8")
    project = folder / "project.toml"
    project.write_text(project.read_text(encoding="utf-8") + more, encoding="utf-8")
    return run_study(open_project(folder))


@pytest.mark.long
def test_closing_every_offer_never_raises_the_index(tmp_path: Path) -> None:
    before, after = run(tmp_path / "open"), run(tmp_path / "closed", open_until="2020-12-31")
    assert before.scores is not None
    assert after.scores is not None
    assert before.scales == after.scales
    assert (after.scores.index["score"] < before.scores.index["score"]).all()
    assert after.city["value"][INDEX] < before.city["value"][INDEX]
    sides = [study.comparison.set_index("indicator").loc[INDEX, ["group", "rest"]] for study in (before, after)]
    assert (sides[1] < sides[0]).all()


def test_the_map_of_a_closed_kind_stays_and_says_that_nobody_reaches_one(tmp_path: Path) -> None:
    study = run(tmp_path / "p", open_until="2020-12-31", more='[[map]]\nshows = "coverage"\nkind = "spielplatz"\n')
    values = study.indicators[study.indicators["indicator"] == COLUMN]
    assert COLUMN in list_codes(study)
    assert values["value"].tolist() == [100.0] * 6
    assert study.city.loc[COLUMN, "value"] == 100.0


def test_a_map_of_places_stays_too(tmp_path: Path) -> None:
    study = run(tmp_path / "p", open_until="2020-12-31", more='[[map]]\nshows = "places"\nkind = "spielplatz"\n')
    places = study.indicators[study.indicators["indicator"] == "plaetze_spielplatz"]
    assert places["value"].tolist() == [0.0] * 6


def test_kinds_that_nobody_names_stay_out(tmp_path: Path) -> None:
    study = run(tmp_path / "p")
    assert {spec.kind for spec in study.specs.values()} == {None, "spielplatz"}


def test_redundancy_of_a_kind_without_a_share_is_refused_by_name(tmp_path: Path) -> None:
    """The ages of the data do not make up its target group; the project file cannot know that."""
    write_project(tmp_path, WHOLE)
    project = tmp_path / "project.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('spielplatz = "0-6"', 'spielplatz = "0-4"'), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        run_study(open_project(tmp_path))
    assert [(problem.cause, problem.values["kind"]) for problem in caught.value.problems] == [
        ("redundancy_unmeasured", "spielplatz")
    ]
