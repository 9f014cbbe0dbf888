"""Curves of how many have an offer within how many metres, as lines and words of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.curves import CurveFigure, Steps
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.model.study import Study

AREAS = ("city", "group", "rest", "quarter")


def list_curves(study: Study) -> Iterator[CurveFigure]:
    """A figure of each kind with curves of which anything may be shown."""
    voice = speak_of(study.about)
    for kind, rows in study.curves.groupby("kind", sort=False):
        lines = rows.assign(own=rows["quarter_id"].fillna("")).groupby(["area", "own"], sort=False)
        steps = tuple(
            Steps(
                area=str(area),
                metres=tuple(own["metres"]),
                shares=tuple(None if pd.isna(share) else float(share) for share in own["share"]),
            )
            for (area, _), own in lines
            if own["share"].notna().any()
        )
        there = {one.area for one in steps}
        if not steps:
            continue
        words = {"quarter": voice.say("curves_quarters"), "group": study.about.group_name}
        spec = next((one for one in study.specs.values() if one.kind == kind and one.minutes), None)
        people = (spec.counted or {}).get(voice.language) if spec else None
        yield CurveFigure(
            slug=f"reichweite_{kind}",
            steps=steps,
            title=voice.say(
                "curves_title",
                offer=study.kinds[str(kind)].short[voice.language],
                people=people or voice.say("all_people"),
            ),
            note=voice.say("curves_note", step=voice.number(find_step(study.about.smallest))),
            names=tuple((area, words.get(area) or voice.say(area)) for area in AREAS if area in there),
        )
