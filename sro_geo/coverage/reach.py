"""Who has an offer within reach, and how many to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.model.ages import find_bands, parse_age_group
from sro_geo.model.indicators import COLUMNS, as_computed
from sro_geo.model.population import count_persons, find_gaps
from sro_geo.model.reach import Coverage, code_gap, code_supply
from sro_geo.model.status import ESTIMATED, KNOWN, LATER, MISSING, NOT_APPLICABLE, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sro_geo.model.population import Population
    from sro_geo.model.reach import Reach, Supply

MEANS = ("mean_offers", "mean_low", "mean_high")
"""Mean number of offers within reach and its bounds."""


def measure_coverage(
    reach: Reach,
    population: Population,
    *,
    target_group: str,
    minutes: tuple[float, ...],
    speed_kmh: float,
) -> Coverage | None:
    """Persons of a target group with an offer within each limit, by quarter.

    Parameters
    ----------
    reach : Reach
        Pairs of the same cells, at least as far as the longest limit.
    population : Population
        Persons by cell and age.
    target_group : str
        Ages the offers are made for, `"0-6"`.
    minutes : tuple of float
        Walking limits in minutes.
    speed_kmh : float
        Walking speed in kilometres an hour.

    Returns
    -------
    Coverage or None
        Every quarter that has cells and every limit, ordered by both; None where the data's age bands do not
        make up the target group. `mean_offers` is missing where nobody of the target group lives.

    Raises
    ------
    ValueError
        If a limit is farther than the pairs reach, is not over 0, or the pairs belong to other cells.

    Notes
    -----
    Laws: the reached never get fewer with a longer limit; 0 ≤ reached ≤ persons.

    References
    ----------
    Talen, E. (2003): Neighborhoods as service providers: a methodology for evaluating pedestrian access.
    Environment and Planning B 30 (cumulative opportunities within a walking limit).

    Examples
    --------
    >>> from sro_geo import find_shipped, measure_coverage, measure_straight, read_project
    >>> from sro_geo.pipeline.tables import read_tables
    >>> tables = read_tables(read_project(find_shipped("analyses/musterstadt")))
    >>> people, way = tables.population, {"limit_metres": 1000, "detour_factor": 1.3, "barrier": tables.barrier}
    >>> reach = measure_straight(people.cells, tables.offers, kind="jugendarbeit", **way)
    >>> coverage = measure_coverage(reach, people, target_group="6-15", minutes=(10,), speed_kmh=4)
    >>> row = coverage.table.set_index("quarter_id").loc["08"]
    >>> print(f"{row['reached']:.0f} of {row['persons']:.0f} children reach a Jugendtreff in 10 minutes")
    255 of 300 children reach a Jugendtreff in 10 minutes
    """
    limits = _list_limits(reach, minutes, speed_kmh=speed_kmh)
    if not reach.cell_ids.sort_values().equals(population.cells.index.sort_values()):
        message = "`reach` must hold the cells of `population`"
        raise ValueError(message)
    persons = count_persons(population, target_group=target_group)
    if persons is None:
        return None
    quarter = population.cells["quarter_id"]
    total = persons.groupby(quarter).sum()
    cell = persons.index.get_indexer(pd.Index(reach.pairs["cell_id"]))
    counted = [_count_within(reach, cell, persons, quarter, limit=limit) for limit in limits.values()]
    # Sums of fractions may differ in the last bit; the laws hold exactly.
    reached = np.maximum.accumulate(np.column_stack([c["reached"] for c in counted]), axis=1)
    reached = np.minimum(reached, total.to_numpy(dtype=float)[:, None])
    chances = np.column_stack([c["chances"] for c in counted])
    marks = _mark_quarters(population, target_group=target_group).reindex(total.index, fill_value=False)
    table = _lay_out(total, tuple(limits), reached, chances, marks=marks, example=reach.example)
    return Coverage(
        kind=reach.kind,
        target_group=target_group,
        table=_blank(table, find_gaps(population, target_group=target_group)),
        offers=len(reach.offer_ids),
    )


def _blank(table: pd.DataFrame, gaps: Mapping[str, str]) -> pd.DataFrame:
    """Take the numbers out of quarters where a part of the target group is not known; the rest would pose as the whole."""
    status = table["quarter_id"].map(gaps)
    gone = status.notna()
    numbers = {column: table[column].mask(gone) for column in ("reached", "persons", *MEANS)}
    return table.assign(**numbers, status=table["status"].mask(gone, status))


def pool_coverage(coverage: Coverage, *, members: Mapping[str, Sequence[str]]) -> Coverage:
    """Coverage of whole areas, each as if it were one quarter, from the persons of the quarters that are known.

    Parameters
    ----------
    coverage : Coverage
        By quarter, protected.
    members : mapping of str to sequence of str
        Quarters of each area; areas may overlap.

    Returns
    -------
    Coverage
        The areas' ids in place of the quarters'. Persons are those of the quarters whose mean number of offers is known;
        everybody else reaches between none and all of the offers, which bounds the mean.
    """
    table, everybody = coverage.table, coverage.table["persons"]
    known = table["mean_offers"].notna() & everybody.notna()
    rows = table.assign(
        chances=(table["mean_offers"] * everybody).where(known),
        fewest=table["mean_low"].where(known, 0.0) * everybody,
        most=table["mean_high"].where(known, coverage.offers) * everybody,
        everybody=everybody,
        persons=everybody.where(known),
        reached=table["reached"].where(known),
    )
    inside = [rows[rows["quarter_id"].isin(list(ids))].assign(quarter_id=area) for area, ids in members.items()]
    own = pd.concat(inside).groupby(["quarter_id", "minutes"], sort=False)
    sums = own[["reached", "persons", "chances"]].sum()
    sums = sums.join(own[["fewest", "most", "everybody"]].sum(skipna=False))
    marks = own.agg(status=("status", _join_statuses), example=("example", "any"))
    pooled = sums.join(marks).reset_index()
    empty = pooled["persons"] <= 0
    status = pooled["status"].mask(empty & pooled["status"].isin(KNOWN), NOT_APPLICABLE)
    mean = (pooled["chances"] / pooled["persons"].mask(empty)).where(status.isin(KNOWN))
    # Where it isn't known how many the others are, the mean may be anything between none and all.
    fewest = (pooled["fewest"] / pooled["everybody"]).fillna(0.0).clip(upper=mean).where(mean.notna())
    most = (pooled["most"] / pooled["everybody"]).fillna(float(coverage.offers)).clip(lower=mean).where(mean.notna())
    means = dict(zip(MEANS, (mean, fewest, most), strict=True))
    return replace(coverage, table=pooled.assign(**means, status=status)[list(table.columns)])


def _join_statuses(statuses: pd.Series) -> str:
    """Status of a sum over the known ones; why there is none where nothing is known."""
    found = set(statuses)
    order = (ESTIMATED, OBSERVED, SUPPRESSED, MISSING, LATER)
    return next((status for status in order if status in found), NOT_APPLICABLE)


def _list_limits(reach: Reach, minutes: tuple[float, ...], *, speed_kmh: float) -> dict[float, float]:
    limits = {float(m): m * speed_kmh * 1000 / 60 for m in sorted(set(minutes))}
    if not limits or min(limits.values()) <= 0:
        message = f"`minutes` and `speed_kmh` must be over 0; got {minutes} and {speed_kmh}"
        raise ValueError(message)
    if max(limits.values()) > reach.limit_metres * (1 + 1e-9):
        message = f"`minutes` must stay within {reach.limit_metres:g} metres; got {max(limits.values()):g}"
        raise ValueError(message)
    return limits


def _count_within(
    reach: Reach, cell: NDArray[np.intp], persons: pd.Series, quarter: pd.Series, *, limit: float
) -> pd.DataFrame:
    """By quarter: persons with at least one offer, and persons × offers; `cell` is the position of each pair's."""
    within = (reach.pairs["metres"] <= limit * (1 + 1e-9)).to_numpy()
    offers = np.bincount(cell[within], minlength=len(persons))
    table = pd.DataFrame({"reached": persons.where(offers > 0, 0.0), "chances": persons * offers})
    return table.groupby(quarter).sum()


