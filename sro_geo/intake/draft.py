"""A project from raw files: the texts of its files, what was found, and what only a person can decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.intake.bordering import write_areas
from sro_geo.intake.coding import code_columns
from sro_geo.intake.columns import find_years
from sro_geo.intake.keytable import write_key_table
from sro_geo.intake.plan import make_plan
from sro_geo.intake.sections import (
    ask_words,
    set_key,
    write_catalogue,
    write_offers,
    write_population,
    write_reach,
    write_sources,
    write_tables,
)
from sro_geo.intake.series import list_years
from sro_geo.intake.telling import tell_files
from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.sources import SOURCE_FILE
from sro_geo.load.words import find_codes, name_kinds
from sro_geo.model.ages import AgeGroup, parse_age_group
from sro_geo.model.catalogue import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sro_geo.intake.coding import Coded
    from sro_geo.intake.looking import Look
    from sro_geo.intake.plan import Plan
    from sro_geo.model.catalogue import OfferKind
    from sro_geo.text.speaker import Speaker

PROJECT_FILE, CATALOGUE_FILE, DATA_FOLDER = "project.toml", "kennzahlen.toml", "daten"
_WISHED = {
    "kindertageseinrichtung": (0, 6), "familienbildung": (0, 6), "spielplatz": (0, 15), "schule": (6, 18),
    "jugendarbeit": (6, 18), "schulsozialarbeit": (6, 18),
}  # fmt: skip
"""Ages that a suggestion comes as close to as the age groups allow."""

_OLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A project that is not written yet.

    Attributes
    ----------
    texts : mapping of str to str
        Content by name of file, the project file first.
    copies : mapping of str to Path
        Raw file by its place in the project.
    told : tuple of str
        How each file was read.
    questions : tuple of tuple of int and str
        Line of the project file and what only a person can decide there.
    """

    texts: Mapping[str, str]
    copies: Mapping[str, Path]
    told: tuple[str, ...]
    questions: tuple[tuple[int, str], ...]


def draft_project(paths: Sequence[Path], *, place: str, voice: Speaker) -> Draft:
    """Project from raw files: boundaries, tables of indicators, lists of offers, in any number and order.

    Parameters
    ----------
    paths : sequence of Path
        Raw files; of a shapefile its `.shp`.
    place : str
        Name of the town.
    voice : Speaker
        Language of the project.

    Raises
    ------
    DataError
        With all problems of all files that cannot be read; if none or several of them hold areas.

    Notes
    -----
    Nothing is guessed that changes a number: what only a person can know is a line that asks, and its answer stands
    behind a # below it. Directions are left open, so nothing is scored.
    """
    catalogue = read_catalogue()
    plan = make_plan(paths, kinds=catalogue.kinds)
    coded = code_columns(plan, specs=catalogue.specs)
    groups = [parse_age_group(group) for look in plan.grids for group in look.groups] or list(coded.groups)
    told = tell_files(plan, voice)
    if plan.streets and not (plan.offers and groups):
        told[-1] = voice.say("intake_told_streets_idle", file=plan.streets.path.name)
        plan = replace(plan, streets=None)
    names = place_files(plan)
    walked = {code: kind for code, kind in catalogue.kinds.items() if kind.reach}
    lines = [
        f"# {voice.say('intake_head')}",
        f"# {voice.say('intake_head_open', marker=voice.say('intake_marker'))}",
        "",
    ]
    lines += _write_head(plan, coded, voice, place=place)
    lines += write_areas(plan, voice, name=names[id(plan.areas.look)])
    lines += write_tables(plan, coded, voice, names=names)
    lines += write_offers(plan, voice, names=names, kinds=list(walked), known={})
    found = list_kinds(plan, kinds=catalogue.kinds)
    if strange := ask_words([word for word in found if word not in catalogue.kinds], voice, kinds=list(walked)):
        lines += ["[words]", *strange, ""]
    if plan.grids or (plan.offers and groups):
        lines += write_population(plan, voice, names=names)
    if plan.offers and groups:
        targets = suggest_targets(found, groups, kinds=walked)
        lines += write_reach(targets, voice, streets=plan.streets, names=names)
    lines += _write_map(plan, coded, voice)
    lines += ["[disclosure]", set_key("smallest", 3, voice.say("intake_smallest")), "", f"# {voice.say('intake_more')}"]
    texts = {PROJECT_FILE: "\n".join(lines) + "\n"}
    if coded.entries or coded.bands:
        texts[CATALOGUE_FILE] = "\n".join(write_catalogue(coded, voice))
    if plan.forms or plan.numbered:
        texts[plan.keys_file] = write_key_table(plan)
    texts |= write_source_texts(plan, voice, names=names)
    mark = f"# {voice.say('intake_marker')}: "
    asked = tuple((row, line[len(mark) :]) for row, line in enumerate(lines, start=1) if line.startswith(mark))
    copies = {names[id(look)]: look.path for look in list_used(plan)}
    return Draft(texts=texts, copies=copies, told=tuple(told), questions=asked)


