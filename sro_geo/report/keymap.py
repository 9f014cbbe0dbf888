"""The quarters with their names and keys: the map of a study that has no figure to show yet."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from sro_geo.model.atlas import RankRow, View
from sro_geo.model.picture import LegendClass, Picture
from sro_geo.render.palette import pick_colours
from sro_geo.render.picture import digest_text
from sro_geo.report.warnings import list_notices
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study

TOPIC = "keys"


def make_key_view(study: Study) -> View:
    """View on which every quarter is labelled with its key, in one colour and without a ranking."""
    voice, names = speak_of(study.about), study.quarters["name"]
    keys = tuple(map(str, names.index))
    order = [str(key) for key in names.sort_values(kind="stable").index]
    return View(
        code="quartiere",
        picture=_draw_keys(study, keys),
        ranked=False,
        ranking_note=voice.say("keys_note"),
        ranking_head=voice.say("keys_name"),
        ranking=tuple(
            RankRow(quarter_id=key, value=None, low=None, high=None, uncertain=False, rank="") for key in order
        ),
        digits=0,
        ticks=(),
        tick_digits=0,
        city=None,
        city_value="",
        city_label="",
        contrast=None,
        values={key: key for key in keys},
        places=dict.fromkeys(keys, ""),
        sentences={str(key): voice.say("keys_sentence", name=name, code=key) for key, name in names.items()},
        lead="",
    )


def _draw_keys(study: Study, keys: tuple[str, ...]) -> Picture:
    voice = speak_of(study.about)
    ((fill, ink),) = pick_colours(1)
    title = voice.say("keys_title")
    heading = voice.say("keys_name")
    picture = Picture(
        slug="quarters",
        topic=TOPIC,
        name=heading,
        title=title,
        subtitle=str(study.about.year),
        heading=heading,
        quarter_ids=keys,
        quarter_names=tuple(map(str, study.quarters["name"])),
        classes=(LegendClass(label=voice.say("topic_keys"), fill=fill, ink=ink, count=len(keys)),),
        breaks=(),
        unknown=(),
        placed=(0,) * len(keys),
        labels=keys,
        outlined=study.groups.get(study.about.group or "", ()),
        offer_kind=None,
        offers="",
        notices=list_notices(study, invented=study.about.example),
        warnings=(),
        example=voice.say("example_town") if study.about.example else "",
        source="",
        digest="",
    )
    return replace(picture, digest=digest_text(json.dumps(asdict(picture), ensure_ascii=False, sort_keys=True)))
