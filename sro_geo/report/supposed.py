"""What supposed shocks would take away, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.atlas import Shaken
from sro_geo.report.closures import FEW
from sro_geo.report.shown import name_walk
from sro_geo.text.levels import capital
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker

COUNTS = ("lose", "lose_choice", "farther")
QUARTERS = 6
"""So many are named; all stand in the tables."""

_WITHHELD = 0.5
"""Where a withheld count stands among the others: behind what is told, before none."""


def make_supposed(study: Study, shown: Shown) -> tuple[Shaken, ...]:
    """Supposed shocks that a map is about, or its kind and walk: the city, then the quarters hit hardest."""
    table, voice = study.supposed, speak_of(study.about)
    about = (table["kind"] == shown.kind) & (table["minutes"] == shown.minutes)
    own = table[about | table["indicator"].eq(shown.code)]
    people = (shown.spec.counted or {}).get(voice.language) or voice.say("all_people")
    return tuple(
        Shaken(
            note=_tell_note(study, rows, people=people, voice=voice),
            rows=tuple(_tell_row(study, row, voice=voice) for row in _choose(rows).to_dict("records")),
        )
        for _, rows in own.groupby("order")
    )


def _choose(rows: pd.DataFrame) -> pd.DataFrame:
    """The city, and the quarters for which anything changes, those with most to lose first; what is withheld may be few."""
    return pd.concat([rows[rows["quarter_id"].isna()], _list_changed(rows).head(QUARTERS)])


def _list_changed(rows: pd.DataFrame) -> pd.DataFrame:
    less = rows["places_before"] - rows["places_after"]
    changed = rows[list(COUNTS)].ne(0).any(axis=1) | less.gt(0)
    ranks = rows[list(COUNTS)].fillna(_WITHHELD).assign(less=less)[rows["quarter_id"].notna() & changed]
    return rows.loc[ranks.sort_values([*COUNTS, "less"], ascending=False, kind="stable").index]


def _tell_note(study: Study, rows: pd.DataFrame, *, people: str, voice: Speaker) -> str:
    first, changed = rows.iloc[0], len(_list_changed(rows))
    kind = study.kinds[str(first["kind"])]
    more = voice.say("supposed_more", n=QUARTERS, all=changed) if changed > QUARTERS else ""
    told = voice.say(
        "supposed_note",
        supposed=first["supposed"],
        kind=kind.name[voice.language],
        people=capital(people),
        walk=name_walk(study, first["minutes"]),
        none=kind.none[voice.language],
        step=voice.number(find_step(study.about.smallest)),
        sign=FEW,
    )
    return " ".join(filter(None, (told, more)))


def _tell_row(study: Study, row: dict[Any, Any], *, voice: Speaker) -> tuple[str, str, str, str, str]:
    """Area, who loses the last, who loses the choice, who walks on and how much farther, places before and after."""
    city = pd.isna(row["quarter_id"])
    where = voice.say("supposed_city") if city else str(study.quarters.loc[row["quarter_id"], "name"])
    lose, choice, farther = (FEW if pd.isna(row[count]) else voice.number(row[count]) for count in COUNTS)
    if pd.notna(row["more_metres"]):
        farther = voice.say("closures_farther", farther=farther, metres=voice.number(row["more_metres"]))
    rates = [row[name] for name in ("places_before", "places_after")]
    before, after = ("" if pd.isna(rate) else voice.number(rate, digits=1) for rate in rates)
    places = voice.say("supposed_change", before=before, after=after) if before and after else "·"
    return where, lose, choice, farther, places