def _mark_quarters(population: Population, *, target_group: str) -> pd.DataFrame:
    """By quarter: whether any number of the target group is estimated, or invented."""
    bands = find_bands(parse_age_group(target_group), population.bands) or ()
    own = population.marks.index.get_level_values("age_group").isin([str(band) for band in bands])
    return population.marks[own].groupby("quarter_id").any()


def _lay_out(
    total: pd.Series,
    minutes: tuple[float, ...],
    reached: NDArray[np.float64],
    chances: NDArray[np.float64],
    *,
    marks: pd.DataFrame,
    example: bool,
) -> pd.DataFrame:
    persons = np.repeat(total.to_numpy(dtype=float), len(minutes))
    estimated = np.repeat(marks["estimated"].to_numpy(dtype=bool), len(minutes))
    invented = np.repeat(marks["example"].to_numpy(dtype=bool), len(minutes))
    with np.errstate(invalid="ignore"):
        mean_offers = np.where(persons > 0, chances.ravel() / persons, np.nan)
    return pd.DataFrame(
        {
            "quarter_id": np.repeat(total.index.to_numpy(), len(minutes)),
            "minutes": np.tile(np.asarray(minutes), len(total)),
            "reached": reached.ravel(),
            "persons": persons,
            **dict.fromkeys(MEANS, mean_offers),
            "status": np.where(persons > 0, np.where(estimated, ESTIMATED, OBSERVED), NOT_APPLICABLE),
            "example": invented | example,
        }
    )


