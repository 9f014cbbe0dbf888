"""Rates and their counts, as the catalogue puts them together, among the values that the files give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.errors import stop_at
from sro_geo.model.computed import compute_rates, fill_counts
from sro_geo.model.indicators import as_indicators, join_indicators
from sro_geo.model.schema import report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.indicators import IndicatorTables
    from sro_geo.model.catalogue import IndicatorSpec


def add_rates(
    values: IndicatorTables, *, specs: Mapping[str, IndicatorSpec], quarter_ids: Sequence[str]
) -> IndicatorTables:
    """Values with the rates that are computed of them, and given rates with the counts that the catalogue names.

    Raises
    ------
    DataError
        If a file holds a rate that the catalogue calls computed, or counts do not go together.
    """
    filled, unlike = fill_counts(values.indicators, specs=specs, quarter_ids=quarter_ids)
    values = replace(values, indicators=filled, notes=(*values.notes, *unlike))
    own = [code for code, spec in specs.items() if spec.computed]
    if not own:
        return values
    given = values.indicators["indicator"].isin(own)
    stop_at(report(values.indicators, given, "computed_given", column="indicator"))
    found = compute_rates(values.indicators, specs=specs, quarter_ids=quarter_ids, made=values.made)
    notes = (*values.notes, *found.notes)
    if found.frame.empty:
        return replace(values, notes=notes)
    rates = as_indicators(found.frame, specs=specs, quarter_ids=quarter_ids)
    return replace(
        values,
        indicators=join_indicators(values.indicators, rates),
        made={**values.made, **found.made},
        notes=notes,
    )
