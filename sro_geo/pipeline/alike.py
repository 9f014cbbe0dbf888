"""Similar quarters. Only the page names them, and only here is scikit-learn loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.compare.typology import find_similar, list_compared
from sro_geo.model.atlas import Alike
from sro_geo.model.catalogue import COUNTS

if TYPE_CHECKING:
    from sro_geo.model.study import Study

MOST_SIMILAR = 3
"""So many similar quarters are named."""


def find_alike(study: Study) -> Alike:
    """Most similar quarters by the given rates of the year, and the rates compared.

    Who lives in a quarter (age, origin, households) makes no likeness, nor do invented figures one of real quarters.
    """
    values, specs = study.indicators, study.specs
    fit = {code for code, spec in specs.items() if spec.unit not in COUNTS and not (spec.derived or spec.context)}
    rates = values["indicator"].isin(fit)
    rows = values[(values["year"] == study.about.year) & rates & (study.about.example | ~values["example"])]
    table = rows.pivot_table(index="quarter_id", columns="indicator", values="value", dropna=False)
    table = table.reindex(list(study.quarters.index))
    compared = set(list_compared(table))
    return Alike(
        quarters=find_similar(table, most=MOST_SIMILAR), codes=tuple(code for code in specs if code in compared)
    )
