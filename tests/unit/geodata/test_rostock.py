"""Rostock's shipped figures and the sources of every shipped file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).parents[3] / "geodata" / "rostock"
TABLES = ["bevoelkerung", "altersgruppen", "bewegung", "haushalte", "staatsangehoerigkeit"]
AGES = {
    "alter_0_3": "juenger_3",
    "alter_3_6": "3_6",
    "alter_6_15": "6_15",
    "alter_15_25": "15_25",
    "alter_25_35": "25_35",
    "alter_35_45": "35_45",
    "alter_45_55": "45_55",
    "alter_55_65": "55_65",
    "alter_65_75": "65_75",
    "alter_75_plus": "75_aelter",
}


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "stadtbereiche.csv", dtype={"code": str}).set_index("code").sort_index()


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return pd.concat([read_table(name) for name in TABLES], ignore_index=True)


def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype={"quartier": str, "kennzahl": str})


def pick(figures: pd.DataFrame, *, indicator: str, column: str = "wert") -> pd.DataFrame:
    """Quarters by years."""
    return figures[figures["kennzahl"] == indicator].pivot_table(index="quartier", columns="jahr", values=column)


def test_tables_are_tidy_and_complete(figures: pd.DataFrame) -> None:
    header = ["quartier", "kennzahl", "jahr", "wert", "zaehler", "nenner", "status"]
    assert all(list(read_table(name).columns) == header for name in TABLES)
    assert not figures.duplicated(["quartier", "kennzahl", "jahr"]).any()
    assert figures["status"].isna().all()
    assert (figures.groupby("kennzahl").size() == 21 * 4).all()
    assert figures["kennzahl"].nunique() == 2 + 10 + 6 + 3 + 1
    assert (figures["wert"].notna() | (figures["zaehler"].notna() & figures["nenner"].notna())).all()


def test_city_totals_and_model_regions_hold(figures: pd.DataFrame) -> None:
    population = pick(figures, indicator="bevoelkerung")
    assert population.sum().to_dict() == {2016: 207_492, 2017: 208_516, 2018: 209_085, 2019: 209_477}
    assert (population.loc["S", 2016], population.loc["S", 2019]) == (13_904, 14_419)
    assert (population.loc["D", 2016], population.loc["D", 2019]) == (13_383, 13_384)


def test_age_bands_add_up_to_the_population(figures: pd.DataFrame) -> None:
    bands = figures[figures["kennzahl"].isin(AGES)].pivot_table(
        index="quartier", columns="jahr", values="wert", aggfunc="sum"
    )
    pd.testing.assert_frame_equal(bands, pick(figures, indicator="bevoelkerung"))


def test_denominators_are_the_stated_ones(figures: pd.DataFrame, stated: pd.DataFrame) -> None:
    population = pick(figures, indicator="bevoelkerung")
    households = pick(figures, indicator="haushalte")
    for indicator in ("umzugsvolumen", "wanderungssaldo", "auslaendisch"):
        pd.testing.assert_frame_equal(pick(figures, indicator=indicator, column="nenner"), population)
    for indicator in ("einpersonenhaushalte", "haushalte_mit_kindern"):
        pd.testing.assert_frame_equal(pick(figures, indicator=indicator, column="nenner"), households)
    land = pick(figures, indicator="bevoelkerungsdichte", column="nenner")
    pd.testing.assert_frame_equal(pick(figures, indicator="bevoelkerungsdichte", column="zaehler"), population)
    assert all(land[year].to_dict() == stated["land_area_km2"].to_dict() for year in land)
    official_density = pick(figures, indicator="bevoelkerungsdichte")
    assert (population / land / official_density - 1).abs().max().max() < 0.025


def test_moves_are_computed_from_their_parts(figures: pd.DataFrame) -> None:
    arrivals, departures = pick(figures, indicator="zuzuege"), pick(figures, indicator="wegzuege")
    volume = pick(figures, indicator="umzugsvolumen", column="zaehler")
    balance = pick(figures, indicator="wanderungssaldo", column="zaehler")
    pd.testing.assert_frame_equal(volume, arrivals + departures)
    pd.testing.assert_frame_equal(balance, arrivals - departures)


def test_moves_cross_the_city_border_only(figures: pd.DataFrame) -> None:
    """Births − deaths + moves close for the city; what quarters are off by is what moved between them."""
    births, deaths = pick(figures, indicator="geborene"), pick(figures, indicator="gestorbene")
    balance = births - deaths + pick(figures, indicator="wanderungssaldo", column="zaehler")
    off = pick(figures, indicator="bevoelkerung").diff(axis="columns") - balance
    assert off.sum().loc[2017:].to_dict() == {2017: 9, 2018: 0, 2019: 0}
    assert off.abs().max().max() == 221


def test_smallest_count_of_persons_is_3(figures: pd.DataFrame) -> None:
    counts = [*AGES, "bevoelkerung", "geborene", "gestorbene", "zuzuege", "wegzuege", "haushalte"]
    assert figures.loc[figures["kennzahl"].isin(counts), "wert"].min() == 3


@pytest.mark.real_data
@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_every_figure_is_the_official_one(figures: pd.DataFrame, real_data: Path, year: int) -> None:
    columns = {
        "insgesamt": {"bevoelkerung": "einwohnerzahl", "bevoelkerungsdichte": "bevoelkerungsdichte"},
        "alter": {code: f"anzahl_{part}" for code, part in AGES.items()},
        "bewegung_natuerlich": {"geborene": "anzahl_lebendgeborene", "gestorbene": "anzahl_gestorbene"},
        "bewegung_raeumlich": {"zuzuege": "anzahl_zuzuege", "wegzuege": "anzahl_wegzuege"},
        "haushaltsstruktur": {
            "haushalte": "anzahl_haushalte",
            "einpersonenhaushalte": "anteil_single",
            "haushalte_mit_kindern": "anteil_mit_kindern",
        },
        "staatsangehoerigkeit": {"auslaendisch": "anteil_auslaendisch"},
    }
    compared = 0
    for part, names in columns.items():
        path = real_data / "rostock" / "population" / str(year) / f"{part}.xlsx"
        published = pd.read_excel(path, engine="openpyxl").drop_duplicates().set_index("stadtbereich_code")
        assert len(published) == 21
        for indicator, column in names.items():
            ours = pick(figures, indicator=indicator)[year]
            assert ours.to_dict() == published[column].astype(float).to_dict(), (indicator, year)
            compared += len(ours)
    assert compared == 21 * (figures["kennzahl"].nunique() - 2), "all but the two that are computed"


def test_every_file_has_its_source() -> None:
    files = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))["file"]
    data = {path.name for path in FOLDER.iterdir() if path.suffix in {".csv", ".geojson"}}
    assert {file["name"] for file in files} == data
    assert len(files) == len(data)
    keys = {"name", "title", "publisher", "licence", "date", "address", "example", "note", "notice"}
    assert all(set(file) == keys for file in files)


def test_sources_state_what_every_map_must_show() -> None:
    files = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))["file"]
    by_name = {file["name"]: file for file in files}
    for name in ("stadtbereiche.geojson", "gewaesser.geojson"):
        assert by_name[name]["notice"] == "Schematische Darstellung, keine amtlichen Grenzen."
        assert by_name[name]["example"] is False
    assert by_name["angebote.csv"]["example"] is True
    assert by_name["angebote.csv"]["notice"] == "Beispieldaten: Alle Angebote sind erfunden."
    for name in TABLES:
        assert by_name[f"{name}.csv"]["licence"] == "CC0 1.0"
        assert "die Kopien tragen keine Lizenzdatei" in by_name[f"{name}.csv"]["note"]
    assert "jede Zeile doppelt" in by_name["staatsangehoerigkeit.csv"]["note"]
