from __future__ import annotations

from itertools import pairwise, permutations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.resilience.aggregate import aggregate, contribute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.resilience.aggregate import How

HOWS: tuple[How, ...] = ("arithmetic", "geometric")


def row(*numbers: float) -> NDArray[np.float64]:
    return np.array([numbers], dtype=float)


def test_hand_worked_means() -> None:
    weights = row(0.5, 0.25, 0.25)
    assert aggregate(row(16, 1, 81), weights, how="arithmetic")[0] == 28.5
    assert aggregate(row(16, 1, 81), weights, how="geometric")[0] == pytest.approx(12)  # 4 · 1 · 3


def test_one_zero_makes_a_geometric_mean_zero() -> None:
    assert aggregate(row(0, 100), row(0.5, 0.5), how="geometric")[0] == 0


@pytest.mark.parametrize("how", HOWS)
def test_parts_without_weight_may_be_missing_and_a_row_without_weights_has_no_mean(how: How) -> None:
    values = np.array([[40.0, np.nan], [np.nan, np.nan]])
    weights = np.array([[1.0, 0.0], [0.0, 0.0]])
    np.testing.assert_array_equal(aggregate(values, weights, how=how), [40.0, np.nan])


parts = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        *(
            st.lists(limits, min_size=n, max_size=n)
            for limits in (st.floats(0, 100), st.floats(0, 100), st.floats(0.01, 1))
        )
    )
)


@given(parts)
def test_means_lie_between_their_parts_and_the_geometric_one_below(
    drawn: tuple[list[float], list[float], list[float]],
) -> None:
    x, w = row(*drawn[0]), row(*drawn[2])
    means = [aggregate(x, w / w.sum(), how=how)[0] for how in HOWS]
    for mean in means:
        assert x.min() <= mean <= x.max()
    assert means[1] <= means[0] + 1e-9


@given(parts, st.sampled_from(HOWS))
def test_contributions_add_up(drawn: tuple[list[float], list[float], list[float]], how: How) -> None:
    x, r, w = (row(*numbers) for numbers in drawn)
    w = w / w.sum()
    found = contribute(x, r[0], w, how=how)
    difference = aggregate(x, w, how=how)[0] - aggregate(r, w, how=how)[0]
    assert found.sum() == pytest.approx(difference, abs=1e-12 * 100)


def test_hand_worked_contributions() -> None:
    weights = row(0.5, 0.5)
    np.testing.assert_allclose(contribute(row(30, 70), np.array([50.0, 50.0]), weights, how="arithmetic"), row(-10, 10))
    # √(4 · 9) = 6 against √(1 · 9) = 3: all of it by the first part
    np.testing.assert_allclose(
        contribute(row(4, 9), np.array([1.0, 9.0]), weights, how="geometric"), row(3, 0), atol=1e-12
    )


def test_a_zero_is_shared_fairly() -> None:
    # v() = √(16·25) = 20, v(1) = 0, v(2) = √(16·100) = 40, v(12) = 0
    found = contribute(row(0, 100), np.array([16.0, 25.0]), row(0.5, 0.5), how="geometric")
    np.testing.assert_allclose(found, row((-20 - 40) / 2, (20 + 0) / 2))


def test_shares_along_the_tree_are_the_mean_over_all_orders_that_keep_branches_together() -> None:
    x, r, w = [0.0, 80.0, 30.0, 60.0, 90.0], [50.0, 40.0, 0.0, 70.0, 20.0], [0.2, 0.1, 0.3, 0.25, 0.15]
    node = [0, 0, 1, 1, 2]

    def worth(taken: set[int]) -> float:
        return float(np.prod([(x[i] if i in taken else r[i]) ** w[i] for i in range(5)]))

    expected, count = np.zeros(5), 0
    for order in permutations(range(5)):
        seen = [node[i] for i in order]
        if sum(a != b for a, b in pairwise(seen)) > 2:
            continue
        count += 1
        for position, part in enumerate(order):
            before = set(order[:position])
            expected[part] += worth(before | {part}) - worth(before)
    assert count == factorial(3) * 2 * 2
    found = contribute(row(*x), np.array(r), row(*w), how="geometric", node=np.array(node))
    np.testing.assert_allclose(found[0], expected / count, atol=1e-12)


def test_a_part_without_weight_contributes_nothing_even_if_missing() -> None:
    found = contribute(row(0, np.nan), np.array([50.0, np.nan]), row(1, 0), how="geometric")
    np.testing.assert_allclose(found, row(-50, 0))
    nothing = contribute(row(np.nan), np.array([np.nan]), row(0), how="geometric")
    np.testing.assert_array_equal(nothing, row(0))


def test_too_many_parts_beside_a_zero_are_refused() -> None:
    values = np.full((1, 11), 5.0)
    values[0, 0] = 0
    with pytest.raises(ValueError, match="a node must have at most 10 parts where one is 0; got 11"):
        contribute(values, np.full(11, 5.0), np.full((1, 11), 1 / 11), how="geometric")
