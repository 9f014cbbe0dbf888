"""The invented town's street network, and that everything of it can be made again."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pyproj
import pytest
import rasterio
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

TOWN = Path(__file__).parents[3] / "geodata" / "musterstadt"
BRIDGES = {"Alte Brücke", "Südbrücke"}

Osm = tuple[dict[int, tuple[float, float]], list[tuple[dict[str, str], list[int]]], list[dict[str, str]]]


def read_osm(path: Path) -> Osm:
    nodes: dict[int, tuple[float, float]] = {}
    ways: list[tuple[dict[str, str], list[int]]] = []
    tagged: list[dict[str, str]] = []
    for entity in osmium.FileProcessor(str(path)):
        tags = {tag.k: tag.v for tag in entity.tags}
        if isinstance(entity, osmium.osm.Node):
            nodes[entity.id] = (entity.lon, entity.lat)
            tagged += [tags] if tags else []
        elif isinstance(entity, osmium.osm.Way):
            ways.append((tags, [node.ref for node in entity.nodes]))
    return nodes, ways, tagged


def place_nodes(nodes: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    to_metres = pyproj.Transformer.from_crs(4326, 25833, always_xy=True)
    return {identity: to_metres.transform(*at) for identity, at in nodes.items()}


def test_only_the_bridges_cross_the_river() -> None:
    nodes, ways, _ = read_osm(TOWN / "strassen.osm.pbf")
    metres = place_nodes(nodes)
    waters = gpd.read_file(TOWN / "gewaesser.geojson").dissolve("art").geometry
    river, barrier = waters["fluss"], waters["barriere"]
    lines = [(tags, shapely.LineString([metres[node] for node in refs])) for tags, refs in ways]
    crossing = [tags for tags, line in lines if line.intersects(river)]
    assert {tags["name"] for tags in crossing} == BRIDGES
    assert len(crossing) == 2
    assert not any(line.intersects(barrier) for _, line in lines)


def test_streets_hold_together_and_reach_every_quarter() -> None:
    nodes, ways, tagged = read_osm(TOWN / "strassen.osm.pbf")
    streets = [(tags, refs) for tags, refs in ways if "highway" in tags]
    assert {tags["highway"] for tags, _ in streets} == {"residential", "footway", "primary", "steps"}
    assert [tags["highway"] for tags, _ in streets if tags.get("access") == "private"] == ["footway"]
    pairs = np.array([pair for _, refs in streets for pair in pairwise(refs)])
    used, index = np.unique(pairs, return_inverse=True)
    index = index.reshape(pairs.shape)
    links = coo_array((np.ones(len(pairs)), (index[:, 0], index[:, 1])), shape=(len(used), len(used)))
    _, component = connected_components(links, directed=False)
    assert sorted(np.bincount(component)) == [2, len(used) - 2]
    metres = place_nodes(nodes)
    points = shapely.points([metres[node] for node in used])
    for shape in gpd.read_file(TOWN / "quartiere.geojson").geometry:
        assert shapely.contains(shape, points).sum() > 25
    kinds = [tags.get("amenity") or tags["leisure"] for tags in tagged]
    assert (kinds.count("kindergarten"), kinds.count("playground")) == (16, 9)
    assert sum("building" in tags for tags, _ in ways) >= 12


@pytest.mark.parametrize(
    ("zone", "language"), [("UTC", "C.UTF-8"), pytest.param("Asia/Tokyo", "C", marks=pytest.mark.long)]
)
def test_the_same_town_is_made_in_every_run(tmp_path: Path, zone: str, language: str) -> None:
    setting = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(len(zone))}
    subprocess.run([sys.executable, "-B", TOWN / "make.py", tmp_path], check=True, env=setting, cwd=tmp_path)
    there = [path.name for path in TOWN.iterdir() if path.suffix in {".csv", ".geojson", ".toml"}]
    same = [name for name in there if name != "katalog.toml"]  # a planner writes it by hand
    assert len(same) == 6
    for name in same:
        assert (tmp_path / name).read_bytes() == (TOWN / name).read_bytes(), name
    assert read_osm(tmp_path / "strassen.osm.pbf") == read_osm(TOWN / "strassen.osm.pbf")
    with (
        rasterio.open(tmp_path / "bevoelkerung.tif") as made,
        rasterio.open(TOWN / "bevoelkerung.tif") as kept,
    ):
        assert made.profile == kept.profile
        np.testing.assert_array_equal(made.read(), kept.read())


@pytest.mark.parametrize("name", ["cells.py", "dice.py", "plan.py"])
def test_examples_in_the_makers_docstrings_run(name: str) -> None:
    run = [sys.executable, "-B", "-m", "doctest", "-v", name]
    said = subprocess.run(run, check=True, cwd=TOWN, capture_output=True, text=True).stdout
    assert "Test passed." in said
    assert "Expecting:" in said
