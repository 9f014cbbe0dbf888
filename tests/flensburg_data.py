"""A project of Flensburg's districts with small counts of its social atlas, written for the test that plays the attacker."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BENEFITS = {
    "leistungsbezug": "total",
    "erwerbstaetig": "employable_with_benefits",
    "arbeitslosengeld": "unemployment_benefits",
    "grundsicherung": "basic_income",
    "hilfeleistung": "assisting_benefits",
}
AGES = {"alter_0_7": "age_0_to_under_7", "alter_0_18": "age_under_18", "alter_18_30": "age_18_to_under_30"}
_NAMES = {"wohnungsnot": "Von Wohnungsnot bedroht", **{code: code.capitalize() for code in BENEFITS}}

_PROJECT = """
title = "Sozialatlas"
place = "Flensburg"
year = 2022

[data]
allow = ["{data}"]

[catalogue]
indicators = "kennzahlen.toml"

[quarters]
file = "{data}/stadtteile/Stadtteile.shp"
key = "AREA_ID"
name = "AREA_NAME"
keys = "stadtteile.csv"
repair = true

[disclosure]
smallest = 10

[[map]]
shows = "hilfeleistung"
"""

_TABLE = """
[[indicators]]
file = "{data}/sozialatlas/fl_{name}.csv"
form = "wide"
key = "district_id"
year_column = "year"
keys = "stadtteile.csv"
columns = {{ {columns} }}
"""

TABLES = {
    "age_groups_by_district": AGES,
    "beneficiaries_age_15_to_under_65_by_district": BENEFITS,
    "risk_homelessness_by_district": {"wohnungsnot": "residents"},
}


def write_flensburg(folder: Path, *, data: Path, names: tuple[str, ...]) -> dict[tuple[str, str, int], float]:
    """Write the project; the counts of its files."""
    rows = [f"{number},{number:02d} {name},STGT{number:02d},{name}" for number, name in enumerate(names, start=1)]
    (folder / "stadtteile.csv").write_text("\n".join(["to,from,code,name", *rows]) + "\n", encoding="utf-8")
    entries = ['[age_groups]\nbands = ["0-7", "0-18", "18-30"]\n']
    for code, name in _NAMES.items():
        counted = f'numerator = "{" + ".join(list(BENEFITS)[1:])}"\n' if code == "leistungsbezug" else ""
        texts = f'{{ de = "{name}", en = "{name}" }}'
        entries.append(f'[[indicator]]\ncode = "{code}"\nname = {texts}\nshort = {texts}\nunit = "persons"\n{counted}')
    (folder / "kennzahlen.toml").write_text("\n".join(entries), encoding="utf-8")
    text = _PROJECT.format(data=data.as_posix())
    for table, columns in TABLES.items():
        told = ", ".join(f'{code} = "{column}"' for code, column in columns.items())
        text += _TABLE.format(data=data.as_posix(), name=table, columns=told)
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return _read_truth(data)


def _read_truth(data: Path) -> dict[tuple[str, str, int], float]:
    truth = {}
    for table, columns in TABLES.items():
        text = (data / "sozialatlas" / f"fl_{table}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            for code, column in columns.items():
                if row["district_id"] and row[column]:
                    truth[row["district_id"], code, int(row["year"])] = float(row[column])
    return truth
