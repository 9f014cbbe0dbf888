"""Offers and their places from tables and vector files."""

from pathlib import Path
from typing import Any

import pytest
from shapely import Point

from sro_geo.errors import DataError, Problem
from sro_geo.load.inputs import OfferFile
from sro_geo.load.offers import OfferTables, read_offers
from tests.load_data import CATALOGUE, CRS, SOUTH, WEST, make_geojson, make_quarters, write, write_book

HEAD = "angebot_id,art,name,traeger,standort_id,ost,nord,quartier,gueltig_ab,gueltig_bis,oeffnungszeiten,kosten,plaetze_0_3,plaetze_3_6,plaetze,status\n"
KITA = "A1,kindertageseinrichtung,Kita Nord,Stadt,S1,300100,6000100,01,2000-08-01,,Mo-Fr,beitrag,10,20,,\n"


def read(*orders: OfferFile, **target_groups: str) -> OfferTables:
    return read_offers(orders, kinds=CATALOGUE.kinds, quarters=make_quarters(), year=2024, target_groups=target_groups)


def read_table(folder: Path, content: str, **stated: Any) -> OfferTables:
    return read(OfferFile(file=write(folder, "a.csv", content), **stated))


def find_problems(folder: Path, content: str, **stated: Any) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        read_table(folder, content, **stated)
    return caught.value.problems


def list_places(found: OfferTables) -> list[tuple[str, str, float]]:
    return list(found.places.itertuples(index=False, name=None))


def list_notes(found: OfferTables) -> dict[str, object]:
    return {note.cause: note.values.get("found") for note in found.notes}


def test_an_offer_as_it_stands(tmp_path: Path) -> None:
    found = read_table(tmp_path, HEAD + KITA)
    assert found.offers.loc["A1"].drop("geometry").to_dict() == {
        "kind": "kindertageseinrichtung", "name": "Kita Nord", "provider": "Stadt", "site_id": "S1", "quarter_id": "01",
        "valid_from": "2000-08-01", "valid_to": "", "opening_times": "Mo-Fr", "cost": "beitrag", "status": "observed",
        "example": False, "source": "a.csv", "row": 2,
    }  # fmt: skip
    assert found.offers.geometry["A1"] == Point(300_100, 6_000_100)
    assert list_places(found) == [("A1", "0-3", 10.0), ("A1", "3-6", 20.0)]
    assert found.notes == ()


def test_kinds_are_known_by_their_names_and_by_the_project_s_words(tmp_path: Path) -> None:
    rows = [
        f"{word},{word} am Markt,300100,6000100,NORD"
        for word in ("Kita", "KITAS", "Kindertageseinrichtung", "Krippe", "Spielplätze")
    ]
    text = "Einrichtungsart,Bezeichnung,Rechtswert,Hochwert,Stadtteil\n" + "\n".join(rows) + "\n"
    words = {"Krippe": "kindertageseinrichtung", "Stadtteil": "quarter_id"}
    found = read_table(tmp_path, text, words=words)
    assert found.offers["kind"].tolist() == ["kindertageseinrichtung"] * 4 + ["spielplatz"]
    assert found.offers["quarter_id"].tolist() == ["01"] * 5


def test_english_heads_and_degrees(tmp_path: Path) -> None:
    head = "offer_id,kind,name,lon,lat,places_65_plus,status\n"
    found = read_table(tmp_path, head + "A1,begegnungsstaette,Haus,11.9525,54.1060,30,example\n")
    assert found.offers["quarter_id"].isna().all() or found.offers["quarter_id"].iloc[0] in {"01", "02"}
    assert found.offers.crs == CRS
    assert found.offers["example"].tolist() == [True]
    assert list_places(found) == [("A1", "65+", 30.0)]


def test_offers_of_a_vector_file(tmp_path: Path) -> None:
    rows = [
        ({"id": 7, "titel": "Platz", "plaetze": 5}, Point(WEST + 1500, SOUTH + 500)),
        ({"id": 8, "titel": "Weg", "plaetze": None}, None),
    ]
    order = OfferFile(
        file=write(tmp_path, "p.geojson", make_geojson(rows)),
        kind="spielplatz",
        columns={"name": "titel", "offer_id": "id"},
    )
    found = read(order, spielplatz="0-15")
    assert found.offers[["name", "quarter_id"]].to_dict("index") == {"7": {"name": "Platz", "quarter_id": "02"}}
    assert list_places(found) == [("7", "0-15", 5.0)]
    assert list_notes(found) == {"offers_nowhere": ["Weg"]}


def test_offers_of_a_workbook(tmp_path: Path) -> None:
    rows = [["art", "name", "quartier", "gueltig_ab"], ["kindertagespflege", "Tagespflege", "02", "01.08.2020"]]
    found = read(OfferFile(file=write_book(tmp_path, "o.xlsx", {"x": rows})))
    assert found.offers.loc["o-2", ["quarter_id", "valid_from"]].tolist() == ["02", "2020-08-01"]
    assert found.offers.geometry.isna().all()
    assert set(list_notes(found)) == {"offer_ids_made"}


