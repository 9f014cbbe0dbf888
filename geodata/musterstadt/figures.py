"""The indicators of 2008 to 2024: counts, shares of them, some secret, missing or uncertain."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dice import vary
from plan import BANDS, SHOCK, YEARS

if TYPE_CHECKING:
    from people import People

Path = tuple[float, float, float, float, float]

# Children under 15 with benefits, percent: in 2008, in the year before the works closed, at the worst and in
# 2024; then the speed of return.
# Am Wall was not hit, Lindenau is better off than before, Hafenviertel hardly recovers.
CHILDREN: dict[str, Path] = {
    "01": (13.2, 12.0, 15.4, 12.1, 0.50),
    "02": (11.4, 10.1, 9.9, 9.6, 0.30),
    "03": (18.0, 16.9, 22.6, 17.8, 0.40),
    "04": (9.5, 7.0, 10.4, 7.3, 0.60),
    "05": (18.4, 16.6, 23.8, 21.7, 0.25),
    "06": (14.6, 13.3, 17.8, 11.5, 0.55),
    "07": (10.6, 9.4, 12.9, 9.6, 0.50),
    "08": (22.4, 21.4, 29.2, 23.0, 0.45),
    "09": (24.3, 23.3, 30.6, 25.0, 0.40),
    "10": (18.9, 17.8, 23.4, 18.3, 0.45),
    "11": (6.3, 5.9, 9.2, 5.2, 0.50),
    "12": (14.7, 13.7, 17.9, 13.9, 0.55),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """An indicator that goes along with `CHILDREN`.

    Attributes
    ----------
    level, factor : float
        Value = level + factor x that share.
    lag : int
        Years by which it follows.
    growth : float
        What a year after 2008 adds, as a share of the value.
    spread : float
        How far quarters differ for other reasons.
    per : int
        100 for percent, 1000 for per_1000.
    shaken : bool
        Whether it feels the closure of the works; else it goes along with the share of the year before.
    """

    level: float
    factor: float
    lag: int = 0
    growth: float = 0.0
    spread: float = 0.2
    per: int = 100
    shaken: bool = True


FOLLOWERS = {
    "arbeitslose": Follower(level=1.4, factor=0.40, growth=-0.006),
    "wohndauer_5": Follower(level=76.0, factor=-0.75, lag=1, spread=0.06),
    "sprachfoerderung": Follower(level=5.0, factor=0.85, lag=1, growth=0.012, spread=0.25),
    "hze_faelle": Follower(level=9.0, factor=1.25, lag=2, growth=0.01, per=1000),
    "umzugsvolumen": Follower(level=150.0, factor=5.0, spread=0.18, per=1000),
    "auslaendisch": Follower(level=1.0, factor=0.33, growth=0.055, spread=0.3, shaken=False),
}

# Where there is no plain value, and why: indicator, quarter, years.
GAPS = {
    ("sprachfoerderung", "01", 2023, 2024): "geheim",
    ("sprachfoerderung", "04", 2008, 2010): "entfaellt",
    ("sprachfoerderung", "04", 2020, 2021): "fehlt",
    ("sprachfoerderung", "04", 2024, 2024): "fehlt",
    ("kinder_sgb2", "11", 2016, 2020): "fehlt",
    ("kinder_sgb2", "04", 2012, 2013): "geschaetzt",
    ("arbeitslose", "11", 2018, 2019): "geschaetzt",
    ("auslaendisch", "05", 2015, 2015): "geschaetzt",
    ("wohndauer_5", "07", 2024, 2024): "geschaetzt",
    ("hze_faelle", "03", 2024, 2024): "spaeter",
}

Row = dict[str, str | int | float | None]


def list_figures(people: People) -> list[Row]:
    """Rows of the indicator table in long form, by indicator, quarter and year."""
    rows = []
    for code in ("bevoelkerung", *(f"alter_{_code(band)}" for band in BANDS)):
        rows += [_count_row(code, key, year, people) for key, year in people]
    for code in ("kinder_sgb2", *FOLLOWERS):
        rows += [_rate_row(code, key, year, people) for key, year in people]
    return rows


def _code(band: str) -> str:
    return band.replace("-", "_").replace("+", "_plus")


def _count_row(code: str, key: str, year: int, people: People) -> Row:
    bands = {f"alter_{_code(band)}": persons for band, persons in people[key, year].items()}
    value = sum(bands.values()) if code == "bevoelkerung" else bands[code]
    return {
        "quartier": key,
        "kennzahl": code,
        "jahr": year,
        "wert": value,
        "zaehler": None,
        "nenner": None,
        "status": "",
    }


def _rate_row(code: str, key: str, year: int, people: People) -> Row:
    base = _base(code, key, year, people)
    per = 100 if code == "kinder_sgb2" else FOLLOWERS[code].per
    count = round(base * _rate(code, key, year, people) / per)
    status = next(
        (word for (c, k, first, last), word in GAPS.items() if (c, k) == (code, key) and first <= year <= last),
        "",
    )
    row: Row = {"quartier": key, "kennzahl": code, "jahr": year}
    if status not in {"", "geschaetzt"}:
        return {
            **row,
            "wert": None,
            "zaehler": None,
            "nenner": None if status == "entfaellt" else base,
            "status": status,
        }
    return {**row, "wert": round(per * count / base, 4), "zaehler": count, "nenner": base, "status": status}


def _base(code: str, key: str, year: int, people: People) -> int:
    """Persons that the share is taken of."""
    bands = people[key, year]
    under_15 = bands["0-3"] + bands["3-6"] + bands["6-15"]
    bases = {
        "kinder_sgb2": under_15,
        "arbeitslose": bands["15-25"] + bands["25-65"],
        "sprachfoerderung": max(1, round(bands["3-6"] / 3 * vary(0.05, "school", key, year))),
        "hze_faelle": under_15 + round(0.3 * bands["15-25"]),
    }
    return bases.get(code, sum(bands.values()))


def _rate(code: str, key: str, year: int, people: People) -> float:
    if code == "kinder_sgb2":
        still = year in {YEARS[0], SHOCK - 1, SHOCK, YEARS[-1]}
        return _follow_path(CHILDREN[key], year) * (1.0 if still else vary(0.015, code, key, year))
    way = FOLLOWERS[code]
    level = _follow_path(CHILDREN[key], max(YEARS[0], year - way.lag) if way.shaken else SHOCK - 1)
    value = way.level + way.factor * level
    value *= (1 + way.growth * (year - YEARS[0])) * vary(way.spread, code, key) * vary(0.015, code, key, year)
    if code == "umzugsvolumen":
        value *= _moves(key, year, people)
    if code == "wohndauer_5":
        value = min(value, 92.0 * _share_that_was_there(key, year, people))
    return value


def _follow_path(path: Path, year: int) -> float:
    """Straight to the year before the shock, then up, then back ever more slowly."""
    start, before, worst, end, speed = path
    if year < SHOCK:
        return start + (before - start) * (year - YEARS[0]) / (SHOCK - 1 - YEARS[0])
    rest = math.exp(-speed * (YEARS[-1] - SHOCK))
    return end + (worst - end) * (math.exp(-speed * (year - SHOCK)) - rest) / (1 - rest)


def _moves(key: str, year: int, people: People) -> float:
    """More moves where a quarter has grown or shrunk fast."""
    before, now = (sum(people[key, y].values()) for y in (max(YEARS[0], year - 1), year))
    return 1 + min(1.5, 2 * abs(now / before - 1))


def _share_that_was_there(key: str, year: int, people: People) -> float:
    before, now = (sum(people[key, y].values()) for y in (max(YEARS[0], year - 5), year))
    return min(1.0, before / now)
