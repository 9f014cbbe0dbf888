"""A code for each column of numbers, and a catalogue entry for each that the shipped catalogue does not know."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.intake.columns import guess_unit
from sro_geo.intake.everybody import EVERYBODY, find_age_groups, find_everybody
from sro_geo.intake.series import list_alike, list_years
from sro_geo.load.heads import fold_head
from sro_geo.model.ages import parse_age_group
from sro_geo.text.levels import capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.intake.columns import Column, Unit
    from sro_geo.intake.everybody import Taken
    from sro_geo.intake.found import Found
    from sro_geo.intake.plan import Plan
    from sro_geo.model.ages import AgeGroup
    from sro_geo.model.catalogue import IndicatorSpec

_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_YEAR = re.compile(r"(?:19|20)\d{2}|")
_DAY = re.compile(
    r"(?<![a-z0-9])(?:(?:stand|stichtag|zum|vom|am|per)_)*(?:\d{1,2}_\d{1,2}_(?=(?:19|20)\d{2}(?!\d))|(?:19|20)\d{2}_\d{1,2}_\d{1,2}(?!\d))"
)
_PERCENT_AT_END = re.compile(r"[\s,]*(?:\(\s*(?:in\s+)?(?:%|Prozent)\s*\)|\bin\s+(?:%|Prozent)|%)\s*$")
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


def code_columns(
    plan: Plan,
    *,
    specs: Mapping[str, IndicatorSpec],
    taken: Taken | None = None,
    read: Sequence[tuple[str | None, Mapping[str, str]]] = (),
) -> Coded:
    """Codes for all columns of numbers; a head that several tables have is told apart by its file.

    Parameters
    ----------
    plan : Plan
        Tables.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    taken : mapping of (code, year) to str or None
        File of what the project has already.
    read : sequence of (str or None, mapping of str to str)
        Sheet of each wide table that the project reads, and its code by head: a table with all of these heads is the same of
        another year.

    Raises
    ------
    DataError
        If a table names indicators by words that cannot be codes, or holds what the project has already.

    Notes
    -----
    Age groups get their code where they follow each other without a gap, once in the project. Everybody is what is called
    so, or what the age groups add up to in every row that both have.
    """
    series = list_alike(plan.tables)
    wide = [plan.tables[group[0]] for group in series if not plan.tables[group[0]].codes]
    heads = Counter(fold_head(column.head) for one in wide for column in one.numbers)
    codes: list[dict[str, str]] = [{} for _ in plan.tables]
    entries: dict[str, Entry] = {}
    taken = taken or {}
    ages, chain_at, chain = find_age_groups(plan.tables, series)
    if any(_has_ages(code, specs) for code, _ in taken) and {_name_band(group) for group in ages.values()} - set(specs):
        ages, chain_at, chain = {}, None, []  # the project counts other age groups
    total = find_everybody(plan, chain_at=chain_at, chain=chain, taken=taken)
    stems = _shorten_stems([plan.tables[group[0]].look.path.stem for group in series])
    for group, stem in zip(series, stems, strict=True):
        first = plan.tables[group[0]]
        own = {}
        if first.codes:
            entries |= _list_long(first, specs=specs)
            continue
        same = _find_same(first, read)
        for column in first.numbers:
            aged = group[0] == chain_at and column.head in ages
            code = same.get(column.head) or (_name_band(ages[column.head]) if aged else "")
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
    stop_at(_find_taken(plan.tables, codes, taken=taken))
    bands = tuple(str(group) for group in ages.values() if _name_band(group) not in specs)
    counted = next((group for group in series if group[0] == chain_at), [])
    told = dict.fromkeys(counted, total[1] if total is not None and chain else "")
    groups = (*ages.values(), *_list_long_ages(plan.tables, specs=specs))
    return Coded(codes=tuple(codes), entries=tuple(entries.values()), bands=bands, groups=groups, chains=told)


def _find_same(one: Found, read: Sequence[tuple[str | None, Mapping[str, str]]]) -> Mapping[str, str]:
    """Code by head of the table that this one is another year of."""
    heads = set(one.look.heads)
    return next((codes for sheet, codes in read if sheet == one.look.sheet and heads.issuperset(codes)), {})


def _has_ages(code: str, specs: Mapping[str, IndicatorSpec]) -> bool:
    return code in specs and specs[code].age_group is not None


def _find_taken(tables: Sequence[Found], codes: Sequence[Mapping[str, str]], *, taken: Taken) -> list[Problem]:
    """Indicators of tables that the project has already for the same year."""
    problems = []
    for one, own in zip(tables, codes, strict=True):
        pairs = [(code, year) for code in own for year in list_years(one, one.numbers[0])]
        if one.codes:
            years = one.look.read_column(one.year_column) if one.year_column else str(max(one.years, default=""))
            both = pd.DataFrame({"code": one.look.read_column(one.codes), "year": years}).drop_duplicates()
            pairs = [(code, int(year)) for code, year in both.itertuples(index=False) if year]
        found = [pair for pair in pairs if pair in taken]
        if found:
            told = list(dict.fromkeys(f"{code} {year}" for code, year in found))
            values = {"name": one.look.path.name, "found": told, "file": taken[found[0]]}
            problems.append(Problem(cause="intake_indicator_known", values=values, places=(one.look.table.place,)))
    return problems


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
    """Names of files without years and days and without the words that all of them begin or end with.

    Examples
    --------
    >>> _shorten_stems(["Einwohner 31.12.2023"])
    ['einwohner']
    >>> _shorten_stems(["fl_births_by_district", "fl_age_ratio_by_district", "fl_residents_by_district_2019"])
    ['births', 'age_ratio', 'residents']
    """
    words = [[word for word in _DAY.sub("", fold_head(stem)).split("_") if not _YEAR.fullmatch(word)] for stem in stems]
    for end in (0, -1):
        while len(words) > 1 and min(map(len, words)) > 1 and len({word[end] for word in words}) == 1:
            words = [word[1:] if end == 0 else word[:-1] for word in words]
    return ["_".join(word) for word in words]


def _tell_stem(stem: str, one: Found) -> str:
    """Words of a shortened name as the file writes them: "SGB II", not "sgb ii"."""
    written = {fold_head(word): word for word in re.split(r"[\W_]+", one.look.path.stem)}
    return " ".join(written.get(word, word) for word in stem.split("_"))


def _name_column(
    column: Column, one: Found, *, stem: str, many: bool, specs: Mapping[str, IndicatorSpec]
) -> tuple[str, Entry | None]:
    """Code of a column, and its entry where the catalogue has none of that code and unit.

    The file's name stands before a head that says little: one that others have, too, the only one, a short one. “in %” at
    the end of a head says the unit and goes, unless another column is called by the rest.
    """
    unit, digits = guess_unit(column)
    bare = _PERCENT_AT_END.sub("", column.stem)
    alone = unit != "percent" or fold_head(bare) in {
        fold_head(other.stem) for other in one.numbers if other is not column
    }
    name, shown = (
        (fold_head(column.stem), column.name) if alone else (fold_head(bare), _PERCENT_AT_END.sub("", column.name))
    )
    known = specs.get(name)
    if known is not None and known.unit == unit and not many:
        return name, None
    vague = many or known is not None or (not column.label and (len(one.numbers) == 1 or len(name) < _TELLING))
    code = "_".join(filter(None, (stem, name))) if vague else name
    told = ": ".join(filter(None, (_tell_stem(stem, one), shown))) if vague else shown
    code = code if _PLAIN.fullmatch(code) else f"k_{code}"
    if code in specs and specs[code].unit == unit:
        return code, None
    entry = Entry(
        code=code,
        name=capital(told.replace("_", " ")),
        unit=unit,
        digits=digits,
        signed=bool((column.number < 0).any()),
        file=one.look.path.name,
        head=column.head,
    )
    return entry.code, entry
