"""Messages about indicators and offers."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "year_not_known": Message(
        de=(
            "Für die Werte der Datei {name} ist kein Jahr bekannt.",
            "Gefunden wurden die Spalten {found}.",
            "Nennen Sie das Jahr mit year oder die Spalte mit year_column.",
        ),
        en=(
            "No year is known for the values of file {name}.",
            "The columns found are {found}.",
            "Name the year with year or its column with year_column.",
        ),
    ),
    "year_unreadable": Message(
        de=(
            "Die Spalte {column} enthält Angaben, die keine Jahre sind: {found}.",
            "Betroffene Zeilen: {count}. Ohne Jahr lässt sich kein Wert zuordnen.",
            "Tragen Sie das Jahr mit vier Ziffern ein.",
        ),
        en=(
            "Column {column} holds entries that are no years: {found}.",
            "Rows concerned: {count}. Without a year no value can be placed.",
            "Enter the year with four digits.",
        ),
    ),
    "cells_empty": Message(
        de=(
            "In der Datei {name} sind Zellen leer ({count}), und zwar bei: {found}.",
            "Sie gelten als „keine Angabe“.",
            "",
        ),
        en=(
            "In file {name} cells are empty ({count}), namely of: {found}.",
            "They count as “no data”.",
            "",
        ),
    ),
    "gaps_in_table": Message(
        de=(
            "In der Datei {name} fehlen für einzelne Kennzahlen und Jahre Quartiere ({count}): {found}.",
            "Dort gibt es keinen Wert.",
            "",
        ),
        en=(
            "File {name} lacks quarters for some indicators and years ({count}): {found}.",
            "There is no value there.",
            "",
        ),
    ),
    "points_outside": Message(
        de=(
            "Kein Punkt der Datei {name} liegt in der Stadt oder in ihrer Nähe.",
            "Gelesen wurde sie in {crs}; vermutlich ist das Koordinatensystem falsch.",
            "Nennen Sie das Koordinatensystem der Datei mit crs.",
        ),
        en=(
            "No point of file {name} lies in or near the city.",
            "It was read in {crs}; the reference system is probably wrong.",
            "State the reference system of the file with crs.",
        ),
    ),
    "points_swapped": Message(
        de=(
            "In der Datei {name} sind die beiden Koordinaten vertauscht.",
            "Kein Punkt liegt in der Stadt; umgekehrt gelesen liegen sie dort.",
            "Vertauschen Sie die Spalten, oder ordnen Sie sie unter columns richtig zu.",
        ),
        en=(
            "In file {name} the two coordinates are swapped.",
            "No point lies in the city; read the other way round they do.",
            "Swap the columns or map them rightly under columns.",
        ),
    ),
    "offer_without_id": Message(
        de=(
            "Angebote ohne Nummer: {count}.",
            "Die Spalte mit der Nummer ist vorhanden, aber nicht überall gefüllt.",
            "Ergänzen Sie die Nummern, oder löschen Sie die Spalte; dann wird gezählt.",
        ),
        en=(
            "Offers without an id: {count}.",
            "The column of ids is there but not filled everywhere.",
            "Fill the ids or delete the column; then they are counted.",
        ),
    ),
    "offer_ids_made": Message(
        de=(
            "Die Angebote der Datei {name} haben keine Nummer; sie heißen nach der Zeile.",
            "Wird die Datei umsortiert, ändern sich die Nummern.",
            "",
        ),
        en=(
            "The offers of file {name} have no ids; they are named after their row.",
            "If the file is sorted again the ids change.",
            "",
        ),
    ),
    "date_unreadable": Message(
        de=(
            "Die Spalte {column} enthält Angaben, die kein Datum sind: {found}.",
            "Betroffene Zeilen: {count}. Ohne Datum ist nicht klar, ob es das Angebot gibt.",
            "Schreiben Sie 2024-08-01 oder 01.08.2024.",
        ),
        en=(
            "Column {column} holds entries that are no dates: {found}.",
            "Rows concerned: {count}. Without a date it is not clear whether the offer is there.",
            "Write 2024-08-01 or 01.08.2024.",
        ),
    ),
    "offer_quarter_unknown": Message(
        de=(
            "Angebote ({count}) nennen ein Quartier, das es nicht gibt: {found}.",
            "Es gilt das Quartier, in dem ihr Punkt liegt.",
            "",
        ),
        en=(
            "Offers ({count}) name a quarter that does not exist: {found}.",
            "The quarter of their point counts.",
            "",
        ),
    ),
    "offer_quarter_differs": Message(
        de=(
            "Angebote ({count}) liegen in einem anderen Quartier als angegeben: {found}.",
            "Es gilt das angegebene.",
            "",
        ),
        en=(
            "Offers ({count}) lie in another quarter than stated: {found}.",
            "The stated one counts.",
            "",
        ),
    ),
    "offers_outside": Message(
        de=(
            "Angebote ({count}) gehören zu keinem Quartier: {found}.",
            "Sie zählen für die Wege, aber in keinem Quartier.",
            "",
        ),
        en=(
            "Offers ({count}) belong to no quarter: {found}.",
            "They count for walks but in no quarter.",
            "",
        ),
    ),
    "offers_not_valid": Message(
        de=(
            "Angebote, die es Ende {year} nicht gibt, sind weggelassen ({count}): {found}.",
            "",
            "",
        ),
        en=(
            "Offers that are not there at the end of {year} are left out ({count}): {found}.",
            "",
            "",
        ),
    ),
    "offers_nowhere": Message(
        de=(
            "Angebote ohne Ort sind weggelassen ({count}): {found}.",
            "Ihre Erreichbarkeit lässt sich nicht messen.",
            "",
        ),
        en=(
            "Offers without a position are left out ({count}): {found}.",
            "Their reach cannot be measured.",
            "",
        ),
    ),
    "places_total_differs": Message(
        de=(
            "Die Spalte {column} ist in einigen Zeilen nicht die Summe der Plätze nach Alter ({count}).",
            "Es ist nicht klar, welche Zahl gilt.",
            "Berichtigen Sie die Zahlen, oder lassen Sie die Summe leer.",
        ),
        en=(
            "Column {column} is not the sum of the places by age in some rows ({count}).",
            "It is not clear which number holds.",
            "Correct the numbers or leave the sum empty.",
        ),
    ),
    "places_without_age": Message(
        de=(
            "Plätze ohne Angabe des Alters zählen nicht mit ({count} Angebote): {found}.",
            "Für ihre Art ist keine Zielgruppe angegeben.",
            "Nennen Sie die Zielgruppe unter [target_groups].",
        ),
        en=(
            "Places without an age are not counted ({count} offers): {found}.",
            "No target group is stated for their kind.",
            "State the target group under [target_groups].",
        ),
    ),
}
"""Message by the id of the problem."""
