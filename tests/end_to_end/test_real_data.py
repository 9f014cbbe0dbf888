"""Real public data, from official files to an atlas: Rostock's boundaries and tables, Flensburg's Kitas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from sro_geo.text.texts import find_sort
from tests.told import show_one

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study

pytestmark = pytest.mark.real_data

ROSTOCK = """
title = "Rostock mit amtlichen Grenzen"
place = "Rostock"
year = 2019
base_year = 2016

[data]
allow = ["{data}"]

[quarters]
file = "{data}/boundaries/stadtbereiche.shp"
key = "code"
name = "bez"
level = "Stadtbereich"
vintage = "2019"

[groups]
modellregion = ["S", "D"]

[compare]
group = "modellregion"

[[indicators]]
file = "{data}/population/{{year}}/insgesamt.xlsx"
years = [2016, 2017, 2018, 2019]
form = "wide"
key = "stadtbereich_code"
columns = {{ bevoelkerung = "einwohnerzahl" }}

[[indicators]]
file = "{data}/population/{{year}}/alter.xlsx"
years = [2016, 2017, 2018, 2019]
form = "wide"
key = "stadtbereich_code"

[indicators.columns]
alter_0_3 = "anzahl_juenger_3"
alter_3_6 = "anzahl_3_6"
alter_6_15 = "anzahl_6_15"
alter_15_25 = "anzahl_15_25"
alter_25_35 = "anzahl_25_35"
alter_35_45 = "anzahl_35_45"
alter_45_55 = "anzahl_45_55"
alter_55_65 = "anzahl_55_65"
alter_65_75 = "anzahl_65_75"
alter_75_plus = "anzahl_75_aelter"

[[indicators]]
file = "{data}/population/{{year}}/staatsangehoerigkeit.xlsx"
years = [2016, 2017, 2018, 2019]
form = "wide"
key = "stadtbereich_code"
columns = {{ auslaendisch = "anteil_auslaendisch" }}

[[indicators]]
file = "{data}/population/{{year}}/haushaltsstruktur.xlsx"
years = [2016, 2017, 2018, 2019]
form = "wide"
key = "stadtbereich_code"

[indicators.columns]
einpersonenhaushalte = {{ value = "anteil_single", denominator = "anzahl_haushalte" }}
"""

FLENSBURG = """
title = "Kitas in Flensburg"
place = "Flensburg"
year = 2022

[data]
allow = ["{data}"]

[catalogue]
indicators = "kennzahlen.toml"

[quarters]
file = "{data}/stadtteile/Stadtteile.shp"
key = "{key}"
name = "{name}"
keys = "stadtteile.csv"
repair = true

[[indicators]]
file = "{data}/sozialatlas/fl_age_groups_by_district.csv"
form = "wide"
key = "district_id"
year_column = "year"
keys = "stadtteile.csv"
columns = {{ alter_0_7 = "age_0_to_under_7" }}

[[indicators]]
file = "{data}/sozialatlas/fl_unemployed_residents_categorized_by_district.csv"
form = "wide"
key = "district_id"
year_column = "year"
keys = "stadtteile.csv"
columns = {{ arbeitslose_anzahl = "unemployed_total" }}

[[offers]]
file = "{data}/kitas.geojson"
kind = "kindertageseinrichtung"
keys = "stadtteile.csv"

[offers.columns]
offer_id = "slug"
name = "facility"
provider = "institution"
places = "childcare_places"

[offers.age_columns]
"0-3" = ["group_0_3"]
"1-6" = ["group_1_6"]
"3-6" = ["group_3_6", "nature_3_6"]
"6-14" = ["group_6_14"]

[population]
from = "indicators"
cell_metres = 100

[target_groups]
kindertageseinrichtung = "0-7"

[coverage]
distance = "straight"
detour_factor = 1.3
minutes = [5, 10, 15]
speed_kmh = 4.0
"""

FLENSBURG_CATALOGUE = """
[age_groups]
bands = ["0-7"]

[[indicator]]
code = "arbeitslose_anzahl"
name = { de = "Arbeitslose", en = "Unemployed" }
short = { de = "Arbeitslose", en = "Unemployed" }
unit = "persons"
"""

NAMES = (
    "Altstadt", "Neustadt", "Nordstadt", "Westliche Höhe", "Friesischer Berg", "Weiche", "Südstadt",
    "Sandberg", "Jürgensby", "Fruerlund", "Mürwik", "Engelsby", "Tarup",
)  # fmt: skip


@pytest.fixture(scope="module")
def rostock(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("rostock-amtlich")
    (folder / "project.toml").write_text(ROSTOCK.format(data=(real_data / "rostock").as_posix()), encoding="utf-8")
    return run_study(open_project(folder))


FAMILY = """
title = "Familienstand"
place = "Rostock"
year = 2019

[data]
allow = ["{data}"]

[catalogue]
indicators = "kennzahlen.toml"

[quarters]
file = "{data}/boundaries/stadtbereiche.shp"
key = "code"

