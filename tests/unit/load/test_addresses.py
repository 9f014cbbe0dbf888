"""Offers get the point of their address, and only of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sro_geo import read_catalogue, read_offers
from sro_geo.errors import DataError
from sro_geo.load.addresses import _parse
from sro_geo.load.inputs import OfferFile
from tests.load_data import make_quarters, write

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.offers import OfferTables

HOUSES = (
    "Straßenname;Hausnummer;Zusatz;PLZ;Ost;Nord\n"
    "Lange Straße;12;a;18055;300100;6000100\n"
    "Lange Straße;12;;18055;300120;6000100\n"
    "Straße des 17. Juni;135;;18055;300140;6000100\n"
    "Dorfstraße;1;;18055;300160;6000100\n"
    "Dorfstraße;1;;18107;300180;6000100\n"
    "Hafenweg;5;;18055;300200;6000100\n"
    "Hafenweg;5;;18055;300200;6000100\n"
)


def read(folder: Path, offers: str, **stated: object) -> OfferTables:
    order = OfferFile(
        file=write(folder, "angebote.csv", offers),
        kind="schule",
        addresses=write(folder, "haeuser.csv", HOUSES),
        **stated,  # type: ignore[arg-type]  # settings of several types
    )
    return read_offers(order, kinds=read_catalogue().kinds, quarters=make_quarters(), year=2024)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lange Straße 12a", "LANGE STR. 12 A, 18055 Rostock"),
        ("Lange-Straße 3", "Lange Str 3"),
        ("Straße des 17. Juni 135", "strasse des 17 juni 135"),
        ("Dr.-Müller-Weg 7", "Dr. Mueller Weg 07"),
    ],
)
def test_the_same_address_is_written_in_several_ways(one: str, other: str) -> None:
    assert _parse(one) == _parse(other) != ("", False)


@pytest.mark.parametrize(
    ("one", "other"), [("Lange Straße 12", "Lange Straße 12a"), ("Strand 1", "Strandstraße 1"), ("Weg 1", "Weg 11")]
)
def test_other_addresses_are_others(one: str, other: str) -> None:
    assert _parse(one)[0] != _parse(other)[0]


def test_offers_stand_where_their_address_is(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "name;Straße;PLZ\nA;Lange Str. 12a;\nB;Lange Straße 12;\nC;Straße des 17. Juni 135;\nD;Dorfstr. 1;18107\nE;Hafenweg 5-7;\n"
        "F;Dorfstraße 1;\nG;Langer Weg 12;\nH;Am Markt;\nI;Hafenweg 5;18999\nJ;Dorfstr. 1, 18055 Rostock;\n",
    )
    east = {name: point.x for name, point in zip(found.offers["name"], found.offers.geometry, strict=True)}
    assert east == {"A": 300100, "B": 300120, "C": 300140, "D": 300180, "E": 300200, "J": 300160}
    told = {
        note.cause: [place.row for place in note.places] for note in found.notes if note.cause.startswith("addresses")
    }
    assert told == {
        "addresses_placed": [None],
        "addresses_ranges": [6],
        "addresses_twice": [7],
        "addresses_unknown": [8, 9, 10],
    }
    assert "haeuser.csv" in [source.file for source in found.sources]


def test_a_list_as_a_survey_office_heads_it(tmp_path: Path) -> None:
    houses = (
        "STRASSE;HSNR;HSNRZUS;RECHTSWERT;HOCHWERT\nLange Straße;12;a;300100;6000100\nLange Straße;12;;300120;6000100\n"
    )
    order = OfferFile(
        file=write(tmp_path, "angebote.csv", "name;adresse\nA;Lange Str. 12 a\nB;Lange Str. 12\n"),
        kind="schule",
        addresses=write(tmp_path, "haeuser.csv", houses),
    )
    found = read_offers(order, kinds=read_catalogue().kinds, quarters=make_quarters(), year=2024)
    assert list(found.offers.geometry.x) == [300100, 300120]


def test_a_list_without_numbers_of_houses_is_none(tmp_path: Path) -> None:
    """That each address "is not in the list" would send a planner to mend the addresses."""
    order = OfferFile(
        file=write(tmp_path, "angebote.csv", "name;adresse\nA;Lange Str. 12\n"),
        kind="schule",
        addresses=write(tmp_path, "haeuser.csv", "strasse;nnn;ost;nord\nLange Straße;12;300100;6000100\n"),
    )
    with pytest.raises(DataError) as caught:
        read_offers(order, kinds=read_catalogue().kinds, quarters=make_quarters(), year=2024)
    assert [problem.cause for problem in caught.value.problems] == ["addresses_no_list"]


def test_a_point_of_one_s_own_goes_before_the_address(tmp_path: Path) -> None:
    found = read(tmp_path, "name;adresse;ost;nord\nA;Lange Str. 12;300111;6000111\nB;Lange Str. 12;;\n")
    assert [point.x for point in found.offers.geometry] == [300111, 300120]


def test_no_message_tells_an_address(tmp_path: Path) -> None:
    """Those of some kinds are secret."""
    found = read(tmp_path, "name;adresse\nA;Hafenweg 5\nB;Geheimweg 3\nC;Dorfstraße 1\nD;Geheimweg 3-5\n")
    assert "weg 3" not in str([note.values for note in found.notes]).lower()
