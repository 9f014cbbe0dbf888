"""A reader who wants the withheld counts back, with nothing but the files of an output folder and the meaning of its columns.

Nothing of `sro_geo` is used here: the equations are written down anew.
"""

from __future__ import annotations

import base64
import csv
import itertools
import json
import math
import re
import sqlite3
import zlib
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Terms = dict[str, float]
Cell = tuple[str, str, int]
Ages = tuple[int, float]

ALL: Ages = (0, math.inf)
SHARES: dict[str, Ages] = {
    "kinder_sgb2": (0, 15),
    "arbeitslose": (15, 65),
    "hze_faelle": (0, 18),
    "auslaendisch": ALL,
    "wohndauer_5": ALL,
    "umzugsvolumen": ALL,
    "wanderungssaldo": ALL,
}
"""Whom the denominators count, as the page says it ("Kinder unter 15")."""

OTHERS = {"einpersonenhaushalte": "haushalte", "haushalte_mit_kindern": "haushalte", "sprachfoerderung": "untersuchte"}
MOVES: dict[str, Terms] = {
    "umzugsvolumen": {"zuzuege": 1, "wegzuege": 1},
    "wanderungssaldo": {"zuzuege": 1, "wegzuege": -1},
    "bevoelkerungsdichte": {},
}
PLAIN: dict[str, Terms] = {code: {code: 1} for code in ("zuzuege", "wegzuege", "haushalte", "geborene", "gestorbene")}
PLAIN |= {
    code: {code: 1} for code in ("erwerbstaetig", "arbeitslosengeld", "grundsicherung", "hilfeleistung", "wohnungsnot")
}
PLAIN["leistungsbezug"] = dict.fromkeys(["erwerbstaetig", "arbeitslosengeld", "grundsicherung", "hilfeleistung"], 1)
"""Plain counts with what they are sums of; those of Flensburg as its social atlas says it."""

PER = {"hze_faelle": 1000, "umzugsvolumen": 1000, "wanderungssaldo": 1000}
PARTS_OF_WHOLE = {"kinder_sgb2", "arbeitslose", "auslaendisch", "wohndauer_5", *OTHERS}
WITHHELD = {"geheim", "withheld"}
DATA = re.compile(r'(<script type="[a-z/]+" id="sro-data">)(.*?)(</script>)', re.DOTALL)


@dataclass
class Quarter:
    """What is known of a quarter in a year."""

    equal: list[tuple[Terms, float, float]] = field(default_factory=list)
    cuts: set[float] = field(default_factory=lambda: {0, math.inf})
    people: list[tuple[Ages, float]] = field(default_factory=list)
    withheld: dict[str, Terms | Ages] = field(default_factory=dict)


def attack(folder: Path, *, years: Iterable[int] | None = None) -> dict[Cell, tuple[float, float]]:
    """Smallest and largest whole number of every withheld count that fits everything in the folder."""
    found = {}
    for (quarter, year), known in sorted(read_folder(folder).items()):
        if years is None or year in years:
            for code, ends in bound(known).items():
                found[quarter, code, year] = ends
    return found


def read_folder(folder: Path) -> dict[tuple[str, int], Quarter]:
    known: dict[tuple[str, int], Quarter] = defaultdict(Quarter)
    rows = read_table(folder, "indicators")
    for row in rows:
        read_row(known[row["quartier"], int(row["jahr"])], row)
    year = json.loads((folder / "protocol.json").read_text(encoding="utf-8")).get("year") or max(
        int(row["jahr"]) for row in rows
    )
    for name in ("coverage", "supply"):
        for row in read_table(folder, name):
            if row["menschen"] and float(row["menschen"]).is_integer():
                start, end = row["altersgruppe"].split("-")
                add_people(known[row["quartier"], year], (int(start), float(end)), float(row["menschen"]))
    read_map(folder, known, year=year)
    read_page(folder, known, year=year)
    return known


def read_table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_row(known: Quarter, row: dict[str, str]) -> None:
    code, hidden = row["kennzahl"], row["status"] in WITHHELD
    value, above, below = (float(row[c]) if row[c] else math.nan for c in ("wert", "zaehler", "nenner"))
    ages = read_ages(code)
    if ages is not None:
        known.cuts |= {*ages}
        if hidden:
            known.withheld[code] = ages
        elif not math.isnan(value):
            add_people(known, ages, value)
    elif code in SHARES or code in OTHERS:
        read_rate(known, code, hidden=hidden, numbers=(value, above, below))
    elif code == "bevoelkerungsdichte" and not math.isnan(above):
        add_people(known, ALL, above)
    elif code in PLAIN and (hidden or not math.isnan(value)):
        if hidden:
            known.withheld[code] = PLAIN[code]
        else:
            known.equal.append((PLAIN[code], value, value))


