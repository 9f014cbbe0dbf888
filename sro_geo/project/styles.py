"""How the maps of a project file are to be drawn: their classes, colours and offers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.load.breaks import find_fault
from sro_geo.model.colours import INK, LEAST_CONTRAST, WHITE, measure_contrast, measure_luminance
from sro_geo.model.picture import USUAL_STYLE, MapStyle
from sro_geo.project.finding import complain
from sro_geo.project.maps import name_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.load.catalogue import Catalogue
    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.schema import ProjectFile

USUAL_CLASSES = 5
LEAST_APART = 1.25
"""Contrast of neighbouring classes: in grey print, and for whoever sees no colours, only lightness tells them apart."""


def list_styles(stated: ProjectFile, catalogue: Catalogue, *, desk: Desk) -> dict[str, MapStyle]:
    """By code of a map how it is drawn, where that is not as usual."""
    styles: dict[str, MapStyle] = {}
    for number, wish in enumerate(stated.map):
        style = MapStyle(
            classes=wish.classes,
            method=wish.method,
            breaks=tuple(wish.breaks),
            colours=tuple(wish.colours),
            offers=wish.offers or "",
        )
        if style == USUAL_STYLE:
            continue
        spec = catalogue.specs.get(wish.shows)
        path: list[Step] = ["map", number]
        _check_breaks(style, path, desk=desk, signed=spec is not None and spec.signed)
        if style.colours:
            _check_colours(style, path, desk=desk, signed=spec is not None and spec.signed)
        styles |= dict.fromkeys(name_maps(wish, stated), style)
    return styles


def _check_breaks(style: MapStyle, path: Sequence[Step], *, desk: Desk, signed: bool) -> None:
    beside = [key for key in ("classes", "method") if getattr(style, key) is not None]
    if style.breaks and beside:
        complain(desk, "breaks_beside", [*path, "breaks"], found=beside)
    if fault := find_fault(style.breaks, signed=signed):
        complain(desk, fault, [*path, "breaks"], found=list(style.breaks))


def _check_colours(style: MapStyle, path: Sequence[Step], *, desk: Desk, signed: bool) -> None:
    colours, wanted = style.colours, len(style.breaks) + 1 if style.breaks else style.classes or USUAL_CLASSES
    where = [*path, "colours"]
    if len(colours) != wanted:
        complain(desk, "colours_count", where, count=len(colours), wanted=wanted)
        return
    alike = [f"{a}, {b}" for a, b in pairwise(colours) if measure_contrast(a, b) < LEAST_APART]
    if alike:
        complain(desk, "colours_alike", where, found=alike)
    elif not _keep_order([measure_luminance(one) for one in colours], signed=signed):
        complain(desk, "colours_unordered", where, found=list(colours))
    dim = [one for one in colours if max(measure_contrast(one, text) for text in (INK, WHITE)) < LEAST_CONTRAST]
    if dim:
        complain(desk, "colours_unreadable", where, found=dim)


def _keep_order(light: Sequence[float], *, signed: bool) -> bool:
    """Whether lightness only falls or only rises; on maps of rise and fall, that it falls from the middle to both ends."""
    rises = [a < b for a, b in pairwise(light)]
    turns = sum(a != b for a, b in pairwise(rises))
    return turns == 0 if not signed else turns <= 1 and not (turns and not rises[0])
