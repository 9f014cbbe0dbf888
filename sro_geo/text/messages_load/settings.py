"""Messages about TOML files."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "toml_not_utf8": Message(
        de=(
            "Die Datei {name} ist nicht in UTF-8 gespeichert.",
            "Umlaute wären falsch.",
            "Speichern Sie die Datei im Editor mit der Kodierung UTF-8.",
        ),
        en=(
            "File {name} is not saved as UTF-8.",
            "Umlauts would be wrong.",
            "Save the file in your editor with the encoding UTF-8.",
        ),
    ),
    "toml_broken": Message(
        de=(
            "Die Datei {name} ist kein gültiges TOML.",
            "Ab dieser Zeile ist nicht klar, was gemeint ist (Meldung: {reason}).",
            "Prüfen Sie Anführungszeichen, Klammern und Gleichheitszeichen in dieser Zeile und der davor.",
        ),
        en=(
            "File {name} is no valid TOML.",
            "From this line on it is not clear what is meant (message: {reason}).",
            "Check quotes, brackets and equals signs in this line and the one before.",
        ),
    ),
    "unknown_key": Message(
        de=(
            "Die Angabe {key} ist nicht bekannt.",
            "Sie hätte keine Wirkung. Bekannt sind hier: {known}.",
            "Berichtigen oder löschen Sie die Angabe.",
        ),
        en=(
            "The setting {key} is not known.",
            "It would have no effect. Known here are: {known}.",
            "Correct or delete the setting.",
        ),
    ),
    "unknown_key_similar": Message(
        de=(
            "Die Angabe {key} ist nicht bekannt; meinten Sie {similar}?",
            "Sie hätte keine Wirkung.",
            "Berichtigen oder löschen Sie die Angabe.",
        ),
        en=(
            "The setting {key} is not known; did you mean {similar}?",
            "It would have no effect.",
            "Correct or delete the setting.",
        ),
    ),
    "missing_key": Message(
        de=(
            "Die Angabe {key} fehlt.",
            "Ohne sie geht es nicht weiter; einen Vorgabewert gibt es nicht.",
            "Ergänzen Sie die Angabe.",
        ),
        en=(
            "The setting {key} is missing.",
            "It is needed and has no default.",
            "Add the setting.",
        ),
    ),
    "wrong_type_text": Message(
        de=(
            "Die Angabe {key} muss ein Text in Anführungszeichen sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be a text in quotes; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "wrong_type_bool": Message(
        de=(
            "Die Angabe {key} muss true oder false sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be true or false; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "wrong_type_list": Message(
        de=(
            "Die Angabe {key} muss eine Liste in eckigen Klammern sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be a list in square brackets; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "wrong_type_integer": Message(
        de=(
            "Die Angabe {key} muss eine ganze Zahl sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be a whole number; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "wrong_type_number": Message(
        de=(
            "Die Angabe {key} muss eine Zahl mit Dezimalpunkt sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be a number with a decimal point; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "wrong_type_table": Message(
        de=(
            "Die Angabe {key} muss ein Abschnitt mit eigenen Angaben sein; gefunden wurde: {found}.",
            "So lässt sie sich nicht lesen.",
            "Berichtigen Sie die Angabe.",
        ),
        en=(
            "The setting {key} must be a section with settings of its own; found was: {found}.",
            "It cannot be read like this.",
            "Correct the setting.",
        ),
    ),
    "list_too_short": Message(
        de=(
            "Die Liste {key} ist zu kurz; gefunden wurde: {found}.",
            "Verlangt sind mindestens so viele Einträge: {wanted}.",
            "Ergänzen Sie die Liste.",
        ),
        en=(
            "The list {key} is too short; found was: {found}.",
            "At least so many entries are needed: {wanted}.",
            "Extend the list.",
        ),
    ),
    "list_too_long": Message(
        de=(
            "Die Liste {key} ist zu lang; gefunden wurde: {found}.",
            "Erlaubt sind höchstens so viele Einträge: {wanted}.",
            "Kürzen Sie die Liste.",
        ),
        en=(
            "The list {key} is too long; found was: {found}.",
            "At most so many entries are allowed: {wanted}.",
            "Shorten the list.",
        ),
    ),
    "wrong_choice": Message(
        de=(
            "Die Angabe {key} darf nicht {found} sein.",
            "Möglich sind: {wanted}.",
            "Wählen Sie eine dieser Möglichkeiten.",
        ),
        en=(
            "The setting {key} cannot be {found}.",
            "Possible are: {wanted}.",
            "Choose one of these.",
        ),
    ),
    "out_of_range": Message(
        de=(
            "Die Angabe {key} darf nicht {found} sein.",
            "Erlaubt ist: {wanted}.",
            "Berichtigen Sie die Zahl.",
        ),
        en=(
            "The setting {key} cannot be {found}.",
            "Allowed is: {wanted}.",
            "Correct the number.",
        ),
    ),
    "empty_text": Message(
        de=(
            "Die Angabe {key} ist leer.",
            "Ein leerer Text sagt nichts.",
            "Ergänzen Sie den Text, oder löschen Sie die Zeile.",
        ),
        en=(
            "The setting {key} is empty.",
            "An empty text says nothing.",
            "Add the text or delete the line.",
        ),
    ),
    "wrong_code": Message(
        de=(
            "Der Code {key} darf nicht {found} lauten.",
            "Codes bestehen aus Kleinbuchstaben ohne Umlaute, Ziffern und Unterstrichen.",
            "Benennen Sie den Code um.",
        ),
        en=(
            "The code {key} cannot be {found}.",
            "Codes are made of lower case letters without accents, digits and underscores.",
            "Rename the code.",
        ),
    ),
    "wrong_age_group": Message(
        de=(
            "Die Angabe {key} ist keine Altersgruppe: {found}.",
            "Ohne Altersgruppe ist nicht klar, wer gemeint ist.",
            "Schreiben Sie 0-6 für „unter 6 Jahren“ oder 65+ für „65 und älter“.",
        ),
        en=(
            "The setting {key} is no age group: {found}.",
            "Without it it is not clear who is meant.",
            "Write 0-6 for “under 6 years” or 65+ for “65 and older”.",
        ),
    ),
    "code_known_already": Message(
        de=(
            "Den Code {code} gibt es im Katalog schon.",
            "Eine zweite Beschreibung würde die erste still ersetzen.",
            "Wählen Sie einen anderen Code, oder setzen Sie replace = true.",
        ),
        en=(
            "The catalogue has the code {code} already.",
            "A second description would silently replace the first.",
            "Choose another code or set replace = true.",
        ),
    ),
    "code_replaced": Message(
        de=(
            "Der eigene Katalog ersetzt die Beschreibung von {code}.",
            "",
            "",
        ),
        en=(
            "The catalogue of this project replaces the description of {code}.",
            "",
            "",
        ),
    ),
    "kind_without_point": Message(
        de=(
            "Die Angebotsart {code} soll zu Fuß erreicht werden (reach = true), ist aber nie ein Punkt auf der Karte.",
            "Zu einer geschützten oder privaten Adresse wird kein Weg gemessen.",
            "Schreiben Sie reach = false, oder löschen Sie protected_address und by_area.",
        ),
        en=(
            "The kind of offer {code} is to be reached on foot (reach = true) but is never a point on the map.",
            "No way is measured to a protected or private address.",
            "Write reach = false, or delete protected_address and by_area.",
        ),
    ),
    "redundancy_unmeasured": Message(
        de=(
            "Für {kind} unter [redundancy] lässt sich kein Anteil in Reichweite bilden.",
            "Die Zielgruppe ist nicht angegeben, die Altersgruppen der Daten ergeben sie nicht, oder niemand geht zu Fuß dorthin.",
            "Geben Sie die Zielgruppe unter [target_groups] an, oder nehmen Sie die Angebotsart aus kinds.",
        ),
        en=(
            "No share within reach can be formed for {kind} under [redundancy].",
            "Its target group is not stated, the ages in the data do not make it up, or nobody walks there.",
            "State the target group under [target_groups] or take the kind out of kinds.",
        ),
    ),
}
"""Message by the id of the problem."""
