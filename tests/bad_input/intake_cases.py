"""Raw files that no project can be made from."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sro_geo.intake.writing import extend_project, start_project
from sro_geo.project import find_shipped
from tests.load_data import SHAPES, make_geojson, make_squares, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Case = Callable[[Path], object]


def start(**files: str) -> Case:
    """Make a project of files, named without their ending: areas begin with a brace."""

    def make(folder: Path) -> object:
        for name, text in files.items():
            write(folder, f"{name}.geojson" if text.startswith("{") else f"{name}.csv", text)
        return start_project(folder / "neu", sorted(path for path in folder.iterdir() if path.is_file()))

    return make


def extend(text: str, *, name: str = "zweite.csv", catalogue: str = "kennzahlen.toml") -> Case:
    """Add a table to a project of two areas and one table."""

    def make(folder: Path) -> object:
        first = [write(folder, "ortsteile.geojson", make_squares()).path, write(folder, "erste.csv", FIRST).path]
        start_project(folder / "stadt", first)
        project = folder / "stadt" / "project.toml"
        (folder / "stadt" / "kennzahlen.toml").rename(folder / "stadt" / catalogue)
        told = project.read_text(encoding="utf-8").replace("kennzahlen.toml", catalogue)
        project.write_text(f'{told}[data]\nallow = [".."]\n', encoding="utf-8")
        (folder / "neu").mkdir()
        return extend_project(project, [write(folder / "neu", name, text).path])

    return make


def add_grid(folder: Path) -> object:
    """Add a grid of the Zensus to a project that has one."""
    grid = "GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\nCRS3035RES100mN2700000E4000000;4000050;2700050;3\n"
    first = [write(folder, "ortsteile.geojson", make_squares()).path, write(folder, "gitter.csv", grid).path]
    start_project(folder / "stadt", first)
    return extend_project(folder / "stadt", [write(folder, "gitter_neu.csv", grid.replace(";3\n", ";4\n")).path])


def start_twice_on_foot(folder: Path) -> object:
    """Make a project of two extracts of OpenStreetMap."""
    areas = write(folder, "ortsteile.geojson", make_squares()).path
    return start_project(
        folder / "neu", [areas, *(_copy_streets(folder / name) for name in ("land.osm.pbf", "stadt.osm.pbf"))]
    )


def add_streets(folder: Path) -> object:
    """Add an extract of OpenStreetMap to a project."""
    first = [write(folder, "ortsteile.geojson", make_squares()).path, write(folder, "erste.csv", FIRST).path]
    start_project(folder / "stadt", first)
    return extend_project(folder / "stadt", [_copy_streets(folder / "stadt.osm.pbf")])


def _copy_streets(path: Path) -> Path:
    shutil.copyfile(find_shipped("geodata/musterstadt/strassen.osm.pbf"), path)
    return path


FIRST = "code;jahr;pendler in der woche\n01;2022;30\n02;2022;40\n"
NUMBERS = (("02", "01"), ("01", "02"))
TWO_KEYS = make_geojson([({"nr": n, "code": c}, s) for (n, c), s in zip(NUMBERS, SHAPES.values(), strict=True)])
"""Two numberings of the same areas."""

WORDS = "code;kennzahl;jahr;wert\n01;Arbeitslose (alle);2022;3\n02;Arbeitslose (alle);2022;4\n"
INTAKE_CASES: dict[str, Case] = {
    "intake_no_areas": start(tabelle="code;wert\n01;3\n"),
    "intake_several_areas": start(bezirke=make_squares(), ortsteile=make_squares()),
    "intake_no_key": start(ortsteile=make_geojson([({"art": "Ort"}, shape) for shape in SHAPES.values()])),
    "intake_key_ambiguous": start(ortsteile=TWO_KEYS, arbeit="ort;jahr;arbeitslose\n01;2022;30\n02;2022;40\n"),
    "intake_word_twice": start(
        ortsteile=TWO_KEYS,
        arbeit="code;jahr;arbeitslose\n01;2022;30\n02;2022;40\n",
        wohnen="nr;jahr;wohnungen\n01;2022;30\n02;2022;40\n",
    ),
    "intake_file_known": extend(FIRST),
    "intake_indicator_known": extend(FIRST.replace("40", "41"), name="erste_2023.csv"),
    "intake_name_taken": extend(FIRST.replace("pendler", "urlauber"), name="erste.csv"),
    "intake_catalogue_elsewhere": extend(FIRST.replace("pendler", "urlauber"), catalogue="../katalog.toml"),
    "intake_population_known": add_grid,
    "intake_several_streets": start_twice_on_foot,
    "intake_streets_by_hand": add_streets,
    "intake_words_for_codes": start(ortsteile=make_squares(), tabelle=WORDS),
}
"""Way to each problem, by its id."""
