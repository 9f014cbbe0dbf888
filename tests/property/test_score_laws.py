from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.indicators import Indicators
from sro_geo.resilience.score import score_quarters
from tests.measure_data import scored_tables

if TYPE_CHECKING:
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.method import Method, Scales
    from sro_geo.model.scores import Scores

    Drawn = tuple[Indicators, dict[str, IndicatorSpec], Scales, Method, dict[str, float]]

IDS = ["q1", "q2", "q3"]


def score(drawn: Drawn) -> Scores:
    indicators, specs, scales, method, city = drawn
    return score_quarters(indicators, specs=specs, scales=scales, method=method, year=2024, quarter_ids=IDS, city=city)


@given(scored_tables())
def test_contributions_add_up_to_the_difference_from_the_city(drawn: Drawn) -> None:
    found = score(drawn)
    scored = found.index["score"].dropna()
    assert set(found.contributions["quarter_id"]) == set(scored.index)
    difference = scored - found.index["reference"].reindex(scored.index)
    sums = found.contributions.groupby("quarter_id")["contribution"].sum(min_count=1).reindex(scored.index)
    np.testing.assert_allclose(sums, difference, rtol=0, atol=1e-12 * 100)
    own = found.dimensions.groupby("quarter_id")["contribution"].sum(min_count=1).reindex(scored.index)
    unknown = found.contributions[found.contributions["part"] == "unknown"].set_index("quarter_id")["contribution"]
    total = own + unknown.reindex(scored.index).fillna(0)
    np.testing.assert_allclose(total, difference, rtol=0, atol=1e-12 * 100)


@given(scored_tables())
def test_like_is_set_against_like(drawn: Drawn) -> None:
    """The city's score over the parts that a quarter has is that of a city that lacks the others; without a score it has none."""
    indicators, specs, scales, method, city = drawn
    found = score(drawn)
    if np.isnan(found.reference):
        assert found.index["reference"].isna().all()
        return
    for quarter in found.index.index[found.index["score"].notna()]:
        rows = indicators[indicators["quarter_id"] == quarter]
        there = {code: city[code] for code in rows.loc[rows["value"].notna(), "indicator"] if code in city}
        alone = score((indicators, specs, scales, replace(method, least_known=0.0), there))
        whole = len(there) == len(specs) == len(city)
        np.testing.assert_allclose(found.index.loc[quarter, "reference"], alone.reference, rtol=0, atol=1e-9)
        assert not whole or found.index.loc[quarter, "reference"] == pytest.approx(found.reference, abs=1e-9)


@given(scored_tables(gaps=False))
def test_where_all_is_known_no_part_is_unknown(drawn: Drawn) -> None:
    found = score(drawn)
    assert "unknown" not in set(found.contributions["part"])
    assert (found.index["known"] == 1).all()
    np.testing.assert_array_equal(found.index["worst"], found.index["score"])
    np.testing.assert_array_equal(found.index["best"], found.index["score"])
    weights = found.contributions.groupby("quarter_id")["weight"].sum()
    np.testing.assert_allclose(weights, 1)


@given(scored_tables())
def test_scores_lie_within_their_interval_and_the_interval_within_the_scale(drawn: Drawn) -> None:
    found = score(drawn)
    for table in (found.index, found.dimensions):
        assert (table["worst"].fillna(0) >= drawn[2].lowest * (1 - 1e-12)).all()
        assert (table["best"] <= 100).all()
        assert (table["worst"] <= table["best"]).all()
        known = table[table["score"].notna()]
        assert (known["worst"] <= known["score"]).all()
        assert (known["score"] <= known["best"]).all()
        assert (known["known"] >= drawn[3].least_known - 1e-9).all()


@given(scored_tables(), st.data())
def test_withholding_a_value_never_narrows_an_interval(drawn: Drawn, data: st.DataObject) -> None:
    indicators = drawn[0]
    chosen = data.draw(st.sampled_from(list(indicators.index)))
    fewer = indicators.copy()
    fewer.loc[chosen, "value"] = np.nan
    fewer.loc[chosen, "status"] = "suppressed"
    before, after = score(drawn), score((Indicators(fewer), *drawn[1:]))
    for table, less in ((before.index, after.index), (before.dimensions, after.dimensions)):
        assert (less["worst"] <= table["worst"] + 1e-9).all()
        assert (less["best"] >= table["best"] - 1e-9).all()
        assert (less["known"] <= table["known"] + 1e-12).all()


@given(scored_tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(drawn: Drawn, random: st.random.Random) -> None:  # type: ignore[name-defined]  # hypothesis hands one out
    indicators = drawn[0]
    order = list(indicators.index)
    random.shuffle(order)
    one, two = score(drawn), score((Indicators(indicators.loc[order].reset_index(drop=True)), *drawn[1:]))
    pd.testing.assert_frame_equal(one.index, two.index, check_exact=True)
    pd.testing.assert_frame_equal(one.contributions, two.contributions, check_exact=True)


@given(scored_tables())
def test_every_true_rank_lies_in_its_range(drawn: Drawn) -> None:
    index = score(drawn).index
    ranked = index[index["score"].notna()]
    place = ranked["score"].rank(ascending=False, method="min")
    assert (ranked["rank_low"] <= place).all()
    assert (place <= ranked["rank_high"]).all()
    assert index.loc[index["score"].isna(), "rank_low"].isna().all()


@given(scored_tables())
def test_what_is_made_of_invented_values_is_marked(drawn: Drawn) -> None:
    indicators = drawn[0]
    found = score(drawn)
    expected = indicators.groupby("quarter_id")["example"].any().reindex(IDS)
    np.testing.assert_array_equal(found.index["example"], expected)
