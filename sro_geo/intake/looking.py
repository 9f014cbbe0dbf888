"""What a raw file holds, read by the loaders' own doors: areas, points or a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd
import shapely

from sro_geo.errors import DataError, Problem
from sro_geo.intake.systems import find_middle, read_unstated
from sro_geo.load.cells import clean_column
from sro_geo.load.reading import expect_type, find_file
from sro_geo.load.sources import read_source
from sro_geo.load.tables import MOST_TITLE_ROWS, Table, read_table
from sro_geo.load.vectors import VECTOR_TYPES
from sro_geo.load.zensus import list_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from sro_geo.load.inputs import QuartersFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.source import Source

Holds = Literal["areas", "points", "table", "grid", "streets", "raster"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # tables have no one answer to whether they are equal
class Look:
    """A file, or one sheet of it, as it was read.

    Attributes
    ----------
    path : Path
        The raw file.
    holds : {"areas", "points", "table", "grid", "streets", "raster"}
        What it holds; a grid is one of the Zensus, streets are those of OpenStreetMap.
    table : Table
        Its cells; of a vector file the attributes.
    shapes : GeoSeries or None
        Areas or points in degrees, on the table's index.
    crs : str
        Reference system that the file states; empty for a table.
    sheet : str or None
        Sheet, where the workbook has several.
    header_row : int, list of int or None
        Row or rows of the heads, where it isn't the first that is filled.
    source : Source
        Where it comes from, as far as a `SOURCE.toml` beside it says.
    notes : tuple of Problem
        What was decided while reading.
    labels, units : mapping of str to str
        What the file calls a column in full, and its unit, where it says so.
    groups : tuple of str
        Age groups that a grid counts.
    days : tuple of str
        Days of a year that the column of the year names ("31.12."), the last of which is taken meanwhile.
    lies : mapping of str to (float, float, str)
        Of areas whose file states no reference system: each that it may be in, with longitude and latitude of the middle then,
        and the nearest city. The first is taken meanwhile.
    """

    path: Path
    holds: Holds
    table: Table
    source: Source
    shapes: gpd.GeoSeries | None = None
    crs: str = ""
    sheet: str | None = None
    header_row: int | list[int] | None = None
    notes: tuple[Problem, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    lies: Mapping[str, tuple[float, float, str]] = field(default_factory=dict)

    @property
    def heads(self) -> list[str]:
        """Heads of the columns, from left to right."""
        return [str(head) for head in self.table.frame.columns]

    def read_column(self, head: str) -> pd.Series:
        """A column as text, empty where there is nothing."""
        return clean_column(self.table.frame[head])


def look_at(path: Path) -> list[Look]:
    """Everything that lies in a file: one entry for a layer or table, one for each visible sheet of a workbook.

    Raises
    ------
    DataError
        If the loaders cannot read it; the message is theirs.
    """
    file = find_file(path.name, folder=path.resolve().parent)
    kind = expect_type(file, ["text", "xlsx", "ods", "pbf", "tif", *VECTOR_TYPES])
    if kind in VECTOR_TYPES:
        return [_look_at_vector(path, file)]
    empty = Table(frame=pd.DataFrame(), file=file.name, part=None, decimal=".", notes=())
    alone: dict[str, Holds] = {"pbf": "streets", "tif": "raster"}
    if kind in alone:
        return [Look(path=path, holds=alone[kind], table=empty, source=read_source(file))]
    if kind == "text" and (groups := list_groups(file)):
        return [Look(path=path, holds="grid", table=empty, source=read_source(file), groups=groups)]
    try:
        return [_look_at_table(path, file, sheet=None)]
    except DataError as error:
        sheets = [p.values["sheets"] for p in error.problems if p.cause == "sheet_not_named"]
        if not sheets:
            raise
        return [_look_at_table(path, file, sheet=str(name)) for name in _as_list(sheets[0])]


def look_at_all(paths: Sequence[Path]) -> list[Look]:
    """Everything that lies in files.

    Raises
    ------
    DataError
        With all problems of all files that cannot be read.
    """
    looks: list[Look] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            looks += look_at(path)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return looks


def choose_streets(looks: Iterable[Look]) -> Look | None:
    """The streets among what was looked at.

    Raises
    ------
    DataError
        If there are several: a project has one network.
    """
    found = [look for look in looks if look.holds == "streets"]
    if len(found) > 1:
        values = {"files": [look.path.name for look in found]}
        raise DataError(Problem(cause="intake_several_streets", values=values))
    return found[0] if found else None


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def look_at_areas(order: QuartersFile) -> Look:
    """Boundaries as a project names them."""
    return _look_at_vector(order.file.path, order.file, layer=order.layer, crs=order.crs)


def _look_at_vector(path: Path, file: DataFile, *, layer: str | None = None, crs: str | None = None) -> Look:
    vector, systems = read_unstated(file, layer=layer, crs=crs)
    frame = vector.frame
    stated, degrees = frame.crs, frame.geometry.to_crs("EPSG:4326")
    cells = pd.DataFrame(frame.drop(columns="geometry")).astype(object)
    areal = shapely.get_dimensions(frame.geometry.to_numpy()).max() == 2  # noqa: PLR2004  areas have two dimensions
    code = stated.to_epsg()
    return Look(
        path=path,
        holds="areas" if areal else "points",
        table=Table(frame=cells, file=file.name, part=None, decimal=".", notes=()),
        shapes=degrees,
        source=vector.source,
        crs=stated.name if code is None else f"EPSG:{code}",
        notes=vector.notes,
        lies={system: find_middle(frame.geometry, system) for system in systems},
    )


def _look_at_table(path: Path, file: DataFile, *, sheet: str | None) -> Look:
    """Table with its heads where they are: rows of titles above are passed over, and that is told."""
    read = partial(_read_look, path, file, sheet=sheet)
    try:
        return read(header_row=None)
    except DataError as first:
        told = [
            rows for p in first.problems if p.cause == "heads_elsewhere" and isinstance(rows := p.values["rows"], list)
        ]
        if told:
            return read(header_row=told[0] if len(told[0]) > 1 else told[0][0])
        if {p.cause for p in first.problems} - {"rows_odd", "heads_doubled", "no_delimiter"}:
            raise
        for row in range(2, MOST_TITLE_ROWS + 1):
            try:
                return read(header_row=row)
            except DataError:
                continue
        raise


def _read_look(path: Path, file: DataFile, *, sheet: str | None, header_row: int | list[int] | None) -> Look:
    table = read_table(file, sheet=sheet, header_row=header_row)
    return Look(
        path=path,
        holds="table",
        table=table,
        source=read_source(file),
        sheet=sheet,
        header_row=header_row,
        notes=table.notes,
    )
