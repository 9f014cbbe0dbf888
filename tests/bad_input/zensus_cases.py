"""Broken grids of the Zensus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from shapely import Point

from sro_geo.load.inputs import PopulationFile
from sro_geo.load.population import PopulationTables, read_population
from sro_geo.load.zensus import GRID_CRS
from sro_geo.model.indicators import COLUMNS, Indicators
from tests.load_data import CRS, SOUTH, WEST, make_quarters, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MIDDLE = gpd.GeoSeries([Point(WEST + 500, SOUTH + 500)], crs=CRS).to_crs(GRID_CRS).iloc[0]
EAST, NORTH = (int(at // 100) * 100 for at in (_MIDDLE.x, _MIDDLE.y))
"""Lower left corner of a cell in the first quarter."""

HEAD = "GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner"
ELSEWHERE = "CRS3035RES100mN2700000E4000000;4000050;2700050;3\n"


def cell(*values: object, step: int = 0, shift: int = 0) -> str:
    """Line of a cell `step` cells east of the first."""
    east = EAST + step * 100
    return ";".join(map(str, (f"CRS3035RES100mN{NORTH}E{east}", east + 50 + shift, NORTH + 50, *values))) + "\n"


def read(folder: Path, content: str | bytes) -> PopulationTables:
    order = PopulationFile(zensus=write(folder, "gitter.csv", content))
    nothing = Indicators(pd.DataFrame(columns=COLUMNS))
    return read_population(order, quarters=make_quarters(), indicators=nothing, specs={}, year=2022)


def zensus(*lines: str, head: str = HEAD) -> Callable[[Path], object]:
    return lambda folder: read(folder, head + "\n" + "".join(lines))


ZENSUS_CASES = {
    "zensus_no_place": zensus("1;2\n", head="Ort;Einwohner"),
    "zensus_no_persons": zensus(cell(3), head=HEAD.replace("Einwohner", "Wohnungen")),
    "zensus_line": zensus(cell(3), cell(4, 5, step=1), "kaputt;1;2\n"),
    "zensus_id_differs": zensus(cell(3), cell(4, step=1, shift=100)),
    "zensus_elsewhere": zensus(ELSEWHERE),
    "zensus_empty": zensus(cell("–")),
    "zensus_columns_left": zensus(cell(3, 71), head=HEAD + ";Wohnflaeche"),
    "zensus_hidden": zensus(cell(3), cell("–", step=1), cell("-9", step=2)),
    "zensus_uninhabited": zensus(cell(3), cell("-1", step=1)),
    "zensus_uncertain": zensus(cell(3, "KLAMMERN"), cell(3, "", step=1), head=HEAD + ";werterlaeuternde_Zeichen"),
    "zensus_parts_differ": zensus(
        cell(20, 4, 6, 5, 3), cell(9, 3, 3, 2, 1, step=1), head=HEAD + ";Unter18;a18bis29;a30bis64;a65undaelter"
    ),
}
