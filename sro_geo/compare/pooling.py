"""Rows of quarters pooled to the row of an area: counts added, rates made of counts, other values weighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.status import ESTIMATED, KNOWN, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators

WEAKEST = (SUPPRESSED, MISSING, LATER, NOT_APPLICABLE)
"""Reasons for a missing value of a group, the strongest first."""


class Rows(NamedTuple):
    """Rows of one indicator and year by column, in plain arrays: areas are many and small."""

    ids: Sequence[str]
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    status: NDArray[np.object_]
    example: NDArray[np.bool_]

    def have(self, *statuses: str) -> NDArray[np.bool_]:
        """Which rows have one of the statuses."""
        return np.array([status in statuses for status in self.status], dtype=bool)


Row = tuple[float, float, float, str, bool]
_NO_ROW: Row = (np.nan, np.nan, np.nan, MISSING, False)
_KINDS = {"value": float, "numerator": float, "denominator": float, "status": object, "example": bool}


def split_rows(indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], year: int) -> dict[str, dict[str, Row]]:
    """Rows of a year by indicator, in the catalogue's order, and by quarter."""
    rows, found = indicators[indicators["year"] == year], {code: dict[str, Row]() for code in specs}
    cells = zip(*(rows[column] for column in _KINDS), strict=True)
    for code, quarter, row in zip(rows["indicator"], rows["quarter_id"], cells, strict=True):
        if code in found:
            found[code][quarter] = row
    return {code: own for code, own in found.items() if own}


def pick_rows(given: Mapping[str, Row], ids: Sequence[str]) -> Rows:
    """Rows of quarters in the order named; those without a row are missing."""
    rows = [given.get(quarter, _NO_ROW) for quarter in ids]
    columns = (np.array([row[n] for row in rows], dtype=kind) for n, kind in enumerate(_KINDS.values()))
    return Rows(ids, *columns)


def pool_rows(rows: Rows, *, spec: IndicatorSpec, weights: pd.Series | None) -> dict[str, Any]:
    """Row of `sro_geo.compare.groups.measure_groups` for the quarters in `rows`."""
    size = len(rows.ids)
    if size == 1 and rows.have(*KNOWN).all():
        found = _take_one(rows)
    elif spec.unit in COUNTS:
        found = _add_counts(rows)
    elif spec.unit in UNIT_FACTOR and not np.isnan(rows.denominator).all():
        found = _pool_rates(rows, spec=spec)
    else:
        found = _weigh_values(rows, weights=weights)
    gaps = found.get("gaps", int(rows.have(SUPPRESSED, MISSING, LATER).sum()))
    return {
        **found,
        "quarters": size,
        "known_quarters": size - gaps,
        "status": found["status"] if not np.isnan(found["value"]) else _find_reason(rows.status),
        "example": bool(rows.example.any()),
    }


def _find_reason(statuses: NDArray[np.object_]) -> str:
    return next((state for state in WEAKEST if state in statuses), MISSING)


def _take_one(rows: Rows) -> dict[str, Any]:
    """A single known quarter as it is."""
    value = float(rows.value[0])
    below, status = float(rows.denominator[0]), rows.status[0]
    return {"value": value, "low": value, "high": value, "denominator": below, "status": status}


def _add_counts(rows: Rows) -> dict[str, Any]:
    known, void = rows.have(*KNOWN), rows.have(NOT_APPLICABLE)
    total = float(rows.value[known].sum())
    complete = bool((known | void).all() and known.any())
    return {
        "value": total if known.any() else np.nan,
        "low": total,
        "high": total if complete else np.nan,
        "denominator": np.nan,
        "status": _name_status(rows.status[known]),
    }


def _pool_rates(rows: Rows, *, spec: IndicatorSpec) -> dict[str, Any]:
    factor = UNIT_FACTOR[spec.unit]
    known, void = rows.have(*KNOWN), rows.have(NOT_APPLICABLE)
    below, untold = rows.denominator, np.isnan(rows.numerator)
    above = np.where(untold, rows.value * below / factor, rows.numerator)
    usable = known & ~np.isnan(above) & ~np.isnan(below)
    gaps = ~usable & ~void
    size, parts = float(below[usable].sum()), float(above[usable].sum())
    value = factor * parts / size if size > 0 else np.nan
    low, high = (np.nan, np.nan) if gaps.any() else (value, value)
    if gaps.any() and spec.unit == "percent" and not spec.signed and not np.isnan(below[gaps]).any():
        hidden = float(below[gaps].sum())
        if size + hidden > 0:
            low, high = factor * parts / (size + hidden), factor * (parts + hidden) / (size + hidden)
    guessed = bool((usable & untold).any()) and not spec.derived
    status = ESTIMATED if guessed else _name_status(rows.status[usable])
    return {
        "value": value,
        "low": low,
        "high": high,
        "denominator": size,
        "status": status,
        "gaps": int(gaps.sum()),
    }


def _weigh_values(rows: Rows, *, weights: pd.Series | None) -> dict[str, Any]:
    known, void = rows.have(*KNOWN), rows.have(NOT_APPLICABLE)
    own = rows.denominator
    if np.isnan(own[known]).any() and weights is not None:
        own = weights.reindex(list(rows.ids)).to_numpy(dtype=float)
    usable = known & (own > 0)
    size = float(own[usable].sum())
    value = float((own * rows.value)[usable].sum()) / size if size > 0 else np.nan
    complete = bool((usable | void).all())
    bound = value if complete else np.nan
    return {
        "value": value,
        "low": bound,
        "high": bound,
        "denominator": size if size > 0 else np.nan,
        "status": _name_status(rows.status[usable]),
        "gaps": int((~usable & ~void).sum()),
    }


def _name_status(used: NDArray[np.object_]) -> str:
    return ESTIMATED if ESTIMATED in used else OBSERVED
