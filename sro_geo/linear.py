"""Linear programs that are solved again and again, each from where the last one ended: the only module that knows HiGHS.

One thread and one seed: the same program has the same answer, unless a time is given and over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import highspy
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]


class _Matrix(Protocol):
    """What a sparse matrix by rows is made of, as SciPy's `csr_array` is."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def indptr(self) -> NDArray[Any]: ...
    @property
    def indices(self) -> NDArray[Any]: ...
    @property
    def data(self) -> Floats: ...


End = Literal["best", "impossible", "endless", "enough", "stopped"]
"""How a search ended: `enough` where the value would pass what was given, `stopped` where a limit was passed first."""

_NONE = np.zeros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found.

    Attributes
    ----------
    end : str
        How the search ended.
    value, bound : float
        Of the best columns found, and what none can pass; missing where there are none.
    columns : array
        The best columns found; empty where there are none.
    rates, prices : array
        By how much the value changes with a column's and with a line's bound, without whole numbers.
    """

    end: End
    value: float
    bound: float
    columns: Floats
    rates: Floats
    prices: Floats


class Linear:
    """Lines over columns of numbers, for one aim after another.

    Parameters
    ----------
    matrix : _Matrix
        Lines by columns.
    low, high : array
        Bounds of the lines.
    least, most : array
        Bounds of the columns.
    nodes : int
        How many nodes a search for whole numbers may look at.

    References
    ----------
    Huangfu, Q. and Hall, J. A. J. (2018): Parallelizing the dual revised simplex method. Mathematical Programming
    Computation 10, 119–142.
    """

    def __init__(
        self, matrix: _Matrix, low: Floats, high: Floats, *, least: Floats, most: Floats, nodes: int = 10_000
    ) -> None:
        self._solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # no stubs
        for option, setting in _OPTIONS.items():
            self._solver.setOptionValue(option, setting)
        self._solver.setOptionValue("mip_max_nodes", nodes)
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = matrix.shape
        program.col_cost_ = np.zeros(matrix.shape[1])
        program.col_lower_, program.col_upper_ = least, most
        program.row_lower_, program.row_upper_ = low, high
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        program.a_matrix_.index_ = matrix.indices.astype(np.int32)
        program.a_matrix_.value_ = matrix.data
        self._solver.passModel(program)
        self._whole = False

    def set_gains(self, columns: Whole, gains: Floats) -> None:
        """What these columns are worth from now on."""
        self._solver.changeColsCost(len(columns), columns.astype(np.int32), gains)

    def set_bounds(self, columns: Whole, least: Floats, most: Floats) -> None:
        """Within what these columns lie from now on."""
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), least, most)

    def set_limits(self, lines: Whole, low: Floats, high: Floats) -> None:
        """Within what these lines lie from now on."""
        change = self._solver.changeRowsBounds  # type: ignore[attr-defined]  # the stub does not name it
        change(len(lines), lines.astype(np.int32), low, high)

    def add_lines(self, matrix: _Matrix, low: Floats, high: Floats) -> None:
        """Further lines."""
        starts, columns = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        self._solver.addRows(matrix.shape[0], low, high, len(matrix.data), starts, columns, matrix.data)

    def set_whole(self, columns: Whole, *, whole: bool) -> None:
        """Whether these columns must be whole numbers."""
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        self._solver.changeColsIntegrality(len(columns), columns.astype(np.int32), np.full(len(columns), kind))
        self._whole = whole and len(columns) > 0

    def run(self, *, largest: bool, enough: float | None = None, seconds: float = math.inf) -> Outcome:
        """Best value of the aim; a smallest one is no longer sought once it must be over `enough`."""
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize)
        limit = highspy.kHighsInf if enough is None else enough
        self._solver.setOptionValue("objective_bound", limit)
        until = self._solver.getRunTime() + seconds if math.isfinite(seconds) else highspy.kHighsInf
        self._solver.setOptionValue("time_limit", until)
        self._solver.run()
        return self._read()

    def _read(self) -> Outcome:
        info = self._solver.getInfo()
        end = _ENDS.get(self._solver.getModelStatus(), "stopped")
        bound = info.mip_dual_bound if self._whole else info.objective_function_value
        if end == "endless" or info.primal_solution_status != _FOUND:
            return Outcome(end=end, value=math.nan, bound=bound, columns=_NONE, rates=_NONE, prices=_NONE)
        solution = self._solver.getSolution()
        return Outcome(
            end=end,
            value=info.objective_function_value,
            bound=bound,
            columns=np.array(solution.col_value),
            rates=np.array(solution.col_dual),
            prices=np.array(solution.row_dual),
        )


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
_ENDS: dict[highspy.HighsModelStatus, End] = {
    highspy.HighsModelStatus.kOptimal: "best",
    highspy.HighsModelStatus.kInfeasible: "impossible",
    highspy.HighsModelStatus.kUnbounded: "endless",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "endless",
    highspy.HighsModelStatus.kObjectiveBound: "enough",
}
_FOUND = 2
"""HiGHS: a solution that keeps all lines."""
