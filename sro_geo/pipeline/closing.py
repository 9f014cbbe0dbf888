"""What the closure of an offer, or of all offers of a provider, would take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.alternatives import measure_closures
from sro_geo.disclose.closures import COUNTS, round_closures
from sro_geo.model.population import count_persons, find_gaps
from sro_geo.model.status import ESTIMATED, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

COLUMNS = (
    "kind", "offer", "provider", "quarter_id", "target_group", "minutes", *COUNTS, "more_metres", "status", "example",
)  # fmt: skip


def close_offers(project: Project, tables: Tables, measured: Measured) -> pd.DataFrame:
    """Closures of every offer, and of every provider with several, of each kind that has a share.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: an offer with its own quarter, or a provider without one; persons of the whole city, protected.
        Where it matters most comes first within a kind.
    """
    frames = [
        _close_kind(project, tables, measured, kind=kind, providers=providers)
        for kind in measured.reaches
        if not tables.kinds[kind].by_area  # a childminder is a person
        for providers in (False, True)
    ]
    rows = [frame for frame in frames if len(frame)]
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(rows, ignore_index=True)[list(COLUMNS)]


def find_limit(project: Project, kind: str) -> float:
    """Minutes within which an offer counts: those of redundancy where it counts the kind, else the middle limit."""
    if project.coverage is None:  # pragma: no cover  then nothing is measured
        raise AssertionError
    if kind in project.redundancy_kinds:
        return project.redundancy_minutes
    return project.coverage.minutes[(len(project.coverage.minutes) - 1) // 2]


def _close_kind(project: Project, tables: Tables, measured: Measured, *, kind: str, providers: bool) -> pd.DataFrame:
    reach, target = measured.reaches[kind], measured.true[kind].target_group
    people, settings = tables.population, project.coverage
    persons = None if people is None else count_persons(people, target_group=target)
    if people is None or settings is None or persons is None or reach.offer_ids.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    minutes = find_limit(project, kind)
    runs = _list_providers(tables, kind) if providers else None
    if providers and not runs:
        return pd.DataFrame(columns=list(COLUMNS))
    quarters = people.cells["quarter_id"]
    parts = measure_closures(reach, persons, quarters, limit_metres=settings.to_metres(minutes), providers=runs)
    units = list(dict.fromkeys(runs.values())) if runs else list(reach.offer_ids)
    sums = _add_up(parts, persons.groupby(quarters).sum(), units=units)
    unknown = parts.loc[parts["quarter_id"].isin(list(find_gaps(people, target_group=target))), "closed"]
    known = ~sums.index.isin(unknown)
    sums.loc[~known, :] = np.nan
    table = sums.assign(
        kind=kind,
        target_group=target,
        minutes=minutes,
        offer=None if runs else tables.offers["name"].reindex(sums.index),
        provider=sums.index if runs else tables.offers["provider"].reindex(sums.index),
        quarter_id=None if runs else tables.offers["quarter_id"].reindex(sums.index),
        status=OBSERVED if (people.persons["status"] == OBSERVED).all() else ESTIMATED,
        example=reach.example or bool(people.persons["example"].any()),
    )
    table["status"] = np.where(known, table["status"], SUPPRESSED)
    return round_closures(table).sort_values(["lose", "farther", "reached"], ascending=False, kind="stable")


def _list_providers(tables: Tables, kind: str) -> dict[str, str]:
    """Provider of each offer of a kind, of those providers that have several."""
    own = tables.offers.loc[tables.offers["kind"] == kind, "provider"]
    named = own[own.notna() & (own != "")]
    many = named.value_counts()
    return {str(offer): str(name) for offer, name in named.items() if many[name] > 1}


def _add_up(parts: pd.DataFrame, people: pd.Series, *, units: list[str]) -> pd.DataFrame:
    """Counts of the city by what closes, and all persons of the quarters in which those that are counted live."""
    everybody = parts["quarter_id"].map(people)
    around = {f"around_{name}": everybody.where(parts[name] > 0, 0.0) for name in COUNTS}
    sums = parts.assign(**around).groupby("closed")[[*COUNTS, *around, "metres"]].sum()
    sums = sums.reindex(units, fill_value=0.0)
    return sums.assign(more_metres=sums["metres"] / sums["farther"].where(sums["farther"] > 0)).drop(columns="metres")
