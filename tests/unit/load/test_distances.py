"""Ways that a table says, to the offers of two squares of a kilometre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.errors import DataError
from sro_geo.load.distances import read_distances
from sro_geo.load.inputs import DistanceFile
from tests.load_data import write
from tests.measure_data import make_offers, make_population

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.distances import DistanceTables

OFFERS = make_offers({"k1": ("kita", (100, 500)), "k2": ("kita", (1500, 500))})
CELLS = make_population({"a": ((100, 500), {"0-6": 3.0}), "b": ((1500, 500), {"0-6": 4.0})}).cells


def read(folder: Path, text: str, **order: Any) -> DistanceTables:
    file = write(folder, "wege.csv", text)
    return read_distances(DistanceFile(file=file, **order), offers=OFFERS, cells=CELLS, speed_kmh=3.0)


def list_pairs(read: DistanceTables) -> list[tuple[str, str, float]]:
    return list(read.distances.pairs.itertuples(index=False, name=None))


def test_minutes_become_the_metres_that_are_walked_in_them(tmp_path: Path) -> None:
    found = read(tmp_path, "Angebot;Zelle;Minuten\nk1;a;0\nk2;a;12,5\nk1;b;7\n")
    assert list_pairs(found) == [("k1", "a", 0.0), ("k2", "a", 625.0), ("k1", "b", 350.0)]
    assert found.distances.place == "cell_id"


def test_metres_stay_and_names_are_known_as_well_as_keys(tmp_path: Path) -> None:
    name = OFFERS.loc["k2", "name"]
    found = read(tmp_path, f"offer,cell_id,metres\n{name},a,800.5\n")
    assert list_pairs(found) == [("k2", "a", 800.5)]


def test_a_way_may_hold_for_a_quarter(tmp_path: Path) -> None:
    found = read(tmp_path, "einrichtung;quartier;meter\nk1;q1;100\nk1;q2;900\n")
    assert found.distances.place == "quarter_id"
    assert list_pairs(found) == [("k1", "q1", 100.0), ("k1", "q2", 900.0)]


def test_heads_may_be_stated(tmp_path: Path) -> None:
    columns = {"offer": "Wohin", "cell_id": "Woher", "minutes": "Dauer"}
    assert list_pairs(read(tmp_path, "Wohin;Woher;Dauer\nk1;a;1\n", columns=columns)) == [("k1", "a", 50.0)]


@pytest.mark.parametrize(
    ("text", "cause", "row", "column"),
    [
        ("angebot;meter\nk1;5\n", "distances_heads", None, None),
        ("angebot;zelle;weg\nk1;a;5\n", "distances_heads", None, None),
        ("angebot;zelle;meter;minuten\nk1;a;5;1\n", "distances_two_units", None, None),
        ("angebot;zelle;meter\nk1;a;5\nk9;a;5\n", "distances_unknown_offer", 3, "angebot"),
        ("angebot;zelle;meter\nk1;c;5\n", "distances_unknown_cell", 2, "zelle"),
        ("angebot;quartier;meter\nk1;q9;5\n", "distances_unknown_quarter", 2, "quartier"),
        ("angebot;zelle;meter\nk1;a;5\nk1;a;6\n", "duplicate_key", 2, "angebot"),
        ("angebot;zelle;minuten\nk1;a;-1\n", "distances_negative", 2, "minuten"),
        ("angebot;zelle;meter\nk1;a;\nk1;b;5\n", "distances_empty", 2, "meter"),
        ("angebot;zelle;meter\nk1;a;–\nk1;b;5\n", "distances_empty", 2, "meter"),
        ("angebot;zelle;meter\nk1;a;weit\n", "number_unreadable", 2, "meter"),
    ],
)
def test_every_fault_is_told_with_its_row(
    tmp_path: Path, text: str, cause: str, row: int | None, column: str | None
) -> None:
    with pytest.raises(DataError) as raised:
        read(tmp_path, text)
    (problem,) = raised.value.problems
    assert problem.cause == cause
    assert (problem.places[0].row, problem.places[0].column) == (row, column)


def test_a_name_that_two_have_says_neither(tmp_path: Path) -> None:
    twins = OFFERS.assign(name="Kita")
    file = write(tmp_path, "wege.csv", "angebot;zelle;meter\nKita;a;5\n")
    with pytest.raises(DataError) as raised:
        read_distances(DistanceFile(file=file), offers=twins, cells=CELLS, speed_kmh=3.0)
    assert [problem.cause for problem in raised.value.problems] == ["distances_several_offers"]
