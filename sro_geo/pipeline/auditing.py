"""The audit of all that a study shows: the only place that sees what is published beside what is true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.disclose.means import list_means
from sro_geo.disclose.record import SMALL, record_withheld
from sro_geo.errors import Problem, ProjectError
from sro_geo.model.indicators import as_indicators, join_indicators
from sro_geo.model.study import Audited
from sro_geo.pipeline.areas import list_areas
from sro_geo.pipeline.totals import list_released

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.pipeline.totals import Totals
    from sro_geo.project import Project


def record_all(
    project: Project,
    tables: Tables,
    measured: Measured,
    shown: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    totals: Totals,
) -> pd.DataFrame:
    """What a reader of all that is shown can work out of what is withheld: indicators, given and measured, means and totals.

    What is made of protected values only (redundancy, recovery, scores) withholds nothing of its own.
    """
    reached = as_indicators(measured.secret, specs=specs, quarter_ids=list(tables.quarters.index))
    true = join_indicators(tables.true, reached)
    told = list_released(totals, members=list_areas(project, tables))
    known = replace(tables.known, means=list_means(measured.coverages.values()))
    record = record_withheld(true, shown, specs=specs, smallest=project.smallest, known=known, totals=told)
    titles = record["indicator"].map(lambda code: specs[code].name[project.language])
    return record.assign(name=record["quarter_id"].map(tables.quarters["name"]), title=titles)


def pass_audit(record: pd.DataFrame) -> Audited:
    """What may be told of an audit: nothing of single numbers.

    Raises
    ------
    ProjectError
        If a small count follows from what is shown: quarter, indicator and year of each, never the count.
    """
    cells = record.loc[record["safe"].eq(False), ["name", "title", "year"]].drop_duplicates()  # noqa: FBT003  a value
    if len(cells):
        found = [f"{name}, {title} ({year})" for name, title, year in cells.itertuples(index=False)]
        raise ProjectError(Problem(cause="audit_failed", values={"count": len(found), "found": found}))
    small = record[record["reason"] == SMALL]
    widths = (small["high"] - small["low"]).dropna()
    return Audited(withheld=len(record), width=float(np.min(widths)) if len(widths) else None)
