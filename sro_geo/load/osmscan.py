"""An OpenStreetMap PBF as plain arrays: what the process that reads does; it knows osmium and numpy only."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
from osmium.filter import IdFilter, KeyFilter, TagFilter
from osmium.osm import ALL, NODE, RELATION, WAY

from sro_geo.errors import DataError, Problem
from sro_geo.load.osmrules import WALKED, has_steps, is_barred, is_closed, is_walked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from sro_geo.load.wire import Answer

Tags = dict[str, str]
Box = tuple[float, float, float, float]

_AREAS = TagFilter(("type", "multipolygon"))
_AREAS.enable_for(RELATION)
_OUTER = {"outer", ""}
_ANY_WAY = b"w1 Nn1"
"""A table of nodes that came in no order is put in order at the next way: after the last node there may be none."""

_HIGHEST_ID = 2**36
"""A filter for ids takes a bit for each up to the highest."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Ids of both ends of each piece that is walked, and whether it has steps."""

    first: array[int] = field(default_factory=lambda: array("q"))
    second: array[int] = field(default_factory=lambda: array("q"))
    steps: bytearray = field(default_factory=bytearray)

    def add(self, way: Any, *, steps: bool) -> None:
        """Add the pieces of a way."""
        refs = _list_nodes(way)
        self.first.extend(refs[:-1])
        self.second.extend(refs[1:])
        self.steps.extend(bytes([steps]) * (len(refs) - 1))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Nodes that are in the file, ordered by id."""

    ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def find(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Positions of ids, and whether they are there at all."""
        if not len(self.ids):
            return np.zeros(len(ids), dtype=np.intp), np.zeros(len(ids), dtype=bool)
        place = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return place, self.ids[place] == ids

    def mark(self, wanted: list[int]) -> NDArray[np.bool_]:
        """Which of the nodes have one of some ids."""
        place, there = self.find(np.array(wanted, dtype=np.int64))
        marked = np.zeros(len(self.ids), dtype=bool)
        marked[place[there]] = True
        return marked


def scan_osm(path: str, *, name: str, **wanted: Any) -> Answer:
    """Streets near a `box`, or the things that have one of `tags`: what the order names.

    Raises
    ------
    DataError
        If the file cannot be read or holds the past as well.
    """
    file = _File(path, name)
    try:
        return _scan_streets(file, **wanted) if "box" in wanted else _scan_things(file, **wanted)
    except UnicodeDecodeError as error:  # told where a tag is asked for
        raise file.refuse(error) from error


def _scan_streets(file: _File, *, box: Box) -> Answer:
    """Pieces on which people walk, with at least one end in a box of degrees.

    Facts: `covered` (what the file says it covers, None where it doesn't), `nodes` (box of all that is walked, None where
    nothing is), `missing` (pieces whose ends are not in the file). Arrays: `lon`, `lat`, `first`, `second`, `steps`.
    """
    covered = file.read_box()
    pieces, barriers = _read_pieces(file)
    first, second = (np.frombuffer(ends, dtype=np.int64) for ends in (pieces.first, pieces.second))
    nodes = file.find_nodes(np.unique(np.concatenate([first, second])))
    ends = np.column_stack([first, second])
    place, there = nodes.find(ends.ravel())
    whole = there.reshape(-1, 2).all(axis=1)
    edges, steps = place.reshape(-1, 2)[whole], np.frombuffer(pieces.steps, dtype=bool)[whole]
    facts = {"covered": covered, "nodes": _find_box(nodes, edges), "missing": int((~whole).sum())}
    west, south, east, north = box
    inside = (nodes.lon >= west) & (nodes.lon <= east) & (nodes.lat >= south) & (nodes.lat <= north)
    near = inside[edges].any(axis=1)
    return facts, _cut(nodes, edges[near], steps[near], barriers=barriers)


