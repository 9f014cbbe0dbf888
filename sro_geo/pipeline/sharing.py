"""Places in reach of each quarter, shared with all who reach them, as an indicator like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.sharing import share_places
from sro_geo.coverage.supply import count_capacity
from sro_geo.disclose.sharing import find_steps
from sro_geo.model.indicators import COLUMNS, as_computed
from sro_geo.model.population import count_persons, find_status
from sro_geo.model.reach import code_sharing
from sro_geo.model.status import KNOWN, MISSING, SUPPRESSED
from sro_geo.pipeline.measuring import describe_supply
from sro_geo.pipeline.walking import name_phrase

if TYPE_CHECKING:
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.reach import Coverage, Reach
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import CoverageSettings, Project


def share_offers(project: Project, tables: Tables, measured: Measured) -> pd.DataFrame:
    """Places in reach of every kind that states any, as rows of the indicator table; none where the project doesn't ask.

    They are made of the persons that the coverages show: a quarter whose persons are withheld asks for nothing, and nobody who
    shares an offer with it has a number. Shown are steps (`find_steps`); a value is the middle of its step. Spread people are a
    share of land and follow from shown numbers: of them every place is shown.
    """
    frames = [
        _share_kind(settings, tables, measured.reaches[kind], measured.coverages[kind], smallest=project.smallest)
        for kind, settings in _list_shared(project, tables, measured)
    ]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    return as_computed(pd.concat(frames, ignore_index=True), year=project.year)


def describe_shared(project: Project, tables: Tables, measured: Measured) -> dict[str, IndicatorSpec]:
    """Names, units and directions of the places in reach."""
    specs = [
        describe_supply(
            tables.kinds[kind],
            minutes=max(limit for limit, weight in zip(settings.minutes, settings.weights, strict=True) if weight),
            target_group=measured.coverages[kind].target_group,
            phrase=name_phrase(tables),
        )
        for kind, settings in _list_shared(project, tables, measured)
    ]
    return {spec.code: spec for spec in specs}


def _list_shared(project: Project, tables: Tables, measured: Measured) -> list[tuple[str, CoverageSettings]]:
    """Kinds of offers with a place on the map and a number of places, where the project asks for what is shared."""
    settings = project.coverage
    if settings is None or settings.sharing is None:
        return []
    known = tables.places["offer_id"]
    kinds = [kind for kind, reach in measured.reaches.items() if known.isin(reach.offer_ids).any()]
    return [(kind, settings) for kind in kinds if not tables.kinds[kind].by_area]


def _share_kind(
    settings: CoverageSettings, tables: Tables, reach: Reach, coverage: Coverage, *, smallest: int
) -> pd.DataFrame:
    """Rows of a kind, without year and source."""
    people = tables.population
    persons = None if people is None else count_persons(people, target_group=coverage.target_group)
    if people is None or persons is None:  # pragma: no cover  then there is no coverage
        raise AssertionError
    shown = coverage.table.drop_duplicates("quarter_id").set_index("quarter_id")
    hidden = shown.index[shown["persons"].isna()]
    few = (
        shown["status"].eq(SUPPRESSED) & shown["persons"].notna()
    )  # who reach one in the shortest walk, no matter here
    known = shown["status"].mask(few, find_status(people))
    metres = [settings.to_metres(limit) for limit in settings.minutes]
    own = tables.places[tables.places["offer_id"].isin(reach.offer_ids)]
    table = share_places(
        reach,
        persons,
        people.cells["quarter_id"],
        count_capacity(own, target_group=coverage.target_group),
        decay=weigh_steps(list(zip(metres, settings.weights, strict=True))),
        balanced=settings.sharing == "balanced",
        unknown=set(hidden),
    ).reindex(shown.index)
    step = np.ones(len(table)) if tables.finer is not None else find_steps(table, smallest=smallest)
    rate = 100 * table["gets"] / table["persons"].where(table["persons"] > 0)
    value = ((rate / step + 0.5).floordiv(1) * step).mask(table["open"] | table["unstated"])
    status = known.where(value.notna() | ~known.isin(KNOWN), SUPPRESSED)
    status = status.mask(known.isin(KNOWN) & table["unstated"], MISSING)
    half = np.where(step > 1, step / 2, 0.0)
    return pd.DataFrame(
        {
            "quarter_id": shown.index,
            "indicator": code_sharing(reach.kind),
            "value": value,
            "low": (value - half).clip(lower=0.0),
            "high": value + half,
            "numerator": np.nan,  # places in steps are no count
            "denominator": shown["persons"],
            "status": status,
            "example": shown["example"],
        }
    ).reset_index(drop=True)
