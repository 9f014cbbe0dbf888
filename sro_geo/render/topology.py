"""Boundaries without their points written twice: every point once, and rings that say which."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely

Rings = list[list[int]]


def share_points(shapes: np.ndarray) -> tuple[list[list[float]], list[list[Rings]]]:
    """Points of areas, said once, in the order in which their rings come by, and the rings that lead from one to the next.

    Parameters
    ----------
    shapes : ndarray of Polygon or MultiPolygon
        The areas.

    Returns
    -------
    tuple of list
        x and y of each point; for each area its polygons, of each its rings, each as steps from number to number.
        Neighbours run along a common border by steps of one, on or back.

    Examples
    --------
    >>> share_points(np.array([shapely.Polygon([(0, 0), (0, 1), (1, 1)])]))
    ([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [[[[0, 1, 1, -2]]]])
    """
    polygons, area = shapely.get_parts(shapes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    (x, _), (y, ys) = (pd.factorize(one) for one in points.T)
    numbers, own = pd.factorize(x * (len(ys) + 1) + y)
    said = np.empty((len(own), 2))
    said[numbers] = points
    begins = np.searchsorted(ring, np.arange(len(rings)))
    steps = np.diff(numbers, prepend=0)
    steps[begins] = numbers[begins]
    told: list[list[Rings]] = [[] for _ in shapes]
    for at in area:
        told[at].append([])
    latest = np.arange(len(polygons)) - np.searchsorted(area, area)  # of which polygon of its area
    all_ = steps.tolist()
    for (begin, end), of in zip(pairwise([*begins.tolist(), len(all_)]), polygon.tolist(), strict=True):
        told[area[of]][latest[of]].append(all_[begin:end])
    return said.tolist(), told
