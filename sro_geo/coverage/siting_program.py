"""The question of where to site as a program in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sro_geo.coverage.siting_reduce import lay_sets
from sro_geo.coverage.siting_search import guess_greedy, guess_hard, guess_soft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sro_geo.coverage.siting_packing import Packing
    from sro_geo.coverage.siting_reduce import Rows, Whole

    Floats = NDArray[np.float64]
    Chosen = NDArray[np.bool_]
    Values = tuple[float, ...]

_BROKEN = 1e-3
SCALE = 1e4
"""What all of an aim is worth inside the solver, whose tolerances are absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Columns, the candidates first, of which one aim after another is as large as it can be.

    Attributes
    ----------
    aims : tuple of array
        Gain of each column, in the solver's scale.
    matrix, low, high : csr_array, array, array
        Lines.
    least, most : array
        Bounds of the columns.
    whole : array
        1 where a column must be a whole number.
    packing : Packing
        Which candidates may stand together.
    measure : callable
        What the chosen columns are worth, aim by aim, in the solver's scale without its tolerances.
    guess : callable
        A good allowed set of candidates, if one is found fast, from what they are without whole numbers.
    greedy : callable
        An allowed set of candidates by greedy choice and exchange alone.
    separate : callable
        Lines, each at most 0, that hold for whole numbers but not for these columns.
    """

    aims: tuple[Floats, ...]
    matrix: sparse.csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    whole: Whole
    packing: Packing
    measure: Callable[[Floats], Values]
    guess: Callable[[Packing, Floats], Chosen | None]
    greedy: Callable[[Packing], Chosen | None]
    separate: Callable[[Floats], sparse.csr_array | None]

    @property
    def sites(self) -> int:
        """How many of the columns are candidates."""
        return int(self.packing.matrix.shape[1])

    def add(self, matrix: sparse.csr_array | Floats, low: float, high: Floats | float) -> Program:
        """The same with further lines."""
        lines = sparse.csr_array(matrix)
        new = np.full(lines.shape[0], low), np.broadcast_to(np.asarray(high, dtype=float), lines.shape[:1])
        return replace(
            self,
            matrix=sparse.csr_array(sparse.vstack([self.matrix, lines])),
            low=np.concatenate([self.low, new[0]]),
            high=np.concatenate([self.high, new[1]]),
        )

    def spread(self, gains: Floats) -> Floats:
        """Numbers of the candidates as numbers of all columns."""
        wide = np.zeros((len(gains), len(self.least)))
        wide[:, : self.sites] = gains
        return wide

    def keep(self) -> Program:
        """The same with the packing as lines."""
        packing = self.packing
        program = self.add(self.spread(packing.matrix), -np.inf, packing.high) if len(packing.high) else self
        if packing.count is None:
            return program
        line = self.spread(np.ones((1, self.sites)))
        return program.add(line, packing.count, packing.count)


def lay_soft(rows: Rows, *, packing: Packing, persons: Floats | None, costs: Floats | None) -> Program:
    """As much as possible of the rows' worth; with persons of quarters, first of the worst-off quarter; at last, cheap.

    `persons` is what the rows of each quarter could be worth at most.

    A row that needs two sites counts at most half its sites, and at most all but the largest: stronger together than alone.
    """
    total = rows.kept.sum() + rows.direct.sum() + rows.weight.sum() or 1.0
    count, size = len(rows.weight), rows.sites.shape[1]
    eye, none = sparse.eye_array(count), sparse.csr_array((count, 1))
    half = sparse.csr_array(sparse.diags_array(1 / np.maximum(1, rows.need)) @ rows.sites)
    lines = [sparse.hstack([-half, eye, none])]
    twice = np.flatnonzero(rows.need > 1)
    if len(twice):
        lines.append(
            sparse.hstack(
                [
                    -drop_largest(rows.sites[twice], np.asarray(rows.sites.sum(axis=0), dtype=np.float64).ravel()),
                    eye.tocsr()[twice],
                    none.tocsr()[twice],
                ]
            )
        )
    matrix = sparse.csr_array(sparse.vstack(lines))
    everyone = np.concatenate([rows.direct.sum(axis=0), rows.weight, [0.0]]) * SCALE / total
    aims, wide = [everyone], np.zeros(size + count + 1)
    least, most = np.zeros(len(wide)), np.concatenate([np.ones(size + count), [0.0]])
    high = np.zeros(matrix.shape[0])
    if persons is not None:
        wide[-1] = 1
        aims.insert(0, wide)
        most[-1] = SCALE
        matrix, high = _add_quarters(matrix, high, rows=rows, persons=persons)
    if costs is not None:
        aims.append(np.concatenate([-costs * SCALE / (costs.sum() or 1.0), np.zeros(count + 1)]))
    whole = np.concatenate([np.ones(size), rows.need > 1, [0]]).astype(np.int64)

    def measure(columns: Floats) -> Values:
        chosen = columns[:size] > 0.5  # noqa: PLR2004  a whole number
        reached = count_reached(rows, chosen)
        values = [(reached.sum() - rows.kept.sum()) * SCALE / total]
        if persons is not None:
            values.insert(0, float((reached / persons)[persons > 0].min()) * SCALE)
        return tuple(map(float, values if costs is None else [*values, aims[-1][:size] @ chosen]))

    return Program(
        aims=tuple(aims), matrix=matrix, low=np.full(len(high), -np.inf), high=high, least=least, most=most, whole=whole,
        packing=packing, measure=measure, guess=partial(guess_soft, rows), greedy=partial(guess_greedy, rows),
        separate=partial(_separate, rows, len(wide)),
    )  # fmt: skip


def count_reached(rows: Rows, chosen: Chosen) -> Floats:
    """By quarter: what the rows are worth with these sites."""
    counted = rows.sites @ chosen.astype(float) >= rows.need
    sums = np.bincount(rows.group, weights=rows.weight * counted, minlength=len(rows.kept))
    reached: Floats = rows.kept + rows.direct @ chosen.astype(float) + sums
    return reached


def lay_hard(needs: Sequence[Whole], *, packing: Packing, costs: Floats | None) -> Program:
    """Each set has a site, as cheaply as possible where there are costs; the only site of a set is fixed."""
    size = packing.matrix.shape[1]
    least = np.zeros(size)
    least[[need[0] for need in needs if len(need) == 1]] = 1
    sets = lay_sets([need for need in needs if not least[need].any()], width=size)
    aims = () if costs is None else (-costs * SCALE / (costs.sum() or 1.0),)

    greedy = partial(guess_hard, sets, least > 0, np.ones(size) if costs is None else costs)

    def measure(columns: Floats) -> Values:
        return tuple(float(aim @ (columns > 0.5)) for aim in aims)  # noqa: PLR2004  a whole number

    return Program(
        aims=aims, matrix=sets, low=np.ones(sets.shape[0]), high=np.full(sets.shape[0], np.inf), least=least,
        most=np.ones(size), whole=np.ones(size, dtype=np.int64), packing=packing, measure=measure,
        guess=lambda limits, _relaxed: greedy(limits), greedy=greedy,
        separate=lambda _columns: None,
    )  # fmt: skip


def _separate(rows: Rows, width: int, columns: Floats) -> sparse.csr_array | None:
    """For rows that need two: without its largest site now, the others are at least what the row counts."""
    twice, size = np.flatnonzero(rows.need > 1), rows.sites.shape[1]
    if not len(twice):
        return None
    reduced = drop_largest(rows.sites[twice], columns[:size])
    broken = columns[size + twice] > reduced @ columns[:size] + _BROKEN
    if not broken.any():
        return None
    row = sparse.csr_array(
        (np.ones(broken.sum()), (np.arange(broken.sum()), twice[broken])), shape=(broken.sum(), width - size)
    )
    return sparse.csr_array(sparse.hstack([-reduced[broken], row]))


def drop_largest(sites: sparse.csr_array, size: Floats) -> sparse.csr_array:
    """The same rows, each without its largest site."""
    rows = sites.tocoo()
    order = np.lexsort((rows.col, size[rows.col], rows.row))
    last = np.append(np.flatnonzero(np.diff(rows.row[order])), len(order) - 1)
    kept = np.ones(len(order), dtype=bool)
    kept[order[last]] = False
    return sparse.csr_array((rows.data[kept], (rows.row[kept], rows.col[kept])), shape=sites.shape)


def _add_quarters(
    matrix: sparse.csr_array, high: Floats, *, rows: Rows, persons: Floats
) -> tuple[sparse.csr_array, Floats]:
    """Lines that hold the last column at or below the share of each quarter that has persons."""
    lived = np.flatnonzero(persons > 0)
    part = SCALE / persons[lived]
    member = sparse.csr_array(
        (rows.weight, (rows.group, np.arange(len(rows.weight)))), shape=(len(persons), len(rows.weight))
    )
    lines = sparse.hstack(
        [
            sparse.csr_array(-rows.direct[lived] * part[:, None]),
            -sparse.diags_array(part) @ member[lived],
            sparse.csr_array(np.ones((len(lived), 1))),
        ]
    )
    return sparse.csr_array(sparse.vstack([matrix, lines])), np.concatenate([high, rows.kept[lived] * part])
