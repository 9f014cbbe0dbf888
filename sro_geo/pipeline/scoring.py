"""The index of a study: what is scored, on which scales."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError, Problem
from sro_geo.model.catalogue import IndicatorSpec
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.pipeline.areas import count_inhabitants, find_city, list_areas, score_areas
from sro_geo.pipeline.breaking import note_broken
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.resilience.scale import fit_scales
from sro_geo.resilience.score import score_quarters
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method, Scales
    from sro_geo.model.scores import Scores
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Method, scales and scores, all None where the project asks for no index; the areas with theirs; and notes.

    `of_areas` are the scores of the areas with their parts, under their own ids.
    """

    method: Method | None
    scales: Scales | None
    scores: Scores | None
    of_areas: Scores | None
    areas: pd.DataFrame
    notes: tuple[Problem, ...] = ()


def score_study(
    project: Project,
    tables: Tables,
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    areas: pd.DataFrame,
    losses: pd.DataFrame | None,
) -> Scored:
    """Fit the scales for the base year and score the year, quarters and areas alike.

    Raises
    ------
    DataError
        As `fit_scales` and `score_quarters`; if a dimension has nothing to score, or limits or weights are stated for
        indicators that are not scored.
    """
    stated = project.method
    method = None if stated is None else _bound_recovery(stated, losses)
    if stated is None or method is None:
        broken = note_broken(project, tables.indicators)
        return Scored(method=None, scales=None, scores=None, of_areas=None, areas=areas, notes=broken)
    present = set(indicators["indicator"])
    codes = [
        code
        for code, spec in specs.items()
        if spec.dimension in method.dimensions
        and spec.direction != 0
        and code in present
        and method.indicators.get(code, 1) > 0
    ]
    empty = [d for d in method.dimensions if not any(specs[code].dimension == d for code in codes)]
    problems = [Problem(cause="nothing_to_score", values={"dimension": d}) for d in empty]
    idle = [code for code in (*stated.goalposts, *stated.indicators) if code not in codes]
    idle = [code for code in dict.fromkeys(idle) if stated.indicators.get(code, 1) > 0]
    problems += [Problem(cause="scored_in_vain", values={"indicators": idle})] if idle else []
    if problems:
        raise DataError(problems)
    scales = fit_scales(indicators, specs=specs, method=method, codes=codes)
    scores = score_quarters(
        indicators,
        specs=specs,
        scales=scales,
        method=method,
        year=project.year,
        quarter_ids=list(tables.quarters.index),
        city=find_city(areas),
    )
    members = list_areas(project, tables)
    of_areas, scored = score_areas(areas, specs=specs, scales=scales, method=method, scores=scores, members=members)
    scored = count_inhabitants(scored, among=areas, codes=[INDEX, *method.dimensions])
    joined = pd.concat([areas, scored], ignore_index=True)
    notes = (*_note_gaps(scores), *note_broken(project, tables.indicators, method=method, scales=scales))
    return Scored(method=method, scales=scales, scores=scores, of_areas=of_areas, areas=joined, notes=notes)


def _note_gaps(scores: Scores) -> tuple[Problem, ...]:
    """Say how many quarters have no index."""
    gaps = scores.index["score"].isna()
    values = {"count": int(gaps.sum()), "all": len(gaps)}
    return (Problem(cause="index_gaps", values=values),) if gaps.any() else ()


def _bound_recovery(method: Method, losses: pd.DataFrame | None) -> Method:
    """Method whose scale of recovery runs from the deepest fall of any quarter to no loss, unless the project says it."""
    if losses is None or RECOVERY in method.goalposts:
        return method
    deepest = float(losses["fall"].max())
    posts = (deepest if deepest > 0 else 1.0, 0.0)
    return replace(method, goalposts={**method.goalposts, RECOVERY: posts})


def describe_recovery(project: Project, specs: Mapping[str, IndicatorSpec]) -> dict[str, IndicatorSpec]:
    """What is still lost, in the unit of what the shock shook."""
    if project.shock is None:
        return {}
    shaken = specs[project.shock.indicator]
    share = shaken.unit == "percent"
    unit, words = ("percentage_points", None) if share else (shaken.unit, shaken.unit_text)
    return {RECOVERY: replace(specs[RECOVERY], unit=unit, unit_text=words, digits=max(1, shaken.digits))}


def describe_scores(project: Project) -> dict[str, IndicatorSpec]:
    """The index and its dimensions, described like indicators, so that they are drawn and compared like them."""
    if project.method is None:
        return {}
    names = {d: {voice.language: voice.say(d) for voice in SPEAKERS} for d in DIMENSIONS}
    names |= {INDEX: {voice.language: project.index_name for voice in SPEAKERS}}
    return {
        code: IndicatorSpec(code=code, name=name, short=name, unit="points", topic="resilience", derived=True)
        for code, name in names.items()
    }
