"""Offers as they stand in a file: raw cells, heads by meaning, points."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError, Place
from sro_geo.load.addresses import place_addresses
from sro_geo.load.cells import clean_column
from sro_geo.load.keys import is_sum
from sro_geo.load.osmoffers import read_osm_offers
from sro_geo.load.persons import check_persons, note_dropped
from sro_geo.load.points import name_axes, read_points
from sro_geo.load.reading import expect_type
from sro_geo.load.sources import read_source
from sro_geo.load.tables import Table, read_table
from sro_geo.load.telling import tell_rows
from sro_geo.load.vectors import VECTOR_TYPES, read_vector
from sro_geo.load.words import OFFER_COLUMNS, find_columns
from sro_geo.model.schema import find_missing_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd

    from sro_geo.load.inputs import OfferFile
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

_BAND_HEAD = re.compile(r"(?:places|plaetze|plätze)_(\d+)(?:_(\d+)|_plus)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSheet:
    """Raw offers.

    Attributes
    ----------
    table : Table
        Cells.
    heads : mapping of str to str
        Head of the file by column of the model.
    bands : mapping of str to str
        Head of the file by age group, for places that are split by age.
    points : GeoSeries
        On the table's index, in the file's reference system; None where there is no point.
    source : Source
        The file's provenance.
    numbered : bool
        Whether the table's index numbers rows that somebody can find in the file.
    """

    table: Table
    heads: Mapping[str, str]
    bands: Mapping[str, str]
    points: gpd.GeoSeries
    source: Source
    numbered: bool = True
    more: tuple[Source, ...] = ()


def read_sheet(
    order: OfferFile, *, default_crs: str, kinds: Collection[str], quarters: Quarters | None = None
) -> OfferSheet:
    """Offers of one file, before any check of their content.

    Parameters
    ----------
    order : OfferFile
        File and how it is laid out.
    default_crs : str
        Reference system of coordinates in metres where the order states none.
    kinds : collection of str
        Kinds of offer that the catalogue knows.
    quarters : Quarters or None
        Boundaries; of OpenStreetMap only what lies near them is taken.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    """
    more: tuple[Source, ...] = ()
    kind = expect_type(order.file, ["text", "xlsx", "ods", *VECTOR_TYPES, "pbf"])
    if kind == "pbf":
        found = read_osm_offers(order.file, kinds=[order.kind] if order.kind else kinds, quarters=quarters)
        cells = pd.DataFrame(found.frame.drop(columns="geometry")).astype(object)
        table = Table(frame=cells, file=order.file.name, part=None, decimal=".", notes=found.notes)
        heads = _find_heads(table, order, located=True)
        points = found.frame.geometry
        return OfferSheet(table=table, heads=heads, bands={}, points=points, source=found.source, numbered=False)
    if kind in VECTOR_TYPES:
        vector = read_vector(order.file, layer=order.layer, crs=order.crs)
        place = Place(file=order.file.name, part=order.layer)
        cells = pd.DataFrame(vector.frame.drop(columns="geometry")).astype(object)
        cells = check_persons(cells, place=place, drop=order.drop)
        notes = (*vector.notes, *note_dropped(order.drop, place=place))
        table = Table(frame=cells, file=order.file.name, part=order.layer, decimal=".", notes=notes)
        heads = _find_heads(table, order, located=True)
        points, source = vector.frame.geometry, vector.source
    else:
        table = read_table(order.file, sheet=order.sheet, header_row=order.header_row, drop=order.drop)
        heads = _find_heads(table, order, located=False)
        table = _leave_sums(table, heads)
        points = read_points(table, heads, crs=order.crs, default_crs=default_crs, decimal=order.decimal)
        source = read_source(order.file, form=table.form)
        if order.addresses is not None:
            placed = place_addresses(
                table, heads, order.addresses, crs=order.crs, default_crs=default_crs, lacking=points.isna()
            )
            points = points.to_crs(placed.points.crs).fillna(placed.points)
            table, more = replace(table, notes=(*table.notes, *placed.notes)), (placed.source,)
    bands = {_name_band(head): head for head in table.frame.columns if is_band(head)}
    bands |= {_name_band(column): head for column, head in order.columns.items() if is_band(column)}
    return OfferSheet(table=table, heads=heads, bands=bands, points=points, source=source, more=more)


def _leave_sums(table: Table, heads: Mapping[str, str]) -> Table:
    """Table without rows of sums: their one text is "Summe" or the like, and no place is theirs."""
    texts = {head: clean_column(column) for head, column in table.frame.items()}
    placed = pd.Series(data=False, index=table.frame.index)
    for axis in {"x", "y", "lon", "lat"} & set(heads):
        placed |= texts[heads[axis]] != ""
    rows = zip(table.frame.index, *texts.values(), strict=True)
    sums = [row for row, *cells in rows if _names_sum(cells) and not placed[row]]
    if not sums:
        return table
    note = tell_rows(table.place, sums, "offers_sums")
    return replace(table, frame=table.frame.drop(index=sums), notes=(*table.notes, note))


def _names_sum(cells: Sequence[str]) -> bool:
    words = [cell for cell in cells if any(map(str.isalpha, cell))]
    return len(words) == 1 and is_sum(words[0])


def _find_heads(table: Table, order: OfferFile, *, located: bool) -> dict[str, str]:
    heads = find_columns(table.frame.columns, stated=order.columns, aliases=OFFER_COLUMNS, words=order.words)
    wanted = [*heads.values(), *(head for columns in order.age_columns.values() for head in columns)]
    wanted += [column for column in ("name", "kind") if column not in heads and not (column == "kind" and order.kind)]
    if not located and not name_axes(heads) and "quarter_id" not in heads and order.addresses is None:
        wanted += ["x", "y"]
    problems = find_missing_columns(table.frame, dict.fromkeys(wanted), table="offers")
    if problems:
        raise DataError([problem.at(table.place) for problem in problems])
    return heads


def is_band(column: str) -> bool:
    """Whether a column holds the places of one age group: `places_0_3`, `plaetze_65_plus`."""
    return _BAND_HEAD.fullmatch(column) is not None


def _name_band(head: str) -> str:
    match = _BAND_HEAD.fullmatch(head)
    start, end = (match[1], match[2]) if match else ("", None)
    return f"{start}+" if end is None else f"{start}-{end}"
