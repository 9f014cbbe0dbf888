"""The network, places and houses as OpenStreetMap PBF in WGS84."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import pyproj
from plan import EPSG

if TYPE_CHECKING:
    from pathlib import Path

    from cells import Cell
    from offers import Offer
    from streets import Network

AMENITIES = {
    "kindertageseinrichtung": {"amenity": "kindergarten"},
    "schule": {"amenity": "school"},
    "spielplatz": {"leisure": "playground"},
}
HOUSES_IN_QUARTER = 4
HOUSE = ((-9, -7), (9, -7), (9, 7), (-9, 7))


def write_osm(path: Path, *, network: Network, offers: list[Offer], cells: list[Cell]) -> None:
    """Write all nodes, then all ways; ids count from 1."""
    to_world = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
    houses = _place_houses(cells)
    places = [offer for offer in offers if offer.kind in AMENITIES and offer.point and not offer.valid_to]
    points = [
        *network.nodes,
        *(offer.point for offer in places if offer.point),
        *(at for h in houses for at in h),
    ]
    header = osmium.io.Header()
    header.set("generator", "Musterstadt")
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for number, (x, y) in enumerate(points, start=1):
            longitude, latitude = to_world.transform(x, y)
            index = number - 1 - len(network.nodes)
            offer = places[index] if 0 <= index < len(places) else None
            tags = {**AMENITIES[offer.kind], "name": offer.name} if offer else {}
            node = osmium.osm.mutable.Node(id=number, location=(round(longitude, 7), round(latitude, 7)), tags=tags)
            writer.add_node(node)
        for number, way in enumerate(network.ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=[i + 1 for i in way.nodes], tags=way.tags))
        first = len(network.nodes) + len(places) + 1
        for number, _ in enumerate(houses):
            corners = [first + number * len(HOUSE) + i for i in range(len(HOUSE))]
            tags = {"building": "residential"}
            identity = len(network.ways) + 1 + number
            writer.add_way(osmium.osm.mutable.Way(id=identity, nodes=[*corners, corners[0]], tags=tags))


def _place_houses(cells: list[Cell]) -> list[list[tuple[float, float]]]:
    """Corners of a house in the fullest cells of each quarter."""
    houses: list[list[tuple[float, float]]] = []
    for key in sorted({cell.quarter_id for cell in cells}):
        own = [cell for cell in cells if cell.quarter_id == key]
        fullest = sorted(own, key=lambda c: (-sum(c.persons.values()), c.east, c.north))[:HOUSES_IN_QUARTER]
        houses += [[(cell.east + dx, cell.north + dy) for dx, dy in HOUSE] for cell in fullest]
    return houses
