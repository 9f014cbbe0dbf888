from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sro_geo.coverage.reach import MEANS, as_coverage_indicators
from sro_geo.disclose.known import PRINTED, match_earlier
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.reached import suppress_coverage
from sro_geo.disclose.record import record_withheld
from sro_geo.disclose.small import suppress_chain
from sro_geo.model.counts import parse_count
from sro_geo.model.indicators import Indicators
from sro_geo.model.reach import Coverage
from sro_geo.resilience.redundancy import measure_redundancy
from tests.measure_data import make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("alle", unit="persons", numerator=parse_count("jung + alt")),
    make_spec("jung", unit="persons"),
    make_spec("alt", unit="persons"),
    make_spec("anteil_jung", numerator=parse_count("jung"), denominator=parse_count("alle")),
    make_spec("je_1000", unit="per_1000", denominator=parse_count("alle")),
    make_spec("dichte", unit="per_km2", numerator=parse_count("alle")),
)


@st.composite
def registers(draw: st.DrawFn) -> Indicators:
    """Counts, their total and rates on it, in a few quarters."""
    rows: list[dict[str, Any]] = []
    for quarter in ("q1", "q2"):
        young, old = draw(st.integers(0, 6)), draw(st.integers(0, 300))
        total, cases = young + old, draw(st.integers(0, 6))
        rows += [
            {"quarter_id": quarter, "indicator": code, "value": float(number)}
            for code, number in (("alle", total), ("jung", young), ("alt", old))
        ]
        if total:
            pairs = [("anteil_jung", 100, young, total), ("je_1000", 1000, cases, total), ("dichte", 1, total, 2.5)]
            rows += [
                {"quarter_id": quarter, "indicator": c, "value": f * a / b, "numerator": a, "denominator": b}
                for c, f, a, b in pairs
            ]
    return make_indicators(rows, specs=SPECS)


@given(registers(), st.integers(1, 6))
def test_no_small_count_is_left_anywhere(indicators: Indicators, smallest: int) -> None:
    table, _ = suppress_small(indicators, specs=SPECS, smallest=smallest)
    unit = table["indicator"].map(lambda code: SPECS[code].unit)
    persons = [
        table.loc[unit == "persons", "value"],
        table["numerator"],
        table.loc[unit != "per_km2", "denominator"],
        (table["denominator"] - table["numerator"])[unit == "percent"],
    ]
    left = pd.concat(persons).dropna()
    assert not left.between(1, smallest - 1).any()
    assert (table["value"].isna() == ~table["status"].isin(["observed", "estimated"])).all()


@given(registers(), st.integers(1, 6))
def test_the_record_holds_every_true_count_and_finds_none_open(indicators: Indicators, smallest: int) -> None:
    shown, _ = suppress_small(indicators, specs=SPECS, smallest=smallest)
    record = record_withheld(indicators, shown, specs=SPECS, smallest=smallest)
    rows = record.merge(indicators, on=["quarter_id", "indicator", "year"], suffixes=("_bound", ""))
    truth = rows["numerator"].fillna(rows["value"]).where(rows["part"] != "below", rows["denominator"])
    assert truth.between(rows["low_bound"], rows["high_bound"]).all()
    assert not record["safe"].eq(False).any()  # noqa: FBT003  a value
    hidden = (
        shown[["value", "numerator", "denominator"]].isna() & indicators[["value", "numerator", "denominator"]].notna()
    )
    assert set(record["indicator"]) == set(shown.loc[hidden.any(axis=1), "indicator"])


@pytest.mark.long
@settings(max_examples=40)
@given(registers(), st.integers(1, 6), st.data())
def test_an_edition_beside_an_earlier_one_gives_nothing_away(indicators: Indicators, smallest: int, data: Any) -> None:
    """Each has some of the rows. What the first withheld is not shown, and nothing small follows from both that didn't before."""
    rows = st.lists(st.booleans(), min_size=len(indicators), max_size=len(indicators))
    then, now = (Indicators(indicators[data.draw(rows)].reset_index(drop=True)) for _ in range(2))
    first, _ = suppress_small(then, specs=SPECS, smallest=smallest)
    printed = Indicators(first.assign(**{column: first[column].round(digits) for column, digits in PRINTED.items()}))
    known, revised = match_earlier(now, printed, specs=SPECS)
    assert revised == 0
    shown, _ = suppress_small(now, specs=SPECS, smallest=smallest, known=known)
    record = record_withheld(now, shown, specs=SPECS, smallest=smallest, known=known)
    assert not record["safe"].eq(False).any()  # noqa: FBT003  a value
    both = first.merge(shown, on=["quarter_id", "indicator", "year"], suffixes=("_then", ""))
    assert both.loc[both["value_then"].isna(), "value"].isna().all()
    assert both.loc[both["numerator_then"].isna(), "numerator"].isna().all()
    assert both.loc[both["denominator_then"].isna(), "denominator"].isna().all()


