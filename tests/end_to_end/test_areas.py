"""A group, the rest and the city are measured like one quarter each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sro_geo.errors import DataError
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.scores import INDEX
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.explanation import explain_quarter
from sro_geo.report.sentences import name_reference
from sro_geo.text.speaker import Speaker
from tests.small_projects import WHOLE, write_project
from tests.told import read_check

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from sro_geo.model.study import Study


def run(folder: Path, *, replace: tuple[str, str] = ("", ""), **choices: str) -> Study:
    """A small study; `replace` changes the table of indicators."""
    folder.mkdir()
    write_project(folder, {**WHOLE, **choices})
    values = folder / "kennzahlen.csv"
    text = values.read_text(encoding="utf-8")
    assert replace[0] in text
    values.write_text(text.replace(*replace), encoding="utf-8")
    return run_study(open_project(folder))


def list_quarter(study: Study, key: str) -> pd.Series:
    """Every value of one quarter in the year, scores among them, by code."""
    rows = study.indicators[(study.indicators["quarter_id"] == key) & (study.indicators["year"] == study.about.year)]
    whole: pd.Series = rows.set_index("indicator")["value"].astype(float)
    return whole


def test_a_group_of_one_quarter_is_that_quarter(tmp_path: Path) -> None:
    study = run(tmp_path / "p")
    group = study.comparison.set_index("indicator")["group"]
    quarter = list_quarter(study, "01").reindex(group.index)
    assert {"erholung", "angebote_in_reichweite", "recovery", "redundancy", "robustness", INDEX} <= set(group.index)
    np.testing.assert_allclose(group, quarter, rtol=0, atol=1e-9)


def test_a_city_of_one_quarter_is_that_quarter_with_its_interval(tmp_path: Path) -> None:
    study = run(tmp_path / "p", quarters="one", groups="none", values="gaps")
    city = study.city["value"]
    np.testing.assert_allclose(city, list_quarter(study, "01").reindex(city.index), rtol=0, atol=1e-9)
    assert study.scores is not None
    own = study.scores.index.loc["01"]
    bounds = study.city.loc[INDEX, ["low", "high"]].astype(float)
    np.testing.assert_allclose(bounds, own[["worst", "best"]].astype(float), rtol=0, atol=1e-9)


@pytest.mark.parametrize("values", ["rates", "gaps"])
def test_the_city_lies_between_group_and_rest_in_every_ratio(tmp_path: Path, values: str) -> None:
    study = run(tmp_path / "p", values=values)
    sides = study.comparison.set_index("indicator")
    ratios = [code for code in sides.index if study.specs[code].unit in UNIT_FACTOR]
    assert len(ratios) >= 4
    for code in ratios:
        row, city = sides.loc[code], study.city.loc[code]
        for end, mark in (("value", ""), ("low", "_low"), ("high", "_high")):
            both = [float(row[f"{side}{mark}"]) for side in ("group", "rest")]
            if not np.isnan([*both, float(city[end])]).any():
                assert min(both) - 1e-9 <= float(city[end]) <= max(both) + 1e-9, (code, end)


def test_the_city_is_what_quarters_are_set_against(tmp_path: Path) -> None:
    study = run(tmp_path / "p")
    assert study.scores is not None
    assert study.city.loc[INDEX, "value"] == pytest.approx(study.scores.reference, abs=1e-9)
    for dimension, reference in study.scores.reference_dimensions.items():
        assert study.city.loc[dimension, "value"] == pytest.approx(reference, abs=1e-9)


def test_redundancy_is_that_of_all_persons_and_not_a_mean_of_quarters(tmp_path: Path) -> None:
    """Ten persons reach one offer, ninety reach none: the mean is a tenth of an offer, whatever the quarters are."""
    study = run(tmp_path / "p")
    table = study.coverages["spielplatz"].table
    rows = table[table["minutes"] == 10]
    expected = (rows["mean_offers"] * rows["persons"]).sum() / rows["persons"].sum()
    assert study.city.loc["angebote_in_reichweite", "value"] == pytest.approx(expected, abs=1e-9)


def test_one_unknown_population_leaves_the_known_part_and_says_so(tmp_path: Path) -> None:
    study = run(tmp_path / "p", replace=("02;bevoelkerung;2024;910;;", "02;bevoelkerung;2024;;fehlt;"))
    people: Any = study.city.loc["bevoelkerung"]
    assert people[["value", "low", "known_quarters", "quarters"]].tolist() == [900 + 920 + 930 + 940 + 950, 4640, 5, 6]
    assert np.isnan(people["high"])
    assert study.city["value"][INDEX] > 0
    assert study.city["known_quarters"].max() == 6


def test_the_city_never_claims_more_than_is_known(tmp_path: Path) -> None:
    study = run(tmp_path / "p", values="gaps")
    assert study.scores is not None
    partly = int((study.scores.index["known"] < 1).sum())
    assert partly == 1
    assert study.city[["known_quarters", "quarters"]].loc[[INDEX]].to_numpy().tolist() == [[5, 6]]


def test_what_is_not_known_for_every_quarter_carries_the_bounds_of_a_reader(tmp_path: Path) -> None:
    """Six quarters of 60 children; the first is withheld, so between none and all of its children count."""
    study = run(tmp_path / "p", values="gaps")
    share: Any = study.city.loc["kinder_sgb2"]
    known = 5 * share["value"] * 60 / 100
    assert share["low"] == pytest.approx(100 * known / 360)
    assert share["high"] == pytest.approx(100 * (known + 60) / 360)
    lost: Any = study.city.loc["erholung"]
    assert lost["low"] <= lost["value"] <= lost["high"]
    assert lost["high"] - lost["low"] > 10
    for code in ("recovery", INDEX):
        points: Any = study.city.loc[code]
        assert 0 <= points["low"] < points["value"] <= points["high"] <= 100


def test_a_quarter_without_a_part_is_set_against_a_city_without_it(tmp_path: Path) -> None:
    """Viertel 01 lacks robustness and recovery; too little for an index, unless a third is enough."""
    folder = tmp_path / "p"
    folder.mkdir()
    write_project(folder, {**WHOLE, "values": "gaps"})
    project = folder / "project.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"arithmetic"\n', '"arithmetic"\nleast_known = 0.3\n'), encoding="utf-8")
    study = run_study(open_project(folder))
    assert study.scores is not None
    row: Any = study.scores.index.loc["01"]
    assert row["known"] == pytest.approx(1 / 3)
    assert row["reference"] == pytest.approx(study.city.loc["redundancy", "value"])
    assert name_reference(study, "01") == "Neustadt ohne Robustheit und Erholung"
    assert name_reference(study, "02") == "Neustadt"
    told = explain_quarter(study, quarter="01")
    assert f"Neustadt ohne Robustheit und Erholung: {Speaker('de').number(row['reference'], digits=4)}" in told


def test_quarters_without_an_index_are_announced(tmp_path: Path) -> None:
    study = run(tmp_path / "p", values="gaps")
    (note,) = [note for note in study.notes if note.cause == "index_gaps"]
    assert Speaker("de").note(note).startswith("Quartiere ohne Index: 1 von 6.")
    assert "Quartiere ohne Index: 1 von 6." in read_check(tmp_path / "p")
    assert not [note for note in run(tmp_path / "q").notes if note.cause == "index_gaps"]


@pytest.mark.parametrize("idle", ["hze_faelle = [60, 0]", "haushalte = [0, 100]"])
def test_limits_without_effect_are_refused(tmp_path: Path, idle: str) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    write_project(folder, WHOLE)
    project = folder / "project.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("[index.goalposts]\n", f"[index.goalposts]\n{idle}\n"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        run_study(open_project(folder))
    assert [(problem.cause, problem.values) for problem in caught.value.problems] == [
        ("scored_in_vain", {"indicators": [idle.partition(" ")[0]]})
    ]
