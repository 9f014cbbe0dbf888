"""How much an offer counts that is farther away: metres to weights between 0 and 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.coverage.distance import HAIR, check_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Decay = Callable[[NDArray[np.float64]], NDArray[np.float64]]
    """Metres to weights in 0..1, all at once."""


def weigh_steps(steps: Sequence[tuple[float, float]]) -> Decay:
    """Weights that fall in steps.

    Parameters
    ----------
    steps : sequence of (float, float)
        Up to how many metres (≤, a hair of 1e-9 of it included) which weight holds; metres ascending and over 0, weights
        between 0 and 1. Beyond the last step the weight is 0.

    Raises
    ------
    ValueError
        If there is no step, the metres don't ascend or a weight is out of range.

    References
    ----------
    Luo, W., Qi, Y. (2009): An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial accessibility
    to primary care physicians. Health & Place 15.

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_straight, read_project, weigh_steps
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> cells, way = tables.population.cells, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": None}
    >>> metres = measure_straight(cells, tables.offers, kind="jugendarbeit", **way).pairs["metres"].to_numpy()
    >>> weights = weigh_steps([(500, 1), (1000, 0.5)])(metres)
    >>> print(f"{(weights == 1).mean():.0%} of the ways to a Jugendtreff count in full")
    30% of the ways to a Jugendtreff count in full
    """
    ends = np.array([metres for metres, _ in steps], dtype=float)
    weights = np.array([weight for _, weight in steps], dtype=float)
    if not len(ends) or not (np.diff(ends, prepend=0.0) > 0).all():
        message = f"`steps` must hold ascending metres over 0; got {ends.tolist()}"
        raise ValueError(message)
    _check_weights(weights)
    return lambda metres: np.append(weights, 0.0)[np.searchsorted(ends * (1 + HAIR), metres)]


def weigh_gaussian(bandwidth_metres: float, *, end_metres: float | None = None) -> Decay:
    """Weights that fall like a bell.

    Parameters
    ----------
    bandwidth_metres : float
        Metres at which the bell has fallen to exp(−1/2) ≈ 0.61, over 0.
    end_metres : float or None
        Metres at which the weight reaches 0; the bell is lowered and stretched so far (Dai 2010 has the bandwidth itself
        here). None: it goes on for ever, and the limit cuts it.

    Raises
    ------
    ValueError
        If a distance isn't over 0.

    References
    ----------
    Luo, W., Qi, Y. (2009): Health & Place 15. Dai, D. (2010): Black residential segregation, disparities in spatial access to
    health care facilities, and late-stage breast cancer diagnosis in metropolitan Detroit. Health & Place 16.

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_straight, read_project, weigh_gaussian
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> cells, way = tables.population.cells, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": None}
    >>> metres = measure_straight(cells, tables.offers, kind="jugendarbeit", **way).pairs["metres"].to_numpy()
    >>> for decay in (weigh_gaussian(500), weigh_gaussian(500, end_metres=1000)):
    ...     print(f"a way to a Jugendtreff counts {decay(metres).mean():.0%} on average")
    a way to a Jugendtreff counts 46% on average
    a way to a Jugendtreff counts 37% on average
    """
    check_limit(bandwidth_metres)
    if end_metres is None:
        return lambda metres: _bell(metres, bandwidth_metres)
    check_limit(end_metres)
    foot = float(_bell(np.array(end_metres), bandwidth_metres))
    return lambda metres: np.clip((_bell(metres, bandwidth_metres) - foot) / (1 - foot), 0.0, 1.0)


def weigh(metres: NDArray[np.float64], decay: Decay | None) -> NDArray[np.float64]:
    """Weights of distances; 1 everywhere without a decay.

    Raises
    ------
    ValueError
        If a weight is not between 0 and 1, or there isn't one for each distance.
    """
    if decay is None:
        return np.ones(len(metres))
    weights = np.asarray(decay(metres), dtype=float)
    if weights.shape != metres.shape:
        message = f"`decay` must give one weight for each distance; got {weights.shape} for {metres.shape}"
        raise ValueError(message)
    _check_weights(weights)
    return weights


def _check_weights(weights: NDArray[np.float64]) -> None:
    bad = weights[~((weights >= 0) & (weights <= 1))]
    if len(bad):
        message = f"weights must be between 0 and 1; got {bad[0]:g}"
        raise ValueError(message)


def _bell(metres: NDArray[np.float64], bandwidth_metres: float) -> NDArray[np.float64]:
    bell: NDArray[np.float64] = np.exp(-((metres / bandwidth_metres) ** 2) / 2)
    return bell
