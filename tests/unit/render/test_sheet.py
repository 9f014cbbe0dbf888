from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.render.labels import Label, Room, find_room, list_ways, place_labels
from sro_geo.render.sheet import (
    LEGEND,
    MARGIN,
    WIDTH,
    break_lines,
    choose_scale,
    lay_out,
    list_symbols,
    place_key,
)
from tests.render_data import make_ground, make_pictures, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.picture import Picture


def measure(text: str, size: float) -> float:
    return len(text) * size * 0.6


@given(st.integers(20, 200), st.integers(20, 200), st.integers(5, 60), st.integers(5, 60))
def test_a_label_lies_wholly_inside(width: int, height: int, wide: int, high: int) -> None:
    area = shapely.box(0, 0, width, height).union(shapely.box(width / 2, 0, width * 1.5, height / 3))
    at = find_room(area, pole=(width / 2, height / 2), size=(wide, high), taken=[shapely.Point(0, 0).buffer(9)])
    if at:
        box = shapely.box(at[0] - wide / 2, at[1] - high / 2, at[0] + wide / 2, at[1] + high / 2)
        assert area.contains(box)
        assert not box.intersects(shapely.Point(0, 0).buffer(9))
    else:
        assert wide > width / 3 or high > height / 3


def test_a_long_name_is_broken_before_it_is_dropped() -> None:
    assert list_ways("Kröpeliner-Tor-Vorstadt", "geheim", short="g.") == [
        ["Kröpeliner-Tor-Vorstadt", "geheim"], ["Kröpeliner-", "Tor-Vorstadt", "geheim"], ["geheim"], ["g."],
    ]  # fmt: skip
    assert list_ways("Aue", "5", short="") == [["Aue", "5"], ["5"]]


def place(metres: float, taken: Sequence[shapely.Geometry] = ()) -> tuple[list[Label], Picture, gpd.GeoSeries, Room]:
    ground = make_ground()
    picture, shapes = make_pictures(ground.quarters)[0], ground.quarters.geometry
    room = Room(frame=shapely.box(*shapes.total_bounds).buffer(500), taken=taken, water=[])
    found = place_labels(picture, shapes, metres=metres, measure=lambda text, _: len(text) * 5.0, room=room)
    return found, picture, shapes, room


def test_every_label_of_the_town_finds_its_quarter() -> None:
    found, picture, shapes, _ = place(8.5)
    assert len(found) == len(shapes)
    assert [label.lines[-1] for label in found[:2]] == ["38\u00a0%", "30\u00a0%"]  # the model regions come first
    names = dict(zip(picture.quarter_names, shapes, strict=True))
    for label in found:
        assert names[" ".join(label.lines[:-1]).replace("- ", "-")].contains(shapely.Point(label.x, label.y))
    assert sorted(label.lines[-1] for label in found if label.box) == ["geheim", "keine Angabe"]


@pytest.mark.parametrize("metres", [12.0, 20.0, 40.0])
def test_a_model_region_carries_name_and_value_whatever_its_size(metres: float) -> None:
    first, picture, shapes, _ = place(metres)
    signs = [shapely.Point(label.x, label.y).buffer(2 * metres) for label in first[:2]]
    found, _, _, room = place(metres, taken=signs)
    regions = found[:2]
    assert [" ".join(label.lines) for label in regions] == ["Neue Heide 38\u00a0%", "Ostufer 30\u00a0%"]
    plates = [label for label in regions if label.leader]
    assert plates or metres < 20
    for label in plates:
        assert label.box
        own = shapes[picture.quarter_ids[picture.quarter_names.index(label.lines[0])]]
        assert room.frame.contains(label.box)
        assert not any(label.box.intersects(sign) for sign in signs)
        assert not any(label.box.intersects(other.box) for other in found if other.box and other is not label)
        assert own.contains(shapely.Point(label.leader.coords[-1]))  # type: ignore[union-attr]  # it is a plate


def test_the_legend_takes_a_free_corner_or_stands_beside() -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    free = lay_out(picture, ground, shapes=ground.quarters.geometry, words=pick("de"), measure=measure)
    assert free.legend[0] == MARGIN
    assert free.map_width == WIDTH - 2 * MARGIN
    full = gpd.GeoSeries([shapely.box(0, 0, 5000, 3000)], crs=25833)
    beside = lay_out(picture, ground, shapes=full, words=pick("de"), measure=measure)
    assert beside.legend[0] == WIDTH - MARGIN - LEGEND
    assert beside.map_width < WIDTH - LEGEND


def test_lines_and_key_break_where_they_must() -> None:
    assert break_lines("", 10, measure=len) == ()
    assert break_lines("Donaudampfschifffahrt ab", 5, measure=len) == ("Donaudampfschifffahrt", "ab")
    rows = [row for _, _, row in place_key(["x" * 20] * 6, measure=measure)]
    assert rows == sorted(rows)
    assert rows[0] == 0
    assert rows[-1] > 0


@given(st.floats(0.02, 5000))
def test_the_scale_bar_is_a_round_length_that_fits(metres: float) -> None:
    length, text = choose_scale(metres)
    assert 80 / 2.6 < length <= 80
    assert text.split("\u00a0")[0].strip("0") in {"1", "2", "5"} or metres < 0.05


def test_many_kinds_leave_only_the_chosen_one() -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    assert len(list_symbols(picture, ground)) == 3
    more = (*ground.symbols, *(replace(s, kind=f"{s.kind}_2") for s in ground.symbols))
    assert [s.kind for s in list_symbols(picture, replace(ground, symbols=more))] == ["kindertageseinrichtung"]


def test_symbols_stand_only_on_maps_about_offers() -> None:
    ground = make_ground()
    pictures = {picture.slug: picture for picture in make_pictures(ground.quarters)}
    about = {slug: [symbol.kind for symbol in list_symbols(picture, ground)] for slug, picture in pictures.items()}
    for slug, picture in pictures.items():
        assert (picture.offer_kind in about[slug]) == (picture.offer_kind is not None)
        assert bool(about[slug]) == (picture.offer_kind is not None)
