"""Population from cells, from a raster, or from the quarters' totals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import pandas as pd

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.boundaries import read_water
from sro_geo.load.cells import clean_column
from sro_geo.load.inputs import PopulationFile
from sro_geo.load.keys import read_keys
from sro_geo.load.numbers import DASHES, read_numbers
from sro_geo.load.paths import take_path
from sro_geo.load.placing import bring_points, find_quarters
from sro_geo.load.points import name_axes, read_points
from sro_geo.load.rawcells import RawCells
from sro_geo.load.sources import read_source
from sro_geo.load.spreading import as_areas, spread_totals
from sro_geo.load.suspicion import find_marks_in_column
from sro_geo.load.tables import read_table
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.load.words import CELL_COLUMNS, find_columns
from sro_geo.load.zensus import read_zensus
from sro_geo.model.indicators import select_values
from sro_geo.model.population import Population, as_population
from sro_geo.model.schema import find_missing_columns, report
from sro_geo.model.status import KNOWN, OBSERVED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sro_geo.load.boundaries import Layer
    from sro_geo.load.reading import DataFile
    from sro_geo.load.tables import Table
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

SAME_PERSONS = 0.5
"""Sums that differ by less agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationTables:
    """Population as read.

    Attributes
    ----------
    population : Population
        Checked persons and cells.
    finer : GeoDataFrame or None
        Closer points of the smallest quarter, to try how far the distance of spread cells matters; None where the cells
        were given.
    notes : tuple of Problem
        What was decided on the way: cells outside the city, sums that differ from the indicators.
    sources : tuple of Source
        Files read.
    """

    population: Population
    finer: gpd.GeoDataFrame | None
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_population(
    order: PopulationFile | str | Path,
    *,
    quarters: Quarters,
    indicators: Indicators,
    specs: Mapping[str, IndicatorSpec],
    year: int,
    water: gpd.GeoDataFrame | None = None,
    **stated: Any,
) -> PopulationTables:
    """Persons by cell and age group.

    Parameters
    ----------
    order : PopulationFile, str or Path
        Cells, a raster, a grid of the Zensus, or none of them: then the quarters' totals are spread. A path is that of a
        table of cells; fields of `PopulationFile` follow by name (`crs="EPSG:25833"`).
    quarters : Quarters
        Boundaries.
    indicators : Indicators
        Their counts by age group are the totals, or are compared with the sums.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    year : int
        Year of the population.
    water : GeoDataFrame or None
        As `read_water` gives it; nobody is spread there. Cells and rasters stay as they are.

    Raises
    ------
    DataError
        If a file cannot be read or does not pass `as_population`, or the mask holds no area.

    Notes
    -----
    Cells outside all quarters are left out and noted; nothing else changes a sum. A note tells no number of
    persons: it would be made of counts that are not protected.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_indicators, read_population, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, specs = read_boundaries(project.quarters).quarters, project.catalogue.specs
    >>> totals = read_indicators(project.indicators, specs=specs, quarter_ids=quarters.index).indicators
    >>> known = {"quarters": quarters, "indicators": totals, "specs": specs, "year": 2024}
    >>> population = read_population(project.population, **known).population
    >>> print(f"{population.persons['persons'].sum():.0f} people in {len(population.cells)} cells")
    43442 people in 784 cells
    """
    order = take_path(order, PopulationFile, **stated)
    totals = _list_totals(indicators, specs, year=year)
    if order.cells is None and order.raster is None and order.zensus is None:
        return _spread(order, totals, quarters=quarters, year=year, water=water)
    read = _read_cells if order.cells is not None else _read_raster if order.raster is not None else read_zensus
    raw = read(order, quarters=quarters)
    population, outside = _settle(raw, quarters=quarters)
    sums = _compare_sums(population, totals, file=raw.source.file)
    notes, sources = (*raw.notes, *outside, *sums), (raw.source, *raw.keys.sources)
    return PopulationTables(population=population, finer=None, notes=notes, sources=sources)


def _spread(
    order: PopulationFile,
    totals: Mapping[str, pd.DataFrame],
    *,
    quarters: Quarters,
    year: int,
    water: gpd.GeoDataFrame | None,
) -> PopulationTables:
    """Totals on points, off the water and the mask."""
    mask = None if order.mask is None else _read_mask(order.mask, quarters=quarters)
    empty = [frame for frame in (water, None if mask is None else mask.frame) if frame is not None]
    spread = spread_totals(
        totals,
        quarters=quarters,
        cell_metres=order.cell_metres,
        year=year,
        empty=pd.concat(empty, ignore_index=True) if empty else None,
    )
    return PopulationTables(
        population=as_population(spread.persons, spread.cells, quarters=quarters, gaps=spread.gaps),
        finer=spread.finer,
        notes=(*(mask.notes if mask else ()), *spread.notes),
        sources=mask.sources if mask else (),
    )


def _read_mask(file: DataFile, *, quarters: Quarters) -> Layer:
    mask = read_water(file, quarters=quarters)
    if not len(as_areas(mask.frame)):
        raise refuse(file.place, "mask_without_area")
    return mask


def _read_raster(order: PopulationFile, *, quarters: Quarters) -> RawCells:
    from sro_geo.load.rastercells import read_raster  # noqa: PLC0415  takes a while to load

    return read_raster(order, quarters=quarters)


