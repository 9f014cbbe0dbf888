"""Messages of the checks on values, offers and people."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "unknown_indicator": Message(
        de=(
            "{count} Zeilen nennen unbekannte Kennzahlen: {found}.",
            "Ohne Beschreibung sind Einheit und Richtung nicht bekannt.",
            "Berichtigen Sie den Namen, oder beschreiben Sie die Kennzahl in einem eigenen Katalog ([catalogue]).",
        ),
        en=(
            "{count} rows name unknown indicators: {found}.",
            "Without a description their unit and direction are not known.",
            "Correct the name or describe the indicator in a catalogue of your own ([catalogue]).",
        ),
    ),
    "unknown_status": Message(
        de=(
            "{count} Zeilen haben einen unbekannten Status: {found}.",
            "Es ist nicht klar, ob der Wert gilt.",
            "Erlaubt sind: geschaetzt, geheim, fehlt, spaeter, entfaellt, beispiel oder nichts.",
        ),
        en=(
            "{count} rows have an unknown status: {found}.",
            "It is not clear whether the value holds.",
            "Allowed are: estimated, suppressed, missing, later, not_applicable, example or nothing.",
        ),
    ),
    "unknown_kind": Message(
        de=(
            "{count} Angebote haben eine unbekannte Art: {found}.",
            "Bekannt sind: {known}.",
            "Berichtigen Sie die Art, oder beschreiben Sie sie in einem eigenen Katalog ([catalogue]).",
        ),
        en=(
            "{count} offers have an unknown kind: {found}.",
            "Known are: {known}.",
            "Correct the kind or describe it in a catalogue of your own ([catalogue]).",
        ),
    ),
    "unknown_offer": Message(
        de=(
            "{count} Platzangaben nennen unbekannte Angebote: {found}.",
            "Die Plätze gehörten zu niemandem.",
            "Berichtigen Sie die Nummer des Angebots.",
        ),
        en=(
            "{count} numbers of places name unknown offers: {found}.",
            "The places would belong to nobody.",
            "Correct the offer's id.",
        ),
    ),
    "unknown_cell": Message(
        de=(
            "{count} Zeilen nennen unbekannte Zellen: {found}.",
            "Die Menschen dort hätten keinen Ort.",
            "Prüfen Sie die Nummern der Zellen.",
        ),
        en=(
            "{count} rows name unknown cells: {found}.",
            "The people there would have no place.",
            "Check the cells' ids.",
        ),
    ),
    "unknown_age_group": Message(
        de=(
            "{count} Zeilen nennen eine Altersgruppe, die sich nicht lesen lässt: {found}.",
            "Ohne Altersgruppe ist nicht klar, für wen die Zahl gilt.",
            "Schreiben Sie 0-3 für „unter 3 Jahren“ oder 65+ für „65 und älter“.",
        ),
        en=(
            "{count} rows name an age group that cannot be read: {found}.",
            "Without it nobody knows whom the number is about.",
            "Write 0-3 for “under 3 years” or 65+ for “65 and older”.",
        ),
    ),
    "value_without_status": Message(
        de=(
            "{count} Werte fehlen ohne Grund: {found}.",
            "Ob ein Wert null, geheim oder unbekannt ist, macht einen Unterschied.",
            "Tragen Sie den Wert ein oder als Status „fehlt“ oder „geheim“.",
        ),
        en=(
            "{count} values are missing without a reason: {found}.",
            "Whether a value is zero, secret or unknown makes a difference.",
            "Enter the value, or “missing” or “suppressed” as its status.",
        ),
    ),
    "value_despite_status": Message(
        de=(
            "{count} Werte stehen da, obwohl ihr Status sagt, dass es sie nicht gibt: {found}.",
            "Ein geheimer Wert darf nicht in der Tabelle stehen.",
            "Löschen Sie den Wert oder den Status.",
        ),
        en=(
            "{count} values are there although their status says there are none: {found}.",
            "A secret value must not stand in the table.",
            "Delete the value or the status.",
        ),
    ),
    "share_over_100": Message(
        de=(
            "{count} Anteile liegen über 100 %: {found}.",
            "Ein Anteil kann nicht größer als das Ganze sein.",
            "Prüfen Sie Zähler, Nenner und Einheit.",
        ),
        en=(
            "{count} shares are over 100 %: {found}.",
            "A share cannot be more than the whole.",
            "Check numerator, denominator and unit.",
        ),
    ),
    "denominator_zero": Message(
        de=(
            "{count} Quoten haben den Nenner null: {found}.",
            "Durch null lässt sich nicht teilen.",
            "Tragen Sie als Status „entfaellt“ ein.",
        ),
        en=(
            "{count} rates have a denominator of zero: {found}.",
            "Nothing can be divided by zero.",
            "Give “not_applicable” as the status.",
        ),
    ),
    "offer_without_point": Message(
        de=(
            "{count} Angebote haben keinen Ort: {found}.",
            "Ihre Erreichbarkeit lässt sich nicht messen.",
            "Ergänzen Sie die Koordinaten.",
        ),
        en=("{count} offers have no position: {found}.", "Their reach cannot be measured.", "Add the coordinates."),
    ),
    "offer_not_a_point": Message(
        de=(
            "{count} Angebote sind keine Punkte: {found}.",
            "Gezählt wird ab einem Punkt.",
            "Setzen Sie für jedes Angebot einen Punkt.",
        ),
        en=(
            "{count} offers are no points: {found}.",
            "Distances are counted from a point.",
            "Set one point for each offer.",
        ),
    ),
    "places_missing": Message(
        de=(
            "{count} Angebote stehen in der Platztabelle ohne Zahl: {found}.",
            "Eine leere Angabe ist nicht null Plätze.",
            "Tragen Sie die Zahl ein, oder löschen Sie die Zeile.",
        ),
        en=(
            "{count} offers stand in the table of places without a number: {found}.",
            "An empty cell is not zero places.",
            "Enter the number or delete the row.",
        ),
    ),
    "persons_missing": Message(
        de=(
            "{count} Zellen haben keine Personenzahl.",
            "Eine leere Angabe ist nicht null Personen.",
            "Tragen Sie die Zahl ein, oder löschen Sie die Zeile.",
        ),
        en=(
            "{count} cells have no number of persons.",
            "An empty cell is not zero persons.",
            "Enter the number or delete the row.",
        ),
    ),
}
