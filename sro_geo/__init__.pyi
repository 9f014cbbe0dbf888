from sro_geo.compare.groups import compare_groups as compare_groups
from sro_geo.compare.nearness import find_near as find_near
from sro_geo.compare.typology import find_similar as find_similar
from sro_geo.coverage.assignment import assign_persons as assign_persons
from sro_geo.coverage.catchments import measure_catchments as measure_catchments
from sro_geo.coverage.decay import weigh_gaussian as weigh_gaussian
from sro_geo.coverage.decay import weigh_steps as weigh_steps
from sro_geo.coverage.distance import measure_straight as measure_straight
from sro_geo.coverage.overflow import count_unplaced as count_unplaced
from sro_geo.coverage.overflow import measure_overflow as measure_overflow
from sro_geo.coverage.reach import measure_coverage as measure_coverage
from sro_geo.coverage.sharing import share_places as share_places
from sro_geo.coverage.shock import measure_shock as measure_shock
from sro_geo.coverage.siting import site_offers as site_offers
from sro_geo.coverage.supply import count_capacity as count_capacity
from sro_geo.coverage.supply import measure_supply as measure_supply
from sro_geo.coverage.walking import measure_walking as measure_walking
from sro_geo.disclose.primary import suppress_small as suppress_small
from sro_geo.errors import DataError as DataError
from sro_geo.errors import Place as Place
from sro_geo.errors import Problem as Problem
from sro_geo.errors import ProjectError as ProjectError
from sro_geo.errors import SroGeoError as SroGeoError
from sro_geo.intake.writing import extend_project as extend_project
from sro_geo.intake.writing import start_project as start_project
from sro_geo.load.boundaries import read_boundaries as read_boundaries
from sro_geo.load.catalogue import read_catalogue as read_catalogue
from sro_geo.load.indicators import read_indicators as read_indicators
from sro_geo.load.offers import read_offers as read_offers
from sro_geo.load.osm import read_buildings as read_buildings
from sro_geo.load.osm import read_streets as read_streets
from sro_geo.load.population import read_population as read_population
from sro_geo.load.zones import read_rasters as read_rasters
from sro_geo.model.indicators import as_indicators as as_indicators
from sro_geo.model.offers import as_offers as as_offers
from sro_geo.model.offers import as_places as as_places
from sro_geo.model.population import as_population as as_population
from sro_geo.model.quarters import as_groups as as_groups
from sro_geo.model.quarters import as_quarters as as_quarters
from sro_geo.pipeline.checking import check_project as check_project
from sro_geo.pipeline.cluster import join_cluster as join_cluster
from sro_geo.pipeline.study import run_study as run_study
from sro_geo.pipeline.writing import draw_maps as draw_maps
from sro_geo.pipeline.writing import draw_profiles as draw_profiles
from sro_geo.pipeline.writing import write_study as write_study
from sro_geo.project import find_shipped as find_shipped
from sro_geo.project import read_project as read_project
from sro_geo.render.embedding import StudyMap as StudyMap
from sro_geo.report.explanation import explain_quarter as explain_quarter
from sro_geo.resilience.recovery import measure_recovery as measure_recovery
from sro_geo.resilience.redundancy import measure_redundancy as measure_redundancy
from sro_geo.resilience.scale import fit_scales as fit_scales
from sro_geo.resilience.score import score_quarters as score_quarters

__all__ = [
    "DataError",
    "Place",
    "Problem",
    "ProjectError",
    "SroGeoError",
    "StudyMap",
    "as_groups",
    "as_indicators",
    "as_offers",
    "as_places",
    "as_population",
    "as_quarters",
    "assign_persons",
    "check_project",
    "compare_groups",
    "count_capacity",
    "count_unplaced",
    "draw_maps",
    "draw_profiles",
    "explain_quarter",
    "extend_project",
    "find_near",
    "find_shipped",
    "find_similar",
    "fit_scales",
    "join_cluster",
    "measure_catchments",
    "measure_coverage",
    "measure_overflow",
    "measure_recovery",
    "measure_redundancy",
    "measure_shock",
    "measure_straight",
    "measure_supply",
    "measure_walking",
    "read_boundaries",
    "read_buildings",
    "read_catalogue",
    "read_indicators",
    "read_offers",
    "read_population",
    "read_project",
    "read_rasters",
    "read_streets",
    "run_study",
    "score_quarters",
    "share_places",
    "site_offers",
    "start_project",
    "suppress_small",
    "weigh_gaussian",
    "weigh_steps",
    "write_study",
]
