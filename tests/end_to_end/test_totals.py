"""Totals are totals: city, group and rest of the true counts, where that gives nobody away."""

from __future__ import annotations

import csv
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.model.study import Study
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import Tables, read_tables
from tests.small_projects import WHOLE, write_project
from tests.studies import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNKNOWN = {
    "sprachfoerderung", "hze_faelle", "plaetze_fruehe_hilfen", "erreichbare_plaetze_fruehe_hilfen", "erholung", "robustness",
    "recovery", "index", "annahme_1", "erreichbare_plaetze_kindertageseinrichtung",
}  # fmt: skip
"""Musterstadt's files lack numbers of these, or of what they are made of, or hold them rounded: no total of them can be whole."""


def run(folder: Path, change: Callable[[str], str], **choices: str) -> Study:
    """A small study whose table of indicators is changed."""
    write_project(folder, {**WHOLE, **choices})
    values = folder / "kennzahlen.csv"
    text = values.read_text(encoding="utf-8")
    assert change(text) != text
    values.write_text(change(text), encoding="utf-8")
    return run_study(open_project(folder))


def get(study: Study, code: str, area: str = "city") -> Any:
    return study.areas.set_index(["indicator", "area"]).loc[(code, area)]


def test_thirteen_per_cent_of_musterstadt_s_children_have_no_day_care_centre_in_reach(
    studies: dict[str, Study],
) -> None:
    """344 of 2,646 under 6, 149 of 412 in the model region: 13.0 %, and 36.2 − 8.7 points of difference."""
    study, code = studies["musterstadt"], "ohne_kindertageseinrichtung_10"
    city, group, rest = (get(study, code, area) for area in ("city", "group", "rest"))
    assert city["value"] == pytest.approx(100 * 344 / 2646)
    assert group["value"] == pytest.approx(100 * 149 / 412)
    assert rest["value"] == pytest.approx(100 * 195 / 2234)
    assert [round(float(one["value"])) for one in (city, group, rest)] == [13, 36, 9]
    row: Any = study.comparison.set_index("indicator").loc[code]
    assert round(float(row["difference"])) == 27
    assert (city["known_quarters"], city["low"], city["high"]) == (12, city["value"], city["value"])


def test_those_figures_are_the_cells_file_s(studies: dict[str, Study]) -> None:
    with (ROOT / "geodata" / "musterstadt" / "bevoelkerung_zellen.csv").open(encoding="utf-8-sig", newline="") as file:
        children = sum(
            float(row["personen"])
            for row in csv.DictReader(file, delimiter=";")
            if row["altersgruppe"] in ("0-3", "3-6")
        )
    assert children == 2646 == get(studies["musterstadt"], "ohne_kindertageseinrichtung_10")["denominator"]


def test_musterstadt_keeps_its_cells_and_every_city_value(studies: dict[str, Study]) -> None:
    study = studies["musterstadt"]
    rows = study.indicators[study.indicators["year"] == study.about.year]
    assert (rows["status"] != "suppressed").mean() >= 0.95
    city = study.city
    exact = (
        (city["known_quarters"] == city["quarters"]) & (city["low"] == city["high"]) & (city["low"] == city["value"])
    )
    assert set(city.index[~exact]) == UNKNOWN
    true = read_tables(open_project(ROOT / "analyses" / "musterstadt")).true
    gaps = true[(true["year"] == study.about.year) & true["status"].isin(["suppressed", "missing", "later"])]
    assert set(gaps["indicator"]) == {"sprachfoerderung", "hze_faelle"}


def test_rostock_loses_nothing_for_its_totals(studies: dict[str, Study]) -> None:
    study = studies["rostock"]
    rows = study.indicators[study.indicators["status"] == "suppressed"]
    assert sorted(rows["quarter_id"]) == ["A", "A", "G", "G", "L", "R", "U", "U"]
    areas = study.areas
    assert (areas["known_quarters"] == areas["quarters"]).all()
    np.testing.assert_array_equal(areas["low"], areas["high"])


@pytest.mark.long
def test_no_study_holds_a_true_row(studies: dict[str, Study]) -> None:
    """The true rows are a field of the tables read; a study has none of that kind, and its own are protected."""
    assert "true" in {one.name for one in fields(Tables)}
    for name, study in studies.items():
        true = read_tables(open_project(ROOT / "analyses" / name)).true
        frames = [getattr(study, one.name) for one in fields(Study)]
        assert not any(one is true or (isinstance(one, pd.DataFrame) and one.equals(true)) for one in frames)
        rows = study.indicators
        assert rows.loc[rows["status"] == "suppressed", ["value", "low", "high", "numerator"]].isna().all(axis=None)


def add_births(*births: float | str) -> Callable[[str], str]:
    lines = [f"{number:02d};geborene;2024;{one};;" for number, one in enumerate(births, start=1)]
    return lambda text: text + "\n".join(lines) + "\n"


