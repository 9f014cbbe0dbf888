from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.compare.groups import measure_areas
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.totals import release_totals
from sro_geo.model.counts import parse_count
from sro_geo.model.indicators import Indicators
from sro_geo.pipeline.totals import Totals, measure_with_totals
from tests.measure_data import make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("alle", unit="persons", numerator=parse_count("jung + alt")),
    make_spec("jung", unit="persons"),
    make_spec("alt", unit="persons"),
    make_spec("anteil_jung", numerator=parse_count("jung"), denominator=parse_count("alle")),
    make_spec("quote", numerator=parse_count("faelle"), denominator=parse_count("alle")),
)
IDS = ("q1", "q2", "q3", "q4")
MEMBERS = {"city": IDS, "group": IDS[:2], "rest": IDS[2:]}


@st.composite
def towns(draw: st.DrawFn) -> Indicators:
    """Four quarters with small and large counts, and gaps of both kinds."""
    rows: list[dict[str, Any]] = []
    for quarter in IDS:
        young, old = draw(st.integers(0, 5)), draw(st.integers(3, 90))
        total = young + old
        cases, gap = draw(st.integers(0, min(5, total))), draw(st.sampled_from(["", "", "", "suppressed", "missing"]))
        for code, number in (("alle", total), ("jung", young), ("alt", old)):
            rows.append({"quarter_id": quarter, "indicator": code, "value": float(number)})
        for code, above in (("anteil_jung", young), ("quote", cases)):
            told = {"value": 100 * above / total, "numerator": above}
            known = told if code == "anteil_jung" or not gap else {"status": gap}
            rows.append({"quarter_id": quarter, "indicator": code, "denominator": total, **known})
    return make_indicators(rows, specs=SPECS)


def release(true: Indicators, shown: Indicators) -> Totals:
    codes = list(SPECS)
    pairs = release_totals(true, shown, specs=SPECS, smallest=3, wanted=dict.fromkeys(codes, MEMBERS))
    return Totals(rows=true, released={2024: pairs})


@given(towns())
def test_a_total_is_the_true_one_or_that_of_the_known_part(true: Indicators) -> None:
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    way: Any = {"specs": SPECS, "year": 2024, "members": MEMBERS}
    totals = release(true, shown)
    found = measure_with_totals(shown, totals, **way).set_index(["indicator", "area"])
    whole, part = (measure_areas(rows, **way).set_index(["indicator", "area"]) for rows in (true, shown))
    assert list(found.index) == list(part.index)
    for pair, row in found.iterrows():
        expected: Any = whole if pair in totals.released[2024] else part
        np.testing.assert_equal(row.tolist(), expected.loc[pair].tolist())
        assert not row["low"] > row["value"]
        assert not row["high"] < row["value"]


@pytest.mark.long
@given(towns(), st.permutations(range(20)))
def test_the_order_of_rows_never_matters(true: Indicators, order: list[int]) -> None:
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    one = release(true, shown)
    two = release(Indicators(true.loc[order]), Indicators(shown.loc[order[::-1]]))
    assert one.released == two.released


@pytest.mark.long
@given(towns())
def test_what_is_released_is_released_without_the_rest_too(true: Indicators) -> None:
    """Each total that may be shown beside all others may be shown alone."""
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    way: Any = {"specs": SPECS, "smallest": 3}
    for code, area in release(true, shown).released[2024]:
        alone = release_totals(true, shown, wanted={code: {area: MEMBERS[area]}}, **way)
        assert alone == {(code, area)}


def test_a_town_without_secrets_has_all_of_its_totals() -> None:
    rows = [{"quarter_id": q, "indicator": "alle", "value": 50.0} for q in IDS]
    true = make_indicators(rows, specs=SPECS)
    assert release(true, true).released[2024] == {(code, area) for code in SPECS for area in MEMBERS}
