"""Boundaries without their points written twice: every point once, and rings that say which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Ring = list[list[float]]


def share_points(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Features of areas with their points said once, in the order in which their rings come by.

    Returns
    -------
    dict
        `points`: lists of x and y; `features`: as given, in place of their geometry `parts`: for each polygon its rings, each
        as steps from number to number. Neighbours run along a common border by steps of one, on or back.

    Examples
    --------
    >>> square = {"type": "Polygon", "coordinates": [[[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]]}
    >>> share_points([{"id": "01", "geometry": square}])["features"]
    [{'id': '01', 'parts': [[[0, 1, 1, -2]]]}]
    """
    numbers: dict[tuple[float, ...], int] = {}
    told = [
        {key: one for key, one in feature.items() if key != "geometry"}
        | {"parts": [[_step(ring, numbers) for ring in part] for part in _list_parts(feature["geometry"])]}
        for feature in features
    ]
    return {"points": [list(point) for point in numbers], "features": told}


def _list_parts(geometry: Mapping[str, Any]) -> Sequence[Sequence[Ring]]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def _step(ring: Ring, numbers: dict[tuple[float, ...], int]) -> list[int]:
    before, steps = 0, []
    for point in ring:
        at = numbers.setdefault(tuple(point), len(numbers))
        steps.append(at - before)
        before = at
    return steps
