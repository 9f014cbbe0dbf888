"""What a closure takes away, in steps: counts along catchments, which no model of quarters sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEP = 10
"""Counts of persons are shown in tens, or in more where fewer than so many may not be shown: see `find_step`."""

COUNTS = ("reached", "lose", "farther")

_JOINT = {"lose": ("lose",), "farther": ("lose", "farther")}
"""Counts that parts of what closes together bound, and what bounds each: who loses the last offer, or the nearest."""


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
    is withheld. A count that is all of its quarters is known exactly; so what closes together has none where it would tell a
    withheld one of its parts.
    """
    step = find_step(smallest)
    rounded = {name: round_counts(table[name], around=table[f"around_{name}"], step=step) for name in COUNTS}
    if "members" in table:
        rounded |= _hide_joint(table, rounded, smallest=smallest)
    gone = np.any([(table[name].notna() & shown.isna()).to_numpy() for name, shown in rounded.items()], axis=0)
    metres = (table["more_metres"] / STEP).round() * STEP
    return table.drop(columns=[*(f"around_{name}" for name in COUNTS), "members"], errors="ignore").assign(
        **rounded,
        more_metres=metres.where(rounded["farther"] > 0),
        status=table["status"].mask(gone, SUPPRESSED),
    )


def _hide_joint(table: pd.DataFrame, rounded: Mapping[str, pd.Series], *, smallest: int) -> dict[str, pd.Series]:
    """Counts that are missing where they would tell one that is missing of a part of what closes.

    What closes together takes their last offer from at least as many as one by one, and whose nearest offer goes is one sum:
    so a part takes at most what the whole takes, less the least that the others take.
    """
    members: list[frozenset[str]] = table["members"].tolist()
    half = find_step(smallest) / 2
    ends = {}
    for name in _JOINT:
        told = rounded[name]
        exact = table[name].where(told.notna() & (table[name] == table[f"around_{name}"]))
        ends[name] = exact.fillna(told - half).fillna(1.0).to_numpy(), exact.fillna(told + half - 1).to_numpy()
    least, most = (
        {name: np.sum([ends[one][side] for one in names], axis=0) for name, names in _JOINT.items()} for side in (0, 1)
    )
    shown = {name: rounded[name].to_numpy(dtype=float, copy=True) for name in _JOINT}
    joint = [at for at, own in enumerate(members) if len(own) > 1]
    for at in sorted(joint, key=lambda at: len(members[at])):
        parts = [i for i, own in enumerate(members) if own and own < members[at]]
        for name in _JOINT:
            hidden = [i for i in parts if np.isnan(shown[name][i])]
            if any(most[name][at] - _find_least(members, parts, least[name], beside=i) < smallest for i in hidden):
                shown[name][at] = np.nan
    return {name: told.mask(np.isnan(shown[name])) for name, told in rounded.items() if name in _JOINT}


def _find_least(members: list[frozenset[str]], parts: list[int], least: Floats, *, beside: int) -> float:
    """What those of the parts that have nothing in common with one of them take at least."""
    others = [i for i in parts if not members[i] & members[beside]]
    alone = sum(least[i] for i in others if len(members[i]) == 1)
    return float(max([alone, *(least[i] for i in others)]))


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


def round_counts(counts: pd.Series, *, around: pd.Series, step: int) -> pd.Series:
    """Counts in steps; missing where one is under a step, or leaves out fewer of all persons of its quarters, but not nobody."""
    few = (counts > 0) & (counts < step)
    rest = around - counts
    most = (rest > 0) & (rest < step)
    return ((counts / step + 0.5).floordiv(1) * step).mask(few | most)
