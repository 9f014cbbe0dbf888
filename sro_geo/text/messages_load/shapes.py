"""Messages about vector files."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "vector_broken": Message(
        de=(
            "Die Geodatei {name} lässt sich nicht lesen.",
            "Vermutlich ist sie beschädigt oder abgeschnitten. Die Bibliothek meldet: {reason}.",
            "Laden Sie die Datei noch einmal, oder speichern Sie sie in QGIS als GeoPackage.",
        ),
        en=(
            "Geo file {name} cannot be read.",
            "It is probably damaged or cut off. The library says: {reason}.",
            "Download the file again or save it as a GeoPackage in QGIS.",
        ),
    ),
    "vector_not_utf8": Message(
        de=(
            "Die Zeichen der Geodatei {name} lassen sich nicht lesen.",
            "Sie ist nicht in UTF-8 gespeichert, oder ihre CPG-Datei nennt die falsche Kodierung.",
            "Speichern Sie die Datei in QGIS mit der Kodierung UTF-8.",
        ),
        en=(
            "The characters of geo file {name} cannot be read.",
            "It is not saved as UTF-8, or its CPG file names the wrong encoding.",
            "Save the file with the encoding UTF-8 in QGIS.",
        ),
    ),
    "vector_warning": Message(
        de=(
            "Beim Lesen der Geodatei {name} gab es einen Hinweis: {reason}.",
            "",
            "",
        ),
        en=(
            "Reading geo file {name} gave a warning: {reason}.",
            "",
            "",
        ),
    ),
    "reading_crashed": Message(
        de=(
            "Beim Lesen der Geodatei {name} ist das Leseprogramm abgestürzt.",
            "Vermutlich ist die Datei beschädigt. Geodateien werden getrennt vom übrigen Programm gelesen.",
            "Laden Sie die Datei noch einmal, oder speichern Sie sie in QGIS als GeoPackage.",
        ),
        en=(
            "The program that reads geo file {name} has crashed.",
            "The file is probably damaged. Geo files are read apart from the rest of the program.",
            "Download the file again or save it as a GeoPackage in QGIS.",
        ),
    ),
    "reading_too_slow": Message(
        de=(
            "Die Geodatei {name} war nach {seconds} s noch nicht gelesen.",
            "Vermutlich ist sie beschädigt oder viel zu genau.",
            "Vereinfachen Sie die Formen in QGIS, und speichern Sie sie als GeoPackage.",
        ),
        en=(
            "Geo file {name} had not been read after {seconds} s.",
            "It is probably damaged or far too detailed.",
            "Simplify the shapes in QGIS and save them as a GeoPackage.",
        ),
    ),
    "reading_impossible": Message(
        de=(
            "Für die Geodatei {name} lässt sich kein Leseprogramm starten ({reason}).",
            "Geodateien werden getrennt vom übrigen Programm gelesen, damit keine ins Netz greifen kann.",
            "Starten Sie sro_geo aus einer gewöhnlichen Python-Umgebung, die weitere Prozesse starten darf.",
        ),
        en=(
            "No program can be started to read geo file {name} ({reason}).",
            "Geo files are read apart from the rest of the program, so that none can reach the network.",
            "Start sro_geo from an ordinary Python environment that may start further processes.",
        ),
    ),
    "no_geometry": Message(
        de=(
            "Die Datei {name} enthält keine Formen.",
            "Ohne Formen gibt es keine Karte.",
            "Prüfen Sie, ob die richtige Datei oder Ebene gewählt ist.",
        ),
        en=(
            "File {name} holds no shapes.",
            "Without shapes there is no map.",
            "Check that the right file or layer is chosen.",
        ),
    ),
    "no_features": Message(
        de=(
            "Die Ebene {layer} der Datei {name} ist leer.",
            "Es gibt nichts zu lesen.",
            "Prüfen Sie, ob die richtige Datei oder Ebene gewählt ist.",
        ),
        en=(
            "Layer {layer} of file {name} is empty.",
            "There is nothing to read.",
            "Check that the right file or layer is chosen.",
        ),
    ),
    "layer_not_named": Message(
        de=(
            "Die Datei {name} hat mehrere Ebenen: {layers}.",
            "Es ist nicht klar, welche gelesen werden soll.",
            "Nennen Sie die Ebene mit layer.",
        ),
        en=(
            "File {name} has several layers: {layers}.",
            "It is not clear which one is to be read.",
            "Name the layer with layer.",
        ),
    ),
    "layer_missing": Message(
        de=(
            "Die Datei {name} hat keine Ebene {layer}.",
            "Vorhanden sind: {layers}.",
            "Berichtigen Sie den Namen unter layer.",
        ),
        en=(
            "File {name} has no layer {layer}.",
            "There are: {layers}.",
            "Correct the name under layer.",
        ),
    ),
    "shapefile_incomplete": Message(
        de=(
            "Zur Shapedatei {name} fehlen Teile: {missing}.",
            ("Eine Shapedatei besteht aus mehreren Dateien gleichen Namens, die zusammen in einem Ordner liegen."),
            "Legen Sie die fehlenden Dateien dazu.",
        ),
        en=(
            "Shapefile {name} lacks parts: {missing}.",
            "A shapefile consists of several files of one name that lie together in a folder.",
            "Add the missing files.",
        ),
    ),
    "heights_dropped": Message(
        de=(
            "Die Höhenangaben der Datei {name} werden nicht gebraucht und sind weggelassen.",
            "",
            "",
        ),
        en=(
            "The heights in file {name} are not needed and are left out.",
            "",
            "",
        ),
    ),
    "coordinates_not_finite": Message(
        de=(
            "In der Datei {name} liegen Formen nirgendwo ({count}).",
            "Ihre Koordinaten sind keine Zahlen oder unmöglich groß.",
            "Berichtigen Sie die Koordinaten.",
        ),
        en=(
            "In file {name} shapes lie nowhere ({count}).",
            "Their coordinates are no numbers or impossibly large.",
            "Correct the coordinates.",
        ),
    ),
    "crs_unknown": Message(
        de=(
            "Das Koordinatensystem {crs} ist nicht bekannt.",
            "Ohne es ist nicht klar, wo etwas liegt.",
            "Schreiben Sie es wie EPSG:25833.",
        ),
        en=(
            "The reference system {crs} is not known.",
            "Without it nobody knows where things lie.",
            "Write it like EPSG:25833.",
        ),
    ),
    "crs_contradicts": Message(
        de=(
            "Die Datei {name} liegt in {found} vor, die Projektdatei sagt {stated}.",
            "Eines von beiden ist falsch; die Lage wäre verkehrt.",
            "Löschen Sie die Angabe crs, wenn die Datei ihr Koordinatensystem selbst kennt.",
        ),
        en=(
            "File {name} is in {found}, the project file says {stated}.",
            "One of the two is wrong; positions would be off.",
            "Delete the setting crs if the file knows its system itself.",
        ),
    ),
    "coordinates_not_degrees": Message(
        de=(
            "Die Datei {name} nennt kein Koordinatensystem, und ihre Koordinaten sind keine Grad: {found}.",
            "Sie würden als Längen- und Breitengrade gelesen und lägen nirgendwo.",
            'Vermutlich sind es Meter. Nennen Sie das Koordinatensystem, zum Beispiel crs = "{suggested}".',
        ),
        en=(
            "File {name} states no reference system and its coordinates are not degrees: {found}.",
            "They would be read as longitudes and latitudes and lie nowhere.",
            'They are probably metres. State the reference system, for example crs = "{suggested}".',
        ),
    ),
    "crs_chosen": Message(
        de=(
            "Die Grenzen aus {name} sind von {found} in {chosen} umgerechnet.",
            "Entfernungen und Flächen werden in Metern gemessen.",
            "",
        ),
        en=(
            "The boundaries in {name} are transformed from {found} to {chosen}.",
            "Distances and areas are measured in metres.",
            "",
        ),
    ),
    "geometry_repaired": Message(
        de=(
            "Fehlerhafte Grenzen sind repariert ({count}), in Klammern die Änderung der Fläche: {found}.",
            "",
            "",
        ),
        en=(
            "Invalid boundaries are mended ({count}), the change in area in brackets: {found}.",
            "",
            "",
        ),
    ),
    "points_far_off": Message(
        de=(
            "In der Datei {name} liegen Punkte mehr als {most} km von der Stadt entfernt ({count}).",
            "Meist hat eine Koordinate eine Ziffer zu viel oder zu wenig.",
            "Berichtigen Sie die Koordinaten, oder löschen Sie die Zeilen.",
        ),
        en=(
            "In file {name} points lie more than {most} km away from the city ({count}).",
            "Most often a coordinate has a digit too many or too few.",
            "Correct the coordinates or delete the rows.",
        ),
    ),
}
"""Message by the id of the problem."""
