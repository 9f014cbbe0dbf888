"""Tables of ways that lead nowhere, begin nowhere or say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.load.distances import read_distances
from sro_geo.load.inputs import DistanceFile
from tests.load_data import write
from tests.measure_data import make_offers, make_population

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Case = Callable[[Path], object]


def _ways(text: str, *, twins: bool = False) -> Case:
    offers = make_offers({"k1": ("kita", (100, 500)), "k2": ("kita", (1500, 500))})
    cells = make_population({"a": ((100, 500), {"0-6": 3.0})}).cells

    def read(folder: Path) -> object:
        named = offers.assign(name="Kita") if twins else offers
        file = write(folder, "wege.csv", text)
        return read_distances(DistanceFile(file=file), offers=named, cells=cells, speed_kmh=4.0)

    return read


DISTANCE_CASES = {
    "distances_heads": _ways("angebot;von;meter\nk1;a;5\n"),
    "distances_two_units": _ways("angebot;zelle;meter;minuten\nk1;a;500;6\n"),
    "distances_unknown_offer": _ways("angebot;zelle;meter\nk1;a;5\nk9;a;5\n"),
    "distances_several_offers": _ways("angebot;zelle;meter\nKita;a;5\n", twins=True),
    "distances_unknown_cell": _ways("angebot;zelle;meter\nk1;x1;5\nk2;x2;5\n"),
    "distances_unknown_quarter": _ways("angebot;quartier;meter\nk1;9;5\n"),
    "distances_empty": _ways("angebot;zelle;meter\nk1;a;\nk2;a;5\n"),
    "distances_negative": _ways("angebot;zelle;minuten\nk1;a;-1\n"),
}
