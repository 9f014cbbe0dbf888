"""What the closure of an offer, of two at once, or of all offers of a provider, would take away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.alternatives import compare_reach, measure_closures, measure_double_closures
from sro_geo.coverage.overflow import count_unplaced
from sro_geo.coverage.supply import count_capacity
from sro_geo.disclose.closures import find_step, round_closures, tell_closures
from sro_geo.disclose.telling import count_reached
from sro_geo.model.population import count_persons, find_gaps, find_status
from sro_geo.model.status import SUPPRESSED
from sro_geo.model.streets import leave_out_steps
from sro_geo.pipeline.walking import choose_way
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sro_geo.disclose.telling import Count
    from sro_geo.model.reach import Reach
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.pipeline.walking import Way
    from sro_geo.project import Project

    Closed = tuple[pd.DataFrame, pd.DataFrame]
    Known = dict[str, dict[str, list[Count]]]
    """By kind and by count (`lose`, `farther`)."""

WALKED = ("reached", "lose", "farther")
COLUMNS = (
    "kind", "offer", "other", "provider", "quarter_id", "target_group", "minutes", *WALKED,
    "more_metres", "unplaced", "status", "example",
)  # fmt: skip

PAIRS = 10
"""Of a kind, so many pairs of offers are listed at most, and of providers."""


def close_offers(project: Project, tables: Tables, measured: Measured) -> tuple[pd.DataFrame, Known]:
    """Closures of every offer and of every provider with several, each also of two at once, and of all stairs, for each kind.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: an offer with its own quarter, two without one, one or two providers, or stairs with neither;
        persons of the whole city, protected. Where it matters most comes first within a kind. Of pairs, those without which
        most have none, of all that take more from enough persons together than one by one.
    dict
        What readers of it know, by kind.
    """
    flat, frames, known = _leave_out_stairs(project, tables), [], {}
    for kind in measured.reaches:
        if not tables.kinds[kind].by_area:  # a childminder is a person
            closed = _close_kind(project, tables, measured, kind=kind, flat=flat)
            if closed is not None:
                frames += [frame for frame in closed[0] if len(frame)]
                known[kind] = closed[1]
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS)), known
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)], known


def find_limit(project: Project, kind: str) -> float:
    """Minutes within which an offer counts: those of redundancy where it counts the kind, else the middle limit."""
    if project.coverage is None:  # pragma: no cover  then nothing is measured
        raise AssertionError
    if kind in project.redundancy_kinds:
        return project.redundancy_minutes
    return project.coverage.minutes[(len(project.coverage.minutes) - 1) // 2]


def _leave_out_stairs(project: Project, tables: Tables) -> Way | None:
    """Measure of reach for prams and wheelchairs; None where the ways have no stairs, or aren't streets."""
    if project.coverage is None or tables.streets is None or not tables.streets.steps.any():
        return None
    return choose_way(project.coverage, replace(tables, streets=leave_out_steps(tables.streets)))


def _close_kind(
    project: Project, tables: Tables, measured: Measured, *, kind: str, flat: Way | None
) -> tuple[list[pd.DataFrame], dict[str, list[Count]]] | None:
    """Tables of offers, of providers and of stairs, and what readers know of them; None where there is nothing to close."""
    reach, target = measured.reaches[kind], measured.coverages[kind].target_group
    people, settings = tables.population, project.coverage
    persons = None if people is None else count_persons(people, target_group=target)
    if people is None or settings is None or persons is None or reach.offer_ids.empty:
        return None
    minutes, quarters = find_limit(project, kind), people.cells["quarter_id"]
    way: Any = {"persons": persons, "quarters": quarters, "limit_metres": settings.to_metres(minutes)}
    facts = {
        "kind": kind,
        "target_group": target,
        "minutes": minutes,
        "example": reach.example or bool(people.persons["example"].any()),
        "status": find_status(people),
    }
    least = find_step(project.smallest)
    closed = [*_close_offers(reach, tables, way, least=least), *_close_providers(reach, tables, way, least=least)]
    if flat is not None:
        stairs = Speaker(project.language).say("closures_stairs")
        parts = compare_reach(reach, flat(people.cells, kind), **way).assign(closed=stairs)
        closed.append((parts, _name_rows([stairs], offer=[stairs])))
    everybody, gaps = persons.groupby(quarters).sum(), find_gaps(people, target_group=target)
    laid = [_lay_out(parts, named, everybody=everybody, gaps=gaps, facts=facts) for parts, named in closed]
    table = pd.concat(laid, keys=range(len(laid)))
    places = None if gaps else count_capacity(tables.places, target_group=target).reindex(reach.offer_ids)
    table = table.assign(**_count_unplaced(reach, places, table["members"], way))
    known = count_known(measured, kind=kind, minutes=minutes)
    shown = round_closures(table, smallest=project.smallest, reached=known)
    order: Any = {"by": ["lose", "farther", "reached"], "ascending": False, "kind": "stable"}
    frames = [own.droplevel(0).sort_values(**order) for _, own in shown.groupby(level=0, sort=False)]
    return frames, tell_closures(table, shown, smallest=project.smallest)


def _count_unplaced(reach: Reach, places: pd.Series | None, members: pd.Series, way: Mapping[str, Any]) -> pd.DataFrame:
    """How many more have no place, when all of the target group want one, and the places that close; missing if any isn't known."""
    table = pd.DataFrame(np.nan, index=members.index, columns=["unplaced", "around_unplaced"])
    if places is None or places.isna().any():
        return table
    closed = {f"{at}": own for at, own in enumerate(members) if own}
    found = count_unplaced(reach, way["persons"], places, limit_metres=way["limit_metres"], together=closed)
    known = members.map(len).gt(0).to_numpy()
    table.loc[known, "unplaced"] = found.round(6).to_numpy()
    table.loc[known, "around_unplaced"] = [float(places[list(own)].sum()) for own in members[known]]
    return table


