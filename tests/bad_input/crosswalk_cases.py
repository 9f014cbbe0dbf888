"""Crosswalks that lose people, lead nowhere or are stated wrongly, and what is told of those that work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import box

from sro_geo.load.crosswalk import read_crosswalks
from sro_geo.load.inputs import CrosswalkFile, PopulationFile, QuartersFile
from sro_geo.pipeline.tables import read_tables
from sro_geo.project import read_project
from tests.load_data import SOUTH, WEST, make_geojson, make_quarters, make_squares, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Case = Callable[[Path], object]

SHARES = "A;01;0,25\nA;02;0,75\nB;02;1\n"
COUNTS = "A;bevoelkerung;2024;1000;;\nB;bevoelkerung;2024;304;;\n"
CELLS = "zelle,ost,nord,altersgruppe,personen\nz1,300500,6000500,0+,300\nz2,301500,6000500,0+,100\n"
PROJECT = 'title = "Atlas"\nplace = "Musterstadt"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
TABLE = '[[indicators]]\nfile = "alt.csv"\n'
VINTAGE = 'vintage = "2015"\n'
CROSSWALK = '[[crosswalk]]\nfrom = "2015"\n'
FROM_TABLE = CROSSWALK + 'file = "umstieg.csv"\n'
BOUNDARIES = 'boundaries = { file = "alt.geojson", key = "code" }\n'


def _write(folder: Path, text: str, *, shares: str = SHARES, values: str = COUNTS) -> Path:
    write(folder, "q.geojson", make_squares())
    write(folder, "alt.geojson", make_squares())
    write(folder, "umstieg.csv", "von;nach;anteil\n" + shares)
    write(folder, "alt.csv", "quartier;kennzahl;jahr;wert;zaehler;nenner\n" + values)
    write(folder, "project.toml", PROJECT + text)
    return folder


def project(text: str) -> Case:
    return lambda folder: read_project(_write(folder, text))


def tables(*, shares: str = SHARES, values: str = COUNTS) -> Case:
    """Tables of a project whose values are carried."""
    text = TABLE + VINTAGE + FROM_TABLE
    return lambda folder: read_tables(read_project(_write(folder, text, shares=shares, values=values)))


def computed(*old: tuple[float, float], cells: str = CELLS, by_area: bool = False) -> Case:
    """Old areas from one distance in metres to another, over two squares of a kilometre."""

    def read(folder: Path) -> object:
        areas = [
            ({"code": key, "name": key}, box(WEST + west, SOUTH, WEST + east, SOUTH + 1000))
            for key, (west, east) in zip("ABC", old, strict=False)
        ]
        boundaries = QuartersFile(file=write(folder, "alt.geojson", make_geojson(areas)), key="code")
        order = CrosswalkFile(vintage="2015", boundaries=boundaries, by_area=by_area)
        people = PopulationFile(cells=write(folder, "zellen.csv", cells))
        return read_crosswalks([order], quarters=make_quarters(), people=people, year=2024, smallest=3)

    return read


CROSSWALK_CASES: dict[str, Case] = {
    "crosswalk_one_of": project(TABLE + VINTAGE + FROM_TABLE + BOUNDARIES),
    "crosswalk_twice": project(TABLE + VINTAGE + FROM_TABLE + FROM_TABLE),
    "crosswalk_unused": project(TABLE + FROM_TABLE),
    "vintage_without_crosswalk": project(TABLE + VINTAGE),
    "crosswalk_without_people": project(TABLE + VINTAGE + CROSSWALK + BOUNDARIES),
    "crosswalk_share_wrong": tables(shares="A;01;25\nA;02;75\nB;02;\n"),
    "crosswalk_unknown_quarter": tables(shares="A;01;0,5\nA;1;0,5\n"),
    "crosswalk_sums": tables(shares="A;01;0,25\nA;02;0,7\nB;02;1\n"),
    "crosswalk_lacks_keys": tables(values=COUNTS + "C;bevoelkerung;2024;9;;\n"),
    "crosswalk_without_part": tables(shares="A;01;1\nB;01;1\n"),
    "crosswalk_nowhere": computed((0, 2000), (2500, 3000)),
    "crosswalk_no_people": computed(
        (0, 900), (900, 2000), cells=CELLS.replace("301500", "300600").replace("00500,60", "00100,60")
    ),
    "crosswalk_by_people": computed((0, 2000)),
    "crosswalk_by_area": computed((0, 2000), by_area=True),
    "crosswalk_few": computed((0, 2000), cells=CELLS.replace("0+,100", "0+,2")),
    "crosswalk_slivers": computed((0, 1001.5), (1001.5, 2000)),
    "crosswalk_outside": computed((-500, 1000)),
    "values_carried": tables(),
    "parts_unknown": tables(values="A;bevoelkerung;2024;1000;;\n"),
    "values_not_carried": tables(values="A;arbeitslose;2024;10;;\nB;arbeitslose;2024;12;;\n"),
}
