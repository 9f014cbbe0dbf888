"""Places in reach in steps so wide that they tell of no few persons whether they have an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

STEPS = (1, 2, 5, 10, 20)
"""Steps of places for 100 persons; a value that needs a wider one is not shown."""


def find_steps(table: pd.DataFrame, *, smallest: int) -> NDArray[np.float64]:
    """Step that the places for 100 persons of each quarter are shown in; missing where none of `STEPS` is wide enough.

    Parameters
    ----------
    table : DataFrame
        `persons`; `most`, the places that one of them has at most; `crowd`, the fewest persons who share an offer of theirs.
    smallest : int
        Smallest count of persons that may be shown.

    Notes
    -----
    Law: what a shown value admits is as wide as what `smallest` persons change: of the quarter, who have an offer in reach or not
    (`most` × `smallest` ÷ `persons`), or elsewhere, who ask for its offers or not (at most `most` × `smallest` ÷ what is left of
    `crowd` without them).
    """
    few = table["persons"].clip(upper=table["crowd"] - smallest).where(table["crowd"].notna(), table["persons"])
    moved = 100.0 * table["most"] * smallest
    needed = (moved / few.clip(lower=0.0)).where(moved > 0, 0.0)
    place = np.searchsorted(STEPS, needed.to_numpy(dtype=float))
    found: NDArray[np.float64] = np.append(np.array(STEPS, dtype=float), np.nan)[place]
    return found
