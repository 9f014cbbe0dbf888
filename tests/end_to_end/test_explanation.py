"""`explain` shows an arithmetic that a person can redo with a calculator."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sro_geo.errors import ProjectError
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.report.derivation import derive_value, list_origins
from sro_geo.report.explanation import explain_quarter
from sro_geo.report.pooled import derive_area, explain_area, list_members

if TYPE_CHECKING:
    from sro_geo.model.study import Study

NUMBER = r"[−+]?[\d.]+,\d+"
REDO = re.compile(rf"\(({NUMBER}) − ({NUMBER})\) × ({NUMBER}) = ({NUMBER})")
PART = re.compile(rf"^  (?:Nicht bekannte Teile: )?({NUMBER})(?:  .*)?$", re.MULTILINE)
TOTAL = re.compile(rf"^Summe aller Beiträge: ({NUMBER})$", re.MULTILINE)


def read(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_every_line_can_be_redone_from_what_is_printed(studies: dict[str, Study], name: str) -> None:
    study, redone = studies[name], 0
    for quarter in study.quarters.index:
        text = explain_quarter(study, quarter=str(quarter))
        for mine, reference, factor, contribution in (map(read, found) for found in REDO.findall(text)):
            assert abs((mine - reference) * factor - contribution) < Decimal("0.0003")
            redone += 1
        (total,) = map(read, TOTAL.findall(text)) if TOTAL.findall(text) else (Decimal(0),)
        parts = sum(map(read, PART.findall(text)), Decimal(0))
        assert abs(parts - total) < Decimal("0.0006")
    assert redone >= 2 * len(study.quarters) - 4


@pytest.mark.parametrize("name", [pytest.param("rostock", marks=pytest.mark.long), "musterstadt"])
def test_every_value_of_the_year_can_be_redone_and_is_traced_to_a_file(studies: dict[str, Study], name: str) -> None:
    study = studies[name]
    rows = study.indicators[study.indicators["year"] == study.about.year].set_index(["quarter_id", "indicator"])
    codes = [code for code in dict.fromkeys(rows.index.get_level_values(1)) if code not in (INDEX, *DIMENSIONS)]
    forms = set()
    for quarter in map(str, study.quarters.index):
        for code in codes:
            for line in derive_value(study, quarter, code):
                left, right = line.partition("; ")[0].split(" = ", 1)  # behind it, what a rounded count admits
                assert float(read(left.split("\u00a0")[0].split(" ")[0])) == pytest.approx(calculate(right), abs=1e-2)
                forms.add(re.sub(r"[\d.,]+", "#", right)[:9])
            known = (quarter, code) in rows.index and pd.notna(rows.loc[(quarter, code), "value"])
            assert bool(list_origins(study, quarter, code)) >= known
    assert len(forms) >= 2


def calculate(right: str) -> float:
    """Result of an equation's right side, its remarks left out."""
    bare = re.sub(r" ?\((?:\d{4}\)|(?=\D)[^)]*\))", "", right)
    numbers = re.sub(r"\d[\d.]*(?:,\d+)?", lambda found: str(read(found[0])), bare)
    return float(eval(numbers.replace("×", "*").replace("÷", "/").replace("−", "-"), {}))  # noqa: S307  digits and signs


def test_one_value_is_explained_by_its_code_or_its_name(studies: dict[str, Study]) -> None:
    study = studies["musterstadt"]
    text = explain_quarter(study, quarter="Neue Heide", indicator="kinder_sgb2")
    assert text == explain_quarter(study, quarter="08", indicator=study.specs["kinder_sgb2"].short["de"])
    assert "22,96\u00a0% = 100 × 118 ÷ 514\naus ../../geodata/musterstadt/kennzahlen.csv, Zeile 1565" in text
    assert explain_quarter(study, quarter="08", indicator="index") == explain_quarter(study, quarter="08")


def test_a_secret_has_no_arithmetic(studies: dict[str, Study]) -> None:
    text = explain_quarter(studies["musterstadt"], quarter="Waldsiedlung", indicator="sprachfoerderung")
    assert text.endswith("\n\ngeheim")
    assert "÷" not in text


