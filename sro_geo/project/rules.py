"""What the sections of a project file ask of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.errors import Place, Problem
from sro_geo.load.inputs import DistanceFile
from sro_geo.load.toml import find_line, name_path
from sro_geo.load.words import CELL_COLUMNS, DISTANCE_COLUMNS, INDICATOR_COLUMNS, OFFER_COLUMNS
from sro_geo.model.method import DIMENSIONS, Method
from sro_geo.model.quality import Decision
from sro_geo.project.finding import complain, complain_unknown, take_file
from sro_geo.project.measures import list_shocks
from sro_geo.project.shocks import check_scored
from sro_geo.project.tables import check_age_group
from sro_geo.project.values import CoverageSettings
from sro_geo.text.secrets import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.load.catalogue import Catalogue
    from sro_geo.load.reading import DataFile
    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.measures import Coverage, Siting, Suppose
    from sro_geo.project.schema import Compare, Decided, Disclosure, ProjectFile

STRAIGHT, WALKING, GIVEN = "straight", "walking", "table"
NEEDED_WAYS = {WALKING: "streets", GIVEN: "distances"}
"""Section that ways cannot be measured without, by how they are."""

NEEDED = {"redundancy": "redundancy", "recovery": "shock"}
"""Section that a dimension cannot be measured without."""


def check_stated(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> None:
    """Gather what sections ask of the catalogue and of each other, and do not find."""
    for kind, group in stated.target_groups.items():
        check_age_group(group, ["target_groups", kind], desk=desk)
    stray = replace(desk, problems=desk.stray)
    _check_codes(stated, catalogue, desk=stray)
    _check_orders(stated, catalogue, desk=stray)
    check_scored(stated, desk=stray)
    _check_sections(stated, desk=stray)


def _check_codes(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> None:
    """Gather every code that the catalogue does not hold."""
    index = stated.index
    indicators: list[tuple[list[Step], str]] = [
        (["index", section, code], code)
        for section in ("indicators", "goalposts")
        if index
        for code in getattr(index, section)
    ]
    indicators += [(["reasons", code], code) for code in stated.reasons]
    indicators += [(["shock", "indicator"], stated.shock.indicator)] if stated.shock else []
    shocks = list_shocks(stated.suppose)
    for path, code in indicators:
        if code not in catalogue.specs and not (path[0] == "index" and code in shocks):
            known = [*catalogue.specs, *(shocks if path[0] == "index" else ())]
            complain_unknown(desk, "project_unknown_indicator", path, found=code, known=known)
    kinds: list[tuple[list[Step], str]] = [(["target_groups", kind], kind) for kind in stated.target_groups]
    kinds += [(["redundancy", "kinds"], kind) for kind in (stated.redundancy.kinds if stated.redundancy else [])]
    for path, kind in kinds:
        if kind not in catalogue.kinds:
            complain_unknown(desk, "project_unknown_kind", path, found=kind, known=catalogue.kinds)
    for kind in stated.redundancy.kinds if stated.redundancy else []:
        found = catalogue.kinds.get(kind)
        if found and not (found.reach and (found.target_group or kind in stated.target_groups)):
            complain(desk, "redundancy_unmeasured", ["redundancy", "kinds"], kind=kind)
    meanings = [*OFFER_COLUMNS, *INDICATOR_COLUMNS, *CELL_COLUMNS, *catalogue.kinds, *catalogue.specs]
    for word, meaning in stated.words.items():
        if meaning not in meanings:
            complain_unknown(desk, "unknown_meaning", ["words", word], found=meaning, known=dict.fromkeys(meanings))


def _check_sections(stated: ProjectFile, *, desk: Desk) -> None:
    """Gather sections that need another one, and settings that contradict each other."""
    if stated.redundancy and not stated.coverage:
        complain(desk, "section_needed", ["redundancy"], needed="coverage")
    if stated.redundancy and stated.coverage and stated.redundancy.minutes not in stated.coverage.minutes:
        complain(
            desk,
            "minutes_not_measured",
            ["redundancy", "minutes"],
            found=stated.redundancy.minutes,
            known=stated.coverage.minutes,
        )
    _check_coverage(stated, desk=desk)
    if stated.compare and stated.compare.group not in stated.groups:
        complain_unknown(desk, "unknown_group", ["compare", "group"], found=stated.compare.group, known=stated.groups)
    if stated.index:
        weights = stated.index.weights.model_dump(exclude_none=True)
        if not weights:
            complain(desk, "no_weights", ["index", "weights"], known=list(DIMENSIONS))
        for dimension in weights:
            needed = NEEDED.get(dimension)
            if needed and getattr(stated, needed) is None:
                complain(desk, "section_needed", ["index", "weights", dimension], needed=needed)
    _check_internal(stated.disclosure, desk=desk)
    if stated.shock and stated.shock.year > stated.year:
        complain(desk, "shock_after_year", ["shock", "year"], found=stated.shock.year, year=stated.year)
    if (since := stated.report.changes_from) and since >= stated.year:
        complain(desk, "changes_from_later", ["report", "changes_from"], found=since, year=stated.year)


def _check_coverage(stated: ProjectFile, *, desk: Desk) -> None:
    """Gather what measuring reach needs and does not find."""
    if stated.coverage is None:
        return
    if not stated.population:
        complain(desk, "section_needed", ["coverage"], needed="population")
    needed = NEEDED_WAYS.get(stated.coverage.distance)
    if needed and getattr(stated, needed) is None:
        complain(desk, "section_needed", ["coverage", "distance"], needed=needed)
    if stated.coverage.distance == GIVEN and stated.siting:
        complain(desk, "siting_without_ways", ["siting", 0])
    if stated.coverage.distance == STRAIGHT and stated.coverage.detour_factor is None:
        complain(desk, "missing_key", ["coverage", "detour_factor"])
    if stated.coverage.weights is not None and stated.coverage.sharing is None:
        complain(desk, "missing_key", ["coverage", "sharing"])
    if stated.coverage.weights is not None and not _fit(stated.coverage.weights, stated.coverage.minutes):
        found = {"found": stated.coverage.weights, "known": stated.coverage.minutes}
        complain(desk, "weights_unfit", ["coverage", "weights"], **found)


def _fit(weights: Sequence[float], minutes: Sequence[float]) -> bool:
    """Whether there is a weight for each limit, none is more than one of a shorter walk, and any counts."""
    ordered = [weight for _, weight in sorted(zip(minutes, weights, strict=False))]
    return len(weights) == len(minutes) and ordered == sorted(weights, reverse=True) and ordered[0] > 0


def _check_orders(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> None:
    """Gather orders of further offers, and supposed shocks, that nobody can answer."""
    orders: list[tuple[str, int, Siting | Suppose]] = [("siting", *one) for one in enumerate(stated.siting)]
    orders += [("suppose", *one) for one in enumerate(stated.suppose)]
    for section, number, order in orders:
        whole: list[Step] = [section, number]
        kind = catalogue.kinds.get(order.kind)
        if kind is None:
            complain_unknown(desk, "project_unknown_kind", [*whole, "kind"], found=order.kind, known=catalogue.kinds)
        elif not kind.reach:
            complain(desk, "kind_not_walked", [*whole, "kind"], kind=order.kind, section=section)
        elif not (kind.target_group or order.kind in stated.target_groups):
            complain(desk, "kind_unmeasured", [*whole, "kind"], kind=order.kind, section=section)
        if stated.coverage is None:
            complain(desk, "section_needed", whole, needed="coverage")
        elif order.minutes not in stated.coverage.minutes:
            known = stated.coverage.minutes
            complain(desk, "minutes_not_measured", [*whole, "minutes"], found=order.minutes, known=known)


def _check_internal(stated: Disclosure, *, desk: Desk) -> None:
    """Gather an edition for the office alone that would hold no more than the public one."""
    if stated.internal and stated.internal.smallest >= stated.smallest:
        path: list[Step] = ["disclosure", "internal", "smallest"]
        complain(desk, "internal_not_smaller", path, found=stated.internal.smallest, smallest=stated.smallest)


def take_reasons(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Catalogue with the reasons for scoring context indicators, and a note for each."""
    specs, notes = dict(catalogue.specs), []
    for code, reason in stated.reasons.items():
        if code not in specs:
            continue
        if not specs[code].context:
            complain(desk, "reason_not_context", ["reasons", code], found=code)
        specs[code] = replace(specs[code], reason=reason.text, direction=reason.direction, dimension="robustness")
        notes.append(Problem(cause="context_scored", values={"indicator": code, "reason": reason.text}))
    return replace(catalogue, specs=specs), (*catalogue.notes, *notes)


