"""Places in reach by straight lines, from points to access, without a list of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.decay import weigh_steps
from sro_geo.coverage.distance import HAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sro_geo.coverage.links import Bins

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def share_sparse(
    here: Floats, there: Floats, persons: Floats, places: Floats, *, steps: Sequence[tuple[float, float]]
) -> Floats:
    """Access by cell as `measure_catchments` has it for `e2sfca`, from points in metres, by a list of pairs."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  takes a while to load

    most = steps[-1][0] * (1 + HAIR)
    found = cKDTree(here).sparse_distance_matrix(cKDTree(there), most, output_type="ndarray")
    cell, offer = found["i"], found["j"]
    weights = weigh_steps(steps)(found["v"])
    asked = np.bincount(offer, weights=weights * persons[cell], minlength=len(there))
    ratio = np.divide(places, asked, out=np.zeros(len(there)), where=asked > 0)
    access: Floats = np.bincount(cell, weights=weights * ratio[offer], minlength=len(here)).astype(float, copy=False)
    return access


def share_near(
    here: Floats, there: Floats, persons: Floats, places: Floats, *, steps: Sequence[tuple[float, float]]
) -> Floats:
    """The same by the compiled loop: offers in bins as wide as the last step, and two passes over the cells.

    Parameters
    ----------
    here, there : array
        Points of cells and of offers, in metres.
    persons, places : array
        Of every cell, of every offer, at least 0.
    steps : sequence of (float, float)
        As `weigh_steps` takes them.

    Raises
    ------
    ValueError
        If the steps don't fit.
    """
    weigh_steps(steps)
    if not len(there) or not len(here):
        return np.zeros(len(here))
    from sro_geo.coverage._kernels import share_compiled  # noqa: PLC0415  only where it pays

    ends = np.array([metres * (1 + HAIR) for metres, _ in steps])
    weights = np.array([weight for _, weight in steps], dtype=float)
    bins, order = _lay_bins(there, width=float(ends[-1]) * (1 + HAIR))
    return np.asarray(share_compiled(here, there[order], persons, places[order], ends**2, weights, bins))


def _lay_bins(there: Floats, *, width: float) -> tuple[Bins, Ints]:
    """Offers by square bins, and their order."""
    west, south = there.min(axis=0)
    column, row = ((there - (west, south)) // width).astype(np.int64).T
    columns, rows = int(column.max()) + 1, int(row.max()) + 1
    key = row * columns + column
    first = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=columns * rows))]).astype(np.int64)
    return (float(west), float(south), width, columns, rows, first), np.argsort(key, kind="stable")
