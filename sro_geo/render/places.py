"""Places of a page's labels, finished for four widths: the page only picks among them and draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from sro_geo.render.board import Board
from sro_geo.render.drafts import MODES, NUMBER, Caption, Style
from sro_geo.render.ground import draw_shapes, find_poles, gather_units, is_coverage, split_water, unite
from sro_geo.render.hexagons import gather_offers
from sro_geo.render.labels import MANY, choose_mode, number_quarters, place_labels, place_selected
from sro_geo.render.units import NARROW_SIZES, SIZES, place_units, share_board, take_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.board import Box
    from sro_geo.render.labels import Place

WIDTHS = (288, 540, 656, 1040)
"""Pixels of the map on a phone of 320, on a tablet, on a screen and in print, and in the wide view."""

NARROW = 500
"""A map of fewer pixels is a phone's."""

_PAD, _RIVER_PAD, _BESIDE = 6, 18, 184
_LEGEND, _ROW, _HEAD, _AROUND = 168, 24, 56, 8
_LOST = 0.73
"""Beside its legend a map keeps so much of its scale, else the legend stands below."""

_MERCATOR = 3857
_HEIGHTS = {True: (240, 660), False: (240, 1000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town in the page's projection, metres of the equator; y counts down. `units` are larger ones that the map names."""

    shapes: np.ndarray
    land: shapely.Geometry
    poles: np.ndarray
    units: np.ndarray
    unit_poles: np.ndarray
    unit_names: tuple[str, ...]
    rivers: shapely.Geometry
    bridges: shapely.Geometry
    lakes: shapely.Geometry
    signs: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A town in a box of pixels: as wide and high, pixels in a metre, where the town's corner lies, the legend's corner."""

    width: int
    height: float
    scale: float
    left: float
    top: float
    corner: str


def describe_places(ground: Ground, pictures: Sequence[Picture], *, language: str) -> dict[str, Any]:
    """Labels of a page.

    Returns
    -------
    dict
        `mode`: what labels say at first; `numbers`: of each quarter in the key; `plans`: for each width its `scale` in
        pixels for a metre of the page's projection, the legend's `corner` and, for each mode and for the selected
        quarter, one text in which the labels of all quarters stand one after the other, divided by `;`. Of more than
        `MANY` quarters the page places the selected one itself; their `units`, the names of larger units, stand in one more text.

    Notes
    -----
    A label's text is letters, size, distance from the quarter's pole in pixels, and where its name is cut, or how wide a value
    may be to stand there; behind `/` where it stands if it is wider. On any larger scale the same places hold: what a label
    covers of the map becomes less. So the page takes the plan of the largest scale that is not above its own.
    """
    shapes = draw_shapes(ground)
    poles = find_poles(shapes)
    town = project_town(ground, shapes, poles)
    numbers = number_quarters(poles)
    captions = list_captions(pictures, [str(name) for name in ground.quarters["name"]], ground.outlined, numbers)
    rows = max(len(picture.classes) + len(picture.unknown) for picture in pictures)
    plans = [_plan(town, captions, width=width, rows=rows, language=language) for width in WIDTHS]
    return {"mode": choose_mode(len(captions)), "numbers": numbers, "plans": plans}


def list_captions(
    pictures: Sequence[Picture], names: Sequence[str], outlined: Sequence[str], numbers: Sequence[int]
) -> list[Caption]:
    """What may be written for each quarter, over all the pictures."""
    captions = []
    for i, (name, key) in enumerate(zip(names, pictures[0].quarter_ids, strict=True)):
        values = [picture.labels[i] for picture in pictures]
        short = [p.unknown[-1 - p.placed[i]].short if p.placed[i] < 0 else p.labels[i] for p in pictures]
        captions.append(
            Caption(
                name=name,
                values=tuple(dict.fromkeys(values)),
                short=tuple(dict.fromkeys(short)),
                number=str(numbers[i]),
                region=key in outlined,
            )
        )
    return captions


def project_town(ground: Ground, shapes: gpd.GeoSeries, poles: gpd.GeoSeries) -> Town:
    """A town in the projection in which the page draws it."""

    def turn(series: gpd.GeoSeries) -> np.ndarray:
        flat = series.to_crs(_MERCATOR).to_numpy() if len(series) else np.array([], dtype=object)
        return np.asarray(shapely.transform(flat, lambda xy: xy * (1, -1)))

    waters = split_water(ground)
    rivers, bridges, lakes = (
        shapely.union_all(turn(frame.geometry)) for frame in (waters.rivers, waters.bridges, waters.areas)
    )
    points = gather_offers(ground).geometry
    points = points[points.notna() & ~points.is_empty]
    turned, units = turn(shapes), gather_units(ground)
    return Town(
        shapes=turned,
        land=unite(turned, coverage=is_coverage(ground)),
        poles=shapely.get_coordinates(turn(poles)),
        units=turn(units),
        unit_poles=shapely.get_coordinates(turn(find_poles(units))).reshape(-1, 2),
        unit_names=tuple(map(str, units.index)),
        rivers=rivers,
        bridges=bridges,
        lakes=lakes,
        signs=shapely.get_coordinates(turn(points)).reshape(-1, 2),
    )


def _plan(town: Town, captions: Sequence[Caption], *, width: int, rows: int, language: str) -> dict[str, Any]:
    narrow, (board, fit) = width < NARROW, lay_board(town, width=width, rows=rows)
    usual = Style(language=language, sizes=(12.0, 12.0) if narrow else (13.0, 12.0), mode="", narrow=narrow)
    placed: dict[str, list[Place]] = {}
    regions: list[Place] = []
    for mode in MODES:
        placed[mode] = place_labels(board, captions, replace(usual, mode=mode), known=regions)
        regions = [one for one in placed[mode] if captions[one.quarter].region and one.draft.says != NUMBER]
    usually = placed[choose_mode(len(captions))]
    placed["selected"] = place_selected(board, captions, usually, usual) if len(captions) <= MANY else []
    texts = {mode: _write(board, len(captions), places) for mode, places in placed.items()}
    units = lay_units(board, town, fit)
    sizes = NARROW_SIZES if narrow else SIZES
    named = place_units(units, town.unit_names, taken=take_all(board, usually), sizes=sizes, language=language)
    told = {"width": width, "scale": fit.scale, "corner": fit.corner, **texts}
    return {**told, "units": _write(units, len(town.unit_names), named)}


def _write(board: Board, count: int, places: Sequence[Place]) -> str:
    texts = [""] * count
    for place in places:
        both = (_write_one(board, one) for one in (place, place.spare) if one)
        texts[place.quarter] = "/".join(both)
    return ";".join(texts)


def _write_one(board: Board, place: Place) -> str:
    draft = place.draft
    letters = f"{draft.says}{'k' * draft.short}{place.side[:1]}{'p' * place.plate}{'f' * draft.bold}"
    away = [f"{number:.1f}".removesuffix(".0") for number in np.array(place.at) - board.poles[place.quarter]]
    widest = [] if draft.widest is None else [f"{draft.widest:.0f}"]
    return " ".join([letters, f"{draft.font:g}", *away, *map(str, draft.cuts), *widest])


def fit_town(shapes: np.ndarray, *, width: int, rows: int, river: bool) -> Fit:
    """Town in a box of a width, with room for its legend: in a corner that no quarter reaches, beside it, or below.

    `map.js` fits by the same rules, and takes the corner from here.
    """
    west, north, east, south = shapely.total_bounds(shapes)
    low, high = _HEIGHTS[width < WIDTHS[-1]]
    ratio = (south - north) / (east - west)
    height = round(min(max(width * ratio, low), width * 1.3 if width < NARROW else high))
    bottom = _RIVER_PAD if river else _PAD

    def fit(left: int, corner: str) -> Fit:
        scale = min((width - left - _PAD) / (east - west), (height - _PAD - bottom) / (south - north))
        x = left + (width - left - _PAD - (east - west) * scale) / 2
        y = _PAD + (height - _PAD - bottom - (south - north) * scale) / 2
        return Fit(width=width, height=height, scale=scale, left=x - west * scale, top=y - north * scale, corner=corner)

    below = fit(_PAD, "below")
    if width < NARROW:
        return below
    for corner in ("bottom-left", "bottom-right", "top-left", "top-right"):
        legend = shapely.box(*find_legend(replace(below, corner=corner), high=_HEAD + rows * _ROW))
        if not shapely.intersects(shapes, _scale_back(shapely.buffer(legend, _AROUND), below)).any():
            return replace(below, corner=corner)
    beside = fit(_BESIDE, "beside")
    return beside if beside.scale >= _LOST * below.scale else below


def find_legend(fit: Fit, *, high: float) -> Box:
    """Box of a legend in its corner."""
    x = fit.width - _LEGEND if fit.corner.endswith("right") else 0.0
    y = 0.0 if fit.corner.startswith("top") else fit.height - high
    return (x, y, x + _LEGEND, y + high)


def lay_units(board: Board, town: Town, fit: Fit) -> Board:
    """The same map, its shapes and poles those of the larger units."""
    shapes = _scale(town.units, fit) if len(town.units) else town.units
    return share_board(board, shapes=shapes, poles=town.unit_poles * fit.scale + (fit.left, fit.top))


def _scale(shapes: np.ndarray, fit: Fit) -> np.ndarray:
    return np.asarray(shapely.transform(shapes, lambda xy: xy * fit.scale + (fit.left, fit.top)))


def _scale_back(shape: shapely.Geometry, fit: Fit) -> shapely.Geometry:
    return shapely.transform(shape, lambda xy: (xy - (fit.left, fit.top)) / fit.scale)


def lay_board(town: Town, *, width: int, rows: int) -> tuple[Board, Fit]:
    """The town in pixels. Sideways labels may stand where paper is sure to be, up and down hardly beyond the town."""
    fit = fit_town(town.shapes, width=width, rows=rows, river=not shapely.is_empty(town.rivers))
    shapes, shift = _scale(town.shapes, fit), (fit.left, fit.top)
    land, rivers, bridges, lakes = (
        _scale(np.array([one]), fit)[0] for one in (town.land, town.rivers, town.bridges, town.lakes)
    )
    _, north, _, south = shapely.total_bounds(shapes)
    left = _BESIDE - _AROUND if fit.corner == "beside" else 2.0
    board = Board(
        shapes=shapes,
        land=land,
        poles=town.poles * fit.scale + shift,
        frame=(left, float(north) - 5, fit.width - 2.0, float(south) + 5),
        closed=(find_legend(fit, high=_HEAD + rows * _ROW),) if "-" in fit.corner else (),
        water=shapely.union_all([shapely.buffer(rivers, 7), shapely.buffer(bridges, 5), shapely.buffer(lakes, 1)]),
        lakes=lakes,
        signs=town.signs * fit.scale + shift,
    )
    return board, fit
