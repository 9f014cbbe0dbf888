"""Where a label has room inside its quarter, or, for a model region, beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.render.ground import find_poles
from sro_geo.render.palette import INK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from sro_geo.model.picture import Picture

_STEPS, _FINE = 24, 60
"""Places tried along each side of a quarter's frame, and of the whole map's."""

_FAR = 3.0
"""A plate may stand so many times farther away to lie off all quarters."""

LINE = 11.0
"""From one line of small type to the next, in points."""

_PADDING, _OUTLINE = 5.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that has found its place.

    Attributes
    ----------
    x, y : float
        Its middle.
    lines : tuple of str
        Name and value, or the value alone.
    box : Polygon or None
        White plate under it where the quarter has a pattern or the label stands beside it.
    ink : str
        Colour of the text.
    leader : LineString or None
        From the quarter to a label that stands beside it.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    box: shapely.Polygon | None
    ink: str
    leader: shapely.LineString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where labels may stand.

    Attributes
    ----------
    frame : Polygon
        The map's; a label beside its quarter stands in it.
    taken : sequence of Geometry
        What all labels keep off: signs and the legend.
    water : sequence of Geometry
        What labels inside their quarters keep off, too.
    """

    frame: shapely.Polygon
    taken: Sequence[shapely.Geometry]
    water: Sequence[shapely.Geometry]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quarter:
    shape: shapely.Geometry
    pole: tuple[float, float]
    ways: list[list[str]]
    ink: str
    unknown: bool
    outlined: bool


def place_labels(
    picture: Picture,
    shapes: gpd.GeoSeries,
    *,
    metres: float,
    measure: Callable[[str, str], float],
    room: Room,
) -> list[Label]:
    """Labels of all quarters in which at least the value has room, and of every model region.

    Parameters
    ----------
    picture, shapes : Picture, GeoSeries
        Texts and quarters, in the same order.
    metres : float
        Metres that one point of type stands for.
    measure : callable
        Width of a text in points, by its weight.
    room : Room
        Where labels may stand.

    Notes
    -----
    A model region carries its name and its value, whatever its size: where they have no room inside, they stand on
    a plate beside it, best where no quarter is. Model regions come first, so that the others keep off their plates.
    """
    town = shapely.unary_union(shapes.to_numpy())
    found: list[Label] = []

    def size_of(way: list[str], edge: float) -> tuple[float, float]:
        width = max(map(measure, way, list_weights(way))) + _PADDING
        return (width + edge) * metres, (len(way) * LINE + edge) * metres

    for quarter in _list_quarters(picture, shapes):
        off = [*room.taken, *(label.box for label in found if label.box)]
        label = _place_inside(quarter, size_of=size_of, taken=[*off, *room.water])
        if label is None and quarter.outlined:
            label = _place_beside(quarter, size_of=size_of, taken=off, frame=room.frame, town=town)
        found += [label] if label else []
    return found


def _list_quarters(picture: Picture, shapes: gpd.GeoSeries) -> list[_Quarter]:
    """Quarters with what they say, the model regions first."""
    poles, quarters = find_poles(shapes), []
    for number, (key, shape) in enumerate(shapes.items()):
        placed = picture.placed[number]
        unknown = picture.unknown[-1 - placed] if placed < 0 else None
        ways = list_ways(picture.quarter_names[number], picture.labels[number], short=unknown.short if unknown else "")
        quarters.append(
            _Quarter(
                shape=shape,
                pole=(poles[key].x, poles[key].y),
                ways=ways,
                ink=INK if unknown else picture.classes[placed].ink,
                unknown=unknown is not None,
                outlined=key in picture.outlined,
            )
        )
    return sorted(quarters, key=lambda quarter: not quarter.outlined)


def _place_inside(
    quarter: _Quarter,
    *,
    size_of: Callable[[list[str], float], tuple[float, float]],
    taken: Sequence[shapely.Geometry],
) -> Label | None:
    """Label inside its quarter; a model region's only with its name."""
    for way in quarter.ways:
        if quarter.outlined and len(way) == 1:
            continue
        size = size_of(way, _OUTLINE + 2 * len(way) if quarter.outlined else 0.0)
        at = find_room(quarter.shape, pole=quarter.pole, size=size, taken=taken)
        if at:
            box = _draw_box(at, size) if quarter.unknown else None
            return Label(x=at[0], y=at[1], lines=tuple(way), box=box, ink=quarter.ink)
    return None