@pytest.mark.parametrize("kind", ["hze_stationaer", "kindertagespflege"])
def test_protected_and_private_addresses_leave_no_trace(tmp_path: Path, kind: str) -> None:
    found = read_table(tmp_path, HEAD + KITA.replace("A1", "A2").replace("kindertageseinrichtung", kind))
    assert found.offers.loc["A2", ["site_id", "quarter_id"]].tolist() == ["", "01"]
    assert found.offers.geometry.isna().all()


def test_a_person_is_named_by_the_id_in_notes(tmp_path: Path) -> None:
    rows = "angebot_id,art,name,ost,nord,quartier\nT1,kindertagespflege,Erika Muster,310000,6000100,\nS1,spielplatz,Platz,300100,6000100,\n"
    assert list_notes(read_table(tmp_path, rows)) == {"offers_outside": ["T1"]}


def test_the_quarter_is_the_one_of_the_point_where_none_is_stated(tmp_path: Path) -> None:
    rows = [
        "A1,spielplatz,a,{},,",
        "A2,spielplatz,b,{},,",
        "A3,spielplatz,c,{},03,",
        "A4,spielplatz,d,{},02,",
        "A5,spielplatz,e,{},,",
    ]
    points = ["300100;6000100", "301000;6000500", "301500;6000500", "300100;6000100", "310000;6000100"]
    text = "angebot_id,art,name,ost,nord,quartier,status\n" + "\n".join(
        row.format(p.replace(";", ",")) for row, p in zip(rows, points, strict=True)
    )
    found = read_table(tmp_path, text + "\n")
    assert found.offers["quarter_id"].tolist()[:4] == ["01", "01", "02", "02"]
    assert found.offers["quarter_id"].isna().tolist() == [False] * 4 + [True]
    assert list_notes(found) == {
        "offer_quarter_unknown": ["03"],
        "offer_quarter_differs": ["d"],
        "offers_outside": ["e"],
    }


def test_a_key_table_names_quarters(tmp_path: Path) -> None:
    keys = write(tmp_path, "k.csv", "from,to\nSüd,02\n")
    found = read_table(tmp_path, "art,name,quartier\nkindertagespflege,a,Süd\n", keys=keys)
    assert found.offers["quarter_id"].tolist() == ["02"]
    assert [source.file for source in found.sources] == ["a.csv", "k.csv"]


