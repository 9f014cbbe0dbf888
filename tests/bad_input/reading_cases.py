"""What can go wrong with the process that reads geo files, and with the copy that it reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from sro_geo.load import guard
from sro_geo.load.guard import close_guard
from sro_geo.load.tables import read_table
from sro_geo.load.vectors import read_vector
from tests.load_data import make_squares, write

Case = Callable[[Path], object]


def hostile(task: str, **changed: Any) -> Case:
    """Squares that a process reads which does what it is told."""

    def read(folder: Path) -> object:
        close_guard()
        try:
            with patch.multiple(guard, READER="tests.hostile_reader", **changed):
                return read_vector(write(folder, "grenzen.geojson", make_squares()), layer=task)
        finally:
            close_guard()

    return read


def no_room(folder: Path) -> object:
    with patch("tempfile.tempdir", str(folder / "nichts-da")):
        return read_vector(write(folder, "grenzen.geojson", make_squares()))


def changed(folder: Path) -> object:
    file = write(folder, "tabelle.csv", "quartier;wert\n01;5\n02;7\n")
    read_table(file)
    write(folder, "tabelle.csv", "quartier;wert\n01;6\n02;7\n")
    return read_table(file)


READING_CASES: dict[str, Case] = {
    "copy_failed": no_room,
    "file_changed": changed,
    "reading_crashed": hostile("crash"),
    "reading_too_slow": hostile("hang", LEAST_SECONDS=1),
    "reading_impossible": hostile("tell", sys=SimpleNamespace(executable="")),
}
