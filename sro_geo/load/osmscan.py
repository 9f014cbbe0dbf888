"""An OpenStreetMap PBF as plain arrays: what the process that reads does; it knows osmium and numpy only."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
from osmium.filter import IdFilter, KeyFilter, TagFilter
from osmium.osm import NODE, RELATION, WAY

from sro_geo.errors import DataError, Problem
from sro_geo.load.osmrules import WALKED, has_steps, is_barred, is_closed, is_walked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from sro_geo.load.wire import Answer

Tags = dict[str, str]
Box = tuple[float, float, float, float]

_AREAS = TagFilter(("type", "multipolygon"))
_OUTER = {"outer", ""}
_HIGHEST_ID = 2**36
"""A filter for ids takes a bit for each up to the highest."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Ids of both ends of each piece that is walked, and whether it has steps."""

    first: array[int] = field(default_factory=lambda: array("q"))
    second: array[int] = field(default_factory=lambda: array("q"))
    steps: bytearray = field(default_factory=bytearray)

    def add(self, way: Any, tags: Tags) -> None:
        """Add the pieces of a way."""
        refs = [node.ref for node in way.nodes]
        self.first.extend(refs[:-1])
        self.second.extend(refs[1:])
        self.steps.extend(bytes([has_steps(tags)]) * (len(refs) - 1))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Nodes that are in the file, ordered by id."""

    ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tagged: dict[int, Tags]

    def find(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Positions of ids, and whether they are there at all."""
        if not len(self.ids):
            return np.zeros(len(ids), dtype=np.intp), np.zeros(len(ids), dtype=bool)
        place = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return place, self.ids[place] == ids

    def pick(self, passes: Any) -> NDArray[np.bool_]:
        """Which of the nodes have tags that pass."""
        chosen = np.zeros(len(self.ids), dtype=bool)
        wanted = np.array([one for one, tags in self.tagged.items() if passes(tags)], dtype=np.int64)
        chosen[self.find(wanted)[0]] = True
        return chosen


def scan_osm(path: str, *, name: str, **wanted: Any) -> Answer:
    """Streets near a `box`, or the things that have one of `tags`: what the order names.

    Raises
    ------
    DataError
        If the file cannot be read or holds the past as well.
    """
    file = _File(path, name)
    return _scan_streets(file, **wanted) if "box" in wanted else _scan_things(file, **wanted)


def _scan_streets(file: _File, *, box: Box) -> Answer:
    """Pieces on which people walk, with at least one end in a box of degrees.

    Facts: `covered` (what the file says it covers, None where it doesn't), `nodes` (box of all that is walked, None where
    nothing is), `missing` (pieces whose ends are not in the file). Arrays: `lon`, `lat`, `first`, `second`, `steps`.
    """
    covered = file.read_box()
    pieces = _read_pieces(file)
    first, second = (np.frombuffer(ends, dtype=np.int64) for ends in (pieces.first, pieces.second))
    nodes = file.read_nodes(np.unique(np.concatenate([first, second])))
    ends = np.column_stack([first, second])
    place, there = nodes.find(ends.ravel())
    whole = there.reshape(-1, 2).all(axis=1)
    edges, steps = place.reshape(-1, 2)[whole], np.frombuffer(pieces.steps, dtype=bool)[whole]
    facts = {"covered": covered, "nodes": _find_box(nodes, edges), "missing": int((~whole).sum())}
    west, south, east, north = box
    inside = (nodes.lon >= west) & (nodes.lon <= east) & (nodes.lat >= south) & (nodes.lat <= north)
    near = inside[edges].any(axis=1)
    return facts, _cut(nodes, edges[near], steps[near])


