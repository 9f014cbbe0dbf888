"""Small projects that a beginner would write: every pair of choices meets in at least one of them."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from shapely import LineString, box

from tests.load_data import CRS, SOUTH, WEST, make_geojson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CHOICES: Mapping[str, tuple[str, ...]] = {
    "quarters": ("one", "two", "many"),
    "years": ("one", "many"),
    "values": ("counts", "rates", "gaps", "none"),
    "offers": ("none", "some"),
    "population": ("none", "cells", "totals"),
    "coverage": ("no", "yes"),
    "index": ("none", "robustness", "three"),
    "groups": ("none", "compared"),
    "shock": ("no", "yes"),
    "maps": ("none", "one", "count"),
    "water": ("no", "yes"),
}
"""The first of each is the least that a project can do with."""

WHOLE = {
    **{name: choices[0] for name, choices in CHOICES.items()},
    "quarters": "many", "years": "many", "values": "rates", "offers": "some", "population": "cells",
    "coverage": "yes", "index": "three", "groups": "compared", "shock": "yes",
}  # fmt: skip
"""Everything that can be measured."""

_COUNT = {"one": 1, "two": 2, "many": 6}
_YEARS = {"one": (2024,), "many": tuple(range(2016, 2025))}


def list_projects(*, together: int = 2) -> list[dict[str, str]]:
    """Choices of each project: greedily the one that holds the most choices, or pairs of them, not met yet."""
    names = list(CHOICES)
    unmet = {
        some
        for chosen in combinations(names, together)
        for some in product(*([(name, choice) for choice in CHOICES[name]] for name in chosen))
        if _can_be_filled(dict(some))
    }
    projects: list[dict[str, str]] = []
    while unmet:
        project = dict(min(unmet))
        for name in names:
            if name not in project:
                ways = [way for choice in CHOICES[name] if _can_be_filled(way := {**project, name: choice})]
                project = max(ways, key=lambda way: len(_list_met(way, together) & unmet))
        unmet -= _list_met(project, together)
        projects.append({name: project[name] for name in names})
    return projects


def _can_be_filled(project: Mapping[str, str]) -> bool:
    """Whether some choice of everything else makes it a project."""
    if not fits(project):
        return False
    rest = next((name for name in CHOICES if name not in project), None)
    return rest is None or any(_can_be_filled({**project, rest: choice}) for choice in CHOICES[rest])


def _list_met(project: Mapping[str, str], together: int) -> set[tuple[tuple[str, str], ...]]:
    order = list(CHOICES)
    chosen = sorted(project.items(), key=lambda item: order.index(item[0]))
    return set(combinations(chosen, together))


def fits(project: Mapping[str, str]) -> bool:
    """Whether the choices made so far can stand together; each exception is an error that names what is missing."""
    told = {name: project.get(name) for name in CHOICES}
    return not any(
        [
            told["coverage"] == "yes" and told["population"] == "none",
            told["population"] == "totals" and told["values"] == "none",
            told["groups"] == "compared" and told["quarters"] == "one",
            told["shock"] == "yes" and told["values"] in ("none", "counts"),
            told["shock"] == "yes" and told["years"] == "one",
            told["index"] in ("robustness", "three") and told["values"] in ("none", "counts"),
            told["index"] == "three" and "no" in (told["coverage"], told["shock"]),
            told["index"] == "three" and told["offers"] == "none",
            told["maps"] in ("one", "count") and told["values"] == "none",
            told["maps"] == "one" and told["values"] == "counts",
        ]
    )


def write_project(folder: Path, choices: Mapping[str, str]) -> Path:
    """Write the project with its files; its folder is returned."""
    keys = [f"{n + 1:02d}" for n in range(_COUNT[choices["quarters"]])]
    shapes = {key: box(WEST + 1000 * n, SOUTH, WEST + 1000 * (n + 1), SOUTH + 1000) for n, key in enumerate(keys)}
    features = [({"code": key, "name": f"Viertel {key}"}, shape) for key, shape in shapes.items()]
    (folder / "quartiere.geojson").write_text(make_geojson(features), encoding="utf-8")
    parts = [
        'title = "Erste Karte"\nplace = "Neustadt"\nyear = 2024\n[quarters]\nfile = "quartiere.geojson"\nkey = "code"\n'
    ]
    parts += _write_values(folder, keys, choices)
    parts += _write_offers(folder, keys, choices) + _write_people(folder, keys, choices)
    if choices["coverage"] == "yes":
        parts.append('[coverage]\ndistance = "straight"\ndetour_factor = 1.3\nminutes = [5, 10]\nspeed_kmh = 4\n')
        parts.append('[target_groups]\nspielplatz = "0-6"\n')
    if choices["groups"] == "compared":
        parts.append('[groups]\nmodellregion = ["01"]\n[compare]\ngroup = "modellregion"\n')
    if choices["shock"] == "yes":
        parts.append('[shock]\nyear = 2020\nname = "Pandemie"\nindicator = "arbeitslose"\n')
    if choices["index"] != "none":
        parts.append(
            '[index]\nnormalise = "goalposts"\naggregate = "arithmetic"\n[index.goalposts]\nkinder_sgb2 = [60, 0]\n'
        )
        parts.append("arbeitslose = [30, 0]\n")
        parts.append("angebote_in_reichweite = [0, 4]\n" if choices["index"] == "three" else "")
        parts.append("[index.weights]\nrobustness = 1\n")
    if choices["index"] == "three":
        parts.append('redundancy = 1\nrecovery = 1\n[redundancy]\nkinds = ["spielplatz"]\nminutes = 10\n')
    if choices["maps"] != "none":
        shows = "bevoelkerung" if choices["maps"] == "count" else "kinder_sgb2"
        parts.append(f'[[map]]\nshows = "{shows}"\n')
    if choices["water"] == "yes":
        river = LineString([(WEST - 100, SOUTH + 300), (WEST + 1100, SOUTH + 320)])
        text = make_geojson([({"name": "Bach", "art": "fluss", "breite": 20}, river)])
        (folder / "gewaesser.geojson").write_text(text, encoding="utf-8")
        parts.append('[water]\nfile = "gewaesser.geojson"\n[barrier]\nfile = "gewaesser.geojson"\n')
    (folder / "project.toml").write_text("".join(parts), encoding="utf-8")
    return folder


def write_whole(folder: Path) -> Path:
    """Write a project with everything that can be measured; its folder is returned."""
    folder.mkdir()
    return write_project(folder, WHOLE)


def write_small_counts(folder: Path, **choices: str) -> Path:
    """A project of six quarters; the first has 2 children under 3 and 4 from 3 to 6, and of the second the file withholds a number."""
    folder.mkdir()
    write_project(folder, {**{name: some[0] for name, some in CHOICES.items()}, "quarters": "many", **choices})
    values = folder / "kennzahlen.csv"
    text = values.read_text(encoding="utf-8")
    for code, wanted in (("alter_0_3", 2), ("alter_3_6", 4)):
        assert f"01;{code};2024;30;" in text
        text = text.replace(f"01;{code};2024;30;", f"01;{code};2024;{wanted};")
    values.write_text(f"{text}01;alter_0_6;2024;6;;\n02;arbeitslose;2024;;geheim;24\n", encoding="utf-8")
    return folder


def _write_values(folder: Path, keys: Iterable[str], choices: Mapping[str, str]) -> list[str]:
    if choices["values"] == "none":
        return []
    lines = ["quartier;kennzahl;jahr;wert;status;nenner"]
    for number, key in enumerate(keys):
        for year in _YEARS[choices["years"]]:
            lines.append(f"{key};bevoelkerung;{year};{900 + 10 * number};;")
            lines += [f"{key};{code};{year};{30 + number};;" for code in ("alter_0_3", "alter_3_6")]
            if choices["values"] == "counts":
                continue
            gone = choices["values"] == "gaps" and number == 0
            for code, rate in (("kinder_sgb2", 20 + 3 * number + year - 2016), ("arbeitslose", 10 + (year == 2020))):
                lines.append(f"{key};{code};{year};{'' if gone else rate};{'geheim' if gone else ''};60")
    (folder / "kennzahlen.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ['[[indicators]]\nfile = "kennzahlen.csv"\n']


def _write_offers(folder: Path, keys: Iterable[str], choices: Mapping[str, str]) -> list[str]:
    if choices["offers"] == "none":
        return []
    lines = ["angebot_id,art,name,ost,nord,quartier,gueltig_ab"]
    for number, key in enumerate(keys):
        lines.append(f"A{key},spielplatz,Spielplatz {key},{WEST + 500 + 1000 * number},{SOUTH + 500},{key},2010-01-01")
    (folder / "angebote.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [f'[[offers]]\nfile = "angebote.csv"\ncrs = "{CRS}"\n']


def _write_people(folder: Path, keys: Iterable[str], choices: Mapping[str, str]) -> list[str]:
    if choices["population"] == "none":
        return []
    if choices["population"] == "totals":
        return ['[population]\nfrom = "indicators"\n']
    lines = ["zelle,ost,nord,altersgruppe,personen"]
    for number, _ in enumerate(keys):
        for step in (200, 500, 800):
            x, y = WEST + 1000 * number + step, SOUTH + step
            lines += [f"z{number}-{step},{x},{y},{ages},{8 + number}" for ages in ("0-3", "3-6")]
    (folder / "zellen.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [f'[population]\ncells = "zellen.csv"\ncrs = "{CRS}"\n']
