"""The question of where to site as a program in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sro_geo.coverage.siting_local import LocalLines
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
    Lines = tuple[sparse.csr_array, Floats, Floats]

SCALE = 1e4
"""What all of an aim is worth inside the solver, whose tolerances are absolute."""


TOLERANCE = 1e-3
"""In the solver's scale: a ten-millionth of the whole aim, within which its proof holds."""

_BROKEN = 1e-3


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
        Which columns must be whole numbers.
    packing : Packing
        Which candidates may stand together.
    measure : callable
        What the chosen columns are worth, aim by aim, in the solver's scale without its tolerances.
    greedy : callable
        An allowed set of candidates by greedy choice and exchange alone.
    guess : callable
        A better one by a longer search, from what the candidates are without whole numbers; None where there is none.
    separate : callable
        Lines, each at most 0, that hold for whole numbers but not for these columns.
    strengthen : callable
        Lines that do, too, and what they may be, where the search for them takes longer.
    same : float
        Within which two sets are equally good.
    tolerance : float
        Within which a proof holds.
    """

    aims: tuple[Floats, ...]
    matrix: sparse.csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    whole: Chosen
    packing: Packing
    measure: Callable[[Floats], Values]
    guess: Callable[[Packing, Floats], Chosen | None]
    greedy: Callable[[Packing], Chosen | None]
    separate: Callable[[Floats], sparse.csr_array | None]
    strengthen: Callable[[Floats], tuple[sparse.csr_array, Floats] | None]
    same: float = 1e-6
    tolerance: float = TOLERANCE

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
    """
    count, size, total = len(rows.weight), rows.sites.shape[1], rows.worth
    matrix = _lay_rows(rows)
    lines: Lines = (matrix, np.full(matrix.shape[0], -np.inf), np.zeros(matrix.shape[0]))
    gains = np.concatenate([rows.direct.sum(axis=0), rows.weight])
    aims, most = [gains * SCALE / total], np.ones(size + count)
    if persons is not None:
        worth = sparse.hstack([sparse.csr_array(rows.direct), sum_by(rows.group, rows.weight, quarters=len(persons))])
        lines = add_quarters(lines, worth=sparse.csr_array(worth), kept=rows.kept, persons=persons)
        aims, most = lead(aims), np.append(most, SCALE)
    if costs is not None:
        aims.append(pad(-costs * SCALE / (costs.sum() or 1.0), len(most)))

    def measure(columns: Floats) -> Values:
        chosen = columns[:size] > 0.5  # noqa: PLR2004  a whole number
        reached = count_reached(rows, chosen)
        values = [(reached.sum() - rows.kept.sum()) * SCALE / total]
        if persons is not None:
            values.insert(0, float((reached / persons)[persons > 0].min()) * SCALE)
        return tuple(map(float, values if costs is None else [*values, aims[-1][:size] @ chosen]))

    return Program(
        aims=tuple(aims), matrix=lines[0], low=lines[1], high=lines[2], least=np.zeros(len(most)), most=most,
        whole=pad(np.ones(size), len(most)) > 0, packing=packing, measure=measure,
        guess=partial(guess_soft, rows), greedy=partial(guess_greedy, rows),
        separate=partial(_separate, rows, len(most)),
        strengthen=LocalLines(rows).separate if (rows.need > 1).any() else lambda _columns: None,
    )  # fmt: skip


def _lay_rows(rows: Rows) -> sparse.csr_array:
    """Each row at most its sites; one that needs two at most half of them, and at most all but the largest."""
    eye = sparse.csr_array(sparse.eye_array(len(rows.weight)))
    half = sparse.csr_array(sparse.diags_array(1 / np.maximum(1, rows.need)) @ rows.sites)
    lines = [sparse.hstack([-half, eye])]
    twice = np.flatnonzero(rows.need > 1)
    if len(twice):
        fewer = drop_largest(rows.sites[twice], np.asarray(rows.sites.sum(axis=0), dtype=np.float64).ravel())
        lines.append(sparse.hstack([-fewer, eye[twice]]))
    return sparse.csr_array(sparse.vstack(lines))


def sum_by(group: Whole, weight: Floats, *, quarters: int) -> sparse.csr_array:
    """Quarters by columns: the weight of each column in its quarter's row."""
    return sparse.csr_array((weight, (group, np.arange(len(group)))), shape=(quarters, len(group)))


def lead(aims: list[Floats]) -> list[Floats]:
    """The aims behind that of one more column."""
    width = len(aims[0]) + 1
    return [np.append(np.zeros(width - 1), 1.0), *(pad(aim, width) for aim in aims)]


def pad(numbers: Floats, width: int) -> Floats:
    """Numbers with zeros behind, up to a width."""
    return np.concatenate([numbers, np.zeros(width - len(numbers))])


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
        most=np.ones(size), whole=np.ones(size, dtype=bool), packing=packing, measure=measure,
        guess=lambda _limits, _relaxed: None, greedy=greedy,
        separate=lambda _columns: None, strengthen=lambda _columns: None,
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


def add_quarters(lines: Lines, *, worth: sparse.csr_array, kept: Floats, persons: Floats) -> Lines:
    """Lines that hold one more column at or below the share of each quarter that has persons.

    `worth` is what the columns are worth by quarter, `persons` what they could be worth at most.
    """
    lived = np.flatnonzero(persons > 0)
    part = SCALE / persons[lived]
    shares = sparse.csr_array(sparse.diags_array(-part) @ worth[lived])
    new = sparse.hstack([shares, sparse.csr_array(np.ones((len(lived), 1)))])
    matrix, low, high = lines
    wide = sparse.hstack([matrix, sparse.csr_array((matrix.shape[0], 1))])
    return (
        sparse.csr_array(sparse.vstack([wide, new])),
        np.concatenate([low, np.full(len(lived), -np.inf)]),
        np.concatenate([high, kept[lived] * part]),
    )


def is_better(values: Values, others: Values, *, same: float) -> bool:
    """Whether one set is better by the first aim in which two sets differ."""
    for value, other in zip(values, others, strict=True):
        if abs(value - other) > same:
            return value > other
    return False
