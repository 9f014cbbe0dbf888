"""Curves of how many have an offer within how many metres, in a study and as a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sro_geo.disclose.reached import hide_people
from sro_geo.pipeline.areas import list_areas
from sro_geo.pipeline.curves import COLUMNS, lay_curves
from sro_geo.render.curves import draw_curves
from sro_geo.report.curves import list_curves
from sro_geo.text.speaker import Speaker
from tests.svg_text import read_svg

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

    Given = tuple[Project, Tables, Measured]

KITA = "kindertageseinrichtung"


def lay(given: Given) -> pd.DataFrame:
    project, tables, measured = given
    return lay_curves(replace(project, curves=True), tables, measured, members=list_areas(project, tables))


@pytest.fixture(scope="module")
def curves(musterstadt_measured: Given) -> pd.DataFrame:
    return lay(musterstadt_measured)


def test_nobody_who_does_not_ask_gets_curves(musterstadt_measured: Given) -> None:
    found = lay_curves(*musterstadt_measured, members={})
    assert found.empty
    assert list(found.columns) == list(COLUMNS)


def test_within_a_limit_a_curve_says_what_coverage_says(musterstadt_measured: Given, curves: pd.DataFrame) -> None:
    project, _, measured = musterstadt_measured
    assert project.coverage is not None
    metres = project.coverage.to_metres(10)
    own = curves[(curves["kind"] == KITA) & (curves["area"] == "quarter") & np.isclose(curves["metres"], metres)]
    true = measured.true[KITA].table.query("minutes == 10").set_index("quarter_id")["reached"]
    apart = (own.set_index("quarter_id")["persons"] - true).dropna()
    assert len(apart) > 5
    assert (apart.abs() <= 5).all()


def test_the_city_and_both_sides_are_sums(curves: pd.DataFrame) -> None:
    own = curves[curves["kind"] == KITA].pivot_table(index="metres", columns="area", values="persons", aggfunc="sum")
    both = own.dropna(subset=["city", "group", "rest"])
    assert len(both) > 3
    assert (both["city"] - both["group"] - both["rest"]).abs().max() <= 15


def test_no_count_is_of_few(curves: pd.DataFrame) -> None:
    known = curves.dropna(subset=["persons"])
    assert len(known) > 100
    assert (known["persons"] % 10 == 0).all()
    assert set(curves.loc[curves["persons"].isna(), "status"]) == {"suppressed"}
    assert set(known["status"]) == {"observed"}
    assert known["share"].max() == 1
    steps = known.groupby(["kind", "area", known["quarter_id"].fillna("")])["persons"]
    assert (steps.diff().dropna() >= 0).all()


def test_where_persons_are_withheld_neither_the_quarter_nor_the_city_has_a_curve(musterstadt_measured: Given) -> None:
    project, tables, measured = musterstadt_measured
    hidden = hide_people(measured.coverages[KITA], quarter_ids=["08"])
    found = lay((project, tables, replace(measured, coverages={**measured.coverages, KITA: hidden})))
    own = found[found["kind"] == KITA]
    assert own.loc[own["quarter_id"] == "08", "persons"].isna().all()
    assert own.loc[own["area"].isin(["city", "group"]), "persons"].isna().all()
    assert own.loc[own["area"] == "rest", "persons"].notna().any()


def test_a_figure_of_each_kind_is_drawn_and_always_the_same(musterstadt: Study, curves: pd.DataFrame) -> None:
    figures = list(list_curves(replace(musterstadt, curves=curves)))
    assert [one.slug for one in figures][:1] == [f"reichweite_{KITA}"]
    first = figures[0]
    assert first.title == "Kita: erreichbar für Kinder unter\u00a06"
    assert [name for _, name in first.names] == ["Ganze Stadt", "Modellregionen", "Übrige Stadt", "Quartiere"]
    assert sum(one.area == "quarter" for one in first.steps) > 5
    drawn = draw_curves(first, voice=Speaker("de"), form="svg")
    assert drawn == draw_curves(first, voice=Speaker("de"), form="svg")
    more = replace(first, steps=first.steps[:-1])
    assert drawn.count(b"<path") > draw_curves(more, voice=Speaker("de"), form="svg").count(b"<path")
    told = read_svg(drawn.decode())
    assert first.title in told
    assert {"0\u00a0%", "100\u00a0%"} <= set(told)
    assert b"Segoe UI" in drawn
