"""Reach of whole areas from all persons: what it tells of the withheld counts, and what must go for the city's sake."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sro_geo.disclose.audit import fits
from sro_geo.disclose.publication import Fact, Line, publish
from sro_geo.disclose.reached import MEANS, hide_reached, round_means
from sro_geo.disclose.small import is_small
from sro_geo.disclose.totals import protect_beside, weigh_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sro_geo.disclose.publication import Shares
    from sro_geo.model.reach import Coverage

_ALL = 100.0
"""What all quarters' cells of a limit weigh: the city's total is worth less than a fifth of them."""
_MEAN = 2.2
"""How much more a cell weighs with whose mean number of offers redundancy is measured: two totals of the city need it."""
_HELPERS = 5
"""So many cells of a limit are tried."""
_DUST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTotals:
    """Which areas may be measured from all persons.

    Attributes
    ----------
    shown : Coverage
        Protected, without the further counts that went for the city's sake.
    reached : frozenset of (float, str)
        Limit and area whose number of reached persons may be shown.
    means : frozenset of str
        Areas whose mean number of offers may be shown.
    """

    shown: Coverage
    reached: frozenset[tuple[float, str]]
    means: frozenset[str]


class _Cell(NamedTuple):
    """Persons of a quarter within a limit."""

    quarter: str
    minutes: float
    persons: float
    reached: float
    chances: float
    """Persons × offers."""
    low: float
    high: float
    """Bounds of the chances that are shown beside a withheld count; infinite without."""
    lost: bool

    def name(self, what: str) -> str:
        return f"{self.quarter} {self.minutes:g} {what}"

    @property
    def inner(self) -> bool:
        """Whether neither nobody nor everybody is reached."""
        return 0 < self.reached < self.persons


def release_reached(
    true: Coverage,
    shown: Coverage,
    *,
    members: Mapping[str, Sequence[str]],
    smallest: int,
    mean_minutes: float | None,
    modelled: bool,
) -> ReachTotals:
    """Totals of reach that may be made of all persons, and the coverage that is shown beside them.

    Parameters
    ----------
    true : Coverage
        By quarter; without those quarters whose persons are not shown.
    shown : Coverage
        The same rows, protected.
    members : mapping of str to sequence of str
        Quarters of each area; the first, the city, is kept longest.
    smallest : int
        Smallest count that may be shown.
    mean_minutes : float or None
        Limit of the mean number of offers that is shown of areas; None: of no limit.
    modelled : bool
        Whether persons are spread over the quarter. What is then reached is a share of land and no count of persons:
        it follows from shown numbers, and no total of it tells anything new.

    Notes
    -----
    The reached within each limit, and persons × offers, are unknown whole numbers: they nest, and nobody has more than all
    offers. So that the city's total stays, a count may go that is not small, of at most every fifth quarter;
    otherwise the total goes. Where the rounded mean beside a withheld count gives it away together with the means of other
    limits, it goes, too.

    Law: the audit of everything shown finds each secret safe: no two of none, the reached within each limit, and all, of
    which so few lie between that it may not be shown, can be told apart too well.
    """
    minutes = sorted(set(true.table["minutes"]))
    every = frozenset((limit, area) for limit in minutes for area in members)
    cells = _list_cells(true, shown, smallest=smallest)
    lost = {cell.minutes for cell in cells if cell.lost}
    if modelled or not lost:
        return ReachTotals(shown=shown, reached=every, means=frozenset(members))
    if not all(_is_whole(number) for cell in cells for number in (cell.persons, cell.reached, cell.chances)):
        return _refuse(shown, every, members, lost=lost, mean_minutes=mean_minutes)
    weights = _weigh_helpers(cells, lost=lost, mean_minutes=mean_minutes)
    open_ = {cell.quarter for cell in cells if cell.lost or cell.name("cell") in weights}
    cells = [cell for cell in cells if cell.quarter in open_]  # all others are constants
    totals = list(_list_totals(cells, members, limits=sorted(lost), mean_minutes=mean_minutes))
    facts = [_tell_cell(cell, weight=weights.get(cell.name("cell"), math.inf)) for cell in cells]
    facts += [_tell_mean(cell, weight=_ALL / len(set(true.table["quarter_id"]))) for cell in cells if cell.inner]
    joint = publish([*facts, *totals], always=list(_list_laws(cells, offers=true.offers)))
    withheld = {cell.name("cell") for cell in cells if cell.lost}
    if not fits(joint, withheld=()):
        return _refuse(shown, every, members, lost=lost, mean_minutes=mean_minutes)
    secrets = _list_secrets(cells, smallest=smallest)
    found = protect_beside(joint, withheld=withheld, secrets=secrets, small=secrets, smallest=smallest)
    if found.unsafe:
        return _refuse(shown, every, members, lost=lost, mean_minutes=mean_minutes)
    gone = set(found.added)
    return ReachTotals(
        shown=_take_out(
            shown,
            [cell for cell in cells if cell.name("cell") in gone],
            smallest=smallest,
            means=[cell for cell in cells if cell.name("mean") in gone],
        ),
        reached=every - {(limit, area) for limit, area in every if f"{limit:g} {area}" in gone},
        means=frozenset(area for area in members if f"mean {area}" not in gone),
    )


def _take_out(shown: Coverage, cells: Iterable[_Cell], *, means: Iterable[_Cell], smallest: int) -> Coverage:
    """Coverage without the reached of some cells, and without the means of others where their reached are withheld."""
    rows = list(zip(shown.table["quarter_id"], shown.table["minutes"], strict=True))
    gone, blank = ({(cell.quarter, cell.minutes) for cell in some} for some in (cells, means))
    hidden = hide_reached(shown, gone=np.array([row in gone for row in rows], dtype=np.bool_), smallest=smallest)
    empty = np.array([row in blank for row in rows], dtype=np.bool_) & hidden.table["reached"].isna().to_numpy()
    numbers = {column: hidden.table[column].mask(empty) for column in MEANS}
    return replace(hidden, table=hidden.table.assign(**numbers))


def _refuse(
    shown: Coverage,
    every: frozenset[tuple[float, str]],
    members: Mapping[str, Sequence[str]],
    *,
    lost: set[float],
    mean_minutes: float | None,
) -> ReachTotals:
    """Areas are measured from what is shown, wherever something is lost."""
    reached = frozenset((limit, area) for limit, area in every if limit not in lost)
    return ReachTotals(shown=shown, reached=reached, means=frozenset(() if mean_minutes in lost else members))


def _list_cells(true: Coverage, shown: Coverage, *, smallest: int) -> list[_Cell]:
    means = round_means(true.table, smallest=smallest)
    table = true.table.assign(
        low=means["mean_low"] * true.table["persons"],
        high=means["mean_high"] * true.table["persons"],
        lost=shown.table["reached"].isna(),
        chances=true.table["mean_offers"] * true.table["persons"],
    )
    known = table[table["reached"].notna() & table["persons"].gt(0)].sort_values(["quarter_id", "minutes"])
    ends = known.assign(low=known["low"].fillna(0.0), high=known["high"].fillna(math.inf))
    columns = ["quarter_id", "minutes", "persons", "reached", "chances", "low", "high", "lost"]
    return [_Cell(*row) for row in ends[columns].itertuples(index=False, name=None)]


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) <= _DUST


def _weigh_helpers(cells: Sequence[_Cell], *, lost: set[float], mean_minutes: float | None) -> dict[str, float]:
    """Cells that may go for the city's sake, by what they weigh: of each limit those with the most room between others."""
    rooms: dict[float, list[tuple[float, str]]] = {limit: [] for limit in lost}
    for quarter in dict.fromkeys(cell.quarter for cell in cells):
        chain = [cell for cell in cells if cell.quarter == quarter]
        ends = [0.0, *(cell.reached for cell in chain), chain[0].persons]
        for at, cell in enumerate(chain, start=1):
            room = min(cell.reached - ends[at - 1], ends[at + 1] - cell.reached, cell.high - cell.chances)
            if cell.minutes in lost and cell.inner and not cell.lost:
                rooms[cell.minutes].append((-room, cell.name("cell")))
    weights: dict[str, float] = {}
    for limit, helpers in rooms.items():
        weight = _ALL / sum(cell.minutes == limit for cell in cells) * (_MEAN if limit == mean_minutes else 1.0)
        weights |= {name: weight for _, name in sorted(helpers)[:_HELPERS]}
    return weights