def read_rate(known: Quarter, code: str, *, hidden: bool, numbers: tuple[float, float, float]) -> None:
    value, above, below = numbers
    number = MOVES.get(code, {code: 1})
    if code in SHARES:
        known.cuts |= {*SHARES[code]}
    if not math.isnan(below):
        if code in SHARES:
            add_people(known, SHARES[code], below)
        else:
            known.equal.append(({OTHERS[code]: 1}, below, below))
        if code in PARTS_OF_WHOLE:
            known.equal.append(({code: 1}, 0, below))
    if hidden:
        known.withheld[code] = number
    elif not math.isnan(above):
        known.equal.append((number, above, above))
    elif not math.isnan(value) and not math.isnan(below):
        half = next(0.5 * 10.0**-d for d in range(5) if round(value, d) == value)
        ends = [(value + end) * below / PER.get(code, 100) for end in (-half, half)]
        if math.ceil(ends[0]) <= math.floor(ends[1]):
            known.equal.append((number, ends[0], ends[1]))


def read_map(folder: Path, known: dict[tuple[str, int], Quarter], *, year: int) -> None:
    """Columns of the GeoPackage: what a withheld cell of the table holds there is no longer withheld."""
    with closing(sqlite3.connect(folder / "study.gpkg")) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM quartiere")]
    for row in rows:
        for code, unknown in known[row["quarter_id"], year].withheld.items():
            if row.get(code) is not None and isinstance(unknown, tuple):
                add_people(known[row["quarter_id"], year], unknown, float(row[code]))


def read_page(folder: Path, known: dict[tuple[str, int], Quarter], *, year: int) -> None:
    """People and children as the page tells them: "2.290 Menschen, davon Kinder unter 6: 142"."""
    told = read_data((folder / "index.html").read_text(encoding="utf-8"))
    assert told is not None
    for quarter, profile in told["profiles"].items():
        told = (profile.get("people") or "").replace(".", "")
        if everybody := re.match(r"(\d+) Menschen", told):
            add_people(known[quarter, year], ALL, float(everybody[1]))
        for age, number in re.findall(r"unter\s(\d+): (\d+)", told):
            add_people(known[quarter, year], (0, float(age)), float(number))


def read_data(page: str) -> Any:
    """What the page's one file holds for its script, plain or compressed; None of a page whose data lie beside it."""
    found = DATA.search(page)
    if found is None:
        return None
    return json.loads(
        found[2] if "json" in found[1] else zlib.decompress(base64.b85decode(found[2].translate({44: "<", 46: "&"})))
    )


def read_ages(code: str) -> Ages | None:
    if code == "bevoelkerung":
        return ALL
    ages = re.fullmatch(r"alter_(\d+)_(\d+|plus)", code)
    return None if ages is None else (int(ages[1]), math.inf if ages[2] == "plus" else float(ages[2]))


def add_people(known: Quarter, ages: Ages, number: float) -> None:
    known.cuts |= {*ages}
    known.people.append((ages, number))


def bound(known: Quarter) -> dict[str, tuple[float, float]]:
    """Ends of every withheld count; years of life between the ages that anything names are the unknowns."""
    cuts = sorted(known.cuts)
    spans = list(itertools.pairwise(cuts))

    def cut(ages: Ages) -> Terms:
        return {f"{a:g}": 1.0 for a, b in spans if ages[0] <= a and b <= ages[1]}

    lines = [*known.equal, *((cut(ages), number, number) for ages, number in known.people)]
    hidden = {code: cut(told) if isinstance(told, tuple) else told for code, told in known.withheld.items()}
    lines += [(terms, 1, math.inf) for code, terms in hidden.items() if code != "wanderungssaldo"]
    names = sorted({name for terms, _, _ in lines for name in terms})
    at = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(lines), len(names)))
    for line, (terms, _, _) in enumerate(lines):
        for name, factor in terms.items():
            matrix[line, at[name]] = factor
    fits = LinearConstraint(matrix, [low for _, low, _ in lines], [high for _, _, high in lines])
    return {code: (_reach(terms, at, fits, sign=1), _reach(terms, at, fits, sign=-1)) for code, terms in hidden.items()}


def _reach(terms: Terms, at: dict[str, int], fits: LinearConstraint, *, sign: int) -> float:
    aim = np.zeros(len(at))
    for name, factor in terms.items():
        aim[at[name]] = sign * factor
    solved = milp(aim, constraints=fits, integrality=np.ones(len(at), dtype=int), bounds=Bounds(0, np.inf))
    if solved.status in (3, 4) and solved.x is None:
        return -sign * math.inf
    assert solved.status == 0, solved.message
    return float(round(sign * solved.fun))
