"""The best set of sites with a proof, and all that are as good."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.siting_tree import Tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_program import Program, Values

    Floats = NDArray[np.float64]

MOST_TIES = 20
_HALF = 0.5


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
    tree : Tree
        The search by the last aim that was reached.
    """

    columns: Floats | None
    values: Values
    bounds: Values
    proven: bool
    impossible: bool
    tree: Tree


def find_best(program: Program, *, deadline: float, nodes: float = math.inf) -> Found:
    """The best set by one aim after the other.

    Parameters
    ----------
    program : Program
        What is asked.
    deadline : float
        Moment of the system's steady clock at which the search ends.
    nodes : float
        After so many nodes it ends, too, for each aim; without any, the set is a greedy one.
    """
    packing, program = program.packing, program.keep()
    guess = program.greedy(packing)
    best = None if guess is None else program.spread(guess[None, :].astype(float))[0]
    tree, bounds = Tree(program, stage=0, best=best), list[float]()
    while True:
        proven = tree.prove(deadline=deadline, nodes=nodes)
        if not tree.sets:
            return Found(columns=None, values=(), bounds=(), proven=False, impossible=proven, tree=tree)
        best = tree.sets[0]
        if not program.aims:
            return Found(columns=best, values=(), bounds=(), proven=True, impossible=False, tree=tree)
        aim, values, stage = program.aims[len(bounds)], program.measure(best), len(bounds)
        bounds.append(min(tree.bound, float(np.maximum(aim, 0) @ program.most + np.minimum(aim, 0) @ program.least)))
        proven = proven or values[stage] >= bounds[-1] - program.tolerance
        if not proven or len(bounds) == len(program.aims):
            return Found(columns=best, values=values, bounds=tuple(bounds), proven=proven, impossible=False, tree=tree)
        program = tree.narrow()
        tree = Tree(program, stage=stage + 1, best=best)


def find_ties(found: Found, *, deadline: float) -> tuple[list[Floats], bool]:
    """Sets that are as good as the one found, this included, in order where these are all; and whether they are.

    At most one more than `MOST_TIES`.
    """
    if found.columns is None or not found.proven:
        return [] if found.columns is None else [found.columns], False
    complete = found.tree.list_all(deadline=deadline, most=MOST_TIES + 1)
    size = found.tree.size
    order = sorted(found.tree.sets, key=lambda columns: np.flatnonzero(columns[:size] > _HALF).tolist())
    return (order, True) if complete else (found.tree.sets[: MOST_TIES + 1], False)
