"""Persons from the grid of the Zensus: the form of 2022 and that of 2011."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from sro_geo.errors import DataError, stop_at
from sro_geo.load.agegroups import EVERYBODY, name_age_group
from sro_geo.load.cells import clean_text
from sro_geo.load.gridlines import (
    GRID_ID,
    LONGEST_LINE,
    Box,
    LineTooLongError,
    measure_cell,
    measure_unit,
    read_lines,
)
from sro_geo.load.heads import fold_head
from sro_geo.load.keys import read_keys
from sro_geo.load.placing import find_quarters
from sro_geo.load.rawcells import RawCells
from sro_geo.load.reading import open_text
from sro_geo.load.sources import read_source
from sro_geo.load.telling import refuse, tell, tell_rows
from sro_geo.model.ages import find_bands, parse_age_group
from sro_geo.model.schema import MOST_PLACES, find_duplicates
from sro_geo.model.status import ESTIMATED, MISSING, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from numpy.typing import NDArray

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import PopulationFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.quarters import Quarters

GRID_CRS = "EPSG:3035"
FLAG = "KLAMMERN"
"""What stands beside a value that is not sure."""

SIGNS = {**dict.fromkeys(("–", "—", "-", ".", "-9"), SUPPRESSED), **dict.fromkeys(("", "/", "-1"), MISSING)}
"""No numbers. In a grid `–` is secret or nothing, other than in the tables of the same office; -1 and -9 are those of 2011."""

GAPS = {"zensus_hidden": SUPPRESSED, "zensus_uninhabited": MISSING}
_LARGEST = 10_000
"""Metres of the largest cell."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DELIMITERS = (";", ",", "\t")
_IDS = re.compile(r"gitter_id\w*|grd_id|grid_id|zellen?_id|zelle|cell_id")
_EAST, _NORTH = re.compile(r"x(?:_mp\w*)?"), re.compile(r"y(?:_mp\w*)?")
_FLAGS = re.compile(r"(?:\w+_)?werterlaeuternde_zeichen")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]0{1,2})?")
"""Persons are whole; "1.234" could be either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """Columns of a grid: the id, or both middles; by age group; signs of what is not sure."""

    names: tuple[str, ...]
    delimiter: str
    cell_id: int | None
    middles: tuple[int, int] | None
    groups: dict[str, int]
    flags: tuple[int, ...]


def read_zensus(order: PopulationFile, *, quarters: Quarters) -> RawCells:
    """Cells of a Zensus grid whose middle lies in the city.

    Raises
    ------
    DataError
        If it is no such file, a line is damaged, or nobody lives in the city.

    Notes
    -----
    The file is read piece by piece, and lines of other places are skipped by the digits of their ids. A value that is
    secret or not stated is no number: it is left out and counted in a note, never summed. Parts that do not add up to
    their total stay as they are.
    """
    file = cast("DataFile", order.zensus)
    west, south, east, north = quarters.to_crs(GRID_CRS).total_bounds
    box = Box(west=west - _LARGEST, south=south - _LARGEST, east=east + _LARGEST, north=north + _LARGEST)
    with open_text(file) as stream:
        heads, cells = _read_cells(file, stream, box=box)
    frame = _locate(cells, heads, file=file).to_crs(quarters.crs)
    frame = frame.assign(stated_quarter=find_quarters(frame.geometry, quarters=quarters))
    city = frame[frame["stated_quarter"].notna()]
    if city.empty:
        raise refuse(file.place, "zensus_elsewhere")
    stop_at(find_duplicates(city.assign(source=file.name), ["cell_id"], table="population"))
    values, statuses = _read_values(city, heads, file=file)
    uncertain = city["cells"].map(lambda row: any(FLAG in row[flag].upper() for flag in heads.flags))
    source = read_source(file)
    base = city.drop(columns="cells").assign(
        status=uncertain.map({True: ESTIMATED, False: OBSERVED}), example=source.example, source=file.name
    )
    known = [base.assign(age_group=group, persons=values[group])[values[group].notna()] for group in values]
    persons = pd.concat(known, ignore_index=True)
    if persons.empty:
        raise refuse(file.place, "zensus_empty")
    notes = [*_note_left(heads, file), *_note_signs(statuses, uncertain, file), *_note_parts(values, file)]
    return RawCells(frame=persons, notes=tuple(notes), source=source, keys=read_keys(None))


def list_groups(file: DataFile) -> tuple[str, ...]:
    """Age groups that a grid of the Zensus counts; none where a text file is no such grid."""
    with open_text(file) as stream:
        line, _ = _read_head(stream)
        first = _decode(stream.readline(LONGEST_LINE).rstrip(b"\r\n"))
    try:
        heads = _find_heads(_decode(line.rstrip(b"\r\n")), file)
    except DataError:
        return ()
    parts = first.split(heads.delimiter)
    known = heads.cell_id is not None and len(parts) == len(heads.names)
    grid = known and GRID_ID.fullmatch(parts[heads.cell_id or 0].strip('" ').encode())
    return tuple(heads.groups) if grid else ()


def _read_head(stream: BinaryIO) -> tuple[bytes, int]:
    """Line of the heads, and its row."""
    line = stream.readline(LONGEST_LINE)
    if line.removeprefix(_BYTE_ORDER_MARK).lower().startswith(b"sep="):
        return stream.readline(LONGEST_LINE), 2
    return line, 1


def _read_cells(file: DataFile, stream: BinaryIO, *, box: Box) -> tuple[_Heads, dict[int, list[str]]]:
    """Heads, and the cells of the lines that may lie in a box, by row."""
    line, row = _read_head(stream)
    heads = _find_heads(_decode(line.rstrip(b"\r\n")), file)
    cells: dict[int, list[str]] = {}
    wrong: dict[int, str] = {}
    try:
        for lines in read_lines(stream, box=box, row=row + 1):
            for text, at in zip(map(_decode, lines.texts), lines.rows, strict=True):
                parts = text.split(heads.delimiter)
                if len(parts) == len(heads.names):
                    cells[at] = parts
                elif text.strip():
                    wrong[at] = text[:60]
    except LineTooLongError as error:
        wrong[error.row] = "…"
    _check(wrong, "zensus_line", file)
    return heads, cells


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _check(wrong: Mapping[int, str], cause: str, file: DataFile, **values: object) -> None:
    """Refuse rows, which are told with what stands in them."""
    if wrong:
        found = list(dict.fromkeys(wrong.values()))[:MOST_PLACES]
        raise DataError(tell_rows(file.place, wrong, cause, found=found, **values))


def _find_heads(line: str, file: DataFile) -> _Heads:
    delimiter = max(_DELIMITERS, key=line.count)
    names = [clean_text(name.strip('"')) for name in line.split(delimiter)]
    by_form: dict[re.Pattern[str], list[int]] = {
        form: [at for at, name in enumerate(names) if form.fullmatch(fold_head(name))]
        for form in (_IDS, _EAST, _NORTH, _FLAGS)
    }
    middles = (by_form[_EAST][0], by_form[_NORTH][0]) if by_form[_EAST] and by_form[_NORTH] else None
    cell_id = next(iter(by_form[_IDS]), None)
    groups: dict[str, int] = {}
    for at, name in enumerate(names):
        if (group := name_age_group(name)) is not None:
            groups.setdefault(group, at)
    if cell_id is None and middles is None:
        raise refuse(file.place, "zensus_no_place", found=names)
    if not groups:
        raise refuse(file.place, "zensus_no_persons", found=names)
    flags = tuple(by_form[_FLAGS])
    return _Heads(names=tuple(names), delimiter=delimiter, cell_id=cell_id, middles=middles, groups=groups, flags=flags)


def _locate(cells: Mapping[int, list[str]], heads: _Heads, *, file: DataFile) -> gpd.GeoDataFrame:
    """Cells with their middles, by the ids, or by the middles where there are none; index is the row."""
    rows, parts = list(cells), list(cells.values())
    middles = None if heads.middles is None else _read_middles(cells, heads, file)
    if heads.cell_id is None:
        x, y = cast("tuple[NDArray[np.float64], NDArray[np.float64]]", middles)
        ids = [f"N{north:.0f}E{east:.0f}" for east, north in zip(x, y, strict=True)]
    else:
        ids = [row[heads.cell_id].strip('" ') for row in parts]
        found = [GRID_ID.fullmatch(one.encode()) for one in ids]
        _check(
            {row: one for row, one, match in zip(rows, ids, found, strict=True) if match is None}, "zensus_line", file
        )
        matched = [match for match in found if match is not None]
        half = np.array([measure_cell(match[1]) / 2 for match in matched])
        unit = np.array([measure_unit(match[1]) for match in matched])
        x, y = (np.array([int(match[part]) for match in matched]) * unit + half for part in (3, 2))
        if middles is not None:
            off = (middles[0] != x) | (middles[1] != y)
            _check({row: one for row, one, far in zip(rows, ids, off, strict=True) if far}, "zensus_id_differs", file)
    return gpd.GeoDataFrame(
        {"cell_id": ids, "cells": parts, "row": rows}, geometry=gpd.points_from_xy(x, y), crs=GRID_CRS, index=rows
    )


def _read_middles(
    cells: Mapping[int, list[str]], heads: _Heads, file: DataFile
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    columns = []
    for at in cast("tuple[int, int]", heads.middles):
        texts = {row: parts[at].strip('" ').replace(",", ".") for row, parts in cells.items()}
        numbers = pd.to_numeric(pd.Series(texts, dtype="object"), errors="coerce").to_numpy(dtype=np.float64)
        sound = np.isfinite(numbers)
        _check(
            {row: text for (row, text), fine in zip(texts.items(), sound, strict=True) if not fine}, "zensus_line", file
        )
        columns.append(numbers)
    return columns[0], columns[1]


def _read_values(city: gpd.GeoDataFrame, heads: _Heads, *, file: DataFile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Persons by age group, and why they are missing where they are; on the cells' index.

    All cells that are neither numbers nor known signs are told at once.
    """
    values, statuses, problems = {}, {}, []
    for group, at in heads.groups.items():
        texts = city["cells"].map(lambda row, at=at: row[at].strip('" '))
        signs = texts.map(SIGNS)
        sound = texts.map(lambda text: bool(_NUMBER.fullmatch(text)))
        wrong = texts[signs.isna() & ~sound]
        if len(wrong):
            column, found = heads.names[at], [*dict.fromkeys(wrong)][:MOST_PLACES]
            place = replace(file.place, column=column)
            problems.append(tell_rows(place, wrong.index, "number_unreadable", column=column, found=found))
        values[group] = pd.to_numeric(texts.where(sound).str.replace(",", "."))
        statuses[group] = signs.fillna(OBSERVED)
    stop_at(problems)
    return pd.DataFrame(values), pd.DataFrame(statuses)


