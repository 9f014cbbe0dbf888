"""Messages about tables and keys."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "read_as_cp1252": Message(
        de=(
            "Die Datei {name} ist nicht in UTF-8, sondern in Windows-1252 gespeichert und wurde so gelesen.",
            "",
            "Prüfen Sie die Umlaute, und speichern Sie die Datei besser als „CSV UTF-8“.",
        ),
        en=(
            "File {name} is saved as Windows-1252, not as UTF-8, and was read as such.",
            "",
            "Check the umlauts, and better save the file as “CSV UTF-8”.",
        ),
    ),
    "encoding_unknown": Message(
        de=(
            "Die Zeichen der Datei {name} lassen sich nicht lesen.",
            "Sie ist weder in UTF-8 noch in Windows-1252 gespeichert.",
            "Speichern Sie die Datei als „CSV UTF-8“.",
        ),
        en=(
            "The characters of file {name} cannot be read.",
            "It is saved neither as UTF-8 nor as Windows-1252.",
            "Save the file as “CSV UTF-8”.",
        ),
    ),
    "no_delimiter": Message(
        de=(
            "In der ersten Zeile der Datei {name} ist kein Trennzeichen zu erkennen: {line}.",
            "Erwartet werden Spalten, die durch Semikolon, Komma oder Tabulator getrennt sind.",
            "Speichern Sie die Tabelle als CSV, oder löschen Sie die Zeilen über den Spaltennamen.",
        ),
        en=(
            "No delimiter is found in the first line of file {name}: {line}.",
            "Columns must be separated by semicolon, comma or tab.",
            "Save the table as CSV or delete the lines above the column names.",
        ),
    ),
    "csv_broken": Message(
        de=(
            "Die Tabelle {name} lässt sich nicht lesen.",
            "Meist ist ein Anführungszeichen geöffnet und nicht geschlossen worden (Meldung: {reason}).",
            "Öffnen Sie die Datei in einem Editor, und ergänzen Sie das Anführungszeichen.",
        ),
        en=(
            "Table {name} cannot be read.",
            "Usually a quote was opened and not closed (message: {reason}).",
            "Open the file in an editor and add the quote.",
        ),
    ),
    "workbook_broken": Message(
        de=(
            "Die Arbeitsmappe {name} lässt sich nicht lesen.",
            "Vermutlich ist die Datei beschädigt oder unvollständig (Meldung: {reason}).",
            "Öffnen und speichern Sie die Datei noch einmal in Excel oder LibreOffice.",
        ),
        en=(
            "Workbook {name} cannot be read.",
            "The file is probably damaged or incomplete (message: {reason}).",
            "Open and save the file again in Excel or LibreOffice.",
        ),
    ),
    "sheet_not_named": Message(
        de=(
            "Die Arbeitsmappe {name} hat mehrere oder keine sichtbaren Blätter: {sheets}.",
            "Es ist nicht klar, welches gelesen werden soll.",
            "Nennen Sie das Blatt mit sheet.",
        ),
        en=(
            "Workbook {name} has several visible sheets, or none: {sheets}.",
            "It is not clear which one is to be read.",
            "Name the sheet with sheet.",
        ),
    ),
    "sheet_missing": Message(
        de=(
            "Die Arbeitsmappe {name} hat kein Blatt {sheet}.",
            "Vorhanden sind: {sheets}.",
            "Berichtigen Sie den Namen unter sheet.",
        ),
        en=(
            "Workbook {name} has no sheet {sheet}.",
            "There are: {sheets}.",
            "Correct the name under sheet.",
        ),
    ),
    "header_row_empty": Message(
        de=(
            "In Zeile {row} stehen keine Spaltennamen.",
            "Ohne sie ist nicht bekannt, was die Spalten bedeuten.",
            "Nennen Sie die Zeile mit den Spaltennamen unter header_row.",
        ),
        en=(
            "Row {row} holds no column names.",
            "Without them nobody knows what the columns mean.",
            "Name the row of the column names under header_row.",
        ),
    ),
    "heads_doubled": Message(
        de=(
            "Spaltennamen kommen doppelt vor: {columns}.",
            "Es ist nicht klar, welche Spalte gemeint ist.",
            "Benennen Sie die Spalten in der Datei um.",
        ),
        en=(
            "Column names occur twice: {columns}.",
            "It is not clear which column is meant.",
            "Rename the columns in the file.",
        ),
    ),
    "rows_odd": Message(
        de=(
            "Zeilen mit mehr oder weniger als {wanted} Zellen: {count}.",
            "Ihre Werte stünden in falschen Spalten, oder die Datei ist abgeschnitten.",
            "Ergänzen Sie die Trennzeichen, oder laden Sie die Datei noch einmal.",
        ),
        en=(
            "Rows with more or fewer than {wanted} cells: {count}.",
            "Their values would stand in wrong columns, or the file is cut off.",
            "Add the delimiters or download the file again.",
        ),
    ),
    "no_rows": Message(
        de=(
            "Die Tabelle {name} hat Spaltennamen, aber keine Zeilen.",
            "Es gibt nichts zu lesen.",
            "Prüfen Sie, ob die richtige Datei oder das richtige Blatt genannt ist.",
        ),
        en=(
            "Table {name} has column names but no rows.",
            "There is nothing to read.",
            "Check that the right file or sheet is named.",
        ),
    ),
    "rows_doubled": Message(
        de=(
            "Die Tabelle {name} enthält Zeilen doppelt ({count}).",
            "Sie stimmen in allen Zellen überein und zählen einmal.",
            "",
        ),
        en=(
            "Table {name} holds rows twice ({count}).",
            "They agree in every cell and count once.",
            "",
        ),
    ),
    "cell_fault": Message(
        de=(
            "Die Spalte {column} enthält Fehlerwerte aus der Tabellenkalkulation: {found}.",
            "Betroffene Zeilen: {count}. Eine Formel ließ sich nicht berechnen.",
            "Berichtigen Sie die Formel, oder tragen Sie den Status ein.",
        ),
        en=(
            "Column {column} holds error values of the spreadsheet: {found}.",
            "Rows concerned: {count}. A formula could not be computed.",
            "Correct the formula or give the status.",
        ),
    ),
    "number_ambiguous": Message(
        de=(
            "Die Spalte {column} enthält Zahlen, die zweierlei bedeuten können: {found}.",
            ("Betroffene Zeilen: {count}. Der Punkt oder das Komma kann Tausender oder Dezimalstellen trennen."),
            'Nennen Sie das Dezimalzeichen: decimal = "," oder decimal = ".".',
        ),
        en=(
            "Column {column} holds numbers that can mean two things: {found}.",
            "Rows concerned: {count}. The point or comma may separate thousands or decimals.",
            'Name the decimal mark: decimal = "," or decimal = ".".',
        ),
    ),
    "number_unreadable": Message(
        de=(
            "Die Spalte {column} enthält Angaben, die keine Zahlen sind: {found}.",
            "Betroffene Zeilen: {count}. Damit kann nicht gerechnet werden.",
            "Tragen Sie Zahlen ein oder eines der Zeichen – . … / x.",
        ),
        en=(
            "Column {column} holds entries that are no numbers: {found}.",
            "Rows concerned: {count}. Nothing can be computed from them.",
            "Enter numbers or one of the signs – . … / x.",
        ),
    ),
    "key_form_ambiguous": Message(
        de=(
            "In der Schlüsseltabelle steht dieselbe Form für zwei Quartiere: {found}.",
            "Werte kämen in das falsche Quartier.",
            "Löschen oder berichtigen Sie eine der Zeilen.",
        ),
        en=(
            "In the key table one form stands for two quarters: {found}.",
            "Values would get into the wrong quarter.",
            "Delete or correct one of the rows.",
        ),
    ),
    "no_partner_at_all": Message(
        de=(
            "Keine Zeile der Datei {name} findet ein Quartier.",
            "Gefunden wurden die Schlüssel {found}; bekannt sind {known}.",
            "Nennen Sie die richtige Spalte mit key oder eine Schlüsseltabelle mit keys.",
        ),
        en=(
            "No row of file {name} finds a quarter.",
            "The keys found are {found}; known are {known}.",
            "Name the right column with key or a key table with keys.",
        ),
    ),
    "rows_without_key": Message(
        de=(
            "In der Datei {name} haben Zeilen keinen Schlüssel ({count}).",
            "Sie gehören zu keinem Quartier und zählen nicht mit.",
            "",
        ),
        en=(
            "In file {name} rows have no key ({count}).",
            "They belong to no quarter and are not counted.",
            "",
        ),
    ),
    "rows_without_partner": Message(
        de=(
            "In der Datei {name} nennen Zeilen ({count}) einen Schlüssel, der kein Quartier ist: {found}.",
            "Sie zählen nicht mit.",
            "Fehlt ein Quartier, so nennen Sie eine Schlüsseltabelle mit keys.",
        ),
        en=(
            "In file {name} rows ({count}) name a key that is no quarter: {found}.",
            "They are not counted.",
            "If a quarter is missing, name a key table with keys.",
        ),
    ),
    "quarters_without_rows": Message(
        de=(
            "In der Datei {name} fehlen Quartiere ({count}): {found}.",
            "Für sie gibt es daraus keine Werte.",
            "",
        ),
        en=(
            "File {name} lacks quarters ({count}): {found}.",
            "They get no values from it.",
            "",
        ),
    ),
    "workbook_too_large": Message(
        de=(
            "Die Datei {name} ist ausgepackt größer als {most} MB.",
            "So viel passt nicht in den Arbeitsspeicher.",
            "Speichern Sie nur das Blatt mit den Werten in eine neue Datei.",
        ),
        en=(
            "File {name} is larger than {most} MB when unpacked.",
            "So much does not fit into memory.",
            "Save only the sheet with the values to a new file.",
        ),
    ),
    "cell_far_off": Message(
        de=(
            "In der Datei {name} steht weit abseits etwas in der Zelle {cell}.",
            "Bis dorthin wären es mehr als {most} Millionen Zellen; das passt nicht in den Arbeitsspeicher.",
            "Löschen Sie in der Tabelle alles außerhalb der Werte (Strg+Ende zeigt die letzte Zelle), und speichern Sie sie neu.",
        ),
        en=(
            "In file {name} something stands far off in cell {cell}.",
            "There are more than {most} million cells up to there, which do not fit into memory.",
            "Delete everything beyond the values (Ctrl+End shows the last cell) and save the file again.",
        ),
    ),
}
"""Message by the id of the problem."""
