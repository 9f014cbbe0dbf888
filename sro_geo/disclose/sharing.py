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
        As `share_places` gives it: `persons`, `gets`, `most`, `crowd`.
    smallest : int
        Smallest count of persons that may be shown.

    Notes
    -----
    Law: what a shown value admits is as wide as what `smallest` persons change: of the quarter, who have an offer in reach or not
    (`most` × `smallest` ÷ `persons`), or elsewhere, who ask for all of its offers or not (at most `gets` ÷ `persons` × `smallest`
    ÷ `crowd`).
    """
    people = table["persons"].where(table["persons"] > 0)
    inside, outside = table["most"] / people, table["gets"] / people / table["crowd"]
    needed = 100.0 * smallest * np.fmax(*(part.fillna(0.0).to_numpy(dtype=float) for part in (inside, outside)))
    place = np.searchsorted(STEPS, needed)
    found: NDArray[np.float64] = np.append(np.array(STEPS, dtype=float), np.nan)[place]
    return found
