"""Linear programs over named numbers, also in whole numbers.

Nothing here depends on the clock: limits are in nodes only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sro_geo.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.disclose.publication import Line

_WHOLE = 1e-5
"""Distance up to which a solver's number counts as whole."""


class _Rows(NamedTuple):
    """A matrix by rows; SciPy's takes longer to make than to solve, and hundreds are made."""

    shape: tuple[int, int]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a program found.

    Attributes
    ----------
    value : float
        Best value that a solution reaches; infinite where nothing bounds it, missing where no solution was found.
    bound : float
        What no solution can pass.
    values : dict of str to float
        The solution; empty where there is none.
    """

    value: float
    bound: float
    values: dict[str, float]

    @property
    def whole(self) -> bool:
        """Whether all of the solution are whole numbers."""
        return all(abs(value - round(value)) <= _WHOLE for value in self.values.values())


class Program:
    """A linear program that is solved for one aim after another, each from where the last one ended.

    Parameters
    ----------
    lines : sequence of Line
        What must hold of the unknown numbers. They are 0 or more.
    highest : mapping of str to float
        Upper bounds, where a number has one.
    nodes : int
        How many nodes a search for whole numbers may look at.
    """

    def __init__(
        self, lines: Sequence[Line], *, highest: Mapping[str, float] | None = None, nodes: int = 10_000
    ) -> None:
        self._names = sorted({name for line in lines for name, _ in line.shares} | set(highest or {}))
        self._at = {name: number for number, name in enumerate(self._names)}
        self._linear = self._lay_out(lines, highest or {}, nodes=nodes)
        self._whole = False
        self._last: dict[int, float] = {}

    def solve(self, aim: Mapping[str, float], *, largest: bool, whole: bool) -> Answer:
        """Best value of the sum `aim`, in whole numbers where asked."""
        self._set_aim({self._at[name]: number for name, number in aim.items() if name in self._at})
        if whole != self._whole:
            self._linear.set_whole(np.arange(len(self._names)), whole=whole)
            self._whole = whole
        found = self._linear.run(largest=largest)
        if found.end == "endless":
            endless = math.inf if largest else -math.inf
            return Answer(value=endless, bound=endless, values={})
        if math.isnan(found.value):
            bound = math.nan if found.end == "impossible" else found.bound
            return Answer(value=math.nan, bound=bound, values={})
        values = dict(zip(self._names, found.columns.tolist(), strict=True))
        return Answer(value=found.value, bound=found.bound, values=values)

    def _set_aim(self, aim: dict[int, float]) -> None:
        changed = {**dict.fromkeys(self._last, 0.0), **aim}
        self._linear.set_gains(np.array([*changed], dtype=np.int64), np.array([*changed.values()], dtype=float))
        self._last = aim

    def _lay_out(self, lines: Sequence[Line], highest: Mapping[str, float], *, nodes: int) -> Linear:
        cells = [(self._at[name], number) for line in lines for name, number in line.shares]
        places = np.array([column for column, _ in cells], dtype=np.int32)
        numbers, ends = np.array([number for _, number in cells], dtype=float), [len(line.shares) for line in lines]
        shape = len(lines), len(self._names)
        return Linear(
            _Rows(shape=shape, indptr=np.cumsum([0, *ends]), indices=places, data=numbers),
            np.array([line.low for line in lines], dtype=float),
            np.array([line.high for line in lines], dtype=float),
            least=np.zeros(len(self._names)),
            most=np.array([highest.get(name, math.inf) for name in self._names], dtype=float),
            nodes=nodes,
        )
