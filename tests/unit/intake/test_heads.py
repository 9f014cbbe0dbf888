"""`sro-geo new --from` takes tables as offices print them: titles, heads in several rows, years in the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from sro_geo.errors import DataError
from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.load_data import write_book
from tests.unit.intake.test_starting import CODES, NAMES, write, write_areas

if TYPE_CHECKING:
    from pathlib import Path

PRINTED: list[list[Any]] = [
    ["Bevölkerung und Haushalte", None, None, None, None],
    [],
    ["nr", "Einwohner", None, "Haushalte", None],
    [None, 2018, 2019, 2018, 2019],
    *([code, 500 + n, 510 + n, 250 + n, 260 + n] for n, code in enumerate(CODES)),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_years_above_each_other_become_years_of_one_indicator(tmp_path: Path, kind: str) -> None:
    if kind == "xlsx":
        table = write_book(tmp_path, "einwohner.xlsx", {"Blatt": PRINTED}).path
    else:
        lines = [";".join("" if cell is None else str(cell) for cell in row) for row in PRINTED]
        table = write(tmp_path, "einwohner.csv", "\n".join([*lines, ""]))
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), table])
    assert "Nichts zu entscheiden" in told
    assert "Jahre 2018, 2019 aus den Spaltennamen" in told
    text = (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8")
    assert "header_row = [3, 4]" in text
    assert 'bevoelkerung = "Einwohner {year}"' in text
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "year", "quarter_id"])[
        "value"
    ]
    assert values["bevoelkerung", 2018, "N1"] == 500
    assert values["bevoelkerung", 2019, "N3"] == 512
    assert len(values) == 12


def test_columns_of_years_alone_are_called_like_the_file(tmp_path: Path) -> None:
    text = "nr;2018;2019\n" + "".join(f"{code};{n};{n + 1}\n" for n, code in enumerate(CODES, start=30))
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "arbeitslose_frauen.csv", text)])
    assert "Nichts zu entscheiden" in told
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "year", "quarter_id"])[
        "value"
    ]
    assert values["arbeitslose_frauen", 2019, "N1"] == 31
    assert len(values) == 6


def test_a_column_without_a_year_beside_others_is_asked_for(tmp_path: Path) -> None:
    text = "nr;Arbeitslose 2019;Wohnungen im Bestand\n" + "".join(f"{code};30;400\n" for code in CODES)
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "daten.csv", text)])
    assert "Zu entscheiden, 1 Stelle" in told


BORN = [["Nord", 9, *range(11, 16), 300], ["Süd-Ost", "–", *range(21, 26), 400], ["Groß Klein", 4, *range(31, 36), 500]]
YEARS_OF_AGE = ["unter 1", 1, 2, 3, 4, 5, "6 u. älter"]


@pytest.mark.parametrize(
    "heads",
    [
        [["Stadtteil", "insgesamt", *YEARS_OF_AGE]],
        [["Stadtteil", "insgesamt", "davon im Alter von … Jahren"], [None, None, *YEARS_OF_AGE]],
    ],
)
def test_single_years_of_age_are_heads_and_no_numbers(tmp_path: Path, heads: list[list[Any]]) -> None:
    rows = [[name, sum(n for n in ages if isinstance(n, int)), *ages] for name, *ages in BORN]
    sheet = [["Einwohner nach Altersjahren"], ["Statistikstelle"], [], *heads, *rows]
    table = write_book(tmp_path, "altersjahre_2024.xlsx", {"Blatt": sheet}).path
    assert "Nichts zu entscheiden" in start_project(tmp_path / "ort", [write_areas(tmp_path), table])
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "quarter_id"])["value"]
    assert [values[f"alter_{n}_{n + 1}", "Nord"] for n in range(6)] == [9, 11, 12, 13, 14, 15]
    assert (values["alter_6_plus", "Groß Klein"], values["alter_0_1", "Süd-Ost"]) == (500, 0)
    assert values["bevoelkerung", "Nord"] == 374
    assert len(values) == 24


def test_the_name_of_a_sheet_tells_its_year(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        str(year): [["nr", "Arbeitslose"], *([code, year - 2000 + n] for n, code in enumerate(CODES))]
        for year in (2022, 2023)
    }
    table = write_book(tmp_path, "arbeit_2022-2023.xlsx", sheets).path
    assert "Nichts zu entscheiden" in start_project(tmp_path / "ort", [write_areas(tmp_path), table])
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["year", "quarter_id"])["value"]
    assert [values[year, "N1"] for year in (2022, 2023)] == [22, 23]
    assert len(values) == 6


def test_sheets_of_several_years_count_the_same_ages(tmp_path: Path) -> None:
    """The most usual workbook of all: one sheet of age groups for each year."""
    heads = ["Stadtteil", *map(str, YEARS_OF_AGE), "insgesamt"]
    sheets: dict[str, list[list[Any]]] = {
        str(year): [heads, *([name, year - 2000, *ages[1:], year - 2000 + sum(ages[1:])] for name, *ages in BORN)]
        for year in (2022, 2023, 2024)
    }
    table = write_book(tmp_path, "einwohner_alter_2022-2024.xlsx", sheets).path
    assert "Nichts zu entscheiden" in start_project(tmp_path / "ort", [write_areas(tmp_path), table])
    assert (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8").count("# Altersgruppen") == 3
    values = read_tables(open_project(tmp_path / "ort")).indicators.set_index(["indicator", "year", "quarter_id"])
    assert [values.loc[("alter_0_1", year, "Nord"), "value"] for year in (2022, 2023, 2024)] == [22, 23, 24]
    assert [values.loc[("bevoelkerung", year, "Nord"), "value"] for year in (2022, 2023, 2024)] == [387, 388, 389]
    assert len(values) == 3 * 3 * 8


@pytest.mark.parametrize("head", ["lfd. Nr.", "Nr.", "Kita-Nr."])
def test_the_numbers_of_a_list_are_no_quarters(tmp_path: Path, head: str) -> None:
    """Nor where the boundaries number the quarters as well: Kita 2 does not stand in quarter 2."""
    kitas = f"{head};Einrichtung;Anschrift;Plätze\n1;Kita A;Lange Str. 1;20\n2;Kita B;Lange Str. 2;30\n3;Kita C;Lange Str. 3;40\n"
    files = [write_areas(tmp_path, codes=("1", "2", "3")), write(tmp_path, "kitaliste_2024.csv", kitas)]
    files.append(write(tmp_path, "arbeit_2024.csv", "nr;Arbeitslose\n1;30\n2;40\n3;50\n"))
    told = start_project(tmp_path / "ort", files)
    assert "Nicht verwendet: kitaliste_2024.csv. Ihre Zeilen haben Adressen und keine Koordinaten." in told
    assert not read_tables(open_project(tmp_path / "ort")).indicators["indicator"].str.contains("plaetze").any()


HOUSES = "STRASSE;HSNR;OST;NORD\n" + "".join(f"Lange Straße;{n};{694000 + 6000 * n};5990000\n" for n in (1, 2, 3))


def test_a_list_of_houses_places_offers_of_which_only_the_address_is_known(tmp_path: Path) -> None:
    """Its own reference system, which is not that of the boundaries, is a question with the answer ready."""
    kitas = "Nr.;Einrichtung;Anschrift;Plätze\n1;Kita A;Lange Str. 1;20\n2;Kita B;LANGE STRASSE 2;30\n;Summe;;50\n"
    files = [write_areas(tmp_path), write(tmp_path, "kitaliste_2024.csv", kitas)]
    files.append(write(tmp_path, "haeuser.csv", HOUSES))
    told = start_project(tmp_path / "ort", files)
    assert (
        "kitaliste_2024.csv. 3 Zeilen; Art: kindertageseinrichtung; Ort: Adressen, ihre Punkte aus haeuser.csv" in told
    )
    project = tmp_path / "ort" / "project.toml"
    project.write_text(project.read_text(encoding="utf-8").replace("# crs =", "crs ="), encoding="utf-8")
    tables = read_tables(open_project(tmp_path / "ort"))
    assert dict(zip(tables.offers["name"], tables.offers["quarter_id"], strict=True)) == {
        "Kita A": "N1",
        "Kita B": "N2",
    }


def test_a_short_head_is_called_by_its_file_as_that_writes_it_without_the_day(tmp_path: Path) -> None:
    text = "nr;Personen\n" + "".join(f"{code};{n + 30}\n" for n, code in enumerate(CODES))
    start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "SGB II am 31.12.2023.csv", text)])
    (spec,) = (one for one in open_project(tmp_path / "ort").catalogue.specs.values() if one.code.startswith("sgb"))
    assert spec.name["de"] == "SGB II: Personen"
    assert set(read_tables(open_project(tmp_path / "ort")).indicators["year"]) == {2023}


def test_a_list_of_houses_without_offers_is_told(tmp_path: Path) -> None:
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "haeuser.csv", HOUSES)])
    assert "Nicht verwendet: haeuser.csv. Eine Liste von Hauskoordinaten" in told


def test_a_quarter_named_by_number_beside_its_name_is_no_count(tmp_path: Path) -> None:
    text = "Stadtteil-Nr;Stadtteil;Arbeitslose\n" + "".join(f"{n};{name};{n + 30}\n" for n, name in enumerate(NAMES, 1))
    areas = write_areas(tmp_path, codes=("01", "02", "03"))
    start_project(tmp_path / "ort", [areas, write(tmp_path, "arbeit_2024.csv", text)])
    assert sorted(read_tables(open_project(tmp_path / "ort")).indicators["value"]) == [31, 32, 33]


QUARTERLY = "Stichtag;Stadtteil;Arbeitslose\n" + "".join(
    f"{day}{year};{name};{n + month}\n"
    for year in (2023, 2024)
    for month, day in enumerate(("31.03.", "30.06.", "31.12."))
    for n, name in enumerate(NAMES, start=10 * (year - 2020))
)


def test_of_several_days_of_a_year_one_is_asked_for(tmp_path: Path) -> None:
    told = start_project(tmp_path / "ort", [write_areas(tmp_path), write(tmp_path, "arbeit.csv", QUARTERLY)])
    assert "Welcher Stichtag zählt? Ein Jahr hat mehrere (31.03., 30.06., 31.12.)." in told
    assert "Jahr aus der Spalte „Stichtag“; 1 Spalte mit Zahlen" in told
    file = tmp_path / "ort" / "project.toml"
    with pytest.raises(DataError) as caught:
        read_tables(open_project(file))
    assert [problem.cause for problem in caught.value.problems] == ["days_several"]
    file.write_text(file.read_text(encoding="utf-8").replace("# day = ", "day = "), encoding="utf-8")
    values = read_tables(open_project(file)).indicators.set_index(["year", "quarter_id"])["value"].sort_index()
    assert list(values.loc[2024]) == [44, 42, 43]
    assert list(values.loc[2023]) == [34, 32, 33]


def test_one_day_a_year_is_its_year_and_a_day_of_delivery_is_none(tmp_path: Path) -> None:
    rows = "".join(f"{day};{name};{n}\n" for day in ("31.12.2023", "31.12.2024") for n, name in enumerate(NAMES, 30))
    delivered = "".join(f"15.02.2025;{name};{n}\n" for n, name in enumerate(NAMES, 60))
    files = [write(tmp_path, "arbeit.csv", "Stichtag;Stadtteil;Arbeitslose\n" + rows)]
    files.append(write(tmp_path, "schule_2024.csv", "Datenstand;Stadtteil;Schulkinder\n" + delivered))
    assert "Nichts zu entscheiden" in start_project(tmp_path / "ort", [write_areas(tmp_path), *files])
    values = read_tables(open_project(tmp_path / "ort")).indicators
    years = values.groupby("indicator")["year"].unique()
    assert sorted(list(found) for found in years) == [[2023, 2024], [2024]]


def test_boundaries_without_a_system_are_asked_about_where_they_would_lie_in_germany(tmp_path: Path) -> None:
    areas = gpd.read_file(write_areas(tmp_path, west=11.02)).to_crs(31468)
    (tmp_path / "roh").mkdir()
    areas.to_file(tmp_path / "roh" / "ortsteile.shp")
    (tmp_path / "roh" / "ortsteile.prj").unlink()
    told = start_project(
        tmp_path / "ort", [tmp_path / "roh" / "ortsteile.shp", write(tmp_path, "arbeit.csv", QUARTERLY)]
    )
    assert "3 Gebiete, das Koordinatensystem ist nicht genannt" in told
    assert "In welchem Koordinatensystem sind die Grenzen?" in told
    text = (tmp_path / "ort" / "project.toml").read_text(encoding="utf-8")
    assert '# crs = "EPSG:31468"  # Mitte bei 54,0° Nord, 11,2° Ost, die nächste größere Stadt ist Wismar' in text


def test_boundaries_that_lie_in_germany_by_no_system_are_refused(tmp_path: Path) -> None:
    areas = gpd.GeoDataFrame({"nr": ["1"]}, geometry=[shapely.box(10, 10, 990, 990)], crs=25832)
    areas.to_file(tmp_path / "plan.shp")
    (tmp_path / "plan.prj").unlink()
    with pytest.raises(DataError) as caught:
        start_project(tmp_path / "ort", [tmp_path / "plan.shp"])
    assert [problem.cause for problem in caught.value.problems] == ["no_crs"]
