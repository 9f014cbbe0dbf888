"""The sheets of all quarters: what stands on each, out of the texts and numbers that the page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sro_geo.model.ages import parse_age_group
from sro_geo.model.brief import Brief, Curve, Fact, Unreached
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.report.atlas import tell_date
from sro_geo.report.shown import list_shown, name_walk, write_bare
from sro_geo.report.warnings import tell_internal
from sro_geo.text.levels import write_within
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sro_geo.model.atlas import AtlasData, RankRow, View
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker

MOST_FACTS, MOST_LIMITS, MOST_KINDS, MOST_CURVES = 7, 3, 6, 4
"""So much has room on one side of A4."""

_FEWEST_YEARS = 3
"""Two years are a comparison and no line."""

_MOST_NAMED = 4
_LONGEST = 60
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The study, and what its page shows of it."""

    study: Study
    data: AtlasData
    voice: Speaker
    shown: Mapping[str, Shown]
    views: tuple[View, ...]


def make_briefs(study: Study, data: AtlasData) -> tuple[Brief, ...]:
    """One sheet for each quarter, in the order of the quarters.

    Parameters
    ----------
    study : Study
        A finished study.
    data : AtlasData
        What its page shows; no other number is told here.
    """
    shown = {one.code: one for one in list_shown(study)}
    views = tuple(view for view in data.views if view.code in shown)
    told = _Told(study=study, data=data, voice=speak_of(study.about), shown=shown, views=views)
    facts, limits, voice = _choose_facts(told), _choose_limits(told), told.voice
    marks = tuple(filter(None, [tell_internal(study), voice.say("page_example") if data.example else ""]))
    slugs = name_files([(profile.quarter_id, profile.name) for profile in data.profiles])
    shared: dict[str, Any] = {
        "heading": " · ".join(filter(None, [voice.say("brief_title"), data.title, tell_date(study)])),
        "marks": marks,
        "year": study.about.year,
        "limits": tuple(name_walk(study, limit) for limit in limits),
        "sources": _list_sources(told),
    }
    return tuple(
        Brief(
            **shared,
            slug=slug,
            profile=profile,
            level=str(study.quarters["level"].fillna("")[profile.quarter_id]),
            **_tell_first(told, facts, profile.quarter_id),
            facts=tuple(_tell_fact(told, view, profile.quarter_id) for view in facts),
            unreached=_list_unreached(told, limits, profile.quarter_id),
            curves=_list_curves(facts, profile.quarter_id),
            gaps=tuple(filter(None, [_tell_gaps(told, profile.quarter_id), _tell_partly(told, facts)])),
        )
        for slug, profile in zip(slugs, data.profiles, strict=True)
    )


