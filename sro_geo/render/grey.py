"""A map for paper without colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.model.colours import measure_luminance, write_grey
from sro_geo.render.palette import pick_colours, pick_ink

if TYPE_CHECKING:
    from sro_geo.model.picture import Picture


def grey_out(picture: Picture) -> Picture:
    """The same map in greys that get darker or lighter from class to class.

    Colours that do so become greys as light as they are. Those of rise and fall, whose ends are equally dark, become greys from
    the strongest fall, the lightest, to the strongest rise.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sro_geo import draw_maps, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> [one.fill for one in grey_out(draw_maps(study)["index"].picture).classes][::4]
    ['#f0f0f0', '#373737']
    """
    light = [measure_luminance(one.fill) for one in picture.classes]
    steps = [a > b for a, b in pairwise(light)]
    if len(set(steps)) > 1:
        light = [measure_luminance(fill) for fill, _ in pick_colours(len(light))]
    greys = [write_grey(one) for one in light]
    classes = tuple(
        replace(one, fill=grey, ink=pick_ink(grey)) for one, grey in zip(picture.classes, greys, strict=True)
    )
    return replace(picture, classes=classes)
