"""The audit says what counting all tables says, and what is withheld is enough, needed and the same each time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sro_geo.disclose.audit import audit
from sro_geo.disclose.publication import Publication, publish
from sro_geo.disclose.suppress import suppress
from tests.publication_data import add_totals, enumerate_intervals, find_secrets, make_table, name, read_value

MOST = 5
"""Withheld cells inside of a table that is counted out: at most 12⁵ tables."""


@st.composite
def tables(draw: st.DrawFn, *, highest: int = 2, height: int = 3) -> list[list[int]]:
    rows, columns = draw(st.integers(2, height)), draw(st.integers(2, 3))
    cells = st.lists(st.integers(0, highest), min_size=columns, max_size=columns)
    return add_totals(draw(st.lists(cells, min_size=rows, max_size=rows)))


@given(tables(height=2), st.data())
def test_every_interval_is_that_of_all_tables_that_fit(rows: list[list[int]], data: Any) -> None:
    table = make_table(rows)
    total = name(len(rows) - 1, len(rows[0]) - 1)
    free = [fact.name for fact in table.facts if read_value(fact) > 0 and fact.name != total]
    inner = {name(i, j) for i in range(len(rows) - 1) for j in range(len(rows[0]) - 1)}
    withheld = set(data.draw(st.lists(st.sampled_from(free), unique=True))) if free else set()
    while len(withheld & inner) > MOST:
        withheld.remove(min(withheld & inner))
    expected = enumerate_intervals(table, withheld=withheld, highest=max(1, rows[-1][-1]))
    found = audit(table, withheld=withheld)
    assert {one.name: (one.low, one.high) for one in found} == expected
    assert all(one.exact for one in found)


@pytest.mark.long
@settings(max_examples=30)
@given(tables(highest=9, height=4), st.integers(2, 4), st.randoms(use_true_random=False))
def test_secrets_are_safe_and_nothing_is_withheld_for_nothing(
    rows: list[list[int]], smallest: int, random: Any
) -> None:
    table = make_table(rows)
    secrets = find_secrets(table, smallest=smallest)
    found = suppress(table, withheld=secrets, secrets=secrets, smallest=smallest)
    rule = {"smallest": smallest, "width": smallest - 1}
    safe = set(secrets) - set(found.unsafe)
    after = {one.name: one for one in audit(table, withheld={*secrets, *found.added})}
    values = {fact.name: read_value(fact) for fact in table.facts}
    assert all(after[one].is_safe(**rule) for one in safe)
    assert all(one.low <= values[one.name] <= one.high for one in after.values())
    assert all(values[one] > 0 for one in found.added)
    for one in found.added:
        without = audit(table, withheld={*secrets, *found.added} - {one})
        assert not all(interval.is_safe(**rule) for interval in without if interval.name in safe)
    mixed = list(table.facts)
    random.shuffle(mixed)
    assert suppress(publish(mixed), withheld=secrets, secrets=secrets, smallest=smallest) == found
    assert suppress(Publication(facts=table.facts), withheld=secrets, secrets=secrets, smallest=smallest) == found


@settings(max_examples=15)
@given(tables(highest=9, height=3))
def test_the_exact_way_never_withholds_more(rows: list[list[int]]) -> None:
    table = make_table(rows)
    secrets = find_secrets(table)
    one, all_together = (
        suppress(table, withheld=secrets, secrets=secrets, smallest=3, exact=exact) for exact in (False, True)
    )
    assert all_together.unsafe == one.unsafe
    if not one.unsafe:
        assert len(all_together.added) <= len(one.added)
