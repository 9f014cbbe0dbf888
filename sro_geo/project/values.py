"""A project as a value: every setting checked, every file found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.errors import Place, Problem
    from sro_geo.load.catalogue import Catalogue
    from sro_geo.load.hours import Moment
    from sro_geo.load.inputs import (
        CrosswalkFile,
        DistanceFile,
        IndicatorFile,
        OfferFile,
        PopulationFile,
        QuartersFile,
        RasterFile,
    )
    from sro_geo.load.reading import DataFile
    from sro_geo.model.basemaps import BasemapName
    from sro_geo.model.method import Method
    from sro_geo.model.picture import MapStyle
    from sro_geo.model.quality import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSettings:
    """How reach is measured.

    Attributes
    ----------
    distance : {"straight", "walking", "table"}
        Straight lines times the detour factor, along streets, or as a table says.
    detour_factor : float or None
        Walked metres for each metre of straight line, at least 1; None where no lines are measured.
    minutes : tuple of float
        Walking limits, ascending.
    speed_kmh : float
        Walking speed.
    sharing : {"2sfca", "balanced"} or None
        How all who reach an offer share its places; None where that isn't asked.
    weights : tuple of float
        How much an offer counts within each limit.
    """

    distance: Literal["straight", "walking", "table"]
    detour_factor: float | None
    minutes: tuple[float, ...]
    speed_kmh: float
    sharing: Literal["2sfca", "balanced"] | None = None
    weights: tuple[float, ...] = ()

    @property
    def limit_metres(self) -> float:
        """Metres of the longest walk."""
        return self.to_metres(max(self.minutes))

    def to_metres(self, minutes: float) -> float:
        """Metres that are walked in a time."""
        return minutes * self.speed_kmh * 1000 / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Event that recovery is measured from: year, name in the project's language, indicator that it shook."""

    year: int
    name: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShockOrder:
    """What is supposed to happen to the offers of a kind.

    Attributes
    ----------
    kind : str
        Kind of offer.
    minutes : float
        Walk within which an offer counts.
    close_offers, close_providers : tuple of str
        Names, or ids, of offers that close; providers all of whose offers close.
    fewer_places, more_persons : float
        Share of places that the others lose; share by which the target group grows.
    place : Place
        The line that supposes it.
    code : str
        Code of the share that it leaves without an offer.
    open_at : Moment or None
        When it is: offers that are shut then close. None for any time.
    dimension : str or None
        Dimension in which the share that loses its last offer is scored: `robustness` or `redundancy`.
    """

    kind: str
    minutes: float
    close_offers: tuple[str, ...]
    close_providers: tuple[str, ...]
    fewer_places: float
    more_persons: float
    place: Place
    code: str
    open_at: Moment | None = None
    dimension: str | None = None

    @property
    def closes(self) -> bool:
        """Whether any offer may close."""
        return bool(self.close_offers or self.close_providers or self.open_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingOrder:
    """Where further offers of a kind would help most.

    Attributes
    ----------
    kind : str
        Kind of offer.
    count : int
        How many further offers.
    minutes : float
        Walk within which an offer counts.
    problem : {"cover", "cover_twice", "median"}
        Most persons with one in reach, with two, or the shortest ways.
    best : int
        So many sets are shown.
    seconds : float
        Time for the search.
    candidates : OfferFile or None
        Places that come into question; None for every cell where people live.
    """

    kind: str
    count: int
    minutes: float
    problem: Literal["cover", "cover_twice", "median"]
    best: int
    seconds: float
    candidates: OfferFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project file.

    Attributes
    ----------
    slug : str
        Name of the output folder: the name of the project's folder.
    title, place : str
        Title of the page; name of the town as it stands in sentences.
    language : {"de", "en"}
        Language of everything that is written.
    year, base_year : int
        Year shown; year the scales are fitted on.
    question, answer : str
        Short texts shown on the page; may be empty.
    quarters : QuartersFile
        Boundaries.
    water, barrier : DataFile or None
        Rivers to be drawn, lines that ways may not cross.
    streets : DataFile or None
        Streets to walk along; None where nobody is said to.
    distances : DistanceFile or None
        Ways that are given; None where they are measured.
    groups : mapping of str to list of str
        Groups of quarters, not checked against the boundaries yet (`as_groups`).
    group : str or None
        Group that is compared with the rest.
    called : tuple of str or None
        What one of its quarters and what several are called; None for model regions.
    indicators : tuple of IndicatorFile
        Tables of indicators, one entry for each file and year.
    rasters : tuple of RasterFile
        Rasters of which each gives an indicator.
    crosswalks : tuple of CrosswalkFile
        How the old quarters of such tables become those of the map.
    offers : tuple of OfferFile
        Tables of offers.
    population : PopulationFile or None
        Who lives where.
    target_groups : mapping of str to str
        Age group by kind of offer.
    coverage : CoverageSettings or None
        How reach is measured; None where no share is wanted.
    redundancy_kinds, redundancy_minutes : tuple of str, float
        Kinds of offer that redundancy counts, and within which walk; empty and 0 where it is not measured.
    siting : tuple of SitingOrder
        Where further offers are asked for.
    suppose : tuple of ShockOrder
        What is supposed to happen.
    method : Method or None
        Settings of the index; None where nothing is scored.
    index_name : str
        What the index is called; empty where nothing is scored.
    shock : Shock or None
        Event that recovery is measured from.
    smallest : int
        Counts of persons from 1 to under this are suppressed.
    internal_smallest : int or None
        The same for an edition for the office alone; None where the file states none.
    internal : bool
        Whether this is one.
    earlier : tuple of DataFile
        Tables of indicators of earlier editions.
    source_most : float
        What everybody knows that a count withheld by a file is at most; infinite where nothing is known.
    catalogue : Catalogue
        What codes mean, with the planner's own additions and reasons.
    named_kinds : tuple of str
        Kinds of offer that redundancy, siting, a supposed shock, a target group or a map names.
    maps : mapping of str to Place
        Codes of the maps drawn one by one, and the line that asks for each; empty for all.
    styles : mapping of str to MapStyle
        How maps are drawn that are not drawn as usual, by code.
    overlays : mapping of str to frozenset of str
        By code of a map, what lies on it: `gaps`, areas out of reach; `streets`, those within reach.
    basemap : str or None
        Map of somebody else that a reader may lay below.
    grey : bool
        Whether figures are drawn in grey as well.
    profiles : bool
        Whether each quarter gets a sheet of its own.
    curves : bool
        Whether curves of how many have an offer within how many metres are drawn.
    changes_from : int or None
        Year that the table of changes begins with; None for each indicator's first.
    settings : mapping
        Content of the file, for the protocol.
    notes : tuple of Problem
        Decisions that the project takes: replaced codes, reasons for scoring context.
    decided : tuple of Decision
        Answers to questions that a check asked.
    """

    slug: str
    title: str
    place: str
    language: Literal["de", "en"]
    year: int
    base_year: int
    question: str
    answer: str
    quarters: QuartersFile
    water: DataFile | None
    barrier: DataFile | None
    streets: DataFile | None
    distances: DistanceFile | None
    groups: Mapping[str, list[str]]
    group: str | None
    called: tuple[str, str] | None
    indicators: tuple[IndicatorFile, ...]
    rasters: tuple[RasterFile, ...]
    crosswalks: tuple[CrosswalkFile, ...]
    offers: tuple[OfferFile, ...]
    population: PopulationFile | None
    target_groups: Mapping[str, str]
    coverage: CoverageSettings | None
    redundancy_kinds: tuple[str, ...]
    redundancy_minutes: float
    siting: tuple[SitingOrder, ...]
    suppose: tuple[ShockOrder, ...] = ()
    method: Method | None
    index_name: str
    shock: Shock | None
    smallest: int
    internal_smallest: int | None
    internal: bool = False
    source_most: float
    earlier: tuple[DataFile, ...]
    catalogue: Catalogue
    named_kinds: tuple[str, ...]
    maps: Mapping[str, Place]
    styles: Mapping[str, MapStyle]
    overlays: Mapping[str, frozenset[str]]
    basemap: BasemapName | None = None
    grey: bool = False
    profiles: bool = False
    curves: bool = False
    changes_from: int | None = None
    settings: Mapping[str, object]
    notes: tuple[Problem, ...]
    decided: tuple[Decision, ...] = ()
