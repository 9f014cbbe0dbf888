"""Loops of the transport problem that numba compiles; the twin is the linear program in `sro_geo.coverage.assignment`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from sro_geo.coverage._kernels import push, sink

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.links import Placed, Roads, Steps

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def place_compiled(  # noqa: PLR0913, PLR0917  what is known, what is changed, and whom it is done for
    roads: Roads, placed: Placed, steps: Steps, penalty: float, cells: Ints, amounts: Floats, closed: Flags
) -> None:
    """Place more persons, each amount on the shortest way to a free place, others pushed on; `placed` and `steps` are changed.

    All lengths are whole numbers, so that sums and differences are exact. What stays optimal is told by the levels: a way from
    one offer to the next, less the difference of their levels, is never below 0.
    """
    offer, (flows, spare, _, level) = roads[1], placed
    best, entry, leave = np.full(len(spare), np.inf), np.empty(len(spare), np.int64), np.empty(len(spare), np.int64)
    seen, heap, where = np.empty(len(spare), np.int64), np.empty(len(spare), np.int64), np.empty(len(spare), np.int64)
    shortest, into, out = np.full(len(spare), np.inf), np.empty(len(spare), np.int64), np.empty(len(spare), np.int64)
    for at in range(len(cells)):
        left = amounts[at]
        while left > 0:
            count, cost, goal, last = _find_place(
                cells[at],
                roads,
                placed,
                steps,
                penalty,
                closed,
                best,
                entry,
                leave,
                seen,
                heap,
                where,
                shortest,
                into,
                out,
            )
            amount = left
            if goal >= 0:
                amount = min(amount, spare[goal] if last < 0 else flows[last])
                here = goal
                while leave[here] >= 0:
                    amount = min(amount, flows[leave[here]])
                    here = offer[leave[here]]
            _push_on(amount, cells[at], goal, last, roads, placed, steps[0], entry, leave)
            left -= amount
            for k in range(count):
                level[seen[k]] += min(best[seen[k]] - cost, 0.0)
                best[seen[k]] = np.inf


@njit(cache=True, nogil=True)
def aim_compiled(roads: Roads, placed: Placed, steps: Steps, penalty: float) -> None:
    """Lower each level to what a person more in a full offer costs, all pushing on included: searches then go straight there.

    Without that they see every offer that is nearer than the place they end at.
    """
    metres, begin, near, offer = roads[2], roads[3], roads[6], roads[1]
    flows, spare, _, level = placed
    known, exits, ends, _, entries, leaves = steps
    shortest, into, out = np.full(len(spare), np.inf), np.empty(len(spare), np.int64), np.empty(len(spare), np.int64)
    full = [here for here in range(len(spare)) if spare[here] <= 0 and begin[here] < begin[here + 1]]
    for here in full:
        level[here] = -np.inf
        if not known[here]:
            _lay_steps(here, roads, flows, level, steps, shortest, into, out)
    changed = True
    while changed:
        changed = False
        for here in full:
            cost = penalty - metres[exits[here]]
            for at in range(near[here], ends[here]):
                cost = min(cost, metres[entries[at]] - metres[leaves[at]] - level[offer[entries[at]]])
            if -cost > level[here]:
                level[here], changed = -cost, True
    for here in full:  # in the order that follows from these levels
        _lay_steps(here, roads, flows, level, steps, shortest, into, out)


@njit(cache=True, nogil=True)
def _find_place(  # noqa: C901, PLR0913, PLR0917  one loop in pieces
    source: int,
    roads: Roads,
    placed: Placed,
    steps: Steps,
    penalty: float,
    closed: Flags,
    best: Floats,
    entry: Ints,
    leave: Ints,
    seen: Ints,
    heap: Ints,
    where: Ints,
    shortest: Floats,
    into: Ints,
    out: Ints,
) -> tuple[int, float, int, int]:
    """How many offers were seen, the least cost, where the way ends, and which pair gives up its place there.

    Below 0 it ends nowhere, or at a free place.
    """
    first, offer, metres, near = roads[0], roads[1], roads[2], roads[6]
    _, spare, _, level = placed
    known, exits, ends, least, entries, leaves = steps
    count, size, cost, goal, last = 0, 0, penalty, -1, -1
    here, base, begin, end = -1, 0.0, first[source], first[source + 1]
    while True:
        for at in range(begin, end):
            pair, gone, length = at, np.int64(-1), metres[at]
            if here >= 0:
                if base + least[at] >= cost:
                    break
                pair, gone = entries[at], leaves[at]
                length = metres[pair] - metres[gone]
            there = offer[pair]
            way = base + length - level[there]
            if not closed[there] and way < best[there] and way < cost:
                new = best[there] == np.inf
                best[there], entry[there], leave[there] = way, pair, gone
                if new:
                    seen[count] = there
                    count += 1
                if spare[there] > 0:  # its level is 0 until it is full
                    cost, goal, last = way, there, -1
                    continue
                if new:
                    where[there] = size
                    size += 1
                _lift(there, heap, where, best)
        if size == 0 or best[heap[0]] >= cost:
            return count, cost, goal, last
        here = heap[0]
        size -= 1
        _lower(heap[size], heap, where, best, size)
        if not known[here]:
            _lay_steps(here, roads, placed[0], level, steps, shortest, into, out)
        base, begin, end = best[here] + level[here], near[here], ends[here]
        if base + penalty - metres[exits[here]] < cost:
            cost, goal, last = base + penalty - metres[exits[here]], here, exits[here]


@njit(cache=True, nogil=True)
def _lift(there: int, heap: Ints, where: Ints, best: Floats) -> None:
    """Let an offer rise in the heap from where it is, or is to be; the nearest is at the top."""
    at = where[there]
    while at > 0 and best[heap[(at - 1) >> 1]] > best[there]:
        heap[at] = heap[(at - 1) >> 1]
        where[heap[at]] = at
        at = (at - 1) >> 1
    heap[at], where[there] = there, at


@njit(cache=True, nogil=True)
def _lower(there: int, heap: Ints, where: Ints, best: Floats, size: int) -> None:
    """Let an offer sink from the top of the heap, which then has this size."""
    at, below = 0, 1
    while below < size:
        if below + 1 < size and best[heap[below + 1]] < best[heap[below]]:
            below += 1
        if best[heap[below]] >= best[there]:
            break
        heap[at] = heap[below]
        where[heap[at]] = at
        at, below = below, 2 * below + 1
    heap[at], where[there] = there, at


@njit(cache=True, nogil=True)
def _lay_steps(  # noqa: PLR0913, PLR0917  one loop in pieces
    here: int, roads: Roads, flows: Floats, level: Floats, steps: Steps, shortest: Floats, into: Ints, out: Ints
) -> None:
    """For a full offer, by which pairs a person is pushed on to each other offer, and who lives farthest off.

    They are ordered by what the ways through them add at least. It only grows, since levels only fall.
    """
    first, offer, metres, begin, order, cell, near, other = roads
    known, exits, ends, least, entries, leaves = steps
    room = near[here + 1] - near[here]
    keys, numbers, size, farthest = np.empty(room), np.empty(room, np.int64), 0, -1.0
    for q in range(begin[here], begin[here + 1]):
        gone = order[q]
        if flows[gone] <= 0:
            continue
        if metres[gone] > farthest:
            farthest, exits[here] = metres[gone], gone
        for pair in range(first[cell[gone]], first[cell[gone] + 1]):
            there, way = offer[pair], metres[pair] - metres[gone]
            if there != here and way < shortest[there]:
                shortest[there], into[there], out[there] = way, pair, gone
    for at in range(near[here], near[here + 1]):
        there = other[at]
        if shortest[there] < np.inf:
            push(keys, numbers, size, shortest[there] - level[there], there)
            size += 1
    ends[here] = near[here] + size
    for at in range(near[here], ends[here]):
        there = numbers[0]
        least[at], entries[at], leaves[at] = keys[0], into[there], out[there]
        shortest[there] = np.inf
        size -= 1
        sink(keys, numbers, size)
    known[here] = True


@njit(cache=True, nogil=True)
def _push_on(  # noqa: PLR0913, PLR0917  one loop in pieces
    amount: float,
    source: int,
    goal: int,
    last: int,
    roads: Roads,
    placed: Placed,
    known: Flags,
    entry: Ints,
    leave: Ints,
) -> None:
    """Send an amount along the way that was found; where another cell comes in or one is gone, the steps are no longer known."""
    offer, cell = roads[1], roads[5]
    flows, spare, unserved, _ = placed
    if goal < 0:
        unserved[source] += amount
        return
    if last < 0:
        spare[goal] -= amount
    else:
        flows[last] -= amount
        unserved[cell[last]] += amount
        known[goal] = known[goal] and flows[last] > 0
    here = goal
    while True:
        known[here] = known[here] and flows[entry[here]] > 0
        flows[entry[here]] += amount
        if leave[here] < 0:
            return
        gone = leave[here]
        flows[gone] -= amount
        here = offer[gone]
        known[here] = known[here] and flows[gone] > 0