def _place_beside(
    quarter: _Quarter,
    *,
    size_of: Callable[[list[str], float], tuple[float, float]],
    taken: Sequence[shapely.Geometry],
    frame: shapely.Polygon,
    town: shapely.Geometry,
) -> Label | None:
    """Label on a plate beside its quarter: off all quarters if that is not far, else over others."""
    way = quarter.ways[0]
    size = size_of(way, _PADDING)
    free = find_room(frame, pole=quarter.pole, size=size, taken=[*taken, town], steps=_FINE)
    over = find_room(frame, pole=quarter.pole, size=size, taken=[*taken, quarter.shape], steps=_FINE)
    if free is not None and over is not None and math.dist(free, quarter.pole) > _FAR * math.dist(over, quarter.pole):
        free = None
    at = free or over
    if at is None:
        return None
    box = _draw_box(at, size)
    leader = shapely.shortest_line(box, shapely.Point(quarter.pole))
    return Label(x=at[0], y=at[1], lines=tuple(way), box=box, ink=INK, leader=leader)


def list_weights(lines: Sequence[str]) -> list[str]:
    """Weight of each line of a label: the name is bold, the value is not."""
    return ["bold"] * (len(lines) - 1) + ["normal"]


def _draw_box(at: tuple[float, float], size: tuple[float, float]) -> shapely.Polygon:
    half_width, half_height = size[0] / 2, size[1] / 2
    return shapely.box(at[0] - half_width, at[1] - half_height, at[0] + half_width, at[1] + half_height)


def find_room(
    area: shapely.Geometry,
    *,
    pole: tuple[float, float],
    size: tuple[float, float],
    taken: Sequence[shapely.Geometry],
    steps: int = _STEPS,
) -> tuple[float, float] | None:
    """Middle of the box nearest to the pole that lies wholly inside the area and meets nothing taken.

    Parameters
    ----------
    area : Geometry
        The quarter.
    pole : tuple of float
        Where it is widest.
    size : tuple of float
        Width and height of the box, in the area's unit.
    taken : sequence of Geometry
        Rivers, signs and labels.
    steps : int
        Places tried along each side.

    Returns
    -------
    tuple of float or None
        None where no box has room.

    Examples
    --------
    >>> find_room(shapely.box(0, 0, 10, 10), pole=(5, 5), size=(4, 2), taken=[])
    (5.0, 5.0)
    >>> find_room(shapely.box(0, 0, 10, 10), pole=(5, 5), size=(11, 2), taken=[])
    """
    width, height = size
    west, south, east, north = map(float, shapely.bounds(area))
    xs = np.append(np.linspace(west + width / 2, east - width / 2, steps), pole[0])
    ys = np.append(np.linspace(south + height / 2, north - height / 2, steps), pole[1])
    if east - west < width or north - south < height:
        return None
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    order = np.argsort(((grid - pole) ** 2).sum(axis=1), kind="stable")
    boxes = shapely.box(
        grid[order, 0] - width / 2,
        grid[order, 1] - height / 2,
        grid[order, 0] + width / 2,
        grid[order, 1] + height / 2,
    )
    shapely.prepare(area)
    free = np.flatnonzero(shapely.contains(area, boxes))
    for thing in taken:
        shapely.prepare(thing)
        free = free[~shapely.intersects(thing, boxes[free])]
    if not free.size:
        return None
    x, y = grid[order][free[0]]
    return float(x), float(y)


def list_ways(name: str, value: str, *, short: str) -> list[list[str]]:
    """Ways to write a label, the best first: name and value, the name in two lines, the value, in short.

    Examples
    --------
    >>> list_ways("Neue Heide", "38 %", short="")
    [['Neue Heide', '38 %'], ['Neue', 'Heide', '38 %'], ['38 %']]
    """
    ways = [[name, value]]
    cuts = sorted(
        (i + 1 for i, sign in enumerate(name[:-1]) if sign in "-/ "), key=lambda cut: abs(cut - len(name) / 2)
    )
    if cuts:
        ways.append([name[: cuts[0]].strip(), name[cuts[0] :], value])
    ways.append([value])
    return [*ways, [short]] if short and short != value else ways
