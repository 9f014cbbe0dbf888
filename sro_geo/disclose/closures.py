"""What a closure takes away, in steps: counts along catchments, which no model of quarters sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    import pandas as pd

STEP = 10
"""Counts of persons are shown in tens, or in more where fewer than so many may not be shown: see `find_step`."""

COUNTS = ("reached", "lose", "farther")


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


def round_closures(table: pd.DataFrame, *, smallest: int) -> pd.DataFrame:
    """Closures with counts that may be shown.

    Parameters
    ----------
    table : DataFrame
        `reached`, `lose`, `farther`: persons; `more_metres`: mean over `farther`; `around_<count>`: all persons of the
        quarters in which those that are counted live; status; perhaps `members`: a set of what closes in each row.
    smallest : int
        Smallest count of persons that may be shown.

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
    is withheld. A count that is all of its quarters is known exactly. Of a row that closes what it closes and something else whose
    count is withheld, the count is withheld, too: it would tell the other within fewer than a step.
    """
    step = find_step(smallest)
    rounded = {name: round_counts(table[name], around=table[f"around_{name}"], step=step) for name in COUNTS}
    if "members" in table:
        parts = _list_parts(table["members"].tolist())
        known = {name: (table[name] > 0) & (table[name] == table[f"around_{name}"]) for name in COUNTS}
        rounded = {name: _hide_sums(shown, known[name].tolist(), parts) for name, shown in rounded.items()}
    gone = np.any([(table[name].notna() & shown.isna()).to_numpy() for name, shown in rounded.items()], axis=0)
    metres = (table["more_metres"] / STEP).round() * STEP
    return (
        table.drop(columns=[f"around_{name}" for name in COUNTS])
        .drop(columns="members", errors="ignore")
        .assign(
            **rounded,
            more_metres=metres.where(rounded["farther"] > 0),
            status=table["status"].mask(gone, SUPPRESSED),
        )
    )


def _list_parts(members: list[frozenset[str]]) -> dict[int, list[int]]:
    """Rows that close a part of what a row closes, by row; the smaller ones first."""
    order = sorted(range(len(members)), key=lambda at: len(members[at]))
    return {at: [i for i in order if members[i] and members[i] < members[at]] for at in order if len(members[at]) > 1}


def _hide_sums(shown: pd.Series, known: list[bool], parts: dict[int, list[int]]) -> pd.Series:
    """Counts that are missing where one part is known exactly and another is missing."""
    counts = shown.to_numpy(dtype=float, copy=True)
    for at, own in parts.items():
        if any(known[i] for i in own) and any(np.isnan(counts[i]) for i in own):
            counts[at] = np.nan
    return shown.mask(np.isnan(counts))


def round_counts(counts: pd.Series, *, around: pd.Series, step: int) -> pd.Series:
    """Counts in steps; missing where one is under a step, or leaves out fewer of all persons of its quarters, but not nobody."""
    few = (counts > 0) & (counts < step)
    rest = around - counts
    most = (rest > 0) & (rest < step)
    return ((counts / step + 0.5).floordiv(1) * step).mask(few | most)