def name_files(quarters: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Name of a file for each key and name, of one where they are the same: ASCII, lower case, none twice.

    Examples
    --------
    >>> name_files([("08", "Groß Klein"), ("09", "../Süd"), ("09/", "süd"), ("Altstadt", "Altstadt")])
    ('08-gross-klein', '09-sued', '09-sued-2', 'altstadt')
    """
    taken: dict[str, None] = {}
    for key, name in quarters:
        parts = [re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_LETTERS)).strip("-") for text in (key, name)]
        slug = "-".join(dict.fromkeys(part or "quartier" for part in parts))[:_LONGEST].rstrip("-")
        number, free = 1, slug
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        taken[free] = None
    return tuple(taken)


def _choose_facts(told: _Told) -> list[View]:
    """Views of the table: the index, what is set side by side, what the project has maps of, then what comes."""
    free = [view.code for view in told.views if view.code not in DIMENSIONS and told.shown[view.code].minutes is None]
    wanted = [code for code in (INDEX, *told.data.beside, *told.study.about.maps, *free) if code in free]
    first = [*dict.fromkeys(wanted)][:MOST_FACTS]
    return [view for view in told.views if view.code in first]


def _choose_limits(told: _Told) -> list[float]:
    """Limits of minutes that have room: the first, the last and one between."""
    limits = sorted({minutes for one in told.shown.values() if (minutes := one.minutes) is not None})
    return limits if len(limits) <= MOST_LIMITS else [limits[0], limits[len(limits) // 2], limits[-1]]


def _tell_first(told: _Told, facts: Sequence[View], quarter_id: str) -> dict[str, Any]:
    """Sentences that stand first: whom an offer leaves out, by choice on a map that the project asks for, and the index."""
    reach = [view for view in told.views if told.shown[view.code].minutes is not None]
    reach.sort(key=lambda view: view.code not in told.study.about.maps)
    scored = [view for view in facts if view.code == INDEX]
    known = [view for view in (*reach, *facts) if view not in scored and _find_row(view, quarter_id).value is not None]
    first = [*known[:1], *scored]
    return {
        "lead": next((view.lead for view in first if view.lead), ""),
        "sentences": tuple(view.sentences[quarter_id] for view in first),
    }


def _find_row(view: View, quarter_id: str) -> RankRow:
    return next(row for row in view.ranking if row.quarter_id == quarter_id)


def _list_sources(told: _Told) -> str:
    """Publishers with their licences, each once; titles stand in the atlas."""
    lines = [", ".join(filter(None, [one.publisher, one.licence])) for one in told.study.sources if one.publisher]
    return f"{told.voice.say('page_sources')}: {'; '.join(dict.fromkeys(lines))}." if lines else ""


def _tell_fact(told: _Told, view: View, quarter_id: str) -> Fact:
    unit = view.ranking_head.replace("\u00a0", " ")
    unit = "" if unit == "%" or unit in view.picture.name else unit
    return Fact(
        name=", ".join(filter(None, [view.picture.name, unit, _mark(told, view)])),
        value=view.values[quarter_id],
        span=_tell_span(told, view.code, _find_row(view, quarter_id)),
        city=view.city_value,
        rank=view.places[quarter_id],
    )


def _mark(told: _Told, view: View) -> str:
    """What is said behind invented figures, where not all are invented."""
    return told.voice.say("example") if view.lead and not told.study.about.example else ""


def _tell_span(told: _Told, code: str, row: RankRow) -> str:
    """What unknown parts admit, where the shown ends are two: `19 bis 22 %`."""
    if row.value is None or (row.low is None and row.high is None):
        return ""
    shown, voice = told.shown[code], told.voice
    low, high = (write_bare(shown, row.value if end is None else end, voice=voice) for end in (row.low, row.high))
    last = voice.say("percent", n=high) if shown.spec.unit == "percent" else high
    return "" if low == high else voice.say("brief_span", low=low, high=last)


def _list_unreached(told: _Told, limits: Sequence[float], quarter_id: str) -> tuple[Unreached, ...]:
    """Kinds of offer with the shares that the page shows; a cell without a view is empty."""
    voice, study = told.voice, told.study
    found = [(told.shown[view.code], view) for view in told.views]
    cells = {(one.kind, one.minutes): view for one, view in found if one.minutes is not None}
    rows = []
    for kind in [*dict.fromkeys(str(kind) for kind, _ in cells)][:MOST_KINDS]:
        target = parse_age_group(study.coverages[kind].target_group)
        offer = write_within(study.kinds[kind].short[voice.language], language=voice.language)
        name = voice.say("brief_without", people=voice.people(target.start, target.end), offer=offer)
        given = [cells.get((kind, limit)) for limit in limits]
        shares = [("", "") if view is None else (view.values[quarter_id], view.city_value) for view in given]
        mark = next((mark for view in given if view is not None and (mark := _mark(told, view))), "")
        rows.append(Unreached(name=", ".join(filter(None, [name, mark])), shares=tuple(shares)))
    return tuple(rows)


def _list_curves(facts: Sequence[View], quarter_id: str) -> tuple[Curve, ...]:
    """Lines of the table's indicators over the years; a sum over all quarters is on no quarter's axis."""
    curves = []
    for view in facts:
        series = view.series
        if series is None:
            continue
        own, gap = series.quarters[quarter_id], (None,) * len(series.years)
        city = gap if series.sums else (*series.city[:-1], None) if "city" in series.partly else series.city
        known = sum(number is not None for number in own)
        if known >= _FEWEST_YEARS:
            last = view.values[quarter_id] if own[-1] is not None else ""
            label = view.city_value if city[-1] is not None else ""
            lines: dict[str, Any] = {"years": series.years, "breaks": series.breaks, "own": own, "city": city}
            curves.append(Curve(name=view.picture.name, **lines, label=last, city_label=label))
    return tuple(curves[:MOST_CURVES])


def _tell_gaps(told: _Told, quarter_id: str) -> str:
    """What has no value there, by the reason."""
    reasons: dict[str, list[str]] = {}
    for view in told.views:
        picture = view.picture
        placed = picture.placed[picture.quarter_ids.index(quarter_id)]
        if placed < 0:
            reasons.setdefault(picture.unknown[-1 - placed].label, []).append(picture.name)
    voice = told.voice
    lists = [voice.say("brief_gap", names=_name_some(voice, names), reason=why) for why, names in reasons.items()]
    return voice.say("brief_gaps", gaps="; ".join(lists)) if lists else ""


def _tell_partly(told: _Told, facts: Sequence[View]) -> str:
    """Which values of the city are made of some quarters alone."""
    shown = [told.shown[view.code] for view in facts if view.city_value]
    names = [one.spec.short[told.voice.language] for one in shown if one.city["known_quarters"] < one.city["quarters"]]
    if not names:
        return ""
    return told.voice.say("brief_partly", place=told.data.place, names=_name_some(told.voice, names))


def _name_some(voice: Speaker, names: Sequence[str]) -> str:
    """Names as an enumeration; of many the first few and how many there are besides."""
    if len(names) <= _MOST_NAMED:
        return voice.join(names)
    return voice.say("and_more", items=", ".join(names[: _MOST_NAMED - 1]), n=len(names) - _MOST_NAMED + 1)
