"""Names of groups of people, values with their unit, and whole sentences."""

from __future__ import annotations

from sro_geo.text.numbers import NBSP, format_number, format_signed

_CHILD_UNTIL = 15
"""A group that ends here or earlier is called children."""

_UNITS = {
    "percent": {"de": ("%", "Anteil in %", "Prozentpunkte"), "en": ("%", "Share in %", "percentage points")},
    "per_1000": {"de": ("je 1.000", "je 1.000", "je 1.000"), "en": ("per 1,000", "per 1,000", "per 1,000")},
    "per_100": {"de": ("je 100", "je 100", "je 100"), "en": ("per 100", "per 100", "per 100")},
    "per_km2": {
        "de": ("je km²", "Menschen je km²", "Menschen je km²"),
        "en": ("per km²", "Persons per km²", "persons per km²"),
    },
    "years": {"de": ("Jahre", "Jahre", "Jahre"), "en": ("years", "Years", "years")},
    "points": {
        "de": ("Punkte", "Punkte ({lowest} bis 100)", "Punkte"),
        "en": ("points", "Points ({lowest} to 100)", "points"),
    },
    "percentage_points": {
        "de": ("PP", "Prozentpunkte", "Prozentpunkte"),
        "en": ("pp", "Percentage points", "percentage points"),
    },
    "offers": {
        "de": ("Angebote", "Angebote im Mittel", "Angebote"),
        "en": ("offers", "Offers on average", "offers"),
    },
    "persons": {"de": ("", "Menschen", "Menschen"), "en": ("", "Persons", "persons")},
    "number": {"de": ("", "Anzahl", ""), "en": ("", "Number", "")},
}


def name_unit(unit: str, *, language: str) -> str:
    """Unit as it stands over a column of numbers: `%`, `je 1.000`."""
    return _UNITS[unit][language][0]


def name_heading(unit: str, *, language: str, lowest: float = 0) -> str:
    """Head of a legend: `Anteil in %`; points run from `lowest` to 100."""
    return _UNITS[unit][language][1].format(lowest=format_number(lowest, digits=0, language=language))


def name_difference(unit: str, *, language: str) -> str:
    """Unit of a difference: `Prozentpunkte`."""
    return _UNITS[unit][language][2]


def format_value(value: float, *, unit: str, digits: int, language: str) -> str:
    r"""Value as it stands on a map: `38 %`, `54`, `12,1`.

    Examples
    --------
    >>> format_value(38.2, unit="percent", digits=0, language="de")
    '38\xa0%'
    """
    number = format_number(value, digits=digits, language=language)
    return f"{number}{NBSP}%" if unit == "percent" else number


def format_difference(value: float, *, unit: str, digits: int, language: str) -> str:
    """Signed difference with its unit: `+16 Prozentpunkte`."""
    return (
        f"{format_signed(value, digits=digits, language=language)} {name_difference(unit, language=language)}".strip()
    )


def name_people(start: int, end: float, *, language: str) -> str:
    r"""People of an age group, as the subject of a title.

    Parameters
    ----------
    start, end : int, float
        Half-open interval of ages in years; `end` may be infinite.

    Examples
    --------
    >>> name_people(0, 6, language="de")
    'Kinder unter\xa06'
    >>> name_people(6, 15, language="de")
    '6- bis unter 15-Jährige'
    """
    return _PEOPLE[language](start, end, of=False)


def name_people_of(start: int, end: float, *, language: str) -> str:
    """People of an age group after a share: `der Kinder unter 6 Jahren`, `of children under 6`."""
    return _PEOPLE[language](start, end, of=True)


def _name_german(start: int, end: float, *, of: bool) -> str:
    ending, article = ("n", "der ") if of else ("", "")
    if end == float("inf"):
        return f"{article}Menschen ab{NBSP}{start}{NBSP}Jahren" if of else f"Menschen ab{NBSP}{start}"
    if start == 0:
        who = "Kinder" if end <= _CHILD_UNTIL else "Menschen"
        return f"{article}{who} unter{NBSP}{int(end)}" + (f"{NBSP}Jahren" if of else "")
    return f"{article}{start}- bis unter {int(end)}-Jährige{ending}"


def _name_english(start: int, end: float, *, of: bool) -> str:
    prefix = "of " if of else ""
    if end == float("inf"):
        return f"{prefix}people aged {start} and over"
    if start == 0:
        who = "children" if end <= _CHILD_UNTIL else "people"
        who = who if of else who.capitalize()
        return f"{prefix}{who} under{NBSP}{int(end)}"
    return f"{prefix}{start}- to under {int(end)}-year-olds"


_PEOPLE = {"de": _name_german, "en": _name_english}


def name_gap(people: str, *, offer: str, minutes: float, language: str) -> str:
    """Title of a coverage map: `Kinder unter 6 ohne Kita in 10 Gehminuten`."""
    minute = f"{minutes:g}"
    if language == "de":
        return f"{people} ohne {offer} in {minute.replace('.', ',')}{NBSP}Gehminuten"
    return f"{people} without {offer} within a {minute}-minute walk"


def name_places(people: str, *, offer: str, language: str) -> str:
    """Title of a map of places: `Kita: Plätze je 100 Kinder unter 6`."""
    if language == "de":
        return (
            f"{offer}: Plätze je 100 Menschen ({people})" if people[0].isdigit() else f"{offer}: Plätze je 100 {people}"
        )
    who = people[0].lower() + people[1:]
    return f"{offer}: places per 100 people ({who})" if who[0].isdigit() else f"{offer}: places per 100 {who}"


def tell_gap(start: str, *, share: str, none: str, minutes: float, city: str, language: str) -> str:
    """Sentence of a coverage map.

    Parameters
    ----------
    start : str
        Start of the sentence, "In Neue Heide".
    share : str
        Share and people, "38 % der Kinder unter 6 Jahren".
    none : str
        What is not reached, "keine Kita".
    minutes : float
        Walking limit.
    city : str
        Second half, "in ganz Musterstadt sind es 21 %"; empty where the city has no value.
    language : str
        `de` or `en`.

    Examples
    --------
    >>> print(
    ...     tell_gap(
    ...         "In Neue Heide",
    ...         share="38 % der Kinder",
    ...         none="keine Kita",
    ...         minutes=10,
    ...         city="",
    ...         language="de",
    ...     )
    ... )
    In Neue Heide erreichen 38 % der Kinder in 10\u00a0Minuten zu Fuß keine Kita.
    """
    minute = f"{minutes:g}"
    if language == "de":
        text = f"{start} erreichen {share} in {minute.replace('.', ',')}{NBSP}Minuten zu Fuß {none}"
    else:
        text = f"{start}, {share} reach {none} within a {minute}-minute walk"
    return f"{text}; {city}." if city else f"{text}."
