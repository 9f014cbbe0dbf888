"""Everything that a project names, read part by part, so that one fault hides no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from sro_geo.disclose.primary import suppress_small
from sro_geo.errors import SroGeoError, stop_at
from sro_geo.load.boundaries import read_barrier, read_boundaries, read_water
from sro_geo.load.crosswalk import Bridges, read_crosswalks
from sro_geo.load.distances import read_distances
from sro_geo.load.indicators import join_tables, read_indicators, read_laid
from sro_geo.load.offers import read_offers
from sro_geo.load.osm import read_streets
from sro_geo.load.osmwater import is_osm
from sro_geo.load.population import read_population
from sro_geo.load.sheets import read_sheet
from sro_geo.load.sites import read_sites
from sro_geo.load.tables import read_table
from sro_geo.load.vectors import read_vector
from sro_geo.load.zones import read_rasters
from sro_geo.model.indicators import COLUMNS, Indicators
from sro_geo.model.quarters import as_groups
from sro_geo.pipeline.breaking import note_idle_breaks
from sro_geo.pipeline.carrying import carry_all
from sro_geo.pipeline.computing import add_rates
from sro_geo.pipeline.doubting import find_doubts, note_newer
from sro_geo.pipeline.earlier import find_public

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sro_geo.errors import Problem
    from sro_geo.load.boundaries import Boundaries, Layer
    from sro_geo.load.distances import DistanceTables
    from sro_geo.load.indicators import IndicatorTables
    from sro_geo.load.inputs import IndicatorFile
    from sro_geo.load.offers import OfferTables
    from sro_geo.load.osm import StreetTables
    from sro_geo.load.population import PopulationTables
    from sro_geo.load.reading import DataFile
    from sro_geo.load.sites import SiteTable
    from sro_geo.model.quarters import Groups, Quarters
    from sro_geo.model.source import Source
    from sro_geo.pipeline.earlier import Public
    from sro_geo.project import Project

T = TypeVar("T")

NO_INDICATORS = Indicators(pd.DataFrame(columns=COLUMNS))
"""Stands in for tables that could not be read."""

_ANY_CRS = "EPSG:4326"
"""Points that are only opened are set beside nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What could be read of a project, and what not.

    Attributes
    ----------
    bounds, water, barrier, streets, bridges, values, offers, public, people, distances : as the loaders give them, or None
        None where the project asks for none, or where it could not be read.
    sites : mapping of int to SiteTable
        Candidates of each order of further offers that names a file, by its number from 1.
    given : tuple or None
        Indicators without small counts, and the notes on them.
    groups : Groups or None
        Checked groups.
    problems : tuple of Problem
        Everything that is wrong, each once.
    """

    bounds: Boundaries | None = None
    water: Layer | None = None
    barrier: Layer | None = None
    streets: StreetTables | None = None
    bridges: Bridges | None = None
    values: IndicatorTables | None = None
    offers: OfferTables | None = None
    public: Public | None = None
    given: tuple[Indicators, tuple[Problem, ...]] | None = None
    sites: Mapping[int, SiteTable] = field(default_factory=dict)
    people: PopulationTables | None = None
    distances: DistanceTables | None = None
    groups: Groups | None = None
    problems: tuple[Problem, ...] = ()


def read_parts(project: Project) -> Parts:
    """Read every table that a project names; what is wrong with one hides nothing of another.

    Notes
    -----
    Without boundaries the other files are only opened: whether their keys and points fit cannot be told. Indicators are
    protected before the population is made of them or set beside them.
    """
    problems: list[Problem] = []
    bounds = _try(lambda: read_boundaries(project.quarters), problems)
    if bounds is None:
        for opened in _list_openings(project):
            _try(opened, problems)
        return Parts(problems=_list_once(problems))
    quarters = bounds.quarters
    layers = {name: _try(partial(_read_layer, name, project, quarters), problems) for name in ("water", "barrier")}
    streets = _try(partial(_read_streets, project, quarters), problems)
    bridges = _try(partial(_read_bridges, project, quarters), problems)
    laid = _try(lambda: read_rasters(project.rasters, specs=project.catalogue.specs, quarters=quarters), problems)
    values = _try(partial(_read_values, project, quarters, bridges, laid), problems)
    for order in project.indicators if bridges is None else ():
        _try(partial(_open_values, project, order), problems)
    offers = _try(partial(_read_offers, project, quarters), problems)
    sites = _read_all_sites(project, quarters, problems)
    groups = _try(lambda: as_groups(project.groups, quarters=quarters), problems)
    public = None if values is None else _try(partial(_find_public, project, bounds, values), problems)
    given = None if values is None or public is None else _try(partial(_protect, project, values, public), problems)
    people = _try(partial(_read_people, project, bounds, given, layers["water"]), problems)
    distances = _try(partial(_read_distances, project, offers, people), problems)
    return Parts(
        bounds=bounds,
        **layers,
        streets=streets,
        bridges=bridges,
        values=values,
        offers=offers,
        sites=sites,
        public=public,
        given=given,
        people=people,
        distances=distances,
        groups=groups,
        problems=_list_once(problems),
    )


def list_read(
    parts: Parts,
) -> tuple[
    Boundaries
    | Bridges
    | IndicatorTables
    | Public
    | OfferTables
    | SiteTable
    | PopulationTables
    | DistanceTables
    | Layer
    | StreetTables,
    ...,
]:
    """Parts that were read."""
    every = (
        parts.bounds,
        parts.bridges,
        parts.values,
        parts.public,
        parts.offers,
        *parts.sites.values(),
        parts.people,
        parts.distances,
        parts.water,
        parts.barrier,
        parts.streets,
    )
    return tuple(part for part in every if part is not None)


def list_sources(project: Project, parts: Parts) -> tuple[Source, ...]:
    """Every file that was read, each once."""
    read = (source for part in list_read(parts) for source in part.sources)
    return tuple(dict.fromkeys([*project.catalogue.sources, *read]))


def _try(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """Result of a reading; None where it fails, and then what is wrong is gathered."""
    try:
        return read()
    except SroGeoError as error:
        problems += error.problems
        return None


def _list_once(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems in order, each once: a key table that five files use is broken once."""
    return tuple(one for number, one in enumerate(problems) if one not in problems[:number])


