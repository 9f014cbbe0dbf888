"""Which columns count people by age, and which counts all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.intake.columns import find_ages, guess_unit, is_everybody
from sro_geo.intake.series import list_alike, list_years
from sro_geo.load.heads import fold_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.intake.columns import Column
    from sro_geo.intake.found import Found
    from sro_geo.intake.plan import Plan
    from sro_geo.model.ages import AgeGroup

EVERYBODY = "bevoelkerung"
Taken = Mapping[tuple[str, int], str]
"""File of each indicator and year that a project has."""

_AGE = re.compile(r"alter|aelter|juenger|jaehrig|(?:^|[ _])age(?:[ _]|$)")
_NOT_ALL = re.compile(
    r"dauer|duration|wohnhaft|wohnzeit|storben|sterbe|todes|death|geburt|geboren|birth|zuzu|zugez|wegzu|fortzu|umzu"
    r"|arbeitslos|employ|beneficiar|non_german|beschaeftigt|erwerb|pendel|haushalt|household|empfaeng|bezieh|leistung|pflege|behinder"
    r"|krank|patient|unfall|unfael|verletzt|opfer|straf|schueler|student|betreut|waehler|auslaend|migration"
)
"""What counts events, years of living somewhere or some of the inhabitants, by age, too."""


def find_age_groups(
    tables: Sequence[Found], series: Sequence[Sequence[int]]
) -> tuple[dict[str, AgeGroup], int | None, list[str]]:
    """Age groups of the table that has the finest, its place, and the heads that follow each other."""
    best: tuple[dict[str, AgeGroup], int | None, list[str]] = ({}, None, [])
    for group in series:
        one = tables[group[0]]
        called = {column.age: column.head for column in one.numbers}
        ages, chain = find_ages(list(called))
        if len(chain) > len(best[2]) and (one.look.labels or _speaks_of_age([one.look.path.stem, *chain])):
            groups = {called[name]: group for name, group in ages.items()}
            best = (groups, group[0], [called[name] for name in chain])
    return best


def _speaks_of_age(texts: Sequence[str]) -> bool:
    """Whether a table's names speak of age, and of nothing that only some of the inhabitants are or do."""
    words = " ".join(map(fold_head, texts))
    return bool(_AGE.search(words)) and not _NOT_ALL.search(words)


def find_everybody(plan: Plan, *, chain_at: int | None, chain: Sequence[str], taken: Taken) -> tuple[int, str] | None:
    """Table and head of the number of all inhabitants, where the project has not got it for these years."""
    series = [
        group[0]
        for group in list_alike(plan.tables)
        if not any(
            (EVERYBODY, year) in taken
            for c in plan.tables[group[0]].numbers
            for year in list_years(plan.tables[group[0]], c)
        )
    ]
    columns = [
        (at, column) for at in series for column in plan.tables[at].numbers if guess_unit(column)[0] == "persons"
    ]
    sums = None if chain_at is None else _sum_rows(plan.tables[chain_at], chain)
    equal = [(at, c.head) for at, c in columns if sums is not None and _agrees(plan.tables[at], c, sums)]
    called = [(at, column.head) for at, column in columns if is_everybody(column.name)]
    return next((one for one in called if one in equal), None) or next(iter([*equal, *called]), None)


def _sum_rows(one: Found, heads: Sequence[str]) -> pd.Series:
    numbers = pd.DataFrame({column.head: column.number for column in one.numbers if column.head in heads})
    return _by_quarter(one, numbers.sum(axis=1, skipna=False))


def _by_quarter(one: Found, numbers: pd.Series) -> pd.Series:
    """Numbers by place of the quarter and year."""
    assert one.fit is not None  # noqa: S101  tables have one
    places = one.look.read_column(one.fit.column).map(one.fit.quarters)
    year = one.look.read_column(one.year_column) if one.year_column else str(max(one.years, default=""))
    frame = pd.DataFrame({"place": places, "year": year, "number": numbers}).dropna()
    return frame.drop_duplicates(["place", "year"]).set_index(["place", "year"])["number"]


def _agrees(one: Found, column: Column, sums: pd.Series) -> bool:
    """Whether a column is the sum of the age groups in every row that both have, one row for each quarter at least."""
    both = pd.concat([_by_quarter(one, column.number), sums], axis=1, join="inner")
    quarters = both.index.get_level_values("place").nunique()
    return bool(
        quarters >= sums.index.get_level_values("place").nunique() and (both.iloc[:, 0] == both.iloc[:, 1]).all()
    )
