"""Who can choose: persons with a second and a third offer in reach, and with a second provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.alternatives import count_alternatives
from sro_geo.disclose.closures import find_step, round_counts
from sro_geo.model.population import count_persons
from sro_geo.model.status import KNOWN, SUPPRESSED
from sro_geo.pipeline.closing import find_limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.reach import Coverage, Reach
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

COUNTS = {"two": 2, "three": 3}
"""At least so many offers."""

PROVIDERS = "two_providers"
COLUMNS = ("quarter_id", "kind", "target_group", "minutes", *COUNTS, PROVIDERS, "status", "example")


def count_choices(project: Project, tables: Tables, measured: Measured) -> pd.DataFrame:
    """Persons of each quarter with several offers of a kind within the walk that closures are measured in.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`, every quarter that has cells and every kind that has a share. `two_providers` is missing where
        no provider is known. Counts are in steps and withheld as those of closures are, and also where so few of the persons
        who reach an offer have no further one.
    """
    frames = [
        _count_kind(project, tables, reach, measured.coverages[kind], kind=kind)
        for kind, reach in measured.reaches.items()
        if not tables.kinds[kind].by_area and not reach.offer_ids.empty
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def _count_kind(project: Project, tables: Tables, reach: Reach, coverage: Coverage, *, kind: str) -> pd.DataFrame:
    people, settings = tables.population, project.coverage
    persons = None if people is None else count_persons(people, target_group=coverage.target_group)
    if people is None or settings is None or persons is None:  # pragma: no cover  then there is no coverage
        raise AssertionError
    minutes = find_limit(project, kind)
    own = coverage.table[coverage.table["minutes"] == minutes].set_index("quarter_id")
    counted = _count_offers(tables, reach, limit_metres=settings.to_metres(minutes))
    step, quarters = find_step(project.smallest), people.cells["quarter_id"]
    everybody = own["persons"]
    table = pd.DataFrame(np.nan, index=own.index, columns=[*COUNTS, PROVIDERS])
    for name, enough in counted.items():
        true = persons.where(enough, 0.0).groupby(quarters).sum().reindex(own.index).mask(everybody.isna())
        # beside an exact number of those with any offer, too
        table[name] = round_counts(true, everybody, own["reached"].fillna(everybody), step=step)
    gone = table[list(COUNTS)].isna().any(axis=1)
    return table.assign(
        kind=kind,
        target_group=coverage.target_group,
        minutes=minutes,
        status=own["status"].mask(gone & own["status"].isin(KNOWN), SUPPRESSED),
        example=own["example"],
    ).reset_index()[list(COLUMNS)]


def _count_offers(tables: Tables, reach: Reach, *, limit_metres: float) -> Mapping[str, pd.Series]:
    """By column: which cells have so many offers, and so many providers, within the limit."""
    offers = count_alternatives(reach, limit_metres=limit_metres)
    enough = {name: offers >= least for name, least in COUNTS.items()}
    named = tables.offers.loc[reach.offer_ids, "provider"]
    providers = {str(offer): str(name) for offer, name in named.items() if name and pd.notna(name)}
    several = count_alternatives(reach, limit_metres=limit_metres, providers=providers) >= COUNTS["two"]
    return {**enough, **({PROVIDERS: several} if providers else {})}
