"""The same table of several years, and the years of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.intake.columns import Column
    from sro_geo.intake.found import Found


def list_series(tables: Sequence[Found]) -> list[list[int]]:
    """Tables that are the same for different years, by their place; every other table stands alone."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(tables):
        alike = (blank_year(one), tuple(one.look.heads), one.look.sheet, str(one.look.header_row))
        groups.setdefault(alike if one.years and not one.slotted else (at,), []).append(at)
    return list(groups.values())


def list_alike(tables: Sequence[Found]) -> list[list[int]]:
    """Tables whose columns mean the same, by their place: those of a series, and sheets of a workbook that differ by year only."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for series in list_series(tables):
        one = tables[series[0]]
        sheet = _blank_years(one, one.look.sheet or "")
        alike = (one.look.path, tuple(one.look.heads), sheet)
        groups.setdefault(alike if sheet != (one.look.sheet or "") else (series[0],), []).extend(series)
    return list(groups.values())


def list_years(one: Found, column: Column) -> set[int]:
    """Years in which a column holds a number."""
    if not one.year_column:
        return set(one.years)
    return set(map(int, one.look.read_column(one.year_column)[column.number.notna()]))


def blank_year(one: Found) -> tuple[str, str]:
    """Names of a file and its folder without their years."""
    return _blank_years(one, one.look.path.name), _blank_years(one, one.look.path.parent.name)


def _blank_years(one: Found, text: str) -> str:
    return re.sub("|".join(map(str, one.years)) or "$^", "{year}", text)
