"""What a reader can work out of every number that a publication withholds: the office's own record."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.audit import Interval, audit, fits, list_open
from sro_geo.disclose.draft import BELOW, COUNTS, VALUE, Draft, list_rows, name_fact
from sro_geo.disclose.facts import describe_block, settle_block
from sro_geo.disclose.known import NOTHING, PRINTED
from sro_geo.disclose.nested import PEOPLE, REACH, add_nested
from sro_geo.disclose.primary import find_most, find_suspects
from sro_geo.disclose.publication import Fact, Line, list_unknown, publish
from sro_geo.disclose.summing import list_parts, tell_total
from sro_geo.model.indicators import KEY
from sro_geo.model.status import KNOWN, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sro_geo.disclose.draft import Row
    from sro_geo.disclose.known import Known
    from sro_geo.disclose.means import Mean
    from sro_geo.disclose.publication import Shares
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.indicators import Indicators

SMALL, PROTECTS, SOURCE, PUBLIC = "small", "protects", "source", "public"
"""Why: the own count is small, others would follow, the file withholds it, or it was one of these and follows from earlier
editions alone."""

Total = tuple[str, int, "Collection[str]"]
"""Indicator, year, and the quarters whose counts are in it."""

_Entry = tuple["Row", "set[str]"]
"""A true row, and its parts that are not shown as they are."""

COLUMNS = [*KEY, "part", "low", "high", "exact", "reason", "safe"]

_HELD = {VALUE: (VALUE,), COUNTS: (COUNTS, REACH), BELOW: (BELOW, PEOPLE)}
"""Facts that go with a part."""

_FACTS = {**_HELD, VALUE: (*_HELD[VALUE], *_HELD[COUNTS])}
"""Facts that tell the count of a part: that of a whole row may stand above the line."""

_NOBODY = Interval(name="", low=math.nan, high=math.nan, exact=True)
"""Ends where no persons are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A part of a row: whether it is withheld and why, and the secrets of its row."""

    at: int
    part: str
    hidden: bool
    reason: str
    secrets: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name that its interval is asked for by."""
        return f"cell {name_fact(self.at, self.part)}"


@dataclass(slots=True, kw_only=True)
class _Ledger:
    """What is gathered of all quarters and years: `own` facts that this edition alone tells, and sums that are asked for."""

    facts: list[Fact] = field(default_factory=list)
    always: list[Line] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    asked: dict[str, Shares] = field(default_factory=dict)
    cells: list[_Cell] = field(default_factory=list)