def _scan_things(file: _File, *, tags: list[tuple[str, str]]) -> Answer:
    """Nodes, ways and areas that have one of the tags, ordered by sort and id.

    Arrays: `sort`, `id` and `tags` (JSON) of each thing, `owner` (its place among them) of each line, `line`, `lon` and `lat`
    of each node. A node has one line of one node, an area those of its outer rings. Nodes that are not in the file are left out.
    """
    file.read_box()
    wanted, outer, things = TagFilter(*((key, value) for key, value in tags)), {}, []
    for relation, held in file.read(RELATION, _AREAS, wanted):
        outer[relation.id] = [one.ref for one in relation.members if one.type == "w" and one.role in _OUTER]
        things.append(("relation", relation.id, held))
    members = file.read_ids(WAY, {way for ways in outer.values() for way in ways})
    rings = {way.id: [node.ref for node in way.nodes] for way, _ in members}
    lines = {("relation", area): [rings[way] for way in ways if way in rings] for area, ways in outer.items()}
    for way, held in file.read(WAY, wanted):
        lines["way", way.id] = [[node.ref for node in way.nodes]]
        things.append(("way", way.id, held))
    for node, held in file.read(NODE, wanted):
        lines["node", node.id] = [[node.id]]
        things.append(("node", node.id, held))
    things.sort(key=lambda thing: thing[:2])
    laid = [(at, refs) for at, (sort, one, _) in enumerate(things) for refs in lines[sort, one]]
    refs = np.array([ref for _, refs in laid for ref in refs], dtype=np.int64)
    nodes = file.read_nodes(np.unique(refs))
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
    """A file that is read several times; `name` is what messages call it."""

    path: str
    name: str

    def read(self, entities: Any, *filters: Any) -> Iterator[tuple[Any, Tags]]:
        """Objects of a sort that pass all filters, with their tags; each is there until the next is asked for."""
        try:
            objects = osmium.FileProcessor(osmium.io.File(self.path, "pbf"), entities)
            for one in filters:
                objects = objects.with_filter(one)
            for thing in objects:
                yield thing, {tag.k: tag.v for tag in thing.tags}
        except (RuntimeError, ValueError) as error:  # what osmium raises over a damaged file
            raise self._refuse(error) from error

    def read_ids(self, entities: Any, ids: Collection[int]) -> Iterator[tuple[Any, Tags]]:
        """Objects of a sort with these ids."""
        wanted = set(ids)
        if not wanted:
            return
        filters = [IdFilter(wanted)] if min(wanted) >= 0 and max(wanted) < _HIGHEST_ID else []
        yield from ((thing, tags) for thing, tags in self.read(entities, *filters) if thing.id in wanted)

    def read_nodes(self, ids: NDArray[np.int64]) -> _Nodes:
        """Nodes with these ids."""
        found, lon, lat, tagged = array("q"), array("d"), array("d"), {}
        for node, tags in self.read_ids(NODE, ids.tolist()):
            if node.location.valid():
                found.append(node.id)
                lon.append(node.location.lon)
                lat.append(node.location.lat)
                if tags:
                    tagged[node.id] = tags
        order, at = np.unique(np.frombuffer(found, dtype=np.int64), return_index=True)
        return _Nodes(order, np.frombuffer(lon, dtype=float)[at], np.frombuffer(lat, dtype=float)[at], tagged)

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
            raise self._refuse(error) from error
        return low.lon, low.lat, high.lon, high.lat

    def _refuse(self, error: Exception) -> DataError:
        reason = str(error).replace(self.path, self.name).split("\n")[0]
        return DataError(Problem(cause="osm_broken", values={"reason": reason}))


def _read_pieces(file: _File) -> _Pieces:
    """Ways that are walked, and the rings of areas that are."""
    keys, pieces = KeyFilter(*WALKED), _Pieces()
    rings: dict[int, Tags] = {}
    for relation, tags in file.read(RELATION, _AREAS, keys):
        if is_walked(tags):
            rings |= {member.ref: tags for member in relation.members if member.type == "w"}
    for way, tags in file.read(WAY, keys):
        rings.pop(way.id, None)
        if is_walked(tags):
            pieces.add(way, tags)
    for way, tags in file.read_ids(WAY, rings):
        pieces.add(way, rings[way.id] | tags)
    return pieces


def _find_box(nodes: _Nodes, edges: NDArray[np.intp]) -> Box | None:
    if not len(edges):
        return None
    lon, lat = nodes.lon[edges], nodes.lat[edges]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _cut(nodes: _Nodes, edges: NDArray[np.intp], steps: NDArray[np.bool_]) -> dict[str, np.ndarray]:
    """Arrays of the pieces; what nobody may pass becomes an end of its own for each piece that leads to it.

    The order of the ways in the file makes no difference: pieces are ordered by the ids of their ends.
    """
    barred = nodes.pick(lambda tags: "barrier" in tags and is_barred(tags))
    closed = nodes.pick(lambda tags: "barrier" in tags and is_closed(tags))
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
