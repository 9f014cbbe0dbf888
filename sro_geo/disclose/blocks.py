"""Where those without an offer live, in blocks of which none is about few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.closures import find_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    Block = tuple[float, float, float]
    """West, south and side in metres."""

HALVINGS = 1
"""So often a block may be cut into four."""

_DUST = 1e-6
"""Sums of parts of persons differ by less."""


def choose_blocks(persons: pd.DataFrame, *, shown: pd.Series, finest: float, smallest: int) -> pd.DataFrame:
    """Blocks that may be drawn, of a grid that is the same wherever people live.

    Parameters
    ----------
    persons : DataFrame
        quarter_id, x, y (metres), persons: those counted, where they live.
    shown : Series
        The same persons by quarter as they are shown anyhow; missing where they are withheld or not known.
    finest : float
        Metres of a block's side, at least.
    smallest : int
        Smallest count of persons that may be shown.

    Returns
    -------
    DataFrame
        quarter_id, west, south, side of each block of a quarter that is drawn: at least so many of the quarter live there as a
        step is wide (`find_step`), and nothing else is told of them.

    Notes
    -----
    A block is cut into four where each part holds nobody or enough.

    Laws: in a quarter whose count isn't shown, nothing is drawn; a block that is drawn holds at least a step; what a quarter's
    count less a step for each of its blocks leaves for where nothing is drawn is open over at least `smallest` counts, or
    nobody is left there.

    References
    ----------
    Finkel, R., Bentley, J. (1974): Quad trees: a data structure for retrieval on composite keys. Acta Informatica 4.
    """
    step = find_step(smallest)
    counted = persons[(persons["persons"] > 0) & persons["quarter_id"].map(shown).notna()]
    rows = [
        (quarter, *block)
        for quarter, own in counted.groupby("quarter_id")
        for block in _choose(own, finest=finest, step=step, smallest=smallest)
    ]
    return pd.DataFrame(rows, columns=["quarter_id", "west", "south", "side"])


def _choose(own: pd.DataFrame, *, finest: float, step: int, smallest: int) -> list[Block]:
    """Blocks of a quarter: the fullest first, as long as a reader can't tell few who are left elsewhere."""
    side = finest * 2**HALVINGS
    blocks = _group(own, side)
    sums = np.array([block["persons"].sum() for block in blocks])
    full = [at for at in np.argsort(-sums, kind="stable") if sums[at] >= step]
    drawn = [list(_cut(blocks[at], side=side, finest=finest, step=step)) for at in full]

    def tells_few() -> bool:
        left = sums.sum() - sums[full[: len(drawn)]].sum()
        return bool(left > _DUST and sums.sum() - step * sum(map(len, drawn)) < smallest)

    while drawn and tells_few():
        drawn.pop()
    return sorted(block for parts in drawn for block in parts)


def _cut(own: pd.DataFrame, *, side: float, finest: float, step: int) -> Iterator[Block]:
    """The block that some persons live in, or its quarters, where each of them holds nobody or enough."""
    parts = _group(own, side / 2)
    if side / 2 < finest or any(part["persons"].sum() < step for part in parts):
        yield (float(np.floor(own["x"].iloc[0] / side) * side), float(np.floor(own["y"].iloc[0] / side) * side), side)
    else:
        for part in parts:
            yield from _cut(part, side=side / 2, finest=finest, step=step)


def _group(own: pd.DataFrame, side: float) -> list[pd.DataFrame]:
    return [part for _, part in own.groupby([np.floor(own["x"] / side), np.floor(own["y"] / side)])]