def _tell_cell(cell: _Cell, *, weight: float) -> Fact:
    """What is shown of a cell."""
    numbers = (("reached", cell.reached), ("chances", cell.chances))
    told = tuple(Line(shares=((cell.name(what), 1.0),), low=round(n), high=round(n)) for what, n in numbers)
    return Fact(name=cell.name("cell"), told=told, count=((cell.name("reached"), 1.0),), weight=weight)


def _tell_mean(cell: _Cell, *, weight: float) -> Fact:
    """What the rounded mean number of offers tells, beside a withheld count or, more exactly, a shown one."""
    told = Line(shares=((cell.name("chances"), 1.0),), low=cell.low - _DUST, high=cell.high + _DUST)
    return Fact(name=cell.name("mean"), told=(told,), weight=weight)


def _list_laws(cells: Iterable[_Cell], *, offers: int) -> Iterable[Line]:
    """What every reader knows."""
    by_quarter: dict[str, list[_Cell]] = {}
    for cell in cells:
        by_quarter.setdefault(cell.quarter, []).append(cell)
        reached, chances = cell.name("reached"), cell.name("chances")
        few = 1.0 if cell.inner else 0.0
        yield Line(shares=((reached, 1.0),), low=few)
        yield Line(shares=((f"{cell.quarter} persons", 1.0), (reached, -1.0)), low=few)
        yield Line(shares=((chances, 1.0), (reached, -1.0)), low=0.0)
        yield Line(shares=((chances, 1.0), (reached, -float(offers))), high=0.0)
    for chain in by_quarter.values():
        everybody = round(chain[0].persons)
        yield Line(shares=((f"{chain[0].quarter} persons", 1.0),), low=everybody, high=everybody)
        for near, far in pairwise(chain):
            newly = ((far.name("reached"), 1.0), (near.name("reached"), -1.0))
            yield Line(shares=newly, low=0)
            more = ((far.name("chances"), 1.0), (near.name("chances"), -1.0))
            yield Line(shares=(*more, *((name, -sign) for name, sign in newly)), low=0)


