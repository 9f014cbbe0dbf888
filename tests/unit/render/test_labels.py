"""Laws of labels in towns and cities of 12 to 100 quarters; no test says which quarter has room for its name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from sro_geo.render.board import Board, Taken, find_inside
from sro_geo.render.drafts import MODES, Style
from sro_geo.render.ground import draw_shapes, find_poles
from sro_geo.render.labels import MANY, Place, choose_mode, number_quarters, place_labels, place_selected
from sro_geo.render.lettering import move_sign
from sro_geo.render.measuring import measure_text
from sro_geo.render.places import NARROW, WIDTHS, describe_places, lay_board, list_captions, project_town
from sro_geo.render.wording import cut_name, list_wordings, soften_name
from sro_geo.text.hyphens import SOFT_HYPHEN
from tests.fonts import FAMILIES, read_width
from tests.label_laws import judge_lines, list_faults, make_city, make_town
from tests.render_data import make_ground, make_pictures

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.drafts import Caption

COUNTS = (12, pytest.param(41, marks=pytest.mark.long), 63, pytest.param(96, marks=pytest.mark.long))
"""Cities; the real one below has 41 quarters, and a browser shows one of 96."""


@cache
def find_town(count: int) -> tuple[Ground, tuple[Picture, ...]]:
    if count == 12:
        ground = make_ground()
        return ground, make_pictures(ground.quarters)
    ground, picture = make_city(count)
    return ground, (picture,)


@cache
def lay(count: int, width: int) -> tuple[Board, list[Caption]]:
    ground, pictures = find_town(count)
    shapes = draw_shapes(ground)
    poles = find_poles(shapes)
    names = [str(name) for name in ground.quarters["name"]]
    captions = list_captions(pictures, names, ground.outlined, number_quarters(poles))
    return lay_board(project_town(ground, shapes, poles), width=width, rows=7)[0], captions


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Bahnhofsviertel", "Bahn|hofs|viertel"),
        ("Buchenvorstadt-Nord", "Buchen|vorstadt-Nord"),
        ("Groß Brinckmansdorf", "Groß Brinckmans|dorf"),
        ("Toitenwinkel", "Toiten|winkel"),
        ("Dampfschifffahrtsgesellschaftssiedlung", "Dampf|schiff|fahrts|ge|sell|schafts|siedlung"),
    ],
)
def test_running_text_breaks_a_name_at_its_joints(name: str, joined: str) -> None:
    assert soften_name(name, language="de").split(SOFT_HYPHEN) == joined.split("|")


def test_a_name_without_a_joint_breaks_at_its_syllables() -> None:
    assert soften_name("Kröpeliner", language="de").split(SOFT_HYPHEN) == ["Krö", "pe", "li", "ner"]


def set_style(width: int, mode: str) -> Style:
    narrow = width < NARROW
    return Style(language="de", sizes=(12.0, 12.0) if narrow else (13.0, 12.0), mode=mode, narrow=narrow)


@cache
def place(count: int, width: int, mode: str) -> list[Place]:
    return place_labels(*lay(count, width), set_style(width, mode))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", COUNTS)
def test_labels_lie_in_their_quarters_or_have_a_leader_and_none_meets_another(
    count: int, width: int, mode: str
) -> None:
    assert list_faults(*lay(count, width), place(count, width, mode)) == []


@pytest.mark.parametrize("mode", ["names", "both"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", COUNTS)
def test_every_quarter_has_a_name_or_a_number(count: int, width: int, mode: str) -> None:
    _, captions = lay(count, width)
    told = {one.quarter for one in place(count, width, mode) if one.draft.says != "v"}
    regions = {i for i, caption in enumerate(captions) if caption.region}
    if width < NARROW and count > 40:  # a phone tells who must be named; the others when they are touched
        assert {one.quarter for one in place(count, width, mode)} == regions
    elif width < NARROW:
        assert {one.quarter for one in place(count, width, mode)} == set(range(count))
    else:
        assert told == set(range(count))


@pytest.mark.parametrize("count", COUNTS)
def test_a_model_region_carries_its_name_and_its_value_however_small_it_is(count: int) -> None:
    for width in WIDTHS:
        _, captions = lay(count, width)
        for mode in MODES:
            says = {one.quarter: one.draft.says for one in place(count, width, mode) if captions[one.quarter].region}
            assert len(says) == sum(caption.region for caption in captions)
            assert set(says.values()) <= ({"nv", "v"} if width < NARROW else {"nv"}), (width, mode)


@pytest.mark.parametrize("count", COUNTS)
def test_whatever_is_selected_has_a_label_with_name_and_value(count: int) -> None:
    for width in WIDTHS:
        board, captions = lay(count, width)
        usual = place(count, width, choose_mode(count))
        regions = [one for one in usual if captions[one.quarter].region]
        chosen = place_selected(board, captions, usual, set_style(width, ""))
        assert [one.quarter for one in chosen] == list(range(count))
        for one in chosen:
            assert one.draft.says in (("nv", "v") if width < NARROW else ("nv",))
        for one in chosen if count == COUNTS[0] else chosen[::3]:
            others = [region for region in regions if region.quarter != one.quarter]
            assert list_faults(board, captions, [*others, one]) == []


@pytest.mark.real_data
@pytest.mark.parametrize(("layer", "count"), [("stadtteile/Stadtteile.shp", 13), ("stadtbezirke/Bezirke.shp", 41)])
def test_the_laws_hold_for_a_real_city(real_data: Path, layer: str, count: int) -> None:
    frame = gpd.read_file(real_data / "flensburg" / layer)
    shapes = frame.geometry.make_valid()
    names = {str(key): str(name) for key, name in zip(frame["AREA_ID"], frame["AREA_NAME"], strict=True)}
    ground, picture = make_town(shapes, names=names)
    outlines = draw_shapes(ground)
    poles = find_poles(outlines)
    captions = list_captions([picture], picture.quarter_names, picture.outlined, number_quarters(poles))
    for width in WIDTHS:
        board, _ = lay_board(project_town(ground, outlines, poles), width=width, rows=7)
        found = place_labels(board, captions, set_style(width, choose_mode(count)))
        assert list_faults(board, captions, found) == []
        assert len(found) == (count if width >= NARROW or count <= 40 else 2)


def test_two_model_regions_of_hardly_a_pixel_side_by_side_are_both_named() -> None:
    """Their leaders can't keep apart where they begin."""
    tiny = [shapely.box(5400 + 40 * n, 5480, 5440 + 40 * n, 5520) for n in range(2)]
    cells = [shapely.box(1000 * x, 1000 * y, 1000 * x + 1000, 1000 * y + 1000) for x in range(11) for y in range(11)]
    shapes = gpd.GeoSeries([shapely.difference(cell, shapely.union_all(tiny)) for cell in cells] + tiny, crs=25833)
    ground, picture = make_town(shapes, names={f"{n:03}": f"Feld {n}" for n in range(len(shapes))})
    outlines = draw_shapes(ground)
    captions = list_captions([picture], picture.quarter_names, picture.outlined, [*range(len(shapes))])
    for width in WIDTHS:
        board, _ = lay_board(project_town(ground, outlines, find_poles(outlines)), width=width, rows=7)
        found = place_labels(board, captions, set_style(width, choose_mode(len(captions))))
        assert [one.quarter for one in found] == [121, 122], width
        assert not shapely.box(*found[0].box).intersects(shapely.box(*found[1].box))


