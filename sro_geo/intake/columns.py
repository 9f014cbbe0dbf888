"""What the columns of a table mean: the year, age groups, counts and rates."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from sro_geo.load.days import list_days, read_days
from sro_geo.load.genesis import is_many
from sro_geo.load.heads import fold_head
from sro_geo.load.numbers import read_numbers
from sro_geo.model.ages import AgeGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sro_geo.intake.looking import Look

PEOPLE_HEADS = (
    "bevoelkerung", "bevoelkerung_insgesamt", "bevoelkerungsstand", "einwohner", "einwohnerzahl", "einwohner_insgesamt",
    "einwohnerinnen_und_einwohner", "inhabitants", "population",
)  # fmt: skip
"""Heads that mean everybody and nothing else."""

SLOT = "{year}"
"""Place of the year in a head."""

_YEAR = re.compile(r"(?:19|20)\d{2}")
_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SHARE = re.compile(r"(?:^|_)(?:anteil|anteile|quote|prozent|proz|percent|percentage|pct|share)(?:_|$)|quote$")
_DENSITY = re.compile(r"dichte(?:_|$)|(?:je|pro|per)_(?:km2|qkm)|density")
_PER_1000 = re.compile(r"(?:je|pro|per)_1_?000|promille")
_UNDER = re.compile(r"(?:^|_)(?:unter|under|juenger|bis_unter)_(\d{1,3})(?:_|$)")
_BETWEEN = re.compile(r"(?:^|_)(\d{1,3})_(?:bis_|to_)?(unter_|under_)?(\d{1,3})(?:_|$)")
_FROM = re.compile(
    r"(?:^|_)(\d{1,3})_?(?:jahren?_|years?_)?(?:aelter|plus|und_aelter|u_aelter|und_mehr|u_ae|and_above|and_older|and_over)(?:_|$)"
)
_SINGLE = re.compile(r"(?:(?P<words>.*)_)?(?P<age>\d{1,3})(?:_jahre?|_years?)?")
_AGED = re.compile(
    r"(?:^|_)(?:alter|altersjahre?|im_alter|jahren?|age|years?|einwohner\w*|bevoelkerung\w*|population)(?:_|$)"
)
"""Words of a head that let a number at its end be an age; "Pflegegrad 3" is none."""

_BY_AGE = re.compile(r"\S+ ALT\w*=\S+")
"""Head of a flat file's column that nothing divides but age."""

_LEAST_BANDS = 3
_MOST_SHARE = 100.0

