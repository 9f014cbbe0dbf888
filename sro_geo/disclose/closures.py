"""What a closure takes away, in steps: counts along catchments, which no model of quarters sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.disclose.telling import choose_shown, list_counts
from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sro_geo.disclose.telling import Count

    Floats = NDArray[np.float64]

STEP = 10
"""Counts of persons are shown in tens, or in more where fewer than so many may not be shown: see `find_step`."""

COUNTS = ("reached", "lose", "farther", "unplaced")

_JOINT = ("lose", "farther", "unplaced")
"""Counts that parts of what closes together bound: two closures at once never leave fewer without a place than both alone."""


def find_step(smallest: int) -> int:
    """What counts are multiples of, and none is below but 0: tens, twice the smallest count and two more at least.

    Notes
    -----
    A count stands beside others that it is the sum of: all offers of a provider beside each of them. Where one of two parts is
    withheld, the other and the sum are the narrowest if both are shown as one step: each is then a step at least, since none
    under it is shown, and less than a step and a half. Their difference, the withheld part, lies from 1 to under half a step:
    so half a step must be over `smallest`.
    """
    return max(STEP, -(-(2 * smallest + 2) // STEP) * STEP)


def round_closures(table: pd.DataFrame, *, smallest: int, reached: Sequence[Count] = ()) -> pd.DataFrame:
    """Closures with counts that may be shown.

    Parameters
    ----------
    table : DataFrame
        `reached`, `lose`, `farther`: persons; `more_metres`: mean over `farther`; `unplaced`: persons, missing where places
        aren't known; `around_<count>`: all persons of the quarters in which those that are counted live, for `unplaced` the
        places that close; status; perhaps `members`: a set of what closes in each row.
    smallest : int
        Smallest count of persons that may be shown.
    reached : sequence of Count
        What readers know of who has any offer in reach.

    Returns
    -------
    DataFrame
        The same rows without `around_…`. Counts are rounded to a step (`find_step`). One under it is
        missing unless it is 0, and so is one that leaves out fewer of its quarters, unless it leaves out nobody; its status is
        `suppressed`. Metres are rounded to tens and missing beside a count that isn't shown.

    Notes
    -----
    Counts of quarters are shown exactly beside them. A rounded one lies within half a step of what is shown, so the
    difference to any exact count stays open over at least `smallest` counts; where the difference itself is so few, the count
    is withheld. A count that is all of its quarters, or of the places that close, is known exactly; so what closes together has
    none where it would tell a withheld one of its parts.
    """
    step = find_step(smallest)
    rounded = pd.DataFrame({name: round_counts(table[name], table[f"around_{name}"], step=step) for name in COUNTS})
    if "members" in table:
        rounded = _hide_joint(table, rounded, smallest=smallest, reached=reached)
    gone = (table[[*COUNTS]].notna() & rounded.isna()).any(axis=1)
    metres = (table["more_metres"] / STEP).round() * STEP
    return table.drop(columns=[*(f"around_{name}" for name in COUNTS), "members"], errors="ignore").assign(
        **rounded,
        more_metres=metres.where(rounded["farther"] > 0),
        status=table["status"].mask(gone, SUPPRESSED),
    )


def tell_closures(table: pd.DataFrame, rounded: pd.DataFrame, *, smallest: int) -> dict[str, list[Count]]:
    """What readers of rounded closures know of the true ones, which `round_closures` takes; those with `members`."""
    known = table["members"].map(len) > 0
    exact = pd.DataFrame({name: table[name].where(table[name] == table[f"around_{name}"]) for name in _JOINT})
    own = table.loc[known, "members"].tolist()
    way: Any = {"offers": own, "quarter_ids": [None] * len(own), "step": find_step(smallest)}
    return list_counts(rounded[known], exact[known], **way)


def _hide_joint(table: pd.DataFrame, rounded: pd.DataFrame, *, smallest: int, reached: Sequence[Count]) -> pd.DataFrame:
    """Counts that are missing where they would tell one that is missing of a part of what closes, or of a whole."""
    known = table["members"].map(len) > 0
    rounded = rounded.copy()
    for name in _JOINT:
        told = tell_closures(table, rounded, smallest=smallest)[name]
        beside = () if name == "unplaced" else reached
        shown = choose_shown(told, beside=beside, smallest=smallest)
        open_ = pd.Series(shown, index=table.index[known]).reindex(table.index, fill_value=True)
        rounded[name] = rounded[name].where(open_)
    return rounded


def leaves_open(whole: float, parts: Floats, *, known: Floats, smallest: int) -> bool:
    """Whether a count in steps leaves its missing parts open over `smallest` counts.

    Parameters
    ----------
    whole : float
        Count of the sum as shown.
    parts : array of floats
        Counts of its parts as shown; missing where withheld.
    known : array of floats
        What readers know of the parts exactly; missing where they only know the step.
    smallest : int
        Smallest count of persons that may be shown.
    """
    gone, half = np.isnan(parts), find_step(smallest) / 2
    if np.isnan(whole) or not gone.any():
        return True
    low, high = (np.where(np.isnan(known), parts + side, known)[~gone].sum() for side in (-half, half))
    return bool(whole + half - low - max(whole - half - high, gone.sum()) >= smallest)


def round_counts(counts: pd.Series, *around: pd.Series, step: int) -> pd.Series:
    """Counts in steps; missing where one is under a step, or leaves out fewer of those around it, but not nobody.

    `around` are all whom readers know to be there: all persons of the quarters, or of them all who have an offer.
    """
    rounded = ((counts / step + 0.5).floordiv(1) * step).mask((counts > 0) & (counts < step))
    for all_ in around:
        rest = all_ - counts
        rounded = rounded.mask((rest > 0) & (rest < step))
    return rounded
