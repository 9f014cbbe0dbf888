"""Measures on offers: coverage, places and redundancy, as indicators like any other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sro_geo.coverage.distance import is_invented
from sro_geo.coverage.fineness import measure_move
from sro_geo.coverage.reach import as_coverage_indicators, measure_coverage
from sro_geo.coverage.supply import measure_supply
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.reach_totals import release_reached
from sro_geo.disclose.reached import hide_people, suppress_coverage, suppress_supply
from sro_geo.errors import Problem, ProjectError
from sro_geo.model.ages import parse_age_group
from sro_geo.model.catalogue import IndicatorSpec
from sro_geo.model.counts import NOBODY, parse_count
from sro_geo.model.indicators import as_indicators
from sro_geo.model.population import count_persons, find_gaps, find_status
from sro_geo.model.reach import code_gap, code_sharing, code_supply
from sro_geo.model.status import MISSING
from sro_geo.pipeline.walking import choose_way, name_phrase, tell_ways
from sro_geo.resilience.redundancy import REDUNDANCY
from sro_geo.text.levels import capital, write_within
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from sro_geo.disclose.reach_totals import ReachTotals
    from sro_geo.model.catalogue import OfferKind
    from sro_geo.model.population import Population
    from sro_geo.model.reach import Coverage, Reach, Supply
    from sro_geo.pipeline.tables import Tables
    from sro_geo.pipeline.walking import Way
    from sro_geo.project import CoverageSettings, Project

MOST_MOVED = 1.0
"""Points by which closer cells may move a share before the reader is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the offers give.

    Attributes
    ----------
    reaches : dict of kind to Reach
        Pairs of cells and offers.
    coverages, supplies : dict of kind to Coverage, Supply
        Protected.
    true : dict of kind to Coverage
        Before counts were withheld, without quarters whose persons are not shown. Only totals of areas are made of it; no
        study and no output may hold a row of it.
    released : frozenset of (str, str)
        Indicators and areas whose totals may be made of it: shares of each limit, and redundancy.
    secret : DataFrame
        Coverage and places before anything was withheld, as rows of the indicator table: for the audit alone.
    notes : tuple of Problem
        Kinds for which no share could be computed, and whether people are spread on points too far apart.
    """

    reaches: dict[str, Reach]
    coverages: dict[str, Coverage]
    supplies: dict[str, Supply]
    true: dict[str, Coverage]
    released: frozenset[tuple[str, str]]
    secret: pd.DataFrame
    notes: tuple[Problem, ...]


def measure_offers(project: Project, tables: Tables, *, members: Mapping[str, Sequence[str]]) -> Measured:
    """Coverage and places of every kind that people walk to and that has a target group.

    `members` are the quarters of each area, the city first: so that its totals stay, further counts may go.

    A kind that the project names has a share also where it has no offer: nobody reaches one.

    Raises
    ------
    ProjectError
        If redundancy is to count a kind that has no share.
    """
    people, settings = tables.population, project.coverage
    if people is None or settings is None:
        nothing = as_coverage_indicators([], supplies=[], year=project.year)
        return Measured(reaches={}, coverages={}, supplies={}, true={}, released=frozenset(), secret=nothing, notes=())
    true: dict[str, Coverage] = {}
    reaches: dict[str, Reach] = {}
    supplies: dict[str, Supply] = {}
    places: list[Supply] = []
    without: list[str] = []
    moves: list[float] = []
    way = choose_way(settings, tables)
    there = {*tables.offers["kind"], *(project.named_kinds if project.offers else ())}
    for code, kind in tables.kinds.items():
        if not kind.reach or code not in there:
            continue
        target = project.target_groups.get(code, kind.target_group)
        found = None if target is None else _cover(settings, tables, people, way=way, kind=code, target=target)
        if target is None or found is None:
            without.append(code)
            continue
        reaches[code], true[code], move = found
        moves.append(move)
        supply = _supply(project, tables, people, kind=code, target=target)
        if supply is not None:
            places.append(supply)
            supplies[code] = suppress_supply(supply, smallest=project.smallest)
    _check_redundancy(project, without)
    names = [tables.kinds[code].plural[project.language] for code in without]
    notes = [Problem(cause="no_target_group", values={"kinds": names})] if without else []
    coverages = {kind: suppress_coverage(coverage, smallest=project.smallest) for kind, coverage in true.items()}
    measured = Measured(
        reaches=reaches,
        coverages=coverages,
        supplies=supplies,
        true=true,
        released=frozenset(),
        secret=as_coverage_indicators(true.values(), supplies=places, year=project.year),
        notes=(*notes, *tell_ways(settings, tables), *_tell_moves(tables, max(moves, default=0.0))),
    )
    return _release(project, tables, _hide_people(project, tables, measured), members=members)


def _release(project: Project, tables: Tables, measured: Measured, *, members: Mapping[str, Sequence[str]]) -> Measured:
    """Measured with the totals that may be made of all persons, and without what had to go for the city's."""
    found: dict[str, ReachTotals] = {}
    true: dict[str, Coverage] = {}
    for kind, shown in measured.coverages.items():
        table = measured.true[kind].table
        unknown = table.loc[shown.table["persons"].isna(), "quarter_id"]
        true[kind] = hide_people(measured.true[kind], quarter_ids=set(unknown))
        found[kind] = release_reached(
            true[kind],
            shown,
            members=members,
            smallest=project.smallest,
            mean_minutes=project.redundancy_minutes if kind in project.redundancy_kinds else None,
            modelled=tables.finer is not None,
        )
    shares = {(code_gap(k, minutes=limit), area) for k, one in found.items() for limit, area in one.reached}
    kinds = [kind for kind in project.redundancy_kinds if kind in found]
    means = {(REDUNDANCY, area) for area in members if all(area in found[kind].means for kind in kinds)}
    coverages = {kind: one.shown for kind, one in found.items()}
    return replace(measured, coverages=coverages, true=true, released=frozenset(shares | means))


