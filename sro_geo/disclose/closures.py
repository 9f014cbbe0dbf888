"""What a closure takes away, in tens: counts along catchments, which no model of quarters sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    import pandas as pd

STEP = 10
"""Counts of persons are shown in multiples of it, and none below it but 0."""

COUNTS = ("reached", "lose", "farther")


def round_closures(table: pd.DataFrame) -> pd.DataFrame:
    """Closures with counts that may be shown.

    Parameters
    ----------
    table : DataFrame
        `reached`, `lose`, `farther`: persons; `more_metres`: mean over `farther`; `around_<count>`: all persons of the
        quarters in which those that are counted live; status.

    Returns
    -------
    DataFrame
        The same rows without `around_…`. Counts are rounded to tens. One under ten is missing unless it is 0, and so is one
        that leaves out under ten of its quarters, unless it leaves out nobody; its status is `suppressed`. Metres are rounded
        to tens and missing beside a count that isn't shown.

    Notes
    -----
    Counts of quarters are shown exactly beside them. A rounded one lies within five of what is shown, so the difference to
    any exact count stays open over more than `smallest` persons; where the difference itself is so few, the count is withheld.
    """
    rounded = {name: round_tens(table[name], around=table[f"around_{name}"]) for name in COUNTS}
    gone = np.any([(table[name].notna() & shown.isna()).to_numpy() for name, shown in rounded.items()], axis=0)
    metres = (table["more_metres"] / STEP).round() * STEP
    return table.drop(columns=[f"around_{name}" for name in COUNTS]).assign(
        **rounded,
        more_metres=metres.where(rounded["farther"] > 0),
        status=table["status"].mask(gone, SUPPRESSED),
    )


def round_tens(counts: pd.Series, *, around: pd.Series) -> pd.Series:
    """Counts in tens; missing where one is under ten, or leaves out under ten of all persons of its quarters, but not nobody."""
    few = (counts > 0) & (counts < STEP)
    rest = around - counts
    most = (rest > 0) & (rest < STEP)
    return ((counts / STEP + 0.5).floordiv(1) * STEP).mask(few | most)
