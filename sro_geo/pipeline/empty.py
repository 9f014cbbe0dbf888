"""What a study cannot show, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import Problem
from sro_geo.model.grid import lay_grid
from sro_geo.model.scores import INDEX
from sro_geo.model.status import KNOWN
from sro_geo.render.picture import name_reason
from sro_geo.report.shown import list_shown
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker


def list_empty(study: Study) -> tuple[Problem, ...]:
    """What stays empty.

    Quarters without points, with the parts that they lack; maps on which a quarter has no value; values that the whole city
    lacks; indicators of the files without any value in the year. What is empty for the same reason stands in one note.
    """
    shown = list_shown(study)
    scored = [
        one for one in shown if one.code == INDEX or one.code in (study.method.dimensions if study.method else ())
    ]
    maps = [one for one in shown if one not in scored]
    return (
        *_list_unscored(study, scored),
        *_list_blank(study, maps),
        *_list_untold(study, shown),
        *_list_unused(study),
    )


def _list_unscored(study: Study, scored: Iterable[Shown]) -> list[Problem]:
    if study.scales is None:
        return []
    voice, year = speak_of(study.about), study.about.year
    parts, ids = list(study.scales.worst), list(study.quarters.index)
    statuses = lay_grid(study.indicators, codes=parts, year=year, quarter_ids=ids).status
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in scored:
        own = [i for i, code in enumerate(parts) if one.code in (INDEX, study.specs[code].dimension)]
        for row in one.values["value"].isna().to_numpy().nonzero()[0]:
            lacks = (
                f"{study.specs[parts[i]].short[voice.language]} ({_say_reason(statuses[row, i], voice)})"
                for i in own
                if statuses[row, i] not in KNOWN
            )
            found.setdefault((one.spec.short[voice.language], tuple(lacks)), []).append(ids[row])
    names = study.quarters["name"]
    return [
        Problem(
            cause="empty_score",
            values={"score": score, "quarters": [str(names[q]) for q in quarters], "found": list(lacks)},
        )
        for (score, lacks), quarters in found.items()
    ]


def _list_blank(study: Study, maps: Iterable[Shown]) -> list[Problem]:
    voice, names = speak_of(study.about), study.quarters["name"]
    found: dict[tuple[str, ...], list[str]] = {}
    for one in maps:
        blank = one.values.loc[one.values["value"].isna(), "status"]
        if len(blank):
            reasons = tuple(f"{names[q]} ({_say_reason(str(status), voice)})" for q, status in blank.items())
            found.setdefault(reasons, []).append(one.spec.short[voice.language])
    return [
        Problem(cause="empty_map", values={"maps": codes, "found": list(reasons)}) for reasons, codes in found.items()
    ]


def _list_untold(study: Study, shown: Iterable[Shown]) -> list[Problem]:
    voice = speak_of(study.about)
    found: dict[str, list[str]] = {}
    for one in shown:
        if pd.isna(one.city["value"]):
            found.setdefault(_say_reason(str(one.city["status"]), voice), []).append(one.spec.short[voice.language])
    return [Problem(cause="empty_city", values={"maps": codes, "reason": reason}) for reason, codes in found.items()]


def _list_unused(study: Study) -> list[Problem]:
    """Indicators of the files that have no known value in the year."""
    rows = study.indicators
    given = rows[~rows["indicator"].map(lambda code: study.specs[code].derived).astype(bool)]
    known = set(given.loc[(given["year"] == study.about.year) & given["status"].isin(KNOWN), "indicator"])
    found = [code for code in dict.fromkeys(given["indicator"]) if code not in known]
    return [Problem(cause="empty_indicator", values={"found": found, "year": study.about.year})] if found else []


def _say_reason(status: str, voice: Speaker) -> str:
    return voice.say(name_reason(status, partly=False))
