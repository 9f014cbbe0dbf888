"""Messages of the pipeline, the explanation and the output folder."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "nothing_to_score": Message(
        de=(
            "Für die Dimension {dimension} gibt es keine Kennzahl, die gewertet werden kann.",
            "Sie hätte keine Punkte.",
            "Ergänzen Sie Daten, oder nehmen Sie die Dimension aus [index.weights].",
        ),
        en=(
            "There is no indicator to score for the dimension {dimension}.",
            "It would have no points.",
            "Add data or take the dimension out of [index.weights].",
        ),
    ),
    "scored_in_vain": Message(
        de=(
            "Unter [index] stehen Grenzen oder Gewichte für Kennzahlen, die nicht gewertet werden: {indicators}.",
            "Sie haben keine Werte, keine Richtung oder gehören zu keiner Dimension aus [index.weights]; die Angabe bliebe ohne Wirkung.",
            "Ergänzen Sie Daten oder das Gewicht der Dimension, oder löschen Sie die Angabe.",
        ),
        en=(
            "[index] states limits or weights for indicators that are not scored: {indicators}.",
            "They have no values, no direction, or belong to no dimension of [index.weights]; the setting would have no effect.",
            "Add data or the weight of the dimension, or delete the setting.",
        ),
    ),
    "index_gaps": Message(
        de=(
            "Quartiere ohne Index: {count} von {all}.",
            "Von ihnen ist weniger bekannt, als least_known verlangt.",
            "",
        ),
        en=(
            "Quarters without an index: {count} of {all}.",
            "Less is known about them than least_known asks for.",
            "",
        ),
    ),
    "no_index": Message(
        de=(
            "Die Studie „{title}“ hat keinen Index.",
            "Es gibt keine Punkte, die sich erklären ließen.",
            "Legen Sie unter [index] fest, was gewertet wird.",
        ),
        en=(
            "The study “{title}” has no index.",
            "There are no points to explain.",
            "State under [index] what is scored.",
        ),
    ),
    "explain_unknown_quarter": Message(
        de=(
            "Das Quartier {quarter} gibt es nicht.",
            "Bekannt sind: {known}.",
            "Nennen Sie den Schlüssel oder den Namen eines dieser Quartiere.",
        ),
        en=(
            "There is no quarter {quarter}.",
            "Known are: {known}.",
            "Give the key or the name of one of these quarters.",
        ),
    ),
    "folder_exists": Message(
        de=(
            "Den Ordner {folder} gibt es schon.",
            "Vorhandene Dateien werden nicht überschrieben.",
            "Nennen Sie einen neuen Ordner.",
        ),
        en=("The folder {folder} exists already.", "Existing files are not overwritten.", "Name a new folder."),
    ),
    "folder_busy": Message(
        de=(
            "In den Ordner {folder} schreibt gerade ein anderer Lauf.",
            "Zwei Läufe zugleich würden ihre Ergebnisse vermischen.",
            "Warten Sie, bis der andere Lauf fertig ist, oder wählen Sie mit --out einen anderen Ordner.",
        ),
        en=(
            "Another run is writing to the folder {folder}.",
            "Two runs at once would mix their results.",
            "Wait until the other run is done or choose another folder with --out.",
        ),
    ),
    "folder_unnamed": Message(
        de=(
            "Hinter --out steht kein Ordner.",
            "Ohne ihn ist offen, wohin das Ergebnis gehört.",
            "Nennen Sie einen Ordner, oder lassen Sie --out weg.",
        ),
        en=(
            "No folder stands after --out.",
            "Without one it is open where the result belongs.",
            "Name a folder or leave --out away.",
        ),
    ),
    "folder_is_file": Message(
        de=(
            "{folder} ist eine Datei.",
            "Das Ergebnis braucht dort einen Ordner; angerührt wurde nichts.",
            "Wählen Sie mit --out einen anderen Ordner, oder verschieben Sie die Datei.",
        ),
        en=(
            "{folder} is a file.",
            "The result needs a folder there; nothing was touched.",
            "Choose another folder with --out or move the file.",
        ),
    ),
    "folder_not_written": Message(
        de=(
            "Der Ordner {folder} lässt sich nicht schreiben ({reason}).",
            "Was dort lag, ist unverändert.",
            "Prüfen Sie Schreibrechte und freien Platz, und schließen Sie Dateien, die in QGIS oder Excel geöffnet sind.",
        ),
        en=(
            "The folder {folder} cannot be written ({reason}).",
            "What lay there is unchanged.",
            "Check permissions and free space and close files that are open in QGIS or Excel.",
        ),
    ),
    "folder_set_aside": Message(
        de=(
            "Der Ordner {folder} lässt sich nicht schreiben und das bisherige Ergebnis nicht zurückstellen ({reason}).",
            "Es ist vollständig da, ganz oder zum Teil im Ordner {aside}; der nächste Lauf stellt es zurück.",
            "Schließen Sie Dateien, die in QGIS oder Excel geöffnet sind, und starten Sie den Lauf noch einmal.",
        ),
        en=(
            "The folder {folder} cannot be written and the previous result cannot be put back ({reason}).",
            "It is all there, wholly or in part in the folder {aside}; the next run puts it back.",
            "Close files that are open in QGIS or Excel and start the run again.",
        ),
    ),
    "folder_not_ours": Message(
        de=(
            "Im Ordner {folder} liegt etwas, das kein Lauf geschrieben hat: {files}.",
            "Ersetzt wird nur, was ein früherer Lauf geschrieben hat; angerührt wurde nichts.",
            "Wählen Sie mit --out einen anderen Ordner, oder verschieben Sie das Genannte.",
        ),
        en=(
            "The folder {folder} holds something that no run wrote: {files}.",
            "Only what an earlier run wrote is replaced; nothing was touched.",
            "Choose another folder with --out or move what is named here.",
        ),
    ),
    "folder_changed": Message(
        de=(
            "Im Ordner {folder} ist etwas anders, als der letzte Lauf es geschrieben hat: {files}.",
            "Beim Ersetzen ginge diese Arbeit verloren; angerührt wurde nichts.",
            "Wählen Sie mit --out einen anderen Ordner, oder verschieben Sie das Genannte.",
        ),
        en=(
            "In the folder {folder} something is not as the last run wrote it: {files}.",
            "Replacing it would lose that work; nothing was touched.",
            "Choose another folder with --out or move what is named here.",
        ),
    ),
    "folder_holds_inputs": Message(
        de=(
            "Im Ordner {folder} liegt etwas, aus dem das Projekt gelesen wird: {files}.",
            "Beim Ersetzen ginge es verloren; angerührt wurde nichts.",
            "Wählen Sie mit --out einen Ordner, in dem nichts vom Projekt liegt.",
        ),
        en=(
            "The folder {folder} holds something that the project is read from: {files}.",
            "Replacing it would lose it; nothing was touched.",
            "Choose with --out a folder that holds nothing of the project.",
        ),
    ),
}
