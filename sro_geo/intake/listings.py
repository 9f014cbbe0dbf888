"""Tables that hold nothing but words for quarters: which number means which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sro_geo.intake.found import Found
    from sro_geo.intake.joining import Areas


def lists_keys(one: Found, areas: Areas) -> bool:
    """Whether a table holds nothing but words for quarters, one row each."""
    if one.fit is None or one.sites is not None or one.year_column or one.years:
        return False
    numbering = {fit.column for fit in one.fits}
    return len(one.look.table.frame) <= areas.count and {column.head for column in one.numbers} <= numbering


def proves_numbers(one: Found) -> bool:
    """Whether in every row of a table of keys the number means the quarter that the name means."""
    sure = next((fit for fit in one.fits if fit.how != "number"), None)
    numbered = next((fit for fit in one.fits if fit.how == "number"), None)
    if sure is None or numbered is None:
        return False
    names, numbers = one.look.read_column(sure.column), one.look.read_column(numbered.column)
    pairs = [(sure.quarters.get(a), numbered.quarters.get(b)) for a, b in zip(names, numbers, strict=True)]
    return all(a == b for a, b in pairs if a is not None)