@pytest.mark.long
def test_the_city_has_its_births_where_three_quarters_hide_each_other(tmp_path: Path) -> None:
    """2, 1 and 2 of 37; the group is one quarter of them and tells nothing, and so the rest tells nothing."""
    study = run(tmp_path, add_births(2, 1, 9, 11, 12, 2))
    city, rest = get(study, "geborene"), get(study, "geborene", "rest")
    assert city[["value", "low", "high", "known_quarters", "status"]].tolist() == [37, 37, 37, 6, "observed"]
    assert rest[["value", "low", "known_quarters"]].tolist() == [32, 32, 3]
    assert np.isnan(rest["high"])
    assert np.isnan(get(study, "geborene", "group")["value"])
    assert get(study, "geborene", "group")["status"] == "suppressed"


@pytest.mark.long
def test_one_withheld_quarter_leaves_the_known_part_with_its_bound(tmp_path: Path) -> None:
    study = run(tmp_path, add_births(8, 9, 10, 11, 12, 2))
    city = get(study, "geborene")
    assert city[["value", "low", "known_quarters"]].tolist() == [50, 50, 5]
    assert np.isnan(city["high"])
    assert get(study, "geborene", "group")["value"] == 8


@pytest.mark.long
def test_a_missing_count_withholds_nothing(tmp_path: Path) -> None:
    """The three that are withheld are in the total of what is known; the gap is told, and nobody else goes."""
    study = run(
        tmp_path,
        lambda text: add_births(2, 9, 1, "", 12, 2)(text).replace("geborene;2024;;;", "geborene;2024;;fehlt;"),
    )
    city = get(study, "geborene")
    assert city[["value", "low", "known_quarters"]].tolist() == [26, 26, 5]
    assert np.isnan(city["high"])


@pytest.mark.long
def test_what_the_file_withholds_is_in_no_total(tmp_path: Path) -> None:
    study = run(
        tmp_path,
        lambda text: add_births(2, 9, 1, "", 12, 2)(text).replace("geborene;2024;;;", "geborene;2024;;geheim;"),
    )
    assert get(study, "geborene")[["value", "known_quarters"]].tolist() == [26, 5]


@pytest.mark.parametrize(
    ("early", "exact"), [([2, 1, 9, 9, 9, 2], True), pytest.param([9, 9, 9, 9, 9, 2], False, marks=pytest.mark.long)]
)
def test_recovery_of_the_city_rests_on_the_true_totals_of_every_year_or_on_none(
    tmp_path: Path,
    early: list[int],
    exact: bool,  # noqa: FBT001  both ways
) -> None:
    """One or two of sixty are withheld in 2016; all six quarters recover from 6 of 60 on average, to 9 of 60."""
    counts = {year: [6] * 6 for year in range(2017, 2020)} | {2016: early} | {y: [9] * 6 for y in range(2020, 2025)}
    study = run(tmp_path, lambda text: write_numerators(text, counts))
    lost = get(study, "erholung")
    level = (100 * sum(early) / 360 + 3 * 10) / 4
    if exact:
        assert lost["value"] == pytest.approx(15 - level)
        assert (lost["low"], lost["high"], lost["known_quarters"]) == (lost["value"], lost["value"], 6)
    else:
        assert lost["known_quarters"] == 5
        assert lost["high"] - lost["low"] > 10


def write_numerators(text: str, counts: dict[int, list[int]]) -> str:
    """The table with a column of numerators, and the unemployed of 60 in each quarter."""
    head, *lines = text.splitlines()
    rows = [f"{line};" for line in lines if ";arbeitslose;" not in line]
    for year, numbers in counts.items():
        rows += [f"{n:02d};arbeitslose;{year};{100 * c / 60:.4f};;60;{c}" for n, c in enumerate(numbers, start=1)]
    return "\n".join([f"{head};zaehler", *rows]) + "\n"


def test_the_index_of_an_area_is_scored_from_what_is_released(tmp_path: Path) -> None:
    """Robustness of the city: children with support as the table has them, and the true 41 of 360 without work."""
    counts = {year: [9, 9, 9, 9, 9, 9] for year in range(2016, 2024)} | {2024: [2, 1, 9, 9, 18, 2]}
    study = run(tmp_path, lambda text: write_numerators(text, counts))
    out = get(study, "arbeitslose")
    assert out["value"] == pytest.approx(100 * 41 / 360)
    poor = get(study, "kinder_sgb2")["value"]
    points = get(study, "robustness")
    assert points["value"] == pytest.approx((100 * (60 - poor) / 60 + 100 * (30 - out["value"]) / 30) / 2)
    assert points["low"] == points["high"] == points["value"]
    assert (points["known_quarters"], points["quarters"]) == (6, 6)
    assert study.scores is not None
    assert study.scores.reference_dimensions["robustness"] == pytest.approx(points["value"])
