"""Further raw files for a project that is there: what its files say then, with every word of theirs kept."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.intake.coding import code_columns
from sro_geo.intake.draft import (
    CATALOGUE_FILE,
    group_folders,
    list_kinds,
    list_used,
    place_files,
    suggest_targets,
)
from sro_geo.intake.joining import list_keys
from sro_geo.intake.keytable import lengthen_key_table
from sro_geo.intake.looking import look_at_areas
from sro_geo.intake.plan import Given, make_plan
from sro_geo.intake.sections import (
    ask,
    ask_targets,
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
from sro_geo.intake.splicing import add_items, splice
from sro_geo.intake.telling import tell_files
from sro_geo.load.indicators import read_laid
from sro_geo.load.keys import read_keys
from sro_geo.load.sources import SOURCE_FILE
from sro_geo.load.words import find_codes, name_indicators
from sro_geo.model.ages import parse_age_group
from sro_geo.project.finding import list_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sro_geo.intake.coding import Coded
    from sro_geo.intake.everybody import Taken
    from sro_geo.intake.plan import Plan
    from sro_geo.project import Project
    from sro_geo.text.speaker import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What is added to a project, not written yet.

    Attributes
    ----------
    project : bytes
        The project file then.
    texts : mapping of Path to bytes
        Other files that are new or get longer.
    copies : mapping of Path to Path
        Raw file by its place.
    told : tuple of str
        How each file was read.
    questions : tuple of tuple of int and str
        Line of the project file and what only a person can decide there.
    """

    project: bytes
    texts: Mapping[Path, bytes]
    copies: Mapping[Path, Path]
    told: tuple[str, ...]
    questions: tuple[tuple[int, str], ...]


def draft_addition(project: Project, *, file: Path, paths: Sequence[Path], voice: Speaker) -> Addition:
    """What a project's files say with further raw files.

    Parameters
    ----------
    project : Project
        The project as it is.
    file : Path
        Its file.
    paths : sequence of Path
        Tables and lists of offers; of a shapefile its `.shp`.
    voice : Speaker
        Language of the project.

    Raises
    ------
    DataError
        If a file cannot be read, holds areas, is one of the project's already or holds an indicator that the project has for
        the same year; if its name is taken, or the project's catalogue lies elsewhere.
    """
    folder = file.parent
    stop_at(_find_known(paths, project))
    taken = list_taken(project)
    given = _find_given(project, folder=folder, first=paths[0])
    plan = make_plan(paths, kinds=project.catalogue.kinds, given=given)
    if plan.grids and project.population is not None:
        raise DataError(Problem(cause="intake_population_known", values={"name": plan.grids[0].path.name}))
    if plan.streets:
        raise DataError(Problem(cause="intake_streets_by_hand", values={"name": plan.streets.path.name}))
    plan, key_texts = lengthen_key_table(plan, project, folder=folder)
    coded = code_columns(plan, specs=project.catalogue.specs, taken=taken, read=_list_wide(project))
    names = {at: _place(name, plan, at, folder=folder) for at, name in place_files(plan).items()}
    texts = _write_catalogue(coded, project, voice, folder=folder)
    lacks_catalogue = bool(texts) and _name_catalogue(project) is None
    inserts = {"catalogue": [set_key("indicators", CATALOGUE_FILE)]} if lacks_catalogue else {}
    texts |= key_texts | _write_sources(plan, voice, names=names, folder=folder)
    lines = [f"# {voice.say('intake_added', files=', '.join(path.name for path in paths))}", ""]
    lines += write_tables(plan, coded, voice, names=names)
    known = {order.kind: order.file.path.name for order in project.offers if order.kind}
    walked = [code for code, kind in project.catalogue.kinds.items() if kind.reach]
    lines += write_offers(plan, voice, names=names, kinds=walked, known=known)
    found = list_kinds(plan, kinds=project.catalogue.kinds, words=_list_words(project))
    if strange := ask_words([word for word in found if word not in project.catalogue.kinds], voice, kinds=walked):
        inserts["words"] = strange
    lines += write_population(plan, voice, names=names) if plan.grids else []
    lines += _ask_for_reach(plan, coded, project, voice, taken=taken, inserts=inserts)
    spliced = splice(file.read_bytes(), lines, inserts=inserts)
    mark = f"# {voice.say('intake_marker')}: "
    return Addition(
        project=spliced.content,
        texts=texts,
        copies={folder / name: path for name, path in _list_copies(plan, names=names, folder=folder)},
        told=tuple(tell_files(plan, voice)),
        questions=tuple((row, line[len(mark) :]) for row, line in spliced.new if line.startswith(mark)),
    )


