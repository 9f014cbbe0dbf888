"""The words that planners' files use: heads by column of the model, and what the catalogue's codes are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.load.heads import fold_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sro_geo.model.catalogue import IndicatorSpec, OfferKind

OFFER_COLUMNS = {
    "offer_id": ("offer_id", "angebot_id", "slug"),
    "kind": ("kind", "art", "angebotsart", "einrichtungsart"),
    "name": (
        "name", "bezeichnung", "einrichtung", "facility", "angebot", "schulname", "einrichtungsname", "titel", "place",
        "name_der_einrichtung", "name_einrichtung", "einrichtung_name", "name_des_angebots", "name_der_kita", "name_der_schule",
        "kita", "kindertageseinrichtung", "kindertagesstaette", "schule", "spielplatz",
    ),
    "provider": ("provider", "traeger", "institution", "schultraeger", "operator", "traeger_der_einrichtung", "name_des_traegers"),
    "site_id": ("site_id", "standort_id"),
    "quarter_id": ("quarter_id", "quartier"),
    "address": ("address", "adresse", "anschrift", "strasse_hausnummer", "strasse_und_hausnummer", "strasse_nr"),
    "street": ("street", "strasse", "strassenname", "strasse_name"),
    "house_number": ("house_number", "hausnummer", "hausnr", "hsnr", "hnr"),
    "postcode": ("postcode", "plz", "postleitzahl", "postal_code"),
    "x": ("x", "ost", "ostwert", "rechtswert", "easting", "x_koordinate", "utm_x", "utm_ost"),
    "y": ("y", "nord", "nordwert", "hochwert", "northing", "y_koordinate", "utm_y", "utm_nord"),
    "lon": ("lon", "lng", "long", "longitude", "laenge", "laengengrad", "geo_laenge"),
    "lat": ("lat", "latitude", "breite", "breitengrad", "geo_breite"),
    "valid_from": ("valid_from", "gueltig_ab"),
    "valid_to": ("valid_to", "gueltig_bis"),
    "opening_times": ("opening_times", "oeffnungszeiten", "opening_hours"),
    "cost": ("cost", "kosten"),
    "places": ("places", "plaetze", "platzzahl", "childcare_places", "kapazitaet", "betreuungsplaetze"),
    "status": ("status",),
}  # fmt: skip
"""Heads of offers, as `fold_head` writes them; the first that a file has counts."""

ADDRESS_COLUMNS = {
    **{
        column: OFFER_COLUMNS[column]
        for column in ("address", "street", "house_number", "postcode", "x", "y", "lon", "lat")
    },
    "suffix": (
        "suffix",
        "zusatz",
        "hausnummer_zusatz",
        "hausnummernzusatz",
        "hausnrzusatz",
        "hsnrzus",
        "hsnr_zusatz",
        "hnr_zusatz",
        "adz",
    ),
}
"""Heads of a list of house coordinates."""

INDICATOR_COLUMNS = {
    "quarter_id": ("quarter_id", "quartier", "code", "stadtbereich_code", "district_id"),
    "indicator": ("indicator", "kennzahl", "merkmal", "indikator"),
    "year": ("year", "jahr", "berichtsjahr", "stichjahr"),
    "value": ("value", "wert"),
    "numerator": ("numerator", "zaehler"),
    "denominator": ("denominator", "nenner"),
    "status": ("status",),
}
"""Heads of indicators."""

CELL_COLUMNS = {
    "cell_id": ("cell_id", "zelle"),
    "address": ("address", "adresse", "anschrift"),
    **{axis: OFFER_COLUMNS[axis] for axis in ("x", "y", "lon", "lat")},
    "quarter_id": ("quarter_id", "quartier"),
    "age_group": ("age_group", "altersgruppe"),
    "persons": ("persons", "personen", "einwohner", "bewohner"),
}
"""Heads of cells or addresses with people."""

DISTANCE_COLUMNS = {
    "offer": ("offer_id", "angebot_id", "offer", "angebot", "einrichtung", "name", "ziel", "to_id"),
    "cell_id": ("cell_id", "zelle", "start", "from_id"),
    "quarter_id": ("quarter_id", "quartier"),
    "metres": ("metres", "meter", "meters", "entfernung_m", "weg_m", "distance_m"),
    "minutes": ("minutes", "minuten", "min", "fahrzeit", "reisezeit", "gehzeit", "travel_time"),
}
"""Heads of ways that somebody else measured."""

CROSSWALK_COLUMNS = {
    "from_id": ("from_id", "von", "from", "alt", "alter_schluessel", "schluessel_alt"),
    "to_id": ("to_id", "nach", "to", "neu", "neuer_schluessel", "schluessel_neu"),
    "share": ("share", "anteil", "gewicht"),
}
"""Heads of crosswalks."""


def find_columns(
    heads: Iterable[str],
    *,
    stated: Mapping[str, str],
    aliases: Mapping[str, tuple[str, ...]],
    words: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Head of the file for each column that the model knows, where there is one.

    Parameters
    ----------
    heads : iterable of str
        Heads of the file.
    stated : mapping of str to str
        What the project says of this file; goes before everything else, whether the head exists or not.
    aliases : mapping of str to tuple of str
        Known words in the order they are looked for.
    words : mapping of str to str or None
        The project's own words for columns (and for codes, which do not matter here).

    Notes
    -----
    Words match whatever the case, umlauts and signs; what the project states of a file matches exactly.
    """
    by_name = {fold_head(head): head for head in reversed(list(heads))}
    found = {column: by_name[name] for column, names in aliases.items() for name in reversed(names) if name in by_name}
    own = {column: by_name[fold_head(word)] for word, column in (words or {}).items() if fold_head(word) in by_name}
    return {**found, **{column: head for column, head in own.items() if column in aliases}, **stated}


