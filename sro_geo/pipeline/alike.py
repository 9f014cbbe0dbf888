"""Similar quarters. Only the page names them, and only here is scikit-learn loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.compare.typology import find_similar
from sro_geo.report.shown import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.study import Study

MOST_SIMILAR = 3
"""So many similar quarters are named."""


def find_alike(study: Study) -> Mapping[str, tuple[str, ...]]:
    """Most similar quarters by the given rates of the year; invented figures make no likeness of real quarters."""
    values, specs = study.indicators, study.specs
    rates = (
        values["indicator"].map(lambda code: specs[code].unit not in COUNTS and not specs[code].derived).astype(bool)
    )
    rows = values[(values["year"] == study.about.year) & rates & (study.about.example | ~values["example"])]
    table = rows.pivot_table(index="quarter_id", columns="indicator", values="value", dropna=False)
    return find_similar(table.reindex(list(study.quarters.index)), most=MOST_SIMILAR)
