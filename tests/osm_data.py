"""Small OpenStreetMap files for the tests of streets, offers and buildings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import osmium
import pyproj
import shapely
from osmium.osm import mutable

from sro_geo.load.osm import read_streets
from sro_geo.load.reading import DataFile, find_file
from sro_geo.model.quarters import Quarters, as_quarters
from sro_geo.project import find_shipped, read_project
from tests.load_data import CRS, SOUTH, WEST, make_quarters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sro_geo.load.osm import StreetTables
    from sro_geo.project import Project

TO_WORLD = pyproj.Transformer.from_crs(CRS, 4326, always_xy=True)

Tags = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Osm:
    """What a file holds: nodes by id as metres from the corner of the two squares; the rest in the order of writing."""

    nodes: Mapping[int, tuple[float, float]]
    tags: Mapping[int, Tags] = field(default_factory=dict)
    ways: Sequence[tuple[int, Sequence[int], Tags]] = ()
    relations: Sequence[tuple[int, Sequence[tuple[str, int, str]], Tags]] = ()
    box: tuple[float, float, float, float] | None = None
    nodes_last: bool = False
    plain: bool = False


def write_pbf(folder: Path, osm: Osm, *, name: str = "wege.osm.pbf") -> DataFile:
    """The file, ready to be read; `box` (metres from the corner) is what its head says it covers.

    Nodes stand in front, as in any file that is in order, or at the end. A `plain` file isn't compressed.
    """
    header = osmium.io.Header()
    if osm.box is not None:
        low, high = (to_world(*corner) for corner in (osm.box[:2], osm.box[2:]))
        header.add_box(osmium.osm.Box(osmium.osm.Location(*low), osmium.osm.Location(*high)))
    nodes = [
        mutable.Node(id=number, location=to_world(*at), tags=osm.tags.get(number, {}))
        for number, at in osm.nodes.items()
    ]
    form = ["pbf,pbf_compression=none"] if osm.plain else []  # else what the name says
    with osmium.SimpleWriter(osmium.io.File(str(folder / name), *form), header=header, overwrite=True) as writer:
        for node in [] if osm.nodes_last else nodes:
            writer.add_node(node)
        for number, refs, tags in osm.ways:
            writer.add_way(mutable.Way(id=number, nodes=list(refs), tags=tags))
        for number, members, tags in osm.relations:
            writer.add_relation(mutable.Relation(id=number, members=list(members), tags=tags))
        for node in nodes if osm.nodes_last else []:
            writer.add_node(node)
    return find_file(name, folder=folder)


def to_world(x: float, y: float) -> tuple[float, float]:
    """Degrees of metres from the corner."""
    longitude, latitude = TO_WORLD.transform(WEST + x, SOUTH + y)
    return round(longitude, 7), round(latitude, 7)


def read(folder: Path, osm: Osm, *, halo: float = 500) -> StreetTables:
    """Streets of the file for the two squares."""
    return read_streets(write_pbf(folder, osm), quarters=make_quarters(), halo_metres=halo)


def make_city(file: DataFile, *, zone: int) -> Quarters:
    """One quarter: the middle of what a file says that it covers, four fifths as wide and high."""
    box = osmium.FileProcessor(osmium.io.File(str(file.path), "pbf")).header.box()
    corners = [(at.lon, at.lat) for at in (box.bottom_left, box.top_right)]
    frame = gpd.GeoSeries([shapely.affinity.scale(shapely.box(*corners[0], *corners[1]), 0.8, 0.8)], crs=4326)
    named = {"quarter_id": ["1"], "name": "Stadt", "level": "", "parent_id": "", "vintage": ""}
    return as_quarters(gpd.GeoDataFrame(named, geometry=frame.to_crs(25800 + zone)))


def walk_musterstadt(folder: Path) -> Project:
    """Musterstadt, with the part of its project file about ways rewritten as the handbook says."""
    text = (find_shipped("analyses/musterstadt") / "project.toml").read_text(encoding="utf-8")
    straight = 'distance = "straight"         # Luftlinie mal Umwegfaktor\ndetour_factor = 1.3\n'
    assert straight in text
    text = text.replace(straight, 'distance = "walking"\n').replace("../../geodata", str(find_shipped("geodata")))
    text += f'\n[streets]\nfile = "{find_shipped("geodata/musterstadt/strassen.osm.pbf")}"\n'
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return read_project(folder)
