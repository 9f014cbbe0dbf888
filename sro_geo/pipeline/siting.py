"""Where further offers would help most, as the project orders it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from sro_geo.coverage.thinning import gather_persons, thin_points
from sro_geo.disclose.closures import find_step, round_counts
from sro_geo.errors import Problem, ProjectError
from sro_geo.model.offers import Offers
from sro_geo.model.population import count_persons, find_gaps, find_status
from sro_geo.model.siting import SitingTask
from sro_geo.model.status import SUPPRESSED
from sro_geo.pipeline.walking import choose_way

if TYPE_CHECKING:
    from sro_geo.model.population import Population
    from sro_geo.model.reach import Reach
    from sro_geo.model.siting import SitePlan, Siting
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import CoverageSettings, Project
    from sro_geo.project.values import SitingOrder

COLUMNS = (
    "order", "kind", "target_group", "minutes", "problem", "plan", "site", "quarter_id", "lon", "lat", "gain", "gives_up", "proven",
    "gap", "ties", "ties_complete", "status", "example",
)  # fmt: skip

MOST = {"cover": 2000, "cover_twice": 2000, "median": 1000}
"""So many places are tried at most, by problem. Ways have a row for every place near a cell: their cells are as few, too."""

_EXISTING, _NEW = "offer ", "new "
"""Starts of ids, so that those of offers and of places for further ones can't clash."""


def site_all(project: Project, tables: Tables, *, search: bool = True) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Best sites of every order; without `search` only what keeps one from being found.

    Returns
    -------
    tuple of DataFrame and tuple of Problem
        Columns of `COLUMNS`, one row for each site, protected; and what was left out.

    Raises
    ------
    ProjectError
        If the data don't make up the target group of an order.

    Notes
    -----
    Where a count of persons isn't known, nobody lives in the quarter: whom no number tells can't be counted.
    """
    frames: list[pd.DataFrame] = []
    notes: list[Problem] = []
    people, settings = tables.population, project.coverage
    for number, order in enumerate(project.siting if people is not None and settings is not None else (), start=1):
        frame, told = _site(project, tables, number=number, order=order, search=search)
        frames += [frame] if len(frame) else []
        named = {"order": number, "kind": tables.kinds[order.kind].name[project.language]}
        notes += [replace(note, values={**named, **note.values}) for note in told]
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS)), tuple(notes)
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)], tuple(notes)


def _site(
    project: Project, tables: Tables, *, number: int, order: SitingOrder, search: bool
) -> tuple[pd.DataFrame, list[Problem]]:
    people, settings = tables.population, project.coverage
    target = project.target_groups.get(order.kind, tables.kinds[order.kind].target_group)
    persons = None if people is None or target is None else count_persons(people, target_group=target)
    if people is None or settings is None or target is None or persons is None:
        raise ProjectError([Problem(cause="kind_unmeasured", values={"kind": order.kind, "section": "siting"})])
    gaps = find_gaps(people, target_group=target)
    persons = persons.mask(people.cells["quarter_id"].isin(list(gaps)), 0.0)
    places = _list_places(tables, people, number=number)
    tried = places.loc[thin_points(places.geometry, most=MOST[order.problem]).index]
    reach = _measure(settings, tables, people.cells, tried, order=order)
    names = [str(tables.quarters.loc[quarter, "name"]) for quarter in tables.quarters.index if quarter in gaps]
    notes = [Problem(cause="siting_people_withheld", values={"quarters": names})] if gaps else []
    if left := len(places) - len(tried):
        notes.append(Problem(cause="siting_candidates", values={"n": left, "kept": len(tried)}))
    demand = _gather(people, persons, order=order)
    if len(demand) < len(persons):
        notes.append(Problem(cause="siting_gathered", values={"n": len(persons), "kept": len(demand)}))
    possible = _can_gain(reach, persons, order=order)
    found = _search(reach, demand, order=order) if search and possible else None
    if found is None or not found.plans:
        empty = [] if possible and not search else [Problem(cause="siting_empty")]
        return pd.DataFrame(columns=list(COLUMNS)), [*notes, *empty]
    table = _list_sites(found, places).assign(order=number, target_group=target, kind=order.kind, minutes=order.minutes)
    gains = [_count_gain(reach, persons, people, plan=plan, problem=order.problem) for plan in found.plans]
    table = _protect(table, gains, problem=order.problem, smallest=project.smallest)
    return table.assign(
        status=table["status"].fillna(find_status(people)),
        problem=order.problem,
        example=reach.example or bool(people.persons["example"].any() or places["example"].any()),
    ), notes


def _list_places(tables: Tables, people: Population, *, number: int) -> gpd.GeoDataFrame:
    """Candidates of an order: those of its file, else every cell; name (none of a cell), quarter_id, geometry, example."""
    if number in tables.sites:
        return tables.sites[number]
    return people.cells[["quarter_id", "geometry"]].assign(name=None, example=False)


def _measure(
    settings: CoverageSettings,
    tables: Tables,
    cells: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    order: SitingOrder,
) -> Reach:
    """Pairs of the cells with the offers that exist and with each candidate, the project's own way."""
    there = tables.offers.loc[tables.offers["kind"] == order.kind, ["kind", "example", "geometry"]]
    new = places[["geometry"]].assign(kind=order.kind, example=False)
    frames = [there.set_axis(_EXISTING + there.index), new.set_axis(_NEW + new.index)]
    both = gpd.GeoDataFrame(pd.concat([frame for frame in frames if len(frame)]), crs=cells.crs)
    way = choose_way(replace(settings, minutes=(order.minutes,)), replace(tables, offers=Offers(both)))
    return way(cells, order.kind)