[[indicators]]
file = "{data}/population/{{year}}/familienstand.xlsx"
years = [2016, 2017, 2018, 2019]
form = "wide"
key = "stadtbereich_code"
columns = {{ ledige = "anteil_ledige", verheiratete = "anteil_verheiratete", verwitwete = "anteil_verwitwete" }}
"""


def test_a_share_that_repeats_another_in_all_quarters_is_a_question(real_data: Path, tmp_path: Path) -> None:
    """Of four years one is such: the official table of 2018 gives the shares of the single as those of the married, too."""
    (tmp_path / "project.toml").write_text(FAMILY.format(data=(real_data / "rostock").as_posix()), encoding="utf-8")
    codes = ("ledige", "verheiratete", "verwitwete")
    names = [f'name = {{ de = "{code}", en = "{code}" }}\nshort = {{ de = "{code}", en = "{code}" }}' for code in codes]
    entries = [f'[[indicator]]\ncode = "{c}"\n{n}\nunit = "percent"\n' for c, n in zip(codes, names, strict=True)]
    (tmp_path / "kennzahlen.toml").write_text("".join(entries), encoding="utf-8")
    (question,) = check_project(tmp_path).questions
    assert (question.cause, question.values["found"]) == ("columns_alike", ["verheiratete = ledige (2018)"])
    assert question.places[0].file.endswith("2018/familienstand.xlsx")


def test_all_official_quarters_are_joined_by_code(rostock: Study) -> None:
    values = rostock.indicators
    assert len(rostock.quarters) == 21
    for (code, year), rows in values.groupby(["indicator", "year"]):
        assert len(rows) == 21, (code, year)
    assert not [note for note in rostock.notes if note.cause in ("rows_without_partner", "quarters_without_rows")]


def test_official_sums_hold(rostock: Study) -> None:
    values = rostock.indicators.set_index(["indicator", "year", "quarter_id"])["value"].sort_index()
    assert [values["bevoelkerung", year].sum() for year in range(2016, 2020)] == [207492, 208516, 209085, 209477]
    assert [values["bevoelkerung", year, "S"] for year in (2016, 2019)] == [13904, 14419]
    assert [values["bevoelkerung", year, "D"] for year in (2016, 2019)] == [13383, 13384]
    bands = [code for code in rostock.indicators["indicator"].unique() if code.startswith("alter_")]
    for year in range(2016, 2020):
        assert sum(values[band, year].sum() for band in bands) == values["bevoelkerung", year].sum()


def test_the_doubled_table_is_reported(rostock: Study) -> None:
    doubled = [note for note in rostock.notes if note.cause == "rows_doubled"]
    assert [place.file.split("/")[-2:] for note in doubled for place in note.places[:1]] == [
        ["2019", "staatsangehoerigkeit.xlsx"]
    ]
    assert find_sort(doubled[0].cause) == "dropped"


@pytest.mark.long
def test_official_boundaries_make_an_atlas(rostock: Study, tmp_path: Path, open_page: object) -> None:
    write_study(show_one(rostock), folder=tmp_path / "rostock")
    page, record = open_page(tmp_path / "rostock" / "index.html")  # type: ignore[operator]  # the fixture is a function
    assert page.locator("path[data-quarter]").count() >= 21
    assert (record.requests, record.errors) == ([], [])


@pytest.fixture(scope="module")
def flensburg(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("flensburg")
    rows = [f"{number},{number:02d} {name},STGT{number:02d},{name}" for number, name in enumerate(NAMES, start=1)]
    keys = "\n".join(["to,from,code,name", *rows]) + "\n"
    (folder / "stadtteile.csv").write_text(keys, encoding="utf-8")
    (folder / "kennzahlen.toml").write_text(FLENSBURG_CATALOGUE, encoding="utf-8")
    text = FLENSBURG.format(data=(real_data / "flensburg").as_posix(), key="AREA_ID", name="AREA_NAME")
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return run_study(open_project(folder))


def test_flensburg_counts_places_for_children_under_seven(flensburg: Study) -> None:
    supply = flensburg.supplies["kindertageseinrichtung"]
    offers = flensburg.offers
    assert len(offers) == 70
    assert supply.table["places"].sum() == 4220
    assert (len(supply.mixed), len(supply.left_out), len(supply.unknown)) == (8, 3, 0)
    assert set(offers.loc[list(supply.mixed), "quarter_id"]) <= set(flensburg.quarters.index)
    values = flensburg.city["value"]
    wanted = 100 * 4220 / float(values["alter_0_7"])
    assert float(values["plaetze_kindertageseinrichtung"]) == pytest.approx(wanted, abs=1e-9)


def test_flensburg_covers_children_by_kitas(flensburg: Study) -> None:
    values = flensburg.city["value"]
    gaps = [float(values[f"ohne_kindertageseinrichtung_{minutes}"]) for minutes in (5, 10, 15)]
    assert 100 > gaps[0] > gaps[1] > gaps[2] >= 0


def test_flensburg_lists_what_found_no_partner(flensburg: Study, tmp_path: Path) -> None:
    causes = {note.cause for note in flensburg.notes}
    assert causes & {"rows_without_key", "rows_without_partner"}
    write_study(show_one(flensburg), folder=tmp_path / "flensburg")
    protocol = json.loads((tmp_path / "flensburg" / "protocol.json").read_text(encoding="utf-8"))
    assert causes <= {decision["cause"] for decision in protocol["decisions"]}
    page = (tmp_path / "flensburg" / "index.html").read_text(encoding="utf-8")
    assert "Obergrenze" in page
