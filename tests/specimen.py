"""A small town that holds one of everything: every status, every kind of gap, and few persons in each table.

Quarter by quarter it is made for what it shows:

| key | shows |
|---|---|
| 01 | ties of rounding, a full recovery series |
| 02 | brackets in its name; never hit by the shock; two persons beyond a limit, so that a share is withheld |
| 03 | a `<` in its name; a missing row in the series; an offer that also serves others |
| 04 | no child under 6; what does not apply |
| 05 | one or two persons in each table, so that its total is withheld, too, and with it a denominator |
| 06 | a figure that the file itself calls secret; an offer for others only |
| 07 | a missing value; an offer without a number of places |
| 08 | no population at all, and rows that are not there |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import box

from tests.load_data import CRS, SOUTH, WEST, make_geojson
from tests.osm_data import Osm, write_pbf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLACE = "Neustadt (Oder)"
NAMES = {
    "01": "Altstadt", "02": "Hafen (Nord)", "03": "Wall <alt>", "04": "Lindenhof",
    "05": "Kleinfeld", "06": "Bahnhof", "07": "Neue Heide", "08": "Ostufer",
}  # fmt: skip
UNITS = {"01": "Westen", "02": "Westen", "05": "Westen", "06": "Westen", "03": "Osten", "04": "Osten", "07": "Osten"}
"""The larger unit of each quarter; 08 belongs to none."""

GROUP = ("06", "07")
FEW = "05"
"""The quarter of one or two persons in each table."""

AGES = ("0-3", "3-6", "6-15", "15-65", "65+")
PEOPLE: Mapping[str, tuple[int, ...]] = {
    "01": (110, 120, 370, 2500, 900),
    "02": (38, 42, 220, 1600, 600),
    "03": (30, 33, 107, 1200, 430),
    "04": (0, 0, 150, 1700, 1150),
    "05": (2, 0, 31, 900, 304),
    "06": (60, 64, 196, 1400, 480),
    "07": (75, 78, 247, 1600, 600),
}
"""Persons by age group; nothing is known of 08."""

CHILDREN = {"01": 200, "02": 150, "03": 160, "04": 120, "05": 31, "06": 240, "07": 320, "08": 200}
SUPPORTED: Mapping[str, tuple[int | None, ...]] = {
    "01": (40, 40, 40, 40, 66, 60, 56, 50, 45),
    "02": (36, 36, 36, 36, 33, 33, 30, 30, 29),
    "03": (40, 40, 40, 40, 60, None, 50, 48, 44),
    "04": (18, 18, 18, 18, 40, 30, 24, 20, 18),
    "05": (2, 2, 2, 2, 2, 2, 2, 2, 2),
    "06": (72, 72, 72, 72, 110, 108, 100, 96, 94),
    "07": (58, 58, 58, 58, 110, 100, 92, 84, 79),
    "08": (44, 44, 44, 44, 62, 56, 54, 50, 49),
}
"""Children with support in the years from 2016 on, of the children above."""

YEARS = range(2016, 2025)

UNEMPLOYED = {
    "01": "01;arbeitslose;2024;;161;2500;", "02": "02;arbeitslose;2024;7,25;;1600;geschaetzt",
    "03": "03;arbeitslose;2024;;;1200;spaeter", "04": "04;arbeitslose;2024;;;;entfaellt",
    "05": "05;arbeitslose;2024;;81;900;", "06": "06;arbeitslose;2024;;;1400;geheim",
    "07": "07;arbeitslose;2024;;;1600;fehlt",
}  # fmt: skip
"""One of each status; 08 has no row."""

CELLS: Mapping[str, tuple[tuple[int, int, int], ...]] = {
    "01": ((60, 70, 180), (40, 30, 120), (10, 20, 70)),
    "02": ((20, 20, 100), (17, 21, 90), (1, 1, 30)),
    "03": ((10, 13, 50), (10, 10, 30), (10, 10, 27)),
    "04": ((0, 0, 60), (0, 0, 50), (0, 0, 40)),
    "05": ((2, 0, 2), (0, 0, 1), (0, 0, 28)),
    "06": ((30, 24, 90), (20, 20, 60), (10, 20, 46)),
    "07": ((25, 28, 100), (25, 25, 77), (25, 25, 70)),
}
"""Children of the first three age groups in each of three cells: near the middle, farther off, in the corner."""

OFFERS = """\
angebot_id;art;name;traeger;ost;nord;quartier;gueltig_ab;plaetze_0_3;plaetze_3_6;plaetze_6_15;plaetze;status
K1;kindertageseinrichtung;Kita Markt;Stadt;500;500;01;2001-08-01;40;60;;;
K2;kindertageseinrichtung;Kita Kai;Stadt;1500;500;02;2001-08-01;30;50;;;
K3;kindertageseinrichtung;Haus Regenbogen;Verein;2500;500;03;2001-08-01;10;20;30;;
K5;kindertageseinrichtung;Kita Feldrain;Stadt;500;1500;05;2001-08-01;12;15;;;
K6;kindertageseinrichtung;Hort Schienenweg;Stadt;1500;1500;06;2001-08-01;;;40;;
K7;kindertageseinrichtung;Kita Zahllos;Verein;2500;1500;07;2001-08-01;;;;;
K8;kindertageseinrichtung;Kita Ufer;Verein;3500;1500;08;2001-08-01;20;30;;;
K9;kindertageseinrichtung;Kita Grenze;Verein;1900;1300;07;2001-08-01;;;;;
KX;kindertageseinrichtung;Kita Naht;Stadt;3000;150;;2001-08-01;9;11;;;
J1;jugendarbeit;Treff Gleis;Werk;1500;1500;06;2001-08-01;;;;25;beispiel
J2;jugendarbeit;Treff Markt;Werk;600;600;01;2001-08-01;;;;30;beispiel
T1;kindertagespflege;Tagespflege Wall;Verein;2400;400;03;2001-08-01;5;;;;
W1;hze_stationaer;Wohngruppe Linde;Verein;3500;500;04;2001-08-01;;;;7;
"""
"""K3 also serves others, K6 only others, K7 and K9 state no places, K9 is counted beside where it stands, KX lies on a border."""

PROJECT = f"""\
title = "Alles einmal"
place = "{PLACE}"
year = 2024
base_year = 2020
question = "Was steht wo?"
[quarters]
file = "quartiere.geojson"
key = "code"
parent = "stadtteil"
[groups]
modellregion = ["06", "07"]
[[indicators]]
file = "kennzahlen.csv"
[[indicators]]
file = "erfunden.csv"
status = "beispiel"
[[offers]]
file = "angebote.csv"
crs = "{CRS}"
[population]
cells = "zellen.csv"
crs = "{CRS}"
[target_groups]
kindertageseinrichtung = "0-6"
jugendarbeit = "6-15"
spielplatz = "0-6"
[streets]
file = "wege.osm.pbf"
[coverage]
distance = "walking"
minutes = [5, 10, 15]
speed_kmh = 4
[redundancy]
kinds = ["kindertageseinrichtung"]
minutes = 10
[shock]
year = 2020
name = "Werksschließung"
indicator = "kinder_sgb2"
[index]
normalise = "goalposts"
aggregate = "arithmetic"
least_known = 0.5
[index.weights]
robustness = 2
redundancy = 1
recovery = 1
[index.goalposts]
kinder_sgb2 = [60, 0]
arbeitslose = [20, 0]
wohndauer_5 = [20, 80]
wanderungssaldo = [-50, 50]
angebote_in_reichweite = [0, 3]
erholung = [20, 0]
sprachfoerderung = [60, 0]
[compare]
group = "modellregion"
[report]
grey = true
profiles = true
curves = true
[[suppose]]
kind = "kindertageseinrichtung"
minutes = 5
close_providers = ["Stadt"]
more_persons = 0.1
[[map]]
shows = "arbeitslose"
[[map]]
shows = "wanderungssaldo"
[[map]]
shows = "coverage"
kind = "kindertageseinrichtung"
minutes = 5
gaps = true
streets = true
"""

STAIRS = ((1500, 1000), (1500, 1500))
"""A piece of the streets that has steps: the quarter of the station is cut off below for who pushes a pram."""


def write_specimen(folder: Path) -> Path:
    """Write the project with its files; its folder is returned."""
    shapes = {
        key: box(x, y, x + 1000, y + 1000)
        for number, key in enumerate(NAMES)
        for x, y in [(WEST + 1000 * (number % 4), SOUTH + 1000 * (number // 4))]
    }
    features = [
        ({"code": key, "name": NAMES[key], "stadtteil": UNITS.get(key)}, shape) for key, shape in shapes.items()
    ]
    files = {
        "quartiere.geojson": make_geojson(features),
        "kennzahlen.csv": "\n".join(["quartier;kennzahl;jahr;wert;zaehler;nenner;status", *_list_values(), ""]),
        "erfunden.csv": "quartier;kennzahl;jahr;wert\n01;hze_faelle;2024;31\n02;hze_faelle;2024;24\n",
        "angebote.csv": "\n".join(_move(line) for line in OFFERS.splitlines()),
        "zellen.csv": "\n".join(["zelle,ost,nord,altersgruppe,personen", *_list_cells(), ""]),
        "project.toml": PROJECT,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_pbf(folder, _lay_streets())
    return folder


def _lay_streets() -> Osm:
    """Streets along the borders of the quarters and through their middles, and a little beyond."""
    places = [(x, y) for x in range(-500, 4501, 500) for y in range(-500, 2501, 500)]
    numbers = {place: number for number, place in enumerate(places, start=1)}
    pairs = [((x, y), end) for x, y in places for end in ((x + 500, y), (x, y + 500)) if end in numbers]
    ways = [
        (number, [numbers[start], numbers[end]], {"highway": "steps" if (start, end) == STAIRS else "residential"})
        for number, (start, end) in enumerate(pairs, start=1)
    ]
    return Osm(nodes={number: (float(x), float(y)) for (x, y), number in numbers.items()}, ways=ways)


def _list_values() -> list[str]:
    lines = []
    for key, counts in PEOPLE.items():
        lines.append(f"{key};bevoelkerung;2024;{sum(counts)};;;")
        ages = (age.replace("-", "_").replace("+", "_plus") for age in AGES)
        lines += [f"{key};alter_{age};2024;{count};;;" for age, count in zip(ages, counts, strict=True)]
    lines += ["08;bevoelkerung;2024;;;;fehlt", f"{FEW};geborene;2024;1;;;", "01;geborene;2024;37;;;"]
    for key, counts_ in SUPPORTED.items():
        pairs = zip(YEARS, counts_, strict=True)
        lines += [f"{key};kinder_sgb2;{year};;{n};{CHILDREN[key]};" for year, n in pairs if n is not None]
    lines += UNEMPLOYED.values()
    for key, stayed in {"01": 2345, "02": 1390, "03": 1111, "04": 2222, "05": 777, "06": 1001, "07": 1500}.items():
        lines.append(f"{key};wohndauer_5;2024;;{stayed};{sum(PEOPLE[key])};")
    lines.append("08;wohndauer_5;2024;61,5;;;")
    for key, moved in {"01": -49, "03": 21, "04": 33, "06": -66, "07": 13}.items():
        lines.append(f"{key};wanderungssaldo;2024;;{moved};{sum(PEOPLE[key])};")
    lines.append(f"02;wanderungssaldo;2024;-0,04;;{sum(PEOPLE['02'])};")
    for key, (need, examined) in {"01": (29, 97), "02": (0, 38), "03": (11, 44), "04": (9, 60), "05": (25, 27)}.items():
        lines.append(f"{key};sprachfoerderung;2024;;{need};{examined};")
    return lines


def _list_cells() -> list[str]:
    lines = []
    for number, (key, cells) in enumerate(CELLS.items()):
        for step, persons in zip(((500, 600), (500, 900), (50, 50)), cells, strict=True):
            x, y = WEST + 1000 * (number % 4) + step[0], SOUTH + 1000 * (number // 4) + step[1]
            lines += [f"{key}-{step[0]}-{step[1]},{x},{y},{age},{n}" for age, n in zip(AGES[:3], persons, strict=True)]
    return lines


def _move(line: str) -> str:
    """Metres from the town's corner as coordinates."""
    cells = line.split(";")
    if cells[4].isdigit():
        cells[4], cells[5] = str(WEST + int(cells[4])), str(SOUTH + int(cells[5]))
    return ";".join(cells)
