"""Walking on large networks and from a real file, beside SciPy, pandana and pyrosm, each turn in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.access import Access
from sro_geo.coverage.network import lay_joined, lay_network, lay_starts
from sro_geo.model.streets import Streets, as_streets

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20240229
TURNS = 3
LIMIT = 1500.0
CITY, PIECES, SOURCES = 166, 4, 300
"""Streets either way of a city-like network of 168,000 nodes, of which most only bend a street, and how many offers walk on it."""

GRID, MANY = 1000, 5000
ONCE = ("city_pandana",)
"""Works that take minutes: one turn of them must do."""

GRID_TRIED = 50
"""So many of the sources SciPy is given on the grid; its time is multiplied."""

REAL = Path(os.environ.get("SRO_GEO_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
LAUF = REAL / "osm" / "lauf-200115.osm.pbf"


def main() -> None:
    """Print one row for each ratio, or do one turn of the work that is named."""
    if len(sys.argv) > 1:
        print(json.dumps(WORK[sys.argv[1]]()))
        return
    print(f"{'work':<62}{'ratio':>10}{'target':>10}")
    city = _take_turns("city_ours", "city_scipy", *(["city_pandana"] if find_spec("pandana") else []))
    _expect_same(city["city_ours"], city["city_scipy"])
    _tell("168,000 nodes, 300 sources: ours by SciPy's query", city, "city_ours", "city_scipy", "seconds", "≤ 0.7")
    if "city_pandana" in city:
        _tell("… building and query by pandana's", city, "city_ours", "city_pandana", "whole", "≤ 0.1")
        apart = city["city_pandana"][0]["sum"] - city["city_ours"][0]["sum"]
        counts = (
            f"{city['city_pandana'][0]['pairs']} pairs for {city['city_ours'][0]['pairs']}, {apart:.1f} m apart in all"
        )
        print(f"{'  pandana finds ' + counts:<62}")
    grid = _take_turns("grid_ours", "grid_scipy")
    _tell("1,000 × 1,000 grid, 5,000 sources: SciPy by ours", grid, "grid_scipy", "grid_ours", "seconds", "≥ 100")
    if not LAUF.is_file():
        print(f"{'Lauf: the file is not at hand (SRO_GEO_REAL_DATA)':<62}")
        return
    real = _take_turns("read_ours", *(["read_pyrosm"] if find_spec("pyrosm") else []), "town_ours")
    if "read_pyrosm" in real:
        _tell("Lauf, PBF to walking network: pyrosm by ours", real, "read_pyrosm", "read_ours", "seconds", "≥ 4")
    seconds = min(turn["seconds"] for turn in real["town_ours"])
    print(f"{'Lauf, PBF to reach, alternatives and every closure':<62}{seconds:>8.2f} s{'< 3 s':>10}")


def _take_turns(*works: str) -> dict[str, list[dict[str, Any]]]:
    turns: dict[str, list[dict[str, Any]]] = {work: [] for work in works}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "SRO_GEO_CACHE": cache}
        for turn in range(TURNS):
            for work, done in turns.items():
                if turn and work in ONCE:
                    continue
                # what was scanned is forgotten, so that each turn reads
                command = [sys.executable, __file__, work]
                environment["SRO_GEO_CACHE"] = f"{cache}/{work}{turn}"
                text = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
                done.append(json.loads(text.splitlines()[-1]))
    return turns


def _tell(title: str, turns: dict[str, list[dict[str, Any]]], above: str, below: str, fact: str, target: str) -> None:
    over, under = (min(turn[fact] for turn in turns[work]) for work in (above, below))
    print(f"{title:<62}{over / under:>10.2f}{target:>10}")
    peaks = ", ".join(f"{work} {min(t['megabytes'] for t in turns[work]):.0f} MB" for work in (above, below))
    print(f"{'  peak: ' + peaks:<62}")


def _expect_same(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    one, other = ours[0], theirs[0]
    if one["pairs"] != other["pairs"] or abs(one["sum"] - other["sum"]) > 1e-9 * one["pairs"]:
        sys.exit(f"not so: both find the same; {one} and {other}")


# ---- the work -------------------------------------------------------------------------------------------------------


def make_city(size: int, *, spacing: float, missing: float, pieces: int = 1) -> Streets:
    """Network of an uneven grid without some of its streets, each of which is drawn in some pieces."""
    random = np.random.default_rng(SEED)
    number = np.arange(size * size).reshape(size, size)
    edges = np.concatenate([
        np.column_stack([number[:-1].ravel(), number[1:].ravel()]),
        np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
    ])  # fmt: skip
    edges = edges[random.random(len(edges)) >= missing]
    places = np.column_stack([number.ravel() // size, number.ravel() % size]) * spacing
    places = places + random.uniform(-0.2, 0.2, places.shape) * spacing
    if pieces > 1:
        shares = np.arange(1, pieces) / pieces
        bends = places[edges[:, 0], None] + shares[:, None] * (places[edges[:, 1]] - places[edges[:, 0]])[:, None]
        bends = bends + random.uniform(-0.05, 0.05, bends.shape) * spacing
        added = len(places) + np.arange(len(edges) * (pieces - 1)).reshape(len(edges), -1)
        chain = np.concatenate([edges[:, :1], added, edges[:, 1:]], axis=1)
        edges = np.stack([chain[:, :-1], chain[:, 1:]], axis=2).reshape(-1, 2)
        places = np.concatenate([places, bends.reshape(-1, 2)])
    flat = np.zeros(len(edges), dtype=bool)
    points: np.ndarray[Any, np.dtype[np.float64]] = places.astype(np.float64)
    return as_streets(points, edges, steps=flat, bounds=(0, 0, 1e6, 1e6), crs="EPSG:25833", example=True)


def make_access(streets: Streets, count: int, *, seed: int) -> Access:
    """Points on nodes, so that all programs are asked the same."""
    random = np.random.default_rng(seed)
    node = random.choice(np.flatnonzero(streets.component == 0), count, replace=False)
    edge = np.empty(len(streets.nodes), dtype=np.int64)
    edge[streets.edges[:, 0]] = np.arange(len(streets.edges))
    edge[streets.edges[:, 1]] = np.arange(len(streets.edges))
    own = edge[node]
    at_first = streets.edges[own, 0] == node
    along = np.where(at_first[:, None], np.column_stack([np.zeros(count), streets.metres[own]]), 0.0)
    along[~at_first] = np.column_stack([streets.metres[own], np.zeros(count)])[~at_first]
    return Access(ids=pd.RangeIndex(count), edge=own, along=along, away=np.zeros(count))


def _find_nodes(access: Access, streets: Streets) -> np.ndarray[Any, Any]:
    return streets.edges[access.edge, np.where(access.along[:, 0] == 0, 0, 1)]


def _walk_ours(streets: Streets, *, sources: int) -> dict[str, Any]:
    from sro_geo.coverage._kernels import search_compiled

    cells = make_access(streets, 20_000, seed=1)
    offers = make_access(streets, sources, seed=2)
    search_compiled(
        lay_starts(offers.choose(np.arange(1)), streets), lay_network(streets), lay_joined(cells, streets), 1.0
    )
    begun = time.perf_counter()
    starts, network, joined = lay_starts(offers, streets), lay_network(streets), lay_joined(cells, streets)
    built = time.perf_counter()
    _, _, metres = search_compiled(starts, network, joined, LIMIT)
    return _report(built - begun, time.perf_counter() - built, pairs=len(metres), total=float(metres.sum()))


def _walk_scipy(streets: Streets, *, sources: int, tried: int) -> dict[str, Any]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    cells = _find_nodes(make_access(streets, 20_000, seed=1), streets)
    offers = _find_nodes(make_access(streets, sources, seed=2), streets)[:tried]
    begun = time.perf_counter()
    ends, size = streets.edges, len(streets.nodes)
    graph = coo_array((streets.metres, (ends[:, 0], ends[:, 1])), shape=(size, size)).tocsr()
    built = time.perf_counter()
    pairs, total = 0, 0.0
    for at in range(0, len(offers), 50):
        metres = dijkstra(graph, directed=False, indices=offers[at : at + 50], limit=LIMIT)[:, cells]
        near = metres[metres <= LIMIT]
        pairs, total = pairs + len(near), total + float(near.sum())
    seconds = (time.perf_counter() - built) * sources / tried
    return _report(built - begun, seconds, pairs=pairs, total=total)


def _walk_pandana(streets: Streets) -> dict[str, Any]:
    import pandana

    cells = _find_nodes(make_access(streets, 20_000, seed=1), streets)
    offers = _find_nodes(make_access(streets, SOURCES, seed=2), streets)
    x, y = (pd.Series(part) for part in streets.nodes.T)
    begun = time.perf_counter()
    first, second = (pd.Series(part) for part in streets.edges.T)
    network = pandana.Network(x, y, first, second, pd.DataFrame({"metres": streets.metres}))
    built = time.perf_counter()
    there = network.nodes_in_range(offers, LIMIT)
    near = there[there["destination"].isin(cells)]
    seconds = time.perf_counter() - built
    return _report(built - begun, seconds, pairs=len(near), total=float(near["metres"].sum()))


def _report(building: float, query: float, *, pairs: int, total: float) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": query, "whole": building + query, "pairs": pairs, "sum": total, "megabytes": peak}


def _read_ours() -> dict[str, Any]:
    return _read_town(closures=False)


def _read_town(*, closures: bool) -> dict[str, Any]:
    import geopandas as gpd
    import shapely

    from sro_geo.coverage.access import find_access
    from sro_geo.coverage.alternatives import count_alternatives, measure_closures
    from sro_geo.coverage.walking import measure_walking
    from sro_geo.load.boundaries import read_boundaries
    from sro_geo.load.catalogue import read_catalogue
    from sro_geo.load.inputs import OfferFile
    from sro_geo.load.offers import read_offers
    from sro_geo.load.osm import read_buildings, read_streets
    from sro_geo.load.reading import find_file
    from sro_geo.model.quarters import as_quarters
    from sro_geo.project import find_shipped, read_project

    box = gpd.GeoDataFrame(geometry=[shapely.box(11.2474, 49.4995, 11.308, 49.5305)], crs="EPSG:4326").to_crs(25832)
    quarters = as_quarters(box.assign(quarter_id="lauf", name="Lauf", level="Stadt", parent_id=None, vintage=""))
    file, kinds = find_file(LAUF.name, folder=LAUF.parent), read_catalogue().kinds
    # The process that reads has begun, and all is imported, as pyrosm is, before the clock starts.
    town = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    read_streets(find_shipped("geodata/musterstadt/strassen.osm.pbf"), quarters=town, halo_metres=0)
    begun = time.perf_counter()
    streets = read_streets(file, quarters=quarters, halo_metres=1000).streets
    pairs = 0
    if closures:
        offers = read_offers([OfferFile(file=file)], kinds=kinds, quarters=quarters, year=2020, target_groups={}).offers
        houses = read_buildings(file, quarters=quarters).frame.rename_axis("cell_id")
        access, persons = find_access(houses, streets), pd.Series(1.0, index=houses.index)
        for kind in sorted(set(offers["kind"])):
            reach = measure_walking(access, offers, streets, kind=kind, limit_metres=1000)
            count_alternatives(reach, limit_metres=600)
            pairs += len(measure_closures(reach, persons, houses["quarter_id"], limit_metres=600))
    return _report(0.0, time.perf_counter() - begun, pairs=pairs, total=0.0)


def _read_pyrosm() -> dict[str, Any]:
    import pyrosm

    begun = time.perf_counter()
    nodes, edges = pyrosm.OSM(str(LAUF)).get_network(network_type="walking", nodes=True)
    return _report(0.0, time.perf_counter() - begun, pairs=len(nodes) + len(edges), total=0.0)


WORK: dict[str, Callable[[], dict[str, Any]]] = {
    "city_ours": lambda: _walk_ours(make_city(CITY, spacing=100.0, missing=0.15, pieces=PIECES), sources=SOURCES),
    "city_scipy": lambda: _walk_scipy(
        make_city(CITY, spacing=100.0, missing=0.15, pieces=PIECES), sources=SOURCES, tried=SOURCES
    ),
    "city_pandana": lambda: _walk_pandana(make_city(CITY, spacing=100.0, missing=0.15, pieces=PIECES)),
    "grid_ours": lambda: _walk_ours(make_city(GRID, spacing=100.0, missing=0.0), sources=MANY),
    "grid_scipy": lambda: _walk_scipy(make_city(GRID, spacing=100.0, missing=0.0), sources=MANY, tried=GRID_TRIED),
    "read_ours": _read_ours,
    "read_pyrosm": _read_pyrosm,
    "town_ours": lambda: _read_town(closures=True),
}


if __name__ == "__main__":
    main()
