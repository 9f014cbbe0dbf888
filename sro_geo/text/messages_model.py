"""Messages of the checks on quarters, keys and numbers."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "missing_columns": Message(
        de=(
            "In der Tabelle fehlen Spalten: {columns}.",
            "Gefunden wurden: {found}. Ohne diese Spalten lässt sich die Tabelle nicht lesen.",
            "Benennen Sie die Spalten um, oder ordnen Sie sie in der Projektdatei zu.",
        ),
        en=(
            "The table lacks columns: {columns}.",
            "Found were: {found}. Without these columns the table cannot be read.",
            "Rename the columns or map them in the project file.",
        ),
    ),
    "duplicate_key": Message(
        de=(
            "Mehrere Zeilen haben denselben Schlüssel ({columns}): {found}.",
            "Betroffen sind {count} Zeilen. Summen würden falsch, weil nicht klar ist, welche Zeile gilt.",
            "Löschen Sie die überzählige Zeile in der Datei.",
        ),
        en=(
            "Several rows have the same key ({columns}): {found}.",
            "This concerns {count} rows. Sums would be wrong because it is not clear which row counts.",
            "Delete the superfluous row in the file.",
        ),
    ),
    "infinite_number": Message(
        de=(
            "Die Spalte {column} enthält unendliche Zahlen.",
            "Betroffen sind {count} Zeilen. Damit kann nicht gerechnet werden.",
            "Prüfen Sie, ob durch null geteilt wurde.",
        ),
        en=(
            "Column {column} holds infinite numbers.",
            "This concerns {count} rows. Nothing can be computed from them.",
            "Check for a division by zero.",
        ),
    ),
    "numerator_over_denominator": Message(
        de=(
            "Der Zähler ist größer als der Nenner: {found}.",
            "Betroffen sind {count} Zeilen. Einen Anteil von mehr als allen gibt es nicht.",
            "Berichtigen Sie Zähler oder Nenner.",
        ),
        en=(
            "The numerator is larger than the denominator: {found}.",
            "This concerns {count} rows. A share of more than all does not exist.",
            "Correct the numerator or the denominator.",
        ),
    ),
    "value_contradicts": Message(
        de=(
            "Der Wert ist nicht Zähler durch Nenner: {found}.",
            "Betroffen sind {count} Zeilen. Für die Stadt zählen Zähler und Nenner, gezeigt wird der Wert; beides kann nicht stimmen.",
            "Berichtigen Sie den Wert, den Zähler oder den Nenner.",
        ),
        en=(
            "The value is not numerator by denominator: {found}.",
            "This concerns {count} rows. The city is counted from numerator and denominator, the value is shown; both can't be right.",
            "Correct the value, the numerator or the denominator.",
        ),
    ),
    "number_too_large": Message(
        de=(
            "Die Spalte {column} enthält Zahlen über einer Billion.",
            "Betroffen sind {count} Zeilen. So viel zählt man in keiner Stadt; meist ist es ein Tippfehler.",
            "Berichtigen Sie die Zahl.",
        ),
        en=(
            "Column {column} holds numbers above a million millions.",
            "This concerns {count} rows. Nothing in a city is counted like that; most often it is a slip.",
            "Correct the number.",
        ),
    ),
    "negative_number": Message(
        de=(
            "Die Spalte {column} enthält negative Zahlen: {found}.",
            "Betroffen sind {count} Zeilen. Eine Anzahl kann nicht kleiner als null sein; oft steht −1 für „geheim“.",
            "Tragen Sie statt der Zahl den passenden Status ein, zum Beispiel „geheim“.",
        ),
        en=(
            "Column {column} holds negative numbers: {found}.",
            "This concerns {count} rows. A count cannot be below zero; often −1 stands for “secret”.",
            "Give the right status instead of the number, for example “suppressed”.",
        ),
    ),
    "no_crs": Message(
        de=(
            "Die Datei {file} nennt kein Koordinatensystem.",
            "Ohne diese Angabe ist nicht bekannt, wo die Quartiere liegen und wie groß sie sind.",
            'Nennen Sie es in der Projektdatei, zum Beispiel crs = "EPSG:25833".',
        ),
        en=(
            "File {file} states no coordinate reference system.",
            "Without it nobody knows where the quarters lie and how large they are.",
            'State it in the project file, for example crs = "EPSG:25833".',
        ),
    ),
    "crs_not_metric": Message(
        de=(
            "Das Koordinatensystem {crs} misst nicht in Metern.",
            "Entfernungen und Flächen würden falsch.",
            "Rechnen Sie die Grenzen in ein metrisches System um, zum Beispiel EPSG:25833.",
        ),
        en=(
            "The reference system {crs} does not measure in metres.",
            "Distances and areas would be wrong.",
            "Transform the boundaries to a metric system, for example EPSG:25833.",
        ),
    ),
    "crs_differs": Message(
        de=(
            "Die Tabelle {table} liegt in {found} vor, die Quartiere in {wanted}.",
            "Lagen und Entfernungen würden falsch.",
            "Rechnen Sie die Daten in das System der Quartiere um.",
        ),
        en=(
            "Table {table} is in {found}, the quarters are in {wanted}.",
            "Positions and distances would be wrong.",
            "Transform the data to the system of the quarters.",
        ),
    ),
    "no_quarters": Message(
        de=(
            "Die Datei enthält keine Quartiere.",
            "Ohne Grenzen gibt es keine Karte.",
            "Prüfen Sie, ob die richtige Datei oder Ebene gewählt ist.",
        ),
        en=(
            "The file holds no quarters.",
            "Without boundaries there is no map.",
            "Check that the right file or layer is chosen.",
        ),
    ),
    "empty_key": Message(
        de=(
            "{count} Quartiere haben keinen Schlüssel.",
            "Ohne Schlüssel finden sie keine Werte.",
            "Ergänzen Sie die Spalte, oder nennen Sie mit key eine andere.",
        ),
        en=(
            "{count} quarters have no key.",
            "Without a key they find no values.",
            "Fill the column or name another one with key.",
        ),
    ),
    "geometry_missing": Message(
        de=(
            "{count} Quartiere haben keine Fläche: {found}.",
            "Sie könnten nicht gezeichnet werden.",
            "Ergänzen Sie die Grenzen in der Datei.",
        ),
        en=(
            "{count} quarters have no geometry: {found}.",
            "They could not be drawn.",
            "Add the boundaries in the file.",
        ),
    ),
    "geometry_no_area": Message(
        de=(
            "{count} Quartiere sind keine Flächen: {found}.",
            "Punkte und Linien haben keine Einwohner.",
            "Wählen Sie die Ebene mit den Flächen.",
        ),
        en=(
            "{count} quarters are no areas: {found}.",
            "Points and lines have no residents.",
            "Choose the layer with the areas.",
        ),
    ),
    "geometry_invalid": Message(
        de=(
            "Die Grenzen von {count} Quartieren sind fehlerhaft: {found}.",
            "Sie überschneiden sich selbst; Flächen und Zuordnungen würden falsch.",
            "Reparieren Sie die Grenzen in QGIS („Geometrien reparieren“), oder setzen Sie repair = true; die Änderung wird dann ausgewiesen.",
        ),
        en=(
            "The boundaries of {count} quarters are invalid: {found}.",
            "They cross themselves; areas and assignments would be wrong.",
            "Mend them in QGIS (“Fix geometries”) or set repair = true; the change is then reported.",
        ),
    ),
    "quarters_overlap": Message(
        de=(
            "{count} Paare von Quartieren überlappen sich: {found}.",
            "Menschen dort würden doppelt gezählt.",
            "Bereinigen Sie die Grenzen in QGIS.",
        ),
        en=(
            "{count} pairs of quarters overlap: {found}.",
            "People there would be counted twice.",
            "Mend the boundaries in QGIS.",
        ),
    ),
    "group_unknown_quarter": Message(
        de=(
            "Die Gruppe {group} nennt Quartiere, die es nicht gibt: {found}.",
            "Bekannt sind: {known}.",
            "Berichtigen Sie die Schlüssel unter [groups].",
        ),
        en=(
            "Group {group} names quarters that do not exist: {found}.",
            "Known are: {known}.",
            "Correct the keys under [groups].",
        ),
    ),
    "group_empty": Message(
        de=(
            "Die Gruppe {group} ist leer.",
            "Ein Vergleich mit niemandem ist nicht möglich.",
            "Nennen Sie unter [groups] mindestens ein Quartier.",
        ),
        en=(
            "Group {group} is empty.",
            "Nothing can be compared with nobody.",
            "Name at least one quarter under [groups].",
        ),
    ),
    "unknown_quarter": Message(
        de=(
            "{count} Zeilen nennen Quartiere, die es nicht gibt: {found}.",
            "Bekannt sind: {known}. Diese Zeilen fänden keine Fläche.",
            "Berichtigen Sie die Schlüssel, oder nennen Sie eine Schlüsseltabelle (keys).",
        ),
        en=(
            "{count} rows name quarters that do not exist: {found}.",
            "Known are: {known}. These rows would find no area.",
            "Correct the keys or name a key table (keys).",
        ),
    ),
}
