"""From a project to a finished study: read, protect, measure, score, compare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.coverage.reach import as_coverage_indicators
from sro_geo.disclose.primary import suppress_small
from sro_geo.errors import Problem, ProjectError
from sro_geo.model.indicators import COLUMNS, as_indicators, join_indicators
from sro_geo.model.reach import Walk
from sro_geo.model.study import About, Study
from sro_geo.pipeline.areas import list_areas, measure_all
from sro_geo.pipeline.auditing import pass_audit, record_all
from sro_geo.pipeline.choosing import count_choices
from sro_geo.pipeline.closing import close_offers
from sro_geo.pipeline.comparing import compare_all
from sro_geo.pipeline.curves import lay_curves
from sro_geo.pipeline.deciding import settle_questions
from sro_geo.pipeline.losing import describe_lost, share_lost
from sro_geo.pipeline.measuring import describe_measured, measure_offers
from sro_geo.pipeline.overlaying import lay_overlays
from sro_geo.pipeline.scoring import describe_recovery, describe_scores, score_study
from sro_geo.pipeline.sharing import describe_shared, share_offers
from sro_geo.pipeline.siting import site_all
from sro_geo.pipeline.supposing import note_hours, suppose_all
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.totals import release_all
from sro_geo.report.shown import list_codes
from sro_geo.resilience.recovery import SERIES, measure_recovery
from sro_geo.resilience.redundancy import measure_redundancy
from sro_geo.resilience.score import as_score_indicators
from sro_geo.text.levels import find_level
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sro_geo.coverage.tiles import Run
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.quarters import Quarters
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.scoring import Scored
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

Origins = dict[tuple[str, str], tuple[tuple[str, int | None], ...]]


def run_study(
    project: Project,
    *,
    step: Callable[[str], None] = lambda _: None,
    keep: Callable[[pd.DataFrame], None] = lambda _: None,
    run: Run | None = None,
) -> Study:
    """Compute everything that a project asks for.

    Parameters
    ----------
    project : Project
        As `read_project` gives it.
    step : callable
        Gets the name of each step as it begins.
    keep : callable
        Gets what the audit says of every withheld number, whether it is passed or not. It tells small from protecting, so
        it belongs in no output folder.
    run : callable or None
        Searches walks on a cluster (`join_cluster`); here, one part of the town after another, where None.

    Raises
    ------
    DataError, ProjectError
        With all problems that the step at hand finds; also if a small count follows from what would be shown.

    Notes
    -----
    Small counts leave the tables before anything is computed from them; only totals of areas are made of the true rows, and
    only where no count can be worked out of them. Nothing after that step holds one.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> best = study.scores.index["score"].idxmax()
    >>> print(f"{study.quarters.loc[best, 'name']}: {study.scores.index.loc[best, 'score']:.0f} of 100 points")
    Lindenau: 74 of 100 points
    """
    step(Speaker(project.language).say("step_read"))
    tables = replace(read_tables(project), run=run)
    if run is not None and tables.streets is None:
        raise ProjectError([Problem(cause="cluster_idle")])
    return compute_study(project, tables, step=step, keep=keep)


def compute_study(
    project: Project,
    tables: Tables,
    *,
    step: Callable[[str], None] = lambda _: None,
    keep: Callable[[pd.DataFrame], None] = lambda _: None,
    search: bool = True,
) -> Study:
    """Compute what a project asks for from its tables; as `run_study`. Without `search` no sites, closures and the like."""
    voice, members = Speaker(project.language, level=_tell_level(tables.quarters)), list_areas(project, tables)
    step(voice.say("step_coverage"))
    measured = measure_offers(project, tables, members=members)
    beside = measured if search else replace(measured, reaches={})
    closures, closed = close_offers(project, tables, beside)
    specs, supposed = _describe(project, tables, measured), suppose_all(project, tables, measured, closed)
    indicators, lost, origins, losses = _compute(project, tables, measured=measured, specs=specs, supposed=supposed)
    step(voice.say("step_score"))
    totals = release_all(project, tables, indicators, specs=specs, measured=measured, members=members)
    areas = measure_all(project, tables, indicators, specs=specs, measured=measured, totals=totals)
    scored = score_study(project, tables, indicators, specs=specs, areas=areas, losses=losses)
    step(voice.say("step_compare"))
    keep(record := record_all(project, tables, measured, indicators, specs=specs, totals=totals))
    siting, sited = site_all(project, tables, search=search)
    asked = (*tables.notes, *measured.notes, *note_hours(project, tables, measured), *sited, *lost, *scored.notes)
    settled = settle_questions(asked, project.decided, sources=tables.sources)
    study = Study(
        about=_tell_about(project, tables),
        specs=specs, kinds=tables.kinds, quarters=tables.quarters, groups=tables.groups, starts=_list_starts(tables, voice),
        indicators=_add_scores(indicators, scored, specs=specs, quarter_ids=list(tables.quarters.index)),
        offers=tables.offers, water=tables.water,
        coverages=measured.coverages, supplies=measured.supplies,
        choices=count_choices(project, tables, beside),
        closures=closures,
        siting=siting,
        supposed=supposed, overlays=lay_overlays(project, tables, beside),
        curves=lay_curves(project, tables, beside, members=members),
        method=scored.method, scales=scored.scales,
        scores=scored.scores, area_scores=scored.of_areas,
        areas=scored.areas,
        comparison=compare_all(project, scored.areas),
        recovery=losses,
        origins=origins,
        made=tables.made,
        notes=settled.notes, questions=settled.questions,
        sources=tables.sources,
        settings=project.settings,
        audit=pass_audit(record),
    )  # fmt: skip
    return _check_maps(project, study)


def _add_scores(
    indicators: Indicators, scored: Scored, *, specs: Mapping[str, IndicatorSpec], quarter_ids: list[str]
) -> Indicators:
    """Indicators with the index and its dimensions among them."""
    if scored.scores is None:
        return indicators
    rows = as_indicators(as_score_indicators(scored.scores), specs=specs, quarter_ids=quarter_ids)
    return join_indicators(indicators, rows)


def _check_maps(project: Project, study: Study) -> Study:
    """Study whose maps show something; refuses those that the project asks for and that have nothing to show."""
    shown = list_codes(study)
    problems = [
        Problem(cause="map_empty", values={"found": code, "year": project.year, "known": shown}, places=(place,))
        for code, place in project.maps.items()
        if code not in shown
    ]
    if problems:
        raise ProjectError(problems)
    return study


def _describe(project: Project, tables: Tables, measured: Measured) -> dict[str, IndicatorSpec]:
    """Catalogue with everything that is computed."""
    reached = {**describe_measured(tables, measured), **describe_shared(project, tables, measured)}
    reached |= describe_lost(project, tables, measured)
    return {**tables.specs, **reached, **describe_recovery(project, tables.specs), **describe_scores(project)}


def _compute(
    project: Project,
    tables: Tables,
    *,
    measured: Measured,
    specs: Mapping[str, IndicatorSpec],
    supposed: pd.DataFrame,
) -> tuple[Indicators, tuple[Problem, ...], Origins, pd.DataFrame | None]:
    """Given indicators and computed ones, protected like them, with what these were made of, and the losses since a shock."""
    given, year, frames = tables.indicators, project.year, []
    origins: Origins = {}
    losses: pd.DataFrame | None = None
    walked = [file.name for file in (project.streets, project.distances and project.distances.file) if file]
    files = tuple((file, None) for file in dict.fromkeys([*tables.offers["source"], *tables.population_files, *walked]))
    gaps = as_coverage_indicators(measured.coverages.values(), supplies=measured.supplies.values(), year=year)
    frames += [gaps, share_offers(project, tables, measured), share_lost(project, tables, measured, supposed)]
    origins |= {("", code): files for frame in frames for code in frame["indicator"].unique()}
    counted = [measured.coverages[kind] for kind in project.redundancy_kinds if measured.coverages]
    if counted:
        redundancy = measure_redundancy(counted, minutes=project.redundancy_minutes, year=year)
        frames.append(redundancy)
        origins |= {("", code): files for code in redundancy["indicator"].unique()}
    if project.shock is not None:
        recovery = measure_recovery(
            given,
            indicator=project.shock.indicator,
            direction=specs[project.shock.indicator].direction,
            shock_year=project.shock.year,
            year=year,
            quarter_ids=list(tables.quarters.index),
        )
        frames.append(recovery[COLUMNS])
        losses = recovery.set_index("quarter_id")[["value", *SERIES, "status"]]
        origins |= _trace(recovery, tables, indicator=project.shock.indicator)
    frame = pd.concat([f for f in frames if len(f)] or [gaps], ignore_index=True)
    checked = as_indicators(frame, specs=specs, quarter_ids=list(tables.quarters.index))
    protected, notes = suppress_small(checked, specs=specs, smallest=project.smallest, beside=given, known=tables.known)
    return join_indicators(given, protected), notes, origins, losses


def _trace(recovery: pd.DataFrame, tables: Tables, *, indicator: str) -> Origins:
    """Files and rows of the values that each loss was made of; where these are made themselves, those of their parts."""
    given = tables.indicators[tables.indicators["indicator"] == indicator]
    rows: dict[tuple[str, int], tuple[str, int | None]] = {
        (quarter, year): (source, None if pd.isna(row) else int(row))
        for quarter, year, source, row in given[["quarter_id", "year", "source", "row"]].itertuples(index=False)
    }
    found: Origins = {}
    for quarter, code, years in recovery[["quarter_id", "indicator", "years"]].itertuples(index=False):
        parts = [(tables.made.get((quarter, indicator, year)), rows[quarter, year]) for year in years]
        every = [origin for made, own in parts for origin in (made.origins if made else (own,))]
        found[quarter, code] = tuple(dict.fromkeys(every))
    return found


def _tell_about(project: Project, tables: Tables) -> About:
    return About(
        slug=project.slug,
        title=project.title,
        place=project.place,
        language=project.language,
        level=_tell_level(tables.quarters),
        parent_level=find_level(project.quarters.parent or "") or "",
        year=project.year,
        base_year=project.base_year,
        question=project.question,
        answer=project.answer,
        index_name=project.index_name,
        group=project.group,
        called=project.called,
        group_name=project.called[1] if project.called else Speaker(project.language).say("group"),
        shock_year=None if project.shock is None else project.shock.year,
        shock_name="" if project.shock is None else project.shock.name,
        example=tables.example,
        walk=_tell_walk(project),
        smallest=project.smallest,
        internal=project.internal,
        maps=tuple(project.maps),
        styles=project.styles,
        basemap=project.basemap,
        grey=project.grey,
        profiles=project.profiles,
        changes_from=project.changes_from,
        redundancy_kinds=project.redundancy_kinds,
        redundancy_minutes=project.redundancy_minutes,
    )


def _tell_level(quarters: Quarters) -> str:
    levels = quarters["level"].dropna().unique()
    return str(levels[0]) if len(levels) == 1 else ""


def _tell_walk(project: Project) -> Walk | None:
    if project.coverage is None:
        return None
    settings, barrier = project.coverage, project.barrier is not None
    straight = project.streets is None and project.distances is None
    return Walk(
        speed_kmh=settings.speed_kmh,
        detour_factor=settings.detour_factor if straight else None,
        barrier=barrier and straight,
        given=project.distances is not None,
        sharing=settings.sharing,
        weights=tuple(zip(settings.minutes, settings.weights, strict=True)) if settings.sharing else (),
    )


def _list_starts(tables: Tables, voice: Speaker) -> dict[str, str]:
    names = tables.quarters["name"]
    given = tables.starts if voice.language == "de" else {}
    return {str(q): given.get(str(q)) or voice.say("sentence_start", name=name) for q, name in names.items()}
