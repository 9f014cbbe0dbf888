"""Persons by quarter, year and age band. The bands of a quarter always add up to its population."""

from __future__ import annotations

import math
from itertools import pairwise

from dice import share_out, vary
from plan import BANDS, QUARTERS, YEARS

LAST = YEARS[-1]

# Persons at the end of 2024 by age band.
TODAY = {
    "01": (69, 73, 199, 202, 1197, 550),
    "02": (58, 63, 169, 166, 1063, 561),
    "03": (141, 146, 402, 660, 2608, 753),
    "04": (45, 43, 123, 92, 788, 149),
    "05": (127, 136, 368, 464, 2453, 832),
    "06": (154, 164, 445, 453, 2771, 933),
    "07": (84, 92, 246, 260, 1712, 716),
    "08": (103, 111, 300, 312, 1699, 887),
    "09": (96, 102, 277, 345, 1816, 744),
    "10": (196, 206, 563, 716, 3341, 1098),
    "11": (45, 51, 134, 169, 1146, 695),
    "12": (165, 176, 477, 478, 3040, 1224),
}

# Population as a share of that of 2024, at some years; between them a straight line. People left the quarters
# around the works.
PATHS = {
    "01": ((2008, 0.91), (2017, 0.98), (2024, 1.0)),
    "02": ((2008, 0.94), (2017, 0.99), (2024, 1.0)),
    "03": ((2008, 0.86), (2017, 0.97), (2019, 0.96), (2024, 1.0)),
    "04": ((2008, 0.077), (2011, 0.082), (2016, 0.88), (2024, 1.0)),
    "05": ((2008, 1.02), (2017, 1.05), (2019, 1.01), (2024, 1.0)),
    "06": ((2008, 0.9), (2017, 0.96), (2024, 1.0)),
    "07": ((2008, 0.95), (2017, 0.99), (2024, 1.0)),
    "08": ((2008, 1.16), (2017, 1.05), (2019, 1.01), (2024, 1.0)),
    "09": ((2008, 1.1), (2017, 1.04), (2019, 0.99), (2024, 1.0)),
    "10": ((2008, 0.93), (2017, 0.98), (2019, 0.97), (2024, 1.0)),
    "11": ((2008, 1.03), (2017, 1.01), (2024, 1.0)),
    "12": ((2008, 0.94), (2017, 0.98), (2024, 1.0)),
}

# How much larger a band's share was in 2008: more young people, fewer old ones.
EARLIER = (0.95, 0.92, 0.88, 1.25, 1.03, 0.86)

# Gartenfeld was allotments until 2011: a hamlet, then a new housing estate.
HAMLET, HAMLET_UNTIL = "04", 2011
HAMLET_BANDS = (2, 4, 9, 7, 48, 26)

People = dict[tuple[str, int], dict[str, int]]


def count_people() -> People:
    """Persons by age band for each quarter and year."""
    return {
        (quarter.quarter_id, year): dict(zip(BANDS, _count_bands(quarter.quarter_id, year), strict=True))
        for quarter in QUARTERS
        for year in YEARS
    }


def interpolate(path: tuple[tuple[int, float], ...], year: int) -> float:
    """Value of a path at a year, by a straight line between its points.

    Raises
    ------
    ValueError
        If the path does not reach the year.
    """
    for (first, start), (last, end) in pairwise(path):
        if first <= year <= last:
            return start + (end - start) * (year - first) / (last - first)
    message = f"`year` must lie on the path; got {year}"
    raise ValueError(message)


def _count_bands(key: str, year: int) -> list[int]:
    if year == LAST:
        return list(TODAY[key])
    if key == HAMLET and year == YEARS[0]:
        return list(HAMLET_BANDS)
    total = round(sum(TODAY[key]) * interpolate(PATHS[key], year) * vary(0.004, "people", key, year))
    return share_out(total, [share * vary(0.02, "band", key, year, i) for i, share in enumerate(_mix(key, year))])


def _mix(key: str, year: int) -> list[float]:
    """Shares of the bands, between those of 2008 and those of 2024."""
    now = TODAY[key]
    start, before = YEARS[0], [count * factor for count, factor in zip(now, EARLIER, strict=True)]
    if key == HAMLET:
        start, before = HAMLET_UNTIL, [float(count) for count in HAMLET_BANDS]
    way = min(1.0, max(0.0, (year - start) / (LAST - start)))
    if key == HAMLET:
        way = min(1.0, way * 2)  # the newcomers set the mix long before the last house is built
    return [(1 - way) * old / math.fsum(before) + way * new / sum(now) for old, new in zip(before, now, strict=True)]
