"""Boundaries, water and offers in the form that a browser draws: degrees, few decimals, each shape once."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sro_geo.model.picture import Overlays
from sro_geo.model.quarters import name_parents
from sro_geo.render.hexagons import count_gathered, gather_offers, list_sizes, scale_sign
from sro_geo.render.labels import MANY
from sro_geo.render.topology import share_points

if TYPE_CHECKING:
    from sro_geo.model.picture import Ground

DECIMALS = 5
"""Decimals of a degree: about a metre."""

_FINENESS = 2500
"""Detail below the town's extent divided by this is left out: on a map of 672 pixels, eight times enlarged, it is under one pixel."""

RIVER, BRIDGE = "fluss", "bruecke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waters:
    """Water as it is drawn, in the quarters' metres.

    Attributes
    ----------
    areas : GeoDataFrame
        Sea and broad rivers.
    rivers, bridges : GeoDataFrame
        Lines with a column name.
    """

    areas: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    bridges: gpd.GeoDataFrame


def split_water(ground: Ground) -> Waters:
    """Water by the way it is drawn. Lines that are neither river nor bridge (barriers) are not drawn."""
    crs = ground.quarters.crs
    water = ground.water
    if water is None:
        water = gpd.GeoDataFrame({"name": [], "art": []}, geometry=gpd.GeoSeries([], crs=crs))
    water = water.to_crs(crs) if water.crs != crs else water
    flat = water.geom_type.isin(["Polygon", "MultiPolygon"])
    return Waters(
        areas=water[flat],
        rivers=water[~flat & (water["art"] == RIVER)],
        bridges=water[~flat & (water["art"] == BRIDGE)],
    )


def draw_shapes(ground: Ground) -> gpd.GeoSeries:
    """Boundaries without detail that no eye sees; neighbours keep their common border."""
    shapes = ground.quarters.geometry
    return gpd.GeoSeries(_thin(tuple(shapes.to_numpy()))[0], index=shapes.index, crs=shapes.crs)


def is_coverage(ground: Ground) -> bool:
    """Whether neighbours have one border: no two quarters overlap, none leaves a sliver between."""
    return _thin(tuple(ground.quarters.geometry.to_numpy()))[1]


@lru_cache(maxsize=1)  # all maps of a study have the same quarters
def _thin(shapes: tuple[shapely.Geometry, ...]) -> tuple[np.ndarray, bool]:
    areas = np.array(shapes, dtype=object)
    west, south, east, north = shapely.total_bounds(areas)
    tolerance = max(east - west, north - south) / _FINENESS
    if shapely.coverage_is_valid(areas):
        return np.asarray(shapely.coverage_simplify(areas, tolerance)), True
    return np.asarray(shapely.simplify(areas, tolerance / 2)), False


def unite(shapes: np.ndarray, *, coverage: bool) -> shapely.Geometry:
    """All areas in one; of a coverage it is found much sooner."""
    return shapely.coverage_union_all(shapes) if coverage else shapely.union_all(shapes)


def gather_units(ground: Ground, shapes: gpd.GeoSeries | None = None) -> gpd.GeoSeries:
    """Larger units that a map shows, by name; none of a city whose quarters are few enough to be named themselves.

    Parameters
    ----------
    ground : Ground
        What knows which quarter belongs to which unit.
    shapes : GeoSeries or None
        Quarters as they are drawn, by key; those of `draw_shapes` where not given.
    """
    shapes = draw_shapes(ground) if shapes is None else shapes
    parents = name_parents(ground.quarters) if len(ground.quarters) > MANY else {}
    names = tuple(parents.get(str(key), "") for key in shapes.index)
    united = _unite_units(tuple(shapes.to_numpy()), names, is_coverage(ground))
    return gpd.GeoSeries([*united.values()], index=[*united], crs=shapes.crs)


@lru_cache(maxsize=2)  # as they are drawn on a page and on a figure without script
def _unite_units(
    shapes: tuple[shapely.Geometry, ...],
    names: tuple[str, ...],
    coverage: bool,  # noqa: FBT001  the key of a cache
) -> dict[str, shapely.Geometry]:
    areas, own = np.array(shapes, dtype=object), np.array(names)
    return {name: unite(areas[own == name], coverage=coverage) for name in sorted({*names} - {""})}


