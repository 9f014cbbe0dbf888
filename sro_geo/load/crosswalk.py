"""Crosswalks between two vintages or levels of quarters, from a table or from the old boundaries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import pandas as pd

from sro_geo.errors import DataError, Place
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.cells import clean_column
from sro_geo.load.numbers import read_numbers
from sro_geo.load.overlays import weigh_overlaps
from sro_geo.load.population import read_population
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import tell
from sro_geo.load.words import CROSSWALK_COLUMNS, find_columns
from sro_geo.model.crosswalk import as_crosswalk, list_untouched
from sro_geo.model.indicators import COLUMNS, Indicators
from sro_geo.model.schema import find_missing_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import CrosswalkFile, PopulationFile
    from sro_geo.load.reading import DataFile
    from sro_geo.model.crosswalk import Crosswalk
    from sro_geo.model.population import Population
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """The way from old quarters to those of the boundaries.

    Attributes
    ----------
    order : CrosswalkFile
        Where it comes from.
    shares : Crosswalk
        Checked.
    called : mapping of str to str
        Name of each old quarter, where its boundaries give one.
    example : bool
        Whether shares or people are invented; values carried along them are, too.
    notes : tuple of Problem
        What was decided on the way.
    sources : tuple of Source
        Files read.
    """

    order: CrosswalkFile
    shares: Crosswalk
    called: Mapping[str, str] = field(default_factory=dict)
    example: bool = False
    notes: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def quarter_ids(self) -> list[str]:
        """Keys of the old quarters, in order."""
        return list(dict.fromkeys(self.shares["from_id"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridges:
    """Every crosswalk of a project, by the name of its old quarters.

    Attributes
    ----------
    by_vintage : mapping of str to Bridge
        As read.
    """

    by_vintage: Mapping[str, Bridge]

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was decided on the way, of all."""
        return tuple(note for bridge in self.by_vintage.values() for note in bridge.notes)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Files read, of all."""
        return tuple(source for bridge in self.by_vintage.values() for source in bridge.sources)


def read_crosswalks(
    orders: Sequence[CrosswalkFile], *, quarters: Quarters, people: PopulationFile | None, year: int, smallest: int
) -> Bridges:
    """Crosswalks from tables with old key, new key and share, or from old boundaries.

    Parameters
    ----------
    orders : sequence of CrosswalkFile
        Where they come from.
    quarters : Quarters
        New boundaries.
    people : PopulationFile or None
        Cells or raster of people; needed where boundaries are weighted by people.
    year : int
        Year of the population.
    smallest : int
        Fewer people than these are no weight: a share would tell their number.

    Raises
    ------
    DataError
        With what is wrong with all files at once.
    """
    bridges: dict[str, Bridge] = {}
    problems: list[Problem] = []
    for order in orders:
        try:
            if order.boundaries is None:
                bridge = _read_shares(order, quarters=quarters)
            else:
                persons = None if order.by_area else _read_people(people, quarters=quarters, year=year)
                bridge = _compute_shares(order, quarters=quarters, population=persons, smallest=smallest)
            bridges[order.vintage] = bridge
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return Bridges(by_vintage=bridges)


def _read_shares(order: CrosswalkFile, *, quarters: Quarters) -> Bridge:
    """Bridge from a table."""
    file = order.file
    table = read_table(file, sheet=order.sheet)
    heads = find_columns(table.frame.columns, stated={}, aliases=CROSSWALK_COLUMNS)
    wanted = [heads.get(column, words[1]) for column, words in CROSSWALK_COLUMNS.items()]
    if lacking := find_missing_columns(table.frame, wanted, table="crosswalk"):
        raise DataError([problem.at(table.place) for problem in lacking])
    numbers = read_numbers(table, heads["share"])
    if numbers.problems:
        raise DataError(numbers.problems)
    percent = clean_column(table.frame[heads["share"]]).str.endswith("%")
    frame = pd.DataFrame(
        {
            "from_id": clean_column(table.frame[heads["from_id"]]),
            "to_id": clean_column(table.frame[heads["to_id"]]),
            "share": numbers.value.where(~percent, numbers.value / _PERCENT),
            "source": file.name,
            "row": table.frame.index,
        }
    )
    try:
        shares = as_crosswalk(frame, quarter_ids=list(quarters.index))
    except DataError as error:
        raise DataError([_name_heads(problem, heads, part=table.part) for problem in error.problems]) from error
    source = read_source(file, form=table.form)
    notes = (*table.notes, *_note_untouched(shares, quarters=quarters, file=file))
    return Bridge(order=order, shares=shares, example=source.example, notes=notes, sources=(source,))


def _compute_shares(
    order: CrosswalkFile, *, quarters: Quarters, population: Population | None, smallest: int
) -> Bridge:
    """Bridge from old boundaries."""
    boundaries = order.boundaries
    if boundaries is None:  # pragma: no cover  the caller looked
        raise AssertionError
    old, place = read_boundaries(boundaries), Place(file=order.file.name)
    try:
        weighed = weigh_overlaps(old.quarters, quarters, population=population, smallest=smallest)
    except DataError as error:
        raise DataError([tell(place, one.cause, **one.values) for one in error.problems]) from error
    shares = as_crosswalk(weighed.shares, quarter_ids=list(quarters.index))
    notes = [tell(place, note.cause, vintage=order.vintage, **note.values) for note in weighed.notes]
    return Bridge(
        order=order,
        shares=shares,
        called=cast("dict[str, str]", old.quarters["name"].to_dict()),
        example=old.example or (population is not None and bool(population.persons["example"].any())),
        notes=(*old.notes, *notes, *_note_untouched(shares, quarters=quarters, file=order.file)),
        sources=old.sources,
    )


def _read_people(people: PopulationFile | None, *, quarters: Quarters, year: int) -> Population:
    """Cells of people. What is odd about them is told where the population is read."""
    if people is None:
        message = "`people` must be given where boundaries are weighted by people"
        raise ValueError(message)
    nothing = Indicators(pd.DataFrame(columns=COLUMNS))
    return read_population(people, quarters=quarters, indicators=nothing, specs={}, year=year).population


def _name_heads(problem: Problem, heads: Mapping[str, str], *, part: str | None) -> Problem:
    """Problem in the words of the file."""
    places = tuple(replace(one, part=part, column=heads.get(one.column or "")) for one in problem.places)
    told = {**problem.values, "column": heads.get(str(problem.values.get("column")))}
    columns = problem.values.get("columns")
    named = {"columns": [heads[column] for column in columns]} if isinstance(columns, list) else {}
    return replace(problem, values={**told, **named}, places=places)


def _note_untouched(shares: Crosswalk, *, quarters: Quarters, file: DataFile) -> list[Problem]:
    left = list_untouched(shares, quarter_ids=list(quarters.index))
    return [tell(file.place, "crosswalk_without_part", count=len(left), found=left)] if left else []
