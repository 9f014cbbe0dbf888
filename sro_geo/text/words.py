"""Fixed words and sentence patterns in both languages."""

from __future__ import annotations

from sro_geo.text.page import PAGE

WORDS: dict[str, tuple[str, str]] = {
    **PAGE,
    # topics
    "topic_resilience": ("Resilienz", "Resilience"),
    "topic_offers": ("Angebote", "Offers"),
    "topic_keys": ("Quartiere", "Quarters"),
    "topic_social": ("Sozialstruktur", "Social structure"),
    # dimensions
    "robustness": ("Robustheit", "Robustness"),
    "redundancy": ("Redundanz", "Redundancy"),
    "recovery": ("Erholung", "Recovery"),
    "index": ("Index", "Index"),
    # statuses
    "observed": ("beobachtet", "observed"),
    "estimated": ("geschätzt", "estimated"),
    "suppressed": ("geheim", "suppressed"),
    "missing": ("keine Angabe", "no data"),
    "later": ("steht noch aus", "not yet available"),
    "not_applicable": ("nicht sinnvoll", "not applicable"),
    "unknown": ("unbekannt", "unknown"),
    "too_few": ("zu wenige Angaben", "too little data"),
    "example": ("Beispiel", "example"),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
    # sides
    "group": ("Modellregionen", "Model regions"),
    "rest": ("Übrige Stadt", "Rest of the city"),
    # sentences
    "lead_example": ("Rechenbeispiel mit erfundenen Angeboten:", "Worked example with invented offers:"),
    "lead_invented": ("Rechenbeispiel mit erfundenen Werten:", "Worked example with invented values:"),
    "sentence_start": ("Im Quartier {name}", "In {name}"),
    "tell_value": ("{name}: {start} sind es {value}", "{name}: {start} it is {value}"),
    "tell_score": ("{name}: {start} sind es {value} von 100 Punkten", "{name}: {start} it is {value} of 100 points"),
    "tell_city": ("in ganz {place} sind es {value}", "in all of {place} it is {value}"),
    "tell_missing": ("Für das Quartier {name} gibt es keine Angabe.", "There are no data for {name}."),
    "tell_suppressed": (
        "Der Wert für das Quartier {name} ist geheim, weil er auf einzelne Menschen schließen ließe.",
        "The value for {name} is withheld because it could point to single persons.",
    ),
    "tell_later": (
        "Der Wert für das Quartier {name} steht noch aus.",
        "The value for {name} is not available yet.",
    ),
    "tell_not_applicable": (
        "Für das Quartier {name} ist ein Wert nicht sinnvoll.",
        "A value for {name} would make no sense.",
    ),
    "tell_too_few": (
        "Für das Quartier {name} ist zu wenig bekannt, um einen Wert zu bilden.",
        "Too little is known about {name} to give a value.",
    ),
    "tell_similar": ("{names}. Verglichen nach: {basis}.", "{names}. Compared by: {basis}."),
    "similar_more": ("{n} weiteren Kennzahlen", "{n} more indicators"),
    "people": ("{n} Menschen", "{n} people"),
    "people_of": ("{n} Menschen, davon {m} {who}", "{n} people, of whom {m} {who}"),
    "city_value": ("{place} {value}", "{place} {value}"),
    "city_partly": (
        "{place} {value} ({known} von {all} Quartieren mit Angabe; möglich sind {low} bis {high})",
        "{place} {value} ({known} of {all} quarters with data; between {low} and {high} is possible)",
    ),
    "city_some": (
        "{place} {value} ({known} von {all} Quartieren mit Angabe)",
        "{place} {value} ({known} of {all} quarters with data)",
    ),
    "rank_of": ("Rang {rank} von {all}", "Rank {rank} of {all}"),
    "rank_open": ("offen", "open"),
    "rank_one_score": (
        "Rang 1 = höchster Wert. Ob ein Quartier vor oder hinter seinem Nachbarn in der Liste steht, kann Zufall sein.",
        "Rank 1 = highest value. Whether a quarter stands before or after its neighbour in the list may be chance.",
    ),
    "rank_one_gap": (
        "Rang 1 = größte Lücke. Ob ein Quartier vor oder hinter seinem Nachbarn in der Liste steht, kann Zufall sein.",
        "Rank 1 = largest gap. Whether a quarter stands before or after its neighbour in the list may be chance.",
    ),
    "unranked_example": (
        "Keine Rangfolge: Die Angebote sind erfunden, die Quartiere nicht. Reihenfolge nach Namen.",
        "No ranking: the offers are invented, the quarters are not. In the order of names.",
    ),
    "n_of": ("n = {n} {who}", "n = {n} {who}"),
    "quarters_one": ("1 Quartier", "1 quarter"),
    "quarters_many": ("{n} Quartiere", "{n} quarters"),
    "quarters_without": ("{n} Quartiere, {m} ohne Wert", "{n} quarters, {m} without value"),
    "contrast_none": (
        "Kein Vergleich möglich: Für eine Seite fehlen die Werte.",
        "No comparison: one side has no values.",
    ),
    "contrast_plain": (
        "Ein Unterschied ist noch keine Wirkung: Modellregionen werden nicht zufällig ausgewählt.",
        "A difference is not an effect: model regions are not chosen at random.",
    ),
    "parts_sum": (
        "Beiträge zusammen {sum} Punkte{rounded}. Strich: {place}.",
        "Contributions add up to {sum} points{rounded}. Tick: {place}.",
    ),
    "rounded_each": (" (einzeln gerundet)", " (rounded one by one)"),
    "reference_without": ("{place} ohne {parts}", "{place} without {parts}"),
    "parts_partly": ("Nur aus bekannten Teilen, deshalb unsicher.", "From known parts only, therefore uncertain."),
    "not_measured": ("nicht gemessen", "not measured"),
    "not_scored": ("nicht gewertet", "not scored"),
    "not_measurable": ("nicht messbar", "not measurable"),
    "not_determinable": ("nicht bestimmbar", "cannot be determined"),
    "not_hit": ("nicht getroffen", "not hit"),
    "recovery_not_hit": (
        "Erholung: nicht getroffen, denn seit dem Ereignis lag kein Jahr schlechter als davor.",
        "Recovery: not hit, for no year since the event was worse than before.",
    ),
    "recovery_share": (
        "Erholung: Im schlechtesten Jahr seit dem Ereignis fehlten {fall}; davon sind {share} % aufgeholt.",
        "Recovery: {fall} were lost in the worst year since the event; {share} % of it is made good.",
    ),
    "only_example": ("nur als Rechenbeispiel", "worked example only"),
    "source": ("Quelle: {names}", "Source: {names}"),
    "state": ("Stand {date}", "As of {date}"),
    "level": ("Räumliche Ebene: {level}", "Level: {level}"),
    "vintage": ("Gebietsstand {vintage}", "boundaries of {vintage}"),
    "all_people": ("Menschen", "people"),
    "head_people": ("Menschen", "People"),
    "supply_upper": (
        "{kind}: Obergrenze, weil die Plätze von {n} Einrichtungen auch anderen Altersgruppen offenstehen ({names}).",
        "{kind}: upper bound, because the places of {n} facilities also serve other ages ({names}).",
    ),
    "supply_left_out": (
        "{kind}: {n} Einrichtungen nur für andere Altersgruppen zählen nicht mit ({names}).",
        "{kind}: {n} facilities for other ages only are not counted ({names}).",
    ),
    "supply_unknown": (
        "{kind}: {n} Angebote ohne Platzzahl ({names}).",
        "{kind}: {n} offers without a number of places ({names}).",
    ),
    "straight_lines": (
        "Gehzeiten sind geschätzt: Luftlinie mal {factor}, {speed} km/h; Wasser ohne Brücke wird nicht überquert.",
        "Walking times are estimates: straight line times {factor}, {speed} km/h; water is not crossed without a bridge.",
    ),
    "small_numbers": ("Anzahlen unter {n} Menschen sind geheim.", "Counts of fewer than {n} people are withheld."),
    "scale_note": ("Punkte von {lowest} bis 100: {posts}.", "Points from {lowest} to 100: {posts}."),
    "scale_post": ("{name} von {worst} bis {best}", "{name} from {worst} to {best}"),
    "warn_straight": (
        "Gehzeiten geschätzt aus der Luftlinie.",
        "Walking times estimated from straight lines.",
    ),
    "example_town": ("Beispieldaten: Alle Werte sind erfunden.", "Example data: all values are invented."),
    "example_offers": (
        "Beispieldaten: Die Angebote sind erfunden.",
        "Example data: the offers are invented.",
    ),
    "example_town_all": (
        "{place} und alle Werte sind erfunden. Sie zeigen, was der Atlas kann; sie sagen nichts über eine wirkliche Stadt.",
        "{place} and all values are invented. They show what the atlas can do; they say nothing about a real town.",
    ),
    "example_offers_all": (
        "Alle Angebote sind erfunden, die Karten dazu ein Rechenbeispiel. Alles andere ist aus amtlichen Zahlen berechnet.",
        "All offers are invented and their maps a worked example. Everything else is computed from official figures.",
    ),
    # a map of the quarters alone
    "keys_title": ("Quartiere und ihre Schlüssel", "Quarters and their keys"),
    "keys_name": ("Schlüssel", "Key"),
    "keys_note": ("Es liegt noch keine Kennzahl vor.", "There is no indicator yet."),
    "keys_sentence": ("{name} hat den Schlüssel {code}.", "{name} has the key {code}."),
    # legend
    "class_under": ("unter {high}", "under {high}"),
    "class_between": ("{low} bis unter {high}", "{low} to under {high}"),
    "class_over": ("{low} und mehr", "{low} and more"),
    "class_only": ("{low} bis {high}", "{low} to {high}"),
    "short_missing": ("k. A.", "n/a"),
    "short_suppressed": ("geheim", "secret"),
    "short_later": ("später", "later"),
    "short_not_applicable": ("entfällt", "none"),
    "short_too_few": ("offen", "open"),
    # explain
    "explain_title": ("{index} für {name}, {year}", "{index} for {name}, {year}"),
    "explain_score": ("Punkte: {score} von 100", "Points: {score} of 100"),
    "explain_reference": (
        "{place}: {reference}, Unterschied: {difference}",
        "{place}: {reference}, difference: {difference}",
    ),
    "explain_interval": (
        "Was fehlt, lässt Punkte von {worst} bis {best} zu.",
        "What is missing admits points from {worst} to {best}.",
    ),
    "explain_part": (
        "{scaled} Punkte, Stadt {reference}, Gewicht {weight} %",
        "{scaled} points, city {reference}, weight {weight} %",
    ),
    "explain_unknown": ("Nicht bekannte Teile", "Unknown parts"),
    "explain_redo": (
        "({scaled} − {reference}) × {factor} = {contribution}",
        "({scaled} − {reference}) × {factor} = {contribution}",
    ),
    "explain_arithmetic": (
        "Der Faktor ist das Gewicht.",
        "The factor is the weight.",
    ),
    "explain_geometric": (
        "Der Faktor ist das Gewicht, umgerechnet für das geometrische Mittel: Ein Punkt zählt mehr, wo wenig Punkte sind.",
        "The factor is the weight, converted for the geometric mean: a point counts more where points are few.",
    ),
    "explain_sum": ("Summe aller Beiträge: {sum}", "Sum of all contributions: {sum}"),
    "explain_row": ("aus {file}, Zeile {row}", "from {file}, row {row}"),
    "explain_file": ("berechnet aus {file}", "computed from {file}"),
    # quality report
    "quality_title": ("Datenprüfung: {title}", "Data check: {title}"),
    "quality_read": ("Gelesene Dateien", "Files read"),
    "quality_no_source": ("ohne Quellenangabe", "no source stated"),
    "quality_quarters": ("Quartiere", "Quarters"),
    "quality_indicators": ("Kennzahlen", "Indicators"),
    "quality_values": ("Werte", "Values"),
    "quality_years": ("Jahre", "Years"),
    "quality_offers": ("Angebote", "Offers"),
    "quality_notes": ("Hinweise ({n})", "Notes ({n})"),
    # steps of a run
    "step_read": ("Daten lesen, kleine Zahlen schützen", "Reading data, protecting small numbers"),
    "step_coverage": ("Wege messen", "Measuring ways"),
    "step_score": ("Index rechnen", "Computing the index"),
    "step_compare": ("Vergleichen", "Comparing"),
    "step_page": ("Atlas schreiben", "Writing the atlas"),
    "step_maps": ("Karten schreiben", "Writing maps"),
    "step_tables": ("Tabellen schreiben", "Writing tables"),
    "step_publish": ("Ordner ablegen", "Placing the folder"),
    # units inside a sentence
    "unit_persons": ("Menschen", "people"),
    "unit_per_1000": ("je 1.000", "per 1,000"),
    "unit_per_100": ("je 100", "per 100"),
    "unit_per_km2": ("Menschen je Quadratkilometer Land", "people per square kilometre of land"),
    "unit_years": ("Jahre", "years"),
    "unit_offers": ("Angebote", "offers"),
    "reason": ("{name} wird gewertet, weil: {reason}", "{name} is scored because: {reason}"),
}
"""German and English by id; `{…}` are filled by the caller."""


def word(key: str, *, language: str, **values: object) -> str:
    """Fixed word or sentence in a language, its slots filled.

    Raises
    ------
    KeyError
        If there is no such word, which is our fault.

    Examples
    --------
    >>> word("rank_of", language="de", rank="1–2", all=10)
    'Rang 1–2 von 10'
    """
    text = WORDS[key][0 if language == "de" else 1]
    return text.format(**values) if values else text
