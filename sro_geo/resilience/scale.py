"""Scales: from a value in its unit to points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.errors import DataError, Problem
from sro_geo.model.grid import lay_grid
from sro_geo.model.method import Scales
from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators
    from sro_geo.model.method import Method

BEST = 100.0
"""Points of the best value."""


def fit_scales(
    indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], method: Method, codes: Sequence[str]
) -> Scales:
    """Scale of each indicator, fitted once on the base year and kept for every year.

    Parameters
    ----------
    indicators : Indicators
        Protected values; only those of `method.base_year` are used.
    specs : mapping of str to IndicatorSpec
        Directions and goalposts of the catalogue.
    method : Method
        Goalposts stated there go before everything else, also with `minmax`.
    codes : sequence of str
        Indicators to be scored.

    Raises
    ------
    DataError
        With all problems at once: no goalposts or equal ones, or ones against the indicator's direction; with
        `minmax` no value in the base year, only equal values, or a withheld value, which a scale might give
        away.
    ValueError
        If an indicator may not be scored (direction 0).

    References
    ----------
    OECD, JRC (2008): Handbook on Constructing Composite Indicators, step 5 (re-scaling).
    Nardo, M. et al. (2005): Tools for Composite Indicators Building (goalposts).

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sro_geo import find_shipped, fit_scales, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> tables, method = read_tables(project), replace(project.method, normalise="minmax", goalposts={})
    >>> scales = fit_scales(tables.indicators, specs=tables.specs, method=method, codes=["arbeitslose"])
    >>> print(f"best {scales.best['arbeitslose']:.1f} %, worst {scales.worst['arbeitslose']:.1f} % unemployed")
    best 3.2 %, worst 10.9 % unemployed
    """
    unscored = [code for code in codes if specs[code].direction == 0]
    if unscored:
        message = f"`codes` must have a direction; got {unscored}"
        raise ValueError(message)
    posts: dict[str, tuple[float, float]] = {}
    faults: dict[str, list[str]] = {}
    quarters = list(dict.fromkeys(indicators["quarter_id"]))
    grid = lay_grid(indicators, codes=codes, year=method.base_year, quarter_ids=quarters)
    for number, code in enumerate(codes):
        cause, found = _find_posts(grid.value[:, number], grid.status[:, number], spec=specs[code], method=method)
        if found is None:
            faults.setdefault(cause, []).append(code)
        else:
            posts[code] = found
    if faults:
        year = method.base_year
        raise DataError([Problem(cause=c, values={"indicators": i, "year": year}) for c, i in faults.items()])
    return Scales(
        worst={code: worst for code, (worst, _) in posts.items()},
        best={code: best for code, (_, best) in posts.items()},
        lowest=method.lowest,
    )


def scale_values(values: pd.Series, *, scales: Scales, code: str) -> pd.Series:
    """Points of values: `lowest` for the worst or less, 100 for the best or more, straight between.

    Parameters
    ----------
    values : Series
        In the indicator's unit; missing stays missing.
    scales : Scales
        Fitted scales.
    code : str
        Indicator.

    Returns
    -------
    Series
        On the same index.

    Notes
    -----
    Law: a better value never has fewer points.

    Examples
    --------
    >>> scales = Scales(worst={"arbeitslose": 20.0}, best={"arbeitslose": 0.0}, lowest=0.0)
    >>> scale_values(pd.Series([25.0, 5.0]), scales=scales, code="arbeitslose").tolist()
    [0.0, 75.0]
    """
    points = scale_grid(values.to_numpy(dtype=float)[:, None], scales=scales, codes=[code])
    return pd.Series(points[:, 0], index=values.index, name=code)


def scale_grid(values: NDArray[np.float64], *, scales: Scales, codes: Sequence[str]) -> NDArray[np.float64]:
    """Points of an array, rows × indicators, as `scale_values` gives them for each column."""
    worst, best = (np.array([ends[code] for code in codes], dtype=float) for ends in (scales.worst, scales.best))
    share = ((values - worst) / (best - worst)).clip(0.0, 1.0)
    points: NDArray[np.float64] = scales.lowest + (BEST - scales.lowest) * share
    return points


def _find_posts(
    values: NDArray[np.float64], status: NDArray[np.object_], *, spec: IndicatorSpec, method: Method
) -> tuple[str, tuple[float, float] | None]:
    """Worst and best value, or the id of the problem and None; `values` and `status` are those of the base year."""
    stated = method.goalposts.get(spec.code)
    if stated is None and method.normalise == "minmax":
        return _fit_posts(values, status, spec=spec)
    if stated is None:
        stated = spec.goalposts
    if stated is None:
        return "scale_without_goalposts", None
    worst, best = stated
    if worst == best:
        return "goalposts_equal", None
    if np.sign(best - worst) != spec.direction:
        return "goalposts_against_direction", None
    return "", (float(worst), float(best))


def _fit_posts(
    values: NDArray[np.float64], status: NDArray[np.object_], *, spec: IndicatorSpec
) -> tuple[str, tuple[float, float] | None]:
    if (status == SUPPRESSED).any():
        return "scale_suppressed", None
    if np.isnan(values).all():
        return "scale_no_values", None
    ends = float(np.nanmin(values)), float(np.nanmax(values))
    if ends[0] == ends[1]:
        return "scale_all_equal", None
    return "", ends if spec.direction > 0 else ends[::-1]
