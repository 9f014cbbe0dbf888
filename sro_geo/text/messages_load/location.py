"""Messages about boundaries that do not lie where the place is."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "quarters_swapped": Message(
        de=(
            "In der Datei {name} sind Länge und Breite vertauscht: So gelesen lägen die Quartiere nicht zwischen {west} und {east}° Ost, {south} und {north}° Nord, vertauscht passen sie.",
            "Die Karte wäre gespiegelt, Flächen und Wege wären falsch.",
            'Schreiben Sie unter [quarters] axes = "swapped".',
        ),
        en=(
            "In file {name} longitude and latitude are exchanged: read as they stand the quarters do not lie between {west} and {east}° east, {south} and {north}° north, exchanged they do.",
            "The map would be mirrored, areas and ways would be wrong.",
            'Write axes = "swapped" under [quarters].',
        ),
    ),
    "quarters_elsewhere": Message(
        de=(
            "Die Quartiere der Datei {name} liegen nicht zwischen {west} und {east}° Ost, {south} und {north}° Nord. Gelesen wurde sie in {crs}.",
            "Vermutlich ist das Koordinatensystem falsch; dann wären Flächen und Wege es auch.",
            "Nennen Sie das Koordinatensystem mit crs, oder schreiben Sie unter [quarters] near = [Länge, Breite], wo der Ort liegt.",
        ),
        en=(
            "The quarters of file {name} do not lie between {west} and {east}° east, {south} and {north}° north. It was read in {crs}.",
            "Probably the reference system is wrong; areas and ways would be, too.",
            "Name the reference system with crs, or write under [quarters] near = [longitude, latitude] where the place is.",
        ),
    ),
    "quarters_far_off": Message(
        de=(
            "In der Datei {name} liegen Quartiere weitab von allen anderen ({count}).",
            "Meist hat eine Koordinate eine Ziffer zu viel oder zu wenig.",
            "Berichtigen Sie die Grenzen in QGIS.",
        ),
        en=(
            "In file {name} quarters lie far away from all others ({count}).",
            "Most often a coordinate has a digit too many or too few.",
            "Correct the boundaries in QGIS.",
        ),
    ),
    "axes_swapped": Message(
        de=("In der Datei {name} sind Länge und Breite vertauscht gelesen, wie das Projekt es angibt.", "", ""),
        en=("In file {name} longitude and latitude are read in exchange, as the project says.", "", ""),
    ),
}
"""Message for each id that `sro_geo.load.location` reports, and the note that axes were exchanged."""
