"""Where a number of the city, of the group or of the rest comes from: how it was pooled, and the quarters behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.compare.groups import GROUP, REST, split_city
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.status import MISSING, NOT_APPLICABLE
from sro_geo.model.study import CITY
from sro_geo.render.picture import name_reason
from sro_geo.report.derivation import derive_ratio, derive_value, list_origins, write_value
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.resilience.redundancy import REDUNDANCY
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.study import Study

_MOST_TERMS = 6
"""Of more quarters a sum is not written out; they stand below it."""

_SAME = 1e-6
"""Sums that differ by less are the same."""


def list_members(study: Study) -> dict[str, Sequence[str]]:
    """Quarters of the city, and of group and rest where they are compared."""
    return split_city(study.groups, group=study.about.group, quarter_ids=list(study.quarters.index))


def name_areas(study: Study) -> dict[str, tuple[str, ...]]:
    """What each area may be called, as the page calls it first."""
    voice, about = speak_of(study.about), study.about
    names = {
        CITY: (about.place, voice.say(CITY)),
        GROUP: (about.group_name, about.group or ""),
        REST: (voice.say(REST),),
    }
    return {area: names[area] for area in list_members(study)}


def explain_area(study: Study, area: str, code: str) -> str:
    """Value of an area, or why there is none, with its arithmetic and every quarter behind it."""
    voice, spec = speak_of(study.about), study.specs[code]
    title = {"index": spec.name[voice.language], "name": name_areas(study)[area][0], "year": study.about.year}
    lines = [voice.say("explain_title", **title), ""]
    row = _find_row(study, area, code)
    if row["example"]:
        lines += [voice.say("lead_invented"), ""]
    if pd.isna(row["value"]):
        lines.append(voice.say(name_reason(str(row["status"]), partly=False)))
    else:
        lines += derive_area(study, area, code) or [write_value(study, code, row["value"])]
    return "\n".join([*lines, "", *_list_quarters(study, area, code)])


def derive_area(study: Study, area: str, code: str) -> list[str]:
    """Lines that tell how a value of an area was pooled, and how much of it is known; empty where it has none."""
    row, spec = _find_row(study, area, code), study.specs[code]
    if pd.isna(row["value"]):
        return []
    ids = list_members(study)[area]
    own = _select(study, code, ids)
    if code in (REDUNDANCY, RECOVERY):
        lines = [_tell(study, "pooled_anew", row)]
    elif spec.unit in COUNTS:
        lines = _derive_sum(study, row, own)
    elif spec.unit in UNIT_FACTOR and own["denominator"].notna().any():
        lines = _derive_rate(study, row)
    else:
        lines = [_tell(study, "pooled_mean", row)]
    return [*lines, *_tell_known(study, row, own)]


def _select(study: Study, code: str, ids: Sequence[str]) -> pd.DataFrame:
    """Rows of quarters; one without a row is missing."""
    rows = study.select_values(code).reindex(list(ids))
    return rows.assign(status=rows["status"].fillna(MISSING))


def _find_row(study: Study, area: str, code: str) -> Any:
    rows = study.areas[(study.areas["area"] == area) & (study.areas["indicator"] == code)]
    return rows.iloc[0]


def _tell(study: Study, message: str, row: Any, **facts: object) -> str:
    return speak_of(study.about).say(message, value=write_value(study, str(row["indicator"]), row["value"]), **facts)


def _derive_sum(study: Study, row: Any, own: pd.DataFrame) -> list[str]:
    values = own["value"]
    if values.notna().all() and len(values) <= _MOST_TERMS and abs(values.sum() - row["value"]) <= _SAME:
        terms = [write_value(study, str(row["indicator"]), value) for value in values]
        return [_tell(study, "pooled_terms", row, terms=" + ".join(terms))]
    return [_tell(study, "pooled_sum", row)]


def _derive_rate(study: Study, row: Any) -> list[str]:
    """Both sums: the upper one follows from value and lower one, which stand in the tables."""
    above = row["value"] * row["denominator"] / UNIT_FACTOR[study.specs[str(row["indicator"])].unit]
    equation = derive_ratio(study, pd.Series({**row, "numerator": above}))
    return equation or [_tell(study, "pooled_mean", row)]


def _tell_known(study: Study, row: Any, own: pd.DataFrame) -> list[str]:
    """How many quarters are known, and that a released sum holds more than the quarters show."""
    voice, code = speak_of(study.about), str(row["indicator"])
    known, quarters = int(row["known_quarters"]), int(row["quarters"])
    if known < quarters:
        facts: dict[str, object] = {"known": known, "all": quarters}
        if pd.isna(row["low"]) or pd.isna(row["high"]):
            return [voice.say("pooled_some", **facts)]
        ends = {end: write_value(study, code, row[end]) for end in ("low", "high")}
        return [voice.say("pooled_partly", **facts, **ends)]
    stepped, spec = own["low"] < own["high"], study.specs[code]
    if stepped.any() and spec.derived and spec.unit in UNIT_FACTOR:
        ends = {end: write_value(study, code, row[end]) for end in ("low", "high")}
        return [voice.say("pooled_rounded" if own["numerator"].notna().any() else "pooled_steps", **ends)]
    hidden = own["value"].isna() & (own["status"] != NOT_APPLICABLE)
    return [voice.say("pooled_released")] if hidden.any() else []


def _list_quarters(study: Study, area: str, code: str) -> list[str]:
    """Each quarter with its arithmetic, file and row; what all have in common once, at the end."""
    voice, lines = speak_of(study.about), []
    ids = list_members(study)[area]
    own = _select(study, code, ids)
    common = list_origins(study, "", code)
    for quarter, (_, row) in zip(ids, own.iterrows(), strict=True):
        if pd.isna(row["value"]):
            told = [voice.say(name_reason(str(row["status"]), partly=False))]
        else:
            told = derive_value(study, quarter, code) or [write_value(study, code, row["value"])]
            told += [line for line in list_origins(study, quarter, code) if line not in common]
        lines.append(f"{study.quarters.loc[quarter, 'name']}: {', '.join(told)}")
    return [*lines, *common]
