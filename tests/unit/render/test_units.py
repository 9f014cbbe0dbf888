"""Laws of the names of larger units in cities of more than a hundred quarters; no test says which unit has room for its name."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from sro_geo.model.quarters import name_parents
from sro_geo.render.board import stack_lines
from sro_geo.render.drafts import Style
from sro_geo.render.ground import describe_ground, draw_shapes, find_poles, gather_units
from sro_geo.render.labels import Place, number_quarters, place_labels
from sro_geo.render.lettering import write_units
from sro_geo.render.places import NARROW, WIDTHS, describe_places, lay_board, lay_units, list_captions, project_town
from sro_geo.render.sheet import Sheet, lay_out
from sro_geo.render.static import draw_figure
from sro_geo.render.units import NARROW_SIZES, SIZES, draft_unit, measure_spaced, place_units, take_all, write_capitals
from sro_geo.render.vector import draw_vector
from tests.fonts import FAMILIES, read_width
from tests.label_laws import judge_lines, make_city
from tests.pdf_text import read_pdf
from tests.render_data import pick

if TYPE_CHECKING:
    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.board import Board

COUNTS = (120, *(pytest.param(count, marks=pytest.mark.long) for count in (542, 5000)))


@cache
def find_city(count: int) -> tuple[Ground, Picture]:
    return make_city(count)


@cache
def lay(count: int, width: int) -> tuple[Board, list[str], list[Place], list[shapely.Geometry]]:
    """The units as they are drawn, their names and places, and what stands on the map before: labels and leaders."""
    ground, picture = find_city(count)
    shapes = draw_shapes(ground)
    poles, narrow = find_poles(shapes), width < NARROW
    town = project_town(ground, shapes, poles)
    board, fit = lay_board(town, width=width, rows=7)
    captions = list_captions([picture], picture.quarter_names, picture.outlined, number_quarters(poles))
    style = Style(language="de", sizes=(12.0, 12.0) if narrow else (13.0, 12.0), mode="names", narrow=narrow)
    labels = place_labels(board, captions, style)
    units = lay_units(board, town, fit)
    sizes = NARROW_SIZES if narrow else SIZES
    found = place_units(units, town.unit_names, taken=take_all(board, labels), sizes=sizes, language="de")
    leaders = [shapely.LineString([board.poles[one.quarter], one.at]) for one in labels if one.side]
    return units, list(town.unit_names), found, [*(shapely.box(*one.box) for one in labels), *leaders]


def list_boxes(place: Place) -> list[shapely.Geometry]:
    (x, y), lines = place.at, stack_lines(place.draft.lines)
    return [shapely.box(x + west, y + top, x + east, y + bottom) for west, top, east, bottom in lines]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", COUNTS)
def test_names_lie_in_their_units_off_all_labels_leaders_and_each_other(count: int, width: int) -> None:
    board, names, found, others = lay(count, width)
    for place in found:
        shape = board.shapes[place.quarter]
        assert all(shape.contains(box) for box in list_boxes(place)), names[place.quarter]
        assert not any(shapely.intersects(box, other) for box, other in product(list_boxes(place), others))
        assert not any(shapely.intersects(box, board.water) for box in list_boxes(place))
        assert place.draft.font in (NARROW_SIZES if width < NARROW else SIZES)
    for one, other in combinations(found, 2):
        assert not shapely.box(*one.box).intersects(shapely.box(*other.box))


@pytest.mark.parametrize("count", COUNTS)
def test_a_name_is_left_out_only_where_it_has_no_room(count: int) -> None:
    """Tried on a grid, half a pixel stricter than the map places by."""
    board, names, found, others = lay(count, 656)
    assert len(found) > len(names) / 3
    for unit in set(range(len(names))) - {place.quarter for place in found}:
        free = shapely.difference(shapely.buffer(board.shapes[unit], -2.5), board.water)
        free = shapely.difference(free, shapely.union_all([shapely.buffer(other, 3.6) for other in others]))
        west, top, east, bottom = board.shapes[unit].bounds
        x, y = (one.ravel() for one in np.meshgrid(np.arange(west, east, 3), np.arange(top, bottom, 3)))
        for draft in draft_unit(names[unit], sizes=SIZES, language="de"):
            whole = [shapely.box(x + w, y + n, x + e, y + s) for w, n, e, s in stack_lines([draft.size])]
            boxes = [shapely.box(x + w, y + n, x + e, y + s) for w, n, e, s in stack_lines(draft.lines)]
            shapely.prepare(free)
            assert not np.logical_and.reduce([shapely.contains(free, one) for one in (*whole, *boxes)]).any()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_keeps_its_letters_and_breaks_with_a_hyphen(width: int) -> None:
    _, names, found, _ = lay(120, width)
    assert found or width < NARROW
    for place in found:
        name = names[place.quarter]
        assert judge_lines(name.upper(), list(write_capitals(name, place.draft.cuts))) == []


def test_a_name_rather_gets_smaller_than_broken_and_is_broken_at_joints_alone() -> None:
    ways = [(draft.font, len(draft.lines)) for draft in draft_unit("Krummhorst", sizes=SIZES, language="de")]
    assert ways[:3] == [(15.0, 1), (14.0, 1), (13.0, 1)]
    words = draft_unit("Werftwinkel Am Bahnhof", sizes=SIZES, language="de")
    assert [(one.font, len(one.lines)) for one in words][3] == (15.0, 2)
    cuts = {one.cuts for one in draft_unit("Kröpeliner", sizes=SIZES, language="de")}
    assert cuts == {()}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_font_draws_spaced_capitals_wider_than_they_are_measured(family: str) -> None:
    for text in ("GROSSWOHNSIEDLUNG", "KRÖPELINER-TOR-VORSTADT", "AM BAHNHOF", "WWW"):
        drawn = read_width(text, family=family, bold=False, size=14) + 0.1 * 14 * len(text)
        assert drawn <= measure_spaced(text, size=14)


@pytest.mark.parametrize("scale", [1.3, 2.0])
def test_places_hold_on_any_larger_scale(scale: float) -> None:
    """Names keep their size while the map grows: where all was free, it stays so."""
    board, _, found, others = lay(120, 656)
    for place in found:
        shape = shapely.transform(board.shapes[place.quarter], lambda xy: xy * scale)
        half = np.array([place.box[2] - place.box[0], place.box[3] - place.box[1]]) / 2
        box = shapely.box(*(np.array(place.at) * scale - half), *(np.array(place.at) * scale + half))
        assert all(shape.contains(one) for one in [box] if len(place.draft.lines) == 1)
        assert box.within(shapely.transform(shapely.box(*place.box), lambda xy: xy * scale))
        assert not any(box.intersects(shapely.transform(one, lambda xy: xy * scale)) for one in others)


def test_borders_are_those_of_the_quarters_without_a_point_of_their_own() -> None:
    ground, _ = find_city(120)
    told: Any = describe_ground(ground)["quarters"]
    united, parents = gather_units(ground), name_parents(ground.quarters)
    assert [unit["name"] for unit in told["units"]] == sorted(set(parents.values())) == list(united.index)
    drawn = draw_shapes(ground)
    for name, shape in united.items():
        own = drawn[[parents[str(key)] == name for key in drawn.index]]
        assert shape.area == pytest.approx(own.area.sum())
    used = {at for feature in told["features"] for part in feature["parts"] for ring in part for at in np.cumsum(ring)}
    assert used == set(range(len(told["points"])))
    for unit in told["units"]:
        assert {at for part in unit["parts"] for ring in part for at in np.cumsum(ring)} <= used


def test_a_town_of_few_quarters_names_them_and_no_units() -> None:
    ground, picture = make_city(20)
    assert name_parents(ground.quarters)
    assert gather_units(ground).empty
    assert describe_ground(ground)["quarters"]["units"] == []
    assert {plan["units"] for plan in describe_places(ground, [picture], language="de")["plans"]} == {""}


def test_the_page_gets_a_text_for_each_unit_and_width() -> None:
    ground, picture = find_city(120)
    plans = describe_places(ground, [picture], language="de")["plans"]
    units = len(gather_units(ground))
    for plan in plans:
        assert len(plan["units"].split(";")) == units
    assert sum(bool(text) for text in plans[-1]["units"].split(";")) > units / 2


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    ground, picture = find_city(120)
    shapes = draw_shapes(ground)
    return lay_out(picture, ground, shapes=shapes, words=pick("de"), language="de", printed=True)


def test_a_figure_names_units_by_the_same_laws(sheet: Sheet) -> None:
    ground, _ = find_city(120)
    units, placed = gather_units(ground), sheet.placed
    assert len(placed.units) > len(units) / 2
    drawn = dict(zip(units.index, sheet.frame.lay(units.to_numpy()), strict=True))
    for name, place in placed.units:
        assert all(drawn[name].contains(box) for box in list_boxes(place)), name
        assert place.draft.font in (11.25, 10.5, 9.75)
    boxes = [shapely.box(*box) for box in placed.boxes]
    assert not any(shapely.area(one & other) > 0 for one, other in combinations(boxes, 2))


def test_markup_and_paper_hold_the_names_as_text_and_say_what_the_line_means(sheet: Sheet) -> None:
    ground, picture = find_city(120)
    lines = [one.text for one in write_units(sheet.placed)]
    markup = draw_vector(picture, ground, words=pick("de"), language="de")
    paper = "\n".join(read_pdf(draw_figure(picture, ground, words=pick("de"), language="de", form="pdf")))
    for told in (markup, paper.replace("\u200a", "")):
        assert "größeres Gebiet" in told
        assert [line for line in lines if line not in told] == []
    assert all(markup.count(f">{line}<") == 2 * lines.count(line) for line in lines)  # white, and ink on it
    assert markup.count('href="#sro-units"') == 2
    few, one = make_city(20)
    assert "größeres Gebiet" not in draw_vector(one, few, words=pick("de"), language="de")
