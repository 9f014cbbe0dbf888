"""Messages of the project file."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "project_missing": Message(
        de=(
            "Unter {name} gibt es keine Projektdatei.",
            "Ohne sie ist nicht bekannt, was gelesen werden soll.",
            "Nennen Sie die Projektdatei oder den Ordner, in dem project.toml liegt.",
        ),
        en=(
            "There is no project file at {name}.",
            "Without one nobody knows what to read.",
            "Name the project file or the folder that holds project.toml.",
        ),
    ),
    "allow_missing": Message(
        de=(
            "Den Ordner {name} unter [data] allow gibt es nicht.",
            "Dateien darin ließen sich nicht lesen.",
            "Berichtigen oder löschen Sie den Eintrag.",
        ),
        en=(
            "The folder {name} under [data] allow does not exist.",
            "Files in it could not be read.",
            "Correct or delete the entry.",
        ),
    ),
    "slot_without_years": Message(
        de=(
            "In {key} steht {{year}}, aber years fehlt.",
            "Es ist nicht bekannt, welche Jahre gemeint sind.",
            "Nennen Sie die Jahre, zum Beispiel years = [2016, 2017].",
        ),
        en=(
            "{key} holds {{year}} but years is missing.",
            "Nobody knows which years are meant.",
            "Name the years, for example years = [2016, 2017].",
        ),
    ),
    "years_without_slot": Message(
        de=(
            "{key} nennt Jahre, aber im Dateinamen steht kein {{year}}.",
            "Dieselbe Datei würde für jedes Jahr gelesen.",
            "Schreiben Sie {{year}} in den Dateinamen, oder nennen Sie das Jahr mit year.",
        ),
        en=(
            "{key} names years but the file's name holds no {{year}}.",
            "The same file would be read for every year.",
            "Write {{year}} into the file's name or name the year with year.",
        ),
    ),
    "year_and_years": Message(
        de=(
            "{key} und years stehen nebeneinander.",
            "Es ist nicht klar, welches Jahr gilt.",
            "Löschen Sie eine der beiden Angaben.",
        ),
        en=(
            "{key} and years are both given.",
            "It is not clear which year holds.",
            "Delete one of the two.",
        ),
    ),
    "wide_without_columns": Message(
        de=(
            "Für die breite Tabelle {key} sind keine Spalten genannt.",
            "Es ist nicht bekannt, welche Spalte welche Kennzahl ist.",
            'Ergänzen Sie columns, zum Beispiel columns = {{ bevoelkerung = "einwohnerzahl" }}.',
        ),
        en=(
            "No columns are named for the wide table {key}.",
            "Nobody knows which column is which indicator.",
            'Add columns, for example columns = {{ bevoelkerung = "einwohnerzahl" }}.',
        ),
    ),
    "project_unknown_indicator": Message(
        de=(
            "{key} nennt eine unbekannte Kennzahl: {found}.",
            "Ohne Beschreibung sind Einheit und Richtung nicht bekannt. Bekannt sind: {known}.",
            (
                "Berichtigen Sie den Code, oder beschreiben Sie die Kennzahl in einem eigenen Katalog "
                "([catalogue] indicators)."
            ),
        ),
        en=(
            "{key} names an unknown indicator: {found}.",
            "Without a description its unit and direction are not known. Known are: {known}.",
            "Correct the code or describe the indicator in a catalogue of your own ([catalogue] indicators).",
        ),
    ),
    "project_unknown_indicator_similar": Message(
        de=(
            "{key} nennt eine unbekannte Kennzahl: {found}; meinten Sie {similar}?",
            "Ohne Beschreibung sind Einheit und Richtung nicht bekannt.",
            (
                "Berichtigen Sie den Code, oder beschreiben Sie die Kennzahl in einem eigenen Katalog "
                "([catalogue] indicators)."
            ),
        ),
        en=(
            "{key} names an unknown indicator: {found}; did you mean {similar}?",
            "Without a description its unit and direction are not known.",
            "Correct the code or describe the indicator in a catalogue of your own ([catalogue] indicators).",
        ),
    ),
    "project_unknown_kind": Message(
        de=(
            "{key} nennt eine unbekannte Angebotsart: {found}.",
            "Ohne Beschreibung ist nicht bekannt, was sie bedeutet. Bekannt sind: {known}.",
            (
                "Berichtigen Sie den Code, oder beschreiben Sie die Art in einem eigenen Katalog "
                "([catalogue] offer_kinds)."
            ),
        ),
        en=(
            "{key} names an unknown kind of offer: {found}.",
            "Without a description nobody knows what it means. Known are: {known}.",
            "Correct the code or describe the kind in a catalogue of your own ([catalogue] offer_kinds).",
        ),
    ),
    "project_unknown_kind_similar": Message(
        de=(
            "{key} nennt eine unbekannte Angebotsart: {found}; meinten Sie {similar}?",
            "Ohne Beschreibung ist nicht bekannt, was sie bedeutet.",
            (
                "Berichtigen Sie den Code, oder beschreiben Sie die Art in einem eigenen Katalog "
                "([catalogue] offer_kinds)."
            ),
        ),
        en=(
            "{key} names an unknown kind of offer: {found}; did you mean {similar}?",
            "Without a description nobody knows what it means.",
            "Correct the code or describe the kind in a catalogue of your own ([catalogue] offer_kinds).",
        ),
    ),
    "unknown_column": Message(
        de=(
            "{key} ordnet eine Spalte zu, die es nicht gibt: {found}.",
            "Links vom Gleichheitszeichen steht der Name, den das Programm kennt. Bekannt sind: {known}.",
            "Berichtigen Sie den Namen.",
        ),
        en=(
            "{key} maps a column that does not exist: {found}.",
            "Left of the equals sign stands the name that the program knows. Known are: {known}.",
            "Correct the name.",
        ),
    ),
    "unknown_column_similar": Message(
        de=(
            "{key} ordnet eine Spalte zu, die es nicht gibt: {found}; meinten Sie {similar}?",
            "Links vom Gleichheitszeichen steht der Name, den das Programm kennt.",
            "Berichtigen Sie den Namen.",
        ),
        en=(
            "{key} maps a column that does not exist: {found}; did you mean {similar}?",
            "Left of the equals sign stands the name that the program knows.",
            "Correct the name.",
        ),
    ),
    "unknown_group": Message(
        de=(
            "{key} nennt eine unbekannte Gruppe: {found}.",
            "Verglichen werden Gruppen, die unter [groups] stehen. Bekannt sind: {known}.",
            "Berichtigen Sie den Namen, oder ergänzen Sie die Gruppe unter [groups].",
        ),
        en=(
            "{key} names an unknown group: {found}.",
            "Groups that stand under [groups] are compared. Known are: {known}.",
            "Correct the name or add the group under [groups].",
        ),
    ),
    "unknown_group_similar": Message(
        de=(
            "{key} nennt eine unbekannte Gruppe: {found}; meinten Sie {similar}?",
            "Verglichen werden Gruppen, die unter [groups] stehen.",
            "Berichtigen Sie den Namen, oder ergänzen Sie die Gruppe unter [groups].",
        ),
        en=(
            "{key} names an unknown group: {found}; did you mean {similar}?",
            "Groups that stand under [groups] are compared.",
            "Correct the name or add the group under [groups].",
        ),
    ),
    "unknown_map": Message(
        de=(
            "{key} nennt eine unbekannte Karte: {found}.",
            "Sie ließe sich nicht zeichnen. Bekannt sind: {known}.",
            "Berichtigen Sie den Namen.",
        ),
        en=(
            "{key} names an unknown map: {found}.",
            "It could not be drawn. Known are: {known}.",
            "Correct the name.",
        ),
    ),
    "unknown_map_similar": Message(
        de=(
            "{key} nennt eine unbekannte Karte: {found}; meinten Sie {similar}?",
            "Sie ließe sich nicht zeichnen.",
            "Berichtigen Sie den Namen.",
        ),
        en=(
            "{key} names an unknown map: {found}; did you mean {similar}?",
            "It could not be drawn.",
            "Correct the name.",
        ),
    ),
    "population_one_of": Message(
        de=(
            (
                "Unter [population] müssen cells, raster oder from genannt sein, und zwar genau eine der "
                "drei; gefunden wurden {found}."
            ),
            "Sonst ist nicht klar, woher die Menschen kommen.",
            "Ergänzen oder löschen Sie die Angaben.",
        ),
        en=(
            "Under [population] exactly one of cells, raster and from must be given; found were {found}.",
            "Otherwise it is not clear where the people come from.",
            "Add or delete settings.",
        ),
    ),
    "section_needed": Message(
        de=(
            "{key} braucht den Abschnitt [{needed}].",
            "Ohne ihn lässt es sich nicht messen.",
            "Ergänzen Sie den Abschnitt, oder löschen Sie {key}.",
        ),
        en=(
            "{key} needs the section [{needed}].",
            "Without it it cannot be measured.",
            "Add the section or delete {key}.",
        ),
    ),
    "minutes_not_measured": Message(
        de=(
            "{key} nennt {found} Minuten; gemessen werden unter [coverage] {known}.",
            "Für andere Zeiten gibt es keine Werte.",
            "Ergänzen Sie die Zeit unter [coverage] minutes, oder wählen Sie eine von dort.",
        ),
        en=(
            "{key} names {found} minutes; [coverage] measures {known}.",
            "There are no values for other times.",
            "Add the time under [coverage] minutes or choose one of those.",
        ),
    ),
    "no_weights": Message(
        de=(
            "Unter [index.weights] steht keine Dimension.",
            "Ohne Gewichte lässt sich nichts zusammenfassen. Möglich sind: {known}.",
            "Nennen Sie mindestens eine, zum Beispiel robustness = 1.",
        ),
        en=(
            "[index.weights] names no dimension.",
            "Without weights nothing can be put together. Possible are: {known}.",
            "Name at least one, for example robustness = 1.",
        ),
    ),
    "shock_after_year": Message(
        de=(
            "Das Ereignis von {found} liegt nach dem gezeigten Jahr {year}.",
            "Eine Erholung davon lässt sich noch nicht messen.",
            "Berichtigen Sie das Jahr unter [shock], oder löschen Sie den Abschnitt.",
        ),
        en=(
            "The event of {found} lies after the year shown, {year}.",
            "Recovery from it cannot be measured yet.",
            "Correct the year under [shock] or delete the section.",
        ),
    ),
    "reason_not_context": Message(
        de=(
            "{key} begründet eine Kennzahl, die keine Kontextkennzahl ist: {found}.",
            "Begründet wird nur, warum Merkmale der Bewohnerschaft gewertet werden.",
            "Löschen Sie die Begründung.",
        ),
        en=(
            "{key} gives a reason for an indicator that is not context: {found}.",
            "Reasons are only given for scoring who lives in a quarter.",
            "Delete the reason.",
        ),
    ),
    "context_scored": Message(
        de=(
            "Die Kontextkennzahl {indicator} wird gewertet, weil: {reason}",
            "",
            "",
        ),
        en=(
            "The context indicator {indicator} is scored because: {reason}",
            "",
            "",
        ),
    ),
}
"""Message for each id that `sro_geo.project` reports."""