@pytest.mark.parametrize(
    ("begin", "end", "there"),
    [
        ("", "", True),
        ("2024-12-31", "", True),
        ("2025-01-01", "", False),
        ("", "2024-12-30", False),
        ("", "2024-12-31", True),
        ("31.07.1999", "1.1.2030", True),
    ],
)
def test_offers_that_are_not_there_at_the_end_of_the_year_are_left_out(
    tmp_path: Path,
    begin: str,
    end: str,
    there: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    rows = KITA.replace("A1", "A0").replace("Kita Nord", "bleibt") + KITA.replace("2000-08-01,,", f"{begin},{end},")
    found = read_table(tmp_path, HEAD + rows)
    assert ("A1" in found.offers.index) == there
    assert ("A1" in set(found.places["offer_id"])) == there
    assert list_notes(found) == ({} if there else {"offers_not_valid": ["Kita Nord"]})


def test_a_total_belongs_to_the_target_group(tmp_path: Path) -> None:
    rows = "A1,jugendarbeit,Treff,300100,6000100,30\nA2,fruehe_hilfen,Café,300100,6000100,12\nA3,schule,Schule,300100,6000100,400\n"
    found = read(
        OfferFile(file=write(tmp_path, "a.csv", "angebot_id,art,name,ost,nord,plaetze\n" + rows)), jugendarbeit="6-15"
    )
    assert list_places(found) == [("A1", "6-15", 30.0), ("A2", "0-3", 12.0)]
    assert list_notes(found) == {"places_without_age": ["Schule"]}


def test_a_total_that_is_the_sum_says_nothing_new(tmp_path: Path) -> None:
    assert list_places(read_table(tmp_path, HEAD + KITA.replace("10,20,,", "10,20,30,"))) == [
        ("A1", "0-3", 10.0),
        ("A1", "3-6", 20.0),
    ]
    (problem,) = find_problems(tmp_path, HEAD + KITA.replace("10,20,,", "10,20,31,"))
    assert (problem.cause, problem.places[0].row) == ("places_total_differs", 2)


def test_groups_of_several_ages_share_the_places(tmp_path: Path) -> None:
    text = "id,name,ost,nord,n,g03,g36,natur,g614\n1,a,300100,6000100,60,1,2,0,1\n2,b,300100,6000100,20,0,0,1,0\n3,c,300100,6000100,9,0,0,0,\n"
    found = read_table(
        tmp_path,
        text,
        kind="kindertageseinrichtung",
        columns={"offer_id": "id", "places": "n"},
        age_columns={"6-14": ("g614",), "3-6": ("g36", "natur"), "0-3": ("g03",)},
    )
    assert list_places(found) == [("1", "0-3|3-6|6-14", 60.0), ("2", "3-6", 20.0)]
    assert list_notes(found) == {"places_without_age": ["c"]}


def test_several_files_make_one_table(tmp_path: Path) -> None:
    orders = [OfferFile(file=write(tmp_path, f"{key}.csv", HEAD + KITA.replace("A1", key))) for key in ("A2", "A1")]
    assert list(read(*orders).offers.index) == ["A1", "A2"]
    assert read().offers.empty
    assert read().places.empty


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    orders = [OfferFile(file=write(tmp_path, f"{name}.csv", "a,b\n1,2\n")) for name in "xy"]
    with pytest.raises(DataError) as caught:
        read(*orders)
    assert [(p.cause, p.values["columns"], p.places[0].file) for p in caught.value.problems] == [
        ("missing_columns", ["name", "kind", "x", "y"], "x.csv"), ("missing_columns", ["name", "kind", "x", "y"], "y.csv"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "causes"),
    [
        (KITA.replace("A1", ""), ["offer_without_id"]),
        (KITA.replace("2000-08-01", "August 2000"), ["date_unreadable"]),
        (KITA.replace("2000-08-01", "2000-02-30"), ["date_unreadable"]),
        (KITA.replace("300100", "West"), ["number_unreadable"]),
        (KITA.replace(",10,", ",viele,"), ["number_unreadable"]),
        (KITA.replace("300100", "400100"), ["points_outside"]),
        (KITA.replace("300100,6000100", "6000100,300100"), ["points_swapped"]),
        (KITA.replace("kindertageseinrichtung", "kitta"), ["unknown_kind"]),
        (KITA + KITA.replace("Nord", "Ost"), ["duplicate_key"]),
    ],
)
def test_faults(tmp_path: Path, row: str, causes: list[str]) -> None:
    assert [problem.cause for problem in find_problems(tmp_path, HEAD + row)] == causes


def test_points_that_lie_nowhere(tmp_path: Path) -> None:
    text = "art,name,lon,lat\nspielplatz,a,11.9525,54.1060\nspielplatz,b,11.9525,5410.60\n"
    (problem,) = find_problems(tmp_path, text)
    assert (problem.cause, problem.places[0].row) == ("coordinates_not_finite", 3)


def test_a_system_that_nobody_knows(tmp_path: Path) -> None:
    (problem,) = find_problems(tmp_path, HEAD + KITA, crs="EPSG:1")
    assert problem.cause == "crs_unknown"


@pytest.mark.parametrize("point", ["3001000,6000100", "300100,60001000", "300100,600010"])
def test_a_digit_too_many_is_told_by_row(tmp_path: Path, point: str) -> None:
    rows = f"angebot_id,art,name,ost,nord,quartier\nA,spielplatz,Platz,300100,6000100,\nB,spielplatz,Wiese,{point},\n"
    with pytest.raises(DataError) as caught:
        read_table(tmp_path, rows)
    (problem,) = caught.value.problems
    assert problem.cause in ("points_far_off", "coordinates_not_finite")
    assert [place.row for place in problem.places] == [3]


TWICE = "angebot_id,art,name,ost,nord\nA1,{kind},Haus,300100,6000100\nA2,{other},{name},{x},6000100\n"


def test_the_same_offer_with_two_numbers_is_noted(tmp_path: Path) -> None:
    rows = TWICE.format(kind="schule", other="schule", name="Haus", x=300100)
    assert list_notes(read_table(tmp_path, rows)) == {"offers_twice": ["Haus", "Haus"]}


@pytest.mark.parametrize(
    ("other", "name", "x"), [("spielplatz", "Haus", 300100), ("schule", "Hort", 300100), ("schule", "Haus", 300101)]
)
def test_several_offers_at_one_address_are_no_doubt(tmp_path: Path, other: str, name: str, x: int) -> None:
    assert list_notes(read_table(tmp_path, TWICE.format(kind="schule", other=other, name=name, x=x))) == {}


def test_nothing_is_told_of_two_protected_addresses(tmp_path: Path) -> None:
    rows = TWICE.format(kind="kindertagespflege", other="kindertagespflege", name="Haus", x=300100)
    assert list_notes(read_table(tmp_path, rows)) == {}


@pytest.mark.parametrize(("mark", "delimiter"), [(".", ";"), (",", ";"), (".", ",")])
def test_degrees_have_no_thousands(tmp_path: Path, mark: str, delimiter: str) -> None:
    """Three decimals behind a point might be thousands of metres; of degrees there are none."""
    lines = [["Bezeichnung", "Längengrad", "Breitengrad"], ["Kita Nord", f"11{mark}922", f"54{mark}102"]]
    text = "\n".join(delimiter.join(cells) for cells in lines)
    found = read_table(tmp_path, text, kind="kindertageseinrichtung")
    point = found.offers.to_crs("EPSG:4326").geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((11.922, 54.102), abs=1e-9)