def list_named_kinds(stated: ProjectFile) -> tuple[str, ...]:
    """Kinds of offer that the project names: they are measured also where there is no offer of them."""
    kinds = [*(stated.redundancy.kinds if stated.redundancy else []), *(order.kind for order in stated.siting)]
    kinds += [order.kind for order in stated.suppose]
    return tuple(dict.fromkeys([*kinds, *stated.target_groups, *(wish.kind for wish in stated.map if wish.kind)]))


def take_coverage(stated: Coverage | None) -> CoverageSettings | None:
    """How reach is measured; the limits ascend."""
    if stated is None:
        return None
    rest = stated.model_dump(exclude={"minutes", "weights"})
    weights = dict(zip(stated.minutes, stated.weights or [1.0] * len(stated.minutes), strict=False))
    minutes = sorted(weights)
    return CoverageSettings(minutes=tuple(minutes), weights=tuple(weights[limit] for limit in minutes), **rest)


def take_streets(stated: ProjectFile, *, desk: Desk) -> DataFile | None:
    """Streets to walk along; None where nobody is said to."""
    walked = stated.coverage is not None and stated.coverage.distance == WALKING
    return take_file(desk, ["streets", "file"], stated.streets.file if stated.streets and walked else None)


def take_distances(stated: ProjectFile, *, desk: Desk) -> DistanceFile | None:
    """Take the table of ways; None where none are given."""
    section = stated.distances
    if section is None or stated.coverage is None or stated.coverage.distance != GIVEN:
        return None
    for column in section.columns:
        if column not in DISTANCE_COLUMNS:
            complain_unknown(
                desk, "unknown_column", ["distances", "columns", column], found=column, known=DISTANCE_COLUMNS
            )
    file = take_file(desk, ["distances", "file"], section.file)
    return None if file is None else DistanceFile(file=file, **section.model_dump(exclude={"file"}))


