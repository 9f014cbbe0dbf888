"""Official tables of Rostock and Flensburg as their publishers gave them out."""

from pathlib import Path

import pytest

from sro_geo.load.boundaries import Boundaries, read_boundaries
from sro_geo.load.indicators import IndicatorTables, read_indicators
from sro_geo.load.inputs import IndicatorFile, OfferFile, PopulationFile, QuartersFile, RateColumns
from sro_geo.load.offers import read_offers
from sro_geo.load.population import read_population
from sro_geo.load.reading import DataFile, find_file
from tests.load_data import CATALOGUE, write

pytestmark = pytest.mark.real_data

YEARS = (2016, 2017, 2018, 2019)
PARTS = {
    "insgesamt": {"bevoelkerung": "einwohnerzahl", "bevoelkerungsdichte": "bevoelkerungsdichte"},
    "alter": {
        "alter_0_3": "anzahl_juenger_3", "alter_3_6": "anzahl_3_6", "alter_6_15": "anzahl_6_15", "alter_15_25": "anzahl_15_25",
        "alter_25_35": "anzahl_25_35", "alter_35_45": "anzahl_35_45", "alter_45_55": "anzahl_45_55", "alter_55_65": "anzahl_55_65",
        "alter_65_75": "anzahl_65_75", "alter_75_plus": "anzahl_75_aelter",
    },
    "bewegung_natuerlich": {"geborene": "anzahl_lebendgeborene", "gestorbene": "anzahl_gestorbene"},
    "bewegung_raeumlich": {"zuzuege": "anzahl_zuzuege", "wegzuege": "anzahl_wegzuege", "wanderungssaldo": "wanderungssaldo_je_1000"},
    "haushaltsstruktur": {"haushalte": "anzahl_haushalte", "einpersonenhaushalte": "anteil_single", "haushalte_mit_kindern": "anteil_mit_kindern"},
    "staatsangehoerigkeit": {"auslaendisch": "anteil_auslaendisch"},
    # No indicator of the catalogue stands in these three; a count shows that they are read and joined.
    "bewegung_gesamt": {"wanderungssaldo": "bestandsveraaenderung_je_1000"},
    "familienstand": {"auslaendisch": "anteil_ledige"},
    "geschlecht": {"bevoelkerung": "anzahl_weiblich"},
}  # fmt: skip


@pytest.fixture(scope="module")
def rostock(real_data: Path) -> Boundaries:
    return read_boundaries(
        QuartersFile(file=find_file("rostock/boundaries/stadtbereiche.shp", folder=real_data), key="code")
    )


def read_rostock(real_data: Path, boundaries: Boundaries, part: str, years: tuple[int, ...] = YEARS) -> IndicatorTables:
    columns = {code: RateColumns(value=head) for code, head in PARTS[part].items()}
    orders = [
        IndicatorFile(
            file=find_file(f"rostock/population/{year}/{part}.xlsx", folder=real_data),
            form="wide",
            year=year,
            columns=columns,
        )
        for year in years
    ]
    return read_indicators(orders, specs=CATALOGUE.specs, quarter_ids=list(boundaries.quarters.index))


def test_the_official_shapefile(rostock: Boundaries) -> None:
    quarters = rostock.quarters
    assert list(quarters.index) == list("ABCDEFGHIJKLMNOPQRSTU")
    assert quarters.crs == "EPSG:25833"
    assert quarters["name"][["S", "D", "K"]].tolist() == ["Toitenwinkel", "Groß Klein", "Kröpeliner-Tor-Vorstadt"]
    assert quarters.area.sum() / 1e6 == pytest.approx(181.37, abs=0.02)


@pytest.mark.parametrize("part", list(PARTS))
def test_all_nine_tables_of_four_years_join_21_of_21(real_data: Path, rostock: Boundaries, part: str) -> None:
    found = read_rostock(real_data, rostock, part)
    joined = found.indicators.groupby(["indicator", "year"])["quarter_id"].nunique()
    assert joined.to_dict() == {(code, year): 21 for code in PARTS[part] for year in YEARS}
    assert (found.indicators["status"] == "observed").all()
    assert {note.cause for note in found.notes} <= {"rows_doubled"}


