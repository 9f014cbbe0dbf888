"""Small counts of persons, and everything that would give one away, taken out of the indicators.

It runs before anything else is computed or drawn. What is blanked here is gone: nothing later brings it back.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.audit import list_free, list_open
from sro_geo.disclose.draft import BELOW, COUNTS, VALUE, list_rows, name_fact, round_half_up
from sro_geo.disclose.facts import describe_block, settle_block
from sro_geo.disclose.known import NOTHING, mark_keys
from sro_geo.disclose.small import find_small
from sro_geo.disclose.suppress import suppress
from sro_geo.errors import DataError, Problem
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.indicators import Indicators
from sro_geo.model.schema import locate
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sro_geo.disclose.draft import Row
    from sro_geo.disclose.facts import Block
    from sro_geo.disclose.known import Known
    from sro_geo.model.catalogue import IndicatorSpec

_BLOCK = ["quarter_id", "year"]


def suppress_small(
    indicators: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    smallest: int,
    beside: Indicators | None = None,
    known: Known = NOTHING,
) -> tuple[Indicators, tuple[Problem, ...]]:
    """All rows without small counts of persons, and a note for each indicator that lost values.

    Parameters
    ----------
    indicators : Indicators
        Any years.
    specs : mapping of str to IndicatorSpec
        The catalogue; it tells what numerators and denominators count.
    smallest : int
        Smallest count that may be shown, at least 1. Zeros stay.
    beside : Indicators or None
        Rows that are protected already and shown beside these: they stay, and what is withheld in them stays so, too.
    known : Known
        What readers know beside these tables.

    Returns
    -------
    Indicators, tuple of Problem
        Same rows and index. Notes `counts_suppressed`, with indicator and count, `sums_apart` where sums of a quarter and
        year don't hold, and `already_public` where earlier editions alone give away what is withheld.

    Raises
    ------
    ValueError
        If `smallest` is under 1.
    DataError
        If a number that is said to be small cannot be.

    Notes
    -----
    Withheld are counts of persons under `smallest`, also a part of a person that a crosswalk gave to a quarter; rates whose
    numerator, or the rest up to the whole of a share, is such a count, also where it only follows; rates of so few persons,
    with their denominator; and what else of the same quarter and year must go so that each of these counts may, for all that
    is shown, be `smallest` or more, and its smallest and largest possible value lie `smallest` − 1 apart. A rate may lose its
    numerator and decimals only: then it is rounded to the digits shown, and its bounds say so. What is small and what protects
    carries one status.

    What a file withholds is protected like a small count that may be zero or large; one that is known to be small so
    that every number from 1 to under `smallest` stays possible. A row whose numbers contradict the others of its quarter and
    year (`sums_apart`) is taken to count something else: age groups are believed first, then other counts, then rates.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control, chapter 4 (frequency rule, secondary suppression);
    § 103 SGB VIII.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_indicators, read_project, suppress_small
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> keys, specs = read_boundaries(project.quarters).quarters.index, project.catalogue.specs
    >>> values = read_indicators(project.indicators, specs=specs, quarter_ids=keys).indicators
    >>> protected, notes = suppress_small(values, specs=specs, smallest=project.smallest)
    >>> {note.values["indicator"]: note.values["count"] for note in notes}
    {'alter_0_3': 4, 'alter_3_6': 4, 'auslaendisch': 1, 'hze_faelle': 2, 'kinder_sgb2': 4, 'sprachfoerderung': 28}
    """
    if smallest < 1:
        message = f"`smallest` must be at least 1; got {smallest}"
        raise ValueError(message)
    kept = _list_kept(indicators, known)
    gone, apart, public = set(kept), 0, 0
    for rows in _list_rows(indicators, beside, specs=specs, smallest=smallest, known=known):
        block = describe_block(rows, specs=specs, smallest=smallest)
        if not block.secrets:
            gone |= block.withheld
            continue
        block, odd, dropped, sound = settle_block(rows, specs=specs, smallest=smallest, block=block)
        if dropped and not odd and beside is None:
            raise DataError(_tell_not_small(rows, indicators))
        apart += bool(odd)
        block = replace(block, withheld=block.withheld | (kept & block.names))
        if not sound:
            gone |= block.withheld | list_free(block.publication)
            continue
        if any(row.earlier for row in rows):
            block, told = _leave_public(block, smallest=smallest)
            public += sum(at < len(indicators) for at in told)
        gone |= _withhold(block, smallest=smallest)
    table, hidden = _blank(indicators, gone, specs=specs)
    found = {"sums_apart": apart, "already_public": public}
    notes = [Problem(cause=cause, values={"count": count}) for cause, count in found.items() if count]
    counts = indicators.loc[hidden, "indicator"].value_counts().sort_index()
    notes += [
        Problem(cause="counts_suppressed", values={"indicator": str(code), "count": int(count), "smallest": smallest})
        for code, count in counts.items()
    ]
    return Indicators(table), tuple(notes)


def _list_kept(indicators: Indicators, known: Known) -> set[str]:
    """Facts that earlier editions withheld; all of a row is its counts as well."""
    kept = {part: set(np.flatnonzero(mark_keys(indicators, keys))) for part, keys in known.kept.items()}
    whole = kept.get(VALUE, set())
    rows = {VALUE: whole, COUNTS: whole | kept.get(COUNTS, set()), BELOW: kept.get(BELOW, set())}
    return {name_fact(int(at), part) for part, ats in rows.items() for at in ats}


def _leave_public(block: Block, *, smallest: int) -> tuple[Block, set[int]]:
    """Block without the secrets that are open although all that may be withheld is, and their rows."""
    gone = block.withheld | list_free(block.publication)
    told = list_open(block.publication, withheld=gone, secrets=block.secrets, smallest=smallest)
    secrets = {name: shares for name, shares in block.secrets.items() if name not in told}
    return replace(block, secrets=secrets), {block.owners[name] for name in told}


def _withhold(block: Block, *, smallest: int) -> set[str]:
    """Everything that is withheld of a block."""
    found = suppress(block.publication, withheld=block.withheld, secrets=block.secrets, smallest=smallest)
    return {*block.withheld, *found.added}


def _list_rows(
    indicators: Indicators,
    beside: Indicators | None,
    *,
    specs: Mapping[str, IndicatorSpec],
    smallest: int,
    known: Known,
) -> Iterable[list[Row]]:
    """Rows that tell something, of each quarter and year with a count that may be small, in the order of their keys."""
    tables = [(indicators, False, False), (beside, True, False), (known.earlier, True, True)]
    frames = [frame.assign(fixed=fixed, earlier=told) for frame, fixed, told in tables if frame is not None]
    joined = pd.concat(frames, ignore_index=True).reset_index(names="at")
    joined = joined[joined["status"].isin([*KNOWN, SUPPRESSED])]
    suspect = find_suspects(joined, specs=specs, smallest=smallest)
    marked = joined.assign(suspect=suspect, free=~joined["fixed"]).groupby(_BLOCK)[["suspect", "free"]]
    wanted = joined[marked.transform("any").all(axis=1)]
    wanted = wanted.assign(withheld=wanted["status"] == SUPPRESSED, most=find_most(wanted, known=known))
    ordered = wanted.sort_values([*_BLOCK, "indicator"], kind="stable")
    keys = zip(*(ordered[column].tolist() for column in _BLOCK), strict=True)
    for _, block in groupby(zip(keys, list_rows(ordered), strict=True), key=itemgetter(0)):
        yield [row for _, row in block]


def find_most(rows: pd.DataFrame, *, known: Known) -> list[float]:
    """What everybody knows that each withheld count is at most."""
    few = mark_keys(rows, known.few) & (rows["status"] == SUPPRESSED).to_numpy()
    return [known.most if one else math.inf for one in few]


def _tell_not_small(rows: Iterable[Row], indicators: Indicators) -> Problem:
    """Withheld numbers of a quarter and year of which at least one cannot be as small as it is said to be."""
    own = indicators.iloc[[row.at for row in rows if math.isfinite(row.most)]]
    first = own.iloc[0]
    values = {"quarter": str(first["quarter_id"]), "year": int(first["year"]), "indicators": sorted(own["indicator"])}
    return Problem(cause="source_not_small", values=values, places=locate(own, np.ones(len(own), dtype=bool)))


def find_suspects(table: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], smallest: int) -> NDArray[np.bool_]:
    """Rows that hold a small number of whatever, are withheld, or tell one of a count of their quarter and year.

    Law: a quarter and year without one has no secrets.
    """
    unit = table["indicator"].map(lambda code: specs[code].unit)
    size, above = table["denominator"], table["numerator"]
    rate = unit.isin(["percent", "per_1000", "per_100", "per_km2"])
    most = unit.map({"percent": 100.0, "per_1000": 1000.0, "per_100": 100.0}).astype(float)
    implied = np.rint(table["value"] * size / most)
    numbers = (table["value"].where(~rate), above, size, size - above, implied, size - implied)
    given = ~table["indicator"].map(lambda code: specs[code].derived).to_numpy(dtype=bool)
    small = np.logical_or.reduce([find_small(number, smallest=smallest, given=given) for number in numbers])
    untold = (rate & size.isna() & _tells_few(table, unit, counted=~rate, smallest=smallest)).to_numpy(dtype=bool)
    found: NDArray[np.bool_] = small | untold | (table["status"] == SUPPRESSED).to_numpy(dtype=bool)
    return found


def _tells_few(table: pd.DataFrame, unit: pd.Series, *, counted: pd.Series, smallest: int) -> pd.Series:
    """Rates that may be of few, or leave few, of the smallest count beside them: of every other one they are of more."""
    counts = pd.concat([table["value"].where(counted), table["numerator"], table["denominator"]], axis=1)
    least = counts.where(counts > 0).min(axis=1).groupby([table["quarter_id"], table["year"]]).transform("min")
    factor = unit.map(UNIT_FACTOR)
    above, rest = table["value"] - 0.5, (factor - table["value"] - 0.5).where(unit == "percent")
    return (above * least < smallest * factor) | (rest * least < smallest * factor)


def _blank(
    indicators: Indicators, gone: set[str], *, specs: Mapping[str, IndicatorSpec]
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Table without what is withheld, and which rows lost their value."""
    value, counts, below = (_mark(len(indicators), gone, part=part) for part in ("value", "counts", "below"))
    before = (indicators["status"] == SUPPRESSED).to_numpy()
    hidden = value & ~before
    status = indicators["status"].mask(hidden, SUPPRESSED)
    rounded = _round(indicators, counts & ~value & ~before, specs=specs)
    empty = (status == SUPPRESSED).to_numpy()
    table = rounded.assign(status=status, denominator=rounded["denominator"].mask(below))
    numbers = {column: table[column].mask(empty) for column in ("value", "low", "high", "numerator")}
    return table.assign(**numbers), hidden


def _mark(rows: int, gone: set[str], *, part: str) -> NDArray[np.bool_]:
    """Rows whose part is withheld."""
    return np.fromiter((name_fact(row, part) in gone for row in range(rows)), dtype=np.bool_, count=rows)


def _round(indicators: Indicators, coarse: NDArray[np.bool_], *, specs: Mapping[str, IndicatorSpec]) -> pd.DataFrame:
    """Rates that lost their counts, as they are shown: half up, between the ends of the rounding."""
    digits = indicators["indicator"].map(lambda code: specs[code].digits).to_numpy(dtype=int)
    value = indicators["value"].to_numpy(dtype=float)
    shown = np.array([round_half_up(v, digits=d) if c else v for v, d, c in zip(value, digits, coarse, strict=True)])
    half = np.where(coarse, 0.5 * 10.0**-digits, 0.0)
    low = np.where(value >= 0, np.maximum(shown - half, 0.0), shown - half)
    ends = {"low": low, "high": shown + half}
    return indicators.assign(
        value=shown,
        numerator=indicators["numerator"].mask(coarse),
        **{end: indicators[end].where(~coarse, numbers) for end, numbers in ends.items()},
    )
