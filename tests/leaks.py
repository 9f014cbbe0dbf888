"""Leaks that are planted into a folder whose withheld counts are safe: each puts one small count back somewhere."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.attacker import DATA, read_data
from tests.attacker_texts import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.invented_towns import Counts

Cell = tuple[str, str, int]
Plant = "Callable[[Path, Cell, Counts], None]"


def add_row(folder: Path, name: str, told: Mapping[str, object]) -> None:
    """One more row of a table."""
    path = folder / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, head, restval="").writerow({"status": "beobachtet", **told})


def show(folder: Path, cell: Cell, truth: Counts) -> None:
    """The count itself, in a row of its own."""
    add_row(folder, "indicators", {**_name(cell), "wert": truth[cell]})


def sum_up(folder: Path, cell: Cell, truth: Counts) -> None:
    """All that are younger, with those of the band and without them."""
    for code in _list_younger(cell):
        add_row(folder, "indicators", {**_name(cell), "kennzahl": code, "wert": truth[cell[0], code, cell[2]]})


def divide(folder: Path, cell: Cell, truth: Counts) -> None:
    """As the denominator of a rate, less the bands beside it."""
    others = {"alter_0_3", "alter_3_6", "alter_6_15"} - {cell[1]}
    for code in sorted(others):
        add_row(folder, "indicators", {**_name(cell), "kennzahl": code, "wert": truth[cell[0], code, cell[2]]})
    size = truth[cell[0], "alter_0_15", cell[2]]
    add_row(folder, "indicators", {**_name(cell), "kennzahl": "kinder_sgb2", "nenner": size})


def reach(folder: Path, cell: Cell, truth: Counts) -> None:
    """As the persons of a target group within reach."""
    start, end = _ages(cell)
    add_row(folder, "coverage", {"quartier": cell[0], "altersgruppe": f"{start}-{end}", "menschen": truth[cell]})


def place(folder: Path, cell: Cell, truth: Counts) -> None:
    """As the persons who share places."""
    start, end = _ages(cell)
    add_row(folder, "supply", {"quartier": cell[0], "altersgruppe": f"{start}-{end}", "menschen": truth[cell]})


def map_it(folder: Path, cell: Cell, truth: Counts) -> None:
    """In the layer of the quarters."""
    with closing(sqlite3.connect(folder / "study.gpkg")) as database, database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(quartiere)")]
        triggers = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for trigger in triggers:  # they keep an index of shapes and ask GDAL's own functions
            database.execute(f'DROP TRIGGER "{trigger}"')
        if cell[1] not in columns:
            database.execute(f"ALTER TABLE quartiere ADD COLUMN {cell[1]} REAL")
        database.execute(f"UPDATE quartiere SET {cell[1]} = ? WHERE quarter_id = ?", (truth[cell], cell[0]))  # noqa: S608  a column of our own


def write_page(folder: Path, change: Callable[[Any], None]) -> None:
    """The page with its data changed, not compressed."""
    path = folder / "index.html"
    text = path.read_text(encoding="utf-8")
    data = expand(read_data(text))
    change(data)
    told = f'<script type="application/json" id="sro-data">{json.dumps(data, ensure_ascii=False)}</script>'
    path.write_text(DATA.sub(lambda _: told, text), encoding="utf-8")


def tell(folder: Path, cell: Cell, truth: Counts) -> None:
    """In the lines about a quarter's people, with those that are younger."""
    ends = {code.rsplit("_", 1)[1]: truth[cell[0], code, cell[2]] for code in _list_younger(cell)}

    def change(data: Any) -> None:
        told = [f"unter\u00a0{age}: {number:g}" for age, number in ends.items()]
        data["profiles"][cell[0]]["people"] = f"Kinder {', '.join(told)}"

    write_page(folder, change)


def label(folder: Path, cell: Cell, truth: Counts) -> None:
    """As the first label without a number; the page's tooltip shows it."""

    def change(data: Any) -> None:
        pictures = [view["picture"] for view in data["views"]]
        empty = [(p["labels"], at) for p in pictures for at, one in enumerate(p["labels"]) if not re.search(r"\d", one)]
        labels, at = empty[0]
        labels[at] = f"{truth[cell]:g}"

    write_page(folder, change)


def draw(folder: Path, cell: Cell, truth: Counts) -> None:
    """In a figure alone."""
    path = next((folder / "figures").glob("*.svg"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</svg>", f"<text>Kinder: {truth[cell] + 7000:g}</text>\n</svg>"), encoding="utf-8")


PLANTS: tuple[Callable[[Path, Cell, Counts], None], ...] = (
    show, sum_up, divide, reach, place, map_it, tell, label, draw,
)  # fmt: skip


def _name(cell: Cell) -> dict[str, object]:
    return {"quartier": cell[0], "kennzahl": cell[1], "jahr": cell[2]}


def _list_younger(cell: Cell) -> list[str]:
    """Bands from birth to either end of a cell's band."""
    return [f"alter_0_{end}" for end in _ages(cell) if end]


def _ages(cell: Cell) -> tuple[int, int]:
    _, start, end = cell[1].split("_")
    return int(start), int(end)
