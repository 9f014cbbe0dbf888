"""Values that may be meant as they stand, but that a person should look at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.errors import Place, Problem
from sro_geo.model.catalogue import COUNTS
from sro_geo.model.schema import locate
from sro_geo.model.status import KNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators

_COLUMN = ("source", "year", "unit", "indicator")
"""What the values of one column of a file share."""

FAR = 10.0
"""−1 stands alone where every other number of the indicator is at least so large."""

FEWEST, DISTINCT = 5, 3
"""Two indicators of so many quarters and of so many different values do not agree in all of them by chance."""

JUMP, SMALL = 3.0, 30.0
"""A city does not become so many times larger in a year, unless it counts fewer than so many."""


def find_doubts(indicators: Indicators, *, specs: Mapping[str, IndicatorSpec]) -> tuple[Problem, ...]:
    """Questions about single numbers, about indicators that repeat another one, and about years that do not fit.

    Parameters
    ----------
    indicators : Indicators
        Without small counts: a question stands on the page, and what is withheld must not follow from it.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    """
    known = indicators[indicators["status"].isin(KNOWN)]
    known = known.assign(unit=known["indicator"].map(lambda code: specs[code].unit))
    signed = known["indicator"].map(lambda code: specs[code].signed).astype(bool)
    return (*_find_lone(known[signed]), *_find_alike(known), *_find_jumps(known[~signed], specs))


def note_newer(indicators: Indicators, *, year: int) -> tuple[Problem, ...]:
    """A note where the tables go on after the year shown, for at least half as many indicators as it has."""
    known = indicators[indicators["status"].isin(KNOWN)]
    counts = {int(str(one)): rows["indicator"].nunique() for one, rows in known.groupby("year")}
    newer = [later for later, count in counts.items() if later > year and 2 * count >= counts.get(year, math.inf)]
    return (Problem(cause="years_newer", values={"newest": max(newer), "year": year}),) if newer else ()


def _find_lone(rows: pd.DataFrame) -> list[Problem]:
    """−1 far below all other numbers of a signed indicator: databases write it for "not known"."""
    minus = rows["value"] == -1
    least = rows["value"].where(~minus).groupby(rows["indicator"]).transform("min")
    lone = rows[minus & (least >= FAR)]
    return [
        Problem(
            cause="minus_one_alone",
            values={"name": str(file), "count": len(own), "found": list(dict.fromkeys(own["indicator"]))},
            places=locate(own, own["value"] == -1),
        )
        for file, own in lone.groupby("source", sort=True)
    ]


def _find_alike(rows: pd.DataFrame) -> list[Problem]:
    """Indicators of one file, year and unit that have the same value in every quarter."""
    found: dict[str, list[str]] = {}
    columns: dict[tuple[object, ...], str] = {}
    ordered = rows.sort_values([*_COLUMN, "quarter_id"])
    of = ordered[[*_COLUMN]]
    starts = np.flatnonzero((of != of.shift()).any(axis=1))
    quarters, values = ordered["quarter_id"].to_numpy(), ordered["value"].to_numpy()
    ends = np.append(starts, len(ordered))[1:]
    for (file, year, unit, code), start, end in zip(of.iloc[starts].itertuples(index=False), starts, ends, strict=True):
        own = tuple(values[start:end])
        if len(own) < FEWEST or len(set(own)) < DISTINCT:
            continue
        first = columns.setdefault((file, year, unit, tuple(quarters[start:end]), own), str(code))
        if first != code:
            found.setdefault(str(file), []).append(f"{code} = {first} ({year})")
    return [
        Problem(cause="columns_alike", values={"name": file, "found": pairs}, places=(Place(file=file),))
        for file, pairs in found.items()
    ]


def _find_jumps(rows: pd.DataFrame, specs: Mapping[str, IndicatorSpec]) -> list[Problem]:
    """Indicators whose sum over the quarters known in two years running is many times that of the other year.

    Where the catalogue tells of a break between the two, the question is answered.
    """
    before = rows.assign(year=rows["year"] + 1)[["quarter_id", "indicator", "year", "value"]]
    pairs = rows.merge(before, on=["quarter_id", "indicator", "year"], suffixes=("", "_before"))
    sums = pairs.groupby(["source", "indicator", "unit", "year"], sort=True).agg(
        now=("value", "sum"), then=("value_before", "sum"), quarters=("value", "size")
    )
    found: dict[str, list[str]] = {}
    for (file, code, unit, year), now, then, quarters in sums.itertuples():
        low, high = sorted((float(now), float(then)))
        enough = low >= SMALL if unit in COUNTS else low > 0 and quarters >= FEWEST
        if enough and high >= JUMP * low and not specs[code].list_breaks(year - 1, year):
            found.setdefault(str(file), []).append(f"{code} ({year - 1}–{year})")
    return [
        Problem(cause="values_jump", values={"name": file, "found": codes}, places=(Place(file=file),))
        for file, codes in found.items()
    ]