def list_taken(project: Project) -> Taken:
    """File of each indicator and year that a project has.

    Raises
    ------
    DataError
        If one of its tables cannot be read.
    """
    specs, taken = project.catalogue.specs, {}
    for order in project.indicators:
        _, laid = read_laid(order, specs=specs)
        codes = find_codes(laid.frame["indicator"], called=name_indicators(specs), words=order.words)
        for pair in zip(codes, laid.frame["year"], strict=True):
            taken[str(pair[0]), int(pair[1])] = order.file.name
    return taken


def _find_known(paths: Sequence[Path], project: Project) -> list[Problem]:
    """Files that the project reads already, by what is in them."""
    known = {hashlib.sha256(path.read_bytes()).digest(): path.name for path in list_files(project)}
    problems = []
    for path in paths:
        other = known.get(hashlib.sha256(path.read_bytes()).digest()) if path.is_file() else None
        if other is not None:
            problems.append(Problem(cause="intake_file_known", values={"name": path.name, "file": other}))
    return problems


def _find_given(project: Project, *, folder: Path, first: Path) -> Given:
    """Boundaries of the project, and a name for the key table of what is added that no file has yet."""
    order = project.quarters
    areas, forms = list_keys(look_at_areas(order)), read_keys(order.keys).forms
    if order.key not in areas.keys:
        raise DataError(Problem(cause="intake_no_key", values={"name": order.file.name, "known": areas.look.heads}))
    ids = tuple(forms.get(word, word) for word in areas.keys[order.key])
    tries = [
        "schluessel.csv",
        f"schluessel_{first.stem}.csv",
        *(f"schluessel_{first.stem}_{n}.csv" for n in range(2, 1000)),
    ]
    free = next(name for name in tries if not (folder / name).exists())
    return Given(areas=areas, key=order.key, name=order.name, ids=ids, keys_file=free)


def _place(name: str, plan: Plan, at: int, *, folder: Path) -> str:
    """Place of a raw file: where it lies, if that is within the project; else its own, which must be free."""
    path = next(look.path for look in list_used(plan) if id(look) == at).resolve()
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    if (folder / name).exists():
        raise DataError(Problem(cause="intake_name_taken", values={"name": path.name, "file": name}))
    return name


def _list_copies(plan: Plan, *, names: Mapping[int, str], folder: Path) -> list[tuple[str, Path]]:
    """Place and raw file of all that do not lie within the project."""
    looks = list_used(plan)
    return [(names[id(look)], look.path) for look in looks if not look.path.resolve().is_relative_to(folder)]


def _write_catalogue(coded: Coded, project: Project, voice: Speaker, *, folder: Path) -> dict[Path, bytes]:
    """The project's own catalogue with what it lacks; nothing where it lacks nothing."""
    if not (coded.entries or coded.bands):
        return {}
    path = _find_catalogue(project, folder=folder)
    if not path.exists():
        return {path: _lengthen(path, write_catalogue(coded, voice))}
    content, added = add_items(path.read_bytes(), ["age_groups", "bands"], coded.bands)
    rest = replace(coded, bands=()) if added else coded
    return {path: splice(content, write_catalogue(rest, voice, more=True)).content}