@given(registers(), st.integers(1, 6))
def test_no_withheld_part_follows_from_a_total(indicators: Indicators, smallest: int) -> None:
    table, _ = suppress_small(indicators, specs=SPECS, smallest=smallest)
    for quarter, rows in table.groupby("quarter_id"):
        cells: Any = rows.set_index("indicator")
        gaps = cells.loc[["jung", "alt"], "value"].isna().sum()
        if gaps != 1:
            continue
        before: Any = indicators.set_index(["quarter_id", "indicator"])["value"]
        truth = float(before[(quarter, "alle")])
        assert np.isnan(cells.loc["alle", "value"])
        assert not (rows["denominator"] == truth).any()
        assert not (rows["numerator"] == truth).any()
        assert not np.isclose(cells["value"].get("dichte", np.nan) * 2.5, truth)


@given(registers(), st.integers(1, 6), st.randoms(use_true_random=False))
def test_nothing_comes_back_and_nothing_but_the_withheld_changes(
    indicators: Indicators, smallest: int, random: Any
) -> None:
    table, notes = suppress_small(indicators, specs=SPECS, smallest=smallest)
    again, _ = suppress_small(table, specs=SPECS, smallest=smallest)
    assert again.loc[table["value"].isna(), "value"].isna().all()
    changed = table["status"] != indicators["status"]
    assert (table.loc[changed, "status"] == "suppressed").all()
    assert sum(int(str(n.values["count"])) for n in notes) == int(changed.sum())
    order = list(indicators.index)
    random.shuffle(order)
    shuffled, _ = suppress_small(Indicators(indicators.loc[order]), specs=SPECS, smallest=smallest)
    pd.testing.assert_frame_equal(shuffled.sort_index(), table)


@given(registers(), st.integers(1, 5))
def test_a_stricter_limit_only_withholds_more(indicators: Indicators, smallest: int) -> None:
    one, _ = suppress_small(indicators, specs=SPECS, smallest=smallest)
    two, _ = suppress_small(indicators, specs=SPECS, smallest=smallest + 1)
    counts = one["indicator"].isin(["jung", "alt", "anteil_jung", "je_1000"])
    assert (two.loc[counts, "value"].isna() | one.loc[counts, "value"].notna()).all()


chains = st.lists(st.integers(0, 30), min_size=4, max_size=4).map(sorted)


@given(st.lists(chains, min_size=1, max_size=4), st.integers(1, 6))
def test_no_difference_between_shown_counts_is_small(rows: list[list[int]], smallest: int) -> None:
    numbers = np.array(rows, dtype=float)
    kept = suppress_chain(numbers[:, :3], numbers[:, 3], smallest=smallest)
    for counts, total, shown in zip(numbers[:, :3], numbers[:, 3], kept, strict=True):
        if 1 <= total < smallest:
            assert not shown.any()
            continue
        steps = np.diff([0, *counts[shown], total])
        assert not ((steps >= 1) & (steps < smallest)).any()


@given(st.lists(chains, min_size=1, max_size=4), st.integers(2, 6))
def test_what_is_made_of_protected_coverage_holds_no_small_count(rows: list[list[int]], smallest: int) -> None:
    table = pd.DataFrame(
        [
            {"quarter_id": f"q{i}", "minutes": m, "reached": float(n), "persons": float(counts[3])}
            for i, counts in enumerate(rows)
            for m, n in zip((5.0, 10.0, 15.0), counts, strict=False)
        ]
    )
    people = table["persons"] > 0
    table = table.assign(
        **dict.fromkeys(MEANS, table["reached"] / table["persons"].where(people)),
        status=np.where(people, "observed", "not_applicable"),
        example=False,
    )
    found = suppress_coverage(Coverage(kind="kita", target_group="0-6", table=table, offers=1), smallest=smallest)
    gaps = as_coverage_indicators([found], supplies=[], year=2024)
    choice = measure_redundancy([found], minutes=10, year=2024)
    counts = pd.concat(
        [found.table["reached"], found.table["persons"], gaps["numerator"], gaps["denominator"]], ignore_index=True
    )
    assert not counts.dropna().between(1, smallest - 1).any()
    at_ten = found.table[found.table["minutes"] == 10].set_index("quarter_id")
    hidden = at_ten.index[at_ten["reached"].isna()]
    assert choice.set_index("quarter_id").loc[hidden, "value"].isna().all()
