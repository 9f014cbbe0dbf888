"""How many offers each cell can choose from, and how far the next ones are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.distance import HAIR
from sro_geo.coverage.links import choose_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.reach import Reach


def count_alternatives(reach: Reach, *, limit_metres: float, providers: Mapping[str, str] | None = None) -> pd.Series:
    """Offers within a limit of each cell, on the cells' index; 0 where there is none.

    Parameters
    ----------
    reach : Reach
        Pairs at least as far as the limit.
    limit_metres : float
        Walked metres (≤).
    providers : mapping of str to str or None
        Who runs an offer. Then offers of one provider count once: what closes one may close all of them. An offer without
        a provider counts for itself.

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach, or not over 0.

    Notes
    -----
    Laws: never fewer with a longer limit; never more providers than offers.
    """
    near = _list_near(reach, limit_metres, providers)
    counted = near.drop_duplicates(["cell_id", "unit"])["cell_id"].value_counts()
    return counted.reindex(reach.cell_ids, fill_value=0).rename("alternatives")


def find_nearest(reach: Reach, *, count: int) -> pd.DataFrame:
    """Metres to the nearest offers of each cell.

    Parameters
    ----------
    reach : Reach
        Pairs.
    count : int
        How many, at least 1.

    Returns
    -------
    DataFrame
        On the cells' index; columns 1 to `count`, not descending; missing where no further one is within the pairs' limit.

    Raises
    ------
    ValueError
        If `count` is under 1.
    """
    if count < 1:
        message = f"`count` must be at least 1; got {count}"
        raise ValueError(message)
    pairs = reach.pairs
    ranked = pairs.assign(place=pairs.groupby("cell_id").cumcount() + 1)
    wide = ranked[ranked["place"] <= count].pivot_table(index="cell_id", columns="place", values="metres")
    return wide.reindex(index=reach.cell_ids, columns=range(1, count + 1)).astype(float)


def measure_closures(
    reach: Reach,
    persons: pd.Series,
    quarters: pd.Series,
    *,
    limit_metres: float,
    providers: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """What the closure of each single offer would take away, all at once.

    Parameters
    ----------
    reach : Reach
        Pairs at least as far as the limit.
    persons, quarters : Series
        Persons of the target group, and the quarter, on the cells' index.
    limit_metres : float
        Walked metres (≤) within which an offer counts as reached.
    providers : mapping of str to str or None
        Who runs an offer: then all offers of a provider close together, and the rows are providers.

    Returns
    -------
    DataFrame
        One row for each offer (or provider) and quarter whose persons it matters to, ordered by both: `closed`,
        `quarter_id`, `reached` (persons with it within the limit), `lose` (those of them with no other within the limit),
        `farther` (those whose nearest it is and who have another), `metres` (by how much the way of these grows in all:
        persons × metres).

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach or not over 0, or the cells differ.

    Notes
    -----
    A closure changes something only for those who have the offer within the limit: their nearest offer is another, or there
    is none. So the nearest and the next nearest of each cell tell all closures at once.

    Laws: `lose` + `farther` ≤ `reached`; nobody's way becomes shorter; after a closure, measured anew, as many persons fewer
    are reached as `lose` says.

    References
    ----------
    Murray, A., Matisziw, T., Grubesic, T. (2008): A methodological overview of network vulnerability analysis. Growth and
    Change 39 (interdiction of single facilities).
    """
    near = _list_near(reach, limit_metres, providers)
    _check_cells(reach, persons, quarters)
    near = near.drop_duplicates(["cell_id", "unit"])
    own = near.groupby("cell_id")
    first = own.cumcount() == 0
    other = near["metres"].groupby(near["cell_id"]).shift(-1)
    people = near["cell_id"].map(persons).to_numpy(dtype=float)
    farther = (first & other.notna()).to_numpy()
    table = pd.DataFrame(
        {
            "closed": near["unit"].to_numpy(),
            "quarter_id": near["cell_id"].map(quarters).to_numpy(),
            "reached": people,
            "lose": np.where((first & other.isna()).to_numpy(), people, 0.0),
            "farther": np.where(farther, people, 0.0),
            "metres": np.where(farther, people * (other - near["metres"]).fillna(0.0).to_numpy(), 0.0),
        }
    )
    return table.groupby(["closed", "quarter_id"], as_index=False).sum()


def measure_double_closures(
    reach: Reach,
    persons: pd.Series,
    quarters: pd.Series,
    *,
    limit_metres: float,
    providers: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Who loses the last offer when two close at once: all pairs that take more together than one by one, and the worst.

    Parameters
    ----------
    reach, persons, quarters, limit_metres, providers
        As in `measure_closures`.

    Returns
    -------
    DataFrame
        One row for each pair of offers (or providers) and quarter that loses by it, ordered by all three: `closed` and `other`
        (by name), `quarter_id`, `lose` (persons with no offer but these within the limit), `together` (those of them who have
        both, and whom neither closure alone would leave without). Any other pair takes what its single closures take.

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach or not over 0, or the cells differ.

    Notes
    -----
    Nobody with three offers loses the last, so cells with one and with two tell all pairs at once, and exactly, however many
    offers there are. The pair of the two offers that take most alone is always among the rows: a pair that takes nothing more
    together can't take more than they do.

    Laws: `lose` of a pair is `lose` of both single closures and `together`; after both closures, measured anew, as many persons
    fewer are reached as `lose` says; no pair takes more from the city than the worst that is listed.

    References
    ----------
    Church, R., Scaparra, M., Middleton, R. (2004): Identifying critical infrastructure: the median and covering facility
    interdiction problems. Annals of the Association of American Geographers 94.
    """
    near = _list_near(reach, limit_metres, providers)
    _check_cells(reach, persons, quarters)
    near = near.drop_duplicates(["cell_id", "unit"])
    codes, units = pd.factorize(near["unit"], sort=True)  # numbers are faster to compare than names
    ends = near.assign(code=codes).groupby("cell_id")["code"].agg(["min", "max", "size"])
    ends = ends.assign(**{end: units.take(ends[end].to_numpy()) for end in ("min", "max")})
    ends = ends.assign(quarter_id=quarters.reindex(ends.index), persons=persons.reindex(ends.index))
    ends = ends[ends["persons"] > 0]
    alone: Any = ends[ends["size"] == 1].groupby(["min", "quarter_id"])["persons"].sum()
    both: Any = ends[ends["size"] == 2].groupby(["min", "max", "quarter_id"])["persons"].sum()  # noqa: PLR2004  of two
    pairs = {(closed, other) for closed, other, _ in both.index}
    most = alone.groupby(level=0).sum().sort_values(ascending=False, kind="stable").index[:2]
    pairs |= {(min(most), max(most))} if len(most) == 2 else set()  # noqa: PLR2004  of two
    single: dict[str, list[tuple[str, float]]] = {}
    for (unit, quarter), number in alone.items():
        single.setdefault(unit, []).append((quarter, number))
    rows = [(*pair, *part, 0.0) for pair in pairs for unit in pair for part in single.get(unit, [])]
    rows += [(*key, number, number) for key, number in both.items()]
    keys = ["closed", "other", "quarter_id"]
    return pd.DataFrame(rows, columns=[*keys, "lose", "together"]).groupby(keys, as_index=False).sum()


