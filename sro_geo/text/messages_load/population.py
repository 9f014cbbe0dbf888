"""Messages about population."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "cells_nowhere": Message(
        de=(
            "Zellen ohne Koordinaten: {count}.",
            "Die Menschen dort hätten keinen Ort.",
            "Ergänzen Sie die Koordinaten.",
        ),
        en=(
            "Cells without coordinates: {count}.",
            "The people there would have no place.",
            "Add the coordinates.",
        ),
    ),
    "cells_outside": Message(
        de=(
            ("Zellen der Datei {name} außerhalb aller Quartiere sind weggelassen ({count})."),
            "",
            "",
        ),
        en=(
            "Cells of file {name} outside all quarters are left out ({count}).",
            "",
            "",
        ),
    ),
    "population_sum_differs": Message(
        de=(
            "Die Summen der Datei {name} weichen von den Kennzahlen ab ({count}): {found}.",
            "Anteile in Reichweite rechnen mit dieser Datei, Quoten mit den Kennzahlen.",
            "",
        ),
        en=(
            "The sums of file {name} differ from the indicators ({count}): {found}.",
            "Shares within reach use this file, rates use the indicators.",
            "",
        ),
    ),
    "population_spread": Message(
        de=(
            (
                "Die Menschen {year} sind gleichmäßig verteilt angenommen: in jedem Quartier auf Punkte im Abstand von "
                "{metres} m, ohne Wasser und ausgenommene Flächen ({left_out} % der Fläche)."
            ),
            (
                "Wo sie wirklich wohnen, ist nicht bekannt; Anteile in Reichweite sind geschätzt. "
                "Altersgruppen: {groups}."
            ),
            "",
        ),
        en=(
            (
                "The people of {year} are assumed to be spread evenly: in each quarter on points {metres} m apart, "
                "off the water and masked areas ({left_out} % of the area)."
            ),
            "Where they really live is not known; shares within reach are estimates. Age groups: {groups}.",
            "",
        ),
    ),
    "spread_coarse": Message(
        de=(
            (
                "{quarter}: Ein Anteil in Reichweite ändert sich um bis zu {points} Prozentpunkte, wenn die Menschen auf "
                "engere Punkte verteilt werden."
            ),
            "Die Punkte liegen für kleine Quartiere zu weit auseinander.",
            "Nennen Sie unter [population] ein kleineres cell_metres, oder lassen Sie es weg.",
        ),
        en=(
            "{quarter}: a share within reach changes by up to {points} points if people are spread on closer points.",
            "The points are too far apart for small quarters.",
            "State a smaller cell_metres under [population] or leave it out.",
        ),
    ),
    "quarters_without_land": Message(
        de=(
            "Quartiere ohne Land liegen ganz im Wasser oder auf ausgenommener Fläche ({count}): {found}.",
            "Ihre Menschen sind auf einen einzigen Punkt gesetzt.",
            "",
        ),
        en=(
            "Quarters without land lie wholly in water or in masked areas ({count}): {found}.",
            "Their people are put on a single point.",
            "",
        ),
    ),
    "only_where_spread": Message(
        de=(
            '{key} gilt nur, wo Summen der Quartiere verteilt werden (from = "indicators").',
            "Zellen und Raster bleiben, wie sie sind; die Angabe hätte keine Wirkung.",
            "Löschen Sie {key}.",
        ),
        en=(
            '{key} is only for totals of quarters that are spread (from = "indicators").',
            "Cells and rasters stay as they are; the setting would have no effect.",
            "Delete {key}.",
        ),
    ),
    "mask_without_area": Message(
        de=(
            "Die Datei {file} unter [population] mask enthält keine Fläche und keine Linie mit Breite.",
            "Sie nähme niemanden aus.",
            "Nennen Sie eine Datei mit Flächen, auf denen niemand wohnt, oder löschen Sie die Angabe.",
        ),
        en=(
            "File {file} under [population] mask holds no area and no line with a width.",
            "It would leave nobody out.",
            "Name a file of areas where nobody lives or delete the setting.",
        ),
    ),
    "population_unknown": Message(
        de=(
            ("Die Zahl der Menschen ist für einzelne Altersgruppen und Quartiere nicht bekannt ({count}): {found}."),
            "Sie fehlen in den Anteilen in Reichweite.",
            "",
        ),
        en=(
            "The number of people is not known for some age groups and quarters ({count}): {found}.",
            "They are missing from the shares within reach.",
            "",
        ),
    ),
    "no_totals_by_age": Message(
        de=(
            "Für {year} gibt es keine Kennzahl, die Menschen nach Alter zählt.",
            "Ohne sie lässt sich die Bevölkerung nicht verteilen.",
            "Nennen Sie eine Tabelle mit Altersgruppen (alter_0_3, alter_3_6 …).",
        ),
        en=(
            "For {year} no indicator counts people by age.",
            "Without one the population cannot be spread.",
            "Name a table with age groups (alter_0_3, alter_3_6 …).",
        ),
    ),
    "raster_broken": Message(
        de=(
            "Das Raster {name} lässt sich nicht lesen.",
            "Vermutlich ist die Datei beschädigt. Die Bibliothek meldet: {reason}.",
            "Laden Sie die Datei noch einmal, oder speichern Sie sie in QGIS als GeoTIFF.",
        ),
        en=(
            "Raster {name} cannot be read.",
            "The file is probably damaged. The library says: {reason}.",
            "Download the file again or save it as a GeoTIFF in QGIS.",
        ),
    ),
    "raster_bands": Message(
        de=(
            "Das Raster {name} hat {count} Bänder.",
            "Gelesen wird ein Band mit Personen; es ist nicht klar, welches.",
            "Speichern Sie das Band mit den Personen als eigene Datei.",
        ),
        en=(
            "Raster {name} has {count} bands.",
            "One band of persons is read; it is not clear which.",
            "Save the band of persons as a file of its own.",
        ),
    ),
    "raster_elsewhere": Message(
        de=(
            "Das Raster {name} berührt die Stadt nicht.",
            "Es zählt niemanden, der hier wohnt.",
            "Prüfen Sie das Koordinatensystem und den Ausschnitt.",
        ),
        en=(
            "Raster {name} does not touch the city.",
            "It counts nobody who lives here.",
            "Check the reference system and the extent.",
        ),
    ),
    "raster_too_fine": Message(
        de=(
            "Das Raster {name} hat über der Stadt mehr als {most} Millionen Zellen.",
            "So viele werden nicht gelesen.",
            "Fassen Sie die Zellen zu 100 m zusammen.",
        ),
        en=(
            "Raster {name} has more than {most} million cells over the city.",
            "So many are not read.",
            "Merge the cells to 100 m.",
        ),
    ),
    "raster_empty": Message(
        de=(
            "Das Raster {name} zählt in der Stadt niemanden.",
            "Alle Zellen sind null oder leer.",
            "Prüfen Sie, ob die richtige Datei genannt ist.",
        ),
        en=(
            "Raster {name} counts nobody in the city.",
            "All cells are zero or empty.",
            "Check that the right file is named.",
        ),
    ),
}
"""Message by the id of the problem."""
