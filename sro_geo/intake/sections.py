"""Sections of a project file as lines of TOML, with the remarks that a planner needs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sro_geo.intake.columns import SLOT
from sro_geo.intake.series import list_series
from sro_geo.intake.sites import find_system

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.intake.coding import Coded, Entry
    from sro_geo.intake.found import Found
    from sro_geo.intake.looking import Look
    from sro_geo.intake.plan import Plan
    from sro_geo.text.speaker import Speaker

OPEN_STREET_MAP: dict[str, Any] = {
    "title": "OpenStreetMap",
    "publisher": "OpenStreetMap-Mitwirkende",
    "licence": "ODbL 1.0",
    "notice": "© OpenStreetMap-Mitwirkende (ODbL)",
}
"""What its licence asks everybody to name (openstreetmap.org/copyright)."""

_LISTED = 3
"""So many words are named as examples."""

Names = dict[int, str]
"""Where each file lies in the project, by the id of its look."""


def write_value(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(write_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def set_key(key: str, value: object, remark: str = "") -> str:
    """A line that sets a key."""
    return f"{key} = {write_value(value)}" + (f"  # {remark}" if remark else "")


def ask(voice: Speaker, question: str, *answers: str) -> list[str]:
    """A question that only a person can answer, and the lines that answer it, each behind a #."""
    return [f"# {voice.say('intake_marker')}: {question}", *(f"# {line}" for line in answers)]


def match_numbers(plan: Plan, voice: Speaker, *, numbers: Sequence[str]) -> list[str]:
    """Key table for numbers: a question, unless a table of keys proves them."""
    if plan.listing is not None:
        return [set_key("keys", plan.keys_file, voice.say("intake_proved", file=plan.listing.path.name))]
    examples = {"numbers": ", ".join(numbers[:_LISTED]), "words": ", ".join(plan.areas.keys[plan.key][:_LISTED])}
    question = voice.say("intake_numbered", keys=plan.keys_file, **examples)
    return ask(voice, question, set_key("keys", plan.keys_file))


def write_tables(plan: Plan, coded: Coded, voice: Speaker, *, names: Names) -> list[str]:
    """Tables of indicators; the same table of several years is one section."""
    lines: list[str] = []
    for group in list_series(plan.tables):
        one = plan.tables[group[0]]
        if one.numbers:
            lines += _write_table(plan, [plan.tables[at] for at in group], voice, names=names)
            lines += ["", *([] if one.codes else [*_write_columns(coded, group[0], voice), ""])]
    return lines


def _write_table(plan: Plan, series: Sequence[Found], voice: Speaker, *, names: Names) -> list[str]:
    one = series[0]
    assert one.fit is not None  # noqa: S101  tables have one
    name, years = names[id(one.look)], sorted(year for member in series for year in member.years)
    lines = [f"[[indicators]]  # {tell_joined(one, plan, voice)}"]
    if one.slotted:
        lines += [set_key("file", name), set_key("years", one.years)]
    elif len(series) > 1:
        lines += [set_key("file", name.replace(str(one.years[0]), "{year}")), set_key("years", years)]
    else:
        lines += [set_key("file", name), *_write_year(one, voice)]
    lines += [set_key("form", "long" if one.codes else "wide"), set_key("key", one.fit.column)]
    lines += _write_keys(one, plan, voice)
    lines += [set_key("sheet", one.look.sheet)] if one.look.sheet else []
    lines += [set_key("header_row", one.look.header_row)] if one.look.header_row else []
    unclear = [column for column in one.numbers if column.open]
    if unclear:
        cells = one.look.read_column(unclear[0].head.replace(SLOT, str(max(one.years, default=""))))
        found = next((cell for cell in cells if "." in cell or "," in cell), "")
        lines += ask(voice, voice.say("intake_decimal", found=found), set_key("decimal", one.look.table.decimal))
    return lines


