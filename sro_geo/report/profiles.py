"""A quarter's profile: people, dimensions with their contributions, similar quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.ages import parse_age_group
from sro_geo.model.atlas import Part, Profile
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.status import ESTIMATED, NOT_HIT
from sro_geo.report.sentences import name_reference
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.text.numbers import cut_off, round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.atlas import Alike
    from sro_geo.model.study import Study

POPULATION = "bevoelkerung"
_CHILDREN = "0-6"
_HALF_A_DIGIT = 0.05
_MOST_NAMED = 5


def make_profile(study: Study, quarter_id: str, *, alike: Alike) -> Profile:
    """What stands about a quarter whatever map is chosen."""
    parts, note = _list_parts(study, quarter_id)
    return Profile(
        quarter_id=quarter_id,
        name=str(study.quarters.loc[quarter_id, "name"]),
        parent=str(study.quarters.loc[quarter_id, "parent_id"]),
        model_region=quarter_id in study.groups.get(study.about.group or "", ()),
        people=_tell_people(study, quarter_id),
        index_text=_tell_index(study, quarter_id),
        parts=parts,
        parts_note=note,
        similar=_tell_similar(study, alike.quarters.get(quarter_id, ()), codes=alike.codes),
    )


def _tell_people(study: Study, quarter_id: str) -> str:
    voice = speak_of(study.about)
    rows = study.select_values(POPULATION)
    people: Any = rows["value"].get(quarter_id)
    if people is None or pd.isna(people):
        return ""
    children: list[Any] = [
        s.table.loc[quarter_id, "persons"]
        for s in study.supplies.values()
        if s.target_group == _CHILDREN and quarter_id in s.table.index
    ]
    if not children or pd.isna(children[0]):
        return voice.say("people", n=people)
    target = parse_age_group(_CHILDREN)
    who = voice.people(target.start, target.end)
    return voice.say("people_of", n=people, m=voice.number(children[0]), who=who)


def _tell_index(study: Study, quarter_id: str) -> str:
    scores, voice = study.scores, speak_of(study.about)
    if scores is None:
        return ""
    row: Any = scores.index.loc[quarter_id]
    if pd.isna(row["score"]):
        return voice.say("too_few")
    own = voice.number(row["score"])
    own = f"({own})" if row["status"] == ESTIMATED else own
    if pd.isna(row["reference"]):
        return own
    return f"{own} · {name_reference(study, quarter_id)} {voice.number(row['reference'])}"


def _list_parts(study: Study, quarter_id: str) -> tuple[tuple[Part, ...], str]:
    if study.scores is None:
        return (), ""
    parts = tuple(_make_part(study, quarter_id, dimension) for dimension in DIMENSIONS)
    rows = study.scores.dimensions
    own = rows.loc[rows["quarter_id"] == quarter_id, "contribution"].dropna()
    notes = [_tell_sum(study, quarter_id, list(own)), _tell_recovery(study, quarter_id)]
    return parts, " ".join(filter(None, notes))


def _tell_sum(study: Study, quarter_id: str, parts: Sequence[float]) -> str:
    """What the contributions add up to, or why they need not."""
    voice, scores = speak_of(study.about), study.scores
    row: Any = None if scores is None else scores.index.loc[quarter_id]
    if scores is None or pd.isna(row["score"]) or pd.isna(row["reference"]):
        return ""
    total = float(row["score"] - row["reference"])
    shown = [round_half_up(part, digits=1) for part in parts]
    adds_up = abs(sum(shown) - round_half_up(total, digits=1)) < _HALF_A_DIGIT
    rounded = "" if adds_up else voice.say("rounded_each")
    place = name_reference(study, quarter_id)
    sentence = voice.say("parts_sum", sum=voice.signed(total, digits=1), rounded=rounded, place=place)
    return f"{sentence} {voice.say('parts_partly')}" if row["known"] < 1 else sentence


def _tell_recovery(study: Study, quarter_id: str) -> str:
    """Whether a shock hit the quarter, and what is made good of a fall that is more than chance."""
    voice, recovery = speak_of(study.about), study.recovery
    if recovery is None:
        return ""
    row: Any = recovery.loc[quarter_id]
    broken = [voice.note(note) for note in study.notes if note.cause == "recovery_broken" and pd.notna(row["value"])]
    if row["status"] == NOT_HIT:
        return " ".join([voice.say("recovery_not_hit"), *broken])
    if not row["sure"]:
        return " ".join(broken)
    spec = study.specs[RECOVERY]
    fall = voice.difference(row["fall"], unit=spec.unit, digits=spec.digits, own=spec.unit_text).removeprefix("+")
    share = voice.number(100 * (1 - row["value"] / row["fall"]))
    return " ".join([voice.say("recovery_share", fall=fall, share=share), *broken])


def _make_part(study: Study, quarter_id: str, dimension: str) -> Part:
    voice, scores = speak_of(study.about), study.scores
    name = voice.say(dimension)
    if scores is None or study.method is None or dimension not in study.method.dimensions:
        return Part(name=name, score=None, city=None, number=_tell_absence(study, dimension), contribution=None)
    rows = scores.dimensions
    row: Any = rows[(rows["quarter_id"] == quarter_id) & (rows["dimension"] == dimension)].iloc[0]
    if pd.isna(row["score"]):
        text = voice.say(_name_gap(dimension))
        return Part(name=name, score=None, city=None, number=text, contribution=None)
    number = voice.number(row["score"])
    return Part(
        name=name,
        score=cut_off(row["score"], digits=2),
        city=None if pd.isna(row["reference"]) else cut_off(row["reference"], digits=2),
        number=f"({number})" if row["known"] < 1 else number,
        contribution=None if pd.isna(row["contribution"]) else cut_off(row["contribution"], digits=2),
    )


def _name_gap(dimension: str) -> str:
    """Id of the word for a dimension without a score."""
    return "not_determinable" if dimension == "recovery" else "too_few"


def _tell_absence(study: Study, dimension: str) -> str:
    """Why a dimension is not part of the index."""
    voice = speak_of(study.about)
    if dimension == "recovery" and study.about.shock_year is None:
        return voice.say("not_measurable")
    if dimension == "redundancy" and study.coverages:
        invented = bool(study.offers["example"].any())
        return voice.say("only_example" if invented else "not_scored")
    return voice.say("not_measured")


def _tell_similar(study: Study, similar: Sequence[str], *, codes: Sequence[str]) -> str:
    """Quarters most like this one, and in what."""
    voice = speak_of(study.about)
    names = [str(study.quarters.loc[other, "name"]) for other in similar]
    if not names:
        return ""
    basis = [study.specs[code].short[voice.language] for code in codes]
    if len(basis) > _MOST_NAMED:
        basis = [*basis[: _MOST_NAMED - 1], voice.say("similar_more", n=len(basis) - _MOST_NAMED + 1)]
    return voice.say("tell_similar", names=voice.join(names), basis=voice.join(basis))