def test_an_unknown_indicator_is_told_with_those_there_are(studies: dict[str, Study]) -> None:
    with pytest.raises(ProjectError) as caught:
        explain_quarter(studies["rostock"], quarter="S", indicator="kinder_sgb2")
    (problem,) = caught.value.problems
    assert problem.cause == "explain_unknown_indicator"
    assert "umzugsvolumen" in str(problem.values["known"])


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_model_regions_and_rest_differ_from_the_city_by_what_is_printed(studies: dict[str, Study], name: str) -> None:
    study = studies[name]
    areas = study.areas.set_index(["area", "indicator"])["value"]
    for area, own in (("group", "Modellregionen"), ("rest", "Übrige Stadt")):
        text = explain_quarter(study, quarter=own)
        for mine, reference, factor, contribution in (map(read, found) for found in REDO.findall(text)):
            assert abs((mine - reference) * factor - contribution) < Decimal("0.0003")
        (total,) = map(read, TOTAL.findall(text))
        assert float(total) == pytest.approx(areas[area, INDEX] - areas["city", INDEX], abs=6e-5)
        assert abs(sum(map(read, PART.findall(text)), Decimal(0)) - total) < Decimal("0.0006")


def test_the_city_is_told_with_the_points_of_its_parts(studies: dict[str, Study]) -> None:
    study = studies["musterstadt"]
    text = explain_quarter(study, quarter="musterstadt")
    assert text == explain_quarter(study, quarter="Ganze Stadt")
    assert f"Punkte: {58.3433:.4f} von 100".replace(".", ",") in text
    assert study.scores is not None
    assert len(re.findall(r" Punkte, Gewicht ", text)) == study.scores.contributions["part"].nunique()
    assert "Unterschied" not in text


def test_every_number_of_an_area_is_its_equation_and_names_all_of_its_quarters(studies: dict[str, Study]) -> None:
    study, forms = studies["musterstadt"], set()
    values = study.areas.set_index(["area", "indicator"])["value"]
    names = dict(study.quarters["name"])
    for area, ids in list_members(study).items():
        for code in dict.fromkeys(study.areas["indicator"]):
            if code in (INDEX, *DIMENSIONS):
                continue
            text = explain_area(study, area, code)
            _, _, told = text.rpartition("\n\n")
            assert [line.partition(":")[0] for line in told.splitlines()[: len(ids)]] == [names[key] for key in ids]
            for line in derive_area(study, area, code):
                left, equal, right = line.partition(" = ")
                forms.add(re.sub(r"[\d.,]+", "#", right)[:9] if equal else re.sub(r"^[^:]*: ", "", line)[:9])
                if equal:
                    printed = float(read(re.split("[ \u00a0]", left)[0]))
                    assert printed == pytest.approx(calculate(right), abs=1e-2)
                    assert printed == pytest.approx(values[area, code], abs=1e-2)
    assert len(forms) >= 6


def test_sums_of_an_area_are_those_of_its_quarters(studies: dict[str, Study]) -> None:
    text = explain_quarter(studies["musterstadt"], quarter="modellregionen", indicator="kinder_sgb2")
    whole, *parts = re.findall(r"= 100 × ([\d.]+) ÷ ([\d.]+)", text)
    for at in (0, 1):
        assert sum(read(part[at]) for part in parts) == read(whole[at])


def test_an_area_says_how_much_of_it_is_known(studies: dict[str, Study]) -> None:
    text = explain_quarter(studies["musterstadt"], quarter="Musterstadt", indicator="sprachfoerderung")
    assert "9 von 12 Quartieren mit vollständigen Angaben; möglich sind 19,69\u00a0% bis 32,08\u00a0%." in text
    assert "Waldsiedlung: geheim" in text


def test_an_unknown_place_is_told_with_quarters_and_areas(studies: dict[str, Study]) -> None:
    with pytest.raises(ProjectError) as caught:
        explain_quarter(studies["musterstadt"], quarter="Atlantis")
    known = caught.value.problems[0].values["known"]
    assert isinstance(known, list)
    assert known[:4] == ["Musterstadt", "Modellregionen", "Übrige Stadt", "01 Altstadt-Nord"]
