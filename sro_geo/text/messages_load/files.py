"""Messages about opening files."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "file_missing": Message(
        de=(
            "Die Datei {name} gibt es nicht.",
            "Ohne sie fehlt ein Teil der Angaben.",
            "Prüfen Sie Namen und Ordner, auch die Groß- und Kleinschreibung.",
        ),
        en=(
            "There is no file {name}.",
            "Without it part of the data is missing.",
            "Check its name and folder, capital letters included.",
        ),
    ),
    "file_outside": Message(
        de=(
            "Die Datei {name} liegt außerhalb des Projektordners.",
            "Aus anderen Ordnern wird nur gelesen, was die Projektdatei ausdrücklich erlaubt.",
            "Legen Sie die Datei in den Projektordner, oder nennen Sie ihren Ordner unter [data] allow.",
        ),
        en=(
            "File {name} lies outside the project's folder.",
            "Other folders are read only if the project file allows it.",
            "Move the file into the project's folder or name its folder under [data] allow.",
        ),
    ),
    "file_is_folder": Message(
        de=(
            "{name} ist ein Ordner und keine Datei.",
            "Gelesen wird immer eine einzelne Datei.",
            "Nennen Sie die Datei in diesem Ordner.",
        ),
        en=(
            "{name} is a folder and not a file.",
            "Only single files are read.",
            "Name the file in this folder.",
        ),
    ),
    "file_not_regular": Message(
        de=(
            "{name} ist keine gewöhnliche Datei.",
            "Geräte und Leitungen haben kein Ende, bis zu dem gelesen werden könnte.",
            "Nennen Sie eine gewöhnliche Datei.",
        ),
        en=(
            "{name} is not a regular file.",
            "Devices and pipes have no end to read to.",
            "Name a regular file.",
        ),
    ),
    "file_empty": Message(
        de=(
            "Die Datei {name} ist leer.",
            "Sie hat null Byte; vermutlich ist das Herunterladen oder Speichern misslungen.",
            "Laden oder speichern Sie die Datei noch einmal.",
        ),
        en=(
            "File {name} is empty.",
            "It has zero bytes; probably a download or saving it failed.",
            "Download or save the file again.",
        ),
    ),
    "file_too_large": Message(
        de=(
            "Die Datei {name} ist mit {megabytes} MB zu groß.",
            "Gelesen werden Dateien bis {most} MB.",
            "Schneiden Sie die Datei auf das Stadtgebiet zu.",
        ),
        en=(
            "File {name} is too large at {megabytes} MB.",
            "Files of up to {most} MB are read.",
            "Cut the file down to the city.",
        ),
    ),
    "file_unreadable": Message(
        de=(
            "Die Datei {name} lässt sich nicht öffnen ({reason}).",
            "Ohne sie fehlt ein Teil der Angaben.",
            "Prüfen Sie die Leserechte, und schließen Sie das Programm, das die Datei gerade benutzt.",
        ),
        en=(
            "File {name} cannot be opened ({reason}).",
            "Without it part of the data is missing.",
            "Check the permissions and close the program that is using the file.",
        ),
    ),
    "file_wrong_type": Message(
        de=(
            "Der Inhalt der Datei {name} ist {found}; erwartet wird {wanted}.",
            "Der Inhalt entscheidet, nicht die Endung des Namens.",
            "Speichern Sie die Daten in einer dieser Formen.",
        ),
        en=(
            "The content of file {name} is {found}; expected is {wanted}.",
            "The content decides, not the ending of the name.",
            "Save the data in one of these forms.",
        ),
    ),
    "file_is_html": Message(
        de=(
            "Die Datei {name} ist eine Webseite (HTML).",
            "Vermutlich wurde statt der Daten eine Anmelde- oder Fehlerseite gespeichert.",
            "Öffnen Sie die Adresse im Browser, und laden Sie die Daten noch einmal herunter.",
        ),
        en=(
            "File {name} is a web page (HTML).",
            "Probably a login or error page was saved instead of the data.",
            "Open the address in a browser and download the data again.",
        ),
    ),
    "file_is_utf16": Message(
        de=(
            "Die Datei {name} ist in UTF-16 gespeichert.",
            "Gelesen wird UTF-8.",
            "Speichern Sie die Datei als „CSV UTF-8“ oder in QGIS mit der Kodierung UTF-8.",
        ),
        en=(
            "File {name} is saved as UTF-16.",
            "UTF-8 is read.",
            "Save the file as “CSV UTF-8”, or in QGIS with the encoding UTF-8.",
        ),
    ),
    "file_is_xls": Message(
        de=(
            "Die Datei {name} ist eine alte (.xls) oder mit einem Kennwort geschützte Excel-Datei.",
            "Solche Dateien lassen sich nicht lesen.",
            "Speichern Sie sie in Excel ohne Kennwort als XLSX.",
        ),
        en=(
            "File {name} is an old (.xls) or password-protected Excel file.",
            "Such files cannot be read.",
            "Save it in Excel as XLSX without a password.",
        ),
    ),
    "file_is_zip": Message(
        de=(
            "Die Datei {name} ist ein ZIP-Archiv.",
            "Gelesen werden nur die Dateien darin.",
            "Entpacken Sie das Archiv, und nennen Sie die Datei daraus.",
        ),
        en=(
            "File {name} is a ZIP archive.",
            "Only the files in it can be read.",
            "Unpack the archive and name the file from it.",
        ),
    ),
    "copy_failed": Message(
        de=(
            "Von der Datei {name} lässt sich keine Arbeitskopie anlegen ({reason}).",
            "Gelesen wird nur eine Kopie, damit das Original bleibt, wie es ist.",
            "Schaffen Sie Platz im Ordner für vorläufige Dateien, oder nennen Sie in der Umgebungsvariablen TMPDIR einen anderen.",
        ),
        en=(
            "No working copy of file {name} can be made ({reason}).",
            "Only a copy is read, so that the original stays as it is.",
            "Make room in the folder for temporary files, or name another one in the environment variable TMPDIR.",
        ),
    ),
    "file_refers_elsewhere": Message(
        de=(
            "Die Datei {name} verweist auf andere Dateien oder Adressen.",
            "Gelesen wird nur, was in der Datei selbst steht.",
            "Speichern Sie die Daten in QGIS als GeoPackage.",
        ),
        en=(
            "File {name} refers to other files or addresses.",
            "Only what stands in the file itself is read.",
            "Save the data as a GeoPackage in QGIS.",
        ),
    ),
}
"""Message by the id of the problem."""
