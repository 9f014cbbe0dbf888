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
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.study import Study

TOPIC = "keys"


def make_key_view(study: Study) -> View:
    """View on which every quarter is labelled with its key, in one colour and without a ranking."""
    language, names = study.about.language, study.quarters["name"]
    keys = tuple(map(str, names.index))
    order = [str(key) for key in names.sort_values(kind="stable").index]
    return View(
        picture=_draw_keys(study, keys),
        ranked=False,
        ranking_note=word("keys_note", language=language),
        ranking_head=word("keys_name", language=language),
        ranking=tuple(
            RankRow(quarter_id=key, number="", value=None, low=None, high=None, uncertain=False, rank="")
            for key in order
        ),
        ticks=(),
        city=None,
        city_label="",
        contrast=None,
        values={key: key for key in keys},
        places=dict.fromkeys(keys, ""),
        sentences={
            str(key): word("keys_sentence", language=language, name=name, code=key) for key, name in names.items()
        },
        lead="",
    )


def _draw_keys(study: Study, keys: tuple[str, ...]) -> Picture:
    language = study.about.language
    ((fill, ink),) = pick_colours(1, diverging=False)
    title = word("keys_title", language=language)
    heading = word("keys_name", language=language)
    picture = Picture(
        slug="quarters",
        topic=TOPIC,
        name=heading,
        title=title,
        subtitle=str(study.about.year),
        heading=heading,
        quarter_ids=keys,
        quarter_names=tuple(map(str, study.quarters["name"])),
        classes=(LegendClass(label=word("topic_keys", language=language), fill=fill, ink=ink, count=len(keys)),),
        unknown=(),
        placed=(0,) * len(keys),
        labels=keys,
        outlined=study.groups.get(study.about.group or "", ()),
        offer_kind=None,
        notices=list_notices(study, invented=study.about.example),
        warnings=(),
        example=word("example_town", language=language) if study.about.example else "",
        source="",
        digest="",
    )
    return replace(picture, digest=digest_text(json.dumps(asdict(picture), ensure_ascii=False, sort_keys=True)))