def find_poles(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Point of each area that is farthest from its border: where a label has most room."""
    return gpd.GeoSeries(_find_poles(tuple(shapes.to_numpy())), index=shapes.index, crs=shapes.crs)


@lru_cache(maxsize=4)  # the same quarters stand on every map
def _find_poles(shapes: tuple[shapely.Geometry, ...]) -> np.ndarray:
    areas = np.array(shapes, dtype=object)
    tolerance = np.maximum(np.sqrt(shapely.area(areas)) / 200, 0.01)
    return np.asarray(shapely.get_point(shapely.maximum_inscribed_circle(areas, tolerance=tolerance), 0))


def keep_overlay(ground: Ground, slug: str) -> Ground:
    """Ground with what lies on one map alone."""
    own = {key: one for key, one in ground.overlays.by_map.items() if key == slug}
    streets = ground.overlays.streets if any(one.reached is not None for one in own.values()) else None
    return replace(ground, overlays=Overlays(streets=streets, by_map=own))


def describe_ground(ground: Ground) -> dict[str, Any]:
    """Ground as plain values for the page.

    Returns
    -------
    dict
        `quarters`: points in degrees; features, each with id, name, pole (lon, lat), outlined, and its parts, see
        `share_points`; units, larger ones that the map shows, each with name, pole and parts;
        `water`, `rivers`, `bridges`: lists of name and geometry; `offers`: kind, name, provider, position,
        number of the quarter or −1, for how many a sign stands (None for a point) and how large it is;
        `sizes`: what sizes mean, by kind; `gathered`: offers in each quarter and, last, outside, by kind; `symbols`: kind,
        name, plural, symbol; `streets`: lines; `overlays`: by map, rings of `gaps` and lines `reached`, None where it has
        none; `basemap`: name, server, tiles and credit, or None.
    """
    shapes = draw_shapes(ground)
    units = gather_units(ground)
    points, parts = share_points(np.concatenate([_to_degrees(shapes).to_numpy(), _to_degrees(units).to_numpy()]))
    poles = _list_poles(shapes)
    features = [
        {
            "id": str(key),
            "properties": {"name": str(name), "pole": pole, "outlined": key in ground.outlined},
            "parts": own,
        }
        for key, name, pole, own in zip(shapes.index, ground.quarters["name"], poles, parts, strict=False)
    ]
    larger = [
        {"name": str(name), "pole": pole, "parts": own}
        for name, pole, own in zip(units.index, _list_poles(units), parts[len(shapes) :], strict=True)
    ]
    waters = split_water(ground)
    return {
        "quarters": {"points": points, "features": features, "units": larger},
        "water": _describe_lines(waters.areas),
        "rivers": _describe_lines(waters.rivers),
        "bridges": _describe_lines(waters.bridges),
        "offers": _describe_offers(ground),
        "sizes": _describe_sizes(ground),
        "gathered": {
            kind: counts for kind, counts in count_gathered(ground).items() if kind in {s.kind for s in ground.symbols}
        },
        "streets": _list_lines(ground.overlays.streets, ground) or [],
        "overlays": {
            slug: {"gaps": _list_lines(one.gaps, ground), "reached": _list_lines(one.reached, ground)}
            for slug, one in ground.overlays.by_map.items()
        },
        "basemap": None if ground.basemap is None else asdict(ground.basemap),
        "symbols": [{"kind": s.kind, "name": s.name, "plural": s.plural, "symbol": s.symbol} for s in ground.symbols],
    }


def _describe_offers(ground: Ground) -> list[dict[str, Any]]:
    offers = gather_offers(ground)
    offers = offers[offers["kind"].isin([s.kind for s in ground.symbols])]
    if offers.empty:
        return []
    where = ground.quarters.index.get_indexer(pd.Index(offers["quarter_id"]))
    points = offers.geometry.to_crs(4326)
    return [
        {
            "kind": str(kind),
            "name": _text(name),
            "provider": _text(provider),
            "at": _round(point),
            "quarter": int(number),
            "count": None if pd.isna(count) else int(count),
            "size": scale_sign(count),
        }
        for kind, name, provider, point, number, count in zip(
            *(offers[column] for column in ("kind", "name", "provider")), points, where, offers["count"], strict=True
        )
    ]


def _describe_sizes(ground: Ground) -> dict[str, list[list[float | None]]]:
    """Of each kind with signs for many, the sizes that are drawn: from how many offers to how many, and how large."""
    counts = gather_offers(ground).groupby("kind")["count"]
    return {str(kind): [[*size] for size in sizes] for kind, own in counts if (sizes := list_sizes(own))}


def _list_poles(shapes: gpd.GeoSeries) -> list[list[float]]:
    """Pole of each area in degrees."""
    return [] if shapes.empty else shapely.get_coordinates(_to_degrees(find_poles(shapes)).to_numpy()).tolist()


def _describe_lines(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return [
        {"name": _text(name), "geometry": shapely.geometry.mapping(shape)}
        for name, shape in zip(frame["name"], _to_degrees(frame.geometry), strict=True)
    ]


def _list_lines(shape: shapely.Geometry | None, ground: Ground) -> list[list[list[float]]] | None:
    """Lines of a shape, of areas their rings, in degrees."""
    if shape is None:
        return None
    (degrees,) = _to_degrees(gpd.GeoSeries([shape], crs=ground.quarters.crs))
    parts = shapely.get_parts(degrees)
    rings = shapely.get_rings(parts) if shapely.get_dimensions(degrees) > 1 else parts
    return [[[float(x), float(y)] for x, y in shapely.get_coordinates(line)] for line in rings]


def _to_degrees(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    if shapes.empty:
        return shapes
    degrees = shapes.to_crs(4326)
    return gpd.GeoSeries(
        shapely.transform(degrees.to_numpy(), lambda xy: np.round(xy, DECIMALS)),
        index=degrees.index,
        crs=degrees.crs,
    )


def _round(point: shapely.Point) -> list[float]:
    return [round(point.x, DECIMALS), round(point.y, DECIMALS)]


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