Unit = Literal["persons", "percent", "per_1000", "per_km2", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of numbers.

    Attributes
    ----------
    head : str
        As in the file.
    number : Series of float
        On the table's index.
    open : bool
        Whether the decimal mark must be told.
    label, unit : str
        What the file calls it in full, and its unit; empty where it does not say so.
    """

    head: str
    number: pd.Series
    open: bool
    label: str = ""
    unit: str = ""

    @property
    def stem(self) -> str:
        """Head without the place of the year."""
        return self.head.replace(SLOT, " ").strip()

    @property
    def name(self) -> str:
        """What it is called, as fully as the file says it."""
        return self.label or self.stem

    @property
    def age(self) -> str:
        """Words that may name an age group; of a flat file only where it counts inhabitants, and nothing but age divides them."""
        if not self.label:
            return self.head
        counted, _, words = self.label.partition(", ")
        people = is_everybody(counted) and guess_unit(self)[0] == "persons"
        return words if people and _BY_AGE.fullmatch(self.head) else ""


def find_year_column(look: Look) -> str | None:
    """Column that holds a year in every row."""
    for head in look.heads:
        words = look.read_column(head)
        if len(words) and words.str.fullmatch(_YEAR.pattern).all():
            return head
    return None


def take_day(look: Look) -> Look:
    """Table whose column of days, the first that has one in every row, holds years: those of the last day of a year that it names.

    Which of several counts is a question; a column that holds a year in every row goes before.
    """
    found = {head: read_days(look.table.frame[head]) for head in look.heads} if find_year_column(look) is None else {}
    head = next((head for head, dates in found.items() if len(dates) and (dates != "").all()), None)
    if head is None or (len(set(found[head])) == 1 and find_named_years(look)):  # one day may be that of the delivery
        return look
    days = list_days(found[head])
    frame = look.table.frame.assign(**{head: found[head].str[:4]}).astype({head: object})
    counted = found[head].str.endswith(f"{days[-1][3:5]}-{days[-1][:2]}")
    return replace(look, table=replace(look.table, frame=frame[counted]), days=tuple(days))


def find_years(text: str) -> list[int]:
    """Years that a name holds.

    Examples
    --------
    >>> find_years("einwohner_2019.csv"), find_years("12019.csv")
    ([2019], [])
    """
    return sorted({int(year) for year in _IN_NAME.findall(text)})


def find_named_years(look: Look) -> tuple[int, ...]:
    """Years that the name of one of several sheets holds, or else that of the file or its folder; none where none does."""
    sheet = find_years(look.sheet or "")
    return tuple(sheet if len(sheet) == 1 else find_years(look.path.stem) or find_years(look.path.parent.name))


def list_numbers(look: Look, *, without: Sequence[str]) -> list[Column]:
    """Columns of numbers, but for some."""
    read = [_read_number(look, head) for head in look.heads if head not in without]
    return [column for column in read if column is not None]


def divide_years(columns: Sequence[Column]) -> dict[tuple[int, ...], list[Column]]:
    """Columns by the years for which they stand in the heads; a column without one stands under no year.

    What is called alike but for the year is one column, with the numbers of the latest year and `{year}` in its head.
    """
    found: dict[str, dict[int, Column]] = {}
    for column in columns:
        years = find_years(column.head)
        head, year = (column.head.replace(str(years[0]), SLOT), years[0]) if len(years) == 1 else (column.head, 0)
        found.setdefault(head, {})[year] = column
    divided: dict[tuple[int, ...], list[Column]] = {}
    for head, own in found.items():
        latest = own[max(own)]
        asked = any(column.open for column in own.values())
        divided.setdefault(tuple(sorted(filter(None, own))), []).append(replace(latest, head=head, open=asked))
    return divided


def _read_number(look: Look, head: str) -> Column | None:
    read = read_numbers(look.table, head)
    causes = {problem.cause for problem in read.problems}
    if causes - {"number_ambiguous"} or (not causes and read.value.notna().sum() == 0):
        return None
    label, unit = look.labels.get(head, ""), look.units.get(head, "")
    return Column(head=head, number=read.value, open=bool(causes), label=label, unit=unit)


def find_ages(heads: Sequence[str]) -> tuple[dict[str, AgeGroup], list[str]]:
    """Age group by head, and the heads whose groups follow each other from birth to the oldest.

    Notes
    -----
    Heads of rates are left out. Of several heads with one group the one with the fewest words counts ("unter_3" beside
    "unter_3_frauen"); where two are as short, neither. "3_6" is taken as 3 to under 6 where another group begins at 6, and
    as 3 to 6 where one begins at 7; where groups do not follow each other without a gap, nothing is taken for an age group.
    A number alone is a year of age only as one of those that follow each other.

    Examples
    --------
    >>> groups, chain = find_ages(["unter_3", "3_6", "6_15", "15_aelter", "anteil_3_6"])
    >>> [str(group) for group in groups.values()], chain
    (['0-3', '3-6', '6-15', '15+'], ['unter_3', '3_6', '6_15', '15_aelter'])
    >>> [str(group) for group in find_ages(["0-5 Jahre", "6-17 Jahre", "18 und älter"])[0].values()]
    ['0-6', '6-18', '18+']
    """
    for inclusive in (False, True):
        groups = _choose_shortest(
            {head: group for head in heads if (group := _parse_age(head, inclusive=inclusive)) is not None}
        )
        chain = _follow(groups)
        if len(chain) >= _LEAST_BANDS:
            return {head: group for head, group in groups.items() if head in chain or not _is_single(head)}, chain
    return {}, []


def _parse_age(head: str, *, inclusive: bool) -> AgeGroup | None:
    name = fold_head(head)
    if _SHARE.search(name) or _PER_1000.search(name):
        return None
    if found := _FROM.search(name):
        return AgeGroup(int(found[1]), math.inf)
    if found := _BETWEEN.search(name):
        start, end = int(found[1]), int(found[3]) + (1 if inclusive and not found[2] else 0)
        return AgeGroup(start, end) if start < end else None
    if found := _UNDER.search(name):
        return AgeGroup(0, int(found[1]))
    if _is_single(head) and (found := _SINGLE.fullmatch(name)):
        return AgeGroup(int(found["age"]), int(found["age"]) + 1)
    return None


def _is_single(head: str) -> bool:
    """Whether a head is a year of age."""
    found = _SINGLE.fullmatch(fold_head(head))
    return found is not None and (not found["words"] or bool(_AGED.search(found["words"])))


def _choose_shortest(groups: Mapping[str, AgeGroup]) -> dict[str, AgeGroup]:
    """One head for each group, the one with the fewest words; no group that two such heads have."""
    counts = {head: len(fold_head(head).split("_")) for head in groups}
    least = {group: min(counts[head] for head, own in groups.items() if own == group) for group in groups.values()}
    shortest = [(head, group) for head, group in groups.items() if counts[head] == least[group]]
    times = Counter(group for _, group in shortest)
    return {head: group for head, group in shortest if times[group] == 1}


def _follow(groups: Mapping[str, AgeGroup]) -> list[str]:
    """Heads from birth to the oldest, each group beginning where the one before ends; the finest such row."""
    best: dict[float, list[str]] = {0.0: []}
    for head, group in sorted(groups.items(), key=lambda pair: (pair[1].start, pair[1].end)):
        way = best.get(float(group.start))
        if way is not None and len(way) + 1 > len(best.get(group.end, [])):
            best[group.end] = [*way, head]
    return best.get(math.inf, [])


def guess_unit(column: Column) -> tuple[Unit, int]:
    """Unit and decimals that a column's head and numbers speak for.

    Notes
    -----
    A share that never exceeds 1 may be parts of one: it stays a number as it stands. Whole numbers from 0 up are taken to
    count persons: the careful side, since small counts of persons are protected.
    """
    told = f"{column.name} {column.unit}"
    name, numbers = fold_head(told), column.number.dropna().to_numpy()
    digits = max((_count_decimals(number) for number in numbers), default=0)
    if _PER_1000.search(name):
        return "per_1000", max(digits, 1)
    if _DENSITY.search(name):
        return "per_km2", digits
    within = bool(len(numbers) and numbers.min() >= 0 and 1 < numbers.max() <= _MOST_SHARE)
    if within and ("%" in told or _SHARE.search(name)):
        return "percent", max(digits, 1)
    whole = bool(len(numbers) and numbers.min() >= 0 and digits == 0 and not is_many(column.unit))
    return ("persons", 0) if whole else ("number", digits)


def _count_decimals(number: float) -> int:
    return min(len(np.format_float_positional(number, trim="-").partition(".")[2]), 2)


def is_everybody(head: str) -> bool:
    """Whether a head means all inhabitants."""
    return fold_head(head) in PEOPLE_HEADS