def _scan_things(file: _File, *, tags: list[tuple[str, str]]) -> Answer:
    """Nodes, ways and areas that have one of the tags, ordered by sort and id.

    Arrays: `sort`, `id` and `tags` (JSON) of each thing, `owner` (its place among them) of each line, `line`, `lon` and `lat`
    of each node. A node has one line of one node, an area those of its outer rings. Nodes that are not in the file are left out.
    """
    file.read_box()
    outer: dict[int, list[int]] = {}
    lines: dict[tuple[str, int], list[list[int]]] = {}
    things = []
    for thing in file.read(ALL, file.noting, _AREAS, TagFilter(*((key, value) for key, value in tags))):
        sort = "node" if thing.is_node() else "way" if thing.is_way() else "relation"
        things.append((sort, thing.id, dict(thing.tags)))
        if sort == "relation":
            outer[thing.id] = [one.ref for one in thing.members if one.type == "w" and one.role in _OUTER]
        else:
            lines[sort, thing.id] = [_list_nodes(thing) if sort == "way" else [thing.id]]
    members = file.read_ways({way for ways in outer.values() for way in ways})
    rings = {way.id: _list_nodes(way) for way in members}
    lines |= {("relation", area): [rings[way] for way in ways if way in rings] for area, ways in outer.items()}
    things.sort(key=lambda thing: thing[:2])
    laid = [(at, refs) for at, (sort, one, _) in enumerate(things) for refs in lines[sort, one]]
    refs = np.array([ref for _, refs in laid for ref in refs], dtype=np.int64)
    nodes = file.find_nodes(np.unique(refs))
    place, there = nodes.find(refs)
    return {}, {
        "sort": np.array([sort for sort, _, _ in things], dtype=object),
        "id": np.array([one for _, one, _ in things], dtype=np.int64),
        "tags": np.array([json.dumps(held) for _, _, held in things], dtype=object),
        "owner": np.array([at for at, _ in laid], dtype=np.int64),
        "line": np.repeat(np.arange(len(laid)), [len(refs) for _, refs in laid])[there],
        "lon": nodes.lon[place[there]],
        "lat": nodes.lat[place[there]],
    }


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read once, and a second time for what only a relation at its end asks for.

    `name` is what messages call it; `table` is where its nodes lie and `noting`, the first filter of a reading, fills it: all
    without Python.
    """

    path: str
    name: str
    table: Any = field(default_factory=lambda: osmium.index.create_map("flex_mem"))
    noting: Any = field(init=False)

    def __post_init__(self) -> None:
        noting = osmium.NodeLocationsForWays(self.table)
        noting.ignore_errors()
        object.__setattr__(self, "noting", noting)

    def read(self, entities: Any, *filters: Any) -> Iterator[Any]:
        """Objects of a sort that pass all filters; each is there until the next is asked for."""
        try:
            objects = osmium.FileProcessor(osmium.io.File(self.path, "pbf"), entities)
            for one in filters:
                objects = objects.with_filter(one)
            yield from objects
        except (RuntimeError, ValueError) as error:  # what osmium raises over a damaged file
            raise self.refuse(error) from error

    def read_ways(self, ids: Collection[int]) -> Iterator[Any]:
        """Ways with these ids."""
        wanted = set(ids)
        if not wanted:
            return
        filters = [IdFilter(wanted)] if min(wanted) >= 0 and max(wanted) < _HIGHEST_ID else []
        yield from (way for way in self.read(WAY, *filters) if way.id in wanted)

    def find_nodes(self, ids: NDArray[np.int64]) -> _Nodes:
        """Nodes with some ids (each named once, in order) of what was read."""
        osmium.apply(osmium.io.FileBuffer(_ANY_WAY, "opl"), self.noting)
        # What was never uploaded has an id below 0, and is not in the table.
        drawn = {node.id: node.location for node in self.read(NODE)} if (ids < 0).any() else {}
        places = [_find_place(drawn if one < 0 else self.table, one) for one in ids.tolist()]
        known = np.array([place is not None for place in places], dtype=bool)
        lon, lat = np.array([place for place in places if place is not None], dtype=float).reshape(-1, 2).T
        return _Nodes(ids[known], lon, lat)

    def read_box(self) -> Box | None:
        """What the file says it covers: west, south, east and north."""
        try:
            header = osmium.FileProcessor(osmium.io.File(self.path, "pbf")).header
            if header.has_multiple_object_versions:
                raise DataError(Problem(cause="osm_history"))
            box = header.box()
            if not box.valid():
                return None
            low, high = box.bottom_left, box.top_right
        except (RuntimeError, ValueError) as error:
            raise self.refuse(error) from error
        return low.lon, low.lat, high.lon, high.lat

    def refuse(self, error: Exception) -> DataError:
        """Error that tells what osmium says of the file."""
        reason = str(error).replace(self.path, self.name).split("\n")[0]
        return DataError(Problem(cause="osm_broken", values={"reason": reason}))


def _find_place(table: Any, one: int) -> tuple[float, float] | None:
    try:
        location = table[one]
    except KeyError:
        return None
    return (location.lon, location.lat) if location.valid() else None


def _list_nodes(way: Any) -> list[int]:
    return [node.ref for node in way.nodes]


def _read_pieces(file: _File) -> tuple[_Pieces, dict[int, Tags]]:
    """Ways that are walked, and the rings of areas that are; tags of the nodes with a barrier."""
    pieces, named = _Pieces(), set()
    barriers: dict[int, Tags] = {}
    rings: dict[int, Tags] = {}
    walked, barred = KeyFilter(*WALKED), KeyFilter("barrier")
    walked.enable_for(WAY | RELATION)
    barred.enable_for(NODE)
    for thing in file.read(ALL, file.noting, _AREAS, walked, barred):
        if thing.is_node():
            barriers[thing.id] = dict(thing.tags)
            continue
        if thing.is_way():
            named.add(thing.id)
        if not is_walked(thing.tags):
            continue
        if thing.is_way():
            pieces.add(thing, steps=has_steps(thing.tags))
        else:
            tags = dict(thing.tags)
            rings |= {member.ref: tags for member in thing.members if member.type == "w"}
    for way in file.read_ways(rings.keys() - named):
        pieces.add(way, steps=has_steps(rings[way.id] | dict(way.tags)))
    return pieces, barriers


def _find_box(nodes: _Nodes, edges: NDArray[np.intp]) -> Box | None:
    if not len(edges):
        return None
    lon, lat = nodes.lon[edges], nodes.lat[edges]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _cut(
    nodes: _Nodes, edges: NDArray[np.intp], steps: NDArray[np.bool_], *, barriers: dict[int, Tags]
) -> dict[str, np.ndarray]:
    """Arrays of the pieces; what nobody may pass becomes an end of its own for each piece that leads to it.

    The order of the ways in the file makes no difference: pieces are ordered by the ids of their ends.
    """
    barred = nodes.mark([node for node, tags in barriers.items() if is_barred(tags)])
    closed = nodes.mark([node for node, tags in barriers.items() if is_closed(tags)])
    steps = steps | barred[edges].any(axis=1)
    edges = np.sort(edges, axis=1)
    order = np.lexsort((steps, edges[:, 1], edges[:, 0]))
    edges, steps = edges[order], steps[order]
    ends = edges.ravel()
    shut = np.flatnonzero(closed[ends])
    place = np.concatenate([np.arange(len(nodes.ids)), ends[shut]])
    ends = ends.copy()
    ends[shut] = len(nodes.ids) + np.arange(len(shut))
    used, at = np.unique(ends, return_inverse=True)
    first, second = at.reshape(-1, 2).astype(np.int64).T
    return {
        "lon": nodes.lon[place[used]],
        "lat": nodes.lat[place[used]],
        "first": np.ascontiguousarray(first),
        "second": np.ascontiguousarray(second),
        "steps": steps,
    }
