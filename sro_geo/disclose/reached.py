"""Coverage and places without small counts: what is computed of persons, before it becomes an indicator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from sro_geo.disclose.small import find_small, suppress_chain
from sro_geo.model.reach import Coverage, Supply
from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

Measure = TypeVar("Measure", Coverage, Supply)
MEANS = ("mean_offers", "mean_low", "mean_high")
_COARSE = 0.1
"""Step that a mean number of offers is rounded to beside a withheld count."""


def suppress_coverage(coverage: Coverage, *, smallest: int) -> Coverage:
    """Coverage without small counts: neither persons within a limit, nor between two, nor beyond the last.

    `mean_offers` times the persons can give a withheld count away, so beside one it is rounded to one decimal, its
    bounds say so, and it goes where even that tells counts apart that differ by less than `smallest`. A quarter where
    so few persons of the target group live shows nothing at all.

    See Also
    --------
    suppress_chain : which of several nested counts are kept.
    """
    table = coverage.table.sort_values(["quarter_id", "minutes"])
    persons = table.groupby("quarter_id")["persons"].first()
    wide = table.pivot_table(index="quarter_id", columns="minutes", values="reached", dropna=False)
    kept = suppress_chain(wide.to_numpy(dtype=float), persons.to_numpy(dtype=float), smallest=smallest)
    position = (
        wide.index.get_indexer(pd.Index(coverage.table["quarter_id"])),
        wide.columns.get_indexer(pd.Index(coverage.table["minutes"])),
    )
    gone = ~kept[position] & coverage.table["reached"].notna().to_numpy()
    few = find_small(coverage.table["persons"], smallest=smallest)
    hidden = hide_reached(coverage, gone=gone, smallest=smallest)
    numbers = {column: hidden.table[column].mask(few) for column in ("persons", *MEANS)}
    return replace(hidden, table=hidden.table.assign(**numbers))


def hide_reached(coverage: Coverage, *, gone: NDArray[np.bool_], smallest: int) -> Coverage:
    """Coverage without the reached of some rows; beside them the mean number of offers is rounded."""
    table, means = coverage.table, round_means(coverage.table, smallest=smallest)
    numbers = {column: table[column].mask(gone, means[column]) for column in MEANS}
    status = table["status"].mask(gone, SUPPRESSED)
    return replace(coverage, table=table.assign(reached=table["reached"].mask(gone), **numbers, status=status))


def round_means(table: pd.DataFrame, *, smallest: int) -> pd.DataFrame:
    """Mean number of offers and its bounds as they are shown beside a withheld count; missing where that tells too much."""
    blurred = table["persons"] * _COARSE / 2 >= smallest
    coarse = (table["mean_offers"] / _COARSE).round().mul(_COARSE).round(1).where(blurred)
    ends = (coarse, (coarse - _COARSE / 2).clip(lower=0), coarse + _COARSE / 2)
    return pd.DataFrame(dict(zip(MEANS, ends, strict=True)))


def hide_people(measured: Measure, *, quarter_ids: Collection[str]) -> Measure:
    """Coverage or supply without the persons of some quarters, because their number would give a withheld one away."""
    table = measured.table
    ids = table["quarter_id"] if "quarter_id" in table.columns else table.index.to_series()
    gone = (ids.isin(list(quarter_ids)) & table["persons"].notna()).to_numpy()
    columns = [c for c in ("reached", "persons", "rate", "mean_offers", "mean_low", "mean_high") if c in table.columns]
    numbers = {column: table[column].mask(gone) for column in columns}
    return replace(measured, table=table.assign(**numbers, status=table["status"].mask(gone, SUPPRESSED)))


def suppress_supply(supply: Supply, *, smallest: int) -> Supply:
    """Supply without small counts: where so few persons live, neither they nor the rate are shown.

    Places stay: they count no persons.
    """
    few = find_small(supply.table["persons"], smallest=smallest)
    return replace(
        supply,
        table=supply.table.assign(
            persons=supply.table["persons"].mask(few),
            rate=supply.table["rate"].mask(few),
            status=supply.table["status"].mask(few, SUPPRESSED),
        ),
    )
