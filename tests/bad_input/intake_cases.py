"""Raw files that no project can be made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.intake.writing import start_project
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


WORDS = "code;kennzahl;jahr;wert\n01;Arbeitslose (alle);2022;3\n02;Arbeitslose (alle);2022;4\n"
INTAKE_CASES: dict[str, Case] = {
    "intake_no_areas": start(tabelle="code;wert\n01;3\n"),
    "intake_several_areas": start(bezirke=make_squares(), ortsteile=make_squares()),
    "intake_no_key": start(ortsteile=make_geojson([({"art": "Ort"}, shape) for shape in SHAPES.values()])),
    "intake_words_for_codes": start(ortsteile=make_squares(), tabelle=WORDS),
}
"""Way to each problem, by its id."""
