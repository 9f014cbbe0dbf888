"""A map for paper without colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.model.colours import measure_luminance
from sro_geo.render.palette import pick_colours

if TYPE_CHECKING:
    from sro_geo.model.picture import Picture

GREYS = ("#f2f2f2", "#cfcfcf", "#a3a3a3", "#575757", "#222222")
"""From little to much; borders are seen on each."""


def grey_out(picture: Picture) -> Picture:
    """The same map in greys that get darker from class to class.

    So they do on maps of rise and fall, whose colours are equally dark at both ends. Of own colours that get lighter instead,
    greys get lighter, too.

    Examples
    --------
    >>> from sro_geo import draw_maps, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> [one.fill for one in grey_out(draw_maps(study)["index"].picture).classes][::4]
    ['#f2f2f2', '#222222']
    """
    light = [measure_luminance(one.fill) for one in picture.classes]
    rising = sorted(light) == light and len(light) > 1
    greys = pick_colours(len(light), own=GREYS[::-1] if rising else GREYS) if light else ()
    pairs = zip(picture.classes, greys, strict=True)
    return replace(picture, classes=tuple(replace(one, fill=fill, ink=ink) for one, (fill, ink) in pairs))