def test_above_a_hundred_only_who_must_be_named_is() -> None:
    _, captions = lay(120, 656)
    assert len(captions) > MANY
    for mode in MODES:
        told = {one.quarter for one in place(120, 656, mode)}
        assert told == {i for i, caption in enumerate(captions) if caption.region}


@pytest.mark.parametrize("count", [12, 63])
def test_places_hold_on_any_larger_scale(count: int) -> None:
    """Labels keep their size and their distance from the pole grows: so the page may use them until the next plan."""
    board, captions = lay(count, 656)
    for scale in (1.2, 1.7):
        west, top, east, bottom = board.frame
        larger = replace(
            board,
            shapes=np.array([enlarge_shape(shape, scale) for shape in board.shapes]),
            poles=board.poles * scale,
            water=enlarge_shape(board.water, scale),
            lakes=enlarge_shape(board.lakes, scale),
            frame=(west * scale, top * scale, east * scale, bottom * scale),
            closed=(),
        )
        assert list_faults(larger, captions, [enlarge(one, scale) for one in place(count, 656, "both")]) == []


def enlarge_shape(shape: shapely.Geometry, scale: float) -> shapely.Geometry:
    return affinity.scale(shape, scale, scale, origin=(0, 0))


def enlarge(one: Place, scale: float) -> Place:
    x, y = (scale * number for number in one.at)
    wide, high = one.box[2] - one.box[0], one.box[3] - one.box[1]
    west = x - wide * {"": 0.5, "left": 0, "right": 1}.get(one.side, 0.5)
    top = y - high * {"": 0.5, "top": 0, "bottom": 1}.get(one.side, 0.5)
    return replace(one, at=(x, y), box=(west, top, west + wide, top + high))


