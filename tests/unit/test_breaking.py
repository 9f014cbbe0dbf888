"""Breaks in series: told where they part no years, and where something compares years across one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.model.catalogue import SeriesBreak
from sro_geo.model.indicators import Indicators
from sro_geo.model.method import Scales
from sro_geo.pipeline.breaking import note_broken, note_idle_breaks
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.errors import Problem
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

CENSUS = {"de": "neuer Zensus", "en": "new census"}
SHAKEN, SCORED = "kinder_sgb2", "arbeitslose"


@pytest.fixture(scope="module")
def project(musterstadt_measured: tuple[Project, Tables, object]) -> Project:
    return musterstadt_measured[0]


def break_in(specs: Any, code: str, years: Sequence[int]) -> dict[str, IndicatorSpec]:
    """Catalogue in which an indicator's series breaks."""
    breaks = tuple(SeriesBreak(year=year, reason=CENSUS) for year in years)
    return {**specs, code: replace(specs[code], series_breaks=breaks)}


def ask(project: Project, tables: Tables, code: str, years: Sequence[int], **scale: Any) -> tuple[Problem, ...]:
    catalogue = replace(project.catalogue, specs=break_in(project.catalogue.specs, code, years))
    return note_broken(replace(project, catalogue=catalogue), tables.indicators, **scale)


def test_a_break_that_parts_no_two_years_of_the_data_is_told(project: Project) -> None:
    """The year of a break is the first of the new values: in the first year of all it parts nothing."""
    rows = pd.DataFrame({"indicator": SCORED, "year": [2010, 2015, 2020]})
    specs = break_in(project.catalogue.specs, SCORED, (2009, 2010, 2011, 2020, 2021))
    (note,) = note_idle_breaks(Indicators(rows), specs=specs)
    assert note.values["found"] == ["2009", "2010", "2021"]
    assert "Die Tabellen reichen von 2010 bis 2020." in Speaker("de").note(note)
    assert note_idle_breaks(Indicators(rows), specs=break_in(specs, SCORED, (2011,))) == ()


def test_recovery_across_a_break_is_told_by_name_and_years(project: Project, musterstadt_tables: Tables) -> None:
    """The shock of 2018 is set against the years from 2014 on, up to 2024."""
    (note,) = ask(project, musterstadt_tables, SHAKEN, (2014, 2015, 2024))
    assert (
        Speaker("de")
        .note(note)
        .startswith(
            "Die Erholung vergleicht 2014 bis 2024 über einen Bruch in der Zeitreihe hinweg: Kinder mit Bürgergeld, 2015, 2024."
        )
    )
    assert ask(project, musterstadt_tables, SHAKEN, (2014, 2025)) == ()
    assert ask(project, musterstadt_tables, SCORED, (2020,)) == ()
    assert ask(replace(project, shock=None), musterstadt_tables, SHAKEN, (2020,)) == ()


def test_a_scale_of_a_base_year_before_a_break_is_told_unless_its_ends_are_stated(
    project: Project, musterstadt_tables: Tables
) -> None:
    method, study = project.method, replace(project, shock=None)
    assert method is not None
    fitted: Any = {
        "method": replace(method, normalise="minmax", goalposts={}),
        "scales": Scales(worst={SCORED: 20.0}, best={SCORED: 0.0}, lowest=1.0),
    }
    (note,) = ask(study, musterstadt_tables, SCORED, (2017, 2018, 2024), **fitted)
    assert (note.cause, note.values["found"]) == ("scale_broken", ["2018", "2024"])
    (note,) = ask(replace(study, year=2012), musterstadt_tables, SCORED, (2017,), **fitted)
    assert (note.values["first"], note.values["last"]) == ("2012", "2017")
    stated = {**fitted, "method": replace(fitted["method"], goalposts={SCORED: (20.0, 0.0)})}
    assert ask(study, musterstadt_tables, SCORED, (2018,), **stated) == ()
    assert ask(study, musterstadt_tables, SCORED, (2018,), **{**fitted, "method": method}) == ()
