"""What readers know beside the tables: what a file withholds, and what earlier editions told."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.draft import BELOW, COUNTS, VALUE, round_half_up
from sro_geo.model.indicators import KEY, Indicators, Key
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sro_geo.disclose.means import Mean
    from sro_geo.model.catalogue import IndicatorSpec

PRINTED = {"value": 4, "numerator": 1, "denominator": 1}
"""Decimals that an edition's table is written with."""

_DUST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What readers know beside the tables.

    Attributes
    ----------
    few : frozenset of (quarter_id, indicator, year)
        Withheld rows of which everybody knows that they count one person at least, and so many at most:
    most : float
        The most that they count.
    kept : mapping of str to frozenset of (quarter_id, indicator, year)
        Rows of the tables by the part of them (`value`, `counts`, `below`) that an earlier edition withheld.
    earlier : Indicators or None
        Rows of earlier editions that contradict nothing; what they show cannot be taken back.
    means : mapping of (quarter_id, indicator) to Mean
        Mean numbers of offers in reach that are shown, by the share without one that each stands beside.
    """

    few: frozenset[Key] = frozenset()
    most: float = math.inf
    kept: Mapping[str, frozenset[Key]] = field(default_factory=dict)
    earlier: Indicators | None = None
    means: Mapping[tuple[str, str], Mean] = field(default_factory=dict)


NOTHING = Known()


def match_earlier(
    indicators: Indicators, earlier: Indicators, *, specs: Mapping[str, IndicatorSpec]
) -> tuple[Known, int]:
    """What an earlier edition tells of the same and of other numbers, and how many numbers were revised since.

    Parameters
    ----------
    indicators : Indicators
        Rows as they were read.
    earlier : Indicators
        Rows as they were published; a key may occur more than once.
    specs : mapping of str to IndicatorSpec
        Tells the digits that are shown.

    Notes
    -----
    What was withheld then is kept. A number that was shown and is another one now counts something else since: it
    takes part in no sum.
    """
    own = indicators[[*KEY, *PRINTED, "status"]]
    both = earlier.merge(own, on=KEY, how="left", suffixes=("", "_own"))
    here, shown = both["status_own"].isin(KNOWN), both["status"].isin(KNOWN)
    gone = here & (both["status"] == SUPPRESSED)
    digits = both["indicator"].map(lambda code: specs[code].digits).astype(int)
    coarse = here & shown & _is_coarse(both, digits)
    lost = here & both["denominator"].isna() & both["denominator_own"].notna()
    revised = here & shown & ~_is_same(both, digits.where(coarse, PRINTED["value"]))
    kept = {VALUE: _list_keys(both[gone]), COUNTS: _list_keys(both[coarse & ~revised]), BELOW: _list_keys(both[lost])}
    told = earlier[(~gone & ~revised & (here | ~_differs(both))).to_numpy()]
    return Known(kept=kept, earlier=Indicators(told.reset_index(drop=True))), int(revised.sum())


def _is_coarse(both: pd.DataFrame, digits: pd.Series) -> NDArray[np.bool_]:
    """Rates that were shown without numerator and decimals, as far as one can see."""
    pairs = zip(both["value"], digits, strict=True)
    whole = [not math.isnan(value) and round_half_up(value, digits=step) == value for value, step in pairs]
    more = both["numerator_own"].notna() | (both["value_own"] != both["value"])
    return np.asarray(whole, dtype=np.bool_) & (both["numerator"].isna() & more).to_numpy(dtype=np.bool_)


def _is_same(both: pd.DataFrame, digits: pd.Series) -> NDArray[np.bool_]:
    """Whether what both tell is the same number, as it is printed; where both tell the counts, these decide."""
    steps = {**{column: pd.Series(float(step), both.index) for column, step in PRINTED.items()}, "value": digits}
    apart = {
        c: (both[c] - both[f"{c}_own"]).abs() > 0.5 * 10.0 ** -step.astype(float) + _DUST for c, step in steps.items()
    }
    counted = both[["numerator", "denominator", "numerator_own", "denominator_own"]].notna().all(axis=1)
    found = apart["numerator"] | apart["denominator"] | (apart["value"] & ~counted)
    return ~found.to_numpy(dtype=np.bool_)


def _differs(both: pd.DataFrame) -> pd.Series:
    """Numbers that two editions tell differently."""
    numbers = both.groupby(KEY)[[*PRINTED]].transform("nunique")
    return numbers.gt(1).any(axis=1)


def _list_keys(rows: pd.DataFrame) -> frozenset[Key]:
    return frozenset((str(q), str(code), int(year)) for q, code, year in rows[KEY].itertuples(index=False))


def mark_keys(rows: pd.DataFrame, keys: Iterable[Key]) -> NDArray[np.bool_]:
    """Which rows have one of the keys."""
    wanted = frozenset(keys)
    marks = (key in wanted for key in zip(*(rows[column] for column in KEY), strict=True))
    return np.fromiter(marks, dtype=np.bool_, count=len(rows))
