"""Fixed words of the page in both languages."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    "page_example": ("Beispieldaten", "Example data"),
    "page_quarter": ("Quartier", "Quarter"),
    "page_quarters": ("Quartiere", "Quarters"),
    "page_value": ("Wert", "Value"),
    "page_model_region": ("Modellregion", "Model region"),
    "page_selected": ("ausgewählt", "selected"),
    "page_map_of": ("Karte der Quartiere von {place}", "Map of the quarters of {place}"),
    "page_map_help": (
        (
            "Mit den Pfeiltasten von Quartier zu Quartier, mit der Eingabetaste auswählen. "
            "Alle Werte stehen auch in der Tabelle."
        ),
        "Arrow keys move from quarter to quarter, Enter selects. All values also stand in the table.",
    ),
    "page_legend": ("Legende", "Legend"),
    "page_legend_help": (
        "Eine Zeile anklicken, um nur diese Klasse zu zeigen",
        "Click a row to show this class only",
    ),
    "page_key": ("Zeichen auf der Karte", "Signs on the map"),
    "page_show_kind": ("Zeigen oder ausblenden", "Show or hide"),
    "page_more_kinds": ("Weitere Angebote zeigen", "Show more offers"),
    "page_zoom_in": ("Vergrößern", "Zoom in"),
    "page_zoom_out": ("Verkleinern", "Zoom out"),
    "page_zoom_all": ("Ganze Stadt zeigen", "Show the whole town"),
    "page_north": ("Norden ist oben", "North is up"),
    "page_table": ("Werte als Tabelle", "Values as a table"),
    "page_digest": ("Prüfsumme der Darstellung", "Checksum of the page"),
    "page_script_needed": (
        "Karte und Tabellen brauchen JavaScript. Bitte lassen Sie es für diese Datei zu.",
        "Map and tables need JavaScript. Please allow it for this file.",
    ),
    "page_no_request": (
        "Diese Seite lädt keine fremden Inhalte.",
        "This page loads nothing from other servers.",
    ),
    "page_topic": ("Thema", "Topic"),
    "page_indicator": ("Kennzahl", "Indicator"),
    "page_change": ("Ändern", "Change"),
    "page_close": ("Schließen", "Close"),
    "page_chooser": ("Thema und Kennzahl wählen", "Choose topic and indicator"),
    "page_ranking": ("Rangfolge", "Ranking"),
    "page_overview": ("Quartiere im Überblick", "Quarters at a glance"),
    "page_ranks": ("Ränge", "Ranks"),
    "page_ranking_key": (
        ("Punkt: Wert, offen wenn unsicher. Linie: was die unbekannten Teile zulassen. Kästchen: Modellregion."),
        "Dot: value, open where uncertain. Line: what the unknown parts admit. Square: model region.",
    ),
    "page_city_dashed": ("Gestrichelt", "Dashed"),
    "page_contrast": (
        "Modellregionen und übrige Stadt im Vergleich",
        "Model regions and the rest of the city",
    ),
    "page_difference": ("Unterschied", "Difference"),
    "page_profile": ("Profil des Quartiers", "Profile of the quarter"),
    "page_to_profile": ("Zum Profil", "To the profile"),
    "page_contribution": ("Beitrag", "Contribution"),
    "page_similar": ("Ähnliche Quartiere", "Similar quarters"),
    "page_summary": ("Kurz gesagt", "In short"),
    "page_notices": ("Hinweise", "Please note"),
    "page_warnings": ("Einschränkungen", "Limits"),
    "page_table_all": ("Alle Werte als Tabelle", "All values as a table"),
    "page_rank": ("Rang", "Rank"),
    "page_sources": ("Quellen", "Sources"),
}
"""German and English by id; `{…}` are filled where they are used."""
