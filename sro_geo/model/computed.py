"""Rates and the counts that the catalogue names for them, whichever files these stand in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from sro_geo.errors import Problem
from sro_geo.model.ages import AgeGroup
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.crosswalk import Made
from sro_geo.model.indicators import SOURCE, Indicators, count_digits
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING, NOT_APPLICABLE, OBSERVED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.counts import Count
    from sro_geo.model.indicators import Key

_DUST = 1e-9

Parts = list[tuple[int, str]]
"""Counts by their codes, each with its sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """Rates made of counts.

    Attributes
    ----------
    frame : DataFrame
        Columns of `sro_geo.model.indicators.GIVEN`, not checked yet.
    made : mapping of (quarter_id, indicator, year) to Made
        Where the parts of every value stand.
    notes : tuple of Problem
        `counts_lacking`: rates of which no year has all counts.
    """

    frame: pd.DataFrame
    made: Mapping[Key, Made]
    notes: tuple[Problem, ...]


def compute_rates(
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarter_ids: Sequence[str],
    made: Mapping[Key, Made],
) -> Computed:
    """Rates marked as computed in the catalogue, for every year in which their counts stand in the tables.

    Parameters
    ----------
    indicators : Indicators
        As read, before small counts are taken out: what is made of one is protected like it.
    specs : mapping of str to IndicatorSpec
        The catalogue; numerator and denominator name counts and age groups, which may be sums of narrower ones.
    quarter_ids : sequence of str
        Keys of the boundaries.
    made : mapping of (quarter_id, indicator, year) to Made
        What counts were made of that a crosswalk brought.

    Notes
    -----
    Law: value = factor × numerator ÷ denominator. Where a part has no value, the rate has none, for the strongest reason among
    its parts, but its denominator where that is known; where the denominator is zero, it does not apply.
    """
    wanted = [spec for spec in specs.values() if spec.computed]
    frames: list[pd.DataFrame] = []
    origins: dict[Key, Made] = {}
    lacking: list[str] = []
    years = _list_columns(indicators, specs=specs, quarter_ids=quarter_ids) if wanted else {}
    for spec in wanted:
        before = len(frames)
        for year, columns in years.items():
            above, below = (_find_parts(count, columns, specs=specs) for count in (spec.counts, spec.denominator))
            if above and below:
                frame = _divide(spec, above, below, columns).assign(quarter_id=list(quarter_ids), year=year)
                frames.append(frame)
                for at, status in enumerate(frame["status"]):
                    if status in KNOWN:
                        key = (quarter_ids[at], spec.code, year)
                        origins[key] = _join_made(at, key, above, below, columns, made)
        lacking += [spec.code] if len(frames) == before else []
    notes = (Problem(cause="counts_lacking", values={"found": lacking}),) if lacking else ()
    return Computed(frame=pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(), made=origins, notes=notes)


def fill_counts(
    indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], quarter_ids: Sequence[str]
) -> tuple[Indicators, tuple[Problem, ...]]:
    """Indicators in which given rates have the counts that the catalogue names for them, where they stand without any.

    Without its denominator a rate of the city were a mean by all inhabitants, whomever it counts.

    Parameters
    ----------
    indicators, specs, quarter_ids
        As in `compute_rates`.

    Returns
    -------
    Indicators, tuple of Problem
        The same rows; notes `rate_unlike_counts`: rates that their counts contradict. Those stay as they are.

    Notes
    -----
    Law: a filled rate is factor × numerator ÷ denominator, and rounded to the digits of the file it is what stood there. Where the
    numerator stands nowhere, the value stays and has its denominator.
    """
    bare = indicators["status"].isin(KNOWN) & indicators[["numerator", "denominator"]].isna().all(axis=1)
    bare &= indicators["low"] == indicators["high"]
    rates = [code for code, spec in specs.items() if spec.unit in UNIT_FACTOR and not (spec.computed or spec.derived)]
    bare &= indicators["indicator"].isin(rates)
    years = _list_columns(indicators, specs=specs, quarter_ids=quarter_ids) if bare.any() else {}
    frames, notes = [], list[Problem]()
    for code, rows in indicators[bare].groupby("indicator"):
        unlike = 0
        for year, own in rows.groupby("year"):
            filled = _fill_rate(own, specs[str(code)], years.get(int(str(year)), {}), specs=specs, ids=quarter_ids)
            unlike += len(own) - len(filled)
            frames.append(filled)
        values = {"indicator": str(code), "count": unlike}
        notes += [Problem(cause="rate_unlike_counts", values=values)] if unlike else []
    if not frames:
        return indicators, ()
    table, found = indicators.copy(), pd.concat(frames)
    table.loc[found.index, list(found.columns)] = found
    return Indicators(table), tuple(notes)


