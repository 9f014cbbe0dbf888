"""Closing offers never makes anything look better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sro_geo.coverage.distance import measure_straight
from sro_geo.coverage.reach import measure_coverage, pool_coverage
from sro_geo.disclose.reached import suppress_coverage
from sro_geo.model.indicators import Indicators
from sro_geo.model.method import Method, Scales
from sro_geo.resilience.redundancy import REDUNDANCY, measure_redundancy
from sro_geo.resilience.score import score_quarters
from tests.measure_data import list_values, make_indicators, make_offers, make_population, make_spec, make_specs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.population import Population
    from sro_geo.model.reach import Coverage

    Spots = Mapping[str, tuple[str, tuple[float, float]]]

FEWER = settings().max_examples // 4
"""Each example measures whole towns."""

KINDS, MINUTES, IDS = ("kita", "treff"), (5.0, 10.0), ["q1", "q2"]
MEMBERS = {"group": ["q1"], "rest": ["q2"], "city": IDS}
SPECS = make_specs(
    make_spec("arm", dimension="robustness", direction=-1),
    make_spec(REDUNDANCY, dimension="redundancy", direction=1, unit="offers"),
)
SCALES = Scales(worst={"arm": 100.0, REDUNDANCY: 0.0}, best={"arm": 0.0, REDUNDANCY: 3.0}, lowest=1.0)

spot = st.tuples(st.integers(1, 1999).map(float), st.integers(1, 999).map(float))
offers_of_a_town = st.dictionaries(
    st.sampled_from([f"a{i}" for i in range(8)]), st.tuples(st.sampled_from(KINDS), spot), min_size=1, max_size=8
)


@st.composite
def towns(draw: st.DrawFn) -> Population:
    """People of one age in up to four places of each of two quarters; few enough for some counts to be withheld."""
    places = [draw(st.lists(spot, min_size=1, max_size=4, unique=True)) for _ in IDS]
    cells = [
        ((x % 1000 + 1000 * number, y), {"0-6": float(draw(st.integers(0, 40)))})
        for number, own in enumerate(places)
        for x, y in own
    ]
    return make_population({f"c{i}": cell for i, cell in enumerate(cells)})


def cover(spots: Spots, people: Population, *, smallest: int) -> list[Coverage]:
    walk: dict[str, Any] = {"minutes": MINUTES, "speed_kmh": 4.0}
    way: dict[str, Any] = {"limit_metres": 2000 / 3, "detour_factor": 1.0, "barrier": None}
    offers = make_offers(spots)
    found = [
        measure_coverage(measure_straight(people.cells, offers, kind=kind, **way), people, target_group="0-6", **walk)
        for kind in KINDS
    ]
    return [suppress_coverage(coverage, smallest=smallest) for coverage in found if coverage is not None]


def score(coverages: Sequence[Coverage], *, how: Any, ids: Sequence[str]) -> pd.DataFrame:
    """Index by area, on scales that stay."""
    given_values = make_indicators(list_values("arm", dict.fromkeys(ids, 30.0)), specs=SPECS)
    counted = measure_redundancy(coverages, minutes=10.0, year=2024)
    method = Method(
        normalise="goalposts", aggregate=how, dimensions={"robustness": 1.0, "redundancy": 1.0}, base_year=2024,
        lowest=1.0,
    )  # fmt: skip
    rows = Indicators(pd.concat([given_values, counted], ignore_index=True))
    asked: dict[str, Any] = {"year": 2024, "quarter_ids": ids, "city": {"arm": 30.0, REDUNDANCY: 1.0}}
    return score_quarters(rows, specs=SPECS, scales=SCALES, method=method, **asked).index


def list_all(spots: Spots, people: Population, *, how: str, smallest: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coverage and index of quarters and areas."""
    coverages = cover(spots, people, smallest=smallest)
    pooled = [pool_coverage(coverage, members=MEMBERS) for coverage in coverages]
    tables = pd.concat([coverage.table.assign(kind=coverage.kind) for coverage in (*coverages, *pooled)])
    keys = ["quarter_id", "kind", "minutes"]
    index = pd.concat([score(coverages, how=how, ids=IDS), score(pooled, how=how, ids=list(MEMBERS))])
    return tables.set_index(keys).sort_index(), index


@pytest.mark.parametrize("how", ["arithmetic", "geometric"])
@settings(max_examples=FEWER)
@given(spots=offers_of_a_town, people=towns(), data=st.data())
def test_closing_offers_raises_nothing(how: str, spots: Spots, people: Population, data: st.DataObject) -> None:
    closed = data.draw(st.sets(st.sampled_from(sorted(spots)), min_size=1))
    kept = {name: offer for name, offer in spots.items() if name not in closed}
    (before, index), (after, less) = (list_all(some, people, how=how) for some in (spots, kept))
    assert before.index.equals(after.index)
    for column in ("reached", "mean_offers"):
        known = before[column].notna()
        assert (after[column].notna() == known).all()
        assert (after[column][known] <= before[column][known] + 1e-9).all()
    scored = index["score"].notna()
    assert (less["score"].notna() == scored).all()
    assert (less["score"][scored] <= index["score"][scored] + 1e-9).all()


@pytest.mark.parametrize("how", ["arithmetic", "geometric"])
@settings(max_examples=FEWER)
@given(spots=offers_of_a_town, people=towns(), data=st.data())
def test_what_is_withheld_still_admits_the_true_value(
    how: str, spots: Spots, people: Population, data: st.DataObject
) -> None:
    closed = data.draw(st.sets(st.sampled_from(sorted(spots))))
    kept = {name: offer for name, offer in spots.items() if name not in closed}
    (_, true), (_, shown) = (list_all(kept, people, how=how, smallest=smallest) for smallest in (1, 3))
    ids = true.index[true["score"].notna() & true.index.isin(IDS)]
    assert (shown.loc[ids, "worst"] <= true.loc[ids, "score"] + 1e-9).all()
    assert (shown.loc[ids, "best"] >= true.loc[ids, "score"] - 1e-9).all()
