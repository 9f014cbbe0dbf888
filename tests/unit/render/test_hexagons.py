"""Signs for many: nothing is lost, nothing is counted twice, and few stay points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sro_geo.render.ground import describe_ground
from sro_geo.render.hexagons import MOST_POINTS, SIZES, count_gathered, gather_offers, list_sizes, scale_sign
from sro_geo.render.key import list_signs
from sro_geo.render.static import draw_figure
from tests.render_data import make_ground, make_pictures, pick, scatter_offers
from tests.svg_text import read_svg

if TYPE_CHECKING:
    from sro_geo.model.picture import Ground

KITA = "kindertageseinrichtung"


@pytest.fixture(scope="module")
def city() -> Ground:
    return scatter_offers(make_ground(), 2900)


@pytest.mark.parametrize(("count", "points"), [(70, True), (MOST_POINTS, True), (MOST_POINTS + 1, False)])
def test_few_stay_points_and_one_more_is_too_many(count: int, *, points: bool) -> None:
    """Flensburg has 70 day-care centres."""
    ground = scatter_offers(make_ground(), count)
    own = gather_offers(ground).query("kind == @KITA")
    assert (len(own) == count and own["count"].isna().all()) == points
    assert own["count"].fillna(1).sum() == count


def test_all_are_counted_once_and_lie_near_their_sign(city: Ground) -> None:
    made = gather_offers(city)
    own, others = made[made["kind"] == KITA], made[made["kind"] != KITA]
    assert own["count"].sum() == 2900
    assert len(own) < 200
    assert others["count"].isna().all()
    assert len(others) == (city.offers["kind"] != KITA).sum()
    west, _, east, _ = city.quarters.total_bounds
    widest = 2 / np.sqrt(3) * (east - west) / 10.7  # from one corner of a hexagon to the opposite one
    points = city.offers[city.offers["kind"] == KITA].geometry
    assert max(own.distance(point).min() for point in points) <= widest


def test_the_table_counts_each_point_where_it_lies(city: Ground) -> None:
    strange = city.offers["kind"].eq(KITA) & (np.arange(len(city.offers)) < 7)
    offers = city.offers.assign(quarter_id=city.offers["quarter_id"].mask(strange))
    counts = count_gathered(replace(city, offers=offers))[KITA]
    assert set(count_gathered(city)) == {KITA}
    assert count_gathered(make_ground()) == {}
    assert sum(counts) == gather_offers(city).query("kind == @KITA")["count"].sum()
    assert counts[-1] == strange.sum() == 7
    kitas = city.offers[city.offers["kind"] == KITA]
    within = [int(kitas.within(shape).sum()) for shape in city.quarters.geometry]
    assert sum(abs(a - b) for a, b in zip(counts, within, strict=False)) == 7
    assert describe_ground(replace(city, symbols=()))["gathered"] == {}


def test_a_sign_grows_with_what_it_stands_for_and_the_key_tells_the_sizes_that_are_drawn(city: Ground) -> None:
    assert [scale_sign(count) for count in (float("nan"), 1, 2, 3, 5, 6, 80)] == [1.0, 0.7, 0.7, 1.05, 1.05, 1.5, 1.5]
    assert list_sizes([float("nan")]) == ()
    assert list_sizes([4.0, 7.0]) == ((3, 5, 1.05), (6, None, 1.5))
    picture = make_pictures(city.quarters)[0]
    signs = list_signs(picture, city, pick("de"))
    drawn = {scale_sign(count) for count in gather_offers(city)["count"].dropna()}
    own = [(text, size) for text, symbol, size in signs if not isinstance(symbol, str) and symbol.kind == KITA]
    assert own[0] == ("Kitas", 1.0)
    assert {size for _, size in own[1:]} == drawn
    assert own[-1] == ("ab 6", SIZES[-1][1])
    few = list_signs(picture, make_ground(), pick("de"))
    assert [text for text, *_ in few] == ["Kitas", "Jugendtreffs", "Familienzentren", "Modellregion"]


def test_page_and_figure_draw_the_same_signs(city: Ground) -> None:
    told: Any = describe_ground(city)
    signs = [offer for offer in told["offers"] if offer["kind"] == KITA]
    assert sum(offer["count"] for offer in signs) == 2900
    assert all(not offer["name"] for offer in signs)
    assert set(told["sizes"]) == {KITA}
    assert {offer["size"] for offer in signs} == {size for *_, size in told["sizes"][KITA]}
    words = pick("de")
    svg = draw_figure(make_pictures(city.quarters)[0], city, words=words, language="de", form="svg").decode()
    texts = read_svg(svg)
    assert "ab 6" in texts
    alone = draw_figure(make_pictures(city.quarters)[0], make_ground(), words=words, language="de", form="svg").decode()
    assert "ab 6" not in read_svg(alone)
    assert len(svg) < 3 * len(alone)


def test_what_has_no_point_is_in_no_count(city: Ground) -> None:
    """Protected addresses never come so far; a point that is missing is none."""
    offers = city.offers.copy()
    offers.loc[offers.index[:100], "geometry"] = None
    assert gather_offers(replace(city, offers=offers))["count"].sum() == 2800
