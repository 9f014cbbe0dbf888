from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.render.ground import draw_shapes
from sro_geo.render.key import MARGIN, WIDTH, choose_scale, list_symbols, place_key
from sro_geo.render.legend import LEGEND, list_rows
from sro_geo.render.measuring import break_lines, measure_text
from sro_geo.render.sheet import lay_out
from tests.label_laws import judge_lines, make_city
from tests.render_data import make_ground, make_pictures, pick

if TYPE_CHECKING:
    from sro_geo.model.picture import Offers


def test_the_legend_takes_a_free_corner_or_stands_below_and_beside_where_that_costs_nothing() -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    free = lay_out(picture, ground, shapes=ground.quarters.geometry, words=pick("de"), language="de")
    assert free.legend[0] == MARGIN
    assert free.frame.width == WIDTH - 2 * MARGIN
    full = gpd.GeoSeries([shapely.box(400 * n, 0, 400 * n + 400, 3000) for n in range(12)], crs=25833)
    below = lay_out(picture, ground, shapes=full, words=pick("de"), language="de")
    rows = list_rows(picture, corner=below.legend, columns=below.columns)
    assert below.frame.width == WIDTH - 2 * MARGIN
    assert len(rows) == len(picture.classes) + len(picture.unknown)
    assert len({x for x, *_ in rows}) == 3
    assert len({(x, y) for x, y, *_ in rows}) == len(rows)
    for x, y, *_ in rows:
        assert MARGIN <= x <= WIDTH - MARGIN - LEGEND
        assert below.top + below.frame.height < y < below.top + below.body
    tall = gpd.GeoSeries([shapely.box(150 * n, 0, 150 * n + 150, 3000) for n in range(12)], crs=25833)
    beside = lay_out(picture, ground, shapes=tall, words=pick("de"), language="de")
    assert beside.legend[0] == WIDTH - MARGIN - LEGEND
    assert beside.frame.width < WIDTH - LEGEND


def test_the_key_names_every_number_of_the_map_in_full_and_its_columns_hold_it() -> None:
    ground, picture = make_city(96)
    shapes = draw_shapes(ground)
    sheet = lay_out(picture, ground, shapes=shapes, words=pick("de"), language="de")
    numbers = {
        str(sheet.placed.numbers[one.quarter]): one.quarter for one in sheet.placed.places if one.draft.says == "z"
    }
    assert len(numbers) > 20
    told: dict[str, list[str]] = {}
    last: list[str] = []
    for text in sheet.names:
        if text.bold:
            last = told.setdefault(text.text, [])
        else:
            last.append(text.text)
        assert MARGIN <= text.x < WIDTH - MARGIN
        assert sheet.top + sheet.body < text.y < sheet.height - MARGIN
    assert list(told) == sorted(numbers, key=int)
    for number, quarter in numbers.items():
        assert judge_lines(picture.quarter_names[quarter], told[number]) == []
    columns = sorted({text.x for text in sheet.names if text.bold})
    assert len(columns) == 4
    for left, right in zip(columns, [*columns[1:], WIDTH], strict=True):
        inside = [text for text in sheet.names if left <= text.x < right]
        assert max(text.x + measure_text(text.text, size=text.size, bold=text.bold) for text in inside) < right
        assert len({text.y for text in inside if not text.bold}) == sum(not text.bold for text in inside)


def test_the_key_holds_a_name_of_one_endless_word() -> None:
    ground, picture = make_city(63)
    endless = tuple(f"{'Donaudampfschiff' * 6}{n}gesellschaft" for n, _ in enumerate(picture.quarter_names))
    sheet = lay_out(
        replace(picture, quarter_names=endless),
        ground,
        shapes=draw_shapes(ground),
        words=pick("de"),
        language="de",
    )
    told = [text for text in sheet.names if not text.bold]
    assert len(told) > 60
    assert max(measure_text(text.text, size=text.size, bold=False) for text in told) < WIDTH / 4


def test_lines_and_key_break_where_they_must() -> None:
    assert break_lines("", 10, measure=len) == ()
    rows = [row for _, _, row in place_key(["x" * 20] * 6)]
    assert rows == sorted(rows)
    assert rows[0] == 0
    assert rows[-1] > 0


@given(st.text("aä-/ 12.", max_size=40), st.integers(2, 12))
def test_every_line_fits_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = break_lines(text, width, measure=len)
    assert all(len(line) <= width for line in lines if any(map(str.isalpha, line)))
    assert re.sub("[- ]", "", "".join(lines)) == re.sub("[- ]", "", text)
    whole = [part for part in text.split() if len(part) <= width or not any(map(str.isalpha, part))]
    assert all(any(part in line for line in lines) for part in whole)


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
    ways: tuple[Offers, ...] = ("none", "chosen", "all")
    stated = {offers: list_symbols(replace(picture, offers=offers), ground) for offers in ways}
    assert {offers: len(symbols) for offers, symbols in stated.items()} == {"none": 0, "chosen": 1, "all": 3}
    elsewhere = {offers: list_symbols(replace(picture, offers=offers, offer_kind=None), ground) for offers in ways}
    assert {offers: len(symbols) for offers, symbols in elsewhere.items()} == {"none": 0, "chosen": 0, "all": 3}


def test_symbols_stand_only_on_maps_about_offers() -> None:
    ground = make_ground()
    pictures = {picture.slug: picture for picture in make_pictures(ground.quarters)}
    about = {slug: [symbol.kind for symbol in list_symbols(picture, ground)] for slug, picture in pictures.items()}
    for slug, picture in pictures.items():
        assert (picture.offer_kind in about[slug]) == (picture.offer_kind is not None)
        assert bool(about[slug]) == (picture.offer_kind is not None)
