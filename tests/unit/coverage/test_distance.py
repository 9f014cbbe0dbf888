from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.distance import measure_straight
from sro_geo.coverage.reach import measure_coverage
from tests.measure_data import CRS, make_offers, make_population

if TYPE_CHECKING:
    from sro_geo.model.reach import Reach

CELLS = make_population(
    {"a": ((100, 100), {"0-6": 1}), "b": ((400, 500), {"0-6": 1}), "c": ((1900, 900), {"0-6": 1})}
).cells
OFFERS = make_offers({"k1": ("kita", (100, 100)), "k2": ("kita", (400, 100)), "t": ("treff", (400, 500))})


def reach(**changes: object) -> Reach:
    settings = {"kind": "kita", "limit_metres": 650.0, "detour_factor": 1.3, "barrier": None}
    return measure_straight(CELLS, OFFERS, **{**settings, **changes})  # type: ignore[arg-type]  # as stated


def test_pairs_carry_walked_metres_in_order() -> None:
    pairs = reach().pairs
    assert pairs[["cell_id", "offer_id"]].to_numpy().tolist() == [
        ["a", "k1"],
        ["a", "k2"],
        ["b", "k2"],
        ["b", "k1"],
    ]
    # 300, 400 and √(300² + 400²) = 500 metres, each times 1.3
    np.testing.assert_allclose(pairs["metres"], [0, 390, 520, 650], atol=1e-9)


def test_every_cell_and_every_offer_of_the_kind_is_known_also_without_a_pair() -> None:
    found = reach(limit_metres=10.0)
    assert list(found.cell_ids) == ["a", "b", "c"]
    assert list(found.offer_ids) == ["k1", "k2"]
    assert found.pairs["offer_id"].tolist() == ["k1"]
    assert not found.example


def test_a_pair_on_the_limit_is_kept_and_one_beyond_it_is_not() -> None:
    assert len(reach(limit_metres=390.0).pairs) == 2
    assert len(reach(limit_metres=389.9).pairs) == 1


def test_a_pair_that_lies_on_the_limit_but_for_the_last_bit_is_kept() -> None:
    # 0.1 + 0.2 metres, as floats add them, times 1.1 is over 0.33 by less than anyone can measure
    offers = make_offers({"k": ("kita", (100 + 0.1 + 0.2, 100))})
    way = {"kind": "kita", "detour_factor": 1.1, "barrier": None}
    found = [measure_straight(CELLS, offers, limit_metres=limit, **way) for limit in (0.33, 0.329)]  # type: ignore[arg-type]  # as stated
    assert [len(one.pairs) for one in found] == [1, 0]


def test_the_limit_of_the_pairs_and_that_of_the_minutes_are_one() -> None:
    people = make_population({"a": ((100, 100), {"0-6": 9})})
    for metres in np.linspace(7, 13, 25):
        offers = make_offers({"k": ("kita", (100 + metres * 100 / 1.3, 100))})
        minutes = metres * 100 * 60 / 4000
        way = {"limit_metres": minutes * 4000 / 60, "detour_factor": 1.3, "barrier": None}
        found = measure_straight(people.cells, offers, kind="kita", **way)
        coverage = measure_coverage(found, people, target_group="0-6", minutes=(minutes,), speed_kmh=4)
        assert coverage is not None
        assert coverage.table["reached"].tolist() == [9]


def test_a_river_cuts_the_ways_that_cross_it_and_a_bridge_lets_them_through() -> None:
    river = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 300), (2000, 300)])], crs=CRS)
    assert reach(barrier=river).pairs[["cell_id", "offer_id"]].to_numpy().tolist() == [["a", "k1"], ["a", "k2"]]
    banks = [shapely.LineString([(0, 300), (390, 300)]), shapely.LineString([(410, 300), (2000, 300)])]
    bridged = gpd.GeoDataFrame(geometry=banks, crs=CRS)
    assert ["b", "k2"] in reach(barrier=bridged).pairs[["cell_id", "offer_id"]].to_numpy().tolist()
    # The straight line to k1 misses the bridge; by its western end it is farther.
    way = 1.3 * (np.hypot(10, 200) + np.hypot(290, 200))
    far = reach(barrier=bridged, limit_metres=800.0).pairs.set_index(["cell_id", "offer_id"])["metres"]
    assert far["b", "k1"] == pytest.approx(way, abs=1e-9)
    assert far["b", "k2"] == pytest.approx(520, abs=1e-9)


def test_a_kind_without_points_has_no_pairs() -> None:
    offers = make_offers({"p": ("tagespflege", None)}, quarter_id="q1", example=True)
    found = measure_straight(CELLS, offers, kind="tagespflege", limit_metres=100.0, detour_factor=1.0, barrier=None)
    assert found.pairs.empty
    assert list(found.pairs.columns) == ["cell_id", "offer_id", "metres"]
    assert len(found.offer_ids) == 0


def test_invented_offers_mark_the_reach() -> None:
    offers = make_offers({"k": ("kita", (1, 1)), "t": ("treff", (1, 1))}, example=[True, False])
    settings = {"limit_metres": 100.0, "detour_factor": 1.0, "barrier": None}
    assert measure_straight(CELLS, offers, kind="kita", **settings).example  # type: ignore[arg-type]  # as stated
    assert not measure_straight(CELLS, offers, kind="treff", **settings).example  # type: ignore[arg-type]  # as stated


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"limit_metres": 0.0}, "`limit_metres` must be over 0; got 0.0"),
        ({"detour_factor": 0.9}, "`detour_factor` must be at least 1; got 0.9"),
        (
            {"barrier": gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs="EPSG:25832")},
            "`barrier` must have the CRS of `cells`; got EPSG:25832 and EPSG:25833",
        ),
    ],
)
def test_wrong_settings_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        reach(**changes)


@given(
    st.lists(st.tuples(st.floats(0, 1999), st.floats(0, 999)), min_size=1, max_size=6),
    st.lists(st.tuples(st.floats(0, 1999), st.floats(0, 999)), min_size=1, max_size=6),
    st.floats(1, 3000),
    st.floats(1, 2),
)
def test_pairs_are_exactly_those_within_the_limit(
    here: list[tuple[float, float]], there: list[tuple[float, float]], limit: float, factor: float
) -> None:
    cells = make_population({f"c{i}": (place, {"0-6": 1}) for i, place in enumerate(here)}).cells
    offers = make_offers({f"o{i}": ("kita", place) for i, place in enumerate(there)})
    found = measure_straight(cells, offers, kind="kita", limit_metres=limit, detour_factor=factor, barrier=None).pairs
    walked = np.linalg.norm(np.array(here)[:, None] - np.array(there)[None], axis=2) * factor
    near, sure = (walked <= limit * (1 + 1e-9)).sum(), (walked <= limit * (1 - 1e-9)).sum()
    assert sure <= len(found) <= near
    for cell, offer, metres in found.itertuples(index=False):
        assert metres == pytest.approx(walked[int(cell[1:]), int(offer[1:])], abs=1e-9)
