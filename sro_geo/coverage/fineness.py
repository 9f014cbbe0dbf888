"""Whether spread cells are fine enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.reach import Reach


def measure_move(
    reach: Reach, closer: Reach, *, cell_ids: pd.Index, minutes: tuple[float, ...], speed_kmh: float
) -> float:
    """Points by which the share within reach of one quarter moves with closer cells, at the limit where it moves most.

    Parameters
    ----------
    reach : Reach
        Pairs of all cells.
    closer : Reach
        Pairs of closer cells of one quarter, and of no other.
    cell_ids : Index
        Cells of that quarter in `reach`.
    minutes : tuple of float
        Walking limits in minutes.
    speed_kmh : float
        Walking speed in kilometres an hour.

    Notes
    -----
    All persons of a quarter are spread alike over its cells. So its share is that of its cells, whoever is counted, and
    the move tells nothing about anybody.
    """
    limits = [limit * speed_kmh * 1000 / 60 for limit in minutes]
    before, after = (_share_cells(pairs, ids, limits) for pairs, ids in ((reach, cell_ids), (closer, closer.cell_ids)))
    return max(abs(one - other) for one, other in zip(before, after, strict=True))


def _share_cells(reach: Reach, cell_ids: pd.Index, limits: list[float]) -> list[float]:
    """Percent of the cells with an offer within each limit."""
    nearest = reach.pairs.groupby("cell_id")["metres"].min().reindex(cell_ids)
    return [100 * float((nearest <= limit * (1 + 1e-9)).mean()) for limit in limits]
