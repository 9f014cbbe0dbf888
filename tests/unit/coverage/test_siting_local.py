"""Lines over groups of sites hold for every choice, and lower the bound to what choices admit."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.siting_local import LocalLines, list_groups
from sro_geo.coverage.siting_packing import lay_packing
from sro_geo.coverage.siting_program import SCALE, lay_soft
from sro_geo.coverage.siting_reduce import Rows, lay_sets
from sro_geo.coverage.siting_tree import Tree

SITES = 6


def make_rows(sets: list[list[int]], weight: list[int], need: list[int]) -> Rows:
    size = len(sets)
    return Rows(
        sites=lay_sets([np.array(sorted(own)) for own in sets], width=SITES),
        weight=np.array(weight[:size], dtype=float),
        need=np.array(need[:size], dtype=np.int64),
        group=np.zeros(size, dtype=np.int64),
        kept=np.zeros(1),
        direct=np.zeros((1, SITES)),
    )


drawn_sets = st.lists(st.lists(st.integers(0, SITES - 1), min_size=2, max_size=4, unique=True), min_size=2, max_size=6)


def six(least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=6, max_size=6)


@given(drawn_sets, six(1, 9), six(1, 2), six(0, 4))
def test_a_line_holds_for_every_choice_and_is_broken_here(
    sets: list[list[int]], weight: list[int], need: list[int], quarters: list[int]
) -> None:
    rows, parts = make_rows(sets, weight, need), np.array(quarters) / 4
    hoped = np.minimum(1, rows.sites @ parts / rows.need)
    columns = np.concatenate([parts, hoped])
    lines = LocalLines(rows).separate(columns)
    if lines is None:
        return
    assert (lines[0] @ columns > lines[1]).all()
    for chosen in product([0.0, 1.0], repeat=SITES):
        true = np.concatenate([chosen, rows.sites @ np.array(chosen) >= rows.need])
        assert (lines[0] @ true <= lines[1] + 1e-7).all()


def test_halves_of_four_sites_are_worth_what_choices_admit() -> None:
    # each row has three of four sites: two halves too many make it 3/4, four times. But three sites serve all rows, and no
    # fewer do: two sites are worth two thirds of that
    rows = make_rows([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]], [1, 1, 1, 1], [2, 2, 2, 2])
    packing = lay_packing(SITES, count=2, costs=None, budget=None)
    program = lay_soft(rows, packing=packing, persons=None, costs=None).keep()
    plain = Tree(replace(program, strengthen=lambda _columns: None), stage=0, best=None)
    tree = Tree(program, stage=0, best=None)
    for one, share in ((plain, 3 / 4), (tree, 2 / 3)):
        assert not one.prove(deadline=math.inf, nodes=1)
        assert one.bound == pytest.approx(SCALE * share)
    assert tree.prove(deadline=math.inf)
    assert tree.bound == pytest.approx(SCALE / 2)


@given(drawn_sets, six(1, 9), st.integers(2, 5))
def test_a_group_holds_all_rows_of_its_sites_and_no_row_with_few_is_left_alone(
    sets: list[list[int]], weight: list[int], most: int
) -> None:
    rows = make_rows(sets, weight, [2] * 6)
    groups = list_groups(rows, most_sites=most)
    for group in groups:
        assert len(group.sites) <= max(most, 4)
        assert group.rows.tolist() == [row for row, own in enumerate(sets) if {*own} <= {*group.sites.tolist()}]
    grouped = {row for group in groups for row in group.rows.tolist()}
    for row, own in enumerate(sets):
        joined = [other for other, beside in enumerate(sets) if other != row and {*beside} <= {*own}]
        if joined and len(own) <= most:
            assert row in grouped