def _write_sources(plan: Plan, voice: Speaker, *, names: Mapping[int, str], folder: Path) -> dict[Path, bytes]:
    """Sources of what is added, behind those that are listed already."""
    texts: dict[Path, bytes] = {}
    for parent, looks in group_folders(plan, names).items():
        path = folder / parent / SOURCE_FILE
        listed = {entry["name"] for entry in _read_entries(path)}
        lacking = [look for look in looks if look.path.name not in listed]
        if lacking:
            texts[path] = _lengthen(path, write_sources(lacking, voice, more=path.exists()).splitlines())
    return texts


def _read_entries(path: Path) -> list[dict[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig")).get("file", []) if path.exists() else []


def _lengthen(path: Path, lines: Sequence[str]) -> bytes:
    return splice(path.read_bytes(), lines).content if path.exists() else ("\n".join(lines) + "\n").encode()


def _name_catalogue(project: Project) -> str | None:
    own = project.settings.get("catalogue")
    return own.get("indicators") if isinstance(own, dict) else None


def _find_catalogue(project: Project, *, folder: Path) -> Path:
    """The project's own catalogue, or the one that it gets."""
    stated = _name_catalogue(project)
    path = folder / (stated or CATALOGUE_FILE)
    if stated is None and path.exists():
        raise DataError(Problem(cause="intake_name_taken", values={"name": CATALOGUE_FILE, "file": CATALOGUE_FILE}))
    if not path.resolve().is_relative_to(folder):
        raise DataError(Problem(cause="intake_catalogue_elsewhere", values={"file": stated}))
    return path


def _list_wide(project: Project) -> list[tuple[str | None, dict[str, str]]]:
    """Sheet of each wide table, and its code by head; one of a single column may be anything."""
    found = [
        (order.sheet, {columns.value: code for code, columns in order.columns.items() if columns.value is not None})
        for order in project.indicators
        if order.form == "wide"
    ]
    return [(sheet, codes) for sheet, codes in found if len(codes) > 1]


def _list_words(project: Project) -> dict[str, str]:
    """Words of the project; every file that it names has them all."""
    stated = [order.words for order in project.offers] + [order.words for order in project.indicators]
    return {word: code for words in stated for word, code in words.items()}


def _ask_for_reach(
    plan: Plan, coded: Coded, project: Project, voice: Speaker, *, taken: Taken, inserts: dict[str, list[str]]
) -> list[str]:
    """Population, target groups and coverage where the project has offers and ages for the first time; else what it lacks of them."""
    specs, kinds = project.catalogue.specs, project.catalogue.kinds
    stated = [(specs[code].age_group, year) for code, year in taken if code in specs]
    known = [(parse_age_group(group), year) for group, year in stated if group is not None]
    groups = list(dict.fromkeys([*coded.groups, *(group for group, _ in known)]))
    years = {year for _, year in known} | {
        year
        for at, one in enumerate(plan.tables)
        if at in coded.chains or one.codes
        for year in list_years(one, one.numbers[0])
    }
    own = [order.kind for order in project.offers if order.kind]
    found = list_kinds(plan, kinds=kinds, words=_list_words(project))
    walked = {code: kind for code, kind in kinds.items() if kind.reach and code not in project.target_groups}
    groups = [parse_age_group(group) for look in plan.grids for group in look.groups] or groups
    years |= {project.year} if plan.grids else set()
    if not groups or not (plan.offers or project.offers):
        return []
    if project.population is None and project.coverage is None and not project.target_groups:
        lines = [] if plan.grids else write_population(plan, voice, names={})
        targets = suggest_targets([*own, *found], groups, kinds=walked)
        lines += write_reach(targets, voice, streets=None, names={})
        told = {"years": ", ".join(map(str, sorted(years))), "year": project.year}
        return (
            lines if project.year in years else [*ask(voice, voice.say("intake_reach_year", **told), *lines[:-1]), ""]
        )
    if asked := ask_targets(suggest_targets([kind for kind in found if kind not in own], groups, kinds=walked), voice):
        inserts["target_groups"] = asked
    return []
