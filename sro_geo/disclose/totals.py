"""Totals of areas that may be made of the true counts, because nobody can work a withheld one out of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.audit import fits
from sro_geo.disclose.draft import list_rows, name_fact
from sro_geo.disclose.facts import settle_block
from sro_geo.disclose.known import NOTHING, mark_keys
from sro_geo.disclose.primary import find_most
from sro_geo.disclose.publication import Fact, Line, publish, put_apart
from sro_geo.disclose.summing import tell_total
from sro_geo.disclose.suppress import Suppression, suppress
from sro_geo.model.indicators import KEY
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sro_geo.disclose.known import Known
    from sro_geo.disclose.publication import Publication, Shares
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators

Pair = tuple[str, str]
"""Indicator and area."""

PARTS = ("value", "counts", "below")
_WEIGHTS = (20.0, 2.0, 1.0)


def weigh_area(rank: int) -> float:
    """What an area's total weighs: that of the first, the city, is kept longest."""
    return _WEIGHTS[min(rank, len(_WEIGHTS) - 1)]


def protect_beside(
    publication: Publication,
    *,
    withheld: Collection[str],
    secrets: Mapping[str, Shares],
    small: Collection[str],
    smallest: int,
) -> Suppression:
    """What must go beside totals, as `suppress` finds it, and so that it holds against a reader who knows the rule.

    He knows, too, which of the `secrets` are `small`, hence that each is 1 to `smallest` − 1. Still he can't name one: of 2
    and 2 he would, by their 4, and not of 1, 2 and 2.
    """
    found = suppress(publication, withheld=withheld, secrets=secrets, smallest=smallest)
    rule = [Line(shares=secrets[name], low=1.0, high=smallest - 1.0) for name in small]
    known = publish(publication.facts, always=[*publication.always, *rule])
    few = {name: secrets[name] for name in small}
    again = suppress(known, withheld={*withheld, *found.added}, secrets=few, smallest=1, width=1)
    both = [{*first, *second} for first, second in ((found.added, again.added), (found.unsafe, again.unsafe))]
    return Suppression(added=tuple(sorted(both[0])), unsafe=tuple(sorted(both[1])))


@dataclass(slots=True)
class _Town:
    """What is told of the quarters that lost something: each a block whose counts bear its name.

    Attributes
    ----------
    told : list of Publication
        One for each quarter.
    facts : dict of str to Fact
        All of them by name.
    withheld : set of str
        Facts that are not shown.
    secrets : dict of str to Shares
        Counts that nobody may work out.
    homes : dict of str to str
        Quarter of each secret.
    small : set of str
        Secrets that are small, and not withheld by a file for reasons of its own.
    mute : set of str
        Quarters whose numbers contradict each other: no total is made of them.
    somebody : list of Line
        A denominator that is withheld is no zero: a quarter without anybody has no rate.
    """

    told: list[Publication] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    secrets: dict[str, Shares] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    small: set[str] = field(default_factory=set)
    mute: set[str] = field(default_factory=set)
    somebody: list[Line] = field(default_factory=list)


def release_totals(
    true: Indicators,
    shown: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    smallest: int,
    wanted: Mapping[str, Mapping[str, Sequence[str]]],
    known: Known = NOTHING,
) -> frozenset[Pair]:
    """Indicators and areas whose true total may be shown beside everything else that is shown.

    Parameters
    ----------
    true : Indicators
        Rows of one year as the files give them.
    shown : Indicators
        The same rows protected, and others that are shown beside them (computed ones).
    specs : mapping of str to IndicatorSpec
        The catalogue.
    smallest : int
        Smallest count that may be shown.
    wanted : mapping of str to mapping of str to sequence of str
        By indicator whose totals are shown, the quarters of each area; the first areas are kept longest.
    known : Known
        What readers know beside the tables.

    Returns
    -------
    frozenset of (str, str)
        Indicator and area; also where none of the area's quarters lost anything.

    Notes
    -----
    A true total is the sum of the counts of all quarters whose count the files tell. What a file withholds or lacks is in
    none. All totals are tried together, with all that is shown: each tells the sum of the counts that are withheld in it.
    Where a secret could then be worked out, totals are given up, the city's last. A total that cannot be stated as a
    sum of whole counts is not released.

    Laws: the audit of everything shown, with the released totals, finds each secret safe; who knows which counts are
    small can't name one of them.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control, section 4.2 (linked tables).

    Examples
    --------
    Quarters with 1, 2 and 2 children: the city's 5 may be shown, for one of them could have 3. Of 1 and 2 it may not.

    >>> from sro_geo import as_indicators, find_shipped, read_project, suppress_small
    >>> specs = read_project(find_shipped("analyses/musterstadt")).catalogue.specs
    >>> def release(*counts: int) -> list[str]:
    ...     ids = ["01", "02", "03"][: len(counts)]
    ...     rows = pd.DataFrame({"quarter_id": ids, "value": counts}).assign(
    ...         indicator="alter_0_3",
    ...         year=2024,
    ...         numerator=None,
    ...         denominator=None,
    ...         status="observed",
    ...         example=True,
    ...         source="own count",
    ...         row=None,
    ...     )
    ...     true = as_indicators(rows, specs=specs, quarter_ids=ids)
    ...     shown, _ = suppress_small(true, specs=specs, smallest=3)
    ...     released = release_totals(true, shown, specs=specs, smallest=3, wanted={"alter_0_3": {"city": ids}})
    ...     return [area for _, area in released]
    >>> release(1, 2, 2), release(1, 2)
    (['city'], [])
    """
    own, lost = _compare(true, shown, known=known)
    every = frozenset((code, area) for code, members in wanted.items() for area in members)
    if not lost.any(axis=None):
        return every
    town = _describe_town(own, lost, specs=specs, smallest=smallest, known=known)
    gone = own[lost.any(axis=1)]
    touched: dict[Pair, list[str]] = {}
    totals: dict[Pair, Fact] = {}
    for code, rows in gone[gone["indicator"].isin(list(wanted))].groupby("indicator"):
        for rank, (area, ids) in enumerate(wanted[str(code)].items()):
            inside = rows[rows["quarter_id"].isin(list(ids))]
            if len(inside):
                pair = (str(code), area)
                touched[pair] = list(inside["quarter_id"])
                told = tell_total(inside, town.facts, withheld=town.withheld, spec=specs[str(code)])
                if told:
                    totals[pair] = Fact(name=f"total {code} {area}", told=told, weight=weigh_area(rank))
    refused = touched.keys() - _choose(totals, town, touched, smallest=smallest)
    return every - refused


