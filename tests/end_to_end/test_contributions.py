"""What each part adds to a score: the same sum and sign in the tables, on the page and in `explain`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from sro_geo.report.explanation import explain_quarter
from tests.told import NUMBER, find_numbers, read_number, round_up

if TYPE_CHECKING:
    from tests.told import Told


def test_contributions_add_up_to_score_less_reference_everywhere(told: Told) -> None:
    scores = told.study.scores
    assert scores is not None
    parts = told.read_table("contributions")
    index = {row["quartier"]: row for row in told.read_table("scores")}
    for quarter, row in scores.index.dropna(subset=["score", "reference"]).iterrows():
        total = row["score"] - row["reference"]
        own = [Decimal(part["beitrag"]) for part in parts if part["quartier"] == quarter]
        stated = Decimal(index[str(quarter)]["punkte"]) - Decimal(index[str(quarter)]["stadt"])
        assert abs(float(sum(own)) - total) < 0.0001 * (len(own) + 1)
        assert abs(float(stated) - total) < 0.0002
        profile = told.page["profiles"][quarter]
        shown = [part["contribution"] for part in profile["parts"] if part["contribution"] is not None]
        assert abs(sum(shown) - total) < 0.011 * (len(shown) + 1)
        (said,) = re.findall(rf"zusammen ({NUMBER})", profile["partsNote"])
        assert read_number(said) in round_up(total, digits=1), profile["partsNote"]
        (score, *_, reference) = find_numbers(profile["indexText"])
        assert score in round_up(row["score"], digits=0)
        assert reference in round_up(row["reference"], digits=0)
        text = explain_quarter(told.study, quarter=str(quarter))
        (summed,) = re.findall(rf"Summe aller Beiträge: ({NUMBER})", text)
        (apart,) = re.findall(rf"Unterschied: ({NUMBER})", text)
        assert read_number(summed) in round_up(total, digits=4)
        assert read_number(apart) in round_up(total, digits=4)


def test_a_part_that_is_better_than_the_city_s_lifts_the_score(told: Told) -> None:
    scores = told.study.scores
    assert scores is not None
    for part in told.read_table("contributions"):
        if part["beitrag"] and part["stadt"] and float(part["gewicht"]) > 0:
            better = float(part["punkte"]) - float(part["stadt"])
            assert better * float(part["beitrag"]) >= 0, part
            assert (abs(better) < 1e-3) >= (part["beitrag"] in ("0.0000", "-0.0000")), part
    for quarter, profile in told.page["profiles"].items():
        for part in profile["parts"]:
            if part["contribution"] is not None:
                assert part["score"] is not None
                if part["city"] is not None:
                    assert (part["score"] - part["city"]) * part["contribution"] >= -0.02, (quarter, part)


def test_a_dimension_s_contribution_is_that_of_its_parts(told: Told) -> None:
    scores = told.study.scores
    assert scores is not None
    sums = scores.contributions.groupby(["quarter_id", "dimension"])["contribution"].sum(min_count=1)
    names = {"Robustheit": "robustness", "Redundanz": "redundancy", "Erholung": "recovery"}
    rows = scores.dimensions.set_index(["quarter_id", "dimension"])
    for quarter, profile in told.page["profiles"].items():
        assert [part["name"] for part in profile["parts"]] == list(names)
        for part in profile["parts"]:
            key = (quarter, names[part["name"]])
            own = sums.get(key, np.nan)
            assert (part["contribution"] is None) == pd.isna(own), (key, part)
            assert part["contribution"] is None or abs(part["contribution"] - own) < 0.01
            if part["score"] is not None:
                assert abs(part["score"] - rows.loc[key, "score"]) < 0.01
                assert find_numbers(part["number"])[0] in round_up(rows.loc[key, "score"], digits=0)
                assert part["number"].startswith("(") == (rows.loc[key, "known"] < 1)


@pytest.mark.parametrize("quarter", ["01", "06"])
def test_explain_tells_every_part_with_its_sign_its_row_and_its_dimension(specimen: Told, quarter: str) -> None:
    scores = specimen.study.scores
    assert scores is not None
    text = explain_quarter(specimen.study, quarter=quarter)
    own = scores.contributions[scores.contributions["quarter_id"] == quarter]
    for _, part in own.iterrows():
        (line,) = [line for line in text.splitlines() if f"  {specimen.study.specs[part['part']].name['de']}:" in line]
        assert find_numbers(line)[0] in round_up(part["contribution"], digits=4), line
    for name, dimension in {"Robustheit": "robustness", "Redundanz": "redundancy", "Erholung": "recovery"}.items():
        (said,) = re.findall(rf"^{name}: ({NUMBER})$", text, re.MULTILINE)
        total = own.loc[own["dimension"] == dimension, "contribution"].sum()
        assert read_number(said) in round_up(total, digits=4)


@pytest.mark.parametrize("quarter", ["01", "04", "07"])
def test_explain_can_be_redone(specimen: Told, quarter: str) -> None:
    text = explain_quarter(specimen.study, quarter=quarter)
    redo = re.findall(rf"\(({NUMBER}) − ({NUMBER})\) × ({NUMBER}) = ({NUMBER})", text)
    assert len(redo) >= 3
    for mine, reference, factor, contribution in (map(read_number, found) for found in redo):
        assert factor > 0
        assert abs((mine - reference) * factor - contribution) < Decimal("0.0003"), redo