def as_coverage_indicators(coverages: Iterable[Coverage], *, supplies: Iterable[Supply], year: int) -> pd.DataFrame:
    """Coverage and places as rows of the indicator table.

    Parameters
    ----------
    coverages : iterable of Coverage
        Protected coverages; each limit gives `ohne_<kind>_<minutes>`: percent of the target group without an
        offer.
    supplies : iterable of Supply
        Protected supplies; each gives `plaetze_<kind>`: places per 100 persons of the target group.
    year : int
        Year of the rows.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`, source "computed", no row number. Value and numerator
        are missing where the status is no known one.
    """
    frames = [_list_gaps(coverage) for coverage in coverages] + [_list_rates(supply) for supply in supplies]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    rows = pd.concat(frames, ignore_index=True)
    known = rows["status"].isin(KNOWN)
    numbers = rows[["value", "numerator"]].where(known, np.nan)
    values = dict.fromkeys(("value", "low", "high"), numbers["value"])
    return as_computed(rows.assign(**values, numerator=numbers["numerator"]), year=year)


def _list_gaps(coverage: Coverage) -> pd.DataFrame:
    table = coverage.table
    without = table["persons"] - table["reached"]
    return table[["quarter_id", "status", "example"]].assign(
        indicator=[code_gap(coverage.kind, minutes=minutes) for minutes in table["minutes"]],
        # Divided first: all of a sum of fractions is 1 and not a hair more.
        value=100 * (without / table["persons"].where(table["persons"] > 0)),
        numerator=without,
        denominator=table["persons"],
    )


def _list_rates(supply: Supply) -> pd.DataFrame:
    table = supply.table.rename_axis("quarter_id").reset_index()
    return table[["quarter_id", "status", "example"]].assign(
        indicator=code_supply(supply.kind),
        value=100 * table["rate"],
        numerator=table["places"],
        denominator=table["persons"],
    )