def _fill_rate(
    rows: pd.DataFrame,
    spec: IndicatorSpec,
    columns: Mapping[str, _Column],
    *,
    specs: Mapping[str, IndicatorSpec],
    ids: Sequence[str],
) -> pd.DataFrame:
    """Value, numerator and denominator of a year's rows, without those that their counts contradict."""
    above, below = (_find_parts(count, columns, specs=specs) for count in (spec.counts, spec.denominator))
    frame = rows[["value", "low", "high", "numerator", "denominator"]]
    if not below:
        return frame
    at = pd.Index(ids).get_indexer(pd.Index(rows["quarter_id"]))
    size = _add_up(below, columns)[at]
    number = _add_up(above, columns)[at] if above else np.full(len(at), np.nan)
    size[size <= 0] = np.nan
    exact = UNIT_FACTOR[spec.unit] * number / size
    half = 0.5 * 10.0 ** -max(map(count_digits, rows["value"])) + _DUST
    told = np.where(np.isnan(exact), rows["value"], exact)
    number[np.isnan(size)] = np.nan
    near = np.abs(told - rows["value"].to_numpy()) <= half
    filled: pd.DataFrame = frame.assign(value=told, low=told, high=told, numerator=number, denominator=size)[near]
    return filled


def _add_up(parts: Parts, columns: Mapping[str, _Column]) -> NDArray[np.float64]:
    """Sum of counts by quarter; missing where one is."""
    return np.asarray(np.sum([sign * columns[code].value for sign, code in parts], axis=0), dtype=np.float64)


class _Column(NamedTuple):
    """A count by quarter."""

    value: NDArray[np.float64]
    status: list[str]
    example: NDArray[np.bool_]
    origin: list[tuple[str, int | None]]


def _list_columns(
    indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], quarter_ids: Sequence[str]
) -> dict[int, dict[str, _Column]]:
    """Counts by year and code."""
    rows = indicators[indicators["indicator"].isin([code for code, spec in specs.items() if spec.unit in COUNTS])]
    found: dict[int, dict[str, _Column]] = {}
    key: Any
    for key, own in rows.groupby(["year", "indicator"]):
        laid = own.set_index("quarter_id").reindex(list(quarter_ids))
        found.setdefault(int(key[0]), {})[str(key[1])] = _Column(
            value=laid["value"].to_numpy(dtype=float),
            status=laid["status"].fillna(MISSING).tolist(),
            example=(laid["example"] == 1).to_numpy(dtype=bool),
            origin=[
                (str(file), None if pd.isna(row) else int(row))
                for file, row in zip(laid["source"], laid["row"], strict=True)
            ],
        )
    return found


def _find_parts(count: Count | None, known: Iterable[str], *, specs: Mapping[str, IndicatorSpec]) -> Parts:
    """Codes that a count is the sum of; empty where one is not known."""
    codes, parts = list(known), Parts()
    bands = {specs[code].counts.terms[0][1]: code for code in codes if len(specs[code].counts.terms) == 1}
    for sign, term in count.terms if count else ():
        found = _chain(term, bands) if isinstance(term, AgeGroup) else [term] if term in codes else []
        if not found:
            return []
        parts += [(sign, code) for code in found]
    return parts


def _chain(group: AgeGroup, bands: Mapping[AgeGroup | str, str]) -> list[str]:
    """Fewest age groups that make up a group; empty where none do."""
    ways: dict[float, list[str]] = {float(group.start): []}
    for band in sorted(band for band in bands if isinstance(band, AgeGroup)):
        way = ways.get(float(band.start))
        if way is not None and (band.end not in ways or len(way) + 1 < len(ways[band.end])):
            ways[band.end] = [*way, bands[band]]
    return ways.get(group.end, [])


def _divide(spec: IndicatorSpec, above: Parts, below: Parts, columns: Mapping[str, _Column]) -> pd.DataFrame:
    """Rate with its counts and its status, by quarter."""
    used = [columns[code] for _, code in (*above, *below)]
    numerator, denominator = (_add_up(parts, columns) for parts in (above, below))
    status = np.array([_find_status(own) for own in zip(*(one.status for one in used), strict=True)], dtype=object)
    status[(denominator == 0) & np.isin(status, KNOWN)] = NOT_APPLICABLE
    known = np.isin(status, KNOWN)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = UNIT_FACTOR[spec.unit] * numerator / denominator
    sure = np.all([np.isin(columns[code].status, KNOWN) for _, code in below], axis=0) & (denominator > 0)
    numbers = {"value": value, "numerator": numerator}
    return pd.DataFrame(
        {
            "indicator": spec.code,
            **{name: np.where(known, number, np.nan) for name, number in numbers.items()},
            "denominator": np.where(sure, denominator, np.nan),  # what an unknown part may be at most
            "status": status,
            "example": np.any([one.example for one in used], axis=0),
            "source": SOURCE,
            "row": pd.array([pd.NA] * len(status), dtype="Int64"),
        }
    )


def _find_status(parts: Sequence[str]) -> str:
    """Status of what is made of parts."""
    weakest = (*UNKNOWN, ESTIMATED)
    return next((status for status in weakest if status in parts), OBSERVED)


def _join_made(
    at: int, key: Key, above: Parts, below: Parts, columns: Mapping[str, _Column], made: Mapping[Key, Made]
) -> Made:
    """Files and rows of all parts, and how much of the denominator a crosswalk divided; missing where it carried none."""
    quarter, _, year = key
    carried = {code: made.get((quarter, code, year)) for _, code in (*above, *below)}
    origins = [
        origin for code, own in carried.items() for origin in (own.origins if own else (columns[code].origin[at],))
    ]
    split = math.nan
    if any(carried.values()):
        sizes = {code: columns[code].value[at] for _, code in below}
        split = sum(size * own.split for code, size in sizes.items() if (own := carried[code])) / sum(sizes.values())
    return Made(split=float(split), origins=tuple(dict.fromkeys(origins)))