def _hide_people(project: Project, tables: Tables, measured: Measured) -> Measured:
    """Measured without the persons of a target group whose number would give a withheld count of the tables away."""
    rows = as_coverage_indicators(measured.coverages.values(), supplies=measured.supplies.values(), year=project.year)
    if rows.empty:
        return measured
    specs = {**tables.specs, **describe_measured(tables, measured)}
    checked = as_indicators(rows, specs=specs, quarter_ids=list(tables.quarters.index))
    shown, _ = suppress_small(
        checked, specs=specs, smallest=project.smallest, beside=tables.indicators, known=tables.known
    )
    lost = checked[shown["denominator"].isna() & checked["denominator"].notna()]
    gone = lost.groupby(lost["indicator"].map(lambda code: str(specs[code].kind)))["quarter_id"].agg(set).to_dict()
    hide = {kind: sorted(ids) for kind, ids in gone.items()}
    return replace(
        measured,
        coverages={kind: hide_people(c, quarter_ids=hide.get(kind, ())) for kind, c in measured.coverages.items()},
        supplies={kind: hide_people(s, quarter_ids=hide.get(kind, ())) for kind, s in measured.supplies.items()},
    )


def _check_redundancy(project: Project, without: Collection[str]) -> None:
    """Refuse kinds that redundancy would leave out without a word."""
    problems = [
        Problem(cause="redundancy_unmeasured", values={"kind": kind})
        for kind in project.redundancy_kinds
        if kind in without
    ]
    if problems:
        raise ProjectError(problems)


def _cover(
    settings: CoverageSettings, tables: Tables, people: Population, *, way: Way, kind: str, target: str
) -> tuple[Reach, Coverage, float] | None:
    """Pairs, coverage, and the points by which closer cells would move a share of the smallest quarter."""
    reach = way(people.cells, kind)
    walk: Any = {"minutes": settings.minutes, "speed_kmh": settings.speed_kmh}
    coverage = measure_coverage(reach, people, target_group=target, **walk)
    if coverage is None or tables.finer is None:
        return None if coverage is None else (reach, coverage, 0.0)
    quarters = people.cells["quarter_id"]
    own = quarters.index[quarters == tables.finer["quarter_id"].iloc[0]]
    return reach, coverage, measure_move(reach, way(tables.finer, kind), cell_ids=own, **walk)


