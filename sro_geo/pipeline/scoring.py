"""The index of a study: what is scored, on which scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.compare.groups import measure_city
from sro_geo.errors import DataError, Problem
from sro_geo.model.catalogue import IndicatorSpec
from sro_geo.model.method import DIMENSIONS
from sro_geo.pipeline.people import count_people
from sro_geo.report.shown import INDEX
from sro_geo.resilience.scale import fit_scales
from sro_geo.resilience.score import score_quarters
from sro_geo.text.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method, Scales
    from sro_geo.model.scores import Scores
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Method, scales and scores; all None where the project asks for no index."""

    method: Method | None
    scales: Scales | None
    scores: Scores | None


def score_study(
    project: Project, tables: Tables, indicators: Indicators, *, specs: Mapping[str, IndicatorSpec]
) -> Scored:
    """Fit the scales for the base year and score the year."""
    method = project.method
    if method is None:
        return Scored(method=None, scales=None, scores=None)
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
    if empty:
        raise DataError([Problem(cause="nothing_to_score", values={"dimension": d}) for d in empty])
    scales = fit_scales(indicators, specs=specs, method=method, codes=codes)
    ids = list(tables.quarters.index)
    weights = count_people(indicators, year=project.year, quarter_ids=ids)
    city = measure_city(indicators, specs=specs, year=project.year, quarter_ids=ids, weights=weights)["value"]
    scores = score_quarters(
        indicators,
        specs=specs,
        scales=scales,
        method=method,
        year=project.year,
        quarter_ids=ids,
        city={str(code): float(value) for code, value in city.items()},
    )
    return Scored(method=method, scales=scales, scores=scores)


def describe_scores(project: Project) -> dict[str, IndicatorSpec]:
    """The index and its dimensions, described like indicators, so that they are drawn and compared like them."""
    if project.method is None:
        return {}
    names = {INDEX: dict.fromkeys(LANGUAGES, project.index_name)}
    names |= {d: {language: word(d, language=language) for language in LANGUAGES} for d in DIMENSIONS}
    return {
        code: IndicatorSpec(code=code, name=name, short=name, unit="points", topic="resilience", derived=True)
        for code, name in names.items()
    }
