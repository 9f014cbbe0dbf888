"""Persons of 2024 on a 100 m grid. For each quarter and age band the cells add up to the indicator table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from dice import draw, scatter, vary
from people import LAST
from plan import BANDS, RIVER_WIDTH, parse_points, place

if TYPE_CHECKING:
    from people import People
    from shapes import Shapes

SIZE = 100
PARKS = 0.07

# Where houses stand close together: a point, its width in metres and how much denser it is than the rest.
CORES: dict[str, tuple[tuple[str, int, float], ...]] = {
    "01": (("1780,1950", 300, 2.0),),
    "02": (("2420,1650", 350, 2.0),),
    "03": (("1840,1250", 350, 3.0), ("1450,1480", 200, 1.5)),
    "04": (("2860,430", 260, 9.0), ("3350,520", 200, 2.0)),
    "05": (("2180,2480", 280, 3.0), ("1760,2760", 200, 2.5)),
    "06": (("1600,420", 320, 2.5), ("1800,880", 220, 1.5)),
    "07": (("1330,2200", 280, 4.0),),
    "08": (("3510,1570", 240, 9.0), ("3880,1180", 160, 2.0)),
    "09": (("3060,1560", 260, 3.0), ("2800,1080", 200, 3.5)),
    "10": (("2270,780", 300, 4.0), ("2330,260", 180, 1.5)),
    "11": (("2830,2520", 300, 4.0), ("3560,2420", 260, 2.0)),
    "12": (("380,2300", 350, 2.0), ("820,2560", 150, 1.0)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the grid.

    Attributes
    ----------
    east, north : int
        Its centre in EPSG:25833.
    quarter_id : str
        Quarter of the centre.
    persons : dict of str to int
        By age band, zeros included.
    """

    east: int
    north: int
    quarter_id: str
    persons: dict[str, int]


def settle(people: People, shapes: Shapes) -> list[Cell]:
    """Cells where somebody lives, from south-west to north-east within each quarter."""
    cells = []
    for key, shape in shapes.quarters.items():
        centres = _list_centres(shape, shapes.river)
        density = [_measure_density(key, centre) for centre in centres]
        counts = {}
        for band, total in people[key, LAST].items():
            weights = [value * vary(0.25, "cell", band, *at) for value, at in zip(density, centres, strict=True)]
            counts[band] = scatter(total, weights, key, band)
        for i, (east, north) in enumerate(centres):
            persons = {band: counts[band][i] for band in BANDS}
            if any(persons.values()):
                cells.append(Cell(east=east, north=north, quarter_id=key, persons=persons))
    return cells


def name_cell(cell: Cell) -> str:
    """Name of the cell by its lower left corner in hundreds of metres.

    Examples
    --------
    >>> name_cell(Cell(east=400050, north=5900150, quarter_id="12", persons={}))
    '100mN59001E4000'
    """
    return f"100mN{cell.north // SIZE}E{cell.east // SIZE}"


def _list_centres(shape: shapely.Polygon, river: shapely.LineString) -> list[tuple[int, int]]:
    """Centres inside the shape where one can live: not in the river, not in a park."""
    west, south, east, north = (int(edge) // SIZE * SIZE for edge in shape.bounds)
    shapely.prepare(shape)
    centres = []
    for y in range(south + SIZE // 2, north + SIZE, SIZE):
        for x in range(west + SIZE // 2, east + SIZE, SIZE):
            centre = shapely.Point(x, y)
            dry = river.distance(centre) > RIVER_WIDTH / 2 + SIZE / 4
            if shape.contains(centre) and dry and draw("park", x, y) > PARKS:
                centres.append((x, y))
    return centres


def _measure_density(key: str, centre: tuple[int, int]) -> float:
    density = 1.0
    for text, width, strength in CORES[key]:
        (core,) = parse_points(text)
        density += strength * math.exp(-((math.dist(place(core), centre) / width) ** 2))
    return density * vary(0.3, "density", *centre)
