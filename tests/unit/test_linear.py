"""Programs that go on from where they ended beside SciPy, which starts anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from sro_geo.linear import Linear

SIZE = 8


def start_anew(gains: list[int], lines: np.ndarray, high: np.ndarray, most: np.ndarray, *, whole: bool) -> float:
    found = milp(
        -np.array(gains, dtype=float),
        integrality=np.full(SIZE, whole, dtype=np.int64),
        bounds=Bounds(np.zeros(SIZE), most),
        constraints=LinearConstraint(lines, -np.inf, high),
        options={"mip_rel_gap": 0.0},
    )
    assert found.fun is not None
    return -float(found.fun)


numbers = st.lists(st.integers(0, 9), min_size=SIZE, max_size=SIZE)


@given(numbers, st.lists(numbers, min_size=2, max_size=4), numbers, st.booleans())
def test_after_each_change_the_answer_is_that_of_a_new_program(
    gains: list[int],
    rows: list[list[int]],
    ends: list[int],
    whole: bool,  # noqa: FBT001  drawn
) -> None:
    lines, high = np.array(rows, dtype=float), np.full(len(rows), 12.5)
    program = Linear(
        sparse.csr_array(lines[:1]), np.array([-np.inf]), high[:1], least=np.zeros(SIZE), most=np.full(SIZE, 3.0)
    )
    program.set_gains(np.arange(SIZE), np.array(gains, dtype=float))
    everywhere, most = np.arange(SIZE), np.full(SIZE, 3.0)
    assert program.run(largest=True).value == pytest.approx(start_anew(gains, lines[:1], high[:1], most, whole=False))
    program.add_lines(sparse.csr_array(lines[1:]), np.full(len(rows) - 1, -np.inf), high[1:])
    program.set_whole(everywhere, whole=whole)
    best = start_anew(gains, lines, high, most, whole=whole)
    assert program.run(largest=True).value == pytest.approx(best, abs=1e-6)
    most = np.minimum(most, ends)
    program.set_bounds(everywhere, np.zeros(SIZE), most)
    found = program.run(largest=True)
    assert found.value == pytest.approx(start_anew(gains, lines, high, most, whole=whole), abs=1e-6)
    assert found.end == "best"
    assert np.dot(gains, found.columns) == pytest.approx(found.value, abs=1e-6)


def test_the_ends_of_a_search() -> None:
    line, both = sparse.csr_array(np.array([[1.0, 1.0]])), np.arange(2)
    program = Linear(line, np.array([1.0]), np.array([np.inf]), least=np.zeros(2), most=np.full(2, np.inf))
    program.set_gains(both, np.array([2.0, 3.0]))
    found = program.run(largest=False)
    assert (found.end, found.value) == ("best", 2)
    assert program.run(largest=True).end == "endless"
    program.set_bounds(both, np.zeros(2), np.array([0.25, 0.5]))
    found = program.run(largest=False)
    assert found.end == "impossible"
    assert np.isnan(found.value)


def test_a_value_that_is_enough_is_never_passed_unseen() -> None:
    random, size = np.random.default_rng(0), 60
    lines = sparse.csr_array((random.random((40, size)) < 0.1) * random.random((40, size)))
    program = Linear(lines, np.full(40, -np.inf), np.ones(40), least=np.zeros(size), most=np.ones(size))
    program.set_gains(np.arange(size), -random.random(size))
    everywhere, none, ends = np.arange(size), np.zeros(size), []
    for turn in range(20):
        most = random.integers(0, 2, size).astype(float)
        program.set_bounds(everywhere, none, most)
        value = program.run(largest=False).value
        program.set_bounds(everywhere, none, np.ones(size))
        program.run(largest=False)
        program.set_bounds(everywhere, none, most)
        found = program.run(largest=False, enough=value + (0.5 if turn % 2 else -0.5))
        ends.append(found.end)
        if turn % 2:
            assert found.value == pytest.approx(value)
    assert ends == ["enough", "best"] * 10