def _write_year(one: Found, voice: Speaker) -> list[str]:
    if one.year_column:
        days = one.look.days
        told = (
            ask(voice, voice.say("intake_days", days=", ".join(days)), set_key("day", days[-1]))
            if len(days) > 1
            else []
        )
        return [set_key("year_column", one.year_column), *told]
    if len(one.years) == 1:
        return [set_key("year", one.years[0])]
    if one.years:
        question = voice.say("intake_year_several", years=", ".join(map(str, one.years)))
        return ask(voice, question, set_key("year", max(one.years)))
    return ask(voice, voice.say("intake_year_open"), "year = ")


def _write_keys(one: Found, plan: Plan, voice: Speaker) -> list[str]:
    """Key table, where the file's words are not what the project calls the quarters."""
    if one.fit is None or not set(one.fit.quarters) - set(plan.ids):
        return []
    if plan.given and one.fit.how == "number":
        return match_numbers(plan, voice, numbers=list(one.fit.quarters))
    return [set_key("keys", plan.keys_file, voice.say("intake_names"))]


def tell_joined(one: Found, plan: Plan, voice: Speaker) -> str:
    """How many quarters a column names, and which of its words name none."""
    assert one.fit is not None  # noqa: S101  the caller asked
    found = len(set(one.fit.quarters.values()))
    told = voice.say("intake_joined", found=found, all=plan.areas.count, column=one.fit.column)
    lost = voice.say("intake_lost", words=", ".join(one.fit.lost[:_LISTED])) if one.fit.lost else ""
    return "; ".join(filter(None, (told, lost)))


def _write_columns(coded: Coded, at: int, voice: Speaker) -> list[str]:
    remark = ""
    if at in coded.chains:
        total = coded.chains[at]
        remark = voice.say("intake_ages_sum", total=total) if total else voice.say("intake_ages")
    head = "[indicators.columns]" + (f"  # {remark}" if remark else "")
    return [head, *(set_key(code, column) for code, column in coded.codes[at].items())]


def write_offers(
    plan: Plan, voice: Speaker, *, names: Names, kinds: Sequence[str], known: Mapping[str, str]
) -> list[str]:
    """Lists of offers; a second list of the same kind is a question, since offers could count twice.

    `known` are the files that the project has already, by their kind.
    """
    lines: list[str] = []
    seen = dict(known)
    for one in plan.offers:
        assert one.sites is not None  # noqa: S101  offers have them
        section = ["[[offers]]", set_key("file", names[id(one.look)])]
        if one.sites.kind is not None:
            section.append(set_key("kind", one.sites.kind))
        elif "kind" not in one.sites.columns:
            section += ask(voice, voice.say("intake_kind", kinds=", ".join(kinds)), 'kind = ""')
        section += _write_keys(one, plan, voice)
        if plan.houses is not None and one.sites.addressed:
            section.append(set_key("addresses", names[id(plan.houses)]))
        section += [set_key("sheet", one.look.sheet)] if one.look.sheet else []
        section += [set_key("header_row", one.look.header_row)] if one.look.header_row else []
        located = plan.houses if plan.houses is not None and one.sites.addressed else one.look
        if system := find_system(located, plan.areas.look):
            section += ask(voice, voice.say("intake_system", crs=system), set_key("crs", system))
        own = {column: head for column, head in one.sites.columns.items() if column != head}
        told = [set_key(column, head) for column, head in own.items()]
        likely = [set_key(column, head) for column, head in one.sites.bands.items()]
        told += ask(voice, voice.say("intake_bands"), *likely) if likely else []
        section += ["", "[offers.columns]", *told] if told else []
        kind = one.sites.kind or ""
        if kind and kind in seen:
            section = ask(voice, voice.say("intake_kind_again", file=seen[kind]), *section)
        seen.setdefault(kind, one.look.path.name)
        lines += [*section, ""]
    return lines


def ask_words(words: Sequence[str], voice: Speaker, *, kinds: Sequence[str]) -> list[str]:
    """The question which kinds of offers a file's own words mean; nothing where all are known."""
    answers = [set_key(write_value(word), "") for word in words]
    return ask(voice, voice.say("intake_kind_words", kinds=", ".join(kinds)), *answers) if answers else []


