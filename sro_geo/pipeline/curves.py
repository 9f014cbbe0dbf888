"""How many have an offer within how many metres: quarters, model regions, the rest and the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.within import count_within
from sro_geo.disclose.curves import round_curves
from sro_geo.model.population import count_persons, find_status
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.reach import Coverage, Reach
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import CoverageSettings, Project

QUARTER = "quarter"
COLUMNS = ("area", "quarter_id", "kind", "target_group", "metres", "persons", "share", "status", "example")
EVERY = 100.0
"""Metres between the points of a curve."""


def lay_curves(
    project: Project, tables: Tables, measured: Measured, *, members: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Persons within every hundred metres, and within each limit, of every kind that has a share; none where nobody asks.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: persons in steps, protected; their share of all that live there, where these are shown.
    """
    if not project.curves or project.coverage is None:
        return pd.DataFrame(columns=list(COLUMNS))
    frames = [
        _lay_kind(project, tables, reach, measured.coverages[kind], members=members, settings=project.coverage)
        for kind, reach in measured.reaches.items()
        if not reach.offer_ids.empty
    ]
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)] if frames else pd.DataFrame(columns=list(COLUMNS))


def _lay_kind(
    project: Project,
    tables: Tables,
    reach: Reach,
    coverage: Coverage,
    *,
    members: Mapping[str, Sequence[str]],
    settings: CoverageSettings,
) -> pd.DataFrame:
    people = tables.population
    persons = None if people is None else count_persons(people, target_group=coverage.target_group)
    if people is None or persons is None:  # pragma: no cover  then there is no coverage
        raise AssertionError
    shown = coverage.table.drop_duplicates("quarter_id").set_index("quarter_id")
    limits = [settings.to_metres(minutes) for minutes in settings.minutes]
    metres = sorted({*np.arange(EVERY, max(limits), EVERY).tolist(), *limits})
    counts = count_within(reach, persons, people.cells["quarter_id"], metres=metres).reindex(shown.index)
    names = [(QUARTER, quarter) for quarter in counts.index] + [(area, None) for area in members]
    sums = [counts.reindex(list(ids)).sum() for ids in members.values()]  # hidden where `every` is
    every = [shown["persons"].reindex(list(ids)).sum(skipna=False) for ids in members.values()]
    rows = pd.concat([counts, pd.DataFrame(sums)], ignore_index=True)
    all_ = pd.concat([shown["persons"], pd.Series(every, dtype=float)], ignore_index=True)
    places = {quarter: at for at, quarter in enumerate(counts.index)}
    own = {len(counts) + at: [places[one] for one in ids if one in places] for at, ids in enumerate(members.values())}
    drawn = round_curves(rows, all_, exact=limits, smallest=project.smallest, members=own)
    long = drawn.rename_axis("at").reset_index().melt(id_vars="at", var_name="metres", value_name="persons")
    long = long.sort_values(["at", "metres"], ignore_index=True)
    at = long["at"].to_numpy(dtype=int)
    known = shown["status"].where(~shown["status"].isin(KNOWN), SUPPRESSED).reindex([quarter for _, quarter in names])
    return long.assign(
        area=[names[one][0] for one in at],
        quarter_id=[names[one][1] for one in at],
        kind=reach.kind,
        target_group=coverage.target_group,
        metres=long["metres"].astype(float),
        share=(long["persons"] / all_.where(all_ > 0).to_numpy()[at]).clip(upper=1.0),  # a count may be rounded up
        status=known.fillna(SUPPRESSED).to_numpy()[at],
        example=reach.example or bool(people.persons["example"].any()),
    ).assign(status=lambda table: table["status"].where(table["persons"].isna(), find_status(people)))