def test_the_sums_are_the_published_ones(real_data: Path, rostock: Boundaries) -> None:
    total = read_rostock(real_data, rostock, "insgesamt").indicators
    people = total[total["indicator"] == "bevoelkerung"]
    assert people.groupby("year")["value"].sum().to_dict() == {
        2016: 207_492,
        2017: 208_516,
        2018: 209_085,
        2019: 209_477,
    }
    by_quarter = people.set_index(["quarter_id", "year"])["value"]
    assert [by_quarter[key] for key in (("S", 2016), ("S", 2019), ("D", 2016), ("D", 2019))] == [
        13_904,
        14_419,
        13_383,
        13_384,
    ]
    ages = read_rostock(real_data, rostock, "alter").indicators
    assert (ages.groupby(["quarter_id", "year"])["value"].sum() == by_quarter.sort_index()).all()


def test_the_doubled_table_is_read_once_and_noted(real_data: Path, rostock: Boundaries) -> None:
    found = read_rostock(real_data, rostock, "staatsangehoerigkeit")
    (note,) = found.notes
    assert (note.cause, note.values["count"]) == ("rows_doubled", 21)
    assert str(note.values["name"]) == "rostock/population/2019/staatsangehoerigkeit.xlsx"
    assert len(found.indicators) == 84


ATLAS = "flensburg/sozialatlas/"
AGES = {
    "alter_0_7": "age_0_to_under_7", "alter_0_18": "age_under_18", "alter_18_30": "age_18_to_under_30", "alter_30_45": "age_30_to_under_45",
    "alter_45_65": "age_45_to_under_65", "alter_65_80": "age_65_to_under_80", "alter_80_plus": "age_80_and_above",
}  # fmt: skip


