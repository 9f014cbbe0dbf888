"""Every table that a project names, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.errors import stop_at
from sro_geo.pipeline.carrying import list_made
from sro_geo.pipeline.reading import list_read, list_sources, read_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from sro_geo.coverage.tiles import Run
    from sro_geo.disclose.known import Known
    from sro_geo.errors import Problem
    from sro_geo.load.population import PopulationTables
    from sro_geo.model.catalogue import IndicatorSpec, OfferKind
    from sro_geo.model.crosswalk import Made
    from sro_geo.model.distances import Distances
    from sro_geo.model.indicators import Indicators, Key
    from sro_geo.model.offers import Offers, Places
    from sro_geo.model.population import Population
    from sro_geo.model.quarters import Groups, Quarters
    from sro_geo.model.source import Source
    from sro_geo.model.streets import Streets
    from sro_geo.pipeline.reading import Parts
    from sro_geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Checked tables of a project.

    Attributes
    ----------
    specs, kinds : mapping
        Catalogue with the project's additions.
    quarters, groups : Quarters, Groups
        Boundaries and groups.
    starts : mapping of str to str
        Starts of sentences by quarter, as far as the file gives them.
    example : bool
        Whether the quarters are invented.
    indicators : Indicators
        As given, without small counts.
    true : Indicators
        As given, small counts and all. Totals of areas are made of it, and the audit reads it; no study and no output may
        hold a row of it.
    known : Known
        What readers know beside the tables.
    offers, places : Offers, Places
        As given.
    sites : mapping of int to GeoDataFrame
        Candidates of each order of further offers that names a file, by its number from 1.
    population : Population or None
        Persons by cell and age group.
    finer : GeoDataFrame or None
        Closer points of the smallest quarter, where the population is spread.
    population_files : tuple of str
        What the population was read from.
    water, barrier : GeoDataFrame or None
        What is drawn; what may not be crossed.
    streets : Streets or None
        What people walk along.
    distances : Distances or None
        Ways that a table says.
    made : mapping of (quarter_id, indicator, year) to Made
        What values that a crosswalk brought were made of, as far as they are shown.
    notes : tuple of Problem
        Every decision taken while reading.
    sources : tuple of Source
        Every file read, each once.
    run : callable or None
        What searches the tiles of walks; one after another where None.
    """

    specs: Mapping[str, IndicatorSpec]
    kinds: Mapping[str, OfferKind]
    quarters: Quarters
    groups: Groups
    starts: Mapping[str, str]
    example: bool
    indicators: Indicators
    true: Indicators
    known: Known
    offers: Offers
    places: Places
    sites: Mapping[int, gpd.GeoDataFrame]
    population: Population | None
    finer: gpd.GeoDataFrame | None
    population_files: tuple[str, ...]
    water: gpd.GeoDataFrame | None
    barrier: gpd.GeoDataFrame | None
    streets: Streets | None
    distances: Distances | None
    made: Mapping[Key, Made]
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]
    run: Run | None = None


def read_tables(project: Project) -> Tables:
    """Read and check every table that a project names, and take small counts out of it.

    Raises
    ------
    DataError
        With the problems of all files at once.

    Notes
    -----
    Indicators are protected before the population is made of them: what follows knows protected values only. `true` is for totals.
    """
    return join_parts(project, read_parts(project))


def join_parts(project: Project, parts: Parts) -> Tables:
    """Tables of what was read.

    Raises
    ------
    DataError
        With everything that is wrong, if anything is.
    """
    stop_at(parts.problems)
    bounds, values, public, offers = parts.bounds, parts.values, parts.public, parts.offers
    if not (bounds and values and public and offers and parts.given):  # pragma: no cover  then there are problems
        raise AssertionError
    (given, protected), people, specs = parts.given, parts.people, project.catalogue.specs
    return Tables(
        specs=specs,
        kinds=project.catalogue.kinds,
        quarters=bounds.quarters,
        groups=parts.groups or {},
        starts=bounds.starts,
        example=bounds.example,
        indicators=given,
        true=values.indicators,
        known=public.known,
        offers=offers.offers,
        places=offers.places,
        sites={number: found.sites for number, found in parts.sites.items()},
        population=None if people is None else people.population,
        finer=None if people is None else people.finer,
        population_files=() if people is None else _list_population_files(people, given, specs),
        water=None if parts.water is None else parts.water.frame,
        barrier=None if parts.barrier is None else parts.barrier.frame,
        streets=None if parts.streets is None else parts.streets.streets,
        distances=None if parts.distances is None else parts.distances.distances,
        made=list_made(values.made, true=values.indicators, shown=given),
        notes=(*project.notes, *(note for part in list_read(parts) for note in part.notes), *protected),
        sources=list_sources(project, parts),
    )


def _list_population_files(
    people: PopulationTables, indicators: Indicators, specs: Mapping[str, IndicatorSpec]
) -> tuple[str, ...]:
    """Files of the population; before them the tables of the age groups where their totals were spread."""
    files = tuple(source.file for source in people.sources)
    if people.finer is None:
        return files
    aged = indicators["indicator"].map(lambda code: specs[code].age_group is not None).astype(bool)
    return tuple(dict.fromkeys([*indicators.loc[aged, "source"], *files]))
