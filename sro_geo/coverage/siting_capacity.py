"""Siting where each offer has room for so many persons: who goes where is part of the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from sro_geo.coverage.siting_program import SCALE, Program, add_quarters, lead, pad, sum_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_packing import Packing
    from sro_geo.coverage.siting_program import Lines, Values
    from sro_geo.coverage.siting_reduce import Demand, Whole

    Floats = NDArray[np.float64]

_HALF, _NOBODY = 0.5, 1e-9

_ROUGH = 0.05
"""Within which a proof holds, in the solver's scale: parts of a unit are only as exact as the solver's millionth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Units of persons and the offers that they may go to.

    Attributes
    ----------
    cells : list of array
        Positions of the cells of each unit.
    weight, group : array
        Persons and position of the quarter of each unit.
    unit, site, gain : array
        Pairs of unit and offer, and what they are worth if all of the unit go that way.
    room : array
        Persons that each offer has room for.
    """

    cells: list[Whole]
    weight: Floats
    group: Whole
    unit: Whole
    site: Whole
    gain: Floats
    room: Floats


def lay_ways(demand: Demand, *, room: Floats, by_metres: bool, merge: bool) -> Ways:
    """Units and their ways; with `merge`, cells with the same offers (and metres, if they count) and quarter are one unit."""
    found: dict[tuple[object, ...], tuple[slice, list[int]]] = {}
    for cell, own in demand.list_cells():
        if own.start == own.stop:
            continue
        order = np.argsort(demand.site[own], kind="stable")
        metres = demand.metres[own][order].tobytes() if by_metres else b""
        key = (demand.site[own][order].tobytes(), metres, int(demand.group[cell])) if merge else (cell,)
        found.setdefault(key, (own, []))[1].append(cell)
    cells = [np.array(members, dtype=np.int64) for _, members in found.values()]
    weight = np.array([demand.weight[members].sum() for members in cells], dtype=float)
    places = np.concatenate([np.arange(own.start, own.stop) for own, _ in found.values()])
    unit = np.repeat(np.arange(len(cells)), [own.stop - own.start for own, _ in found.values()])
    saved = demand.limit - demand.metres[places] if by_metres else np.ones(len(places))
    return Ways(
        cells=cells,
        weight=weight,
        group=np.array([demand.group[members[0]] for members in cells], dtype=np.int64),
        unit=unit,
        site=demand.site[places],
        gain=weight[unit] * saved,
        room=room,
    )


def lay_capacity(
    ways: Ways, *, packing: Packing, persons: Floats | None, costs: Floats | None, everybody: bool, split: bool
) -> Program:
    """As much as possible of what the ways are worth; or, if everybody must have one, as cheaply as possible.

    Columns: the candidates, the part of each unit that goes each way, and with quarters the share of the worst-off one.

    References
    ----------
    Current, J., Storbeck, J. (1988): Capacitated covering models. Environment and Planning B 15.
    """
    size, pairs, total = packing.matrix.shape[1], len(ways.unit), ways.gain.sum() or 1.0
    lines, most = _lay_lines(ways, size=size, everybody=everybody), np.ones(size + pairs)
    gains = np.concatenate([np.zeros(size), ways.gain]) * SCALE / total
    aims = [] if everybody else [gains]
    groups = int(ways.group.max()) + 1 if persons is None else len(persons)
    worth = sparse.hstack([sparse.csr_array((groups, size)), sum_by(ways.group[ways.unit], ways.gain, quarters=groups)])
    if persons is not None:
        lines = add_quarters(lines, worth=sparse.csr_array(worth), kept=np.zeros(groups), persons=persons)
        aims, most = lead(aims), np.append(most, SCALE)
    if costs is not None:
        aims.append(pad(-costs * SCALE / (costs.sum() or 1.0), len(most)))

    def measure(columns: Floats) -> Values:
        values = [] if everybody else [float(gains @ columns[: size + pairs])]
        if persons is not None:
            values.insert(0, float((worth @ columns[: size + pairs] / persons).min()) * SCALE)
        chosen = columns[:size] > _HALF
        return tuple(values if costs is None else [*values, float(aims[-1][:size] @ chosen)])

    return Program(
        aims=tuple(aims), matrix=lines[0], low=lines[1], high=lines[2], least=np.zeros(len(most)), most=most,
        whole=pad(np.concatenate([np.ones(size), np.full(pairs, not split)]), len(most)) > 0,
        packing=packing, measure=measure, guess=lambda _packing, _relaxed: None, greedy=lambda _packing: None,
        separate=lambda _columns: None, strengthen=lambda _columns: None, same=2 * _ROUGH, tolerance=_ROUGH,
    )  # fmt: skip


def _lay_lines(ways: Ways, *, size: int, everybody: bool) -> Lines:
    """Each unit goes once, each offer has its room, and nobody goes where there is no site."""
    pairs, units, offers = len(ways.unit), len(ways.weight), len(ways.room)
    each = np.arange(pairs)
    once = sparse.csr_array((np.ones(pairs), (ways.unit, each)), shape=(units, pairs))
    load = sparse.csr_array((ways.weight[ways.unit], (ways.site, each)), shape=(offers, pairs))
    room = sparse.csr_array((-ways.room[:size], (np.arange(size), np.arange(size))), shape=(offers, size))
    new = np.flatnonzero(ways.site < size)
    link = sparse.csr_array((-np.ones(len(new)), (np.arange(len(new)), ways.site[new])), shape=(len(new), size))
    goes = sparse.csr_array((np.ones(len(new)), (np.arange(len(new)), new)), shape=(len(new), pairs))
    blocks = [[sparse.csr_array((units, size)), once], [room, load], [link, goes]]
    matrix = sparse.vstack([sparse.hstack(block) for block in blocks])
    high = np.concatenate([np.ones(units), np.zeros(size), ways.room[size:], np.zeros(len(new))])
    low = np.full(len(high), -np.inf)
    low[:units] = 1.0 if everybody else -np.inf
    return sparse.csr_array(matrix), low, high


def assign(ways: Ways, demand: Demand, *, parts: Floats) -> pd.DataFrame:
    """Who goes where: cell, offer and persons, never more than there are nor than there is room for."""
    parts = np.where(parts > _NOBODY, np.minimum(parts, 1), 0)
    gone = np.bincount(ways.unit, weights=parts, minlength=len(ways.weight))
    parts = parts / np.maximum(1, gone)[ways.unit]
    persons = parts * ways.weight[ways.unit]
    load = np.bincount(ways.site, weights=persons, minlength=len(ways.room))
    persons *= np.minimum(1, np.divide(ways.room, load, out=np.ones(len(load)), where=load > 0))[ways.site]
    rows = []
    for unit, cells in enumerate(ways.cells):
        own = np.flatnonzero((ways.unit == unit) & (persons > 0))
        ends, stops = np.cumsum(demand.weight[cells]), np.cumsum(persons[own])
        for place, (stop, number) in zip(own, zip(stops, persons[own], strict=True), strict=True):
            both = np.minimum(ends, stop) - np.maximum(ends - demand.weight[cells], stop - number)
            rows += [
                (demand.cell_ids[cell], demand.offer_ids[ways.site[place]], float(part))
                for cell, part in zip(cells, both, strict=True)
                if part > _NOBODY
            ]
    return pd.DataFrame(rows, columns=["cell_id", "offer_id", "persons"])
