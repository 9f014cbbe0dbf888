"""Breaks in series: which fall into no years, and what compares years across one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.errors import Problem
from sro_geo.resilience.recovery import list_baseline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method, Scales
    from sro_geo.project import Project


def note_idle_breaks(indicators: Indicators, *, specs: Mapping[str, IndicatorSpec]) -> tuple[Problem, ...]:
    """A note for each indicator with breaks that part no two of its years, so that nothing shows them."""
    years = indicators.groupby("indicator")["year"].agg(["min", "max"])
    notes = []
    for code, first, last in years.itertuples():
        parting = specs[code].list_breaks(first, last)
        idle = [str(one.year) for one in specs[code].series_breaks if one not in parting]
        values = {"code": code, "found": idle, "first": str(first), "last": str(last)}
        notes += [Problem(cause="series_break_idle", values=values)] if idle else []
    return tuple(notes)


def note_broken(
    project: Project, indicators: Indicators, *, method: Method | None = None, scales: Scales | None = None
) -> tuple[Problem, ...]:
    """Notes where a loss since a shock, or a scale fitted on a base year, sets years side by side across a break.

    Stated ends of a scale are of no year.
    """
    notes: list[Problem] = []
    if project.shock is not None:
        code = project.shock.indicator
        first = list_baseline(indicators, indicator=code, shock_year=project.shock.year)[0]
        notes += _tell(project, [code], between=(first, project.year), cause="recovery_broken")
    if method is not None and scales is not None and method.normalise == "minmax":
        fitted = [code for code in scales.worst if code not in method.goalposts]
        notes += _tell(project, fitted, between=(method.base_year, project.year), cause="scale_broken")
    return tuple(notes)


def _tell(project: Project, codes: Iterable[str], *, between: tuple[int, int], cause: str) -> list[Problem]:
    """A note for each indicator whose series breaks between two years, whichever is first."""
    specs, first, last = project.catalogue.specs, min(between), max(between)
    broken = [(specs[code], specs[code].list_breaks(first, last)) for code in codes if code in specs]
    years = {"first": str(first), "last": str(last)}
    return [
        Problem(
            cause=cause,
            values={"name": spec.short[project.language], "found": [str(one.year) for one in found], **years},
        )
        for spec, found in broken
        if found
    ]
