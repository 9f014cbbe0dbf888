"""People of the quarters, the weights of values that have no denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.model.indicators import select_values
from sro_geo.report.profiles import POPULATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sro_geo.model.indicators import Indicators


def count_people(indicators: Indicators, *, year: int, quarter_ids: Sequence[str]) -> pd.Series | None:
    """People of each quarter, on the quarters' index, missing where they are not known; None where none are."""
    people = select_values(indicators, indicator=POPULATION, year=year)["value"].reindex(list(quarter_ids))
    return people if bool(people.notna().any()) else None
