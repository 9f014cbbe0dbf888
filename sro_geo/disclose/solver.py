"""Linear programs, also in whole numbers: the only module that knows HiGHS.

Nothing here depends on the clock or on threads: one thread, one seed, limits in nodes only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.disclose.publication import Line

_WHOLE = 1e-5
"""Distance up to which a solver's number counts as whole."""


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

    References
    ----------
    Huangfu, Q. and Hall, J. A. J. (2018): Parallelizing the dual revised simplex method. Mathematical Programming
    Computation 10, 119–142.
    """

    def __init__(
        self, lines: Sequence[Line], *, highest: Mapping[str, float] | None = None, nodes: int = 10_000
    ) -> None:
        self._names = sorted({name for line in lines for name, _ in line.shares} | set(highest or {}))
        self._at = {name: number for number, name in enumerate(self._names)}
        self._solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # no stubs
        for option, setting in _OPTIONS.items():
            self._solver.setOptionValue(option, setting)
        self._solver.setOptionValue("mip_max_nodes", nodes)
        self._solver.passModel(self._lay_out(lines, highest or {}))
        self._whole = False
        self._last: dict[int, float] = {}

    def solve(self, aim: Mapping[str, float], *, largest: bool, whole: bool) -> Answer:
        """Best value of the sum `aim`, in whole numbers where asked."""
        self._set_aim({self._at[name]: number for name, number in aim.items() if name in self._at})
        if whole != self._whole:
            kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            count = len(self._names)
            self._solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.full(count, kind))
            self._whole = whole
        sense = highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        return self._read(largest=largest, whole=whole)

    def _set_aim(self, aim: dict[int, float]) -> None:
        for number in {*self._last, *aim}:
            self._solver.changeColCost(number, aim.get(number, 0.0))
        self._last = aim

    def _read(self, *, largest: bool, whole: bool) -> Answer:
        status, endless = self._solver.getModelStatus(), math.inf if largest else -math.inf
        if status in _ENDLESS:
            return Answer(value=endless, bound=endless, values={})
        info = self._solver.getInfo()
        bound = info.mip_dual_bound if whole else info.objective_function_value
        if info.primal_solution_status != _FOUND:
            found = math.nan if status == highspy.HighsModelStatus.kInfeasible else bound
            return Answer(value=math.nan, bound=found, values={})
        values = dict(zip(self._names, self._solver.getSolution().col_value, strict=True))
        return Answer(value=info.objective_function_value, bound=bound, values=values)

    def _lay_out(self, lines: Sequence[Line], highest: Mapping[str, float]) -> highspy.HighsLp:
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._names), len(lines)
        program.col_cost_ = np.zeros(len(self._names))
        program.col_lower_ = np.zeros(len(self._names))
        program.col_upper_ = np.array([highest.get(name, highspy.kHighsInf) for name in self._names])
        program.row_lower_ = np.array([line.low for line in lines])
        program.row_upper_ = np.array([line.high for line in lines])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(len(line.shares) for line in lines)]).astype(np.int32)
        cells = [(self._at[name], number) for line in lines for name, number in line.shares]
        program.a_matrix_.index_ = np.array([column for column, _ in cells], dtype=np.int32)
        program.a_matrix_.value_ = np.array([number for _, number in cells], dtype=float)
        return program


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-8,
    "primal_feasibility_tolerance": 1e-9,
}
_ENDLESS = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_FOUND = 2
"""HiGHS: a solution that keeps all lines."""
