"""Where further offers would help most, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.atlas import Sited
from sro_geo.report.closures import FEW
from sro_geo.report.shown import name_walk
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker


def make_siting(study: Study, shown: Shown) -> tuple[Sited, ...]:
    """Best sites of each order of the kind and within the walk that a map is about."""
    table = study.siting
    own = table[(table["kind"] == shown.kind) & (table["minutes"] == shown.minutes)]
    voice = speak_of(study.about)
    people = (shown.spec.counted or {}).get(voice.language) or voice.say("all_people")
    return tuple(
        Sited(
            note=_tell_order(study, plans, people=people, voice=voice),
            rows=tuple(_tell_plan(study, sites, voice=voice) for _, sites in plans.groupby("plan")),
        )
        for _, plans in own.groupby("order")
    )


def _tell_order(study: Study, plans: pd.DataFrame, *, people: str, voice: Speaker) -> str:
    """What was asked, whom the rows count, what is proven, and what the program doesn't know."""
    best = plans.iloc[0]
    problem, kind = str(best["problem"]), study.kinds[str(best["kind"])].name[voice.language]
    walk = name_walk(study, best["minutes"])
    counts = "siting_counts_twice" if problem == "cover_twice" else "siting_counts"
    ties = "siting_ties" if best["ties_complete"] else "siting_ties_least"
    return " ".join(
        [
            voice.say(f"siting_{problem}", n=int((plans["plan"] == 1).sum()), kind=kind, people=people, walk=walk),
            voice.say(counts, step=voice.number(find_step(study.about.smallest)), sign=FEW),
            _tell_proof(best, voice=voice),
            *([voice.say(ties, n=int(best["ties"]))] if best["ties"] > 0 else []),
            voice.say("siting_not_known" if pd.isna(best["site"]) else "siting_named"),
        ]
    )


def _tell_proof(best: pd.Series, *, voice: Speaker) -> str:
    if best["proven"]:
        return voice.say("siting_proven")
    if pd.isna(best["gap"]):
        return voice.say("siting_found_open")
    return voice.say("siting_found", gap=voice.number(best["gap"]))


def _tell_plan(study: Study, sites: pd.DataFrame, *, voice: Speaker) -> tuple[str, str, str]:
    """Sites by name and quarter, or by quarter alone, whom they gain, and what they give up."""
    quarters = sites["quarter_id"].map(study.quarters["name"])
    named = sites["site"].astype("object") + " (" + quarters + ")"
    often = named.where(sites["site"].notna(), quarters).value_counts(sort=False)
    names = [str(q) if n == 1 else voice.say("siting_times", quarter=q, n=int(n)) for q, n in often.items()]
    first = sites.iloc[0]
    gain = FEW if pd.isna(first["gain"]) else voice.number(first["gain"])
    fewer = "" if first["plan"] == 1 or first["problem"] == "median" else FEW
    if pd.notna(first["gives_up"]) and first["plan"] > 1:
        fewer = (
            voice.number(first["gives_up"])
            if first["gives_up"]
            else voice.say("siting_under", step=voice.number(find_step(study.about.smallest)))
        )
    return ", ".join(names), gain, fewer
