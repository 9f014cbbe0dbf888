"""Indicators from rasters: the mean of what lies in each quarter, by area."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.load.cells import clean_text
from sro_geo.load.indicators import IndicatorTables
from sro_geo.load.inputs import RasterFile
from sro_geo.load.paths import take_path
from sro_geo.load.sources import read_source
from sro_geo.load.suspicion import PARTS
from sro_geo.load.telling import refuse, tell
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.counts import NOBODY
from sro_geo.model.indicators import GIVEN, as_indicators
from sro_geo.model.status import ESTIMATED, MISSING, OBSERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sro_geo.load.rasters import Zones
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

_MEANS = ("percent", "percentage_points", "years", "points", "own")
"""Units of a mean by area; all others count something, or set it against persons."""

LITTLE = 0.1
"""Part of a quarter that may be unknown, as rivers are, before its value is called estimated."""

_WHOLE = 100.0
_NINES = tuple(sign * (10.0**digits - 1) for digits in range(4, 16) for sign in (1, -1))


def read_rasters(
    orders: Sequence[RasterFile | str | Path] | RasterFile | str | Path,
    *,
    specs: Mapping[str, IndicatorSpec],
    quarters: Quarters,
    **stated: Any,
) -> IndicatorTables:
    """Read rasters, each of one indicator and year, as one checked table of indicators.

    Parameters
    ----------
    orders : sequence of RasterFile, str or Path; or one of them
        Files and what they hold; of a path, the fields of `RasterFile` follow by name.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    quarters : Quarters
        Boundaries, metres.

    Raises
    ------
    DataError
        With the problems of all files at once: also if the indicator is no mean, or the catalogue does not say that it counts
        nobody; if cells hold what the unit does not allow, or a number that may stand for "not known".

    Notes
    -----
    A cell that a border crosses counts by area on both sides (Baston 2023, exactextract). Numerator and denominator are whole
    square metres, so that the mean of several quarters is that of their whole area. A quarter of which a tenth or more is not known
    has an estimated value, one of which nothing is known none.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_project, read_rasters
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, specs = read_boundaries(project.quarters).quarters, project.catalogue.specs
    >>> raster = find_shipped("geodata/musterstadt/versiegelung.tif")
    >>> sealed = read_rasters(raster, specs=specs, quarters=quarters, indicator="versiegelung", year=2024).indicators
    >>> print(f"{sealed['value'].min():.0f} to {sealed['value'].max():.0f} % of the ground")
    27 to 68 % of the ground
    """
    given = [orders] if isinstance(orders, RasterFile) or not isinstance(orders, list | tuple) else orders
    problems: list[Problem] = []
    notes: list[Problem] = []
    sources, frames = [], []
    for one in given:
        try:
            order = take_path(one, RasterFile, **stated)
            frame, told, source = _read_raster(order, spec=specs[order.indicator], quarters=quarters)
            frames.append(frame)
            notes += told
            sources.append(source)
        except DataError as error:
            problems += error.problems
    stop_at(problems)
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=GIVEN)
    indicators = as_indicators(rows, specs=specs, quarter_ids=list(quarters.index))
    return IndicatorTables(indicators=indicators, notes=tuple(notes), sources=tuple(dict.fromkeys(sources)))


def _read_raster(
    order: RasterFile, *, spec: IndicatorSpec, quarters: Quarters
) -> tuple[pd.DataFrame, list[Problem], Source]:
    """Rows of a raster, notes on it, and where it comes from."""
    from sro_geo.load.rasters import sum_zones  # noqa: PLC0415  takes a while to load

    if spec.unit not in _MEANS:
        raise refuse(order.file.place, "raster_no_mean", indicator=spec.code)
    if spec.counts.persons or spec.denominator != NOBODY:
        raise refuse(order.file.place, "raster_counts_untold", indicator=spec.code)
    choose = _choose(order, spec)
    zones = sum_zones(order.file, order.crs, quarters=quarters, nodata=order.nodata or (), choose=choose)
    stop_at(_find_doubtful(order, zones, spec=spec))
    area = np.rint(quarters.geometry.area.to_numpy() * zones.known)
    known, factor = area >= 1, UNIT_FACTOR.get(spec.unit)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = zones.sums / zones.cells * (_WHOLE if choose or order.shares == PARTS else 1.0)
        above = np.full(len(mean), np.nan) if factor is None else np.rint(mean * area / factor)
        value = mean if factor is None else factor * above / area
    partly = known & (zones.known < 1 - LITTLE)
    source = read_source(order.file)
    frame = pd.DataFrame(
        {
            "quarter_id": quarters.index,
            "indicator": spec.code,
            "year": order.year,
            "value": np.where(known, value, np.nan),
            "numerator": np.where(known, above, np.nan),
            "denominator": np.where(known, area, np.nan),
            "status": np.where(partly, ESTIMATED, np.where(known, OBSERVED, MISSING)),
            "example": source.example,
            "source": order.file.name,
            "row": pd.array([pd.NA] * len(quarters), dtype="Int64"),
        }
    )
    return frame, _tell_read(order, zones, none=int((~known).sum())), source


def _choose(order: RasterFile, spec: IndicatorSpec) -> Callable[[NDArray[np.float64]], NDArray[np.bool_]] | None:
    """Which values count for a share of the area; None where the mean of all is meant."""
    above = order.share_above
    if not order.share_of and above is None:
        return None
    if spec.unit != "percent" or (order.share_of and above is not None) or order.shares is not None:
        raise refuse(order.file.place, "raster_share_unfit", indicator=spec.code)
    if above is not None:
        return lambda values: values > above
    return lambda values: np.isin(values, list(order.share_of))


def _find_doubtful(order: RasterFile, zones: Zones, *, spec: IndicatorSpec) -> list[Problem]:
    """Cells that hold nothing, what the unit does not allow, or what may mean something else than it says."""
    place = order.file.place
    if np.isnan(zones.least):
        return [tell(place, "raster_unknown")]
    marks = [end for end in dict.fromkeys((zones.least, zones.most)) if end and end in (*zones.limits, *_NINES)]
    if marks and order.nodata is None:
        return [tell(place, "raster_mark", found=clean_text(marks[0]))]
    if order.share_of or order.share_above is not None:
        return []
    return _find_unfit(order, zones, spec=spec)


def _find_unfit(order: RasterFile, zones: Zones, *, spec: IndicatorSpec) -> list[Problem]:
    """Values that a mean in the indicator's unit cannot be made of."""
    place, ends = order.file.place, {"least": zones.least, "most": zones.most}
    share = spec.unit == "percent"
    if not spec.signed and (zones.least < 0 or (share and zones.most > (1 if order.shares == PARTS else _WHOLE))):
        return [tell(place, "raster_beyond_unit", indicator=spec.code, **ends)]
    if not share and order.shares is not None:
        return [tell(place, "shares_unused")]
    if share and order.shares is None and 0 < max(abs(zones.least), abs(zones.most)) <= 1:
        return [tell(place, "raster_shares_ambiguous", **ends)]
    return []


def _tell_read(order: RasterFile, zones: Zones, *, none: int) -> list[Problem]:
    """How a raster was read, and of which quarters it does not know all."""
    place = order.file.place
    facts: dict[str, object] = {"indicator": order.indicator, "least": zones.least, "most": zones.most}
    if order.share_of:
        notes = [tell(place, "raster_share_of", found=[clean_text(one) for one in order.share_of], **facts)]
    elif order.share_above is not None:
        notes = [tell(place, "raster_share_above", found=order.share_above, **facts)]
    else:
        notes = [tell(place, "raster_read", **facts)]
    if notes[0].cause != "raster_read" and not zones.sums.any():
        notes.append(tell(place, "raster_share_nowhere"))
    parts = zones.known[(zones.cells > 0) & (zones.known < 1)]
    if len(parts):
        part = math.floor(_WHOLE * float(parts.min()))
        notes.append(tell(place, "raster_partly", count=len(parts), part=part, most=round(_WHOLE * LITTLE)))
    if none:
        notes.append(tell(place, "raster_gaps", count=none))
    return notes
