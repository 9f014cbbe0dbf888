"""Laws of crosswalks: nobody is lost or doubled, rates stay between their parts, a renaming changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.crosswalk import Crosswalk, as_crosswalk, carry_values, rename_values
from sro_geo.model.indicators import Indicators, as_indicators
from tests.load_data import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

SPECS = CATALOGUE.specs
OLD, NEW = list("ABCDE"), list("VWXYZ")

weights = st.lists(st.integers(0, 1000), min_size=5, max_size=5).filter(any)
counts = st.one_of(st.integers(0, 10**7).map(float), st.floats(0, 1e7, allow_nan=False))
statuses = st.sampled_from(["observed", "observed", "observed", "estimated", "suppressed", "missing"])


@st.composite
def crosswalks(draw: st.DrawFn) -> Crosswalk:
    rows = []
    for old in OLD:
        given_weights = draw(weights)
        rows += [(old, new, weight / sum(given_weights)) for new, weight in zip(NEW, given_weights, strict=True)]
    return as_crosswalk(pd.DataFrame(rows, columns=["from_id", "to_id", "share"]), quarter_ids=NEW)


def table(
    code: str, rows: Sequence[tuple[float | None, float | None, float | None, str]], ids: list[str]
) -> Indicators:
    frame = pd.DataFrame(rows, columns=["value", "numerator", "denominator", "status"])
    facts: dict[str, Any] = {
        "quarter_id": ids,
        "indicator": code,
        "year": 2015,
        "example": False,
        "source": "w.csv",
        "row": range(2, len(ids) + 2),
    }
    return as_indicators(frame.assign(**facts), specs=SPECS, quarter_ids=ids)


def carry(old: Indicators, walk: Crosswalk) -> pd.DataFrame:
    frames = [carry_values(old, walk, specs=SPECS).frame, rename_values(old, walk)]
    frame = pd.concat([frame for frame in frames if len(frame)])
    return pd.DataFrame(as_indicators(frame, specs=SPECS, quarter_ids=NEW)).set_index("quarter_id")


@given(crosswalks(), st.lists(counts, min_size=5, max_size=5))
def test_counts_are_conserved(walk: Crosswalk, values: list[float]) -> None:
    new = carry(table("bevoelkerung", [(value, None, None, "observed") for value in values], OLD), walk)
    assert abs(new["value"].sum() - sum(values)) <= 1e-9 * max(1.0, sum(values))
    assert set(new.index) == set(walk["to_id"])


@given(crosswalks(), st.lists(st.tuples(st.integers(0, 10**5), st.integers(1, 10**5)), min_size=5, max_size=5))
def test_rates_are_carried_numerator_over_carried_denominator(walk: Crosswalk, pairs: list[tuple[int, int]]) -> None:
    parts = [(min(a, b), b) for a, b in pairs]
    new = carry(table("arbeitslose", [(100 * a / b, a, b, "observed") for a, b in parts], OLD), walk)
    above, below = sum(a for a, _ in parts), sum(b for _, b in parts)
    assert abs(new["numerator"].sum() - above) <= 1e-9 * max(1, above)
    assert abs(new["denominator"].sum() - below) <= 1e-9 * below
    rates = dict(zip(OLD, (100 * a / b for a, b in parts), strict=True))
    for quarter, row in new.iterrows():
        own = [rates[old] for old in walk.loc[walk["to_id"] == quarter, "from_id"]]
        assert min(own) - 1e-9 <= row["value"] <= max(own) + 1e-9
        assert abs(row["value"] - 100 * row["numerator"] / row["denominator"]) <= 1e-9


@given(crosswalks(), st.lists(st.tuples(counts, statuses), min_size=5, max_size=5))
def test_a_quarter_is_known_exactly_when_all_its_parts_are(walk: Crosswalk, cells: list[tuple[float, str]]) -> None:
    known = {old: status in ("observed", "estimated") for old, (_, status) in zip(OLD, cells, strict=True)}
    rows = [
        (value if known[old] else None, None, None, status) for old, (value, status) in zip(OLD, cells, strict=True)
    ]
    new = carry(table("bevoelkerung", rows, OLD), walk)
    for quarter, row in new.iterrows():
        parts = list(walk.loc[walk["to_id"] == quarter, "from_id"])
        assert pd.notna(row["value"]) == all(known[old] for old in parts)


@given(
    st.permutations(NEW),
    st.lists(st.tuples(st.integers(0, 100), st.integers(100, 300), statuses, st.booleans()), min_size=5, max_size=5),
)
def test_a_renaming_changes_nothing(names: list[str], cells: list[tuple[int, int, str, bool]]) -> None:
    walk = as_crosswalk(pd.DataFrame({"from_id": OLD, "to_id": names, "share": 1.0}), quarter_ids=NEW)
    rows = []
    for above, below, status, bare in cells:
        gone = status not in ("observed", "estimated")
        value = None if gone else round(100 * above / below, 1)
        rows.append((value, None if gone or bare else above, None if bare else below, status))
    old = table("arbeitslose", rows, OLD)
    new = carry(old, walk).loc[names].reset_index(drop=True)
    wanted = pd.DataFrame(old).drop(columns="quarter_id")
    pd.testing.assert_frame_equal(new[wanted.columns], wanted)


@pytest.mark.long
@given(crosswalks(), st.lists(counts, min_size=5, max_size=5), st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(walk: Crosswalk, values: list[float], order: list[int]) -> None:
    rows = [(value, None, None, "observed") for value in values]
    other = table("bevoelkerung", [rows[i] for i in order], [OLD[i] for i in order])
    first, second = carry(table("bevoelkerung", rows, OLD), walk), carry(other, walk)
    pd.testing.assert_frame_equal(first.drop(columns="row"), second.drop(columns="row"))


@given(crosswalks(), st.lists(st.integers(0, 10**6), min_size=5, max_size=5))
def test_the_part_that_is_split_is_that_of_divided_quarters(walk: Crosswalk, values: list[int]) -> None:
    old = table("bevoelkerung", [(float(value), None, None, "observed") for value in values], OLD)
    carried, counts = carry_values(old, walk, specs=SPECS), dict(zip(OLD, values, strict=True))
    new: Any = carried.frame.set_index("quarter_id")
    for (quarter, _, _), made in carried.made.items():
        rows = walk[(walk["to_id"] == quarter) & (walk["share"] < 1)]
        cut = sum(share * counts[old] for old, share in zip(rows["from_id"], rows["share"], strict=True))
        assert 0 <= made.split <= 1 + 1e-9
        assert abs(made.split * new.loc[quarter, "value"] - cut) <= 1e-9 * max(1, cut)
        assert (new.loc[quarter, "status"] == "estimated") == bool(len(rows))
