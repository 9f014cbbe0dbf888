"""Points of offers of which only the address is known, by a list of house coordinates; what is not in it gets none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.heads import fold_name
from sro_geo.load.points import name_axes, read_points
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.load.words import ADDRESS_COLUMNS, find_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.errors import Problem
    from sro_geo.load.reading import DataFile
    from sro_geo.load.tables import Table
    from sro_geo.model.source import Source

_ONE = re.compile(r"(?P<street>.*\D)(?P<number>\d+)\s*(?P<suffix>[a-z]?)\s*", re.IGNORECASE)
_SEVERAL = re.compile(rf"{_ONE.pattern}(?:[-–/+&]|u\.|und)\s*\d+\s*[a-z]?\s*", re.IGNORECASE)
_STREET = re.compile(r"str(?:\.|asse\b|\b)")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where addresses lie.

    Attributes
    ----------
    points : GeoSeries
        On the table's index; none where the list has none.
    notes : tuple of Problem
        How many were found, and which rows were not. No address is told: some are secret.
    source : Source
        The list.
    """

    points: gpd.GeoSeries
    notes: tuple[Problem, ...]
    source: Source


def place_addresses(
    table: Table, heads: Mapping[str, str], file: DataFile, *, crs: str | None, default_crs: str, lacking: pd.Series
) -> Placed:
    """Points of those rows that lack one.

    Parameters
    ----------
    table : Table
        Offers.
    heads : mapping of str to str
        Their heads by column: `address`, or `street` and `house_number`; `postcode`.
    file : DataFile
        List of house coordinates: street, number, coordinates; perhaps a suffix of the number and a postcode.
    crs, default_crs : str or None, str
        Reference system of the list's coordinates, and the one where it is not stated.
    lacking : Series of bool
        Rows without a point.

    Raises
    ------
    DataError
        If the offers or the list have no address, or the list no coordinates.

    Notes
    -----
    An address fits if street and number are the same but for case, umlauts, signs and "Str."; of "12–14" the first number
    counts, and it is told. A stated postcode must fit; where a town has an address twice, it decides, or there is no point.
    """
    listed = read_table(file)
    own = find_columns([str(head) for head in listed.frame.columns], stated={}, aliases=ADDRESS_COLUMNS)
    if name_axes(own) is None or not _has_address(own):
        raise refuse(listed.place, "addresses_no_list", known=[str(head) for head in listed.frame.columns])
    if not _has_address(heads):
        raise refuse(table.place, "addresses_no_column", known=[str(head) for head in table.frame.columns])
    there = _key(listed, own)
    if (there["key"] == "").all():
        raise refuse(listed.place, "addresses_no_list", known=[str(head) for head in listed.frame.columns])
    there = there.assign(point=read_points(listed, own, crs=crs, default_crs=default_crs))
    here = _key(table, heads)[lacking]
    if here.empty:
        idle = tell(table.place, "addresses_idle", file=file.name)
        return Placed(points=there["point"].head(0), notes=(idle,), source=read_source(file, form=listed.form))
    points, unclear = _find(here, there[there["point"].notna()])
    notes = []
    if len(points):
        notes.append(tell(table.place, "addresses_placed", count=len(points), file=file.name))
    if ranges := [row for row in points.index if here["ranged"][row]]:
        notes.append(tell_rows(table.place, ranges, "addresses_ranges"))
    if unclear:
        notes.append(tell_rows(table.place, unclear, "addresses_twice", file=file.name))
    if lost := [row for row in here.index if row not in points.index and row not in unclear]:
        notes.append(tell_rows(table.place, lost, "addresses_unknown", file=file.name))
    found = gpd.GeoSeries(points, crs=there["point"].crs).reindex(table.frame.index)
    return Placed(points=found, notes=tuple(notes), source=read_source(file, form=listed.form))


def _has_address(heads: Mapping[str, str]) -> bool:
    return "address" in heads or "street" in heads


def _key(table: Table, heads: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Street and number of each row as one word, its postcode, and whether the number is the first of several."""
    texts = {
        column: clean_column(table.frame[heads[column]]) if column in heads else pd.Series("", index=table.frame.index)
        for column in ("address", "street", "house_number", "suffix", "postcode")
    }
    whole = (texts["street"] + " " + texts["house_number"] + texts["suffix"]).where(
        texts["address"] == "", texts["address"]
    )
    parsed = [_parse(text) for text in whole]
    keys = {"key": [key for key, _ in parsed], "ranged": [ranged for _, ranged in parsed]}
    within = whole.str.extract(r",\s*(\d{5})\b", expand=False).fillna("")
    postcode = texts["postcode"].where(texts["postcode"] != "", within)
    return gpd.GeoDataFrame(keys, index=table.frame.index).assign(postcode=postcode)


def _parse(text: str) -> tuple[str, bool]:
    """Street and number without signs, and whether more numbers follow; empty where there is no number.

    Examples
    --------
    >>> (
    ...     _parse("Lange Str. 12 a, 18055 Rostock"),
    ...     _parse("LANGE STRASSE 12A"),
    ...     _parse("Hafenstr. 5-7"),
    ...     _parse("Am Markt"),
    ... )
    (('langestrasse 12a', False), ('langestrasse 12a', False), ('hafenstrasse 5', True), ('', False))
    """
    told = clean_text(text).partition(",")[0]
    several = _SEVERAL.fullmatch(told)
    match = several or _ONE.fullmatch(told)
    if match is None:
        return "", False
    street = _SIGNS.sub("", _STREET.sub("strasse", fold_name(match["street"])))
    return f"{street} {int(match['number'])}{match['suffix'].lower()}", several is not None


def _find(here: gpd.GeoDataFrame, there: gpd.GeoDataFrame) -> tuple[pd.Series, list[int]]:
    """Point of each row that is listed at one place, and the rows that are listed at several."""
    points, unclear = {}, []
    by_key = dict(iter(there[there["key"].isin(here["key"])].groupby("key")))
    for row, key, postcode in here[["key", "postcode"]].itertuples(name=None):
        listed = by_key.get(key) if key else None
        if listed is None:
            continue
        fitting = listed[listed["postcode"].isin([postcode, ""])] if postcode else listed
        places = fitting["point"].to_wkb().drop_duplicates()
        if len(places) == 1:
            points[row] = fitting["point"][places.index[0]]
        elif len(places):
            unclear.append(int(row))
    return pd.Series(points, dtype="object"), unclear
