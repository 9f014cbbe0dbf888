"""Indicators from CSV, XLSX and ODS, in long or wide form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.cells import clean_column
from sro_geo.load.genesis import settle_genesis
from sro_geo.load.inputs import IndicatorFile
from sro_geo.load.keys import join_keys, read_keys
from sro_geo.load.layouts import EXAMPLE, lay_out
from sro_geo.load.paths import take_path
from sro_geo.load.sources import read_source
from sro_geo.load.suspicion import compare_totals, find_broken_counts, find_doubtful_shares, find_marks, scale_shares
from sro_geo.load.tables import read_table
from sro_geo.load.telling import tell
from sro_geo.load.words import find_codes, name_indicators
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.indicators import GIVEN, as_indicators, join_indicators
from sro_geo.model.schema import report
from sro_geo.model.status import KNOWN, OBSERVED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sro_geo.load.crosswalk import Bridge
    from sro_geo.load.layouts import Laid
    from sro_geo.load.tables import Table
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.crosswalk import Made
    from sro_geo.model.indicators import Indicators, Key
    from sro_geo.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTables:
    """Indicators as read.

    Attributes
    ----------
    indicators : Indicators
        Checked values of all files.
    notes : tuple of Problem
        What was decided on the way: rows doubled, rows and quarters without a partner, empty cells.
    sources : tuple of Source
        Files read.
    old : mapping of str to Indicators
        Checked values of old quarters, by the name of their crosswalk; they are not among the others yet.
    made : mapping of (quarter_id, indicator, year) to Made
        What those values were made of that a crosswalk brought; empty until they are.
    """

    indicators: Indicators
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]
    old: Mapping[str, Indicators] = field(default_factory=dict)
    made: Mapping[Key, Made] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is said of the files read so far."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def read_indicators(
    orders: Sequence[IndicatorFile | str | Path] | IndicatorFile | str | Path,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarter_ids: Collection[str],
    names: Mapping[str, str] | None = None,
    bridges: Mapping[str, Bridge] | None = None,
    **stated: Any,
) -> IndicatorTables:
    """Read several files as one checked table of indicators.

    Parameters
    ----------
    orders : sequence of IndicatorFile, str or Path; or one of them
        Files and how they are laid out; of a path, the fields of `IndicatorFile` follow by name (`key="code"`).
    specs : mapping of str to IndicatorSpec
        The catalogue.
    quarter_ids : collection of str
        Keys of the boundaries.
    names : mapping of str to str or None
        Name of each quarter: a file that names quarters instead of their keys is joined where names agree but for case,
        umlauts, spaces and hyphens.
    bridges : mapping of str to Bridge or None
        Crosswalk by name, for files whose `vintage` names one: their keys are those of its old quarters.

    Raises
    ------
    DataError
        With the problems of all files at once.

    Notes
    -----
    A rate without a value is computed from its numerator and denominator. Rows without a partner are left out
    and noted.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_indicators, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> keys, specs = read_boundaries(project.quarters).quarters.index, project.catalogue.specs
    >>> values = read_indicators(project.indicators, specs=specs, quarter_ids=keys).indicators
    >>> people = values.query("indicator == 'bevoelkerung' and year == 2024")
    >>> print(f"{people['value'].sum():.0f} people in {len(people)} quarters")
    43442 people in 12 quarters
    """
    told = _Told()
    known = {vintage: (bridge.quarter_ids, bridge.called) for vintage, bridge in (bridges or {}).items()}
    known[""] = (list(quarter_ids), names or {})
    given = [orders] if isinstance(orders, IndicatorFile | str | Path) else orders
    frames: dict[str, list[pd.DataFrame]] = {vintage: [] for vintage in known}
    for one in given:
        try:
            order = take_path(one, IndicatorFile, **stated)
            ids, called = known[order.vintage]
            frames[order.vintage].append(_read_piece(order, specs=specs, quarter_ids=ids, names=called, told=told))
        except DataError as error:
            told.problems.extend(error.problems)
    tables: dict[str, Indicators] = {}
    for vintage, (ids, _) in known.items():
        try:
            tables[vintage] = as_indicators(_join_files(frames.pop(vintage)), specs=specs, quarter_ids=ids)
        except DataError as error:
            told.problems.extend(error.problems)
    stop_at(told.problems)
    notes = (note for number, note in enumerate(told.notes) if note not in told.notes[:number])
    return IndicatorTables(
        indicators=tables.pop(""),
        notes=tuple(notes),  # a file that is read for several years says the same each time
        sources=tuple(dict.fromkeys(told.sources)),
        old=tables,
    )


def join_tables(first: IndicatorTables, second: IndicatorTables) -> IndicatorTables:
    """Tables of both.

    Raises
    ------
    DataError
        If both hold the same quarter, indicator and year.
    """
    return replace(
        first,
        indicators=join_indicators(first.indicators, second.indicators),
        notes=(*first.notes, *second.notes),
        sources=tuple(dict.fromkeys([*first.sources, *second.sources])),
    )


def read_laid(order: IndicatorFile, *, specs: Mapping[str, IndicatorSpec]) -> tuple[Table, Laid]:
    """Cells of a file, and the same in long form, keys not joined yet.

    Raises
    ------
    DataError
        If it cannot be laid out; cells that cannot be read are told by `Laid.problems`.
    """
    table = read_table(order.file, sheet=order.sheet, header_row=order.header_row, drop=order.drop)
    table, settled = settle_genesis(table, order, specs=specs)
    return table, lay_out(table, settled)


def _join_files(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Rows of all files; a single table is not copied."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    return pd.concat(frames or [pd.DataFrame(columns=GIVEN)], ignore_index=True)


def _read_piece(
    order: IndicatorFile,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarter_ids: Collection[str],
    names: Mapping[str, str],
    told: _Told,
) -> pd.DataFrame:
    """Rows of a file with their quarters, complete as far as they can be read."""
    before = len(told.problems)
    frame, place = _join_rows(order, specs=specs, quarter_ids=quarter_ids, names=names, told=told)
    told.notes.extend(compare_totals(frame, specs=specs, place=replace(place, column=None)))
    frame = _keep(frame, frame["quarter_id"].notna())
    told.problems.extend(_find_doubtful(frame, order=order, specs=specs, place=replace(place, column=None)))
    frame = _complete(frame, order=order, specs=specs)
    despite = frame["status"].isin(UNKNOWN) & frame["numerator"].notna()
    told.problems.extend(report(frame, despite, "value_despite_status", column="numerator"))
    if len(told.problems) > before:  # the rows that can be read are looked at with those of the other files
        frame = frame[frame["value"].notna() & frame["status"].isin(KNOWN)]
    told.notes.extend(_note_gaps(frame, place))
    return frame[GIVEN]


def _join_rows(
    order: IndicatorFile,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarter_ids: Collection[str],
    names: Mapping[str, str],
    told: _Told,
) -> tuple[pd.DataFrame, Place]:
    """Rows of a file as they stand, with their quarters, and where these are named; the raw cells are needed no longer."""
    table, laid = read_laid(order, specs=specs)
    told.problems.extend(laid.problems)
    place, column = replace(table.place, column=laid.key), table.frame[laid.key]
    keys = read_keys(order.keys, called=names)
    joined = join_keys(column, keys=keys, quarter_ids=quarter_ids, place=place)
    source = read_source(order.file, form=table.form)
    told.notes.extend([*table.notes, *(_ask_about_lost(joined.notes) if order.vintage else joined.notes), *laid.notes])
    told.sources.extend([source, *keys.sources])
    frame = laid.frame.assign(
        indicator=find_codes(laid.frame["indicator"], called=name_indicators(specs), words=order.words),
        quarter_id=joined.quarter_id,
        key=clean_column(column),
        source=table.file,
        example=laid.frame["example"] | source.example | (order.status == EXAMPLE),
    )
    return frame.reset_index(drop=True), place


def _keep(frame: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    """Rows that are marked; all of a large table are not copied."""
    return frame if mask.all() else frame[mask]


def _find_doubtful(
    frame: pd.DataFrame, *, order: IndicatorFile, specs: Mapping[str, IndicatorSpec], place: Place
) -> list[Problem]:
    """Numbers that may mean something else than they say."""
    return [
        *find_doubtful_shares(frame, specs=specs, order=order, place=place),
        *find_marks(frame, place=place),
        *find_broken_counts(frame, specs=specs, order=order, place=place),
    ]


def _ask_about_lost(notes: Iterable[Problem]) -> list[Problem]:
    """Notes of a join; what a crosswalk lacks, its quarters lack, and a person must decide."""
    lost = {"rows_without_partner": "crosswalk_lacks_keys"}
    return [replace(note, cause=lost.get(note.cause, note.cause)) for note in notes]


def _complete(frame: pd.DataFrame, *, order: IndicatorFile, specs: Mapping[str, IndicatorSpec]) -> pd.DataFrame:
    """Rows with a status and, for rates, a value."""
    status = frame["status"].where(frame["status"] != "", OBSERVED if order.status == EXAMPLE else order.status)
    factors = {code: UNIT_FACTOR.get(spec.unit) for code, spec in specs.items()}
    factor = frame["indicator"].map(factors).astype("float64")
    given = scale_shares(frame, specs=specs, order=order)
    usable = status.isin(KNOWN) & given.isna() & (frame["denominator"] != 0)
    computed = factor * frame["numerator"] / frame["denominator"].where(frame["denominator"] != 0)
    value = given.where(~usable, computed)
    return frame.assign(value=value, status=status)


def _note_gaps(frame: pd.DataFrame, place: Place) -> list[Problem]:
    """Name each indicator and year for which quarters that are in the file have no row."""
    found, quarter_ids = [], set(frame["quarter_id"].unique())
    for (code, year), quarters in frame.groupby(["indicator", "year"], sort=True)["quarter_id"]:
        if len(quarters) < len(quarter_ids):  # a quarter that stands there twice is refused later
            found.append(f"{code} {year} ({', '.join(sorted(quarter_ids - set(quarters)))})")
    if not found:
        return []
    return [tell(place, "gaps_in_table", count=len(found), found=found)]
