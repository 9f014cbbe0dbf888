"""Quarters and years that are passed over, because no row of theirs can be small, hold no secret."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from sro_geo.disclose.draft import Row
from sro_geo.disclose.facts import describe_block
from sro_geo.disclose.primary import find_suspects
from tests.load_data import CATALOGUE

AGES = ("alter_0_3", "alter_3_6", "alter_6_15", "alter_15_25")
SHARES, DENSITIES = ("kinder_sgb2", "auslaendisch"), ("bevoelkerungsdichte",)


def make_row(at: int, code: str, *, value: float, above: float = math.nan, below: float = math.nan) -> Row:
    return Row(at, code, value, above, below, withheld=False, fixed=False)


@st.composite
def blocks(draw: st.DrawFn) -> list[Row]:
    """Age groups, shares with and without their counts, a density, in numbers where small ones are neither rare nor sure."""
    numbers = st.integers(0, 400)
    rows = [make_row(at, code, value=float(draw(numbers))) for at, code in enumerate(AGES) if draw(st.booleans())]
    for code in SHARES:
        below = draw(st.integers(1, 400))
        above = draw(st.one_of(st.integers(0, below), st.integers(max(below - 3, 0), below)))
        share = 100.0 * above / below
        typed = round(share, draw(st.integers(0, 2)))
        counts = {"above": float(above), "below": float(below)}
        kept = {name: counts[name] for name in draw(st.sets(st.sampled_from(sorted(counts))))}
        value = share if len(kept) == len(counts) else typed
        rows.append(make_row(10 + len(rows), code, value=value, **kept))
    rows += [make_row(30, code, value=draw(st.floats(0.1, 900).map(lambda v: round(v, 1)))) for code in DENSITIES]
    return rows


ALL_BUT_ONE = [make_row(at, code, value=60.0) for at, code in enumerate(AGES[:3])]
"""180 children; 99.4 % of them are all but one."""


@given(blocks())
@example([*ALL_BUT_ONE, make_row(9, "kinder_sgb2", value=99.4)])
def test_where_nothing_is_suspect_nothing_is_secret(rows: list[Row]) -> None:
    table = pd.DataFrame(rows).assign(quarter_id="q", year=2024, status="observed")
    suspects = find_suspects(table, specs=CATALOGUE.specs, smallest=3)
    block = describe_block(rows, specs=CATALOGUE.specs, smallest=3)
    assert suspects.any() or not (block.secrets or block.withheld)