def find_idle(stated: ProjectFile, *, desk: Desk) -> tuple[Problem, ...]:
    """Settings that change nothing, as notes."""
    if stated.coverage is None:
        return ()
    way = stated.coverage.distance
    paths: list[list[Step]] = [["streets"]] if stated.streets and way != WALKING else []
    paths += [["distances"]] if stated.distances and way != GIVEN else []
    paths += [["barrier"]] if stated.barrier and way != STRAIGHT else []
    paths += [["coverage", "detour_factor"]] if stated.coverage.detour_factor is not None and way != STRAIGHT else []
    reason = f'coverage.distance = "{way}"'
    return tuple(
        Problem(
            cause="setting_idle",
            values={"key": name_path(path), "reason": reason},
            places=(Place(file=desk.file, row=find_line(desk.text, path)),),
        )
        for path in paths
    )


def take_decisions(stated: Sequence[Decided], *, desk: Desk) -> tuple[Decision, ...]:
    """Take the answers to questions, each with its line."""
    return tuple(
        Decision(
            question=one.question,
            file=one.file,
            reason=redact(one.reason),
            checksum=(one.checksum or "").replace(" ", "").lower(),
            place=Place(file=desk.file, row=find_line(desk.text, ["decided", number, "question"])),
        )
        for number, one in enumerate(stated)
    )


def take_called(stated: Compare | None) -> tuple[str, str] | None:
    """What one of the group's quarters and what several are called."""
    if stated is None or stated.called is None:
        return None
    one, many = stated.called
    return one, many


def take_method(stated: ProjectFile) -> Method | None:
    """Take the settings of the index."""
    index = stated.index
    if index is None:
        return None
    rest = index.model_dump(include={"normalise", "aggregate", "least_known", "lowest", "indicators"})
    posts = {code: (worst, best) for code, (worst, best) in index.goalposts.items()}
    return Method(
        dimensions=index.weights.model_dump(exclude_none=True),
        goalposts=posts,
        base_year=stated.base_year or stated.year,
        **rest,
    )
