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
    "folder_not_written": Message(
        de=(
            "Der Ordner {folder} lässt sich nicht schreiben ({reason}).",
            "Das bisherige Ergebnis ist unverändert.",
            "Prüfen Sie Schreibrechte und freien Platz, und schließen Sie Dateien, die in QGIS oder Excel geöffnet sind.",
        ),
        en=(
            "The folder {folder} cannot be written ({reason}).",
            "The previous result is unchanged.",
            "Check permissions and free space and close files that are open in QGIS or Excel.",
        ),
    ),
    "folder_not_ours": Message(
        de=(
            "Der Ordner {folder} enthält Dateien, die nicht von sro-geo stammen.",
            "Er würde beim Schreiben ersetzt, und diese Dateien gingen verloren.",
            "Wählen Sie mit --out einen neuen oder leeren Ordner.",
        ),
        en=(
            "The folder {folder} holds files that sro-geo did not write.",
            "Writing would replace it and these files would be lost.",
            "Choose a new or empty folder with --out.",
        ),
    ),
}
