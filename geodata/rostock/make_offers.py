"""Invent example offers for Rostock: none of them exists.

Reads `angebotsarten.csv`, `stadtbereiche.csv`, `hilfspunkte.csv`, `altersgruppen.csv` and the two
drawings of `make.py`, all beside it, and writes `angebote.csv` into the same folder. Quarters are drawn
in proportion to the children or young people that a kind is for; points lie in the schematic quarter and
on land.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SEED = 5
YEAR = "2019"
FROM_EDGE = 120
"""Metres that a point keeps from the quarter's border and from water."""
AROUND = 700
"""Metres; a point lies no further from one of the quarter's first three helper points."""
HEADER = [
    "angebot_id", "art", "name", "traeger", "standort_id", "ost", "nord", "quartier",
    "gueltig_ab", "gueltig_bis", "oeffnungszeiten", "kosten",
    "plaetze_0_3", "plaetze_3_6", "plaetze_6_15", "plaetze", "status",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one kind of offer is invented: a row of `angebotsarten.csv`.

    Attributes
    ----------
    kind, label : str
        Code and first word of every name.
    number : int
        How many.
    ages : list of str
        Age bands that decide where.
    hosts : list of str
        Kinds at whose sites it is; empty: sites of its own.
    hours : str
        Opening times; empty where one does not walk in.
    cost : str
        `frei` or `beitrag`.
    places : list of str
        Column, least and most places, as `plaetze:6:10`.
    has_point : bool
        False by area only and for a protected address.
    """

    kind: str
    label: str
    number: int
    ages: list[str]
    hosts: list[str]
    hours: str
    cost: str
    places: list[str]
    has_point: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where one or more offers are, and whose."""

    site_id: str
    quarter: str
    provider: str
    point: tuple[int, int] | None


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_plans(path: Path) -> list[Plan]:
    """Plans in the table's order: hosts come before their guests."""
    return [
        Plan(
            kind=row["art"],
            label=row["wort"],
            number=int(row["anzahl"]),
            ages=row["alter"].split(),
            hosts=row["bei"].split(),
            hours=row["oeffnungszeiten"],
            cost=row["kosten"],
            places=row["plaetze"].split(),
            has_point=row["punkt"] == "ja",
        )
        for row in read_rows(path)
    ]


def choose_places(dice: random.Random, plan: Plan) -> dict[str, int]:
    """Places by column."""
    places = {}
    for entry in plan.places:
        column, least, most = entry.split(":")
        places[column] = int(least) + int(dice.random() * (int(most) - int(least) + 1))
    return places


def read_land(folder: Path) -> dict[str, BaseGeometry]:
    """Where points may lie, by quarter: near its first helper points, inside its border, not in water."""
    shapes = json.loads((folder / "stadtbereiche.geojson").read_text(encoding="utf-8"))["features"]
    waters = json.loads((folder / "gewaesser.geojson").read_text(encoding="utf-8"))["features"]
    wet = shapely.union_all([_as_shape(water).buffer(FROM_EDGE) for water in waters])
    centres: dict[str, list[shapely.Point]] = {}
    for row in read_rows(folder / "hilfspunkte.csv"):
        if int(row["nr"]) <= 3:
            centres.setdefault(row["code"], []).append(shapely.Point(float(row["ost"]), float(row["nord"])))
    land = {}
    for feature in shapes:
        code = feature["properties"]["code"]
        lived_in = shapely.union_all([centre.buffer(AROUND) for centre in centres[code]])
        land[code] = (_as_shape(feature).buffer(-FROM_EDGE) & lived_in) - wet
    return land


def _as_shape(feature: dict[str, object]) -> BaseGeometry:
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def choose_quarters(dice: random.Random, plan: Plan, *, people: Counter[tuple[str, str]]) -> list[str]:
    """Quarters in proportion to the age bands: equal steps along the running sum from a random start."""
    codes = sorted({code for code, _ in people})
    weights = [sum(people[code, age] for age in plan.ages) for code in codes]
    step = sum(weights) / plan.number
    start = dice.random() * step
    marks = [start + i * step for i in range(plan.number)]
    chosen, passed = [], 0.0
    for code, weight in zip(codes, weights, strict=True):
        chosen += [code] * sum(passed <= mark < passed + weight for mark in marks)
        passed += weight
    return chosen


def choose_point(dice: random.Random, land: BaseGeometry) -> tuple[int, int]:
    """Coordinates of a point inside, in whole metres."""
    west, south, east, north = land.bounds
    while True:
        x, y = round(west + dice.random() * (east - west)), round(south + dice.random() * (north - south))
        if shapely.contains_xy(land, x, y):
            return x, y


def choose_sites(
    dice: random.Random,
    plan: Plan,
    *,
    sites: dict[str, list[Site]],
    land: dict[str, BaseGeometry],
    people: Counter[tuple[str, str]],
) -> list[Site]:
    """Where the plan's offers are: at their hosts, evenly through the list, or at new sites."""
    if plan.hosts:
        hosts = [site for kind in plan.hosts for site in sites[kind]]
        start = dice.random()
        return [hosts[int((start + i) * len(hosts) / plan.number) % len(hosts)] for i in range(plan.number)]
    found = []
    first = 1 + len({site.site_id for own in sites.values() for site in own})
    for i, code in enumerate(choose_quarters(dice, plan, people=people)):
        found.append(
            Site(
                site_id=f"SO{first + i:03d}",
                quarter=code,
                provider=f"Träger {'ABCDEFGHIJKL'[int(dice.random() * 12)]} (erfunden)",
                point=choose_point(dice, land[code]) if plan.has_point else None,
            ),
        )
    return found


def describe_offers(
    dice: random.Random, plan: Plan, own: list[Site], *, names: dict[str, str]
) -> list[dict[str, str | int]]:
    """Rows of one kind, without the id."""
    many = Counter(site.quarter for site in own)
    seen: Counter[str] = Counter()
    rows = []
    for site in own:
        seen[site.quarter] += 1
        number = f" {seen[site.quarter]}" if many[site.quarter] > 1 else ""
        row: dict[str, str | int] = {
            "art": plan.kind,
            "name": f"{plan.label} {names[site.quarter]}{number}",
            "traeger": site.provider,
            "standort_id": site.site_id,
            "quartier": site.quarter,
            "gueltig_ab": f"{1994 + int(dice.random() * 22)}-08-01",
            "oeffnungszeiten": plan.hours,
            "kosten": plan.cost,
            "status": "beispiel",
            **choose_places(dice, plan),
        }
        if site.point:
            row["ost"], row["nord"] = site.point
        rows.append(row)
    return rows


def main(folder: Path) -> None:
    """Write `angebote.csv` into the folder of the tables."""
    names = {row["code"]: row["name"] for row in read_rows(folder / "stadtbereiche.csv")}
    people: Counter[tuple[str, str]] = Counter()
    for row in read_rows(folder / "altersgruppen.csv"):
        if row["jahr"] == YEAR:
            people[row["quartier"], row["kennzahl"].removeprefix("alter_")] = int(row["wert"])
    land = read_land(folder)
    dice = random.Random(SEED)  # noqa: S311  invents examples, keeps no secret
    sites: dict[str, list[Site]] = {}
    rows: list[dict[str, str | int]] = []
    for plan in read_plans(folder / "angebotsarten.csv"):
        sites[plan.kind] = choose_sites(dice, plan, sites=sites, land=land, people=people)
        rows += describe_offers(dice, plan, sites[plan.kind], names=names)
    with (folder / "angebote.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows({"angebot_id": f"RA{i:03d}", **row} for i, row in enumerate(rows, start=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
