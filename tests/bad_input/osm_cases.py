"""One broken OpenStreetMap file for each thing that can be said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sro_geo.load.offers import read_offers
from sro_geo.load.osm import read_streets
from sro_geo.project import find_shipped
from tests.load_data import CATALOGUE, make_quarters, write
from tests.osm_data import Osm, write_pbf

Case = Callable[[Path], object]

NODES = {1: (100.0, 500.0), 2: (900.0, 500.0), 3: (100.0, 900.0), 4: (900.0, 900.0)}
PATH = {"highway": "path"}
KITA = {"amenity": "kindergarten", "name": "Kita Nord"}
PLAYGROUND = {"leisure": "playground", "access": "private"}
BOX = (-1000.0, -1000.0, 3000.0, 2000.0)
STREETS = Osm(nodes=NODES, ways=[(1, (1, 2), PATH), (2, (3, 4), PATH)], box=BOX)


def streets(osm: Osm, *, name: str = "wege.osm.pbf") -> Case:
    return lambda folder: read_streets(write_pbf(folder, osm, name=name), quarters=make_quarters(), halo_metres=500)


def streets_of(content: bytes) -> Case:
    return lambda folder: read_streets(
        write(folder, "wege.osm.pbf", content), quarters=make_quarters(), halo_metres=500
    )


def offers(osm: Osm, **stated: Any) -> Case:
    return lambda folder: read_offers(
        write_pbf(folder, osm).path, kinds=CATALOGUE.kinds, quarters=make_quarters(), year=2024, **stated
    )


def read_town() -> bytes:
    return find_shipped("geodata/musterstadt/strassen.osm.pbf").read_bytes()


OSM_CASES: dict[str, Case] = {
    "osm_shapeless": offers(Osm(nodes=NODES, tags={1: KITA}, ways=[(1, (98, 99), KITA)])),
    "osm_kind_unknown": offers(Osm(nodes=NODES, tags={1: KITA}), kind="erziehungsberatung"),
    "no_osm_offers": offers(Osm(nodes=NODES, tags={1: KITA}), kind="schule"),
    "osm_private": offers(Osm(nodes=NODES, tags={1: KITA, 2: PLAYGROUND})),
    "osm_merged": offers(Osm(nodes={**NODES, 5: (150.0, 500.0)}, tags={1: KITA, 5: KITA})),
    "osm_broken": streets_of(read_town()[:-100]),
    "osm_history": streets(STREETS, name="wege.osh.pbf"),
    "osm_licence": streets(STREETS),
    "no_streets": streets(Osm(nodes=NODES, ways=[(1, (1, 2), {"highway": "motorway"})])),
    "streets_elsewhere": streets_of(read_town()),
    "streets_partly": streets(Osm(nodes=NODES, ways=[(1, (1, 2), PATH)], box=(-1000.0, -1000.0, 1000.0, 2000.0))),
    "streets_read": streets(STREETS),
    "streets_apart": streets(STREETS),
    "streets_cut_off": streets(Osm(nodes=NODES, ways=[(1, (1, 2, 99), PATH)], box=BOX)),
}