def _read_cells(order: PopulationFile, *, quarters: Quarters) -> RawCells:
    """Cells or addresses, in a plane or in degrees; a table without ages counts whom the project says."""
    file = cast("DataFile", order.cells)
    table = read_table(file, drop=order.drop)
    heads = find_columns(table.frame.columns, stated={}, aliases=CELL_COLUMNS, words=order.words)
    stop_at(_check_heads(table, heads, order))
    persons = read_numbers(table, heads["persons"])
    marks = find_marks_in_column(persons.value, place=table.place, column=heads["persons"])
    points, nowhere = _read_places(table, heads, order, default_crs=quarters.crs.to_string())
    stop_at([*nowhere, *persons.problems, *marks])
    source, cells = read_source(file, form=table.form), table.frame
    frame = gpd.GeoDataFrame(
        {
            "cell_id": _read_ids(cells, heads),
            "age_group": clean_column(cells[heads["age_group"]]) if "age_group" in heads else order.age_group,
            "persons": persons.value,
            "stated_quarter": clean_column(cells[heads["quarter_id"]]) if "quarter_id" in heads else "",
            "status": OBSERVED,
            "example": source.example,
            "row": cells.index,
        },
        geometry=points,
    ).assign(source=file.name)
    notes = (*table.notes, *_note_dashes(table, heads["persons"]))
    keys = read_keys(order.keys, called=quarters["name"].to_dict())
    column = heads["cell_id" if "cell_id" in heads else "address"]
    return RawCells(frame=frame, notes=notes, source=source, keys=keys, column=column)


def _read_ids(cells: pd.DataFrame, heads: Mapping[str, str]) -> pd.Series:
    """Keys of the cells; addresses are counted: who lives at one is nobody's business, so that none goes any further."""
    if "cell_id" in heads:
        return clean_column(cells[heads["cell_id"]])
    numbers, _ = pd.factorize(clean_column(cells[heads["address"]]))
    return pd.Series(numbers + 1, index=cells.index).astype(str)


def _read_places(
    table: Table, heads: Mapping[str, str], order: PopulationFile, *, default_crs: str
) -> tuple[gpd.GeoSeries, Sequence[Problem]]:
    """Points of the rows, and what is wrong with them."""
    try:
        points = read_points(table, heads, crs=order.crs, default_crs=default_crs)
    except DataError as error:
        return gpd.GeoSeries(), error.problems
    lacking = points.index[points.isna()]
    there = replace(table.place, column=heads[(name_axes(heads) or ("x",))[0]])
    return points, [tell_rows(there, lacking, "cells_nowhere")] if len(lacking) else []


def _check_heads(table: Table, heads: Mapping[str, str], order: PopulationFile) -> list[Problem]:
    """Columns that are lacking, by the words that a planner's file may use; an age group that is stated twice."""
    key = "address" if "address" in heads else "cell_id"
    asked = [key, *(name_axes(heads) or ("x", "y")), "persons", *([] if order.age_group else ["age_group"])]
    wanted = [heads.get(column, CELL_COLUMNS[column][1]) for column in asked]
    problems = [problem.at(table.place) for problem in find_missing_columns(table.frame, wanted, table="population")]
    if order.age_group and "age_group" in heads:
        problems.append(tell(table.place, "cells_age_group_idle", column=heads["age_group"], group=order.age_group))
    return problems


def _note_dashes(table: Table, head: str) -> list[Problem]:
    """Note on dashes: statistics mean nobody by them, other programs that nothing is known."""
    dashes = clean_column(table.frame[head]).isin(DASHES)
    there = replace(table.place, column=head)
    return [tell_rows(there, table.frame.index[dashes], "dash_is_nobody")] if dashes.any() else []


def _settle(raw: RawCells, *, quarters: Quarters) -> tuple[Population, list[Problem]]:
    """Cells in quarters: as stated, else by their point."""
    points = bring_points(raw.frame.geometry, quarters=quarters, file=raw.source.file)
    ids = raw.keys.find(raw.frame["stated_quarter"], quarter_ids=quarters.index).astype(object)
    inside = find_quarters(points, quarters=quarters)
    frame = raw.frame.set_geometry(points).assign(quarter_id=ids.where(ids != "", inside))
    outside = frame["quarter_id"].isna()
    name, column = raw.source.file, raw.column
    notes = [
        replace(
            note, values={**note.values, "name": name}, places=tuple(replace(p, column=column) for p in note.places)
        )
        for note in report(frame, outside & (frame["persons"] > 0), "cells_outside", column="cell_id")
    ]
    kept = frame[~outside]
    one_each = kept.assign(wkb=kept.geometry.to_wkb()).drop_duplicates(["cell_id", "quarter_id", "wkb"])
    cells = one_each[["cell_id", "quarter_id", "source", "row", "geometry"]].set_index("cell_id")
    return as_population(pd.DataFrame(kept.drop(columns=["geometry", "quarter_id"])), cells, quarters=quarters), notes


def _list_totals(indicators: Indicators, specs: Mapping[str, IndicatorSpec], *, year: int) -> dict[str, pd.DataFrame]:
    """Rows of the year by age group, for every indicator that counts one."""
    there = set(indicators["indicator"])
    groups = {spec.age_group: code for code, spec in specs.items() if spec.age_group is not None and code in there}
    tables = {group: select_values(indicators, indicator=code, year=year) for group, code in groups.items()}
    return {group: table for group, table in tables.items() if len(table)}


def _compare_sums(population: Population, totals: Mapping[str, pd.DataFrame], *, file: str) -> list[Problem]:
    """Quarters whose cells do not add up to the indicator of the same age group."""
    sums = population.persons.groupby(["age_group", "quarter_id"])["persons"].sum()
    groups = set(population.persons["age_group"])
    found = []
    for group, table in totals.items():
        if group not in groups:
            continue
        known = table[table["status"].isin(KNOWN)]
        counted = sums[group].reindex(known.index, fill_value=0.0)
        differs = (counted - known["value"]).abs() > SAME_PERSONS
        found += [f"{group} / {quarter}" for quarter in known.index[differs]]
    if not found:
        return []
    return [tell(Place(file=file), "population_sum_differs", count=len(found), found=found)]
