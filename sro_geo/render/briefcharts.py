"""What is drawn on the sheet of a quarter: where it lies, its dimensions, its years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from sro_geo.render.ground import split_water
from sro_geo.render.palette import ACCENT, BORDER, HAIRLINE, INK, NOTES, PANEL, WHITE
from sro_geo.render.paper import add_town, cut_text, draw_lines, draw_water, measure, patch, stroke, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sro_geo.model.atlas import Part, Profile
    from sro_geo.model.brief import Curve
    from sro_geo.model.picture import Ground
    from sro_geo.render.ground import Waters
    from sro_geo.render.paper import Leaf
    from sro_geo.text.speaker import Speaker

_FINENESS = 900
"""A locator map is small: detail below the town's extent divided by this is left out."""

_DARK, _CITY = "#454c54", "#7a828b"
_SIZE, _SMALL = 8.25, 8.0
_PART, _NAME, _NUMBER, _GIVEN = 17.0, 66.0, 52.0, 62.0
_CHART, _STEP, _APART = 46.0, 63.0, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The town as all its sheets show it: each quarter, all of them at once, water, model regions."""

    shapes: gpd.GeoSeries
    whole: shapely.Geometry
    waters: Waters
    outlined: tuple[str, ...]


def prepare_town(ground: Ground) -> Town:
    """Shapes of the small map, once for all sheets."""
    shapes = ground.quarters.geometry
    west, south, east, north = shapes.total_bounds
    tolerance = max(east - west, north - south) / _FINENESS
    if shapely.coverage_is_valid(shapes.to_numpy()):
        simple = shapely.coverage_simplify(shapes.to_numpy(), tolerance)
    else:
        simple = shapely.simplify(shapes.to_numpy(), tolerance / 2)
    return Town(
        shapes=gpd.GeoSeries(simple, index=shapes.index, crs=shapes.crs),
        whole=shapely.MultiPolygon([*shapely.get_parts(simple)]),
        waters=split_water(ground),
        outlined=ground.outlined,
    )


def draw_locator(leaf: Leaf, town: Town, quarter_id: str, *, box: Sequence[float]) -> None:
    """Where a quarter lies: dark, model regions outlined. `box` is left, top, width and height."""
    west, south, east, north = town.shapes.total_bounds
    metres = max((east - west) / box[2], (north - south) / box[3]) * 1.03
    corner = {"west": (west + east - box[2] * metres) / 2, "south": (south + north - box[3] * metres) / 2}
    axes = add_town(leaf, box, **corner, metres=metres)
    patch(axes, town.whole, facecolor=PANEL, edgecolor=BORDER, linewidth=0.4)
    patch(axes, town.shapes[quarter_id], facecolor=_DARK, edgecolor=_DARK, linewidth=0.4)
    draw_water(axes, town.waters, scale=0.4)
    draw_lines(axes, town.waters.bridges, widths={1.6: INK, 0.8: WHITE}, level=2.5)
    for key in town.outlined:
        for width, colour in ((2.6, WHITE), (1.3, INK)):
            stroke(axes, town.shapes[key], colour=colour, width=width)


def draw_parts(leaf: Leaf, profile: Profile, place: Sequence[float], *, head: str, voice: Speaker) -> float:
    """Dimensions on rails from 0 to 100 with what each contributes; gives back the lower edge. `place`: left, top, width."""
    left, y, wide = place
    rail = (left + _NAME, left + wide - _NUMBER - _GIVEN)
    for x, text, across in ((rail[0], "0", "left"), (rail[1], "100", "right")):
        write(leaf.axes, x, y + 3, text, fontsize=_SMALL, color=NOTES, ha=across, va="center_baseline")
    given = [abs(part.contribution) for part in profile.parts if part.contribution is not None]
    if given:
        write(leaf.axes, left + wide, y + 3, head, fontsize=_SMALL, color=NOTES, ha="right", va="center_baseline")
    y += 7
    for part in profile.parts:
        middle = y + _PART / 2
        write(leaf.axes, left, middle, part.name, fontsize=_SIZE, va="center_baseline")
        if part.score is None:
            write(leaf.axes, rail[0], middle, part.number, fontsize=_SIZE, color=NOTES, va="center_baseline")
        else:
            _draw_rail(leaf, part, middle, rail=rail)
        if part.contribution is not None:
            told = voice.signed(part.contribution, digits=1)
            _draw_given(leaf, part.contribution / (max(given) or 1.0), told, at=(left + wide, middle))
        y += _PART
    return y


def _draw_rail(leaf: Leaf, part: Part, y: float, *, rail: tuple[float, float]) -> None:
    at = [rail[0] + (rail[1] - rail[0]) * (number or 0.0) / 100 for number in (part.score, part.city)]
    leaf.axes.plot(rail, [y, y], color=HAIRLINE, linewidth=1.6)
    if part.city is not None:
        leaf.axes.plot(at, [y, y], color=_CITY, linewidth=1.6)
        leaf.axes.plot([at[1], at[1]], [y - 5, y + 5], color=INK, linewidth=1.5)
    leaf.axes.plot(at[0], y, marker="o", mfc=ACCENT, mec=ACCENT, ms=5.5, linestyle="none", zorder=3)
    style = {"fontweight": "bold", "ha": "right", "va": "center_baseline"}
    write(leaf.axes, rail[1] + _NUMBER - 18, y, part.number, fontsize=_SIZE, **style)


def _draw_given(leaf: Leaf, share: float, told: str, *, at: tuple[float, float]) -> None:
    """Contribution as a small bar left or right of zero, and as a number up to the right edge."""
    right, y = at
    zero, long = right - 46, 14 * share
    patch(leaf.axes, shapely.box(min(zero, zero + long), y - 4, max(zero, zero + long), y + 4), facecolor=_CITY)
    leaf.axes.plot([zero, zero], [y - 6, y + 6], color=_CITY, linewidth=0.8)
    write(leaf.axes, right, y, told, fontsize=_SIZE, ha="right", va="center_baseline")


def draw_curves(
    leaf: Leaf, curves: Sequence[Curve], room: Sequence[float], *, names: Sequence[str], shock: int
) -> float:
    """Small charts of the years, two beside each other; gives back the lower edge.

    Parameters
    ----------
    leaf, curves : Leaf, sequence of Curve
        Where, and what.
    room : sequence of float
        Left, top and width.
    names : sequence of str
        What the key calls the quarter, the city and the event.
    shock : int
        Year of the event.
    """
    left, y, wide = room
    half = (wide - 16) / 2
    for number, curve in enumerate(curves):
        corner = (left + (half + 16) * (number % 2), y + _STEP * (number // 2))
        _draw_curve(leaf, curve, (*corner, half), shock=shock)
    happened = any(shock in curve.years for curve in curves)
    below = y + _STEP * ((len(curves) + 1) // 2)
    return _draw_key(leaf, (left, below, wide), names if happened else names[:2])


def _draw_curve(leaf: Leaf, curve: Curve, room: tuple[float, float, float], *, shock: int) -> None:
    """One chart from 0 up: the city grey, the quarter over it, the last values at the ends."""
    left, top, wide = room
    name = cut_text(curve.name, wide, size=_SMALL, weight="bold")
    write(leaf.axes, left, top + 4, name, fontsize=_SMALL, fontweight="bold", va="center_baseline")
    told = max([measure(text, _SMALL) for text in (curve.label, curve.city_label) if text], default=0.0)
    right, base, high = left + wide - told - 6, top + _CHART, _CHART - 16
    numbers = [number for number in (*curve.own, *curve.city) if number is not None]
    low = min([0.0, *numbers])
    span = max(numbers) - low or 1.0
    steps = max(len(curve.years) - 1, 1)
    axes = leaf.axes

    def at(index: int, number: float) -> tuple[float, float]:
        return left + (right - left) * index / steps, base - high * (number - low) / span

    axes.plot([left, right], [at(0, 0)[1]] * 2, color=HAIRLINE, linewidth=0.8)
    if shock in curve.years:
        x = at(curve.years.index(shock), 0)[0]
        axes.plot([x, x], [base, base - high - 2], color=INK, linewidth=0.8, linestyle=":")
    broken = [curve.years.index(one.year) for one in curve.breaks]
    for index in broken:
        x = at(index, 0)[0] - (right - left) / steps / 2  # between the years that it parts
        axes.plot([x, x], [base, base - high - 2], color=INK, linewidth=0.5)
    for line, colour, width in ((curve.city, _CITY, 1.3), (curve.own, ACCENT, 1.8)):
        for piece in _cut_line(line, broken):
            xs, ys = zip(*(at(index, number) for index, number in piece), strict=True)
            marker = "o" if len(piece) == 1 else ""
            axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="round", marker=marker, ms=2.4, zorder=2)
    for x, year, across in ((left, curve.years[0], "left"), (right, curve.years[-1], "right")):
        write(axes, x, base + 7, str(year), fontsize=_SMALL, color=NOTES, ha=across, va="center_baseline")
    _label_ends(leaf, curve, right + 5, base, level=lambda number: at(0, number)[1])


def _label_ends(leaf: Leaf, curve: Curve, x: float, base: float, *, level: Callable[[float], float]) -> None:
    """Last values of the city and the quarter, pushed apart."""
    lines = ((curve.city, curve.city_label, NOTES, "normal"), (curve.own, curve.label, ACCENT, "bold"))
    ends = sorted(
        (level(line[-1]), text, colour, weight) for line, text, colour, weight in lines if line[-1] is not None
    )
    for y, (_, text, colour, weight) in zip(_part_labels([end[0] for end in ends], base), ends, strict=True):
        write(leaf.axes, x, y, text, fontsize=_SMALL, color=colour, fontweight=weight, va="center_baseline")


def _part_labels(places: Sequence[float], base: float) -> list[float]:
    """Middle lines of labels from top to bottom, pushed apart and kept above the axis."""
    parted: list[float] = []
    for y in places:
        parted.append(max(y, parted[-1] + _APART) if parted else y)
    over = max(0.0, parted[-1] - base) if parted else 0.0
    return [y - over for y in parted]


def _cut_line(line: Sequence[float | None], broken: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Pieces of a line between its gaps and before each place where its series is broken."""
    runs = groupby(enumerate(line), key=lambda one: (one[1] is not None, sum(at <= one[0] for at in broken)))
    return [[(index, number) for index, number in run if number is not None] for (known, _), run in runs if known]


def tell_breaks(curves: Sequence[Curve]) -> list[str]:
    """Each break once, with the names of the curves that have it: `Bruch in der Zeitreihe 2017: neuer Zensus (Arbeitslose)`."""
    names: dict[str, list[str]] = {}
    for curve in curves:
        for one in curve.breaks:
            names.setdefault(one.text, []).append(curve.name)
    return [f"{text} ({', '.join(own)})" for text, own in names.items()]


def _draw_key(leaf: Leaf, room: tuple[float, float, float], names: Sequence[str]) -> float:
    """What the lines are: the quarter, the city, and below them the event where there is one."""
    left, y, wide = room
    half = (wide - 16) / 2
    places = ((left, y + 5, half), (left + half + 16, y + 5, half), (left, y + 16, wide))
    for name, colour, line, (x, middle, most) in zip(names, (ACCENT, _CITY, INK), "--:", places, strict=False):
        leaf.axes.plot([x, x + 12], [middle, middle], color=colour, linewidth=1.6, linestyle=line)
        told = cut_text(name, most - 16, size=_SMALL)
        write(leaf.axes, x + 16, middle, told, fontsize=_SMALL, color=NOTES, va="center_baseline")
    return y + 11 * (len(names) - 1)
