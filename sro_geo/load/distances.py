"""A table of ways that somebody else measured: from cells or quarters to offers, in minutes or metres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError
from sro_geo.load.cells import clean_column
from sro_geo.load.numbers import DASHES, read_numbers
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import tell
from sro_geo.load.words import DISTANCE_COLUMNS, find_columns
from sro_geo.model.distances import as_distances

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import DistanceFile
    from sro_geo.load.tables import Table
    from sro_geo.model.distances import Distances, Place
    from sro_geo.model.offers import Offers
    from sro_geo.model.source import Source

UNITS = ("metres", "minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceTables:
    """Distances as read.

    Attributes
    ----------
    distances : Distances
        Checked.
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        The file.
    """

    distances: Distances
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_distances(order: DistanceFile, *, offers: Offers, cells: gpd.GeoDataFrame, speed_kmh: float) -> DistanceTables:
    """Distances of a table.

    Parameters
    ----------
    order : DistanceFile
        The file and how it is laid out: a column of offers (ids or names), one of cells or, without it, of quarters, and one of
        metres or minutes.
    offers : Offers
        Offers that it may name.
    cells : GeoDataFrame
        Index `cell_id`, column quarter_id.
    speed_kmh : float
        What makes metres of minutes, so that a limit in minutes holds for the minutes of the table.

    Raises
    ------
    DataError
        If the file cannot be read, lacks a column, has both units, or does not pass `as_distances`.
    """
    table = read_table(order.file, sheet=order.sheet, header_row=order.header_row)
    heads = find_columns(table.frame.columns, stated=order.columns, aliases=DISTANCE_COLUMNS)
    place, unit = _check_heads(table, heads)
    numbers = read_numbers(table, heads[unit], decimal=order.decimal)
    if numbers.problems:
        raise DataError(numbers.problems)
    dashes = clean_column(table.frame[heads[unit]]).isin(DASHES)  # in such a table they say that there is no way
    factor = speed_kmh * 1000 / 60 if unit == "minutes" else 1.0
    frame = pd.DataFrame(
        {
            "offer": clean_column(table.frame[heads["offer"]]),
            place: clean_column(table.frame[heads[place]]),
            "metres": numbers.value.mask(dashes) * factor,
            "source": order.file.name,
            "row": table.frame.index,
        }
    )
    source = read_source(order.file, form=table.form)
    places = set(cells.index if place == "cell_id" else cells["quarter_id"])
    try:
        distances = as_distances(frame, offers=offers, places=places, place=place, example=source.example)
    except DataError as error:
        named = {"offer": heads["offer"], "offer_id": heads["offer"], place: heads[place], "metres": heads[unit]}
        raise DataError([_name_heads(problem, named, table) for problem in error.problems]) from error
    return DistanceTables(distances=distances, notes=table.notes, sources=(source,))


def _check_heads(table: Table, heads: Mapping[str, str]) -> tuple[Place, str]:
    """Whether cells or quarters are named, and the unit."""
    there = [column for column in heads.values() if column in table.frame.columns]
    units = [unit for unit in UNITS if heads.get(unit) in there]
    place: Place = "cell_id" if heads.get("cell_id") in there else "quarter_id"
    if heads.get("offer") not in there or heads.get(place) not in there or not units:
        raise DataError([tell(table.place, "distances_heads", found=[str(head) for head in table.frame.columns])])
    if len(units) > 1:
        raise DataError([tell(table.place, "distances_two_units", found=[heads[unit] for unit in units])])
    return place, units[0]


def _name_heads(problem: Problem, heads: Mapping[str, str], table: Table) -> Problem:
    """Problem that calls columns as the file does."""
    places = tuple(
        replace(place, column=heads.get(str(place.column), place.column), part=table.part) for place in problem.places
    )
    told: dict[str, object] = {"column": heads.get(str(problem.values.get("column")), problem.values.get("column"))}
    if isinstance(columns := problem.values.get("columns"), list):
        told["columns"] = [heads.get(one, one) for one in columns]
    return replace(problem, values={**problem.values, **told}, places=places)