@pytest.fixture(scope="module")
def keys(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFile:
    """The 13 districts, each by its four forms."""
    rows = [line.split(",")[:2] for line in (real_data / ATLAS / "fl_district.csv").read_text().splitlines()[1:]]
    lines = [f"{number},STGT{int(number):02},{name},{int(number):02} {name}" for number, name in rows]
    return write(tmp_path_factory.mktemp("keys"), "stadtteile.csv", "from,to,name,lang\n" + "\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def flensburg(real_data: Path) -> Boundaries:
    file = find_file("flensburg/stadtteile/Stadtteile.shp", folder=real_data)
    return read_boundaries(QuartersFile(file=file, key="AREA_ID", name="AREA_NAME"))


def read_flensburg(
    real_data: Path, boundaries: Boundaries, keys: DataFile, name: str, columns: dict[str, str]
) -> IndicatorTables:
    order = IndicatorFile(
        file=find_file(ATLAS + name, folder=real_data), form="wide", keys=keys, columns={code: RateColumns(value=head) for code, head in columns.items()}
    )  # fmt: skip
    return read_indicators([order], specs=CATALOGUE.specs, quarter_ids=list(boundaries.quarters.index))


def test_thirteen_districts_under_every_form_of_their_key(
    real_data: Path, flensburg: Boundaries, keys: DataFile
) -> None:
    assert flensburg.quarters.crs == "EPSG:25832"
    assert flensburg.notes == ()
    by_name = read_boundaries(
        QuartersFile(
            file=find_file("flensburg/stadtteile/Stadtteile.shp", folder=real_data),
            key="AREA_NAME",
            name="AREA_NAME",
            keys=keys,
        )
    )
    assert list(by_name.quarters.index) == list(flensburg.quarters.index) == [f"STGT{n:02}" for n in range(1, 14)]


def test_residents_and_ages(real_data: Path, flensburg: Boundaries, keys: DataFile) -> None:
    residents = read_flensburg(
        real_data, flensburg, keys, "fl_residents_by_district.csv", {"bevoelkerung": "residents"}
    )
    ages = read_flensburg(real_data, flensburg, keys, "fl_age_groups_by_district.csv", AGES)
    assert residents.notes == ages.notes == ()
    people = residents.indicators.groupby("year")["value"].sum()
    banded = ages.indicators[ages.indicators["indicator"] != "alter_0_7"].groupby("year")["value"].sum()
    assert people[2022] == banded[2022] == 99_341


def test_cases_without_a_district_are_listed_and_never_spread(
    real_data: Path, flensburg: Boundaries, keys: DataFile
) -> None:
    name = "fl_unemployed_residents_categorized_by_district.csv"
    found = read_flensburg(real_data, flensburg, keys, name, {"arbeitslose": "percentage_of_total"})
    (note,) = found.notes
    assert (note.cause, note.values["count"]) == ("rows_without_key", 2)
    lines = (real_data / ATLAS / name).read_text().splitlines()
    assert all(lines[(place.row or 0) - 1].split(",")[1] == "" for place in note.places)
    assert len(found.indicators) == 26


@pytest.mark.parametrize("repair", [False, True])
def test_two_invalid_rings_are_mended_only_on_request(real_data: Path, repair: bool) -> None:  # noqa: FBT001  a parameter of the test
    from sro_geo.errors import DataError

    file = find_file("flensburg/stadtbezirke/Bezirke.shp", folder=real_data)
    order = QuartersFile(file=file, key="AREA_ID", name="AREA_NAME", repair=repair)
    if repair:
        found = read_boundaries(order)
        assert len(found.quarters) == 41
        assert [(note.cause, note.values["found"]) for note in found.notes] == [
            ("geometry_repaired", ["STBZ073 (0 m²)", "STBZ122 (0 m²)"])
        ]
        return
    with pytest.raises(DataError) as caught:
        read_boundaries(order)
    assert [(p.cause, p.values["found"]) for p in caught.value.problems] == [
        ("geometry_invalid", ["STBZ073", "STBZ122"])
    ]


def test_seventy_day_care_centres_and_who_shares_their_places(
    real_data: Path, flensburg: Boundaries, keys: DataFile
) -> None:
    order = OfferFile(
        file=find_file("flensburg/kitas.geojson", folder=real_data),
        kind="kindertageseinrichtung",
        keys=keys,
        columns={
            "offer_id": "slug",
            "name": "facility",
            "provider": "institution",
            "quarter_id": "district",
            "places": "childcare_places",
        },
        age_columns={
            "0-3": ("group_0_3",),
            "3-6": ("group_3_6", "nature_3_6"),
            "1-6": ("group_1_6",),
            "6-14": ("group_6_14",),
        },
    )
    found = read_offers([order], kinds=CATALOGUE.kinds, quarters=flensburg.quarters, year=2022, target_groups={})
    assert len(found.offers) == 70
    assert found.places["places"].sum() == 4475
    only_older = found.places[found.places["age_group"] == "6-14"]
    mixed = found.places[found.places["age_group"].str.contains("6-14") & (found.places["age_group"] != "6-14")]
    assert (len(mixed), mixed["places"].sum(), len(only_older), only_older["places"].sum()) == (8, 990, 3, 255)
    assert found.offers["quarter_id"].notna().all()
    assert [(note.cause, note.values["found"]) for note in found.notes] == [("offer_quarter_differs", ["Waldkiga"])]


def test_children_under_seven_are_spread_over_the_districts(
    real_data: Path, flensburg: Boundaries, keys: DataFile
) -> None:
    ages = read_flensburg(real_data, flensburg, keys, "fl_age_groups_by_district.csv", AGES).indicators
    found = read_population(
        PopulationFile(), quarters=flensburg.quarters, indicators=ages, specs=CATALOGUE.specs, year=2022
    )
    persons = found.population.persons
    children = persons[persons["age_group"] == "0-7"].groupby("quarter_id")["persons"].sum()
    official = ages[(ages["indicator"] == "alter_0_7") & (ages["year"] == 2022)].set_index("quarter_id")["value"]
    assert children.sum() == pytest.approx(6173)
    assert children.to_list() == pytest.approx(official.sort_index().to_list())
