"""The attacker of `tests.attacker` with the totals of areas as further equations: quarters of the year shown, all at once.

Nothing of `sro_geo` is used here.
"""

from __future__ import annotations

import itertools
import json
import math
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from tests.attacker import (
    MOVES,
    OTHERS,
    PARTS_OF_WHOLE,
    PER,
    PLAIN,
    SHARES,
    WITHHELD,
    read_ages,
    read_folder,
    read_table,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from tests.attacker import Ages, Cell, Quarter, Terms

Reach = tuple[str, str, float, float]
"""Quarter, kind, and two limits: who lies between them. 0 is nobody, infinity everybody."""
HALF_DIGIT = 0.5e-4
"""Tables have four decimals."""


@dataclass
class Known:
    """Lines over unknown whole numbers of all quarters."""

    lines: list[tuple[Terms, float, float]] = field(default_factory=list)

    def tell(self, terms: Terms, low: float, high: float) -> None:
        self.lines.append((terms, low, high))

    def bound(self, sums: Mapping[Any, Terms]) -> dict[Any, tuple[float, float]]:
        """Smallest and largest whole number that each sum can be."""
        names = sorted({name for terms, _, _ in self.lines for name in terms} | {n for t in sums.values() for n in t})
        at = {name: number for number, name in enumerate(names)}
        matrix = lil_array((len(self.lines), len(names)))
        for line, (terms, _, _) in enumerate(self.lines):
            for name, factor in terms.items():
                matrix[line, at[name]] = factor
        fits = LinearConstraint(matrix.tocsr(), [low for _, low, _ in self.lines], [high for _, _, high in self.lines])
        return {key: (reach(terms, at, fits, sign=1), reach(terms, at, fits, sign=-1)) for key, terms in sums.items()}


def reach(terms: Terms, at: Mapping[str, int], fits: LinearConstraint, *, sign: int) -> float:
    aim = np.zeros(len(at))
    for name, factor in terms.items():
        aim[at[name]] = sign * factor
    solved = milp(aim, constraints=fits, integrality=np.ones(len(at), dtype=int), bounds=Bounds(0, np.inf))
    if solved.status in (3, 4) and solved.x is None:
        return -sign * math.inf
    assert solved.status == 0, solved.message
    return float(round(sign * solved.fun))


def read_year(folder: Path) -> int:
    return int(json.loads((folder / "protocol.json").read_text(encoding="utf-8"))["about"]["year"])


def read_members(folder: Path) -> dict[str, set[str]]:
    """Quarters of each area, from the project file that the protocol repeats and the map."""
    settings = json.loads((folder / "protocol.json").read_text(encoding="utf-8"))["settings"]
    with closing(sqlite3.connect(folder / "study.gpkg")) as database:
        ids = {str(row[0]) for row in database.execute("SELECT quarter_id FROM quartiere")}
    if "compare" not in settings:
        return {"Ganze Stadt": ids}
    group = set(settings["groups"][settings["compare"]["group"]])
    names = list(dict.fromkeys(row["gebiet"] for row in read_table(folder, "areas")))
    return dict(zip(names, (ids, group, ids - group), strict=True))


@dataclass(frozen=True)
class Total:
    """A row of `areas.csv`, and the quarters whose counts are in it."""

    code: str
    inside: set[str]
    value: float
    size: float


def list_totals(folder: Path) -> list[Total]:
    """Totals that hold more than the quarters shown: how many they rest on tells whether the withheld are in it."""
    year, members = read_year(folder), read_members(folder)
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table(folder, "indicators"):
        if int(row["jahr"]) == year:
            states[row["kennzahl"]][row["quartier"]] = row["status"]
    found = []
    for row in read_table(folder, "areas"):
        mine = {q: s for q, s in states[row["kennzahl"]].items() if q in members[row["gebiet"]]}
        hidden = {q for q, state in mine.items() if state in WITHHELD}
        known = {q for q, state in mine.items() if state in ("beobachtet", "geschätzt", "nicht sinnvoll")}
        exact = row["status"] == "beobachtet" or row["kennzahl"].startswith(
            ("ohne_", "angebote_")
        )  # else of rounded rates
        if row["wert"] and exact and int(row["quartiere_vollstaendig"]) == len(known | hidden):
            size = float(row["nenner"]) if row["nenner"] else math.nan
            found.append(Total(code=row["kennzahl"], inside=known | hidden, value=float(row["wert"]), size=size))
    return found


def attack_totals(folder: Path) -> dict[Cell, tuple[float, float]]:
    """Ends of every withheld count of the tables in the year shown."""
    year, known = read_year(folder), Known()
    quarters = {quarter: told for (quarter, when), told in read_folder(folder).items() if when == year}
    cuts = sorted(set().union(*(told.cuts for told in quarters.values())))

    def name(quarter: str, terms: Terms | Ages) -> Terms:
        if isinstance(terms, tuple):
            spans = itertools.pairwise(cuts)
            return {f"{quarter} {a:g}": 1.0 for a, b in spans if terms[0] <= a and b <= terms[1]}
        return {f"{quarter} {code}": factor for code, factor in terms.items()}

    for quarter, told in quarters.items():
        tell_quarter(known, quarter, told, name=name)
    for total in list_totals(folder):
        ages = read_ages(total.code)
        number: Terms | Ages = ages if ages is not None else {**MOVES, **PLAIN}.get(total.code, {total.code: 1})
        everybody = join(name(quarter, number) for quarter in total.inside)
        if ages is not None or total.code in PLAIN:
            known.tell(everybody, total.value, total.value)
        elif total.code in {*SHARES, *OTHERS} and not math.isnan(total.size):
            per = PER.get(total.code, 100)
            ends = [(total.value + end) * total.size / per for end in (-HALF_DIGIT, HALF_DIGIT)]
            known.tell(everybody, ends[0] - 1e-6, ends[1] + 1e-6)
            below: Terms | Ages = {OTHERS[total.code]: 1} if total.code in OTHERS else SHARES[total.code]
            known.tell(join(name(quarter, below) for quarter in total.inside), total.size, total.size)
    hidden = {(q, code, year): name(q, terms) for q, told in quarters.items() for code, terms in told.withheld.items()}
    return known.bound(hidden)


def tell_quarter(known: Known, quarter: str, told: Quarter, *, name: Any) -> None:
    for ages, number in told.people:
        known.tell(name(quarter, ages), number, number)
    for terms, low, high in told.equal:
        known.tell(name(quarter, terms), low, high)
    for code, hidden in told.withheld.items():
        if code != "wanderungssaldo":
            known.tell(name(quarter, hidden), 1, math.inf)
        if code in PARTS_OF_WHOLE and code in SHARES:  # a part is no more than its whole
            whole = name(quarter, SHARES[code])
            known.tell(join([whole, {key: -factor for key, factor in name(quarter, hidden).items()}]), 0, math.inf)


def join(sums: Iterable[Terms]) -> Terms:
    found: Terms = defaultdict(float)
    for terms in sums:
        for key, factor in terms.items():
            found[key] += factor
    return dict(found)


def attack_reach(folder: Path, *, small: Collection[Reach] = ()) -> dict[Reach, tuple[float, float]]:
    """Ends of the persons between any two limits of a quarter one of which is withheld.

    `small` are those that the attacker knows to be one or two.
    """
    known, rows = Known(), [row for row in read_table(folder, "coverage") if row["menschen"]]
    offers = count_offers(folder)
    chains: dict[tuple[str, str], dict[float, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        chains[row["quartier"], row["angebotsart"]][float(row["minuten"])] = row
    wanted: dict[Reach, Terms] = {}
    for (quarter, kind), chain in chains.items():
        wanted |= tell_chain(known, quarter, kind, chain, offers=offers[kind])
    for total in list_totals(folder):
        if total.code.startswith("ohne_"):
            kind, limit = total.code.removeprefix("ohne_").rsplit("_", 1)
            without = total.value * total.size / 100
            slack = HALF_DIGIT * total.size / 100 + 1e-6
            names = join({f"{q} {kind} {float(limit):g} reached": 1.0} for q in total.inside if (q, kind) in chains)
            known.tell(names, total.size - without - slack, total.size - without + slack)
        elif total.code == "angebote_in_reichweite":
            tell_mean(known, folder, total, rows)
    for where in small:
        known.tell(wanted[where], 1, 2)
    return known.bound(wanted)


def tell_chain(
    known: Known, quarter: str, kind: str, chain: Mapping[float, Mapping[str, str]], *, offers: int
) -> dict[Reach, Terms]:
    """Reached persons nest; each of them has one offer or more, and nobody has more than there are."""
    everybody = float(next(iter(chain.values()))["menschen"])
    points: dict[float, Terms] = {0.0: {}}
    hidden, last = set(), ("", "")
    for limit, row in sorted(chain.items()):
        one, many = (f"{quarter} {kind} {limit:g} {what}" for what in ("reached", "chances"))
        points[limit] = {one: 1.0}
        if row["erreicht"]:
            known.tell({one: 1}, float(row["erreicht"]), float(row["erreicht"]))
        else:
            hidden.add(limit)
            known.tell({one: 1}, 1, everybody - 1)
        if row["angebote_im_mittel"]:
            half = HALF_DIGIT if row["erreicht"] else 0.05 + HALF_DIGIT
            ends = [(float(row["angebote_im_mittel"]) + end) * everybody for end in (-half, half)]
            known.tell({many: 1}, ends[0] - 1e-6, ends[1] + 1e-6)
        known.tell({many: 1, one: -1}, 0, math.inf)
        known.tell({many: 1, one: -offers}, -math.inf, 0)
        if last[0]:
            known.tell({one: 1, last[0]: -1}, 0, math.inf)
            known.tell({many: 1, last[1]: -1, one: -1, last[0]: 1}, 0, math.inf)
        last = (one, many)
    whole = f"{quarter} {kind} everybody"
    points[math.inf] = {whole: 1.0}
    known.tell({whole: 1}, everybody, everybody)
    pairs = itertools.combinations(points, 2)
    return {
        (quarter, kind, near, far): {**points[far], **dict.fromkeys(points[near], -1.0)}
        for near, far in pairs
        if {near, far} & hidden
    }


def count_offers(folder: Path) -> Counter[str]:
    with closing(sqlite3.connect(folder / "study.gpkg")) as database:
        return Counter(str(row[0]) for row in database.execute("SELECT kind FROM angebote"))


def tell_mean(known: Known, folder: Path, total: Total, rows: Iterable[Mapping[str, str]]) -> None:
    """Redundancy: the mean over the kinds of all offers in reach of all persons."""
    settings = json.loads((folder / "protocol.json").read_text(encoding="utf-8"))["settings"]["redundancy"]
    kinds, limit = settings["kinds"], float(settings["minutes"])
    mine = [row for row in rows if float(row["minuten"]) == limit and row["quartier"] in total.inside]
    terms: Terms = {}
    for kind in kinds:
        own = [row for row in mine if row["angebotsart"] == kind]
        size = sum(float(row["menschen"]) for row in own)
        terms |= {f"{row['quartier']} {kind} {limit:g} chances": 1 / size / len(kinds) for row in own}
    known.tell(terms, total.value - 2 * HALF_DIGIT, total.value + 2 * HALF_DIGIT)
