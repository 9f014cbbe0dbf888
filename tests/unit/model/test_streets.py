from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.streets import Streets, as_streets, leave_out_steps

SQUARE = np.array([[0, 0], [100, 0], [100, 100], [0, 100], [500, 500], [600, 500], [9, 9]], dtype=float)
WAY = {"bounds": (0.0, 0.0, 600.0, 500.0), "crs": "EPSG:25833", "example": True}


def build(
    edges: list[tuple[int, int]], *, steps: list[bool] | None = None, metres: list[float] | None = None
) -> Streets:
    flags = np.array([False] * len(edges) if steps is None else steps)
    lengths = None if metres is None else np.array(metres)
    return as_streets(SQUARE, np.array(edges), steps=flags, metres=lengths, **WAY)  # type: ignore[arg-type]  # as stated


def test_of_parallel_pieces_the_shortest_is_kept_and_the_shortest_without_steps() -> None:
    found = build([(1, 0), (0, 1), (0, 1), (1, 2)], steps=[True, False, False, False], metres=[110, 150, 140, 100])
    assert found.edges.tolist() == [[0, 1], [0, 1], [1, 2]]
    assert found.metres.tolist() == [110, 140, 100]
    assert leave_out_steps(found).metres.tolist() == [140, 100]


def test_a_longer_way_with_steps_is_nobodys() -> None:
    found = build([(0, 1), (0, 1)], steps=[True, False], metres=[120, 110])
    assert found.metres.tolist() == [110]
    assert found.steps.tolist() == [False]


def test_loops_and_lone_nodes_go_and_no_piece_is_shorter_than_the_straight_line() -> None:
    found = build([(2, 2), (3, 0)], metres=[5, 7])
    assert found.nodes.tolist() == [[0, 0], [0, 100]]
    assert found.metres.tolist() == [100]


def test_the_largest_part_is_component_0() -> None:
    found = build([(4, 5), (0, 1), (1, 2)])
    assert found.component.tolist() == [0, 0, 0, 1, 1]


def test_without_steps_the_parts_are_found_anew() -> None:
    flat = leave_out_steps(build([(0, 1), (1, 2), (2, 3), (4, 5)], steps=[False, True, True, False]))
    assert flat.nodes.tolist() == [[0, 0], [100, 0], [500, 500], [600, 500]]
    assert flat.component.tolist() == [0, 0, 1, 1]


def test_a_file_without_a_way_is_a_network_without_pieces() -> None:
    assert build([]).component.tolist() == []
    assert leave_out_steps(build([(0, 1)], steps=[True])).edges.tolist() == []


@pytest.mark.parametrize(
    ("nodes", "edges", "steps", "metres", "text"),
    [
        ([[0, np.inf], [1, 1]], [[0, 1]], [False], None, "finite"),
        ([[0, 0], [1, 1]], [[0, 2]], [False], None, "must name nodes from 0 to 1"),
        ([[0, 0], [1, 1]], [[-1, 1]], [False], None, "must name nodes from 0 to 1"),
        ([[0, 0], [1, 1]], [[0, 1]], [False, True], None, "one for each of 1 edges"),
        ([[0, 0], [1, 1]], [[0, 1]], [False], [np.nan], "one finite number for each edge"),
        ([[0, 0], [1, 1]], [[0, 1]], [False], [1.0, 2.0], "one finite number for each edge"),
    ],
)
def test_what_does_not_fit_is_refused(
    nodes: list[list[float]], edges: list[list[int]], steps: list[bool], metres: list[float] | None, text: str
) -> None:
    lengths = None if metres is None else np.array(metres)
    with pytest.raises(ValueError, match=text):
        as_streets(np.array(nodes), np.array(edges), steps=np.array(steps), metres=lengths, **WAY)  # type: ignore[arg-type]  # as stated


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans(), st.floats(0, 900)), max_size=20))
def test_every_pair_keeps_its_shortest_way_for_everyone_and_for_prams(
    rows: list[tuple[int, int, bool, float]],
) -> None:
    found = build([(a, b) for a, b, _, _ in rows], steps=[s for _, _, s, _ in rows], metres=[m for *_, m in rows])
    flat = leave_out_steps(found)
    for network, allowed in ((found, {True, False}), (flat, {False})):
        best: dict[tuple[float, ...], float] = {}
        for (a, b), metres in zip(network.edges, network.metres, strict=True):
            ends = (*network.nodes[a], *network.nodes[b])
            best[ends] = min(best.get(ends, np.inf), metres)
        wanted: dict[tuple[float, ...], float] = {}
        for a, b, steps, metres in rows:
            if a != b and steps in allowed:
                low, high = sorted((a, b))
                length = max(metres, float(np.hypot(*(SQUARE[low] - SQUARE[high]))))
                ends = (*SQUARE[low], *SQUARE[high])
                wanted[ends] = min(wanted.get(ends, np.inf), length)
        assert best == wanted
