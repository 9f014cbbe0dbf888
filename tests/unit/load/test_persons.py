"""Columns that name persons stop a table; institutions' contacts and figures pass."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sro_geo.errors import DataError, Place
from sro_geo.load.persons import check_persons, note_dropped

PLACE = Place(file="t.csv", part="Blatt")


def make(**columns: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame(columns, dtype=object)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def check(frame: pd.DataFrame, *drop: str) -> pd.DataFrame:
    return check_persons(frame, place=PLACE, drop=drop)


def find(frame: pd.DataFrame, *drop: str) -> list[tuple[str, object]]:
    with pytest.raises(DataError) as caught:
        check(frame, *drop)
    return [(problem.cause, problem.values["found"]) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "head",
    [
        "Nachname", "VORNAME", "Name, Vorname", "Vor- und Nachname", "Nachname Kind", "kind_vorname", "Familienname", "Geburtsname",
        "Geburtsdatum", "geb. am", "geb_dat", "Geb.", "geboren am", "date_of_birth", "Birth Date", "DOB", "last_name", "FirstName",
        "IBAN", "Steuer-ID", "Sozialversicherungsnummer", "SV-Nr.", "Aktenzeichen", "Fall-Nr.", "fall_id", "Personen-ID",
        "name_der_tagespflegeperson", "Name der Mutter", "Privatanschrift", "Telefon (privat)", "E-Mail privat", "Anschrift des Kindes",
        "name of childminder",
    ],
)  # fmt: skip
def test_heads_that_name_persons(head: str) -> None:
    assert find(make(**{"art": ["x"], head: ["y"]})) == [("person_columns", [head])]


@pytest.mark.parametrize(
    "head",
    [
        "name", "Schulname", "Straße", "Anschrift", "E-Mail", "Telefon", "Web", "Ansprechpartner", "Träger", "birth_rate", "births",
        "geborene", "Geburten", "Gebäude-Nr.", "Gebiet", "Lebendgeborene je 1.000", "Tagespflegepersonen", "kind", "Kinder", "Alter",
        "geschlecht", "Namenszusatz", "standort_id", "Fallzahl", "Fälle", "Kindertagespflege", "parent_name", "mutter_kind_haus",
    ],
)  # fmt: skip
def test_heads_that_name_none(head: str) -> None:
    frame = make(**{head: ["Haus am Markt"]})
    assert check(frame).equals(frame)


def test_a_role_is_a_person_only_where_words_stand() -> None:
    assert find(make(Tagespflegeperson=["Muster, Erika", None])) == [("person_columns", ["Tagespflegeperson"])]
    check(make(Tagespflegeperson=["3", 4]))


def test_birth_year_and_sex_are_a_list_of_persons_unless_they_are_counted() -> None:
    rows: dict[str, list[Any]] = {"Geburtsjahr": [2015], "Geschlecht": ["w"], "Stadtteil": ["Nord"]}
    assert find(make(**rows)) == [("person_columns", ["Geburtsjahr", "Geschlecht"])]
    check(make(**rows, Anzahl=[12]))
    check(make(Geburtsjahr=[2015], Stadtteil=["Nord"]))


@pytest.mark.parametrize(
    "cell",
    ["erika.muster@gmx.de", "e.muster@stadt.de", "Frau Muster <erika.muster@awo.example.de>", "emuster77@web.de", "a.schulz@t-online.de", "katharina.meier@web.de"],
)  # fmt: skip
def test_mailboxes_of_persons(cell: str) -> None:
    assert find(make(name=["Haus am Markt"], Kontakt=[cell])) == [("person_addresses", "Kontakt")]


@pytest.mark.parametrize(
    "cell",
    [
        "info@kita.de", "kita-nord@stadt.de", "kita.nord@stadt.de", "sekretariat@schule.de", "leitung.markt@gmx.de", "am.markt@web.de",
        "grundschule.rude@schule.de", "jugendamt@stadt.de", "villa-kunterbunt@kirche.de", "ohne@", "@stadt",
    ],
)  # fmt: skip
def test_mailboxes_of_houses(cell: str) -> None:
    check(make(name=["Haus am Markt"], Kontakt=[cell]))


def test_who_answers_the_phone_does_not_explain_a_mailbox() -> None:
    frame = make(name=["Haus"], Ansprechpartnerin=["Erika Muster"], mail=["erika.muster@gmx.de"])
    assert find(frame) == [("person_addresses", "mail")]


def test_days_of_birth_under_another_head() -> None:
    days = [f"{n + 3:02d}.{n:02d}.201{n}" for n in range(1, 8)]
    assert find(make(Spalte=days)) == [("person_births", "Spalte")]
    assert find(make(bemerkung=["geb. 12.3.2015", "neu"])) == [("person_births", "bemerkung")]
    for head in ("eroeffnet_am", "gueltig_ab", "Stand", "letzte_aenderung"):
        check(make(**{head: days}))
    check(make(Spalte=[f"01.08.20{n}" for n in range(10, 17)]))
    check(make(Spalte=days[:3]))
    check(make(Spalte=["12.03.2024"] * 9))


def test_an_account_number_is_one_whose_check_digits_are_right() -> None:
    assert find(make(x=["Konto DE89 3704 0044 0532 0130 00 bei"])) == [("person_accounts", "x")]
    check(make(x=["DE88 3704 0044 0532 0130 00"]))


def test_dropped_columns_are_gone_and_the_rest_stays() -> None:
    frame = make(Nachname=["Muster"], quartier=["01"], mail=["erika.muster@gmx.de"])
    assert find(frame) == [("person_columns", ["Nachname"]), ("person_addresses", "mail")]
    kept = check(frame, "mail", "Nachname")
    assert list(kept.columns) == ["quartier"]
    assert list(frame.columns) == ["Nachname", "quartier", "mail"]
    (note,) = note_dropped(["mail", "Nachname"], place=PLACE)
    assert (note.cause, note.values["found"]) == ("columns_dropped", ["mail", "Nachname"])
    assert note_dropped([], place=PLACE) == ()


def test_the_advice_names_all_columns_to_drop_and_never_their_content() -> None:
    frame = make(**{'a"b Nachname': ["Muster"], "mail": ["erika.muster@gmx.de"]})
    with pytest.raises(DataError) as caught:
        check(frame)
    first, second = caught.value.problems
    assert first.values["stated"] == second.values["stated"] == r'"a\"b Nachname", "mail"'
    assert (second.places[0].part, second.places[0].row, second.places[0].column) == ("Blatt", 2, "mail")
    assert "muster" not in repr(caught.value.problems).lower()


def test_a_column_to_drop_that_is_not_there() -> None:
    assert find(make(a=["1"]), "nachname") == [("drop_missing", ["a"])]


def test_open_data_of_towns_pass(real_data: Path) -> None:
    tables = sorted(
        [*(real_data / "flensburg").glob("*.csv"), *(real_data / "flensburg" / "sozialatlas").glob("*.csv")]
    )
    assert len(tables) > 20
    for file in tables:
        check(pd.read_csv(file, dtype=object))
    for file in sorted((real_data / "flensburg").glob("*.geojson")):
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        check(pd.DataFrame([feature["properties"] for feature in features], dtype=object))
