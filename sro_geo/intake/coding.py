"""A code for each column of numbers, and a catalogue entry for each that the shipped catalogue does not know."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError, Problem
from sro_geo.intake.columns import find_ages, guess_unit, is_everybody
from sro_geo.load.heads import fold_head
from sro_geo.model.ages import parse_age_group
from sro_geo.text.speaker import capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.intake.columns import Column, Unit
    from sro_geo.intake.plan import Found, Plan
    from sro_geo.model.ages import AgeGroup
    from sro_geo.model.catalogue import IndicatorSpec

EVERYBODY = "bevoelkerung"
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_YEAR = re.compile(r"(?:19|20)\d{2}|")
_AGE = re.compile(r"alter|aelter|juenger|jaehrig|(?:^|[ _])age(?:[ _]|$)")
_LASTING = re.compile(r"dauer|duration|wohnhaft|wohnzeit")
_TELLING = 10
"""A head of fewer letters says little alone ("total")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An indicator that the project adds to the catalogue.

    Attributes
    ----------
    code, name : str
        What it is called.
    unit : str
        As guessed.
    digits : int
        Decimals.
    signed : bool
        Whether negative numbers occur.
    file, head : str
        Where it stands.
    """

    code: str
    name: str
    unit: Unit
    digits: int
    signed: bool
    file: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Codes of all tables.

    Attributes
    ----------
    codes : tuple of dict of str to str
        For each table of the plan its head by code.
    entries : tuple of Entry
        What the catalogue lacks.
    bands : tuple of str
        Age groups that the catalogue lacks.
    groups : tuple of AgeGroup
        All age groups that the tables count.
    chains : dict of int to str
        By table: head of the total that its age groups add up to in every row, empty where there is none.
    """

    codes: tuple[dict[str, str], ...]
    entries: tuple[Entry, ...]
    bands: tuple[str, ...]
    groups: tuple[AgeGroup, ...]
    chains: dict[int, str]


def code_columns(plan: Plan, *, specs: Mapping[str, IndicatorSpec]) -> Coded:
    """Codes for all columns of numbers; a head that several tables have is told apart by its file.

    Notes
    -----
    Age groups get their code where they follow each other without a gap, once in the project. Everybody is what is called
    so, or what the age groups add up to in every row that both have.
    """
    series = list_series(plan.tables)
    wide = [plan.tables[group[0]] for group in series if not plan.tables[group[0]].codes]
    heads = Counter(fold_head(column.head) for one in wide for column in one.numbers)
    codes: list[dict[str, str]] = [{} for _ in plan.tables]
    entries: dict[str, Entry] = {}
    ages, chain_at, chain = _find_ages(plan.tables, series)
    total = _find_everybody(plan, chain_at=chain_at, chain=chain)
    stems = _shorten_stems([plan.tables[group[0]].look.path.stem for group in series])
    for group, stem in zip(series, stems, strict=True):
        first = plan.tables[group[0]]
        own = {}
        if first.codes:
            entries |= _list_long(first, specs=specs)
            continue
        for column in first.numbers:
            code = _name_band(ages[column.head]) if group[0] == chain_at and column.head in ages else ""
            if (group[0], column.head) == total:
                code = EVERYBODY
            if not code:
                many = heads[fold_head(column.head)] > 1
                code, entry = _name_column(column, first, stem=stem, many=many, specs=specs)
                if entry is not None:
                    entries[code] = entry
            own[code] = column.head
        for at in group:
            codes[at] = own
    bands = tuple(str(group) for group in ages.values() if _name_band(group) not in specs)
    told = {} if chain_at is None else {chain_at: total[1] if total is not None and chain else ""}
    groups = (*ages.values(), *_list_long_ages(plan.tables, specs=specs))
    return Coded(codes=tuple(codes), entries=tuple(entries.values()), bands=bands, groups=groups, chains=told)


