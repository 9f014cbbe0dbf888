"""Model regions beside the rest of the city, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.model.atlas import Contrast, Side
from sro_geo.text.numbers import format_number, format_signed, round_half_up
from sro_geo.text.phrases import format_value, name_difference
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown


def make_contrast(study: Study, shown: Shown) -> Contrast | None:
    """Both sides with their sizes, the difference and what may be said of it; None where no group is compared."""
    rows = study.comparison[study.comparison["indicator"] == shown.code]
    if rows.empty:
        return None
    row, language, unit = rows.iloc[0], study.about.language, shown.spec.unit
    known = bool(pd.notna(row["group"]) and pd.notna(row["rest"]))
    digits, rounded = _choose_digits(row, digits=shown.spec.digits) if known else (shown.spec.digits, "")
    sides = [
        Side(
            name=study.about.group_name if side == "group" else word("rest", language=language),
            value=_format_side(row[side], unit=unit, digits=digits, language=language),
            size=_tell_size(study, shown, row[f"{side}_size"]),
            quarters=_tell_quarters(row[f"{side}_quarters"], row[f"{side}_known"], language=language),
        )
        for side in ("group", "rest")
    ]
    sentence = word("contrast_plain" if known else "contrast_none", language=language)
    return Contrast(
        group=sides[0],
        rest=sides[1],
        difference=format_signed(row["difference"], digits=digits, language=language) if known else "",
        unit=name_difference(unit, language=language) if known else "",
        sentence=sentence + (word(rounded, language=language) if rounded else ""),
    )


def _choose_digits(row: pd.Series, *, digits: int) -> tuple[int, str]:
    """Digits with which the shown difference is the difference of the shown values, else a word that says so."""
    for chosen in (digits, digits + 1):
        group, rest, difference = (round_half_up(row[side], digits=chosen) for side in ("group", "rest", "difference"))
        if abs(group - rest - difference) < 10.0 ** -(chosen + 1):
            return chosen, ""
    return digits, "rounded_each"


def _format_side(value: float, *, unit: str, digits: int, language: str) -> str:
    return (
        word("missing", language=language)
        if pd.isna(value)
        else format_value(value, unit=unit, digits=digits, language=language)
    )


def _tell_size(study: Study, shown: Shown, size: float) -> str:
    """Whom a side counts: those of the indicator's own denominator, else its inhabitants."""
    if pd.isna(size):
        return ""
    language, values = study.about.language, study.indicators
    own = values.loc[(values["indicator"] == shown.code) & (values["year"] == study.about.year), "denominator"]
    counted = (shown.spec.counted or {}) if own.notna().any() else {}
    who = counted.get(language) or word("all_people", language=language)
    return word("n_of", language=language, n=format_number(size, digits=0, language=language), who=who)


def _tell_quarters(quarters: float, known: float, *, language: str) -> str:
    if known < quarters:
        return word("quarters_without", language=language, n=int(quarters), m=int(quarters - known))
    return (
        word("quarters_one", language=language)
        if quarters == 1
        else word("quarters_many", language=language, n=int(quarters))
    )
