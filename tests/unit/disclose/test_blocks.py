from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.disclose.blocks import choose_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

Person = tuple[str, float, float, float]


def choose(
    rows: Sequence[Person], *, smallest: int = 3, hidden: Sequence[str] = ()
) -> list[tuple[str, float, float, float]]:
    persons = pd.DataFrame(rows, columns=["quarter_id", "x", "y", "persons"])
    shown = persons.groupby("quarter_id")["persons"].sum().mask(lambda sums: sums.index.isin(hidden))
    blocks = choose_blocks(persons, shown=shown, finest=250.0, smallest=smallest)
    return list(blocks.itertuples(index=False, name=None))


def test_enough_in_one_place_are_a_small_block() -> None:
    assert choose([("q", 300, 10, 6), ("q", 400, 200, 4)]) == [("q", 250, 0, 250)]


def test_a_few_beside_them_make_it_a_large_one() -> None:
    """Nine here and one there: no smaller block would hold ten."""
    assert choose([("q", 10, 10, 9), ("q", 260, 10, 1)]) == [("q", 0, 0, 500)]
    assert choose([("q", 10, 10, 40), ("q", 300, 300, 2)]) == [("q", 0, 0, 500)]
    assert choose([("q", 10, 10, 40), ("q", 300, 300, 12)]) == [("q", 0, 0, 250), ("q", 250, 250, 250)]


def test_where_the_number_shown_would_tell_few_elsewhere_nothing_is_drawn() -> None:
    """Twelve, of whom at least ten are here: two elsewhere at most. Of forty, thirty may be elsewhere."""
    assert choose([("q", 10, 10, 11), ("q", 5000, 10, 1)]) == []
    assert choose([("q", 10, 10, 12)]) == [("q", 0, 0, 250)]
    assert choose([("q", 10, 10, 40), ("q", 5000, 10, 1)]) == [("q", 0, 0, 250)]
    assert choose([("q", 10, 10, 11), ("q", 3000, 10, 10), ("q", 5000, 10, 1)]) == [("q", 0, 0, 250)]


def test_a_quarter_is_counted_alone_and_one_that_is_withheld_not_at_all() -> None:
    assert choose([("a", 10, 10, 8), ("b", 20, 10, 8)]) == []
    assert choose([("a", 10, 10, 18), ("b", 20, 10, 18)], hidden=["b"]) == [("a", 0, 0, 250)]


def test_nobody_is_no_block() -> None:
    assert choose([("q", 10, 10, 0)]) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.floats(-3000, 3000), st.floats(0, 3000), st.integers(0, 15)), min_size=1
    ),
    st.sampled_from([3, 10, 15]),
)
def test_no_block_is_of_few_nor_leaves_few(rows: list[Person], smallest: int) -> None:
    step = {3: 10, 10: 30, 15: 40}[smallest]
    left = pd.DataFrame(rows, columns=["quarter_id", "x", "y", "persons"]).astype({"persons": float})
    blocks = choose(rows, smallest=smallest)
    for quarter, west, south, side in blocks:
        inside = left["x"].between(west, west + side, inclusive="left") & left["y"].between(
            south, south + side, inclusive="left"
        )
        inside &= left["quarter_id"] == quarter
        assert left.loc[inside, "persons"].sum() >= step
        assert side in (250, 500)
        left.loc[inside, "persons"] = 0.0  # counted once
    for key, rest in left.groupby("quarter_id")["persons"].sum().items():
        drawn = sum(one == key for one, *_ in blocks)
        shown = sum(persons for one, *_, persons in rows if one == key)
        assert not drawn or rest == 0 or shown - drawn * step >= smallest
