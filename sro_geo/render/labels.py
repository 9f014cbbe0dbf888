"""Where a label has room inside its quarter."""

from __future__ import annotations

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

_STEPS = 24
"""Places tried along each side of a quarter's frame."""

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
        White plate under it where the quarter has a pattern.
    ink : str
        Colour of the text.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    box: shapely.Polygon | None
    ink: str


def place_labels(
    picture: Picture,
    shapes: gpd.GeoSeries,
    *,
    metres: float,
    measure: Callable[[str, str], float],
    taken: Sequence[shapely.Geometry],
) -> list[Label]:
    """Labels of all quarters in which at least the value has room.

    Parameters
    ----------
    picture, shapes : Picture, GeoSeries
        Texts and quarters, in the same order.
    metres : float
        Metres that one point of type stands for.
    measure : callable
        Width of a text in points, by its weight.
    taken : sequence of Geometry
        What labels keep off.
    """
    found = []
    poles = find_poles(shapes)
    for number, (key, shape) in enumerate(shapes.items()):
        placed = picture.placed[number]
        unknown = picture.unknown[-1 - placed] if placed < 0 else None
        ways = list_ways(picture.quarter_names[number], picture.labels[number], short=unknown.short if unknown else "")
        for way in ways:
            width = max(map(measure, way, list_weights(way))) + _PADDING
            edge = _OUTLINE + 2 * len(way) if key in picture.outlined else 0.0
            size = ((width + edge) * metres, (len(way) * LINE + edge) * metres)
            at = find_room(shape, pole=(poles[key].x, poles[key].y), size=size, taken=taken)
            if at:
                box = _draw_box(at, size) if unknown else None
                ink = INK if unknown else picture.classes[placed].ink
                found.append(Label(x=at[0], y=at[1], lines=tuple(way), box=box, ink=ink))
                break
    return found


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
    xs = np.append(np.linspace(west + width / 2, east - width / 2, _STEPS), pole[0])
    ys = np.append(np.linspace(south + height / 2, north - height / 2, _STEPS), pole[1])
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
    free = shapely.contains(area, boxes)
    for thing in taken:
        free &= ~shapely.intersects(boxes, thing)
    if not free.any():
        return None
    x, y = grid[order][free.argmax()]
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