def test_numbers_run_from_the_north_and_are_each_given_once() -> None:
    ground, _ = find_town(96)
    poles = find_poles(draw_shapes(ground))
    numbers = number_quarters(poles)
    assert sorted(numbers) == list(range(1, 97))
    north = [poles.y.iloc[numbers.index(n)] for n in (1, 96)]
    assert north[0] > north[1]
    assert number_quarters(poles.iloc[::-1]) == numbers[::-1]


def test_the_page_gets_the_same_numbers_as_a_figure_and_a_text_for_each_quarter() -> None:
    ground, pictures = find_town(12)
    told = describe_places(ground, pictures, language="de")
    assert told["numbers"] == number_quarters(find_poles(draw_shapes(ground)))
    assert told["mode"] == "both"
    assert [plan["width"] for plan in told["plans"]] == list(WIDTHS)
    scales = [plan["scale"] for plan in told["plans"]]
    assert scales == sorted(scales)
    for plan in told["plans"]:
        assert all(len(plan[key].split(";")) == 12 for key in (*MODES, "selected"))


@given(st.integers(20, 200), st.integers(20, 200), st.integers(5, 60), st.integers(5, 60))
def test_a_label_lies_wholly_inside(width: int, height: int, wide: int, high: int) -> None:
    area = shapely.box(0, 0, width, height).union(shapely.box(width / 2, 0, width * 1.5, height / 3))
    board = Board(
        shapes=np.array([area]), land=area, poles=np.array([[width / 2, height / 2]]), frame=(-9, -9, 400, 400), closed=(),
        water=shapely.Point(0, 0).buffer(9), lakes=shapely.Polygon(), signs=np.empty((0, 2)),
    )  # fmt: skip
    at = find_inside(board, Taken(poles=board.poles), 0, lines=[(wide, high)], margin=0.5)
    if at:
        box = shapely.box(at[0] - wide / 2, at[1] - high / 2, at[0] + wide / 2, at[1] + high / 2)
        assert area.contains(box)
        assert not box.intersects(shapely.Point(0, 0).buffer(9))
    else:
        assert wide > width / 3 - 3 or high > height / 3 - 3


@given(st.text(alphabet="abdeilnorstu-/ ßäÄB", min_size=1, max_size=40).map(str.strip).filter(bool))
def test_a_name_keeps_its_letters_and_breaks_with_a_hyphen(name: str) -> None:
    name = " ".join(name.split())
    wordings = list_wordings(name, language="de", syllables=True)
    assert wordings[0].lines == (name,) or wordings[0].cost == 0
    for wording in wordings:
        assert judge_lines(name, list(wording.lines)) == []
        assert len(wording.lines) <= 4


def test_a_name_breaks_at_its_joints_first_and_no_syllable_ends_a_line_with_a_space() -> None:
    lines = [wording.lines for wording in list_wordings("Großwohnsiedlung", language="de", syllables=True)]
    assert lines[0] == ("Großwohnsiedlung",)
    assert ("Großwohn-", "siedlung") in lines[1:3]
    assert cut_name("Kröpeliner-Tor-Vorstadt", (11, 15)) == ("Kröpeliner-", "Tor-", "Vorstadt")
    for wording in list_wordings("Groß Kupferhorst", language="de", syllables=True):
        assert not any(" " in line and line.endswith("up-") for line in wording.lines)
    assert not any(
        "Kup-" in line
        for one in list_wordings("Groß Kupferhorst", language="de", syllables=False)
        for line in one.lines
    )


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("bold", [False, True])
def test_no_font_draws_a_text_wider_than_it_is_measured(family: str, *, bold: bool) -> None:
    for text in ("Großwohnsiedlung Kiebitzrade", "Kröpeliner-Tor-Vorstadt", "38\u00a0%", "WWW iii", "−1.234,5"):
        assert read_width(text, family=family, bold=bold, size=13) <= measure_text(text, size=13, bold=bold)


@given(st.floats(-40, 40), st.floats(-20, 20))
def test_a_sign_under_a_label_moves_off_it_and_stays_in_its_quarter(x: float, y: float) -> None:
    box, area = (-30.0, -10.0, 30.0, 10.0), shapely.box(-60, -40, 60, 40)
    moved = move_sign((x, y), [box], area=area)
    assert not (-34.5 < moved[0] < 34.5 and -14.5 < moved[1] < 14.5)
    assert area.contains(shapely.Point(moved))
    if abs(x) >= 34.5 or abs(y) >= 14.5:
        assert moved == (x, y)
