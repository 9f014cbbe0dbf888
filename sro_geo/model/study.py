"""A finished study: everything that reports show, protected and computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from sro_geo.errors import Problem
    from sro_geo.model.basemaps import BasemapName
    from sro_geo.model.catalogue import IndicatorSpec, OfferKind
    from sro_geo.model.crosswalk import Made
    from sro_geo.model.indicators import Indicators, Key
    from sro_geo.model.method import Method, Scales
    from sro_geo.model.offers import Offers
    from sro_geo.model.picture import MapStyle, Overlays
    from sro_geo.model.quarters import Groups, Quarters
    from sro_geo.model.reach import Coverage, Supply, Walk
    from sro_geo.model.scores import Scores
    from sro_geo.model.source import Source


CITY = "city"
"""Name of the area that is all quarters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a study is about, in the planner's words.

    Attributes
    ----------
    slug : str
        Name of the output folder.
    title, place : str
        Name of the page and of the town.
    language : str
        `de` or `en`.
    level : str
        What the quarters are called, `Stadtbereich`; empty where nobody says so, or where there are several levels.
    parent_level : str
        What the larger units are called that they belong to; empty where their column doesn't say.
    year, base_year : int
        Year shown, year the scales are fitted on.
    question, answer : str
        Short texts of the project file; may be empty.
    index_name : str
        What the index is called, "Resilienzindex" or "Teilindex Robustheit".
    group : str or None
        Group of quarters that is compared with the rest.
    called : tuple of str or None
        What a model region and what several are called; None for the usual words.
    group_name : str
        What it is called, "Modellregionen".
    shock_year : int or None
        Year of the event that recovery is measured from.
    shock_name : str
        Its name; empty where there is none.
    example : bool
        Whether the quarters themselves are invented.
    walk : Walk or None
        How walking times are measured; None where none are.
    smallest : int
        Counts of persons from 1 to under this are withheld.
    internal : bool
        Whether it is for the office alone, because it holds smaller counts than the public may see.
    maps : tuple of str
        Codes of the maps drawn one by one; empty for all.
    styles : mapping of str to MapStyle
        How maps are drawn that are not drawn as usual, by code.
    basemap : str or None
        Map of somebody else that a reader may lay below, see `BASEMAPS`.
    grey : bool
        Whether figures are drawn in grey as well.
    profiles : bool
        Whether each quarter gets a sheet of its own.
    changes_from : int or None
        Year that the table of changes begins with; None for each indicator's first.
    redundancy_kinds, redundancy_minutes : tuple of str, float
        Kinds of offer that redundancy counts, and within which walk.
    """

    slug: str
    title: str
    place: str
    language: str
    level: str
    parent_level: str
    year: int
    base_year: int
    question: str
    answer: str
    index_name: str
    group: str | None
    called: tuple[str, str] | None
    group_name: str
    shock_year: int | None
    shock_name: str
    example: bool
    walk: Walk | None
    smallest: int
    internal: bool
    maps: tuple[str, ...]
    styles: Mapping[str, MapStyle]
    basemap: BasemapName | None
    grey: bool
    profiles: bool
    changes_from: int | None
    redundancy_kinds: tuple[str, ...]
    redundancy_minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What may be told of an audit that was passed.

    Attributes
    ----------
    withheld : int
        Parts of values that are withheld, whatever for.
    width : float or None
        Smallest distance between the ends of what is open for a small count; infinite where nothing bounds any of them,
        None where no small count is withheld.
    """

    withheld: int
    width: float | None


