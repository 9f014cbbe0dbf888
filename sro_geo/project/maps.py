"""Which maps a project file asks for, and what lies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.errors import Place
from sro_geo.load.toml import find_line
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.reach import code_gap, code_sharing, code_supply
from sro_geo.project.finding import complain, complain_unknown
from sro_geo.project.measures import list_shocks
from sro_geo.project.rules import WALKING

if TYPE_CHECKING:
    from sro_geo.load.catalogue import Catalogue
    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.schema import Map, ProjectFile

INDEX = "index"
COVERAGE, PLACES, SHARING = "coverage", "places", "sharing"
OFFER_MAPS = (COVERAGE, PLACES, SHARING)


def list_maps(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> dict[str, Place]:
    """Codes of the maps that are drawn one by one, and the line that asks for each."""
    maps: dict[str, Place] = {}
    for number, wish in enumerate(stated.map):
        path: list[Step] = ["map", number, "shows"]
        codes = _list_offer_maps(wish, stated, catalogue, path=path, desk=desk)
        if wish.shows not in OFFER_MAPS:
            known = [INDEX, *DIMENSIONS, *OFFER_MAPS, *catalogue.specs, *list_shocks(stated.suppose)]
            if wish.shows not in known:
                complain_unknown(desk, "unknown_map", path, found=wish.shows, known=known)
            if wish.shows in (INDEX, *DIMENSIONS) and stated.index is None:
                complain(desk, "section_needed", path, needed="index")
            codes = [wish.shows]
        place = Place(file=desk.file, row=find_line(desk.text, path))
        maps |= {code: place for code in codes if code not in maps}
    return maps


def _list_offer_maps(
    wish: Map, stated: ProjectFile, catalogue: Catalogue, *, path: list[Step], desk: Desk
) -> list[str]:
    """Codes of a map of coverage or places; none for any other map."""
    if wish.shows not in OFFER_MAPS:
        return []
    whole = path[:-1]
    if stated.coverage is None:
        complain(desk, "section_needed", path, needed="coverage")
    if wish.kind is None:
        complain(desk, "missing_key", [*whole, "kind"])
    elif wish.kind not in catalogue.kinds:
        complain_unknown(desk, "project_unknown_kind", [*whole, "kind"], found=wish.kind, known=catalogue.kinds)
    limits = stated.coverage.minutes if stated.coverage else []
    if wish.minutes is not None and stated.coverage and wish.minutes not in limits:
        complain(desk, "minutes_not_measured", [*whole, "minutes"], found=wish.minutes, known=limits)
    if wish.shows == SHARING and stated.coverage and stated.coverage.sharing is None:
        complain(desk, "missing_key", ["coverage", "sharing"])
    return name_maps(wish, stated)


def name_maps(wish: Map, stated: ProjectFile) -> list[str]:
    """Codes of the maps that a wish is about."""
    kind, limits = str(wish.kind), stated.coverage.minutes if stated.coverage else []
    if wish.shows == COVERAGE:
        return [code_gap(kind, minutes=minutes) for minutes in (limits if wish.minutes is None else [wish.minutes])]
    if wish.shows in OFFER_MAPS:
        return [code_supply(kind) if wish.shows == PLACES else code_sharing(kind)]
    return [wish.shows]


def list_overlays(stated: ProjectFile, *, desk: Desk) -> dict[str, frozenset[str]]:
    """By code of a map, what the project file wants to have drawn on it: `gaps`, `streets`."""
    overlays: dict[str, frozenset[str]] = {}
    for number, wish in enumerate(stated.map):
        wanted = frozenset(name for name in ("gaps", "streets") if getattr(wish, name))
        path: list[Step] = ["map", number]
        if wanted and wish.shows != COVERAGE:
            complain(desk, "overlay_elsewhere", [*path, min(wanted)], found=wish.shows)
        if "streets" in wanted and stated.coverage and stated.coverage.distance != WALKING:
            complain(desk, "overlay_no_streets", [*path, "streets"])
        if wanted and wish.shows == COVERAGE and wish.kind and stated.coverage:
            limits = stated.coverage.minutes if wish.minutes is None else [wish.minutes]
            codes = [code_gap(wish.kind, minutes=minutes) for minutes in limits]
            overlays |= {code: wanted | overlays.get(code, frozenset()) for code in codes}
    return overlays
