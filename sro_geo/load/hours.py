"""Opening times as OpenStreetMap writes them, and as German tables do."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from opening_hours import OpeningHours, validate

WEEKDAYS = (("mo",), ("di", "tu"), ("mi", "we"), ("do", "th"), ("fr",), ("sa",), ("so", "su"))
MONTHS = (
    ("jan",), ("feb",), ("mär", "mrz", "mar"), ("apr",), ("mai", "may"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("okt", "oct"), ("nov",), ("dez", "dec"),
)  # fmt: skip

_MOMENT = re.compile(r"(?:(?P<month>\w{3}) +)?(?P<day>\w{2}) +(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")
_WORDS = (
    (r"[–—]|\bbis\b", "-"),
    (r"\bund\b", ","),
    (r"\bUhr\b", ""),
    (r"\bgeschlossen\b", "closed"),
    (r"\btäglich\b", "Mo-Su"),
    (r"\bMontags?\b", "Mo"),
    (r"\b(?:Dienstags?|Di)\b", "Tu"),
    (r"\b(?:Mittwochs?|Mi)\b", "We"),
    (r"\b(?:Donnerstags?|Do)\b", "Th"),
    (r"\bFreitags?\b", "Fr"),
    (r"\bSamstags?\b", "Sa"),
    (r"\b(?:Sonntags?|So)\b", "Su"),
    (r"\bM(?:är|rz)\b", "Mar"),
    (r"\bMai\b", "May"),
    (r"\bOkt\b", "Oct"),
    (r"\bDez\b", "Dec"),
    (r"\s*([-,])\s*", r"\1"),
    (r"(\d),(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)", r"\1, "),  # another rule begins: "Mo-Do 8-16, Fr 8-14"
)
"""German words and marks, and what the notation has for them."""

_HOURS = re.compile(r"(?<![\d:.])(\d{1,2})(?:[.:](\d{2}))?-(\d{1,2})(?:[.:](\d{2}))?(?![\d:.])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time of the week: month (1 to 12; None for the whole year), weekday (0 is Monday), hour and minute."""

    month: int | None
    weekday: int
    hour: int
    minute: int


def read_moment(text: str) -> Moment | None:
    """Moment that a text names, None where it names none.

    Examples
    --------
    >>> read_moment("Aug Di 10:00")
    Moment(month=8, weekday=1, hour=10, minute=0)
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    month, weekday = _find(found["month"], MONTHS), _find(found["day"], WEEKDAYS)
    if weekday is None or (month is None and found["month"]):
        return None
    month = None if month is None else month + 1
    return Moment(month=month, weekday=weekday, hour=int(found["hour"]), minute=int(found["minute"]))


@cache  # several steps ask it of the same offers
def is_open(times: str, moment: Moment, *, year: int) -> bool | None:
    """Whether an offer is open at a moment, None where its times can't be read.

    Parameters
    ----------
    times : str
        Opening times, `"Mo-Fr 07:00-17:00; Aug off"`; German days, `8-16 Uhr` and `bis` are understood, too.
    moment : Moment
        Weekday and time of day.
    year : int
        Its days count.

    Notes
    -----
    It is open if it is on at least half of the moment's weekdays in the year, or in the moment's month: seasons shorter than
    that don't count, and neither do school and public holidays. What the times call unknown counts as open.

    References
    ----------
    OpenStreetMap Wiki, Key:opening_hours/specification.

    Examples
    --------
    >>> monday = Moment(month=None, weekday=0, hour=15, minute=0)
    >>> [is_open(times, monday, year=2024) for times in ("Mo–Do 8–16 Uhr", "Tu-Fr 09:00-16:00", "nach Absprache")]
    [True, False, None]
    """
    spelled = _spell(times)
    if spelled is None:
        return None
    hours = OpeningHours(spelled)
    states = [not hours.is_closed(day) for day in _list_days(moment, year)]
    return 2 * sum(states) >= len(states)


def _find(word: str | None, words: tuple[tuple[str, ...], ...]) -> int | None:
    return next((number for number, forms in enumerate(words) if (word or "").casefold() in forms), None)


def _list_days(moment: Moment, year: int) -> list[dt.datetime]:
    first, time = dt.date(year, 1, 1), dt.time(moment.hour, moment.minute)
    first += dt.timedelta(days=(moment.weekday - first.weekday()) % 7)
    days = [first + dt.timedelta(weeks=week) for week in range(53)]
    return [dt.datetime.combine(day, time) for day in days if day.year == year and moment.month in {None, day.month}]


def _spell(times: str) -> str | None:
    """Times in the notation; hours without minutes only where they can be nothing else, as days of a month could."""
    spelled = times
    for word, sign in _WORDS:
        spelled = re.sub(word, sign, spelled)
    spelled = spelled.strip()
    return next((form for form in (spelled, _HOURS.sub(_write_hours, spelled)) if validate(form)), None)


def _write_hours(found: re.Match[str]) -> str:
    start, start_minute, end, end_minute = found.groups(default="00")
    return f"{start}:{start_minute}-{end}:{end_minute}"