def _write_head(plan: Plan, coded: Coded, voice: Speaker, *, place: str) -> list[str]:
    lines = [
        set_key("title", voice.say("intake_title", place=place)),
        set_key("place", place, voice.say("intake_place")),
        set_key("language", voice.language),
        set_key("year", _choose_year(plan), voice.say("intake_year")),
        "",
    ]
    own = coded.entries or coded.bands
    return [*lines, "[catalogue]", set_key("indicators", CATALOGUE_FILE), ""] if own else lines


def _write_map(plan: Plan, coded: Coded, voice: Speaker) -> list[str]:
    """One map to be drawn alone: a rate of the year if there is any, since counts have no colours."""
    year = _choose_year(plan)
    rates = {entry.code for entry in coded.entries if entry.unit not in COUNTS}
    shown = [
        code
        for one, codes in zip(plan.tables, coded.codes, strict=True)
        for column in one.numbers
        if year in list_years(one, column)
        for code, head in codes.items()
        if head == column.head
    ]
    chosen = next((code for code in shown if code in rates), next(iter(shown), None))
    return [] if chosen is None else ["[[map]]", set_key("shows", chosen, voice.say("intake_map")), ""]


def _choose_year(plan: Plan) -> int:
    """Latest year in which at least half as many columns hold a number as in the best."""
    counts = Counter(year for one in plan.tables for column in one.numbers for year in list_years(one, column))
    if not counts:
        return max((year for one in plan.tables for year in one.years), default=2024)
    return max(year for year, count in counts.items() if 2 * count >= max(counts.values()))


def list_used(plan: Plan) -> list[Look]:
    """Raw files that the project reads."""
    looks = [
        *([] if plan.given else [plan.areas.look]),
        *(one.look for one in plan.tables if one.numbers),
        *(one.look for one in plan.offers),
        *plan.grids,
        *([plan.streets] if plan.streets else []),
        *([plan.houses] if plan.houses else []),
    ]
    return list({id(look): look for look in looks}.values())


def write_source_texts(plan: Plan, voice: Speaker, *, names: Mapping[int, str]) -> dict[str, str]:
    """Sources of the copied files, one text for each folder that they lie in."""
    return {
        f"{folder}/{SOURCE_FILE}": write_sources(looks, voice) for folder, looks in group_folders(plan, names).items()
    }


def group_folders(plan: Plan, names: Mapping[int, str]) -> dict[str, list[Look]]:
    """Raw files by the folder of the project that they lie in."""
    folders: dict[str, list[Look]] = {}
    for look in list_used(plan):
        folders.setdefault(names[id(look)].rpartition("/")[0], []).append(look)
    return folders


def place_files(plan: Plan) -> dict[int, str]:
    """Place of each file in the project: under its name, behind its folder's where that holds the year or names collide."""
    looks = list_used(plan)
    by_folder = {
        id(one.look)
        for one in plan.tables
        if one.years
        and not one.slotted
        and not set(one.years) & {*find_years(one.look.path.stem), *find_years(one.look.sheet or "")}
    }
    paths = {look.path for look in looks}
    twice = {name for name, count in Counter(path.name for path in paths).items() if count > 1}
    return {
        id(look): "/".join(
            [
                DATA_FOLDER,
                *([look.path.parent.name] if id(look) in by_folder or look.path.name in twice else []),
                look.path.name,
            ]
        )
        for look in looks
    }


def suggest_targets(
    found: Sequence[str], groups: Sequence[AgeGroup], *, kinds: Mapping[str, OfferKind]
) -> dict[str, str]:
    """For each kind found without a target group the ages next to what is usual, among those that the age groups make up."""
    unions = _join_groups(groups)
    open_kinds = [kind for kind in found if kind in kinds and kinds[kind].target_group is None]
    return {kind: str(_find_nearest(unions, *_WISHED.get(kind, (0, 18)))) for kind in open_kinds}


def _find_nearest(groups: Sequence[AgeGroup], start: int, end: int) -> AgeGroup:
    """Age group whose ends lie nearest to those that are wished for."""
    return min(groups, key=lambda group: (abs(group.start - start) + abs(min(group.end, _OLD) - end), group))


def list_kinds(plan: Plan, *, kinds: Mapping[str, OfferKind], words: Mapping[str, str] | None = None) -> list[str]:
    """Kinds of the offers, as the files' names or their own columns tell; words that the catalogue does not know as they are."""
    found: list[str] = []
    for one in plan.offers:
        assert one.sites is not None  # noqa: S101  offers have them
        column = one.sites.columns.get("kind")
        texts = pd.Series([one.sites.kind or ""]) if column is None else one.look.read_column(column)
        found += find_codes(texts, called=name_kinds(kinds), words=words or {}).unique().tolist()
    return list(dict.fromkeys(filter(None, found)))


def _join_groups(groups: Sequence[AgeGroup]) -> list[AgeGroup]:
    """Every age group that groups following each other make up."""
    found = set(groups)
    while more := {AgeGroup(a.start, b.end) for a in found for b in groups if a.end == b.start} - found:
        found |= more
    return sorted(found)