def _tell_moves(tables: Tables, most: float) -> list[Problem]:
    if tables.finer is None or most <= MOST_MOVED:
        return []
    name = tables.quarters.loc[tables.finer["quarter_id"].iloc[0], "name"]
    return [Problem(cause="spread_coarse", values={"quarter": name, "points": math.ceil(most)})]


def _supply(project: Project, tables: Tables, people: Population, *, kind: str, target: str) -> Supply | None:
    """Places of a kind; None where no offer states any, unless there is none and a map of its places is asked for."""
    ids = tables.offers.index[tables.offers["kind"] == kind]
    closed = ids.empty and code_supply(kind) in project.maps
    if not closed and not tables.places["offer_id"].isin(ids).any():
        return None
    persons = count_persons(people, target_group=target)
    if persons is None:
        return None
    by_quarter = persons.groupby(people.cells["quarter_id"]).sum().reindex(tables.quarters.index)
    uncounted = dict.fromkeys(
        by_quarter.index[by_quarter.isna()], MISSING
    )  # of a quarter without a cell nothing is known
    gaps = {**uncounted, **find_gaps(people, target_group=target)}
    by_quarter = by_quarter.mask(by_quarter.index.isin(list(gaps)))
    return measure_supply(
        tables.offers,
        tables.places,
        by_quarter,
        kind=kind,
        target_group=target,
        status=find_status(people),
        example=bool(people.persons["example"].any() or is_invented(tables.offers, kind=kind)),
        gaps=gaps,
    )


def describe_measured(tables: Tables, measured: Measured) -> dict[str, IndicatorSpec]:
    """Names, units and directions of the computed indicators."""
    phrase = name_phrase(tables)
    specs = [
        _describe_gap(tables.kinds[kind], minutes=minutes, target_group=coverage.target_group, phrase=phrase)
        for kind, coverage in measured.coverages.items()
        for minutes in coverage.table["minutes"].unique()
    ]
    specs += [
        describe_supply(tables.kinds[kind], target_group=supply.target_group)
        for kind, supply in measured.supplies.items()
    ]
    return {spec.code: spec for spec in specs}


def _describe_gap(kind: OfferKind, *, minutes: float, target_group: str, phrase: str) -> IndicatorSpec:
    people, name = _name_target(target_group), {}
    for voice in SPEAKERS:
        who = capital(people[voice.language])
        offer = write_within(kind.short[voice.language], language=voice.language)
        walk = voice.say(phrase, minutes=voice.plain(minutes))
        name[voice.language] = voice.say("gap_title", people=who, offer=offer, walk=walk)
    return IndicatorSpec(
        code=code_gap(kind.code, minutes=minutes),
        name=name,
        short=name,
        unit="percent",
        topic="offers",
        direction=-1,
        counted=people,
        denominator=parse_count(target_group),
        derived=True,
        kind=kind.code,
        minutes=minutes,
    )


def describe_supply(
    kind: OfferKind, *, target_group: str, minutes: float | None = None, phrase: str = "walk_title"
) -> IndicatorSpec:
    """Places in the own quarter; with minutes those in reach, shared with all who reach them."""
    people, name, title = _name_target(target_group), {}, "places_title" if minutes is None else "sharing_title"
    for voice in SPEAKERS:
        who, offer = people[voice.language], kind.short[voice.language]
        walk = "" if minutes is None else voice.say(phrase, minutes=voice.plain(minutes))
        key = f"{title}_ages" if who[0].isdigit() else title
        name[voice.language] = voice.say(key, offer=offer, people=who, **({"walk": walk} if walk else {}))
    return IndicatorSpec(
        code=code_supply(kind.code) if minutes is None else code_sharing(kind.code),
        name=name,
        short=name,
        unit="per_100",
        topic="offers",
        direction=1,
        counted=people,
        numerator=NOBODY,
        denominator=parse_count(target_group),
        derived=True,
        kind=kind.code,
    )


def _name_target(target_group: str) -> dict[str, str]:
    target = parse_age_group(target_group)
    return {voice.language: voice.people(target.start, target.end) for voice in SPEAKERS}
