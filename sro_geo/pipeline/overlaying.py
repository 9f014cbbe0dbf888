"""What the project wants to have drawn on maps of reach: areas out of reach, streets within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from sro_geo.coverage.links import choose_pairs
from sro_geo.coverage.parts import find_reached_parts
from sro_geo.disclose.blocks import choose_blocks
from sro_geo.model.picture import Overlay, Overlays
from sro_geo.model.population import count_persons
from sro_geo.model.reach import code_gap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sro_geo.model.population import Population
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.reach import Reach
    from sro_geo.model.streets import Streets
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

SIDE = 250.0
"""Metres of a block, at least: some cells of 100 m, so that none stands alone."""

_FLAT = 2
_FINENESS = 2500
"""Streets are drawn without detail below the town's extent divided by this: they are a ground."""


def lay_overlays(project: Project, tables: Tables, measured: Measured) -> Overlays:
    """What lies on each map that the project wants anything on and that has a share.

    Notes
    -----
    Streets are geography, whoever lives there. Areas are blocks of a fixed grid, cut by quarter, of which `choose_blocks` says
    which may be drawn: no cell can be told in one, and no number.
    """
    by_map: dict[str, Overlay] = {}
    streets, inside = tables.streets, None
    if streets is not None and any("streets" in wanted for wanted in project.overlays.values()):
        inside = _find_inside(streets, tables.quarters)
    for kind, reach in measured.reaches.items():
        for minutes in project.coverage.minutes if project.coverage else ():
            wanted = project.overlays.get(code := code_gap(kind, minutes=minutes), frozenset())
            if "gaps" in wanted or "streets" in wanted:
                gaps = _draw_gaps(project, tables, measured, reach, minutes=minutes) if "gaps" in wanted else None
                on = inside if "streets" in wanted else None
                reached = None if on is None else _draw_reached(project, tables, on, kind=kind, minutes=minutes)
                by_map[code] = Overlay(gaps=gaps, reached=reached)
    whole = None if streets is None or inside is None else streets.nodes[streets.edges[inside]]
    return Overlays(streets=None if whole is None else _join(whole, tables.quarters), by_map=by_map)


def _draw_gaps(
    project: Project, tables: Tables, measured: Measured, reach: Reach, *, minutes: float
) -> shapely.Geometry:
    """Blocks, cut by quarter, in which enough persons have no offer within a walk."""
    people, settings, coverage = tables.population, project.coverage, measured.coverages[reach.kind]
    persons = None if people is None else count_persons(people, target_group=coverage.target_group)
    if people is None or settings is None or persons is None:  # pragma: no cover  then there is no coverage
        raise AssertionError
    near = choose_pairs(reach, settings.to_metres(minutes))["cell_id"]
    without = people.cells.assign(persons=persons)[~people.cells.index.isin(near)]
    own = coverage.table[coverage.table["minutes"] == minutes].set_index("quarter_id")
    blocks = choose_blocks(
        pd.DataFrame(without.drop(columns="geometry")).assign(x=without.geometry.x, y=without.geometry.y),
        shown=own["persons"] - own["reached"],
        finest=_choose_side(people),
        smallest=project.smallest,
    )
    corners = blocks[["west", "south"]].to_numpy(dtype=float)
    squares = shapely.box(*corners.T, *(corners + blocks[["side"]].to_numpy(dtype=float)).T)
    within = tables.quarters.geometry.reindex(blocks["quarter_id"]).to_numpy()
    parts = shapely.get_parts(shapely.union_all(shapely.intersection(squares, within)))
    flat = parts[shapely.get_dimensions(parts) == _FLAT]  # a border may touch a block as a line
    return shapely.MultiPolygon(list(flat))


def _choose_side(people: Population) -> float:
    """Metres of a block: where cells are wider apart, as far as they are."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  takes a while to load

    points = np.column_stack([people.cells.geometry.x, people.cells.geometry.y])
    apart = np.asarray(cKDTree(points).query(points, k=min(2, len(points)))[0]).reshape(len(points), -1)[:, -1]
    return max(SIDE, float(np.round(np.median(apart))))


def _find_inside(streets: Streets, quarters: Quarters) -> NDArray[np.intp]:
    """Pieces whose middle lies in a quarter."""
    middles = streets.nodes[streets.edges].mean(axis=1)
    town = shapely.union_all(quarters.geometry.to_numpy())
    shapely.prepare(town)
    return np.flatnonzero(shapely.contains_xy(town, middles))


def _draw_reached(
    project: Project, tables: Tables, inside: NDArray[np.intp], *, kind: str, minutes: float
) -> shapely.Geometry:
    """Parts of the streets within a walk of an offer, as lines."""
    streets, settings = tables.streets, project.coverage
    if streets is None or settings is None:  # pragma: no cover  then no streets are asked for
        raise AssertionError
    piece, ends = find_reached_parts(tables.offers, streets, kind=kind, limit_metres=settings.to_metres(minutes))
    own = np.isin(piece, inside)
    first, second = streets.nodes[streets.edges[piece[own]]].transpose(1, 0, 2)
    begin, end = ends[own].T[:, :, None]
    return _join(np.stack([first + begin * (second - first), first + end * (second - first)], axis=1), tables.quarters)


def _join(pieces: NDArray[np.float64], quarters: Quarters) -> shapely.Geometry:
    """Straight pieces as long lines, without detail that no eye sees."""
    west, south, east, north = quarters.total_bounds
    lines = shapely.line_merge(shapely.union_all(shapely.linestrings(pieces)))
    drawn: shapely.Geometry = shapely.simplify(lines, max(east - west, north - south) / _FINENESS)
    return drawn
