"""Section of the boundaries: where they lie, what names the areas, and what is asked of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from sro_geo.intake.sections import ask, match_numbers, set_key
from sro_geo.load.parents import find_parts
from sro_geo.text.levels import find_level

if TYPE_CHECKING:
    from sro_geo.intake.looking import Look
    from sro_geo.intake.plan import Plan
    from sro_geo.text.speaker import Speaker


_APART_DEGREES = 0.0005
"""About 50 metres."""

_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


def write_areas(plan: Plan, voice: Speaker, *, name: str) -> list[str]:
    """Boundaries: file, key, name; mending and matching by number are questions."""
    look = plan.areas.look
    assert look.shapes is not None  # noqa: S101  areas have shapes
    others = [head for head in plan.areas.keys if head != plan.key]
    why = voice.say("intake_key", others=", ".join(others)) if others else voice.say("intake_key_only")
    lines = [
        f"[quarters]  # {tell_areas(plan, voice)}",
        set_key("file", name),
        set_key("key", plan.key, why),
    ]
    lines += [set_key("name", plan.name)] if plan.name else []
    lines += _name_units(plan, voice)
    lines += [set_key("level", level, voice.say("intake_level"))] if (level := _find_level(plan)) else []
    lines += _ask_system(look, voice)
    if plan.numbered:
        lines += match_numbers(plan, voice, numbers=plan.ids)
    broken = int((~shapely.is_valid(look.shapes.to_numpy())).sum())
    if broken:
        lines += ask(voice, voice.say("intake_repair", n=broken), set_key("repair", value=True))
    return [*lines, ""]


def _name_units(plan: Plan, voice: Speaker) -> list[str]:
    """The column of larger units; a question where several could be it."""
    found = _find_units(plan.areas.look, besides=[plan.key, plan.name])
    if len(found) > 1:
        return ask(voice, voice.say("intake_units_which"), *(set_key("parent", head) for head in found))
    return [set_key("parent", head, voice.say("intake_units")) for head in found]


def _find_units(look: Look, *, besides: list[str | None]) -> list[str]:
    """Columns in which every area names a unit, and each unit holds several areas that adjoin; one for each division."""
    assert look.shapes is not None  # noqa: S101  areas have shapes
    shapes = look.shapes.to_numpy()
    found: dict[tuple[int, ...], str] = {}
    for head in look.heads:
        words = look.read_column(head)
        counts = words.value_counts()
        if head in besides or (words == "").any() or len(counts) < 2 or counts.min() < 2:  # noqa: PLR2004  several
            continue
        units = words.to_numpy(dtype=str)
        if not all(_LETTER.search(word) for word in counts.index):
            continue
        if len(set(find_parts(shapes, units, apart=_APART_DEGREES))) == len(counts):
            division = tuple(pd.factorize(units)[0].tolist())
            names = min(
                found.get(division, head), head, key=lambda one: bool(_DIGIT.search(" ".join(look.read_column(one))))
            )
            found[division] = names
    return list(found.values())


def _ask_system(look: Look, voice: Speaker) -> list[str]:
    """The question which reference system the boundaries are in; nothing where their file states it."""
    told = {crs: [*(voice.number(end, digits=1) for end in ends), city] for crs, (*ends, city) in look.lies.items()}
    answers = [
        set_key("crs", crs, voice.say("intake_lies", lon=o, lat=n, city=city)) for crs, (o, n, city) in told.items()
    ]
    return ask(voice, voice.say("intake_unstated"), *answers) if answers else []


def _find_level(plan: Plan) -> str | None:
    """What the tables, or else the boundaries' file, call the quarters."""
    heads = [one.fit.column for one in (*plan.tables, *plan.offers) if one.fit is not None]
    return next(filter(None, map(find_level, [*heads, plan.areas.look.path.stem])), None)


def tell_areas(plan: Plan, voice: Speaker) -> str:
    """How many areas there are, and where on earth."""
    look = plan.areas.look
    assert look.shapes is not None  # noqa: S101  areas have shapes
    if look.lies:
        return voice.say("intake_areas_unstated", n=plan.areas.count)
    middle = shapely.box(*look.shapes.total_bounds).centroid
    places = {"lat": voice.number(middle.y, digits=1), "lon": voice.number(middle.x, digits=1)}
    return voice.say("intake_areas", n=plan.areas.count, crs=look.crs, **places)
