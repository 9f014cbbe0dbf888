"""The best set of sites with a proof, all that are as good, and the next best."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_program import Program, Values

    Floats = NDArray[np.float64]

MOST_TIES = 20
_MOST_TRIES = 200
_HALF = 0.5
_MOST_CUTS = 8
_OPTIMAL, _LIMIT, _IMPOSSIBLE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best set that was found.

    Attributes
    ----------
    columns : array or None
        The program's columns; None where there is no set.
    values, bounds : tuple of float
        Aim by aim, in the solver's scale.
    proven, impossible : bool
        Whether none is better, and whether there is none.
    program : Program
        What is left of the program: at least every set that is as good.
    alone : bool
        Whether no other set is known to be as good, and none can be.
    """

    columns: Floats | None
    values: Values
    bounds: Values
    proven: bool
    impossible: bool
    program: Program
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """Optimum without whole numbers, and by how much it falls at least when a column leaves its bound."""

    bound: float
    columns: Floats
    fall: Floats
    at_least: NDArray[np.bool_]


def find_best(program: Program, *, deadline: float) -> Found:
    """The best set by one aim after the other.

    Parameters
    ----------
    program : Program
        What is asked.
    deadline : float
        Moment of the system's steady clock at which the search ends.

    Notes
    -----
    First without whole numbers; then a good set by exchange. What cannot stand in any set as good as that one, by the reduced
    costs, is fixed, and only the rest is left to the search in whole numbers. Sets as good are never lost.

    By the last aim, the search is asked for another set that is as good at least: that there is none is the proof and tells
    that the set has no equal, at once.

    References
    ----------
    Dantzig, G., Fulkerson, R., Johnson, S. (1954): Solution of a large-scale traveling-salesman problem. Operations Research 2
    (fixing by reduced costs).
    """
    packing, program = program.packing, program.keep()
    best: Floats | None = None
    bounds: list[float] = []
    proven = alone = False
    for aim in program.aims or (np.zeros(len(program.least)),):
        program, relaxed = tighten(program, aim, deadline=deadline)
        if best is None:
            parts = np.zeros(program.sites) if relaxed is None else relaxed.columns[: program.sites]
            guess = program.guess(packing, parts)
            best = None if guess is None else program.spread(guess[None, :].astype(float))[0]
        stage = len(bounds)
        if relaxed is not None and best is not None and program.aims:
            program = fix(program, relaxed, floor=program.measure(best)[stage])
        last = best is not None and stage == len(program.aims) - 1
        asked = seek_other(program, best, aim) if best is not None and last else program
        columns, bound, status = solve(asked, aim, deadline=deadline)
        if status == _IMPOSSIBLE and best is not None and last:
            alone, bound = True, program.measure(best)[stage]
        if status == _IMPOSSIBLE and best is None:
            return Found(columns=None, values=(), bounds=(), proven=False, impossible=True, program=program)
        best = pick(program, best, columns)
        if not program.aims:
            return Found(columns=best, values=(), bounds=(), proven=best is not None, impossible=False, program=program)
        anyhow = float(np.maximum(aim, 0) @ program.most + np.minimum(aim, 0) @ program.least)
        bounds.append(min(bound, anyhow, math.inf if relaxed is None else relaxed.bound))
        value = -math.inf if best is None else program.measure(best)[stage]
        proven = value >= bounds[-1] - program.tolerance
        if not proven:
            break
        program = program if relaxed is None else fix(program, relaxed, floor=value)
        program = program.add(aim[None, :], value - program.tolerance, np.inf)
    values = () if best is None else program.measure(best)
    return Found(
        columns=best, values=values, bounds=tuple(bounds), proven=proven, impossible=False, program=program, alone=alone
    )


def find_greedy(program: Program, *, deadline: float) -> Found:
    """A good set, greedy and exchanged, beside the optimum without whole numbers; proven only where the two meet."""
    packing, program = program.packing, program.keep()
    program, relaxed = tighten(program, program.aims[0], deadline=deadline)
    guess = program.greedy(packing)
    if guess is None:
        return Found(columns=None, values=(), bounds=(), proven=False, impossible=False, program=program)
    columns = program.spread(guess[None, :].astype(float))[0]
    values = program.measure(columns)
    bounds: Values = () if relaxed is None else (relaxed.bound,)
    proven = len(bounds) == len(values) and values[0] >= bounds[0] - program.tolerance
    return Found(columns=columns, values=values, bounds=bounds, proven=proven, impossible=False, program=program)


