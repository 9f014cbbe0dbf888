"""One flat file of GENESIS for each thing that can be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile, RateColumns
from tests.genesis_data import make_new, make_old
from tests.load_data import CATALOGUE, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Case = Callable[[Path], object]

COUNTRY = "12411;Fortschreibung;STAG;Stichtag;2023-12-31;DINSG;Deutschland;DG;Deutschland;GES;Geschlecht;;Insgesamt;83000;Anzahl;BEVSTD;Stand;e\n"


def flat(content: str, **stated: Any) -> Case:
    """Read a flat file whose areas are municipalities, unless something else is stated."""

    def read(folder: Path) -> object:
        settings = {"form": "wide", "key": "GEMEIN", "columns": {"bevoelkerung": RateColumns(value="BEVSTD")}, **stated}
        order = IndicatorFile(file=write(folder, "12411_flat.csv", content), **settings)
        return read_indicators(order, specs=CATALOGUE.specs, quarter_ids=["01051001", "01051002"])

    return read


GENESIS_CASES: dict[str, Case] = {
    "genesis_unsettled": flat(make_old(), key=None),
    "genesis_year_differs": flat(make_old(), year=2022),
    "genesis_unit_differs": flat(make_old().replace("__Anzahl", "__1000")),
    "genesis_read": flat(make_old()),
    "genesis_rows_elsewhere": flat(make_new() + COUNTRY),
}
"""Way to each message, by its id."""