def _gather(people: Population, persons: pd.Series, *, order: SitingOrder) -> pd.Series:
    """Persons by cell; where the shortest ways are sought from too many, at fewer of them."""
    if order.problem != "median":
        return persons
    cells = people.cells.geometry
    return gather_persons(persons, cells, kept=thin_points(cells, most=MOST["median"]))


def _can_gain(reach: Reach, persons: pd.Series, *, order: SitingOrder) -> bool:
    """Whether there are enough candidates, and anybody near one."""
    new = reach.offer_ids.str.startswith(_NEW)
    near = reach.pairs["offer_id"].isin(reach.offer_ids[new]) & reach.pairs["cell_id"].map(persons).gt(0)
    return bool(order.count <= new.sum() and near.any())


def _search(every: Reach, persons: pd.Series, *, order: SitingOrder) -> Siting:
    """Best sites for the persons of some cells."""
    from sro_geo.coverage.siting import site_offers  # noqa: PLC0415  takes a while to load

    here = every.cell_ids[every.cell_ids.isin(persons.index)]
    near = every.pairs["cell_id"].isin(here)
    reach = replace(every, cell_ids=here, pairs=every.pairs[near].reset_index(drop=True))
    fixed = tuple(reach.offer_ids[~reach.offer_ids.str.startswith(_NEW)])
    return site_offers(
        reach,
        persons,
        task=SitingTask(problem=order.problem, count=order.count, fixed=fixed, best=order.best, seconds=order.seconds),
    )


def _list_sites(found: Siting, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row for each site of each plan: where it is, and what is proven of the plan."""
    rows = [
        {
            "plan": at,
            "place": site.removeprefix(_NEW),
            "proven": plan.proven,
            "gap": float(math.ceil(plan.gap * 100)) if math.isfinite(plan.gap) else math.nan,
            "ties": float(len(found.ties)) if at == 1 else math.nan,
            "ties_complete": found.ties_complete if at == 1 else None,
        }
        for at, plan in enumerate(found.plans, start=1)
        for site in plan.sites
    ]
    table = pd.DataFrame(rows)
    chosen = places.loc[table["place"]]
    points = chosen.geometry.to_crs("EPSG:4326")
    where = {"site": chosen["name"].to_numpy(), "quarter_id": chosen["quarter_id"].to_numpy()}
    return table.assign(**where, lon=points.x.to_numpy(), lat=points.y.to_numpy())


def _count_gain(
    reach: Reach, persons: pd.Series, people: Population, *, plan: SitePlan, problem: str
) -> tuple[float, float]:
    """Persons who then reach enough offers and did not before, and all persons of the quarters in which they live."""
    need = 2 if problem == "cover_twice" else 1
    there = ~reach.pairs["offer_id"].str.startswith(_NEW)
    before, after = (
        reach.pairs.loc[counted, "cell_id"].value_counts().reindex(persons.index, fill_value=0)
        for counted in (there, there | reach.pairs["offer_id"].isin(plan.sites))
    )
    new = persons.where((before < need) & (after >= need), 0.0)
    quarters = people.cells["quarter_id"]
    lived = quarters.isin(quarters[new > 0])
    return float(new.sum()), float(persons[lived].sum())


def _protect(table: pd.DataFrame, gains: list[tuple[float, float]], *, problem: str, smallest: int) -> pd.DataFrame:
    """Sites with what may be shown of the plans' gains, and so many fewer than the best; of ways, fewer persons say nothing.

    Their status says only what is withheld.
    """
    true = pd.DataFrame(gains, columns=["gain", "around"], index=range(1, len(gains) + 1))
    shown = round_counts(true["gain"], true["around"], step=find_step(smallest))
    fewer = shown.loc[1] - shown if problem != "median" else shown * math.nan
    gain = table["plan"].map(shown)
    withheld = pd.Series(None, index=table.index, dtype="str").mask(gain.isna(), SUPPRESSED)
    return table.assign(gain=gain, gives_up=table["plan"].map(fewer), status=withheld)
