"""The larger units that quarters belong to, as a column of their boundaries names them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sro_geo.load.heads import fold_name
from sro_geo.load.telling import tell
from sro_geo.model.quarters import name_parents

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import QuartersFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters

APART_METRES = 50.0
"""What lies no farther apart, as across a railway or a river, lies together."""


def check_parents(frame: pd.DataFrame, order: QuartersFile) -> list[Problem]:
    """What makes a column of larger units none: it is empty, or it names another one for each quarter.

    Parameters
    ----------
    frame : DataFrame
        Column parent_id, empty text where a quarter names none.
    order : QuartersFile
        Which column was stated; without one nothing is wrong.
    """
    named = frame.loc[frame["parent_id"] != "", "parent_id"]
    place = replace(order.file.place, column=order.parent)
    if order.parent is None:
        return []
    if named.empty:
        return [tell(place, "parents_empty", column=order.parent)]
    if named.is_unique:
        return [tell(place, "parents_idle", column=order.parent, found=list(named))]
    return []


def note_parents(quarters: Quarters, file: DataFile) -> list[Problem]:
    """Notes on quarters without a larger unit, on units that lie in parts, and on names that differ in spelling alone.

    Notes
    -----
    A quarter without one stays as it is: nothing is measured by larger units. Names are never joined on a guess.
    """
    parents = name_parents(quarters)
    if not parents:
        return []
    without = quarters.loc[~quarters.index.isin(list(parents)), "name"]
    notes = [tell(file.place, "parents_missing", count=len(without), found=list(without))] if len(without) else []
    if parts := _list_parts(quarters, parents):
        notes.append(tell(file.place, "parents_apart", count=len(parts), found=parts))
    if alike := _list_alike(parents):
        notes.append(tell(file.place, "parents_alike", found=alike))
    return notes


def _list_alike(parents: dict[str, str]) -> list[str]:
    """Names that are the same but for case, spaces and hyphens."""
    folded: dict[str, dict[str, None]] = {}
    for name in parents.values():
        folded.setdefault(fold_name(name).replace(" ", ""), {})[name] = None
    return [" / ".join(names) for names in folded.values() if len(names) > 1]


def find_parts(shapes: np.ndarray, units: np.ndarray, *, apart: float) -> np.ndarray:
    """Number of the part that each area lies in: those of one unit that are no farther apart, in the unit of the shapes.

    Examples
    --------
    >>> row = shapely.box(np.arange(4), 0, np.arange(4) + 1, 1)
    >>> find_parts(row, np.array(["a", "a", "b", "a"]), apart=0.5).tolist()
    [0, 0, 1, 2]
    """
    from scipy.sparse import coo_array  # noqa: PLC0415  takes a while to load
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  takes a while to load

    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=apart)
    same = units[left] == units[right]
    beside = coo_array((np.ones(int(same.sum())), (left[same], right[same])), shape=(len(shapes), len(shapes)))
    return np.asarray(connected_components(beside, directed=False)[1])


def _list_parts(quarters: Quarters, parents: dict[str, str]) -> list[str]:
    """Units whose quarters don't all lie together, each with the quarters outside of its largest part."""
    own = quarters.loc[list(parents)]
    units, shapes = np.array(list(parents.values())), own.geometry.to_numpy()
    part = find_parts(shapes, units, apart=APART_METRES)
    areas = np.bincount(part, weights=shapely.area(shapes))
    found: dict[str, list[str]] = {}
    for unit in dict.fromkeys(parents.values()):
        mine = np.flatnonzero(units == unit)
        largest = max(part[mine], key=lambda one: areas[one])
        if outside := [str(own["name"].iloc[at]) for at in mine if part[at] != largest]:
            found[unit] = outside
    return [f"{unit} ({', '.join(names)})" for unit, names in found.items()]
