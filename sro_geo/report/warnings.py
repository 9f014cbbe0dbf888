"""Sentences that must stand by the maps: what they are not, and what limits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.model.indicators import count_digits
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.reach import code_sharing
from sro_geo.model.scores import INDEX
from sro_geo.report.series import list_breaks
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.reach import Supply, Walk
    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker

_NAMED = 8
"""So many offers are named in a sentence; the rest is counted."""


def list_notices(study: Study, *, invented: bool) -> tuple[str, ...]:
    """Notices, each once: whether this is for the office alone, and those of the sources, which every map must show.

    Those of invented sources stand only where invented figures are shown.
    """
    sources = [source for source in study.sources if source.notice and (invented or not source.example)]
    mark = tell_internal(study)
    return tuple(dict.fromkeys([*([mark] if mark else []), *(source.notice for source in sources)]))


def tell_invented(study: Study, *, town: str, offers: str, some: str) -> str:
    """One of three sentences: the whole town is invented, or its offers alone are, or something else is, too (persons, streets)."""
    own = set(study.offers["source"])
    more = any(source.example and source.file not in own for source in study.sources)
    alone = offers if study.offers["example"].any() and not more else some
    return speak_of(study.about).say(town if study.about.example else alone, place=study.about.place)


def tell_internal(study: Study) -> str:
    """Mark of an edition for the office alone; empty in a public one."""
    return speak_of(study.about).say("internal") if study.about.internal else ""


def list_warnings(study: Study) -> tuple[str, ...]:
    """What a reader must know to read the figures right, in order of importance."""
    voice = speak_of(study.about)
    lines: list[str] = []
    if study.coverages and study.about.walk:
        lines.append(_tell_walk(study.about.walk, voice))
    for kind, supply in study.supplies.items():
        lines += _tell_supply(study, kind, supply)
    if study.about.walk and study.about.walk.sharing and study.supplies:
        lines.append(_tell_sharing(study, study.about.walk, voice))
    lines.append(voice.say("small_numbers", n=study.about.smallest))
    if study.scores is not None and study.method is not None and study.scales is not None:
        lines.append(_tell_scales(study))
        lines += [
            voice.say("reason", name=spec.name[voice.language], reason=spec.reason)
            for code, spec in study.specs.items()
            if spec.reason and code in study.scales.worst
        ]
    lines += _tell_breaks(study)
    lines += [voice.say("quality_asked", sentence=voice.note(question)) for question in study.questions]
    lines += [voice.note(note) for note in study.notes if note.cause in _SHOWN_NOTES]
    return tuple(lines)


BROKEN = ("recovery_broken", "scale_broken")
"""Notes on what is compared across a break in a series."""

_SHOWN_NOTES = (
    *BROKEN,
    "no_target_group",
    "rows_without_partner",
    "geometry_repaired",
    "population_spread",
    "population_spread_all",
    "spread_coarse",
    "quarters_without_land",
    "streets_partly",
    "streets_end_near",
    "cells_far_from_streets",
    "offers_far_from_streets",
    "distances_end",
    "distances_without_offers",
    "distances_without_cells",
    "rows_doubled",
    "siting_candidates",
    "siting_gathered",
    "siting_people_withheld",
    "siting_empty",
)
"""Notes that change how a map must be read; all notes stand in the quality report."""


def tell_broken(study: Study, code: str) -> list[str]:
    """What a value rests on that sets years side by side across a break: recovery, or a score on a scale of another year."""
    causes = ("recovery_broken",) if code == RECOVERY else BROKEN if code in (INDEX, *DIMENSIONS) else ()
    return [speak_of(study.about).note(note) for note in study.notes if note.cause in causes]


def _tell_breaks(study: Study) -> list[str]:
    """Each break between years of the tables once, with the indicators that it is one of."""
    voice, names = speak_of(study.about), dict[str, list[str]]()
    for code, first, last in study.indicators.groupby("indicator")["year"].agg(["min", "max"]).itertuples():
        spec = study.specs[code]
        for one in list_breaks(spec, first=first, last=last, voice=voice):
            names.setdefault(one.text, []).append(spec.short[voice.language])
    lines = []
    for text, own in sorted(names.items()):
        told = ", ".join([*own[:_NAMED], *(["…"] if len(own) > _NAMED else [])])
        lines.append(f"{text} ({told}). {voice.say('page_series_limited')}")
    return lines


def _tell_walk(walk: Walk, voice: Speaker) -> str:
    """How walking times were measured, and what that leaves out."""
    if walk.given:
        return voice.say("given_ways")
    speed = voice.number(walk.speed_kmh, digits=1)
    if walk.detour_factor is None:
        return voice.say("along_streets", speed=speed)
    straight = voice.say("straight_lines", factor=voice.number(walk.detour_factor, digits=1), speed=speed)
    return f"{straight} {voice.say('round_barriers' if walk.barrier else 'no_barriers')}"


def _tell_sharing(study: Study, walk: Walk, voice: Speaker) -> str:
    """How the places in reach were shared, and whether they stand in steps."""
    texts = [
        voice.say("shared_weight", weight=voice.number(weight, digits=count_digits(weight)), minutes=minutes)
        for minutes, weight in walk.weights
    ]
    how, rows = voice.say(f"shared_{walk.sharing}", weights=voice.join(texts)), study.indicators
    stepped = rows["indicator"].str.startswith(code_sharing("")) & (rows["low"] < rows["high"])
    return f"{how} {voice.say('shared_steps')}" if stepped.any() else how


def _tell_supply(study: Study, kind: str, supply: Supply) -> list[str]:
    voice = speak_of(study.about)
    lines = []
    for key, offers in (
        ("supply_upper", supply.mixed),
        ("supply_left_out", supply.left_out),
        ("supply_unknown", supply.unknown),
    ):
        if not offers:
            continue
        names = [str(study.offers.loc[offer, "name"]) for offer in offers[:_NAMED]]
        names += ["…"] if len(offers) > _NAMED else []
        plural = study.kinds[kind].plural[voice.language]
        lines.append(voice.say(key, kind=plural, n=len(offers), names=", ".join(names)))
    return lines


def _tell_scales(study: Study) -> str:
    voice, scales = speak_of(study.about), study.scales
    if scales is None:  # pragma: no cover  asked only where there are scales
        return ""
    posts = []
    for code in scales.worst:
        spec, ends = study.specs[code], {"worst": scales.worst[code], "best": scales.best[code]}
        texts = {end: voice.number(value, digits=spec.digits) for end, value in ends.items()}
        posts.append(voice.say("scale_post", name=spec.short[voice.language], **texts))
    return voice.say("scale_note", lowest=voice.number(scales.lowest), posts="; ".join(posts))