@dataclass(frozen=True, kw_only=True)
class Study:
    """Everything that reports show.

    Attributes
    ----------
    about : About
        Title, town, year.
    specs, kinds : mapping
        Catalogue, with the computed indicators.
    quarters, groups : Quarters, Groups
        Boundaries and groups of quarters.
    starts : mapping of str to str
        Start of a sentence by quarter ("In der Waldsiedlung").
    indicators : Indicators
        Protected values, given and computed, all years.
    offers : Offers
        Offers of the year.
    water : GeoDataFrame or None
        Rivers and sea to be drawn.
    coverages, supplies : mapping of kind to Coverage, Supply
        Protected.
    choices : DataFrame
        Persons with several offers and with several providers in reach, by quarter and kind: the columns of
        `sro_geo.pipeline.choosing`.
    closures : DataFrame
        Long: kind, offer (name), other (the second, where two close at once), provider, quarter_id, target_group, minutes,
        reached, lose, farther (persons of the whole city, in tens), more_metres, unplaced (persons more without a place),
        status, example: what the closure of an offer would take away, of two, then without provider and quarter_id, or of all
        offers of a provider, then without offer and quarter_id.
    siting : DataFrame
        Long, one row for each site: order, kind, target_group, minutes, problem, plan (1 is the best), quarter_id, lon, lat, gain
        (persons of the whole city who then reach enough offers and did not before, in tens), gives_up (so many fewer than the
        best), proven, gap (percent by which it may be under the best possible), ties, ties_complete, status, example.
    supposed : DataFrame
        Long, a row for each quarter and one for the city without quarter_id: order, supposed (in words), kind, target_group, minutes,
        lose, lose_choice, farther (persons, in steps), more_metres, places_before and places_after (of the quarter, for 100
        persons), status, example: what a supposed shock would take away.
    curves : DataFrame
        Long, empty where nobody asks: area (`quarter`, `city`, `group`, `rest`), quarter_id, kind, target_group, metres, persons
        (within so many, in steps), share (of all), status, example.
    overlays : Overlays
        What lies on the maps of some indicators, protected.
    method : Method or None
        Settings of the index; None where nothing can be scored.
    scales : Scales or None
        Fitted scales.
    scores : Scores or None
        Index of the year.
    area_scores : Scores or None
        Index of the year of city, group and rest, scored like quarters, under the ids of `areas`.
    areas : DataFrame
        Long: indicator, area (`city`, and `group` and `rest` where they are compared), value, low, high, denominator,
        quarters, known_quarters, status, example, of the year shown; made of true counts where no secret follows.
    comparison : DataFrame
        Long: one row for each indicator, the group beside the rest.
    recovery : DataFrame or None
        Index quarter_id: value, before, last, fall, sure, status; None where no shock is named.
    origins : mapping of (quarter_id, indicator) to tuple of (file, row)
        What computed values were made from; quarter_id is empty where it is the same for all, row is None for a whole file.
    made : mapping of (quarter_id, indicator, year) to Made
        What values that a crosswalk brought were made of, as far as they are shown.
    notes : tuple of Problem
        Every decision taken on the data.
    questions : tuple of Problem
        Those of them that only a person can decide, as far as the project file does not.
    sources : tuple of Source
        Every file read.
    settings : mapping
        The project file's content, for the protocol.
    audit : Audited
        That no small count follows from what is shown.
    """

    about: About
    specs: Mapping[str, IndicatorSpec]
    kinds: Mapping[str, OfferKind]
    quarters: Quarters
    groups: Groups
    starts: Mapping[str, str]
    indicators: Indicators
    offers: Offers
    water: gpd.GeoDataFrame | None
    coverages: Mapping[str, Coverage]
    supplies: Mapping[str, Supply]
    choices: pd.DataFrame
    closures: pd.DataFrame
    siting: pd.DataFrame
    supposed: pd.DataFrame
    curves: pd.DataFrame
    overlays: Overlays
    method: Method | None
    scales: Scales | None
    scores: Scores | None
    area_scores: Scores | None
    areas: pd.DataFrame
    comparison: pd.DataFrame
    recovery: pd.DataFrame | None
    origins: Mapping[tuple[str, str], tuple[tuple[str, int | None], ...]]
    made: Mapping[Key, Made]
    notes: tuple[Problem, ...]
    questions: tuple[Problem, ...]
    sources: tuple[Source, ...]
    settings: Mapping[str, object]
    audit: Audited

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        rows = self.indicators[self.indicators["year"] == self.about.year]
        return {str(code): own.set_index("quarter_id") for code, own in rows.groupby("indicator")}

    def select_values(self, code: str) -> pd.DataFrame:
        """Rows of one indicator in the year, on the quarters' index; looked up, not searched for among all of them."""
        empty = self.indicators.head(0).set_index("quarter_id")
        return self._by_indicator.get(code, empty)

    @cached_property
    def second_offers(self) -> dict[tuple[object, ...], float]:
        """Persons with a second offer, as `choices` has them, by kind, minutes and quarter."""
        keys = self.choices[["kind", "minutes", "quarter_id"]].itertuples(index=False, name=None)
        return dict(zip(keys, self.choices["two"].astype(float), strict=True))

    @cached_property
    def city(self) -> pd.DataFrame:
        """Every indicator of the year for the whole city, on the indicators' index."""
        return self.areas[self.areas["area"] == CITY].set_index("indicator").drop(columns="area")
