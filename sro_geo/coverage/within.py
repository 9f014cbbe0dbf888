"""How many persons have an offer within each of many distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.coverage.distance import HAIR
from sro_geo.coverage.links import choose_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.reach import Reach


def count_within(reach: Reach, persons: pd.Series, quarters: pd.Series, *, metres: Sequence[float]) -> pd.DataFrame:
    """Persons of each quarter whose nearest offer is within each distance (≤, a hair of 1e-9 of it included).

    Parameters
    ----------
    reach : Reach
        Pairs at least as far as the longest distance.
    persons, quarters : Series
        Persons of the target group, and the quarter, on the cells' index.
    metres : sequence of float
        Distances over 0.

    Returns
    -------
    DataFrame
        Every quarter that has cells, a column for each distance.

    Raises
    ------
    ValueError
        If a distance is farther than the pairs reach or not over 0.

    Notes
    -----
    Laws: never fewer within a longer distance; within a limit as many as `measure_coverage` counts there.

    References
    ----------
    Talen, E. (2003): Neighborhoods as service providers: a methodology for evaluating pedestrian access. Environment and
    Planning B 30 (cumulative opportunities).
    """
    nearest = choose_pairs(reach, max(metres)).groupby("cell_id")["metres"].min().reindex(persons.index)
    choose_pairs(reach, min(metres))
    ends = np.asarray(metres, dtype=float) * (1 + HAIR)
    inside = nearest.to_numpy(dtype=float)[:, None] <= ends  # a missing one is within none
    counts = pd.DataFrame(inside * persons.to_numpy(dtype=float)[:, None], index=persons.index, columns=list(metres))
    return counts.groupby(quarters.reindex(persons.index)).sum()
