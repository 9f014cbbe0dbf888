"""The readers take paths as people have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sro_geo import find_shipped, read_boundaries, read_catalogue, read_indicators, read_offers, read_population
from sro_geo.errors import DataError
from sro_geo.load.inputs import IndicatorFile, QuartersFile
from sro_geo.load.paths import open_path, take_path
from tests.load_data import write

HOME = find_shipped("geodata/musterstadt")
CATALOGUE = read_catalogue()


@pytest.mark.parametrize("form", [str, Path])
def test_a_city_is_read_by_paths_alone(form: type) -> None:
    quarters = read_boundaries(form(HOME / "quartiere.geojson"), key="quartier").quarters
    ids = list(quarters.index)
    values = read_indicators(form(HOME / "kennzahlen.csv"), specs=CATALOGUE.specs, quarter_ids=ids).indicators
    offers = read_offers(form(HOME / "angebote.csv"), kinds=CATALOGUE.kinds, quarters=quarters, year=2024).offers
    people = read_population(
        form(HOME / "bevoelkerung_zellen.csv"), quarters=quarters, indicators=values, specs=CATALOGUE.specs, year=2024
    ).population
    assert (len(quarters), len(values), len(offers)) == (12, 2856, 68)
    assert people.persons["persons"].sum() == 43_442


def test_settings_follow_by_name_and_further_files_are_paths(tmp_path: Path) -> None:
    write(tmp_path, "k.csv", "from,to\nA,01\n")
    write(tmp_path, "w.csv", "ort;einwohner\nA;5\n")
    stated: Any = {"form": "wide", "key": "ort", "year": 2024, "columns": {"bevoelkerung": "einwohner"}}
    found = read_indicators(
        [str(tmp_path / "w.csv")], specs=CATALOGUE.specs, quarter_ids=["01"], keys=tmp_path / "k.csv", **stated
    )
    assert found.indicators[["quarter_id", "value"]].to_numpy().tolist() == [["01", 5.0]]


def test_missing_files_of_all_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_indicators([tmp_path / "a.csv", tmp_path / "b.csv"], specs={}, quarter_ids=["01"])
    assert [(one.cause, one.places[0].file) for one in caught.value.problems] == [
        ("file_missing", "a.csv"),
        ("file_missing", "b.csv"),
    ]


def test_settings_beside_settings_and_unknown_ones_are_a_mistake_of_the_call(tmp_path: Path) -> None:
    file = write(tmp_path, "w.csv", "a\n")
    with pytest.raises(TypeError, match="year"):
        take_path(IndicatorFile(file=file), IndicatorFile, year=2024)
    with pytest.raises(TypeError, match="jahr"):
        take_path(tmp_path / "w.csv", IndicatorFile, jahr=2024)
    with pytest.raises(TypeError, match="key"):
        take_path(tmp_path / "w.csv", QuartersFile)
    assert open_path(file) is file