def list_series(tables: Sequence[Found]) -> list[list[int]]:
    """Tables that are the same for different years, by their place; every other table stands alone."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(tables):
        alike = (blank_year(one), tuple(one.look.heads), one.look.sheet, str(one.look.header_row))
        groups.setdefault(alike if one.years and not one.slotted else (at,), []).append(at)
    return list(groups.values())


def blank_year(one: Found) -> tuple[str, str]:
    """Names of a file and its folder without their years."""
    blank = re.compile("|".join(map(str, one.years)) or "$^")
    return blank.sub("{year}", one.look.path.name), blank.sub("{year}", one.look.path.parent.name)


def _find_ages(
    tables: Sequence[Found], series: Sequence[Sequence[int]]
) -> tuple[dict[str, AgeGroup], int | None, list[str]]:
    """Age groups of the table that has the finest, its place, and the heads that follow each other."""
    best: tuple[dict[str, AgeGroup], int | None, list[str]] = ({}, None, [])
    for group in series:
        one = tables[group[0]]
        ages, chain = find_ages([column.head for column in one.numbers])
        if len(chain) > len(best[2]) and _speaks_of_age([one.look.path.stem, *chain]):
            best = (ages, group[0], chain)
    return best


def _speaks_of_age(texts: Sequence[str]) -> bool:
    """Whether any of a table's names speaks of age: years can also be those that people have lived somewhere."""
    words = " ".join(map(fold_head, texts))
    return bool(_AGE.search(words)) and not _LASTING.search(words)


def _find_everybody(plan: Plan, *, chain_at: int | None, chain: Sequence[str]) -> tuple[int, str] | None:
    """Table and head of the number of all inhabitants."""
    series = [group[0] for group in list_series(plan.tables)]
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


def _name_band(group: AgeGroup) -> str:
    return f"alter_{str(group).replace('-', '_').replace('+', '_plus')}"


def _list_long(one: Found, *, specs: Mapping[str, IndicatorSpec]) -> dict[str, Entry]:
    """Entries of a long table's indicators that the catalogue lacks.

    Raises
    ------
    DataError
        If it names indicators by words that cannot be codes.
    """
    assert one.codes is not None  # noqa: S101  the caller looked
    codes, column = one.look.read_column(one.codes), one.numbers[0]
    lacking = [code for code in dict.fromkeys(codes) if code and code not in specs]
    wrong = [code for code in lacking if not _PLAIN.fullmatch(code)]
    if wrong:
        values = {"name": one.look.path.name, "column": one.codes, "found": wrong}
        raise DataError(Problem(cause="intake_words_for_codes", values=values, places=(one.look.table.place,)))
    entries = {}
    for code in lacking:
        part = replace(column, head=code, number=column.number[codes == code])
        unit, digits = guess_unit(part)
        signed, file = bool((part.number < 0).any()), one.look.path.name
        name = capital(code.replace("_", " "))
        entries[code] = Entry(code=code, name=name, unit=unit, digits=digits, signed=signed, file=file, head=one.codes)
    return entries


def _list_long_ages(tables: Sequence[Found], *, specs: Mapping[str, IndicatorSpec]) -> list[AgeGroup]:
    """Age groups that long tables name by their codes."""
    codes = [code for one in tables if one.codes for code in one.look.read_column(one.codes).unique()]
    stated = [specs[code].age_group for code in codes if code in specs]
    return [parse_age_group(group) for group in stated if group is not None]


def _shorten_stems(stems: Sequence[str]) -> list[str]:
    """Names of files without years and without the words that all of them begin or end with.

    Examples
    --------
    >>> _shorten_stems(["fl_births_by_district", "fl_age_ratio_by_district", "fl_residents_by_district_2019"])
    ['births', 'age_ratio', 'residents']
    """
    words = [[word for word in fold_head(stem).split("_") if not _YEAR.fullmatch(word)] for stem in stems]
    for end in (0, -1):
        while len(words) > 1 and min(map(len, words)) > 1 and len({word[end] for word in words}) == 1:
            words = [word[1:] if end == 0 else word[:-1] for word in words]
    return ["_".join(word) for word in words]


def _name_column(
    column: Column, one: Found, *, stem: str, many: bool, specs: Mapping[str, IndicatorSpec]
) -> tuple[str, Entry | None]:
    """Code of a column, and its entry where the catalogue has none of that code and unit.

    The file's name stands before a head that says little: one that others have, too, the only one, a short one.
    """
    unit, digits = guess_unit(column)
    name = fold_head(column.stem)
    known = specs.get(name)
    if known is not None and known.unit == unit and not many:
        return name, None
    vague = many or known is not None or (not column.label and (len(one.numbers) == 1 or len(name) < _TELLING))
    code = "_".join(filter(None, (stem, name))) if vague else name
    told = ": ".join(filter(None, (stem.replace("_", " "), column.name))) if vague else column.name
    entry = Entry(
        code=code if _PLAIN.fullmatch(code) else f"k_{code}",
        name=capital(told.replace("_", " ")),
        unit=unit,
        digits=digits,
        signed=bool((column.number < 0).any()),
        file=one.look.path.name,
        head=column.head,
    )
    return entry.code, entry
