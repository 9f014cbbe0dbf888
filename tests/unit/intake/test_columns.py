"""Ages, years, units and kinds that heads and file names tell."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.intake.columns import Column, find_ages, find_years, guess_unit, is_everybody
from sro_geo.intake.sites import find_kind
from sro_geo.load.catalogue import read_catalogue


@pytest.mark.parametrize(
    ("heads", "groups"),
    [
        (["unter 3", "3 bis unter 6", "6 bis unter 15", "15 und älter"], ["0-3", "3-6", "6-15", "15+"]),
        (["anzahl_juenger_3", "anzahl_3_6", "anzahl_6_aelter"], ["0-3", "3-6", "6+"]),
        (["age_under_18", "age_18_to_under_65", "age_65_and_above"], ["0-18", "18-65", "65+"]),
        (["0-2 Jahre", "3-5 Jahre", "6 Jahre und älter", "Quote 3-5"], ["0-3", "3-6", "6+"]),
        (["Frauen unter 3", "unter 3", "3 bis unter 6", "3 bis unter 6 w", "6 und mehr"], ["0-3", "3-6", "6+"]),
        (["unter 3 m", "unter 3 w", "3 bis unter 6", "6 und mehr"], []),  # neither counts all
        (["0 bis 5", "6 bis 17", "18 und mehr"], ["0-6", "6-18", "18+"]),
        (["unter 3", "4 bis unter 6", "6 und mehr"], []),
        (["anteil_unter_3", "anteil_3_6", "anteil_6_aelter"], []),
        (["2019", "2020", "2021"], []),
        (["unter 1", "1", "2", "3 u. älter", "insgesamt"], ["0-1", "1-2", "2-3", "3+"]),
        (["Alter 0", "Alter 1", "Alter 2", "Alter 3 und älter"], ["0-1", "1-2", "2-3", "3+"]),
        (["unter 3", "3 bis unter 6", "6 und älter", "Pflegegrad 3", "7"], ["0-3", "3-6", "6+"]),
        (["unter 3", "3-6", "6 und älter", *(f"Pflegegrad {n}" for n in range(1, 6))], ["0-3", "3-6", "6+"]),
        (["unter 1", "1", "3", "4", "5 und älter"], []),
    ],
)
def test_groups_without_a_gap_are_ages(heads: list[str], groups: list[str]) -> None:
    assert [str(group) for group in find_ages(heads)[0].values()] == groups


@given(st.lists(st.integers(1, 49), min_size=2, max_size=8, unique=True), st.sampled_from([0, 1]))
def test_any_cut_of_life_is_read_back(cuts: list[int], less: int) -> None:
    """Written half-open (0-6, 6-18) or with the last age (0-5, 6-17)."""
    ends = [2 * cut for cut in sorted(cuts)]
    heads = [f"{a}-{b - less}" for a, b in zip([0, *ends], ends, strict=False)] + [f"{ends[-1]} und älter"]
    groups, chain = find_ages(heads)
    assert chain == heads
    assert [str(groups[head]) for head in heads] == [
        *(f"{a}-{b}" for a, b in zip([0, *ends], ends, strict=False)), f"{ends[-1]}+",
    ]  # fmt: skip


def test_extra_groups_beside_the_row_count_too() -> None:
    groups, chain = find_ages(["unter_18", "18_bis_unter_65", "65_plus", "0_bis_unter_7", "60_plus"])
    assert chain == ["unter_18", "18_bis_unter_65", "65_plus"]
    assert [str(groups[head]) for head in ("0_bis_unter_7", "60_plus")] == ["0-7", "60+"]


@pytest.mark.parametrize(
    ("head", "numbers", "unit"),
    [
        ("Anteil SGB II", [12.5, 30], ("percent", 1)),
        ("Arbeitslosenquote", [5, 7.25], ("percent", 2)),
        ("unter 3 in %", [3, 4], ("percent", 1)),
        ("Anteil", [1200, 30], ("persons", 0)),  # no share is over 100
        ("Anteil", [0.12, 0.5], ("number", 2)),  # parts of one, or of a hundred
        ("zuzuege_je_1000", [52.0, 84.7], ("per_1000", 1)),
        ("bevoelkerungsdichte", [2386, 6607], ("per_km2", 0)),
        ("Arbeitslose", [0, 120], ("persons", 0)),
        ("saldo", [-3, 12], ("number", 0)),
        ("birth_rate", [30.4, 48.1], ("number", 1)),
        ("leer", [], ("number", 0)),
    ],
)
def test_a_unit_is_guessed_from_head_and_numbers(head: str, numbers: list[float], unit: tuple[str, int]) -> None:
    assert guess_unit(Column(head=head, number=pd.Series(numbers, dtype=float), open=False)) == unit


def test_years_stand_alone_in_a_name() -> None:
    assert find_years("2019") == [2019]
    assert find_years("einwohner_2016-2019") == [2016, 2019]
    assert find_years("plz18055_r20190") == []


def test_everybody_is_called_so() -> None:
    assert is_everybody("Einwohnerzahl")
    assert is_everybody("Bevölkerung insgesamt")
    assert not is_everybody("residents")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kitas_2022", "kindertageseinrichtung"),
        ("schulen", "schule"),
        ("Spielplätze Stadt", "spielplatz"),
        ("jugendtreffs", "jugendarbeit"),
        ("kitas_und_schulen", None),
        ("adressen", None),
    ],
)
def test_a_kind_is_told_by_the_file_s_name_where_it_tells_one(name: str, kind: str | None) -> None:
    assert find_kind(name, kinds=read_catalogue().kinds) == kind