def ask_targets(targets: Mapping[str, str], voice: Speaker) -> list[str]:
    """The question for whom offers are there; nothing where it doesn't arise."""
    answers = [set_key(kind, group) for kind, group in targets.items()]
    return ask(voice, voice.say("intake_targets"), *answers) if answers else []


def write_population(plan: Plan, voice: Speaker, *, names: Names) -> list[str]:
    """Where people live: by the grid of the Zensus, which of several is a question; else by the indicators."""
    if not plan.grids:
        return [f"[population]  # {voice.say('intake_spread')}", set_key("from", "indicators"), ""]
    keys = [set_key("zensus", names[id(look)]) for look in plan.grids]
    chosen = keys if len(keys) == 1 else ask(voice, voice.say("intake_zensus_several"), *keys)
    return [f"[population]  # {voice.say('intake_zensus')}", *chosen, ""]


def write_reach(targets: Mapping[str, str], voice: Speaker, *, streets: Look | None, names: Names) -> list[str]:
    """Target groups, streets and coverage: what shares within reach need beside the population."""
    asked = ask_targets(targets, voice)
    lines: list[str] = []
    lines += ["[target_groups]", *asked, ""] if asked else []
    if streets is None:
        way, lead = [set_key("distance", "straight"), set_key("detour_factor", 1.3)], "intake_coverage"
    else:
        lines += [f"[streets]  # {voice.say('intake_streets')}", set_key("file", names[id(streets)]), ""]
        way, lead = [set_key("distance", "walking")], "intake_coverage_walking"
    lines += [
        f"[coverage]  # {voice.say(lead)}",
        *way,
        set_key("minutes", [5, 10, 15]),
        set_key("speed_kmh", 4.0),
    ]
    return [*lines, ""]


def write_catalogue(coded: Coded, voice: Speaker, *, more: bool = False) -> list[str]:
    """Entries of the project's own indicators; `more` for a catalogue that begins already."""
    kinds = ("head", "direction", "persons", "rates")
    lines = [] if more else [*(f"# {voice.say(f'intake_catalogue_{kind}')}" for kind in kinds), ""]
    lines += ["[age_groups]", set_key("bands", list(coded.bands)), ""] if coded.bands else []
    for entry in coded.entries:
        lines += [*_write_entry(entry, voice), ""]
    return lines


def _write_entry(entry: Entry, voice: Speaker) -> list[str]:
    text = f"{{ de = {write_value(entry.name)}, en = {write_value(entry.name)} }}"
    facts: dict[str, Any] = {"unit": entry.unit}
    facts |= {"digits": entry.digits} if entry.digits else {}
    facts |= {"signed": True} if entry.signed else {}
    facts |= {"numerator": "none"} if entry.unit == "number" else {}
    return [
        f"[[indicator]]  # {voice.say('intake_catalogue_from', file=entry.file, head=entry.head)}",
        set_key("code", entry.code),
        f"name = {text}",
        f"short = {text}",
        *(set_key(key, value) for key, value in facts.items()),
    ]


def write_sources(looks: Sequence[Look], voice: Speaker, *, more: bool = False) -> str:
    """Where files come from, as a `SOURCE.toml`: what is known, and empty fields for the rest; `more` for one that begins already."""
    lines = [] if more else [f"# {voice.say('intake_sources_head')}", ""]
    for look in {one.path: one for one in looks}.values():
        source = look.source
        if look.holds == "streets" and not source.publisher:
            source = replace(source, **OPEN_STREET_MAP)
        told = {
            "title": source.title,
            "publisher": source.publisher,
            "licence": source.licence,
            "date": source.date,
            "address": source.address,
        }
        told |= {"note": source.note} if source.note else {}
        told |= {"notice": source.notice} if source.notice else {}
        lines += ["[[file]]", set_key("name", look.path.name), *(set_key(key, value) for key, value in told.items())]
        lines += [set_key("example", value=True), ""] if source.example else [""]
    return "\n".join(lines)
