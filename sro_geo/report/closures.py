"""What the closure of an offer would take away, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.atlas import Closures
from sro_geo.report.shown import name_walk
from sro_geo.text.levels import capital
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker

OFFERS, PAIRS, PROVIDERS = 6, 2, 2
"""So many of each are named; all stand in the tables."""

FEW = "•"
"""Sign for a count that is withheld, as in the workbook."""


def make_closures(study: Study, shown: Shown) -> Closures | None:
    """The offers, two at once, and the providers on whom most depends, of the kind and within the walk that a map is about.

    None where the map is about no kind or another walk, or where nothing would be missed.
    """
    table = study.closures
    own = table[(table["kind"] == shown.kind) & (table["minutes"] == shown.minutes)]
    missed = own[own["lose"].isna() | own["lose"].gt(0) | own["farther"].isna() | own["farther"].gt(0)]
    if missed.empty or shown.minutes is None:
        return None
    voice = speak_of(study.about)
    pairs, providers = missed["other"].notna(), missed["offer"].isna()
    stairs = missed["provider"].isna() & missed["quarter_id"].isna() & ~pairs
    singles = ~(pairs | providers | stairs), providers & ~pairs
    heads = [missed[singles[0]].head(OFFERS), missed[pairs & ~providers].head(PAIRS)]
    heads += [missed[singles[1]].head(PROVIDERS), missed[pairs & providers].head(PAIRS)]
    rows = pd.concat([*heads, missed[stairs]])
    kind, people = study.kinds[str(shown.kind)], (shown.spec.counted or {}).get(voice.language)
    note = voice.say(
        "closures_note",
        people=capital(people or voice.say("all_people")),
        walk=name_walk(study, shown.minutes),
        none=kind.none[voice.language],
        step=voice.number(find_step(study.about.smallest)),
        sign=FEW,
    )
    told = tuple(_tell_row(study, row, voice=voice) for row in rows.to_dict("records"))
    if own["unplaced"].isna().all():
        return Closures(note=note, rows=told)
    unplaced = rows["unplaced"].map(voice.number, na_action="ignore").fillna(FEW).mask(stairs[rows.index], "·")
    more = tuple((*row, number) for row, number in zip(told, unplaced, strict=True))
    return Closures(note=f"{note} {voice.say('closures_unplaced')}", rows=more)


def _tell_row(study: Study, row: dict[Any, Any], *, voice: Speaker) -> tuple[str, str, str, str]:
    """Name, quarter, who loses the last, who walks on and how much farther."""
    name = str(row["offer"])
    if pd.isna(row["offer"]) and pd.notna(row["other"]):
        name = voice.say("closures_all_of_both", one=row["provider"], other=row["other"])
    elif pd.isna(row["offer"]):
        name = voice.say("closures_all_of", provider=row["provider"])
    elif pd.notna(row["other"]):
        name = voice.say("closures_both", one=row["offer"], other=row["other"])
    where = "" if pd.isna(row["quarter_id"]) else str(study.quarters.loc[row["quarter_id"], "name"])
    lose, farther = (FEW if pd.isna(row[count]) else voice.number(row[count]) for count in ("lose", "farther"))
    if pd.notna(row["more_metres"]):
        farther = voice.say("closures_farther", farther=farther, metres=voice.number(row["more_metres"]))
    return name, where, lose, farther