def _note_left(heads: _Heads, file: DataFile) -> Iterator[Problem]:
    read = {heads.cell_id, *(heads.middles or ()), *heads.groups.values(), *heads.flags}
    left = [name for at, name in enumerate(heads.names) if at not in read]
    if left:
        yield tell(file.place, "zensus_columns_left", found=left)


def _note_signs(statuses: pd.DataFrame, uncertain: pd.Series, file: DataFile) -> Iterator[Problem]:
    """Notes on what the cells of the city hold beside sure numbers."""
    for cause, status in GAPS.items():
        counts = (statuses == status).sum()
        found = [f"{group}: {count}" for group, count in counts.items() if count]
        if found:
            yield tell(file.place, cause, count=int(counts.sum()), found=found)
    if uncertain.any():
        yield tell(file.place, "zensus_uncertain", count=int(uncertain.sum()))


def _note_parts(values: pd.DataFrame, file: DataFile) -> Iterator[Problem]:
    """Note on cells whose age groups do not add up to everybody; they stay as they are."""
    groups = [parse_age_group(str(group)) for group in values if group != EVERYBODY]
    bands = find_bands(parse_age_group(EVERYBODY), groups) if EVERYBODY in values else None
    if not bands:
        return
    both = values[[*map(str, bands), EVERYBODY]].dropna()
    differs = both[[*map(str, bands)]].sum(axis=1) != both[EVERYBODY]
    if differs.any():
        yield tell(file.place, "zensus_parts_differ", count=int(differs.sum()))
