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
    "intake_words_for_codes": start(ortsteile=make_squares(), tabelle=WORDS),
}
"""Way to each problem, by its id."""
