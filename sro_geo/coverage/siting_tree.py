"""Sets of sites by branch and bound over one linear program, each node from where the last one ended."""

from __future__ import annotations

import heapq
import math
import time
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sro_geo.coverage.siting_program import is_better
from sro_geo.linear import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.coverage.siting_program import Program, Values
    from sro_geo.linear import Outcome

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

_HALF = 0.5
_WHOLE = 1e-6
"""Distance up to which a number counts as whole."""

_CUTS = 20
"""How often, at most, lines that a node's optimum breaks are added."""

_TRIED = 4
"""Among how many sites a node chooses the one to branch on; each was tried once."""

_EASY = 30
"""Without a proof after so many nodes, a better set is worth a longer search by exchange."""

_LEAST = 1e-6

_ROUNDS, _LOWER = 3, 1e-3
"""By what part of itself so many rounds of further lines must lower the bound, to be followed by another."""

_MOST_STEPS = 10_000
"""How many nodes are looked at, at most, for sets that are as good."""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """Sets within bounds of the sites: none is worth more than `-key`."""

    key: float
    place: int
    least: Floats = field(compare=False)
    most: Floats = field(compare=False)


class Tree:
    """The sets that are best by one aim of a program, those before it being settled.

    Parameters
    ----------
    program : Program
        What is asked, with the packing as lines.
    stage : int
        Position of the aim.
    best : array or None
        Columns of an allowed set.

    References
    ----------
    Land, A., Doig, A. (1960): An automatic method of solving discrete programming problems. Econometrica 28.
    Applegate, D., Bixby, R., Chvátal, V., Cook, W. (1995): Finding cuts in the TSP. DIMACS Technical Report 95-05 (sites
    are tried before one is branched on).
    Dantzig, G., Fulkerson, R., Johnson, S. (1954): Solution of a large-scale traveling-salesman problem. Operations Research
    2 (fixing by reduced costs).
    """

    def __init__(self, program: Program, *, stage: int, best: Floats | None) -> None:
        self.sets: list[Floats] = []
        self._program, self._stage, self._sites, self._value = program, stage, np.arange(program.sites), -math.inf
        self._linear = Linear(program.matrix, program.low, program.high, least=program.least, most=program.most)
        if program.aims:
            self._linear.set_gains(np.arange(len(program.least)), -program.aims[stage])
        self._fall, self._known = np.zeros((2, program.sites)), np.zeros((2, program.sites), dtype=bool)
        self._root: Outcome | None = None
        self._visited, self._hard, self._sought, self._places = 0, False, False, count(1)
        self._open = [Node(-math.inf, 0, program.least[self._sites], program.most[self._sites])]
        self._dive: Node | None = None
        if best is not None:
            self._keep(best)

    @property
    def size(self) -> int:
        """How many of the columns are candidates."""
        return len(self._sites)

    @property
    def bound(self) -> float:
        """What no set can pass."""
        return max(self._value, self._ahead)

    @property
    def _ahead(self) -> float:
        """What none of the sets can pass that were not yet looked at."""
        return -min([node.key for node in (self._dive, *self._open[:1]) if node is not None], default=math.inf)

    @property
    def _floor(self) -> float:
        return self._value - self._program.tolerance

    def prove(self, *, deadline: float, nodes: float = math.inf) -> bool:
        """Search until none is better than the first of `sets`, or there is none; False where time or nodes are used up."""
        while self._ahead > self._value + self._program.tolerance:
            if self._visited >= nodes or not self._step(deadline):
                return False
            if (self._visited >= _EASY or self._hard) and not self._sought:
                self._seek()
        return True

    def list_all(self, *, deadline: float, most: int) -> bool:
        """Search until `sets` are all that are as good; False where these are more than `most` or time is over before."""
        for _ in range(_MOST_STEPS):
            if self._ahead < self._floor:
                return len(self.sets) <= most
            if len(self.sets) > most or not self._step(deadline):
                return False
        return False

    def narrow(self) -> Program:
        """The program without what stands in no set that is as good by this aim."""
        program, sites = self._program, self._sites
        least, most = program.least.copy(), program.most.copy()
        if self._root is not None:
            least[sites], most[sites] = self._fix(self._root, least[sites], most[sites])
        return replace(program, least=least, most=most).add(program.aims[self._stage][None, :], self._floor, np.inf)

    def _step(self, deadline: float) -> bool:
        """Look at the next node; False where time is over before."""
        node, self._dive = self._dive or heapq.heappop(self._open), None
        if -node.key < self._floor:
            return True
        least, most = node.least, node.most
        if self._root is not None:
            least, most = self._fix(self._root, least, most)
        found = self._relax(least, most, deadline=deadline)
        if found is None:
            heapq.heappush(self._open, node)
            return False
        if self._root is None:
            self._root = found = self._strengthen(found, least, most, deadline=deadline)
        self._visited += 1
        if found.end != "best" or -found.value < self._floor:
            return True
        least, most = self._fix(found, least, most)
        parts = found.columns[self._sites]
        between = np.flatnonzero(abs(parts - np.rint(parts)) > _WHOLE)
        if len(between):
            self._divide(found, between, least=least, most=most, deadline=deadline)
            return True
        heapq.heappush(self._open, Node(found.value, next(self._places), least, most))
        return self._settle(found, deadline=deadline)

    def _divide(self, found: Outcome, between: Whole, *, least: Floats, most: Floats, deadline: float) -> None:
        """A node's sets in two parts: without and with one of its sites."""
        site = self._choose(found, between, least=least, most=most, deadline=deadline)
        without, within = most.copy(), least.copy()
        without[site], within[site] = 0, 1
        sides = [(least, without), (within, most)]
        order = sides if found.columns[site] < _HALF else sides[::-1]
        first, second = (Node(found.value, next(self._places), *side) for side in order)
        heapq.heappush(self._open, second)
        if 2 * first.key > self._open[0].key - self._value:
            heapq.heappush(self._open, first)
        else:
            self._dive = first

    def _relax(self, least: Floats, most: Floats, *, deadline: float) -> Outcome | None:
        """Best without whole numbers within these bounds and all lines that it could break; None where time is over."""
        found = self._run(least, most, deadline=deadline)
        for _ in range(_CUTS):
            lines = self._program.separate(found.columns) if found is not None and found.end == "best" else None
            if lines is None:
                break
            self._linear.add_lines(lines, np.full(lines.shape[0], -np.inf), np.zeros(lines.shape[0]))
            found = self._run(least, most, deadline=deadline)
        return found

    def _strengthen(self, found: Outcome, least: Floats, most: Floats, *, deadline: float) -> Outcome:
        """The root's optimum with lines that are worth their time only there, as long as they lower it."""
        values: list[float] = []
        while found.end == "best" and -found.value >= self._floor:
            values.append(found.value)
            if values[-1] - values[-1 - _ROUNDS :][0] < _LOWER * abs(found.value) and len(values) > _ROUNDS:
                break
            if (lines := self._program.strengthen(found.columns)) is None:
                break
            self._hard = True
            self._linear.add_lines(lines[0], np.full(len(lines[1]), -np.inf), lines[1])
            if (again := self._relax(least, most, deadline=deadline)) is None:
                break
            found = again
        return found

    def _run(self, least: Floats, most: Floats, *, deadline: float) -> Outcome | None:
        if (seconds := deadline - time.monotonic()) <= 0:
            return None
        self._linear.set_bounds(self._sites, least, most)
        found = self._linear.run(largest=False, enough=-self._floor if self.sets else None, seconds=seconds)
        return found if found.end in ("best", "impossible", "enough") else None

    def _fix(self, found: Outcome, least: Floats, most: Floats) -> tuple[Floats, Floats]:
        """Bounds without the sites that stand in no set, or in each, that is as good as the best."""
        least, most, spare = least.copy(), most.copy(), -found.value - self._floor
        if found.end != "best":
            return least, most
        parts, rates = found.columns[self._sites], found.rates[self._sites]
        most[(rates > spare) & (parts < _WHOLE)] = 0
        least[(rates < -spare) & (parts > 1 - _WHOLE)] = 1
        return least, most

    def _choose(self, found: Outcome, between: Whole, *, least: Floats, most: Floats, deadline: float) -> int:
        """The site that lowers the bounds of both parts most, as far as is known."""
        parts = found.columns[between]

        def rate() -> Floats:
            known = self._known.any(axis=1)
            usual = np.where(known, self._fall.sum(axis=1) / np.maximum(1, self._known.sum(axis=1)), 1.0)
            fall = np.where(self._known, self._fall, usual[:, None])[:, between]
            rated: Floats = np.maximum(fall[0] * parts, _LEAST) * np.maximum(fall[1] * (1 - parts), _LEAST)
            return rated

        first = np.argsort(-rate(), kind="stable")[:_TRIED]
        for place in first.tolist():
            if not self._known[:, between[place]].any():
                self._try(found, int(between[place]), least=least, most=most, deadline=deadline)
        return int(between[first[np.argmax(rate()[first])]])

    def _try(self, found: Outcome, site: int, *, least: Floats, most: Floats, deadline: float) -> None:
        """By how much the bound falls for each part of the site that is taken away or added."""
        part = found.columns[site]
        for side, (end, distance) in enumerate([(0, part), (1, 1 - part)]):
            low, high = least.copy(), most.copy()
            low[site] = high[site] = end
            tried = self._run(low, high, deadline=deadline)
            worst = -self._floor if self.sets else found.value
            value = tried.value if tried is not None and tried.end == "best" else worst
            self._fall[side, site], self._known[side, site] = max(0.0, value - found.value) / distance, True

    def _settle(self, found: Outcome, *, deadline: float) -> bool:
        """Keep the best with these sites, in whole numbers where the program needs them; False where time is over."""
        columns, rest = found.columns, self._program.sites + np.flatnonzero(self._program.whole[self._program.sites :])
        if (abs(columns[rest] - np.rint(columns[rest])) > _WHOLE).any():
            sites = np.rint(columns[self._sites])
            self._linear.set_whole(rest, whole=True)
            whole = self._run(sites, sites, deadline=deadline)
            self._linear.set_whole(rest, whole=False)
            if whole is None:
                return False
            if whole.end != "best":
                self._leave_out(columns)
                return True
            columns = whole.columns
        self._keep(columns)
        return True

    def _seek(self) -> None:
        """A better set by exchange, if there is one."""
        self._sought = True
        if self._root is None or self._root.end != "best":
            return
        guess = self._program.guess(self._program.packing, self._root.columns[self._sites])
        if guess is not None:
            columns = self._program.spread(guess[None, :].astype(float))[0]
            if not self.sets or is_better(self._measure(columns), self._measure(self.sets[0]), same=self._program.same):
                self._keep(columns)

    def _keep(self, columns: Floats) -> None:
        """Take it if none is better, and never look at its sites again."""
        values = self._measure(columns)
        best = self._measure(self.sets[0]) if self.sets else None
        if best is None or is_better(values, best, same=self._program.same):
            self.sets, self._value = [columns], values[-1] if values else 0.0
        elif not is_better(best, values, same=self._program.same):
            self.sets.append(columns)
        self._leave_out(columns)

    def _leave_out(self, columns: Floats) -> None:
        chosen = columns[self._sites] > _HALF
        line = np.where(chosen, 1.0, 0.0 if self._program.packing.count is not None else -1.0)
        wide = sparse.csr_array(self._program.spread(line[None, :]))
        self._linear.add_lines(wide, np.array([-np.inf]), np.array([chosen.sum() - 1.0]))

    def _measure(self, columns: Floats) -> Values:
        return self._program.measure(columns)[: self._stage + 1]
