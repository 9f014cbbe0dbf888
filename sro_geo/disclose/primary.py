"""Primary suppression: small counts of persons, and totals that would give one away.

It runs before anything else is computed or drawn. What is blanked here is gone: nothing later brings it back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.small import find_small, suppress_chain
from sro_geo.disclose.totals import find_bare_totals, hide_denominators
from sro_geo.errors import Problem
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.indicators import Indicators
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.reach import Coverage, Supply

_COARSE = 0.1
"""Step that a mean number of offers is rounded to beside a withheld count."""

_NO_PERSONS_BELOW = ("per_km2", "offers")
"""Units whose denominator counts no persons."""


def suppress_small(
    indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], smallest: int
) -> tuple[Indicators, tuple[Problem, ...]]:
    """All rows without small counts of persons, and a note for each indicator that lost values.

    Parameters
    ----------
    indicators : Indicators
        Any years.
    specs : mapping of str to IndicatorSpec
        The catalogue; `parts` says which counts add up to which.
    smallest : int
        Smallest count that may be shown, at least 1. Zeros stay.

    Returns
    -------
    Indicators, tuple of Problem
        Same rows and index. Notes `small_counts_suppressed` and `totals_suppressed`, each with indicator and
        count.

    Raises
    ------
    ValueError
        If `smallest` is under 1.

    Notes
    -----
    Withheld are

    1. counts of persons under `smallest`;
    2. rates whose numerator, or the rest up to the whole of a share, is such a count, also where it only
    follows from
       value and denominator; and rates of so few persons. A denominator is blanked where it is small itself;
    3. a total whose given parts have exactly one gap, because the difference would fill it (repeated for
    totals of
       totals). The same number standing elsewhere in the quarter and year as numerator takes its row with it.
       As denominator it is blanked with the numerator; the value stays, rounded to the digits shown, but only
       where rounding is coarser than one person, so that no denominator can be told from its neighbours.
       Otherwise the row is withheld.

    Balances (signed values, such as moves in less moves out) are no counts of persons. What several published
    numbers reveal together, beyond these, is left to secondary suppression, which is not built yet.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control, chapter 4 (frequency rule); § 103 SGB VIII.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_indicators, read_project, suppress_small
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> keys, specs = read_boundaries(project.quarters).quarters.index, project.catalogue.specs
    >>> values = read_indicators(project.indicators, specs=specs, quarter_ids=keys).indicators
    >>> protected, notes = suppress_small(values, specs=specs, smallest=project.smallest)
    >>> {note.values["indicator"]: note.values["count"] for note in notes if note.cause == "small_counts_suppressed"}
    {'alter_0_3': 4, 'auslaendisch': 1, 'hze_faelle': 2, 'kinder_sgb2': 4, 'sprachfoerderung': 28}
    """
    if smallest < 1:
        message = f"`smallest` must be at least 1; got {smallest}"
        raise ValueError(message)
    known = indicators["status"].isin(KNOWN).to_numpy()
    primary = _find_primary(indicators, specs=specs, smallest=smallest) & known
    table = _blank(indicators, primary)
    few = _counts_persons_below(indicators, specs) & find_small(indicators["denominator"], smallest=smallest)
    table.loc[few, "denominator"] = np.nan
    totals = find_bare_totals(table, specs=specs)
    table = _blank(table, totals)
    table, linked = hide_denominators(table, before=indicators, totals=totals, specs=specs, smallest=smallest)
    table = _blank(table, linked)
    notes = _note(indicators, primary, cause="small_counts_suppressed", smallest=smallest)
    notes += _note(indicators, totals | linked, cause="totals_suppressed", smallest=smallest)
    return Indicators(table), notes


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
    blurred = coverage.table["persons"] * _COARSE / 2 >= smallest
    coarse = (coverage.table["mean_offers"] / _COARSE).round().mul(_COARSE).round(1).where(blurred)
    means = {"mean_offers": coarse, "mean_low": (coarse - _COARSE / 2).clip(lower=0), "mean_high": coarse + _COARSE / 2}
    return replace(
        coverage,
        table=coverage.table.assign(
            reached=coverage.table["reached"].mask(gone),
            persons=coverage.table["persons"].mask(few),
            **{column: coverage.table[column].mask(gone, rounded).mask(few) for column, rounded in means.items()},
            status=coverage.table["status"].mask(gone, SUPPRESSED),
        ),
    )


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


def _find_primary(indicators: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], smallest: int) -> NDArray[np.bool_]:
    unit = indicators["indicator"].map(lambda code: specs[code].unit)
    signed = indicators["indicator"].map(lambda code: specs[code].signed).to_numpy(dtype=bool)
    # A computed rate per 100 counts places above the line, not persons.
    places = indicators["indicator"].map(lambda code: specs[code].derived and specs[code].unit == "per_100")
    people = ~signed & ~places.to_numpy(dtype=bool)
    factor = unit.map(UNIT_FACTOR).to_numpy(dtype=float)
    below = indicators["denominator"].to_numpy(dtype=float)
    implied = np.rint(indicators["value"].to_numpy(dtype=float) * below / factor)
    above = indicators["numerator"].to_numpy(dtype=float)
    above = np.where(np.isnan(above), implied, above)
    rate = unit.isin(list(UNIT_FACTOR)).to_numpy()
    count = (unit == "persons").to_numpy()
    small_count = count & find_small(indicators["value"], smallest=smallest)
    small_above = (rate | count) & people & find_small(above, smallest=smallest)
    small_rest = (unit == "percent").to_numpy() & people & find_small(below - above, smallest=smallest)
    small_below = _counts_persons_below(indicators, specs) & find_small(below, smallest=smallest)
    found: NDArray[np.bool_] = (small_count & ~signed) | small_above | small_rest | small_below
    return found


def _counts_persons_below(indicators: pd.DataFrame, specs: Mapping[str, IndicatorSpec]) -> NDArray[np.bool_]:
    unit = indicators["indicator"].map(lambda code: specs[code].unit)
    counts: NDArray[np.bool_] = (~unit.isin(_NO_PERSONS_BELOW)).to_numpy(dtype=bool)
    return counts


def _blank(table: pd.DataFrame, gone: NDArray[np.bool_]) -> pd.DataFrame:
    """Withhold the marked rows; a numerator that a file left beside a withheld value goes, too."""
    status = table["status"].mask(gone, SUPPRESSED)
    hidden = (status == SUPPRESSED).to_numpy()
    numbers = {column: table[column].mask(hidden) for column in ("value", "low", "high", "numerator")}
    return table.assign(status=status, **numbers)


def _note(indicators: pd.DataFrame, gone: NDArray[np.bool_], *, cause: str, smallest: int) -> tuple[Problem, ...]:
    counts = indicators.loc[gone, "indicator"].value_counts().sort_index()
    return tuple(
        Problem(cause=cause, values={"indicator": str(code), "count": int(count), "smallest": smallest})
        for code, count in counts.items()
    )
