"""The city, and the model regions beside the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.compare.groups import compare_groups, measure_city, split_rest
from sro_geo.coverage.reach import SOURCE
from sro_geo.model.indicators import COLUMNS, Indicators
from sro_geo.pipeline.people import count_people
from sro_geo.report.shown import INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.scores import Scores
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project


def list_city(
    project: Project,
    tables: Tables,
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    scores: Scores | None,
) -> pd.DataFrame:
    """Every indicator of the year for the whole city, and its scores where there is an index."""
    ids = list(tables.quarters.index)
    weights = count_people(indicators, year=project.year, quarter_ids=ids)
    city = measure_city(indicators, specs=specs, year=project.year, quarter_ids=ids, weights=weights)
    if scores is None:
        return city
    values = {INDEX: scores.reference, **scores.reference_dimensions}
    scored = pd.DataFrame({"value": values, "low": values, "high": values})
    example = bool(scores.index["example"].any())
    sizes = {"denominator": np.nan, "quarters": len(ids), "known_quarters": len(ids)}
    return pd.concat([city, scored.assign(**sizes, status="observed", example=example)[city.columns]])


def compare_all(
    project: Project,
    tables: Tables,
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    scores: Scores | None,
) -> pd.DataFrame:
    """The project's group beside the rest, for every indicator of the year and for the index."""
    if project.group is None:
        return pd.DataFrame(columns=["indicator"])
    ids = list(tables.quarters.index)
    rows = (
        indicators if scores is None else Indicators(pd.concat([indicators, *_list_scores(scores)], ignore_index=True))
    )
    return compare_groups(
        rows,
        specs=specs,
        year=project.year,
        members=split_rest(tables.groups, group=project.group, quarter_ids=ids),
        weights=count_people(indicators, year=project.year, quarter_ids=ids),
    ).assign(year=project.year)


def _list_scores(scores: Scores) -> list[pd.DataFrame]:
    """Index and dimensions as rows of the indicator table."""
    index = scores.index.reset_index().assign(indicator=INDEX)
    dimensions = scores.dimensions.assign(indicator=scores.dimensions["dimension"])
    empty: dict[str, Any] = {
        "numerator": np.nan,
        "denominator": np.nan,
        "source": SOURCE,
        "row": pd.NA,
        "year": scores.year,
    }
    return [rows.rename(columns={"score": "value"}).assign(**empty)[COLUMNS] for rows in (index, dimensions)]