def count_known(measured: Measured, *, kind: str, minutes: float) -> list[Count]:
    """What readers know of who has any offer within a walk."""
    table = measured.coverages[kind].table
    own = table[table["minutes"] == minutes].set_index("quarter_id")
    return count_reached(own["reached"], offers=frozenset(measured.reaches[kind].offer_ids))


def _close_offers(reach: Reach, tables: Tables, way: dict[str, Any], *, least: int) -> Iterator[Closed]:
    """What each offer takes with it, and two at once; each with its names."""
    own = tables.offers.loc[reach.offer_ids]
    names = own["name"].tolist()
    facts = {"offer": names, "provider": own["provider"].tolist(), "quarter_id": own["quarter_id"].tolist()}
    named = _name_rows([*own.index], **facts, members=[frozenset([offer]) for offer in own.index])
    yield measure_closures(reach, **way), named
    pairs = _choose_pairs(measure_double_closures(reach, **way), least=least)
    if pairs:
        both = [[own["name"][pair[side]] for pair in pairs] for side in (0, 1)]
        runs = {str(offer): str(offer) for offer in own.index}
        rows = _name_rows([*map(_join, pairs)], offer=both[0], other=both[1], members=[*map(frozenset, pairs)])
        yield _close_pairs(reach, pairs, runs, way), rows


def _close_providers(reach: Reach, tables: Tables, way: dict[str, Any], *, least: int) -> Iterator[Closed]:
    """The same of each provider with several offers, and of it and another one at once."""
    run = tables.offers.loc[reach.offer_ids, "provider"]
    run = run[run.notna() & (run != "")].astype(str)
    several = run.value_counts(sort=False).loc[lambda counts: counts > 1].index.tolist()
    if not several:
        return
    alone = run[run.isin(several)].to_dict()
    own = {provider: frozenset(run.index[run == provider]) for provider in run.unique()}
    rows = _name_rows(several, provider=several, members=[own[provider] for provider in several])
    yield measure_closures(reach, **way, providers=alone), rows
    found = measure_double_closures(reach, **way, providers=run.to_dict())
    named = found["closed"].isin(run) & found["other"].isin(run)
    pairs = _choose_pairs(found[named & (found["closed"].isin(several) | found["other"].isin(several))], least=least)
    if pairs:
        both = [[pair[side] for pair in pairs] for side in (0, 1)]
        members = [own[one] | own[other] for one, other in pairs]
        rows = _name_rows([*map(_join, pairs)], provider=both[0], other=both[1], members=members)
        yield _close_pairs(reach, pairs, run.to_dict(), way), rows


def _lay_out(
    parts: pd.DataFrame,
    named: pd.DataFrame,
    *,
    everybody: pd.Series,
    gaps: Mapping[str, str],
    facts: Mapping[str, object],
) -> pd.DataFrame:
    """Counts of the city beside what closes, not protected yet; missing where a quarter that it concerns is."""
    sums = _add_up(parts, everybody, units=list(named.index))
    known = ~sums.index.isin(parts.loc[parts["quarter_id"].isin(list(gaps)), "closed"])
    sums.loc[~known, :] = np.nan
    beside: dict[str, Any] = {**facts, **{str(name): column.to_numpy() for name, column in named.items()}}
    table = sums.assign(**beside)
    table["status"] = np.where(known, table["status"], SUPPRESSED)
    return table


def _choose_pairs(found: pd.DataFrame, *, least: int) -> list[tuple[str, str]]:
    """The pairs that most depend on, of those whose both closures at once take the last offer from more than one by one."""
    sums = found.groupby(["closed", "other"])[["lose", "together"]].sum()
    worst = sums[sums["together"] >= least].sort_values("lose", ascending=False, kind="stable")
    return [(str(one), str(other)) for one, other in worst.index[:PAIRS].tolist()]


def _close_pairs(
    reach: Reach, pairs: list[tuple[str, str]], runs: Mapping[str, str], way: dict[str, Any]
) -> pd.DataFrame:
    """Each pair closed as if one provider ran both, for those who have either."""
    parts = []
    for pair in pairs:
        both = {offer: _join(pair) for offer, unit in runs.items() if unit in pair}
        cells = reach.pairs.loc[reach.pairs["offer_id"].isin(list(both)), "cell_id"]
        near = replace(reach, pairs=reach.pairs[reach.pairs["cell_id"].isin(cells)])
        closed = measure_closures(near, **way, providers=both)
        parts.append(closed[closed["closed"] == _join(pair)])
    return pd.concat(parts)


def _name_rows(closed: list[str], **named: list[Any]) -> pd.DataFrame:
    """Names of what closes, by its id."""
    names: dict[str, Any] = {
        "offer": None,
        "other": None,
        "provider": None,
        "quarter_id": None,
        "members": [frozenset()] * len(closed),
    }
    return pd.DataFrame({**names, **named}, index=closed)


def _join(pair: tuple[str, str]) -> str:
    return "\n".join(pair)  # no offer is called so


def _add_up(parts: pd.DataFrame, people: pd.Series, *, units: list[str]) -> pd.DataFrame:
    """Counts of the city by what closes, and all persons of the quarters in which those that are counted live."""
    everybody = parts["quarter_id"].map(people)
    around = {f"around_{name}": everybody.where(parts[name] > 0, 0.0) for name in WALKED}
    sums = parts.assign(**around).groupby("closed")[[*WALKED, *around, "metres"]].sum()
    sums = sums.reindex(units, fill_value=0.0)
    return sums.assign(more_metres=sums["metres"] / sums["farther"].where(sums["farther"] > 0)).drop(columns="metres")
