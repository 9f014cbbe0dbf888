"""Values of a map in words: labels, ranks, one sentence for each quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.ages import parse_age_group
from sro_geo.model.status import ESTIMATED
from sro_geo.render.picture import name_reason
from sro_geo.report.shown import name_walk, write_bare, write_shown
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown


def format_rank(row: pd.Series) -> str:
    """Rank or range of ranks, `1–2`; empty where there is none."""
    if pd.isna(row["rank_low"]):
        return ""
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return str(low) if low == high else f"{low}–{high}"


def write_city(study: Study, shown: Shown) -> str:
    """The city's value as text, empty where there is none: `21 %`."""
    value = shown.city["value"]
    return "" if pd.isna(value) else write_shown(shown, value, voice=speak_of(study.about))


def tell_city(study: Study, shown: Shown) -> str:
    """The city's value with how much of it is known: `Musterstadt 21 % (10 von 12 Quartieren …)`."""
    voice, city = speak_of(study.about), shown.city
    if pd.isna(city["value"]):
        return ""
    known, quarters = int(city["known_quarters"]), int(city["quarters"])
    facts = {"place": study.about.place, "value": write_city(study, shown)}
    if known == quarters:
        return voice.say("city_value", **facts)
    if pd.isna(city["low"]) or pd.isna(city["high"]):
        return voice.say("city_some", **facts, known=known, all=quarters)
    low = write_bare(shown, city["low"], voice=voice)
    high = write_shown(shown, city["high"], voice=voice)
    return voice.say("city_partly", **facts, known=known, all=quarters, low=low, high=high)


def tell_quarter(study: Study, shown: Shown, quarter_id: str) -> str:
    """One sentence about a quarter, beside the city."""
    voice = speak_of(study.about)
    row: Any = shown.values.loc[quarter_id]
    facts = {"start": study.starts[quarter_id], "name": shown.spec.name[voice.language]}
    if pd.isna(row["value"]):
        return voice.say(f"tell_{name_reason(str(row['status']), partly=shown.topic == 'resilience')}", **facts)
    city = write_city(study, shown)
    city = voice.say("tell_city", place=study.about.place, value=city) if city else ""
    if shown.minutes is not None and shown.kind is not None:
        sentence = _tell_gap(study, shown, share=write_shown(shown, row["value"], voice=voice), start=facts["start"])
    elif shown.topic == "resilience":
        sentence = voice.say("tell_score", **facts, value=_write_label(study, shown, row))
    else:
        sentence = voice.say("tell_value", **facts, value=_tell_number(study, shown, row))
    whole = f"{sentence}; {city}." if city else f"{sentence}."
    return " ".join([whole, *_tell_choice(study, shown, quarter_id)])


def name_reference(study: Study, quarter_id: str) -> str:
    """What a quarter's score is set against: the town, named without the parts that the quarter lacks."""
    voice, scores, place = speak_of(study.about), study.scores, study.about.place
    if scores is None or study.scales is None or study.method is None:
        return place
    own = scores.list_parts(quarter_id)["part"]
    scored = {code: str(study.specs[code].dimension) for code in study.scales.worst}
    lacking = [code for code in scored if code not in set(own) and pd.notna(study.city["value"].get(code))]
    whole = [d for d in study.method.dimensions if all(c in lacking for c in scored if scored[c] == d)]
    names = [voice.say(d) for d in whole]
    names += [study.specs[code].short[voice.language] for code in lacking if scored[code] not in whole]
    return voice.say("reference_without", place=place, parts=voice.join(names)) if names else place


def _tell_gap(study: Study, shown: Shown, *, share: str, start: str) -> str:
    voice, kind = speak_of(study.about), str(shown.kind)
    target = parse_age_group(study.coverages[kind].target_group)
    return voice.say(
        "gap_sentence",
        start=start,
        share=share,
        people=voice.people(target.start, target.end, after="of_"),
        walk=name_walk(study, shown.minutes or 0, title=False),
        none=study.kinds[kind].none[voice.language],
    )


def _tell_choice(study: Study, shown: Shown, quarter_id: str) -> list[str]:
    """How many have a second offer, on a map of the walk that this is counted in."""
    voice, two = speak_of(study.about), study.second_offers.get((shown.kind, shown.minutes, quarter_id))
    if pd.isna(two):
        return []
    return [voice.say("choice_sentence", n=voice.number(two)) if two else voice.say("choice_nobody")]


def _write_label(study: Study, shown: Shown, row: Any) -> str:
    """A quarter's value as its label has it: in brackets where it is estimated."""
    text = write_shown(shown, row["value"], voice=speak_of(study.about))
    return f"({text})" if row["status"] == ESTIMATED and shown.kind is None else text


def _tell_number(study: Study, shown: Shown, row: Any) -> str:
    """Value inside a sentence, with the unit that a map's legend would carry."""
    text, unit, own = _write_label(study, shown, row), shown.spec.unit, shown.spec.unit_text
    if own is not None and unit != "percent":
        return f"{text} {own[study.about.language]}"
    return text if unit in ("percent", "points", "number") else speak_of(study.about).say(f"told_{unit}", n=text)