def _compare(true: Indicators, shown: Indicators, *, known: Known) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All rows with their place, the true ones first, and what each lost: its value, its counts, its denominator.

    Behind them stand those of earlier editions, which lost nothing any more.
    """
    seen = true[KEY].merge(shown, on=KEY, how="left").set_index(true.index)
    more = shown[~mark_keys(shown, zip(*(true[column] for column in KEY), strict=True))]
    value = (seen["status"] == SUPPRESSED) & (true["status"] != SUPPRESSED)
    rounded = (true["low"] == true["high"]) & seen["value"].notna() & (seen["low"] != seen["high"])
    counts = value | rounded | (true["numerator"].notna() & seen["numerator"].isna())
    below = true["denominator"].notna() & seen["denominator"].isna()
    lost = pd.DataFrame({"value": value, "counts": counts, "below": below}).reset_index(drop=True)
    frames = [true.assign(earlier=False), more.assign(earlier=False)]
    if known.earlier is not None:
        frames.append(known.earlier[known.earlier["year"].isin(true["year"].unique())].assign(earlier=True))
    rows = pd.concat(frames, ignore_index=True)
    return rows, lost.reindex(rows.index, fill_value=False)


def _describe_town(
    rows: pd.DataFrame, lost: pd.DataFrame, *, specs: Mapping[str, IndicatorSpec], smallest: int, known: Known
) -> _Town:
    town = _Town()
    touched = set(rows.loc[lost.any(axis=1), "quarter_id"])
    told = rows[rows["quarter_id"].isin(touched) & rows["status"].isin([*KNOWN, SUPPRESSED])]
    told = told.assign(
        at=told.index, withheld=told["status"] == SUPPRESSED, fixed=True, most=find_most(told, known=known)
    )
    told = told.sort_values("indicator", kind="stable")
    for quarter, mine in told.groupby("quarter_id", sort=True):
        block, *_, sound = settle_block(list_rows(mine), specs=specs, smallest=smallest)
        if not sound:
            town.mute.add(str(quarter))
            continue
        publication = put_apart(block.publication, prefix=f"{quarter} ")
        town.told.append(publication)
        town.facts |= {fact.name: fact for fact in publication.facts}
        own = {name: tuple((f"{quarter} {code}", n) for code, n in shares) for name, shares in block.secrets.items()}
        town.secrets |= own
        town.homes |= dict.fromkeys(own, str(quarter))
        others = {name_fact(int(at), part) for at in mine.index[mine["withheld"]] for part in PARTS[:2]}
        town.withheld |= others
        town.small |= own.keys() - others
        town.somebody += [
            Line(shares=line.shares, low=1.0)
            for at in mine.index[lost["below"].reindex(mine.index)]
            for line in town.facts[name_fact(int(at), "below")].told
        ]
    town.withheld |= {name_fact(int(at), part) for part in PARTS for at in lost.index[lost[part]]}
    return town


def _choose(
    totals: Mapping[Pair, Fact], town: _Town, touched: Mapping[Pair, Sequence[str]], *, smallest: int
) -> set[Pair]:
    """Pairs whose totals nobody can work a secret out of."""
    stated = {pair: fact for pair, fact in totals.items() if not town.mute & set(touched[pair])}
    facts = [fact for publication in town.told for fact in publication.facts]
    always = [line for publication in town.told for line in publication.always]
    joint = publish([*facts, *stated.values()], always=[*always, *town.somebody])
    if not fits(joint, withheld=()):
        return set()
    found = protect_beside(joint, withheld=town.withheld, secrets=town.secrets, small=town.small, smallest=smallest)
    open_ = {town.homes[name] for name in found.unsafe}
    return {pair for pair, fact in stated.items() if fact.name not in found.added and not open_ & set(touched[pair])}