def tighten(program: Program, aim: Floats, *, deadline: float) -> tuple[Program, Relaxed | None]:
    """The program with the lines that its optimum without whole numbers breaks, and this optimum; None where time is over."""
    relaxed = relax(program, aim, deadline=deadline)
    for _ in range(_MOST_CUTS):
        lines = None if relaxed is None else program.separate(relaxed.columns)
        if lines is None:
            break
        tighter = program.add(lines, -np.inf, 0.0)
        again = relax(tighter, aim, deadline=deadline)
        if again is None:
            break
        program, relaxed = tighter, again
    return program, relaxed


def relax(program: Program, aim: Floats, *, deadline: float) -> Relaxed | None:
    """Optimum without whole numbers; None where there is none or time is over."""
    from scipy.optimize import linprog  # noqa: PLC0415  heavy

    if (seconds := deadline - time.monotonic()) <= 0:
        return None
    same = program.low == program.high
    below, above = ~same & np.isfinite(program.high), ~same & np.isfinite(program.low)
    solver: Any = linprog  # its types know no sparse lines
    found = solver(
        -aim,
        A_ub=sparse.vstack([program.matrix[below], -program.matrix[above]]),
        b_ub=np.concatenate([program.high[below], -program.low[above]]),
        A_eq=program.matrix[same],
        b_eq=program.low[same],
        bounds=np.column_stack([program.least, program.most]),
        method="highs",
        options={"time_limit": seconds},
    )
    if found.status != _OPTIMAL:
        return None
    lower, upper = np.maximum(0, found.lower.marginals), np.maximum(0, -found.upper.marginals)
    return Relaxed(bound=float(-found.fun), columns=found.x, fall=lower + upper, at_least=lower > upper)


def fix(program: Program, relaxed: Relaxed, *, floor: float) -> Program:
    """The program without what stands in no set that reaches the floor."""
    sure = (program.whole > 0) & (relaxed.fall > relaxed.bound - floor + program.tolerance)
    least, most = program.least.copy(), program.most.copy()
    most[sure & relaxed.at_least] = program.least[sure & relaxed.at_least]
    least[sure & ~relaxed.at_least] = program.most[sure & ~relaxed.at_least]
    return replace(program, least=least, most=most)


def solve(program: Program, aim: Floats, *, deadline: float) -> tuple[Floats | None, float, int]:
    """Best columns in whole numbers that were found, what none can pass, and the solver's status."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  heavy

    if (seconds := deadline - time.monotonic()) <= 0:
        return None, math.inf, _LIMIT
    found = milp(
        -aim,
        integrality=program.whole,
        bounds=Bounds(program.least, program.most),
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    bound = math.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return found.x, bound, int(found.status)


def pick(program: Program, one: Floats | None, other: Floats | None) -> Floats | None:
    """The better of two; the first where they are equally good."""
    if one is None or other is None:
        return other if one is None else one
    return other if is_better(program.measure(other), program.measure(one), same=program.same) else one


def is_better(values: Values, others: Values, *, same: float) -> bool:
    """Whether one set is better by the first aim in which two sets differ."""
    for value, other in zip(values, others, strict=True):
        if abs(value - other) > same:
            return value > other
    return False


def find_ties(found: Found, *, deadline: float) -> tuple[list[Floats], bool]:
    """Sets that are as good as the one found, this included, in order where these are all; and whether they are.

    At most one more than `MOST_TIES`.
    """
    program, first = found.program, found.columns
    if first is None or not found.proven:
        return [] if first is None else [first], False
    if found.alone:
        return [first], True
    aim = program.aims[-1] if program.aims else np.zeros(len(program.least))
    sets, complete = [first], False
    program = cut_off(program, first)
    for _ in range(_MOST_TRIES):
        if len(sets) > MOST_TIES:
            break
        columns, _, status = solve(program, aim, deadline=deadline)
        if columns is None:
            complete = status == _IMPOSSIBLE
            break
        best = program.measure(sets[0])
        if is_better(program.measure(columns), best, same=program.same):
            sets = [columns]
        elif not is_better(best, program.measure(columns), same=program.same):
            sets.append(columns)
        program = cut_off(program, columns)
    order = sorted(sets, key=lambda columns: np.flatnonzero(columns[: program.sites] > _HALF).tolist())
    return order if complete else sets, complete


def seek_other(program: Program, columns: Floats, aim: Floats) -> Program:
    """The program without one set of sites and without what is worse."""
    floor = program.measure(columns)[-1] - program.tolerance
    return cut_off(program, columns).add(aim[None, :], floor, np.inf)


def cut_off(program: Program, columns: Floats) -> Program:
    """The program without one set of sites."""
    chosen = columns[: program.sites] > _HALF
    line = np.where(chosen, 1.0, 0.0 if program.packing.count is not None else -1.0)
    return program.add(program.spread(line[None, :]), -np.inf, chosen.sum() - 1.0)
