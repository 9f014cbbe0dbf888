"""Sozialraum analyses and maps for planners in child, youth and social services.

Public names load when they are first used, so that `import sro_geo` stays light.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "DataError": "errors",
    "Place": "errors",
    "Problem": "errors",
    "ProjectError": "errors",
    "SroGeoError": "errors",
    "StudyMap": "render.embedding",
    "as_groups": "model.quarters",
    "as_indicators": "model.indicators",
    "as_offers": "model.offers",
    "as_places": "model.offers",
    "as_population": "model.population",
    "as_quarters": "model.quarters",
    "assign_persons": "coverage.assignment",
    "check_project": "pipeline.checking",
    "compare_groups": "compare.groups",
    "count_capacity": "coverage.supply",
    "count_unplaced": "coverage.overflow",
    "draw_maps": "pipeline.writing",
    "draw_profiles": "pipeline.writing",
    "explain_quarter": "report.explanation",
    "extend_project": "intake.writing",
    "find_near": "compare.nearness",
    "find_shipped": "project",
    "find_similar": "compare.typology",
    "fit_scales": "resilience.scale",
    "join_cluster": "pipeline.cluster",
    "measure_catchments": "coverage.catchments",
    "measure_coverage": "coverage.reach",
    "measure_overflow": "coverage.overflow",
    "measure_recovery": "resilience.recovery",
    "measure_redundancy": "resilience.redundancy",
    "measure_shock": "coverage.shock",
    "measure_straight": "coverage.distance",
    "measure_supply": "coverage.supply",
    "measure_walking": "coverage.walking",
    "read_boundaries": "load.boundaries",
    "read_buildings": "load.osm",
    "read_catalogue": "load.catalogue",
    "read_indicators": "load.indicators",
    "read_offers": "load.offers",
    "read_population": "load.population",
    "read_project": "project",
    "read_rasters": "load.zones",
    "read_streets": "load.osm",
    "run_study": "pipeline.study",
    "score_quarters": "resilience.score",
    "share_places": "coverage.sharing",
    "site_offers": "coverage.siting",
    "start_project": "intake.writing",
    "suppress_small": "disclose.primary",
    "weigh_gaussian": "coverage.decay",
    "weigh_steps": "coverage.decay",
    "write_study": "pipeline.writing",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605  the stub beside this file names them one by one


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'sro_geo' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"sro_geo.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