def _list_openings(project: Project) -> list[Callable[[], object]]:
    """What can be read of each file without knowing the quarters."""
    people = project.population
    pointed = [*project.offers, *(order.candidates for order in project.siting if order.candidates is not None)]
    shapes = [file for file in (project.water, project.barrier) if file is not None and not is_osm(file)]
    return [
        *(partial(read_vector, file) for file in shapes),
        *(partial(_open_values, project, order) for order in project.indicators),
        *(partial(read_sheet, order, default_crs=_ANY_CRS, kinds=project.catalogue.kinds) for order in pointed),
        *([partial(read_table, project.distances.file, sheet=project.distances.sheet)] if project.distances else []),
        *([partial(read_table, people.cells, drop=people.drop)] if people and people.cells else []),
    ]


def _open_values(project: Project, order: IndicatorFile) -> None:
    """Look at all cells of a table whose keys cannot be joined."""
    stop_at(read_laid(order, specs=project.catalogue.specs)[1].problems)


def _read_layer(name: str, project: Project, quarters: Quarters) -> Layer | None:
    file: DataFile | None = getattr(project, name)
    read = {"water": read_water, "barrier": read_barrier}[name]
    return None if file is None else read(file, quarters=quarters)


def _read_streets(project: Project, quarters: Quarters) -> StreetTables | None:
    """Streets as far round the quarters as anybody walks."""
    file, settings = project.streets, project.coverage
    return (
        None
        if file is None or settings is None
        else read_streets(file, quarters=quarters, halo_metres=settings.limit_metres)
    )


def _read_distances(
    project: Project, offers: OfferTables | None, people: PopulationTables | None
) -> DistanceTables | None:
    """Ways that are given; None where none are, or nothing is there that they lead to or from."""
    order, settings = project.distances, project.coverage
    if order is None or settings is None or offers is None or people is None:
        return None
    cells = people.population.cells
    return read_distances(order, offers=offers.offers, cells=cells, speed_kmh=settings.speed_kmh)


def _read_offers(project: Project, quarters: Quarters) -> OfferTables:
    way: Any = {"kinds": project.catalogue.kinds, "target_groups": project.target_groups}
    return read_offers(project.offers, quarters=quarters, year=project.year, **way)


def _read_all_sites(project: Project, quarters: Quarters, problems: list[Problem]) -> dict[int, SiteTable]:
    """Candidates of every order that names a file and whose file could be read, by its number."""
    files = {number: order.candidates for number, order in enumerate(project.siting, start=1) if order.candidates}
    read = partial(read_sites, kinds=project.catalogue.kinds, quarters=quarters)
    found = {number: _try(partial(read, file), problems) for number, file in files.items()}
    return {number: table for number, table in found.items() if table is not None}


def _read_bridges(project: Project, quarters: Quarters) -> Bridges:
    """Crosswalks; those that need people are left out where a check could not read these."""
    people, smallest = project.population, project.smallest
    orders = [one for one in project.crosswalks if people is not None or one.boundaries is None or one.by_area]
    return read_crosswalks(orders, quarters=quarters, people=people, year=project.year, smallest=smallest)


def _read_values(
    project: Project, quarters: Quarters, bridges: Bridges | None, laid: IndicatorTables | None
) -> IndicatorTables:
    """Values on the quarters with those of rasters, without those of a vintage whose crosswalk could not be read."""
    known = Bridges(by_vintage={}) if bridges is None else bridges
    orders = [order for order in project.indicators if order.vintage in {"", *known.by_vintage}]
    ids, names = list(quarters.index), quarters["name"].to_dict()
    way: Any = {"specs": project.catalogue.specs, "quarter_ids": ids, "names": names}
    tables = carry_all(project, read_indicators(orders, bridges=known.by_vintage, **way), known, quarter_ids=ids)
    joined = join_tables(tables, laid) if laid and laid.sources else tables  # a large table is not copied for nothing
    return add_rates(joined, specs=project.catalogue.specs, quarter_ids=ids)


def _find_public(project: Project, bounds: Boundaries, values: IndicatorTables) -> Public:
    keys = list(bounds.quarters.index)
    return find_public(project, values.indicators, specs=project.catalogue.specs, quarter_ids=keys)


def _protect(project: Project, values: IndicatorTables, public: Public) -> tuple[Indicators, tuple[Problem, ...]]:
    """Indicators without small counts, with the notes on them and the questions that the others leave."""
    specs = project.catalogue.specs
    given, notes = suppress_small(values.indicators, specs=specs, smallest=project.smallest, known=public.known)
    told = (*note_newer(given, year=project.year), *note_idle_breaks(given, specs=specs))
    return given, (*find_doubts(given, specs=specs), *told, *notes)


def _read_people(
    project: Project, bounds: Boundaries, given: tuple[Indicators, object] | None, water: Layer | None
) -> PopulationTables | None:
    """Population; None where none is asked for, or it is made of indicators that could not be read."""
    order = project.population
    if order is None or (given is None and order.cells is None and order.raster is None and order.zensus is None):
        return None
    return read_population(
        order,
        quarters=bounds.quarters,
        indicators=NO_INDICATORS if given is None else given[0],
        specs=project.catalogue.specs,
        year=project.year,
        water=None if water is None else water.frame,
    )