def record_withheld(
    true: Indicators,
    shown: Indicators,
    *,
    specs: Mapping[str, IndicatorSpec],
    smallest: int,
    known: Known = NOTHING,
    totals: Iterable[Total] = (),
) -> pd.DataFrame:
    """Interval of everything that is withheld, as a reader of all that is shown can compute it.

    Parameters
    ----------
    true : Indicators
        Rows before anything was withheld but by their files.
    shown : Indicators
        The same rows as they are published; others are left out.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    smallest : int
        Smallest count that may be shown.
    known : Known
        What readers know beside these tables.
    totals : iterable of (str, int, collection of str)
        Totals that are shown as well: indicator, year, and the quarters whose true counts are in it.

    Returns
    -------
    DataFrame
        One row for each withheld part, ordered by key: the columns of `COLUMNS`. `part` is `value`, `counts` (numerator
        and decimals) or `below` (the denominator). `low` and `high` are whole numbers of persons, infinite where nothing
        bounds them and missing where nobody is counted; `exact` is false where a search was cut off. `reason` is `small`,
        `protects`, `source` or `public`; `safe` tells of each small number, and of those that the file withholds, whether it is.

    Raises
    ------
    ValueError
        If a total is no sum of counts that are known here: what it tells would pass unseen.

    Notes
    -----
    Law: the true count lies between `low` and `high`, unless the numbers of its quarter and year contradict each other.
    Of those that do, what is believed last is told apart, as in `suppress_small`. Totals over spread people, which are
    a share of land, tell nothing new.

    References
    ----------
    Hundepool, A. et al. (2012): Statistical Disclosure Control, section 4.3 (auditing of suppressed tables).
    """
    table = _join(true, shown, known=known)
    suspect = find_suspects(table, specs=specs, smallest=smallest)
    table = table.assign(withheld=table["status"] == SUPPRESSED, fixed=table["earlier"], **_find_hidden(table))
    table = table.assign(most=find_most(table, known=known))
    marked = table[[*map(_mark, _HELD)]].any(axis=1) | suspect
    wanted = marked.groupby([table["quarter_id"], table["year"]]).transform("any")
    told = table["status"].isin([*KNOWN, SUPPRESSED])
    ledger = _Ledger()
    for (quarter, year), entries in _list_blocks(table[wanted & told]):
        _enter(ledger, entries, specs=specs, smallest=smallest, prefix=name_count(quarter, year, ""))
    keys = table.set_index("at")[["quarter_id", "indicator"]]
    more = [*_tell_totals(ledger, table, totals, specs=specs), *_tell_means(ledger, keys, known.means)]
    cells = _tell_cells(ledger, more=more, smallest=smallest)
    record = pd.DataFrame(cells, columns=["at", *COLUMNS[len(KEY) :]])
    ordered = record.merge(table[["at", *KEY]], on="at").sort_values([*KEY, "at"], kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def _join(true: Indicators, shown: Indicators, *, known: Known) -> pd.DataFrame:
    """True rows beside shown ones; behind them those of earlier editions, which are as they were shown."""
    own = true.merge(shown, on=KEY, how="left", suffixes=("", "_shown"), validate="1:1").assign(earlier=False)
    if known.earlier is None:
        return own.reset_index(names="at")
    printed = {f"{column}_shown": known.earlier[column] for column in (*PRINTED, "status")}
    joined = pd.concat([own, known.earlier.assign(**printed, earlier=True)], ignore_index=True)
    return joined.reset_index(names="at")


def name_count(quarter_id: str, year: object, name: str) -> str:
    """Name of an unknown count of a quarter and year among those of all."""
    return f"{quarter_id} {year} {name}"


def _find_hidden(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Which part of each row is not shown as it is."""
    lost = {c: table[c].notna() & table[f"{c}_shown"].isna() for c in ("value", "numerator", "denominator")}
    value = lost["value"] | (table["status"] == SUPPRESSED)
    coarse = table["value"].notna() & (table["value_shown"] != table["value"])
    counts = lost["numerator"] | (coarse & table["numerator_shown"].isna()) | (table["status"] == SUPPRESSED)
    return {_mark(VALUE): value, _mark(COUNTS): counts, _mark(BELOW): lost["denominator"]}


def _mark(part: str) -> str:
    """Name of the column that says whether a part is withheld."""
    return f"hides {part}"


def _list_blocks(table: pd.DataFrame) -> Iterable[tuple[tuple[str, int], list[_Entry]]]:
    """Quarters and years in order, each with its rows in their own and which parts of each are not shown as they are."""
    ordered = table.sort_values(["quarter_id", "year"], kind="stable")
    keys = zip(ordered["quarter_id"].tolist(), ordered["year"].tolist(), strict=True)
    marks = zip(*(ordered[_mark(part)].tolist() for part in _HELD), strict=True)
    hidden = ({part for part, mark in zip(_HELD, row, strict=True) if mark} for row in marks)
    entries = zip(keys, list_rows(ordered), hidden, strict=True)
    for key, block in groupby(entries, key=itemgetter(0)):
        yield key, [(row, parts) for _, row, parts in block]


def _enter(
    ledger: _Ledger, entries: Sequence[_Entry], *, specs: Mapping[str, IndicatorSpec], smallest: int, prefix: str
) -> None:
    """Add a quarter and year, unless all of it is shown and nothing in it is small."""
    true = [row for row, _ in entries]
    block, nested = describe_block(true, specs=specs, smallest=smallest), Draft(smallest=smallest)
    add_nested(nested, true, specs=specs)
    if not (block.secrets or nested.secrets or any(parts for _, parts in entries)):
        return
    block, odd, *_ = settle_block(true, specs=specs, smallest=smallest, block=block)
    facts, always = [*block.publication.facts, *nested.facts], [*block.publication.always, *nested.always]
    if odd and not fits(publish(facts, always=always), withheld=()):
        # nothing follows from what nothing fits
        facts, always = [replace(fact, told=()) for fact in facts if fact.count], []
    ledger.facts += [replace(f, told=_rename_lines(f.told, prefix), count=_rename(f.count, prefix)) for f in facts]
    ledger.always += _rename_lines(always, prefix)
    secrets, owners = block.secrets | nested.secrets, block.owners | nested.owners
    named = {fact.name: fact for fact in facts}
    for row, parts in entries:
        kept = tuple(name for name, at in owners.items() if at == row.at)
        for part in _list_parts(parts, forced=bool(kept)) if not row.earlier else ():
            names = [name_fact(row.at, fact) for fact in _FACTS[part]]
            small = part not in parts or not block.withheld.isdisjoint(names)
            reason = SOURCE if row.withheld else SMALL if small else PROTECTS
            cell = _Cell(at=row.at, part=part, hidden=part in parts, reason=reason, secrets=kept)
            ledger.cells.append(cell)
            ledger.asked[cell.name] = _rename(_find_count(named, names, below=part == BELOW), prefix)
        if BELOW in parts and row.denominator > 0:  # a quarter without anybody has no rate
            size = _rename(_find_count(named, [name_fact(row.at, BELOW)], below=True), prefix)
            ledger.always += [Line(shares=size, low=1)] if size else []
        held = {part: {name_fact(row.at, fact) for fact in facts} for part, facts in _HELD.items()}
        ledger.withheld |= {name for part in parts for name in held[part]}
        ledger.own |= {name for names in held.values() for name in names if not row.earlier}
    ledger.asked |= {name: _rename(shares, prefix) for name, shares in secrets.items()}


def _tell_totals(
    ledger: _Ledger, table: pd.DataFrame, totals: Iterable[Total], *, specs: Mapping[str, IndicatorSpec]
) -> Iterable[Fact]:
    """What totals tell of the rows that are withheld in them. Facts: what `always` holds, everybody knows without them."""
    facts = {fact.name: fact for fact in ledger.facts}
    lost = table[[*map(_mark, _HELD)]].any(axis=1) & table["status"].isin(KNOWN) & ~table["earlier"]
    gone = dict(iter(table[lost].set_index("at").groupby(["indicator", "year"])))
    for number, (code, year, ids) in enumerate(totals):
        if (code, year) not in gone:
            continue
        rows = gone[code, year]
        inside = rows[rows["quarter_id"].isin(list(ids))]
        numbers = inside[[*list_parts(specs[code]).values()]]
        spread = specs[code].derived and not numbers.map(float.is_integer).all(axis=None)
        if inside.empty or spread:
            continue
        told = tell_total(inside, facts, withheld=ledger.withheld, spec=specs[code])
        if not told:
            message = f"the total of {code!r} must be a sum of counts that are known; {len(inside)} are withheld in it"
            raise ValueError(message)
        yield Fact(name=f"total {number}", told=told)


def _tell_means(ledger: _Ledger, keys: pd.DataFrame, means: Mapping[tuple[str, str], Mean]) -> Iterable[Fact]:
    """What mean numbers of offers tell of the persons without one whose number is withheld."""
    for cell in ledger.cells:
        mean, count = means.get(tuple(keys.loc[cell.at])), ledger.asked[cell.name]
        if cell.part != BELOW and mean is not None and count:
            yield mean.tell(f"mean of {cell.name}", count)


def _list_parts(hidden: Collection[str], *, forced: bool) -> list[str]:
    """Parts of a row that are withheld, or ought to be; all of it stands for numerator and decimals, too."""
    whole = [VALUE] if VALUE in hidden else [COUNTS] if COUNTS in hidden else []
    return [*whole, *([BELOW] if BELOW in hidden else [])] or ([VALUE] if forced else [])


def _find_count(facts: Mapping[str, Fact], names: Sequence[str], *, below: bool) -> Shares:
    """Count of the first fact that is one; what is below tells its own. Nothing where nobody is counted."""
    found = [facts[name] for name in names if name in facts]
    counts = (
        [line.shares for fact in found for line in fact.told] if below else [fact.count for fact in found if fact.count]
    )
    return next(iter(counts), ())


def _tell_cells(ledger: _Ledger, *, more: Sequence[Fact], smallest: int) -> list[list[object]]:
    """Rows of the record; what is shown and gives nothing away has none."""
    known = publish([*ledger.facts, *more], always=ledger.always)
    unknown = list_unknown(known)
    asked = {name: parts for name, parts in ledger.asked.items() if parts and {code for code, _ in parts} <= unknown}
    found = {one.name: one for one in audit(known, withheld=ledger.withheld, counts=asked)}
    secrets = {name: asked[name] for cell in ledger.cells for name in cell.secrets if name in asked}
    opened = list_open(known, withheld=ledger.withheld, secrets=secrets, smallest=smallest)
    before = publish(ledger.facts, always=ledger.always)
    sought = {name: asked[name] for name in opened}
    public = list_open(before, withheld=ledger.withheld | ledger.own, secrets=sought, smallest=smallest)
    rows: list[list[object]] = []
    for cell in ledger.cells:
        kept = opened & {*cell.secrets}
        if cell.hidden or kept:
            ends = found.get(cell.name, _NOBODY)
            reason = PUBLIC if kept and kept <= public else cell.reason
            safe = None if reason in (PROTECTS, PUBLIC) and kept <= public else not kept
            rows.append([cell.at, cell.part, ends.low, ends.high, ends.exact, reason, safe])
    return rows


def _rename(shares: Shares, prefix: str) -> Shares:
    return tuple((prefix + name, number) for name, number in shares)


def _rename_lines(lines: Iterable[Line], prefix: str) -> tuple[Line, ...]:
    return tuple(replace(line, shares=_rename(line.shares, prefix)) for line in lines)