def find_codes(texts: pd.Series, *, called: Mapping[str, Iterable[str]], words: Mapping[str, str]) -> pd.Series:
    """Codes of the catalogue for what a column says: code, one of its names, or a word of the project; else the text itself.

    Parameters
    ----------
    texts : Series of str
        Cells.
    called : mapping of str to iterable of str
        What each code is called. A name that two codes have says neither.
    words : mapping of str to str
        The project's own words; they go before the names.

    Examples
    --------
    >>> import pandas as pd
    >>> called = {"kindertageseinrichtung": ["Kita", "Kitas"], "hort": ["Hort"]}
    >>> list(
    ...     find_codes(
    ...         pd.Series(["KITA", "hort", "Krippe", "Bad"]), called=called, words={"Krippe": "kindertageseinrichtung"}
    ...     )
    ... )
    ['kindertageseinrichtung', 'hort', 'kindertageseinrichtung', 'Bad']
    """
    known: dict[str, set[str]] = {}
    for code, names in called.items():
        for name in names:
            known.setdefault(fold_head(name), set()).add(code)
    by_name = {name: next(iter(codes)) for name, codes in known.items() if len(codes) == 1}
    by_name |= {fold_head(word): code for word, code in words.items() if code in called}
    found = {text: text if text in called else by_name.get(fold_head(text), text) for text in texts.unique()}
    return texts.map(found)


def name_kinds(kinds: Mapping[str, OfferKind]) -> dict[str, list[str]]:
    """What each kind of offer is called: one, several, in full, and by further words that are no other kind's name."""
    called = {
        code: [name for names in (kind.short, kind.plural, kind.name) for name in names.values()]
        for code, kind in kinds.items()
    }
    taken = {fold_head(name) for names in called.values() for name in names}
    more = {code: [word for word in kind.also if fold_head(word) not in taken] for code, kind in kinds.items()}
    return {code: [*names, *more[code]] for code, names in called.items()}


def name_indicators(specs: Mapping[str, IndicatorSpec]) -> dict[str, list[str]]:
    """What each indicator is called: in full and in a table's head."""
    return {code: [*spec.name.values(), *spec.short.values()] for code, spec in specs.items()}