def compare_reach(
    reach: Reach, less: Reach, persons: pd.Series, quarters: pd.Series, *, limit_metres: float
) -> pd.DataFrame:
    """What is taken away where ways are, as by a closure: stairs for those who cannot climb them, a bridge.

    Parameters
    ----------
    reach, less : Reach
        Pairs of the same cells and offers at least as far as the limit, on all ways and without some.
    persons, quarters, limit_metres
        As in `measure_closures`.

    Returns
    -------
    DataFrame
        By quarter with somebody in reach: columns of `measure_closures` without `closed`. Nobody is better off: a cell that
        joins another street because its own is gone, and is nearer by that, counts as unchanged.

    Raises
    ------
    ValueError
        If the limit is farther than the pairs reach or not over 0, or the cells differ.
    """
    if not reach.cell_ids.equals(less.cell_ids):
        message = "`reach` and `less` must hold the same cells"
        raise ValueError(message)
    _check_cells(reach, persons, quarters)
    before, after = (
        choose_pairs(one, limit_metres).groupby("cell_id")["metres"].min().reindex(reach.cell_ids)
        for one in (reach, less)
    )
    people = persons.reindex(reach.cell_ids)
    more = (after - before).where(after > before * (1 + HAIR), 0.0)
    table = pd.DataFrame(
        {
            "quarter_id": quarters.reindex(reach.cell_ids),
            "reached": people.where(before.notna(), 0.0),
            "lose": people.where(before.notna() & after.isna(), 0.0),
            "farther": people.where(more > 0, 0.0),
            "metres": people * more,
        }
    )
    return table[before.notna()].groupby("quarter_id", as_index=False).sum()


def _check_cells(reach: Reach, persons: pd.Series, quarters: pd.Series) -> None:
    if not reach.cell_ids.isin(persons.index).all() or not reach.cell_ids.isin(quarters.index).all():
        message = "`persons` and `quarters` must hold the cells of `reach`"
        raise ValueError(message)


def _list_near(reach: Reach, limit_metres: float, providers: Mapping[str, str] | None) -> pd.DataFrame:
    """Pairs within the limit, nearest first, with what they count as: the offer, or who runs it."""
    pairs = choose_pairs(reach, limit_metres)
    units = (
        pairs["offer_id"]
        if providers is None
        else pairs["offer_id"].map({offer: providers.get(offer) or offer for offer in reach.offer_ids})
    )
    return pairs.assign(unit=units)
