"""Loops that numba compiles. Each public function has a twin in SciPy or NumPy that a test compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.links import Bins
    from sro_geo.coverage.network import Joined, Network, Pairs, Starts

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def search_compiled(starts: Starts, network: Network, joined: Joined, most: float) -> Pairs:
    """Start, cell and metres of all pairs within a distance: one search after another, none farther than it must be."""
    best, nodes = np.full(len(network[0]) - 1, np.inf), np.empty(len(network[0]) - 1, np.int64)
    ways, cells = np.full(len(joined[6]), np.inf), np.empty(len(joined[6]), np.int64)
    keys, numbers = np.empty(1024), np.empty(1024, np.int64)
    own, other, metres = np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024)
    count = 0
    for start in range(len(starts[2])):
        seen, keys, numbers = _spread(start, starts, network, most, best, nodes, keys, numbers)
        reached = _gather(nodes[:seen], joined, most, best, ways, cells)
        reached = _stay(start, starts, joined, most, ways, cells, reached)
        while count + reached > len(own):
            own, other, metres = double(own), double(other), double(metres)
        for at in range(reached):
            own[count], other[count], metres[count] = start, cells[at], ways[cells[at]]
            count += 1
            ways[cells[at]] = np.inf
        for at in range(seen):
            best[nodes[at]] = np.inf
    return own[:count], other[:count], metres[:count]


@njit(cache=True, nogil=True)
def _spread(  # noqa: PLR0913, PLR0917  one loop in pieces
    start: int,
    starts: Starts,
    network: Network,
    most: float,
    best: Floats,
    nodes: Ints,
    keys: Floats,
    numbers: Ints,
) -> tuple[int, Floats, Ints]:
    """Shortest ways from both ends of a start's piece to all nodes within a distance; how many, and the heap, perhaps grown."""
    first, neighbour, metres = network
    seen, size = 0, 0
    for end in range(2):
        node, far = starts[0][start, end], starts[1][start, end]
        if far <= most and far < best[node]:
            if best[node] == np.inf:
                nodes[seen] = node
                seen += 1
            best[node] = far
            push(keys, numbers, size, far, node)
            size += 1
    while size > 0:
        far, node = keys[0], numbers[0]
        size -= 1
        sink(keys, numbers, size)
        if far > best[node]:
            continue
        for at in range(first[node], first[node + 1]):
            way, there = far + metres[at], neighbour[at]
            if way <= most and way < best[there]:
                if best[there] == np.inf:
                    nodes[seen] = there
                    seen += 1
                best[there] = way
                if size == len(keys):
                    keys, numbers = double(keys), double(numbers)
                push(keys, numbers, size, way, there)
                size += 1
    return seen, keys, numbers


@njit(cache=True, nogil=True)
def _gather(nodes: Ints, joined: Joined, most: float, best: Floats, ways: Floats, cells: Ints) -> int:
    """Shortest ways to the cells whose pieces end at these nodes; how many cells there are."""
    first, cell, extra = joined[0], joined[1], joined[2]
    reached = 0
    for node in nodes:
        for at in range(first[node], first[node + 1]):
            way, there = best[node] + extra[at], cell[at]
            if way <= most and way < ways[there]:
                if ways[there] == np.inf:
                    cells[reached] = there
                    reached += 1
                ways[there] = way
    return reached


@njit(cache=True, nogil=True)
def _stay(  # noqa: PLR0913, PLR0917  one loop in pieces
    start: int, starts: Starts, joined: Joined, most: float, ways: Floats, cells: Ints, reached: int
) -> int:
    """Ways that stay on the start's own piece; how many cells there are now."""
    first, cell, along, away = joined[3], joined[4], joined[5], joined[6]
    piece = starts[2][start]
    for at in range(first[piece], first[piece + 1]):
        there = cell[at]
        way = abs(starts[3][start] - along[there]) + starts[4][start] + away[there]
        if way <= most and way < ways[there]:
            if ways[there] == np.inf:
                cells[reached] = there
                reached += 1
            ways[there] = way
    return reached


@njit(cache=True, nogil=True)
def double(values: Any) -> Any:
    """The same numbers in twice the room."""
    more = np.empty(2 * len(values), values.dtype)
    for at in range(len(values)):  # copying a slice takes seconds to compile
        more[at] = values[at]
    return more


@njit(cache=True, nogil=True)
def push(keys: Floats, numbers: Ints, size: int, key: float, number: int) -> None:
    """Add to a binary heap of a size; the smallest key comes first."""
    at = size
    while at > 0 and keys[(at - 1) >> 1] > key:
        above = (at - 1) >> 1
        keys[at], numbers[at] = keys[above], numbers[above]
        at = above
    keys[at], numbers[at] = key, number


@njit(cache=True, nogil=True)
def sink(keys: Floats, numbers: Ints, size: int) -> None:
    """Put the last of a heap in the place of the first, where it then has this size."""
    key, number = keys[size], numbers[size]
    at, below = 0, 1
    while below < size:
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at], numbers[at] = keys[below], numbers[below]
        at, below = below, 2 * below + 1
    keys[at], numbers[at] = key, number


@njit(cache=True, nogil=True)
def share_compiled(  # noqa: PLR0913, PLR0917  one loop in pieces
    here: Floats, there: Floats, persons: Floats, places: Floats, squares: Floats, weights: Floats, bins: Bins
) -> Floats:
    """Access by cell: what each offer is asked in a first pass, what each cell gets of it in a second."""
    west, south, width, columns, rows, first = bins
    asked, access = np.zeros(len(there)), np.zeros(len(here))
    for second in range(2):
        for cell in range(len(here)):
            x, y, got = here[cell, 0], here[cell, 1], 0.0
            column, row = int(np.floor((x - west) / width)), int(np.floor((y - south) / width))
            left, right = max(column - 1, 0), min(column + 2, columns)
            for line in range(max(row - 1, 0), min(row + 2, rows) if left < right else 0):
                for offer in range(first[line * columns + left], first[line * columns + right]):
                    square, step = (x - there[offer, 0]) ** 2 + (y - there[offer, 1]) ** 2, 0
                    if square <= squares[-1]:
                        while squares[step] < square:
                            step += 1
                        if second:
                            got += weights[step] * asked[offer]
                        else:
                            asked[offer] += weights[step] * persons[cell]
            access[cell] = got
        for offer in range(0 if second else len(there)):
            asked[offer] = places[offer] / asked[offer] if asked[offer] > 0 else 0.0
    return access
