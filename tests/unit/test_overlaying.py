"""What lies on maps of reach: areas out of reach, streets within it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from sro_geo.coverage.links import choose_pairs
from sro_geo.model.picture import Overlays
from sro_geo.model.population import count_persons
from sro_geo.model.streets import as_streets
from sro_geo.pipeline.overlaying import lay_overlays

if TYPE_CHECKING:
    from sro_geo.model.picture import Overlay
    from sro_geo.model.streets import Streets
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

    Given = tuple[Project, Tables, Measured]

KITA = "kindertageseinrichtung"
CODE = f"ohne_{KITA}_10"


def lay(given: Given, *wanted: str, streets: Streets | None = None) -> Overlays:
    project, tables, measured = given
    asked = replace(project, overlays={CODE: frozenset(wanted), "index": frozenset(wanted)})
    return lay_overlays(asked, replace(tables, streets=streets), measured)


@pytest.fixture(scope="module")
def gaps(musterstadt_measured: Given) -> Overlay:
    return lay(musterstadt_measured, "gaps").by_map[CODE]


def test_without_a_wish_nothing_is_laid(musterstadt_measured: Given) -> None:
    assert lay_overlays(replace(musterstadt_measured[0], overlays={}), *musterstadt_measured[1:]) == Overlays()


def test_areas_lie_where_enough_are_out_of_reach(musterstadt_measured: Given, gaps: Overlay) -> None:
    """Of each quarter at least ten within what is drawn of it, and more than half of all of them; no street is drawn."""
    _, tables, measured = musterstadt_measured
    people = tables.population
    assert people is not None
    persons = count_persons(people, target_group=measured.coverages[KITA].target_group)
    assert persons is not None
    out = ~people.cells.index.isin(choose_pairs(measured.reaches[KITA], 10 * 4000 / 60)["cell_id"])
    inside = out & shapely.intersects(people.cells.geometry.to_numpy(), gaps.gaps)
    drawn = persons[inside].groupby(people.cells["quarter_id"]).sum()
    assert drawn[drawn > 0].min() >= 10
    assert persons[inside].sum() > 0.5 * persons[out].sum()
    assert gaps.reached is None


def test_where_the_number_is_withheld_nothing_is_drawn(musterstadt_measured: Given, gaps: Overlay) -> None:
    project, tables, measured = musterstadt_measured
    coverage = measured.coverages[KITA]
    hidden = coverage.table["reached"].mask(coverage.table["quarter_id"] == "08")
    less = replace(
        measured, coverages={**measured.coverages, KITA: replace(coverage, table=coverage.table.assign(reached=hidden))}
    )
    drawn = lay((project, tables, less), "gaps").by_map[CODE].gaps
    quarter = tables.quarters.geometry["08"].buffer(-1)
    assert shapely.area(shapely.intersection(gaps.gaps, quarter)) > 0
    assert shapely.area(shapely.intersection(drawn, quarter)) == 0


def test_wide_cells_make_wide_blocks(musterstadt_measured: Given) -> None:
    """Of cells a kilometre apart no block is a quarter of one: it would be where nobody lives."""
    project, tables, measured = musterstadt_measured
    people = tables.population
    assert people is not None
    wide = people.cells.set_geometry(people.cells.geometry.scale(10, 10, origin=(402000, 5901500)))
    far = replace(
        tables,
        population=replace(people, cells=wide),
        quarters=tables.quarters.set_geometry(tables.quarters.scale(10, 10, origin=(402000, 5901500))),
    )
    parts = shapely.get_parts(lay((project, far, measured), "gaps").by_map[CODE].gaps)
    assert np.median(shapely.area(parts)) > 500_000


def test_streets_within_reach_are_part_of_those_that_are_drawn(musterstadt_measured: Given) -> None:
    """A street straight through a day-care centre, far longer than the walk, and one that leaves the town."""
    tables = musterstadt_measured[1]
    x, y = shapely.get_coordinates(tables.offers.geometry[tables.offers["name"] == "Kita Nordtor"])[0]
    nodes = np.array([(x, y - 200), (x, y + 200), (x + 20_000, y + 200)])
    flat = np.zeros(2, dtype=bool)
    box = (x - 30_000, y - 30_000, x + 30_000, y + 30_000)
    streets = as_streets(
        nodes, np.array([(0, 1), (1, 2)]), steps=flat, bounds=box, crs=tables.quarters.crs, example=True
    )
    found = lay(musterstadt_measured, "streets", streets=streets)
    assert found.streets is not None
    assert shapely.length(found.streets) == pytest.approx(400)
    own = found.by_map[CODE]
    assert own.gaps is None
    assert own.reached is not None
    assert shapely.length(own.reached) == pytest.approx(400)
    assert list(found.by_map) == [CODE]
