"""Messages of the measuring rooms: coverage, resilience, compare, disclose."""

from __future__ import annotations

from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    "scale_without_goalposts": Message(
        de=(
            "Für {indicators} ist kein schlechtester und bester Wert angegeben.",
            "Ohne beide Grenzen lässt sich der Wert nicht in Punkte umrechnen.",
            "Tragen Sie sie unter [index.goalposts] ein, oder wählen Sie normalise = „minmax“.",
        ),
        en=(
            "No worst and best value is stated for {indicators}.",
            "Without both limits a value cannot be turned into points.",
            "State them under [index.goalposts] or choose normalise = “minmax”.",
        ),
    ),
    "scale_no_values": Message(
        de=(
            "Für {indicators} gibt es im Basisjahr {year} keinen Wert.",
            "Die Skala wird auf dem Basisjahr festgelegt.",
            "Wählen Sie ein anderes base_year, oder geben Sie die Grenzen unter [index.goalposts] an.",
        ),
        en=(
            "There is no value of {indicators} in the base year {year}.",
            "The scale is fitted on the base year.",
            "Choose another base_year or state the limits under [index.goalposts].",
        ),
    ),
    "scale_all_equal": Message(
        de=(
            "{indicators}: Im Basisjahr {year} haben alle Quartiere denselben Wert.",
            "Schlechtester und bester Wert fallen zusammen.",
            "Geben Sie die Grenzen unter [index.goalposts] an, oder werten Sie die Kennzahl nicht.",
        ),
        en=(
            "{indicators}: all quarters have the same value in the base year {year}.",
            "Worst and best value coincide.",
            "State the limits under [index.goalposts] or do not score the indicator.",
        ),
    ),
    "scale_suppressed": Message(
        de=(
            "{indicators}: Im Basisjahr {year} ist mindestens ein Wert geheim.",
            "Eine Skala aus den Werten könnte ihn verraten oder wäre ohne ihn falsch.",
            "Geben Sie die Grenzen unter [index.goalposts] an.",
        ),
        en=(
            "{indicators}: at least one value of the base year {year} is withheld.",
            "A scale made from the values could give it away, or would be wrong without it.",
            "State the limits under [index.goalposts].",
        ),
    ),
    "goalposts_equal": Message(
        de=(
            "Für {indicators} sind schlechtester und bester Wert gleich.",
            "Dann hätten alle Quartiere dieselbe Punktzahl oder gar keine.",
            "Berichtigen Sie die Grenzen unter [index.goalposts].",
        ),
        en=(
            "Worst and best value of {indicators} are equal.",
            "Then all quarters would have the same points or none.",
            "Correct the limits under [index.goalposts].",
        ),
    ),
    "goalposts_against_direction": Message(
        de=(
            "Die Grenzen von {indicators} widersprechen der Richtung im Katalog.",
            "Zuerst steht der schlechteste, dann der beste Wert; vertauscht würde gut zu schlecht.",
            "Vertauschen Sie die Grenzen unter [index.goalposts], oder ändern Sie die Richtung im Katalog.",
        ),
        en=(
            "The limits of {indicators} contradict the direction in the catalogue.",
            "The worst value comes first, then the best; swapped, good would become bad.",
            "Swap the limits under [index.goalposts] or change the direction in the catalogue.",
        ),
    ),
    "context_without_reason": Message(
        de=(
            "Ohne Begründung soll gewertet werden, wer in einem Quartier lebt: {indicators}.",
            "Alter, Geschlecht, Herkunft, Familienstand und Haushaltsgröße sind kein Mangel.",
            "Schreiben Sie einen Grund in den Katalog (reason), oder werten Sie die Kennzahl nicht.",
        ),
        en=(
            "Who lives in a quarter is to be scored without a reason: {indicators}.",
            "Age, sex, origin, family status and household size are no deficiency.",
            "Write a reason in the catalogue (reason) or do not score the indicator.",
        ),
    ),
    "too_many_parts": Message(
        de=(
            "Die Dimension {dimension} hat {count} Kennzahlen, höchstens {most} sind möglich.",
            "Bei null Punkten lassen sich die Beiträge so vieler Kennzahlen nicht genau berechnen.",
            "Werten Sie weniger Kennzahlen, setzen Sie lowest über 0, oder wählen Sie aggregate = „arithmetic“.",
        ),
        en=(
            "The dimension {dimension} has {count} indicators; at most {most} are possible.",
            "Where a value has no points, the contributions of so many indicators cannot be computed exactly.",
            "Score fewer indicators, set lowest above 0 or choose the arithmetic mean.",
        ),
    ),
    "group_without_rest": Message(
        de=(
            "Die Gruppe {group} umfasst alle Quartiere.",
            "Es bleibt keine übrige Stadt, mit der sie sich vergleichen ließe.",
            "Nehmen Sie unter [groups] Quartiere heraus.",
        ),
        en=(
            "Group {group} holds all quarters.",
            "No rest of the city is left to compare it with.",
            "Take quarters out of it under [groups].",
        ),
    ),
    "no_target_group": Message(
        de=(
            "Ohne Anteil in Reichweite bleiben: {kinds}.",
            "Ihre Zielgruppe ist nicht angegeben, oder die Altersgruppen der Daten ergeben sie nicht.",
            "Geben Sie die Zielgruppe unter [target_groups] so an, wie die Altersgruppen der Daten sie bilden.",
        ),
        en=(
            "Without a share within reach remain: {kinds}.",
            "Their target group is not stated, or the ages in the data do not make it up.",
            "State the target group under [target_groups] so that the ages in the data make it up.",
        ),
    ),
    "small_counts_suppressed": Message(
        de=(
            "{indicator}: {count} Werte sind geheim, weil sie weniger als {smallest} Menschen betreffen.",
            "So kleine Zahlen ließen auf einzelne Menschen schließen.",
            "",
        ),
        en=(
            "{indicator}: {count} values are withheld because they concern fewer than {smallest} people.",
            "Such small numbers could point to single persons.",
            "",
        ),
    ),
    "totals_suppressed": Message(
        de=(
            "{indicator}: {count} Werte sind geheim, obwohl sie mehr als {smallest} Menschen betreffen.",
            "Aus ihnen ließe sich eine kleine Zahl ausrechnen, die geheim ist.",
            "",
        ),
        en=(
            "{indicator}: {count} values are withheld although they concern more than {smallest} people.",
            "A small number that is withheld could be computed from them.",
            "",
        ),
    ),
    "map_empty": Message(
        de=(
            "Die Karte {found} hätte nichts zu zeigen.",
            "Für {year} ist dazu kein Wert bekannt. Zeigen lassen sich: {known}.",
            "Löschen Sie den Abschnitt [[map]], oder wählen Sie eine andere Karte.",
        ),
        en=(
            "The map {found} would have nothing to show.",
            "No value of it is known for {year}. What can be shown: {known}.",
            "Delete the section [[map]] or choose another map.",
        ),
    ),
}
"""Message for each id that these rooms report."""
