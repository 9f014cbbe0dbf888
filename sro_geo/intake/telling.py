"""What is said of the raw files: one line for each, how it was read or why it is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.intake.bordering import tell_areas
from sro_geo.intake.sections import tell_joined
from sro_geo.intake.series import list_series
from sro_geo.intake.sites import is_addressed, is_located, lists_houses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.intake.found import Found
    from sro_geo.intake.looking import Look
    from sro_geo.intake.plan import Plan
    from sro_geo.text.speaker import Speaker


def tell_files(plan: Plan, voice: Speaker) -> list[str]:
    """One line for each file: how it was read, or why it is not used; streets last."""
    told = [] if plan.given else [_tell_areas(plan, voice)]
    told += [_tell_table(plan, [plan.tables[at] for at in group], voice) for group in list_series(plan.tables)]
    told += [_tell_offers(one, plan, voice) for one in plan.offers]
    told += [voice.say("intake_told_zensus", file=one.path.name, groups=", ".join(one.groups)) for one in plan.grids]
    told += [voice.say("intake_told_listing", file=plan.listing.path.name)] if plan.listing else []
    told += [voice.say(_tell_why(one), file=_name_file(one)) for one in plan.unused]
    return [*told, voice.say("intake_told_streets", file=plan.streets.path.name)] if plan.streets else told


def _tell_why(look: Look) -> str:
    """Message that says why a file is not used."""
    if look.holds == "raster":
        return "intake_told_raster"
    if is_located(look):
        return "intake_told_houses" if lists_houses(look) else "intake_told_unnamed"
    return "intake_told_addressed" if is_addressed(look) else "intake_told_unused"


def _name_file(look: Look) -> str:
    """A file, and the sheet of a workbook that has several."""
    return f"{look.path.name} ({look.sheet})" if look.sheet else look.path.name


def _tell_areas(plan: Plan, voice: Speaker) -> str:
    file, areas = plan.areas.look.path.name, tell_areas(plan, voice)
    return voice.say("intake_told_areas", file=file, areas=areas, key=plan.key, name=plan.name or plan.key)


def _tell_table(plan: Plan, series: Sequence[Found], voice: Speaker) -> str:
    one = series[0]
    file = _name_file(one.look)
    if not one.numbers:
        return voice.say("intake_told_skipped", file=file)
    years = sorted(year for member in series for year in member.years)
    if one.year_column:
        year = voice.say("intake_told_column", column=one.year_column)
    elif years:
        year = voice.say(
            "intake_told_head_years" if one.slotted else "intake_told_years",
            n=len(years),
            years=", ".join(map(str, years)),
        )
    else:
        year = voice.say("intake_told_no_year")
    numbers = voice.say("intake_told_numbers", n=len(one.numbers))
    rows = one.look.header_row or 1
    shown = voice.join([str(row) for row in rows]) if isinstance(rows, list) else rows
    facts = {"row": shown, "joined": tell_joined(one, plan, voice), "year": year, "numbers": numbers}
    return voice.say("intake_told_table", file=file, **facts)


def _tell_offers(one: Found, plan: Plan, voice: Speaker) -> str:
    assert one.sites is not None  # noqa: S101  offers have them
    kind = one.sites.kind or one.sites.columns.get("kind") or voice.say("intake_told_kind_open")
    where = voice.say("intake_told_points") if one.sites.located else one.sites.columns.get("quarter_id", "")
    if plan.houses is not None and one.sites.addressed:
        where = voice.say("intake_told_addresses", file=plan.houses.path.name)
    facts = {"kind": kind, "where": where, "name": one.sites.columns["name"]}
    return voice.say("intake_told_offers", file=_name_file(one.look), n=len(one.look.table.frame), **facts)