def _list_secrets(cells: Iterable[_Cell], *, smallest: int) -> dict[str, Shares]:
    """So few persons between none, the reached within each limit and all that they may not be counted."""
    points: dict[str, list[tuple[float, str | None, bool]]] = {}
    for cell in cells:
        points.setdefault(cell.quarter, [(0.0, None, False)]).append((cell.reached, cell.name("reached"), cell.lost))
    sizes = {cell.quarter: cell.persons for cell in cells}
    secrets: dict[str, Shares] = {}
    for quarter, chain in points.items():
        for near, far in combinations([*chain, (sizes[quarter], f"{quarter} persons", False)], 2):
            if (near[2] or far[2]) and is_small(far[0] - near[0], smallest=smallest):
                away = ((far[1], 1.0), (near[1], -1.0))
                secrets[f"{far[1]} − {near[1]}"] = tuple((name, sign) for name, sign in away if name is not None)
    return secrets


def _list_totals(
    cells: Sequence[_Cell], members: Mapping[str, Sequence[str]], *, limits: Sequence[float], mean_minutes: float | None
) -> Iterable[Fact]:
    for rank, (area, ids) in enumerate(members.items()):
        weight, own = weigh_area(rank), [cell for cell in cells if cell.quarter in set(ids)]
        for limit in limits:
            inside = [cell for cell in own if cell.minutes == limit]
            if not inside:
                continue
            yield _tell_sum(inside, "reached", name=f"{limit:g} {area}", weight=weight)
            if limit == mean_minutes:
                yield _tell_sum(inside, "chances", name=f"mean {area}", weight=weight)


def _tell_sum(cells: Sequence[_Cell], what: str, *, name: str, weight: float) -> Fact:
    total = float(sum(round(cell.reached if what == "reached" else cell.chances) for cell in cells))
    shares = tuple(sorted((cell.name(what), 1.0) for cell in cells))
    return Fact(name=name, told=(Line(shares=shares, low=total, high=total),), weight=weight)
